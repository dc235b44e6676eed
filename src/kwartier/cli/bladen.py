"""kwartier blad: apart werken aan een scoreblad dat iemand gaf."""

from __future__ import annotations

from pathlib import Path

import click

from kwartier.cli.base import PATH, Group, answer, passphrase
from kwartier.cli.pasting import named
from kwartier.workspace import Handed, is_locked_file, pack_sheet
from kwartier.workspace import open_sheet as unpack_sheet


@click.group(cls=Group)
def blad() -> None:
    """Apart werken aan een scoreblad dat u kreeg: openen, invullen, verzegelen en teruggeven."""


@blad.command("open")
@click.argument("bestand", type=PATH)
@click.option("--map", "folder", metavar="MAP", type=PATH, help="Waar u werkt; anders een map naast het bestand.")
@click.option("--wachtwoord-bestand", type=PATH, help="Het wachtwoord van het bestand, op de eerste regel.")
def open_sheet(bestand: Path, folder: Path | None, wachtwoord_bestand: Path | None) -> None:
    """Open een gegeven scoreblad in een map van zichzelf. Opnieuw openen gaat verder waar u was."""
    key = passphrase(wachtwoord_bestand, ask=is_locked_file(bestand))
    place = folder or bestand.with_suffix("")
    done = unpack_sheet(bestand, place, key)
    here = f'--data "{done.folder}"'
    if done.own:
        answer(_tree(done), _own_words(done, here))
        return
    answer(_tree(done), _sheet_words(done, here))


def _tree(done: Handed) -> dict[str, object]:
    return {
        "folder": done.folder,
        "ref": done.ref,
        "person": done.person,
        "step": done.step,
        "own": list(done.own),
    }


def _sheet_words(done: Handed, here: str) -> str:
    """What somebody can do who scores apart."""
    who, step = f"{done.ref} --auditor {done.person}", f"--stap {done.step}"
    told = (
        f"Het blad van {done.name or done.person} staat in {done.folder}.\n\n"
        f"Op het scherm:\n   kwartier meting open {who} {here}\n\n"
        "Of met een formulier:\n"
        f"1. Maak het:\n   kwartier formulier {done.ref} {done.step} --auditor {done.person} --uit blad.toml {here}\n"
        f"2. Vul blad.toml in met een teksteditor.\n"
        f"3. Bewaar het:\n   kwartier invullen {done.ref} blad.toml {step} --auditor {done.person} {here}\n"
        f"4. Verzegel het:\n   kwartier verzegel {who} {step} {here}\n\n"
        f'Daarna maakt u het pakje:\n   kwartier blad inpakken "{done.folder}"'
    )
    if not done.notes:
        return told
    form = f"kwartier formulier {done.ref} {done.notes} --uit toelichting.toml {here}"
    return f"{told}\n\nToelichtingen verbeteren kan ook:\n   {form}"


def _own_words(done: Handed, here: str) -> str:
    """What a student can do who works apart on the own steps."""
    who = f"{done.ref} --auditor {done.person}"
    return (
        f"Het eigen werk van {done.person} staat in {done.folder}: {', '.join(done.own)} en {done.step}.\n\n"
        f"1. Verder op het scherm:\n   kwartier meting open {who} {here}\n"
        f"   of met een formulier:\n   kwartier formulier {done.ref} {done.step} --auditor {done.person} {here}\n"
        f"2. Een bestand erbij:\n   kwartier bewijs erbij {who} {here}\n"
        f'3. Maak het pakje, op slot:\n   kwartier blad inpakken "{done.folder}" --op-slot'
    )


@blad.command("inpakken")
@click.argument("folder", metavar="MAP", type=PATH)
@click.option("--uit", type=PATH, help="Het bestand; anders komt het naast de map.")
@click.option("--op-slot", is_flag=True, help="Zet het bestand op slot met een wachtwoord dat u typt.")
@click.option("--wachtwoord-bestand", type=PATH, help="Zet het op slot; het wachtwoord staat op de eerste regel.")
@click.option("--overschrijf", is_flag=True, help="Vervang het bestand als het al bestaat.")
def pack(folder: Path, uit: Path | None, op_slot: bool, wachtwoord_bestand: Path | None, overschrijf: bool) -> None:
    """Maak van de map één bestand om terug te geven."""
    path = uit or folder.with_name(f"{folder.name}-terug.kwartier")
    key = passphrase(wachtwoord_bestand, ask=op_slot, confirm=True)
    packed = pack_sheet(folder, path, passphrase=key or "", overwrite=overschrijf)
    open_words = "\nLet op: het scoreblad is nog niet verzegeld en wordt zo niet opgenomen."
    remark = "" if packed.sealed or packed.own else open_words
    answer(
        {"file": packed.file, "sealed": packed.sealed, "ref": packed.ref, "person": packed.person},
        f"Klaar: {path}.{remark}\nDe organisatie neemt het op met: kwartier meting neem {named(path.name)}",
    )
