"""Locks a file with a passphrase (age), for what leaves the data folder; and opens it again."""

from __future__ import annotations

from kwartier.errors import Refused

_MAGIC = b"age-encryption.org/v1"


def is_locked(data: bytes) -> bool:
    """Whether bytes are locked with a passphrase or key."""
    return data.startswith(_MAGIC)


def lock(data: bytes, passphrase: str) -> bytes:
    """The data, locked. Takes about a second, on purpose: guessing then takes long too."""
    from pyrage import passphrase as age  # only who locks pays for this import

    if not passphrase:
        raise Refused("passphrase-missing", "Een leeg wachtwoord beschermt niets.", advice="Kies een wachtwoord.")
    locked: bytes = age.encrypt(data, passphrase)
    return locked


def unlock(data: bytes, passphrase: str | None, place: str) -> bytes:
    """The data as it was before it was locked; data that is not locked comes back as it is."""
    if not is_locked(data):
        return data
    if not passphrase:
        raise Refused(
            "passphrase-missing",
            "Dit bestand is op slot.",
            place=place,
            advice="Geef het wachtwoord met --wachtwoord-bestand of typ het als erom gevraagd wordt.",
        )
    from pyrage import passphrase as age

    try:
        opened: bytes = age.decrypt(data, passphrase)
    except Exception as error:  # pyrage raises its own kinds for a wrong passphrase and for damage
        raise Refused(
            "passphrase-wrong",
            "Het wachtwoord past niet, of het bestand is beschadigd.",
            place=place,
            advice="Probeer het opnieuw. Zonder het wachtwoord is het bestand niet te openen, ook niet door kwartier.",
        ) from error
    return opened
