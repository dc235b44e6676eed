"""One TOML file: read it, and replace it whole, only if it still is what was read; folders and locks stand elsewhere.

Who changes a file that others may change too holds the lock of its organisation (see locks).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kwartier.errors import Refused, Unreadable
from kwartier.records.canonical import same
from kwartier.records.tree import Tree
from kwartier.store import disk, refusals, toml

_ROUNDS = 20
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read: its tree, and the fingerprint that tells whether it is still the same file."""

    tree: Tree
    fingerprint: str


class Changed(Refused):
    """The file is no longer what was read: read it again and apply the change to what is there now."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "changed",
            "Dit bestand is intussen door een ander venster of programma veranderd.",
            place=str(path),
            advice="Open het opnieuw en doe de wijziging nog een keer. Er is niets overschreven.",
        )


def read(path: Path) -> Reading:
    """The tree in a file. Raises Unreadable where it is not TOML, Refused ("missing", "symlink", ...) otherwise."""
    found = find(path)
    if found is None:
        raise refusals.missing_refused(path)
    return found


def find(path: Path) -> Reading | None:
    """As `read`, and None where there is no file."""
    data = find_bytes(path)
    if data is None:
        return None
    if not data.strip(b" \t\r\n\x00"):
        # every file of kwartier has a first line: this one lost its text in a crash or a failed synchronisation
        message = "Dit bestand is leeg; de inhoud is verloren gegaan."
        advice = "Zet een reservekopie terug, of kijk in de geschiedenis van uw synchronisatieprogramma."
        raise Unreadable("empty-file", message, place=str(path), advice=advice)
    return Reading(toml.parse(data, str(path)), disk.fingerprint(data))


def find_bytes(path: Path, most: int = toml.MAX_BYTES) -> bytes | None:
    """The bytes of an ordinary file, one more than `most` where it is larger; None where there is none."""
    try:
        descriptor = disk.patiently(lambda: os.open(path, _READ))
    except FileNotFoundError:
        if disk.has_link(path):
            raise refusals.link_refused(path) from None
        return None
    except OSError as error:
        refused = refusals.link_refused(path) if disk.has_link(path) else refusals.read_refusal(error, path)
        raise refused from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise refusals.no_file_refused(path)
        with os.fdopen(descriptor, "rb", closefd=False) as opened:
            return opened.read(most + 1)
    except OSError as error:
        raise refusals.refusal(error, path) from error
    finally:
        os.close(descriptor)


def replace(path: Path, data: bytes, *, expected: str | None) -> str:
    """Put the bytes in the place of the file, whole or not at all, and give the new fingerprint.

    `expected` is the fingerprint that was read, or None where there was no file; Changed is raised where that no
    longer holds. Its folder must exist. A symbolic link is refused. Any failure leaves the file as it was.
    """
    temporary = path.with_name(disk.temporary_name(path.name))
    try:
        try:
            if disk.has_link(path):
                raise refusals.link_refused(path)
            disk.write_new(temporary, data, path if expected else None)
            _check_unchanged(path, expected)
            disk.patiently(lambda: temporary.replace(path))
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        disk.sync_folder(path.parent)
    except FileNotFoundError as error:
        if expected and not path.exists():
            raise Changed(path) from error
        raise refusals.refusal(error, path) from error
    except OSError as error:
        raise refusals.refusal(error, path) from error
    return disk.fingerprint(data)


def remove(path: Path, *, expected: str) -> None:
    """Take the file away if it still is what was read, else raise Changed."""
    _check_unchanged(path, expected)
    try:
        disk.patiently(path.unlink)
        disk.sync_folder(path.parent)
    except FileNotFoundError:
        return
    except OSError as error:
        raise refusals.refusal(error, path) from error


def update(path: Path, change: Callable[[Tree | None], Tree | None]) -> Reading | None:
    """Apply a change to the file as it is now and give what is there afterwards.

    `change` gets the tree, or None where there is no file, and gives the new one, or None for no file. It is called
    again where somebody else was first, so it must be pure. An unchanged tree writes nothing.
    """
    for _ in range(_ROUNDS):
        before = find(path)
        wanted = change(before.tree if before else None)
        try:
            return _settle(path, before, wanted)
        except Changed:
            continue
    raise Changed(path)


def _settle(path: Path, before: Reading | None, wanted: Tree | None) -> Reading | None:
    if wanted is None:
        if before:
            remove(path, expected=before.fingerprint)
        return None
    if before and same(before.tree, wanted):
        return before
    return Reading(wanted, replace(path, toml.encode(wanted), expected=before.fingerprint if before else None))


def _check_unchanged(path: Path, expected: str | None) -> None:
    if path.is_dir() and not disk.has_link(path):
        raise refusals.no_file_refused(path)
    if disk.fingerprint_of(path) != expected:
        raise Changed(path)
