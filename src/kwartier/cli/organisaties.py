"""kwartier organisatie: maken, tonen en wijzigen."""

from __future__ import annotations

from typing import Any

import click

from kwartier.cli.base import Group, answer, opened, table
from kwartier.cli.completing import SLUG
from kwartier.cli.pasting import follow_up
from kwartier.cli.progress import told
from kwartier.cli.words import line_of, organisation_tree
from kwartier.workflow.periods import short


@click.group(cls=Group)
def organisatie() -> None:
    """Organisaties maken, tonen en wijzigen."""


@organisatie.command("nieuw")
@click.argument("naam")
@click.option("--soort", help="Wat voor organisatie, zoals ggz, ribw of gemeente.")
@click.option("--clienten", type=int, help="Het aantal cliënten.")
@click.option("--onderdeel-van", metavar="SLUG", help="De organisatie waar deze locatie of voorziening bij hoort.")
@click.option("--plaats", help="De plaats waar de organisatie is.")
@click.option("--opmerking", help="Iets om te onthouden.")
def new(
    naam: str,
    soort: str | None,
    clienten: int | None,
    onderdeel_van: str | None,
    plaats: str | None,
    opmerking: str | None,
) -> None:
    """Maak een organisatie. Het antwoord noemt de korte naam (slug) die u in andere opdrachten gebruikt."""
    with opened() as ws:
        details: dict[str, Any] = {"kind": soort, "clients": clienten, "part_of": onderdeel_van}
        details |= {"place": plaats, "note": opmerking}
        slug = ws.add_organisation(naam, **details)
        answer(
            {"slug": slug, "name": naam},
            f"{naam} staat klaar als '{slug}'.\nBegin een meting: "
            + follow_up("meting", "nieuw", slug, "INSTRUMENT", "--datum", "DATUM"),
        )


@organisatie.command("lijst")
def listed() -> None:
    """Toon alle organisaties met hun laatste meting en wat er nu aan de beurt is."""
    with opened() as ws:
        found = ws.organisations()
        result: list[dict[str, Any]] = []
        rows: list[tuple[str, ...]] = []
        with told("Lezen") as progress:
            for number, (slug, one) in enumerate(found):
                progress.show(number, len(found))
                if one is None:
                    result.append({"slug": slug, "problem": "unreadable"})
                    rows.append((slug, "niet te lezen", "zie 'kwartier controle'", ""))
                    continue
                summaries = [ws.summary(ref) for ref in ws.assessments(slug)]
                last = max(summaries, key=lambda summary: summary.date, default=None)
                result.append({**organisation_tree(slug, one), "assessments": len(summaries)})
                last_text = f"{last.instrument} {short(last.date)}" if last else "–"
                rows.append((slug, one.name, last_text, line_of(last) if last else ""))
        empty = "Nog geen organisaties. Maak er een: kwartier organisatie nieuw NAAM. Of kijk rond: kwartier demo."
        answer(
            {"organisations": result},
            table(rows, ("Slug", "Naam", "Laatste meting", "Nu aan de beurt")) if rows else empty,
        )


@organisatie.command("toon")
@click.argument("slug", type=SLUG)
def show(slug: str) -> None:
    """Toon een organisatie en haar metingen."""
    with opened() as ws:
        one = ws.organisation(slug)
        summaries = [ws.summary(ref) for ref in ws.assessments(slug)]
        details = [
            ("Naam", one.name),
            ("Soort", one.kind),
            ("Plaats", one.place),
            ("Cliënten", str(one.clients) if one.clients is not None else ""),
            ("Onderdeel van", one.part_of),
            ("Onderdelen", ", ".join(other for other, it in ws.organisations() if it and it.part_of == slug)),
            ("Opmerking", one.note),
        ]
        rows = [(summary.ref, short(summary.date), line_of(summary)) for summary in summaries]
        text = table([row for row in details if row[1]]) + "\n\n"
        text += table(rows, ("Meting", "Datum", "Stand")) if rows else "Nog geen metingen."
        tree = organisation_tree(slug, one)
        answer({**tree, "assessments": [summary_tree(summary) for summary in summaries]}, text)


def summary_tree(summary: Any) -> dict[str, Any]:
    """A summary for a program."""
    import msgspec

    tree: dict[str, Any] = msgspec.to_builtins(summary)
    return tree


@organisatie.command("wijzig")
@click.argument("slug", type=SLUG)
@click.option("--naam", help="De goede naam; de slug blijft dezelfde, zodat verwijzingen blijven kloppen.")
@click.option("--soort", help='Wat voor organisatie; "" haalt het weg.')
@click.option("--clienten", type=int, help="Het aantal cliënten.")
@click.option("--onderdeel-van", metavar="SLUG", help='Een andere organisatie; "" maakt het los.')
@click.option("--plaats", help='De plaats waar de organisatie is; "" haalt haar weg.')
@click.option("--opmerking", help='Iets om te onthouden; "" haalt het weg.')
def change(
    slug: str,
    naam: str | None,
    soort: str | None,
    clienten: int | None,
    onderdeel_van: str | None,
    plaats: str | None,
    opmerking: str | None,
) -> None:
    """Verbeter de gegevens van een organisatie."""
    with opened() as ws:
        details: dict[str, Any] = {"name": naam, "kind": soort, "clients": clienten, "part_of": onderdeel_van}
        details |= {"place": plaats, "note": opmerking}
        one = ws.change_organisation(slug, **details)
        answer(organisation_tree(slug, one), f"{one.name} is bijgewerkt.")
