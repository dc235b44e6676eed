"""Starts the app and gives its exit status. Loads no record and no instrument: the first paint comes before those."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kwartier.workspace import Workspace


def run(folder: Path) -> int:
    """The whole app on a data folder."""
    from kwartier.tui.app import KwartierApp

    app = KwartierApp(folder, opens=opened)
    status = app.run()
    return status if status is not None else app.return_code or 0


def opened(folder: Path) -> Workspace:
    """The workspace of a folder; what a crash cut off is finished first."""
    from kwartier.workspace import Workspace

    with Workspace.open(folder) as workspace:
        return workspace
