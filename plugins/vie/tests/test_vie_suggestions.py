"""The scores that facts suggest, on both sides of every boundary of the publication (bijlage 1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomli

from kwartier.api import Content, GivenFact, suggestions

FOLDER = Path(__file__).parents[1] / "src" / "kwartier_vie"
CONTENT = msgspec.convert(tomli.loads((FOLDER / "content.toml").read_text(encoding="utf-8")), Content)
CRITERIA = next(list(fact.options) for fact in CONTENT.fact if fact.id == "support_criteria")
SMALL, MEDIUM, LARGE = 2999, 3000, 10001
COUNTED = {"4a": "ed_recovery_coach", "5a": "ed_group_leader"}
UNKNOWN = {"unknown": True}


def found(**facts: Any) -> dict[str, tuple[Any, ...]]:
    """The suggested scores by item; a fact is a value, or the fields of its row."""
    rows = {
        id: msgspec.convert({"id": id, **(said if isinstance(said, dict) else {"value": said})}, GivenFact)
        for id, said in facts.items()
    }
    return {one.item: one.values for one in suggestions(CONTENT, rows)}


@pytest.mark.parametrize(
    ("fte", "score"),
    [
        (0, 1),
        (0.01, 2),
        (2, 2),
        (2.01, 3),
        (5, 3),
        (5.01, 4),
        (10, 4),
        (10.01, 5),
        (1000, 5),
    ],
)
def test_1a_per_thousand_fte_of_staff(fte: float, score: int) -> None:
    assert found(fte_ed=fte, fte_staff=1000) == {"1a": (score,)}


@pytest.mark.parametrize(
    ("fte", "staff", "score"),
    [(1.4, 700, 2), (1.4, 699.9, 3), (0.3, 150, 2), (0.7, 140, 3), (0.71, 140, 4), (6.3, 630, 4), (6.3, 629, 5)],
)
def test_1a_is_divided_exactly(fte: float, staff: float, score: int) -> None:
    """1.4 of 700 is 2 per 1000, whatever a float makes of it."""
    assert found(fte_ed=fte, fte_staff=staff) == {"1a": (score,)}


def test_1a_that_crosses_a_boundary_offers_both() -> None:
    assert found(fte_ed={"low": 4, "high": 6}, fte_staff=1000) == {"1a": (3, 4)}
    assert found(fte_ed=5, fte_staff={"low": 900, "high": 1100}) == {"1a": (3, 4)}
    assert found(fte_ed={"low": 6}, fte_staff=1000) == {"1a": (4, 5)}
    assert found(fte_ed={"high": 2}, fte_staff=1000)["1a"] == (1, 2)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"fte_ed": 3},
        {"fte_staff": 1000},
        {"fte_ed": UNKNOWN, "fte_staff": 1000},
        {"fte_ed": 3, "fte_staff": UNKNOWN},
        {"fte_ed": UNKNOWN, "fte_staff": UNKNOWN},
    ],
)
def test_1a_needs_both_numbers(facts: dict[str, Any]) -> None:
    assert found(**facts) == {}


@pytest.mark.parametrize(
    ("people", "scores"),
    [(0, (1,)), (1, (2,)), (2, (3,)), (3, (3, 4)), (4, (4,)), (5, (4,)), (6, (5,)), (40, (5,))],
)
def test_3a_offers_two_scores_for_three_people(people: int, scores: tuple[int, ...]) -> None:
    assert found(ed_policy=people) == {"3a": scores}


def test_3a_of_what_is_known_about() -> None:
    assert found(ed_policy={"low": 1, "high": 2}) == {"3a": (2, 3)}
    assert found(ed_policy={"low": 5}) == {"3a": (4, 5)}
    assert found(ed_policy={"low": 20, "high": 25}) == {"3a": (5,)}
    assert found(ed_policy=UNKNOWN) == {}


# Per size: the highest number that still fits scores 1 to 4.
HIGHEST = {SMALL: (0, 2, 4, 6), MEDIUM: (0, 3, 5, 8), LARGE: (0, 4, 6, 10)}


@pytest.mark.parametrize("item", COUNTED)
@pytest.mark.parametrize("clients", HIGHEST)
@pytest.mark.parametrize("score", [1, 2, 3, 4])
def test_4a_and_5a_at_every_boundary(item: str, clients: int, score: int) -> None:
    number = HIGHEST[clients][score - 1]
    assert found(clients=clients, **{COUNTED[item]: number}) == {item: (score,)}
    assert found(clients=clients, **{COUNTED[item]: number + 1}) == {item: (score + 1,)}


@pytest.mark.parametrize("item", COUNTED)
@pytest.mark.parametrize(
    ("clients", "number", "score"),
    [
        (0, 3, 3),
        (2999, 3, 3),
        (3000, 3, 2),
        (10000, 4, 3),
        (10001, 4, 2),
        (10000, 9, 5),
        (10001, 9, 4),
        (250000, 11, 5),
    ],
)
def test_4a_and_5a_at_the_boundaries_of_size(item: str, clients: int, number: int, score: int) -> None:
    """Below 3000 is small, 3000 to 10,000 medium, above 10,000 large."""
    assert found(clients=clients, **{COUNTED[item]: number}) == {item: (score,)}


@pytest.mark.parametrize("item", COUNTED)
def test_4a_and_5a_where_the_size_or_the_number_crosses_a_boundary(item: str) -> None:
    fact = COUNTED[item]
    assert found(clients={"low": 2900, "high": 3100}, **{fact: 3}) == {item: (2, 3)}
    assert found(clients={"low": 2900, "high": 2999}, **{fact: 3}) == {item: (3,)}
    assert found(clients=5000, **{fact: {"low": 5, "high": 6}}) == {item: (3, 4)}
    assert found(clients=5000, **{fact: {"low": 8}}) == {item: (4, 5)}


@pytest.mark.parametrize("item", COUNTED)
def test_4a_and_5a_suggest_nothing_of_an_unknown_number_or_a_size_that_was_not_given(item: str) -> None:
    assert found(clients=5000, **{COUNTED[item]: UNKNOWN}) == {}
    assert found(**{COUNTED[item]: 3}) == {}
    assert found(clients=5000) == {}


@pytest.mark.parametrize("count", range(6))
def test_7a_counts_the_criteria_that_hold(count: int) -> None:
    assert found(support_criteria=CRITERIA[:count]) == {"7a": (max(1, count),)}
    assert found(support_criteria=CRITERIA[5 - count :]) == {"7a": (max(1, count),)}


def test_the_numbers_of_table_1_suggest_nothing() -> None:
    assert found(ed_paid=8, ed_volunteer={"low": 40, "high": 50}, ed_in_training=UNKNOWN) == {}


def test_every_suggestion_says_why() -> None:
    rows = {id: GivenFact(id=id, value=3) for id in ("fte_ed", "ed_policy", "ed_recovery_coach", "ed_group_leader")}
    rows["fte_staff"] = GivenFact(id="fte_staff", value=1000)
    rows["clients"] = GivenFact(id="clients", value=5000)
    reasons = {one.item: one.reason for one in suggestions(CONTENT, rows)}
    assert list(reasons) == ["1a", "3a", "4a", "5a"]
    assert "3 fte per 1000 fte personeel" in reasons["1a"]
    assert "middelgrote instelling" in reasons["4a"]
    assert "hoort 3" in reasons["3a"] and "hoort 4" in reasons["3a"]
