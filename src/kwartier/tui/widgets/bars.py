"""Bars in characters: where a number lies on a scale, and how it moved. Pure; what is drawn is told elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kwartier.reports.positions import step

BEFORE, BETWEEN, UP, DOWN = "●", "○", "▶", "◀"
REACHED, MOVED, REST = "─", "━", "·"


def position(value: Fraction | int, low: int, high: int, width: int) -> int:
    """The cell (from 0) of a value on a scale from `low` to `high` over `width` cells, halves to the right.

    Raises ValueError for a value that is not on the scale, a scale without length, or less than two cells.
    """
    if not low <= value <= high or low >= high or width < 2:
        raise ValueError(f"{value} on {low}..{high} over {width} cells")
    return step(value, low, high, width - 1)


Values = Sequence[Fraction | int | None]


def change_bar(before: Fraction | int | None, after: Fraction | int | None, low: int, high: int, width: int) -> str:
    """A bar of `width` cells: a dot where it was, an arrow to where it came; a dot alone where nothing moved.

    Where one of both is not there, only the other is marked; without both there are only dots of the scale.
    """
    return series_bar((before, after), low, high, width)


def series_bar(values: Values, low: int, high: int, width: int) -> str:
    """The same of two or more values, oldest first: from the first to the last, with a ring for each in between.

    A ring gives way to the marks of the first and the last.
    """
    places = [None if one is None else position(one, low, high, width) for one in values]
    then, now = places[0], places[-1]
    cells = [REST] * width
    marks = [place for place in (then, now) if place is not None]
    if marks:
        cells[: min(marks)] = REACHED * min(marks)
        cells[min(marks) : max(marks)] = MOVED * (max(marks) - min(marks))
    for place in places[1:-1]:
        if place is not None:
            cells[place] = BETWEEN
    if then is not None:
        cells[then] = BEFORE
    if now is not None and now != then:
        cells[now] = UP if then is None or now > then else DOWN
    return "".join(cells)
