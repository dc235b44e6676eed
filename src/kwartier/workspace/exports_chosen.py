"""Which records are exported, and what they and their organisations are called: by name, or by letter and number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import TypeVar

from msgspec import Struct

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.store.refs import Ref, parse_ref
from kwartier.workspace.compared_letters import letters
from kwartier.workspace.shelf import Shelf

_T = TypeVar("_T")


class Chosen(Struct, frozen=True):
    """The records to export in the order of the folder, and the slugs of organisations that could not be listed."""

    refs: tuple[Ref, ...]
    unreadable: tuple[str, ...]


def chosen(
    shelf: Shelf, refs: Sequence[str], organisations: Sequence[str], instrument: str, *, everything: bool
) -> Chosen:
    """The records that are meant. Raises `Misused` where it is not said which, `Refused` for what does not exist."""
    if sum((bool(refs), bool(organisations), everything)) != 1:
        raise Misused(
            "nothing-named" if not (refs or organisations or everything) else "options-mixed",
            "Zeg wat u wilt exporteren, op één manier.",
            advice="Geef metingen (REF), of organisaties (--organisatie SLUG), of alles (--alles).",
        )
    found: list[Ref] = []
    closed: list[str] = []
    for text in refs:
        ref = parse_ref(text)
        if ref not in shelf.folder.assessments(ref.organisation):
            shelf.case(ref)  # says that it is not there, and what is
        found.append(ref)
    for slug in organisations or (shelf.folder.organisations() if everything else ()):
        if not everything:
            shelf.organisation(slug)
        try:
            found += shelf.folder.assessments(slug)
        except KwartierError:  # its folder is closed to this user
            closed.append(slug)
    kept = [ref for ref in dict.fromkeys(found) if not instrument or ref.instrument == instrument]
    if not kept:
        raise Refused(
            "nothing-to-export",
            "Er is niets om te exporteren.",
            place=instrument or str(shelf.folder.path),
            advice="Kies een ander instrument of een andere organisatie." if found else "Begin eerst een meting.",
        )
    return Chosen(tuple(kept), tuple(closed))


class Naming:
    """What things are called in one export. Without names the letters, and the order, tell nothing of who is who."""

    def __init__(self, shelf: Shelf, refs: Sequence[Ref], *, names: bool) -> None:
        self._names = names
        self._letters: dict[str, str] = {}
        self._records: dict[Ref, str] = {}
        self._subjects: dict[tuple[str, str], str] = {}
        self.ordered = list(refs)
        if names:
            return
        secrets = {slug: _secret(shelf, slug, refs) for slug in dict.fromkeys(ref.organisation for ref in refs)}
        self._letters = letters((slug, None, secret) for slug, secret in secrets.items())

        def place(ref: Ref) -> tuple[object, ...]:
            subject = _mixed(secrets[ref.organisation], ref.subject or "")
            return len(self._letters[ref.organisation]), self._letters[ref.organisation], subject, ref.order

        self.ordered.sort(key=place)
        for ref, number in _numbered(self.ordered, lambda ref: ref.organisation):
            self._records[ref] = f"{self._letters[ref.organisation]}-m{number}"
        known = dict.fromkeys((ref.organisation, ref.subject) for ref in self.ordered if ref.subject)
        for (slug, subject), number in _numbered(known, lambda one: one[0]):
            self._subjects[slug, subject or ""] = f"{self._letters[slug]}-o{number}"

    def organisation(self, slug: str, name: str) -> tuple[str, str]:
        """Its code and its name."""
        return (slug, name) if self._names else (self._letters[slug], f"Organisatie {self._letters[slug]}")

    def record(self, ref: Ref) -> str:
        """What a record is called."""
        return str(ref) if self._names else self._records[ref]

    def subject(self, ref: Ref) -> str:
        """What a student or workplace is called; empty for a record of the organisation."""
        return (ref.subject or "") if self._names else self._subjects.get((ref.organisation, ref.subject or ""), "")

    def earlier(self, text: str) -> str:
        """What the record is called that another one follows; it may be no part of the export."""
        if self._names:
            return text
        with suppress(KwartierError):
            return self._records.get(parse_ref(text), "eerdere meting")
        return "eerdere meting"


def _secret(shelf: Shelf, slug: str, refs: Sequence[Ref]) -> str:
    """What nobody outside the data folder knows; another selection gives other letters."""
    id = ""
    with suppress(KwartierError):  # told when its records are read
        id = shelf.organisation(slug).id
    return " ".join((id, *(str(ref) for ref in refs)))


def _mixed(secret: str, text: str) -> bytes:
    return sha256(f"{secret} {text}".encode("utf-8", "replace")).digest()


def _numbered(found: Iterable[_T], group: Callable[[_T], str]) -> Iterable[tuple[_T, int]]:
    counts: dict[str, int] = {}
    for one in found:
        counts[group(one)] = counts.get(group(one), 0) + 1
        yield one, counts[group(one)]
