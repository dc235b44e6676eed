"""The work of a step of the form consensus."""

from __future__ import annotations

from kwartier.tui.panes.base import Pane


class ConsensusPane(Pane):
    """To be made."""
