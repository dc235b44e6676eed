"""kwartier auditor: wie de meting doet."""

from __future__ import annotations

import click

from kwartier.cli.base import Group, answer, opened
from kwartier.cli.completing import REF
from kwartier.cli.kenmerken import said, traits
from kwartier.workspace import Assessor


@click.group(cls=Group)
def auditor() -> None:
    """Wie de meting doet: erbij, vervangen of gestopt, en met welke kenmerken."""


@auditor.command("erbij")
@click.argument("ref", type=REF)
@click.argument("naam")
@click.option("--meelopend", is_flag=True, help="Scoort mee, telt niet mee en houdt niemand op.")
@click.option("--herkomst", type=click.Choice(["intern", "extern"]), default=None, help="Van binnen of van buiten.")
@click.option("--rol", default="", help="Met welke rol, als er meer rollen zijn die invullen; anders de eerste.")
@click.option("--kenmerk", multiple=True, metavar="KENMERK=ja|nee", help="Wat de rol vraagt, zoals geschoold=ja.")
def join(ref: str, naam: str, meelopend: bool, herkomst: str | None, rol: str, kenmerk: tuple[str, ...]) -> None:
    """Laat iemand meedoen. Kan tot de scores naast elkaar liggen; meelopen kan altijd."""
    with opened() as ws:
        who = Assessor(naam, shadow=meelopend, origin=herkomst or "", role=rol, traits=said(kenmerk))
        code = ws.join(ref, who)
        answer({"ref": ref, "code": code}, f"{naam} doet mee, als {code}.")


@auditor.command("vervang")
@click.argument("ref", type=REF)
@click.argument("wie")
@click.argument("door")
@click.option("--reden", required=True, help="Waarom; dit komt in het verslag.")
def replace(ref: str, wie: str, door: str, reden: str) -> None:
    """Laat iemand anders verdergaan voor een auditor. De nieuwe scoort vanaf de toelichtingen."""
    with opened() as ws:
        code = ws.join(ref, Assessor(door), replaces=wie, reason=reden)
        answer({"ref": ref, "code": code}, f"{door} ({code}) gaat verder voor {wie}.")


@auditor.command("stop")
@click.argument("ref", type=REF)
@click.argument("wie")
@click.option("--reden", required=True, help="Waarom; dit komt in het verslag.")
@click.option("--ja", is_flag=True, help="Ook als daardoor de scores van de anderen open komen te liggen.")
def stop(ref: str, wie: str, reden: str, ja: bool) -> None:
    """Noteer dat een auditor stopt. Een verzegeld blad blijft staan en telt mee."""
    with opened() as ws:
        ws.stop(ref, wie, reason=reden, sure=ja)
        answer({"ref": ref}, f"{wie} is gestopt.")


@auditor.command("kenmerk")
@click.argument("ref", type=REF)
@click.argument("wie")
@click.argument("kenmerken", nargs=-1, required=True, metavar="KENMERK=ja...")
def traits_of(ref: str, wie: str, kenmerken: tuple[str, ...]) -> None:
    """Zeg welke gevraagde kenmerken iemand heeft, zoals geschoold=ja. Met KENMERK=weg is het niet meer gezegd.

    Wat gewenst is en er niet is, wordt bij de meting gemeld; het houdt niets tegen.
    """
    with opened() as ws:
        now = ws.set_traits(ref, wie, traits(kenmerken))
        told = ", ".join(f"{name}: {'ja' if value else 'nee'}" for name, value in now.items()) or "niets gezegd"
        answer({"ref": ref, "traits": now}, f"Van {wie} staat er nu: {told}.")
