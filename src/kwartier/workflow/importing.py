"""Turns rows of somebody else's table into values, with all that is wrong in them; nothing is looked up or written.

This is what kwartier does for every instrument that brings no `kwartier_import` of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date as Day
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.errors import KwartierError
from kwartier.instrument.model import Content, Parameter, Scale, Value
from kwartier.instrument.selection import item as item_by_id
from kwartier.text import one_line
from kwartier.workflow.periods import MONTH_NAMES, MONTHS, parse_date
from kwartier.workflow.sealing import scale_for
from kwartier.workflow.table_columns import MOMENT, Columns, folded, recognise, split_key

SHOWN = 40
"""So much of a cell is shown in a message, in columns of a terminal."""

NONE = frozenset(("", "-", "–", "—", "?", "n.v.t.", "nvt", "n.b.", "nb", "n/a", "leeg", "geen score"))
"""What a cell holds that has no answer in it, folded."""

_NUMBER = re.compile(r"^[+-]?\d{1,9}([.,]\d{1,9})?$", re.ASCII)
_COUNT = re.compile(r"^\d{1,9}$|^\d{1,3}([. ]\d{3}){1,2}$", re.ASCII)
_MONTH = re.compile(r"^(?:(\d{4})[-/ ](\d{1,2})|(\d{1,2})[-/ ](\d{4})|([a-z]{3,9})\.?[- ](\d{4}|\d{2}))$", re.ASCII)
_FIRST, _LAST = ("begin", "beginmeting", "start", "nulmeting", "voor"), ("eind", "einde", "eindmeting", "end", "na")
_TWO = 2


class Misfit(Struct, frozen=True, kw_only=True):
    """A cell that is not as it should be: its column, what stands there (cleaned) and what was expected (Dutch)."""

    column: str
    found: str
    expected: str


class Row(Struct, frozen=True, kw_only=True):
    """What one row of a table says. `row` counts from 0, among the rows that were given."""

    row: int
    organisation: str = ""
    "The name, or the short name that kwartier gave it."
    subject: str = ""
    "The code of the student or workplace."
    date: Day | None = None
    month: bool = False
    "Whether only the month was given; the date is then its first day."
    parameters: Mapping[str, Value] = {}
    "Those that the row itself says."
    answers: Mapping[str, Answer] = {}
    "By item, or item/part; what has no answer is not here."
    texts: Mapping[str, str] = {}
    "Explanations by item."
    total: str = ""
    "The total as printed, with a decimal point."
    band: str = ""
    kind: str = ""
    clients: int | None = None
    misfits: tuple[Misfit, ...] = ()


class Imported(Struct, frozen=True, kw_only=True):
    """What came of rows of a table: those rows as values, which columns mean nothing, or why nothing can be read."""

    rows: tuple[Row, ...] = ()
    ignored: tuple[str, ...] = ()
    wrong: str = ""
    "Why the table cannot be taken over (Dutch sentence); empty where it can be."


def imported(content: Content, rows: Sequence[Mapping[str, str]]) -> Imported:
    """The rows as values, by the headings that kwartier knows; see `table_columns`. All rows have the same columns."""
    headings = tuple(rows[0]) if rows else ()
    columns = recognise(content, headings)
    if wrong := _unusable(columns):
        return Imported(ignored=columns.unknown, wrong=wrong)
    reading = _Reading(content, columns)
    return Imported(rows=tuple(reading.row(number, row) for number, row in enumerate(rows)), ignored=columns.unknown)


def _unusable(columns: Columns) -> str:
    if columns.twice:
        pairs = "; ".join(f"'{one_line(a, SHOWN)}' en '{one_line(b, SHOWN)}'" for a, b in columns.twice[:5])
        return f"Twee kolommen betekenen hetzelfde: {pairs}. Haal er een weg of geef haar een andere naam."
    if not columns.named("organisation"):
        return "Er is geen kolom met de organisatie. Geef die kolom de naam 'organisatie'."
    if not columns.answers():
        return "Er is geen kolom met scores. Geef elke kolom met scores het nummer van het item als naam."
    return ""


class _Reading:
    """Reads rows that share their columns; what can be known before the first row is worked out once."""

    def __init__(self, content: Content, columns: Columns) -> None:
        self._columns = columns.known
        self._parameters = {one.id: one for one in content.parameter}
        self._places = content.total.places if content.total else 0
        self._scales = {}
        for key in columns.answers().values():
            item, part = split_key(key)
            self._scales[key] = _Answers(scale_for(content, item_by_id(content, item), part))

    def row(self, number: int, cells: Mapping[str, str]) -> Row:
        """One row as values."""
        fields: dict[str, object] = {}
        answers: dict[str, Answer] = {}
        texts: dict[str, str] = {}
        parameters: dict[str, Value] = {}
        misfits: list[Misfit] = []
        for name, column in self._columns.items():
            cell = cells[name]
            try:
                if column.role == "answer":
                    answer = self._scales[column.of].read(cell)
                    if answer is not None:
                        answers[column.of] = answer
                elif column.role == "organisation":
                    fields["organisation"] = _name(cell)
                elif not cell:
                    continue
                elif column.role == "text":
                    texts[column.of] = cell
                elif column.role == "parameter":
                    parameters[column.of] = _parameter(self._parameters[column.of], cell)
                elif column.role == "total":
                    fields["total"] = _total(cell, self._places)
                elif column.role == "date":
                    fields["date"], fields["month"] = parse_moment(cell)
                else:
                    fields[column.role] = _FIELDS[column.role](cell)
            except _Misfit as misfit:
                misfits.append(Misfit(column=name, found=one_line(cell, SHOWN), expected=str(misfit)))
            except KwartierError:
                expected = "een datum, zoals 22-11-2026, of een maand, zoals juni 2011"
                misfits.append(Misfit(column=name, found=one_line(cell, SHOWN), expected=expected))
        values: dict[str, object] = {"answers": answers, "texts": texts, "parameters": parameters, **fields}
        return Row(row=number, misfits=tuple(misfits), **values)  # type: ignore[arg-type]


class _Misfit(Exception):
    """A cell is not what was expected; the message says what that is (Dutch)."""


class _Answers:
    """The answers on one scale by what may stand in a cell; every answer is made once and shared."""

    def __init__(self, scale: Scale) -> None:
        values = [option.value for option in scale.options]
        self._found: dict[str, Answer | None] = dict.fromkeys(NONE)
        for why in scale.missing:
            self._found[folded(why)] = Answer(missing=why)
        for option in scale.options:
            if option.title:
                self._found.setdefault(folded(option.title), Answer(value=option.value))
        self._found.update((folded(str(value)), Answer(value=value)) for value in values)
        whole = all(isinstance(value, int) for value in values)
        self._expected = _range(values) + (" (een half bestaat niet)" if whole else "") + ", of leeg"

    def read(self, cell: str) -> Answer | None:
        """The answer in a cell; None where it has none. Raises `_Misfit`."""
        try:
            return self._found[cell]
        except KeyError:
            plain = folded(cell)
        if plain not in self._found and _NUMBER.match(plain):
            number = Decimal(plain.replace(",", "."))
            plain = str(int(number)) if number == int(number) else plain
        if plain not in self._found:
            raise _Misfit(self._expected)
        return self._found[plain]


def _range(values: Sequence[Value]) -> str:
    numbers = [value for value in values if isinstance(value, int)]
    if len(numbers) == len(values) > _TWO and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return f"een heel getal van {numbers[0]} tot en met {numbers[-1]}"
    words = [str(value) for value in values]
    return f"{', '.join(words[:-1])} of {words[-1]}" if len(words) > 1 else "".join(words)


def _name(cell: str) -> str:
    if not cell:
        raise _Misfit("de naam van de organisatie")
    return cell


def _parameter(parameter: Parameter, cell: str) -> Value:
    """The value that a cell names: itself, after its title ("meting 2"), or as begin and end of two measurements."""
    plain = folded(cell)
    for word in (parameter.id, parameter.title, *(MOMENT if parameter.moments else ())):
        plain = plain.removeprefix(folded(word)).strip() or plain
    if _NUMBER.match(plain) and Decimal(plain.replace(",", ".")) % 1 == 0:
        plain = str(int(Decimal(plain.replace(",", "."))))
    for value in parameter.values:
        if folded(str(value)) == plain:
            return value
    if parameter.moments and len(parameter.values) == _TWO:
        if plain in _FIRST:
            return parameter.values[0]
        if plain in _LAST:
            return parameter.values[-1]
    raise _Misfit(_range(parameter.values))


def _total(cell: str, places: int) -> str:
    """A total as printed; with the decimals of the instrument's own, which a spreadsheet takes off a whole number."""
    if folded(cell) in NONE:
        return ""
    if not _NUMBER.match(cell):
        raise _Misfit("een getal, zoals 2,8")
    found = f"{Decimal(cell.replace(',', '.')):f}"
    return found if "." in found or not places else f"{found}.{'0' * places}"


def _clients(cell: str) -> int:
    plain = cell.removesuffix(",0").removesuffix(".0")
    if not _COUNT.match(plain):
        raise _Misfit("een heel getal, zoals 2400")
    return int(re.sub(r"\D", "", plain))


def _short(cell: str) -> str:
    return one_line(cell, 100)


def _as_typed(cell: str) -> str:
    return cell


_FIELDS = {"subject": _as_typed, "kind": _short, "band": _short, "clients": _clients}


@lru_cache(maxsize=1000)  # a table has few dates, and says them often
def parse_moment(text: str) -> tuple[Day, bool]:
    """A date as people type it, or a month (juni 2011, 2011-06): then its first day, and True. Raises `Misused`."""
    found = _MONTH.match(" ".join(text.split()).casefold())
    if found is None:
        return parse_date(text), False
    year, month = found[1] or found[4] or found[6], found[2] or found[3] or _month(found[5])
    try:
        return Day(int(year) + (2000 if len(year) == _TWO else 0), int(month), 1), True
    except ValueError:
        return parse_date(text), False


def _month(word: str) -> int:
    if word in MONTHS:
        return MONTHS.index(word) + 1
    return next((number for number, name in enumerate(MONTH_NAMES, 1) if name.startswith(word)), 0)
