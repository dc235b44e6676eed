"""kwartier aantekeningen: ruwe aantekeningen lezen, een bewaartermijn geven en vernietigen."""

from __future__ import annotations

from datetime import date

import click

from kwartier.cli.base import DATE, Group, answer, opened, sure
from kwartier.cli.completing import REF
from kwartier.instrument.model import InterviewStep
from kwartier.records.files import RawNotesFile


@click.group(cls=Group)
def aantekeningen() -> None:
    """Ruwe aantekeningen van het interview. Ze zijn er voor de auditors en gaan weg als het verslag er is."""


@aantekeningen.command("toon")
@click.argument("ref", type=REF)
@click.option("--auditor", required=True, metavar="NAAM", help="Wie er leest.")
def show(ref: str, auditor: str) -> None:
    """Toon de ruwe aantekeningen van alle auditors, per item."""
    with opened() as ws:
        viewer = ws.code_of(ref, auditor)
        seen = ws.see(ref, viewer=viewer)
        steps = [one.id for one in seen.content.step if isinstance(one, InterviewStep)]
        order = [item.id for item in seen.content.items()]
        parts, result = [], []
        for step, code in sorted(key for key in seen.record.personal if key[0] in steps):
            file = seen.record.read_of(step, code, RawNotesFile)
            rows = sorted(file.note, key=lambda row: order.index(row.item) if row.item in order else len(order))
            lines = [f"{'item ' + row.item if row.item else 'los'}: {row.text}" for row in rows]
            parts.append(f"{seen.names.get(code) or code}\n" + ("\n".join(lines) or "(leeg of vernietigd)"))
            result.append(
                {
                    "person": code,
                    "destroy": file.destroy,
                    "destroyed": file.destroyed,
                    "notes": [{"id": row.id, "item": row.item or None, "text": row.text} for row in rows],
                }
            )
        answer({"ref": ref, "notes": result}, "\n\n".join(parts) or "Er zijn geen ruwe aantekeningen.")


@aantekeningen.command("bewaar")
@click.argument("ref", type=REF)
@click.option("--auditor", required=True, metavar="NAAM", help="Van wie de aantekeningen zijn.")
@click.option("--tot", type=DATE, required=True, help="De dag waarop ze vernietigd worden; die komt in de agenda.")
def keep(ref: str, auditor: str, tot: date) -> None:
    """Kies wanneer aantekeningen vernietigd worden. Voorgesteld: drie maanden na het definitieve verslag."""
    with opened() as ws:
        ws.keep_notes_until(ref, auditor, tot)
        answer({"ref": ref, "destroy": tot}, f"Te vernietigen op {tot:%d-%m-%Y}.")


@aantekeningen.command("vernietig")
@click.argument("ref", type=REF)
@click.option("--auditor", required=True, metavar="NAAM", help="Van wie de aantekeningen zijn.")
@click.option("--ja", is_flag=True, help="Vernietig zonder nog eens te vragen.")
def destroy(ref: str, auditor: str, ja: bool) -> None:
    """Vernietig ruwe aantekeningen. Dat ze er waren en wanneer ze vernietigd zijn, blijft staan."""
    if not ja:
        sure("Vernietigen is niet terug te draaien.")
    with opened() as ws:
        ws.destroy_notes(ref, auditor)
        answer(
            {"ref": ref}, "De aantekeningen zijn vernietigd. Kopieën en reservekopieën heeft kwartier niet in de hand."
        )
