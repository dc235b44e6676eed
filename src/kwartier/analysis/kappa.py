"""Quadratic weighted kappa of two raters, exact; not whether its height says anything.

Cohen (1968): one minus the observed squared distance over that expected when both keep their own distribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from kwartier.analysis.agreement import Sheets, compared_scores
from kwartier.instrument.model import Scale, Value


class Kappa(Struct, frozen=True):
    """Kappa over the `compared` items that both scored; None where it is undefined."""

    value: Fraction | None
    compared: int


def sheets_kappa(sheets: Sheets, items: Sequence[str], scale: Scale) -> Kappa:
    """Kappa of two sheets on one ordinal scale.

    Raises ValueError for another number of sheets, a nominal scale, a score off the scale, or an unanswered item.
    """
    if len(sheets) != 2:
        raise ValueError(f"kappa is for two raters, not {len(sheets)}")
    if scale.kind != "ordinal":
        raise ValueError(f"kappa wants an order, and scale {scale.id} has none")
    pairs = compared_scores(sheets, items)
    categories = [option.value for option in scale.options]
    value = quadratic_kappa([pair[0] for pair in pairs], [pair[1] for pair in pairs], categories)
    return Kappa(value, len(pairs))


def quadratic_kappa(first: Sequence[int], second: Sequence[int], categories: Sequence[Value]) -> Fraction | None:
    """Kappa of two equally long rows of scores; None without items, or when both only ever gave one same score.

    The distance of two categories is that of their places in `categories`. Raises ValueError for a score that
    is none of them, or for rows of different length.
    """
    place = {category: index for index, category in enumerate(categories)}
    strange = {score for score in (*first, *second) if score not in place}
    if strange:
        raise ValueError(f"not a category: {sorted(strange)}")
    pairs = [(place[one], place[other]) for one, other in zip(first, second, strict=True)]
    expected = sum((one - other) ** 2 for one, _ in pairs for _, other in pairs)
    if not expected:
        return None
    observed = sum((one - other) ** 2 for one, other in pairs)
    return 1 - Fraction(observed * len(pairs), expected)
