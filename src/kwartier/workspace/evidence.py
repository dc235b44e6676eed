"""The files that go with a piece of evidence: put with it, taken out again, removed.

A file is copied in as it is and never opened. Row and file are written in one operation. Which files are taken stands
in `workflow.file_kinds`, sharing in `sharing`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.instrument import model as m
from kwartier.instrument.selection import step as step_by_id
from kwartier.records.files import AttachedFile, EvidenceFile
from kwartier.records.tree import Tree
from kwartier.store import files
from kwartier.store.names import is_reserved
from kwartier.store.refs import Ref, parse_ref
from kwartier.workflow.decided import decided_in, with_later
from kwartier.workflow.file_kinds import plain_name, require_kind, require_size
from kwartier.workflow.filling import Inputs
from kwartier.workflow.visible import visible
from kwartier.workspace import outside, private_rows, steps
from kwartier.workspace.codes import Codes
from kwartier.workspace.later import later_records
from kwartier.workspace.shelf import Beside, Case, Shelf

_NAME = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")
_ROOM = 1_000_000
"""Bytes that encryption may add to a file."""


def keep(shelf: Shelf, ref_text: str, step_id: str, given: Tree, person: str | None, path: Path | None = None) -> str:
    """A piece of evidence as a row of its form, a new one where it has no id, perhaps with a file; gives its id.

    Raises as `attach` and as filling in does; then neither row nor file is there.
    """
    ref = parse_ref(ref_text)
    step, _ = _step_of(shelf, ref, step_id, person)
    row_id = str(given.get("id") or shelf.new_id())
    if given.get("id"):
        _row(shelf.case(ref).record.shared.get(step.id, {}), row_id, ref_text, step)
    row = {**given, "id": row_id}
    if path is None:
        steps.change(shelf, ref_text, step.id, {"evidence": [row]}, person)
    else:
        attach(shelf, ref_text, step.id, row_id, path, person, given=row)
    return row_id


def attach(
    shelf: Shelf,
    ref_text: str,
    step_id: str,
    row_id: str,
    path: Path,
    person: str | None,
    *,
    given: Tree | None = None,
) -> AttachedFile:
    """Copies a file in with a piece of evidence, in the place of the one that was there; `given` is laid over the row.

    Raises `Refused` for a link, a folder, a file that is too large, of another kind, or a program, and for an
    organisation, which has no place for files.
    """
    ref = parse_ref(ref_text)
    step, code = _step_of(shelf, ref, step_id, person)
    _require_files(step, ref)
    name = plain_name(path.name)
    data = files.find_bytes(path, step.most_bytes)
    if data is None:
        outside.read(path)  # tells that it is not there
        raise AssertionError("read raises where nothing is")
    require_size(step, len(data), name)
    require_kind(step, name, data)
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    file = AttachedFile(id=shelf.new_name(), name=name, size=len(data), digest=digest)
    told: Tree = {"id": file.id, "name": file.name, "size": file.size, "digest": file.digest}
    beside = Beside("een bestand bij een bewijsstuk")

    def changed(case: Case, tree: Tree, codes: Codes) -> Tree:
        tree = _own_tree(shelf, case, step, tree, code)
        if given is not None:
            inputs = Inputs(people=codes, new_id=shelf.new_id)
            laid: Tree = {"evidence": [given]}
            tree = steps.filled(shelf, case, step, tree, laid, inputs, None, place=ref_text, who=code)
        row = _row(tree, row_id, ref_text, step)
        _require_newest(case, step, row)
        beside.made = {_place(shelf, ref, file.id): data}
        beside.gone = _left_over(shelf, ref, row, step.id)
        return _with_row(tree, {**row, "file": told})

    shelf.write(ref, shelf.step_path(ref, step.id, None), changed, beside)
    return file


def drop(shelf: Shelf, ref_text: str, step_id: str, row_id: str, person: str | None) -> None:
    """Removes a piece of evidence with its file, for good; in earlier records it is gone too."""
    ref = parse_ref(ref_text)
    step, code = _step_of(shelf, ref, step_id, person)
    beside = Beside("een bewijsstuk weg")

    def changed(case: Case, tree: Tree, codes: Codes) -> Tree:
        tree = _own_tree(shelf, case, step, tree, code)
        row = _row(tree, row_id, ref_text, step)
        _require_newest(case, step, row)
        beside.gone = _file_of(shelf, ref, row) if step.private else _left_over(shelf, ref, row, step.id)
        after = {**tree, "evidence": [one for one in tree["evidence"] if one.get("id") != row_id]}
        return private_rows.with_removed(tree, after) if step.private else after

    shelf.write(ref, shelf.step_path(ref, step.id, None), changed, beside)


def fetch(
    shelf: Shelf, ref_text: str, step_id: str, row_id: str, path: Path, viewer: str | None, *, overwrite: bool = False
) -> Path:
    """Writes a copy of a file outside the data folder, for somebody who reads the piece that it is with.

    In a folder it gets its own name. Raises `Refused` where the file is gone, or is not what was given.
    """
    ref = parse_ref(ref_text)
    case = shelf.case(ref)
    step = _evidence_step(case, step_id)
    code = steps.code_in(shelf.codes(ref.organisation, ref.subject), case.record, viewer)
    seen = visible(case.record, case.content, code)
    row = next((one for one in seen.read(step.id, EvidenceFile).evidence if one.id == row_id), None)
    if row is None:
        raise unknown_row(row_id, ref_text, step)
    if row.file is None:
        raise Misused(
            "no-file",
            f"Bij '{row.title}' is geen bestand.",
            place=ref_text,
            advice=f"Zie: kwartier bewijs lijst {ref_text}.",
        )
    data = read_file(shelf, ref, row.file)
    target = path / _file_name(row.file.name) if outside.is_folder(path) else path
    outside.write(target, data, overwrite=overwrite)
    return target


def _file_name(name: str) -> str:
    """The own name of a file, as it can be written on every system."""
    plain = plain_name(name)
    return f"bestand-{plain}" if is_reserved(plain) else plain


def read_file(shelf: Shelf, ref: Ref, file: AttachedFile) -> bytes:
    """The bytes of an attached file. Raises `Refused` where it is gone, or is not what was given."""
    place = _place(shelf, ref, file.id)
    found = files.find_bytes(place, file.size + _ROOM)
    if found is None:
        raise Refused(
            "file-gone",
            f"Het bestand '{file.name}' is verwijderd.",
            place=str(ref),
            advice="Is dat niet de bedoeling, zet dan een reservekopie van de datamap terug.",
        )
    data = files.opened_bytes(place, found)
    if f"sha256:{hashlib.sha256(data).hexdigest()}" != file.digest:
        raise Refused(
            "file-changed",
            f"Het bestand '{file.name}' is niet meer wat erbij gezet werd; het is buiten kwartier veranderd.",
            place=str(place),
            advice="Zet een reservekopie van dit bestand terug, of zet het opnieuw bij het bewijsstuk.",
        )
    return data


def unnamed(shelf: Shelf, slug: str, code: str) -> list[Path]:
    """The files of a subject that no piece of evidence names; none as long as that cannot be known."""
    home = shelf.folder.evidence(slug, code)
    there = [one for one in sorted(home.iterdir()) if not one.name.startswith(".")] if home.is_dir() else []
    if not there:
        return []
    try:
        cases = [shelf.case(ref) for ref in _records_of(shelf, slug, code)]
        named = {file.id for case in cases for file in _files_in(case)}
    except KwartierError:  # told where it stands
        return []
    return [one for one in there if one.name not in named]


def unsound(shelf: Shelf, case: Case) -> Iterator[tuple[Path, str, str]]:
    """The files of the evidence in a record that are gone, or are not what was given: where, what, what to do.

    Their names are not said: they may be private.
    """
    later = case.later or later_records(shelf.folder, case.ref, case.content)
    for file in _files_in(case.holding(with_later(case.record, case.content, later))):
        try:
            read_file(shelf, case.ref, file)
        except files.Locked:
            continue
        except KwartierError as error:
            told = "is er niet meer" if error.code == "file-gone" else "is niet meer wat erbij gezet werd"
            yield shelf.folder.assessment(case.ref), f"Een bestand bij een bewijsstuk {told}.", error.advice or ""


def _files_in(case: Case) -> Iterator[AttachedFile]:
    for step in case.content.step:
        if isinstance(step, m.EvidenceStep):
            rows = case.record.read(step.id, EvidenceFile).evidence
            yield from (row.file for row in rows if row.file is not None)


def place_of(shelf: Shelf, ref: Ref, name: str) -> Path:
    """Where a file of evidence stands. Raises `Refused` for a name that is none."""
    return _place(shelf, ref, name)


def let_go(shelf: Shelf, ref: Ref, row: Tree, step_id: str, *, everywhere: bool) -> list[Path]:
    """The file that a row had and that goes with it; unless `everywhere` it stays where another record names it."""
    return _file_of(shelf, ref, row) if everywhere else _left_over(shelf, ref, row, step_id)


# -- what these share


def _step_of(shelf: Shelf, ref: Ref, step_id: str, person: str | None) -> tuple[m.EvidenceStep, str | None]:
    case = shelf.case(ref)
    case.require_writable()
    step = _evidence_step(case, step_id)
    return step, steps.code_in(shelf.codes(ref.organisation, ref.subject), case.record, person)


def _evidence_step(case: Case, step_id: str) -> m.EvidenceStep:
    step = step_by_id(case.content, step_id)
    if not isinstance(step, m.EvidenceStep):
        known = ", ".join(one.id for one in case.content.step if isinstance(one, m.EvidenceStep)) or "geen"
        raise Misused(
            "no-evidence-step",
            f"'{step.title}' is geen stap met bewijs of bronnen.",
            place=str(case.ref),
            advice=f"Wel: {known}. Kies er een met --stap.",
        )
    return step


def _require_files(step: m.EvidenceStep, ref: Ref) -> None:
    if not step.files:
        raise Misused(
            "no-files",
            f"Bij '{step.title}' gaan geen bestanden.",
            place=str(ref),
            advice="Zet bij de vindplaats waar het te vinden is.",
        )
    if ref.subject is None:
        raise Refused(
            "no-place-for-files",
            "Bestanden staan bij een student of praktijkleerplek, en dit is van een organisatie.",
            place=str(ref),
            advice="Zet bij de vindplaats waar het te vinden is.",
        )


def _own_tree(shelf: Shelf, case: Case, step: m.EvidenceStep, tree: Tree, code: str | None) -> Tree:
    """The file of the step as it is changed, under the gates."""
    tree = private_rows.as_decided(case, step, tree, None)
    steps.require_changeable(shelf, case, step, tree, None, code)
    return tree


def _row(tree: Tree, row_id: str, ref_text: str, step: m.EvidenceStep) -> Tree:
    found: Tree | None = next((row for row in tree.get("evidence", []) if row.get("id") == row_id), None)
    if found is None:
        raise unknown_row(row_id, ref_text, step)
    return found


def unknown_row(row_id: str, ref_text: str, step: m.AnyStep) -> Misused:
    """The same words for what is not there and for what somebody may not read."""
    return Misused(
        "unknown-row",
        f"Bij '{step.title}' is er voor u geen '{row_id}'.",
        place=ref_text,
        advice=f"Zie: kwartier bewijs lijst {ref_text} --stap {step.id}.",
    )


def _require_newest(case: Case, step: m.EvidenceStep, row: Tree) -> None:
    """Refuses to change in an older record what a newer one took along: there it would be gone in silence."""
    if step.private and (newer := decided_in(step, row, case.later)):
        raise Refused(
            "decided-later",
            f"Dit stuk is meegegaan naar {newer}.",
            place=str(case.ref),
            advice=f"Doe het daar: kwartier bewijs lijst {newer} --stap {step.id}.",
        )


def _with_row(tree: Tree, row: Tree) -> Tree:
    rows = [row if one.get("id") == row["id"] else one for one in tree["evidence"]]
    return {**tree, "evidence": rows}


def _place(shelf: Shelf, ref: Ref, name: str) -> Path:
    """Where a file of evidence stands. Raises `Refused` for a name that is none, as of a file changed by hand."""
    if _NAME.fullmatch(name) is None or ref.subject is None:
        raise Refused(
            "file-name-wrong",
            "De naam waaronder dit bestand bewaard is, klopt niet.",
            place=str(ref),
            advice="Zet een reservekopie van het bestand van deze stap terug.",
        )
    return shelf.folder.evidence(ref.organisation, ref.subject) / name


def _left_over(shelf: Shelf, ref: Ref, row: Tree, step_id: str) -> list[Path]:
    """The file that a row had until now, where no other record names it."""
    name = str(row.get("file", {}).get("id", ""))
    if not name:
        return []
    for other in _records_of(shelf, ref.organisation, ref.subject or ""):
        for (_, _), path in shelf.folder.step_files(other).items():
            if (other, path.name) == (ref, f"{step_id}.toml"):
                continue
            with suppress(KwartierError):
                rows = files.read(path).tree.get("evidence", [])
                if any(one.get("file", {}).get("id") == name for one in rows if isinstance(one, dict)):
                    return []
    return _file_of(shelf, ref, row)


def _file_of(shelf: Shelf, ref: Ref, row: Tree) -> list[Path]:
    """The file of a row, where it is there."""
    name = str(row.get("file", {}).get("id", ""))
    place = _place(shelf, ref, name) if name else None
    return [place] if place is not None and files.find_bytes(place, 0) is not None else []


def _records_of(shelf: Shelf, slug: str, code: str) -> list[Ref]:
    return [ref for ref in shelf.folder.assessments(slug) if ref.subject == code]
