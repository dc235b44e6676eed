"""One organisation as a whole: who it is, what it is part of, its records, action points and agenda.

A file that cannot be read takes nothing else with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from kwartier.errors import KwartierError
from kwartier.plugins.listing import Listing
from kwartier.records.organisation import Organisation
from kwartier.workflow.due import Due
from kwartier.workspace import action_points, organisations, outcomes, summaries, workplaces
from kwartier.workspace.action_points import ActionPoint
from kwartier.workspace.overview import glimpse
from kwartier.workspace.shelf import Shelf
from kwartier.workspace.summaries import Summary
from kwartier.workspace.workplaces import Workplace


class Portrait(Struct, frozen=True, kw_only=True):
    """An organisation at a glance."""

    slug: str
    name: str
    organisation: Organisation | None
    problem: str
    "Why its own file cannot be read (Dutch)."
    above: str
    "The name of what it is part of."
    parts: tuple[tuple[str, str], ...]
    "Slug and name of its parts."
    names: Mapping[str, str]
    "The names behind its codes."
    summaries: tuple[Summary, ...]
    "Oldest first."
    subjects: tuple[Workplace, ...]
    "Its workplaces and students, by code; of students no name."
    actions: tuple[ActionPoint, ...]
    agenda: tuple[Due, ...]
    today: date
    instruments: tuple[Listing, ...]


def of(shelf: Shelf, slug: str) -> Portrait:
    """The organisation with this slug. Raises `Refused` where there is none."""
    one: Organisation | None = None
    problem = ""
    try:
        one = shelf.organisation(slug)
    except KwartierError as error:
        if error.code == "unknown-organisation":
            raise
        problem = error.message
    try:
        names = shelf.codes(slug).names()
    except KwartierError as error:
        names = {}
        problem = problem or error.message
    found = [summaries.summary(shelf, ref) for ref in shelf.folder.assessments(slug)]
    above, parts = _around(shelf, slug, one.part_of if one else "")
    return Portrait(
        slug=slug,
        name=one.name if one else slug,
        organisation=one,
        problem=problem,
        above=above,
        parts=parts,
        names=names,
        summaries=tuple(sorted(found, key=lambda summary: (summary.date, summary.ref))),
        subjects=_subjects(shelf, slug),
        actions=tuple(action_points.every(shelf, slug)),
        agenda=tuple(outcomes.agenda(shelf, [slug], lambda done, of: None)),
        today=shelf.today(),
        instruments=tuple(shelf.host.listings()),
    )


def _subjects(shelf: Shelf, slug: str) -> tuple[Workplace, ...]:
    return tuple(workplaces.every(shelf, [slug], "", lambda done, of: None))


def _around(shelf: Shelf, slug: str, above: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The name of what this is part of, and its parts; from the index where there is one, which is much quicker."""
    known = glimpse(shelf.folder.path, 0, today=shelf.today())
    if known is not None and known.organisations:
        told = [(one.slug, one.name, one.part_of) for one in known.organisations]
    else:
        told = [(other, it.name, it.part_of) for other, it in organisations.every(shelf) if it is not None]
    names = {other: name for other, name, _ in told}
    parts = tuple((other, name) for other, name, whole in told if whole == slug)
    return names.get(above, above), parts
