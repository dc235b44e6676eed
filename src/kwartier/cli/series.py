"""One organisation over time: `vergelijk` with measurements of one instrument, and `kwartier tijdlijn` across two."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kwartier.analysis.answers import Answer
from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import Mean
from kwartier.analysis.series import MeanSeries
from kwartier.cli.base import Command, answer, opened, table, warn
from kwartier.cli.completing import INSTRUMENT, SLUG
from kwartier.errors import KwartierError
from kwartier.reports.chart_tables import as_table
from kwartier.reports.document import Block, Bullets, Chart, Heading, Table
from kwartier.reports.phrases import places_of
from kwartier.text import cells, one_line
from kwartier.workspace import Workspace
from kwartier.workspace import series_words as words
from kwartier.workspace.series import OverTime
from kwartier.workspace.series_tree import series_tree, timeline_tree
from kwartier.workspace.timeline import READING, Line, TimeLine

BESIDE = 5
"""So many measurements stand in columns of their own; of more the scores stand in one."""

LONGEST, TITLE = 60, 34
"""Cells of a text in a column of a table; and of the title of an item."""


def compare_over_time(refs: tuple[str, ...], auditor: str | None) -> None:
    """Answers what changed over these measurements of one instrument, as `auditor` may see them."""
    with opened() as ws:
        found = ws.over_time(refs, viewer=viewer_of(ws, refs, auditor))
        answer(series_tree(found), lambda: "\n\n".join(_series_parts(found)))


def viewer_of(ws: Workspace, refs: tuple[str, ...], who: str | None) -> str | None:
    """The code of somebody who fills in one of these; who took part in one need not know the others."""
    refusal: KwartierError | None = None
    for ref in refs:
        try:
            return ws.code_of(ref, who)
        except KwartierError as error:
            refusal = refusal or error
    if refusal is not None:
        raise refusal
    return None


def _series_parts(found: OverTime) -> Iterator[str]:
    newest = found.measured[-1].seen
    days = ", ".join(words.days(found))
    yield f"{newest.organisation} – {newest.header.short}, {len(found.measured)} metingen: {days}"
    waiting = words.waiting(found)
    if waiting:
        yield waiting
    else:
        yield _items(found)
        yield from filter(None, (_means(found), words.no_total(found)))
    yield from _blocks(words.below(found))


def _items(found: OverTime) -> str:
    titles = words.titles(found)
    rows = [
        (
            one.item,
            titles.get(one.item, ""),
            *_scores([_shown(each) for each in one.answers]),
            *_signed(one.whole.difference),
        )
        for one in found.series.items
        if one.item not in words.goal_items(found)
    ]
    return table(rows, ("", "Item", *_columns(found), "Verschil"))


def _columns(found: OverTime) -> tuple[str, ...]:
    days = words.days(found)
    return days if len(days) <= BESIDE else ("Scores, van oud naar nieuw",)


def _scores(told: list[str]) -> tuple[str, ...]:
    return tuple(told) if len(told) <= BESIDE else (" → ".join(told),)


def _signed(difference: int | None) -> tuple[str]:
    return ("–" if difference is None else dutch(difference, sign=True),)


def _shown(given: Answer | None) -> str:
    return words.score(given) or "–"


def _means(found: OverTime) -> str:
    places = places_of(found.measured[-1].seen.content)
    rows = [row for mean, title in words.means(found) if (row := _mean_row(mean, title, places))]
    return table(rows, ("", "Gemiddelden", *_columns(found), "Verschil", "")) if rows else ""


def _mean_row(mean: MeanSeries, title: str, places: int) -> tuple[str, ...]:
    whole = mean.whole
    if whole.difference is None or not isinstance(whole.after, Mean):
        return ()
    told = [dutch(one.value, places) if isinstance(one, Mean) else "–" for one in mean.common]
    over = f"over {whole.after.n} van {whole.after.of} {'item' if whole.after.of == 1 else 'items'}"
    return (mean.section or "", title, *_scores(told), dutch(whole.difference, places, sign=True), over)


def _blocks(blocks: Iterator[Block]) -> Iterator[str]:
    """Blocks as plain text; a heading stands with what comes below it."""
    heading = ""
    for block in blocks:
        if isinstance(block, Heading):
            heading = block.text
            continue
        if isinstance(block, Bullets):
            text = "\n".join(f"- {item}" for item in block.items)
        elif isinstance(block, Table | Chart):
            text = _table(as_table(block) if isinstance(block, Chart) else block)
        else:
            text = block.text
        yield f"{heading}\n{text}" if heading else text
        heading = ""


def _table(block: Table) -> str:
    """A table; told row by row where a text in it is too long for a column."""
    if max((cells(cell) for row in block.rows for cell in row), default=0) <= LONGEST:
        return table(list(block.rows), tuple(block.header))
    return "\n".join(
        "\n".join(
            f"{'- ' if not place else '  '}{name}: {' '.join(text.split())}"
            for place, (name, text) in enumerate(zip(block.header, row, strict=True))
        )
        for row in block.rows
    )


# -- two instruments


@click.command(cls=Command)
@click.argument("organisatie", type=SLUG)
@click.option("--instrument", type=INSTRUMENT, metavar="ID", help="Alleen tijdlijnen met dit instrument.")
@click.option("--onderwerp", metavar="CODE", default="", help="Van deze student of praktijkleerplek.")
@click.option("--auditor", metavar="NAAM", help="Wie er kijkt.")
def tijdlijn(organisatie: str, instrument: str | None, onderwerp: str, auditor: str | None) -> None:
    """Zet metingen met twee instrumenten op één tijdlijn, zoals een oud en een nieuw instrument.

    Welke items bij elkaar horen zegt een instrument zelf; het is een lezing van kwartier. Scores worden nooit
    omgerekend.
    """
    with opened() as ws:
        ws.organisation(organisatie)
        refs = tuple(str(ref) for ref in ws.assessments(organisatie))
        viewer = viewer_of(ws, refs, auditor) if auditor else None
        lines = ws.time_lines(organisatie, viewer=viewer, subject=onderwerp, instrument=instrument)
        for line in lines:
            if line.trouble:
                warn(f"Let op: {line.trouble}")
        answer(
            {"timelines": [timeline_tree(line) for line in lines]},
            lambda: "\n\n".join(part for line in lines for part in _line_parts(line)),
        )


def _line_parts(line: TimeLine) -> Iterator[str]:
    yield f"{line.organisation} – {' en '.join(line.shorts.values())} op één tijdlijn"
    if line.trouble:
        yield "Wat bij elkaar hoort is niet te lezen, dus hier staat niets naast elkaar."
        return
    yield "\n\n".join(filter(None, (READING, line.note)))
    if line.moments:
        yield table(words.moments(line), ("Datum", "Instrument", ""))
    if told := words.remarks(line):
        yield "\n".join(told)
    if scales := words.scales_of(line):
        yield f"Schalen: {'; '.join(scales)}."
    yield from _rows(line)


def _rows(line: TimeLine) -> Iterator[str]:
    """Every pair as two rows of one table, with why they belong together below them."""
    every = [
        *(one for pair in line.pairs for one in (pair.own, pair.other)),
        *(one.line for one in line.alone),
        *line.left,
    ]
    if not every:
        return
    head, rows = _laid(line, every)
    yield "\n".join(["Naast elkaar", *head])
    for pair in line.pairs:
        yield "\n".join([rows.pop(0), rows.pop(0), f"{words.relation(line, pair)}: {pair.reason}"])
    told = [f"{rows.pop(0)}\n{words.unmatched(line, one)}" for one in line.alone]
    if told:
        yield "\n\n".join(["Niet gemeten in het andere instrument", *told])
    if line.left:
        yield "\n".join(["Items waarover deze lezing niets zegt", *rows])


def _laid(line: TimeLine, every: list[Line]) -> tuple[list[str], list[str]]:
    """The heading of the columns, and a line for each item."""
    scored = [[words.score(each) for each in one.answers] for one in every]
    names = [(words.named(line, one.instrument, one.item), one_line(one.title, TITLE)) for one in every]
    if len(line.moments) > BESIDE:
        told = [" → ".join(filter(None, row)) or "–" for row in scored]
        return [], [f"{name} {title}: {row}" for (name, title), row in zip(names, told, strict=True)]
    days = [day for day, _, _ in words.moments(line)]
    # What stands in the last column is never wide, so every row is one line; a heading may be more.
    rows = [(*name, *row) for name, row in zip(names, scored, strict=True)]
    laid = table(rows, ("Item", "", *days)).split("\n")
    return laid[: -len(rows)], laid[-len(rows) :]
