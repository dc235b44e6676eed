"""Scores that facts suggest: exactly at the boundaries, over ranges, by size, and never of what is not known."""

from __future__ import annotations

from fractions import Fraction

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from kwartier.instrument.conversion import convert
from kwartier.instrument.model import Content
from kwartier.records.files import GivenFact
from kwartier.records.tree import Tree
from kwartier.workflow.suggesting import Suggestion, suggestions

CONTENT = convert(
    tomli.loads("""
scale = [{ id = "cijfer", kind = "ordinal", options = [{ value = 1 }, { value = 2 }, { value = 3 }] }]
fact = [
  { id = "gieters", title = "Hoeveel gieters?", short = "gieters", kind = "count", estimate = true },
  { id = "bedden", title = "Hoeveel bedden?", short = "bedden", kind = "number", estimate = true },
  { id = "hulp", title = "Welke hulp is er?", short = "soorten hulp", kind = "choices", options = ["a", "b", "c"] },
]
[[section]]
id = "A"
title = "Water"
item = [
  { id = "1", title = "Gieters", statement = "Er zijn gieters.", scale = "cijfer" },
  { id = "2", title = "Per bed", statement = "Per bed.", scale = "cijfer" },
  { id = "3", title = "Hulp", statement = "Hulp.", scale = "cijfer" },
]
[[lookup]]
item = "1"
fact = "gieters"
[[lookup.table]]
title = "kleine tuin"
fact = "bedden"
below = "10"
stretch = [{ value = 1, most = "0" }, { value = 2, least = "1", most = "3" }, { value = 3, least = "3" }]
[[lookup.table]]
title = "grote tuin"
fact = "bedden"
least = "10"
stretch = [{ value = 1, most = "3" }, { value = 2, above = "3", below = "6" }, { value = 3, least = "6" }]
[[lookup]]
item = "2"
fact = "gieters"
per = "bedden"
times = 10
unit = "per 10 bedden"
[[lookup.table]]
stretch = [{ value = 1, most = "0" }, { value = 2, above = "0", most = "2" }, { value = 3, above = "2" }]
[[lookup]]
item = "3"
fact = "hulp"
[[lookup.table]]
stretch = [{ value = 1, most = "1" }, { value = 2, least = "2", most = "2" }, { value = 3, least = "3" }]
"""),
    Content,
)


def suggested(**facts: Tree | float | list[str]) -> dict[str, Suggestion]:
    rows = {
        id: convert({"id": id, **(said if isinstance(said, dict) else {"value": said})}, GivenFact)
        for id, said in facts.items()
    }
    return {one.item: one for one in suggestions(CONTENT, rows)}


def values(item: str, **facts: Tree | float | list[str]) -> tuple[object, ...]:
    found = suggested(**facts).get(item)
    return found.values if found else ()


@pytest.mark.parametrize(
    ("gieters", "bedden", "wanted"),
    [
        (0, 9, (1,)),
        (1, 9, (2,)),
        (2, 9, (2,)),
        (3, 9, (2, 3)),
        (4, 9, (3,)),
        (3, 10, (1,)),
        (4, 10, (2,)),
        (6, 10, (3,)),
    ],
)
def test_the_table_for_its_size_is_read_and_both_stretches_that_a_number_lies_in(
    gieters: int, bedden: float, wanted: tuple[int, ...]
) -> None:
    assert values("1", gieters=gieters, bedden=bedden) == wanted


def test_a_range_that_crosses_a_boundary_suggests_both_scores_and_says_why() -> None:
    found = suggested(gieters={"low": 5, "high": 7}, bedden=12)["1"]
    assert found.values == (2, 3)
    assert found.reason == (
        "5 tot en met 7 gieters (12 bedden): bij meer dan 3 tot 6 in een grote tuin hoort 2; "
        "bij 6 of meer in een grote tuin hoort 3."
    )


def test_a_size_that_crosses_a_boundary_reads_both_tables() -> None:
    assert values("1", gieters=2, bedden={"low": 8, "high": 12}) == (1, 2)
    assert values("1", gieters=2, bedden={"unknown": True}) == (1, 2)


def test_a_number_per_another_is_exact_at_its_boundary() -> None:
    assert values("2", gieters=2, bedden=10) == (2,)
    assert values("2", gieters=2, bedden=9.99) == (3,)
    assert values("2", gieters=1, bedden=Fraction(1, 3).__float__()) == (3,)
    assert "2,002 per 10 bedden" in suggested(gieters=2, bedden=9.99)["2"].reason


@pytest.mark.parametrize("gieters", [2, {"low": 2}, {"low": 1, "high": 2}])
def test_something_of_an_unknown_many_is_never_nothing(gieters: Tree | int) -> None:
    assert values("2", gieters=gieters, bedden={"low": 5}) == (2, 3)
    assert "is meer dan 0" in suggested(gieters=gieters, bedden={"low": 5})["2"].reason
    assert values("2", gieters={"low": 0, "high": 2}, bedden={"low": 5}) == (1, 2, 3)


def test_none_of_something_needs_no_number_to_divide_by() -> None:
    assert values("2", gieters=0) == (1,)


def test_what_is_not_known_suggests_nothing() -> None:
    assert suggested() == {}
    assert suggested(gieters={"unknown": True}, bedden=3) == {}
    assert values("2", gieters=3) == ()
    assert values("1", gieters=3) == ()


@pytest.mark.parametrize(("hulp", "wanted"), [([], (1,)), (["a"], (1,)), (["a", "c"], (2,)), (["a", "b", "c"], (3,))])
def test_chosen_criteria_are_counted(hulp: list[str], wanted: tuple[int, ...]) -> None:
    assert values("3", hulp=hulp) == wanted
    assert suggested(hulp=hulp)["3"].reason.startswith(f"{len(hulp)} van 3 soorten hulp")


def test_about_so_much_is_said() -> None:
    assert "ongeveer 4 gieters" in suggested(gieters={"value": 4, "approximate": True}, bedden=12)["1"].reason


@given(st.integers(0, 12), st.integers(0, 12), st.integers(1, 30), st.integers(1, 30))
def test_a_range_suggests_all_that_the_numbers_in_it_suggest(a: int, b: int, c: int, d: int) -> None:
    (low, high), (few, many) = sorted((a, b)), sorted((c, d))
    wide = set(values("1", gieters={"low": low, "high": high}, bedden={"low": few, "high": many}))
    exact = {
        value
        for gieters in range(low, high + 1)
        for bedden in range(few, many + 1)
        for value in values("1", gieters=gieters, bedden=bedden)
    }
    assert exact == wide
