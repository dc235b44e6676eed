"""What is found of workplaces over all their records: the last verdict with its conditions, until when, and who learns
there now. Through the gate; students by code alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from kwartier.errors import KwartierError
from kwartier.instrument import model as m
from kwartier.records import files as f
from kwartier.records.organisation import Placement, Subject
from kwartier.records.record import Record
from kwartier.store.keyring import Locked
from kwartier.store.refs import Ref
from kwartier.workflow.due import repeat_between
from kwartier.workflow.verdicts import open_conditions, title_of, verdict_steps
from kwartier.workflow.visible import visible
from kwartier.workspace import placements, subjects, summaries
from kwartier.workspace.encrypting import kind_of_locked
from kwartier.workspace.shelf import Case, Shelf

Progress = Callable[[int, int], None]


class OpenCondition(Struct, frozen=True, kw_only=True):
    """A condition of a verdict that is still to be met. `who` is a code."""

    ref: str
    step: str
    id: str
    text: str
    who: str = ""
    due: date | None = None


class Last(Struct, frozen=True, kw_only=True):
    """The newest record of a subject with one instrument. `problem` says why it cannot be read."""

    ref: str
    instrument: str
    short: str
    date: date
    definitive: bool = False
    next: str = ""
    verdict: str = ""
    "In words; empty where there is none yet, or none is asked."
    problem: str = ""


class Workplace(Struct, frozen=True, kw_only=True):
    """A workplace, or a student, as in a list. A name is there of a workplace alone."""

    organisation: str
    organisation_name: str
    code: str
    kind: str = ""
    name: str = ""
    team: str = ""
    place: str = ""
    setting: str = ""
    levels: tuple[int, ...] = ()
    note: str = ""
    ended: date | None = None
    records: tuple[Last, ...] = ()
    "One of each instrument, the newest last."
    verdict: str = ""
    "The newest verdict there is, in words."
    verdict_ref: str = ""
    verdict_day: date | None = None
    conditions: tuple[OpenCondition, ...] = ()
    "Those that are still open, of all verdicts; the agenda has them too."
    until: date | None = None
    "When it is to be assessed again."
    placements: tuple[Placement, ...] = ()
    "Those that are not over."
    past: int = 0
    "How many placements are over."
    problem: str = ""


class _Verdict(Struct, frozen=True, kw_only=True):
    words: str
    conditions: tuple[OpenCondition, ...]
    until: date | None


def of(shelf: Shelf, slug: str, code: str) -> Workplace:
    """One subject. Raises `Refused` where it is not there."""
    subjects.subject(shelf, slug, code)
    return next(one for one in every(shelf, [slug], "", lambda done, of: None, only=code))


def every(
    shelf: Shelf, slugs: Sequence[str] | None, kind: str, progress: Progress, *, only: str = ""
) -> list[Workplace]:
    """The subjects of these organisations, or of all; with a kind only those, and what cannot be read."""
    found: list[Workplace] = []
    wanted = slugs if slugs is not None else shelf.folder.organisations()
    for number, slug in enumerate(wanted):
        progress(number, len(wanted))
        try:
            found += _of_organisation(shelf, slug, only)
        except KwartierError:
            if slugs is not None:
                raise  # of all organisations one that is closed or gone takes nothing else away
    progress(len(wanted), len(wanted))
    return [one for one in found if not kind or one.kind == kind or (one.problem and not one.kind)]


def _of_organisation(shelf: Shelf, slug: str, only: str) -> Iterator[Workplace]:
    codes = shelf.folder.subjects(slug)
    name = _name_of(shelf, slug)
    if not codes:
        return
    refs: dict[str, list[Ref]] = defaultdict(list)
    for ref in shelf.folder.assessments(slug):
        if ref.subject:
            refs[ref.subject].append(ref)
    for code in codes:
        if only in ("", code):
            yield _workplace(shelf, slug, name, code, refs[code])


def _name_of(shelf: Shelf, slug: str) -> str:
    try:
        return shelf.organisation(slug).name
    except KwartierError as error:
        if error.code == "unknown-organisation":
            raise
        return slug  # what is damaged is told in its own place


def _workplace(shelf: Shelf, slug: str, name: str, code: str, refs: list[Ref]) -> Workplace:
    one, problem = Subject(id="", code=code), ""
    try:
        one = subjects.subject(shelf, slug, code)
    except Locked:
        one, problem = Subject(id="", code=code, kind=kind_of_locked(shelf, slug, code)), summaries.SHUT
    except KwartierError as error:
        problem = error.message
    lasts, verdicts = _records(shelf, refs)
    kind = one.kind or _kind_of(shelf, refs)
    newest = ["", *sorted(verdicts, key=lambda ref: lasts[ref].date)][-1]
    verdict = verdicts[newest] if newest else None
    running = [row for row in placements.listed(one) if not row.is_over(shelf.today())]
    return Workplace(
        organisation=slug,
        organisation_name=name,
        code=code,
        kind=kind,
        name=one.name if kind == "workplace" else "",
        team=one.team,
        place=one.place,
        setting=one.setting,
        levels=one.levels,
        note=one.note if kind == "workplace" else "",
        ended=one.ended,
        records=tuple(_newest(lasts.values())),
        verdict=verdict.words if verdict else "",
        verdict_ref=newest,
        verdict_day=lasts[newest].date if newest else None,
        conditions=tuple(row for ref in sorted(verdicts) for row in verdicts[ref].conditions),
        until=verdict.until if verdict else None,
        placements=tuple(running),
        past=len(one.placement) - len(running),
        problem=problem,
    )


def _kind_of(shelf: Shelf, refs: Iterable[Ref]) -> str:
    """What its instruments are about, for a subject of which it was never said."""
    listings = (shelf.host.listing(ref.instrument) for ref in refs)
    headers = (one.header for one in listings if one is not None and one.header is not None)
    return next((one.subject for one in headers if one.subject in subjects.KINDS), "")


def _newest(lasts: Iterable[Last]) -> list[Last]:
    found: dict[str, Last] = {}
    for one in sorted(lasts, key=lambda last: (last.date, last.ref)):
        found[one.instrument] = one
    return sorted(found.values(), key=lambda last: (last.date, last.ref))


def _records(shelf: Shelf, refs: Iterable[Ref]) -> tuple[dict[str, Last], Mapping[str, _Verdict]]:
    """Every record by its reference, and the verdicts of those that have one."""
    lasts: dict[str, Last] = {}
    verdicts: dict[str, _Verdict] = {}
    for ref in sorted(refs, key=lambda one: one.order):
        listing = shelf.host.listing(ref.instrument)
        short = listing.header.short if listing and listing.header else ref.instrument.upper()
        last = Last(ref=str(ref), instrument=ref.instrument, short=short, date=ref.date)
        try:
            case = shelf.case(ref)
            record = visible(case.record, case.content, None)
            verdict = _verdict(case, record)
            told = summaries.of_case(case, record)
        except Locked:
            lasts[str(ref)] = replace(last, next=summaries.SHUT)
            continue
        except KwartierError as error:
            lasts[str(ref)] = replace(last, problem=error.message)
            continue
        words = verdict.words if verdict else ""
        lasts[str(ref)] = replace(
            last, date=told.date, definitive=told.definitive or told.paper, next=told.next, verdict=words
        )
        if verdict:
            verdicts[str(ref)] = verdict
    return lasts, verdicts


def _verdict(case: Case, record: Record) -> _Verdict | None:
    """The verdict of a record that passed the gate; None where there is none."""
    for step in verdict_steps(case.content):
        file = record.read(step.id, f.VerdictFile)
        if file.value is not None:
            rows = (
                OpenCondition(ref=record.ref, step=step.id, id=row.id, text=row.text, who=row.who, due=row.due)
                for row in open_conditions(file)
            )
            return _Verdict(
                words=title_of(case.content, step, file.value),
                conditions=tuple(rows),
                until=until(case.content, record),
            )
    return None


def until(content: m.Content, record: Record) -> date | None:
    """When a record is to be repeated: as planned, else as the instrument proposes; None where it does not say."""
    step = next((one for one in content.step if isinstance(one, m.RepeatStep)), None)
    if step is None:
        return None
    return record.read(step.id, f.RepeatFile).planned or repeat_between(step, record.envelope.date)[0]
