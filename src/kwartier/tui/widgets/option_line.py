"""The answers of a scale on one or more lines, each to be clicked; keys stand before them."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from kwartier.instrument.model import Scale, Value
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import shown

MISSING = ("n", "x")
"""Keys for the lack of an answer: the second where an answer has the first."""


class OptionLine(Static, Guarded):
    """Shows the answers of a scale, the chosen one between brackets."""

    DEFAULT_CSS = "OptionLine { height: auto; }"

    class Picked(Message):
        """An answer was clicked; None is that there is no answer to give."""

        def __init__(self, value: Value | None) -> None:
            super().__init__()
            self.value = value

    def draw(self, scale: Scale, chosen: Value | None, *, missing: bool, other: str = "") -> None:
        """Shows a scale; `other` is a remark before it."""
        pieces = [shown(f"{other}  ", "$text-muted")] if other else []
        for place, option in enumerate(scale.options):
            key = option.key or str(option.value)
            words = f"{key} {option.title or (option.value if str(option.value) != key else '')}".strip()
            here = not missing and option.value == chosen and chosen is not None
            pieces.append(_piece(f"[{words}]" if here else f" {words} ", place, here))
        if scale.missing:
            taken = {option.key or str(option.value) for option in scale.options}
            key = next((one for one in MISSING if one not in taken), "")
            words = f"{key} {scale.missing_title}".strip()
            pieces.append(_piece(f"[{words}]" if missing else f" {words} ", -1, missing))
        self._scale = scale
        self.update(Content(" ").join(pieces))

    def on_click(self, event: events.Click) -> None:
        place = event.style.meta.get("option")
        if isinstance(place, int):
            event.stop()
            self.post_message(self.Picked(self._scale.options[place].value if place >= 0 else None))


def _piece(words: str, place: int, chosen: bool) -> Content:
    text = shown(words.replace(" ", "\N{NO-BREAK SPACE}"), "bold reverse" if chosen else "")
    return text.stylize(Style.from_meta({"option": place}))
