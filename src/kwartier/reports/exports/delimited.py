"""An export as CSV: the scores, the codebook, and apart what people wrote. Rows are written as they come.

A text that a spreadsheet could take for a formula gets an apostrophe in front. So does one that begins with an
apostrophe itself: taking one apostrophe away from the front gives back what was typed, always.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any

from kwartier.reports.exports.codebook import HEADER, Codebook, cells
from kwartier.reports.exports.measured import Measured
from kwartier.reports.exports.source import Source
from kwartier.reports.exports.tables import SCORES, TEXTS, Cell, Sheet
from kwartier.text import clean

_ACTIVE = ("=", "+", "-", "@", "\t", "\n", "\r", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet may begin to reckon at, with the wide forms that some turn into it; and the apostrophe itself."""

NOTE = (
    "Een tekst die met =, +, -, @, een tab, een nieuwe regel of een apostrof begint, heeft hier een apostrof ervoor; "
    "haal die ene apostrof weg en u hebt wat er is geschreven."
)


def inert(text: str) -> str:
    """A text that does nothing; its cleaned form comes back with `typed`."""
    shown = clean(text)
    return f"'{shown}" if shown.startswith(_ACTIVE) else shown


def typed(cell: str) -> str:
    """The text that `inert` was given."""
    return cell.removeprefix("'")


class Delimited:
    """The CSV files, being written. `paths` are those of the scores, the codebook and, with texts, the texts."""

    def __init__(self, paths: Sequence[Path], *, separator: str, mark: bool) -> None:
        self._opened: list[IO[str]] = []
        self._sheets = (SCORES, TEXTS)[: len(paths) - 1]
        self._codebook = Codebook()
        self._writers: list[Any] = []
        try:
            for path in paths:
                # closed by `end` or `drop`, as the rows of all files are written side by side
                file = path.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="", errors="replace")
                self._opened.append(file)
                self._writers.append(csv.writer(file, delimiter=separator))
        except BaseException:
            self.drop()
            raise
        self._scores, self._codes, *self._texts = self._writers
        self.rows = 0
        for sheet, writer in self._parts():
            writer.writerow([column.name for column in sheet.columns])

    def _parts(self) -> list[tuple[Sheet, Any]]:
        return list(zip(self._sheets, (self._scores, *self._texts), strict=True))

    def add(self, source: Source, told: Measured) -> None:
        """The rows of one record."""
        self._codebook.add(source, told)
        for sheet, writer in self._parts():
            for row in sheet.rows(told):
                self.rows += sheet is SCORES
                writer.writerow([_cell(cell) for cell in row])

    def end(self, about: Iterable[str]) -> None:
        """Writes the codebook and closes the files."""
        self._codes.writerow(HEADER)
        for one in self._codebook.codes(self._sheets, [*about, NOTE]):
            self._codes.writerow([inert(cell) for cell in cells(one)])
        for file in self._opened:
            file.close()

    def drop(self) -> None:
        """Closes the files as they are; what was made of them is for nobody."""
        for file in self._opened:
            file.close()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, str):
        return inert(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)
