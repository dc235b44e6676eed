"""Bars and marks: as long as they should be, never longer, and in the order of what they show."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kwartier.analysis.compared import Line
from kwartier.analysis.distribution import spread
from kwartier.reports.organisations_bars import BEGIN, END, MARK, OWN, bar, largest, marked, signed, track

ONE, FIVE = Fraction(1), Fraction(5)
SCORE = st.fractions(1, 5, max_denominator=20)
WIDTH = st.integers(2, 60)


@given(SCORE, SCORE, WIDTH)
def test_a_bar_is_longer_for_more(one: Fraction, other: Fraction, width: int) -> None:
    short, long = (len(bar(value, ONE, FIVE, width)) for value in sorted((one, other)))
    assert 1 <= short <= long <= width


def test_the_ends_of_a_bar() -> None:
    assert [len(bar(value, ONE, FIVE, 30)) for value in (ONE, FIVE)] == [1, 30]
    assert bar(None, ONE, FIVE, 30) == ""
    assert bar(ONE, ONE, ONE, 30) == "━", "one total alone has no scale"


@given(SCORE, SCORE, WIDTH)
def test_a_line_has_its_width_and_the_end_on_the_right_side(before: Fraction, after: Fraction, width: int) -> None:
    line = track(before, after, ONE, FIVE, width)
    assert len(line) == width
    assert line.count(END) == 1
    if BEGIN in line:
        assert (line.index(END) > line.index(BEGIN)) == (after > before)


@given(st.fractions(-4, 4, max_denominator=20), st.integers(1, 30))
def test_a_fall_goes_to_the_left(difference: Fraction, half: int) -> None:
    drawn = signed(difference, Fraction(4), half)
    assert drawn.index("│") == half
    left, right = drawn.split("│")
    assert ("━" in left) <= (difference < 0)
    assert ("━" in right) <= (difference > 0)
    assert max(len(left), len(right)) <= half


def test_nothing_is_not_drawn() -> None:
    assert signed(None, ONE, 5) == ""
    assert largest([None]) == 0
    assert signed(Fraction(0), largest([Fraction(0)]), 3) == "   │"


def line_of(*marks: int | None) -> Line:
    """An item with these scores."""
    values = tuple(None if mark is None else Fraction(mark) for mark in marks)
    return Line(id="1", title="Een", short="Een", marks=values, spread=spread(values))


def test_every_organisation_is_a_mark_and_the_own_one_another() -> None:
    line = line_of(3, 3, None, 2, 3)
    assert marked(line, 3, None, 6) == MARK * 3
    assert marked(line, 3, 1, 6) == OWN + MARK * 2
    assert marked(line, 2, 3, 6) == OWN
    assert marked(line, 1, 2, 6) == ""


@given(st.lists(st.integers(1, 5), min_size=1, max_size=3000), st.integers(6, 9))
def test_many_marks_become_a_number(marks: list[int], width: int) -> None:
    for score in range(1, 6):
        drawn = marked(line_of(*marks), score, 0, width)
        assert len(drawn) <= width
        count = marks.count(score)
        if count >= width:
            assert str(count - (marks[0] == score)) in drawn
        else:
            assert len(drawn) == count
