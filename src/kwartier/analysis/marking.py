"""What of a text is new against another one, word by word. It knows nothing of instruments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from msgspec import Struct

_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|\s+|[^\w\s]")
_WORD = re.compile(r"\w")
_SHORT = 3
"""A word of so few letters that stays alone between new ones is no anchor: de, en, van."""


class Run(Struct, frozen=True):
    """A stretch of a text, and whether it is new against the step below (or gone, in what stood below)."""

    text: str
    new: bool


def marked(below: str, text: str) -> tuple[Run, ...]:
    """The text in stretches of what is new against `below` and what is not.

    Capitals and punctuation make no word new.
    """
    tokens = _TOKEN.findall(text)
    places = [n for n, token in enumerate(tokens) if _WORD.match(token)]
    words, old = ([token.casefold() for token in _TOKEN.findall(one) if _WORD.match(token)] for one in (text, below))
    kept = _kept(old, words)
    if not any(kept):
        return (Run(text, True),) if text else ()
    new = [False] * len(tokens)
    for n, keeps in zip(places, kept, strict=True):
        new[n] = not keeps
    for first, second in pairwise(n for n in places if new[n]):
        if all(not _WORD.match(token) for token in tokens[first + 1 : second]):
            new[first : second + 1] = [True] * (second - first + 1)
    runs: list[Run] = []
    for token, is_new in zip(tokens, new, strict=True):
        if runs and runs[-1].new == is_new:
            runs[-1] = Run(runs[-1].text + token, is_new)
        else:
            runs.append(Run(token, is_new))
    return tuple(runs)


def _kept(old: Sequence[str], words: Sequence[str]) -> list[bool]:
    """Per word whether it stood below; short words that stay alone between new ones are taken with these."""
    kept = [False] * len(words)
    blocks = [one for one in SequenceMatcher(None, old, words, autojunk=False).get_matching_blocks() if one.size]
    for block in blocks:
        inside = block.b > 0 and block.b + block.size < len(words)
        alone = block.size == 1 and len(words[block.b]) <= _SHORT
        if not (inside and alone):
            kept[block.b : block.b + block.size] = [True] * block.size
    return kept
