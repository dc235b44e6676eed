"""Placements: which student learns at a workplace, from when until when, with whom. Students stand here by code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kwartier.errors import Misused, Refused
from kwartier.records.files import view
from kwartier.records.keys import in_order
from kwartier.records.organisation import Placement, Subject
from kwartier.records.tree import Tree
from kwartier.store.names import is_code
from kwartier.workflow.filling import require_keyed
from kwartier.workspace import subjects
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Shelf

_DAYS = ("start", "end")


def add(shelf: Shelf, slug: str, code: str, details: Mapping[str, Any]) -> Placement:
    """A new placement at a workplace: `student`, `start`, `end`, `supervisor` (a name or a code), `level`, `note`."""
    if not details.get("student"):
        raise Misused("student-missing", "Zeg om welke student het gaat.", advice="Geef de code van de student.")
    id = shelf.new_id()

    def added(tree: Tree, codes: Codes) -> Tree:
        if tree.get("kind") == "student":
            raise Refused(
                "placement-of-student",
                f"'{code}' is een student; een plaatsing hoort bij een praktijkleerplek.",
                place=slug,
                advice="Geef de code van de praktijkleerplek, en die van de student met --student.",
            )
        row = _laid({"id": id}, details, codes)
        kind = tree.get("kind") or "workplace"
        return {**tree, "kind": kind, "placement": in_order("placement", [*_rows(tree), row])}

    return find(subjects.write(shelf, slug, code, added), id)


def change(shelf: Shelf, slug: str, code: str, which: str, details: Mapping[str, Any]) -> Placement:
    """Corrects a placement; None leaves a field as it is, an empty text takes it away."""
    found: list[str] = []

    def changed(tree: Tree, codes: Codes) -> Tree:
        own = _found(tree, which, slug, code)
        found[:] = [own.id]
        rows = [_laid(row, details, codes) if row["id"] == own.id else row for row in _rows(tree)]
        return {**tree, "placement": in_order("placement", rows)}

    return find(subjects.write(shelf, slug, code, changed), found[0])


def remove(shelf: Shelf, slug: str, code: str, which: str) -> Tree:
    """Takes a placement away that should not have been there; gives what it was, for who wants it back."""
    gone: list[Tree] = []

    def removed(tree: Tree, codes: Codes) -> Tree:
        own = _found(tree, which, slug, code)
        gone[:] = [row for row in _rows(tree) if row["id"] == own.id]
        rows = [row for row in _rows(tree) if row["id"] != own.id]
        return {**tree, "placement": rows} if rows else {key: one for key, one in tree.items() if key != "placement"}

    subjects.write(shelf, slug, code, removed)
    return gone[0]


def put_back(shelf: Shelf, slug: str, code: str, row: Tree) -> None:
    """A placement that was taken away, as it was. Raises `Refused` where it is there again already."""

    def back(tree: Tree, codes: Codes) -> Tree:
        if any(one["id"] == row["id"] for one in _rows(tree)):
            raise Refused(
                "already-there",
                "Deze plaatsing staat er al weer.",
                place=f"{slug}, {code}",
                advice="Er is niets veranderd.",
            )
        return {**tree, "placement": in_order("placement", [*_rows(tree), row])}

    subjects.write(shelf, slug, code, back)


def listed(subject: Subject) -> list[Placement]:
    """The placements in the order in which they begin; their numbers in a list count in this order."""
    return sorted(subject.placement, key=lambda one: (one.start or date.min, one.id))


def find(subject: Subject, which: str, slug: str = "") -> Placement:
    """The placement with this id, this number in the list, or of this student where that is one that is not over."""
    rows = listed(subject)
    for found in (
        [one for one in rows if one.id == which],
        [rows[int(which) - 1]] if which.isascii() and which.isdigit() and 0 < int(which) <= len(rows) else [],
        [one for one in rows if one.student == which and one.end is None],
        [one for one in rows if one.student == which],
    ):
        if len(found) == 1:
            return found[0]
    known = ", ".join(f"{number} ({one.student})" for number, one in enumerate(rows, 1)) or "nog geen"
    raise Refused(
        "unknown-placement",
        f"'{which}' is geen plaatsing van {subject.code}, of er zijn er meer.",
        place=slug,
        advice=f"Geef het nummer uit de lijst: {known}.",
    )


def used_at(shelf: Shelf, slug: str, code: str) -> list[str]:
    """The workplaces of an organisation of which a placement names this person, for who erases a name."""
    found = []
    for one in shelf.folder.subjects(slug):
        own = subjects.known(shelf, slug, one)
        if own is not None and any(row.supervisor == code for row in own.placement):
            found.append(one)
    return found


def _found(tree: Tree, which: str, slug: str, code: str) -> Placement:
    return find(view(tree, Subject, f"{slug}, {code}"), which, slug)


def _rows(tree: Tree) -> list[Tree]:
    rows: list[Tree] = tree.get("placement", [])
    require_keyed("placement", rows, "subject.toml")
    return rows


def _laid(row: Tree, details: Mapping[str, Any], codes: Codes) -> Tree:
    given: Tree = {key: value for key, value in details.items() if value is not None}
    for key in _DAYS:
        if key in given:
            given[key] = subjects.day_of(given[key])
    student = given.get("student")
    if student is not None and not is_code(student):
        raise Misused(
            "student-no-code",
            "Een student staat hier met een code, nooit met een naam.",
            advice="Een code heeft kleine letters, cijfers en streepjes, zoals s1.",
        )
    if "level" in given:
        levels = subjects.levels_of(given["level"])
        if len(levels) > 1:
            raise Misused("levels-wrong", "Een student heeft één opleidingsniveau.", advice="Geef een getal, zoals 4.")
        given["level"] = levels[0] if levels else ""
    if given.get("supervisor"):
        given["supervisor"] = codes.code(given["supervisor"], "c")
    laid = {key: one for key, one in {**row, **given}.items() if one != ""}
    _check_days(laid.get("start"), laid.get("end"))
    return laid


def _check_days(start: date | None, end: date | None) -> None:
    if start is not None and end is not None and end < start:
        raise Misused(
            "days-wrong",
            f"De plaatsing eindigt ({end:%d-%m-%Y}) voordat zij begint ({start:%d-%m-%Y}).",
            advice="Controleer de datums.",
        )
