"""The work of a step of the form actions."""

from __future__ import annotations

from kwartier.tui.panes.base import Pane


class ActionsPane(Pane):
    """To be made."""
