"""The work of a step of the form report."""

from __future__ import annotations

from kwartier.tui.panes.base import Pane


class ReportPane(Pane):
    """To be made."""
