"""A folder that is there whole or not at all: built beside its place, then renamed into it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kwartier.store import disk, refusals


@contextmanager
def built_folder(target: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    """A finished temporary folder beside `target` with these files, down to the disk.

    Within the block it is renamed into place, by the caller or by a journal; what is left of it after is removed.
    """
    building = target.with_name(disk.temporary_name(target.name))
    try:
        fill_folder(building, files, named=target)
        yield building
    finally:
        shutil.rmtree(building, ignore_errors=True)


def create_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder with these files in one stroke; Refused ("exists") where something stands in its place."""
    with built_folder(target, files) as building:
        place_folder(building, target)


def fill_folder(folder: Path, files: Mapping[str, bytes], *, named: Path) -> None:
    """Make a temporary folder with these files, down to the disk; what goes wrong is said of the place `named`."""
    try:
        disk.make_folder(folder)
        for name, data in files.items():
            disk.write_new(folder / name, data, None)
        disk.sync_folder(folder)
    except OSError as error:
        raise refusals.refusal(error, named) from error


def place_folder(source: Path, target: Path) -> None:
    """Rename a finished folder into its place, which must be free, and bring that down to the disk."""
    if target.exists() or disk.has_link(target):
        raise refusals.exists_refused(target)  # rename would silently replace an empty folder
    try:
        disk.make_folder(target.parent)
        disk.patiently(lambda: source.rename(target))
        disk.sync_folder(target.parent)
        if source.parent != target.parent:
            disk.sync_folder(source.parent)
    except OSError as error:
        raise refusals.refusal(error, target) from error
