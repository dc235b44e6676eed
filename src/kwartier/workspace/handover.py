"""Working apart: one file for somebody without access to the folder, a folder of its own to work in, and back again.

The file holds the instrument in kwartier's wording, the shared texts, and of sheets only the person's own. Raw notes
go along on request, and then only locked and with the day of their destruction.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from kwartier.errors import Misused, Refused, Unreadable
from kwartier.instrument import model as m
from kwartier.records.canonical import digest
from kwartier.records.files import SCHEMA, Viewed, view
from kwartier.records.tree import Tree
from kwartier.store import files, toml
from kwartier.store.disk import make_folder
from kwartier.store.folder import DataFolder
from kwartier.store.locks import OWN
from kwartier.store.refs import Ref, parse_ref, step_file_name
from kwartier.store.refusals import read_refusal, refusal
from kwartier.workflow.due import destruction
from kwartier.workflow.people import require_active
from kwartier.workflow.periods import after
from kwartier.workspace.locking import is_locked, lock, unlock
from kwartier.workspace.outside import is_folder, read, write
from kwartier.workspace.shelf import Case, Shelf, marker_of

GIVEN = "handover"
RETURNED = "return"


class Handed(Struct, frozen=True, kw_only=True):
    """A hand-over that was opened: where it can be worked on, and as whom."""

    folder: str
    ref: str
    person: str
    name: str
    step: str


class HandoverFile(Viewed, frozen=True, kw_only=True):
    """What every hand-over and return file holds; a file that lacks it was not made by kwartier."""

    schema: int = SCHEMA
    kind: str
    ref: str
    record: str
    organisation: Mapping[str, Any]
    person: str
    name: str
    step: str
    envelope: Mapping[str, Any]
    content: Mapping[str, Any]
    sheet: Mapping[str, Any]
    notes: str = ""
    texts: Mapping[str, Any] = {}
    reading: Mapping[str, Any] = {}
    "What else is read while scoring, by step; it does not come back."
    base: Mapping[str, Any] = {}
    raw: tuple[RawRow, ...] = ()


class RawRow(Viewed, frozen=True, kw_only=True):
    """Somebody's raw notes in a hand-over."""

    step: str
    person: str
    tree: Mapping[str, Any]


class Packed(Struct, frozen=True, kw_only=True):
    """What goes back: the file, and whether the sheet in it is sealed."""

    file: str
    ref: str
    person: str
    sealed: bool


def parts_of(content: m.Content, role: str) -> tuple[m.ScoreStep, m.NotesStep | None]:
    """The step that is scored apart, and the texts that are scored."""
    step = next((s for s in content.step if isinstance(s, m.ScoreStep) and s.by == "each" and s.role == role), None)
    if step is None:
        raise Misused("nothing-apart", "In dit instrument doet niemand een stap apart.", advice="Werk in de datamap.")
    notes = next((s for s in content.step if isinstance(s, m.NotesStep) and s.id == step.scored_on), None)
    return step, notes


def give(
    shelf: Shelf, ref_text: str, code: str, path: Path, *, passphrase: str, raw_notes: bool, overwrite: bool
) -> Path:
    """Writes the file for one person; gives its path."""
    case = shelf.case(ref_text)
    case.require_writable()
    person = require_active(case.record, code, "")
    step, notes = parts_of(case.content, person.role)
    own = case.record.personal.get((step.id, code), {})
    if "sealed" in own:
        raise Refused(
            "already-sealed", "Dit scoreblad is al verzegeld.", place=ref_text, advice="Er valt niets te geven."
        )
    if raw_notes and not passphrase:
        raise Refused(
            "notes-unlocked",
            "Ruwe aantekeningen gaan alleen mee in een bestand dat op slot is.",
            place=ref_text,
            advice="Geef een wachtwoord, of laat --met-aantekeningen weg.",
        )
    codes = shelf.codes(case.ref.organisation)
    organisation = shelf.organisation(case.ref.organisation)
    tree: Tree = {
        "schema": SCHEMA,
        "kind": GIVEN,
        "ref": str(case.ref),
        "record": case.record.envelope.id,
        "organisation": {"id": organisation.id, "name": organisation.name},
        "person": code,
        "name": codes.names().get(code, ""),
        "step": step.id,
        "made": shelf.now(),
        "envelope": case.record.tree,
        "content": shelf.folder.read_content(case.record.envelope.content),
        "sheet": own,
    }
    if notes is not None:
        tree["notes"] = notes.id
        tree["texts"] = _texts(case.record.shared.get(notes.id, {}))
    if reading := _reading(case, step):
        tree["reading"] = reading
    if raw_notes:
        tree["raw"] = _raw(shelf, case)
    data = toml.encode({**tree, "digest": digest(tree)})
    write(path, lock(data, passphrase) if passphrase else data, overwrite=overwrite)
    return path


def _reading(case: Case, step: m.ScoreStep) -> Tree:
    """The texts and facts that are shown beside the items, so that who works apart sees the same."""
    facts = [one.id for one in case.content.step if isinstance(one, m.FactsStep)] if case.content.lookup else []
    shared = case.record.shared
    return {id: _texts(shared[id]) for id in (*step.shows, *facts) if id in shared}


def _texts(tree: Tree) -> Tree:
    """The texts of a notes file, without what they were before: that could tell when somebody scored."""
    return {key: value for key, value in tree.items() if key != "earlier"}


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


def unpack(path: Path, passphrase: str | None) -> Tree:
    """The tree of a hand-over or return file. Raises `Unreadable` where it is none, or was changed."""
    tree = toml.parse(unlock(read(path), passphrase, str(path)), str(path))
    if tree.get("kind") not in (GIVEN, RETURNED) or "digest" not in tree:
        raise Unreadable(
            "no-handover",
            "Dit is geen bestand dat kwartier gegeven heeft om apart in te werken.",
            place=str(path),
            advice="Vraag om het bestand dat met 'kwartier meting geef' gemaakt is.",
        )
    schema = tree.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise Unreadable(
            "newer-file",
            "Dit bestand is van een nieuwere kwartier.",
            place=str(path),
            advice="Installeer de nieuwste kwartier; er is niets veranderd.",
        )
    if tree["digest"] != digest(tree, without=("digest",)):
        raise Unreadable(
            "changed-file",
            "Dit bestand is veranderd sinds kwartier het maakte, of beschadigd onderweg.",
            place=str(path),
            advice="Vraag het bestand opnieuw. Er is niets overgenomen.",
        )
    view(tree, HandoverFile, str(path))
    return tree


def open_sheet(path: Path, folder: Path, passphrase: str | None) -> Handed:
    """Makes (or finds again) the folder in which a hand-over is worked on. What was done there is never overwritten."""
    tree = unpack(path, passphrase)
    if tree["kind"] != GIVEN:
        raise Refused(
            "no-handover",
            "Dit bestand is al ingevuld en gaat terug naar de organisatie.",
            place=str(path),
            advice="Neem het daar op met 'kwartier meting neem'.",
        )
    ref = parse_ref(tree["ref"])
    opened = Handed(folder=str(folder), ref=str(ref), person=tree["person"], name=tree["name"], step=tree["step"])
    marker = marker_of(folder)
    if files.find(marker) is None and not _is_unused(folder):
        raise Refused(
            "folder-in-use", "Deze map is niet leeg.", place=str(folder), advice="Kies een lege map met --map."
        )
    try:
        make_folder(marker.parent)
    except OSError as error:
        raise refusal(error, folder) from error
    # The marker first: what a crash cuts off is done when the same file is opened again.
    whole = {key: value for key, value in tree.items() if key not in ("content", "raw")}
    there = files.update(marker, lambda there: there or whole)
    if there is None or there.tree.get("digest") != tree["digest"]:
        raise Refused(
            "folder-in-use",
            "In deze map staat al een ander scoreblad.",
            place=str(folder),
            advice="Kies een andere map met --map.",
        )
    _lay_out(DataFolder.create_or_open(folder), ref, tree)
    return opened


def handed_in(folder: Path) -> Handed | None:
    """The hand-over that this folder came of; None for a data folder of an organisation."""
    place = marker_of(folder)
    found = files.find(place)
    if found is None:
        return None
    view({**found.tree, "content": {}}, HandoverFile, str(place))
    tree = found.tree
    ref = str(parse_ref(tree["ref"]))
    return Handed(folder=str(folder), ref=ref, person=tree["person"], name=tree["name"], step=tree["step"])


def _is_unused(folder: Path) -> bool:
    """Whether nothing stands here yet but, at most, the bare beginning of this."""
    try:
        if not folder.exists():
            return True
        own = folder / OWN
        names = [one.name for one in [*folder.iterdir(), *(own.iterdir() if own.is_dir() else [])]]
    except OSError as error:
        raise read_refusal(error, folder) from error
    return all(name == OWN or name.endswith(".tmp") for name in names)


def _lay_out(home: DataFolder, ref: Ref, tree: Tree) -> None:
    """Puts in a folder what is not there yet."""
    people = {"schema": SCHEMA, "person": [{"id": tree["person"], "name": tree["name"]}]} if tree["name"] else {}
    organisation = {"schema": SCHEMA, **tree["organisation"]}
    with home.lock():
        home.write_content(tree["content"])
        files_of = {"organisation.toml": organisation, **({"people.toml": people} if people else {})}
        if not home.organisation(ref.organisation).exists():
            home.create(home.organisation(ref.organisation), files_of)
        if not home.assessment(ref).exists():
            home.create(home.assessment(ref), _record_files(tree))


def _record_files(tree: Tree) -> dict[str, Tree]:
    made: dict[str, Tree] = {"assessment.toml": tree["envelope"]}
    if tree.get("texts"):
        made[step_file_name(tree["notes"])] = tree["texts"]
    for step, shared in tree.get("reading", {}).items():
        made[step_file_name(step)] = shared
    if tree.get("sheet"):
        made[step_file_name(tree["step"], tree["person"])] = tree["sheet"]
    for row in tree.get("raw", []):
        made[step_file_name(row["step"], row["person"])] = row["tree"]
    return made


def pack(folder: Path) -> tuple[Tree, dict[str, Any]]:
    """What goes back from a folder in which a hand-over was worked on, and where it came from."""
    place = marker_of(folder)
    found = files.find(place)
    if found is None:
        raise Refused(
            "no-handover",
            "In deze map staat geen scoreblad dat apart gemaakt is.",
            place=str(folder),
            advice="Geef de map die 'kwartier blad open' maakte.",
        )
    marker = found.tree
    view({**marker, "content": {}}, HandoverFile, str(place))
    home = DataFolder.open(folder)
    ref = parse_ref(marker["ref"])
    sheet = files.find(home.step_file(ref, marker["step"], marker["person"]))
    texts = files.find(home.step_file(ref, marker["notes"])) if "notes" in marker else None
    tree: Tree = {key: value for key, value in marker.items() if key not in ("digest", "sheet", "texts", "reading")}
    tree |= {
        "kind": RETURNED,
        "content": {},
        "given": marker.get("sheet", {}),
        "sheet": sheet.tree if sheet else {},
        "base": marker.get("texts", {}),
        "texts": _texts(texts.tree) if texts else {},
    }
    return {**tree, "digest": digest(tree)}, {"ref": str(ref), "person": marker["person"]}


def pack_sheet(folder: Path, path: Path, *, passphrase: str = "", overwrite: bool = False) -> Packed:
    """Writes what goes back as one file; tells whether its sheet is sealed."""
    tree, about = pack(folder)
    data = toml.encode(tree)
    write(path, lock(data, passphrase) if passphrase else data, overwrite=overwrite)
    return Packed(file=str(path), ref=about["ref"], person=about["person"], sealed="sealed" in tree["sheet"])


def is_locked_file(path: Path) -> bool:
    """Whether a file asks a passphrase; a folder does not."""
    return not is_folder(path) and is_locked(read(path))
