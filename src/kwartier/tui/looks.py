"""What Textual draws with colour alone, drawn here with a sign too: a box that is not ticked is empty."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style
from textual.widgets._toggle_button import ToggleButton


def put() -> None:
    """Has ticks and choices of Textual show without colours; doing it twice changes nothing more."""
    ToggleButton._button = property(_button)  # type: ignore[assignment, method-assign]


def _button(self: ToggleButton) -> Content:
    style = self.get_visual_style("toggle--button")
    side = Style(foreground=style.background, background=self.background_colors[1])
    plain = self.app.native_ansi_color or self.app.no_color
    left, right = ("[", "]") if plain else (self.BUTTON_LEFT, self.BUTTON_RIGHT)
    inner = (self.BUTTON_INNER if self.BUTTON_INNER != "X" else "✓") if self.value else " "
    return Content.assemble((left, style if plain else side), (inner, style), (right, style if plain else side))
