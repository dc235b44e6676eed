"""A demo folder says itself which day it is there, so that its agenda and its seals make sense whenever it is opened.

Only reads and writes that mark; making a demo stands in `kwartier.demos`.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from kwartier.errors import KwartierError
from kwartier.records.files import view
from kwartier.store import files
from kwartier.store.locks import OWN
from kwartier.workspace.shelf import Clock


class Try(Struct, frozen=True, kw_only=True):
    """Something nice to try: a sentence (Dutch) and the words of a command, {map} for the data folder."""

    text: str
    command: tuple[str, ...]


class Mark(Struct, frozen=True, kw_only=True):
    """What makes a folder a demo: the day on which it plays, and what there is to try."""

    schema: int = 1
    day: date
    demo: tuple[str, ...] = ()
    attempt: tuple[Try, ...] = ()


def mark_file(folder: Path) -> Path:
    """Where the mark of a demo stands."""
    return folder / OWN / "demo.toml"


def mark_of(folder: Path) -> Mark | None:
    """The mark of a demo; None for any other folder, and for one whose mark cannot be read."""
    try:
        found = files.find(mark_file(folder))
        return view(found.tree, Mark, str(folder)) if found else None
    except KwartierError:
        return None


def clock_of(folder: Path) -> Clock:
    """The clock of a data folder: the real one, and in a demo the hour of now on the day of the demo."""
    mark = mark_of(folder)
    if mark is None:
        return _now
    day = mark.day
    return lambda: datetime.combine(day, datetime.now().time()).astimezone()


def _now() -> datetime:
    return datetime.now().astimezone()
