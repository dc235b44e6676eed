"""The tables of a comparison of organisations: its figures, the scores themselves, groups, begin and end. No prose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from kwartier.analysis.compared import Answers, BandCount, Change, ChangeLine, Compared, Line
from kwartier.analysis.distribution import Spread
from kwartier.analysis.numbers import dutch
from kwartier.instrument.model import Value
from kwartier.reports.document import Align, Table
from kwartier.reports.organisations_bars import OWN
from kwartier.reports.phrases import NOTHING, capital


def number(value: Fraction | int | None, places: int = 1, *, sign: bool = False) -> str:
    """A figure as it is read; a whole score without decimals, nothing as a dash."""
    if value is None:
        return NOTHING
    whole = Fraction(value).denominator == 1 and places == 0
    return dutch(value, 0 if whole else max(places, 1), sign=sign)


def label(name: str, own: bool) -> str:
    """What an organisation is called in a table."""
    return f"{OWN} {name}" if own else name


def line_name(line: Line | ChangeLine | Answers) -> str:
    """An item or section with its id; the total by its title."""
    part = getattr(line, "part", "")
    return f"{line.id}. {line.title}" if line.id and not part else line.title


def short_name(line: Line | ChangeLine | Answers) -> str:
    """The same for where there is little room."""
    return f"{line.id} {line.short}" if line.id else "Totaal"


def totals(compared: Compared) -> Table:
    """Every organisation with its total and band, from high to low."""
    header = ["Organisatie", compared.total_title or "Totaal"]
    align: list[Align] = ["left", "right"]
    rows = [[label(row.label, row.own), number(row.total, compared.places)] for row in compared.rows]
    if compared.bands:
        header, align = [*header, "Niveau"], [*align, "left"]
        rows = [[*cells, row.band or NOTHING] for cells, row in zip(rows, compared.rows, strict=True)]
    if any(row.printed_total or row.printed_band for row in compared.rows):
        header, align = [*header, "Op papier"], [*align, "left"]
        printed = [f"{row.printed_total.replace('.', ',')} {row.printed_band}".strip() for row in compared.rows]
        rows = [[*cells, text or NOTHING] for cells, text in zip(rows, printed, strict=True)]
    return _table("Gemiddelde per organisatie", header, rows, align)


def bands(counts: Sequence[BandCount], caption: str = "Organisaties per niveau") -> Table:
    """How many organisations are in each band."""
    rows = [[one.title or "geen niveau", str(one.count)] for one in counts]
    return _table(caption, ["Niveau", "Organisaties"], rows, ["left", "right"])


def spreads(
    compared: Compared, lines: Sequence[Line], caption: str, column: str, name: Callable[[Line], str] = line_name
) -> Table:
    """Least, median, most and mean per line, with how many have a score and how many lack one."""
    header = [column, "Laagste", "Mediaan", "Hoogste", "Gemiddelde", "Organisaties", "Zonder score"]
    quartiles = any(line.spread.quartiles for line in lines)
    printed = any(line.printed is not None for line in lines)
    if quartiles:
        header += ["Onderste kwart", "Bovenste kwart"]
    if printed:
        header += ["Gedrukt"]
    rows = []
    for line in lines:
        cells = [name(line), *_spread(line.spread, 0 if line.section else compared.places)]
        if quartiles:
            found = line.spread.quartiles
            cells += [number(found.lower), number(found.upper)] if found else [NOTHING, NOTHING]
        if printed:
            cells += [dutch(line.printed) + (" (anders)" if line.differs else "") if line.printed else NOTHING]
        rows.append(cells)
    return _table(caption, header, rows, _aligned(len(header) - 1))


def _spread(spread: Spread, places: int) -> list[str]:
    return [
        number(spread.minimum, places),
        median_words(spread, places),
        number(spread.maximum, places),
        number(spread.mean, max(places, 1)),
        str(spread.n),
        str(spread.missing),
    ]


def median_words(spread: Spread, places: int) -> str:
    """The median; between two whole scores it has a decimal."""
    return number(spread.median, places if spread.median is None or spread.median.denominator == 1 else 1)


def counted_scores(compared: Compared) -> Table | None:
    """How many organisations have which score on each item; None where the items have different scales."""
    if compared.low is None or compared.high is None or not compared.items:
        return None
    scale = range(compared.low, compared.high + 1)
    rows = [
        [
            line_name(line),
            *(str(sum(mark == score for mark in line.marks)) for score in scale),
            str(line.spread.missing),
        ]
        for line in compared.items
    ]
    header = ["Item", *(str(score) for score in scale), "Zonder score"]
    return _table("Organisaties per score", header, rows, _aligned(len(header) - 1))


def places(compared: Compared, name: Callable[[Line], str] = line_name) -> Table | None:
    """The place of the own organisation, per item and in total; None without one."""
    own = next((number for number, row in enumerate(compared.rows) if row.own), None)
    lines = [*compared.items, *compared.sections, *([compared.total] if compared.total else [])]
    if own is None:
        return None
    rows = [
        [
            name(line),
            number(line.marks[own], 0 if line.section else compared.places),
            *(str(count) for count in (line.place.lower, line.place.same, line.place.higher)),
        ]
        for line in lines
        if line.place is not None
    ]
    header = ["", compared.rows[own].label, "Lager", "Gelijk", "Hoger"]
    return _table("Plaats tussen de anderen", header, rows, ["left", "right", "right", "right", "right"])


def scores(compared: Compared) -> Table:
    """Every score of every organisation."""
    header = ["Organisatie", *(_code(line) for line in compared.items), *(["Totaal"] if compared.total else [])]
    rows = [
        [
            label(row.label, row.own),
            *(number(line.marks[place], 0) for line in compared.items),
            *([number(row.total, compared.places)] if compared.total else []),
        ]
        for place, row in enumerate(compared.rows)
    ]
    return _table("Alle scores", header, rows, _aligned(len(header) - 1))


def answers(compared: Compared) -> Iterator[Table]:
    """Per scale: how often each answer was given to each item, and what every organisation answered."""
    for scale in dict.fromkeys(one.scale for one in compared.answers):
        own = [one for one in compared.answers if one.scale == scale]
        header = ["Item", *option_words(own[0]), "Geen antwoord"]
        rows = [[line_name(one), *map(str, one.tally.counts), str(one.tally.missing)] for one in own]
        yield _table("Antwoorden per item", header, rows, _aligned(len(header) - 1))
        yield answers_by_row(compared, own)


def answers_by_row(compared: Compared, own: Sequence[Answers]) -> Table:
    """What every organisation answered to these items."""
    rows = [
        [label(row.label, row.own), *(_answer(one.marks[place]) for one in own)]
        for place, row in enumerate(compared.rows)
    ]
    header = ["Organisatie", *(_code(one) for one in own)]
    return _table("Antwoorden per organisatie", header, rows, _aligned(len(own), "center"))


def option_words(one: Answers) -> list[str]:
    """The options with what they are called."""
    return [
        str(value) if title == str(value) else f"{value} ({title})"
        for value, title in zip(one.options, one.titles, strict=True)
    ]


def groups(compared: Compared, name: Callable[[Line], str] = line_name) -> Iterator[Table]:
    """The groups beside one another: totals, bands, and the medians of the items."""
    if not compared.groups:
        return
    names = [label(group.title, group.own) for group in compared.groups]
    if compared.total is not None:
        rows = [
            [title, str(group.n), *_spread(group.total, compared.places)[:4]]
            for title, group in zip(names, compared.groups, strict=True)
            if group.total is not None
        ]
        header = ["Groep", "Organisaties", "Laagste", "Mediaan", "Hoogste", "Gemiddelde"]
        yield _table("Totaal per groep", header, rows, _aligned(5))
    columns = [capital(title) for title in names]
    rows = [
        [name(line), *(number(group.items[place].mean) for group in compared.groups)]
        for place, line in enumerate(compared.items)
    ]
    yield _table("Gemiddelde per item en groep", ["Item", *columns], rows, _aligned(len(columns)))


def change_begin(compared: Compared, change: Change) -> Table:
    """The first figure."""
    rows = [
        [label(row.label, row.own), number(row.before, compared.places), row.before_band or NOTHING]
        for row in change.by_begin()
    ]
    caption = f"Gemiddelde per organisatie, {change.before_title}"
    return _table(caption, ["Organisatie", "Gemiddelde", "Niveau"], rows, ["left", "right", "left"])


def change_end(compared: Compared, change: Change) -> Table:
    """The second figure."""
    rows = [
        [
            label(row.label, row.own),
            *(number(value, compared.places) for value in (row.before, row.after)),
            row.after_band or NOTHING,
        ]
        for row in change.by_end()
    ]
    header = ["Organisatie", capital(change.before_title), capital(change.after_title), "Niveau"]
    caption = f"Gemiddelde per organisatie, {change.after_title} naast {change.before_title}"
    return _table(caption, header, rows, ["left", "right", "right", "left"])


def change_rows(compared: Compared, change: Change) -> Table:
    """The third figure."""
    rows = [
        [
            label(row.label, row.own),
            number(row.difference, compared.places, sign=True),
            f"{row.items} van {row.of}" if row.difference is not None else row.why,
        ]
        for row in change.by_difference()
    ]
    return _table(
        "Verschil per organisatie", ["Organisatie", "Verschil", "Over items"], rows, ["left", "right", "left"]
    )


def change_lines(compared: Compared, change: Change) -> Table:
    """The fourth figure, with the total at the end."""
    lines = [*change.items_by_difference(), *([change.total] if change.total else [])]
    printed = any(one is not None for line in lines for one in (line.printed_before, line.printed_after))
    header = ["Item", capital(change.before_title), capital(change.after_title), "Verschil", "Hoger", "Gelijk", "Lager"]
    header += ["Organisaties", *(["Gedrukt"] if printed else [])]
    rows = [[*change_cells(line), *([_printed(line)] if printed else [])] for line in lines]
    return _table("Verschil per item", header, rows, _aligned(len(header) - 1))


def change_cells(line: ChangeLine) -> list[str]:
    """A line of the change: begin, end, difference, how many rose, stayed and fell, and over how many."""
    return [
        line_name(line),
        number(line.before),
        number(line.after),
        number(line.difference, sign=True),
        *(str(count) for count in (line.rose, line.same, line.fell)),
        str(line.n) if not line.missing else f"{line.n} van {line.n + line.missing}",
    ]


def change_sections(compared: Compared, change: Change) -> Table:
    """The same per section."""
    header = [capital(compared.section_word), capital(change.before_title), capital(change.after_title), "Verschil"]
    rows = [change_cells(line) for line in change.sections]
    caption = f"Verschil per {compared.section_word}"
    header += ["Hoger", "Gelijk", "Lager", "Organisaties"]
    return _table(caption, header, rows, _aligned(7))


def change_bands(change: Change) -> Table:
    """How many organisations were in each band at the begin, and how many are at the end."""
    after = {one.title: one.count for one in change.after_bands}
    before = {one.title: one.count for one in change.before_bands}
    rows = [
        [title or "geen niveau", str(before.get(title, 0)), str(after.get(title, 0))]
        for title in sorted(dict.fromkeys([*before, *after]), key=lambda title: not title)
    ]
    header = ["Niveau", capital(change.before_title), capital(change.after_title)]
    return _table("Organisaties per niveau", header, rows, ["left", "right", "right"])


def _printed(line: ChangeLine) -> str:
    told = [
        f"{dutch(printed)}{' (anders)' if other else ''}" if printed is not None else NOTHING
        for printed, other in (
            (line.printed_before, line.before_differs),
            (line.printed_after, line.after_differs),
        )
    ]
    return " en ".join(told)


def _aligned(columns: int, align: Align = "right") -> list[Align]:
    """Names at the left, and so many columns beside them."""
    return ["left", *(align for _ in range(columns))]


def _code(line: Line | Answers) -> str:
    return f"{line.id} {line.part}".strip()


def _answer(value: Value | None) -> str:
    return NOTHING if value is None else str(value)


def _table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]], align: Sequence[Align]) -> Table:
    return Table(caption, tuple(header), tuple(tuple(row) for row in rows), tuple(align))
