"""kwartier student slot: everything of a student encrypted with a passphrase, and in clear again."""

from __future__ import annotations

from pathlib import Path

import click

from kwartier.cli.base import PATH, Group, answer, can_answer, opened, passphrase, sure
from kwartier.cli.completing import SLUG, SUBJECT
from kwartier.cli.student import student
from kwartier.errors import Misused
from kwartier.workspace.encrypting import WARNING

_PRESENT = click.option(
    "--wachtwoord-bestand", type=PATH, help="Het wachtwoord staat op de eerste regel van dit bestand."
)
_SURE = click.option("--ja", is_flag=True, help="Doe het zonder nog eens te vragen.")


@student.group("slot", cls=Group)
def slot() -> None:
    """Alles van een student op slot, met een wachtwoord."""


@slot.command("erop")
@click.argument("slug", type=SLUG)
@click.argument("code", type=SUBJECT)
@_PRESENT
@_SURE
def put_on(slug: str, code: str, wachtwoord_bestand: Path | None, ja: bool) -> None:
    """Zet alles van een student op slot: portfolio, beoordelingen en de bestanden erbij.

    Alleen de code en de bewaartermijn blijven leesbaar. Zonder het wachtwoord is niets ooit nog te openen, ook niet
    door kwartier. Reservekopieën en wat eerder is meegegeven blijven zoals zij zijn.
    """
    with opened() as ws:
        again = ws.is_encrypted(slug, code)
        if not again:
            ws.subject(slug, code)
            if not ja:
                sure(f"Alles van {code} gaat op slot. {WARNING}")
        given = _given("Wachtwoord", wachtwoord_bestand, confirm=not again)
        count = ws.encrypt_student(slug, code, given)
        files = "1 bestand is" if count == 1 else f"{count} bestanden zijn"
        text = f"Alles van {code} is op slot: {files} versleuteld. {WARNING} Reservekopieën en wat eerder is "
        text += "meegegeven, heeft kwartier niet in de hand."
        answer({"organisation": slug, "code": code, "encrypted": True, "files": count}, text)


@slot.command("eraf")
@click.argument("slug", type=SLUG)
@click.argument("code", type=SUBJECT)
@_PRESENT
@_SURE
def take_off(slug: str, code: str, wachtwoord_bestand: Path | None, ja: bool) -> None:
    """Haal het slot van een student: alles is weer te lezen voor wie bij de datamap kan."""
    if not ja:
        sure(f"Alles van {code} wordt weer leesbaar voor wie bij de datamap kan.")
    with opened() as ws:
        if not ws.is_unlocked(slug, code) and ws.is_encrypted(slug, code):
            ws.unlock_student(slug, code, _given("Wachtwoord", wachtwoord_bestand))
        count = ws.decrypt_student(slug, code)
        answer(
            {"organisation": slug, "code": code, "encrypted": False, "files": count},
            f"Het slot is van {code} af; er staat niets meer versleuteld.",
        )


@slot.command("wachtwoord")
@click.argument("slug", type=SLUG)
@click.argument("code", type=SUBJECT)
@_PRESENT
@click.option("--nieuw-wachtwoord-bestand", type=PATH, help="Het nieuwe wachtwoord, op de eerste regel.")
def change(slug: str, code: str, wachtwoord_bestand: Path | None, nieuw_wachtwoord_bestand: Path | None) -> None:
    """Geef een student die op slot is een ander wachtwoord.

    Een oude reservekopie gaat nog open met het oude wachtwoord.
    """
    with opened() as ws:
        ws.organisation(slug)
        if not ws.is_encrypted(slug, code):
            ws.unlock_student(slug, code, "")  # there is nothing to open: says so before a passphrase is asked
        old = _given("Wachtwoord", wachtwoord_bestand)
        new = _given("Nieuw wachtwoord", nieuw_wachtwoord_bestand, "--nieuw-wachtwoord-bestand", confirm=True)
        ws.change_passphrase(slug, code, old, new)
        answer({"organisation": slug, "code": code}, f"{code} heeft een ander wachtwoord. {WARNING}")


def _given(what: str, path: Path | None, option: str = "--wachtwoord-bestand", *, confirm: bool = False) -> str:
    """A passphrase from a file, else asked of who sits at the keyboard."""
    if path is None and not can_answer():
        raise Misused(
            "passphrase-missing",
            "Hier is een wachtwoord nodig.",
            advice=f"Geef een bestand met het wachtwoord op de eerste regel: {option} BESTAND.",
        )
    return passphrase(path, ask=True, confirm=confirm, what=what) or ""
