"""Bars in characters: where marks stand, at the ends of the scale too, and what is not there."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.tui.widgets.bars import BEFORE, BETWEEN, DOWN, UP, change_bar, position, series_bar


@pytest.mark.parametrize(
    ("before", "after", "bar"),
    [
        (2, 4, "──●━━━▶··"),
        (4, 2, "──◀━━━●··"),
        (3, 3, "────●····"),
        (1, 5, "●━━━━━━━▶"),
        (5, 1, "◀━━━━━━━●"),
        (1, 1, "●········"),
        (5, 5, "────────●"),
        (2, None, "──●······"),
        (None, 4, "──────▶··"),
        (None, None, "·········"),
        (Fraction(5, 2), Fraction(7, 2), "───●━▶···"),
    ],
)
def test_marks_stand_where_the_values_are(before: int | None, after: int | None, bar: str) -> None:
    assert change_bar(before, after, 1, 5, 9) == bar


def test_a_value_off_the_scale_has_no_place() -> None:
    for value in (0, 6):
        with pytest.raises(ValueError, match=r"1\.\.5"):
            position(value, 1, 5, 9)


@given(st.fractions(1, 5), st.fractions(1, 5), st.integers(2, 200))
def test_a_bar_is_as_wide_as_asked_and_points_the_right_way(before: Fraction, after: Fraction, width: int) -> None:
    bar = change_bar(before, after, 1, 5, width)
    assert len(bar) == width
    assert bar.count(BEFORE) == 1
    if UP in bar:
        assert before < after
        assert bar.index(UP) > bar.index(BEFORE)
    if DOWN in bar:
        assert before > after
        assert bar.index(DOWN) < bar.index(BEFORE)


@pytest.mark.parametrize(
    ("values", "bar"),
    [
        ((2, 3, 4), "──●━○━▶··"),
        ((2, 5, 4), "──●━━━▶·○"),
        ((4, 1, 2), "○─◀━━━●··"),
        ((3, 1, 5, 3), "○───●···○"),
        ((2, 2, 4), "──●━━━▶··"),
        ((2, None, 4), "──●━━━▶··"),
        ((None, 3, None), "····○····"),
        ((None, 3, 4), "────○─▶··"),
    ],
)
def test_what_lies_in_between_is_marked_where_it_does_not_hide_an_end(values: tuple[int | None, ...], bar: str) -> None:
    assert series_bar(values, 1, 5, 9) == bar


@given(st.lists(st.none() | st.integers(1, 5), min_size=2, max_size=8), st.integers(2, 60))
def test_a_bar_of_many_is_that_of_the_ends_but_for_the_rings(values: list[int | None], width: int) -> None:
    bar, ends = series_bar(values, 1, 5, width), change_bar(values[0], values[-1], 1, 5, width)
    assert len(bar) == width
    assert all(one in (other, BETWEEN) for one, other in zip(bar, ends, strict=True))
    assert all(ends[place] not in (BEFORE, UP, DOWN) for place, one in enumerate(bar) if one == BETWEEN)
