"""The work of a step of the form repeat."""

from __future__ import annotations

from kwartier.tui.panes.base import Pane


class RepeatPane(Pane):
    """To be made."""
