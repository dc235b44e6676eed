"""kwartier instrumenten: welke er zijn en hoe het ermee staat."""

from __future__ import annotations

from typing import Any

import click

from kwartier.cli.base import Command, answer, opened, table
from kwartier.cli.completing import INSTRUMENT
from kwartier.workspace import Listing
from kwartier.workspace.successors import beginning_words


@click.command(cls=Command)
@click.argument("instrument", type=INSTRUMENT, required=False)
@click.option("--laden", is_flag=True, help="Laad elk instrument, om te zien of het werkt.")
def instrumenten(instrument: str | None, laden: bool) -> None:
    """Toon de geïnstalleerde instrumenten, of wat er in een INSTRUMENT zit."""
    with opened() as ws:
        if instrument:
            described = ws.describe(instrument)
            known = ws.instruments()
            header = next((one.header for one in known if one.id == described["id"]), None)
            said = beginning_words(header, known) if header else ""
            answer(described, lambda: f"{_described(described)}\n\n{said}".rstrip())
            return
        if laden:
            ws.load_instruments()
        found = ws.instruments()
        rows = [
            (one.id, one.state.word, one.header.title if one.header else "–", f"{one.distribution} {one.version}")
            for one in found
        ]
        reasons = [f"{one.id}: {one.reason} {one.advice}" for one in found if one.reason]
        reasons += [said for one in found if one.header and (said := beginning_words(one.header, found))]
        text = table(rows, ("Instrument", "Stand", "Titel", "Pakket")) if rows else "Er zijn geen instrumenten."
        answer({"instruments": [_tree(one) for one in found]}, "\n\n".join([text, *reasons]))


def _tree(one: Listing) -> dict[str, Any]:
    return {
        "id": one.id,
        "state": one.state.value,
        "distribution": one.distribution,
        "version": one.version,
        "title": one.header.title if one.header else None,
        "short": one.header.short if one.header else None,
        "edition": one.header.edition if one.header else None,
        "subject": one.header.subject if one.header else None,
        "successor": (one.header.successor or None) if one.header else None,
        "reason": one.reason or None,
        "next": one.advice or None,
    }


def _described(tree: dict[str, Any]) -> str:
    head = f"{tree['title']} ({tree['short']} {tree['edition']})"
    counts = ", ".join(
        f"{number} {_COUNTED[name]}" for name, number in tree["counts"].items() if number and name in _COUNTED
    )
    steps = table([(step["id"], step["title"], step["form"]) for step in tree["steps"]], ("Stap", "", "Vorm"))
    return f"{head}\n{tree.get('summary', '')}\n\n{counts}\n\n{steps}"


_COUNTED = {
    "sections": "thema's of delen",
    "items": "items",
    "anchors": "omschrijvingen",
    "prompts": "interviewvragen",
    "essential": "daarvan essentieel",
    "facts": "feiten",
    "steps": "stappen",
}
