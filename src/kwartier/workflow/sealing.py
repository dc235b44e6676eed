"""Sealing and reopening one person's sheet, and telling whether a sealed sheet is as it was sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kwartier.errors import Refused
from kwartier.instrument.model import Content, Item, Scale
from kwartier.instrument.selection import scale_of
from kwartier.records.canonical import digest, same
from kwartier.records.tree import Tree


def expected_keys(content: Content) -> list[tuple[str, str]]:
    """(item, part) of every answer that a full sheet has; the part is empty for the item itself."""
    keys: list[tuple[str, str]] = []
    for item in content.items():
        keys.append((item.id, ""))
        keys.extend((item.id, part.id) for part in item.parts if part.scale)
    return keys


def answerable_keys(content: Content) -> list[tuple[str, str]]:
    """(item, part) of everything that takes an answer, also of the parts that a full sheet can do without."""
    return [(item.id, part) for item in content.items() for part in ("", *(one.id for one in item.parts))]


def open_keys(content: Content, sheet: Tree) -> list[tuple[str, str]]:
    """What still has to be answered: neither a value nor a reason why there is none."""
    given = {
        (row.get("item"), row.get("part", ""))
        for row in sheet.get("answer", [])
        if "value" in row or row.get("missing")
    }
    return [key for key in expected_keys(content) if key not in given]


def off_scale(content: Content, sheet: Tree) -> list[tuple[str, str]]:
    """What was answered with something that its scale does not have, as in a file that was changed by hand."""
    given = {(row.get("item"), row.get("part", "")): row for row in sheet.get("answer", [])}
    items = {item.id: item for item in content.items()}
    found = []
    for key in answerable_keys(content):
        scale = scale_for(content, items[key[0]], key[1])
        row = given.get(key, {})
        if row.get("missing"):
            fits = row["missing"] in scale.missing and "value" not in row
        else:
            fits = "value" not in row or any(same(row["value"], option.value) for option in scale.options)
        if not fits:
            found.append(key)
    return found


def key_title(key: tuple[str, str]) -> str:
    """An item, or a part of one, as it is named in a message: "3" or "3 deel a"."""
    return key[0] if not key[1] else f"{key[0]} deel {key[1]}"


def sealed(content: Content, sheet: Tree, *, now: datetime, scored_on: str, wording: str) -> Tree:
    """The sheet, sealed. Raises `Refused` when it already is, is not complete, or holds what the scale does not."""
    if "sealed" in sheet:
        raise Refused("already-sealed", "Dit scoreblad is al verzegeld.", advice="Er is niets meer te doen.")
    missing = open_keys(content, sheet)
    if missing:
        some = ", ".join(key_title(key) for key in missing[:12]) + (" …" if len(missing) > 12 else "")
        raise Refused(
            "sheet-incomplete",
            f"Nog {len(missing)} van {len(expected_keys(content))} niet ingevuld: item {some}.",
            advice="Geef een score, of 'missing' met een reden als een item niet te beoordelen is.",
        )
    strange = off_scale(content, sheet)
    if strange:
        raise Refused(
            "sheet-wrong",
            f"Het antwoord staat niet op de schaal bij item {', '.join(key_title(key) for key in strange)}.",
            advice="Geef daar opnieuw een score; half of buiten de schaal bestaat niet.",
        )
    closed: Tree = {**sheet, "sealed": now}
    if scored_on:
        closed["explanations"] = scored_on
    if wording:
        closed["wording"] = wording
    return {**closed, "digest": digest(closed, without=("digest",))}


def intact(sheet: Tree) -> bool:
    """Whether a sealed sheet is what was sealed: its digest still fits."""
    return "sealed" in sheet and sheet.get("digest") == digest(sheet, without=("digest",))


def reopened(sheet: Tree, *, now: datetime, reason: str, row: str) -> Tree:
    """The sheet, open again, with the sealed version kept beside it under `row`."""
    if "sealed" not in sheet:
        raise Refused("not-sealed", "Dit scoreblad is niet verzegeld.", advice="U kunt het gewoon verder invullen.")
    version: dict[str, Any] = {
        "id": row,
        "sealed": sheet["sealed"],
        "digest": sheet.get("digest", ""),
        "reopened": now,
        "reason": reason,
        "answer": sheet.get("answer", []),
    }
    for key in ("explanations", "wording"):
        if key in sheet:
            version[key] = sheet[key]
    opened = {key: value for key, value in sheet.items() if key not in ("sealed", "digest", "explanations", "wording")}
    return {**opened, "earlier": [*sheet.get("earlier", []), version]}


def scale_for(content: Content, item: Item, part: str) -> Scale:
    """The scale on which an item, or a part of it, is answered."""
    return scale_of(content, item, next((one for one in item.parts if one.id == part), None))
