"""The folder in which somebody works apart: made from a hand-over, found again, and packed to go back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from kwartier.errors import Refused
from kwartier.records.canonical import digest
from kwartier.records.files import SCHEMA, view
from kwartier.records.tree import Tree
from kwartier.store import files, toml
from kwartier.store.disk import make_folder
from kwartier.store.folder import DataFolder
from kwartier.store.locks import OWN
from kwartier.store.refs import Ref, parse_ref, step_file_name
from kwartier.store.refusals import read_refusal, refusal
from kwartier.workspace import along, bundle
from kwartier.workspace.handover_file import GIVEN, RETURNED, TREE, HandoverFile, bare_texts, unpack
from kwartier.workspace.locking import lock
from kwartier.workspace.outside import write
from kwartier.workspace.shelf import marker_of

_NOT_BACK = ("digest", "sheet", "texts", "own", "subject")
_NOT_MARKED = ("content", "raw", "beside", "reading")
"""What the mark of a folder does without: it does not come back, and stands in the folder itself."""


class Handed(Struct, frozen=True, kw_only=True):
    """A hand-over that was opened: where it can be worked on, and as whom."""

    folder: str
    ref: str
    person: str
    name: str
    step: str
    own: tuple[str, ...] = ()
    "The steps beside the sheet that are this person's own and go back too: of a student its evidence."
    notes: str = ""
    "The step with the texts that may be made better along with the sheet; empty where there is none."


class Packed(Struct, frozen=True, kw_only=True):
    """What goes back: the file, and whether the sheet in it is sealed."""

    file: str
    ref: str
    person: str
    sealed: bool
    own: tuple[str, ...] = ()


def open_sheet(path: Path, folder: Path, passphrase: str | None) -> Handed:
    """Makes (or finds again) the folder in which a hand-over is worked on. What was done there is never overwritten."""
    tree, inside = unpack(path, passphrase)
    if tree["kind"] != GIVEN:
        raise Refused(
            "no-handover",
            "Dit bestand is al ingevuld en gaat terug naar de organisatie.",
            place=str(path),
            advice="Neem het daar op met 'kwartier meting neem'.",
        )
    ref = parse_ref(tree["ref"])
    opened = _handed(folder, tree)
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
    whole = {key: value for key, value in tree.items() if key not in _NOT_MARKED}
    there = files.update(marker, lambda there: there or whole)
    if there is None or there.tree.get("digest") != tree["digest"]:
        raise Refused(
            "folder-in-use",
            "In deze map staat al een ander scoreblad.",
            place=str(folder),
            advice="Kies een andere map met --map.",
        )
    _lay_out(DataFolder.create_or_open(folder), ref, tree, inside)
    return opened if opened.own else replace(opened, notes=tree.get("notes", ""))


def _handed(folder: Path, tree: Tree) -> Handed:
    own = tuple(row["step"] for row in tree.get("own", []))
    ref = str(parse_ref(tree["ref"]))
    who, name = tree["person"], tree["name"]
    return Handed(folder=str(folder), ref=ref, person=who, name=name, step=tree["step"], own=own)


def handed_in(folder: Path) -> Handed | None:
    """The hand-over that this folder came of; None for a data folder of an organisation."""
    place = marker_of(folder)
    found = files.find(place)
    if found is None:
        return None
    view({**found.tree, "content": {}}, HandoverFile, str(place))
    return _handed(folder, found.tree)


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


def _lay_out(home: DataFolder, ref: Ref, tree: Tree, inside: Mapping[str, bytes]) -> None:
    """Puts in a folder what is not there yet."""
    people = {"schema": SCHEMA, "person": [{"id": tree["person"], "name": tree["name"]}]} if tree["name"] else {}
    organisation = {"schema": SCHEMA, **tree["organisation"]}
    with home.lock():
        home.write_content(tree["content"])
        files_of = {"organisation.toml": organisation, **({"people.toml": people} if people else {})}
        if not home.organisation(ref.organisation).exists():
            home.create(home.organisation(ref.organisation), files_of)
        if not home.assessment(ref).exists():
            along.lay_out(home, ref, tree.get("subject", {}), inside)
            home.create(home.assessment(ref), _record_files(tree))


def _record_files(tree: Tree) -> dict[str, Tree]:
    made: dict[str, Tree] = {"assessment.toml": tree["envelope"]}
    if tree.get("texts"):
        made[step_file_name(tree["notes"])] = tree["texts"]
    for step, shared in tree.get("reading", {}).items():
        made[step_file_name(step)] = shared
    if tree.get("sheet"):
        made[step_file_name(tree["step"], tree["person"])] = tree["sheet"]
    for row in tree.get("own", []):
        if row["tree"]:
            made[step_file_name(row["step"])] = row["tree"]
    for row in [*tree.get("beside", []), *tree.get("raw", [])]:
        made[step_file_name(row["step"], row["person"])] = row["tree"]
    return made


def pack(folder: Path) -> tuple[Tree, dict[str, bytes]]:
    """What goes back from a folder in which a hand-over was worked on, with the files that are new in it."""
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
    tree: Tree = {key: value for key, value in marker.items() if key not in _NOT_BACK}
    tree |= {
        "kind": RETURNED,
        "content": {},
        "given": marker.get("sheet", {}),
        "sheet": sheet.tree if sheet else {},
        "base": marker.get("texts", {}),
        "texts": bare_texts(texts.tree) if texts else {},
    }
    new: dict[str, bytes] = {}
    if given := marker.get("own"):
        there = {row["step"]: files.find(home.step_file(ref, row["step"], None)) for row in given}
        tree["own"] = [{"step": step, "tree": found.tree if found else {}} for step, found in there.items()]
        tree["given_own"] = given
        old = along.files_named(row["tree"] for row in given)
        named = along.files_named(row["tree"] for row in tree["own"])
        new = along.read_in(home, ref, {name: file for name, file in named.items() if name not in old})
    return {**tree, "digest": digest(tree)}, new


def pack_sheet(folder: Path, path: Path, *, passphrase: str = "", overwrite: bool = False) -> Packed:
    """Writes what goes back as one file; tells whether its sheet is sealed."""
    tree, new = pack(folder)
    own = tuple(row["step"] for row in tree.get("own", []))
    if own and not passphrase:
        raise Refused(
            "passphrase-needed",
            "Wat iemand over zichzelf bijhoudt, gaat alleen terug in een bestand dat op slot is.",
            place=str(folder),
            advice="Geef een wachtwoord: voeg --op-slot toe.",
        )
    data = toml.encode(tree)
    inside = {f"{along.IN_BUNDLE}{name}": one for name, one in new.items()}
    whole = bundle.pack({TREE: data, **inside}) if inside else data
    write(path, lock(whole, passphrase) if passphrase else whole, overwrite=overwrite)
    sealed = "sealed" in tree["sheet"]
    return Packed(file=str(path), ref=str(parse_ref(tree["ref"])), person=tree["person"], sealed=sealed, own=own)
