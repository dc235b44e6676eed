"""Exact means, rounding and how numbers are written; not what they are means of."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

Number = Fraction | Decimal | int

MINUS = "\N{MINUS SIGN}"


def mean(values: Iterable[Fraction | int]) -> Fraction | None:
    """The exact mean; None of nothing."""
    terms = list(values)
    if not terms:
        return None
    return Fraction(sum(terms)) / len(terms)


def rounded(x: Number, places: int = 1) -> Decimal:
    """`x` with this many decimals, halves away from zero; never a negative zero.

    Raises ValueError for nan, OverflowError for infinity, ValueError for negative places.
    """
    if places < 0:
        raise ValueError(f"places must not be negative: {places}")
    value = Fraction(x)
    units = math.floor(abs(value) * 10**places + Fraction(1, 2))
    sign = int(value < 0 and units > 0)
    # Built from digits: arithmetic on Decimal would round a second time, to the precision of the context.
    return Decimal((sign, tuple(int(digit) for digit in str(units)), -places))


def dutch(x: Number, places: int | None = None, sign: bool = False) -> str:
    """How a user reads the number: 3,1 and with a true minus sign; with `sign` also + before what is above zero.

    Without `places` a Fraction gets one decimal, a Decimal keeps its own and an int has none.
    What is zero, or rounds to it, is "0".
    """
    value = rounded(x, _own_places(x) if places is None else places)
    if not value:
        return "0"
    before = MINUS if value < 0 else "+" if sign else ""
    # copy_abs, since abs() rounds to the precision of the context.
    return before + f"{value.copy_abs():f}".replace(".", ",")


def plain(x: Number, places: int = 1) -> str:
    """The rounded number for programs: 3.1, -0.3, 0.0."""
    return f"{rounded(x, places):f}"


def exact(x: Fraction | int) -> str:
    """The number itself, unrounded: 37/12, or 3 where it is whole."""
    return str(Fraction(x))


def _own_places(x: Number) -> int:
    if isinstance(x, Decimal):
        exponent = x.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0
    return 1 if isinstance(x, Fraction) else 0
