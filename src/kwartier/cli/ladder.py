"""kwartier ladder: hoe de tekst van een item met het niveau meegroeit, en wat er bij een ander niveau bij komt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click
import msgspec

from kwartier.cli.base import Command, answer, opened
from kwartier.cli.completing import ASKED, PROFILE
from kwartier.errors import Misused

if TYPE_CHECKING:
    from kwartier.analysis.ladder import Ladder, PartLine, Rung, Step
    from kwartier.analysis.marking import Run

_KINDS = {"same": "hetzelfde", "changed": "veranderd", "added": "nieuw", "gone": "vervallen"}
_MARKS = "Tussen ‹ en › staat wat nieuw is tegenover het niveau eronder."


@click.command(cls=Command)
@click.argument("wat", metavar="INSTRUMENT|REF", type=ASKED)
@click.argument("items", metavar="[ITEM …]", nargs=-1)
@click.option(
    "--van",
    default="",
    metavar="WAARDE",
    help="Vergelijk vanaf dit niveau; bij een REF is dat het niveau van de meting.",
)
@click.option("--naar", default="", metavar="WAARDE", help="Vergelijk: met dit niveau.")
@click.option(
    "--opleiding", type=PROFILE, default="", metavar="ID", help="Zet erbij aan welke uitkomsten een item bijdraagt."
)
def ladder(wat: str, items: tuple[str, ...], van: str, naar: str, opleiding: str) -> None:
    """Toon hoe items over de niveaus groeien, met wat nieuw is gemarkeerd.

    Met --van en --naar: wat er hetzelfde blijft, verandert, bij komt en vervalt.
    """
    is_ref = "/" in wat or "\\" in wat
    if bool(van) != (bool(naar) and not is_ref):
        advice = "Geef alleen --naar: van wordt het niveau van de meting." if is_ref else "Geef --van en --naar."
        raise Misused("half-compared", "Vergelijken gaat van een niveau naar een ander.", advice=advice)
    if opleiding and (naar or is_ref):
        raise Misused(
            "options-mixed",
            "Een opleiding staat alleen bij de ladder van een instrument.",
            advice="Laat --opleiding weg, of laat --van en --naar weg.",
        )
    with opened() as ws:
        if naar:
            found = ws.ladder_steps_of(wat, naar, items) if is_ref else ws.ladder_steps(wat, van, naar, items)
            answer({"of": wat, "steps": msgspec.to_builtins(found)}, lambda: "\n\n".join(_compared(found)))
            return
        whole = ws.ladder_of(wat, items) if is_ref else ws.ladder(wat, items, opleiding)
        answer({"of": wat, **msgspec.to_builtins(whole)}, lambda: "\n\n".join(_told(whole)))


def _told(found: Ladder) -> Iterator[str]:
    yield _MARKS
    section = ""
    for one in found.items:
        if one.section != section:
            section = one.section
            yield f"{one.section}  {one.section_title}".upper()
        lines = [f"{one.item}  {one.title}"]
        if one.outcomes:
            lines.append(f"  draagt bij aan {', '.join(one.outcomes)}")
        for rung in one.rungs:
            here = " (hier nu)" if set(rung.values) & set(found.here) else ""
            words = f"  {rung.words}{here}" + (": nieuw" if rung.begins else "")
            lines += [words, f"    {marked(rung.runs)}", *_more(rung)]
        if one.rungs and one.absent and found.values[-1] in one.absent:
            lines.append("  daarna niet meer gevraagd")
        yield "\n".join(lines)


def _more(rung: Rung) -> list[str]:
    return [f"    - {marked(anchor)}" for anchor in rung.anchors] + [f"    - {_part(part)}" for part in rung.parts]


def _part(part: PartLine) -> str:
    return f"{part.id}: ‹{part.title}›" if part.new else f"{part.id}: {part.title}"


def marked(runs: Iterable[Run]) -> str:
    """A text with what is new between ‹ and ›; spaces at its ends stay outside."""
    told = []
    for run in runs:
        core = run.text.strip()
        told.append(run.text.replace(core, f"‹{core}›", 1) if run.new and core else run.text)
    return "".join(told)


def _compared(found: Iterable[Step]) -> Iterator[str]:
    steps = list(found)
    counts = ", ".join(f"{sum(one.kind == kind for one in steps)} {word}" for kind, word in _KINDS.items())
    yield f"{counts.capitalize()}. Tussen ‹ en › staat wat erbij komt of vervalt."
    for kind in ("added", "changed", "gone"):
        for one in (one for one in steps if one.kind == kind):
            lines = [f"{one.item}  {one.title}: {_KINDS[kind]}"]
            lines += [f"  was: {marked(one.before)}"] if one.before else []
            lines += [f"  nu: {marked(one.after)}"] if one.after else []
            yield "\n".join(lines)
    same = [one.item for one in steps if one.kind == "same"]
    if same:
        yield f"Hetzelfde blijft: {', '.join(same)}."
