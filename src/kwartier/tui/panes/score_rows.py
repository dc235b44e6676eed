"""What is scored, line by line: the items and their parts, their answers, and the words beside them. No widgets."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from kwartier.instrument.model import Content, Item, ItemPart, Option, Scale
from kwartier.instrument.selection import scale_of
from kwartier.records.files import AnswerRow
from kwartier.workflow import parts as optional

Key = tuple[str, str]
"""An item and a part of it; the part is empty for the item itself."""


class Line(Struct, frozen=True, kw_only=True):
    """Something that takes an answer; `heading` is the section that begins here."""

    item: Item
    part: ItemPart | None = None
    scale: Scale
    section: str
    word: str = optional.PARTS
    "What the parts of the item are called."

    @property
    def key(self) -> Key:
        """Where its answer stands on a sheet."""
        return self.item.id, self.part.id if self.part else ""

    @property
    def optional(self) -> bool:
        """Whether a sheet is full without it."""
        return self.part is not None and not self.part.scale

    @property
    def title(self) -> str:
        """As in a list."""
        return self.part.title if self.part else self.item.short or self.item.title

    @property
    def name(self) -> str:
        """As in a sentence: "item 3", "item 3, deel a"."""
        return f"item {self.item.id}, deel {self.part.id}" if self.part else f"item {self.item.id}"


def lines_of(content: Content) -> list[Line]:
    """All that can be answered, in order."""
    found = []
    for section in content.section:
        for item in section.item:
            word = optional.part_word(content, item.id)
            for part in (None, *item.parts):
                scale = scale_of(content, item, part)
                found.append(Line(item=item, part=part, scale=scale, section=section.id, word=word))
    return found


def key_of(scale: Scale, position: int) -> str:
    """The key that chooses the option at this position: its own one, its value where that is a digit, or its place."""
    option = scale.options[position]
    if option.key:
        return option.key
    taken = {one.key for one in scale.options if one.key}
    for key in (str(option.value), str(position + 1)):
        if len(key) == 1 and key not in taken:
            return key
    return ""


def option_at(scale: Scale, typed: str) -> Option | None:
    """The option that a key chooses; capitals count too."""
    for key in (typed, typed.lower()):
        for position, option in enumerate(scale.options):
            if key and key_of(scale, position) == key:
                return option
    return None


def missing_key(scale: Scale) -> str:
    """The key for the lack of an answer: n, or x where an option has that; empty where an answer is a must."""
    if not scale.missing:
        return ""
    return next((key for key in ("n", "x") if key not in answer_keys(scale)), "")


def answer_keys(scale: Scale) -> frozenset[str]:
    """The keys that choose an answer."""
    return frozenset(key for position in range(len(scale.options)) if (key := key_of(scale, position)))


def label(scale: Scale, position: int, *, whole: bool) -> str:
    """An option in a list: its key, with its title where there is room and the key is not the value itself."""
    option, key = scale.options[position], key_of(scale, position)
    if scale.kind == "ordinal" and key == str(option.value):
        return key
    words = option.title or str(option.value)
    return f"{key} {words}".strip() if whole or not key else key


def position_of(line: Line, row: AnswerRow | None) -> int:
    """Which option was chosen; -1 for none."""
    if row is None or row.value is None:
        return -1
    return next((n for n, one in enumerate(line.scale.options) if one.value == row.value), -1)


def is_answered(row: AnswerRow | None) -> bool:
    """Whether there is an answer, or a reason why there is none."""
    return row is not None and (row.value is not None or bool(row.missing))


def differing(before: Mapping[Key, AnswerRow], after: Mapping[Key, AnswerRow]) -> list[Key]:
    """Where another answer stands, or none any more; remarks left aside."""

    def said(row: AnswerRow | None) -> tuple[object, str]:
        return (row.value, row.missing) if row is not None else (None, "")

    return [key for key in {**before, **after} if said(before.get(key)) != said(after.get(key))]


def anchor(line: Line, position: int) -> str:
    """What an option stands for with this item: its anchor, else what it is called; empty where nothing is said."""
    option = line.scale.options[position]
    anchors = line.item.anchors if line.part is None else ()
    found = anchors[position] if position < len(anchors) else ""
    return found or option.title


def told(line: Line, row: AnswerRow | None) -> str:
    """What the answer says: the anchor of the score, or why there is none; empty without an answer."""
    if row is None:
        return ""
    if row.missing:
        return f"{line.scale.missing_title}: {row.missing}"
    position = position_of(line, row)
    if position >= 0:
        words = str(row.value) if line.scale.kind == "nominal" else ""
        return anchor(line, position) or words
    return f"'{row.value}' staat niet op de schaal; scoor opnieuw" if row.value is not None else ""


def parts_told(line: Line, answers: Mapping[Key, AnswerRow]) -> str:
    """How many parts there are to choose under an item, and how many were answered; empty for a part itself."""
    if line.part is not None or not optional.optional_parts(line.item):
        return ""
    return optional.told(line.item, line.word, [key for key, row in answers.items() if is_answered(row)])


UNANSWERED = "nog niet beantwoord"


def how_to(line: Line, *, closed: bool = False) -> str:
    """Which keys answer this; where nothing can be answered, that it was not."""
    if closed:
        return UNANSWERED
    scale = line.scale
    keys = [key_of(scale, position) for position in range(len(scale.options))]
    run = [chr(ord(keys[0]) + n) for n in range(len(keys))] if keys[0] else []
    words = (
        f"{keys[0]}-{keys[-1]}"
        if len(keys) > 2 and keys == run and scale.kind == "ordinal"
        else ", ".join(filter(None, map(_key_told, keys, scale.options)))
    )
    missing = missing_key(scale)
    words += f", {missing} = {scale.missing_title}" if missing else ""
    return f"kies {words}" + (", of laat open" if line.optional else "")


def _key_told(key: str, option: Option) -> str:
    words = option.title or str(option.value)
    return key if key == words or not key else f"{key} = {words}"
