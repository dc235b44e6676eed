"""kwartier exporteer: gegevens van metingen voor een spreadsheet, een statistiekprogramma of een ander programma."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from kwartier.cli.base import PATH, Command, answer, opened
from kwartier.cli.commands import dumped
from kwartier.cli.completing import INSTRUMENT, REF, SLUG
from kwartier.cli.progress import told
from kwartier.errors import Misused
from kwartier.reports.phrases import counted

if TYPE_CHECKING:
    from kwartier.workspace.exports import Exported

_FORMS = ("xlsx", "csv", "json")


@click.command(cls=Command)
@click.argument("refs", metavar="[REF …]", type=REF, nargs=-1)
@click.option("--organisatie", "slugs", type=SLUG, multiple=True, metavar="SLUG", help="Alles van deze organisatie.")
@click.option("--alles", is_flag=True, help="Alle metingen van alle organisaties.")
@click.option("--instrument", type=INSTRUMENT, default="", metavar="ID", help="Alleen metingen met dit instrument.")
@click.option("--uit", type=PATH, help="Het bestand; bij csv komt het codeboek ernaast.")
@click.option("--formaat", type=click.Choice(_FORMS), help="De vorm; anders naar de naam van het bestand.")
@click.option("--toelichtingen", is_flag=True, help="Ook wat mensen schreven; nooit ruwe aantekeningen.")
@click.option("--zonder-namen", is_flag=True, help="Letters in plaats van namen, van datums alleen jaar en maand.")
@click.option("--bevoegd", is_flag=True, help="U mag ook zonder namen een kleine groep zien; dat komt erin te staan.")
@click.option(
    "--scheiding", type=click.Choice((";", ",")), default=";", show_default=True, help="Tussen cellen in csv."
)
@click.option("--bom", is_flag=True, help="Begin csv met het teken waaraan Excel ziet dat het UTF-8 is.")
@click.option("--schema", is_flag=True, help="Toon het JSON Schema van de vorm json.")
@click.option("--overschrijf", is_flag=True, help="Vervang het bestand als het al bestaat.")
def exporteer(
    refs: tuple[str, ...],
    slugs: tuple[str, ...],
    alles: bool,
    instrument: str,
    uit: Path | None,
    formaat: str | None,
    toelichtingen: bool,
    zonder_namen: bool,
    bevoegd: bool,
    scheiding: str,
    bom: bool,
    schema: bool,
    overschrijf: bool,
) -> None:
    """Exporteer gegevens van metingen: een werkboek (xlsx), een tabel met codeboek (csv) of json.

    Er staat alleen in wat voor iedereen is. Wie iets gaf, staat er met een code.
    """
    if schema:
        from kwartier.reports.exports.measured import export_schema

        tree = export_schema()
        answer(tree, dumped(tree), as_is=True)
        return
    if uit is None:
        raise Misused("no-file", "Zeg waar het heen moet.", advice="Voeg toe: --uit gegevens.xlsx.")
    from kwartier.workspace.exports import Wish

    wish = Wish(
        path=uit,
        form=formaat or form_of(uit),  # type: ignore[arg-type]
        refs=refs,
        organisations=slugs,
        everything=alles,
        instrument=instrument,
        texts=toelichtingen,
        names=not zonder_namen,
        entitled=bevoegd,
        separator=scheiding,
        mark=bom,
        overwrite=overschrijf,
    )
    with opened() as ws:
        with told("Exporteren") as progress:
            done = ws.export_data(wish, progress=progress.show)
        answer(msgspec.to_builtins(done), lambda: _words(done))


def form_of(path: Path) -> str:
    """The form by the name of the file. Raises `Misused` for another one."""
    ending = path.suffix.lower().removeprefix(".")
    if ending in _FORMS:
        return ending
    raise Misused(
        "unknown-format",
        "Aan de naam van het bestand is niet te zien wat het moet worden.",
        place=str(path),
        advice=f"Geef een naam die eindigt op .{', .'.join(_FORMS[:-1])} of .{_FORMS[-1]}, of zeg het met --formaat.",
    )


def _words(done: Exported) -> str:
    lines = [f"Klaar: {one}" for one in done.files]
    lines.append(f"{counted(done.measurements, 'meting', 'metingen')}, {counted(done.rows, 'antwoord', 'antwoorden')}.")
    if done.locked:
        lines.append(f"Weggelaten, want op slot: {counted(done.locked, 'student', 'studenten')}.")
    if done.unreadable:
        lines.append(f"Weggelaten, want niet te lezen: {', '.join(done.unreadable)}. Kijk ze na: 'kwartier controle'.")
    return "\n".join(lines)
