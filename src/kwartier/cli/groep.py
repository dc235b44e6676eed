"""kwartier groep: een groep studenten in aantallen, over het nieuwste portfolio van elk, zonder namen of codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kwartier.cli.base import PATH, Command, answer, opened, table
from kwartier.cli.completing import INSTRUMENT, PROFILE, SLUG
from kwartier.cli.metingen import pairs
from kwartier.cli.progress import told
from kwartier.reports.phrases import counted
from kwartier.text import one_line

if TYPE_CHECKING:
    from kwartier.analysis.cohort import Group, Tally

_TITLE = 22
_WORD = 10


@click.command(cls=Command)
@click.argument("slugs", metavar="SLUG …", type=SLUG, nargs=-1, required=True)
@click.option(
    "--instrument", type=INSTRUMENT, default="", metavar="ID", help="Als er meer dan een over studenten gaat."
)
@click.option(
    "--parameter", "parameters", multiple=True, metavar="NAAM=WAARDE", help="Alleen dit niveau, zoals niveau=4."
)
@click.option("--opleiding", type=PROFILE, default="", metavar="ID", help="Alleen met dit opleidingsprofiel.")
@click.option("--apart", is_flag=True, help="Tel elk niveau apart.")
@click.option("--uit", type=PATH, help="Naar een bestand: .csv, .json, of een verslag op .pdf, .docx, .html of .md.")
@click.option("--kleine-groep", is_flag=True, help="U mag ook een bestand over minder dan vijf studenten maken.")
@click.option("--overschrijf", is_flag=True, help="Vervang het bestand als het al bestaat.")
def groep(
    slugs: tuple[str, ...],
    instrument: str,
    parameters: tuple[str, ...],
    opleiding: str,
    apart: bool,
    uit: Path | None,
    kleine_groep: bool,
    overschrijf: bool,
) -> None:
    """Tel per item hoe een groep studenten ervoor staat, zonder namen of codes.

    Van elke student telt het nieuwste portfolio. Bewijs telt alleen als iedereen het mag lezen, en wie op slot is,
    telt alleen als zodanig.
    """
    from kwartier.workspace.groups import group_tree

    with opened() as ws:
        with told("Lezen") as progress:
            found = ws.group(
                slugs,
                instrument,
                parameters=pairs(parameters),
                profile=opleiding,
                apart=apart,
                progress=progress.show,
            )
        if uit is not None:
            title = ", ".join(ws.organisation(slug).name for slug in slugs)
            ws.write_group(uit, found, title=title, small=kleine_groep, overwrite=overschrijf)
        more = {"file": str(uit)} if uit is not None else {}
        answer({**group_tree(found), **more}, lambda: "\n\n".join([*_told(found), *(f"Klaar: {uit}" for _ in more)]))


def _told(found: Group) -> Iterator[str]:
    from kwartier.analysis.cohort import WARNING

    aside = {
        "op slot": found.locked,
        "niet te lezen": found.unreadable,
        "met een ander niveau of profiel": found.others,
    }
    rest = "; ".join(f"{count} {word}" for word, count in aside.items() if count)
    levels = ", ".join(f"{count} bij {level}" for level, count in found.levels.items() if level)
    yield (
        f"{counted(found.students, 'student', 'studenten')}"
        + (f" ({levels})" if levels else "")
        + (f". Niet meegeteld: {rest}." if rest else ".")
    )
    if found.small:
        yield f"! {WARNING}"
    if not found.items:
        return
    yield _table(found, found.own_title or "Zelf", lambda one: one.own, evidence=True)
    for step, title in found.moments:
        if any(one.judged.get(step) for one in found.items):
            yield _table(found, title, lambda one, step=step: one.judged.get(step, {}), evidence=False)  # type: ignore[misc]


def _table(found: Group, title: str, of: _Counts, *, evidence: bool) -> str:
    levels = any(one.level for one in found.items)
    head = ("", title, *(["Niveau"] if levels else []), "n", *(one_line(word, _WORD) for word in found.words))
    head += (*(["anders"] if found.reasons else []), "leeg", *(["bewijs"] if evidence else []))
    rows = []
    for section in found.sections:
        rows.append(_row(found, section, of, levels=levels, evidence=evidence))
        inside = [one for one in found.items if (one.section, one.level) == (section.id, section.level)]
        rows += [_row(found, one, of, levels=levels, evidence=evidence) for one in inside]
    return table(rows, head)


def _row(found: Group, one: Tally, of: _Counts, *, levels: bool, evidence: bool) -> tuple[str, ...]:
    counts = of(one)
    others = sum(count for word, count in counts.items() if word in found.reasons)
    left = one.asked - sum(counts.values())
    return (
        one.id,
        one_line(one.title, _TITLE),
        *([one.level] if levels else []),
        str(one.asked),
        *(str(counts.get(word, 0) or "–") for word in found.words),
        *([str(others or "–")] if found.reasons else []),
        str(left or "–"),
        *([str(one.evidence or "–")] if evidence else []),
    )


if TYPE_CHECKING:
    from collections.abc import Callable

    _Counts = Callable[[Tally], Mapping[str, int]]
