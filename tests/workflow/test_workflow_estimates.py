"""Numbers that are known only about: as they are typed, kept, read, and typed again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.errors import Misused
from kwartier.instrument.conversion import convert
from kwartier.records.files import GivenFact
from kwartier.records.tree import Tree
from kwartier.workflow.estimates import estimate_of, estimate_words, parse_estimate, settled, typed_words


def row(tree: Tree) -> GivenFact:
    return convert({"id": "aantal", **tree}, GivenFact)


@pytest.mark.parametrize(
    ("typed", "kept", "read"),
    [
        ("12,5", {"value": 12.5}, "12,5 fte"),
        ("20 - 25", {"low": 20, "high": 25}, "20 tot en met 25 fte"),
        ("40–50", {"low": 40, "high": 50}, "40 tot en met 50 fte"),
        ("tussen 3 en 5", {"low": 3, "high": 5}, "3 tot en met 5 fte"),
        ("ca. 40", {"value": 40, "approximate": True}, "ongeveer 40 fte"),
        ("± 40", {"value": 40, "approximate": True}, "ongeveer 40 fte"),
        ("ongeveer 20 tot 25", {"low": 20, "high": 25, "approximate": True}, "ongeveer 20 tot en met 25 fte"),
        ("minimaal 2", {"low": 2}, "ten minste 2 fte"),
        ("minimaal ongeveer 2", {"low": 2, "approximate": True}, "ten minste ongeveer 2 fte"),
        ("2 of meer", {"low": 2}, "ten minste 2 fte"),
        ("hooguit 5", {"high": 5}, "ten hoogste 5 fte"),
        ("5 of minder", {"high": 5}, "ten hoogste 5 fte"),
        ("?", {"unknown": True}, "niet bekend"),
        ("Onbekend", {"unknown": True}, "niet bekend"),
        ("1.234,5", {"value": 1234.5}, "1234,5 fte"),
        ("7-7", {"value": 7}, "7 fte"),
    ],
)
def test_what_is_typed_is_kept_and_read_and_can_be_typed_again(typed: str, kept: Tree, read: str) -> None:
    assert parse_estimate(typed) == kept
    assert estimate_words(row(kept), "fte") == read
    assert parse_estimate(typed_words(row(kept))) == kept


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ({"value": 1}, "1 persoon"),
        ({"value": 2}, "2 mensen"),
        ({"low": 1}, "ten minste 1 persoon"),
        ({"low": 0, "high": 1}, "0 tot en met 1 persoon"),
        ({"low": 1, "high": 3}, "1 tot en met 3 mensen"),
    ],
)
def test_of_one_the_unit_is_singular(kept: Tree, read: str) -> None:
    assert estimate_words(row(kept), "mensen") == read


@pytest.mark.parametrize(
    "typed", ["", "veel", "25-20", "nan", "inf", "1e9", "3/4", "> 5", "minimaal", "10 à 12 of zo", "bekend"]
)
def test_what_is_no_number_is_refused_in_words(typed: str) -> None:
    with pytest.raises(Misused):
        parse_estimate(typed)


def test_people_are_counted_whole() -> None:
    with pytest.raises(Misused, match="geen heel getal"):
        parse_estimate("2,5", whole=True)
    assert parse_estimate("2-3", whole=True) == {"low": 2, "high": 3}


@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_a_typed_number_is_exactly_that_number(number: object) -> None:
    known = estimate_of(row(parse_estimate(str(number).replace(".", ","))))
    assert known is not None
    assert known.exact
    assert known.low == Fraction(str(number))


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_range_keeps_both_its_ends(one: int, other: int) -> None:
    low, high = sorted((one, other))
    known = estimate_of(row(parse_estimate(f"{low} - {high}", whole=True)))
    assert known is not None
    assert (known.low, known.high) == (Fraction(low), Fraction(high))


def test_what_is_given_last_takes_the_earlier_ways_to_say_it_away() -> None:
    range_ = {"id": "aantal", "low": 20, "high": 25, "note": "uit het jaarverslag"}
    assert settled({**range_, "value": 22}, range_, whole=True) == {
        "id": "aantal",
        "value": 22,
        "note": "uit het jaarverslag",
    }
    assert settled({**range_, "unknown": True}, range_, whole=True)["unknown"] is True
    number = {"id": "aantal", "value": 22}
    assert settled({**number, "low": 20}, number, whole=True) == {"id": "aantal", "low": 20}
    assert settled({**number, "approximate": True}, number, whole=True) == {**number, "approximate": True}


def test_two_ways_at_once_are_refused() -> None:
    with pytest.raises(Misused, match="gaan niet samen"):
        settled({"id": "aantal", "value": 3, "unknown": True}, {}, whole=True)
