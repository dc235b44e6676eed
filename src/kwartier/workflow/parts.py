"""The parts of items that may be answered and need not be: which there are, how many were, and what they are called.

Nothing is worked out from them: the answer to an item is given by whoever answers it.
"""

from __future__ import annotations

from collections.abc import Collection

from kwartier.instrument.model import Content, Item
from kwartier.records.record import Record
from kwartier.records.tree import Tree

PARTS = "onderdelen"
"""What parts are called where the content has no word for them."""

Key = tuple[str, str]


def optional_parts(item: Item) -> list[Key]:
    """(item, part) of what may be answered under an item, in order."""
    return [(item.id, part.id) for part in item.parts if not part.scale]


def optional_given(content: Content, sheet: Tree) -> list[Key]:
    """The parts that were answered on a sheet without having to be, in the order of the content."""
    given = {
        (row.get("item"), row.get("part", ""))
        for row in sheet.get("answer", [])
        if "value" in row or row.get("missing")
    }
    return [key for item in content.items() for key in optional_parts(item) if key in given]


def progress_words(record: Record, content: Content, step: str, code: str) -> str:
    """How many parts somebody answered without having to, as "12 onderdelen"; empty for none."""
    sheet = record.personal.get((step, code), {})
    number = len(optional_given(content, sheet))
    return counted(number, part_word(content)) if number else ""


def part_word(content: Content, item: str = "") -> str:
    """What parts of this item are called (plural); without an item, of all items that have parts to choose."""
    words = {
        section.part_word or PARTS
        for section in content.section
        if any((one.id == item or not item) and optional_parts(one) for one in section.item)
    }
    return words.pop() if len(words) == 1 else PARTS


def counted(number: int, word: str) -> str:
    """A number of parts: "7 gedragskenmerken". Of a word of the content only the plural is known."""
    if number != 1:
        return f"{number} {word}"
    return "1 onderdeel" if word == PARTS else f"{word}: 1"


def told(item: Item, word: str, answered: Collection[Key]) -> str:
    """How many parts (`word`) an item has to choose and how many were answered; empty where it has none."""
    keys = optional_parts(item)
    if not keys:
        return ""
    number = sum(key in answered for key in keys)
    given = "geen" if not number else "alle" if number == len(keys) > 1 else str(number)
    return f"{counted(len(keys), word)}, {given} beantwoord"


def has_optional(content: Content) -> bool:
    """Whether there is anything that may be answered and need not be."""
    return any(optional_parts(item) for item in content.items())
