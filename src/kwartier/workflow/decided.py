"""What a newer record of the same subject says of private rows in an older one: who reads them, and what was removed.

Works on trees; what newer records there are is read elsewhere. It never adds a reader to another piece.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from kwartier.instrument import model as m
from kwartier.records.files import EVERYONE
from kwartier.records.keys import row_key
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.readers import PrivateStep, array_of, private_steps, readers_of, rows_of, without


class Later(Struct, frozen=True, kw_only=True):
    """What a newer record of the same subject and instrument has in its private steps, as it stands on disk."""

    ref: str
    shared: Mapping[str, Tree] = {}
    personal: Mapping[tuple[str, str], Tree] = {}
    broken: bool = False
    "Whether it cannot be read; then nobody but the owner reads what may be in it too."


def with_later(record: Record, content: m.Content, later: Sequence[Later]) -> Record:
    """The record with its private rows as newer records have them read; what was removed there is gone here.

    `later` stands newest first.
    """
    if not later:
        return record
    shared, personal = dict(record.shared), dict(record.personal)
    for step in private_steps(content):
        if isinstance(step, m.ScoreStep):
            for key in [key for key in personal if key[0] == step.id]:
                personal[key] = decided(step, personal[key], later, key[1])
            continue
        if step.id in shared:
            shared[step.id] = _without_removed(step, decided(step, shared[step.id], later), later)
        for report in (one for one in content.step if isinstance(one, m.ReportStep) and one.id in shared):
            shared[report.id] = _versions_decided(shared[report.id], step, later)
    return replace(record, shared=shared, personal=personal)


def decided(step: PrivateStep, tree: Tree, later: Sequence[Later], code: str = "") -> Tree:
    """A file of a private step with the readers that newer records give its rows; no row is taken out."""
    array = array_of(step)
    if not later or array not in tree:
        return tree
    rows = []
    for row in rows_of(tree, array):
        found = _decider(step, row, later, code)
        rows.append(row if found is None else _with_readers(row, _combined(row, found)))
    return {**tree, array: rows}


def decided_in(step: PrivateStep, row: Tree, later: Sequence[Later], code: str = "") -> str:
    """The newer record that decides who reads a row; empty where there is none."""
    array = array_of(step)
    key = row_key(array, row)
    for one in later:
        tree = one.personal.get((step.id, code), {}) if isinstance(step, m.ScoreStep) else one.shared.get(step.id, {})
        if any(row_key(array, other) == key and _is_same(row, other) for other in rows_of(tree, array)):
            return one.ref
    return ""


def _decider(step: PrivateStep, row: Tree, later: Sequence[Later], code: str) -> Tree | None:
    """The row in the newest record that holds it; an empty one where that record cannot be read."""
    array = array_of(step)
    key = row_key(array, row)
    for one in later:
        if one.broken:
            return {}
        tree = one.personal.get((step.id, code), {}) if isinstance(step, m.ScoreStep) else one.shared.get(step.id, {})
        for other in rows_of(tree, array):
            if row_key(array, other) == key and (isinstance(step, m.EvidenceStep) or _is_same(row, other)):
                return other
    return None


def _combined(row: Tree, newer: Tree) -> list[str]:
    """The newer readers of the same piece; of another one with its id only who reads both, so that none is added."""
    if _is_same(row, newer):
        return readers_of(newer)
    one, other = readers_of(row), readers_of(newer)
    if EVERYONE in one:
        return other
    return one if EVERYONE in other else [reader for reader in one if reader in other]


def _is_same(row: Tree, newer: Tree) -> bool:
    """Whether a row in a newer record is the one that was taken along: the same remark, title or file."""
    if "item" in row:
        return bool(row.get("note")) and row.get("note") == newer.get("note")
    file, other = row.get("file", {}), newer.get("file", {})
    return row.get("title") == newer.get("title") or (bool(file) and file.get("id") == other.get("id"))


def _without_removed(step: m.EvidenceStep, tree: Tree, later: Sequence[Later]) -> Tree:
    gone = {str(id) for one in later for id in one.shared.get(step.id, {}).get("removed", [])}
    if not gone or "evidence" not in tree:
        return tree
    return {**tree, "evidence": [row for row in rows_of(tree, "evidence") if row.get("id") not in gone]}


def _versions_decided(tree: Tree, step: m.EvidenceStep, later: Sequence[Later]) -> Tree:
    made = []
    for version in rows_of(tree, "version"):
        snapshot = dict(version.get("snapshot", {}))
        if step.id in snapshot:
            snapshot[step.id] = _without_removed(step, decided(step, snapshot[step.id], later), later)
        made.append({**version, "snapshot": snapshot})
    return {**tree, "version": made} if made else tree


def _with_readers(row: Tree, readers: Sequence[str]) -> Tree:
    left = without(row, "readers")
    return {**left, "readers": list(readers)} if readers else left
