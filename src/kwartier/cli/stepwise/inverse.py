"""What to give to a step to get back what stood there before: the inverse of an answer. Pure; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable

from kwartier.records.canonical import same
from kwartier.records.keys import is_keyed, key_fields, rows_by_key
from kwartier.records.tree import Tree, Value


def inverse(before: Tree, after: Tree, names: Iterable[str]) -> Tree:
    """What, given to a file that is as `after`, makes these arrays and fields as in `before`; empty where they are."""
    given: Tree = {}
    for name in names:
        old, new = before.get(name, ""), after.get(name, "")
        if same(old, new):
            continue
        if is_keyed(name, old or []) and is_keyed(name, new or []):
            given[name] = list(_rows(name, old or [], new or []))
        else:
            given[name] = old
    return given


def _rows(name: str, old: list[Tree], new: list[Tree]) -> Iterable[Tree]:
    was, now = rows_by_key(name, old), rows_by_key(name, new)
    for key in [*now, *(one for one in was if one not in now)]:
        bare = {field: value for field, value in zip(key_fields(name), key, strict=True) if value}
        if key not in was:
            yield {**bare, "remove": True}
        elif key not in now:
            yield was[key]
        elif not same(was[key], now[key]):
            changed = [field for field in {**was[key], **now[key]} if not _same(was[key], now[key], field)]
            yield {**bare, **{field: was[key].get(field, "") for field in changed}}


def _same(one: Tree, other: Tree, field: str) -> bool:
    return same(one.get(field, ""), other.get(field, ""))


def touched(tree: Tree, given: Tree) -> Value:
    """What stands at the places that `given` is about, to tell whether somebody changed them since."""
    found: Tree = {}
    for name, value in given.items():
        present = tree.get(name, "")
        if isinstance(value, list) and is_keyed(name, present or []):
            rows = rows_by_key(name, present or [])
            keys = rows_by_key(name, [row for row in value if isinstance(row, dict)])
            found[name] = [rows[key] for key in sorted(keys) if key in rows]
        else:
            found[name] = present
    return found
