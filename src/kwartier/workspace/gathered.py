"""The complete records of one instrument, organisation by organisation, for who compares them; all through the gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from kwartier.errors import KwartierError
from kwartier.instrument.model import Content, Setting
from kwartier.records.files import Paper
from kwartier.records.organisation import Organisation
from kwartier.store.refs import Ref
from kwartier.workflow import outcome as outcomes
from kwartier.workflow.outcome import Outcome
from kwartier.workflow.settled import is_definitive, report_step
from kwartier.workflow.visible import visible
from kwartier.workspace.shelf import Shelf

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class Done(Struct, frozen=True, kw_only=True):
    """A record in which every item has a definitive answer, or a reason why there is none."""

    ref: str
    id: str
    day: date
    nth: int
    "Which one of that day."
    edition: str
    pin: str
    parameters: Mapping[str, Setting]
    follows: str
    paper: Paper | None
    settled: bool
    "Whether nothing has to be made definitive any more."
    content: Content
    outcome: Outcome

    @property
    def order(self) -> tuple[date, int]:
        """The key that puts an organisation's records in order, the newest last."""
        return self.day, self.nth


class Candidate(Struct, frozen=True, kw_only=True):
    """An organisation with what it has of the instrument."""

    slug: str
    organisation: Organisation
    done: tuple[Done, ...]
    "Oldest first."
    unfinished: tuple[date, ...]
    "The days of records that are not complete yet."
    broken: tuple[str, ...]
    "The references of records that cannot be read."

    @property
    def empty(self) -> bool:
        """Whether it has no record of the instrument at all."""
        return not (self.done or self.unfinished or self.broken)


def candidates(
    shelf: Shelf,
    instrument: str,
    among: list[tuple[str, Organisation]],
    progress: Progress,
    cancelled: Cancelled,
) -> list[Candidate] | None:
    """What each of these organisations has of an instrument; None where it was cancelled half-way.

    Records of a student or a workplace are no part of it.
    """
    found = []
    contents: dict[object, Content] = {}
    for number, (slug, organisation) in enumerate(among):
        if cancelled():
            return None
        progress(number, len(among))
        found.append(_candidate(shelf, instrument, slug, organisation, contents))
    progress(len(among), len(among))
    return found


def has_done(shelf: Shelf, ref: Ref) -> bool:
    """Whether a record can be read and is complete."""
    try:
        return isinstance(_read(shelf, ref, {}), Done)
    except KwartierError:
        return False


def _candidate(
    shelf: Shelf, instrument: str, slug: str, organisation: Organisation, contents: dict[object, Content]
) -> Candidate:
    done: list[Done] = []
    unfinished: list[date] = []
    broken: list[str] = []
    for ref in _refs(shelf, instrument, slug, broken):
        try:
            one = _read(shelf, ref, contents)
        except KwartierError:  # `checkup` tells what is wrong with it
            broken.append(str(ref))
            continue
        if isinstance(one, Done):
            done.append(one)
        else:
            unfinished.append(one)
    return Candidate(
        slug=slug,
        organisation=organisation,
        done=tuple(sorted(done, key=lambda each: each.order)),
        unfinished=tuple(sorted(unfinished)),
        broken=tuple(broken),
    )


def _refs(shelf: Shelf, instrument: str, slug: str, broken: list[str]) -> Iterator[Ref]:
    try:
        yield from [
            ref for ref in shelf.folder.assessments(slug) if ref.instrument == instrument and ref.subject is None
        ]
    except KwartierError:  # its folder is closed to this user
        broken.append(slug)


def _read(shelf: Shelf, ref: Ref, contents: dict[object, Content]) -> Done | date:
    """A record as nobody in particular may see it; the day of one that is not complete."""
    case = shelf.case(ref)
    envelope = case.record.envelope
    # Thousands of records share a few contents: one of each is kept.
    key = (envelope.content, tuple(sorted((name, str(value)) for name, value in envelope.parameters.items())))
    content = contents.setdefault(key, case.content)
    record = visible(case.record, content, None)
    found = outcomes.outcome(record, content, case.hooks.score)
    if found is None or not found.complete:
        return envelope.date
    return Done(
        ref=str(ref),
        id=envelope.id,
        day=envelope.date,
        nth=ref.order[-1],
        edition=envelope.edition,
        pin=envelope.content,
        parameters=envelope.parameters,
        follows=envelope.follows,
        paper=envelope.paper,
        settled=envelope.paper is not None or report_step(content) is None or is_definitive(record, content),
        content=content,
        outcome=found,
    )
