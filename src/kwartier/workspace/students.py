"""The students of an organisation in a list: where each stands, and what of one that is locked is known.

Through the gate, as nobody in particular. Names come along: who may see a list of names decides the face.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from kwartier.errors import KwartierError
from kwartier.instrument.conditions import set_values
from kwartier.records.files import view
from kwartier.records.organisation import HandedOver, Placement, Subject
from kwartier.store import files
from kwartier.store.keyring import Locked
from kwartier.store.refs import Ref
from kwartier.workflow.visible import visible
from kwartier.workspace import encrypting, placements, retaining, subjects, summaries
from kwartier.workspace.shelf import Shelf
from kwartier.workspace.summaries import Summary


class Portfolio(Struct, frozen=True, kw_only=True):
    """A record of a student: where it is, for which level and in which programme."""

    summary: Summary
    short: str
    "What its instrument is called in a list."
    level: str = ""
    "The values of its parameters, as they are read: 4."
    level_words: str = ""
    "The same with their names: niveau 4."
    programme: str = ""


class Placed(Struct, frozen=True, kw_only=True):
    """Where a student learns, learned or will."""

    workplace: str
    name: str
    placement: Placement


class Student(Struct, frozen=True, kw_only=True):
    """A student. Of one that is locked here only the code, the references and the date of retention are known."""

    organisation: str
    organisation_name: str
    code: str
    name: str = ""
    note: str = ""
    portfolios: tuple[Portfolio, ...] = ()
    "Oldest first."
    retain_until: date | None = None
    placed: tuple[Placed, ...] = ()
    handed_over: tuple[HandedOver, ...] = ()
    encrypted: bool = False
    unlocked: bool = False
    problem: str = ""
    "Why the own file cannot be read; not of one that is locked, which is as it should be."

    @property
    def shut(self) -> bool:
        """Whether nothing of it can be read here without the passphrase."""
        return self.encrypted and not self.unlocked

    @property
    def newest(self) -> Portfolio | None:
        """The newest record."""
        return self.portfolios[-1] if self.portfolios else None

    @property
    def next(self) -> str:
        """What is next in the newest record; empty where that is done, or there is none."""
        last = self.newest
        return "" if last is None or last.summary.definitive else last.summary.next


def every(shelf: Shelf, slug: str, only: str = "") -> list[Student]:
    """The students of an organisation by code, or the one with this code. Raises `Refused` where it is not there."""
    name = shelf.organisation(slug).name
    if only and only not in shelf.folder.subjects(slug):
        subjects.subject(shelf, slug, only)
    refs: dict[str, list[Ref]] = defaultdict(list)
    for ref in shelf.folder.assessments(slug):
        if ref.subject:
            refs[ref.subject].append(ref)
    placed = _placed(shelf, slug)
    found = []
    for code in shelf.folder.subjects(slug):
        if only in ("", code):
            one = _student(shelf, slug, name, code, refs[code], placed.get(code, []))
            if one is not None:
                found.append(one)
    return found


def one(shelf: Shelf, slug: str, code: str) -> Student:
    """One of them. Raises `Refused` where it is not there, or is no student."""
    for found in every(shelf, slug, code):
        return found
    raise subjects.not_a_student(slug, code)


def free_code(taken: Collection[str]) -> str:
    """A code for a new student that tells nothing of who it is: s1, s2, …"""
    return next(code for number in range(1, len(taken) + 2) if (code := f"s{number}") not in taken)


def _student(
    shelf: Shelf, slug: str, name: str, code: str, refs: Sequence[Ref], placed: Sequence[Placed]
) -> Student | None:
    """What is known of a subject; None where it is no student."""
    encrypted = encrypting.is_encrypted(shelf, slug, code)
    unlocked = encrypted and encrypting.is_unlocked(shelf, slug, code)
    one, problem = Subject(id="", code=code), ""
    try:
        one = subjects.subject(shelf, slug, code)
    except Locked:
        pass  # told by `shut`
    except KwartierError as error:
        problem = error.message
    if not encrypted and not _is_student(shelf, one, refs, problem=problem):
        return None
    try:
        until = retaining.retained(shelf, slug, code)
    except KwartierError as error:
        until, problem = None, problem or error.message
    ordered = sorted(refs, key=lambda ref: (ref.date, ref.order))
    return Student(
        organisation=slug,
        organisation_name=name,
        code=code,
        name=one.name,
        note=one.note,
        portfolios=tuple(_portfolio(shelf, ref) for ref in ordered),
        retain_until=until,
        placed=tuple(placed),
        handed_over=one.handed_over,
        encrypted=encrypted,
        unlocked=unlocked,
        problem=problem,
    )


def _is_student(shelf: Shelf, one: Subject, refs: Sequence[Ref], *, problem: str) -> bool:
    """As it says itself; where that was never said or cannot be read, as its instruments say."""
    if one.kind:
        return one.kind == "student"
    listings = (shelf.host.listing(ref.instrument) for ref in refs)
    about = {listing.header.subject for listing in listings if listing is not None and listing.header is not None}
    return "student" in about or bool(problem and not about)


def _portfolio(shelf: Shelf, ref: Ref) -> Portfolio:
    listing = shelf.host.listing(ref.instrument)
    short = listing.header.short if listing and listing.header else ref.instrument.upper()
    try:
        case = shelf.case(ref)
        told = summaries.of_case(case, visible(case.record, case.content, None))
    except Locked as error:
        return Portfolio(summary=summaries.shut(ref, error.message), short=short)
    except KwartierError as error:
        problem = Summary(ref=str(ref), instrument=ref.instrument, date=ref.date, problem=error.message)
        return Portfolio(summary=problem, short=short)
    values = [(one.id, set_values(case.record.envelope.parameters, one.id)) for one in case.content.parameter]
    levels = [(name, ", ".join(map(str, given))) for name, given in values if given]
    profile = case.content.profile
    return Portfolio(
        summary=told,
        short=short,
        level=" · ".join(given for _, given in levels),
        level_words=", ".join(f"{name} {given}" for name, given in levels),
        programme=profile.title if profile else "",
    )


def _placed(shelf: Shelf, slug: str) -> Mapping[str, list[Placed]]:
    """Where the students of an organisation learn, by their code."""
    found: dict[str, list[Placed]] = defaultdict(list)
    for workplace, one in _workplaces(shelf, slug):
        for row in placements.listed(one):
            name = one.name or one.team or workplace
            found[row.student].append(Placed(workplace=workplace, name=name, placement=row))
    return found


def _workplaces(shelf: Shelf, slug: str) -> Iterator[tuple[str, Subject]]:
    for code in shelf.folder.subjects(slug):
        path = shelf.folder.subject_file(slug, code)
        try:
            found = files.find(path)
            one = view(found.tree, Subject, str(path)) if found else None
        except KwartierError:  # told by itself, and a student has no placements
            continue
        if one is not None and one.placement:
            yield code, one
