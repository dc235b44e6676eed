"""Tables of other programs (CSV and XLSX), read row by row as texts; what the columns mean is not known here.

A file is read whole into memory first, up to a limit, so that it cannot change between two rows. XLSX stands in
`workbooks`.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kwartier.errors import Refused, Unreadable
from kwartier.store import files, refusals

MAX_BYTES = 32 * 1024 * 1024
"""Larger files are refused: a hundred thousand rows of results take a third of this."""

MAX_ROWS = 200_000
"""Rows with something in them."""

MAX_COLUMNS = 1_000

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKS = (("utf-8-sig", codecs.BOM_UTF8), ("utf-16", codecs.BOM_UTF16_LE), ("utf-16", codecs.BOM_UTF16_BE))
_SEPARATORS = ";,\t|"
_LOOK = 64 * 1024
_ROWS = 20
"""So many rows tell which sign stands between cells."""
_WINDOWS = "cp1252"
_AS_CSV = "Sla de tabel in uw rekenprogramma op als .xlsx of als CSV (UTF-8) en probeer het opnieuw."


@dataclass(frozen=True, slots=True)
class Line:
    """A row with something in it: its number as a spreadsheet counts, and its cells as texts without spaces around."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file with a table. `lines` reads it once more from the beginning, raising `Unreadable` where it is damaged."""

    path: Path
    data: bytes
    kind: str
    "csv or xlsx."
    sheet: str = ""
    encoding: str = ""
    separator: str = ""

    @property
    def even(self) -> bool:
        """Whether every row has as many cells as the heading: a spreadsheet leaves empty ones at the end out."""
        return self.kind == "csv"

    @property
    def guessed(self) -> str:
        """How the signs were read, where the file does not say so itself (Dutch); else empty."""
        return "Windows-1252 (een ouder rekenprogramma)" if self.encoding == _WINDOWS else ""

    def lines(self) -> Iterator[Line]:
        """The rows that have something in them. Raises `Unreadable` or `Refused` where it cannot go on."""
        if self.kind == "csv":
            found = _csv_lines(self)
        else:
            from kwartier.store import workbooks  # reading a workbook costs a large import

            found = workbooks.lines(self)
        number = 0
        for line in found:
            if not any(line.cells):
                continue
            number += 1
            if number > MAX_ROWS:
                message = f"Deze tabel heeft meer dan {MAX_ROWS} rijen."
                raise Refused("table-too-long", message, place=str(self.path), advice="Neem de tabel in delen over.")
            yield line


def open_table(path: Path, sheet: str = "") -> TableFile:
    """The table in a file; `sheet` names one of a workbook, and is needed where more than one has something in it.

    Raises `Refused` (missing, a folder, too large, macros, a password) or `Unreadable` (no table).
    """
    data = read_whole(path)
    if data.startswith(OLD_OFFICE):
        raise Refused(
            "old-or-locked-workbook",
            "Dit rekenblad is met een wachtwoord beveiligd, of van een oude soort (.xls).",
            place=str(path),
            advice="Open het in uw rekenprogramma en sla het zonder wachtwoord op als .xlsx of als CSV.",
        )
    if data.startswith(ZIP):
        from kwartier.store import workbooks

        return TableFile(path, data, "xlsx", sheet=workbooks.sheet_of(path, data, sheet))
    if sheet:
        raise Refused(
            "no-sheets", "Dit bestand heeft geen bladen.", place=str(path), advice="Laat --blad weg: het is een CSV."
        )
    encoding = _encoding(path, data)
    table = TableFile(path, data, "csv", encoding=encoding)
    return TableFile(path, data, "csv", encoding=encoding, separator=_separator(table))


def read_whole(path: Path) -> bytes:
    """The bytes of a file that holds still. Raises `Refused`: missing, no file, too large, changing."""
    try:
        before = path.stat()
        data = files.find_bytes(path, min(MAX_BYTES, before.st_size))
        after = path.stat()
    except FileNotFoundError as error:
        raise refusals.missing_refused(path) from error
    except ValueError as error:  # a path with a NUL in it
        raise refusals.no_file_refused(path) from error
    except OSError as error:
        raise refusals.read_refusal(error, path) from error
    if data is None:
        raise refusals.missing_refused(path)
    if len(data) > MAX_BYTES:
        most = f"{MAX_BYTES // 1024 // 1024} MB"
        message = f"Dit bestand is te groot voor een tabel met uitslagen: het mag {most} zijn."
        raise Refused("table-too-large", message, place=str(path), advice="Neem de tabel in delen over.")
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise Refused(
            "table-changing",
            "Dit bestand veranderde terwijl het gelezen werd.",
            place=str(path),
            advice="Sla het op, sluit het andere programma en probeer het opnieuw.",
        )
    if not data.strip(b" \t\r\n\x00"):
        raise Unreadable("table-empty", "Dit bestand is leeg.", place=str(path), advice="Kies het goede bestand.")
    return data


def _encoding(path: Path, data: bytes) -> str:
    for name, mark in _MARKS:
        if data.startswith(mark):
            return _checked(path, data, name)
    head = data[:_LOOK]
    zeros = head[::2].count(0), head[1::2].count(0)
    if max(zeros) > len(head) // 5 and min(zeros) * 10 < max(zeros):
        return _checked(path, data, "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le")
    if b"\x00" in data:
        raise _no_table(path, "er staan nultekens in")
    try:
        return _checked(path, data, "utf-8")
    except Unreadable:
        return _checked(path, data, _WINDOWS)


def _checked(path: Path, data: bytes, encoding: str) -> str:
    """The encoding, if all of the file can be read with it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for begin in range(0, len(data), _LOOK):
            if "\x00" in decoder.decode(data[begin : begin + _LOOK]):
                raise _no_table(path, "er staan nultekens in")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _no_table(path, "de letters zijn niet te lezen") from error
    return encoding


def _no_table(path: Path, why: str) -> Unreadable:
    return Unreadable("no-table", f"Dit is geen tabel: {why}.", place=str(path), advice=_AS_CSV)


def _text(table: TableFile) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(table.data), encoding=table.encoding, newline="")


def _separator(table: TableFile) -> str:
    """The sign between cells: the one that cuts most of the first rows in equally many; a file may name it itself."""
    head = _text(table).read(_LOOK)
    first = next(iter(head.splitlines()), "").strip().lower()
    if first.startswith("sep=") and len(first) == len("sep=;"):
        return first[-1]
    found = {sign: _cut(head, sign) for sign in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda sign: found[sign])
    if not found[best][1]:
        raise _no_table(table.path, "er is geen puntkomma, komma of tab waarmee kolommen gescheiden zijn")
    return best


def _cut(head: str, sign: str) -> tuple[bool, int, int]:
    """How well a sign cuts the beginning of a table: without a quote that does not fit, most rows of one width."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=sign, strict=True)
    widths: Counter[int] = Counter()
    whole = True
    try:
        widths.update(len(row) for row in islice(reader, _ROWS))
    except csv.Error:  # at the end it is only where this look ended
        whole = reader.line_num >= len(head.splitlines())
    rows, width = max(((rows, width) for width, rows in widths.items() if width > 1), default=(0, 0))
    return whole and rows > 0, rows, width


def _csv_lines(table: TableFile) -> Iterator[Line]:
    reader = csv.reader(_text(table), delimiter=table.separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if len(row) > MAX_COLUMNS:
                raise too_wide(table.path, number)
            if number == 1 and row and row[0].strip().lower() in ("sep=", f"sep={table.separator}"):
                continue
            yield Line(number, tuple(cell.strip() for cell in row))
    except csv.Error as error:
        raise Unreadable(
            "table-damaged",
            f"Na rij {number} klopt het bestand niet meer: een aanhalingsteken dat niet goed sluit.",
            place=f"{table.path}:{reader.line_num}",
            advice="Kijk in een teksteditor naar die regel, of sla de tabel opnieuw op als .xlsx of CSV.",
        ) from error


def too_wide(path: Path, number: int) -> Refused:
    """The refusal of a row with more cells than any table of results has."""
    message = f"Rij {number} heeft meer dan {MAX_COLUMNS} kolommen; dit is geen tabel met uitslagen."
    return Refused("table-too-wide", message, place=str(path), advice="Kies het goede bestand of blad.")
