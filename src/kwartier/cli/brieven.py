"""kwartier brief: brieven en formulieren om te sturen of af te drukken, en een eigen versie ervan."""

from __future__ import annotations

from pathlib import Path

import click

from kwartier.cli.base import PATH, Group, answer, opened, table
from kwartier.cli.completing import ASKED, INSTRUMENT, REF
from kwartier.cli.documents import Output, output
from kwartier.cli.metingen import pairs
from kwartier.cli.pasting import named
from kwartier.errors import Misused
from kwartier.workspace import Workspace
from kwartier.workspace.letters import Offered


@click.group(cls=Group)
def brief() -> None:
    """Brieven en formulieren: informatie, toestemming, uitnodiging, agenda, vragen en een leeg scoreformulier.

    Een eigen versie van een brief geldt op deze computer, voor uw account.
    """


@brief.command("lijst")
@click.argument("wat", type=ASKED, metavar="[INSTRUMENT_OF_REF]", required=False)
def listed(wat: str | None) -> None:
    """Toon welke brieven en formulieren er zijn; zonder meer die van alle instrumenten."""
    with opened() as ws:
        wanted = [_instrument(ws, wat)] if wat else [one.id for one in ws.instruments() if one.usable]
        found = [(instrument, one) for instrument in wanted for one in ws.letters(instrument)]
        rows = [(instrument, one.id, one.title or "niet te lezen", _whose(one)) for instrument, one in found]
        problems = [f"{one.problem}" for _, one in found if one.problem]
        answer(
            {
                "letters": [
                    {
                        "instrument": instrument,
                        "id": one.id,
                        "title": one.title,
                        "per_participant": one.per_participant,
                        "paper": one.paper,
                        "own": one.own,
                        "problem": one.problem,
                    }
                    for instrument, one in found
                ]
            },
            "\n".join([table(rows, ("Instrument", "Brief", "Titel", "Soort")), *problems]),
        )


def _instrument(ws: Workspace, typed: str) -> str:
    return ws.see(typed).record.envelope.instrument if "/" in typed else typed


def _whose(one: Offered) -> str:
    words = ["per deelnemer"] if one.per_participant else []
    return ", ".join([*words, *(["eigen versie"] if one.own else [])]) or "voor iedereen"


@brief.command("maak")
@click.argument("ref", type=REF)
@click.argument("brief_id", metavar="BRIEF")
@click.option("--voor", metavar="DEELNEMER", help="Naam of code; zonder naam blijft er ruimte om hem op te schrijven.")
@click.option("--alle", is_flag=True, help="Voor iedere deelnemer een bestand, in de map die u met --uit geeft.")
@click.option("--vul", multiple=True, metavar="VELD=TEKST", help='Wat kwartier niet weet: --vul plaats="Zaal 2".')
@click.option("--formaat", default="md", show_default=True, help="De vorm, zoals docx, pdf of html; meer met komma's.")
@click.option("--uit", type=PATH, help="Het bestand, of met --alle de map; anders komt de brief op het scherm.")
@click.option("--sjabloon", type=PATH, help="Een eigen Word-sjabloon (docx of dotx): huisstijl, kop en voet, logo.")
@click.option("--overschrijf", is_flag=True, help="Vervang een bestand dat al bestaat.")
def make(
    ref: str,
    brief_id: str,
    voor: str | None,
    alle: bool,
    vul: tuple[str, ...],
    formaat: str,
    uit: Path | None,
    sjabloon: Path | None,
    overschrijf: bool,
) -> None:
    """Maak een brief of formulier, met de gegevens van de meting erin.

    Wat kwartier niet weet, wordt een stippellijn om met de hand in te vullen. In een brief staat van de deelnemers
    alleen de naam van wie hem krijgt; de projectleider staat erin als afzender.
    """
    if alle and voor is not None:
        raise Misused("for-whom", "--voor en --alle gaan niet samen.", advice="Kies een van beide.")
    if alle and uit is None:
        raise Misused(
            "no-folder", "Bij --alle hoort een map.", advice="Zeg waar de brieven heen moeten: --uit brieven."
        )
    given = {name: str(value) for name, value in pairs(vul).items()}
    out = output(formaat, uit, overwrite=overschrijf, template=sjabloon)
    with opened() as ws:
        if alle and uit is not None:
            _give_all(ws, ref, brief_id, given, out, uit)
        else:
            out.give(ws, ws.letter(ref, brief_id, who=voor, given=given), {"ref": ref, "letter": brief_id})


def _give_all(ws: Workspace, ref: str, id: str, given: dict[str, str], out: Output, folder: Path) -> None:
    """A file per participant and form, named after the code: first all places are looked at, then all is written."""
    made = ws.letters_for_all(ref, id, given)
    if folder.exists() and not folder.is_dir():
        raise Misused("no-folder", "Dit is een bestand en geen map.", place=str(folder), advice="Kies een map.")
    places = {one.code: out._replace(path=folder / f"{id}-{one.code}{out.writers[0].extension}") for one in made}
    for place in places.values():
        for path in place.paths():
            ws.check_free(path, overwrite=out.overwrite)
    folder.mkdir(parents=True, exist_ok=True)
    written = [path for one in made for path in places[one.code].write(ws, one.document)]
    listed = [str(path) for path in written]
    told = f"Klaar: {len(made)} {'brief' if len(made) == 1 else 'brieven'} in {folder}."
    answer({"ref": ref, "letter": id, "files": listed}, "\n".join([told, *listed]))


@brief.command("nieuw")
@click.argument("instrument", type=INSTRUMENT)
@click.argument("brief_id", metavar="BRIEF")
@click.option("--leeg", is_flag=True, help="Begin een brief die er nog niet is.")
@click.option("--uit", type=PATH, help="Het bestand; anders BRIEF.toml.")
@click.option("--overschrijf", is_flag=True, help="Vervang het bestand als het al bestaat.")
def new(instrument: str, brief_id: str, leeg: bool, uit: Path | None, overschrijf: bool) -> None:
    """Maak een bestand met de tekst van een brief, om er uw eigen versie van te maken."""
    with opened() as ws:
        text = ws.new_letter(instrument, brief_id, blank=leeg)
        path = uit or Path(f"{brief_id}.toml")
        ws.write_out(path, text.encode(), overwrite=overschrijf)
        use_it = f"kwartier brief gebruik {named(path)}"
        answer({"file": str(path)}, f"Klaar: {path}\nPas de tekst aan, en gebruik hem daarna: {use_it}")


@brief.command("gebruik")
@click.argument("bestand", type=PATH, required=False)
@click.option("--geen", nargs=2, type=str, metavar="INSTRUMENT BRIEF", help="Ga terug naar de brief van kwartier.")
@click.option("--overschrijf", is_flag=True, help="Vervang de eigen versie die u al gebruikt.")
def use(bestand: Path | None, geen: tuple[str, str] | None, overschrijf: bool) -> None:
    """Gebruik een bestand voortaan als brief op deze computer, of ga met --geen terug naar die van kwartier."""
    with opened() as ws:
        if geen:
            dropped = ws.drop_letter(*geen)
            text = "De brief van kwartier wordt weer gebruikt." if dropped else "U gebruikte geen eigen versie."
            answer({"instrument": geen[0], "letter": geen[1], "dropped": dropped}, text)
            return
        if bestand is None:
            raise Misused(
                "nothing-given",
                "Zeg welk bestand u wilt gebruiken.",
                advice="Geef een bestand, of --geen INSTRUMENT BRIEF om terug te gaan naar die van kwartier.",
            )
        used = ws.use_letter(bestand, overwrite=overschrijf)
        answer(
            {"instrument": used.instrument, "letter": used.id},
            f"Uw versie van '{used.id}' wordt gebruikt bij {used.instrument}.",
        )
