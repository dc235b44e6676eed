"""kwartier plaatsing: welke student op welke praktijkleerplek leert, van wanneer tot wanneer en bij wie."""

from __future__ import annotations

from datetime import date

import click

from kwartier.cli.base import DATE, Group, answer, opened, sure, table
from kwartier.cli.completing import SLUG, SUBJECT
from kwartier.cli.subject_trees import placement_tree
from kwartier.workspace import placements
from kwartier.workspace.workplace_words import period_words

_WHICH = click.argument("welke", metavar="NUMMER|STUDENT")


@click.group(cls=Group)
def plaatsing() -> None:
    """Plaatsingen van studenten op een praktijkleerplek. Een student staat hier met een code, nooit met een naam."""


@plaatsing.command("nieuw")
@click.argument("slug", type=SLUG)
@click.argument("code", type=SUBJECT)
@click.option("--student", required=True, metavar="CODE", help="De code van de student.")
@click.option("--van", type=DATE, help="De eerste dag.")
@click.option("--tot", type=DATE, help="De laatste dag.")
@click.option("--begeleider", metavar="NAAM", help="De praktijkbegeleider; een naam krijgt een code.")
@click.option("--niveau", type=int, help="Het opleidingsniveau van de student.")
@click.option("--opmerking", help="Iets om te onthouden.")
def new(
    slug: str,
    code: str,
    student: str,
    van: date | None,
    tot: date | None,
    begeleider: str | None,
    niveau: int | None,
    opmerking: str | None,
) -> None:
    """Plaats een student op een praktijkleerplek."""
    with opened() as ws:
        details = {"start": van, "end": tot, "supervisor": begeleider, "level": niveau, "note": opmerking}
        made = ws.add_placement(slug, code, student=student, **details)
        answer(placement_tree(made), f"{student} is geplaatst bij {code}. {period_words(made)}".strip())


@plaatsing.command("wijzig")
@click.argument("slug", type=SLUG)
@click.argument("code", type=SUBJECT)
@_WHICH
@click.option("--student", metavar="CODE", help="De code van de student.")
@click.option("--van", metavar="DATUM", help='De eerste dag; "" haalt haar weg.')
@click.option("--tot", metavar="DATUM", help='De laatste dag; "" haalt haar weg.')
@click.option("--begeleider", metavar="NAAM", help='De praktijkbegeleider; "" haalt die weg.')
@click.option("--niveau", help='Het opleidingsniveau van de student; "" haalt het weg.')
@click.option("--opmerking", help='Iets om te onthouden; "" haalt het weg.')
def change(
    slug: str,
    code: str,
    welke: str,
    student: str | None,
    van: str | None,
    tot: str | None,
    begeleider: str | None,
    niveau: str | None,
    opmerking: str | None,
) -> None:
    """Verbeter een plaatsing; noem haar nummer uit de lijst, of de code van de student."""
    with opened() as ws:
        details = {"start": van, "end": tot, "supervisor": begeleider, "level": niveau, "note": opmerking}
        made = ws.change_placement(slug, code, welke, student=student or None, **details)
        answer(placement_tree(made), f"De plaatsing van {made.student} is bijgewerkt. {period_words(made)}".strip())


@plaatsing.command("stop")
@click.argument("slug", type=SLUG)
@click.argument("code", type=SUBJECT)
@_WHICH
@click.option("--op", type=DATE, help="De laatste dag; anders vandaag.")
def stop(slug: str, code: str, welke: str, op: date | None) -> None:
    """Noteer dat een plaatsing eindigt. Zij blijft staan als voorbij."""
    with opened() as ws:
        made = ws.change_placement(slug, code, welke, end=op or ws.today)
        answer(placement_tree(made), f"De plaatsing van {made.student} eindigt: {period_words(made)}.")


@plaatsing.command("weg")
@click.argument("slug", type=SLUG)
@click.argument("code", type=SUBJECT)
@_WHICH
@click.option("--ja", is_flag=True, help="Haal weg zonder nog eens te vragen.")
def remove(slug: str, code: str, welke: str, ja: bool) -> None:
    """Haal een plaatsing weg die er niet had moeten staan. Wat voorbij is, laat u staan met 'plaatsing stop'."""
    if not ja:
        sure("De plaatsing weghalen is niet terug te draaien.")
    with opened() as ws:
        gone = ws.remove_placement(slug, code, welke)
        answer({"removed": gone["id"], "student": gone.get("student")}, "De plaatsing is weggehaald.")


@plaatsing.command("lijst")
@click.argument("slug", type=SLUG)
@click.argument("code", type=SUBJECT, required=False)
def listed(slug: str, code: str | None) -> None:
    """Toon de plaatsingen van een praktijkleerplek, of van alle van een organisatie."""
    with opened() as ws:
        ws.organisation(slug)
        names = ws.names(slug)
        result = []
        rows = []
        for place in [code] if code else ws.subjects(slug):
            for number, one in enumerate(placements.listed(ws.subject(slug, place)), 1):
                result.append({"workplace": place, "number": number, **placement_tree(one)})
                state = "voorbij" if one.is_over(ws.today) else ""
                who = names.get(one.supervisor) or one.supervisor
                level = str(one.level) if one.level is not None else ""
                rows.append((place, str(number), one.student, level, period_words(one), who, state))
        head = ("Plek", "Nr", "Student", "Niveau", "Periode", "Begeleider", "Stand")
        answer({"placements": result}, table(rows, head) if rows else "Nog geen plaatsingen.")
