"""The charts in the report of an assessment: their numbers are those of the tables beside them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.reports.everything import charts
from tests.unit import test_report_mie as whole
from tests.unit.test_report_nominal import ANSWERS, case

from kwartier.instrument.model import Parameter
from kwartier.reports.assessment import report
from kwartier.reports.board import board
from kwartier.reports.chart_tables import as_table, dutch_value, in_text
from kwartier.reports.document import Chart, ChartKind, ChartRow, Document, Heading, Table
from kwartier.reports.markdown import write
from kwartier.reports.signing import page


def of_kind(document: Document, kind: ChartKind) -> Chart:
    return next(block for block in document.blocks if isinstance(block, Chart) and block.kind == kind)


def drawn(chart: Chart, at: int = -1) -> dict[str, str]:
    """What is drawn of every item, as the table says it."""
    return {row.label.split(".")[0]: dutch_value(row.values[at]) for row in chart.rows if not row.strong}


# -- scores


def test_the_bars_are_the_scores_of_the_table() -> None:
    told = {row[1]: row[3] for row in whole.table("Scores per item").rows}
    bars = drawn(of_kind(whole.built(), "bars"))
    assert bars.pop("12") == "–" and told.pop("12").startswith("niet te beoordelen")
    assert bars == told


def test_a_summing_bar_is_the_mean_of_the_table() -> None:
    means = {row[0]: row[1] for row in whole.table("Gemiddelde per thema").rows}
    strong = [row for row in of_kind(whole.built(), "bars").rows if row.strong]
    assert {row.label: dutch_value(row.values[-1]) for row in strong} == means
    assert [row.label for row in strong] == [f"{one.id}. {one.title}" for one in whole.CONTENT.section]


def test_the_bars_have_the_previous_time_where_it_can_be_laid_beside() -> None:
    chart = of_kind(whole.built(), "bars")
    assert chart.series == ("3 nov 2024", "22 nov 2026")
    told = {row[0]: row[2] for row in whole.table("Per item").rows}
    before = drawn(chart, 0)
    assert before.pop("8") == "–" and told.pop("8").startswith("niet te beoordelen")
    assert before == told
    sums = {row.label[0]: (row.values, row.told) for row in chart.rows if row.strong}
    assert sums["A"] == ((Decimal("2.0"), Decimal("2.7")), "2,7 (was 2,0)")
    assert sums["D"] == ((None, Decimal("2.0")), "2,0 (was over andere items)"), "item 8 had no score the first time"


def test_the_bars_say_in_words_what_there_is_to_see() -> None:
    alt = of_kind(whole.built(), "bars").alt
    assert "12 items op een schaal van 1 tot en met 5; 11 hebben een score." in alt
    assert "Het hoogst, met 4,0: E. " in alt
    assert "Het laagst, met 2,0: B. " in alt
    assert "Sinds 3 november 2024: 4 omhoog, 6 gelijk en 0 omlaag, van 10 items." in alt


def test_what_each_gave_is_drawn_as_the_table_says() -> None:
    chart = of_kind(whole.built(), "differences")
    rows = whole.table("Scores van ieder apart").rows
    assert chart.series == ("Anna Aalbers", "Bert Boom")
    for at in (0, 1):
        given = [row[1 + at] if row[1 + at].isdigit() else "–" for row in rows]
        assert list(drawn(chart, at).values()) == given
    differences = [row.told.removeprefix("verschil ").replace("gelijk", "0") for row in chart.rows]
    assert differences == [row[3] for row in rows]
    assert "Bij 8 van 12 items gaven de auditoren hetzelfde antwoord." in chart.alt
    assert "Het grootste verschil is 1 punt: " in chart.alt


def test_who_gave_what_is_not_in_a_report_without_agreement() -> None:
    kinds = [block.kind for block in whole.built(agreement=False).blocks if isinstance(block, Chart)]
    assert kinds == ["bars"]


def test_no_chart_before_the_scores_lie_side_by_side() -> None:
    record = whole.this_time()
    sheet = dict(record.personal["zelf-scoren", "a2"])
    del sheet["sealed"]
    shared = {id: tree for id, tree in record.shared.items() if id not in ("consensus", "verslag")}
    half = replace(record, shared=shared, personal={**record.personal, ("zelf-scoren", "a2"): sheet})
    made = report(whole.case(half))
    assert any(isinstance(block, Heading) and block.text == "Alle scores op een rij" for block in made.blocks)
    assert not [block for block in made.blocks if isinstance(block, Chart)]


def test_moments_of_an_instrument_are_a_begin_and_an_end_on_one_line() -> None:
    moment = Parameter(id="ronde", title="Welke ronde?", values=(1, 2), moments=True)
    one = whole.case()
    later = replace(one, content=replace(one.content, parameter=(moment,)))
    chart = of_kind(report(later), "dumbbell")
    table = {row[0]: row for row in whole.table("Per item").rows}
    for at, column in ((0, 2), (1, 3)):
        told = drawn(chart, at)
        assert told == {id: row[column] if row[column].isdigit() else "–" for id, row in table.items()}
    means = {row[0]: row[1:4] for row in whole.table("Gemiddelden").rows}
    sums = [row for row in chart.rows if row.strong]
    assert [(*map(dutch_value, row.values), row.told.split("(")[1][:-1]) for row in sums] == list(means.values())
    assert not [block for block in report(later).blocks if isinstance(block, Chart) and block.kind == "bars"]


# -- answers without an order


def test_answers_are_counted_as_in_the_table() -> None:
    made = report(case(ANSWERS, "eind"))
    chart = of_kind(made, "bars")
    table = next(one for one in made.blocks if isinstance(one, Table) and one.caption.startswith("Antwoorden per leer"))
    assert [row.label for row in chart.rows if row.strong] == [row[0] for row in table.rows]
    counted = [(row.label, row.values, row.told) for row in chart.rows if row.values and row.values[0]]
    assert counted == [
        ("Wel", (Decimal(1),), "1 van 2"),
        ("Misschien (onder voorwaarden)", (Decimal(1),), "1 van 2"),
        ("Niet", (Decimal(1),), "1 van 1"),
    ]
    assert "2. De groep leiden: het vaakst niet, 1 van 1." in chart.alt
    assert not [block for block in report(case([], "eind")).blocks if isinstance(block, Chart)]


# -- charts in text


def test_a_chart_is_left_out_of_text_where_the_table_stands_beside_it() -> None:
    made = whole.built()
    own = [block for block in made.blocks if isinstance(block, Chart)]
    assert own and all(one.table and in_text(one) is None for one in own)
    without = replace(made, blocks=tuple(block for block in made.blocks if not isinstance(block, Chart)))
    assert write(made) == write(without)


def test_without_a_table_beside_it_a_chart_is_one() -> None:
    for chart in charts():
        table = in_text(chart)
        assert table == as_table(chart)
        assert [row[0] for row in table.rows] == [row.label for row in chart.rows]
        text = write(Document("T", "S", date(2026, 1, 1), blocks=(chart,)))
        assert chart.alt in text and text.count("\n|") == len(chart.rows) + 2


def test_the_table_of_a_distribution_counts_and_names_the_own_place() -> None:
    rows = (ChartRow(label="a", values=(Decimal(1), Decimal(3), Decimal(3), None), own=1, told="mediaan 3"),)
    chart = Chart(kind="distribution", caption="C", alt="A", rows=rows, low=Decimal(1), high=Decimal(4))
    table = as_table(chart)
    assert table.header == ("", "1", "2", "3", "4", "Eigen", "")
    assert table.rows == (("a", "1", "0", "2", "0", "3", "mediaan 3"),)
    loose = replace(chart, rows=(ChartRow(label="a", values=(Decimal("2.5"), Decimal("1.1"))),))
    assert as_table(loose).rows == (("a", "1,1; 2,5"),)


# -- every page


def test_every_page_says_what_it_is_of() -> None:
    made = whole.case()
    assert whole.CONTENT.report is not None
    note = whole.CONTENT.report.page_note
    assert "momentopname" in note and "eigen woorden" in note and len(note) < 120
    for document in (report(made), page(made), board(made)):
        assert document.page_note == note
        assert document.status == ""
    assert [document.contents for document in (report(made), page(made), board(made))] == [True, False, False]


def test_what_is_not_finished_says_so_on_every_page() -> None:
    record = whole.this_time()
    shared = {id: tree for id, tree in record.shared.items() if id != "verslag"}
    assert report(whole.case(replace(record, shared=shared))).status == "concept"


@pytest.mark.parametrize("name", ["mie", "vie", "leerplan", "praktijkleerplek"])
def test_every_instrument_has_a_line_for_every_page(name: str) -> None:
    from kwartier.instrument.reading import read_content

    folder = Path(__file__).parents[2] / "plugins" / name / "src" / f"kwartier_{name}"
    texts = read_content((folder / "content.toml").read_bytes(), "content.toml").report
    assert texts is not None
    assert 40 < len(texts.page_note) < 120 and "kwartier" in texts.page_note
