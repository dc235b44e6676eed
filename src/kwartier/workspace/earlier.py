"""What stood in the record that another one follows, in the steps that were carried on from it; through the gate."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from kwartier.errors import KwartierError
from kwartier.instrument.model import Content, FactsStep, ScoreStep
from kwartier.records.files import AnswerRow, GivenFact
from kwartier.records.record import Record
from kwartier.store.refs import Ref, parse_ref
from kwartier.workflow.visible import visible
from kwartier.workflow.was import ItemChange, item_changes
from kwartier.workspace.carrying import earlier_answers, earlier_facts
from kwartier.workspace.shelf import Shelf

Answers = Mapping[tuple[str, str], AnswerRow]
"""By item and part; the part is empty for the item itself."""

Facts = Mapping[str, GivenFact]


class Earlier(Struct, frozen=True):
    """Answers and facts by step; of a step that is not carried on there is nothing."""

    answers: Mapping[str, Answers] = {}
    facts: Mapping[str, Facts] = {}


def changes(shelf: Shelf, ref: str | Ref, against: str | Ref = "") -> list[ItemChange]:
    """What becomes of every item between two records: of `ref` and what it follows, or `against`. None without one."""
    case = shelf.case(ref)
    before = against or case.record.envelope.follows
    return item_changes(shelf.case(before).content, case.content) if before else []


def of(shelf: Shelf, record: Record, content: Content, viewer: str | None) -> Earlier:
    """Of the record that `record` follows; nothing where it is gone, or of another instrument or subject."""
    if not record.envelope.follows:
        return Earlier()
    try:
        case = shelf.case(record.envelope.follows)
        own = parse_ref(record.ref)
        if (case.ref.instrument, case.ref.subject) != (own.instrument, own.subject):
            return Earlier()
        before = visible(case.record, case.content, viewer)
        steps = [step for step in content.step if getattr(step, "carry", False)]
        return Earlier(
            {step.id: earlier_answers(before, step) for step in steps if isinstance(step, ScoreStep)},
            {step.id: earlier_facts(before, step) for step in steps if isinstance(step, FactsStep)},
        )
    except KwartierError:  # what cannot be read is told by `checkup`, and takes nothing of this record away
        return Earlier()
