"""Locks a file with a passphrase (age), for what leaves the data folder; and opens it again."""

from __future__ import annotations

from kwartier.errors import KwartierError, Refused
from kwartier.store import cipher


def is_locked(data: bytes) -> bool:
    """Whether bytes are locked with a passphrase or key."""
    return cipher.is_cipher(data)


def lock(data: bytes, passphrase: str) -> bytes:
    """The data, locked. Takes about a second, on purpose: guessing then takes long too."""
    return cipher.with_passphrase(data, passphrase)


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
    try:
        return cipher.without_passphrase(data, passphrase, place)
    except KwartierError as error:
        raise Refused(
            "passphrase-wrong",
            "Het wachtwoord past niet, of het bestand is beschadigd.",
            place=place,
            advice="Probeer het opnieuw. Zonder het wachtwoord is het bestand niet te openen, ook niet door kwartier.",
        ) from error
