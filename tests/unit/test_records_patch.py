"""Changes of a record as values: what differs, put on another tree, undone, and refused where somebody else was."""

from __future__ import annotations

import copy
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.errors import Conflict
from kwartier.records.canonical import digest
from kwartier.records.keys import is_keyed, ordered
from kwartier.records.patch import ABSENT, Op, Row, apply, diff, invert, place
from kwartier.records.tree import Tree

SCALARS: st.SearchStrategy[Any] = st.sampled_from([0, 1, True, 1.0, "1", "tekst", date(2026, 11, 22), [], ["x"], {}])
IDS = st.sampled_from(["1", "2", "10"])
REVIEWS = st.lists(
    st.fixed_dictionaries({"id": IDS}, optional={"text": SCALARS}), max_size=2, unique_by=lambda row: row["id"]
)
EXTRA = st.dictionaries(st.sampled_from(["value", "note", "unknown"]), SCALARS, max_size=3)
ANSWERS = st.lists(
    st.builds(lambda extra, key: {**extra, **key}, EXTRA, st.fixed_dictionaries({"item": IDS}, optional={"part": IDS})),
    max_size=4,
    unique_by=lambda row: (row["item"], row.get("part", "")),
)
ACTIONS = st.lists(
    st.fixed_dictionaries({"id": IDS}, optional={"title": SCALARS, "review": REVIEWS}),
    max_size=3,
    unique_by=lambda row: row["id"],
)
LOOSE = st.lists(st.dictionaries(st.sampled_from(["x", "id"]), SCALARS, max_size=2), max_size=2)
TREES: st.SearchStrategy[Tree] = st.fixed_dictionaries(
    {},
    optional={
        "answer": ANSWERS | LOOSE,
        "action": ACTIONS | LOOSE | SCALARS,
        "loose": LOOSE,
        "note": SCALARS,
        "about": st.fixed_dictionaries({}, optional={"note": SCALARS, "action": ACTIONS, "deep": EXTRA}) | SCALARS,
    },
)


@given(TREES, TREES)
def test_a_difference_makes_the_one_into_the_other(old: Tree, new: Tree) -> None:
    assert digest(apply(old, diff(old, new))) == digest(ordered(new))


@given(TREES, TREES)
def test_the_inverse_brings_back_what_was(old: Tree, new: Tree) -> None:
    patch = diff(old, new)
    assert digest(apply(apply(old, patch), invert(patch))) == digest(ordered(old))


@given(TREES, TREES)
def test_putting_it_on_twice_is_putting_it_on_once(old: Tree, new: Tree) -> None:
    once = apply(old, diff(old, new))
    assert digest(apply(once, diff(old, new))) == digest(once)


@given(TREES, TREES, TREES)
def test_no_input_is_changed(old: Tree, new: Tree, other: Tree) -> None:
    before = copy.deepcopy((old, new, other))
    patch = diff(old, new)
    kept = copy.deepcopy(patch)
    with suppress(Conflict):
        apply(apply(other, patch), invert(patch))
    assert repr((old, new, other)) == repr(before)
    assert repr(patch) == repr(kept)


def turned(name: str, value: Any) -> Any:
    """The value with its keyed rows and its keys the other way round."""
    if isinstance(value, dict):
        return {key: turned(key, value[key]) for key in reversed(value)}
    if is_keyed(name, value):
        return [turned("", row) for row in reversed(value)]
    return value


@given(TREES)
def test_the_order_of_keys_and_keyed_rows_is_no_difference(tree: Tree) -> None:
    assert diff(tree, turned("", tree)) == ()


@given(TREES, st.dictionaries(st.sampled_from(["future", "newer"]), SCALARS, min_size=1))
def test_what_is_unknown_survives(tree: Tree, unknown: Tree) -> None:
    answers = [{"item": "77", "value": 1, **unknown}]
    before = {**tree, "answer": answers, **unknown}
    after = apply(before, diff({"answer": [{"item": "77", "value": 1}]}, {"answer": [{"item": "77", "value": 5}]}))
    assert digest(after) == digest(ordered({**before, "answer": [{**answers[0], "value": 5}]}))


def answer(value: int | None, **more: Any) -> Tree:
    row = {"item": "3", **({} if value is None else {"value": value}), **more}
    return {"answer": [{"item": "1", "value": 2}, row]}


def test_a_change_is_a_patch_per_field() -> None:
    assert diff(answer(3, note="oud"), answer(4, note="oud", missing="x")) == (
        Op(("answer", Row(("3", "")), "missing"), ABSENT, "x"),
        Op(("answer", Row(("3", "")), "value"), 3, 4),
    )


def test_a_row_that_comes_or_goes_is_one_op() -> None:
    without: Tree = {"answer": [{"item": "1", "value": 2}]}
    assert diff(without, answer(3)) == (Op(("answer", Row(("3", ""))), ABSENT, {"item": "3", "value": 3}),)
    assert diff(answer(3), without) == (Op(("answer", Row(("3", ""))), {"item": "3", "value": 3}, ABSENT),)


def test_a_list_without_keys_is_one_value() -> None:
    path = ("loose",)
    assert diff({"loose": [{"x": 1}]}, {"loose": [{"x": 1}, {"x": 2}]}) == (Op(path, [{"x": 1}], [{"x": 1}, {"x": 2}]),)


def test_true_is_not_one() -> None:
    assert diff({"x": 1}, {"x": True}) == (Op(("x",), 1, True),)


def test_rows_stand_in_natural_order() -> None:
    tree: Tree = {}
    for item in ("10", "2", "1"):
        tree = apply(tree, diff({}, {"answer": [{"item": item}]}))
    assert tree == {"answer": [{"item": "1"}, {"item": "2"}, {"item": "10"}]}


def test_a_field_that_somebody_else_changed_is_refused_with_both_values() -> None:
    with pytest.raises(Conflict) as refused:
        apply(answer(5), diff(answer(3), answer(4)))
    assert refused.value.place == "antwoord item 3, waarde"
    assert (refused.value.mine, refused.value.theirs) == (4, 5)
    assert "antwoord item 3, waarde" in refused.value.message


def test_the_same_change_by_both_is_no_conflict() -> None:
    assert apply(answer(4), diff(answer(3), answer(4))) == answer(4)


def test_a_text_that_both_changed_is_a_conflict_of_the_whole_field() -> None:
    with pytest.raises(Conflict) as refused:
        apply(answer(3, note="een twee DRIE"), diff(answer(3, note="een twee drie"), answer(3, note="EEN twee drie")))
    assert (refused.value.mine, refused.value.theirs) == ("EEN twee drie", "een twee DRIE")


def test_other_fields_of_one_row_go_together() -> None:
    assert apply(answer(3, note="n"), diff(answer(3), answer(4))) == answer(4, note="n")


def test_rows_that_came_in_twice_are_joined_by_field() -> None:
    added = diff({}, {"answer": [{"item": "3", "value": 4, "at": {"a": 1}}]})
    present: Tree = {"answer": [{"item": "3", "note": "n", "at": {"b": 2}}]}
    joined = {"answer": [{"item": "3", "value": 4, "note": "n", "at": {"a": 1, "b": 2}}]}
    assert apply(present, added) == joined
    assert apply(joined, added) == joined
    with pytest.raises(Conflict) as refused:
        apply({"answer": [{"item": "3", "value": 5}]}, added)
    assert refused.value.place == "antwoord item 3, waarde"


@pytest.mark.parametrize(
    ("old", "new", "present"),
    [
        (answer(3), answer(4), {"answer": [{"item": "1", "value": 2}]}),  # the row is gone
        (answer(3), answer(3, note="n"), {"answer": [{"item": "1", "value": 2}]}),
        (answer(3), {"answer": [{"item": "1", "value": 2}]}, answer(4)),  # the row to go was changed
        (answer(3), {"answer": [{"item": "1", "value": 2}]}, answer(3, note="n")),
        (answer(3), answer(4), {"answer": "stuk"}),
        (answer(3), answer(4), {"answer": [{"item": "3", "value": 3}, {"item": "3", "value": 3}]}),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, {"a": 1}),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, {}),
        ({"a": {}}, {}, {"a": 1}),
        ({"x": []}, {}, {"x": ["y"]}),
        ({}, {"x": []}, {"x": ["y"]}),
    ],
)
def test_what_somebody_else_touched_is_refused(old: Tree, new: Tree, present: Tree) -> None:
    with pytest.raises(Conflict):
        apply(present, diff(old, new))


def test_taking_a_field_out_of_a_row_that_is_gone_changes_nothing() -> None:
    without: Tree = {"answer": [{"item": "1", "value": 2}]}
    assert apply(without, diff(answer(3, note="n"), answer(3))) == without
    assert apply({}, diff(answer(3, note="n"), answer(3))) == {}


def test_undo_leaves_what_others_did_elsewhere() -> None:
    one: Tree = {"answer": [{"item": "3", "value": 4}]}
    both: Tree = {"answer": [{"item": "3", "value": 4}, {"item": "5", "value": 1}]}
    mine, others = diff({}, one), diff(one, both)
    assert apply(both, invert(mine)) == {"answer": [{"item": "5", "value": 1}]}
    assert apply(apply(both, invert(mine)), invert(others)) == {"answer": []}
    assert apply(apply(both, invert(others)), invert(mine)) == {}


def test_undo_is_refused_where_somebody_else_changed_that_place_since() -> None:
    mine = diff(answer(3), answer(4))
    with pytest.raises(Conflict) as refused:
        apply(apply(answer(4), diff(answer(4), answer(5))), invert(mine))
    assert (refused.value.mine, refused.value.theirs) == (3, 5)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("answer", Row(("3", "b")), "note"), "antwoord item 3 deel b, opmerking"),
        (("explanation", Row(("3",)), "text"), "toelichting item 3, tekst"),
        (("action", Row(("x1",)), "review", Row(("r2",)), "state"), "actiepunt x1, review r2, state"),
        (("schema",), "schema"),
    ],
)
def test_a_place_in_words(path: tuple[str | Row, ...], words: str) -> None:
    assert place(path) == words
