"""What Textual draws with colour alone, drawn here with a sign too: a box that is not ticked is empty."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import RadioButton
from textual.widgets._toggle_button import ToggleButton


def put() -> None:
    """Has ticks and choices of Textual show without colours; doing it twice changes nothing more."""
    ToggleButton._button = property(_button)  # type: ignore[assignment, method-assign]


def _button(self: ToggleButton) -> Content:
    style = self.get_visual_style("toggle--button")
    if isinstance(self, RadioButton):
        return Content.styled("(●)" if self.value else "( )", style)
    return Content.styled("[✓]" if self.value else "[ ]", style)
