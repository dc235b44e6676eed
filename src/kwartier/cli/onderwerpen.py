"""kwartier onderwerp: studenten en praktijkleerplekken maken, tonen en verbeteren."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from kwartier.cli.base import DATE, Command, Group, answer, opened, table
from kwartier.cli.completing import SLUG, SUBJECT
from kwartier.cli.pasting import follow_up
from kwartier.cli.subject_trees import plain_tree, subject_tree
from kwartier.errors import KwartierError, Misused
from kwartier.workflow.periods import short
from kwartier.workspace import Workspace, placements
from kwartier.workspace.subjects import KINDS
from kwartier.workspace.workplace_words import (
    conditions_words,
    is_past,
    levels_words,
    period_words,
    students_words,
    until_words,
    verdict_words,
)
from kwartier.workspace.workplaces import Workplace

KIND_BY_WORD = {word: kind for kind, word in KINDS.items()}

_KIND = click.option("--soort", type=click.Choice(list(KIND_BY_WORD)), help="Wat het is.")


@click.group(cls=Group)
def onderwerp() -> None:
    """Studenten en praktijkleerplekken: een code, en een naam die alleen bij die code staat."""


@onderwerp.command("nieuw")
@click.argument("slug", type=SLUG)
@click.argument("code")
@click.option("--naam", default="", help="De naam achter de code, of de naam van de praktijkleerplek.")
@_KIND
@click.option("--team", help="Het team van de praktijkleerplek.")
@click.option("--setting", help="De werksetting van de praktijkleerplek.")
@click.option("--niveau", help="De opleidingsniveaus waarvoor de praktijkleerplek bedoeld is, zoals 4,5.")
@click.option("--plaats", help="De plaats waar het is.")
@click.option("--opmerking", help="Iets om te onthouden.")
@click.option("--bewaren-tot", type=DATE, help="Tot wanneer de gegevens van een student bewaard worden.")
def new(
    slug: str,
    code: str,
    naam: str,
    soort: str | None,
    team: str | None,
    setting: str | None,
    niveau: str | None,
    plaats: str | None,
    opmerking: str | None,
    bewaren_tot: date | None,
) -> None:
    """Maak een student of praktijkleerplek bij een organisatie."""
    if bewaren_tot is not None and soort != KINDS["student"]:
        raise Misused("not-a-student", "Een bewaartermijn hoort bij een student.", advice="Voeg --soort student toe.")
    with opened() as ws:
        details = {"team": team, "setting": setting, "levels": niveau, "place": plaats, "note": opmerking}
        made = ws.add_subject(slug, code, naam, kind=KIND_BY_WORD.get(soort or ""), retain_until=bewaren_tot, **details)
        answer({"code": made}, f"{made} staat klaar bij {slug}.")


@onderwerp.command("wijzig")
@click.argument("slug", type=SLUG)
@click.argument("code", type=SUBJECT)
@click.option("--naam", help='De goede naam; "" haalt hem weg. De code blijft dezelfde.')
@_KIND
@click.option("--team", help='Het team van de praktijkleerplek; "" haalt het weg.')
@click.option("--setting", help='De werksetting; "" haalt haar weg.')
@click.option("--niveau", help='De opleidingsniveaus, zoals 4,5; "" haalt ze weg.')
@click.option("--plaats", help='De plaats waar het is; "" haalt haar weg.')
@click.option("--opmerking", help='Iets om te onthouden; "" haalt het weg.')
@click.option("--gestopt", metavar="DATUM", help='Sinds wanneer hier niet meer geleerd wordt; "" haalt het weg.')
@click.option("--bewaren-tot", metavar="DATUM", help='Tot wanneer alles bewaard wordt; "" haalt het weg.')
def change(
    slug: str,
    code: str,
    naam: str | None,
    soort: str | None,
    team: str | None,
    setting: str | None,
    niveau: str | None,
    plaats: str | None,
    opmerking: str | None,
    gestopt: str | None,
    bewaren_tot: str | None,
) -> None:
    """Verbeter wat er van een student of praktijkleerplek bekend is."""
    with opened() as ws:
        details: dict[str, Any] = {"name": naam, "team": team, "setting": setting, "levels": niveau, "place": plaats}
        details |= {"kind": KIND_BY_WORD.get(soort or ""), "note": opmerking, "ended": gestopt}
        one = ws.change_subject(slug, code, **details)
        if bewaren_tot is not None:
            ws.retain(slug, code, bewaren_tot)
            one = ws.subject(slug, code)
        answer(subject_tree(one), f"{code} is bijgewerkt.")


@onderwerp.command("toon")
@click.argument("slug", type=SLUG)
@click.argument("code", type=SUBJECT)
def show(slug: str, code: str) -> None:
    """Toon wat er van een student of praktijkleerplek bekend is: oordeel, voorwaarden en plaatsingen."""
    with opened() as ws:
        one = ws.subject(slug, code)
        found = ws.workplace(slug, code)
        names = _names(ws, slug)
        tree = {**plain_tree(found), **subject_tree(one)}
        details = [
            ("Soort", KINDS.get(found.kind, "")),
            ("Naam", one.name),
            ("Team", one.team),
            ("Plaats", one.place),
            ("Werksetting", one.setting),
            ("Niveaus", levels_words(one.levels)),
            ("Opmerking", one.note),
            ("Gestopt", short(one.ended) if one.ended else ""),
            ("Bewaren tot", short(one.retain_until) if one.retain_until else ""),
            ("Oordeel", _verdict(found)),
            ("Geldig tot", _until(found, ws.today)),
        ]
        parts = [table([row for row in details if row[1]]) or "Er is van deze code nog niets bekend."]
        parts += [f"{last.short}, {short(last.date)}: {last.ref}" for last in found.records]
        if found.conditions:
            parts.append("Voorwaarden die nog open staan:\n" + "\n".join(_conditions(found, names)))
        if one.placement:
            rows = [
                (str(number), row.student, period_words(row), names.get(row.supervisor) or row.supervisor)
                for number, row in enumerate(placements.listed(one), 1)
            ]
            parts.append(table(rows, ("Nr", "Student", "Periode", "Begeleider")))
        answer(tree, "\n\n".join(parts))


@onderwerp.command("lijst")
@click.argument("slug", type=SLUG)
def listed(slug: str) -> None:
    """Toon de studenten en praktijkleerplekken. Van een student staat hier alleen de code."""
    with opened() as ws:
        ws.organisation(slug)
        found = ws.workplaces(slug, kind="")
        rows = [(one.code, KINDS.get(one.kind, ""), one.name, verdict_words(one, ws.today)) for one in found]
        tree = {"subjects": [one.code for one in found], "details": [plain_tree(one) for one in found]}
        answer(tree, table(rows, ("Code", "Soort", "Naam", "Oordeel")) if rows else "Nog geen.")


@click.command(cls=Command)
@click.argument("slug", type=SLUG, required=False)
def plekken(slug: str | None) -> None:
    """Toon de praktijkleerplekken met oordeel, voorwaarden en einddatum: van een organisatie, of alle."""
    with opened() as ws:
        if slug:
            ws.organisation(slug)
        found = ws.workplaces(slug)
        head: tuple[str, ...] = ("Code", "Naam", "Niveaus", "Oordeel", "Voorwaarden", "Geldig tot", "Studenten")
        rows = [_row(one, ws.today) for one in found]
        if not slug:
            head = ("Organisatie", *head)
            rows = [(one.organisation_name, *row) for one, row in zip(found, rows, strict=True)]
        empty = "Nog geen praktijkleerplekken. Maak er een: " + follow_up(
            "onderwerp", "nieuw", slug or "SLUG", "CODE", "--soort", "praktijkleerplek"
        )
        answer({"workplaces": [plain_tree(one) for one in found]}, table(rows, head) if rows else empty)


def _row(one: Workplace, today: date) -> tuple[str, ...]:
    return (
        one.code,
        one.problem or one.name or one.team,
        levels_words(one.levels),
        verdict_words(one, today),
        conditions_words(one) or "–",
        _until(one, today),
        students_words(one) or "–",
    )


def _until(one: Workplace, today: date) -> str:
    return until_words(one) + (" (voorbij)" if is_past(one, today) else "")


def _verdict(one: Workplace) -> str:
    return f"{one.verdict} ({short(one.verdict_day)})" if one.verdict and one.verdict_day else one.verdict


def _conditions(one: Workplace, names: dict[str, str]) -> list[str]:
    told = []
    for row in one.conditions:
        words = [row.text, names.get(row.who) or row.who, f"voor {short(row.due)}" if row.due else ""]
        told.append("- " + "; ".join(word for word in words if word))
    return told


def _names(ws: Workspace, slug: str) -> dict[str, str]:
    """The names behind codes; without them codes are shown."""
    try:
        return ws.names(slug)
    except KwartierError:
        return {}
