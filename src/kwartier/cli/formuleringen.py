"""kwartier formulering: de officiële tekst van een instrument laten zien aan wie de publicatie heeft."""

from __future__ import annotations

from pathlib import Path

import click

from kwartier.cli.base import PATH, Group, answer, opened
from kwartier.cli.completing import INSTRUMENT
from kwartier.cli.pasting import named
from kwartier.errors import Misused


@click.group(cls=Group)
def formulering() -> None:
    """De officiële tekst van een instrument gebruiken, als u de publicatie hebt.

    Die tekst blijft op deze computer: hij komt niet in de datamap, in een uitgegeven blad of in een verslag.
    """


@formulering.command("nieuw")
@click.argument("instrument", type=INSTRUMENT)
@click.option("--uit", type=PATH, help="Het bestand; anders INSTRUMENT-formulering.toml.")
@click.option("--overschrijf", is_flag=True, help="Vervang het bestand als het al bestaat.")
def new(instrument: str, uit: Path | None, overschrijf: bool) -> None:
    """Maak een bestand waarin u de tekst van de publicatie overneemt."""
    with opened() as ws:
        path = uit or Path(f"{instrument}-formulering.toml")
        ws.write_out(path, ws.new_wording(instrument).encode(), overwrite=overschrijf)
        check = f"kwartier formulering controleer {named(path)}"
        answer({"file": str(path)}, f"Klaar: {path}\nVul het in en kijk het na: {check}")


@formulering.command("controleer")
@click.argument("bestand", type=PATH)
def check(bestand: Path) -> None:
    """Kijk na of een bestand past: wat ontbreekt, wat te veel is en wat niet bij het instrument hoort."""
    with opened() as ws:
        instrument, found = ws.check_wording(bestand)
        errors = [one.text for one in found if one.level == "error"]
        notices = [one.text for one in found if one.level != "error"]
        told = [*(f"Fout: {text}" for text in errors), *notices]
        use = f"kwartier formulering gebruik {named(bestand)}"
        verdict = "Zo is het niet te gebruiken." if errors else f"Te gebruiken: {use}"
        answer(
            {"instrument": instrument, "usable": not errors, "errors": errors, "notices": notices},
            "\n".join([*told, verdict]),
        )
        if errors:
            click.get_current_context().exit(1)


@formulering.command("gebruik")
@click.argument("bestand", type=PATH, required=False)
@click.option("--geen", metavar="INSTRUMENT", help="Ga voor dit instrument terug naar de tekst van kwartier.")
def use(bestand: Path | None, geen: str | None) -> None:
    """Gebruik een bestand voortaan op deze computer, of ga met --geen terug naar de tekst van kwartier."""
    with opened() as ws:
        if geen:
            dropped = ws.drop_wording(geen)
            text = "Kwartiers eigen formulering wordt weer gebruikt." if dropped else "Die werd al gebruikt."
            answer({"instrument": geen, "dropped": dropped}, text)
            return
        if bestand is None:
            raise Misused(
                "nothing-given",
                "Zeg welk bestand u wilt gebruiken.",
                advice="Geef een bestand, of --geen INSTRUMENT om terug te gaan naar de tekst van kwartier.",
            )
        used = ws.use_wording(bestand)
        answer(
            {"instrument": used.instrument, "file": used.path, "pin": used.pin},
            f"De formulering voor {used.instrument} wordt gebruikt. Verslagen houden de tekst van kwartier.",
        )
