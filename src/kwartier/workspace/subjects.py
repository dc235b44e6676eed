"""Students and workplaces: made, looked up, corrected. Who is placed where stands in `placements`, what is found of
a workplace in `workplaces`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.records.files import SCHEMA, view
from kwartier.records.organisation import Subject
from kwartier.records.tree import Tree
from kwartier.store import files
from kwartier.store.names import MAX_CODE, check_name, free_slug, safe_code
from kwartier.workflow.periods import parse_date
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Shelf, require_known_schema

KINDS = {"student": "student", "workplace": "praktijkleerplek"}
"""The kinds of subjects, with what each is called."""

_NAMES = ("name", "team", "place", "setting")
_OF_WORKPLACE = ("team", "place", "setting", "levels", "ended")
_MOST = 99
_ROUNDS = 20

Change = Callable[[Tree, Codes], Tree]


def add(shelf: Shelf, slug: str, code: str, details: Mapping[str, Any]) -> str:
    """A student or workplace of an organisation, by code; what is known of it stands in subject.toml alone.

    `details` as in `change`. What is there already with just these details stays as it is. Raises `Refused` where it
    differs.
    """
    shelf.organisation(slug)
    safe_code(code)
    tree = subject_tree(shelf, code, details)
    with shelf.folder.lock(slug):
        if code not in shelf.folder.subjects(slug):
            shelf.folder.create(shelf.folder.subject(slug, code), {"subject.toml": tree})
        else:
            require_same(shelf, slug, code, tree)
    return code


def require_same(shelf: Shelf, slug: str, code: str, tree: Tree) -> None:
    """Raises `Refused` where something else is known of a subject that is there already than `tree` says."""
    path = shelf.folder.subject_file(slug, code)
    there = files.read(path).tree
    own = {key: value for key, value in tree.items() if key not in ("schema", "id", "code")}
    if any(there.get(key) != value for key, value in own.items()):
        raise Refused(
            "subject-exists",
            f"'{code}' is hier al in gebruik, met een andere naam, met andere gegevens of zonder.",
            place=str(path),
            advice=f"Kies een andere code, of verbeter wat er staat: 'kwartier onderwerp wijzig {slug} {code}'.",
        )


def subject_tree(shelf: Shelf, code: str, details: Mapping[str, Any]) -> Tree:
    """A new subject.toml. Raises `Misused` or `Refused` where the details are not as they should be."""
    fields = {key: value for key, value in checked(details).items() if value != ""}
    if not fields.get("kind") and any(key in fields for key in _OF_WORKPLACE):
        fields["kind"] = "workplace"
    return {"schema": SCHEMA, "id": shelf.new_id(), "code": code, **fields}


def subject(shelf: Shelf, slug: str, code: str) -> Subject:
    """Who or what a code stands for. Raises `Refused` where there is no such subject."""
    path = shelf.folder.subject_file(slug, code)
    found = files.find(path)
    if found is None:
        raise _unknown(shelf, slug, code)
    return view(found.tree, Subject, str(path))


def names(shelf: Shelf, slug: str) -> dict[str, str]:
    """The names of the students of an organisation by code, where there is one; nothing of a locked student."""
    found = {code: shelf.name_of_student(slug, code) for code in shelf.folder.subjects(slug)}
    return {code: name for code, name in found.items() if name}


def known(shelf: Shelf, slug: str, code: str) -> Subject | None:
    """As `subject`; None where there is none, or its file cannot be read."""
    try:
        return subject(shelf, slug, code)
    except KwartierError:
        return None


def change(shelf: Shelf, slug: str, code: str, details: Mapping[str, Any]) -> Subject:
    """Corrects what is known of a subject: `kind`, `name`, `team`, `place`, `setting`, `levels`, `note`, `ended`.

    What is None stays as it is; an empty text takes it away. The code never changes.
    """
    fields = checked(details)

    def changed(tree: Tree, codes: Codes) -> Tree:
        kept = {key: value for key, value in tree.items() if key not in fields}
        return {**kept, **{key: value for key, value in fields.items() if value != ""}}

    return write(shelf, slug, code, changed)


def write(shelf: Shelf, slug: str, code: str, change: Change) -> Subject:
    """Replaces the file of a subject by what `change` makes of it, with new names in the codes, all or nothing.

    A file that cannot be read, or is of a newer kwartier, is refused and stays as it is.
    """
    shelf.organisation(slug)
    path = shelf.folder.subject_file(slug, code)
    with shelf.folder.lock(slug):
        for left in reversed(range(_ROUNDS)):
            before = files.find(path)
            if before is None:
                raise _unknown(shelf, slug, code)
            view(before.tree, Subject, str(path))
            require_known_schema(path, before.tree)
            codes = shelf.codes(slug)
            after = change(before.tree, codes)
            found = view(after, Subject, str(path))
            try:
                shelf.put(slug, f"{slug}, {code}", {path: (before, after)}, codes)
            except files.Changed:
                if not left:
                    raise
            else:
                return found
    raise AssertionError("every round ends in a return or an error")


def free_code(shelf: Shelf, slug: str, name: str) -> str:
    """A code that is not in use, made from the name of a workplace; never for a student, whose name it would tell."""
    taken = shelf.folder.subjects(slug) if slug else []
    made = free_slug(name, taken)[:MAX_CODE].strip("-")
    number = 1
    while made in taken:
        number += 1
        ending = f"-{number}"
        made = made[: MAX_CODE - len(ending)].rstrip("-") + ending
    return safe_code(made)


def checked(details: Mapping[str, Any]) -> Tree:
    """Details as they are kept: texts that can be shown, levels in order, a day as a date; what is None is left out."""
    fields: Tree = {key: value for key, value in details.items() if value is not None}
    for key in _NAMES:
        if fields.get(key):
            check_name(fields[key])
    if fields.get("kind") and fields["kind"] not in KINDS:
        raise Misused(
            "kind-wrong",
            f"'{fields['kind']}' is geen soort onderwerp.",
            advice="Kies student of praktijkleerplek.",
        )
    if "levels" in fields:
        fields["levels"] = levels_of(fields["levels"]) or ""
    if isinstance(fields.get("ended"), str) and fields["ended"]:
        fields["ended"] = parse_date(fields["ended"])
    return fields


def levels_of(given: str | int | Sequence[int]) -> list[int]:
    """Education levels as they are typed, "4,5" or "4 en 5", in order; none for an empty text. Raises `Misused`."""
    if isinstance(given, str):
        words = given.replace(",", " ").replace(";", " ").replace(" en ", " ").split()
    else:
        words = [str(one) for one in ([given] if isinstance(given, int) else given)]
    if not all(word.isascii() and word.isdigit() and 0 < int(word[:6]) <= _MOST for word in words):
        raise Misused(
            "levels-wrong",
            f"'{given}' zijn geen opleidingsniveaus.",
            advice="Schrijf getallen met een komma ertussen, zoals 4,5.",
        )
    return sorted({int(word) for word in words})


def day_of(given: date | str | None) -> date | str | None:
    """A day that was given as a date or a text, as a date; an empty text stays empty."""
    return parse_date(given) if isinstance(given, str) and given else given


def not_a_student(slug: str, code: str, ending: str = ", geen student") -> Refused:
    """What is said where a student is meant and the code is that of a workplace; the ending may say why."""
    return Refused(
        "not-a-student",
        f"'{code}' is een praktijkleerplek{ending}.",
        place=slug,
        advice="Geef de code van een student.",
    )


def _unknown(shelf: Shelf, slug: str, code: str) -> Refused:
    listed = ", ".join(shelf.folder.subjects(slug)[:20]) or "nog geen"
    return Refused(
        "unknown-subject",
        f"'{code}' is hier geen student of praktijkleerplek.",
        place=slug,
        advice=f"Bekend: {listed}. Maak er een met 'kwartier onderwerp nieuw {slug} {code}'.",
    )
