"""Organisations side by side as text of 80 columns, with marks and bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kwartier.analysis.compared import Change, ChangeLine, Compared, Line
from kwartier.analysis.numbers import dutch
from kwartier.cli.base import table
from kwartier.reports import organisations_figures as figures
from kwartier.reports.document import Table
from kwartier.reports.organisations import CHANGE_SAYS, NO_RANKING, left_out_words, printed_notes
from kwartier.reports.organisations_bars import BEGIN, END, OWN, bar, ends, largest, marked, signed, track
from kwartier.reports.organisations_figures import number, short_name
from kwartier.reports.phrases import capital, counted
from kwartier.text import cells, one_line

NAME, BAR, HALF, MARKS = 27, 30, 13, 30
"""Columns of a name, a bar, either side of a bar with a middle, and the marks of an item."""


def parts(compared: Compared) -> Iterator[str]:
    """The paragraphs and figures."""
    title = f"{compared.short}, uitgave {compared.texts.edition}"
    yield f"{title}: {counted(len(compared.rows), 'organisatie', 'organisaties')} naast elkaar"
    yield "\n".join([f"Vergeleken: {compared.selection}.", *(f"Let op: {note}" for note in compared.notes)])
    if compared.left_out:
        yield "\n".join(
            ["Niet, of met een kanttekening:", *(f"- {left_out_words(one, 10)}" for one in compared.left_out)]
        )
    yield from _distribution(compared)
    yield from _answers(compared)
    yield from _groups(compared)
    if compared.change is not None:
        yield from _change(compared, compared.change)
    elif compared.change_why:
        yield f"Begin en einde: {compared.change_why}"
    yield NO_RANKING


def _distribution(compared: Compared) -> Iterator[str]:
    low, high = ends(compared)
    if compared.total is not None:
        lines = [
            f"{_name(row.label, row.own)} {number(row.total, compared.places):>5}  "
            f"{bar(row.total, low, high, BAR):<{BAR}} {row.band or ''}".rstrip()
            for row in compared.rows
        ]
        yield "\n".join([f"Gemiddelde per organisatie (schaal {low} tot {high})", *lines, *_bands(compared)])
    if compared.items:
        yield "\n".join(_marks(compared))
    yield _spreads(compared)
    if (places := figures.places(compared, short_name)) is not None:
        yield _table(places)


def _spreads(compared: Compared) -> str:
    """Least, median, most and mean, with how many have a score; quartiles where there are."""
    lines = [*compared.items, *compared.sections, *([compared.total] if compared.total else [])]
    quartiles = any(line.spread.quartiles for line in lines)
    head = ["Spreiding", "laag", *(["kwart"] if quartiles else []), "med.", *(["kwart"] if quartiles else [])]
    rows = []
    for line in lines:
        places = 0 if line.section else compared.places
        found = line.spread
        ends = [number(end) for end in (found.quartiles.lower, found.quartiles.upper)] if found.quartiles else ["", ""]
        cells = [short_name(line), number(found.minimum, places), number(found.median, places)]
        cells = [*cells[:2], ends[0], cells[2], ends[1]] if quartiles else cells
        printed = dutch(line.printed) + (" !" if line.differs else "") if line.printed is not None else ""
        rows.append(
            (*cells, number(found.maximum, places), number(found.mean), str(found.n), str(found.missing), printed)
        )
    head += ["hoog", "gem.", "n", "zonder", "gedrukt" if any(line.printed is not None for line in lines) else ""]
    return table(rows, tuple(head)) if rows else ""


def _bands(compared: Compared) -> list[str]:
    told = [f"{one.title or 'geen niveau'} {one.count}" for one in compared.bands]
    return [f"Niveaus: {', '.join(told)}"] if told else []


def _marks(compared: Compared) -> Iterator[str]:
    """A mark per organisation and item under its score, then least, median, most, and with and without a score."""
    scores: Sequence[int] = ()
    if compared.low is not None and compared.high is not None and compared.high - compared.low < 7:
        scores = range(compared.low, compared.high + 1)
    own = next((place for place, row in enumerate(compared.rows) if row.own), None)
    width = MARKS // len(scores) if scores else 0
    head = "".join(f"{score:<{width}}" for score in scores)
    yield f"{'Elke organisatie een stip':<{NAME}} {head}{'laag':>4}{'med.':>5}{'hoog':>5} zonder"
    for line in compared.items:
        marks = "".join(f"{marked(line, score, own, width):<{width}}" for score in scores)
        spread = line.spread
        missing = f"{spread.missing:>7}" if spread.missing else ""
        figures_ = f"{number(spread.minimum, 0):>4}{number(spread.median, 0):>5}{number(spread.maximum, 0):>5}"
        yield f"{_item(line)} {marks}{figures_}{missing}"


def _answers(compared: Compared) -> Iterator[str]:
    """How often each answer was given, and what every organisation answered."""
    for scale in dict.fromkeys(one.scale for one in compared.answers):
        own = [one for one in compared.answers if one.scale == scale]
        options = [str(value) for value in own[0].options]
        rows = [(short_name(one), *map(str, one.tally.counts), str(one.tally.missing)) for one in own]
        head = ("Antwoorden, geteld", *options, "geen")
        yield f"{table(rows, head)}\n{', '.join(figures.option_words(own[0]))}"
        yield _table(figures.answers_by_row(compared, own))


def _groups(compared: Compared) -> Iterator[str]:
    for found in figures.groups(compared, short_name):
        yield _table(found)
    if compared.hidden is not None:
        yield f"Niet getoond: {left_out_words(compared.hidden, 10)}."


def _change(compared: Compared, change: Change) -> Iterator[str]:
    low, high = ends(compared)
    places = compared.places
    count = counted(len(change.rows), "organisatie", "organisaties")
    yield f"Van {change.before_title} naar {change.after_title}: {count} met beide"
    if told := [*change.notes, *printed_notes(change)]:
        yield "\n".join(f"Let op: {note}" for note in told)
    if change.left_out:
        yield "\n".join(f"- {left_out_words(one, 10)}" for one in change.left_out)
    if change.total is not None:
        begin = [
            f"{_name(row.label, row.own)} {number(row.before, places):>5}  "
            f"{bar(row.before, low, high, BAR):<{BAR}} {row.before_band or ''}".rstrip()
            for row in change.by_begin()
        ]
        yield "\n".join([f"1. Gemiddelde per organisatie, {change.before_title}", *begin])
        end = [
            f"{_name(row.label, row.own)} {number(row.before, places):>5} {number(row.after, places):>5}  "
            f"{track(row.before, row.after, low, high, BAR)} {row.after_band or ''}".rstrip()
            for row in change.by_end()
        ]
        yield "\n".join([f"2. {capital(change.after_title)} ({END}) naast {change.before_title} ({BEGIN})", *end])
        most = largest(row.difference for row in change.rows)
        rows = [
            f"{_name(row.label, row.own)} {number(row.difference, places, sign=True):>5}  "
            f"{signed(row.difference, most, HALF)}".rstrip()
            + (f" ({row.items} van {row.of})" if row.items != row.of else "")
            for row in change.by_difference()
        ]
        yield "\n".join(["3. Verschil per organisatie", *rows])
    lines = [*change.items_by_difference(), *([change.total] if change.total else [])]
    most = largest(line.difference for line in lines)
    head = f"{'4. Verschil per item':<{NAME}}{'begin':>5} {'eind':>5} {'versch.':>7} {'n':>2}"
    yield "\n".join([head, *(_changed(line, most) for line in lines)])
    if change.before_bands:
        yield _table(figures.change_bands(change))
    yield CHANGE_SAYS


def _changed(line: ChangeLine, most: Fraction) -> str:
    ends = f"{number(line.before):>5} {number(line.after):>5} {number(line.difference, sign=True):>5} {line.n:>4}"
    return f"{_item(line)}{ends}  {signed(line.difference, most, HALF)}".rstrip()


def _name(label: str, own: bool) -> str:
    return _padded(f"{OWN} {label}" if own else label)


def _item(line: Line | ChangeLine) -> str:
    part = getattr(line, "part", "")
    return _padded(f"{line.id} {part} {line.short}" if part else short_name(line))


def _padded(text: str) -> str:
    short = one_line(text, NAME)
    return short + " " * (NAME - cells(short))


def _table(found: Table) -> str:
    return f"{found.caption}\n{table(found.rows, found.header)}"
