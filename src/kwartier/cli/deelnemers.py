"""kwartier deelnemer: wie geïnterviewd wordt, met brief en toestemming."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import click

from kwartier.cli.base import DATE, Group, answer, opened, remark, table
from kwartier.cli.completing import REF
from kwartier.errors import Misused
from kwartier.instrument.model import PeopleStep
from kwartier.records.files import PeopleFile
from kwartier.workflow.periods import short
from kwartier.workflow.rules import AUDIO, CONSENT
from kwartier.workspace import NEW, Workspace


@click.group(cls=Group)
def deelnemer() -> None:
    """Wie geïnterviewd wordt. Namen staan bij de organisatie; de meting en het verslag kennen alleen rol en aantal."""


def _step(ws: Workspace, ref: str) -> PeopleStep:
    step = next((one for one in ws.see(ref).content.step if isinstance(one, PeopleStep)), None)
    if step is None:
        raise Misused("no-participants", "Dit instrument kent geen deelnemers.", place=ref, advice="Noteer er geen.")
    return step


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


def _row(
    ws: Workspace, brief: date | None, toestemming: str | None, geluid: str | None, opmerking: str | None
) -> dict[str, Any]:
    row: dict[str, Any] = {"letter": brief, "consent": toestemming, "audio": geluid, "note": opmerking}
    if toestemming:
        row["consent_on"] = ws.today
    return {key: value for key, value in row.items() if value is not None}


def _remark(ws: Workspace, ref: str, step: PeopleStep) -> None:
    """Says which departures ask a reason; who is still missing is no news while the list is being made."""
    remark(ref, [one for one in ws.situation(ref).findings if one.step == step.id and one.open])


def role_word(typed: str) -> str:
    """A role as the instrument writes it: "Cliënt" is client."""
    plain = unicodedata.normalize("NFD", typed.strip().casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).replace(" ", "-")


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
        step = _step(ws, ref)
        before = {row.id for row in ws.see(ref).record.read(step.id, PeopleFile).participant}
        rol = role_word(rol)
        row = {"role": rol, **_row(ws, brief, toestemming, geluid, opmerking)}
        # Somebody without a name is somebody new, also when the rest is the same.
        known = row | {"name": naam} if naam else row | {"id": NEW}
        ws.change(ref, step.id, {"participant": [known]})
        people = ws.see(ref).record.read(step.id, PeopleFile).participant
        new = [one.id for one in people if one.id not in before] or [ws.person_code(ref, naam)]
        answer({"ref": ref, "code": new[0]}, f"Deelnemer {new[0]} ({rol}) staat erbij; {len(people)} in totaal.")
        _remark(ws, ref, step)


@deelnemer.command("wijzig")
@click.argument("ref", type=REF)
@click.argument("wie")
@details
def change(
    ref: str, wie: str, brief: date | None, toestemming: str | None, geluid: str | None, opmerking: str | None
) -> None:
    """Werk een deelnemer bij, zoals de brief en de toestemming."""
    with opened() as ws:
        step = _step(ws, ref)
        code = ws.person_code(ref, wie)
        known = [one.id for one in ws.see(ref).record.read(step.id, PeopleFile).participant]
        if code not in known:
            raise Misused(
                "unknown-participant",
                f"'{wie}' is geen deelnemer van deze meting.",
                place=ref,
                advice=f"Wel: {', '.join(known) or 'nog niemand'}. Voeg iemand toe met 'kwartier deelnemer erbij'.",
            )
        row = {"id": code, **_row(ws, brief, toestemming, geluid, opmerking)}
        ws.change(ref, step.id, {"participant": [row]})
        answer({"ref": ref, "code": code}, f"{code} is bijgewerkt.")
        _remark(ws, ref, step)


@deelnemer.command("lijst")
@click.argument("ref", type=REF)
def listed(ref: str) -> None:
    """Toon de deelnemers met brief en toestemming."""
    with opened() as ws:
        seen = ws.see(ref)
        people = seen.record.read(_step(ws, ref).id, PeopleFile).participant
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
