"""The files of an organisation that are not a record: who it is, the names behind codes, its subjects."""

from __future__ import annotations

from datetime import date as Day

from kwartier.records.files import SCHEMA, Viewed


class Organisation(Viewed, frozen=True, kw_only=True):
    """organisation.toml."""

    schema: int = SCHEMA
    id: str
    name: str
    kind: str = ""
    clients: int | None = None
    part_of: str = ""
    place: str = ""
    "The town where it is."
    note: str = ""
    erased_students: int = 0
    "How many students were erased; nothing else is left of them."


class Name(Viewed, frozen=True, kw_only=True):
    """The name behind a code; its letter says how the person came in (a: fills in, d: takes part, c: contact)."""

    id: str
    name: str = ""
    contact: str = ""
    erased: Day | None = None


class PeopleNames(Viewed, frozen=True, kw_only=True):
    """people.toml."""

    schema: int = SCHEMA
    person: tuple[Name, ...] = ()


class Placement(Viewed, frozen=True, kw_only=True):
    """A student who learns at a workplace for a while; student and supervisor stand here by code alone."""

    id: str
    student: str = ""
    start: Day | None = None
    end: Day | None = None
    supervisor: str = ""
    "A code in people.toml."
    level: int | None = None
    "The education level of the student."
    note: str = ""

    def is_over(self, day: Day) -> bool:
        """Whether it has ended before this day."""
        return self.end is not None and self.end < day


class HandedOver(Viewed, frozen=True, kw_only=True):
    """That something of a student was given away as a file: what kwartier cannot erase any more."""

    id: str
    date: Day
    to: str = ""
    "A code of a person, or words: de student."
    what: str = ""


class Subject(Viewed, frozen=True, kw_only=True):
    """subject.toml: a student or a workplace, by code."""

    schema: int = SCHEMA
    id: str
    code: str
    kind: str = ""
    "student or workplace; empty where it was never said."
    name: str = ""
    team: str = ""
    place: str = ""
    setting: str = ""
    "The work setting."
    levels: tuple[int, ...] = ()
    "The education levels that a workplace is meant for."
    note: str = ""
    ended: Day | None = None
    "Since when a workplace is none any more."
    placement: tuple[Placement, ...] = ()
    retain_until: Day | None = None
    "The day after which what is kept of a student is to be erased."
    handed_over: tuple[HandedOver, ...] = ()
