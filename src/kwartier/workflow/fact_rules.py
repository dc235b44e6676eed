"""What the facts of a step have to satisfy: the kind that is asked, its limits, and one another."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from kwartier.errors import Misused
from kwartier.instrument import model as m
from kwartier.records.files import FactsFile, GivenFact, view
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.amounts import number_words
from kwartier.workflow.estimates import estimate_of, settled
from kwartier.workflow.filling import Wrong

_NUMBERS = ("number", "count")
_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "number": ((int, float), "een getal"),
    "count": ((int,), "een heel getal"),
    "date": ((date,), "een datum zonder aanhalingstekens, zoals 2026-11-22"),
    "text": ((str,), "een tekst"),
    "choice": ((str,), "een van de keuzes"),
    "choices": ((list,), "een of meer van de keuzes"),
    "yes-no": ((bool,), "true of false"),
}


def as_kept(step: m.FactsStep, content: m.Content, before: Tree, tree: Tree) -> tuple[Tree, list[Wrong]]:
    """The file with what was typed for a number read as one, and what cannot be read."""
    facts = _facts(step, content)
    was = {row.get("id"): row for row in before.get("fact", []) if isinstance(row, dict)}
    wrongs: list[Wrong] = []
    rows: list[Tree] = []
    for row in tree.get("fact", []):
        fact = facts.get(row.get("id"))
        if fact is not None and fact.kind in _NUMBERS:
            try:
                row = settled(row, was.get(fact.id, {}), whole=fact.kind == "count")
            except Misused as error:
                wrongs.append(_wrong(fact, "value", f"{error.message} {error.advice or ''}".strip()))
                continue
        rows.append(row)
    return ({**tree, "fact": rows} if "fact" in tree else tree), wrongs


def fact_wrongs(step: m.FactsStep, content: m.Content, record: Record, tree: Tree) -> Iterable[Wrong]:
    """All that is wrong in the facts of a file."""
    facts = _facts(step, content)
    for row in tree.get("fact", []):
        fact = facts.get(row["id"])
        if fact is None:
            listed = ", ".join(list(facts)[:30]) or "nog niets"
            yield Wrong(("fact", row["id"], "id"), f"'{row['id']}' is geen feit van deze stap; wel: {listed}")
        else:
            yield from _of_one(fact, row)
    yield from _together(facts, content, record, tree)


def _facts(step: m.FactsStep, content: m.Content) -> dict[str, m.Fact]:
    return {fact.id: fact for fact in content.fact if fact.id in step.facts}


def _wrong(fact: m.Fact, field: str, message: str) -> Wrong:
    return Wrong(("fact", fact.id, field), message)


def _of_one(fact: m.Fact, row: Tree) -> Iterable[Wrong]:
    wide = [key for key in ("low", "high", "approximate", "unknown") if key in row and row[key] is not False]
    if wide and not (fact.estimate and fact.kind in _NUMBERS):
        yield _wrong(fact, wide[0], f"'{fact.title}' vraagt {_KINDS[fact.kind][1]}, en geen schatting")
        return
    ways = [way for way in (("value",), ("low", "high"), ("unknown",)) if any(key in row for key in way)]
    if len(ways) > 1:
        yield _wrong(fact, ways[0][0], f"'{fact.title}' staat er op twee manieren; geef een getal, bereik of onbekend")
        return
    low, high = row.get("low"), row.get("high")
    for field in ("value", "low", "high"):
        if field in row and (message := _misfit(fact, row[field])):
            yield _wrong(fact, field, message)
            return
    if low is not None and high is not None and low > high:
        yield _wrong(fact, "low", f"'{fact.title}' loopt van hoog naar laag")


def _misfit(fact: m.Fact, value: object) -> str:
    """Why a value is no answer to a fact; empty when it is."""
    types, words = _KINDS[fact.kind]
    if not isinstance(value, types) or (isinstance(value, bool) and fact.kind != "yes-no"):
        return f"'{fact.title}' vraagt {words}"
    chosen = value if isinstance(value, list) else [value]
    if fact.kind in ("choice", "choices") and not set(chosen) <= set(fact.options):
        return f"kies uit: {', '.join(fact.options)}"
    if fact.kind == "choices" and len(set(chosen)) < len(chosen):
        return f"'{fact.title}' noemt een keuze twee keer"
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not math.isfinite(value):
            return f"'{fact.title}' vraagt een getal"
        if fact.minimum is not None and value < fact.minimum:
            return f"'{fact.title}' is ten minste {fact.minimum}"
        if fact.maximum is not None and value > fact.maximum:
            return f"'{fact.title}' is ten hoogste {fact.maximum}"
    return ""


def _together(facts: dict[str, m.Fact], content: m.Content, record: Record, tree: Tree) -> Iterable[Wrong]:
    """Numbers that cannot both be right: more of a part than of the whole."""
    given = {row["id"]: row for row in tree.get("fact", [])}
    elsewhere = known_facts(content, record)
    for fact in facts.values():
        if not fact.at_most or fact.id not in given:
            continue
        whole = next((one for one in content.fact if one.id == fact.at_most), None)
        most = given.get(fact.at_most) if fact.at_most in facts else None
        limit = _row(most) if most else elsewhere.get(fact.at_most)
        own = estimate_of(_row(given[fact.id]))
        whole_known = estimate_of(limit) if limit else None
        if whole is None or own is None or whole_known is None or own.low is None or whole_known.high is None:
            continue
        if own.low > whole_known.high:
            least = given[fact.id].get("value", given[fact.id].get("low"))
            assert limit is not None
            highest = limit.value if limit.value is not None else limit.high
            message = (
                f"'{fact.title}' ({number_words(least)}) kan niet meer zijn dan '{whole.title}' "
                f"({number_words(highest)})"  # type: ignore[arg-type]
            )
            yield _wrong(fact, "value", message)


def known_facts(content: m.Content, record: Record) -> dict[str, GivenFact]:
    """Everything that was answered in the facts steps of a record, by id."""
    return {
        row.id: row
        for step in content.step
        if isinstance(step, m.FactsStep)
        for row in record.read(step.id, FactsFile).fact
        if row.given
    }


def _row(tree: Tree) -> GivenFact:
    return view(tree, GivenFact, "")
