"""What the start screen shows: the organisations with where they stand, and the agenda; painted from the index.

Imports little, so that it can be shown before a record is read. Bringing the index up to date stands in `indexing`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from kwartier.store.index import DueRow, Index, OrganisationRow, place_of
from kwartier.workspace.places import cache_folder

HEADINGS = {"late": "Te laat", "soon": "Komende 30 dagen", "now": "Nu te doen", "later": "Later"}
"""The parts of an agenda in order: what `when` says, and the heading over it."""

_SOON = timedelta(days=30)


class OrganisationLine(NamedTuple):
    """An organisation in the table. `depth` says under how many others it stands, as a part of a part."""

    slug: str
    name: str
    kind: str
    part_of: str
    depth: int
    last: str
    'The last record by its instrument: "… mrt 26", or "… loopt".'
    last_day: str
    "Its day (ISO), to sort by; empty where there is none."
    next: str
    "What is to be done next, in a running record or on the agenda."
    overdue: int
    "How much should have been done before today."
    records: int
    "How many records there are."
    broken: int
    "How many of them cannot be read."
    problem: str
    "Why the organisation itself, or a record of it, cannot be read."


class DueLine(NamedTuple):
    """Something on the agenda. `person` is a code; the text of an action point is not told, only its number."""

    slug: str
    organisation: str
    ref: str
    step: str
    kind: str
    text: str
    day: date | None
    person: str


class Trouble(NamedTuple):
    """A file that cannot be read: the slug or the reference, and why (Dutch)."""

    place: str
    message: str


class Overview(NamedTuple):
    """A data folder at a glance."""

    organisations: list[OrganisationLine]
    "By name; parts stand directly under their whole."
    agenda: list[DueLine]
    "In the order of `HEADINGS`, and of days within; perhaps not all, see `due`."
    due: int
    "How long the whole agenda is."
    today: date
    checked: bool
    "Whether this is how the disk is now; not where it comes from the index alone, or looking was cut short."
    folder: Path
    missing: bool
    "Whether there is no data folder yet."
    problems: list[Trouble]


def glimpse(folder: Path, agenda: int | None = None, *, today: date | None = None) -> Overview | None:
    """The folder as it was when it was last looked at, at once; None where that is not known.

    `agenda` limits how much of the agenda is given. `today` is the real day, in a demo the day on which it plays.
    """
    try:
        if not folder.is_dir():
            return Overview([], [], 0, today or date.today(), True, folder, True, [])
        found = Index.find(place_of(cache_folder(), folder))
        if found is None:
            return None
        with found as index:
            plays = index.meta("day")
            day = today or (date.fromisoformat(plays) if plays else date.today())
            return told(index, folder, day, agenda, checked=False)
    except (sqlite3.Error, OSError, ValueError, TypeError, RuntimeError):
        return None  # a damaged index, or no home to look for it: looking at the disk tells it all


def told(index: Index, folder: Path, today: date, agenda: int | None, *, checked: bool) -> Overview:
    """The overview that an index holds. Raises `sqlite3.Error`, or `ValueError` where what it holds is damaged."""
    overdue = index.overdue(today.isoformat())
    rows = index.organisations()
    names = {row.slug: row.name for row in rows}
    dues = index.agenda((today + min(_SOON, date.max - today)).isoformat(), agenda)
    return Overview(
        organisations=[_line(row, depth, overdue.get(row.slug, 0)) for row, depth in arranged(rows)],
        agenda=[_due_line(one, names) for one in dues],
        due=len(dues) if agenda is None else index.due_count(),
        today=today,
        checked=checked,
        folder=folder,
        missing=not folder.is_dir(),
        problems=[Trouble(*one) for one in index.problems()],
    )


def when(day: date | None, today: date) -> str:
    """Under which of `HEADINGS` something on the agenda stands."""
    if day is None:
        return "now"
    if day < today:
        return "late"
    return "soon" if day - today <= _SOON else "later"


def arranged(rows: list[OrganisationRow]) -> Iterator[tuple[OrganisationRow, int]]:
    """The organisations by name with how deep each stands; parts follow their whole.

    What is part of something that is not there stands by itself. Of those that are part of one another in a circle the
    first by name stands on top.
    """
    rows = sorted(rows, key=lambda row: (row.name.casefold(), row.slug), reverse=True)
    known = {row.slug for row in rows}
    parts: dict[str, list[OrganisationRow]] = {}
    for row in rows:
        parts.setdefault(row.part_of if row.part_of in known and row.part_of != row.slug else "", []).append(row)
    shown: set[str] = set()
    circles = [row for row in rows if row.part_of]
    for start in (parts.get("", []), circles):
        for top in reversed(start):
            todo = [(top, 0)]
            while todo:
                row, depth = todo.pop()
                if row.slug not in shown:
                    shown.add(row.slug)
                    yield row, depth
                    todo += [(part, depth + 1) for part in parts.get(row.slug, [])]


def _line(row: OrganisationRow, depth: int, overdue: int) -> OrganisationLine:
    problem = row.problem
    if not problem and row.broken:
        problem = f"{row.broken} van {row.records} metingen niet te lezen"
    return OrganisationLine(
        row.slug,
        row.name,
        row.kind,
        row.part_of,
        depth,
        row.last,
        row.last_day,
        row.next,
        overdue,
        row.records,
        row.broken,
        problem,
    )


def _due_line(one: DueRow, names: dict[str, str]) -> DueLine:
    day = date.fromisoformat(one.day) if one.day else None
    name = names.get(one.organisation, one.organisation)
    return DueLine(one.organisation, name, one.ref, one.step, one.kind, one.text, day, one.person)
