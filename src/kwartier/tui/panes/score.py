"""The work of a step of the form score."""

from __future__ import annotations

from kwartier.tui.panes.base import Pane


class ScorePane(Pane):
    """To be made."""
