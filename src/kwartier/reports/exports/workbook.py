"""An export as a workbook: every text a text; numbers, days, and yes or no as such. No formula, no link, no macro.

Rows go to the disk as they come, so that a thousand records take no more memory than one. The same records give the
same bytes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from kwartier.reports.exports.codebook import HEADER, Codebook, cells
from kwartier.reports.exports.delimited import inert
from kwartier.reports.exports.measured import Measured
from kwartier.reports.exports.source import Source
from kwartier.reports.exports.tables import SCORES, SHEETS, TEXTS, Cell, Column
from kwartier.text import clean

MOST_ROWS = 1_048_576
_MOST_UNITS = 32_000
_CUT = " […] (ingekort: meer past niet in een cel)"
_FIRST_YEAR = 1901
_WIDTHS = (12, 14, 10, 14, 18, 18, 30, 60)
_TOLD = 110


class _Plain(Worksheet):  # type: ignore[misc]
    """A sheet on which a text that looks like the markup of rich text is a text like any other."""

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        self._xml_inline_string(string, True, attributes)


class Workbook:
    """The workbook, being written to `path`; sheets of which there are no rows are not made, save the scores."""

    def __init__(self, path: Path, *, made: date, texts: bool) -> None:
        self._parts = Path(tempfile.mkdtemp(prefix="kwartier-"))  # private to this user; gone with `end` and `drop`
        settings = {
            "constant_memory": True,
            "tmpdir": str(self._parts),
            "strings_to_numbers": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        self._book = xlsxwriter.Workbook(str(path), settings)
        moment = datetime(made.year, made.month, made.day)
        self._book.set_properties({"title": "Gegevens uit kwartier", "author": "kwartier", "created": moment})
        self._formats = {
            "head": self._book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "text": self._book.add_format({"valign": "top", "num_format": "@"}),
            "long": self._book.add_format({"valign": "top", "num_format": "@", "text_wrap": True}),
            "inert": self._book.add_format({"valign": "top", "num_format": "@", "quote_prefix": True}),
            "plain": self._book.add_format({"valign": "top"}),
            "day": self._book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"}),
        }
        self._decimals: dict[int, Any] = {}
        self._codebook = Codebook()
        self._sheets = {
            sheet.name: _Rows(self, sheet.name, sheet.columns) for sheet in SHEETS if texts or sheet != TEXTS
        }
        self._sheets[SCORES.name].begin()

    @property
    def rows(self) -> int:
        """How many answers there are so far."""
        return self._sheets[SCORES.name].written

    def add(self, source: Source, told: Measured) -> None:
        """The rows of one record, on every sheet."""
        self._codebook.add(source, told)
        for sheet in SHEETS:
            if sheet.name in self._sheets:
                for row in sheet.rows(told):
                    self._sheets[sheet.name].put(row)

    def end(self, about: Iterable[str]) -> None:
        """Writes the codebook and what a reader has to know, and makes the file. Raises `OSError` where it cannot."""
        lines = list(about)
        used = [sheet for sheet in SHEETS if sheet.name in self._sheets and self._sheets[sheet.name].begun]
        columns = tuple(Column(name, "", width) for name, width in zip(HEADER, _WIDTHS, strict=True))
        codebook = _Rows(self, "Codeboek", columns)
        for code in self._codebook.codes(used, ()):
            codebook.put(cells(code))
        told = _Rows(self, "Over", (Column("over_dit_bestand", "", _TOLD),))
        for line in lines:
            told.put((line,))
        for rows in (*self._sheets.values(), codebook, told):
            rows.finish()
        try:
            self._book.close()
        except FileCreateError as error:
            cause = error.args[0] if error.args else None
            raise (cause if isinstance(cause, OSError) else OSError(str(error))) from error
        finally:
            self._clear()

    def drop(self) -> None:
        """Gives the workbook up."""
        for sheet in self._book.worksheets():
            with suppress(AttributeError, OSError):
                sheet.row_data_fh.close()
        self._clear()

    def _clear(self) -> None:
        shutil.rmtree(self._parts, ignore_errors=True)

    # -- for its sheets

    def sheet(self, name: str, columns: tuple[Column, ...]) -> Any:
        """A new sheet with its header."""
        made = self._book.add_worksheet(name, worksheet_class=_Plain)
        made.freeze_panes(1, 0)
        made.set_landscape()
        made.repeat_rows(0)
        made.fit_to_pages(1, 0)
        for number, column in enumerate(columns):
            made.set_column(number, number, column.width)
            made.write_string(0, number, column.name, self._formats["head"])
        return made

    def cell(self, sheet: Any, row: int, column: int, value: Cell, *, wide: bool) -> None:
        """One value, as what it is."""
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, self._formats["plain"])
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(row, column, value, self._number(value))
        elif isinstance(value, date) and value.year >= _FIRST_YEAR:
            sheet.write_datetime(row, column, value, self._formats["day"])
        else:
            text = fitting(value if isinstance(value, str) else value.isoformat())
            form = "inert" if inert(text) != text else "long" if wide else "text"
            if text:
                sheet.write_string(row, column, text, self._formats[form])

    def _number(self, value: int | float | Decimal) -> Any:
        exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        if not places:
            return self._formats["plain"]
        if places not in self._decimals:
            self._decimals[places] = self._book.add_format({"valign": "top", "num_format": f"0.{'0' * places}"})
        return self._decimals[places]


class _Rows:
    """One table on as many sheets as it needs; made when its first row comes."""

    def __init__(self, book: Workbook, name: str, columns: tuple[Column, ...]) -> None:
        self._book = book
        self._name = name
        self._columns = columns
        self._sheet: Any = None
        self._row = 0
        self._number = 0
        self.written = 0

    @property
    def begun(self) -> bool:
        """Whether it stands in the workbook."""
        return self._sheet is not None

    def begin(self) -> None:
        """A first or next sheet."""
        self.finish()
        self._number += 1
        name = self._name if self._number == 1 else f"{self._name[:26]} {self._number}"
        self._sheet, self._row = self._book.sheet(name, self._columns), 1

    def put(self, row: tuple[Cell, ...]) -> None:
        """One row."""
        if self._sheet is None or self._row >= MOST_ROWS:
            self.begin()
        for number, (value, column) in enumerate(zip(row, self._columns, strict=True)):
            self._book.cell(self._sheet, self._row, number, value, wide=column.width >= _WIDE)
        self._row += 1
        self.written += 1

    def finish(self) -> None:
        """A filter over what there is."""
        if self._sheet is not None and self._row > 1 and len(self._columns) > 1:
            self._sheet.autofilter(0, 0, self._row - 1, len(self._columns) - 1)


_WIDE = 40


def fitting(text: str) -> str:
    """The cleaned text, cut with a sign where it is more than a cell holds."""
    shown = clean(text)
    units = shown.encode("utf-16-le")
    if len(units) <= 2 * _MOST_UNITS:
        return shown
    return units[: 2 * _MOST_UNITS].decode("utf-16-le", "ignore") + _CUT
