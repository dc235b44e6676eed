"""Completes the path of a table while it is typed: folders, and files that can hold one. Nothing is opened."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from textual.suggester import Suggester

from kwartier.text import clean

_ENDINGS = (".csv", ".xlsx", ".txt", ".tsv")
_MOST = 5_000
"""So many entries of a folder are looked at."""


class TablePaths(Suggester):
    """The first folder or table whose name begins with what is typed; → takes it over."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        return await asyncio.to_thread(completed, value)


def completed(typed: str) -> str | None:
    """What is typed, completed; None where nothing begins so, or where that cannot be known."""
    before, sign, begun = typed.rpartition("/") if "/" in typed else typed.rpartition(os.sep)
    if not typed or typed.strip() != typed:
        return None
    try:
        folder = Path(before + sign).expanduser() if sign else Path()
        with os.scandir(folder) as entries:
            found = sorted(
                (entry.name for _, entry in zip(range(_MOST), entries, strict=False) if _fits(entry, begun)),
                key=lambda name: (name.casefold(), name),
            )
            name = found[0] if found else ""
        if not name or clean(name) != name or "\n" in name:  # a name that cannot be shown is not proposed
            return None
        return f"{before}{sign}{name}" + ("/" if (folder / name).is_dir() else "")
    except (OSError, RuntimeError, ValueError):
        return None


def _fits(entry: os.DirEntry[str], begun: str) -> bool:
    if not entry.name.startswith(begun) or (entry.name.startswith(".") and not begun):
        return False
    return entry.name.lower().endswith(_ENDINGS) or entry.is_dir()
