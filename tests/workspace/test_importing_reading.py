"""Tables of other programs are read as they are: separators, signs, sheets; what is no table is refused in words."""

from __future__ import annotations

import codecs
import io
import os
import re
import tracemalloc
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kwartier.errors import KwartierError, Misused, Refused, Unreadable
from kwartier.store import files, tables
from kwartier.store.tables import open_table

ROWS = [("organisatie", "1", "2", "totaal"), ("Café 't Hoekje; ja", "3", "4", "3,5"), ('De "Es", noord', "1", "", "")]


def rows_of(path: Path, sheet: str = "") -> list[tuple[str, ...]]:
    return [line.cells for line in open_table(path, sheet).lines()]


def csv_text(rows: Iterable[Iterable[str]], sign: str, end: str = "\r\n") -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(one in text for one in f'{sign}"\n\r') else text

    return "".join(sign.join(cell(one) for one in row) + end for row in rows)


def workbook(path: Path, rows: Iterable[Iterable[object]], *more: str) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Uitslagen"
    for row in rows:
        sheet.append(list(row))
    for name in more:
        book.create_sheet(name)
    book.save(path)
    return path


def refusal(path: Path, sheet: str = "") -> KwartierError:
    with pytest.raises(KwartierError) as told:
        rows_of(path, sheet)
    assert told.value.advice
    return told.value


@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_separator_and_encoding(tmp_path: Path, sign: str, encoding: str) -> None:
    path = tmp_path / "tabel.csv"
    path.write_bytes(csv_text(ROWS, sign).encode(encoding))
    assert rows_of(path) == ROWS


def test_an_encoding_that_was_guessed_is_told(tmp_path: Path) -> None:
    path = tmp_path / "oud.csv"
    path.write_bytes(csv_text(ROWS, ";").encode("cp1252"))
    assert "Windows-1252" in open_table(path).guessed
    path.write_bytes(csv_text(ROWS, ";").encode())
    assert open_table(path).guessed == ""


@given(
    st.lists(st.tuples(st.text("abé;,\"' \n", max_size=6), st.text("12,.;x", max_size=4)), min_size=1, max_size=6),
    st.sampled_from(";,\t"),
)
@settings(deadline=None)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], sign: str
) -> None:
    path = tmp_path_factory.mktemp("t") / "tabel.csv"
    whole = [("organisatie", "1"), *rows, ("Slot", "1")]
    path.write_text(csv_text(whole, sign), encoding="utf-8", newline="")
    stripped = [tuple(cell.strip() for cell in row) for row in whole]
    assert rows_of(path) == [row for row in stripped if any(row)]


def test_numbers_with_a_comma_do_not_make_a_comma_the_separator(tmp_path: Path) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text("Uitslagen, voorlopig, van het jaar, zoals besproken\norganisatie;1;2\nA;3,0;2,0\nB;1,0;2,5\n")
    assert rows_of(path)[1:] == [("organisatie", "1", "2"), ("A", "3,0", "2,0"), ("B", "1,0", "2,5")]


def test_a_first_line_may_name_the_separator(tmp_path: Path) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text("sep=;\norganisatie;1\nA, B, C en D;3\n")
    assert rows_of(path) == [("organisatie", "1"), ("A, B, C en D", "3")]


def test_rows_keep_the_numbers_of_the_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text('organisatie;1\n\n"A\nB";2\n;;\nC;3\n')
    assert [(line.number, line.cells) for line in open_table(path).lines()] == [
        (1, ("organisatie", "1")),
        (3, ("A\nB", "2")),
        (5, ("C", "3")),
    ]


def test_a_workbook_gives_what_is_seen(tmp_path: Path) -> None:
    rows = [
        ("organisatie", 1, "totaal", "datum"),
        ("Es", 3, 2.8, datetime(2011, 6, 1)),
        (" Den ", 3.0, 0.1 + 0.2, date(2012, 7, 1)),
        ("Eik", None, True),
    ]
    path = workbook(tmp_path / "uitslagen.xlsx", rows)
    assert rows_of(path) == [
        ("organisatie", "1", "totaal", "datum"),
        ("Es", "3", "2.8", "2011-06-01"),
        ("Den", "3", "0.3", "2012-07-01"),
        ("Eik", "", "waar"),
    ]


def test_a_formula_without_an_outcome_is_never_an_empty_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", [("organisatie", "1"), ("Es", "=1+1")])
    assert rows_of(path)[1] == ("Es", "=1+1")


def test_a_formula_is_known_by_any_prefix(tmp_path: Path) -> None:
    """Some libraries write x:c and x:f where others write c and f."""
    path = workbook(tmp_path / "t.xlsx", [("organisatie", "1"), ("Es", "=1+1")])
    parts = parts_of(path)
    plain = parts["xl/worksheets/sheet1.xml"].decode()
    sheet = re.sub(r"<(/?)([a-zA-Z])", r"<\1x:\2", plain).replace("xmlns=", "xmlns:x=")
    assert rows_of(packed(path, {**parts, "xl/worksheets/sheet1.xml": sheet.encode()}))[1] == ("Es", "=1+1")


def test_the_outcome_of_a_formula_counts(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", [("organisatie", "1"), ("Es", "=1+1")])
    parts = parts_of(path)
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
    assert b"<v>2</v>" in sheet
    assert rows_of(packed(path, {**parts, "xl/worksheets/sheet1.xml": sheet}))[1] == ("Es", "2")


def test_a_sheet_is_chosen_by_name_where_more_hold_something(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", [("organisatie", "1")], "Leeg")
    assert rows_of(path) == [("organisatie", "1")]
    book = Workbook()
    for name, text in (("Begin", "een"), ("Eind", "twee")):
        book.create_sheet(name).append([text])
    book.save(path)
    told = refusal(path)
    assert (told.code, isinstance(told, Misused)) == ("which-sheet", True)
    assert "Begin, Eind" in told.message
    assert rows_of(path, "eind") == [("twee",)]
    assert "Begin" in str(refusal(path, "Midden").advice)


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return workbook(tmp_path / "t.xlsx", [("organisatie", "1"), ("Es", 3)])


def test_macros_are_refused(book: Path) -> None:
    assert refusal(packed(book, {**parts_of(book), "xl/vbaProject.bin": b"x"})).code == "macros"


def test_a_password_and_an_old_workbook_are_refused(book: Path) -> None:
    book.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    told = refusal(book)
    assert told.code == "old-or-locked-workbook"
    assert ".xlsx" in str(told.advice)


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/media/foto.png"])
def test_a_workbook_made_to_burst_takes_no_memory(book: Path, name: str) -> None:
    parts = parts_of(book)
    big = b"<worksheet>" + b"<row><c><v>1</v></c></row>" * 3_000_000
    packed(book, {**parts, name: big})
    del big
    assert book.stat().st_size < 1024 * 1024
    tracemalloc.start()
    try:
        assert refusal(book).code == "table-too-large"
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024  # unpacked it is 78 MB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c>"),
        ("xl/worksheets/sheet1.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'),
        ("xl/workbook.xml", b"\x00\x01"),
        ("[Content_Types].xml", b""),
    ],
)
def test_a_damaged_workbook_is_said_to_be_so(book: Path, name: str, data: bytes) -> None:
    assert refusal(packed(book, {**parts_of(book), name: data})).code == "table-damaged"


def test_any_cut_of_a_workbook_is_refused_in_words(book: Path) -> None:
    whole = book.read_bytes()
    for length in range(4, len(whole), len(whole) // 40):
        book.write_bytes(whole[:length])
        refusal(book)


def test_another_archive_is_no_workbook(tmp_path: Path) -> None:
    assert refusal(packed(tmp_path / "t.xlsx", {"brief.txt": b"Beste"})).code == "no-table"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "table-empty"),
        (b" \r\n\r\n", "table-empty"),
        (b"\x00\x00\x00\x00", "table-empty"),
        (b"organisatie;1\nEs\x00;3\n", "no-table"),
        (bytes(range(256)) * 20, "no-table"),
        (b"Een brief zonder kolommen\nen nog een regel\n", "no-table"),
        (b"%PDF-1.7\x81\x8d", "no-table"),
        (codecs.BOM_UTF16_LE + b"o\x00r", "no-table"),
        (b'organisatie;1\n"Es;3\nDen;4\n', "table-damaged"),
        (b'organisatie;1\n"Es"x;3\n', "table-damaged"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "tabel.csv"
    path.write_bytes(data)
    told = refusal(path)
    assert told.code == code
    assert isinstance(told, Unreadable)


def test_a_million_columns(tmp_path: Path) -> None:
    path = tmp_path / "breed.csv"
    path.write_text("organisatie;1\n" + ";" * 1_000_000)
    assert refusal(path).code == "table-too-wide"


def test_too_many_rows_and_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lang.csv"
    path.write_text("organisatie;1\n" + "Es;3\n" * 60)
    monkeypatch.setattr(tables, "MAX_ROWS", 50)
    assert refusal(path).code == "table-too-long"
    monkeypatch.setattr(tables, "MAX_BYTES", 100)
    assert refusal(path).code == "table-too-large"


def test_no_file_a_folder_a_pipe(tmp_path: Path) -> None:
    assert refusal(tmp_path / "er niet.csv").code == "missing"
    assert refusal(tmp_path).code == "not-a-file"
    assert isinstance(refusal(Path("nul\x00teken")), Refused)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pijp")
        assert refusal(tmp_path / "pijp").code == "not-a-file"


def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text("organisatie;1\nEs;3\n")
    real = files.find_bytes

    def slow(path: Path, most: int) -> bytes | None:
        found = real(path, most)
        with path.open("a") as other:
            other.write("Den;4\n")
        return found

    monkeypatch.setattr(files, "find_bytes", slow)
    assert refusal(path).code == "table-changing"


def test_nothing_of_openpyxl_is_loaded_for_a_csv(tmp_path: Path) -> None:
    import subprocess
    import sys

    path = tmp_path / "tabel.csv"
    path.write_text("organisatie;1\nEs;3\n")
    code = "import sys; from pathlib import Path; from kwartier.store.tables import open_table;"
    code += f"list(open_table(Path({str(path)!r})).lines()); print('openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_workbook_of_a_real_size_is_read_in_little_memory(tmp_path: Path) -> None:
    """The rows are read one by one: a sheet of fifty times the memory of its pieces is no matter."""
    rows = io.BytesIO()
    rows.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
    for number in range(1, 4_001):
        cells = b"".join(b'<c r="%c%d"><v>%d</v></c>' % (65 + n, number, (number * n) % 97) for n in range(8))
        rows.write(b'<row r="%d">%s</row>' % (number, cells))
    rows.write(b"</sheetData></worksheet>")
    path = workbook(tmp_path / "t.xlsx", [("x", "y")])
    packed(path, {**parts_of(path), "xl/worksheets/sheet1.xml": rows.getvalue()})
    table = open_table(path)
    tracemalloc.start()
    try:
        count = sum(1 for _ in table.lines())
        assert count == 4_000
        assert tracemalloc.get_traced_memory()[1] < 12 * 1024 * 1024
    finally:
        tracemalloc.stop()
