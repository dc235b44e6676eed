"""New ids for what is pointed at: sortable by the time they were made. No clock and no chance of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

_LETTERS = "bcdfghjklmnpqrstvwxz"
"""No figures, so that the natural order of ids is the order of their letters; no vowels, so that they make no words."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIME = 10
_TAIL = 6


def new_id(now: datetime, random: Random) -> str:
    """Sixteen letters: the moment in milliseconds, then 25 bits of chance, in base 20.

    Ids of a later millisecond sort after earlier ones, until the year 2294. Raises ValueError for a moment without a
    time zone, or before 1970.
    """
    if now.tzinfo is None:
        raise ValueError("a moment without a time zone")
    moment = (now - _EPOCH) // timedelta(milliseconds=1)
    if moment < 0:
        raise ValueError("a moment before 1970")
    return _base20(moment, _TIME) + _base20(random.randrange(20**_TAIL), _TAIL)


def _base20(number: int, length: int) -> str:
    return "".join(_LETTERS[number // 20**place % 20] for place in reversed(range(length)))
