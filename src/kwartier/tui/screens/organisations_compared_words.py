"""What is said beside the figures of a comparison of organisations, also of what was printed otherwise: a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from kwartier.analysis.compared import BandCount, Change, ChangeLine, ChangeRow, Compared, Line, Row
from kwartier.analysis.numbers import dutch
from kwartier.reports.organisations_bars import OWN
from kwartier.reports.organisations_figures import line_name, number, short_name
from kwartier.reports.phrases import capital, counted, ended
from kwartier.workflow.periods import short

DIFFERS = "!"
"""Beside a computed figure where another one was printed."""


def joined(*told: str) -> str:
    """Sentences one after another."""
    return " ".join(filter(None, told))


def item_name(line: Line | ChangeLine) -> str:
    """An item, section or the total where there is little room."""
    part = getattr(line, "part", "")
    return f"{line.id} {part} {line.short}" if part else short_name(line)


def bands(counts: Sequence[BandCount]) -> str:
    """How many organisations are in each band."""
    told = ", ".join(f"{one.title or 'geen niveau'} {one.count}" for one in counts)
    return f"Niveaus: {told}." if told else ""


def together(compared: Compared) -> str:
    """The mean of all organisations, and beside it the one that was printed."""
    total = compared.total
    if total is None or total.spread.mean is None:
        return ""
    missing = (
        f" ({counted(total.spread.missing, 'organisatie', 'organisaties')} zonder)" if total.spread.missing else ""
    )
    return f"Samen {number(total.spread.mean)}{_printed(total.printed, total.differs)}{missing}."


def own_place(compared: Compared) -> str:
    """The place of the own organisation among the others."""
    if compared.own is None or compared.total is None or compared.total.place is None:
        return ""
    place = compared.total.place
    return f"{OWN} {compared.own.label}: {place.lower} lager, {place.same} gelijk, {place.higher} hoger."


def pairs(compared: Compared, change: Change) -> str:
    """Over how many organisations begin and end are."""
    some, every = len(change.rows), len(compared.rows)
    word = "heeft" if some == 1 else "hebben"
    return f"{some} van de {every} organisaties {word} beide metingen." if some != every else ""


def total_at_begin(change: Change) -> str:
    """The mean at the begin."""
    one = change.total
    if one is None:
        return ""
    return f"Samen {number(one.before)}{_printed(one.printed_before, one.before_differs)}."


def total_at_end(change: Change) -> str:
    """The means at the begin and at the end."""
    one = change.total
    if one is None:
        return ""
    before = f"{number(one.before)}{_printed(one.printed_before, one.before_differs)}"
    return f"Samen van {before} naar {number(one.after)}{_printed(one.printed_after, one.after_differs)}."


def total_difference(compared: Compared, change: Change) -> str:
    """The difference of the means."""
    return f"Samen {number(change.total.difference, compared.places, sign=True)}." if change.total else ""


def over(row: ChangeRow) -> str:
    """Over how many items a difference is, where those are not all."""
    return f"{row.items} van {row.of} items" if row.items != row.of else ""


def printed_of(row: Row) -> str:
    """What was printed otherwise."""
    told = f"{row.printed_total.replace('.', ',')} {row.printed_band}".strip()
    return f"{DIFFERS} gedrukt {told}" if told else ""


def printed_at_end(compared: Compared, row: ChangeRow) -> str:
    """What was printed otherwise of the record at the end."""
    same = (one for one in compared.rows if one.ref and one.ref == row.after_ref)
    return next((printed_of(one) for one in same), "")


def of_row(compared: Compared, row: Row) -> str:
    """All that the row of an organisation says."""
    told = [row.label]
    if row.total is None:
        told.append(f"geen gemiddelde: {row.total_why}" if row.total_why else "geen gemiddelde")
    else:
        told.append(" ".join([number(row.total, compared.places), f"({row.band})" if row.band else ""]).strip())
    if row.day:
        told.append(f"{compared.word[0]} van {short(date.fromisoformat(row.day))}")
    if row.kind:
        told.append(row.kind)
    if row.clients is not None:
        told.append(counted(row.clients, "cliënt", "cliënten"))
    if printed := printed_of(row):
        told.append(f"{printed}; uit de items volgt wat hier staat")
    return f"{OWN} " * row.own + " · ".join(told)


def of_pair(compared: Compared, row: ChangeRow) -> str:
    """All that an organisation at the begin and at the end says."""
    change = compared.change
    assert change is not None
    before, after = (number(value, compared.places) for value in (row.before, row.after))
    told = [
        row.label,
        f"{change.before_title} {before}" + (f" ({row.before_band})" if row.before_band else ""),
        f"{change.after_title} {after}" + (f" ({row.after_band})" if row.after_band else ""),
    ]
    if row.difference is None:
        told.append(row.why or "geen verschil te berekenen")
    else:
        told.append(f"verschil {number(row.difference, compared.places, sign=True)}")
        told.append(f"over {row.items} van {row.of} items" if row.items != row.of else f"over alle {row.of} items")
    if printed := printed_at_end(compared, row):
        told.append(printed)
    return f"{OWN} " * row.own + " · ".join(told)


def of_change(change: Change, line: ChangeLine) -> str:
    """All that an item at the begin and at the end says."""
    told = [
        ended(line_name(line)),
        f"{capital(change.before_title)} {number(line.before)}, {change.after_title} {number(line.after)}, "
        f"verschil {number(line.difference, sign=True)}.",
    ]
    for title, printed, other in (
        (change.before_title, line.printed_before, line.before_differs),
        (change.after_title, line.printed_after, line.after_differs),
    ):
        if other and printed is not None:
            told.append(f"{DIFFERS} {capital(title)}: gedrukt staat {dutch(printed)}.")
    told.append(f"{line.rose} hoger, {line.same} gelijk, {line.fell} lager.")
    if line.missing:
        told.append(f"{counted(line.missing, 'organisatie', 'organisaties')} niet beide keren een score.")
    return " ".join(told)


def of_line(compared: Compared, line: Line) -> str:
    """All that the distribution of an item says."""
    return " ".join(_of_line(compared, line))


def _of_line(compared: Compared, line: Line) -> Iterator[str]:
    found = line.spread
    places = 0 if line.section else compared.places
    yield ended(line_name(line))
    if found.n:
        figures = f"Laagste {number(found.minimum, places)}, mediaan {number(found.median, places)}, "
        figures += f"hoogste {number(found.maximum, places)}, gemiddelde {number(found.mean)}"
        yield f"{figures}{_printed(line.printed, line.differs)}."
    if found.quartiles:
        yield f"Onderste kwart {number(found.quartiles.lower)}, bovenste kwart {number(found.quartiles.upper)}."
    yield f"{found.n} met een score, {found.missing} zonder."
    if compared.own is not None:
        own = next(place for place, row in enumerate(compared.rows) if row.own)
        mark = line.marks[own]
        if line.place is None:
            yield f"{OWN} {compared.own.label} heeft hier geen score."
        else:
            place = line.place
            told = f"{place.lower} lager, {place.same} gelijk, {place.higher} hoger"
            yield f"{OWN} {compared.own.label} {number(mark, places)}: {told}."


def _printed(printed: Decimal | None, differs: bool) -> str:
    return f" ({DIFFERS} gedrukt {dutch(printed)})" if differs and printed is not None else ""
