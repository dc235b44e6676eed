"""A box to go to an item by its number or title, or to one whose text holds some words."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from textual.content import Content

from kwartier.text import clean
from kwartier.tui.safe import line, parts
from kwartier.tui.widgets.picking import PickBox


class Findable(Struct, frozen=True):
    """Something to go to: its id, its number, its title, and the texts in which is searched."""

    id: str
    number: str
    title: str
    texts: tuple[str, ...] = ()


class FindBox(PickBox[str]):
    """Typing narrows the list, arrows choose, enter goes there. Gives the id."""

    placeholder = "nummer of woord"

    def __init__(self, title: str, known: Sequence[Findable]) -> None:
        super().__init__(title)
        self._known = list(known)

    def rows(self, text: str) -> list[tuple[str, Content]]:
        return [(one.id, _row(one, text)) for one in matching(self._known, text)]


def matching(known: Sequence[Findable], typed: str) -> list[Findable]:
    """What fits what was typed: the number itself first, then numbers that begin so, then titles and texts."""
    words = clean(typed).casefold().split()
    if not words:
        return list(known)
    whole = " ".join(words)

    def rank(one: Findable) -> int:
        number = one.number.casefold()
        if number == whole:
            return 0
        if number.startswith(whole):
            return 1
        if _holds(one.title, words):
            return 2
        return 3 if any(_holds(text, words) for text in one.texts) else 4

    ranked = [(rank(one), place, one) for place, one in enumerate(known)]
    return [one for found, _, one in sorted(ranked, key=lambda row: row[:2]) if found < 4]


def _holds(text: str, words: list[str]) -> bool:
    lower = text.casefold()
    return all(word in lower for word in words)


def _row(one: Findable, typed: str) -> Content:
    words = clean(typed).casefold().split()
    text = next((text for text in one.texts if words and _holds(text, words)), "")
    begin = parts((f"{one.number:>3}  ", "bold"), line(one.title, 60))
    if not text or _holds(one.title, words) or one.number.casefold() == " ".join(words):
        return begin
    at = clean(text).casefold().find(words[0])
    start = max(at - 15, 0)
    return parts(
        begin, ("\n     " + line(("…" if start else "") + clean(text)[start : start + 200], 58).plain, "italic")
    )
