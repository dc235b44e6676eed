"""A ladder as texts to show: what is new against the step below is bold, underlined and between ‹ and ›."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from kwartier.tui.safe import Part, parts

if TYPE_CHECKING:
    from kwartier.analysis.ladder import ItemLadder, Ladder, Rung, Step
    from kwartier.analysis.marking import Run

KINDS = {"added": "nieuw", "changed": "veranderd", "gone": "vervallen", "same": "hetzelfde"}
MARKS = "‹Zo› staat wat nieuw is tegenover het niveau eronder."
COMPARED = "‹Zo› staat wat erbij komt of vervalt."
_NEW = "bold underline"


def runs(found: Iterable[Run]) -> list[Part]:
    """A text with what is new marked; spaces at its ends stay outside."""
    made: list[Part] = []
    for run in found:
        core = run.text.strip()
        if not run.new or not core:
            made.append(run.text)
            continue
        before, _, after = run.text.partition(core)
        made += [before, "‹", (core, _NEW), "›", after]
    return made


def head(item: ItemLadder) -> Content:
    """Which item it is, how what is new is marked, and which outcomes of the programme it serves."""
    pieces: list[Part] = [(f"{item.item}  {item.title}", "bold"), (f"\n{MARKS}", "$text-muted")]
    if item.outcomes:
        pieces += ["\n", f"Draagt bij aan {', '.join(item.outcomes)}"]
    return parts(*pieces)


def rung(one: Rung, here: Sequence[object]) -> Content:
    """One step: its levels, whether it is one's own, its text with what is new, what is under it."""
    own = bool(set(one.values) & set(here))
    name = ("◆ " if own else "") + one.words + (" · dit portfolio" if own else "") + (" · nieuw" if one.begins else "")
    pieces: list[Part | Content] = [(name, "bold $text-accent" if own else "bold"), "\n", *runs(one.runs)]
    for anchor in one.anchors:
        pieces += ["\n• ", *runs(anchor)]
    for part in one.parts:
        pieces += [f"\n{part.id}  ", *(["‹", (part.title, _NEW), "›"] if part.new else [part.title])]
    return parts(*pieces)


def absent(found: Ladder, item: ItemLadder) -> Content:
    """At which levels an item is not asked; empty where at none."""
    if not item.absent:
        return parts("")
    told = ", ".join(map(str, item.absent))
    return parts((f"Niet gevraagd op {found.parameter} {told}.", "$text-muted"))


def compared(steps: Sequence[Step], lower: object, upper: object, name: str) -> Content:
    """What is the same, changed, added and gone, over all items; the changes first."""
    counts = " · ".join(f"{sum(one.kind == kind for one in steps)} {word}" for kind, word in KINDS.items())
    pieces: list[Part | Content] = [(f"Van {name} {lower} naar {name} {upper}", "bold"), f"\n{counts}. {COMPARED}\n"]
    for kind, word in KINDS.items():
        its = [one for one in steps if one.kind == kind]
        if not its:
            continue
        pieces.append((f"\n{word.capitalize()}\n", "bold $text-primary"))
        if kind == "same":
            pieces += [f"{one.item}  {one.title}\n" for one in its]
            continue
        for one in its:
            pieces.append((f"\n{one.item}  {one.title}\n", "bold"))
            for label, text in (("was", one.before), ("wordt", one.after)):
                if text:
                    pieces += [(f"{label}: ", "$text-muted"), *runs(text), "\n"]
    return parts(*pieces)
