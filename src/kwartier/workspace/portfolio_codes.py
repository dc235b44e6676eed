"""A portfolio's files with the codes and references of the organisation that takes it in. No file is read here.

A sheet that was sealed keeps its moment, and gets the digest of what it says with the codes that hold here: only where
the seal was whole before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kwartier.records.canonical import digest
from kwartier.records.keys import in_order, is_keyed
from kwartier.records.tree import Tree
from kwartier.store.refs import split_step_file_name, step_file_name
from kwartier.workflow import sealing

_CODES = ("person", "by", "writer", "who", "replaces", "supervisor")
"""Fields in which a code stands."""

_PEOPLE = ("person", "participant")
"""Arrays of which the id of a row is a code."""

_REFS = ("follows", "taken_over")

Roles = Mapping[str, tuple[str, ...]]


def file_name(name: str, codes: Mapping[str, str]) -> str:
    """The name of a file of a record here."""
    key = split_step_file_name(name)
    return step_file_name(key[0], codes.get(key[1], key[1])) if key and key[1] else name


def renamed(tree: Tree, codes: Mapping[str, str], refs: Mapping[str, str], roles: Roles | None = None) -> Tree:
    """A file of a record with the codes and references that hold here; unchanged where these are the same.

    `roles` is by role who had it (codes of the file): they alone stay readers of what was shared with that role, so
    that nobody who has it here reads what was never meant for them.
    """
    if not roles and all(old == new for old, new in [*codes.items(), *refs.items()]):
        return tree
    made = _tree(tree if not roles else _for_people(tree, roles), codes, refs)
    if sealing.intact(tree):
        made = {**made, "digest": digest(made, without=("digest",))}
    return made


def _for_people(tree: Tree, roles: Roles) -> Tree:
    """The readers of every row by code; with the digest of a snapshot that was whole, as it is now."""
    made: Tree = {}
    for key, value in tree.items():
        if key == "readers" and isinstance(value, list):
            made[key] = list(dict.fromkeys(code for one in value for code in roles.get(str(one), (one,))))
        elif isinstance(value, list):
            made[key] = [_for_people(one, roles) if isinstance(one, dict) else one for one in value]
        else:
            made[key] = _for_people(value, roles) if isinstance(value, dict) else value
    snapshot = tree.get("snapshot")
    if isinstance(snapshot, dict) and tree.get("digest") == digest(snapshot):
        made["digest"] = digest(made["snapshot"])
    return made


def _tree(tree: Tree, codes: Mapping[str, str], refs: Mapping[str, str]) -> Tree:
    made = {key: _value(key, value, codes, refs) for key, value in tree.items()}
    snapshot = tree.get("snapshot")
    if isinstance(snapshot, dict) and tree.get("digest") == digest(snapshot):
        made["digest"] = digest(made["snapshot"])
    return made


def _value(key: str, value: Any, codes: Mapping[str, str], refs: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        if key in _CODES:
            return codes.get(value, value)
        return refs.get(value, value) if key in _REFS else value
    if isinstance(value, dict):
        return _tree(value, codes, refs)
    if not isinstance(value, list):
        return value
    if key == "readers":
        return [codes.get(one, one) if isinstance(one, str) else one for one in value]
    rows = [_tree(one, codes, refs) if isinstance(one, dict) else one for one in value]
    if key in _PEOPLE:
        rows = [_person(one, codes) if isinstance(one, dict) else one for one in rows]
    return in_order(key, rows) if _is_ordered(key, value) and is_keyed(key, rows) else rows


def _is_ordered(key: str, rows: list[Any]) -> bool:
    return bool(rows) and isinstance(rows[0], dict) and is_keyed(key, rows) and in_order(key, rows) == rows


def _person(row: Tree, codes: Mapping[str, str]) -> Tree:
    id = row.get("id")
    return {**row, "id": codes.get(id, id)} if isinstance(id, str) else row
