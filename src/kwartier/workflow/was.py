"""What was answered in the record before this one, in words, where the answer is another one now.

Also which items are asked otherwise now, as at another level.
"""

from __future__ import annotations

from typing import Literal, Protocol

from msgspec import Struct

from kwartier.instrument.model import Content, Fact, Item, Scale, Value
from kwartier.records.files import GivenFact
from kwartier.workflow.fact_words import fact_words


class Given(Protocol):
    """An answer: a value, or the reason why there is none."""

    @property
    def value(self) -> Value | None:
        """What was chosen."""

    @property
    def missing(self) -> str | None:
        """Why nothing was."""


def answer_was(scale: Scale, before: Given | None, now: Given | None) -> str:
    """What was answered before, as "was: wel"; empty where it still is so, or nothing was."""
    if before is None or _said(before) == (None, ""):
        return ""
    if now is not None and _said(before) == _said(now):
        return ""
    if before.missing:
        return f"was: {scale.missing_title}, {before.missing}"
    option = next((one for one in scale.options if one.value == before.value), None)
    return f"was: {(option.title or option.value) if option else before.value}"


def fact_was(fact: Fact, before: GivenFact | None, now: GivenFact | None) -> str:
    """The same of a fact; its note is left aside."""
    if before is None or not before.given:
        return ""
    if now is not None and _told(before) == _told(now):
        return ""
    return f"was: {fact_words(fact, before)}"


def _said(one: Given) -> tuple[Value | None, str]:
    return one.value, one.missing or ""


def _told(one: GivenFact) -> tuple[object, ...]:
    value = tuple(one.value) if isinstance(one.value, list) else one.value
    return value, one.low, one.high, one.approximate, one.unknown


class ItemChange(Struct, frozen=True, kw_only=True):
    """An item that is asked in one or both of two records, or at two levels, with what it says in each."""

    item: str
    title: str
    kind: Literal["same", "changed", "new", "gone"]
    before: str = ""
    after: str = ""


def item_changes(before: Content, after: Content) -> list[ItemChange]:
    """What becomes of every item, in the order of the later content; what is gone stands at the end.

    An item is the same where all that is read in order to answer it is: its text, its anchors, and its parts.
    """
    old = {item.id: item for item in before.items()}
    new = {item.id: item for item in after.items()}
    found = []
    for item in new.values():
        earlier = old.get(item.id)
        kind: Literal["same", "changed", "new"]
        kind = "new" if earlier is None else "same" if _asked(earlier) == _asked(item) else "changed"
        told = earlier.statement if earlier else ""
        found.append(ItemChange(item=item.id, title=item.title, kind=kind, before=told, after=item.statement))
    for item in old.values():
        if item.id not in new:
            found.append(ItemChange(item=item.id, title=item.title, kind="gone", before=item.statement))
    return found


def _asked(item: Item) -> tuple[object, ...]:
    return item.statement, item.anchors, [(part.id, part.title) for part in item.parts]
