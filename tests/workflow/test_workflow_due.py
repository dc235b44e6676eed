"""What has to happen when: reviews, raw notes, sheets, tasks and the next time; and the calendar under it."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.errors import Misused
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.due import Due, due, next_review
from kwartier.workflow.periods import after, parse_date, parse_time, short
from kwartier.workflow.settled import definitive
from kwartier.workflow.visible import visible

if TYPE_CHECKING:
    from tests.workflow.conftest import Making

CHOSEN = date(2027, 1, 15)


def entries(making: Making, record: Record, kind: str, *, followed: bool = False) -> list[Due]:
    seen = visible(record, making.mie, None)
    return [one for one in due(seen, making.mie, followed=followed) if one.kind == kind]


def with_actions(making: Making, *reviews: Tree, **fields: Any) -> Record:
    action = {"id": "x1", "text": "Een functieprofiel", "who": "c1", **fields}
    shared: dict[str, Tree] = {
        "actiepunten": {"date": CHOSEN, "action": [action]},
        "opvolgen": {"review": list(reviews)},
    }
    return making.record(making.auditors("a1", "a2"), shared)


def review(number: int, day: date, state: str = "loopt") -> Tree:
    return {"id": f"r{number}", "action": "x1", "date": day, "state": state}


def test_reviews_come_every_six_months_counted_from_the_day_of_choosing(making: Making) -> None:
    (first,) = entries(making, with_actions(making), "review")
    assert (first.day, first.person, first.step) == (date(2027, 7, 15), "c1", "opvolgen")
    (second,) = entries(making, with_actions(making, review(1, date(2027, 8, 20))), "review")
    assert second.day == date(2028, 1, 15)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (None, date(2027, 7, 15)),
        (date(2027, 2, 1), date(2027, 7, 15)),
        (date(2027, 6, 20), date(2028, 1, 15)),
        (date(2027, 7, 15), date(2028, 1, 15)),
        (date(2027, 9, 30), date(2028, 1, 15)),
        (date(2028, 1, 2), date(2028, 7, 15)),
        (date(2026, 12, 1), date(2027, 7, 15)),
    ],
)
def test_a_review_shortly_before_its_day_counts_for_that_day(held: date | None, expected: date) -> None:
    assert next_review(CHOSEN, "P6M", held) == expected


@given(days=st.integers(0, 3000))
def test_the_next_review_is_later_than_the_last_and_on_the_calendar_of_the_choice(days: int) -> None:
    last = date.fromordinal(CHOSEN.toordinal() + days)
    day = next_review(CHOSEN, "P6M", last)
    assert last < day <= after(last, "P10M")
    assert day in [after(CHOSEN, "P6M", number) for number in range(1, 25)]


def test_a_review_at_the_end_of_the_calendar_still_gives_an_answer() -> None:
    assert next_review(CHOSEN, "P6M", date.max) == date.max
    assert next_review(date.max, "P6M", None) == date.max


def test_the_newest_review_decides_whether_anything_is_expected(making: Making) -> None:
    days = [date(2027, 7, 15), date(2027, 9, 1)]
    ended = with_actions(making, review(1, days[0], "bijgesteld"), review(2, days[1], "afgerond"))
    assert entries(making, ended, "review") == []
    back = with_actions(making, review(1, days[1], "loopt"), review(2, days[0], "losgelaten"))
    assert len(entries(making, back, "review")) == 1
    assert entries(making, with_actions(making, state="losgelaten"), "review") == []


def test_an_action_has_its_own_day_beside_its_reviews(making: Making) -> None:
    (own,) = entries(making, with_actions(making, due=date(2027, 5, 1)), "action")
    assert (own.day, own.text, own.person) == (date(2027, 5, 1), "actiepunt 1 klaar: Een functieprofiel", "c1")
    assert entries(making, with_actions(making), "action") == []


def finished(making: Making, **shared: Tree) -> Record:
    base = making.scored(a1=3)
    report = definitive(base, making.mie, {}, on=date(2026, 11, 30), by="", row="1")
    raw = {("interview", "a1"): {"note": [{"id": "n1", "text": "ruw"}]}}
    return making.record(making.auditors("a1"), {**shared, "verslag": report}, {**base.personal, **raw})


def test_raw_notes_go_three_months_after_the_definitive_report(making: Making) -> None:
    (entry,) = entries(making, finished(making), "raw-notes")
    assert (entry.day, entry.person) == (date(2027, 2, 28), "a1")


def test_a_chosen_day_of_destruction_goes_before_the_proposed_one(making: Making) -> None:
    record = finished(making)
    raw = {"note": [{"id": "n1", "text": "ruw"}], "destroy": date(2026, 12, 24)}
    chosen = making.record(making.auditors("a1"), record.shared, {**record.personal, ("interview", "a1"): raw})
    (entry,) = entries(making, chosen, "raw-notes")
    assert entry.day == date(2026, 12, 24)
    early = making.record(making.auditors("a1"), personal={("interview", "a1"): raw})
    assert [one.day for one in entries(making, early, "raw-notes")] == [date(2026, 12, 24)]


def test_notes_that_were_destroyed_or_have_no_day_yet_are_not_on_the_agenda(making: Making) -> None:
    record = finished(making)
    gone = {("interview", "a1"): {"destroyed": "2027-01-01T10:00:00Z", "destroy": date(2026, 12, 24)}}
    assert entries(making, making.record((), record.shared, {**record.personal, **gone}), "raw-notes") == []
    raw = {("interview", "a1"): {"note": [{"id": "n1", "text": "ruw"}]}}
    assert entries(making, making.record(making.auditors("a1"), personal=raw), "raw-notes") == []


def test_the_next_time_is_after_one_to_two_years_once_the_report_is_definitive(making: Making) -> None:
    (entry,) = entries(making, finished(making), "repeat")
    assert (entry.day, entry.text) == (date(2027, 11, 22), "meting herhalen (uiterlijk 22-11-2028)")
    (planned,) = entries(making, finished(making, herhalen={"planned": date(2028, 3, 1)}), "repeat")
    assert (planned.day, planned.text) == (date(2028, 3, 1), "meting herhalen")
    assert entries(making, finished(making), "repeat", followed=True) == []
    assert entries(making, making.scored(a1=3, a2=3), "repeat") == []


def test_a_measurement_from_paper_is_repeated_too(making: Making) -> None:
    record = making.record(paper={"source": "map", "entered": "2026-11-30"})
    assert len(entries(making, record, "repeat")) == 1


def test_who_has_to_seal_is_on_the_agenda_as_soon_as_somebody_has_begun(making: Making) -> None:
    people = [
        *making.auditors("a1", "a2"),
        *making.auditors("a3", shadow=True),
        *making.auditors("a4", stopped="2026-11-24", reason="ziek"),
    ]
    assert entries(making, making.record(people), "sheet") == []
    record = making.record(people, personal={("zelf-scoren", "a1"): making.sealed(3, "a1")})
    assert [(one.person, one.day) for one in entries(making, record, "sheet")] == [("a2", None)]


def test_tasks_count_from_the_day_of_the_measurement(making: Making) -> None:
    record = making.record(shared={"voorbereiden": {"task": [{"id": "brief"}, {"id": "sleutel", "done": False}]}})
    found = [one for one in due(record, making.tuin, followed=False) if one.kind == "task"]
    assert [(one.text, one.day) for one in found] == [
        ("De sleutel van het hek regelen", date(2026, 11, 21)),
        ("Iedereen bedanken", date(2026, 11, 29)),
    ]


@pytest.mark.parametrize(
    ("start", "period", "times", "expected"),
    [
        (date(2026, 8, 31), "P6M", 1, date(2027, 2, 28)),
        (date(2026, 8, 31), "P6M", 2, date(2027, 8, 31)),
        (date(2027, 8, 31), "P6M", 1, date(2028, 2, 29)),
        (date(2028, 2, 29), "P1Y", 1, date(2029, 2, 28)),
        (date(2026, 10, 31), "P1M", 1, date(2026, 11, 30)),
        (date(2026, 12, 31), "P2M", 1, date(2027, 2, 28)),
        (date(2026, 11, 22), "P1Y2M3D", 1, date(2028, 1, 25)),
        (date(9999, 11, 22), "P6M", 1, date.max),
        (date(9999, 12, 22), "P9999D", 1, date.max),
    ],
)
def test_a_months_end_stays_within_the_month(start: date, period: str, times: int, expected: date) -> None:
    assert after(start, period, times) == expected


def test_what_is_no_period_is_refused() -> None:
    with pytest.raises(ValueError, match="P6W"):
        after(CHOSEN, "P6W")


def test_dates_read_as_dutch() -> None:
    assert short(date(2026, 3, 1)) == "1 mrt 2026"


@pytest.mark.parametrize("text", ["2026-11-22", "22-11-2026", " 22/11/2026 ", "22.11.2026", "22 11 2026"])
def test_a_date_may_be_typed_as_people_do(text: str) -> None:
    assert parse_date(text) == date(2026, 11, 22)


@pytest.mark.parametrize("text", ["", "morgen", "31-02-2027", "2026-13-01", "11-22-2026", "0-0-0000"])
def test_what_is_no_date_is_said_with_an_example(text: str) -> None:
    with pytest.raises(Misused) as caught:
        parse_date(text)
    assert "22-11-2026" in (caught.value.advice or "")


def test_a_time_may_be_typed_as_people_do() -> None:
    assert [parse_time(one) for one in ("14:30", "9.05", " 14:30:15 ")] == [time(14, 30), time(9, 5), time(14, 30, 15)]
    for wrong in ("25:00", "14:60", "14", "half drie", ""):
        with pytest.raises(Misused):
            parse_time(wrong)


@given(day=st.dates(), months=st.integers(0, 999))
def test_a_later_period_never_comes_earlier(day: date, months: int) -> None:
    assert day <= after(day, f"P{months}M") <= after(day, f"P{months + 1}M")
