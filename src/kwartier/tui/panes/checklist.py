"""The work of a step of the form checklist."""

from __future__ import annotations

from kwartier.tui.panes.base import Pane


class ChecklistPane(Pane):
    """To be made."""
