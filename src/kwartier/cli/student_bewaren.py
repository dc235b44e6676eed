"""kwartier student bewaren: tot wanneer de gegevens van een student bewaard worden."""

from __future__ import annotations

import click

from kwartier.cli.base import answer, opened
from kwartier.cli.completing import SLUG, SUBJECT
from kwartier.cli.student import student
from kwartier.cli.student_who import code_of
from kwartier.workflow.periods import short


@student.command("bewaren")
@click.argument("slug", type=SLUG)
@click.argument("code", type=SUBJECT)
@click.argument("datum")
def retain(slug: str, code: str, datum: str) -> None:
    """Zet tot wanneer alles van een student bewaard wordt; "" haalt de DATUM weg.

    Op die dag staat op de agenda dat u wist of verlengt; er wordt nooit vanzelf iets gewist. De datum is ook te lezen
    als de student op slot is.
    """
    with opened() as ws:
        own = code_of(ws, slug, code)
        day = ws.retain(slug, own, datum)
        ws.note_saved(slug)
        text = f"Alles van {own} wordt bewaard tot {short(day)}." if day else f"Voor {own} is geen bewaartermijn gezet."
        answer({"organisation": slug, "code": own, "retain_until": day}, text)
