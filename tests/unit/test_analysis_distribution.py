"""Where scores lie: exact, against Python's own statistics; places among others; answers that are counted."""

from __future__ import annotations

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.analysis.distribution import QUARTILES_FROM, Place, Spread, place, quantile, spread, tally
from kwartier.analysis.numbers import rounded

SCORES = st.lists(st.none() | st.integers(1, 5), max_size=60)
TOTALS = st.lists(st.fractions(1, 5, max_denominator=30), min_size=1, max_size=60)


@given(SCORES)
def test_every_value_is_counted_once(values: list[int | None]) -> None:
    found = spread(values)
    assert found.n == sum(value is not None for value in values)
    assert (found.missing, found.of) == (values.count(None), len(values))
    assert (found.mean is None) == (found.n == 0)


@given(TOTALS)
def test_the_figures_are_those_of_the_statistics_module(values: list[Fraction]) -> None:
    found = spread(values)
    assert found.minimum == min(values)
    assert found.median == statistics.median(values)
    assert found.maximum == max(values)
    assert found.mean == statistics.mean(values)


@given(st.lists(st.fractions(1, 5, max_denominator=30), min_size=QUARTILES_FROM, max_size=80))
def test_quartiles_are_those_of_the_inclusive_method(values: list[Fraction]) -> None:
    lower, middle, upper = statistics.quantiles(values, n=4, method="inclusive")
    found = spread(values)
    assert found.quartiles is not None
    assert (found.quartiles.lower, found.median, found.quartiles.upper) == (lower, middle, upper)


@given(TOTALS, st.integers(2, 12))
def test_every_quantile_is_that_of_the_inclusive_method(values: list[Fraction], parts: int) -> None:
    if len(values) == 1:
        assert quantile(values, Fraction(1, parts)) == values[0]
        return
    expected = statistics.quantiles(values, n=parts, method="inclusive")
    assert [quantile(sorted(values), Fraction(number, parts)) for number in range(1, parts)] == expected


@pytest.mark.parametrize(("n", "there"), [(19, False), (20, True), (21, True)])
def test_quartiles_are_there_from_twenty_values_on(n: int, there: bool) -> None:
    values: list[int | None] = [*range(n), None]
    assert (spread(values).quartiles is not None) == there


@given(SCORES)
def test_the_order_of_values_does_not_matter(values: list[int | None]) -> None:
    assert spread(values) == spread(reversed(values))


def test_nothing_has_no_figures() -> None:
    assert spread([]) == Spread(0, 0)
    assert spread([None, None]) == Spread(0, 2)


@pytest.mark.parametrize(("values", "part"), [([], Fraction(1, 2)), ([Fraction(1)], Fraction(2))])
def test_a_quantile_that_does_not_exist_is_refused(values: list[Fraction], part: Fraction) -> None:
    with pytest.raises(ValueError, match="quantile"):
        quantile(values, part)


def test_two_values_between_which_the_quartiles_lie() -> None:
    ordered = [Fraction(1), Fraction(2), Fraction(3), Fraction(4)]
    assert [quantile(ordered, Fraction(number, 4)) for number in range(5)] == [
        *(1, Fraction(7, 4), Fraction(5, 2), Fraction(13, 4), 4)
    ]


@given(st.integers(1, 5), SCORES)
def test_a_place_counts_everybody_who_has_a_score(own: int, others: list[int | None]) -> None:
    found = place(own, others)
    known = [other for other in others if other is not None]
    assert found.others == len(known)
    assert found == Place(sum(other < own for other in known), known.count(own), sum(other > own for other in known))


@given(st.fractions(1, 5), TOTALS)
def test_what_is_shown_alike_has_the_same_place(own: Fraction, others: list[Fraction]) -> None:
    assert place(own, others, 1).same == sum(rounded(other) == rounded(own) for other in others)


def test_a_difference_that_nobody_sees_is_none() -> None:
    assert place(Fraction(289, 100), [Fraction(291, 100), Fraction(294, 100)], 1) == Place(0, 2, 0)
    assert place(Fraction(289, 100), [Fraction(297, 100)], 1) == Place(0, 0, 1)


def test_answers_are_counted_and_never_averaged() -> None:
    found = tally(["A", "D", "A", None, "?"], ["A", "B", "C", "D"])
    assert (found.counts, found.missing, found.n) == ((2, 0, 0, 1), 2, 3)
    assert not hasattr(found, "mean")


def test_a_number_is_no_text_and_yes_is_no_one() -> None:
    assert tally([1, "1", True], [1, "1"]).counts == (1, 1)
