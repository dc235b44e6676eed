"""The action points of an organisation over all its records, and the conditions of verdicts: where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from msgspec import Struct

from kwartier.errors import KwartierError
from kwartier.instrument.model import ActionsStep, Content, ReviewsStep
from kwartier.records.files import ActionsFile, ReviewsFile, VerdictFile
from kwartier.records.record import Record
from kwartier.workflow.due import next_review
from kwartier.workflow.state import current_state
from kwartier.workflow.verdicts import STATES, is_open, verdict_steps
from kwartier.workflow.visible import visible
from kwartier.workspace.shelf import Shelf


class ActionPoint(Struct, frozen=True, kw_only=True):
    """A chosen point to work on, or a condition. `step` is where it is looked at again, else where it was chosen."""

    ref: str
    step: str
    number: int
    text: str
    who: str = ""
    "The code of who does it."
    due: date | None = None
    review: date | None = None
    "The next day to look at it again; None where it is closed."
    state: str = ""
    closed: bool = False
    looked: date | None = None
    "When it was last looked at; None where it never was."
    said: str = ""
    "What was said of it then."
    kind: str = "action"
    "action, or condition of a verdict: for programs."


def every(shelf: Shelf, slug: str) -> list[ActionPoint]:
    """All conditions and action points that can be read, those of the oldest record first; through the gate."""
    found: list[ActionPoint] = []
    for ref in sorted(shelf.folder.assessments(slug), key=lambda one: (one.date, str(one))):
        with suppress(KwartierError):  # what cannot be read is told of in its own place
            case = shelf.case(ref)
            record = visible(case.record, case.content, None)
            found += [*conditions_of(record, case.content), *points_of(record, case.content)]
    return found


def points_of(record: Record, content: Content) -> Iterator[ActionPoint]:
    """The action points of a record that has passed the gate."""
    for step in content.step:
        if not isinstance(step, ActionsStep):
            continue
        file = record.read(step.id, ActionsFile)
        looked = next((one for one in content.step if isinstance(one, ReviewsStep) and one.of == step.id), None)
        reviews = record.read(looked.id, ReviewsFile).review if looked else ()
        for number, row in enumerate(file.action, start=1):
            state = current_state(row, reviews, step)
            closed = state in step.closed
            own = [one for one in reviews if one.action == row.id]
            newest = max(own, key=lambda one: (one.date, one.id), default=None)
            done = newest.date if newest else None
            again = next_review(file.date, looked.every, done) if looked and file.date and not closed else None
            yield ActionPoint(
                ref=record.ref,
                step=looked.id if looked and file.date else step.id,
                number=number,
                text=row.text,
                who=row.who,
                due=row.due,
                review=again,
                state=state,
                closed=closed,
                looked=done,
                said=newest.text.strip() if newest else "",
            )


def conditions_of(record: Record, content: Content) -> Iterator[ActionPoint]:
    """The conditions of the verdicts of a record that has passed the gate."""
    for step in verdict_steps(content):
        file = record.read(step.id, VerdictFile)
        for number, row in enumerate(file.condition if file.value is not None else (), start=1):
            yield ActionPoint(
                ref=record.ref,
                step=step.id,
                number=number,
                text=row.text,
                who=row.who,
                due=row.due,
                state=row.state or STATES[0],
                closed=not is_open(row),
                kind="condition",
            )
