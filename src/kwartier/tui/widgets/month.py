"""The days of one month, of which one is pointed at. Weeks begin on Monday."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kwartier.tui.safe import Part, parts
from kwartier.workflow.periods import DAYS, MONTH_NAMES, after

_CELL = 4
_HEAD = 2
"""Lines above the first week."""


class Month(Widget, can_focus=True):
    """Arrows go by day and week, pgup and pgdn by month, + and - by year; enter or a click chooses."""

    DEFAULT_CSS = "Month { width: 28; height: 8; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "by_days(-1)", "dag", show=False),
        Binding("right", "by_days(1)", "dag", show=False),
        Binding("up", "by_days(-7)", "week", show=False),
        Binding("down", "by_days(7)", "week", show=False),
        Binding("pageup", "by_months(-1)", "maand", show=False),
        Binding("pagedown", "by_months(1)", "maand", show=False),
        Binding("minus", "by_months(-12)", "jaar", show=False),
        Binding("plus,equals_sign", "by_months(12)", "jaar", show=False),
        Binding("home,v", "to_today", "vandaag", show=False),
        Binding("enter,space", "choose", "kiezen", show=False),
    ]
    day: reactive[date] = reactive(date.today)

    class Chosen(Message):
        """A day was chosen."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self.set_reactive(Month.day, day)
        self.today = today

    def _weeks(self) -> list[list[int]]:
        """The weeks of the month; 0 for a day of another month."""
        return calendar.Calendar(firstweekday=0).monthdayscalendar(self.day.year, self.day.month)

    def render(self) -> RenderResult:
        title = f"{MONTH_NAMES[self.day.month - 1]} {self.day.year}"
        told: list[Part] = [("‹", "bold"), (title.center(_CELL * 7 - 2), "bold"), ("›", "bold"), "\n"]
        told.append(("".join(f" {name} " for name in DAYS), "$text-muted"))
        for week in self._weeks():
            told.append("\n")
            told += [self._cell(number) for number in week]
        return parts(*told)

    def _cell(self, number: int) -> Part:
        if not number:
            return " " * _CELL
        if number == self.day.day:
            return (f"[{number:>2}]", "reverse")
        if (self.day.year, self.day.month, number) == (self.today.year, self.today.month, self.today.day):
            return (f"·{number:>2} ", "bold underline")
        return f" {number:>2} "

    def action_by_days(self, days: int) -> None:
        """So many days further."""
        if date.min.toordinal() <= self.day.toordinal() + days <= date.max.toordinal():
            self.day += timedelta(days=days)

    def action_by_months(self, months: int) -> None:
        """So many months further, on the same day where that month has it."""
        if months > 0:
            self.day = after(self.day, f"P{months}M")
            return
        total = self.day.year * 12 + self.day.month - 1 + months
        if total >= 12:
            first = date(total // 12, total % 12 + 1, 1)
            last = calendar.monthrange(first.year, first.month)[1]
            self.day = first.replace(day=min(self.day.day, last))

    def action_to_today(self) -> None:
        """To today."""
        self.day = self.today

    def action_choose(self) -> None:
        """Chooses the day that is pointed at."""
        self.post_message(self.Chosen(self.day))

    def on_click(self, event: events.Click) -> None:
        if event.y == 0:
            self.action_by_months(-1 if event.x < _CELL * 7 // 2 else 1)
            return
        row, column = event.y - _HEAD, event.x // _CELL
        weeks = self._weeks()
        if 0 <= row < len(weeks) and 0 <= column < len(DAYS) and weeks[row][column]:
            self.day = self.day.replace(day=weeks[row][column])
            self.action_choose()
