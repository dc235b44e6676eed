"""kwartier portfolio: wat een student liet zien, per item, voor mensen en voor programma's."""

from __future__ import annotations

import click

from kwartier.cli.base import Command, answer, opened, table
from kwartier.cli.completing import REF
from kwartier.errors import Misused


@click.command(cls=Command)
@click.argument("ref", type=REF, required=False)
@click.option("--auditor", metavar="NAAM", help="Wie er kijkt; de student ziet alles, een ander wat gedeeld is.")
@click.option("--schema", is_flag=True, help="Toon het JSON Schema van wat --json geeft.")
def portfolio(ref: str | None, auditor: str | None, schema: bool) -> None:
    """Toon een portfolio: de eigen kijk van de student, de oordelen en het bewijs, per item."""
    from kwartier.reports.portfolio_tree import portfolio_schema

    if schema:
        tree = portfolio_schema()
        from kwartier.cli.commands import dumped

        answer(tree, dumped(tree), as_is=True)
        return
    if ref is None:
        raise Misused("ref-missing", "Zeg welk portfolio.", advice="Kijk welke er zijn: kwartier meting lijst.")
    with opened() as ws:
        found, overview = ws.portfolio(ref, viewer=ws.code_of(ref, auditor))

        def shown() -> str:
            parts = [f"{found['organisation']}, {found['subject']}: {ref}"]
            for block in overview:
                parts.append(f"{block.caption}\n{table(list(block.rows), block.header)}")
            return "\n\n".join(parts)

        answer(found, shown)
