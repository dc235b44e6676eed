"""This run of a face, noted in the cache: so that the next run can tell what was open when one was cut off.

Only which record and step were open stands there, never who sat there or what was typed. Losing it is harmless.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kwartier.errors import KwartierError
from kwartier.workspace.places import cache_folder

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from kwartier.workspace.door import Workspace


class CutOff(NamedTuple):
    """What was open when a run ended without being closed, and when its record was last saved."""

    ref: str
    step: str
    title: str
    "Which record and step that is, for the user (Dutch)."
    saved: datetime | None


class Run:
    """One run on one data folder. A lock that the system frees with the process tells whether a run still goes on."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._folder = cache_folder() / "open"
        self._note = self._folder / f"{os.getpid()}-{os.urandom(4).hex()}.json"
        self._lock: BaseFileLock | None = None

    def begin(self) -> list[CutOff]:
        """Begins, and gives what earlier runs on this folder were cut off in, newest first."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            found = self._cut_off()
            self._lock = _lock(self._note)
            self._lock.acquire(timeout=0)
            return found
        return []

    def opened(self, ref: str, step: str) -> None:
        """Notes what is open now."""
        with suppress(OSError):
            told = {"folder": str(self._workspace.path), "ref": ref, "step": step}
            self._note.write_text(json.dumps(told), "utf-8")

    def closed(self) -> None:
        """Nothing is open any more."""
        with suppress(OSError):
            self._note.unlink(missing_ok=True)

    def end(self) -> None:
        """The run ends as it should."""
        self.closed()
        if self._lock is not None:
            with suppress(OSError):
                self._lock.release()
                Path(self._lock.lock_file).unlink(missing_ok=True)

    def _cut_off(self) -> list[CutOff]:
        found: list[tuple[float, CutOff]] = []
        for note in self._folder.glob("*.json"):
            if note == self._note:
                continue  # something may be open before this run has looked at earlier ones
            lock = _lock(note)
            try:
                lock.acquire(timeout=0)
            except (OSError, TimeoutError):
                continue  # this run still goes on
            told = _read(note)
            if told.get("folder") == str(self._workspace.path):
                with suppress(KwartierError, OSError, KeyError):
                    found.append((note.stat().st_mtime, self._told(told["ref"], told["step"])))
                note.unlink(missing_ok=True)
            lock.release()
            with suppress(OSError):
                Path(lock.lock_file).unlink(missing_ok=True)
        return [one for _, one in sorted(found, key=lambda pair: -pair[0])]

    def _told(self, ref: str, step: str) -> CutOff:
        seen = self._workspace.see(ref)
        day = seen.record.envelope.date
        title = (
            f"{seen.organisation}, {seen.header.short} van {day:%d-%m-%Y}, ‘{self._workspace.step(ref, step).title}’"
        )
        return CutOff(ref, step, title, self._workspace.last_saved(ref))


def _lock(note: Path) -> BaseFileLock:
    from filelock import FileLock

    return FileLock(note.with_suffix(".lock"))


def _read(note: Path) -> dict[str, Any]:
    try:
        told = json.loads(note.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
