"""Numbers as people here type them; what can be two numbers is neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.errors import Misused
from kwartier.workflow.amounts import number_words, parse_count, parse_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12,5", 12.5), ("12.5", 12.5), ("1.234,5", 1234.5), ("1.200.000", 1200000), ("0.125", 0.125), ("1250", 1250)],
)
def test_a_number_may_have_a_comma_or_a_point(typed: str, number: float) -> None:
    assert parse_number(typed) == number


@pytest.mark.parametrize(("typed", "one", "other"), [("1.200", "1200", "1,2"), ("12.345", "12345", "12,345")])
def test_what_can_be_two_numbers_is_refused_with_both(typed: str, one: str, other: str) -> None:
    with pytest.raises(Misused, match=f"kan {one} zijn, of {other}"):
        parse_number(typed)


@pytest.mark.parametrize(("typed", "count"), [("3.000", 3000), ("10.000", 10000), ("1.200.000", 1200000), ("12", 12)])
def test_a_count_may_have_points_between_its_thousands(typed: str, count: int) -> None:
    assert parse_count(typed) == count


@pytest.mark.parametrize("typed", ["3.00", "3,000", "0.500", "3.0000", "nan", "inf", "1e3", ""])
def test_what_is_no_count_is_refused(typed: str) -> None:
    with pytest.raises(Misused):
        parse_count(typed)


@given(st.integers(-(10**14), 10**14) | st.integers(-(10**8), 10**8).map(lambda whole: whole / 100))
def test_a_number_in_words_can_be_typed_again(number: float) -> None:
    assert parse_number(number_words(number)) == number
