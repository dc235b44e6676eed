"""A form that is given back late overwrites nobody's work: what it was made from decides what it may change."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from tests.workflow.conftest import DAY, Making, People

from kwartier.instrument import model as m
from kwartier.records.tree import Tree
from kwartier.workflow.blank import blank
from kwartier.workflow.filling import Inputs, Rejected, fill

ITEMS = ("1", "2", "3")


def ids() -> Callable[[], str]:
    numbers = itertools.count()
    return lambda: f"n{next(numbers)}"


def made(making: Making, tree: Tree) -> Tree:
    """The form of the explanations, made while the file held `tree`."""
    step = making.step(making.mie, m.NotesStep)
    record = making.record(shared={step.id: tree})
    return tomli.loads(blank(step, making.mie, record, tree, own=False, today=DAY))


def give(making: Making, tree: Tree, form: Tree) -> Tree:
    step = making.step(making.mie, m.NotesStep)
    return fill(step, tree, form, Inputs(people=People(), new_id=ids()), own=False, place="form")


def texts(tree: Tree) -> dict[str, str]:
    return {row["item"]: row["text"] for row in tree.get("explanation", []) if row.get("text")}


def explained(**by_item: str) -> Tree:
    return {"schema": 1, "explanation": [{"item": item[1:], "text": text} for item, text in by_item.items()]}


def with_text(form: Tree, item: str, text: str) -> Tree:
    rows = [{**row, "text": text} if row["item"] == item else row for row in form["explanation"]]
    return {**form, "explanation": rows}


def test_what_the_form_left_as_it_was_stays_as_somebody_else_made_it(making: Making) -> None:
    form = with_text(made(making, explained(_1="oud", _2="oud")), "2", "van het formulier")
    now = explained(_1="van een ander", _2="oud")
    assert texts(give(making, now, form)) == {"1": "van een ander", "2": "van het formulier"}


def test_what_both_changed_is_refused_and_shows_what_stands_there(making: Making) -> None:
    form = with_text(made(making, explained(_1="oud")), "1", "van het formulier")
    with pytest.raises(Rejected, match="‘van een ander’"):
        give(making, explained(_1="van een ander"), form)


def test_what_somebody_else_wrote_where_nothing_stood_is_not_overwritten(making: Making) -> None:
    form = with_text(made(making, {}), "3", "van het formulier")
    with pytest.raises(Rejected, match="door iemand anders veranderd"):
        give(making, explained(_3="van een ander"), form)


def test_what_somebody_else_took_away_is_told(making: Making) -> None:
    form = with_text(made(making, explained(_1="oud")), "1", "van het formulier")
    with pytest.raises(Rejected, match="niets meer"):
        give(making, {"schema": 1}, form)


def test_giving_the_same_form_twice_is_giving_it_once(making: Making) -> None:
    form = with_text(made(making, explained(_1="oud")), "1", "nieuw")
    once = give(making, explained(_1="oud"), form)
    assert give(making, once, form) == once


def test_without_a_form_what_is_given_stands(making: Making) -> None:
    given = {"explanation": [{"item": "1", "text": "uit een programma"}]}
    assert texts(give(making, explained(_1="oud"), given)) == {"1": "uit een programma"}


@given(data=st.data())
def test_no_text_is_ever_lost_without_a_word(making: Making, data: st.DataObject) -> None:
    some = st.dictionaries(st.sampled_from(ITEMS), st.text("abc ", min_size=1, max_size=5).filter(str.strip))
    before, others, mine = data.draw(some), data.draw(some), data.draw(some)
    base = explained(**{f"_{item}": text for item, text in before.items()})
    now = explained(**{f"_{item}": text for item, text in {**before, **others}.items()})
    form = made(making, base)
    for item, text in mine.items():
        form = with_text(form, item, text)
    both = {item for item in mine if item in others and mine[item] != before.get(item) != others[item] != mine[item]}
    if both:
        with pytest.raises(Rejected):
            give(making, now, form)
        return
    after = texts(give(making, now, form))
    for item in {*before, *others, *mine}:
        changed_by_me = item in mine and mine[item] != before.get(item)
        assert after[item] == (mine[item] if changed_by_me else {**before, **others}[item])
