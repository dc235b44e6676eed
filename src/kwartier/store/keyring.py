"""Which students are encrypted, and the keys of those that were unlocked in this process; keys never reach the disk.

A student is encrypted where `lock.toml` stands in the folder of the subject: it holds, in clear, the public key that
everybody writes with, and the secret one, locked with the passphrase, that reading takes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date as Day
from pathlib import Path
from threading import RLock

from kwartier.errors import Refused, Unreadable
from kwartier.records.files import SCHEMA, Viewed, view
from kwartier.store import cipher, refs, toml
from kwartier.store.names import is_code
from kwartier.store.reading import find_bytes

LOCK_FILE = "lock.toml"

_ABOVE = "organisations"
_SUBJECT_FILE = "subject.toml"


class Lock(Viewed, frozen=True, kw_only=True):
    """lock.toml: all that is known of an encrypted student without the passphrase."""

    schema: int = SCHEMA
    code: str
    kind: str = ""
    retain_until: Day | None = None
    "As in subject.toml, so that the agenda knows it while the student is locked."
    recipient: str
    "The public key: who writes encrypts with it."
    identity: str
    "The secret key, encrypted with the passphrase, as letters."


class Locked(Refused):
    """Something of a student is asked for that is encrypted, and not unlocked in this process."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.organisation, self.student = home.parent.parent.name, home.name
        super().__init__(
            "locked",
            f"Alles van {self.student} is op slot.",
            place=f"{self.organisation}, {self.student}",
            advice="Open het met het wachtwoord van deze student. Een opdracht zonder iemand aan het toetsenbord leest "
            "het uit het bestand dat in KWARTIER_WACHTWOORD_BESTAND staat.",
        )


_guard = RLock()
_keys: dict[str, tuple[str, str]] = {}
"""By folder of a subject the public and the secret key."""
_locks: dict[str, tuple[tuple[int, int, int], Lock]] = {}


# -- which student a file is of


def lock_of(home: Path) -> Lock | None:
    """The lock of a subject; None where there is none. Unreadable where it is damaged: it is never taken for none."""
    path = f"{home}{os.sep}{LOCK_FILE}"
    try:
        told = os.lstat(path)  # a path of its own for each look would cost more than the look
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError as error:
        raise _damaged(Path(path)) from error
    stamp = (told.st_mtime_ns, told.st_size, told.st_ino)
    with _guard:
        known = _locks.get(path)
    if known and known[0] == stamp:
        return known[1]
    lock = _read(Path(path), home.name)
    with _guard:
        _locks[path] = stamp, lock
    return lock


def home_of(path: Path) -> Path | None:
    """The folder of the encrypted subject that a file or folder is of; None where that is not encrypted, or none.

    Unreadable where the lock is damaged, or is gone while what it locked is there.
    """
    for home in _homes(path):
        if lock_of(home):
            return home
        if cipher.is_cipher_file(home / _SUBJECT_FILE):
            raise lock_missing(home)
    return None


def _homes(path: Path) -> Iterator[Path]:
    """The folders of subjects that a path may belong to: more than one where a folder above has the same name."""
    parts = path.parts
    for at, part in enumerate(parts[:-3]):
        if part == _ABOVE and is_code(parts[at + 3]):
            organisation, second, code = parts[at + 1 : at + 4]
            if second == refs.SUBJECTS or refs.is_instrument(second):
                yield Path(*parts[: at + 1], organisation, refs.SUBJECTS, code)


def is_lock_file(path: Path) -> bool:
    """Whether this is the place of a lock, which stands in clear."""
    return path.name == LOCK_FILE and path.parts[-3:-2] == (refs.SUBJECTS,) and path.parts[-5:-4] == (_ABOVE,)


# -- keys


def unlock(home: Path, passphrase: str) -> str:
    """Keeps the key of a subject in this process, and gives it; Refused ("passphrase-wrong") for another passphrase."""
    identity = identity_of(home, passphrase)
    keep(home, cipher.public_of(identity, str(home)), identity)
    return identity


def identity_of(home: Path, passphrase: str) -> str:
    """The secret key of a subject, which is not kept. Takes a second or two, on purpose."""
    lock = lock_of(home)
    if lock is None:
        raise not_encrypted(home)
    place = home / LOCK_FILE
    found = cipher.without_passphrase(lock.identity.encode("ascii"), passphrase, str(place))
    identity = found.decode("ascii", errors="replace")
    if cipher.public_of(identity, str(place)) != lock.recipient:
        raise _damaged(place)
    return identity


def keep(home: Path, recipient: str, identity: str) -> None:
    """Keeps a key that was just made."""
    with _guard:
        _keys[str(home)] = recipient, identity


def forget(home: Path) -> None:
    """Lets go of the key of a subject: from now on it is locked in this process."""
    with _guard:
        _keys.pop(str(home), None)


def forget_all() -> None:
    """Lets go of every key."""
    with _guard:
        _keys.clear()


def key_of(home: Path) -> str | None:
    """The secret key of a subject, where it was unlocked in this process and the lock is still the same."""
    lock = lock_of(home)
    with _guard:
        recipient, identity = _keys.get(str(home), ("", ""))
    return identity if lock and recipient == lock.recipient else None


# -- bytes


def seal(home: Path, data: bytes) -> bytes:
    """The data, encrypted as the lock of a subject says; this needs no key."""
    lock = lock_of(home)
    if lock is None:
        raise lock_missing(home)
    return cipher.seal(data, lock.recipient, str(home / LOCK_FILE))


def unseal(path: Path, data: bytes) -> bytes:
    """Encrypted bytes of the file at `path` as they were; Locked where the key is not here."""
    homes = list(_homes(path))
    home = next((one for one in homes if lock_of(one)), None)
    if home is None:
        if homes:
            raise lock_missing(homes[0])
        raise cipher.damaged(str(path))
    identity = key_of(home)
    if identity is None:
        raise Locked(home)
    return cipher.unseal(data, identity, str(path))


# -- lock.toml


def _read(path: Path, code: str) -> Lock:
    data = find_bytes(path, toml.MAX_BYTES) or b""
    try:
        lock = view(toml.parse(data, str(path)), Lock, str(path))
    except Unreadable as error:
        raise _damaged(path) from error
    if lock.schema > SCHEMA:
        raise Refused(
            "newer-file",
            "Dit bestand is van een nieuwere kwartier.",
            place=str(path),
            advice="Installeer de nieuwste kwartier; er is niets veranderd.",
        )
    if lock.code != code or not lock.recipient.startswith("age1") or not cipher.is_cipher(lock.identity.encode()):
        raise _damaged(path)
    return lock


def _damaged(path: Path) -> Unreadable:
    return Unreadable(
        "lock-damaged",
        "Het slot van deze student is beschadigd; zonder is niets te openen.",
        place=str(path),
        advice="Zet een reservekopie van dit bestand terug. kwartier laat alles zoals het is.",
    )


def lock_missing(home: Path) -> Unreadable:
    """What is said where files are encrypted and their lock is gone."""
    return Unreadable(
        "lock-missing",
        f"Alles van {home.name} is op slot, maar het slot zelf, {LOCK_FILE}, is er niet.",
        place=str(home / LOCK_FILE),
        advice="Wacht tot het synchroniseren klaar is, of zet een reservekopie van dit bestand terug.",
    )


def not_encrypted(home: Path) -> Refused:
    """What is said where there is no lock to open."""
    return Refused(
        "not-encrypted",
        f"{home.name} heeft geen slot.",
        place=str(home),
        advice="Er is geen wachtwoord nodig. Op slot zetten kan met 'kwartier student slot erop'.",
    )
