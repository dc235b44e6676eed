"""Texts that were changed here and on what comes back from working apart: what the user chose, or a conflict."""

from __future__ import annotations

from collections.abc import Mapping

from kwartier.errors import Conflict
from kwartier.records.merge import Clash, Merged
from kwartier.records.patch import Op, apply
from kwartier.records.tree import ABSENT, Row, Tree

HERE = "hier"
SHEET = "blad"
NOT_TOLD = "(van de student zelf, hier niet getoond)"


class TextConflict(Conflict):
    """Texts that changed here and on the sheet; nothing was taken in. `clashes` holds both texts per item."""

    def __init__(self, clashes: list[tuple[str, str, str]], place: str) -> None:
        shown = "\n".join(
            f"- item {item}\n  hier: {ours or '(leeg)'}\n  blad: {theirs or '(leeg)'}" for item, ours, theirs in clashes
        )
        super().__init__(
            f"Deze teksten zijn hier én op het blad veranderd; er is nog niets overgenomen:\n{shown}",
            place=place,
            mine={item: theirs for item, _, theirs in clashes},
            theirs={item: ours for item, ours, _ in clashes},
            advice=f"Kies per item, bijvoorbeeld: --kies {clashes[0][0]}={SHEET} of --kies {clashes[0][0]}={HERE}.",
        )
        self.clashes = clashes


def chosen(merged: Merged, choices: Mapping[str, str], place: str, *, told: bool = True) -> Tree:
    """The merged texts with what the user chose for each that both changed. Raises `TextConflict` for the others.

    Unless the texts may be `told`, the conflict names their places alone.
    """
    result = merged.tree
    left: list[tuple[str, str, str]] = []
    for clash in merged.conflicts:
        item = _item_of(clash)
        choice = choices.get(item)
        if choice not in (HERE, SHEET):
            texts = (_words(clash.ours), _words(clash.theirs)) if told else (NOT_TOLD, NOT_TOLD)
            left.append((item, *texts))
            continue
        result = apply(result, (Op(clash.path, clash.base, clash.ours if choice == HERE else clash.theirs),))
    if left:
        raise TextConflict(left, place)
    return result


def _item_of(clash: Clash) -> str:
    row = next((step for step in clash.path if isinstance(step, Row)), None)
    return row.key[0] if row else str(clash.path[-1])


def _words(value: object) -> str:
    if value is ABSENT:
        return ""
    return str(value.get("text", "")) if isinstance(value, dict) else str(value)
