"""With which instruments there is something to compare: those with a complete record of an organisation."""

from __future__ import annotations

from typing import NamedTuple

from kwartier.errors import KwartierError
from kwartier.store.refs import Ref
from kwartier.workspace.gathered import has_done
from kwartier.workspace.shelf import Shelf


class Offered(NamedTuple):
    """An instrument with a complete record of at least one organisation."""

    id: str
    short: str
    "What it is called; its id in capitals where it is not installed."
    organisations: int
    "How many have a record of it, complete or not."


def offered(shelf: Shelf, own: str = "") -> list[Offered]:
    """The instruments in the order of their names; where `own` (a slug) has records, only those it has one of."""
    refs: dict[str, dict[str, list[Ref]]] = {}
    for slug in shelf.folder.organisations():
        for ref in _of_organisation(shelf, slug):
            refs.setdefault(ref.instrument, {}).setdefault(slug, []).append(ref)
    mine = {one for one, found in refs.items() if own in found} or set(refs)
    made = []
    for instrument in mine:
        listing = shelf.host.listing(instrument)
        header = listing.header if listing else None
        if header is not None and header.subject != "organisation":
            continue
        every = (ref for found in refs[instrument].values() for ref in found)
        if any(has_done(shelf, ref) for ref in every):
            made.append(Offered(instrument, header.short if header else instrument.upper(), len(refs[instrument])))
    return sorted(made, key=lambda one: one.short.casefold())


def _of_organisation(shelf: Shelf, slug: str) -> list[Ref]:
    try:
        return [ref for ref in shelf.folder.assessments(slug) if ref.subject is None]
    except KwartierError:  # its folder is closed to this user
        return []
