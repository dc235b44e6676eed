"""Erases what was written about an item before its present text, for a participant who withdraws or asks for it.

Earlier texts are kept on purpose: beside the explanations once somebody has sealed a sheet on them, and in every
definitive version of the report. This is the one way to take them out; that and when it was done stays.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kwartier.errors import Misused, Refused
from kwartier.instrument import model as m
from kwartier.records.canonical import digest, same
from kwartier.records.tree import Tree
from kwartier.store import files
from kwartier.store.refs import parse_ref
from kwartier.workflow.settled import report_step
from kwartier.workspace.shelf import Case, Shelf


def redact(shelf: Shelf, ref_text: str, item: str) -> int:
    """Erases the earlier texts of an item; gives how many. The present text is changed like any other, by who wrote it.

    Raises `Misused` for an unknown item, `Refused` where nothing earlier is kept.
    """
    ref = parse_ref(ref_text)
    with shelf.folder.lock(ref.organisation):
        case = shelf.case(ref)
        case.require_writable()
        if item not in [one.id for one in case.content.items()]:
            raise Misused("unknown-item", f"Er is geen item '{item}'.", advice="Geef het nummer van het item.")
        erasing = _Erasing(item, shelf.today())
        changed: dict[Path, tuple[files.Reading | None, Tree]] = {}
        for step, after in _redacted(case, erasing):
            path = shelf.step_path(ref, step, None)
            changed[path] = (files.find(path), after)
        if not erasing.count:
            raise Refused(
                "nothing-earlier",
                f"Bij item {item} is geen eerdere tekst bewaard.",
                place=ref_text,
                advice="De tekst die er nu staat, verandert u met 'kwartier invullen' (na heropenen, als het verslag "
                "definitief is). Daarna kunt u wissen wat er eerder stond.",
            )
        shelf.put(ref, f"{ref}: eerdere teksten gewist", changed, shelf.codes(ref.organisation, ref.subject))
    return erasing.count


def _redacted(case: Case, erasing: _Erasing) -> list[tuple[str, Tree]]:
    """The step files that change, as they become."""
    shared = case.record.shared
    found: list[tuple[str, Tree]] = []
    notes = {
        step.id: shared[step.id] for step in case.content.step if isinstance(step, m.NotesStep) and step.id in shared
    }
    for id, tree in notes.items():
        after = erasing.notes(tree, tree)
        if not same(tree, after):
            found.append((id, after))
    step = report_step(case.content)
    if step is not None and step.id in shared:
        report = shared[step.id]
        versions = [erasing.version(version, notes) for version in report.get("version", [])]
        if not same(versions, report.get("version", [])):
            found.append((step.id, {**report, "version": versions}))
    return found


class _Erasing:
    """Puts a remark in the place of each earlier text of one item, and counts them."""

    def __init__(self, item: str, on: date) -> None:
        self.item = item
        self.on = on
        self.remark = f"[gewist op {on:%d-%m-%Y}]"
        self.count = 0

    def notes(self, tree: Tree, present: Tree) -> Tree:
        """A file of texts, now or in a version, without what differs from the present text of the item."""
        now = next((row.get("text") for row in present.get("explanation", []) if row["item"] == self.item), None)
        after = dict(tree)
        for array in ("explanation", "earlier"):
            if array in tree:
                after[array] = [self._row(row, None if array == "earlier" else now) for row in tree[array]]
        return after

    def _row(self, row: Tree, now: str | None) -> Tree:
        text = row.get("text")
        if row.get("item") != self.item or not text or text == now or str(text).startswith("[gewist op "):
            return row
        self.count += 1
        return {**row, "text": self.remark}

    def version(self, version: Tree, present: dict[str, Tree]) -> Tree:
        """A version of the report with the same taken out of what it fixed; its digest follows."""
        snapshot = {
            id: self.notes(tree, present.get(id, {})) if id in present else tree
            for id, tree in version.get("snapshot", {}).items()
        }
        if same(snapshot, version.get("snapshot", {})):
            return version
        told = [row for row in version.get("redacted", []) if row["id"] != self.item]
        return {
            **version,
            "snapshot": snapshot,
            "digest": digest(snapshot),
            "redacted": [*told, {"id": self.item, "date": self.on}],
        }
