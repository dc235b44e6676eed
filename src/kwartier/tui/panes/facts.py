"""The work of a step of the form facts."""

from __future__ import annotations

from kwartier.tui.panes.base import Pane


class FactsPane(Pane):
    """To be made."""
