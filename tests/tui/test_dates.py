"""A date is typed as people here do, or chosen in a calendar by keys or mouse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tui.conftest import text_of
from textual.app import App, ComposeResult
from textual.widgets import Input

from kwartier.errors import Misused
from kwartier.tui.widgets.date_input import DateInput
from kwartier.tui.widgets.month import Month
from kwartier.workflow.periods import MONTH_NAMES, parse_date, short, typed, with_weekday

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22-11-2026", date(2026, 11, 22)),
        ("22-11-26", date(2026, 11, 22)),
        ("22-11", date(2026, 11, 22)),
        ("22/11", date(2026, 11, 22)),
        ("22 nov", date(2026, 11, 22)),
        ("22 Nov. 2026", date(2026, 11, 22)),
        ("22-nov-2026", date(2026, 11, 22)),
        ("22 november 2026", date(2026, 11, 22)),
        ("zo 22 nov 2026", date(2026, 11, 22)),
        ("zondag 22 november", date(2026, 11, 22)),
        ("2026-11-22", date(2026, 11, 22)),
        ("1 mrt", date(2027, 3, 1)),
        ("12 maart", date(2027, 3, 12)),
        ("3-1", date(2027, 1, 3)),
        ("1 juni", date(2026, 6, 1)),
        ("29-2", date(2028, 2, 29)),
        ("vandaag", date(2026, 11, 22)),
        (" Morgen ", date(2026, 11, 23)),
        ("gisteren", date(2026, 11, 21)),
        ("+3d", date(2026, 11, 25)),
        ("+2w", date(2026, 12, 6)),
        ("+ 6 maanden", date(2027, 5, 22)),
        ("+1j", date(2027, 11, 22)),
    ],
)
def test_dates_in_every_form(text: str, expected: date) -> None:
    assert parse_date(text, TODAY) == expected


@pytest.mark.parametrize(
    "text", ["", "32-1", "31-2", "22 foo", "22", "ma", "+w", "+99999999d", "22-11-2026-1", "22 n", "0-0", "²-1"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(Misused):
        parse_date(text, TODAY)


@pytest.mark.parametrize("text", ["22-11", "morgen", "+2w"])
def test_without_a_today_nothing_is_guessed(text: str) -> None:
    with pytest.raises(Misused):
        parse_date(text)


@given(st.dates(date(1000, 1, 1)))
def test_what_is_shown_can_be_typed(day: date) -> None:
    whole = f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
    for text in (typed(day), short(day), with_weekday(day), whole):
        assert parse_date(text, TODAY) == day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-180, 180))
def test_without_its_year_a_date_is_the_nearest(today: date, away: int) -> None:
    day = today + timedelta(days=away)
    if (day.month, day.day) != (2, 29):
        assert parse_date(f"{day.day}-{day.month}", today) == day


@given(st.text(max_size=30))
def test_no_text_breaks_it(text: str) -> None:
    try:
        assert isinstance(parse_date(text, TODAY), date)
    except Misused as error:
        assert error.message


class Shown(App[None]):
    """One date field."""

    def compose(self) -> ComposeResult:
        yield DateInput(today=TODAY)

    @property
    def field(self) -> DateInput:
        """The field."""
        return self.screen_stack[0].query_one(DateInput)


async def test_what_is_typed_is_said_back_in_full() -> None:
    app = Shown()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", *"22 nov")
        await pilot.pause()
        assert "zo 22 nov 2026" in text_of(app)  # type: ignore[arg-type]
        assert app.field.day == date(2026, 11, 22)
        await pilot.press("x")
        await pilot.pause()
        assert "nog geen datum" in text_of(app)  # type: ignore[arg-type]
        with pytest.raises(Misused):
            _ = app.field.day


async def test_the_calendar_by_keys() -> None:
    app = Shown()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "down")
        await pilot.pause()
        shown = text_of(app)  # type: ignore[arg-type]
        assert "november 2026" in shown
        assert "ma  di  wo  do  vr  za  zo" in shown
        assert "[22]" in shown
        await pilot.press("right", "down", "pagedown", "left", "enter")
        await pilot.pause()
        assert app.field.day == date(2026, 12, 29)
        assert app.focused is app.field.query_one(Input)
        await pilot.press("down", "pageup", "pageup", "plus", "minus", "minus", "enter")
        await pilot.pause()
        assert app.field.day == date(2025, 10, 29)
        await pilot.press("down", "v", "escape")
        await pilot.pause()
        assert app.field.day == date(2025, 10, 29), "escape chooses nothing"
        await pilot.press("down", "v", "enter")
        await pilot.pause()
        assert app.field.day == TODAY


async def test_the_calendar_by_mouse() -> None:
    app = Shown()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click("DateInput Button")
        await pilot.pause()
        await pilot.click(Month, offset=(26, 0))
        # December 2026 begins on a Tuesday: the 9th is the Wednesday of the second week.
        await pilot.click(Month, offset=(9, 3))
        await pilot.pause()
        assert app.field.day == date(2026, 12, 9)


async def test_a_month_of_30_days_keeps_a_31st_within_it() -> None:
    month = Month(date(2026, 12, 31), TODAY)
    month.action_by_months(-1)
    assert month.day == date(2026, 11, 30)
    month.day = date.max
    month.action_by_days(1)
    month.action_by_months(12)
    assert month.day == date.max
    month.day = date.min
    month.action_by_days(-1)
    month.action_by_months(-1)
    assert month.day == date.min
