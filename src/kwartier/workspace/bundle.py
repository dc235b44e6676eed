"""Several files in one (a zip), for what is handed over with files: made here, and opened again without trusting it.

Nothing here touches the disk. Locking with a passphrase goes around the whole and stands in `locking`.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping

from msgspec import Struct

from kwartier.errors import Unreadable

_MAGIC = b"PK\x03\x04"
_END, _END_SIZE = b"PK\x05\x06", 22
_END_64, _END_64_SIZE = b"PK\x06\x07", 20
_ENTRY_SIZE = 46
_LONGEST = 300
_PIECE = re.compile(r"^[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}$")
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""Every file has the same moment, so that the same files give the same bytes and no clock is told."""


class Limits(Struct, frozen=True, kw_only=True):
    """What is taken out of a bundle at the most, in bytes; more is refused before it is held."""

    count: int = 5000
    each: int = 100_000_000
    total: int = 500_000_000


LIMITS = Limits()


def is_bundle(data: bytes) -> bool:
    """Whether bytes are a bundle, and not one TOML file."""
    return data.startswith(_MAGIC)


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files by name (parts with a slash between them) as one; the same files always give the same bytes.

    Raises `ValueError` for a name that `unpack` would refuse.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression=zipfile.ZIP_DEFLATED) as whole:
        for name in sorted(files):
            if not _is_name(name):
                raise ValueError(f"not a name for a file in a bundle: {name!r}")
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | 0o600) << 16
            entry.create_system = 3
            whole.writestr(entry, files[name])
    return made.getvalue()


def unpack(data: bytes, place: str, limits: Limits = LIMITS) -> dict[str, bytes]:
    """The files of a bundle by name. Raises `Unreadable` for anything that `pack` does not make.

    Nothing is trusted: not a name that leads elsewhere, not a link, not a size that is told; what unfolds to more than
    the limits is refused when it does.
    """
    _check_end(data, place, limits)
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            seen: set[str] = set()
            left = limits.total
            for entry in whole.infolist():
                _check_entry(entry, seen, place)
                seen.add(entry.filename.casefold())
                found[entry.filename] = _content(whole, entry, min(limits.each, left), place)
                left -= len(found[entry.filename])
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise _wrong(place) from error
    return found


def _check_end(data: bytes, place: str, limits: Limits) -> None:
    """That the end tells no more files than may be, before the list of them is read."""
    end = data[-_END_SIZE:]
    if not is_bundle(data) or not end.startswith(_END) or end[20:22] != b"\0\0":
        raise _wrong(place)
    if data[-_END_SIZE - _END_64_SIZE : -_END_SIZE].startswith(_END_64):
        raise _too_much(place)
    count, size = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    if count > limits.count or size > limits.count * (_ENTRY_SIZE + _LONGEST):
        raise _too_much(place)


def _check_entry(entry: zipfile.ZipInfo, seen: set[str], place: str) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    plain = kind in (0, stat.S_IFREG) and not entry.is_dir() and not entry.flag_bits & 0x1
    known = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    # orig_filename: zipfile itself cuts a name at a NUL and turns the separators of the system
    if not (plain and known and _is_name(entry.orig_filename)) or entry.filename.casefold() in seen:
        raise _wrong(place)


def _content(whole: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, place: str) -> bytes:
    if entry.file_size > most:
        raise _too_much(place)
    with whole.open(entry) as opened:
        data = opened.read(most + 1)
    if len(data) > most:
        raise _too_much(place)
    return data


def _is_name(name: str) -> bool:
    """Whether a name stays within the bundle: plain pieces, none that points up or hides behind a dot."""
    pieces = name.split("/")
    return len(name) <= _LONGEST and all(_PIECE.match(piece) and not piece.endswith(".") for piece in pieces)


def _wrong(place: str) -> Unreadable:
    return Unreadable(
        "bundle-wrong",
        "Dit bestand is beschadigd, of niet door kwartier gemaakt.",
        place=place,
        advice="Vraag het bestand opnieuw. Er is niets overgenomen.",
    )


def _too_much(place: str) -> Unreadable:
    return Unreadable(
        "bundle-too-large",
        "In dit bestand zit meer dan kwartier in één keer aanneemt.",
        place=place,
        advice="Vraag het bestand opnieuw, met minder of kleinere bijlagen. Er is niets overgenomen.",
    )
