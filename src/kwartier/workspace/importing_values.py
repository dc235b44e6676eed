"""What taking over a table is about, as values: what was asked, what is told, and what each record would become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from pathlib import Path
from typing import Literal

from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.instrument.model import Setting

MOST_TOLD = 50
"""So many problems and remarks are told one by one; of the others only how many there are."""

MOST_AT_ONCE = 2_000
"""So many records are made or changed in one operation that succeeds or fails as a whole."""

State = Literal["new", "equal", "added", "changed"]


class Wish(Struct, frozen=True, kw_only=True):
    """What a user asks: tables of which instrument, from where, of when."""

    instrument: str
    files: tuple[Path, ...]
    sheet: str = ""
    source: str = ""
    "Where the results come from, as it is kept in the records; empty: the names of the files."
    dates: tuple[str, ...] = ()
    "As typed: a date or month for all rows, or meting=1:2011-06 for those with that value."
    parameters: Mapping[str, object] = {}
    "For rows that do not say it themselves."


class Told(Struct, frozen=True, kw_only=True):
    """A problem or remark, where it is: the row as a spreadsheet counts, the column by its heading."""

    file: str
    row: int = 0
    column: str = ""
    organisation: str = ""
    found: str = ""
    "What stands there, cleaned."
    expected: str = ""
    "What was expected (Dutch)."
    message: str = ""
    "What is the matter, where that is more than a wrong cell (Dutch)."

    @property
    def words(self) -> str:
        """The whole, on one line (Dutch)."""
        place = [f"rij {self.row}" if self.row else "", f"kolom '{self.column}'" if self.column else ""]
        where = ", ".join(part for part in place if part)
        if self.organisation:
            where = f"{where} ({self.organisation})" if where else self.organisation
        stands = f"er staat '{self.found}'" if self.found else "de cel is leeg"
        what = self.message or f"{stands}; verwacht: {self.expected}"
        return f"{self.file}, {where}: {what}" if where else f"{self.file}: {what}"


class Tally:
    """What is told: the first ones, and how many there are."""

    def __init__(self) -> None:
        self.first: list[Told] = []
        self.count = 0

    def add(self, told: Told) -> None:
        """One more."""
        self.count += 1
        if len(self.first) < MOST_TOLD:
            self.first.append(told)


@dataclass(slots=True)
class Entry:
    """One record as the table says it, of one row or of several that belong together."""

    organisation: str
    subject: str
    parameters: Mapping[str, Setting]
    day: Day | None
    month: bool
    file: str
    row: int
    rows: int = 1
    answers: dict[str, Answer] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    blank: int = 0
    "How many of the table's cells for an answer have none."
    total: str = ""
    band: str = ""
    printed: tuple[str, int] = ("", 0)
    "The file and the row that the total and the band stand in."
    kind: str = ""
    clients: int | None = None

    def told(self, message: str, column: str = "") -> Told:
        """Something about this record."""
        return Told(file=self.file, row=self.row, column=column, organisation=self.organisation, message=message)


class Change(Struct, frozen=True):
    """What stands in a record and would become something else (Dutch words)."""

    what: str
    old: str
    new: str


@dataclass(slots=True)
class Placed:
    """What becomes of an entry in this data folder."""

    entry: Entry
    state: State
    slug: str
    "The organisation's; of a new one what it will be."
    new_organisation: bool
    ref: str
    "The record's; of a new one what it will be."
    asked: int
    "How many answers a full record has."
    answered: int
    "How many this one has afterwards."
    follows: str = ""
    additions: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    replaced: tuple[str, ...] = ()
    "What stands there now of what changes, whole: what is shown of it may be cut off."

    @property
    def mark(self) -> tuple[object, ...]:
        """What must still be so when it is written."""
        return (self.state, self.slug, self.ref, self.follows, self.additions, self.changes, self.replaced)


class Question(Struct, frozen=True):
    """Something that a table does not say and that has to be known first."""

    parameter: str
    "The parameter; empty where the date of all rows is asked."
    value: str
    "Its value, of which the date is asked; empty where the parameter itself is asked."
    title: str
    "As it is asked (Dutch)."
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking over would do, and all that is wrong; nothing is written yet."""

    wish: Wish
    instrument: str
    "How the instrument is called."
    source: str
    rows: int
    "Rows with results that were read."
    bad_rows: int
    placed: tuple[Placed, ...]
    problems: tuple[Told, ...]
    problem_count: int
    remarks: tuple[Told, ...]
    remark_count: int
    ignored: tuple[str, ...]
    "Columns that mean nothing, by file and heading."
    notes: tuple[str, ...]
    "How the files were read, where that was a guess (Dutch)."
    questions: tuple[Question, ...] = ()

    def of(self, *states: State) -> list[Placed]:
        """What comes out like this."""
        return [one for one in self.placed if one.state in states]

    @property
    def new_organisations(self) -> list[str]:
        """The organisations that would be made, by slug."""
        return list(dict.fromkeys(one.slug for one in self.placed if one.new_organisation))

    @property
    def too_many(self) -> bool:
        """Whether this is more than can be done at once."""
        return sum(one.state != "equal" for one in self.placed) > MOST_AT_ONCE


class Written(Struct, frozen=True, kw_only=True):
    """What was done: references of records that were made, filled up and changed; and what was left."""

    source: str
    organisations: tuple[str, ...]
    made: tuple[str, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    equal: int
    unchanged: tuple[str, ...]
    "Records that differ and were left as they are."
    bad_rows: int
