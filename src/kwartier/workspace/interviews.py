"""What the interview left behind that has to go one day: raw notes, and what a participant takes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kwartier.errors import Misused, Refused
from kwartier.instrument import model as m
from kwartier.records.files import PeopleFile
from kwartier.records.tree import Tree
from kwartier.store.refs import Ref, parse_ref
from kwartier.workflow.settled import versions
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Case, Shelf
from kwartier.workspace.steps import change, code_in

_WHOSE = "Van wie ze er zijn, ziet u met 'kwartier aantekeningen toon REF --auditor NAAM'."


def destroy_notes(shelf: Shelf, ref_text: str, who: str) -> None:
    """Destroys somebody's raw notes: what was noted goes, that and when it was destroyed stays."""

    def destroyed(case: Case, tree: Tree, codes: Codes) -> Tree:
        return {**{key: value for key, value in tree.items() if key != "note"}, "destroyed": shelf.now()}

    ref, paths = _notes_of(shelf, ref_text, who)
    for path in paths:
        shelf.write(ref, path, destroyed)


def set_destruction(shelf: Shelf, ref_text: str, who: str, day: date) -> None:
    """Sets the day on which somebody's raw notes are to be destroyed."""
    ref, paths = _notes_of(shelf, ref_text, who)
    for path in paths:
        shelf.write(ref, path, lambda case, tree, codes: {**tree, "destroy": day})


def _notes_of(shelf: Shelf, ref_text: str, who: str) -> tuple[Ref, list[Path]]:
    """The files of somebody's raw notes, one per interview. Raises `Refused` where there are none."""
    ref = parse_ref(ref_text)
    case = shelf.case(ref)
    code = code_in(shelf.codes(ref.organisation), case.record, who)
    interviews = [one.id for one in case.content.step if isinstance(one, m.InterviewStep)]
    found = [shelf.step_path(ref, step, code) for step in interviews if code and (step, code) in case.record.personal]
    if not found:
        raise Refused("no-notes", f"'{who}' heeft hier geen ruwe aantekeningen.", place=ref_text, advice=_WHOSE)
    return ref, found


def withdraw(shelf: Shelf, ref_text: str, participant: str) -> list[str]:
    """Notes that a participant withdrew, and lists what has to go."""
    ref = parse_ref(ref_text)
    case = shelf.case(ref)
    step = next((one for one in case.content.step if isinstance(one, m.PeopleStep)), None)
    codes = shelf.codes(ref.organisation)
    code = codes.find(participant) or participant
    known = [one.id for one in case.record.read(step.id, PeopleFile).participant] if step else []
    if step is None or code not in known:
        raise Misused(
            "unknown-participant",
            f"'{participant}' is geen deelnemer van deze meting.",
            place=ref_text,
            advice=f"Wel: {', '.join(known) or 'nog niemand'}.",
        )
    given = {"participant": [{"id": code, "consent": "ingetrokken", "consent_on": shelf.today()}]}
    change(shelf, ref_text, step.id, given, None)
    told = [f"de naam achter {code}: kwartier persoon wis {ref.organisation} {code}"]
    row = next(one for one in case.record.read(step.id, PeopleFile).participant if one.id == code)
    if row.audio == "gegeven" or case.record.read(step.id, PeopleFile).audio_recorded:
        told.append("de geluidsopname, of het deel waarin deze deelnemer spreekt (kwartier bewaart zelf geen geluid)")
    for one in case.content.step:
        if isinstance(one, m.InterviewStep):
            for name, writer in sorted(case.record.personal):
                if name == one.id:
                    told.append(f"wat deze deelnemer zei, in de ruwe aantekeningen van {codes.shown(writer)}")
        if isinstance(one, m.NotesStep) and one.id in case.record.shared:
            told.append(f"wat op deze deelnemer terug te voeren is, in '{one.title}'; ook wat er eerder stond")
    if versions(case.record, case.content):
        told.append("hetzelfde in het definitieve verslag: heropenen, de tekst veranderen, en opnieuw definitief maken")
    told.append(f"wat er eerder bij een item stond, ook in oude versies van het verslag: kwartier wis {ref} ITEM")
    told.append("wat buiten kwartier staat: brieven, formulieren, mail, reservekopieën, gegeven bestanden")
    return told
