"""Change over two or more measurements: between which, over which items, before rounding, in which order."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.analysis.answers import UNANSWERED, Answer
from kwartier.analysis.change import compare
from kwartier.analysis.scores import Mean, Unknown
from kwartier.analysis.series import NEVER_ALL, series

SECTIONS = {"A": ["1", "2"], "B": ["3", "4"]}
ITEMS = [item for own in SECTIONS.values() for item in own]
Told = dict[str, Answer]


def scored(*values: int | str | None) -> Told:
    return {
        item: UNANSWERED if value is None else Answer(missing=value) if isinstance(value, str) else Answer(value)
        for item, value in zip(ITEMS, values, strict=True)
    }


SCORE = st.integers(1, 5)
ANSWER = st.one_of(SCORE.map(Answer), st.just(Answer(missing="niet gezien")), st.just(UNANSWERED))
FULL = st.fixed_dictionaries({item: SCORE.map(Answer) for item in ITEMS})
ANY = st.dictionaries(st.sampled_from(ITEMS), ANSWER)


def test_three_measurements_have_two_steps_and_a_whole() -> None:
    found = series([scored(1, 2, 3, 4), scored(2, 2, 1, 5), scored(4, 1, 1, 5)], SECTIONS)
    assert found.size == 3
    first = found.items[0]
    assert [answer.value for answer in first.answers if answer] == [1, 2, 4]
    assert [step.difference for step in first.steps] == [1, 2]
    assert first.whole.difference == 3
    assert [one.course for one in found.items] == ["risen", "fallen", "fallen", "risen"]
    assert [mean.value for mean in found.sections[0].common if isinstance(mean, Mean)] == [
        Fraction(3, 2),
        Fraction(2),
        Fraction(5, 2),
    ]
    assert [step.difference for step in found.sections[0].steps] == [Fraction(1, 2), Fraction(1, 2)]
    assert found.total.whole.difference == Fraction(1, 4)


def test_a_difference_runs_over_what_was_scored_in_those_two_whatever_the_third_lacks() -> None:
    found = series([scored(1, 2, 3, 4), scored(2, "niet gezien", 3, 4), scored(3, 5, 3, 4)], SECTIONS)
    section = found.sections[0]
    assert section.whole.difference == Fraction(5, 2)
    assert section.steps[0].difference == 1
    assert section.common == (Mean(Fraction(1), 1, 2), Mean(Fraction(2), 1, 2), Mean(Fraction(3), 1, 2))
    assert section.full[2] == Mean(Fraction(4), 2, 2)
    assert found.items[1].steps[0].why == "deze keer geen score (niet gezien)"


def test_answers_without_an_order_stand_side_by_side_and_are_never_subtracted() -> None:
    told = [{"1": Answer("A"), "2": Answer(1)}, {"1": Answer("D"), "2": Answer(2)}]
    found = series(told, {"A": ["1", "2"]}, left=lambda one, other: {"1"})
    assert found.items[0].answers == (Answer("A"), Answer("D"))
    assert (found.items[0].whole.difference, found.items[0].course) == (None, "")
    assert found.sections[0].common == (Mean(Fraction(1), 1, 1), Mean(Fraction(2), 1, 1))


def test_an_item_that_changed_its_scale_between_two_is_in_no_mean_beside_another() -> None:
    told = [scored(1, 1, 1, 1), scored(5, 1, 1, 1), scored(5, 1, 1, 1)]
    found = series(told, SECTIONS, left=lambda one, other: {"1"} if one == 0 else set())
    assert found.items[0].steps[0].difference is None
    assert found.items[0].steps[1].difference == 0
    assert found.sections[0].common == (Mean(Fraction(1), 1, 1),) * 3


def test_without_an_item_scored_every_time_there_is_no_mean_to_lay_side_by_side() -> None:
    found = series([scored(1, None, 1, 1), scored(2, 3, 1, 1), scored(None, 4, 1, 1)], SECTIONS)
    assert found.sections[0].common == (Unknown(NEVER_ALL),) * 3
    assert [step.difference for step in found.sections[0].steps] == [1, 1]
    assert found.sections[0].whole.difference is None


def test_a_total_that_wants_every_item_is_beside_no_other_where_one_lacks_it() -> None:
    told = [scored(1, 2, 3, 4), scored(1, 2, 3, "niet gezien"), scored(2, 2, 3, 4)]
    found = series(told, SECTIONS, require="all")
    assert found.total.whole.difference == Fraction(1, 4)
    assert found.total.steps[0].difference is None
    assert all(isinstance(one, Unknown) and "geen score: 4" in one.why for one in found.total.common)
    assert found.sections[0].whole.difference == Fraction(1, 2)


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_are_no_series(count: int) -> None:
    with pytest.raises(ValueError, match="two measurements"):
        series([scored(1, 2, 3, 4)] * count, SECTIONS)


@given(ANY, ANY)
def test_two_are_the_shortest_series(before: Told, after: Told) -> None:
    found = series([before, after], SECTIONS)
    assert found.whole == compare(before, after, SECTIONS)
    assert found.steps == (found.whole,)
    for mean, whole in zip((*found.sections, found.total), (*found.whole.sections, found.whole.total), strict=True):
        assert mean.common == (whole.before, whole.after)


@given(st.lists(FULL, min_size=2, max_size=6))
def test_over_the_same_items_the_steps_add_up_to_the_whole(told: list[Told]) -> None:
    found = series(told, SECTIONS)
    for item in found.items:
        assert sum(step.difference or 0 for step in item.steps) == item.whole.difference
    for mean in (*found.sections, found.total):
        assert sum((step.difference or Fraction(0)) for step in mean.steps) == mean.whole.difference
        first, last = mean.common[0], mean.common[-1]
        assert isinstance(first, Mean) and isinstance(last, Mean)
        assert last.value - first.value == mean.whole.difference


@given(st.lists(ANY, min_size=2, max_size=5))
def test_backwards_everything_is_the_other_way_round(told: list[Told]) -> None:
    forth, back = series(told, SECTIONS), series(told[::-1], SECTIONS)
    turned = {"risen": "fallen", "fallen": "risen", "same": "same", "": ""}
    for one, other in zip(forth.items, back.items, strict=True):
        assert other.answers == one.answers[::-1]
        assert other.course == turned[one.course]
        assert [step.difference for step in other.steps] == [
            None if step.difference is None else -step.difference for step in one.steps[::-1]
        ]
    for section, again in zip(forth.sections, back.sections, strict=True):
        assert again.full == section.full[::-1]
        whole = section.whole.difference
        assert again.whole.difference == (None if whole is None else -whole)


@given(st.lists(ANY, min_size=2, max_size=5))
def test_a_mean_side_by_side_is_of_items_that_every_measurement_scored(told: list[Told]) -> None:
    for mean in series(told, SECTIONS).sections:
        own = SECTIONS[mean.section or ""]
        whole = [item for item in own if all(isinstance(each.get(item, UNANSWERED).value, int) for each in told)]
        for one, each in zip(mean.common, told, strict=True):
            if not whole:
                assert isinstance(one, Unknown)
            else:
                assert isinstance(one, Mean) and one.n == len(whole)
                assert one.value == Fraction(sum(int(each[item].value or 0) for item in whole), len(whole))
