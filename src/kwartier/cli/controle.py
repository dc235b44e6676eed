"""kwartier controle: de hele datamap nakijken."""

from __future__ import annotations

import click

from kwartier.cli.base import Command, answer, opened, warn
from kwartier.cli.progress import told
from kwartier.reports.phrases import counted


@click.command(cls=Command)
@click.option("--geef-op", is_flag=True, help="Geef handelingen op die niet meer af te maken zijn; bestanden blijven.")
def controle(geef_op: bool) -> None:
    """Kijk de hele datamap na. Er verandert niets; elk probleem staat er met de plaats en wat u kunt doen.

    De status is 1 als er iets mis is.
    """
    with opened() as ws:
        if geef_op:
            for message in ws.give_up_unfinished():
                warn(f"Opgegeven: {message}")
        with told("Nakijken") as progress:
            checked = ws.check(progress=progress.show)
        result = {
            "sound": checked.sound,
            "organisations": checked.organisations,
            "assessments": checked.assessments,
            "files": checked.files,
            "problems": [
                {"level": one.level, "place": one.place, "message": one.message, "next": one.advice or None}
                for one in checked.problems
            ],
        }
        lines = []
        for one in checked.problems:
            word = "FOUT" if one.level == "error" else "Let op"
            lines.append(f"{word}: {one.place}\n  {one.message}" + (f"\n  {one.advice}" if one.advice else ""))
        count = (
            f"{counted(checked.organisations, 'organisatie', 'organisaties')}, "
            f"{counted(checked.assessments, 'meting', 'metingen')}, "
            f"{counted(checked.files, 'bestand', 'bestanden')} nagekeken"
        )
        verdict = f"{count}: alles in orde." if checked.sound else f"{count}: er is iets mis."
        answer(result, "\n".join([*lines, verdict, f"Datamap: {ws.path}"]))
        if not checked.sound:
            click.get_current_context().exit(1)
