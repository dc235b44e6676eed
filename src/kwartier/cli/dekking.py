"""kwartier dekking: welk bewijs bij welk item hoort, hoe de items ervoor staan, en wat nog niets heeft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click
import msgspec

from kwartier.cli.base import Command, answer, opened, table
from kwartier.cli.completing import REF
from kwartier.errors import Misused
from kwartier.reports.phrases import counted
from kwartier.text import cells, one_line
from kwartier.workflow.periods import short

if TYPE_CHECKING:
    from kwartier.analysis.coverage import Coverage, Row, Sum

WIDTH = 80
_TITLE = 22
_STATE = 12


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.option("--auditor", metavar="NAAM", help="Wie er kijkt; zonder naam telt wat iedereen mag lezen.")
@click.option("--per", type=click.Choice(["opleiding"]), help="Ook per uitkomst van de opleiding.")
def dekking(ref: str, auditor: str | None, per: str | None) -> None:
    """Toon welk bewijs bij welk item hoort (●), hoe elk item ervoor staat, en wat nog geen bewijs heeft.

    Alleen wat wie kijkt mag lezen, telt mee.
    """
    with opened() as ws:
        found = ws.coverage(ref, ws.code_of(ref, auditor))
        if per and found.profile is None:
            raise Misused(
                "no-profile",
                "Deze meting is zonder opleidingsprofiel begonnen.",
                place=ref,
                advice="Een profiel geeft u mee als u begint: 'kwartier meting nieuw … --opleiding ID'.",
            )
        answer(coverage_tree(ref, found), lambda: "\n\n".join(_told(found, by_outcome=bool(per))))


def coverage_tree(ref: str, found: Coverage) -> dict[str, Any]:
    """The matrix for programs."""
    tree: dict[str, Any] = msgspec.to_builtins(found)
    rows = [{**row, "covered": one.covered} for row, one in zip(tree.pop("rows"), found.rows, strict=True)]
    profile = tree.pop("profile", None)
    tree["moments"] = [{"step": step, "title": title} for step, title in found.moments]
    return {
        "ref": ref,
        "profile": profile["id"] if profile else None,
        "covered": found.covered,
        "of": len(rows),
        "items": rows,
        **tree,
    }


def _told(found: Coverage, *, by_outcome: bool) -> Iterator[str]:
    yield f"{found.covered} van {counted(len(found.rows), 'item', 'items')} met bewijs." + (
        " Alleen wat u mag lezen, telt mee." if found.withheld else ""
    )
    if by_outcome:
        yield from _programme(found)
        return
    for section in found.sections:
        rows = [row for row in found.rows if row.section == section.id]
        yield "\n".join([f"{section.id}  {section.title}: {section.covered} van {section.of}", _stands(found, rows)])
        yield from _matrix(found, rows)
    if found.pieces:
        yield _legend(found)
    yield from _notes(found)


def _stands(found: Coverage, rows: Sequence[Row]) -> str:
    head = ("", "Item", *([_head(found.own_title)] if found.own_title else []))
    head += (*(_head(title) for _, title in found.moments), "Bewijs")
    return table([_stand(found, row) for row in rows], head)


def _head(title: str) -> str:
    return one_line(title, _STATE)


def _stand(found: Coverage, row: Row) -> tuple[str, ...]:
    own = (one_line(row.own_words, _STATE) or "–",) if found.own_title else ()
    judged = tuple((one_line(one.words, _STATE) or "–") + ("*" if one.taken_over else "") for one in row.judged)
    return (row.item, one_line(row.title, _TITLE), *own, *judged, str(len(row.pieces)) if row.pieces else "geen")


def _matrix(found: Coverage, rows: Sequence[Row]) -> Iterator[str]:
    """The marks as columns, in as many blocks as fit the width; only pieces that serve an item here."""
    marks = [piece.mark for piece in found.pieces if any(piece.mark in row.pieces for row in rows)]
    first = max((cells(row.item) for row in rows), default=0)
    size = max((cells(mark) for mark in marks), default=1) + 1
    most = max(1, (WIDTH - first - 2) // size)
    for start in range(0, len(marks), most):
        block = marks[start : start + most]
        lines = [" " * (first + 2) + "".join(f"{mark:<{size}}" for mark in block)]
        for row in rows:
            line = "".join(f"{'●' if mark in row.pieces else '·':<{size}}" for mark in block)
            lines.append(f"{row.item:<{first}}  {line}")
        yield "\n".join(line.rstrip() for line in lines)


def _legend(found: Coverage) -> str:
    rows = [
        (piece.mark, one_line(piece.kind, 16), short(piece.day) if piece.day else "", one_line(piece.title, 40))
        for piece in found.pieces
    ]
    return table(rows, ("", "Soort", "Datum", "Titel"))


def _notes(found: Coverage) -> Iterator[str]:
    bare = [row.item for row in found.rows if not row.covered]
    if bare:
        yield f"{'Zonder bewijs dat u mag lezen' if found.withheld else 'Nog zonder bewijs'}: {', '.join(bare)}."
    if found.loose:
        yield f"Nog bij geen item: {', '.join(found.loose)}."
    if found.topics:
        yield "\n".join(["Wat het bewijs raakt:", *(f"- {title}" for title in found.topics.values())])
    earlier = [f"- {row.item}: {row.earlier}" for row in found.rows if row.earlier]
    if earlier:
        yield "\n".join(["Eerder beoordeeld (telt alleen mee waar het is overgenomen):", *earlier])
    if any(one.taken_over for row in found.rows for one in row.judged):
        yield "* overgenomen van een eerder oordeel."


def _programme(found: Coverage) -> Iterator[str]:
    assert found.profile is not None
    yield f"{found.profile.title}: {found.profile.outcome_words}"
    covered = {row.item for row in found.rows if row.covered}
    rows = [
        (one.id, one_line(one.title, 36), f"{one.covered} van {one.of}" if one.of else "–", _items(one, covered))
        for one in found.outcomes
    ]
    yield table(rows, ("", found.profile.outcome_word.capitalize(), "Bewijs", "Items"))
    if found.unlinked:
        yield f"Nog bij geen {found.profile.outcome_word}: {', '.join(found.unlinked)}."


def _items(one: Sum, covered: set[str]) -> str:
    return " ".join(f"{'●' if item in covered else '○'}{item}" for item in one.items) or "nog niet gekoppeld"
