"""kwartier formulier, invullen, afvinken en overslaan: het werk in een stap."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from kwartier.cli.base import DATE, PATH, Command, answer, opened, remark, warn
from kwartier.cli.completing import REF, STEP
from kwartier.cli.given import given_form, renew_form
from kwartier.cli.pasting import follow_up
from kwartier.errors import Misused
from kwartier.instrument.model import ChecklistStep
from kwartier.workspace import Workspace


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.argument("stap", type=STEP, required=False)
@click.option("--auditor", metavar="NAAM", help="Voor wie het formulier is, bij een stap die ieder apart doet.")
@click.option("--uit", type=PATH, help="Het bestand; anders komt het formulier op het scherm.")
@click.option("--overschrijf", is_flag=True, help="Vervang het bestand als het al bestaat.")
def formulier(ref: str, stap: str | None, auditor: str | None, uit: Path | None, overschrijf: bool) -> None:
    """Maak een formulier van een STAP, met wat er al staat. Vul het in en geef het met 'kwartier invullen'.

    Zonder STAP is het uw scoreblad. De stappen ziet u met 'kwartier meting toon REF'.
    """
    with opened() as ws:
        text = ws.blank(ref, stap, person=auditor)
        if uit is None:
            answer({"ref": ref, "form": text}, text, as_is=True)
            return
        ws.write_out(uit, text.encode(), overwrite=overschrijf)
        named = [*(["--stap", stap] if stap else []), *(["--auditor", auditor] if auditor else [])]
        next_ = follow_up("invullen", ref, str(uit), *named)
        answer({"ref": ref, "file": str(uit)}, f"Klaar: {uit}\nVul het in met een teksteditor. Daarna:\n  {next_}")


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.argument("bestand", type=PATH)
@click.option("--stap", type=STEP, help="De stap; zonder stap is het uw scoreblad.")
@click.option("--auditor", metavar="NAAM", help="Wie er achter het toetsenbord zit.")
@click.option("--datum", type=DATE, help="De dag waarop de stap gedaan is.")
@click.option("--door", help="Wie de stap deed.")
@click.option("--reden", help="De reden, als de stap afwijkt van het instrument.")
def invullen(
    ref: str,
    bestand: Path,
    stap: str | None,
    auditor: str | None,
    datum: date | None,
    door: str | None,
    reden: str | None,
) -> None:
    """Bewaar een ingevuld formulier (TOML). Wat er niet in staat, blijft zoals het was; '-' leest wat u doorgeeft.

    Klopt er iets niet, dan wordt er niets bewaard en ziet u alles wat er mis is.
    """
    with opened() as ws:
        given: dict[str, Any] = dict(given_form(ws, bestand, ref, stap, auditor))
        if datum:
            given["date"] = datum
        if door:
            given["by"] = door
        slug = ref.strip("/").replace("\\", "/").split("/")[0]
        known = ws.names(slug)
        before = {one.message for one in ws.situation(ref).findings}
        step = ws.change(ref, stap, given, person=auditor, place=str(bestand))
        renew_form(ws, bestand)
        told = _state_line(ws, ref, step, auditor)
        found = ws.situation(ref).findings
        # What this change brought up elsewhere is worth telling too, such as a text that was scored already.
        findings = [one for one in found if one.step == step or one.message not in before]
        explained = [one for one in findings if one.open and reden]
        for finding in explained:
            ws.give_reason(ref, finding.id, reden or "")
        remark(ref, [one for one in findings if one not in explained])
        new = {code: name for code, name in ws.names(slug).items() if code not in known and name}
        if new:
            names = ", ".join(f"{name} ({code})" for code, name in new.items())
            warn(f"Nieuw bij de namen: {names}. Is dat een tikfout, verbeter het dan in het formulier.")
        answer(
            {"ref": ref, "step": step, "status": told[0], "detail": told[1], "findings": [one.id for one in findings]},
            f"Bewaard: {step} ({told[1]}).",
        )


def _state_line(ws: Workspace, ref: str, step: str, auditor: str | None) -> tuple[str, str]:
    """Where the step stands now, for the person who filled it in."""
    code = ws.code_of(ref, auditor)
    state = next(one for one in ws.situation(ref, viewer=code).steps if one.id == step)
    own = next((one.detail for one in state.people if one.id == code), "")
    return state.status.value, own or state.detail or state.status.word


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.argument("taken", nargs=-1, required=True)
@click.option("--stap", type=STEP, help="De checklist, als er meer dan een is.")
@click.option("--datum", type=DATE, help="De dag waarop het gedaan is; anders vandaag.")
@click.option("--door", help="Wie het deed.")
@click.option("--niet", is_flag=True, help="Noteer juist dat het nog niet gedaan is.")
def afvinken(
    ref: str, taken: tuple[str, ...], stap: str | None, datum: date | None, door: str | None, niet: bool
) -> None:
    """Noteer taken van een checklist als gedaan; ALLES vinkt de hele lijst af."""
    with opened() as ws:
        lists = [one for one in ws.see(ref).content.step if isinstance(one, ChecklistStep) and stap in (None, one.id)]
        if len(lists) != 1:
            names = ", ".join(one.id for one in lists) or "geen"
            raise Misused("which-list", f"Zeg welke checklist u bedoelt: {names}.", advice="Voeg toe: --stap STAP.")
        every = [task.id for task in lists[0].task]
        chosen = every if [one.lower() for one in taken] == ["alles"] else list(taken)
        row: dict[str, Any] = {"done": not niet, "date": "" if niet else datum or ws.today}
        if door:
            row["by"] = door
        ws.change(ref, lists[0].id, {"task": [{"id": one, **row} for one in chosen]})
        state = _state_line(ws, ref, lists[0].id, None)
        answer({"ref": ref, "step": lists[0].id, "status": state[0], "detail": state[1]}, f"Bewaard: {state[1]}.")


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.argument("stap", type=STEP)
@click.option("--reden", required=True, help='Waarom; "" neemt het overslaan terug.')
@click.option("--auditor", metavar="NAAM", help="Wie er achter het toetsenbord zit, bij een stap die van iemand is.")
def overslaan(ref: str, stap: str, reden: str, auditor: str | None) -> None:
    """Sla een stap over die niet hoeft. Verplichte stappen blijven verplicht."""
    with opened() as ws:
        step = ws.step(ref, stap)
        ws.change(ref, stap, {"skipped": reden}, person=auditor)
        answer(
            {"ref": ref, "step": stap},
            f"'{step.title}' is overgeslagen." if reden else f"'{step.title}' doet weer mee.",
        )
