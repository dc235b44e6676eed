"""Letters in place of names, in an order that does not tell which organisation has which."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from hashlib import sha256


def letters(given: Iterable[tuple[str, Fraction | None, str]]) -> dict[str, str]:
    """A letter for each (key, total, secret), from the highest total to the lowest.

    The order of names, folders or dates would tell who is who to somebody who knows those. That of the totals, which
    are shown anyway, tells nothing more. Equal ones stand by the digest of the secret, which nobody outside the data
    folder knows; as another record has another secret, letters of two comparisons cannot be laid side by side either.
    """
    ordered = sorted(
        given, key=lambda one: (one[1] is None, -(one[1] or 0), sha256(one[2].encode("utf-8", "replace")).digest())
    )
    return {key: letter(number) for number, (key, _, _) in enumerate(ordered)}


def letter(number: int) -> str:
    """The letter or letters of a place, from 0: A to Z, then AA, AB and on."""
    text = ""
    left = number + 1
    while left:
        left, digit = divmod(left - 1, 26)
        text = chr(ord("A") + digit) + text
    return text
