"""kwartier student exporteer en besluit: alles van een student, en wat een opleiding ervan moet bewaren."""

from __future__ import annotations

from pathlib import Path

import click

from kwartier.cli.base import PATH, answer, opened
from kwartier.cli.completing import SLUG, SUBJECT
from kwartier.cli.documents import output
from kwartier.cli.student import student
from kwartier.cli.student_who import code_of
from kwartier.reports.phrases import counted


@student.command("exporteer")
@click.argument("slug", type=SLUG)
@click.argument("code", type=SUBJECT)
@click.option("--uit", type=PATH, help="De map, of een bestand dat op .zip eindigt; anders een map waar u staat.")
@click.option("--overschrijf", is_flag=True, help="Vervang wat er de vorige keer gemaakt is.")
def export(slug: str, code: str, uit: Path | None, overschrijf: bool) -> None:
    """Geef een student alles wat over hem of haar bewaard is, leesbaar en als TOML, met de bestanden erbij.

    Wat anderen nog niet hebben vrijgegeven zit er niet in; dat staat erbij. Het resultaat is niet op slot.
    """
    with opened() as ws:
        own = code_of(ws, slug, code)
        given = ws.export_student(slug, own, uit or Path(f"{slug}-{own}-alles"), overwrite=overschrijf)
        records = counted(given.records, "portfolio", "portfolio's")
        told = [
            f"Klaar: {given.path} ({records}, "
            f"{counted(given.evidence, 'bestand', 'bestanden')}). Begin met LEES-MIJ.md.",
            "Dit is niet op slot: bewaar het op een veilige plek.",
        ]
        told += [f"Niet erbij: {one}" for one in given.left_out]
        tree = {"path": given.path, "records": given.records, "evidence": given.evidence}
        answer({**tree, "left_out": list(given.left_out)}, "\n".join(told))


@student.command("besluit")
@click.argument("slug", type=SLUG)
@click.argument("code", type=SUBJECT)
@click.option("--uit", type=PATH, help="Bewaar het hier, leesbaar (.md) en als TOML; anders komt het op het scherm.")
@click.option("--overschrijf", is_flag=True, help="Vervang de bestanden als zij al bestaan.")
def decide(slug: str, code: str, uit: Path | None, overschrijf: bool) -> None:
    """Toon of bewaar het besluit zonder bewijs: wat per leeruitkomst samen is afgesproken, en niets meer.

    Voor de eigen bewaarplicht van een opleiding. Er staat geen zelfbeoordeling, bewijs, toelichting of reactie in, en
    geen naam van iemand anders dan de student.
    """
    with opened() as ws:
        own = code_of(ws, slug, code)
        if uit is None:
            output("md", None, overwrite=False).give(ws, ws.decision(slug, own), {"organisation": slug, "code": own})
            return
        written = [str(path) for path in ws.write_decision(slug, own, uit, overwrite=overschrijf)]
        tree = {"organisation": slug, "code": own, "files": written}
        answer(tree, "Klaar: " + " en ".join(written))
