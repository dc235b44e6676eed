"""Keys of rows and their natural order."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.records.keys import is_keyed, natural, ordered, row_key


@pytest.mark.parametrize(
    "texts",
    [
        ["", "1", "2", "10", "100"],
        ["1.4", "1.10", "2.1"],
        ["3", "3a", "3b", "10a"],
        ["a", "a1", "a2", "a10", "b1"],
        ["1" * 5000, "2" * 5000, "1" * 5001],
    ],
)
def test_figures_count_as_numbers(texts: list[str]) -> None:
    turned = texts[::-1]
    assert sorted(turned, key=natural) == texts


@given(st.lists(st.text("0019ab.²٣", max_size=6), unique=True))
def test_the_order_is_total(texts: list[str]) -> None:
    inorder = sorted(texts, key=natural)
    assert all(natural(one) < natural(other) for one, other in pairwise(inorder))
    turned = texts[::-1]
    assert sorted(turned, key=natural) == inorder


@pytest.mark.parametrize(
    ("array", "row", "key"),
    [
        ("answer", {"item": "3"}, ("3", "")),
        ("answer", {"item": "3", "part": "b"}, ("3", "b")),
        ("answer", {"id": "x"}, None),
        ("answer", {"item": 3}, None),
        ("answer", {"item": "3", "part": 1}, None),
        ("explanation", {"item": "3", "part": "b"}, ("3",)),
        ("action", {"id": "x1"}, ("x1",)),
        ("action", {"id": ""}, None),
        ("action", {"title": "x"}, None),
        ("action", "x", None),
    ],
)
def test_the_key_of_a_row(array: str, row: Any, key: tuple[str, ...] | None) -> None:
    assert row_key(array, row) == key


@pytest.mark.parametrize(
    ("value", "keyed"),
    [
        ([], True),
        ([{"id": "a"}, {"id": "b"}], True),
        ([{"id": "a"}, {"id": "a"}], False),
        ([{"id": "a"}, {"title": "b"}], False),
        (["a"], False),
        ({"id": "a"}, False),
    ],
)
def test_an_array_is_keyed_if_every_row_has_its_own_key(value: Any, keyed: bool) -> None:
    assert is_keyed("action", value) is keyed


def test_rows_are_ordered_at_any_depth_and_other_lists_are_not() -> None:
    tree = {
        "answer": [{"item": "10"}, {"item": "2", "part": "b"}, {"item": "2"}],
        "table": {"action": [{"id": "b", "review": [{"id": "10"}, {"id": "9"}]}, {"id": "a"}]},
        "names": ["b", "a"],
        "loose": [{"x": 2}, {"x": 1}],
    }
    assert ordered(tree) == {
        "answer": [{"item": "2"}, {"item": "2", "part": "b"}, {"item": "10"}],
        "table": {"action": [{"id": "a"}, {"id": "b", "review": [{"id": "9"}, {"id": "10"}]}]},
        "names": ["b", "a"],
        "loose": [{"x": 2}, {"x": 1}],
    }
