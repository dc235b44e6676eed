"""kwartier demo: rondkijken in verzonnen gegevens."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from kwartier.cli.agenda import agenda
from kwartier.cli.base import Command, answer, can_answer, opened, say, wants_json, warn
from kwartier.cli.commands import DATA, FolderType
from kwartier.cli.organisaties import listed, summary_tree
from kwartier.cli.pasting import command_line
from kwartier.cli.words import organisation_tree
from kwartier.demos import Demo, default_folder, ready
from kwartier.errors import Misused
from kwartier.reports.document import long_date
from kwartier.workspace import Workspace
from kwartier.workspace.demo_day import Try


@click.command(cls=Command)
@click.option(
    "--map",
    "folder",
    type=FolderType(path_type=Path),
    metavar="MAP",
    help="Waar de demo staat of komt; anders in de cache.",
)
@click.option("--opnieuw", is_flag=True, help="Begin opnieuw: vervang de demo door een verse. Alleen een demo.")
@click.option("--lijst", is_flag=True, help="Open geen scherm: toon wat er is, met opdrachten om te proberen.")
def demo(folder: Path | None, opnieuw: bool, lijst: bool) -> None:
    """Kijk rond in verzonnen gegevens. Uw eigen gegevens blijven erbuiten.

    De demo wordt de eerste keer gemaakt en blijft daarna staan, met wat u erin deed. Zij speelt op een vaste dag,
    zodat de agenda klopt. Op een terminal gaat het scherm open; anders, of met --lijst, ziet u de organisaties, de
    agenda en opdrachten om te proberen.
    """
    ctx = click.get_current_context()
    if DATA in ctx.meta:
        raise Misused(
            "data-not-used",
            "De demo komt niet in een datamap.",
            advice="Laat --data weg. Een eigen plek voor de demo kiest u met --map MAP.",
        )
    made = ready(folder or default_folder(), date.today(), anew=opnieuw, begins=_ask_patience)
    for one in made.problems:
        warn(f"Let op: de demo van {one.distribution} is niet te maken: {one.reason}")
    if not lijst and can_answer() and sys.stdout.isatty():
        from kwartier.tui.start import run

        ctx.exit(run(str(made.folder)))
    ctx.meta[DATA] = made.folder
    if wants_json():
        with opened() as ws:
            answer(_tree(ws, made))
        return
    say(
        "Dit is een demo: verzonnen organisaties en mensen, en gepubliceerde uitslagen. "
        f"Zij speelt op {long_date(made.day)}.\n"
        f"Map: {made.folder}{'' if made.made else ' (stond er al; een verse maakt u met --opnieuw)'}\n\nOrganisaties"
    )
    ctx.invoke(listed)
    say(f"\nAgenda op {long_date(made.day)}")
    ctx.invoke(agenda, slugs=(), op=None)
    say("\nOm te proberen, in deze volgorde" + "".join(_attempts(made)))


def _ask_patience() -> None:
    if not wants_json():
        warn("De demo wordt gemaakt; dat duurt een paar tellen.")


def _attempts(made: Demo) -> list[str]:
    return [
        f"\n\n{number}. {one.text}\n{command_line(_words(made, one))}" for number, one in enumerate(made.attempts, 1)
    ]


def _words(made: Demo, one: Try) -> list[str]:
    """The words of a command, for this demo."""
    words = [os.path.normpath(_filled(word, made.folder)) if "{map}" in word else word for word in one.command]
    return [*words, "--data", str(made.folder)]


def _filled(word: str, folder: Path) -> str:
    return word.replace("{map}", str(folder))


def _tree(ws: Workspace, made: Demo) -> dict[str, Any]:
    organisations = [
        {**organisation_tree(slug, one), "assessments": [summary_tree(ws.summary(ref)) for ref in ws.assessments(slug)]}
        for slug, one in ws.organisations()
        if one is not None
    ]
    return {
        "folder": str(made.folder),
        "day": made.day,
        "made": made.made,
        "organisations": organisations,
        "agenda": [
            {"ref": one.ref, "step": one.step, "kind": one.kind, "text": one.text, "date": one.day}
            for one in ws.agenda()
        ],
        "try": [
            {"text": one.text, "command": _words(made, one), "line": command_line(_words(made, one))}
            for one in made.attempts
        ],
        "problems": [{"distribution": one.distribution, "reason": one.reason} for one in made.problems],
    }
