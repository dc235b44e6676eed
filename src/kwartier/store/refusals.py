"""The errors of the system in Dutch words: what happened, where, and what to do; nothing is opened here."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import NamedTuple

from kwartier.errors import Refused

_SHARING = (32, 33)  # Windows: another program has the file open, or has locked it
_STILL_THERE = "Wat er stond, staat er nog."


class _Words(NamedTuple):
    code: str
    message: str
    advice: str


_FULL = _Words(
    "disk-full",
    "De schijf is vol of de toegestane ruimte is op.",
    f"Maak ruimte vrij en probeer het opnieuw. {_STILL_THERE}",
)
_READ_ONLY = _Words(
    "read-only",
    "Hier mag niet worden geschreven.",
    f"Vraag wie de map beheert om schrijfrechten, of kies een andere map. {_STILL_THERE}",
)
_TOO_LARGE = _Words(
    "file-too-large",
    "Zo'n groot bestand mag hier niet.",
    f"Kort de tekst in, of kies een andere map. {_STILL_THERE}",
)
_TOO_LONG = _Words(
    "path-too-long", "De naam of het pad is te lang voor dit systeem.", "Kies een datamap met een korter pad."
)
_TOO_MANY = _Words(
    "too-many-files",
    "Er staan te veel bestanden tegelijk open.",
    "Sluit andere programma's en probeer het opnieuw.",
)
_MISSING = _Words("missing", "Dit bestand of deze map bestaat niet.", "Kijk of het is verplaatst of hernoemd.")
_NO_FOLDER = _Words("not-a-folder", "Dit is geen map.", "Kies een map.")
_NO_FILE = _Words("not-a-file", "Dit is geen gewoon bestand.", "Verplaats of hernoem wat er staat.")
_EXISTS = _Words("exists", "Hier staat al iets met deze naam.", "Kies een andere naam, of kijk wat er staat.")
_LINK = _Words(
    "symlink",
    "Hier staat een verwijzing (symbolische koppeling) in plaats van een bestand of map van kwartier.",
    "Zet het bestand of de map zelf op deze plek. kwartier volgt de verwijzing niet en schrijft er niet.",
)
_IN_USE = _Words(
    "in-use",
    "Een ander programma houdt dit bestand vast.",
    "Sluit het andere programma, of wacht tot het synchroniseren klaar is, en probeer het opnieuw.",
)
_NO_PERMISSION = _Words(
    "no-permission",
    "Dit mag niet worden gelezen.",
    "Vraag wie de map beheert om leesrechten, of kies een andere map.",
)
_BY_NUMBER = {
    errno.ENOSPC: _FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): _FULL,
    errno.EFBIG: _TOO_LARGE,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EROFS: _READ_ONLY,
    errno.ENAMETOOLONG: _TOO_LONG,
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.ENOENT: _MISSING,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EISDIR: _NO_FILE,
    errno.EEXIST: _EXISTS,
    errno.ENOTEMPTY: _EXISTS,
    errno.ELOOP: _LINK,
}


def refusal(error: OSError, path: Path) -> Refused:
    """The error of the system in making or changing `path`, as a refusal that says what to do."""
    if getattr(error, "winerror", None) in _SHARING:
        return _refused(_IN_USE, path)
    number = error.errno or 0
    unknown = _Words(
        "system-error",
        f"Het systeem weigert dit ({errno.errorcode.get(number, 'onbekende fout')}).",
        f"Probeer het opnieuw; blijft het zo, kies dan een andere map. {_STILL_THERE}",
    )
    return _refused(_BY_NUMBER.get(number, unknown), path)


def read_refusal(error: OSError, path: Path) -> Refused:
    """As `refusal`, for reading: no permission then asks for another one."""
    if isinstance(error, PermissionError) and getattr(error, "winerror", None) not in _SHARING:
        return _refused(_NO_PERMISSION, path)
    return refusal(error, path)


def link_refused(path: Path) -> Refused:
    """The refusal of a symbolic link where a file or folder of kwartier should be."""
    return _refused(_LINK, path)


def exists_refused(path: Path) -> Refused:
    """The refusal to make something where something stands."""
    return _refused(_EXISTS, path)


def missing_refused(path: Path) -> Refused:
    """The refusal to use something that is not there."""
    return _refused(_MISSING, path)


def no_file_refused(path: Path) -> Refused:
    """The refusal of a folder, pipe or device where a file should be."""
    return _refused(_NO_FILE, path)


def no_folder_refused(path: Path) -> Refused:
    """The refusal of a file where a folder should be."""
    return _refused(_NO_FOLDER, path)


def read_only_refused(path: Path) -> Refused:
    """The refusal to write where that is not allowed."""
    return _refused(_READ_ONLY, path)


def _refused(words: _Words, path: Path) -> Refused:
    return Refused(words.code, words.message, place=str(path), advice=words.advice)
