"""The matrix of evidence in the report of a portfolio: the numbers of the tables, and for each reader no more."""

from __future__ import annotations

from tests.workspace.kas import CODE, Greenhouse
from tests.workspace.test_portfolio_documents import OWN, SHARED, filled

from kwartier.reports.chart_tables import as_table
from kwartier.reports.document import Bullets, Chart, Document, Table
from kwartier.reports.svg import svg
from kwartier.workspace import Workspace


def matrix(document: Document) -> Chart | None:
    return next((block for block in document.blocks if isinstance(block, Chart)), None)


def numbers(document: Document) -> dict[str, str]:
    """How many pieces every item has, as the overview says."""
    tables = [block for block in document.blocks if isinstance(block, Table) and block.header[-1] == "Bewijs"]
    return {row[0]: row[-1] for table in tables if table.header[0] == "Nr." for row in table.rows}


def test_the_matrix_is_what_the_lists_say(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = filled(kas, ws)
        document = ws.document(ref, viewer=CODE)
    chart = matrix(document)
    assert chart is not None and chart.table
    assert chart.columns == ("B1", "B2")
    cells = {row.label.split(". ")[0]: row.cells for row in chart.rows if not row.strong}
    assert cells["1.1"] == ("x", "x") and cells["1.2"] == ("x", "")
    assert {row.label.split(". ")[0]: row.told for row in chart.rows if not row.strong} == numbers(document)
    listed = [line for block in document.blocks if isinstance(block, Bullets) for line in block.items]
    assert any(line.endswith(f"bewijs 1 ({SHARED}) en bewijs 2 ({OWN})") for line in listed)
    assert "bewijs, in 2 stukken." in chart.alt
    assert not [text for text in (SHARED, OWN) if text in svg(chart)], "a mark is enough"


def test_each_reader_sees_only_the_columns_that_are_theirs(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = filled(kas, ws)
        master, nobody = (ws.document(ref, viewer=who) for who in ("a1", None))
    chart = matrix(master)
    assert chart is not None and chart.columns == ("B1",)
    assert "Alleen het bewijs dat de lezer van dit verslag mag zien, staat erin." in chart.alt
    assert matrix(nobody) is None


def test_the_matrix_has_the_marks_of_the_screen(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = filled(kas, ws)
        chart = matrix(ws.document(ref, viewer=CODE))
        marks = _marks(ws, ref)
    assert chart is not None
    assert list(chart.columns) == marks
    assert as_table(chart).header == ("", *marks, "")


def _marks(ws: Workspace, ref: str) -> list[str]:
    return [piece.mark for piece in ws.coverage(ref, CODE).pieces]
