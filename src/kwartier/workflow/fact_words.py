"""How an answer to a fact is read, in every face and report: one sentence part, in Dutch notation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kwartier.instrument.model import Fact
from kwartier.records.files import GivenFact
from kwartier.workflow.estimates import estimate_words
from kwartier.workflow.periods import with_weekday


def fact_words(fact: Fact, row: GivenFact, day: Callable[[date], str] = with_weekday) -> str:
    """The answer as it is read, with its unit and its note; empty where there is none. `day` writes a date."""
    said = _said(fact, row, day)
    return f"{said} ({row.note})" if said and row.note else said or row.note


def _said(fact: Fact, row: GivenFact, day: Callable[[date], str]) -> str:
    if number := estimate_words(row, fact.unit):
        return number
    value = row.value
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nee"
        case date():
            return day(value)
        case list() | tuple():
            return ", ".join(map(str, value)) or "geen"
        case _:
            return str(value).strip()
