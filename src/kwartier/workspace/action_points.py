"""The action points of an organisation over all its records: where each stands, and when it is looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from msgspec import Struct

from kwartier.errors import KwartierError
from kwartier.instrument.model import ActionsStep, Content, ReviewsStep
from kwartier.records.files import ActionsFile, ReviewsFile
from kwartier.records.record import Record
from kwartier.workflow.due import next_review
from kwartier.workflow.state import current_state
from kwartier.workflow.visible import visible
from kwartier.workspace.shelf import Shelf


class ActionPoint(Struct, frozen=True, kw_only=True):
    """A chosen point to work on. `step` is where it is looked at again, else where it was chosen."""

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


def every(shelf: Shelf, slug: str) -> list[ActionPoint]:
    """All action points that can be read, those of the oldest record first; through the gate."""
    found: list[ActionPoint] = []
    for ref in sorted(shelf.folder.assessments(slug), key=lambda one: (one.date, str(one))):
        with suppress(KwartierError):  # what cannot be read is told of in its own place
            case = shelf.case(ref)
            found += _of(visible(case.record, case.content, None), case.content)
    return found


def _of(record: Record, content: Content) -> Iterator[ActionPoint]:
    for step in content.step:
        if not isinstance(step, ActionsStep):
            continue
        file = record.read(step.id, ActionsFile)
        looked = next((one for one in content.step if isinstance(one, ReviewsStep) and one.of == step.id), None)
        reviews = record.read(looked.id, ReviewsFile).review if looked else ()
        for number, row in enumerate(file.action, start=1):
            state = current_state(row, reviews, step)
            closed = state in step.closed
            done = max((one.date for one in reviews if one.action == row.id), default=None)
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
            )
