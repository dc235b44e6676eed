"""What Textual draws with colour alone, drawn here with a sign too: a box that is not ticked is empty, and what is
pointed at in a list, or the button that enter presses, has a sign before it.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Button, OptionList, RadioButton
from textual.widgets._toast import Toast
from textual.widgets._toggle_button import ToggleButton

POINTED = "▸"
"""Before what is pointed at in the list that has the focus, and in the button that has it."""

ASIDE = "·"
"""The same in a list that does not have the focus."""

_list_line = OptionList.render_line
_button_line = Button.render_line


def put() -> None:
    """Has ticks, lists and buttons of Textual show without colours; doing it twice changes nothing more."""
    ToggleButton._button = property(_button)  # type: ignore[assignment, method-assign]
    OptionList.render_line = _pointed_line  # type: ignore[method-assign]
    Toast.render = _told_line  # type: ignore[method-assign]
    Button.render_line = _pressed_line  # type: ignore[assignment, method-assign]


def _button(self: ToggleButton) -> Content:
    style = self.get_visual_style("toggle--button")
    if isinstance(self, RadioButton):
        return Content.styled("(●)" if self.value else "( )", style)
    return Content.styled("[✓]" if self.value else "[ ]", style)


def _told_line(self: Toast) -> Content:
    """A message, with its title before it on the same line; a warning without a title has a sign."""
    told = self._notification
    title = f"{told.title}: " if told.title else "! " if told.severity != "information" else ""
    return Content.assemble((title, self.get_visual_style("toast--title")), told.message)


def sign_of(listed: OptionList, place: int) -> str:
    """The sign before a row of a list: one of its own where the list says so, else for what is pointed at."""
    own = getattr(listed, "sign_at", None)
    if own is not None:
        return str(own(place))
    if place != listed.highlighted:
        return ""
    # In a box to search in one types while the arrows go along the list.
    return POINTED if listed.has_focus or listed.screen.is_modal else ASIDE


def _pointed_line(self: OptionList, y: int) -> Strip:
    strip = _list_line(self, y)
    try:
        place, line = self._lines[self.scroll_offset.y + y]
    except IndexError:
        return strip
    return _signed(strip, 0, sign_of(self, place)) if line == 0 else strip


def _pressed_line(self: Button, y: int) -> Strip:
    strip = _button_line(self, y)
    if not self.has_focus:
        return strip
    words = strip.text
    return _signed(strip, len(words) - len(words.lstrip()) - 1, POINTED) if words.strip() else strip


def _signed(strip: Strip, at: int, sign: str) -> Strip:
    """The strip with a sign in one of its cells, where that is empty."""
    here = strip.crop(at, at + 1) if sign and at >= 0 else None
    if here is None or here.text != " ":
        return strip
    style = next((one.style for one in here), None)
    return Strip.join([strip.crop(0, at), Strip([Segment(sign, style)], 1), strip.crop(at + 1)])
