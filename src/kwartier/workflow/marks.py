"""What a form was made from, in one line of it: so that giving it back late overwrites nobody's work.

A mark is a short digest of a row or field as it stood. Whoever changed a place in the form changes it in the file only
where the file still holds what the form was made from, or says the same by now.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kwartier.records.canonical import digest
from kwartier.records.keys import is_keyed, row_key
from kwartier.records.tree import Tree, Value

FIELD = "made_from"
"""The key in a form under which its marks stand."""

_LENGTH = 10


def marks(tree: Tree, arrays: Collection[str], fields: Collection[str]) -> str:
    """The marks of what a file holds in these arrays and fields: words of `name:mark`; empty for an empty file."""
    found = [f"{name}:{mark(tree[name])}" for name in fields if name in tree]
    for array in arrays:
        rows = tree.get(array, [])
        if is_keyed(array, rows):
            found += [f"{named(array, row_key(array, row) or ())}:{mark(row)}" for row in rows]
    return " ".join(found)


def read_marks(text: str) -> Mapping[str, str]:
    """The marks by name, as a form gives them back; what is no mark is left aside."""
    words = (word.rpartition(":") for word in text.split())
    return {name: found for name, sign, found in words if sign}


def mark(value: Value) -> str:
    """The mark of a row or a value. A file that goes with a row is no part of it: a form does not hold it."""
    if isinstance(value, dict) and isinstance(value.get("file"), dict):
        value = {key: one for key, one in value.items() if key != "file"}
    return digest({"marked": value}).removeprefix("sha256:")[:_LENGTH]


def named(array: str, key: tuple[str, ...]) -> str:
    """The name of a row among the marks."""
    return "/".join([array, *key])
