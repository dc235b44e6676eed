"""One TOML file: read it, and replace it whole, only if it still is what was read; folders and locks stand elsewhere.

Who changes a file that others may change too holds the lock of its organisation (see locks).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kwartier.errors import Refused, Unreadable
from kwartier.records.canonical import same
from kwartier.records.tree import Tree
from kwartier.store import cipher, disk, keyring, reading, refusals, toml
from kwartier.store.keyring import Locked as Locked

_ROUNDS = 20
_MOST = toml.MAX_BYTES + toml.MAX_BYTES // 1024 + 4096
"""The largest file once it is encrypted, with room to spare; how large a text may be is for `toml` to say."""


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
    """The tree in a file, also an encrypted one of which the key is here.

    Raises Unreadable where it is not TOML, Locked where the key is not here, Refused ("missing", ...) otherwise.
    """
    found = find(path)
    if found is None:
        raise refusals.missing_refused(path)
    return found


def find(path: Path) -> Reading | None:
    """As `read`, and None where there is no file."""
    data = reading.find_bytes(path, _MOST)
    if data is None:
        return None
    if not data.strip(b" \t\r\n\x00"):
        # every file of kwartier has a first line: this one lost its text in a crash or a failed synchronisation
        message = "Dit bestand is leeg; de inhoud is verloren gegaan."
        advice = "Zet een reservekopie terug, of kijk in de geschiedenis van uw synchronisatieprogramma."
        raise Unreadable("empty-file", message, place=str(path), advice=advice)
    plain = keyring.unseal(path, data) if cipher.is_cipher(data) else data
    return Reading(toml.parse(plain, str(path)), disk.fingerprint(data))


def find_bytes(path: Path, most: int = toml.MAX_BYTES) -> bytes | None:
    """The bytes of an ordinary file, one more than `most` where it is larger; None where there is none."""
    return reading.find_bytes(path, most)


def encode(path: Path, tree: Tree) -> bytes:
    """The tree as the bytes of the file at `path`: TOML, encrypted where the student that it is of is encrypted.

    Everything that is written as TOML under a data folder goes through here. It needs no key, so it also serves while
    the student is locked.
    """
    return sealed_bytes(path, toml.encode(tree))


def sealed_bytes(path: Path, data: bytes) -> bytes:
    """The bytes to write to `path`: as they are, or encrypted where the student that it is of is encrypted."""
    if keyring.is_lock_file(path):
        return data
    home = keyring.home_of(path)
    return keyring.seal(home, data) if home else data


def opened_bytes(path: Path, data: bytes) -> bytes:
    """The bytes that were read from `path` as they were given once; Locked where they are encrypted without a key.

    A file that somebody encrypted before it was given comes back just so.
    """
    if not cipher.is_cipher(data) or not keyring.home_of(path):
        return data
    return keyring.unseal(path, data)


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
    return Reading(wanted, replace(path, encode(path, wanted), expected=before.fingerprint if before else None))


def _check_unchanged(path: Path, expected: str | None) -> None:
    if path.is_dir() and not disk.has_link(path):
        raise refusals.no_file_refused(path)
    if disk.fingerprint_of(path) != expected:
        raise Changed(path)
