"""The agenda: what is to be done, under when. Which day something is due is decided elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kwartier.tui.widgets.grouped_lines import Group, GroupedLines, Told

if TYPE_CHECKING:
    from kwartier.workspace.overview import DueLine

LATE, TODAY, WEEK, WAITS, LATER = "Te laat", "Vandaag", "Komende 7 dagen", "Wacht op", "Later"
MORE = "meer"
"""The key of the row that shows the rest of a long agenda."""

_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def heading_of(day: date | None, today: date) -> str:
    """Under which heading a day stands."""
    if day is None:
        return WAITS
    if day < today:
        return LATE
    if day == today:
        return TODAY
    return WEEK if day - today <= timedelta(days=7) else LATER


def short_day(day: date | None, today: date) -> str:
    """A day in the list: "24 nov", in another year "24 nov 27"."""
    if day is None:
        return ""
    year = "" if day.year == today.year else f" {day.year % 100:02}"
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def key_of(ref: str, step: str, text: str = "") -> str:
    """What a row opens; the text tells two rows of one step apart."""
    return f"{ref}\n{step}\n{text}"


def place_of(key: str) -> tuple[str, str]:
    """The reference and the step of a key."""
    ref, step, _ = key.split("\n", 2)
    return ref, step


class AgendaList(GroupedLines):
    """Enter opens the measurement at the step where it is done."""

    def show_due(
        self,
        agenda: Sequence[DueLine],
        today: date,
        names: Mapping[tuple[str, str], str],
        *,
        more: int = 0,
        whose: bool = True,
    ) -> None:
        """Shows an agenda. `names` are those behind codes, by organisation and code; `whose` names the organisation."""
        self.show(groups(agenda, today, names, more=more, whose=whose))


def groups(
    agenda: Sequence[DueLine], today: date, names: Mapping[tuple[str, str], str], *, more: int = 0, whose: bool = True
) -> list[Group]:
    """The agenda in groups; empty ones are left out."""
    made: dict[str, list[Told]] = {LATE: [], TODAY: [], WEEK: [], WAITS: [], LATER: []}
    for one in agenda:
        title = heading_of(one.day, today)
        made[title].append(_row(one, title, today, names, whose))
    found = [Group(title, rows) for title, rows in made.items() if rows]
    if more > 0:
        found.append(Group("", [Told(MORE, "…", (), f"nog {more}; enter toont alles")]))
    if not found:
        found.append(Group("", [], "Er staat niets op de agenda."))
    return found


_SIGNS = {LATE: ("!", "warning"), TODAY: ("●", "strong"), WEEK: ("•", ""), WAITS: ("…", ""), LATER: ("·", "muted")}


def _row(one: DueLine, title: str, today: date, names: Mapping[tuple[str, str], str], whose: bool) -> Told:
    sign, look = _SIGNS[title]
    who = names.get((one.slug, one.person)) or one.person
    words: list[tuple[str, int]] = [(short_day(one.day, today), 11)]
    if whose:
        words.append((one.organisation, -2))
    text = one.text
    if who:
        text = f"{who}: {text}" if title == WAITS else f"{text} – {who}"
    return Told(key_of(one.ref, one.step, one.text), sign, tuple(words), text, look)
