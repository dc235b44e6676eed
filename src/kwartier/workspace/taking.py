"""Takes back what was done apart: the shared texts merged per item, a sealed sheet as it is. Twice is once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from kwartier.errors import Misused, Refused
from kwartier.instrument import model as m
from kwartier.records.canonical import same
from kwartier.records.files import Sheet, view
from kwartier.records.merge import merge
from kwartier.records.tree import Tree
from kwartier.store import files
from kwartier.store.refs import Ref, parse_ref
from kwartier.workflow import sealing, settled
from kwartier.workflow.people import counting, is_sealed, person, revealed
from kwartier.workflow.rules import check
from kwartier.workflow.texts import with_earlier
from kwartier.workspace import taking_own
from kwartier.workspace.handed import pack
from kwartier.workspace.handover import parts_of
from kwartier.workspace.handover_file import GIVEN, unpack
from kwartier.workspace.outside import is_folder
from kwartier.workspace.shelf import Beside, Case, Shelf
from kwartier.workspace.taking_texts import HERE, SHEET, chosen
from kwartier.workspace.taking_texts import TextConflict as TextConflict


class Taken(Struct, frozen=True, kw_only=True):
    """What was taken in: the sheet, the items of which the text changed, and whether the scores are now revealed."""

    ref: str
    person: str
    sheet: bool
    texts: tuple[str, ...]
    revealed: bool
    rows: int = 0
    "How many rows of a student's own steps are new, different or gone."
    files: int = 0
    "How many files are new."
    own: bool = False
    "Whether it was a student's own steps that came back."


def take(
    shelf: Shelf,
    path: Path,
    *,
    passphrase: str | None,
    choices: Mapping[str, str],
    texts_only: bool = False,
    replace: bool = False,
) -> Taken:
    """Takes a return file, or the folder that was worked in, into the record that it came from."""
    tree, inside = pack(path) if is_folder(path) else unpack(path, passphrase)
    if any(choice not in (HERE, SHEET) for choice in choices.values()):
        raise Misused("choice-unknown", f"Kies '{HERE}' of '{SHEET}'.", advice=f"Bijvoorbeeld: --kies 1={SHEET}.")
    if tree["kind"] == GIVEN:
        raise Refused(
            "not-returned",
            "Dit is het bestand zoals het gegeven is, nog zonder scores.",
            place=str(path),
            advice="Neem de map of het bestand dat de auditor teruggaf ('kwartier blad inpakken').",
        )
    ref = _record_of(shelf, tree)
    own = taking_own.Own()
    with shelf.folder.lock(ref.organisation):
        case = shelf.case(ref)
        case.require_writable()
        step, notes = _steps_of(case, tree, str(path))
        changed: dict[Path, tuple[files.Reading | None, Tree]] = {}
        beside = Beside(f"{ref}: wat apart gedaan is")
        is_own = "own" in tree
        if is_own:
            back = taking_own.Return(case=case, tree=tree, inside=inside, choices=choices, place=str(path))
            own = taking_own.lay(shelf, back, changed, beside)
        sheet_is_new = not (texts_only or is_own) and _lay_sheet(shelf, case, step, tree, changed, replace, str(path))
        texts = _lay_texts(shelf, case, notes, tree, changed, choices, str(path)) if notes else ()
        shelf.put(ref, beside.purpose, changed, shelf.codes(ref.organisation, ref.subject), beside)
    after = shelf.case(ref)
    return Taken(
        ref=str(ref),
        person=tree["person"],
        sheet=sheet_is_new,
        texts=texts,
        revealed=not is_own and revealed(after.record, step),
        rows=own.rows,
        files=own.files,
        own=is_own,
    )


def would_reveal(shelf: Shelf, path: Path, passphrase: str | None) -> bool:
    """Whether taking the sheet in a return file or folder lays the scores side by side. Changes nothing.

    Raises what `take` raises for a file that is none, or one of another record.
    """
    tree, _ = pack(path) if is_folder(path) else unpack(path, passphrase)
    if tree["kind"] == GIVEN or "sealed" not in tree["sheet"]:
        return False
    case = shelf.case(_record_of(shelf, tree))
    step, _ = _steps_of(case, tree, str(path))
    waiting = [one for one in counting(case.record, step) if not is_sealed(case.record, step.id, one)]
    return step.blind and waiting == [tree["person"]]


def _steps_of(case: Case, tree: Tree, place: str) -> tuple[m.ScoreStep, m.NotesStep | None]:
    """The sheet and the texts that a hand-over is about; refuses a file about anything else."""
    who = person(case.record, tree["person"])
    if who is None:
        raise Refused(
            "person-stopped",
            f"'{tree['person']}' doet niet mee aan deze meting.",
            place=place,
            advice="Kijk of dit het goede bestand is; wie meedoet, ziet u met 'kwartier meting toon REF'.",
        )
    known = {one.id for one in case.content.step}
    step, notes = parts_of(case.content, who.role, tree["step"] if tree["step"] in known else "")
    if (step.id, notes.id if notes else "") != (tree["step"], tree.get("notes", "")):
        raise Refused(
            "other-record",
            "Dit bestand gaat over een andere stap dan die apart gedaan wordt.",
            place=place,
            advice="Geef het scoreblad opnieuw met 'kwartier meting geef'.",
        )
    return step, notes


def _record_of(shelf: Shelf, tree: Tree) -> Ref:
    """The record that a file came from; refuses a file of another one."""
    ref = parse_ref(tree["ref"])
    try:
        case = shelf.case(ref)
    except Refused as error:
        if error.code not in ("unknown-organisation", "unknown-assessment"):
            raise
        raise Refused(
            "other-record",
            f"Dit bestand is van {ref}, en die meting staat niet in deze datamap.",
            place=str(shelf.folder.path),
            advice="Kijk of dit de goede datamap is.",
        ) from error
    if case.record.envelope.id != tree["record"]:
        raise Refused(
            "other-record",
            f"Dit bestand is van een andere meting dan {ref} in deze datamap.",
            place=str(ref),
            advice="Kijk of dit de goede datamap is.",
        )
    if case.record.envelope.content != tree["envelope"].get("content"):
        raise Refused(
            "other-content",
            "De meting is intussen naar een nieuwere inhoud van het instrument gegaan.",
            place=str(ref),
            advice="Geef het scoreblad opnieuw met 'kwartier meting geef'.",
        )
    return ref


def _lay_sheet(
    shelf: Shelf,
    case: Case,
    step: m.ScoreStep,
    tree: Tree,
    changed: dict[Path, tuple[files.Reading | None, Tree]],
    replace: bool,
    place: str,
) -> bool:
    """Puts the sealed sheet among what is to be written; False where it is in already."""
    sheet, code = tree["sheet"], tree["person"]
    path = shelf.step_path(case.ref, step.id, code)
    there = files.find(path)
    if there and "sealed" in there.tree and there.tree.get("digest") == sheet.get("digest"):
        return False
    _check_sheet(case, step, sheet, code, place)
    if there and "sealed" in there.tree:
        raise Refused(
            "already-sealed",
            "Hier staat al een ander verzegeld blad van deze auditor.",
            place=str(path),
            advice="Overleg welk blad geldt; wat hier verzegeld is, blijft staan.",
        )
    begun = there.tree if there else {}
    if begun and not same(begun, tree.get("given", {})) and not _says_less(begun, sheet):
        if begun.get("answer") and not same(begun["answer"], sheet["answer"]) and not replace:
            raise Refused(
                "sheet-there",
                f"Hier staat al een begonnen, onverzegeld blad van {code}.",
                place=str(path),
                advice="Geldt het blad uit het bestand, voeg dan --vervang toe; wat begonnen was, blijft bewaard.",
            )
        kept = path.parent / "replaced" / f"{path.stem}.{shelf.new_id()}.toml"
        changed[kept] = (None, begun)
    changed[path] = (there, sheet)
    return True


def _says_less(begun: Tree, sheet: Tree) -> bool:
    """Whether everything in a sheet that was begun here also stands in the one that came back."""
    return all(key in sheet and same(value, sheet[key]) for key, value in begun.items())


def _check_sheet(case: Case, step: m.ScoreStep, sheet: Tree, code: str, place: str) -> None:
    who = person(case.record, code)
    if who is None or who.stopped is not None:
        raise Refused(
            "person-stopped",
            f"'{code}' doet niet (meer) mee aan deze meting.",
            place=place,
            advice="Neem met --alleen-toelichtingen alleen de teksten over.",
        )
    if not who.shadow and step.blind and revealed(case.record, step):
        raise Refused(
            "already-revealed",
            "De scores liggen al naast elkaar.",
            place=place,
            advice="Neem met --alleen-toelichtingen alleen de teksten over.",
        )
    if "sealed" not in sheet:
        raise Refused(
            "not-sealed",
            "Het scoreblad is nog niet verzegeld.",
            place=place,
            advice="Laat de auditor het verzegelen, of neem alleen de teksten over met --alleen-toelichtingen.",
        )
    if not sealing.intact(sheet):
        raise Refused(
            "changed-sheet",
            "Het scoreblad is veranderd nadat het verzegeld was.",
            place=place,
            advice="Vraag het verzegelde blad opnieuw. Er is niets overgenomen.",
        )
    view(sheet, Sheet, place)
    check(step, case.content, case.record, sheet, place)
    if sheet.get("person") != code or sealing.open_keys(case.content, sheet):
        raise Refused(
            "other-sheet",
            "Dit scoreblad hoort niet bij deze auditor of is niet volledig.",
            place=place,
            advice="Vraag het verzegelde blad opnieuw. Er is niets overgenomen.",
        )


def _lay_texts(
    shelf: Shelf,
    case: Case,
    step: m.NotesStep,
    tree: Tree,
    changed: dict[Path, tuple[files.Reading | None, Tree]],
    choices: Mapping[str, str],
    place: str,
) -> tuple[str, ...]:
    """Puts the merged texts among what is to be written; gives the items of which the text is another now."""
    if same(tree["base"], tree["texts"]):
        return ()
    path = shelf.step_path(case.ref, step.id, None)
    there = files.find(path)
    ours = there.tree if there else {}
    earlier = {"earlier": ours["earlier"]} if "earlier" in ours else {}
    bare = {key: value for key, value in ours.items() if key != "earlier"}
    merged = chosen(merge(tree["base"], bare, tree["texts"]), choices, place)
    if same(bare, merged):
        return ()
    shelf.check_step_tree(step, merged, place)
    settled.require_open(case.record, case.content, step)
    after = with_earlier(ours, {**merged, **earlier}, now=shelf.now(), scored=_any_sealed(case))
    check(step, case.content, case.record, after, place)
    shelf.check_step_tree(step, after, place)
    changed[path] = (there, after)
    before = {row["item"]: row.get("text") for row in ours.get("explanation", [])}
    now = {row["item"]: row.get("text") for row in after.get("explanation", [])}
    return tuple(item for item in now if now[item] != before.get(item))


def _any_sealed(case: Case) -> bool:
    return any("sealed" in tree for tree in case.record.personal.values())
