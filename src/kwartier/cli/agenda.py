"""kwartier agenda: wat er nog moet gebeuren."""

from __future__ import annotations

from datetime import date

import click

from kwartier.cli.base import DATE, Command, answer, hanging, opened, warn
from kwartier.cli.progress import told
from kwartier.workflow.due import Due
from kwartier.workflow.periods import short


@click.command(cls=Command)
@click.option("--organisatie", "slugs", multiple=True, metavar="SLUG", help="Alleen deze organisatie.")
@click.option("--op", type=DATE, help="Bekijk de agenda zoals die op een andere dag is.")
def agenda(slugs: tuple[str, ...], op: date | None) -> None:
    """Toon wat er nog moet gebeuren: wat te laat is, wat binnenkort komt en wat later komt."""
    with opened() as ws:
        for slug in slugs:
            ws.organisation(slug)
        today = op or ws.today
        with told("Lezen") as progress:
            found = ws.agenda(list(slugs) or None, progress=progress.show)
        names = {slug: ws.names(slug) for slug in {one.ref.split("/")[0] for one in found}}

        def entry(one: Due) -> str:
            who = names[one.ref.split("/")[0]].get(one.person) or one.person
            text = one.text + (f" – {who}" if who else "")
            return hanging(short(one.day) if one.day else "", f"{text}\n{one.ref}")

        # What cannot be read has things to do as well; an agenda that is silent about it seems complete.
        for slug in slugs or [slug for slug, _ in ws.organisations()]:
            for ref in ws.assessments(slug):
                if ws.summary(ref).problem:
                    warn(f"Let op: {ref} is niet te lezen en staat niet in deze agenda. Zie 'kwartier controle'.")
        parts = []
        for title, wanted in _HEADINGS.items():
            entries = [entry(one) for one in found if _when(one, today) == wanted]
            if entries:
                parts.append("\n".join([title, *entries]))
        result = [
            {
                "ref": one.ref,
                "step": one.step,
                "kind": one.kind,
                "text": one.text,
                "date": one.day,
                "person": one.person or None,
                "when": _when(one, today),
            }
            for one in found
        ]
        answer({"today": today, "agenda": result}, "\n\n".join(parts) or "Er staat niets op de agenda.")


_HEADINGS = {"Te laat": "late", "Komende 30 dagen": "soon", "Nu te doen": "now", "Later": "later"}


def _when(one: Due, today: date) -> str:
    if one.day is None:
        return "now"
    if one.day < today:
        return "late"
    return "soon" if (one.day - today).days <= 30 else "later"
