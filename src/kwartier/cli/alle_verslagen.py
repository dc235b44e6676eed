"""kwartier verslagen: de verslagen van veel metingen in een keer, in een map."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kwartier.cli.base import PATH, Command, answer, opened, warn
from kwartier.cli.completing import SLUG
from kwartier.cli.documents import chosen_writers, template_of
from kwartier.cli.progress import told
from kwartier.errors import Misused
from kwartier.workspace.documents import WORDS
from kwartier.workspace.many_reports import ReportsMade, ReportsWanted


@click.command(cls=Command)
@click.argument("slugs", metavar="[ORGANISATIE …]", nargs=-1, type=SLUG)
@click.option("--alles", is_flag=True, help="Van alle organisaties.")
@click.option("--naar", "folder", type=PATH, metavar="MAP", required=True, help="De map waar de verslagen komen.")
@click.option("--formaat", default="pdf", show_default=True, help="md, html, docx of pdf; meer met een komma ertussen.")
@click.option("--sjabloon", type=PATH, help="Een eigen Word-sjabloon (docx of dotx).")
@click.option("--variant", metavar="SOORT", default="volledig", show_default=True, help="Zoals bij verslag.")
@click.option("--instrument", metavar="ID", help="Alleen metingen met dit instrument.")
@click.option("--definitief", is_flag=True, help="Alleen van metingen die definitief zijn.")
@click.option("--zonder-namen", is_flag=True, help="Zonder namen van mensen, om te publiceren.")
@click.option("--overschrijf", is_flag=True, help="Maak ook wat er al staat opnieuw.")
def verslagen(
    slugs: Sequence[str],
    alles: bool,
    folder: Path,
    formaat: str,
    sjabloon: Path | None,
    variant: str,
    instrument: str | None,
    definitief: bool,
    zonder_namen: bool,
    overschrijf: bool,
) -> None:
    """Maak alle verslagen van organisaties. Wat er al staat blijft: na onderbreken gaat het verder waar het was."""
    if bool(slugs) == alles:
        raise Misused(
            "which", "Zeg van wie: noem organisaties, of gebruik --alles.", advice="Zie: kwartier verslagen --help."
        )
    with opened() as ws, told("Verslagen maken") as progress:
        for slug in slugs:
            ws.organisation(slug)  # says that it is not there, and what is
        wanted = ReportsWanted(
            organisations=slugs or [slug for slug, _ in ws.organisations()],
            instrument=instrument or "",
            folder=folder,
            writers=chosen_writers(formaat),
            variant=WORDS.get(variant, variant),
            names=not zonder_namen,
            definitive=definitief,
            template=template_of(sjabloon) if sjabloon else None,
            overwrite=overschrijf,
        )
        made = ws.write_reports(wanted, progress=progress.show)
        tree = {"folder": str(folder), "written": made.written, "there": made.there, "old": made.old, "left": made.left}
        answer(tree, _words(made, folder))
        for ref, why in made.left:
            warn(f"Overgeslagen: {ref}. {why}")


def _words(made: ReportsMade, folder: Path) -> str:
    lines = [f"{_files(len(made.written))} gemaakt in {folder}."]
    if made.there:
        lines.append(f"{_files(len(made.there))} stond{'' if len(made.there) == 1 else 'en'} er al.")
    if made.old:
        more = ", ".join(Path(one).name for one in made.old[:5]) + (" …" if len(made.old) > 5 else "")
        lines.append(f"Daarvan ouder dan de meting zelf: {more}. Maak ze opnieuw met --overschrijf.")
    return "\n".join(lines)


def _files(count: int) -> str:
    return "1 verslag" if count == 1 else f"{count} verslagen"
