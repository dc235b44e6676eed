"""A field for the path of a file: it completes folders and files, and takes a path as a terminal pastes it."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import unquote, urlsplit

from textual.suggester import Suggester

from kwartier.errors import Misused
from kwartier.text import clean
from kwartier.tui.widgets.typing_fields import PlainInput

_MOST = 5_000
"""So many entries of a folder are looked at."""
_QUOTES = "'\""


class PathInput(PlainInput):
    """→ takes over what is proposed. Nothing is opened."""

    def __init__(self, value: str = "", *, endings: Collection[str] = (), id: str | None = None) -> None:
        super().__init__(value, id=id, compact=True, suggester=Paths(endings), placeholder="")


class Paths(Suggester):
    """The first folder or fitting file whose name begins with what is typed."""

    def __init__(self, endings: Collection[str] = ()) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._endings = tuple(f".{one}" for one in endings)

    async def get_suggestion(self, value: str) -> str | None:
        return await asyncio.to_thread(completed, value, self._endings)


def completed(typed: str, endings: tuple[str, ...] = ()) -> str | None:
    """What is typed, completed; None where nothing begins so, or where that cannot be known."""
    before, sign, begun = typed.rpartition("/") if "/" in typed else typed.rpartition(os.sep)
    if not typed or typed.strip() != typed:
        return None
    try:
        folder = Path((before + sign).lstrip(_QUOTES)).expanduser() if sign else Path()
        with os.scandir(folder) as entries:
            found = sorted(
                (one.name for _, one in zip(range(_MOST), entries, strict=False) if _fits(one, begun, endings)),
                key=lambda name: (name.casefold(), name),
            )
            name = found[0] if found else ""
        if not name or clean(name) != name or "\n" in name:  # a name that cannot be shown is not proposed
            return None
        return f"{before}{sign}{name}" + ("/" if (folder / name).is_dir() else "")
    except (OSError, RuntimeError, ValueError):
        return None


def _fits(entry: os.DirEntry[str], begun: str, endings: tuple[str, ...]) -> bool:
    if not entry.name.startswith(begun) or (entry.name.startswith(".") and not begun):
        return False
    return not endings or entry.name.lower().endswith(endings) or entry.is_dir()


def path_from(text: str) -> Path:
    """The path that was typed or pasted: with ~, between quotes, as file://, or with spaces behind a backslash.

    Raises `Misused` where nothing was typed, or there is no such home folder.
    """
    typed = text.strip().strip(_QUOTES)
    if not typed:
        raise Misused("path-missing", "Geef een bestand op.")
    if typed.startswith("file://"):
        typed = unquote(urlsplit(typed).path)
        typed = typed.lstrip("/") if os.name == "nt" else typed  # file:///C:/map
    try:
        path = Path(typed).expanduser()
        if os.sep == "/" and "\\" in typed and not os.path.lexists(path):
            path = Path(re.sub(r"\\(.)", r"\1", typed)).expanduser()
    except (RuntimeError, ValueError) as error:
        raise Misused("invalid-path", "Dit pad is niet te vinden.", advice="Schrijf het pad voluit.") from error
    return path
