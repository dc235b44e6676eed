"""Exact means, rounding half away from zero, and numbers as users and programs read them."""

from __future__ import annotations

import statistics
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.analysis.numbers import dutch, exact, mean, plain, rounded

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("x", "places", "shown"),
    [
        ("0.25", 1, "0.3"),
        ("-0.25", 1, "-0.3"),
        ("0.35", 1, "0.4"),
        ("-0.35", 1, "-0.4"),
        ("2.45", 1, "2.5"),
        ("-2.45", 1, "-2.5"),
        ("0.05", 1, "0.1"),
        ("-0.05", 1, "-0.1"),
        ("0.049", 1, "0.0"),
        ("-0.049", 1, "0.0"),
        ("37/12", 1, "3.1"),
        ("37/12", 2, "3.08"),
        ("5/2", 0, "3"),
        ("-5/2", 0, "-3"),
        ("3", 1, "3.0"),
        ("9.95", 1, "10.0"),
        ("0", 2, "0.00"),
    ],
)
def test_halves_go_away_from_zero(x: str, places: int, shown: str) -> None:
    assert str(rounded(Fraction(x), places)) == shown
    assert plain(Fraction(x), places) == shown


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 4))
def test_rounding_is_to_the_nearest_and_symmetric(x: Fraction, places: int) -> None:
    shown = rounded(x, places)
    assert abs(Fraction(shown) - x) <= Fraction(1, 2 * 10**places)
    assert rounded(-x, places) == -shown
    assert shown.as_tuple().exponent == -places


@given(st.decimals(min_value=-1000, max_value=1000, places=3), st.integers(0, 2))
def test_rounding_of_decimals_is_that_of_the_standard_library(x: Decimal, places: int) -> None:
    assert rounded(x, places) == x.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def test_the_context_of_decimal_does_not_matter() -> None:
    with localcontext(Context(prec=2)):
        assert str(rounded(Fraction(123456, 1000), 2)) == "123.46"
        assert dutch(Fraction(-123456, 1000), 2) == MINUS + "123,46"
        assert plain(Fraction(123456, 1000), 2) == "123.46"


def test_rounding_refuses_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="NaN"):
        rounded(Decimal("nan"))
    with pytest.raises(ValueError, match="negative"):
        rounded(Fraction(1), -1)


@given(st.lists(st.integers(1, 5), min_size=1))
def test_mean_is_that_of_statistics(values: list[int]) -> None:
    assert mean(values) == statistics.mean([Fraction(value) for value in values])


def test_mean_of_nothing_and_of_an_iterator() -> None:
    assert mean([]) is None
    assert mean(iter([1, 2])) == Fraction(3, 2)


@pytest.mark.parametrize(
    ("x", "places", "sign", "shown"),
    [
        (Fraction(37, 12), 1, False, "3,1"),
        (Fraction(37, 12), 2, False, "3,08"),
        (Fraction(37, 12), None, False, "3,1"),
        (Fraction(3), None, False, "3,0"),
        (3, None, False, "3"),
        (3, 1, False, "3,0"),
        (1000, 0, False, "1000"),
        (Decimal("2.50"), None, False, "2,50"),
        (Decimal("1E+3"), None, False, "1000"),
        (Fraction(-1, 4), None, False, MINUS + "0,3"),
        (Fraction(-1, 4), 1, True, MINUS + "0,3"),
        (Fraction(1, 2), 1, True, "+0,5"),
        (-2, None, True, MINUS + "2"),
        (2, None, True, "+2"),
        (0, None, True, "0"),
        (Fraction(0), 1, True, "0"),
        (Fraction(0), 1, False, "0"),
        (Fraction(1, 100), 1, True, "0"),
        (Fraction(-1, 100), 1, True, "0"),
        (Fraction(-1, 100), 1, False, "0"),
    ],
)
def test_dutch(x: Fraction | Decimal | int, places: int | None, sign: bool, shown: str) -> None:
    assert dutch(x, places, sign) == shown


@given(st.fractions(min_value=-100, max_value=100), st.integers(0, 3))
def test_dutch_and_plain_show_the_same_number(x: Fraction, places: int) -> None:
    back = dutch(x, places, sign=True).replace(",", ".").replace(MINUS, "-")
    assert Decimal(back) == Decimal(plain(x, places))
    assert back.startswith("+") == (rounded(x, places) > 0)


def test_exact() -> None:
    assert exact(Fraction(37, 12)) == "37/12"
    assert exact(Fraction(-1, 2)) == "-1/2"
    assert exact(Fraction(6, 2)) == "3"
    assert exact(4) == "4"
