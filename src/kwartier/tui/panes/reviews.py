"""The work of a step of the form reviews."""

from __future__ import annotations

from kwartier.tui.panes.base import Pane


class ReviewsPane(Pane):
    """To be made."""
