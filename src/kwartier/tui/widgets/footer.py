"""The line under a screen: the keys that work now. It draws them all itself, so that it is there from the first paint.

Which keys there are stands in the table of actions.
"""

from __future__ import annotations

from typing import NamedTuple

from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

from kwartier.text import cells
from kwartier.tui.safe import parts

ALWAYS = ("help", "back", "clear")
"""The actions whose keys are shown first where not all fit."""


class _Key(NamedTuple):
    """A key in the line, and between which cells it stands."""

    key: str
    shown: str
    title: str
    enabled: bool
    start: int
    end: int


class Footer(Widget):
    """Keys with what they do, as many as fit; a click does what the key does."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Footer { dock: bottom; height: 1; background: $footer-background; color: $footer-foreground; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[_Key] = []
        self._under: str = ""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen.app.app_focus and self._found() != self._keys:
            self.refresh()

    def _found(self) -> list[_Key]:
        """The keys that work now, one for each action, as far as there is room for them; none of them in part.

        The way to the help and the way back always stay: with those all other keys can be found.
        """
        asked: dict[str, tuple[Binding, bool]] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and binding.action not in asked:
                asked[binding.action] = binding, enabled
        left = self.size.width
        kept: set[str] = set()
        for action in sorted(asked, key=lambda one: ALWAYS.index(one) if one in ALWAYS else len(ALWAYS)):
            wide = self._width(asked[action][0])
            if wide <= left:
                kept.add(action)
                left -= wide
        found: list[_Key] = []
        at = 0
        for action, (binding, enabled) in asked.items():
            if action in kept:
                end = at + self._width(binding)
                found.append(
                    _Key(binding.key, self.app.get_key_display(binding), binding.description, enabled, at, end)
                )
                at = end
        return found

    def _width(self, binding: Binding) -> int:
        return cells(self.app.get_key_display(binding)) + cells(binding.description) + 3

    def render(self) -> RenderResult:
        self._keys = self._found()
        pieces: list[tuple[str, str]] = []
        for one in self._keys:
            ground = " on $block-hover-background" if one.key == self._under else ""
            dim = "" if one.enabled else " dim"
            pieces.append((f" {one.shown} ", f"bold $footer-key-foreground{ground}{dim}"))
            pieces.append((f"{one.title} ", f"$footer-description-foreground{ground}{dim}"))
        return parts(*pieces)

    # -- by mouse

    def _key_at(self, x: int) -> _Key | None:
        return next((one for one in self._keys if one.start <= x < one.end), None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._point_at(self._key_at(event.x))

    def on_leave(self) -> None:
        self._point_at(None)

    def _point_at(self, one: _Key | None) -> None:
        under = one.key if one is not None else ""
        if under != self._under:
            self._under = under
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        one = self._key_at(event.x)
        if one is None:
            return
        if one.enabled:
            self.app.simulate_key(one.key)
        else:
            self.app.bell()
