"""kwartier feiten en voorstel: wat er van een organisatie bekend is, en welke scores daarbij horen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kwartier.cli.base import PATH, Command, answer, opened, table
from kwartier.cli.completing import REF
from kwartier.cli.given import given_tree
from kwartier.cli.pasting import follow_up
from kwartier.errors import Misused
from kwartier.instrument.model import Content, FactsStep
from kwartier.records.files import GivenFact
from kwartier.records.tree import Tree
from kwartier.workflow.fact_rules import known_facts
from kwartier.workflow.fact_words import fact_words
from kwartier.workflow.suggesting import Suggestion, lacking
from kwartier.workflow.suggestion_words import suggested_words
from kwartier.workspace import Seen, Workspace


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.argument("bestand", type=PATH, required=False)
def feiten(ref: str, bestand: Path | None) -> None:
    """Bewaar feiten uit een BESTAND (TOML), of toon wat er staat. '-' leest wat u doorgeeft.

    \b
    Een feit is een tabel met een id en een waarde:
      [[fact]]
      id = "fte_ed"
      value = 12.5
    Een waarde kan ook een tekst zijn: "ongeveer 40", "20-25", "minimaal 2", "?".
    """
    with opened() as ws:
        content = ws.see(ref).content
        steps = [step for step in content.step if isinstance(step, FactsStep)]
        if not steps:
            raise Misused(
                "no-facts",
                "Dit instrument vraagt geen feiten.",
                place=ref,
                advice=f"Bekijk de stappen: {follow_up('meting', 'toon', ref)}",
            )
        if bestand is not None:
            for step, given in _by_step(steps, given_tree(bestand), str(bestand)):
                ws.change(ref, step, given, place=str(bestand))
        _tell(ws, ref)


def _by_step(steps: list[FactsStep], given: Tree, place: str) -> list[tuple[str, Tree]]:
    """What was given, per step that asks for it; what no step asks goes to the first one, which will refuse it."""
    rows = given.get("fact")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or not rows:
        raise Misused(
            "no-facts-given",
            "In dit bestand staan geen feiten; er is niets bewaard.",
            place=place,
            advice='Schrijf elk feit als een tabel: [[fact]], met id = "…" en value = …',
        )
    if len(steps) == 1:
        return [(steps[0].id, given)]
    rest = {key: value for key, value in given.items() if key != "fact"}
    asked = {id: step.id for step in steps for id in step.facts}
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(asked.get(row.get("id"), steps[0].id), []).append(row)
    return [(step, {**rest, "fact": rows}) for step, rows in found.items()]


def _tell(ws: Workspace, ref: str) -> None:
    seen = ws.see(ref)
    known = known_facts(seen.content, seen.record)
    answer([_row_tree(id, row) for id, row in known.items()], lambda: _text(ws, ref, seen, known))


def _row_tree(id: str, row: GivenFact) -> Tree:
    tree: Tree = {"id": id}
    for key in ("value", "low", "high", "approximate", "unknown", "note"):
        said = getattr(row, key)
        if said not in (None, "") and (said is not False or key == "value"):  # 0 equals False, and is an answer
            tree[key] = said
    return tree


def _text(ws: Workspace, ref: str, seen: Seen, known: dict[str, GivenFact]) -> str:
    told = [
        (fact.id, fact_words(fact, known[fact.id]) if fact.id in known else "–", fact.short or fact.title)
        for fact in _asked(seen.content)
    ]
    parts = [table(told, ("Id", "Antwoord", "Wat"))]
    if ws.suggestions(ref):
        parts.append(f"Welke scores hierbij horen: {follow_up('voorstel', ref)}")
    return "\n\n".join(parts)


def _asked(content: Content) -> list[Any]:
    ids = [id for step in content.step if isinstance(step, FactsStep) for id in step.facts]
    by_id = {fact.id: fact for fact in content.fact}
    return [by_id[id] for id in ids if id in by_id]


@click.command(cls=Command)
@click.argument("ref", type=REF)
def voorstel(ref: str) -> None:
    """Toon welke scores volgen uit de feiten, met de reden. Er wordt niets ingevuld; de beoordelaar beslist."""
    with opened() as ws:
        found = ws.suggestions(ref)
        answer(
            [{"item": one.item, "values": list(one.values), "reason": one.reason} for one in found],
            lambda: _suggested(ws.see(ref), ref, found),
        )


def _suggested(seen: Seen, ref: str, found: list[Suggestion]) -> str:
    titles = {item.id: item.short or item.title for item in seen.content.items()}
    rows = [(one.item, titles.get(one.item, one.item), suggested_words(one), one.reason) for one in found]
    nothing = "Uit de feiten volgt nog geen voorstel."
    parts = [table(rows, ("Item", "", "Voorstel", "Reden"), 1000) if rows else nothing]
    step = next((step.id for step in seen.content.step if isinstance(step, FactsStep)), "")
    if missing := lacking(seen.content, known_facts(seen.content, seen.record)):
        lines = [
            f"- {item} {titles[item]}: nog niet ingevuld is {', '.join(fact.short or fact.title for fact in facts)}"
            for item, facts in missing.items()
        ]
        parts.append("\n".join(["Nog geen voorstel", *lines]))
        parts.append(f"Vul ze aan: {follow_up('formulier', ref, step)}")
    return "\n\n".join(parts)
