"""Files outside the data folder: a hand-over, a report. Read and written whole; nothing is overwritten unasked."""

from __future__ import annotations

from pathlib import Path

from kwartier.errors import Refused
from kwartier.store import files
from kwartier.store.disk import fingerprint_of
from kwartier.store.refusals import missing_refused, refusal


def read(path: Path) -> bytes:
    """The bytes of a file that the user names. Raises `Refused` in words."""
    data = files.find_bytes(path)
    if data is None:
        raise missing_refused(path)
    return data


def write(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Writes a file whole. Raises `Refused` where something stands there and `overwrite` is not set."""
    there = path.exists()
    if there and not overwrite:
        raise Refused(
            "file-exists",
            "Dit bestand bestaat al en is niet overschreven.",
            place=str(path),
            advice="Kies een andere naam, of voeg --overschrijf toe.",
        )
    try:
        files.replace(path, data, expected=fingerprint_of(path) if there else None)
    except OSError as error:
        raise refusal(error, path) from error
