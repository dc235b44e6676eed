"""Assessments: started, listed, corrected, and the reasons for departures. Who joins or stops stands in `assessors`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from kwartier.errors import Misused, Refused
from kwartier.instrument.model import Content
from kwartier.instrument.selection import check_parameters, for_parameters
from kwartier.plugins.host import Opened
from kwartier.records.files import SCHEMA
from kwartier.records.tree import Tree
from kwartier.store import toml
from kwartier.store.folder import encode_files, free_assessment_name
from kwartier.store.journal import Journal
from kwartier.store.making import built_folder
from kwartier.store.names import safe_code
from kwartier.store.refs import Ref, parse_ref
from kwartier.workflow.departures import departures
from kwartier.workflow.people import assessor_role
from kwartier.workflow.settled import require_not_definitive
from kwartier.workflow.visible import visible
from kwartier.workspace import organisations
from kwartier.workspace.assessors import Assessor, code_of_assessor, role_of
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Case, Shelf
from kwartier.workspace.steps import require_reason


class Beginning(Struct, frozen=True, kw_only=True):
    """What an assessment starts with."""

    organisation: str
    instrument: str
    date: date
    people: tuple[Assessor, ...] = ()
    subject: str = ""
    parameters: Mapping[str, object] = {}
    follows: str = ""
    reason: str = ""


FilesOf = Callable[[Codes], Mapping[str, Tree]]
"""The first step files of a record; new names in them go to the codes."""


def start(shelf: Shelf, begin: Beginning, *, paper: str = "", files_of: FilesOf = lambda codes: {}) -> str:
    """A new record, whole or not at all; gives its reference.

    Raises `Refused` or `Misused`: an unknown organisation or instrument, parameters that are missing, a subject that
    does not fit, one assessor without a reason, two with the same name.
    """
    organisations.names(shelf, begin.organisation)
    if begin.subject:
        safe_code(begin.subject)
    opened = shelf.host.open(begin.instrument)
    parameters = check_parameters(opened.content, begin.parameters)
    content = for_parameters(opened.content, parameters)
    _check_subject(opened, begin)
    if begin.follows:
        _check_follows(shelf, begin)
    _check_number(begin, content, paper)
    pin = shelf.folder.write_content(opened.tree)
    with shelf.folder.lock(begin.organisation):
        codes = shelf.codes(begin.organisation)
        people = _people(begin, content, codes)
        name = free_assessment_name(
            shelf.folder.instrument(begin.organisation, begin.instrument, begin.subject or None), begin.date
        )
        ref = Ref(begin.organisation, begin.instrument, begin.subject or None, name)
        envelope = _envelope(shelf, begin, opened, pin, parameters, people, paper)
        trees = {"assessment.toml": envelope, **files_of(codes)}
        _place(shelf, ref, trees, codes)
    return str(ref)


def _place(shelf: Shelf, ref: Ref, trees: Mapping[str, Tree], codes: Codes) -> None:
    target = shelf.folder.assessment(ref)
    new_subject = ref.subject is not None and ref.subject not in shelf.folder.subjects(ref.organisation)
    if not codes.changed and not new_subject:
        shelf.folder.create(target, trees)
        return
    # New names, a new subject and the new record belong together: one journal.
    with built_folder(target, encode_files(trees)) as building:
        journal = Journal.plan(shelf.folder.path, f"{ref} met nieuwe namen")
        if codes.changed:
            expected = codes.reading.fingerprint if codes.reading else None
            journal.put(shelf.folder.people_file(ref.organisation), toml.encode(codes.tree()), expected=expected)
        if new_subject and ref.subject is not None:
            tree = organisations.subject_tree(shelf, ref.subject)
            journal.put(shelf.folder.subject_file(ref.organisation, ref.subject), toml.encode(tree), expected=None)
        journal.move(building, target)
        journal.commit()


def _envelope(
    shelf: Shelf,
    begin: Beginning,
    opened: Opened,
    pin: str,
    parameters: Mapping[str, Any],
    people: list[Tree],
    paper: str,
) -> Tree:
    tree: Tree = {
        "schema": SCHEMA,
        "id": shelf.new_id(),
        "instrument": opened.header.id,
        "edition": opened.header.edition,
        "plugin": opened.plugin,
        "content": pin,
        "date": begin.date,
    }
    if begin.subject:
        tree["subject"] = begin.subject
    if begin.follows:
        tree["follows"] = str(parse_ref(begin.follows))
    if parameters:
        tree["parameters"] = dict(parameters)
    if paper:
        tree["paper"] = {"source": paper, "entered": shelf.today()}
    if people:
        tree["person"] = people
    if begin.reason:
        tree["departure"] = [{"id": "aantal-auditors", "reason": begin.reason, "date": shelf.today()}]
    return tree


def _people(begin: Beginning, content: Content, codes: Codes) -> list[Tree]:
    rows: list[Tree] = []
    for one in begin.people:
        role = role_of(content, one)
        code = code_of_assessor(codes, one.name)
        if code in {row["id"] for row in rows}:
            raise Misused(
                "name-twice",
                f"'{one.name}' staat er twee keer bij.",
                advice="Zijn het twee mensen met dezelfde naam, zet er dan een letter bij.",
            )
        row: Tree = {"id": code, "role": role.id}
        if one.shadow:
            row["shadow"] = True
        if one.origin:
            row["origin"] = one.origin
        rows.append(row)
    return rows


def _check_subject(opened: Opened, begin: Beginning) -> None:
    kind = opened.header.subject
    if kind == "organisation" and begin.subject:
        raise Misused(
            "subject-not-asked",
            f"{opened.header.short} gaat over de organisatie zelf, niet over een student of praktijkleerplek.",
            advice="Laat --onderwerp weg.",
        )
    if kind != "organisation" and not begin.subject:
        what = "de student" if kind == "student" else "de praktijkleerplek"
        raise Misused("subject-missing", f"Geef de code van {what}.", advice="Voeg toe: --onderwerp CODE.")


def _check_follows(shelf: Shelf, begin: Beginning) -> None:
    earlier = shelf.case(begin.follows)
    if earlier.ref.organisation != begin.organisation:
        raise Misused(
            "follows-other",
            "De vorige meting is van een andere organisatie.",
            place=begin.follows,
            advice="Kies een meting van dezelfde organisatie. Vergelijken kan wel: 'kwartier uitslag REF --met REF'.",
        )
    if earlier.record.envelope.date > begin.date:
        raise _follows_later(earlier)


def _follows_later(earlier: Case) -> Misused:
    return Misused(
        "follows-later",
        f"De vorige meting ({earlier.record.envelope.date:%d-%m-%Y}) is later dan deze.",
        place=str(earlier.ref),
        advice="Controleer de datum.",
    )


def _check_number(begin: Beginning, content: Content, paper: str) -> None:
    role = assessor_role(content)
    number = sum(not one.shadow and role is not None and one.role in ("", role.id) for one in begin.people)
    if paper or role is None or role.norm is None or begin.reason.strip() or number == 0 or number >= role.norm:
        return
    raise Refused(
        "few-assessors",
        f"{role.norm} {role.many or role.title} is de norm; hier {'is' if number == 1 else 'zijn'} er {number}.",
        advice=f'Noem er nog een met --{role.id} NAAM, of zeg waarom met --reden "…".',
    )


def give_reason(shelf: Shelf, ref_text: str, finding: str, reason: str) -> None:
    """Keeps the reason for a departure in the envelope. Raises `Misused` where no such reason is asked."""
    ref = parse_ref(ref_text)
    require_reason(reason, "Zeg waarom.")

    def reasoned(case: Case, tree: Tree, codes: Codes) -> Tree:
        record = visible(case.record, case.content, None)
        found = [*departures(record, case.content), *case.hooks.check(case.content, record)]
        asked = {one.id for one in found if one.level == "reason"}
        if finding not in asked:
            listed = ", ".join(sorted(asked)) or "niets"
            raise Misused(
                "no-such-finding", f"Voor '{finding}' wordt geen reden gevraagd.", advice=f"Wel voor: {listed}."
            )
        rows = {row["id"]: row for row in tree.get("departure", [])}
        rows[finding] = {**rows.get(finding, {}), "id": finding, "reason": reason, "date": shelf.today()}
        return {**tree, "departure": list(rows.values())}

    shelf.write(ref, shelf.folder.assessment_file(ref), reasoned)


def correct(shelf: Shelf, ref_text: str, *, day: date | None = None, follows: str | None = None) -> None:
    """Another date, or another assessment before it. The folder keeps its name."""
    ref = parse_ref(ref_text)

    def corrected(case: Case, tree: Tree, codes: Codes) -> Tree:
        changed = dict(tree)
        if day is not None:
            require_not_definitive(case.record, case.content)
            changed["date"] = day
        if follows is not None:
            if follows:
                earlier = shelf.case(follows)
                if earlier.ref == ref or earlier.ref.organisation != ref.organisation:
                    raise Misused(
                        "follows-other",
                        "Dit is dezelfde meting, of een van een andere organisatie.",
                        place=follows,
                        advice="Kies een andere meting van dezelfde organisatie.",
                    )
                if earlier.record.envelope.date > (day or case.record.envelope.date):
                    raise _follows_later(earlier)
                changed["follows"] = str(earlier.ref)
            else:
                changed.pop("follows", None)
        return changed

    shelf.write(ref, shelf.folder.assessment_file(ref), corrected)


def every(shelf: Shelf, slug: str) -> Sequence[Ref]:
    """All records of an organisation, oldest first per instrument; also where its own file is damaged."""
    if not shelf.folder.organisation_file(slug).is_file():
        shelf.organisation(slug)
    return shelf.folder.assessments(slug)
