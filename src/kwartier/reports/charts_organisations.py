"""Charts of organisations compared: how their scores lie, with the own place, and begin and end on a line.

Their numbers are those of `organisations_figures`; no names where there may be none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from kwartier.analysis.compared import Change, ChangeLine, Compared, Line
from kwartier.analysis.numbers import rounded
from kwartier.reports.document import Chart, ChartRow
from kwartier.reports.organisations_figures import label, line_name, median_words, number
from kwartier.reports.phrases import capital, counted

_Ends = tuple[Decimal, Decimal]


def distribution(compared: Compared) -> Iterator[Chart]:
    """A line per item with a mark for every organisation; the total on top, and the own organisation marked."""
    scale = _scale(compared)
    if scale is None:
        return
    lines = [*([compared.total] if compared.total else []), *compared.items]
    own = next((at for at, row in enumerate(compared.rows) if row.own), None)
    rows = tuple(_line(compared, line, own) for line in lines if line.spread.n)
    if rows:
        yield Chart(
            kind="distribution",
            caption="Hoe de organisaties liggen, per item",
            alt=" ".join(_lies(compared, scale)),
            rows=rows,
            series=("een organisatie", compared.rows[own].label if own is not None else "de eigen organisatie"),
            low=scale[0],
            high=scale[1],
            table=True,
        )


def organisations_change(compared: Compared, change: Change) -> Iterator[Chart]:
    """Begin and end of every organisation, from the largest rise to the largest fall."""
    scale = _scale(compared)
    rows = [row for row in change.by_difference() if row.before is not None or row.after is not None]
    if scale is None or not rows:
        return
    yield Chart(
        kind="dumbbell",
        caption=f"Elke organisatie van {change.before_title} naar {change.after_title}",
        alt=_moved([row.difference for row in rows], "organisatie", "organisaties"),
        rows=tuple(
            _change(label(row.label, row.own), (row.before, row.after), row.difference, compared.places) for row in rows
        ),
        series=(capital(change.before_title), capital(change.after_title)),
        low=scale[0],
        high=scale[1],
        table=True,
    )


def items_change(compared: Compared, change: Change) -> Iterator[Chart]:
    """The mean of every item at the begin and at the end, with the total last."""
    scale = _scale(compared)
    lines = [line for line in change.items_by_difference() if line.difference is not None]
    if scale is None or not lines:
        return
    rows = [_item_change(line) for line in lines]
    if change.total is not None and change.total.difference is not None:
        rows.append(_item_change(change.total))
    yield Chart(
        kind="dumbbell",
        caption=f"Elk item van {change.before_title} naar {change.after_title}, gemiddeld over de organisaties",
        alt=_moved([line.difference for line in lines], "item", "items"),
        rows=tuple(rows),
        series=(capital(change.before_title), capital(change.after_title)),
        low=scale[0],
        high=scale[1],
        table=True,
    )


def _scale(compared: Compared) -> _Ends | None:
    """The scale of all items; None where they have different ones."""
    low, high = compared.low, compared.high
    return (Decimal(low), Decimal(high)) if low is not None and high is not None and low < high else None


def _value(value: Fraction | None, places: int) -> Decimal | None:
    """Rounded as `number` shows it."""
    if value is None:
        return None
    return rounded(value, 0 if places == 0 and value.denominator == 1 else max(places, 1))


def _line(compared: Compared, line: Line, own: int | None) -> ChartRow:
    places = 0 if line.section else compared.places
    median = median_words(line.spread, places)
    mine = line.marks[own] if own is not None else None
    return ChartRow(
        label=line_name(line),
        values=tuple(_value(mark, places) for mark in line.marks),
        told=f"mediaan {median}" + (f", eigen {number(mine, places)}" if mine is not None else ""),
        strong=not line.id,
        own=own if mine is not None else None,
    )


def _lies(compared: Compared, scale: _Ends) -> Iterator[str]:
    count = counted(len(compared.rows), "organisatie", "organisaties")
    yield f"{count} op een schaal van {scale[0]} tot en met {scale[1]}."
    if compared.total is not None and compared.total.spread.n:
        spread = compared.total.spread
        low, high = (number(one, compared.places) for one in (spread.minimum, spread.maximum))
        yield f"{line_name(compared.total)}: van {low} tot {high}, mediaan {median_words(spread, compared.places)}."
        if compared.total.place is not None:
            place = compared.total.place
            yield f"De eigen organisatie: {place.lower} lager, {place.same} gelijk, {place.higher} hoger."


def _change(
    name: str, values: Sequence[Fraction | None], difference: Fraction | None, places: int, *, strong: bool = False
) -> ChartRow:
    told = " → ".join(number(one, places) for one in values)
    if difference is not None:
        told += f" ({number(difference, places, sign=True)})"
    return ChartRow(label=name, values=tuple(_value(one, places) for one in values), told=told, strong=strong)


def _item_change(line: ChangeLine) -> ChartRow:
    return _change(line_name(line), (line.before, line.after), line.difference, 1, strong=not line.id)


def _moved(differences: Sequence[Fraction | None], one: str, many: str) -> str:
    known = [each for each in differences if each is not None]
    rose, fell = sum(each > 0 for each in known), sum(each < 0 for each in known)
    told = f"Van {counted(len(known), one, many)} gingen er {rose} omhoog en {fell} omlaag"
    return f"{told}; {len(known) - rose - fell} {'bleef' if len(known) - rose - fell == 1 else 'bleven'} gelijk."
