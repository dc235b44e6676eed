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
    note: str = ""


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


class Subject(Viewed, frozen=True, kw_only=True):
    """subject.toml: a student or a workplace, by code."""

    schema: int = SCHEMA
    id: str
    code: str
    name: str = ""
