"""Everything that a report is made of, as one frozen value that has passed the gate; no text of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from kwartier.analysis.change import Change
from kwartier.instrument.model import Content, Header, NotesStep, ScoreStep
from kwartier.records.files import Version
from kwartier.records.organisation import Subject
from kwartier.records.record import Record
from kwartier.reports.document import Block
from kwartier.workflow.findings import Finding
from kwartier.workflow.outcome import Outcome, score_step
from kwartier.workflow.settled import is_definitive, report_step, versions
from kwartier.workflow.suggesting import Suggestion


class Earlier(Struct, frozen=True, kw_only=True):
    """The assessment that this one is compared with; it has passed the gate too.

    `content` is for its own parameters. `differs` are whole Dutch sentences on what was different then: auditors,
    edition, wording, taken over from paper.
    """

    record: Record
    content: Content
    outcome: Outcome | None
    change: Change | None
    differs: Sequence[str] = ()


class Case(Struct, frozen=True, kw_only=True):
    """An assessment with all that its report needs. `content` is for the record's parameters.

    `names` gives the name behind a code, of those who assess and those responsible for actions; names of participants
    are never asked for. `extra` is what plugins add.
    """

    header: Header
    content: Content
    record: Record
    outcome: Outcome | None
    organisation: str
    today: date
    names: Mapping[str, str] = {}
    findings: Sequence[Finding] = ()
    previous: Earlier | None = None
    extra: Sequence[Block] = ()
    suggested: Sequence[Suggestion] = ()
    "What the facts suggest."
    judged: Mapping[str, str] = {}
    "By item what an earlier record judged, with when and at which level; it counts only where it was taken over."
    about: Subject | None = None
    "What is known of the student or the workplace; a student is never told of by more than the code."

    @property
    def subject(self) -> str:
        """What it is about, empty for all of the organisation: a workplace by its name, a student by code."""
        code = self.record.envelope.subject
        known = self.about.name if self.about is not None and self.header.subject == "workplace" else ""
        return known or code

    @property
    def score_step(self) -> ScoreStep | None:
        """The step that the outcome is of."""
        return score_step(self.content)

    @property
    def notes_step(self) -> NotesStep | None:
        """The step whose texts explain the items: the one that was scored on, else the first."""
        scored = self.score_step
        steps = [step for step in self.content.step if isinstance(step, NotesStep)]
        named = [step for step in steps if scored is not None and step.id == scored.scored_on]
        return next(iter(named or steps), None)

    @property
    def shown_steps(self) -> list[NotesStep]:
        """The further steps whose texts were shown while scoring, in the order that the step names them."""
        scored = self.score_step
        steps = {step.id: step for step in self.content.step if isinstance(step, NotesStep)}
        return [steps[id] for id in (scored.shows if scored else ()) if id in steps and steps[id] != self.notes_step]

    @property
    def scores_open(self) -> bool:
        """Whether any score may be shown: the sheets lie side by side, or were taken over from paper."""
        if self.outcome is None or self.outcome.step in self.record.closed:
            return False
        return any(stand.given or stand.agreed is not None for stand in self.outcome.stands)

    @property
    def versions(self) -> tuple[Version, ...]:
        """The definitive versions so far, oldest first."""
        return versions(self.record, self.content)

    @property
    def concept(self) -> bool:
        """Whether the report is not finished: not made definitive, nor one that is complete without that.

        An assessment from paper needs not be made definitive, nor one of an instrument without such a step.
        """
        if is_definitive(self.record, self.content):
            return False
        may_do_without = self.record.envelope.paper is not None or report_step(self.content) is None
        complete = self.outcome is None or self.outcome.complete
        return not (may_do_without and complete and not self.versions)
