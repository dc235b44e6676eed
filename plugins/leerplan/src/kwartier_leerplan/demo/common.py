"""What the three portfolios of the demo share: the moment that something is done, sheets, and two assessors at work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from kwartier.api import Assessor, Workspace

INSTRUMENT = "leerplan"
SCHOOL = "Leerhuis De Kiem"
EXPERT, TEACHER = "Noor Terpstra", "Wim Aalders"
"""The two assessors: Noor works as an expert by experience; Wim was not trained in assessing yet."""

ASSESSORS = (
    Assessor(EXPERT, role="beoordelaar", traits={"ervaringsdeskundig": True, "geschoold": True}),
    Assessor(TEACHER, role="beoordelaar", traits={"ervaringsdeskundig": False, "geschoold": False}),
)
EVERYONE, ASSESSING = ["everyone"], ["beoordelaar"]
_WINTER = timezone(timedelta(hours=1))
_LINES = {"1": 6, "2": 3, "3.1": 6, "3.2": 5, "3.3": 5, "4": 3}
_NOT_BELOW = {"2.2": 3, "3.1.6": 5, "3.2.5": 5, "3.3.5": 5}
"""Outcomes that are only there from a level on."""


def moment(day: date) -> datetime:
    """The moment of a day on which something in the demo is done."""
    return datetime.combine(day, time(13, 20), tzinfo=_WINTER)


def items(level: int) -> list[str]:
    """The ids of what is judged at a level, in order."""
    ids = [f"{line}.{number}" for line, count in _LINES.items() for number in range(1, count + 1)]
    return [id for id in ids if level >= _NOT_BELOW.get(id, 0)]


def sheet(level: int, usual: str, named: Mapping[str, str]) -> dict[str, Any]:
    """A whole sheet: the usual state, and others as named; a remark may stand behind a colon.

    A dash for a state says that it was judged in an earlier portfolio.
    """
    rows: list[dict[str, Any]] = []
    for item in items(level):
        state, _, note = named.get(item, usual).partition(":")
        answer = {"missing": "eerder beoordeeld"} if state == "-" else {"value": state}
        rows.append({"item": item, **answer, **({"note": note.strip()} if note else {})})
    return {"answer": rows}


def facts(given: Mapping[str, object]) -> dict[str, Any]:
    """The facts of a portfolio."""
    return {"fact": [{"id": id, "value": value} for id, value in given.items()]}


def judge(workspace: Workspace, ref: str, step: str, day: date, sheets: Mapping[str, dict[str, Any]]) -> None:
    """Assessors fill in and seal their sheets of a step, by name, a day after one another."""
    for later, (who, given) in enumerate(sheets.items()):
        at = workspace.at(moment(day + timedelta(days=later)))
        at.change(ref, step, given, person=who)
        at.seal(ref, who, step=step)


def agree(workspace: Workspace, ref: str, step: str, reasons: Mapping[str, tuple[str, str]]) -> None:
    """What both gave alike is confirmed; what differs or was left gets a state with its reason."""
    own = [{"item": item, "value": state, "note": reason} for item, (state, reason) in reasons.items()]
    alike = [row for row in workspace.proposals(ref, step=step) if row["item"] not in reasons]
    workspace.change(ref, step, {"answer": [*alike, *own]})
