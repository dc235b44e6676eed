"""Who counts and when the scores lie side by side: one, two or three auditors, shadows, newcomers, who stops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kwartier.errors import Misused, Refused
from kwartier.instrument import model as m
from kwartier.records.record import Record
from kwartier.workflow.people import counting, require_active, require_revealed, revealed, shadows

if TYPE_CHECKING:
    from tests.workflow.conftest import Making


@pytest.fixture
def step(making: Making) -> m.ScoreStep:
    return making.step(making.mie, m.ScoreStep)


def with_sheets(making: Making, people: list[dict[str, Any]], sealed: str = "", unsealed: str = "") -> Record:
    personal = {("zelf-scoren", code): making.sealed(3, code) for code in sealed.split()}
    personal |= {("zelf-scoren", code): making.sheet({"1": 2}, code) for code in unsealed.split()}
    return making.record(people, personal=personal)


@pytest.mark.parametrize("codes", ["a1", "a1 a2", "a1 a2 a3"])
def test_the_last_sheet_that_is_sealed_reveals(making: Making, step: m.ScoreStep, codes: str) -> None:
    people = making.auditors(*codes.split())
    *first, _last = codes.split()
    assert not revealed(with_sheets(making, people), step)
    assert not revealed(with_sheets(making, people, sealed=" ".join(first)), step)
    assert revealed(with_sheets(making, people, sealed=codes), step)


def test_without_auditors_nothing_is_revealed(making: Making, step: m.ScoreStep) -> None:
    assert not revealed(making.record(), step)


def test_a_shadow_does_not_count_and_delays_nobody(making: Making, step: m.ScoreStep) -> None:
    people = [*making.auditors("a1", "a2"), *making.auditors("a3", shadow=True)]
    record = with_sheets(making, people, sealed="a1 a2", unsealed="a3")
    assert counting(record, step) == ("a1", "a2")
    assert shadows(record, step) == ("a3",)
    assert revealed(record, step)
    assert not revealed(with_sheets(making, people, sealed="a1 a3"), step)


def test_a_shadow_alone_reveals_nothing(making: Making, step: m.ScoreStep) -> None:
    assert not revealed(with_sheets(making, making.auditors("a1", shadow=True), sealed="a1"), step)


def test_who_stops_before_sealing_is_not_waited_for(making: Making, step: m.ScoreStep) -> None:
    people = [*making.auditors("a1"), *making.auditors("a2", stopped="2026-11-24", reason="andere baan")]
    record = with_sheets(making, people, sealed="a1", unsealed="a2")
    assert counting(record, step) == ("a1",)
    assert revealed(record, step)


def test_a_sealed_sheet_of_who_stops_stays_and_counts(making: Making, step: m.ScoreStep) -> None:
    people = [*making.auditors("a1"), *making.auditors("a2", stopped="2026-11-24", reason="andere baan")]
    record = with_sheets(making, people, sealed="a2", unsealed="a1")
    assert counting(record, step) == ("a1", "a2")
    assert not revealed(record, step)


def test_a_sealed_sheet_of_a_shadow_who_stops_stays(making: Making, step: m.ScoreStep) -> None:
    people = making.auditors("a3", shadow=True, stopped="2026-11-24", reason="klaar")
    assert shadows(with_sheets(making, people, sealed="a3"), step) == ("a3",)
    assert shadows(with_sheets(making, people, unsealed="a3"), step) == ()


def test_a_newcomer_in_the_place_of_who_stopped_is_waited_for(making: Making, step: m.ScoreStep) -> None:
    people = [
        *making.auditors("a1"),
        *making.auditors("a2", stopped="2026-11-24", reason="ziek"),
        *making.auditors("a3", joined="2026-11-24", replaces="a2"),
    ]
    assert not revealed(with_sheets(making, people, sealed="a1", unsealed="a2"), step)
    record = with_sheets(making, people, sealed="a1 a3", unsealed="a2")
    assert counting(record, step) == ("a1", "a3")
    assert revealed(record, step)


def test_the_refusal_names_who_is_waited_for_and_what_to_do(making: Making, step: m.ScoreStep) -> None:
    record = with_sheets(making, making.auditors("a1", "a2", "a3"), sealed="a2")
    with pytest.raises(Refused, match="a1, a3") as caught:
        require_revealed(record, step)
    assert caught.value.code == "not-revealed"
    assert "kwartier verzegel kwadrant/mie/2026-11-22" in (caught.value.advice or "")
    require_revealed(with_sheets(making, making.auditors("a1"), sealed="a1"), step)


def test_scores_that_are_not_blind_need_no_reveal(making: Making) -> None:
    step = making.step(making.route, m.ScoreStep)
    assert revealed(making.record([{"id": "a1", "role": step.role}]), step)


def test_only_who_takes_part_and_has_not_stopped_may_fill_in(making: Making) -> None:
    people = [*making.auditors("a1"), *making.auditors("a2", stopped="2026-11-24", reason="ziek")]
    record = making.record(people)
    assert require_active(record, "a1", "auditor").id == "a1"
    with pytest.raises(Refused, match="24-11-2026"):
        require_active(record, "a2", "auditor")
    with pytest.raises(Misused, match="'a9'"):
        require_active(record, "a9", "auditor")
    with pytest.raises(Misused):
        require_active(record, "a1", "projectleider")
