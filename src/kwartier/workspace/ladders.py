"""The ladder of an instrument as its plugin has it now, or as a record was made with. The ladder itself: `analysis`."""

from __future__ import annotations

from collections.abc import Collection

from kwartier.analysis.ladder import Ladder, Step, between, ordered_parameter
from kwartier.analysis.ladder import ladder as ladder_of
from kwartier.errors import Misused
from kwartier.instrument.conditions import Parameters, set_values
from kwartier.instrument.model import Content, Profile
from kwartier.instrument.reading import content_of
from kwartier.store.refs import Ref
from kwartier.workspace import profiles
from kwartier.workspace.shelf import Shelf


def ladder(shelf: Shelf, instrument: str, items: Collection[str], profile: str) -> Ladder:
    """The ladder of these items, or of all; with a profile each says which outcomes it serves."""
    return ladder_of(shelf.host.open(instrument).content, items, _profile(shelf, instrument, profile))


def steps(shelf: Shelf, instrument: str, lower: object, upper: object, items: Collection[str]) -> tuple[Step, ...]:
    """What is the same, changed, added and gone from one value to another."""
    return between(shelf.host.open(instrument).content, lower, upper, items)


def of_record(shelf: Shelf, ref: str | Ref, items: Collection[str]) -> Ladder:
    """The ladder in the content that a record pins: what its student read."""
    content, parameters = _pinned(shelf, ref)
    return ladder_of(content, items, parameters=parameters)


def steps_of_record(shelf: Shelf, ref: str | Ref, upper: object, items: Collection[str]) -> tuple[Step, ...]:
    """What would be the same, changed, added and gone for a record, at another value of its parameter."""
    content, parameters = _pinned(shelf, ref)
    return between(content, set_values(parameters, ordered_parameter(content).id)[0], upper, items)


def _pinned(shelf: Shelf, ref: str | Ref) -> tuple[Content, Parameters]:
    """The content of a record before its parameters settled it, and these."""
    envelope = shelf.case(ref, whole=False).record.envelope
    place = str(shelf.folder.content_file(envelope.content))
    return content_of(shelf.folder.read_content(envelope.content), place), envelope.parameters


def _profile(shelf: Shelf, instrument: str, id: str) -> Profile | None:
    if not id:
        return None
    found = profiles.find(shelf, id)
    if found.instrument != instrument:
        raise Misused(
            "profile-other-instrument",
            f"Het opleidingsprofiel '{id}' is voor {found.instrument}.",
            advice=f"Vraag de ladder van {found.instrument}.",
        )
    return found
