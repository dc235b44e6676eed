"""A time line of two instruments as lines of a given width: pairs of items below the days on which each was scored."""

from __future__ import annotations

from collections.abc import Iterator

from kwartier.reports.document import Block, Bullets, Callout, Heading, Paragraph, Table
from kwartier.reports.phrases import ended
from kwartier.text import cells, one_line
from kwartier.tui.widgets.document_lines import Laid, Place, block_lines, wrapped
from kwartier.tui.widgets.document_lines import Line as Drawn
from kwartier.workspace import series_words as words
from kwartier.workspace.timeline import READING, Line, TimeLine

WIDE, CLOSE = 13, 9
"""Cells of a column with its day in full, and with its month: where there is no room for days."""

NAME = 16
"""Cells of the title of an item at least; where there is no room for it, scores stand below it in a row."""

BAR = "┊"
"""Stands in the line of time where an instrument was not used."""


def laid_out(lines: list[TimeLine], width: int) -> Laid:
    """All time lines of an organisation, one below the other."""
    made: list[Drawn] = []
    headings: list[Place] = []

    def put(block: Block) -> None:
        if made:
            made.append(())
        if isinstance(block, Heading):
            headings.append(Place(len(made), block.level, block.text))
        made.extend(block_lines(block, width))

    for line in lines:
        drawing = _Drawing(line, width)
        for block in _opening(line):
            put(block)
        if not drawing.column:
            put(_measured(line))
        made += [*drawing.days(), *drawing.pairs()]
        if line.alone:
            put(Heading(1, "Niet gemeten in het andere instrument"))
            made += drawing.alone()
        if line.left:
            put(Heading(1, "Items waarover deze lezing niets zegt"))
            made += [(), *drawing.left()]
        for block in _closing(line, measured=bool(drawing.column)):
            put(block)
    return Laid(made, headings)


def _opening(line: TimeLine) -> Iterator[Block]:
    yield Heading(2, f"{' en '.join(line.shorts.values())} op één tijdlijn")
    if line.trouble:
        yield Callout("warning", f"Wat bij elkaar hoort is niet te lezen: {line.trouble}")
        return
    yield Callout("note", READING)
    if scales := words.scales_of(line):
        yield Paragraph(f"Schalen: {ended('; '.join(scales))}")
    if told := words.remarks(line):
        yield Bullets(tuple(told))


def _measured(line: TimeLine) -> Table:
    return Table("Metingen", ("Datum", "Instrument", "Bijzonderheden"), tuple(words.moments(line)))


def _closing(line: TimeLine, *, measured: bool) -> Iterator[Block]:
    if measured and line.moments:
        yield Heading(1, "De metingen")
        yield _measured(line)
    if line.note:
        yield Heading(1, "Over deze lezing")
        yield Paragraph(line.note)


class _Drawing:
    """Draws rows with a column for every measurement, where there is room for that."""

    def __init__(self, line: TimeLine, width: int) -> None:
        self.line, self.width = line, width
        self.number = max(
            (cells(self._number(one)) for pair in line.pairs for one in (pair.own, pair.other)), default=8
        )
        self.number = max(
            [self.number, *(cells(self._number(one)) for one in (*(a.line for a in line.alone), *line.left))]
        )
        self.number = min(self.number + 2, max(width // 3, 8))
        count = len(line.moments)
        self.column = next((one for one in (WIDE, CLOSE) if width - self.number - count * one >= NAME), 0)
        self.title = min(width - self.number - count * self.column, 50)

    def _number(self, one: Line) -> str:
        return words.named(self.line, one.instrument, one.item)

    def days(self) -> Iterator[Drawn]:
        """The days above the columns, with which instrument it was."""
        if not self.column or not self.line.moments:
            return
        lead = " " * (self.number + self.title)
        told = [
            day if self.column == WIDE else f"{day.split()[-2]} {day.split()[-1]}"
            for day, _, _ in words.moments(self.line)
        ]
        yield ()
        yield ((lead + "".join(f"{one_line(one, self.column - 1):<{self.column}}" for one in told), "strong"),)
        shorts = [one.short for one in self.line.moments]
        yield ((lead + "".join(f"{one_line(one, self.column - 1):<{self.column}}" for one in shorts), "muted"),)

    def pairs(self) -> Iterator[Drawn]:
        """The items that belong beside each other, and why."""
        for pair in self.line.pairs:
            yield ()
            yield from self._row(pair.own)
            yield from self._row(pair.other)
            yield from self._remark(f"{words.relation(self.line, pair)}: {ended(pair.reason)}")

    def alone(self) -> Iterator[Drawn]:
        """The items that one of the two does not measure."""
        for one in self.line.alone:
            yield ()
            yield from self._row(one.line)
            yield from self._remark(words.unmatched(self.line, one))

    def left(self) -> Iterator[Drawn]:
        """The items that nothing is said about."""
        for one in self.line.left:
            yield from self._row(one)

    def _row(self, one: Line) -> Iterator[Drawn]:
        number = one_line(self._number(one), self.number - 1)
        lead = number + " " * (self.number - cells(number))
        told = [words.score(answer) for answer in one.answers]
        if not self.column:
            title = one_line(one.title, self.width - self.number)
            yield ((lead, "strong"), (title, ""))
            yield from self._remark(" → ".join(filter(None, told)) or "geen scores")
            return
        title = one_line(one.title, self.title - 1)
        spans = [(lead, "strong"), (title + " " * (self.title - cells(title)), "")]
        for text, moment in zip(told, self.line.moments, strict=True):
            own = moment.instrument == one.instrument
            spans.append((f"{text or ('–' if own else BAR):<{self.column}}", "strong" if text else "muted"))
        yield tuple(spans)

    def _remark(self, text: str) -> Iterator[Drawn]:
        indent = min(self.number, max(self.width - 30, 0))
        for part in wrapped(text, self.width - indent):
            yield ((" " * indent, ""), (part, "muted"))
