"""Working apart: one file for somebody without access to the folder. The folder to work in stands in `handed`.

The file holds the instrument in kwartier's wording, the shared texts, and of sheets only the person's own. Raw notes
go along on request, and then only locked and with the day of their destruction. What goes along of a student stands in
`along`; with files it is a bundle.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from kwartier.errors import Misused, Refused
from kwartier.instrument import model as m
from kwartier.records.canonical import digest
from kwartier.records.files import SCHEMA
from kwartier.records.tree import Tree
from kwartier.store import toml
from kwartier.store.keyring import home_of
from kwartier.workflow.due import destruction
from kwartier.workflow.people import require_active, to_score
from kwartier.workflow.periods import after
from kwartier.workflow.visible import visible
from kwartier.workspace import along, bundle
from kwartier.workspace.handover_file import GIVEN, TREE, bare_texts
from kwartier.workspace.locking import lock
from kwartier.workspace.outside import write
from kwartier.workspace.shelf import Case, Shelf


def parts_of(content: m.Content, role: str, step_id: str = "") -> tuple[m.ScoreStep, m.NotesStep | None]:
    """The step that is scored apart (the named one, else the first), and the texts that are scored.

    Of the subject itself that is its self-assessment.
    """
    by = "person" if along.is_of_subject(content, role) else "each"
    steps = [s for s in content.step if isinstance(s, m.ScoreStep) and s.by == by and s.role == role]
    step = next((one for one in steps if step_id in ("", one.id)), None)
    if step is None and steps:
        raise Misused(
            "step-not-apart",
            f"In '{step_id}' doet deze rol geen blad apart.",
            advice=f"Wel in: {', '.join(one.id for one in steps)}.",
        )
    if step is None:
        raise Misused("nothing-apart", "In dit instrument doet niemand een stap apart.", advice="Werk in de datamap.")
    notes = next((s for s in content.step if isinstance(s, m.NotesStep) and s.id == step.scored_on), None)
    return step, notes


class Wish(Struct, frozen=True, kw_only=True):
    """How a hand-over is asked for. Without a step it is the one in which this person still has to seal."""

    passphrase: str = ""
    raw_notes: bool = False
    overwrite: bool = False
    with_name: bool = False
    step: str = ""


def give(shelf: Shelf, ref_text: str, code: str, path: Path, wish: Wish) -> Path:
    """Writes the file for one person; gives its path."""
    case = shelf.case(ref_text)
    case.require_writable()
    tree = _given(shelf, case, code, wish)
    trees = [*(row["tree"] for row in tree.get("own", [])), *tree.get("reading", {}).values()]
    found = along.read_files(shelf, case.ref, along.files_named(trees))
    data = toml.encode({**tree, "digest": digest(tree)})
    whole = bundle.pack({TREE: data, **found}) if found else data
    write(path, lock(whole, wish.passphrase) if wish.passphrase else whole, overwrite=wish.overwrite)
    if "subject" in tree:
        along.note_given(shelf, case.ref, code, f"werk apart, {tree['step']}")
    return path


def _step_to_give(case: Case, code: str, role: str, named: str) -> tuple[m.ScoreStep, m.NotesStep | None]:
    found = to_score(case.record, case.content, code)
    apart = found is not None and found.by == ("person" if along.is_of_subject(case.content, role) else "each")
    return parts_of(case.content, role, named or (found.id if found is not None and apart else ""))


def _given(shelf: Shelf, case: Case, code: str, wish: Wish) -> Tree:
    ref_text, raw_notes = str(case.ref), wish.raw_notes
    person = require_active(case.record, code, "")
    step, notes = _step_to_give(case, code, person.role, wish.step)
    own = case.record.personal.get((step.id, code), {})
    if "sealed" in own:
        raise Refused(
            "already-sealed", "Dit scoreblad is al verzegeld.", place=ref_text, advice="Er valt niets te geven."
        )
    is_subject = along.is_of_subject(case.content, person.role)
    if is_subject and not wish.passphrase:
        raise Refused(
            "passphrase-needed",
            "Wat iemand over zichzelf bijhoudt, gaat alleen mee in een bestand dat op slot is.",
            place=ref_text,
            advice="Geef een wachtwoord: voeg --op-slot toe.",
        )
    if raw_notes and not wish.passphrase:
        raise Refused(
            "notes-unlocked",
            "Ruwe aantekeningen gaan alleen mee in een bestand dat op slot is.",
            place=ref_text,
            advice="Geef een wachtwoord, of laat --met-aantekeningen weg.",
        )
    _require_locked_too(shelf, case, wish.passphrase)
    codes = shelf.codes(case.ref.organisation, case.ref.subject)
    organisation = shelf.organisation(case.ref.organisation)
    tree: Tree = {
        "schema": SCHEMA,
        "kind": GIVEN,
        "ref": str(case.ref),
        "record": case.record.envelope.id,
        "organisation": {"id": organisation.id, "name": organisation.name},
        "person": code,
        "name": "" if is_subject else codes.names().get(code, ""),
        "step": step.id,
        "made": shelf.now(),
        "envelope": case.record.tree,
        "content": shelf.folder.read_content(case.record.envelope.content),
        "sheet": own,
    }
    if notes is not None:
        tree["notes"] = notes.id
        tree["texts"] = bare_texts(case.record.shared.get(notes.id, {}))
    if reading := _reading(case, step, code):
        tree["reading"] = reading
    if raw_notes:
        tree["raw"] = _raw(shelf, case)
    more = _of_student(shelf, case, code, person.role, with_name=wish.with_name)
    whole = {**tree.get("reading", {}), **more.pop("reading", {})}
    return {**tree, **more, **({"reading": whole} if whole else {})}


def _of_student(shelf: Shelf, case: Case, code: str, role: str, *, with_name: bool) -> Tree:
    """What goes along where the record is about somebody who takes part in it; else nothing."""
    if not any(one.is_subject for one in case.content.role):
        return {}
    reading, beside = along.read_along(case, code, role)
    own = along.own_trees(case, role)
    tree: Tree = {"subject": along.subject_tree(shelf, case.ref, with_name=with_name), "reading": reading}
    tree |= {"beside": beside, "own": own}
    return {key: value for key, value in tree.items() if value}


def _require_locked_too(shelf: Shelf, case: Case, passphrase: str) -> None:
    """What is encrypted here leaves no file in clear."""
    if not passphrase and home_of(shelf.folder.assessment(case.ref)):
        raise Refused(
            "handover-unlocked",
            f"Alles van {case.ref.subject} staat hier op slot, dus gaat het alleen mee in een bestand dat op slot is.",
            place=str(case.ref),
            advice="Geef een wachtwoord voor het bestand, met --op-slot of --wachtwoord-bestand.",
        )


def _reading(case: Case, step: m.ScoreStep, code: str) -> Tree:
    """The texts and facts that are shown beside the items, so that who works apart sees the same."""
    facts = [one.id for one in case.content.step if isinstance(one, m.FactsStep)] if case.content.lookup else []
    shared = visible(case.record, case.content, code).shared
    agreed = {one.id for one in case.content.step if isinstance(one, m.ConsensusStep)}
    return {id: bare_texts(shared[id]) for id in (*step.shows, *facts) if id in shared and id not in agreed}


def _raw(shelf: Shelf, case: Case) -> list[Tree]:
    rows: list[Tree] = []
    for step in case.content.step:
        if not isinstance(step, m.InterviewStep):
            continue
        day = destruction(step, case.content, case.record) or after(shelf.today(), step.keep)
        for (name, code), tree in sorted(case.record.personal.items()):
            if name == step.id and "destroyed" not in tree:
                rows.append({"id": f"{step.id}-{code}", "step": name, "person": code, "tree": {"destroy": day, **tree}})
    return rows
