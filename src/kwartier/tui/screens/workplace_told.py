"""What is said of a workplace on screens, as rows and words; nothing is drawn or decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from kwartier.tui.widgets.agenda_list import key_of
from kwartier.tui.widgets.grouped_lines import Group, Told
from kwartier.workflow.periods import short
from kwartier.workspace.summaries import SHUT
from kwartier.workspace.workplace_words import (
    called,
    is_past,
    levels_words,
    period_words,
    students_words,
    until_words,
    verdict_words,
)

if TYPE_CHECKING:
    from kwartier.records.organisation import Placement, Subject
    from kwartier.workspace.summaries import Summary
    from kwartier.workspace.workplaces import Workplace

NEW_PLACEMENT = "+plaatsing"
"""The key of the row that places a student."""
NEW_RECORD = "+meting"
"""The key of the row that begins a record."""
PLACEMENT = "plaatsing\n"
"""What the key of a placement begins with; its id follows."""


def places(found: Iterable[Workplace], today: date, key: str) -> list[Group]:
    """The workplaces and students of one organisation; the key of a row is `key` with its code."""
    every = list(found)
    where = {row.student: one for one in every for row in one.placements}
    made = []
    own = [one for one in every if one.kind == "workplace"]
    if own:
        made.append(Group("Praktijkleerplekken", [_place(one, today, key) for one in own]))
    others = [one for one in every if one.kind != "workplace"]
    if others:
        rows = [_other(one, where.get(one.code), key) for one in others]
        made.append(Group("Studenten" if all(one.kind == "student" for one in others) else "Andere codes", rows))
    return made


def _place(one: Workplace, today: date, key: str) -> Told:
    late = [row for row in one.conditions if row.due is not None and row.due < today]
    warned = bool(one.problem or late or is_past(one, today))
    said = [one.problem or verdict_words(one, today)]
    if one.conditions:
        said.append(f"{len(one.conditions)} voorwaarde{'' if len(one.conditions) == 1 else 'n'} open")
    if one.until:
        said.append(f"tot {until_words(one)}")
    if one.placements:
        said.append(f"student {students_words(one)}")
    sign = "!" if warned else "●" if one.verdict else "○"
    name = " · ".join(word for word in (one.code, one.name or one.team) if word)
    return Told(f"{key}{one.code}", sign, ((name, -3),), " · ".join(said), "warning" if warned else "")


def _other(one: Workplace, place: Workplace | None, key: str) -> Told:
    shut = one.problem == SHUT
    said = [one.problem] if one.problem else [f"{last.short} {short(last.date)}" for last in one.records[-1:]]
    if place is not None:
        said.append(f"leert bij {called(place)}")
    if not one.kind and not one.problem:
        said.append("soort niet gezegd")
    sign, look = ("!", "warning") if one.problem and not shut else (" ", "")
    return Told(f"{key}{one.code}", sign, ((one.code, -3),), " · ".join(said), look)


def who(one: Subject, found: Workplace, today: date) -> str:
    """Who it is, in one or two lines."""
    kind = {"student": "student", "workplace": "praktijkleerplek"}.get(found.kind, "soort niet gezegd")
    first = [
        kind,
        one.name,
        one.team,
        one.place,
        one.setting,
        f"niveau {levels_words(one.levels)}" if one.levels else "",
    ]
    if one.ended:
        first.append(f"gestopt op {short(one.ended)}")
    lines = [" · ".join(word for word in first if word) + "  (e gegevens)"]
    if found.verdict and found.verdict_day:
        told = f"Oordeel van {short(found.verdict_day)}: {found.verdict}"
        lines.append(told + (f" · geldig tot {until_words(found)}" if found.until else ""))
    if one.note:
        lines.append(one.note)
    return "\n".join(lines)


def records(found: Workplace, summaries: Iterable[Summary], names: Mapping[str, str], today: date) -> list[Group]:
    """The records of a subject, oldest first, and the conditions that are open."""
    shorts = {last.instrument: last.short for last in found.records}
    rows = [_record(one, shorts.get(one.instrument, one.instrument)) for one in summaries]
    made = [Group("Beoordelingen" if found.kind == "workplace" else "Metingen", rows, "" if rows else "Nog geen.")]
    if found.kind == "workplace":
        made[0].rows.append(Told(NEW_RECORD, "+", (), "Nieuwe beoordeling (n)"))
    if found.conditions:
        made.append(Group("Voorwaarden die open staan", [_condition(row, names, today) for row in found.conditions]))
    return made


def _record(one: Summary, short_title: str) -> Told:
    from kwartier.tui.screens.organisation_told import stand

    sign, look = ("!", "warning") if one.problem else ("●", "") if one.definitive or one.paper else ("○", "strong")
    words = ((short_title, 18), (short(one.date), 13))
    return Told(key_of(one.ref, "", ""), sign, words, stand(one), look, "warning" if one.problem else "")


def _condition(row: object, names: Mapping[str, str], today: date) -> Told:
    from kwartier.workspace.workplaces import OpenCondition

    assert isinstance(row, OpenCondition)
    late = row.due is not None and row.due < today
    when = f"{'te laat: ' if late else ''}voor {short(row.due)}" if row.due else "geen datum"
    who = names.get(row.who) or row.who
    said = " · ".join(word for word in (when, who) if word)
    key = key_of(row.ref, row.step, row.id)
    return Told(key, "!" if late else "○", ((row.text, -3),), said, "warning" if late else "")


def placed(rows: Iterable[Placement], names: Mapping[str, str], today: date) -> list[Group]:
    """The placements, and the row to add one."""
    running: list[Told] = []
    past: list[Told] = []
    for row in rows:
        told = _placement(row, names, today)
        (past if row.is_over(today) else running).append(told)
    new = Told(NEW_PLACEMENT, "+", (), "Student plaatsen (t)")
    made = [Group("Plaatsingen", [*running, new])]
    if past:
        made.append(Group("Voorbij", past))
    return made


def _placement(row: Placement, names: Mapping[str, str], today: date) -> Told:
    level = f"niveau {row.level}" if row.level is not None else ""
    who = names.get(row.supervisor) or row.supervisor
    helped = f"begeleider {who}" if who else ""
    said = " · ".join(word for word in (period_words(row) or "periode onbekend", level, helped, row.note) if word)
    sign = "✓" if row.is_over(today) else "○" if row.start and row.start > today else "●"
    return Told(f"{PLACEMENT}{row.id}", sign, ((row.student, 12),), said)
