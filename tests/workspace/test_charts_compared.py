"""The charts of organisations compared: every organisation is a mark, and begin and end are those of the tables."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.workspace.conftest import Garden, answers

from kwartier.analysis.compared import Compared
from kwartier.reports.chart_tables import dutch_value
from kwartier.reports.document import Chart, Document, Table
from kwartier.reports.organisations import organisations_report
from kwartier.reports.svg import svg
from kwartier.workspace import Workspace
from kwartier.workspace.comparing import Chosen

NAMES = ("Acacia", "Berk", "Ceder", "Den", "Eik", "Fluweelboom")
SCORES = ((1, 1, 1, 1, 1), (2, 2, 2, 2, 2), (2, 2, 3, 3, 3), (3, 3, 3, 3, 3), (4, 4, 4, 4, 4), (5, 5, 5, 5, 5))


@pytest.fixture
def park(garden: Garden) -> Iterator[Workspace]:
    """Six organisations with a begin; all but one with an end that is higher on two items."""
    with garden.open() as ws:
        for number, (name, scores) in enumerate(zip(NAMES, SCORES, strict=True)):
            slug = ws.add_organisation(name)
            ws.take_over("tuin", slug, answers(scores), day=date(2025, 5, 1), source="Map")
            if number < 5:
                more = tuple(min(5, score + 1) if item < 2 else score for item, score in enumerate(scores))
                ws.take_over("tuin", slug, answers(more), day=date(2026, 5, 1), source="Map")
        yield ws


def made(ws: Workspace, **chosen: Any) -> Document:
    found = ws.compare_organisations(Chosen(instrument="tuin", **chosen))
    assert isinstance(found, Compared)
    return organisations_report(found)


def charts(document: Document) -> list[Chart]:
    return [block for block in document.blocks if isinstance(block, Chart)]


def table(document: Document, caption: str) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table) and block.caption.startswith(caption))


def test_every_organisation_is_a_mark_where_its_score_is(park: Workspace) -> None:
    document = made(park, own="ceder")
    chart = charts(document)[0]
    scores = table(document, "Alle scores")
    own = next(at for at, row in enumerate(scores.rows) if row[0] == "◆ Ceder")
    total, *items = chart.rows
    columns = [[row[at] for row in scores.rows] for at in range(1, len(scores.header))]
    assert [[dutch_value(one) for one in row.values] for row in (*items, total)] == columns
    assert total.strong and {row.own for row in chart.rows} == {own}
    spread = table(document, "Spreiding per item")
    assert [row.told.split(", ")[0].removeprefix("mediaan ") for row in items] == [row[2] for row in spread.rows]
    assert "6 organisaties op een schaal van 1 tot en met 5." in chart.alt
    assert "De eigen organisatie: " in chart.alt
    assert chart.series == ("een organisatie", "Ceder")


def test_begin_and_end_are_those_of_the_tables(park: Workspace) -> None:
    document = made(park, own="ceder")
    _, organisations, items = charts(document)
    ends = {row[0]: row[1:3] for row in table(document, "Gemiddelde per organisatie, laatste").rows}
    assert {row.label: tuple(map(dutch_value, row.values)) for row in organisations.rows} == ends
    differences = {row[0]: row[1] for row in table(document, "Verschil per organisatie").rows}
    assert {row.label: row.told.split("(")[1][:-1] for row in organisations.rows} == differences
    lines = [row[:4] for row in table(document, "Verschil per item").rows]
    drawn = [(row.label, *map(dutch_value, row.values), row.told.split("(")[1][:-1]) for row in items.rows]
    assert drawn == lines
    assert items.rows[-1].strong
    assert "Van 5 organisaties gingen er 5 omhoog en 0 omlaag; 0 bleven gelijk." in organisations.alt
    assert organisations.series == ("Eerste meting", "Laatste meting")


def test_without_names_no_name_is_in_a_chart(park: Workspace) -> None:
    document = made(park, names=False)
    drawn = "".join(svg(chart) + chart.alt for chart in charts(document))
    assert charts(document) and not [name for name in NAMES if name in drawn]
    assert all(chart.table for chart in charts(document))


def test_one_score_for_all_is_drawn_too(garden: Garden) -> None:
    with garden.open() as ws:
        for name in NAMES:
            ws.take_over("tuin", ws.add_organisation(name), answers((3,) * 5), day=date(2025, 5, 1), source="Map")
        chart = charts(made(ws))[0]
    assert (chart.low, chart.high) == (Decimal(1), Decimal(5))
    assert ET.fromstring(svg(chart)).attrib["role"] == "img"
