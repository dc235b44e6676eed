"""Agreement between sheets: what counts as equal, and over which items the figures run."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.analysis.agreement import Agreement, ItemDifference, agreement, compared_scores
from kwartier.analysis.answers import Answer
from kwartier.analysis.scores import Unknown
from kwartier.reports.phrases import agreement_words

Cell = int | str | None
MISSING = Answer(missing="niet besproken")


def answer(cell: Cell) -> Answer:
    return MISSING if cell is None else Answer(cell)


def compared(*columns: list[Cell]) -> Agreement:
    """The agreement between sheets with these answers, None for missing."""
    sheets = {
        f"a{number}": {str(index): answer(cell) for index, cell in enumerate(column)}
        for number, column in enumerate(columns, start=1)
    }
    found = agreement(sheets, [str(index) for index in range(len(columns[0]))])
    assert isinstance(found, Agreement)
    return found


def test_two_sheets() -> None:
    found = compared([3, 4, 2, 5, None, None, 1], [3, 3, 4, None, None, 2, 5])
    assert found == Agreement(
        raters=("a1", "a2"),
        of=7,
        equal=2,
        within_one=3,
        compared=4,
        mean_difference=Fraction(7, 4),
        means=(Fraction(10, 4), Fraction(15, 4)),
        higher="a2",
        higher_by=Fraction(5, 4),
        differences=(
            ItemDifference("0", 0, True),
            ItemDifference("1", 1, False),
            ItemDifference("2", 2, False),
            ItemDifference("3", None, False),
            ItemDifference("4", None, True),
            ItemDifference("5", None, False),
            ItemDifference("6", 4, False),
        ),
    )


def test_missing_for_different_reasons_is_still_the_same_answer() -> None:
    sheets = {"a1": {"1": MISSING}, "a2": {"1": Answer(missing="geen zicht op")}}
    found = agreement(sheets, ["1"])
    assert isinstance(found, Agreement)
    assert (found.equal, found.within_one, found.compared) == (1, 1, 0)


def test_remarks_do_not_make_a_difference() -> None:
    found = agreement({"a1": {"1": Answer(3, note="x")}, "a2": {"1": Answer(3)}}, ["1"])
    assert isinstance(found, Agreement) and found.equal == 1


def test_direction_of_equals_is_none_by_zero() -> None:
    found = compared([2, 4], [4, 2])
    assert (found.higher, found.higher_by) == (None, Fraction(0))
    assert compared([5], [2]).higher == "a1"


def test_nothing_scored_by_both_leaves_only_the_counts() -> None:
    found = compared([3, None, None], [None, 4, None])
    assert (found.of, found.equal, found.within_one, found.compared) == (3, 1, 1, 0)
    assert (found.mean_difference, found.higher, found.higher_by, found.means) == (None, None, None, ())
    assert found.why == "geen enkel item heeft op alle scorebladen een score"
    assert compared([3], [3]).why is None


def test_three_sheets() -> None:
    found = compared([1, 3, 2, None, None, 4], [2, 3, 4, None, 3, 4], [2, 3, 5, None, 3, 4])
    assert (found.of, found.equal, found.within_one, found.compared) == (6, 3, 4, 4)
    assert found.mean_difference == Fraction(1 + 0 + 3 + 0, 4)
    assert found.means == (Fraction(10, 4), Fraction(13, 4), Fraction(14, 4))
    assert (found.higher, found.higher_by) == (None, None)
    assert [one.difference for one in found.differences] == [1, 0, 3, None, None, 0]


def test_words_can_be_equal_and_have_no_difference() -> None:
    found = compared(["wel", "wel", 3], ["wel", "niet", 3])
    assert (found.equal, found.within_one, found.compared) == (2, 2, 1)
    assert found.differences[0] == ItemDifference("0", None, True)


@pytest.mark.parametrize("sheets", [{}, {"a1": {"1": Answer(3)}}])
def test_fewer_than_two_sheets_say_why_not(sheets: dict[str, dict[str, Answer]]) -> None:
    found = agreement(sheets, ["1"])
    assert found == Unknown("overeenstemming is pas te bepalen met ten minste twee scorebladen die meetellen")


@pytest.mark.parametrize("sheet", [{"1": Answer(3)}, {"1": Answer(3), "2": Answer(note="later")}])
def test_a_sheet_that_is_not_finished_is_refused(sheet: dict[str, Answer]) -> None:
    whole = {"1": Answer(3), "2": Answer(3)}
    with pytest.raises(ValueError, match=r"a2 .* 2$"):
        agreement({"a1": whole, "a2": sheet}, ["1", "2"])
    with pytest.raises(ValueError, match=r"a2 .* 2$"):
        compared_scores({"a1": whole, "a2": sheet}, ["1", "2"])


CELLS = st.one_of(st.none(), st.integers(1, 5))


@given(st.integers(2, 4).flatmap(lambda raters: st.lists(st.lists(CELLS, min_size=raters, max_size=raters))))
def test_against_the_naive_definition(rows: list[list[int | None]]) -> None:
    raters = len(rows[0]) if rows else 2
    sheets = {f"a{n}": {str(i): answer(row[n]) for i, row in enumerate(rows)} for n in range(raters)}
    found = agreement(sheets, [str(i) for i in range(len(rows))])
    assert isinstance(found, Agreement)
    full = [[cell for cell in row if cell is not None] for row in rows if None not in row]
    blank = sum(all(cell is None for cell in row) for row in rows)
    assert found.of == len(rows)
    assert found.equal == blank + sum(all(cell == row[0] for cell in row) for row in full)
    assert found.within_one == blank + sum(all(abs(x - y) <= 1 for x in row for y in row) for row in full)
    assert found.compared == len(full)
    if full:
        assert found.mean_difference == Fraction(sum(max(row) - min(row) for row in full), len(full))
        assert found.means == tuple(Fraction(sum(row[n] for row in full), len(full)) for n in range(raters))
    if full and raters == 2:
        signed = Fraction(sum(row[0] - row[1] for row in full), len(full))
        assert found.higher == (None if signed == 0 else "a0" if signed > 0 else "a1")
        assert found.higher_by == abs(signed)


def test_points_are_told_only_of_answers_that_have_an_order() -> None:
    found = compared([3, 4], [3, 3])
    assert agreement_words(found, str, ordered=False) == ["gelijk 1 van 2"]
    assert agreement_words(found, str, ordered=True)[:2] == ["gelijk 1 van 2", "binnen één punt 2 van 2"]
