"""Bytes that are encrypted (age): with a passphrase, or to a key; no key is kept here."""

from __future__ import annotations

from pathlib import Path

from kwartier.errors import Refused, Unreadable

MAGIC = b"age-encryption.org/v1"
"""How encrypted bytes begin; no TOML begins so."""

_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_WRONG = "Decryption failed"
"""What the library says of another passphrase; all else that it says is damage."""


def is_cipher(data: bytes) -> bool:
    """Whether bytes are encrypted with a passphrase or to a key."""
    return data.startswith((MAGIC, _ARMOR))


def is_cipher_file(path: Path) -> bool:
    """Whether what stands in a file is encrypted; not where there is no file that can be read."""
    try:
        with path.open("rb") as opened:
            return is_cipher(opened.read(64))
    except OSError:
        return False


def with_passphrase(data: bytes, passphrase: str, *, armored: bool = False) -> bytes:
    """The data, encrypted with a passphrase; `armored` as letters, for in a text.

    Takes about a second, on purpose: guessing then takes long too. Raises `Refused` for an empty passphrase.
    """
    from pyrage import passphrase as age  # only who locks pays for this import

    if not passphrase.strip():
        raise Refused("passphrase-missing", "Een leeg wachtwoord beschermt niets.", advice="Kies een wachtwoord.")
    locked: bytes = age.encrypt(data, passphrase, armored=armored)
    return locked


def without_passphrase(data: bytes, passphrase: str, place: str) -> bytes:
    """The data as it was; Refused ("passphrase-wrong") where the passphrase does not fit, Unreadable for damage."""
    from pyrage import passphrase as age

    if not passphrase.strip():
        advice = "Typ het wachtwoord waarmee het op slot is gezet."
        raise Refused("passphrase-missing", "Een leeg wachtwoord past nergens op.", place=place, advice=advice)
    try:
        opened: bytes = age.decrypt(data, passphrase)
    except Exception as error:  # pyrage raises one kind for a wrong passphrase and for damage
        if str(error) != _WRONG:
            raise damaged(place) from error
        raise Refused(
            "passphrase-wrong",
            "Het wachtwoord past niet.",
            place=place,
            advice="Probeer het opnieuw. Zonder het wachtwoord is het niet te openen, ook niet door kwartier.",
        ) from error
    return opened


def new_key() -> tuple[str, str]:
    """A new secret key, and the public one that others encrypt with."""
    from pyrage import x25519

    key = x25519.Identity.generate()
    return str(key), str(key.to_public())


def public_of(identity: str, place: str) -> str:
    """The public key of a secret one; Unreadable where it is none."""
    from pyrage import x25519

    try:
        return str(x25519.Identity.from_str(identity).to_public())
    except Exception as error:
        raise damaged(place) from error


def seal(data: bytes, recipient: str, place: str) -> bytes:
    """The data, encrypted to a public key; Unreadable where that is none (`place` is where it stands)."""
    import pyrage

    try:
        sealed: bytes = pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(recipient)])
    except Exception as error:
        raise damaged(place) from error
    return sealed


def unseal(data: bytes, identity: str, place: str) -> bytes:
    """The data as it was, with the secret key; Unreadable where it was damaged or is of another key."""
    import pyrage

    try:
        opened: bytes = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(identity)])
    except Exception as error:
        raise damaged(place) from error
    return opened


def damaged(place: str) -> Unreadable:
    """What is said of encrypted bytes, or of a key, that nothing fits."""
    return Unreadable(
        "cipher-damaged",
        "Dit bestand is op slot en beschadigd, of het hoort bij een ander slot.",
        place=place,
        advice="Zet een reservekopie van dit bestand terug. kwartier laat het zoals het is.",
    )
