"""The moments at which a portfolio was looked at: the student's own view, and each judgement with what was agreed on.

A record with one score step has one moment; nothing here is told that the record, which has passed the gate, hides.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.instrument.model import ConsensusStep, Content, ScoreStep
from kwartier.records.files import AnswerRow, ConsensusFile, Sheet
from kwartier.records.record import Record
from kwartier.workflow.agreed import Key, agreed_answers, as_answer, consensus_of, open_sheets


class Moment(Struct, frozen=True, kw_only=True):
    """One score step: what was found in it, by item and part (empty for the item itself)."""

    step: ScoreStep
    consensus: ConsensusStep | None
    own: bool
    "Whether it is the view of the subject, the student."
    answers: Mapping[Key, Answer]
    "The subject's own answers, or what was agreed on; empty as long as it may not be seen."
    given: Mapping[str, Mapping[Key, Answer]]
    "What each gave who judged, by code; empty as long as it may not be seen, and for the subject's own view."
    taken_over: Mapping[str, str]
    "By item the record whose judgement was taken over."

    @property
    def title(self) -> str:
        """What it is called: the step in which was scored."""
        return self.step.title


def moments(record: Record, content: Content) -> list[Moment]:
    """All score steps in their order."""
    return [_moment(record, content, step) for step in content.step if isinstance(step, ScoreStep)]


def own_step(content: Content) -> ScoreStep | None:
    """The step in which the subject looks at itself."""
    return next((step for step in content.step if isinstance(step, ScoreStep) and _is_own(content, step)), None)


def _is_own(content: Content, step: ScoreStep) -> bool:
    return any(role.is_subject and role.id == step.role for role in content.role)


def _moment(record: Record, content: Content, step: ScoreStep) -> Moment:
    if _is_own(content, step):
        rows = _own_rows(record, step)
        answers = {(row.item, row.part): as_answer(row) for row in rows}
        return Moment(step=step, consensus=None, own=True, answers=answers, given={}, taken_over={})
    later = consensus_of(content, step)
    shown = step.id not in record.closed
    taken = record.read(later.id, ConsensusFile).answer if later is not None and shown else ()
    return Moment(
        step=step,
        consensus=later,
        own=False,
        answers=agreed_answers(record, content, step) if shown else {},
        given=open_sheets(record, step),
        taken_over={row.item: row.taken_over for row in taken if row.taken_over and not row.part},
    )


def _own_rows(record: Record, step: ScoreStep) -> tuple[AnswerRow, ...]:
    """The rows of the subject's sheet; of nobody else there is one."""
    codes = [one.id for one in record.envelope.person if one.role == step.role and (step.id, one.id) in record.personal]
    return record.read_of(step.id, codes[0], Sheet).answer if codes else ()
