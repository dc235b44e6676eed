"""What the interview left behind that has to go one day: raw notes, and what a participant takes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kwartier.errors import Refused
from kwartier.instrument import model as m
from kwartier.records.tree import Tree
from kwartier.store.refs import Ref, parse_ref
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Case, Shelf
from kwartier.workspace.steps import code_in

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
    code = code_in(shelf.codes(ref.organisation, ref.subject), case.record, who)
    interviews = [one.id for one in case.content.step if isinstance(one, m.InterviewStep)]
    found = [shelf.step_path(ref, step, code) for step in interviews if code and (step, code) in case.record.personal]
    if not found:
        raise Refused("no-notes", f"'{who}' heeft hier geen ruwe aantekeningen.", place=ref_text, advice=_WHOSE)
    return ref, found
