"""A temporary folder in which all that an operation makes is built first, to be moved into place by a journal."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kwartier.store import disk, journal, making


class Stage:
    """The folder, and what was built in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, place: str, files: Mapping[str, bytes]) -> Path:
        """A new folder at a place within the stage, with these files, down to the disk; gives its path."""
        target = self.folder / place
        making.fill_folder(target, files, named=target)
        return target


@contextmanager
def staged(data_folder: Path, name: str) -> Iterator[Stage]:
    """A stage among the organisations; removed afterwards, unless a decided operation still has to take from it.

    The caller holds the lock for making organisations, under which what a crash leaves of it is swept.
    """
    folder = data_folder / "organisations" / disk.temporary_name(name)
    try:
        yield Stage(folder)
    finally:
        if not any(source.is_relative_to(folder) for source in journal.pending_sources(data_folder)):
            shutil.rmtree(folder, ignore_errors=True)
