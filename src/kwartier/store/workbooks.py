"""Workbooks (XLSX) as rows of texts: the values, never the formulas; nothing in them is run or unpacked to disk.

openpyxl reads; what is guarded here is that a workbook cannot take all memory, and that nothing is lost unseen.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kwartier.errors import KwartierError, Misused, Refused, Unreadable

if TYPE_CHECKING:
    from kwartier.store.tables import Line, TableFile

MAX_UNPACKED = 160 * 1024 * 1024
"""Bytes of all parts together, as the file itself says; a part that holds more than it says is refused when read."""

MAX_TEXTS = 64 * 1024 * 1024
"""Bytes of the shared texts and the styles, which are held in memory."""

MAX_PARTS = 2_000
MAX_RATIO = 400
"""A sheet packs ten to a hundred times smaller; only a part made to burst does so more."""

_SMALL = 8 * 1024 * 1024
_SHEETS = "xl/worksheets/"
_HEAD = 4096
_TAIL = 64
_FORMULA = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,30}:)?f[\s/>]")
"""The beginning of a formula; some programs write a prefix before every name."""

_ADVICE = "Sla de tabel in uw rekenprogramma opnieuw op als .xlsx, of als CSV (UTF-8)."


def sheet_of(path: Path, data: bytes, wanted: str) -> str:
    """The name of the sheet that is meant. Raises `Misused` naming them all where that is not clear."""
    _check(path, data)
    book = _opened(path, data, values=True)
    try:
        names = [sheet.title for sheet in book.worksheets]
        if wanted:
            found = [name for name in names if name.casefold() == wanted.strip().casefold()]
            if found:
                return str(found[0])
            raise Misused(
                "no-such-sheet",
                f"Er is geen blad '{wanted}' in dit rekenblad.",
                place=str(path),
                advice=f"Wel: {', '.join(names)}.",
            )
        filled = [name for name in names if _has_rows(path, book[name])]
    finally:
        book.close()
    if len(filled) == 1:
        return str(filled[0])
    if not filled:
        raise Unreadable("table-empty", "Dit rekenblad is leeg.", place=str(path), advice="Kies het goede bestand.")
    raise Misused(
        "which-sheet",
        f"Op meer dan een blad staat iets: {', '.join(filled)}.",
        place=str(path),
        advice=f'Zeg welk blad u bedoelt: --blad "{filled[0]}".',
    )


def lines(table: TableFile) -> Iterator[Line]:
    """The rows of the sheet of a table."""
    from kwartier.store.tables import MAX_COLUMNS, Line, too_wide

    values = _rows(table, values=True)
    formulas = _rows(table, values=False) if _has_formulas(table) else None
    for number, row in enumerate(values, 1):
        cells = [_text(value) for value in row]
        if formulas is not None:
            made = next(formulas, ())
            for place, formula in enumerate(islice(made, len(cells))):
                if not cells[place] and isinstance(formula, str) and formula.startswith("="):
                    cells[place] = formula  # without an outcome: told as what stands there, never taken for empty
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise too_wide(table.path, number)
        yield Line(number, tuple(cells))


def _rows(table: TableFile, *, values: bool) -> Iterator[tuple[Any, ...]]:
    book = _opened(table.path, table.data, values=values)
    try:
        sheet = book[table.sheet]
        sheet.reset_dimensions()  # what a file says of its own size may be anything
        yield from sheet.iter_rows(values_only=True)
    except KwartierError:
        raise
    except Exception as error:  # a damaged workbook makes openpyxl raise anything
        raise _damaged(table.path) from error
    finally:
        book.close()


def _check(path: Path, data: bytes) -> None:
    """Refuses what is no plain workbook, before anything in it is understood."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            unpacked = sum(part.file_size for part in parts)
            held = [one for one in parts if one.filename.endswith(".xml") and not one.filename.startswith(_SHEETS)]
            texts = sum(part.file_size for part in held)
            bursting = any(one.file_size > max(_SMALL, MAX_RATIO * one.compress_size) for one in parts)
            if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or texts > MAX_TEXTS or bursting:
                raise _too_large(path)
            if any(part.flag_bits & 1 for part in parts):
                raise _locked(path)
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise Refused(
                    "macros",
                    "Er staan macro's in dit rekenblad.",
                    place=str(path),
                    advice="Sla het op als .xlsx zonder macro's, of als CSV.",
                )
            if "xl/workbook.xml" not in names:
                raise Unreadable("no-table", "Dit is geen rekenblad.", place=str(path), advice=_ADVICE)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    with packed.open(part) as opened:
                        if b"<!DOCTYPE" in opened.read(_HEAD).upper():
                            raise _damaged(path)
    except KwartierError:
        raise
    except Exception as error:  # a damaged archive makes zipfile raise anything
        raise _damaged(path) from error


def _has_formulas(table: TableFile) -> bool:
    """Whether any sheet holds a formula; only then the file has to be read twice."""
    try:
        with zipfile.ZipFile(io.BytesIO(table.data)) as packed:
            for name in packed.namelist():
                if name.startswith(_SHEETS):
                    with packed.open(name) as part:
                        tail = b""
                        while block := part.read(1 << 20):
                            if _FORMULA.search(tail + block):
                                return True
                            tail = block[-_TAIL:]
    except Exception as error:
        raise _damaged(table.path) from error
    return False


def _has_rows(path: Path, sheet: Any) -> bool:
    try:
        sheet.reset_dimensions()
        return any(any(value is not None for value in row) for row in sheet.iter_rows(values_only=True))
    except Exception as error:
        raise _damaged(path) from error


def _opened(path: Path, data: bytes, *, values: bool) -> Any:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that are not read here, such as pictures and validation
            return load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    except Exception as error:
        raise _damaged(path) from error


def _text(value: object) -> str:
    """What stands in a cell, as somebody would type it; a date in ISO form."""
    match value:
        case None:
            return ""
        case bool():
            return "waar" if value else "onwaar"
        case float():
            return f"{value:.15g}"  # as many figures as a spreadsheet has
        case datetime():
            plain = value.hour == value.minute == value.second == 0
            return value.date().isoformat() if plain else value.isoformat(sep=" ", timespec="minutes")
        case date() | time() | timedelta():
            return str(value)
    return str(value).strip()


def _too_large(path: Path) -> Refused:
    message = "Dit rekenblad is uitgepakt te groot voor een tabel met uitslagen."
    advice = "Zet de tabel alleen in een nieuw rekenblad, of sla haar op als CSV."
    return Refused("table-too-large", message, place=str(path), advice=advice)


def _locked(path: Path) -> Refused:
    message = "Dit rekenblad is met een wachtwoord beveiligd."
    return Refused("old-or-locked-workbook", message, place=str(path), advice="Sla het zonder wachtwoord op.")


def _damaged(path: Path) -> Unreadable:
    return Unreadable("table-damaged", "Dit rekenblad is beschadigd en niet te lezen.", place=str(path), advice=_ADVICE)
