"""The figures of a comparison of organisations drawn with characters: bars, a begin and an end on a line, marks."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from kwartier.analysis.compared import Compared, Line
from kwartier.reports.positions import step

OWN = "◆"
"""Marks the user's own organisation."""
MARK, BEGIN, END = "●", "○", "●"


def ends(compared: Compared) -> tuple[Fraction, Fraction]:
    """The ends of the bars of totals: those of the scale, else of the totals there are."""
    if compared.low is not None and compared.high is not None:
        return Fraction(compared.low), Fraction(compared.high)
    totals = [row.total for row in compared.rows if row.total is not None]
    return min(totals, default=Fraction(0)), max(totals, default=Fraction(1))


def largest(differences: Iterable[Fraction | None]) -> Fraction:
    """The largest rise or fall, which fills its side of a signed bar."""
    return max((abs(one) for one in differences if one is not None), default=Fraction(0))


def bar(value: Fraction | None, low: Fraction, high: Fraction, width: int) -> str:
    """A bar from the low end of the scale, at most `width` long; the lowest value has one piece, so that it is seen."""
    return "" if value is None else "━" * (1 + step(value, low, high, width - 1))


def track(before: Fraction | None, after: Fraction | None, low: Fraction, high: Fraction, width: int) -> str:
    """The scale as a line of `width`, on which begin and end are marked; where they fall together the end is seen."""
    line = ["─"] * width
    for value, mark in ((before, BEGIN), (after, END)):
        if value is not None:
            line[step(value, low, high, width - 1)] = mark
    return "".join(line)


def signed(difference: Fraction | None, most: Fraction, half: int) -> str:
    """A bar to the right of a middle for a rise, to the left for a fall; each side is `half` long for `most`."""
    if difference is None:
        return ""
    size = step(abs(difference), Fraction(0), most, half)
    return " " * (half - size) + "━" * size + "│" if difference < 0 else " " * half + "│" + "━" * size


def marked(line: Line, score: int, own: int | None, width: int) -> str:
    """A mark for every organisation with this score, or where they do not fit their number with one mark."""
    count = sum(mark == score for mark in line.marks)
    mine = own is not None and line.marks[own] == score
    others = count - mine
    marks = MARK * others if count < width else f"{others}{MARK}" if others else ""
    return (OWN if mine else "") + marks


def dots(line: Line, low: Fraction, high: Fraction, own: int | None, width: int) -> str:
    """The scale as a line of `width` with a mark where one organisation is, and their number where there are more.

    More than nine are a plus; the own organisation is seen before all others.
    """
    counts = [0] * width
    for mark in line.marks:
        if mark is not None:
            counts[step(mark, low, high, width - 1)] += 1
    drawn = ["─" if not count else MARK if count == 1 else str(count) if count < 10 else "+" for count in counts]
    mine = line.marks[own] if own is not None else None
    if mine is not None:
        drawn[step(mine, low, high, width - 1)] = OWN
    return "".join(drawn)
