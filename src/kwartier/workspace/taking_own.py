"""Takes back what a student did apart in its own steps: rows new and changed, their files, the self-assessment.

Nothing here is shown: what clashes is named by its row, never by its text. The rest of taking back stands in `taking`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from kwartier.errors import Refused, Unreadable
from kwartier.instrument import model as m
from kwartier.records.canonical import same
from kwartier.records.files import AttachedFile, Sheet, view
from kwartier.records.keys import rows_by_key
from kwartier.records.merge import merge
from kwartier.records.tree import Tree
from kwartier.store import files
from kwartier.workflow import settled
from kwartier.workflow.decided import decided_in
from kwartier.workflow.file_kinds import plain_name, require_kind, require_size
from kwartier.workflow.people import person
from kwartier.workflow.rules import check
from kwartier.workspace import along, evidence, private_rows, steps
from kwartier.workspace.shelf import Beside, Case, Shelf
from kwartier.workspace.taking_texts import chosen

Changed = dict[Path, tuple[files.Reading | None, Tree]]


class Own(Struct, frozen=True):
    """What came back: how many rows are new or different, and how many files are new."""

    rows: int = 0
    files: int = 0


class Return(Struct, frozen=True, kw_only=True):
    """What is being taken back: where into, the tree of the file with its files, and what the user chose."""

    case: Case
    tree: Tree
    inside: Mapping[str, bytes]
    choices: Mapping[str, str]
    place: str


def lay(shelf: Shelf, back: Return, changed: Changed, beside: Beside) -> Own:
    """Puts the merged own steps among what is to be written, with the files that are new and those that went.

    Raises `TextConflict` where the same place was changed here too, `Unreadable` where a file is missing or strange.
    """
    case = back.case
    who = person(case.record, back.tree["person"])
    if who is None or who.stopped is not None:
        raise _not_in_it(back)
    known = {one.id: one for one in along.own_steps(case.content, who.role)}
    given = {row["step"]: row["tree"] for row in back.tree.get("given_own", [])}
    count = 0
    for row in back.tree["own"]:
        if row["step"] not in known:
            raise _not_in_it(back)
        count += _lay_step(shelf, back, known[row["step"]], given.get(row["step"], {}), row["tree"], changed, beside)
    score = next(
        (
            one
            for one in case.content.step
            if isinstance(one, m.ScoreStep) and (one.id, one.role, one.by) == (back.tree["step"], who.role, "person")
        ),
        None,
    )
    if score is None:
        raise _not_in_it(back)
    return Own(count + _lay_sheet(shelf, back, score, changed), len(beside.made))


def _lay_step(
    shelf: Shelf, back: Return, step: m.EvidenceStep, base: Tree, theirs: Tree, changed: Changed, beside: Beside
) -> int:
    case, place = back.case, back.place
    path = shelf.step_path(case.ref, step.id, None)
    shelf.check_step_tree(step, theirs, place)
    there = files.find(path)
    ours = private_rows.as_decided(case, step, there.tree if there else {}, None)
    if same(_bare(base), _bare(theirs)):
        return 0
    merged = chosen(merge(_bare(base), _bare(ours), _bare(theirs)), back.choices, place, told=False)
    removed = {*ours.get("removed", []), *theirs.get("removed", [])}
    after = {"schema": 1, **merged, **({"removed": sorted(removed)} if removed else {})}
    if step.private:
        after = private_rows.with_removed(ours, after)
    if same(ours, after):
        return 0
    settled.require_open(case.record, case.content, step)
    check(step, case.content, case.record, after, place)
    shelf.check_step_tree(step, after, place)
    _lay_files(shelf, back, step, ours, after, beside)
    changed[path] = (there, after)
    return _count("evidence", ours, after)


def _bare(tree: Tree) -> Tree:
    return {key: value for key, value in tree.items() if key != "removed"}


def _count(array: str, before: Tree, after: Tree) -> int:
    """How many rows are new, different or gone."""
    old, new = (rows_by_key(array, tree.get(array, [])) for tree in (before, after))
    return sum(key not in old or key not in new or not same(old[key], new[key]) for key in {*old, *new})


def _lay_files(shelf: Shelf, back: Return, step: m.EvidenceStep, before: Tree, after: Tree, beside: Beside) -> None:
    old, new = along.files_named([before]), along.files_named([after])
    for name, file in new.items():
        if name in old:
            if old[name] != file:
                raise _strange(back, file.name)
            continue
        data = back.inside.get(name)
        if data is None:
            raise _strange(back, file.name)
        _check_file(step, file, data, back)
        place = evidence.place_of(shelf, back.case.ref, name)
        if files.find_bytes(place, 0) is not None:
            raise _strange(back, file.name)
        beside.made[place] = data
    left = rows_by_key("evidence", after.get("evidence", []))
    for key, row in rows_by_key("evidence", before.get("evidence", [])).items():
        name = row.get("file", {}).get("id", "")
        if name and name not in new:
            # A row that was removed for good is gone in older records too; another file in its place is not, nor what
            # a newer record took along.
            every = step.private and key not in left and not decided_in(step, row, back.case.later)
            beside.gone += evidence.let_go(shelf, back.case.ref, row, step.id, everywhere=every)


def _check_file(step: m.EvidenceStep, file: AttachedFile, data: bytes, back: Return) -> None:
    if not step.files or plain_name(file.name) != file.name or len(data) != file.size:
        raise _strange(back, file.name)
    require_size(step, len(data), file.name)
    require_kind(step, file.name, data)


def _lay_sheet(shelf: Shelf, back: Return, step: m.ScoreStep, changed: Changed) -> int:
    case, code = back.case, back.tree["person"]
    base, theirs = back.tree.get("given", {}), back.tree["sheet"]
    if same(base, theirs):
        return 0
    if theirs.get("person", code) != code or "sealed" in theirs:
        raise _not_in_it(back)
    shelf.check_step_tree(step, theirs, back.place, own=True)
    path = shelf.step_path(case.ref, step.id, code)
    there = files.find(path)
    ours = private_rows.as_decided(case, step, there.tree if there else {}, code)
    steps.require_changeable(shelf, case, step, ours, code)
    after = {"schema": 1, **chosen(merge(base, ours, theirs), back.choices, back.place, told=False), "person": code}
    if same(ours, after):
        return 0
    view(after, Sheet, back.place)
    check(step, case.content, case.record, after, back.place)
    shelf.check_step_tree(step, after, back.place, own=True)
    changed[path] = (there, after)
    return _count("answer", ours, after)


def _not_in_it(back: Return) -> Refused:
    return Refused(
        "other-record",
        "Dit bestand hoort niet bij iemand die hier aan eigen stappen werkt.",
        place=back.place,
        advice="Kijk of dit het goede bestand is. Er is niets overgenomen.",
    )


def _strange(back: Return, name: str) -> Unreadable:
    return Unreadable(
        "changed-file",
        f"De bijlage '{name}' ontbreekt, of is niet wat erbij hoort.",
        place=back.place,
        advice="Vraag het bestand opnieuw. Er is niets overgenomen.",
    )
