"""The work of a step of the form interview."""

from __future__ import annotations

from kwartier.tui.panes.base import Pane


class InterviewPane(Pane):
    """To be made."""
