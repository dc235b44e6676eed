"""kwartier vragenlijst: wat er gevraagd wordt op papier, leeg of ingevuld."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kwartier.cli.base import PATH, Command, opened
from kwartier.cli.completing import ASKED
from kwartier.cli.documents import output
from kwartier.cli.metingen import pairs
from kwartier.errors import Misused
from kwartier.workspace import Workspace

if TYPE_CHECKING:
    from kwartier.reports.document import Document


@click.command(cls=Command)
@click.argument("wat", type=ASKED, metavar="INSTRUMENT_OF_REF")
@click.option(
    "--parameter",
    "parameters",
    multiple=True,
    metavar="NAAM=WAARDE",
    help="Zoals niveau=4,5; alleen bij een instrument, een meting heeft ze al.",
)
@click.option("--ingevuld", is_flag=True, help="Zet erin wat er in de meting staat; anders blijft de lijst leeg.")
@click.option("--auditor", metavar="NAAM", help="Wiens eigen antwoorden erin komen; anders de definitieve.")
@click.option("--met-onderdelen", is_flag=True, help="Ook wat onder een item beantwoord mag worden, zoals gedrag.")
@click.option("--met-interviewvragen", is_flag=True, help="Ook de vragen van het interview.")
@click.option("--uit", type=PATH, help="Het bestand; anders komt de lijst op het scherm.")
@click.option("--formaat", default="md", show_default=True, help="De vorm van de lijst.")
@click.option("--sjabloon", type=PATH, help="Een eigen Word-sjabloon (docx of dotx): huisstijl, kop en voet, logo.")
@click.option("--overschrijf", is_flag=True, help="Vervang het bestand als het al bestaat.")
def vragenlijst(
    wat: str,
    parameters: tuple[str, ...],
    ingevuld: bool,
    auditor: str | None,
    met_onderdelen: bool,
    met_interviewvragen: bool,
    uit: Path | None,
    formaat: str,
    sjabloon: Path | None,
    overschrijf: bool,
) -> None:
    """Maak een lijst van wat er gevraagd wordt, om vooraf te sturen.

    Van een instrument is zij leeg. Van een meting kan erin komen wat er al staat, met --ingevuld. Scores die nog niet
    naast elkaar liggen komen er niet in, en van een ander nooit.
    """
    out = output(formaat, uit, overwrite=overschrijf, template=sjabloon)
    with opened() as ws:
        more = {"parts": met_onderdelen, "prompts": met_interviewvragen}
        if "/" in wat:
            if parameters:
                raise Misused(
                    "parameter-fixed", "Een meting heeft haar parameters al.", place=wat, advice="Laat --parameter weg."
                )
            document = _of_record(ws, wat, ingevuld, auditor, more)
        elif ingevuld or auditor:
            raise Misused(
                "nothing-to-fill-in",
                "Een lijst van een instrument is leeg.",
                place=wat,
                advice="Geef de verwijzing (REF) van een meting, of laat --ingevuld en --auditor weg.",
            )
        else:
            document = ws.questions(wat, pairs(parameters), **more)
        out.give(ws, document, {"of": wat})


def _of_record(ws: Workspace, ref: str, filled: bool, auditor: str | None, more: dict[str, bool]) -> Document:
    if auditor and not filled:
        raise Misused(
            "nothing-to-fill-in",
            "Een lege lijst is voor iedereen dezelfde.",
            place=ref,
            advice="Voeg --ingevuld toe, of laat --auditor weg.",
        )
    return ws.questions_of(ref, filled=filled, viewer=ws.code_of(ref, auditor), **more)
