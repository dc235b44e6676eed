"""A comparison of organisations for programs (plain values) and for spreadsheets (CSV)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from msgspec import Struct

from kwartier.analysis.compared import ENTITLED, Answers, ChangeLine, ChangeRow, Compared, Line, Row
from kwartier.analysis.distribution import Place, Quartiles, Spread, Tally
from kwartier.analysis.numbers import exact, plain
from kwartier.records.tree import Tree
from kwartier.text import clean

_FRACTIONS: dict[type[Struct], tuple[str, ...]] = {
    Spread: ("minimum", "median", "maximum", "mean"),
    Quartiles: ("lower", "upper"),
    Row: ("total",),
    ChangeRow: ("before", "after", "difference"),
    ChangeLine: ("before", "after", "difference"),
}
_NAMING = ("slug", "ref", "day", "kind", "clients", "before_ref", "after_ref", "printed_total", "printed_band")
"""What is not there without names."""


def compared_tree(compared: Compared) -> Tree:
    """The comparison: every figure rounded, and unrounded beside it as `…_exact`. Scores of rows are in their order."""
    tree: Tree = _plain(compared, compared.places, compared.named)
    own = next((number for number, row in enumerate(compared.rows) if row.own), None)
    return {**tree, "own": own}


def _plain(value: Any, places: int, named: bool) -> Any:
    if isinstance(value, Struct):
        fractions = _FRACTIONS.get(type(value), ())
        tree: Tree = {}
        for name in value.__struct_fields__:
            one = getattr(value, name)
            if not named and name in _NAMING:
                continue
            if name in fractions:
                tree[name] = None if one is None else plain(one, max(places, 1))
                tree[f"{name}_exact"] = None if one is None else exact(one)
            else:
                tree[name] = _plain(one, places, named)
        if isinstance(value, Tally | Place):
            tree["n"] = value.n if isinstance(value, Tally) else value.others
        return tree
    if isinstance(value, tuple | list):
        return [_plain(one, places, named) for one in value]
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else exact(value)
    return str(value) if isinstance(value, Decimal) else value


def compared_csv(compared: Compared) -> bytes:
    """A row per organisation, in UTF-8 with a mark that spreadsheets know it by; `;` between cells, a comma in numbers.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerows(_cells(compared))
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _cells(compared: Compared) -> Iterator[list[str]]:
    change = compared.change
    changed = {(row.slug, row.label): row for row in change.rows} if change else {}
    lines: list[Line | Answers] = [*compared.items, *compared.answers]
    header = ["organisatie"]
    if compared.named:
        header += ["slug", "verwijzing", "datum", "soort", "clienten"]
    header += [f"{line.id} {line.part}".strip() for line in lines]
    header += [f"gemiddelde {line.id}" for line in compared.sections]
    header += ["totaal"] if compared.total else []
    header += ["niveau"] if compared.bands else []
    if change:
        header += [change.before_title, change.after_title, "verschil"]
    if compared.entitled:
        header.append("let op")
    yield [harmless(cell) for cell in header]
    for place, row in enumerate(compared.rows):
        cells = [harmless(row.label)]
        if compared.named:
            clients = "" if row.clients is None else str(row.clients)
            cells += [harmless(row.slug), harmless(row.ref), row.day, harmless(row.kind), clients]
        marks = [line.marks[place] for line in lines]
        cells += [harmless(mark) if isinstance(mark, str) else _number(mark, 0) for mark in marks]
        cells += [_number(line.marks[place], compared.places) for line in compared.sections]
        cells += [_number(row.total, compared.places)] if compared.total else []
        cells += [harmless(row.band or "")] if compared.bands else []
        if change:
            both = changed.get((row.slug, row.label))
            numbers = (both.before, both.after, both.difference) if both else (None, None, None)
            cells += [_number(value, compared.places) for value in numbers]
        if compared.entitled:
            cells.append(ENTITLED)
        yield cells


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula, on one line."""
    line = " ".join(clean(text).split())
    return f"'{line}" if line[:1] in ("=", "+", "-", "@") else line


def _number(value: Fraction | int | None, places: int) -> str:
    return "" if value is None else plain(value, places).replace(".", ",")
