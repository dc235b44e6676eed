"""From a parsed tree to a typed value, by msgspec; safe in more than one thread."""

from __future__ import annotations

from threading import Lock
from typing import Any, TypeVar

import msgspec

_T = TypeVar("_T")

_LEARNING = Lock()
_learned: set[object] = set()


def convert(tree: Any, of: type[_T]) -> _T:
    """The tree as a value of the type `of`; raises `msgspec.ValidationError` or `ValueError`.

    msgspec works out what a type looks like when it is first met, and crashes the process where two threads do that at
    once for the same class. So each type is met for the first time by one thread alone.
    """
    if of not in _learned:
        with _LEARNING:
            try:
                return msgspec.convert(tree, of)
            finally:
                _learned.add(of)
    return msgspec.convert(tree, of)
