"""The one byte form of a tree, its digest, and equality that sees types. No patches, no files."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection
from datetime import date, datetime, time

from kwartier.records.tree import Tree, Value


def canonical(tree: Tree, without: Collection[str] = ()) -> bytes:
    """The tree as JSON: keys sorted, no spaces, UTF-8; the same for equal trees in whatever order they were made.

    What JSON cannot tell apart is wrapped: {"$datetime": "…"}, "$date", "$time" (ISO form) and "$float" for nan and
    inf; a key of the tree that starts with "$" gets a second one, so that nothing can pose as something else.
    `without` leaves out those keys of the top level. Raises TypeError for what TOML cannot hold.
    """
    plain = _plain({key: value for key, value in tree.items() if key not in without})
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


def digest(tree: Tree, without: Collection[str] = ()) -> str:
    """`sha256:` and the hex sha256 of the canonical form."""
    return "sha256:" + hashlib.sha256(canonical(tree, without)).hexdigest()


def same(left: Value, right: Value) -> bool:
    """Whether two values are equal and of one type: 1, True, 1.0 and "1" all differ; the order of rows counts."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, datetime | time):  # 16:20+01:00 and 15:20Z are one moment, but not one text
        return bool(left.isoformat() == right.isoformat())
    if isinstance(left, float):  # nan is itself, and -0.0 is not 0.0
        return repr(left) == repr(right)
    return bool(left == right)


def _plain(value: Value) -> Value:
    if isinstance(value, dict):
        return {("$" + key if key.startswith("$") else key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):  # before date, of which it is a kind
        return {"$datetime": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, time):
        return {"$time": value.isoformat()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": repr(value)}
    if isinstance(value, str | int | float):
        return value
    raise TypeError(f"no TOML value: {type(value).__name__}")
