"""kwartier verzegel, heropen, consensus, vergissing, reden en definitief."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from kwartier.cli.base import DATE, PATH, Command, answer, can_answer, opened, sure, warn
from kwartier.cli.completing import REF, STEP
from kwartier.cli.given import given_form, renew_form
from kwartier.cli.pasting import follow_up
from kwartier.errors import Misused
from kwartier.instrument.model import ConsensusStep, VerdictStep
from kwartier.workflow.state import Status
from kwartier.workspace import Workspace


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.option("--auditor", required=True, metavar="NAAM", help="Van wie het scoreblad is.")
@click.option("--stap", type=STEP, help="De stap, als er meer dan een is.")
@click.option("--ja", is_flag=True, help="Vraag niet nog eens als de scores hierdoor open komen te liggen.")
def verzegel(ref: str, auditor: str, stap: str | None, ja: bool) -> None:
    """Verzegel uw scoreblad. Met het laatste blad dat telt, liggen de scores meteen naast elkaar.

    Verzegelen laat zien dat er daarna niets veranderd is. Het is geen geheimhouding en bewijst niet wie scoorde.
    """
    with opened() as ws:
        if not ja and can_answer() and ws.would_reveal(ref, auditor, step=stap):
            sure(
                "Dit is het laatste blad dat telt: na het verzegelen liggen alle scores open en blijft uw blad zoals "
                "het is."
            )
        step = stap or ws.step_to_seal(ref, auditor)
        revealed = ws.seal(ref, auditor, step=step)
        after = "De scores blijven dicht tot alle bladen die tellen verzegeld zijn."
        if revealed:
            alone = max(len(stand.given) for stand in ws.outcome(ref, step=step).stands) == 1
            told = (
                "het enige blad dat telt: zijn scores zijn de definitieve"
                if alone
                else ("het laatste blad dat telt: de scores liggen nu naast elkaar")
            )
            judged = any(isinstance(step, VerdictStep) for step in ws.see(ref).content.step)
            after = f"Dit was {told}.\nVerder: {follow_up('oordeel' if judged else 'uitslag', ref)}"
        answer({"ref": ref, "sealed": True, "revealed": revealed}, f"Het scoreblad is verzegeld. {after}")


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.option("--auditor", metavar="NAAM", help="Heropen het scoreblad van deze auditor; zonder naam de hele meting.")
@click.option("--reden", required=True, help="Waarom; beide versies blijven bewaard.")
@click.option("--stap", type=STEP, help="De stap, als er meer dan een is.")
def heropen(ref: str, auditor: str | None, reden: str, stap: str | None) -> None:
    """Heropen uw eigen scoreblad (zolang de scores dicht zijn), of een meting waarvan het verslag definitief is."""
    with opened() as ws:
        if auditor:
            ws.reopen(ref, auditor, reason=reden, step=stap)
            answer({"ref": ref}, "Het scoreblad is weer open; de verzegelde versie blijft bewaard.")
            return
        ws.reopen_report(ref, reason=reden)
        answer({"ref": ref}, "De meting is weer open. Het volgende definitieve verslag zegt wat er veranderd is.")


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.argument("bestand", type=PATH, required=False)
@click.option("--gelijke", is_flag=True, help="Bevestig in een keer de items waarover iedereen hetzelfde zei.")
@click.option("--stap", type=STEP, help="De stap, als er meer dan een is.")
@click.option("--datum", type=DATE, help="De dag van het gesprek.")
def consensus(ref: str, bestand: Path | None, gelijke: bool, stap: str | None, datum: date | None) -> None:
    """Leg definitieve scores vast, uit een TOML-bestand met [[answer]]: item, value of missing, en note als reden.

    Een reden is nodig waar de scores verschillen, of waar u afwijkt van wat allen gaven.
    """
    with opened() as ws:
        step = _consensus_step(ws, ref, stap)
        if bestand is None and not gelijke:
            raise Misused(
                "nothing-given",
                "Geef een bestand met definitieve scores, of bevestig de gelijke met --gelijke.",
                advice=f"Een formulier maakt u met: {follow_up('formulier', ref, step, '--uit', 'consensus.toml')}",
            )
        given: dict[str, Any] = dict(given_form(ws, bestand, ref, step, None)) if bestand else {}
        if gelijke:
            given["answer"] = [*_equal(ws, ref, step, given.get("answer", [])), *given.get("answer", [])]
        if datum:
            given["date"] = datum
        ws.change(ref, step, given, place=str(bestand or ""))
        if bestand is not None:
            renew_form(ws, bestand)
        outcome = ws.outcome(ref, step=step)
        left = [one.item for one in outcome.stands if one.agreed is None and not one.optional]
        text = f"Nog zonder definitieve score: item {', '.join(left)}." if left else "Alle items hebben een uitkomst."
        answer({"ref": ref, "open": left}, f"Bewaard. {text}")


def _consensus_step(ws: Workspace, ref: str, stap: str | None) -> str:
    steps = [one.id for one in ws.see(ref).content.step if isinstance(one, ConsensusStep) and stap in (None, one.id)]
    if len(steps) > 1:  # the one that can be worked on now, where there is one
        todo = (Status.OPEN, Status.BUSY)
        steps = [one.id for one in ws.situation(ref).steps if one.id in steps and one.status in todo]
    if len(steps) != 1:
        raise Misused("which-step", "Zeg welke stap u bedoelt.", advice="Voeg toe: --stap STAP.")
    return steps[0]


def _equal(ws: Workspace, ref: str, step: str, given: list[Any]) -> list[dict[str, Any]]:
    """The proposals that are not given otherwise."""
    named = {(row.get("item"), row.get("part", "")) for row in given if isinstance(row, dict)}
    return [row for row in ws.proposals(ref, step=step) if (row["item"], row.get("part", "")) not in named]


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.argument("item")
@click.option("--auditor", required=True, metavar="NAAM", help="Van wie het scoreblad is.")
@click.option("--reden", required=True, help="Wat er vergist is.")
@click.option("--stap", type=STEP, help="De stap, als er meer dan een is; anders de laatste die verzegeld is.")
def vergissing(ref: str, item: str, auditor: str, reden: str, stap: str | None) -> None:
    """Noem een verzegeld antwoord een vergissing. Het blijft staan en meetellen, en wordt in het verslag genoemd."""
    with opened() as ws:
        ws.mistake(ref, auditor, item, reason=reden, step=stap)
        answer({"ref": ref, "item": item}, f"Genoteerd bij item {item}. Zet het recht in de consensus.")


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.argument("bevinding")
@click.argument("tekst")
def reden(ref: str, bevinding: str, tekst: str) -> None:
    """Zeg waarom een meting afwijkt van het instrument. Welke BEVINDING: zie 'kwartier meting toon REF'."""
    with opened() as ws:
        ws.give_reason(ref, bevinding, tekst)
        answer({"ref": ref, "finding": bevinding}, "De reden is bewaard en komt in het verslag.")


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.option("--datum", type=DATE, help="De dag van het verslag; anders vandaag.")
@click.option("--door", default=None, help="Wie het verslag vaststelt.")
def definitief(ref: str, datum: date | None, door: str | None) -> None:
    """Maak het verslag definitief. Daarna verandert de meting alleen nog door heropenen, met een reden."""
    with opened() as ws:
        number = ws.finalise(ref, by=door, on=datum)
        left = [one.title for one in ws.unfinished(ref)]
        if left:
            warn(f"Let op: nog niet gedaan en nu wel vastgelegd: {', '.join(left)}. Heropenen kan met een reden.")
        answer(
            {"ref": ref, "version": number},
            f"Het verslag is definitief, versie {number}.\nLees het met: {follow_up('verslag', ref)}",
        )
