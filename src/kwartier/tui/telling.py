"""Short messages that go away by themselves: one at a time, above the footer, gone once one goes on elsewhere."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.notifications import Notification

from kwartier.text import clean

if TYPE_CHECKING:
    from textual.screen import Screen

    from kwartier.errors import KwartierError

TOLD = 4.0
"""Seconds that a message stays."""

REFUSED = 8.0
"""Seconds that a refusal stays: it says what to do."""

SHORT = 90
"""Letters that are read in that time; more of them get more time."""

PER_SECOND = 20
LONGEST = 8.0
"""At most so many seconds more."""

TOGETHER = 0.4
"""Seconds in which messages come of one and the same deed: they are shown together, or one would hide the other."""

OF_THIS_MOMENT = 1.5
"""Seconds in which a message belongs to the screen or step that opens; an older one is about what was left."""


def seconds(text: str, least: float) -> float:
    """How long a message stays."""
    return least + min(max(len(text) - SHORT, 0) / PER_SECOND, LONGEST)


class Telling(App[int]):
    """An app that tells. Escape takes a message away, whatever else it does."""

    _told_at = -OF_THIS_MOMENT
    _told_text = ""

    def tell(self, text: str, *, title: str = "", warning: bool = False) -> None:
        """A short message (Dutch) that goes away by itself."""
        self._say(clean(text), clean(title), warning, TOLD)

    def refuse(self, error: KwartierError) -> None:
        """Shows a refusal: what happened, where, and what to do."""
        from kwartier.tui.advice import advice_for

        told = [clean(error.message)]
        if error.place and "/" in error.place:
            told.append(f"Waar: {clean(error.place)}")
        if advice := advice_for(error):
            told.append(clean(advice))
        self._say("\n".join(told), "Let op", True, REFUSED)

    def _say(self, text: str, title: str, warning: bool, least: float) -> None:
        now = monotonic()
        before = [one.message for one in self._notifications] if now - self._told_at < TOGETHER else []
        if before:
            text = before[-1] if text in before[-1].split("\n\n") else f"{before[-1]}\n\n{text}"
        self._notifications.clear()
        self._told_at = now
        self._notifications.add(
            Notification(
                text,
                title=title,
                severity="warning" if warning else "information",
                timeout=seconds(text, least),
                markup=False,
            )
        )
        self._refresh_notifications()

    def untell(self, *, older_than: float = 0.0) -> None:
        """Takes away what was told, because it is over or somebody wants to see what is under it."""
        if self._notifications and monotonic() - self._told_at >= older_than:
            self.clear_notifications()

    def went_elsewhere(self, _: Screen[object] | None = None) -> None:
        """Called when another screen or step opens."""
        self.untell(older_than=OF_THIS_MOMENT)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and event.key == "escape" and not event.is_forwarded:
            self.untell()
        await super().on_event(event)
