"""Starts the app and gives its exit status. Loads no record and no instrument: the first paint comes before those."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kwartier.errors import KwartierError

if TYPE_CHECKING:
    from kwartier.workspace import Workspace


class Opening(NamedTuple):
    """A measurement to open at once: its reference, perhaps a step and the code of who sits at the keyboard."""

    ref: str
    step: str = ""
    who: str = ""


def run(named: str = "", *, first: Opening | None = None) -> int:
    """The whole app on a data folder: the one that is named, else the usual one."""
    from kwartier.workspace.places import data_folder

    try:
        folder = Path(named).expanduser().absolute() if named else data_folder()
    except KwartierError as error:
        return _said(error)
    if named and not folder.exists() and not _may_make(folder):
        return 1
    from kwartier.tui.app import KwartierApp

    # Reading thousands of records in a thread may not hold up a key: by itself Python lets go of it every 5 ms only.
    sys.setswitchinterval(0.001)
    app = KwartierApp(folder, opens=opened, first=first)
    app.named = bool(named)
    status = app.run()
    return app.return_code or status or 0  # a crash while it ends still counts


def opened(folder: Path) -> Workspace:
    """The workspace of a folder; what a crash cut off is finished first."""
    from kwartier.workspace import Workspace

    with Workspace.open(folder) as workspace:
        return workspace


def _may_make(folder: Path) -> bool:
    """Asks before a folder is made: a mistyped name would open as an empty one."""
    from kwartier.text import clean

    print(f"De map {clean(str(folder))} bestaat nog niet. Nieuw maken? [j/N] ", end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("j", "ja")


def _said(error: KwartierError) -> int:
    from kwartier.text import clean

    for one in (error.message, error.place, error.advice):
        if one:
            print(clean(one), file=sys.stderr)
    return error.status
