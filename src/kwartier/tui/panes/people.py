"""The work of a step of the form people."""

from __future__ import annotations

from kwartier.tui.panes.base import Pane


class PeoplePane(Pane):
    """To be made."""
