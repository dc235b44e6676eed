"""The clock of an interview: what sessions add up to, which one is going on, and what is left."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.records.files import InterviewFile, Session
from kwartier.workflow import sittings

DAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=1)))


def session(id: str, start: str = "", end: str = "", minutes: int | None = None, day: date = DAY) -> Session:
    """A session as it stands in a file."""
    times: dict[str, Any] = {key: time.fromisoformat(at) for key, at in (("start", start), ("end", end)) if at}
    return Session(id=id, date=day, minutes=minutes, **times)


def file(*sessions: Session) -> InterviewFile:
    """The shared file with these sessions."""
    return InterviewFile(session=sessions)


def test_sessions_add_up_and_the_one_that_goes_on_counts_until_now() -> None:
    told = file(session("a", "09:00", "09:40"), session("b", minutes=5), session("c", "11:58"))
    assert sittings.spent(told, NOON) == 40 + 5 + 2
    assert sittings.spent(told, NOON + timedelta(minutes=60)) == 107


def test_what_has_only_minutes_or_an_end_does_not_run() -> None:
    assert sittings.running(file(session("a", minutes=5), session("b", "11:00", "11:30")), NOON) is None


def test_a_session_without_an_end_runs_until_it_must_have_been_forgotten() -> None:
    one = session("a", "11:00")
    assert sittings.running(file(one), NOON) == one
    assert sittings.forgotten(file(one), NOON) is None
    later = NOON + sittings.LONGEST
    assert sittings.running(file(one), later) is None
    assert sittings.forgotten(file(one), later) == one
    assert sittings.spent(file(one), later) == 0


def test_a_session_goes_on_over_midnight() -> None:
    late = session("a", "23:30", day=date(2026, 11, 21))
    night = NOON.replace(hour=0, minute=20)
    assert sittings.running(file(late), night) == late
    assert sittings.spent(file(late), night) == 50


def test_the_clock_of_another_machine_may_be_a_little_ahead() -> None:
    ahead = session("a", "12:05")
    assert sittings.running(file(ahead), NOON) == ahead
    assert sittings.spent(file(ahead), NOON) == 0
    assert sittings.running(file(session("b", "14:00")), NOON) is None


@given(st.integers(0, 23 * 60), st.integers(0, 11 * 60))
def test_stopping_keeps_the_minutes_that_the_clock_showed(begin: int, lasts: int) -> None:
    start = NOON.replace(hour=0, minute=0) + timedelta(minutes=begin)
    now = start + timedelta(minutes=lasts)
    row = sittings.start(start)["session"][0]
    going = Session(id="a", date=row["date"], start=row["start"])
    shown = sittings.spent(file(going), now)
    end = sittings.stop(going, now)["session"][0]["end"]
    assert Session(id="a", date=row["date"], start=row["start"], end=end).length() == shown == lasts


def test_a_session_ends_no_earlier_than_it_began() -> None:
    one = session("a", "11:00")
    assert sittings.stop(one, NOON.replace(hour=10))["session"][0]["end"] == time(11)
    assert sittings.end_by(one, NOON.replace(hour=10)) is None
    assert sittings.end_by(one, NOON) == NOON.replace(tzinfo=None)
    assert sittings.end_by(one, NOON + timedelta(days=1)) is None
    assert sittings.end_by(one, None) is None


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [(16, 15, [15]), (15, 14, []), (1, 0, [0]), (20, -1, [15, 0]), (-1, -2, []), (9, 9, [])],
)
def test_each_warning_comes_once(before: int, after: int, told: list[int]) -> None:
    assert sittings.passed(before, after) == told


@pytest.mark.parametrize(
    ("items", "minutes", "told"),
    [
        (7, 73, "Nog 7 items in 73 minuten"),
        (1, 1, "Nog 1 item in 1 minuut"),
        (2, -12, "Nog 2 items, 12 minuten over de tijd"),
        (0, 5, "Alle items zijn besproken"),
        (3, None, "Nog 3 items"),
    ],
)
def test_the_pace_in_words(items: int, minutes: int | None, told: str) -> None:
    assert sittings.pace(items, minutes) == told


def test_minutes_as_hours() -> None:
    assert [sittings.clock(one) for one in (0, 47, 120, 605)] == ["0:00", "0:47", "2:00", "10:05"]
