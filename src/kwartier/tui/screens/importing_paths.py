"""Completes the path of a table while it is typed: folders, and files that can hold one. Nothing is opened."""

from __future__ import annotations

from kwartier.tui.widgets.path_input import Paths
from kwartier.tui.widgets.path_input import completed as any_completed

_KINDS = ("csv", "xlsx", "txt", "tsv")


class TablePaths(Paths):
    """The first folder or table whose name begins with what is typed; → takes it over."""

    def __init__(self) -> None:
        super().__init__(_KINDS)


def completed(typed: str) -> str | None:
    """What is typed, completed; None where nothing begins so, or where that cannot be known."""
    return any_completed(typed, tuple(f".{one}" for one in _KINDS))
