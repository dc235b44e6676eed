"""kwartier student wis: alles van een student voorgoed wissen."""

from __future__ import annotations

from pathlib import Path

import click

from kwartier.cli.base import PATH, answer, can_answer, opened, sure
from kwartier.cli.completing import SLUG, SUBJECT
from kwartier.cli.student import student
from kwartier.cli.student_who import code_of
from kwartier.errors import Misused
from kwartier.reports.phrases import counted
from kwartier.workspace.erasing import Erased


@student.command("wis")
@click.argument("slug", type=SLUG)
@click.argument("code", type=SUBJECT)
@click.option("--besluit", type=PATH, help="Bewaar hier eerst het besluit zonder bewijs, leesbaar (.md) en als TOML.")
@click.option("--zonder-besluit", is_flag=True, help="Bewaar geen besluit.")
@click.option("--overschrijf", is_flag=True, help="Vervang een besluit dat daar al staat.")
@click.option("--ja", is_flag=True, help="Wis zonder nog eens te vragen.")
def erase(slug: str, code: str, besluit: Path | None, zonder_besluit: bool, overschrijf: bool, ja: bool) -> None:
    """Wis alles van een student: portfolio's, scorebladen, bewijs, plaatsingen en alle kopieën daarvan.

    Dit is niet terug te draaien. Wat overblijft is een telling. Het werkt ook zonder wachtwoord als de student op slot
    is, en als bestanden beschadigd zijn. Het antwoord noemt wat kwartier niet kan bereiken, zoals reservekopieën.
    """
    if besluit is not None and zonder_besluit:
        raise Misused(
            "decision-twice", "--besluit en --zonder-besluit gaan niet samen.", advice="Laat een van beide weg."
        )
    with opened() as ws:
        own = code_of(ws, slug, code)
        keep = besluit if besluit is not None or zonder_besluit else _asked()
        if not ja:
            sure(f"Alles van {own} bij {slug} wordt gewist. Dat is niet terug te draaien.")
        done = ws.erase_student(slug, own, keep, overwrite=overschrijf)
        answer(
            {
                "organisation": done.organisation,
                "code": done.code,
                "erased": {
                    "records": done.records,
                    "evidence": done.evidence,
                    "placements": done.placements,
                    "copies": done.copies,
                    "leftovers": done.leftovers,
                },
                "counted": done.counted,
                "decision": list(done.decision),
                "unreachable": list(done.unreachable),
            },
            lambda: _words(done),
        )


def _asked() -> Path | None:
    """Where the decision is kept first; None for who wants none. Where nobody can be asked, that has to be said."""
    if not can_answer():
        raise Misused(
            "decision-missing",
            "Zeg of het besluit zonder bewijs eerst bewaard moet worden.",
            advice="Voeg --besluit PAD toe, of --zonder-besluit.",
        )
    words = "Eerst het besluit zonder bewijs bewaren? Geef een bestand, of niets om het niet te bewaren"
    typed: str = click.prompt(words, default="", show_default=False)
    return Path(typed.strip()).expanduser() if typed.strip() else None


def _words(done: Erased) -> str:
    gone = [
        counted(done.records, "portfolio of meting", "portfolio's en metingen"),
        counted(done.evidence, "bestand bij bewijs", "bestanden bij bewijs"),
        counted(done.placements, "plaatsing", "plaatsingen"),
    ]
    if done.copies or done.leftovers:
        gone.append(counted(done.copies + done.leftovers, "kopie of restant", "kopieën en restanten"))
    told = [f"Alles van {done.code} is gewist: {', '.join(gone)}."]
    if not done.counted:
        told.append("De organisatie is niet te lezen, dus de telling van gewiste studenten is niet bijgewerkt.")
    told.append("Wat kwartier niet kan bereiken, en u zelf nog nagaat:")
    return "\n".join([*told, *(f"- {one}" for one in done.unreachable)])
