"""What is in the data folder already that a table can be about: organisations by name, records by their day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day

from msgspec import Struct

from kwartier.errors import Misused
from kwartier.instrument import model as m
from kwartier.store.names import slug
from kwartier.workspace import organisations
from kwartier.workspace.importing_together import same_name
from kwartier.workspace.importing_values import Entry
from kwartier.workspace.shelf import Case, Shelf

_MEND = "Verbeter dit in de tabel en kijk opnieuw."


class Known:
    """The organisations of a data folder by what they are called."""

    def __init__(self, shelf: Shelf) -> None:
        self.slugs: set[str] = set()
        self._names: dict[str, dict[str, str]] = {}
        self._unreadable: set[str] = set()
        for own, found in organisations.every(shelf):
            self.slugs.add(own)
            if found is None:
                self._unreadable.add(own)
            else:
                self._names.setdefault(same_name(found.name), {})[own] = found.name

    def find(self, name: str) -> str:
        """The slug of the organisation with this name or short name; empty where there is none. Raises `Misused`."""
        found = self._names.get(same_name(name), {})
        exact = [own for own, its in found.items() if its == name]
        if len(found) > 1 and len(exact) != 1:
            listed = ", ".join(sorted(found))
            raise Misused(
                "organisation-ambiguous", f"er zijn er meer die zo heten: {listed}; zet er de slug neer", advice=_MEND
            )
        if found:
            return exact[0] if exact else next(iter(found))
        if name in self.slugs and name not in self._unreadable:
            return name
        if slug(name) in self._unreadable:
            raise Misused(
                "organisation-unreadable", f"'{slug(name)}' is niet te lezen; zie 'kwartier controle'", advice=_MEND
            )
        return ""


class There(Struct, frozen=True):
    """A record that is there, as far as a table is concerned with it."""

    ref: str
    day: Day
    subject: str
    parameters: Mapping[str, object]
    case: Case


def matching(same: list[There], entry: Entry) -> list[There]:
    """The records that an entry can be about: those of its day, or of its month; without a date all of its kind."""
    if entry.day is None:
        return same
    found = [one for one in same if one.day == entry.day]
    if not found and entry.month:
        found = [one for one in same if (one.day.year, one.day.month) == (entry.day.year, entry.day.month)]
    return [one for one in found if one.case.record.envelope.paper is not None] or found


def steps_of(content: m.Content) -> tuple[m.ConsensusStep, m.NotesStep | None]:
    """Where definitive answers and explanations of a record from a table stand. Raises `Misused`."""
    step = next((one for one in reversed(content.step) if isinstance(one, m.ConsensusStep)), None)
    if step is None:
        raise Misused(
            "no-consensus",
            "Dit instrument kent geen definitieve scores om over te nemen.",
            advice="Begin met 'kwartier meting nieuw' en vul in wat er is.",
        )
    scored = next(one for one in content.step if isinstance(one, m.ScoreStep) and one.id == step.of)
    notes = next((one for one in content.step if isinstance(one, m.NotesStep) and one.id == scored.scored_on), None)
    return step, notes
