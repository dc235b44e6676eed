"""Which arrays of tables have a key, the key of a row, and the natural order of rows. No patches."""

from __future__ import annotations

import re
from functools import lru_cache

from kwartier.records.tree import Tree, Value

DECLARED: dict[str, tuple[str, ...]] = {
    "answer": ("item", "part"),
    "explanation": ("item",),
    "mistake": ("person", "item", "part"),
    "prompt": ("item", "id"),
}
"""The key of an array by its name; every other array goes by `id`, where its rows have one."""

OPTIONAL = frozenset({"part"})
"""Fields of a key that a row may lack."""

TOGETHER: dict[str, tuple[str, ...]] = {"fact": ("value", "low", "high", "approximate", "unknown")}
"""Fields of a row that say one thing together, by the name of its array: half of what each of two people gave is
nothing that somebody said."""

_FIGURES = re.compile(r"([0-9]+)")

Natural = tuple[tuple[str | tuple[int, str], ...], str]


@lru_cache(maxsize=8192)  # the same ids are sorted again at every change
def natural(text: str) -> Natural:
    """A sort key in which figures count as numbers: "2" before "10", "1.4" before "1.10", empty first."""
    pieces = _FIGURES.split(text)
    return tuple(_number(piece) if place % 2 else piece for place, piece in enumerate(pieces)), text


def _number(figures: str) -> tuple[int, str]:
    figures = figures.lstrip("0")  # compared by length and figures: int() refuses very long numbers
    return len(figures), figures


def key_fields(array: str) -> tuple[str, ...]:
    """The fields that make up the key of a row in the array of this name."""
    return DECLARED.get(array, ("id",))


def row_key(array: str, row: Value) -> tuple[str, ...] | None:
    """The key of a row, empty text for an absent part; None for what is no table, or lacks or misuses a field."""
    if not isinstance(row, dict):
        return None
    key = tuple(row.get(field, "") for field in key_fields(array))
    for field, value in zip(key_fields(array), key, strict=True):
        if not isinstance(value, str) or (not value and field not in OPTIONAL):
            return None
    return key


def is_keyed(array: str, value: Value) -> bool:
    """Whether a value is an array whose rows all have a key, each its own; an empty array is."""
    if not isinstance(value, list):
        return False
    keys = [row_key(array, row) for row in value]
    return None not in keys and len(set(keys)) == len(keys)


def rows_by_key(array: str, rows: list[Tree]) -> dict[tuple[str, ...], Tree]:
    """The rows of a keyed array by their key. Only for what `is_keyed`."""
    return {key: row for row in rows if (key := row_key(array, row)) is not None}


def in_order(array: str, rows: list[Tree]) -> list[Tree]:
    """The rows of a keyed array in the natural order of their key. Only for what `is_keyed`."""
    by_key = rows_by_key(array, rows)
    return [by_key[key] for key in sorted(by_key, key=lambda key: [natural(part) for part in key])]


def ordered(tree: Tree) -> Tree:
    """The same tree with the rows of every keyed array in natural order, at any depth."""
    return {name: _ordered(name, value) for name, value in tree.items()}


def _ordered(name: str, value: Value) -> Value:
    if isinstance(value, dict):
        return ordered(value)
    if is_keyed(name, value):
        return in_order(name, [ordered(row) for row in value])
    return value
