"""Assessments: started, listed, corrected, and the reasons for departures. Who joins or stops stands in `assessors`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from kwartier.errors import Misused, Refused
from kwartier.instrument.model import Content
from kwartier.instrument.selection import check_parameters, for_parameters
from kwartier.plugins.host import Opened
from kwartier.records.tree import Tree
from kwartier.store.names import safe_code
from kwartier.store.refs import Ref, parse_ref
from kwartier.workflow.departures import departures
from kwartier.workflow.people import assessor_role
from kwartier.workflow.settled import is_definitive, require_not_definitive
from kwartier.workflow.visible import visible
from kwartier.workspace import laying, organisations, subjects
from kwartier.workspace.beginning import Beginning, FilesOf, Making
from kwartier.workspace.carrying import carried
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Case, Shelf
from kwartier.workspace.steps import require_reason


def start(shelf: Shelf, begin: Beginning, *, paper: str = "", files_of: FilesOf = lambda codes: {}) -> str:
    """A new record, whole or not at all; gives its reference.

    Raises `Refused` or `Misused`: an unknown organisation or instrument, parameters that are missing, a subject that
    does not fit, one assessor without a reason, two with the same name.
    """
    if begin.new_organisation is None:
        organisations.names(shelf, begin.organisation)
    if begin.subject:
        safe_code(begin.subject)
    opened = shelf.host.open(begin.instrument)
    parameters = check_parameters(opened.content, begin.parameters)
    if begin.profile:
        opened = laying.laid(shelf, opened, begin.profile, parameters)
    content = for_parameters(opened.content, parameters)
    _check_subject(shelf, opened, begin)
    if begin.follows:
        _check_follows(shelf, begin)
    _check_number(begin, content, paper)
    making = Making(shelf, begin, opened, content, parameters, paper, files_of)
    return str(making.beside_new() if begin.new_organisation is not None else making.in_known())


def _check_subject(shelf: Shelf, opened: Opened, begin: Beginning) -> None:
    kind = opened.header.subject
    if kind == "organisation" and (begin.subject or begin.new_subject):
        raise Misused(
            "subject-not-asked",
            f"{opened.header.short} gaat over de organisatie zelf, niet over een student of praktijkleerplek.",
            advice="Laat --onderwerp weg.",
        )
    named = kind == "workplace" and (begin.new_subject or {}).get("name")
    if kind != "organisation" and not begin.subject and not named:
        what = "de student" if kind == "student" else "de praktijkleerplek"
        raise Misused("subject-missing", f"Geef de code van {what}.", advice="Voeg toe: --onderwerp CODE.")
    if begin.subject and begin.new_organisation is None:
        own = subjects.known(shelf, begin.organisation, begin.subject)
        if own is not None and own.kind and own.kind != kind:
            raise Misused(
                "subject-other-kind",
                f"'{begin.subject}' is een {subjects.KINDS.get(own.kind, own.kind)}; {opened.header.short} gaat over "
                f"een {subjects.KINDS[kind]}.",
                advice="Kies een andere code, of een ander instrument.",
            )


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
        advice='Noem er nog een met --auditor NAAM, of zeg waarom met --reden "…".',
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
    """Another date, or another assessment before it. The folder keeps its name.

    Of an assessment before it comes along what the content carries on, where nothing stands there yet.
    """
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
    if follows:
        _carry_after_all(shelf, ref, follows)


def _carry_after_all(shelf: Shelf, ref: Ref, follows: str) -> None:
    """Takes over what a record would have begun with, where nothing stands there yet; twice is once."""
    case, earlier = shelf.case(ref), shelf.case(follows)
    if earlier.ref.instrument != ref.instrument or is_definitive(case.record, case.content):
        return
    people = case.record.tree.get("person", [])
    files = carried(earlier.record, case.content, people, before=earlier.content)
    for name, tree in files.items():
        path = shelf.folder.assessment(ref) / name
        if not path.exists():
            shelf.write(ref, path, partial(_unless_there, tree))


def _unless_there(tree: Tree, case: Case, there: Tree, codes: Codes) -> Tree:
    return there or tree


def every(shelf: Shelf, slug: str) -> Sequence[Ref]:
    """All records of an organisation, oldest first per instrument; also where its own file is damaged."""
    if not shelf.folder.organisation_file(slug).is_file():
        shelf.organisation(slug)
    return shelf.folder.assessments(slug)
