"""The files of an export apart from any folder: what is typed survives, cells hold what fits, memory does not grow."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import openpyxl
import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from kwartier.instrument.model import Content, Header, Publication, Word
from kwartier.instrument.reading import content_of
from kwartier.records.files import Envelope
from kwartier.records.record import Record
from kwartier.reports.exports import workbook
from kwartier.reports.exports.delimited import Delimited, inert, typed
from kwartier.reports.exports.json_lines import JsonLines
from kwartier.reports.exports.measured import Answered, Export, Measured, Text, export_schema
from kwartier.reports.exports.source import Source
from kwartier.reports.exports.tables import SHEETS
from kwartier.reports.exports.workbook import Workbook, fitting
from kwartier.text import clean

SAMPLES = Path(__file__).parents[1] / "samples" / "instruments"


def source(names: bool = True) -> Source:
    """A record of the Tuinmeter in which nothing was done yet."""
    path = SAMPLES / "tuin" / "content.toml"
    content: Content = content_of(tomli.loads(path.read_text("utf-8")), str(path))
    envelope = Envelope(id="x", instrument="tuin", edition="3", content="sha256:0", date=date(2026, 11, 22))
    return Source(
        record=Record(ref="hof/tuin/2026-11-22", envelope=envelope, tree={}),
        content=content,
        header=Header(
            id="tuin",
            api=1,
            title="Tuinmeter",
            short="Tuin",
            edition="3",
            subject="organisation",
            word=Word(one="meting", many="metingen"),
            publication=Publication(title="De tuin gemeten", rights="Verzonnen."),
        ),
        outcome=None,
        ref="hof/tuin/2026-11-22",
        organisation="hof",
        organisation_name="Het Hof",
        subject="",
        names=names,
    )


def told(number: int = 1, text: str = "Mooi.", day: str = "2026-11-22", value: int | str = 3) -> Measured:
    """A record with an answer per item and a text."""
    answer = Answered(
        step="scoren",
        phase="definitief",
        rater=None,
        section="A",
        section_title="Grond",
        item="1",
        item_title=text,
        part=None,
        part_title=None,
        scale="mate",
        value=value,
        answer=None,
        missing=None,
        taken_over=None,
        wording=None,
    )
    return Measured(
        ref=f"hof/tuin/{number}",
        organisation="hof",
        organisation_name="Het Hof",
        subject=None,
        date=day,
        instrument="tuin",
        edition="3",
        content=None,
        parameters={},
        paper=False,
        definitive=True,
        answers=(answer,) * 12,
        figures=(),
        verdicts=(),
        facts=(),
        actions=(),
        evidence=(),
        comparison=None,
        texts=(Text(kind="toelichting", step="toelichten", section=None, item="1", part=None, by=None, text=text),),
    )


def made(path: Path, *records: Measured) -> openpyxl.Workbook:
    """A workbook of these records, as another program reads it."""
    book = Workbook(path, made=date(2026, 11, 25), texts=True)
    for one in records:
        book.add(source(), one)
    book.end(["Een regel."])
    return openpyxl.load_workbook(path)


@given(st.text())
def test_what_is_made_inert_can_be_had_back(text: str) -> None:
    cell = inert(text)
    assert typed(cell) == clean(text)
    assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")


@given(st.lists(st.text(), min_size=1, max_size=5), st.sampled_from([";", ","]))
def test_a_row_of_any_texts_stays_one_row(texts: list[str], separator: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerow([inert(text) for text in texts])
    (row,) = csv.reader(io.StringIO(file.getvalue(), newline=""), delimiter=separator)
    assert [typed(cell) for cell in row] == [clean(text) for text in texts]


@given(st.text(min_size=1).map(lambda text: text * 9000))
def test_a_text_fits_a_cell_or_says_that_it_was_cut(text: str) -> None:
    shown = fitting(text)
    assert len(shown.encode("utf-16-le")) <= 2 * 32_767
    assert shown == clean(text) or shown.endswith("(ingekort: meer past niet in een cel)")


def test_half_characters_and_control_characters_reach_no_file(tmp_path: Path) -> None:
    one = told(text="los \ud800 en \x00\x1b]0;titel\x07 en \ufffe")
    book = made(tmp_path / "uit.xlsx", one)
    assert book["Toelichtingen en opmerkingen"]["N2"].value == clean(one.texts[0].text)
    writer = Delimited([tmp_path / "uit.csv", tmp_path / "codes.csv", tmp_path / "tekst.csv"], separator=",", mark=True)
    writer.add(source(), one)
    writer.end([])
    assert (tmp_path / "tekst.csv").read_bytes().startswith(b"\xef\xbb\xbforganisatie,")
    lines = JsonLines(tmp_path / "uit.json", names=True, texts=True)
    lines.add(source(), one)
    lines.end(["Klaar."])
    found = msgspec.json.decode((tmp_path / "uit.json").read_bytes(), type=Export)
    assert found.measurements[0].texts[0].text == clean(one.texts[0].text)


def test_days_before_the_calendar_of_spreadsheets_and_months_are_texts(tmp_path: Path) -> None:
    book = made(tmp_path / "uit.xlsx", told(day="1899-12-31"), told(day="2026-11"), told(day="1999-01-02"))
    days = [book["Scores"].cell(row, 4) for row in (2, 14, 26)]
    assert [day.value for day in days[:2]] == ["1899-12-31", "2026-11"]
    assert days[2].is_date


def test_a_table_that_is_too_long_goes_on_on_a_next_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 20)
    book = made(tmp_path / "uit.xlsx", told(), told(2))
    assert [book["Scores"].max_row, book["Scores 2"].max_row] == [20, 6]
    assert book["Scores 2"]["A1"].value == "organisatie"
    assert book["Scores 2"].auto_filter.ref == "A1:Z6"


def test_there_are_no_empty_sheets_and_no_double_columns(tmp_path: Path) -> None:
    book = made(tmp_path / "uit.xlsx", told())
    assert book.sheetnames == ["Scores", "Toelichtingen en opmerkingen", "Codeboek", "Over"]
    for sheet in SHEETS:
        names = [column.name for column in sheet.columns]
        assert len(names) == len(set(names)), sheet.name
        assert all(column.meaning.endswith(".") for column in sheet.columns)
        assert len(sheet.name) <= 31


def test_a_word_is_no_number_and_a_number_no_word(tmp_path: Path) -> None:
    book = made(tmp_path / "uit.xlsx", told(value="3"), told(value=3))
    column = [column.name for column in SHEETS[0].columns].index("waarde") + 1
    assert [book["Scores"].cell(row, column).value for row in (2, 14)] == ["3", 3]


def test_the_schema_says_what_every_field_is() -> None:
    schema = export_schema()
    text = json.dumps(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["$defs"]["Measured"]["additionalProperties"] is False
    assert set(schema["$defs"]["Export"]["required"]) == set(Export.__struct_fields__)
    for name in ("Measured", "Answered", "Figure", "Code"):
        assert f'"#/$defs/{name}"' in text


def _workbook(path: Path) -> Workbook:
    return Workbook(path, made=date(2026, 11, 25), texts=True)


def _delimited(path: Path) -> Delimited:
    return Delimited([path, path.with_name("codes"), path.with_name("tekst")], separator=";", mark=False)


def _json(path: Path) -> JsonLines:
    return JsonLines(path, names=True, texts=True)


@pytest.mark.parametrize("make", [_workbook, _delimited, _json])
def test_many_records_take_no_more_memory_than_few(tmp_path: Path, make: Callable[[Path], object]) -> None:
    """Rows go to the disk as they come; what grows with the records would show at once."""
    about = source()

    def peak(records: int) -> int:
        sink = make(tmp_path / f"uit-{records}")
        tracemalloc.start()
        for number in range(records):
            sink.add(about, told(number, text=f"Tekst {number} " * 20))  # type: ignore[attr-defined]
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        sink.drop()  # type: ignore[attr-defined]
        return found

    few = peak(60)
    assert peak(400) < few + 200_000
