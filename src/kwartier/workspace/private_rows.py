"""Rows that others may not read while they are changed: their readers, the files with them, and what was removed.

What follows from newer records stands in `workflow.decided`, the gate itself in `workflow.readers`.
"""

from __future__ import annotations

from kwartier.errors import Refused
from kwartier.instrument import model as m
from kwartier.records.keys import rows_by_key
from kwartier.records.tree import Tree
from kwartier.workflow.decided import decided, decided_in
from kwartier.workspace.shelf import Case


def as_decided(case: Case, step: m.AnyStep, tree: Tree, code: str | None) -> Tree:
    """The file of a step, with the readers that newer records give its private rows."""
    if not isinstance(step, m.EvidenceStep | m.ScoreStep) or not step.private:
        return tree
    return decided(step, tree, case.later, code or "")


def check(case: Case, step: m.AnyStep, before: Tree, after: Tree, code: str | None) -> None:
    """Refuses what has to go another way: another file with a row, and readers that a newer record decides."""
    if isinstance(step, m.EvidenceStep):
        _check_files(case, before, after)
    if not isinstance(step, m.EvidenceStep | m.ScoreStep) or not step.private or not case.later:
        return
    array = "answer" if isinstance(step, m.ScoreStep) else "evidence"
    there = rows_by_key(array, before.get(array, []))
    for key, row in rows_by_key(array, after.get(array, [])).items():
        if row.get("readers", []) == there.get(key, row).get("readers", []):
            continue
        if newer := decided_in(step, row, case.later, code or ""):
            raise Refused(
                "decided-later",
                f"Wie dit leest, kiest u waar het nu in staat: {newer}.",
                place=str(case.ref),
                advice=f"Doe het daar: kwartier bewijs deel {newer} … --stap {step.id}. Hier gaat het mee.",
            )


def _check_files(case: Case, before: Tree, after: Tree) -> None:
    files = {row.get("id"): row["file"] for row in before.get("evidence", []) if "file" in row}
    left = {row.get("id"): row["file"] for row in after.get("evidence", []) if "file" in row}
    if changed := sorted(str(one) for one in {*files, *left} if files.get(one) != left.get(one)):
        raise Refused(
            "file-apart",
            f"Bij {', '.join(changed)} hoort een bestand; dat gaat er apart bij en weg.",
            place=str(case.ref),
            advice=f"Haal het weg met 'kwartier bewijs weg {case.ref} {changed[0]}', met het bestand.",
        )


def with_removed(before: Tree, after: Tree) -> Tree:
    """The file of a private step with which rows were removed, so that they are gone in earlier records too."""
    there = {str(row["id"]) for row in before.get("evidence", [])}
    left = {str(row["id"]) for row in after.get("evidence", [])}
    gone = sorted((there | set(after.get("removed", []))) - left)
    bare = {key: value for key, value in after.items() if key != "removed"}
    return {**bare, "removed": gone} if gone else bare
