"""What goes along where somebody works apart on what a student keeps: what that person may read, with its files.

Of a student itself the own steps go along whole. How the file is made and opened stands in `handover`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress

from kwartier.errors import Refused, Unreadable
from kwartier.instrument import model as m
from kwartier.records.files import AttachedFile, EvidenceFile, view
from kwartier.records.organisation import Subject
from kwartier.records.tree import Tree
from kwartier.store import files
from kwartier.store.disk import make_folder
from kwartier.store.folder import DataFolder
from kwartier.store.refs import Ref
from kwartier.store.refusals import refusal
from kwartier.workflow.readers import private_steps
from kwartier.workflow.visible import visible
from kwartier.workspace import evidence, subjects
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Case, Shelf

IN_BUNDLE = "files/"
_ROOM = 1_000_000
"""Bytes that encryption may add to a file."""

_NAME = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")


def is_of_subject(content: m.Content, role: str) -> bool:
    """Whether a role is that of the subject itself."""
    return any(one.id == role and one.is_subject for one in content.role)


def own_steps(content: m.Content, role: str) -> list[m.EvidenceStep]:
    """The steps with a shared file that only a subject changes, so that it can go along and come back whole."""
    if not is_of_subject(content, role):
        return []
    return [step for step in content.step if isinstance(step, m.EvidenceStep) and step.role == role]


def own_trees(case: Case, role: str) -> list[Tree]:
    """What stands in these steps, with the readers that newer records decide; an empty tree where nothing does."""
    shared = case.record.shared
    return [{"step": step.id, "tree": shared.get(step.id, {})} for step in own_steps(case.content, role)]


def read_along(case: Case, code: str, role: str) -> tuple[Tree, list[Tree]]:
    """What somebody may read of a student beside the own steps: facts and evidence by step, and sheets of others.

    It passed the gate for this person. What is private is marked as theirs to read, and tells of no other reader: so it
    passes the gate again where it is worked on.
    """
    content = case.content
    seen = visible(case.record, content, code)
    own = {step.id for step in own_steps(content, role)}
    private = {step.id for step in private_steps(content)}
    shown = [one.id for one in content.step if isinstance(one, m.FactsStep | m.EvidenceStep) and one.id not in own]
    reading = {step: seen.shared[step] for step in shown if step in seen.shared}
    for step in private & set(reading):
        reading[step] = _for_reader(reading[step], "evidence", code)
    sheets = {one.id for one in content.step if isinstance(one, m.ScoreStep) and one.by == "person" and not one.blind}
    beside = [
        {"step": step, "person": who, "tree": _for_reader(tree, "answer", code) if step in private else tree}
        for (step, who), tree in sorted(seen.personal.items())
        if step in sheets and who != code
    ]
    return reading, beside


def _for_reader(tree: Tree, array: str, code: str) -> Tree:
    """Of a private file no more than its rows; where they hold something to read, it is for this person."""
    rows = []
    for row in tree.get(array, []):
        reads = array == "evidence" or row.get("note")
        rows.append({**row, "readers": [code]} if reads else row)
    return {**{key: tree[key] for key in ("schema", "person") if key in tree}, array: rows}


def subject_tree(shelf: Shelf, ref: Ref, *, with_name: bool) -> Tree:
    """The student as it goes along: by code, by name only where that was asked."""
    path = shelf.folder.subject_file(ref.organisation, ref.subject or "")
    found = files.find(path)
    if found is None:
        return {}
    one = view(found.tree, Subject, str(path))
    tree: Tree = {"id": one.id, "code": one.code, "kind": one.kind or "student"}
    return {**tree, "name": one.name} if with_name and one.name else tree


def note_given(shelf: Shelf, ref: Ref, code: str, what: str) -> None:
    """Keeps with a student that something was given away in a file: that is what erasing cannot reach."""
    to = "de student" if code == ref.subject else code
    row = {"id": shelf.new_id(), "date": shelf.today(), "to": to, "what": what}

    def noted(tree: Tree, codes: Codes) -> Tree:
        return {**tree, "handed_over": [*tree.get("handed_over", []), row]}

    if ref.subject is not None and files.find(shelf.folder.subject_file(ref.organisation, ref.subject)) is not None:
        subjects.write(shelf, ref.organisation, ref.subject, noted)


# -- files


def files_named(trees: Iterable[Tree]) -> dict[str, AttachedFile]:
    """The files that rows of evidence name, by their name on the disk."""
    found: dict[str, AttachedFile] = {}
    for tree in trees:
        rows = view({"evidence": tree.get("evidence", [])}, EvidenceFile, "handover.toml").evidence
        found |= {row.file.id: row.file for row in rows if row.file is not None}
    return found


def read_files(shelf: Shelf, ref: Ref, named: Mapping[str, AttachedFile]) -> dict[str, bytes]:
    """The bytes of these files as they go in a bundle; one that is gone or changed is left out, `checkup` tells it."""
    found: dict[str, bytes] = {}
    for name, file in named.items():
        with suppress(Refused):
            found[f"{IN_BUNDLE}{name}"] = evidence.read_file(shelf, ref, file)
    return found


def read_in(home: DataFolder, ref: Ref, named: Mapping[str, AttachedFile]) -> dict[str, bytes]:
    """The bytes of files in a folder to work apart in, by their name on the disk."""
    found: dict[str, bytes] = {}
    for name, file in named.items():
        if ref.subject is None or _NAME.fullmatch(name) is None:
            continue
        path = home.evidence(ref.organisation, ref.subject) / name
        data = files.find_bytes(path, file.size + _ROOM)
        if data is None:
            raise Refused(
                "file-gone",
                f"Het bestand '{file.name}' is verwijderd.",
                place=str(path),
                advice="Haal het bewijsstuk weg met 'kwartier bewijs weg', of zet het bestand er opnieuw bij.",
            )
        found[name] = files.opened_bytes(path, data)
    return found


def checked_files(trees: Iterable[Tree], bundle: Mapping[str, bytes], place: str) -> dict[str, bytes]:
    """The files of a bundle by their name on the disk. Raises `Unreadable` where one is not what its row says."""
    named = files_named(trees)
    found: dict[str, bytes] = {}
    for whole, data in bundle.items():
        name = whole.removeprefix(IN_BUNDLE)
        file = named.get(name)
        fits = file is not None and file.digest == f"sha256:{hashlib.sha256(data).hexdigest()}"
        if whole == name or not fits or _NAME.fullmatch(name) is None:
            raise Unreadable(
                "changed-file",
                "Een bijlage in dit bestand is niet wat erbij hoort.",
                place=place,
                advice="Vraag het bestand opnieuw. Er is niets overgenomen.",
            )
        found[name] = data
    return found


def lay_out(home: DataFolder, ref: Ref, subject: Tree, found: Mapping[str, bytes]) -> None:
    """Puts the student and the files in a folder to work apart in; what is there already stays."""
    if ref.subject is None:
        return
    if subject and not home.subject_file(ref.organisation, ref.subject).exists():
        home.create(home.subject(ref.organisation, ref.subject), {"subject.toml": {"schema": 1, **subject}})
    folder = home.evidence(ref.organisation, ref.subject)
    try:
        if found:
            make_folder(folder)
    except OSError as error:
        raise refusal(error, folder) from error
    for name, data in found.items():
        if not (folder / name).exists():
            files.replace(folder / name, data, expected=None)
