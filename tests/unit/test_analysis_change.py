"""Change between two measurements: over which items, before rounding, also between editions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.analysis.answers import UNANSWERED, Answer
from kwartier.analysis.change import ItemChange, MeanChange, compare
from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import Mean, Unknown

MISSING = Answer(missing="niet besproken")
SECTIONS = {"A": ["1", "2"], "B": ["3", "4"]}


def scored(*values: int | None) -> dict[str, Answer]:
    return {str(index): MISSING if value is None else Answer(value) for index, value in enumerate(values, start=1)}


def test_all_scored_both_times() -> None:
    found = compare(scored(1, 2, 3, 4), scored(2, 2, 2, 5), SECTIONS)
    assert [one.difference for one in found.items] == [1, 0, -1, 1]
    first, second = Mean(Fraction(3, 2), 2, 2), Mean(Fraction(2), 2, 2)
    assert found.sections[0] == MeanChange("A", first, second, Fraction(1, 2), first, second)
    assert found.sections[1].difference == 0
    assert found.total.section is None
    assert found.total.difference == Fraction(1, 4)


def test_means_run_over_the_items_scored_both_times() -> None:
    found = compare(scored(1, None, 3, 4), scored(2, 5, None, None), SECTIONS)
    assert found.sections[0] == MeanChange(
        "A",
        before=Mean(Fraction(1), 1, 2),
        after=Mean(Fraction(2), 1, 2),
        difference=Fraction(1),
        full_before=Mean(Fraction(1), 1, 2),
        full_after=Mean(Fraction(7, 2), 2, 2),
    )
    none = Unknown("geen enkel item heeft beide keren een score")
    assert (found.sections[1].before, found.sections[1].after, found.sections[1].difference) == (none, none, None)
    assert found.sections[1].full_before == Mean(Fraction(7, 2), 2, 2)
    assert (found.total.before, found.total.after) == (Mean(Fraction(1), 1, 4), Mean(Fraction(2), 1, 4))
    assert found.total.full_before == Mean(Fraction(8, 3), 3, 4)


def test_the_difference_is_taken_before_rounding() -> None:
    sections = {"A": [str(item) for item in range(1, 5)]}
    found = compare(scored(2, 2, 2, 3), scored(3, 3, 2, 2), sections).total
    assert isinstance(found.before, Mean) and isinstance(found.after, Mean) and found.difference is not None
    assert (dutch(found.before.value, 1), dutch(found.after.value, 1)) == ("2,3", "2,5")
    assert dutch(found.difference, 1, sign=True) == "+0,3"


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (MISSING, Answer(3), "de vorige keer geen score (niet besproken)"),
        (Answer(3), MISSING, "deze keer geen score (niet besproken)"),
        (None, Answer(3), "de vorige keer niet gevraagd"),
        (Answer(3), None, "deze keer niet gevraagd"),
        (Answer(3), UNANSWERED, "deze keer nog geen definitieve score"),
        (MISSING, UNANSWERED, "de vorige keer geen score (niet besproken); deze keer nog geen definitieve score"),
        (None, None, "de vorige keer niet gevraagd; deze keer niet gevraagd"),
        (Answer("veel"), Answer("weinig"), "van antwoorden op dit item wordt geen verschil berekend"),
    ],
)
def test_why_an_item_has_no_difference(before: Answer | None, after: Answer | None, why: str) -> None:
    first = {} if before is None else {"1": before}
    second = {} if after is None else {"1": after}
    found = compare(first, second, {"A": ["1"]})
    assert found.items == (ItemChange("1", before, after, None, why),)
    assert found.total.difference is None


def test_items_of_one_edition_only() -> None:
    sections = {"A": ["1", "2"], "B": ["3"]}
    before, after = {"1": Answer(2), "2": Answer(5)}, {"1": Answer(4), "3": Answer(1)}
    found = compare(before, after, sections)
    assert found.total == MeanChange(
        None,
        before=Mean(Fraction(2), 1, 3),
        after=Mean(Fraction(4), 1, 3),
        difference=Fraction(2),
        full_before=Mean(Fraction(7, 2), 2, 2),
        full_after=Mean(Fraction(5, 2), 2, 2),
    )
    assert found.sections[1].full_before == Unknown("er zijn geen items waarvan een gemiddelde te berekenen is")
    assert found.sections[1].full_after == Mean(Fraction(1), 1, 1)


def test_an_unfinished_measurement_has_no_full_mean() -> None:
    found = compare(scored(1, 2, 3, 4), {**scored(2, 2, 2), "4": UNANSWERED}, SECTIONS)
    assert found.total.full_after == Unknown("nog niet alle items hebben een definitieve score")
    assert found.sections[0].full_after == Mean(Fraction(2), 2, 2)


def test_items_that_are_never_averaged() -> None:
    found = compare(scored(1, 2, 3, 4), scored(2, 2, 5, 5), SECTIONS, unaveraged={"3", "4"})
    assert found.items[2] == ItemChange(
        "3", Answer(3), Answer(5), None, "van antwoorden op dit item wordt geen verschil berekend"
    )
    assert found.total.after == Mean(Fraction(2), 2, 2)
    assert isinstance(found.sections[1].full_before, Unknown)
    words = compare({"1": Answer(1), "2": Answer("a")}, {"1": Answer(2), "2": Answer("b")}, {"A": ["1", "2"]})
    assert words.total.full_before == Unknown("niet elk antwoord is een getal")


def test_no_total_changes_where_all_scores_are_required_and_one_is_not_there() -> None:
    found = compare(scored(1, 2, 3, 4), scored(2, None, 2, 5), SECTIONS, require="all")
    why = "voor het totaal is van alle 4 items een score nodig; geen score: 2"
    assert found.total == MeanChange(
        None,
        before=Unknown(f"deze keer: {why}"),
        after=Unknown(f"deze keer: {why}"),
        difference=None,
        full_before=Mean(Fraction(5, 2), 4, 4),
        full_after=Unknown(why),
    )
    assert found.sections[0].difference == 1
    whole = compare(scored(1, 2, 3, 4), scored(2, 2, 2, 5), SECTIONS, require="all")
    assert whole == compare(scored(1, 2, 3, 4), scored(2, 2, 2, 5), SECTIONS)


def test_an_item_stands_in_one_section() -> None:
    with pytest.raises(ValueError, match="1"):
        compare({}, {}, {"A": ["1"], "B": ["1"]})


CELLS = st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=4, max_size=4)


@given(CELLS, CELLS)
def test_against_the_naive_definition(before: list[int | None], after: list[int | None]) -> None:
    found = compare(scored(*before), scored(*after), SECTIONS)
    both = [(x, y) for x, y in zip(before, after, strict=True) if x is not None and y is not None]
    assert sum(one.difference for one in found.items if one.difference is not None) == sum(y - x for x, y in both)
    assert all((one.difference is None) == (one.why is not None) for one in found.items)
    if both:
        assert found.total.difference == Fraction(sum(y - x for x, y in both), len(both))
        assert isinstance(found.total.before, Mean) and isinstance(found.total.after, Mean)
        assert found.total.before.n == found.total.after.n == len(both)
        assert found.total.after.value - found.total.before.value == found.total.difference
    else:
        assert found.total.difference is None
    back = compare(scored(*after), scored(*before), SECTIONS)
    assert (back.total.before, back.total.after) == (found.total.after, found.total.before)
