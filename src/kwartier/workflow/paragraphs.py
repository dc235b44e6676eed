"""Raw notes as one text to type in, and that text as rows again: paragraphs with ids. No widgets, no files.

Rows stand in the order of their id, so an id that is made here also says where its paragraph stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

from kwartier.records.files import RawNote
from kwartier.records.keys import natural
from kwartier.records.tree import Tree

BREAK = "\n\n"
"""An empty line parts two paragraphs."""

_LONGEST = 40
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TAIL = re.compile(r"(.*)-([a-z]*[b-z])", re.DOTALL)
_FLOOR = "0"
"""Stands before every id that begins with a letter."""

NewId = Callable[[], str]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; with empty lines between them they are that text again, to the last blank.

    More than one empty line, and blank lines at the begin or the end, stay with the paragraph beside them. A text of
    nothing but blanks has no paragraph.
    """
    found: list[str] = []
    before = ""
    for piece in text.split(BREAK):
        if piece.strip():
            found.append(before + piece)
            before = ""
        else:
            before += piece + BREAK
    if found and before:
        found[-1] += BREAK + before.removesuffix(BREAK)
    return found


def as_text(rows: Iterable[RawNote], item: str) -> str:
    """The paragraphs of an item as one text; the loose ones where `item` is empty."""
    return BREAK.join(row.text for row in rows if row.item == item)


def changed(rows: Sequence[RawNote], item: str, text: str, new_id: NewId) -> list[Tree]:
    """What has to be given for the paragraphs of an item to become `text`: rows that are new, changed, or to go.

    A paragraph that did not change keeps its id, and one that was changed in its place too.
    """
    old = [row for row in rows if row.item == item]
    new = paragraphs(text)
    ids = _ids([row.id for row in old], _kept([row.text for row in old], new), {row.id for row in rows}, new_id)
    before = {row.id: row.text for row in old}
    gone: list[Tree] = [{"id": id, "remove": True} for id in before if id not in ids]
    given: list[Tree] = [
        {"id": id, "text": one, **({"item": item} if item and id not in before else {})}
        for id, one in zip(ids, new, strict=True)
        if before.get(id) != one
    ]
    return gone + given


def paragraph_at(rows: Sequence[RawNote], item: str, offset: int) -> RawNote | None:
    """The paragraph in which a place in the text of an item lies, by characters from its begin; the next one for the
    empty line between two."""
    reached = 0
    for row in (row for row in rows if row.item == item):
        reached += len(row.text) + len(BREAK)
        if offset < reached:
            return row
    return next((row for row in reversed(rows) if row.item == item), None)


def _kept(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """For each new paragraph the place of the old one that it continues; these places only go up."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    kept: list[int | None] = [*range(start), *([None] * (len(new) - start - end)), *range(len(old) - end, len(old))]
    middle = old[start : len(old) - end], new[start : len(new) - end]
    for _, from_old, to_old, from_new, to_new in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
        for step in range(min(to_old - from_old, to_new - from_new)):
            kept[start + from_new + step] = start + from_old + step
    return kept


def _ids(old: Sequence[str], kept: Sequence[int | None], taken: set[str], new_id: NewId) -> list[str]:
    """An id per paragraph, each after the one before: the old ones where they continue, else one in between.

    Where no id fits in between any more, all paragraphs get new ones.
    """
    ids: list[str] = []
    for place, one in enumerate(kept):
        later = next((old[other] for other in kept[place:] if other is not None), "")
        id = old[one] if one is not None else _between(ids[-1] if ids else "", later, taken | set(ids), new_id)
        if not id:
            return sorted((new_id() for _ in kept), key=natural)
        ids.append(id)
    return ids


def _between(low: str, high: str, taken: set[str], new_id: NewId) -> str:
    """An id that is not taken after `low` and before `high`, where there are such; empty where none fits."""

    def fits(id: str) -> bool:
        after = not low or natural(low) < natural(id)
        before = not high or natural(id) < natural(high)
        return after and before and id not in taken and len(id) <= _LONGEST

    fresh = new_id()
    if fits(fresh):
        return fresh
    stem, _, tail = low.rpartition("-") if _TAIL.fullmatch(low) else (low or _FLOOR, "", "")
    roof = high.removeprefix(f"{stem}-") if high.startswith(f"{stem}-") else ""
    found = f"{stem}-{_middle(tail, roof)}"
    while not fits(found) and len(found) < _LONGEST:
        found += "n"
    return found if fits(found) else ""


def _middle(low: str, high: str) -> str:
    """Letters between two others, as fractions are; a little after `low`, as most is typed from top to bottom."""
    out = ""
    for place in range(_LONGEST):
        first = _LETTERS.find(low[place]) if place < len(low) else 0
        last = _LETTERS.find(high[place]) if place < len(high) else len(_LETTERS)
        if first == last:
            out += _LETTERS[first]
            continue
        if last - first > 1:
            return out + _LETTERS[first + 1 if low[place:] else first + (last - first) // 2]
        out += _LETTERS[first]
        high = ""
    return out
