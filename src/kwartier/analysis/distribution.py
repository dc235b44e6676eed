"""How the scores of many lie: least, middle, most, quartiles, one's own place; not whose scores, nor who may see them.

Everything is exact. What is compared is what is shown: a place is told over rounded values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec import Struct

from kwartier.analysis.numbers import mean, rounded
from kwartier.instrument.model import Value

QUARTILES_FROM = 20
"""With fewer values a quarter of them is a handful: then only the values themselves say something."""


class Quartiles(Struct, frozen=True):
    """A quarter of the values lies at or below `lower`, a quarter at or above `upper`."""

    lower: Fraction
    upper: Fraction


class Spread(Struct, frozen=True):
    """Where `n` values lie, and how many are `missing`. All figures are None where there is no value at all."""

    n: int
    missing: int
    minimum: Fraction | None = None
    median: Fraction | None = None
    maximum: Fraction | None = None
    mean: Fraction | None = None
    quartiles: Quartiles | None = None
    "Only from `QUARTILES_FROM` values on."

    @property
    def of(self) -> int:
        """How many there are in all, with a value or without."""
        return self.n + self.missing


class Place(Struct, frozen=True):
    """How many others lie lower, the same and higher than one value."""

    lower: int
    same: int
    higher: int

    @property
    def others(self) -> int:
        """How many others have a value."""
        return self.lower + self.same + self.higher


class Tally(Struct, frozen=True):
    """How often each answer was given, in the order of the answers; never a mean."""

    counts: tuple[int, ...]
    missing: int

    @property
    def n(self) -> int:
        """How many gave an answer."""
        return sum(self.counts)


def spread(values: Iterable[Fraction | int | None]) -> Spread:
    """Where the values lie; None stands for one that is missing."""
    given = list(values)
    known = sorted(Fraction(value) for value in given if value is not None)
    if not known:
        return Spread(0, len(given))
    return Spread(
        n=len(known),
        missing=len(given) - len(known),
        minimum=known[0],
        median=quantile(known, Fraction(1, 2)),
        maximum=known[-1],
        mean=mean(known),
        quartiles=_quartiles(known) if len(known) >= QUARTILES_FROM else None,
    )


def quantile(ordered: Sequence[Fraction], part: Fraction) -> Fraction:
    """The value below which this part of the ordered values lies, the least and the most being its ends.

    Between two values it is on the straight line between them. This is the method "inclusive" of Python's statistics
    (Hyndman and Fan's type 7, which spreadsheets call QUARTILE.INC). Raises ValueError without values, or for a part
    outside 0 to 1.
    """
    if not ordered or not 0 <= part <= 1:
        raise ValueError(f"no quantile {part} of {len(ordered)} values")
    place = (len(ordered) - 1) * part
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def place(own: Fraction | int, others: Iterable[Fraction | int | None], places: int = 0) -> Place:
    """The place of one value among those of others, as they are shown: rounded to so many decimals."""
    shown = rounded(own, places)
    rest = [rounded(value, places) for value in others if value is not None]
    lower, higher = sum(value < shown for value in rest), sum(value > shown for value in rest)
    return Place(lower, len(rest) - lower - higher, higher)


def tally(answers: Iterable[Value | None], options: Sequence[Value]) -> Tally:
    """How often each of the options was answered; everything else counts as missing."""
    given = list(answers)
    # 1, True and "1" are different answers, though Python finds two of them equal.
    found = [sum(type(one) is type(option) and one == option for one in given) for option in options]
    return Tally(tuple(found), len(given) - sum(found))


def _quartiles(ordered: Sequence[Fraction]) -> Quartiles:
    return Quartiles(quantile(ordered, Fraction(1, 4)), quantile(ordered, Fraction(3, 4)))
