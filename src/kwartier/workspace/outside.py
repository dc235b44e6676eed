"""Files outside the data folder: a hand-over, a report. Read and written whole; nothing is overwritten unasked."""

from __future__ import annotations

import stat
from pathlib import Path

from kwartier.errors import Refused
from kwartier.store import files, toml
from kwartier.store.disk import fingerprint_of
from kwartier.store.locks import OWN
from kwartier.store.refusals import missing_refused, no_file_refused, refusal

_RECORDS = ("organisations", "contents", "programmes", OWN)
"""The folders of a data folder that only records stand in."""


def read(path: Path, most: int = toml.MAX_BYTES) -> bytes:
    """The bytes of a file that the user names; of one larger than `most` one byte more. Raises `Refused` in words."""
    data = files.find_bytes(path, most)
    if data is None:
        raise missing_refused(path)
    return data


def is_folder(path: Path) -> bool:
    """Whether a folder stands at a path that the user names; not where that cannot even be asked."""
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, a folder that is closed: told when it is read
        return False


def write(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Writes a file whole. Raises `Refused` where something stands there and `overwrite` is not set."""
    there = check_free(path, overwrite=overwrite)
    try:
        files.replace(path, data, expected=there)
    except OSError as error:
        raise refusal(error, path) from error


def check_free(path: Path, *, overwrite: bool = False) -> str | None:
    """Raises `Refused` where `write` would; gives the fingerprint of what stands there, None where nothing does."""
    check_outside(path)
    _check_ordinary(path)
    there = fingerprint_of(path)
    if there and not overwrite:
        raise Refused(
            "file-exists",
            "Dit bestand bestaat al en is niet overschreven.",
            place=str(path),
            advice="Kies een andere naam, of voeg --overschrijf toe.",
        )
    return there


def _check_ordinary(path: Path) -> None:
    """Refuses a device, a pipe or a socket: the file would come in its place, for every program that uses it."""
    try:
        kind = path.lstat().st_mode
    except (OSError, ValueError):  # told when it is written
        return
    if not (stat.S_ISREG(kind) or stat.S_ISLNK(kind) or stat.S_ISDIR(kind)):
        raise no_file_refused(path)


def check_outside(path: Path) -> None:
    """Refuses a place among the records of a data folder: what stands there is written in no other way."""
    try:
        whole = path.resolve()
        homes = [one for one in whole.parents if (one / OWN / "folder.toml").is_file()]
    except OSError:  # a name that is too long, a folder that is closed: told when it is written
        return
    for home in homes:
        if whole.relative_to(home).parts[0] in _RECORDS:
            raise Refused(
                "among-records",
                "Dit is een plaats tussen de gegevens van kwartier zelf.",
                place=str(path),
                advice="Kies een plaats buiten de datamap.",
            )
