"""What is said of a student on screens, as rows and words; nothing is drawn or decided here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from kwartier.text import one_line
from kwartier.tui.safe import Part, parts
from kwartier.tui.widgets.agenda_list import key_of
from kwartier.tui.widgets.grouped_lines import Group, Told
from kwartier.workflow.periods import short
from kwartier.workspace.summaries import SHUT
from kwartier.workspace.workplace_words import period_words

if TYPE_CHECKING:
    from kwartier.workspace.students import Placed, Portfolio, Student

NEW_PORTFOLIO = "+portfolio"
"""The key of the row that begins a portfolio; those below are of what is done with all of a student."""
RETAIN, EXPORT, GIVE, ERASE = "+bewaren", "+exporteren", "+meegeven", "+wissen"
LOCK, PASSPHRASE, UNLOCKED_OFF = "+slot", "+wachtwoord", "+eraf"
DUTY = "Deze datum is voor u: kwartier wist nooit iets vanzelf."


def in_order(code: str) -> tuple[object, ...]:
    """For sorting: s2 before s10."""
    return tuple((0, int(one), "") if one.isdigit() else (1, 0, one) for one in re.split(r"(\d+)", code) if one)


def next_words(one: Student) -> str:
    """What is next; that it is locked stands in a column of its own."""
    if one.shut:
        return ""
    last = one.newest
    if last is None:
        return "nog geen portfolio"
    if last.summary.problem:
        return "niet te lezen"
    return "definitief" if last.summary.definitive else one.next


def lock_words(one: Student) -> str:
    """Whether it is locked; empty where there is no lock."""
    if not one.encrypted:
        return ""
    return "van slot" if one.unlocked else SHUT


def until_words(one: Student) -> str:
    """Until when all of it is kept; empty where that was not said."""
    return short(one.retain_until) if one.retain_until else ""


def is_late(one: Student, today: date) -> bool:
    """Whether its time has come."""
    return one.retain_until is not None and one.retain_until <= today


def stand(one: Portfolio) -> str:
    """Where a portfolio stands, in words."""
    told = one.summary
    if told.problem:
        return f"niet te lezen: {told.problem}"
    if told.next == SHUT:
        return SHUT
    words = "overgenomen van papier" if told.paper else "definitief" if told.definitive else "loopt"
    if told.next and not told.definitive:
        words += f"; nu: {told.next.lower()}" + (f" ({told.detail})" if told.detail else "")
    return words + (" · alleen lezen" if told.locked else "")


def called(one: Portfolio) -> str:
    """What a portfolio is called: its instrument, level and programme."""
    return " · ".join(word for word in (one.short, one.level_words, one.programme) if word)


def who(one: Student) -> str:
    """Who it is, in one or two lines."""
    lock = {"van slot": "van slot (l doet het er weer op)", SHUT: "op slot (l opent)"}.get(lock_words(one), "")
    named = one.name or ("" if one.shut else "zonder naam")
    first = " · ".join(filter(None, ["student", one.code, one_line(named, 60), lock, one.problem]))
    return first + (f"\n{one_line(one.note, 150)}" if one.note else "")


# -- the screen of a student


def portfolios(one: Student) -> list[Group]:
    """The portfolios, newest first, and the row to begin one."""
    rows = [_portfolio(each, newest=each is one.newest) for each in reversed(one.portfolios)]
    new = Told(NEW_PORTFOLIO, "+", (), "Nieuw portfolio (n)")
    return [Group("Portfolio's", [*rows, new], "" if rows else "Nog geen portfolio.")]


def _portfolio(one: Portfolio, *, newest: bool) -> Told:
    told = one.summary
    sign = "!" if told.problem else "●" if told.definitive or told.paper else "○"
    look = "warning" if told.problem else "strong" if sign == "○" and newest else ""
    level = f"{one.short} {one.level_words}".strip()
    words = ((short(told.date), 13), (level, -2))
    text = " · ".join(filter(None, [one.programme, stand(one)]))
    return Told(key_of(told.ref, ""), sign, words, text, look, "warning" if told.problem else "")


def about(one: Student, names: Mapping[str, str], today: date) -> list[Group]:
    """Until when it is kept, its lock, where the student learns, what was given away; each with what can be done."""
    late = is_late(one, today)
    until = f"tot {until_words(one)}" + (": wissen of verlengen" if late else "") if one.retain_until else "geen datum"
    made = [
        Group(
            "Bewaren",
            [
                Told(RETAIN, "!" if late else "○", (("Bewaartermijn", 16),), f"{until} (b)", "warning" if late else ""),
                Told(EXPORT, "→", (("Exporteren", 16),), "alles naar een map, leesbaar (x)"),
                Told(GIVE, "→", (("Meegeven", 16),), "portfolio in een bestand op slot (g)"),
                Told(ERASE, "–", (("Wissen", 16),), "alles van deze student, voorgoed"),
            ],
        ),
        Group("Slot", _lock(one)),
    ]
    if one.placed:
        made.append(Group("Plaatsingen", [_placed(row, names, today) for row in one.placed]))
    if one.handed_over:
        rows = [
            Told(f"gegeven\n{row.id}", "·", ((short(row.date), 13),), f"{row.what} aan {names.get(row.to) or row.to}")
            for row in reversed(one.handed_over)
        ]
        made.append(Group("Meegegeven", rows))
    return made


def _lock(one: Student) -> list[Told]:
    if not one.encrypted:
        return [Told(LOCK, "○", (("Geen slot", 16),), "op slot zetten, met een wachtwoord (l)")]
    passphrase = Told(PASSPHRASE, "·", (("Wachtwoord", 16),), "een ander wachtwoord (w)")
    if not one.unlocked:
        return [Told(LOCK, "●", (("Op slot", 16),), "openen met het wachtwoord (l)"), passphrase]
    off = Told(UNLOCKED_OFF, "·", (("Slot eraf", 16),), "alles weer leesbaar maken")
    return [Told(LOCK, "◐", (("Van slot", 16),), "weer op slot (l)", "strong"), passphrase, off]


def _placed(one: Placed, names: Mapping[str, str], today: date) -> Told:
    row = one.placement
    helped = names.get(row.supervisor) or row.supervisor
    said = [period_words(row), f"niveau {row.level}" if row.level is not None else ""]
    said += [f"begeleider {helped}" if helped else "", row.note]
    sign = "✓" if row.is_over(today) else "○" if row.start and row.start > today else "●"
    text = " · ".join(word for word in said if word)
    return Told(f"plaats\n{one.workplace}", sign, ((one.name, -2),), text or "periode onbekend")


# -- beside the list


def aside(one: Student, names: Mapping[str, str], today: date) -> Content:
    """All of a student at a glance; the name for who looks."""
    pieces: list[Part | Content] = [(one.name or one.code, "bold"), "\n"]
    pieces += [" · ".join(filter(None, [one.code if one.name else "", lock_words(one)])), "\n"]
    if one.problem:
        pieces += [(f"! {one.problem}\n", "$text-warning")]
    if one.note:
        pieces += [f"{one_line(one.note, 200)}\n"]
    pieces.append(("\nPortfolio's\n", "bold"))
    for each in reversed(one.portfolios):
        pieces += [f"{short(each.summary.date)}  {called(each)}\n", (f"  {stand(each)}\n", "$text-muted")]
    if not one.portfolios:
        pieces.append("nog geen\n")
    late = is_late(one, today)
    pieces += [("\nBewaren tot\n", "bold"), ("! " if late else "") + (until_words(one) or "geen datum"), "\n"]
    if one.placed:
        pieces.append(("\nPlaatsingen\n", "bold"))
        for row in (_placed(each, names, today) for each in one.placed):
            pieces.append(f"{row.sign} {row.words[0][0]}: {row.text}\n")
    if one.handed_over:
        pieces.append(("\nMeegegeven\n", "bold"))
        pieces += [f"{short(row.date)}  {row.what} aan {names.get(row.to) or row.to}\n" for row in one.handed_over]
    return parts(*pieces)


def in_a_line(one: Student) -> str:
    """The same in a line, where there is no room beside the list."""
    told = [one.name or one.code, lock_words(one), one.problem]
    told += [f"{called(each)}: {stand(each)}" for each in reversed(one.portfolios)]
    told += [f"bewaren tot {until_words(one)}" if one.retain_until else ""]
    told += [f"leert bij {each.name}" for each in one.placed]
    return " · ".join(word for word in told if word)
