"""What is counted or stands in groups, as rows of a figure: answers without order, and groups beside one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from kwartier.analysis.compared import Answers, Compared, Group, Line
from kwartier.analysis.distribution import Spread
from kwartier.reports.organisations import left_out_words
from kwartier.reports.organisations_bars import OWN, bar, ends
from kwartier.reports.organisations_figures import line_name, number, option_words, short_name
from kwartier.reports.phrases import NOTHING, capital, counted, ended
from kwartier.text import cells
from kwartier.tui.screens import organisations_compared_words as words
from kwartier.tui.screens.organisations_compared_rows import SCORE, SIGNS, Columns, named
from kwartier.tui.widgets.document_lines import wrapped
from kwartier.tui.widgets.figure_lines import Figure, FigureRow, heading, remark
from kwartier.tui.widgets.lines import Cell


class _Line(NamedTuple):
    """A row of a grid."""

    key: str
    name: str
    own: bool
    texts: Sequence[str]
    detail: Callable[[], str]


def _grid(width: int, first: str, titles: Sequence[str], lines: Sequence[_Line]) -> Iterator[FigureRow]:
    """Names with columns; where not all columns fit, the names are repeated with the next ones."""
    wide = max((cells(title) for title in titles), default=1) + 2
    wide = max(wide, *(max(map(cells, line.texts), default=0) + 2 for line in lines[:1]), SCORE - 2)
    name, room = Columns([line.name for line in lines], 0).of(width)
    longest = max((cells(line.name) for line in lines), default=0) + 2
    if SIGNS + longest + wide * len(titles) <= width:
        name, room = max(longest, cells(first) + 2), wide * len(titles)
    fit = max(room // wide, 1)
    for start in range(0, len(titles), fit):
        part = slice(start, start + fit)
        if start:
            yield heading("")
        yield FigureRow("", partial(_head, first, name, wide, titles[part]))
        yield from (FigureRow(line.key, partial(_row, line, name, wide, part), line.detail) for line in lines)


def _head(first: str, name: int, wide: int, titles: Sequence[str], width: int) -> list[Cell]:
    return [Cell("", SIGNS), Cell(first, name, "muted"), *(Cell(title, wide, "muted") for title in titles)]


def _row(line: _Line, name: int, wide: int, part: slice, width: int) -> list[Cell]:
    return [*named(line.name, line.own, name), *(Cell(text, wide) for text in line.texts[part])]


# -- answers that have no order


def answers(compared: Compared) -> Figure:
    """How often each answer was given to each item, and what every organisation answered."""
    if not compared.answers:
        return Figure("Antwoorden", "Dit instrument heeft geen antwoorden zonder volgorde.")
    return Figure(
        "Antwoorden zonder volgorde: geteld per item, en wat elke organisatie antwoordde.",
        "Een gemiddelde ervan bestaat niet. Enter op een item toont wie wat antwoordde.",
        None,
        lambda width: list(_answers(compared, width)),
    )


def _answers(compared: Compared, width: int) -> Iterator[FigureRow]:
    numbered = list(enumerate(compared.answers))
    for scale in dict.fromkeys(one.scale for one in compared.answers):
        own = [(place, one) for place, one in numbered if one.scale == scale]
        yield from map(remark, wrapped(", ".join(option_words(own[0][1])), width - 4))
        yield heading("")
        counts = [
            _Line(
                f"answers:{place}",
                short_name(one),
                False,
                [*(str(count) for count in one.tally.counts), str(one.tally.missing)],
                partial(_counted, one),
            )
            for place, one in own
        ]
        yield from _grid(width, "Geteld per item", [*map(str, own[0][1].options), "geen"], counts)
        yield heading("")
        titles = [f"{one.id} {one.part}".strip() for _, one in own]
        yield from _grid(width, "Per organisatie", titles, _by_row(compared, [one for _, one in own]))
        yield heading("")


def _by_row(compared: Compared, own: Sequence[Answers]) -> list[_Line]:
    return [
        _Line(
            f"row:{place}",
            row.label,
            row.own,
            [NOTHING if one.marks[place] is None else str(one.marks[place]) for one in own],
            partial(words.of_row, compared, row),
        )
        for place, row in enumerate(compared.rows)
    ]


def _counted(one: Answers) -> str:
    told = ", ".join(f"{option} {count}" for option, count in zip(option_words(one), one.tally.counts, strict=True))
    return f"{ended(line_name(one))} {told}; {one.tally.missing} zonder antwoord."


# -- groups


def groups(compared: Compared) -> Figure:
    """The groups beside one another."""
    by = "soort" if compared.grouped_by == "kind" else "omvang"
    hidden = f"Niet getoond: {ended(left_out_words(compared.hidden, 4))}" if compared.hidden is not None else ""
    if not compared.groups:
        return Figure(f"Groepen naar {by}", hidden or "Er zijn geen groepen.")
    return Figure(f"Groepen naar {by}", hidden, None, lambda width: list(_groups(compared, width)))


def _groups(compared: Compared, width: int) -> Iterator[FigureRow]:
    yield FigureRow("", partial(_group_head, compared))
    for place, group in enumerate(compared.groups):
        yield FigureRow(f"group:{place}", partial(_group, compared, place), partial(_of_group, compared, group))
    per_item = [group.items for group in compared.groups]
    per_section = [group.sections for group in compared.groups]
    yield from _means(compared, width, "Gemiddelde per item", ("item", compared.items), per_item)
    title = f"Gemiddelde per {compared.section_word}"
    yield from _means(compared, width, title, ("section", compared.sections), per_section)


def _means(
    compared: Compared,
    width: int,
    title: str,
    lines: tuple[str, Sequence[Line]],
    columns: Sequence[Sequence[Spread]],
) -> Iterator[FigureRow]:
    """The means of items or sections, group by group."""
    if not lines[1]:
        return
    yield heading("")
    told = [
        _Line(
            f"{lines[0]}:{place}",
            words.item_name(line),
            False,
            [number(column[place].mean) for column in columns],
            partial(words.of_line, compared, line),
        )
        for place, line in enumerate(lines[1])
    ]
    yield from _grid(width, title, [_letter(place) for place in range(len(columns))], told)


def _letter(place: int) -> str:
    """What a group is called above a column; its title stands above."""
    return f"({place + 1})"


def _titles(compared: Compared) -> list[str]:
    return [f"{_letter(place)} {capital(group.title)}" for place, group in enumerate(compared.groups)]


_FIGURES = ("n", "laag", "med.", "hoog", "gem.")


def _columns(compared: Compared) -> Columns:
    return Columns(_titles(compared), len(_FIGURES) * SCORE)


def _group_head(compared: Compared, width: int) -> list[Cell]:
    name, room = _columns(compared).of(width)
    told = [Cell(title, SCORE, "muted") for title in _FIGURES]
    return [Cell("", SIGNS), Cell("Totaal per groep", name, "muted"), *told, Cell("gemiddelde", room, "muted")]


def _group(compared: Compared, place: int, width: int) -> list[Cell]:
    group = compared.groups[place]
    name, room = _columns(compared).of(width)
    found = group.total
    told = [found.minimum, found.median, found.maximum, found.mean] if found else []
    drawn = bar(found.mean, *ends(compared), room - 1) if found else ""
    return [
        *named(_titles(compared)[place], group.own, name),
        Cell(str(group.n), SCORE),
        *(Cell(number(one, compared.places), SCORE) for one in told),
        Cell(drawn, room),
    ]


def _of_group(compared: Compared, group: Group) -> str:
    told = [ended(f"{capital(group.title)}: {counted(group.n, 'organisatie', 'organisaties')}")]
    if group.own and compared.own is not None:
        told.append(f"{OWN} {compared.own.label} hoort hierbij.")
    if group.small:
        told.append("Een kleine groep, getoond omdat u bevoegd bent.")
    told.append(words.bands(group.bands))
    names = [compared.rows[place].label for place in group.members]
    told.append(ended(", ".join(names)) if names else "")
    return " ".join(filter(None, told))
