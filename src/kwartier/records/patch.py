"""A change of a record as a value: what differs between two trees, put on a third, or undone. No merging, no files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kwartier.errors import Conflict
from kwartier.records.canonical import same
from kwartier.records.keys import is_keyed, key_fields, ordered, row_key, rows_by_key
from kwartier.records.tree import ABSENT, Path, Row, Tree, Value

__all__ = ["ABSENT", "Op", "Patch", "Path", "Row", "apply", "diff", "invert", "is_table", "place"]


@dataclass(frozen=True, slots=True)
class Op:
    """One place that changes from `old` to `new`; ABSENT stands for nothing there."""

    path: Path
    old: Value
    new: Value


Patch = tuple[Op, ...]

_DUTCH = {
    "answer": "antwoord",
    "explanation": "toelichting",
    "fact": "feit",
    "value": "waarde",
    "low": "ondergrens",
    "high": "bovengrens",
    "approximate": "ongeveer",
    "unknown": "niet bekend",
    "note": "opmerking",
    "missing": "niet te beoordelen",
    "reason": "reden",
    "text": "tekst",
    "title": "titel",
    "date": "datum",
    "person": "persoon",
    "part": "deel",
    "action": "actiepunt",
    "condition": "voorwaarde",
    "signature": "handtekening",
    "proposed": "voorstel",
    "rules": "regels van het voorstel",
    "improvement": "verbeterpunt",
    "recommendation": "aanbeveling",
}


def place(path: Path) -> str:
    """A place in words for the user: `antwoord item 3 deel b, opmerking`."""
    words: list[str] = []
    array = ""
    for step in path:
        if isinstance(step, Row):
            words[-1] += _row_words(array, step)
        else:
            array = step
            words.append(_DUTCH.get(step, step))
    return ", ".join(words)


def _row_words(array: str, row: Row) -> str:
    named = [(_DUTCH.get(field, field), key) for field, key in zip(key_fields(array), row.key, strict=True) if key]
    return "".join(f" {key}" if field == "id" else f" {field} {key}" for field, key in named)


def is_table(value: Value) -> bool:
    """Whether a value is a table."""
    return isinstance(value, dict)


def diff(old: Tree, new: Tree) -> Patch:
    """What changes `old` into `new`, field by field; the order of keys and of keyed rows is no difference.

    A row that came or went is one Op. A table or keyed array that came or went is an Op on the empty one and Ops on
    what is in it, so that others can fill it at the same time.
    """
    return tuple(_table((), ordered(old), ordered(new)))


def _table(path: Path, old: Tree, new: Tree) -> Iterator[Op]:
    for name in sorted(old.keys() | new.keys()):
        yield from _place((*path, name), name, old.get(name, ABSENT), new.get(name, ABSENT))


def _place(path: Path, name: str, old: Value, new: Value) -> Iterator[Op]:
    if same(old, new):
        return
    values = [value for value in (old, new) if value is not ABSENT]
    empty: Value
    inside: Iterable[Op]
    if all(map(is_table, values)):
        empty, inside = {}, _table(path, *({} if value is ABSENT else value for value in (old, new)))
    elif all(is_keyed(name, value) for value in values):
        empty, inside = [], _rows(path, name, *([] if value is ABSENT else value for value in (old, new)))
    else:
        yield Op(path, old, new)
        return
    if old is ABSENT:
        yield Op(path, ABSENT, empty)
    yield from inside
    if new is ABSENT:
        yield Op(path, empty, ABSENT)


def _rows(path: Path, name: str, old: list[Tree], new: list[Tree]) -> Iterator[Op]:
    before, after = rows_by_key(name, old), rows_by_key(name, new)
    for key in sorted(before.keys() | after.keys()):
        here = (*path, Row(key))
        if key in before and key in after:
            yield from _table(here, before[key], after[key])
        else:
            yield Op(here, before.get(key, ABSENT), after.get(key, ABSENT))


def invert(patch: Patch) -> Patch:
    """The patch that undoes this one."""
    return tuple(Op(op.path, op.new, op.old) for op in reversed(patch))


def apply(tree: Tree, patch: Patch) -> Tree:
    """The tree with the patch on it and its keyed rows in natural order.

    Each place must hold the Op's `old`, or its `new` already (then nothing happens there). A table, row or keyed array
    that came in meanwhile is filled field by field. Raises Conflict where somebody else changed that place, also where
    the row of a changed field is gone; then nothing is changed at all.
    """
    tree = ordered(tree)
    for op in patch:
        tree = _in_table(tree, op, 0)
    return ordered(tree)


def _in_table(table: Tree, op: Op, depth: int) -> Tree:
    """`table` with `op` on it, whose path goes on at `depth` with a name in this table."""
    name = op.path[depth]
    if isinstance(name, Row):
        raise TypeError(f"a row where a name should be: {op.path}")
    present = table.get(name, ABSENT)
    after: Value
    if depth + 1 == len(op.path):
        after = _changed(present, op, name)
    elif isinstance(op.path[depth + 1], Row):
        after = _in_array(present, op, depth + 1, name)
    elif is_table(present):
        after = _in_table(present, op, depth + 1)
    elif present is ABSENT:  # its table is gone: nothing to take away, and only what is new can come
        after = _in_table({}, op, depth + 1) or ABSENT
    else:
        raise _conflict(op.path, op.new, present)
    return _with(table, name, after)


def _in_array(present: Value, op: Op, depth: int, array: str) -> Value:
    """The array `present` with `op` on it, whose path goes on at `depth` with a row of this array."""
    rows = [] if present is ABSENT else present
    row = op.path[depth]
    if not isinstance(row, Row) or not is_keyed(array, rows):
        raise _conflict(op.path, op.new, present)
    found = next((one for one in rows if row_key(array, one) == row.key), ABSENT)
    after: Value
    if depth + 1 == len(op.path):
        after = _changed(found, op, array)
    elif found is not ABSENT:
        after = _in_table(found, op, depth + 1)
    elif op.new is ABSENT:
        after = ABSENT
    else:  # a field alone does not bring a row back
        raise _conflict(op.path, op.new, ABSENT)
    others = [one for one in rows if one is not found]
    if after is ABSENT:
        return others if present is not ABSENT else ABSENT
    return [*others, after]


def _changed(present: Value, op: Op, name: str) -> Value:
    if same(present, op.new):
        return present
    if same(present, op.old):
        return op.new
    if op.old is ABSENT:
        return _joined(present, op.new, op.path, name)
    if op.new is ABSENT and _is_filled(present, op.old, name):
        return present
    raise _conflict(op.path, op.new, present)


def _is_filled(present: Value, old: Value, name: str) -> bool:
    """Whether an empty table or array was to go, that others have something in by now."""
    return (old == {} and is_table(present)) or (old == [] and is_keyed(name, present))


def _joined(present: Value, new: Value, path: Path, name: str) -> Value:
    """What came in twice, field by field; raises Conflict at the first field that differs."""
    if same(present, new):
        return present
    if is_table(present) and is_table(new):
        joined = dict(present)
        for field, value in new.items():
            here = joined.get(field, ABSENT)
            joined[field] = value if here is ABSENT else _joined(here, value, (*path, field), field)
        return joined
    if is_keyed(name, present) and is_keyed(name, new):
        rows = rows_by_key(name, present)
        for key, row in rows_by_key(name, new).items():
            rows[key] = _joined(rows[key], row, (*path, Row(key)), name) if key in rows else row
        return list(rows.values())
    raise _conflict(path, new, present)


def _conflict(path: Path, mine: Value, theirs: Value) -> Conflict:
    where = place(path)
    return Conflict(
        f"Iemand anders heeft dit intussen ook veranderd: {where}.",
        place=where,
        mine=None if mine is ABSENT else mine,
        theirs=None if theirs is ABSENT else theirs,
        advice="Leg beide waarden naast elkaar en kies welke blijft staan.",
    )


def _with(table: Tree, name: str, value: Value) -> Tree:
    if value is ABSENT:
        return {key: one for key, one in table.items() if key != name}
    return {**table, name: value}
