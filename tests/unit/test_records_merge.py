"""Three versions of a record brought together."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.errors import Conflict
from kwartier.records.canonical import digest, same
from kwartier.records.keys import ordered
from kwartier.records.merge import merge
from kwartier.records.patch import ABSENT, Op, Row, apply, diff
from kwartier.records.tree import Tree

SCALARS: st.SearchStrategy[Any] = st.sampled_from([1, True, "tekst", "ander", ["x"], []])
FIELDS = st.dictionaries(st.sampled_from(["value", "note", "unknown"]), SCALARS, max_size=3)


def trees(*items: str) -> st.SearchStrategy[Tree]:
    """Records with answers and nested rows for these items, and a table with a field for each."""
    answers = st.dictionaries(st.sampled_from(items), FIELDS).map(
        lambda rows: [{"item": item, **fields} for item, fields in rows.items()]
    )
    reviews = st.dictionaries(st.sampled_from(items), FIELDS).map(
        lambda rows: [{"id": item, "review": [{"id": "r", **fields}]} for item, fields in rows.items()]
    )
    table = st.dictionaries(st.sampled_from(items), SCALARS)
    return st.fixed_dictionaries({}, optional={"answer": answers, "action": reviews, "table": table})


def shift(base: Tree, wanted: Tree, items: set[str]) -> Tree:
    """`base` with what `wanted` says of these items."""
    patch = tuple(
        op
        for op in diff(base, wanted)
        if len(op.path) == 1 or (op.path[1].key[0] if isinstance(op.path[1], Row) else op.path[1]) in items
    )
    return apply(base, patch)


ALL = trees("1", "2", "9", "10")


@given(ALL, ALL, ALL)
def test_edits_of_different_items_come_out_alike_in_any_order(base: Tree, one: Tree, other: Tree) -> None:
    ours, theirs = shift(base, one, {"1", "10"}), shift(base, other, {"2", "9"})
    first, second = diff(base, ours), diff(base, theirs)
    expected = digest(apply(apply(base, first), second))
    assert digest(apply(apply(base, second), first)) == expected
    assert merge(base, ours, theirs).conflicts == ()
    assert digest(merge(base, ours, theirs).tree) == expected
    assert digest(merge(base, theirs, ours).tree) == expected


@given(ALL, ALL, ALL)
def test_who_is_ours_decides_nothing(base: Tree, ours: Tree, theirs: Tree) -> None:
    here, there = merge(base, ours, theirs), merge(base, theirs, ours)
    assert digest(here.tree) == digest(there.tree)
    turned = {repr(clash.path): (clash.theirs, clash.ours) for clash in there.conflicts}
    assert {repr(clash.path): (clash.ours, clash.theirs) for clash in here.conflicts} == turned


@given(ALL, ALL, ALL)
def test_merging_agrees_with_patches(base: Tree, ours: Tree, theirs: Tree) -> None:
    merged = merge(base, ours, theirs)
    if merged.conflicts:
        assert all(not same(clash.ours, clash.theirs) for clash in merged.conflicts)
    else:
        assert digest(apply(theirs, diff(base, ours))) == digest(merged.tree)
        assert digest(apply(ours, diff(base, theirs))) == digest(merged.tree)


@given(ALL, ALL, ALL)
def test_a_patch_that_is_refused_is_a_conflict_when_merged(base: Tree, ours: Tree, theirs: Tree) -> None:
    try:
        apply(theirs, diff(base, ours))
    except Conflict as conflict:
        assert merge(base, ours, theirs).conflicts, conflict.place


@given(ALL, ALL)
def test_one_changed_version_is_taken_as_it_is(base: Tree, changed: Tree) -> None:
    for merged in (merge(base, changed, base), merge(base, base, changed), merge(base, changed, changed)):
        assert merged.conflicts == ()
        assert digest(merged.tree) == digest(ordered(changed))


@given(ALL | st.none(), ALL, ALL)
def test_no_input_is_changed(base: Tree | None, ours: Tree, theirs: Tree) -> None:
    before = copy.deepcopy((base, ours, theirs))
    merge(base, ours, theirs)
    assert repr((base, ours, theirs)) == repr(before)


@given(ALL | st.none(), ALL, ALL, st.booleans())
def test_a_choice_for_each_clash_can_be_carried_out(base: Tree | None, ours: Tree, theirs: Tree, our: bool) -> None:
    merged = merge(base, ours, theirs)
    choices = tuple(Op(one.path, one.base, one.ours if our else one.theirs) for one in merged.conflicts)
    chosen = apply(merged.tree, choices)
    again = merge(chosen, ours, theirs)
    for clash in again.conflicts:
        assert same(clash.base, clash.ours if our else clash.theirs)


def row(**fields: Any) -> Tree:
    return {"answer": [{"item": "3", **fields}]}


def test_a_field_that_both_changed_stays_at_the_base_and_is_listed() -> None:
    merged = merge(row(value=3, note="n"), row(value=4, note="n"), row(value=5, note="m"))
    assert merged.tree == row(value=3, note="m")
    (clash,) = merged.conflicts
    assert clash.place == "antwoord item 3, waarde"
    assert (clash.path, clash.base, clash.ours, clash.theirs) == (("answer", Row(("3", "")), "value"), 3, 4, 5)


def test_the_same_change_by_both_is_no_conflict() -> None:
    merged = merge(row(value=3), row(value=4), row(value=4))
    assert (merged.tree, merged.conflicts) == (row(value=4), ())


def test_one_and_true_are_not_the_same_change() -> None:
    assert len(merge(row(value=3), row(value=1), row(value=True)).conflicts) == 1


def test_a_row_that_one_took_out_and_the_other_changed_is_one_clash() -> None:
    merged = merge(row(value=3), {"answer": []}, row(value=4))
    (clash,) = merged.conflicts
    assert merged.tree == row(value=3)
    assert clash.place == "antwoord item 3"
    assert (clash.ours, clash.theirs) == (ABSENT, {"item": "3", "value": 4})


def test_another_order_of_nested_rows_is_no_change() -> None:
    base: Tree = {"action": [{"id": "a", "review": [{"id": "1"}, {"id": "2"}]}]}
    turned: Tree = {"action": [{"id": "a", "review": [{"id": "2"}, {"id": "1"}]}]}
    assert merge(turned, base, {"action": []}).conflicts == ()
    assert merge(base, turned, {"action": []}).conflicts == ()


def test_a_row_that_both_added_is_joined_by_field() -> None:
    merged = merge({}, row(value=3, note="n"), row(value=4, missing="x"))
    assert merged.tree == row(note="n", missing="x")
    assert [(clash.place, clash.base) for clash in merged.conflicts] == [("antwoord item 3, waarde", ABSENT)]


@pytest.mark.parametrize(
    ("ours", "theirs", "tree", "places"),
    [
        (row(value=3), row(value=3), row(value=3), []),
        (row(value=3), row(note="n"), row(value=3, note="n"), []),
        (row(value=3), row(value=4), row(), ["antwoord item 3, waarde"]),
        ({"loose": [1]}, {"loose": [2]}, {}, ["loose"]),
        ({"answer": [{"item": "10"}]}, {"answer": [{"item": "2"}]}, {"answer": [{"item": "2"}, {"item": "10"}]}, []),
    ],
)
def test_without_a_base_what_differs_clashes(ours: Tree, theirs: Tree, tree: Tree, places: list[str]) -> None:
    merged = merge(None, ours, theirs)
    assert merged.tree == tree
    assert [clash.place for clash in merged.conflicts] == places
