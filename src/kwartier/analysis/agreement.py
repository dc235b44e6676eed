"""How far the sheets of two or more people agree; not who may see it, nor whether it is enough.

Counts run over all items. Figures on scores run over the items that all scored, and say how many those are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct

from kwartier.analysis.answers import UNANSWERED, Answer
from kwartier.analysis.numbers import mean
from kwartier.analysis.scores import Unknown

Sheets = Mapping[str, Mapping[str, Answer]]
"""Person to item to answer; the people in order, and only those who count."""

TOO_FEW = "overeenstemming is pas te bepalen met ten minste twee scorebladen die meetellen"
NOTHING_SHARED = "geen enkel item heeft op alle scorebladen een score"


class ItemDifference(NamedTuple):
    """Highest minus lowest score of an item (None unless all scored it) and whether all gave the same answer."""

    item: str
    difference: int | None
    equal: bool


class Agreement(Struct, frozen=True):
    """Agreement between the sheets of `raters`; `why` (Dutch) is there when `compared` is 0."""

    raters: tuple[str, ...]
    of: int
    "Number of items, scored or not."
    equal: int
    "Items with the same answer on all sheets; missing on all sheets counts as the same."
    within_one: int
    "Items whose scores differ by at most one, or that are equal."
    compared: int
    "Items that all scored: what the figures below are about."
    mean_difference: Fraction | None
    "Mean over the compared items of the highest minus the lowest score."
    means: tuple[Fraction, ...]
    "Each rater's mean over the compared items, in the order of `raters`; empty without such items."
    higher: str | None
    "Of two raters, who scores higher on average; None when equal, not compared, or with three or more."
    higher_by: Fraction | None
    "Of two raters, by how much: 0 when equal; None when not compared, or with three or more."
    differences: tuple[ItemDifference, ...]
    why: str | None = None


def agreement(sheets: Sheets, items: Sequence[str]) -> Agreement | Unknown:
    """Compare the sheets item by item; Unknown with fewer than two.

    An answer in words can be equal, and has no difference. Raises ValueError for an item that a sheet leaves
    unanswered: a sealed sheet has none.
    """
    if len(sheets) < 2:
        return Unknown(TOO_FEW)
    rows = _rows(sheets, items)
    differences = tuple(_difference(item, row) for item, row in zip(items, rows, strict=True))
    ranges = [one.difference for one in differences if one.difference is not None]
    means = _means(compared_scores(sheets, items))
    higher, higher_by = _direction(tuple(sheets), means)
    return Agreement(
        raters=tuple(sheets),
        of=len(items),
        equal=sum(one.equal for one in differences),
        within_one=sum(one.equal or (one.difference is not None and one.difference <= 1) for one in differences),
        compared=len(ranges),
        mean_difference=mean(ranges),
        means=means,
        higher=higher,
        higher_by=higher_by,
        differences=differences,
        why=None if ranges else NOTHING_SHARED,
    )


def compared_scores(sheets: Sheets, items: Sequence[str]) -> list[tuple[int, ...]]:
    """Per item that all scored, the scores in the order of the people. Raises ValueError as `agreement` does."""
    return [scores for row in _rows(sheets, items) if (scores := _scores(row)) is not None]


def _rows(sheets: Sheets, items: Sequence[str]) -> list[tuple[Answer, ...]]:
    for person, sheet in sheets.items():
        open_items = [item for item in items if not sheet.get(item, UNANSWERED).answered]
        if open_items:
            raise ValueError(f"sheet of {person} leaves unanswered: {', '.join(open_items)}")
    return [tuple(sheet[item] for sheet in sheets.values()) for item in items]


def _scores(row: tuple[Answer, ...]) -> tuple[int, ...] | None:
    scores = tuple(answer.value for answer in row if isinstance(answer.value, int))
    return scores if len(scores) == len(row) else None


def _difference(item: str, row: tuple[Answer, ...]) -> ItemDifference:
    scores = _scores(row)
    # Missing has value None on every sheet, whatever the reason: the same answer.
    equal = len({answer.value for answer in row}) == 1
    return ItemDifference(item, None if scores is None else max(scores) - min(scores), equal)


def _means(compared: list[tuple[int, ...]]) -> tuple[Fraction, ...]:
    return tuple(Fraction(sum(column), len(column)) for column in zip(*compared, strict=True))


def _direction(raters: tuple[str, ...], means: tuple[Fraction, ...]) -> tuple[str | None, Fraction | None]:
    if len(means) != 2:
        return None, None
    first, second = means
    if first == second:
        return None, Fraction(0)
    return raters[0] if first > second else raters[1], abs(first - second)
