"""The work of a step of the form conclusions."""

from __future__ import annotations

from kwartier.tui.panes.base import Pane


class ConclusionsPane(Pane):
    """To be made."""
