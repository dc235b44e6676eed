"""kwartier deelnemer: wie geïnterviewd wordt, met brief en toestemming."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from kwartier.cli.base import DATE, Group, answer, opened, remark, table
from kwartier.cli.completing import REF
from kwartier.records.files import PeopleFile
from kwartier.workflow.periods import short
from kwartier.workflow.rules import AUDIO, CONSENT
from kwartier.workspace import Workspace


@click.group(cls=Group)
def deelnemer() -> None:
    """Wie geïnterviewd wordt. Namen staan bij de organisatie; de meting en het verslag kennen alleen rol en aantal."""


_DETAILS = (
    click.option("--brief", type=DATE, help="De dag waarop de informatiebrief verstuurd is."),
    click.option("--toestemming", type=click.Choice(CONSENT), help="Toestemming voor het interview."),
    click.option("--geluid", type=click.Choice(AUDIO), help="Toestemming voor een geluidsopname, apart gevraagd."),
    click.option("--opmerking", help="Iets om te onthouden; geen persoonlijke verhalen."),
)


def details(command: Any) -> Any:
    """The options that say what is known of a participant."""
    for option in reversed(_DETAILS):
        command = option(command)
    return command


def _told(brief: date | None, toestemming: str | None, geluid: str | None, opmerking: str | None) -> dict[str, Any]:
    row: dict[str, Any] = {"letter": brief, "consent": toestemming, "audio": geluid, "note": opmerking}
    return {key: value for key, value in row.items() if value is not None}


def _remark(ws: Workspace, ref: str) -> None:
    """Says which departures ask a reason; who is still missing is no news while the list is being made."""
    step = ws.people_step(ref).id
    remark(ref, [one for one in ws.situation(ref).findings if one.step == step and one.open])


@deelnemer.command("erbij")
@click.argument("ref", type=REF)
@click.option("--rol", required=True, help="De rol; een verkeerde rol noemt de rollen die er zijn.")
@click.option("--naam", default="", help="De naam; zonder naam krijgt de deelnemer alleen een code.")
@details
def add(
    ref: str,
    rol: str,
    naam: str,
    brief: date | None,
    toestemming: str | None,
    geluid: str | None,
    opmerking: str | None,
) -> None:
    """Voeg een deelnemer toe."""
    with opened() as ws:
        code = ws.add_participant(ref, rol, name=naam, **_told(brief, toestemming, geluid, opmerking))
        people = ws.see(ref).record.read(ws.people_step(ref).id, PeopleFile).participant
        role = next(one.role for one in people if one.id == code)
        answer({"ref": ref, "code": code}, f"Deelnemer {code} ({role}) staat erbij; {len(people)} in totaal.")
        _remark(ws, ref)


@deelnemer.command("wijzig")
@click.argument("ref", type=REF)
@click.argument("wie")
@details
def change(
    ref: str, wie: str, brief: date | None, toestemming: str | None, geluid: str | None, opmerking: str | None
) -> None:
    """Werk een deelnemer bij, zoals de brief en de toestemming."""
    with opened() as ws:
        code = ws.correct_participant(ref, wie, **_told(brief, toestemming, geluid, opmerking))
        answer({"ref": ref, "code": code}, f"{code} is bijgewerkt.")
        _remark(ws, ref)


@deelnemer.command("lijst")
@click.argument("ref", type=REF)
def listed(ref: str) -> None:
    """Toon de deelnemers met brief en toestemming."""
    with opened() as ws:
        seen = ws.see(ref)
        people = seen.record.read(ws.people_step(ref).id, PeopleFile).participant
        titles = {role.id: role.title for role in seen.content.role}
        rows = [
            (
                one.id,
                seen.names.get(one.id, ""),
                titles.get(one.role, one.role),
                short(one.letter) if one.letter else "–",
                one.consent or "–",
                one.audio or "–",
            )
            for one in people
        ]
        answer(
            {
                "participants": [
                    {
                        "code": one.id,
                        "name": seen.names.get(one.id) or None,
                        "role": one.role,
                        "letter": one.letter,
                        "consent": one.consent or None,
                        "audio": one.audio or None,
                    }
                    for one in people
                ]
            },
            table(rows, ("Code", "Naam", "Rol", "Brief", "Toestemming", "Geluid")) if rows else "Nog niemand.",
        )


@deelnemer.command("intrek")
@click.argument("ref", type=REF)
@click.argument("wie")
def withdraw(ref: str, wie: str) -> None:
    """Noteer dat een deelnemer de toestemming intrekt, en toon wat er weg moet."""
    with opened() as ws:
        told = ws.withdraw(ref, wie)
        answer(
            {"ref": ref, "remove": told},
            "De toestemming is ingetrokken. Dit moet weg:\n" + "\n".join(f"- {one}" for one in told),
        )
