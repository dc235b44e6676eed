"""Opening a file in the program that the system has for it, where there is one with a window of its own."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kwartier.tui.app import KwartierApp


def open_file(app: KwartierApp, path: Path) -> None:
    """Opens a file or a folder; where that cannot be, says where it is."""
    if not path.exists():
        app.tell(f"Dit staat er niet meer: {path}", warning=True)
    elif not has_windows(sys.platform, os.environ):
        app.tell(f"Hier is geen scherm om het op te openen. Het staat in {path.absolute()}", warning=True)
    else:
        try:
            app.open_url(path.absolute().as_uri())
        except (OSError, webbrowser.Error):
            app.tell(f"Openen lukt niet. Het staat in {path.absolute()}", warning=True)


def has_windows(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a program can open a window here. Without one it would take over the terminal that kwartier is on."""
    if platform in ("win32", "darwin", "cygwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
