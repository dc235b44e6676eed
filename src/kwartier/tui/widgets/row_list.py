"""A list of rows of any height, some of them headings; drawn again without losing its place. Knows no record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Spacing
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import Padding, RenderOptions
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kwartier.text import cells
from kwartier.tui.guarding import Guarded


class Shown(NamedTuple):
    """A row as it is shown; a heading cannot be pointed at. `sign` stands before it, and the text wraps beside that."""

    id: str
    text: Content
    heading: bool = False
    sign: str = ""


class _Signed(Padding):
    """A text with a sign at its left."""

    def __init__(self, row: Shown) -> None:
        super().__init__(row.text, Spacing(0, 0, 0, cells(row.sign)))
        self._sign = row.sign

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        first, *others = super().render_strips(width, height, style, options) or [Strip.blank(width)]
        sign = Strip([Segment(self._sign, style.rich_style)], cells(self._sign))
        return [Strip.join([sign, first.crop(cells(self._sign))]), *others]


class RowList(OptionList, Guarded):
    """Enter or a click opens a row; a click on its box, where it has one, ticks it."""

    DEFAULT_CSS = """
    RowList {
        height: 1fr; max-height: 100%; border: none; padding: 0; background: $background;
        &:focus { border: none; background-tint: $background 0%; }
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: $text-primary; text-style: bold; }
    }
    """

    BOX = 4
    """Cells at the left of a row that tick it."""

    class Ticked(Message):
        """Somebody clicked the box of the row that is pointed at."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.has_boxes = False
        self._told: list[Shown] = []

    @property
    def pointed(self) -> str:
        """The id of the row that is pointed at; empty where there is none."""
        found = self.highlighted_option
        return found.id or "" if found is not None else ""

    def draw(self, rows: Sequence[Shown]) -> None:
        """Shows these rows; what was pointed at stays so, or else what came in its place."""
        told = list(rows)
        if told == self._told:
            return
        if [one.id for one in told] == [one.id for one in self._told]:
            for one, was in zip(told, self._told, strict=True):
                if one != was:
                    self.replace_option_prompt(one.id, _Signed(one))
        else:
            place, id = self.highlighted or 0, self.pointed
            top = self.scroll_offset.y
            self.set_options(Option(_Signed(one), id=one.id, disabled=one.heading) for one in told)
            self.scroll_to(y=top, animate=False)
            self._told = told
            if not self.point_at(id):
                self._point_near(place)
        self._told = told

    def point_at(self, id: str) -> bool:
        """Points at a row; tells whether it is there."""
        place = next((place for place, one in enumerate(self._told) if one.id == id and not one.heading), None)
        if place is not None:
            self.highlighted = place
        return place is not None

    def _point_near(self, place: int) -> None:
        free = [at for at, one in enumerate(self._told) if not one.heading]
        self.highlighted = min(free, key=lambda at: (abs(at - place), at)) if free else None

    async def _on_click(self, event: events.Click) -> None:
        clicked = event.style.meta.get("option")
        if not self.has_boxes or clicked is None or event.x >= self.BOX:
            return
        event.prevent_default()
        if not self.options[clicked].disabled:
            self.highlighted = clicked
            self.post_message(self.Ticked())
