"""Which unfinished records still have a programme profile as it was before: a record keeps what it was made with."""

from __future__ import annotations

from msgspec import Struct

from kwartier.errors import KwartierError
from kwartier.store.refs import Ref
from kwartier.workflow.settled import is_definitive
from kwartier.workspace import profiles
from kwartier.workspace.shelf import Shelf


class Behind(Struct, frozen=True, kw_only=True):
    """The unfinished records that hold an older profile. Of `shut` records, of locked students, it is not known."""

    refs: tuple[Ref, ...] = ()
    shut: int = 0


def behind(shelf: Shelf, id: str) -> Behind:
    """The records made with this profile that are not definitive and hold it otherwise than it is now."""
    now = profiles.find(shelf, id)
    found, shut = [], 0
    for slug in shelf.folder.organisations():
        for ref in shelf.folder.assessments(slug):
            if ref.instrument != now.instrument:
                continue
            try:
                case = shelf.case(ref, whole=False)
                if case.record.envelope.profile != id or case.content.profile == now:
                    continue
                if case.record.envelope.paper is None and not is_definitive(case.record, case.content):
                    found.append(ref)
            except KwartierError as error:  # what is damaged is told elsewhere
                shut += error.code == "locked"
    return Behind(refs=tuple(found), shut=shut)
