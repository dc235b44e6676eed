"""Where a number lies on a scale, in whole steps: what bars of characters and drawn charts rest on. No characters."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

Number = Fraction | Decimal | int


def step(value: Number, low: Number, high: Number, steps: int) -> int:
    """How many of `steps` from the low end a value lies, halves upwards; what is off the scale lies at its end.

    0 where the scale has no length.
    """
    start, length = Fraction(low), Fraction(high) - Fraction(low)
    if length <= 0:
        return 0
    return max(0, min(steps, math.floor((Fraction(value) - start) * steps / length + Fraction(1, 2))))


def middle(value: Number, low: Number, high: Number, start: int, end: int) -> int:
    """The place of a value on a line from `start` to `end`."""
    return start + step(value, low, high, end - start)


TICKS = 8
"""So many steps of a scale are named at most."""


def ticks(low: Decimal, high: Decimal) -> list[Decimal]:
    """Round numbers on the scale to write along it, from low to high: 0, 1, 2, 3."""
    length = high - low
    sizes = [Decimal(number) * Decimal(10) ** power for power in range(-3, 12) for number in (1, 2, 5)]
    least = Decimal(1) if length >= 2 else Decimal("0.001")
    size = next((one for one in sizes if one >= least and length / one <= TICKS), length)
    found = [(low // size + number) * size for number in range(TICKS + 2)]
    return [one.normalize() + 0 for one in found if low <= one <= high]
