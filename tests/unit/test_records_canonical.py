"""The one byte form of a tree, its digest, and equality that sees types."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.records.canonical import canonical, digest, same

SCALARS: st.SearchStrategy[Any] = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.datetimes(timezones=st.none() | st.just(UTC)),
    st.dates(),
    st.times(),
    st.sampled_from([0, 1, 1.0, True, False, "1", -0.0, 0.0, date(2026, 1, 1), "2026-01-01"]),
)
KEYS = st.sampled_from(["a", "b", "$a", "$$a", "$date", "$datetime", "$time", "$float", "é"])
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))


@given(VALUES, VALUES)
def test_canonical_forms_are_equal_for_the_same_values_only(left: object, right: object) -> None:
    assert (canonical({"x": left}) == canonical({"x": right})) == same(left, right)


@given(st.dictionaries(KEYS, VALUES))
def test_the_order_of_keys_does_not_matter(tree: dict[str, Any]) -> None:
    turned = dict(reversed(tree.items()))
    assert digest(tree) == digest(turned)
    assert same(tree, turned)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (1, True),
        (0, False),
        (1, "1"),
        (1, 1.0),
        (0.0, -0.0),
        (True, "true"),
        (date(2026, 11, 22), "2026-11-22"),
        (date(2026, 11, 22), {"$date": "2026-11-22"}),
        (datetime(2026, 11, 22), date(2026, 11, 22)),
        (time(16, 20), "16:20:00"),
        (float("inf"), {"$float": "inf"}),
        (
            datetime(2026, 11, 22, 16, tzinfo=timezone(timedelta(hours=1))),
            datetime(2026, 11, 22, 15, tzinfo=UTC),
        ),
        ([], {}),
        ([1, 2], [2, 1]),
    ],
)
def test_what_differs_differs(left: object, right: object) -> None:
    assert not same(left, right)
    assert digest({"x": left}) != digest({"x": right})


def test_the_form_is_the_one_agreed_on() -> None:
    tree = {"b": "é", "a": [1, True, 1.5], "c": date(2026, 11, 22), "d": {"$x": datetime(2026, 11, 22, 16, 20)}}
    expected = '{"a":[1,true,1.5],"b":"é","c":{"$date":"2026-11-22"},"d":{"$$x":{"$datetime":"2026-11-22T16:20:00"}}}'
    assert canonical(tree) == expected.encode()
    assert digest(tree) == "sha256:" + hashlib.sha256(expected.encode()).hexdigest()


def test_a_key_of_the_top_level_can_be_left_out() -> None:
    tree = {"digest": "sha256:0", "answer": [{"item": "1", "digest": "stays"}]}
    assert digest(tree, without=("digest",)) == digest({"answer": [{"item": "1", "digest": "stays"}]})
    assert digest(tree, without=("digest",)) != digest({"answer": [{"item": "1"}]})


@pytest.mark.parametrize("value", [None, b"x", {1, 2}])
def test_what_is_no_toml_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="TOML"):
        digest({"x": value})
