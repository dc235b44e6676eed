"""Who is interviewed: added, corrected, and withdrawn with a list of what has to go then."""

from __future__ import annotations

import unicodedata
from typing import Any

from kwartier.errors import Misused
from kwartier.instrument import model as m
from kwartier.records.files import PeopleFile
from kwartier.records.tree import Tree
from kwartier.workflow.settled import versions
from kwartier.workspace.shelf import Case, Shelf
from kwartier.workspace.steps import NEW, change


def people_step(content: m.Content, ref: str) -> m.PeopleStep:
    """The step in which participants stand. Raises `Misused` for an instrument without them."""
    step = next((one for one in content.step if isinstance(one, m.PeopleStep)), None)
    if step is None:
        raise Misused("no-participants", "Dit instrument kent geen deelnemers.", place=ref, advice="Noteer er geen.")
    return step


def add(shelf: Shelf, ref: str, role: str, name: str, details: Tree) -> str:
    """Somebody more who is interviewed; gives the code. A name that is there already is the same participant."""
    step = people_step(shelf.case(ref).content, ref)
    before = {row.id for row in _file(shelf.case(ref), step).participant}
    # Somebody without a name is somebody new, also when the rest is the same.
    who = {"name": name} if name else {"id": NEW}
    row = {"role": _role_word(role), **_dated(shelf, details), **who}
    change(shelf, ref, step.id, {"participant": [row]}, None)
    case = shelf.case(ref)
    new = [row.id for row in _file(case, step).participant if row.id not in before]
    return new[0] if new else shelf.codes(case.ref.organisation, case.ref.subject).find(name) or name


def correct(shelf: Shelf, ref: str, who: str, details: Tree) -> str:
    """What else is known of a participant by now; gives the code."""
    case = shelf.case(ref)
    step = people_step(case.content, ref)
    code = _code(shelf, case, step, who)
    change(shelf, ref, step.id, {"participant": [{"id": code, **_dated(shelf, details)}]}, None)
    return code


def withdraw(shelf: Shelf, ref: str, who: str) -> list[str]:
    """Notes that a participant withdrew, and lists what has to go (Dutch lines)."""
    case = shelf.case(ref)
    step = people_step(case.content, ref)
    code = _code(shelf, case, step, who)
    file = _file(case, step)
    change(shelf, ref, step.id, {"participant": [{"id": code, **_dated(shelf, {"consent": "ingetrokken"})}]}, None)
    return _to_remove(shelf, case, file, code)


def _to_remove(shelf: Shelf, case: Case, file: PeopleFile, code: str) -> list[str]:
    codes = shelf.codes(case.ref.organisation, case.ref.subject)
    told = [f"de naam achter {code}: kwartier persoon wis {case.ref.organisation} {code}"]
    row = next(one for one in file.participant if one.id == code)
    if row.audio == "gegeven" or file.audio_recorded:
        told.append("de geluidsopname, of het deel waarin deze deelnemer spreekt (kwartier bewaart zelf geen geluid)")
    for one in case.content.step:
        if isinstance(one, m.InterviewStep):
            for name, writer in sorted(case.record.personal):
                if name == one.id:
                    told.append(f"wat deze deelnemer zei, in de ruwe aantekeningen van {codes.shown(writer)}")
        if isinstance(one, m.NotesStep) and one.id in case.record.shared:
            told.append(f"wat op deze deelnemer terug te voeren is, in '{one.title}'; ook wat er eerder stond")
        if isinstance(one, m.EvidenceStep | m.VerdictStep) and one.id in case.record.shared:
            told.append(f"wat op deze deelnemer terug te voeren is, in '{one.title}'")
    if versions(case.record, case.content):
        told.append("hetzelfde in het definitieve verslag: heropenen, de tekst veranderen, en opnieuw definitief maken")
    told.append(f"wat er eerder bij een item stond, ook in oude versies van het verslag: kwartier wis {case.ref} ITEM")
    told.append("wat buiten kwartier staat: brieven, formulieren, mail, reservekopieën, gegeven bestanden")
    return told


def _file(case: Case, step: m.PeopleStep) -> PeopleFile:
    return case.record.read(step.id, PeopleFile)


def _code(shelf: Shelf, case: Case, step: m.PeopleStep, who: str) -> str:
    """The code of a participant of this record, from a name or a code."""
    known = [one.id for one in _file(case, step).participant]
    code = shelf.codes(case.ref.organisation, case.ref.subject).find(who) or who
    if code not in known:
        raise Misused(
            "unknown-participant",
            f"'{who}' is geen deelnemer van deze meting.",
            place=str(case.ref),
            advice=f"Wel: {', '.join(known) or 'nog niemand'}. Voeg iemand toe met 'kwartier deelnemer erbij'.",
        )
    return code


def _dated(shelf: Shelf, details: Tree) -> dict[str, Any]:
    """What is told of a participant, with the day on which consent was told beside it."""
    return {**details, "consent_on": shelf.today()} if details.get("consent") else dict(details)


def _role_word(typed: str) -> str:
    """A role as the id of one: "Cliënt" is client."""
    plain = unicodedata.normalize("NFD", typed.strip().casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).replace(" ", "-")
