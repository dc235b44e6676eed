"""Headings and cells of somebody else's table, as values: what is understood, and what is told where it is not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.analysis.answers import Answer
from kwartier.errors import Misused
from kwartier.instrument.model import Content
from kwartier.workflow.importing import Row, imported, parse_moment
from kwartier.workflow.table_columns import Column, recognise

if TYPE_CHECKING:
    from tests.workspace.conftest import Garden


@pytest.fixture
def content(garden: Garden) -> Content:
    from tests.workspace.garden_tables import host_of

    return host_of(garden).open("tuin").content


def row_of(content: Content, **cells: str) -> Row:
    made = imported(content, [{"organisatie": "Es", "1": "3", **cells}])
    assert not made.wrong
    return made.rows[0]


def misfit(content: Content, **cells: str) -> tuple[str, str]:
    (one,) = row_of(content, **cells).misfits
    assert one.column in cells
    return one.found, one.expected


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Organisatie", Column("organisation")),
        (" INSTELLING ", Column("organisation")),
        ("institution", Column("organisation")),
        ("Ronde", Column("parameter", "ronde")),
        ("meting", Column("parameter", "ronde")),
        ("Measurement", Column("parameter", "ronde")),
        ("1", Column("answer", "1")),
        ("item 1", Column("answer", "1")),
        ("1b", Column("answer", "1b")),
        ("1B score", Column("answer", "1b")),
        ("Bodem", Column("answer", "1")),
        ("1. De bodem onder de planten", Column("answer", "1")),
        ("toelichting 1", Column("text", "1")),
        ("1 opmerking", Column("text", "1")),
        ("printed_total", Column("total")),
        ("Totaal", Column("total")),
        ("niveau", Column("band")),
        ("Cliënten", Column("clients")),
        ("peildatum", Column("date")),
        ("soort", Column("kind")),
    ],
)
def test_headings_that_are_understood(content: Content, heading: str, column: Column) -> None:
    assert recognise(content, [heading]).known == {heading: column}


@pytest.mark.parametrize("heading", ["", "6", "1c", "0", "11", "item", "score", "1 2", "kleur", "toelichting"])
def test_headings_that_mean_nothing(content: Content, heading: str) -> None:
    assert recognise(content, [heading]).unknown == (heading,)


def test_what_the_instrument_calls_something_goes_first(garden: Garden) -> None:
    text = '\n[[parameter]]\nid = "niveau"\ntitle = "Niveau"\nvalues = [2, 3]\n'
    content = garden.host(lambda old: old.replace("schema = 1\n", f"schema = 1\n{text}", 1)).open("tuin").content
    assert recognise(content, ["niveau"]).known["niveau"] == Column("parameter", "niveau")


def test_a_table_that_cannot_be_used_says_why(content: Content) -> None:
    assert "organisatie" in imported(content, [{"naam": "Es", "1": "3"}]).wrong
    assert "scores" in imported(content, [{"organisatie": "Es", "kleur": "groen"}]).wrong
    twice = imported(content, [{"organisatie": "Es", "instelling": "Es", "1": "3"}]).wrong
    assert "'organisatie' en 'instelling'" in twice


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("3", Answer(value=3)),
        ("3,0", Answer(value=3)),
        ("3.0", Answer(value=3)),
        ("+3", Answer(value=3)),
        ("Groen", Answer(value=3)),
        ("niet gezien", Answer(missing="niet gezien")),
    ],
)
def test_answers(content: Content, cell: str, answer: Answer) -> None:
    assert row_of(content, **{"2": cell}).answers == {"1": Answer(value=3), "2": answer}


@pytest.mark.parametrize("cell", ["", "-", "–", "n.v.t.", "NVT", "?"])
def test_no_answer_is_no_answer_and_never_a_one(content: Content, cell: str) -> None:
    assert row_of(content, **{"2": cell, "1b": cell}).answers == {"1": Answer(value=3)}


@pytest.mark.parametrize("cell", ["6", "0", "-1", "3,5", "2.8", "x", "=1+1", "#REF!", "1e0", "٣", "3 of 4", "waar"])
def test_an_answer_that_is_none_is_told_with_what_was_expected(content: Content, cell: str) -> None:
    found, expected = misfit(content, **{"2": cell})
    assert found == cell
    assert expected == "een heel getal van 1 tot en met 5 (een half bestaat niet), of leeg"


def test_a_scale_without_numbers_names_its_values(content: Content) -> None:
    assert row_of(content, **{"1b": "c"}).answers["1b"] == Answer(value="C")
    assert row_of(content, **{"1b": "geen doel"}).answers["1b"] == Answer(value="A")
    assert misfit(content, **{"1b": "E"}) == ("E", "A, B, C of D, of leeg")


def test_a_cell_is_cleaned_before_it_is_told(content: Content) -> None:
    found, _ = misfit(content, **{"2": "\x1b]52;c;aGk=\x07" + "lang" * 100})
    assert "\x1b" not in found
    assert len(found) <= 40


@pytest.mark.parametrize("cell", ["2", "2,0", "ronde 2", "Meting 2", "eind", "Eindmeting"])
def test_the_second_of_two_rounds(content: Content, cell: str) -> None:
    assert row_of(content, meting=cell).parameters == {"ronde": 2}


def test_a_round_that_does_not_exist(content: Content) -> None:
    assert misfit(content, ronde="3") == ("3", "1 of 2")


@pytest.mark.parametrize(
    ("text", "day", "month"),
    [
        ("22-11-2011", date(2011, 11, 22), False),
        ("2011-11-22", date(2011, 11, 22), False),
        ("juni 2011", date(2011, 6, 1), True),
        ("Jun 2011", date(2011, 6, 1), True),
        ("jun-11", date(2011, 6, 1), True),
        ("2011-06", date(2011, 6, 1), True),
        ("06-2011", date(2011, 6, 1), True),
        ("6/2011", date(2011, 6, 1), True),
    ],
)
def test_dates_and_months(text: str, day: date, month: bool) -> None:
    assert parse_moment(text) == (day, month)


@pytest.mark.parametrize("text", ["", "2011", "13-2011", "junk 2011", "31-02-2011", "2011-13", "0000-01"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(Misused):
        parse_moment(text)


def test_the_rest_of_a_row(content: Content) -> None:
    row = row_of(
        content,
        totaal="2,8",
        niveau="midden",
        clienten="2.400",
        soort="ribw",
        datum="juni 2011",
        **{"toelichting 1": "Er is compost."},
    )
    assert (row.total, row.band, row.clients, row.kind) == ("2.8", "midden", 2400, "ribw")
    assert (row.date, row.month, row.texts) == (date(2011, 6, 1), True, {"1": "Er is compost."})


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("totaal", "ongeveer 3"),
        ("totaal", "=GEMIDDELDE(B2:F2)"),
        ("clienten", "2,5"),
        ("datum", "zomer"),
        ("datum", "2011"),
    ],
)
def test_a_text_where_something_else_belongs(content: Content, column: str, cell: str) -> None:
    found, expected = misfit(content, **{column: cell})
    assert found == cell
    assert expected.startswith("een ")


CELLS = st.text(max_size=12) | st.sampled_from(["1", "6", "3,5", "A", "", "2011-06", "-", "niet gezien"])


@given(
    st.lists(
        st.fixed_dictionaries(dict.fromkeys(("organisatie", "ronde", "1", "1b", "totaal", "datum", "kleur"), CELLS)),
        max_size=4,
    )
)
def test_any_row_comes_back_as_values_or_is_told(rows: list[dict[str, str]]) -> None:
    from tests.workspace.conftest import SAMPLES
    from tests.workspace.garden_tables import rounds

    from kwartier.instrument.reading import read_content

    text = rounds((SAMPLES / "tuin" / "content.toml").read_text("utf-8"))
    made = imported(read_content(text.encode(), "content.toml"), rows)
    assert not rows or made.ignored == ("kleur",)
    assert [row.row for row in made.rows] == list(range(len(rows)))
    for cells, row in zip(rows, made.rows, strict=True):
        told = {one.column for one in row.misfits}
        answer = row.answers.get("1")
        assert answer is None or answer.missing or answer.value in (1, 2, 3, 4, 5)
        assert "1" in told or answer is not None or cells["1"].strip() in ("", "-", "?")
        assert "organisatie" in told or row.organisation == cells["organisatie"]
