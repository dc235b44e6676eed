"""Items as rows of a figure: how much they rose or fell, and how the scores of all organisations lie on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from kwartier.analysis.compared import Change, ChangeLine, Compared, Line
from kwartier.reports.organisations_bars import MARK, OWN, dots, ends, largest, marked, signed
from kwartier.reports.organisations_figures import number
from kwartier.text import cells
from kwartier.tui.screens import organisations_compared_words as words
from kwartier.tui.screens.organisations_compared_rows import SCORE, Columns, half_of, named, sides
from kwartier.tui.widgets.figure_lines import Figure, FigureRow, heading
from kwartier.tui.widgets.lines import Cell

COUNT, SMALL, PLACE = 4, 5, 7
"""Cells of a number of organisations, of a figure where many stand beside each other, and of an own place."""

ROOMY = 110
"""From this width on the mean and the own place have columns."""

FEW = 7
"""So many scores of a scale have a column each; longer scales are drawn as a line."""


# -- the fourth figure


def differences(compared: Compared, change: Change) -> Figure:
    """How much each item rose or fell; sections and the total stand below."""
    items = change.items_by_difference()
    every = [*items, *change.sections, *([change.total] if change.total else [])]
    most = largest(line.difference for line in every)
    count = max(cells(str(len(change.rows))) + 2, COUNT)
    columns = Columns([words.item_name(line) for line in every], 3 * SCORE + 1 + count)
    places = {line.id: place for place, line in enumerate(compared.items)}

    def drawn(line: ChangeLine, width: int) -> list[Cell]:
        name, room = columns.of(width)
        return [
            *named(words.item_name(line), False, name),
            _ended(number(line.before), line.before_differs),
            _ended(number(line.after), line.after_differs),
            Cell(number(line.difference, sign=True), SCORE + 1),
            Cell(str(line.n), count),
            Cell(signed(line.difference, most, half_of(room)), room),
        ]

    def head(width: int) -> list[Cell]:
        name, room = columns.of(width)
        told = (Cell("begin", SCORE), Cell("eind", SCORE), Cell("versch.", SCORE + 2), Cell("n", count))
        return [*named("Item", False, name), *told, *sides(room - 1)]

    def row(key: str, line: ChangeLine) -> FigureRow:
        return FigureRow(key, partial(drawn, line), partial(words.of_change, change, line))

    def rows(width: int) -> Iterator[FigureRow]:
        for line in items:
            yield row(f"item:{places[line.id]}" if line.id in places else f"changed:{line.id}", line)
        if change.sections:
            yield heading("")
            yield heading(f"Per {compared.section_word}")
            yield from (row(f"changed:{line.id}", line) for line in change.sections)
        if change.total:
            yield heading("")
            yield row("total", change.total)

    some = any(line.before_differs or line.after_differs for line in every)
    return Figure(
        f"Verschil per item, van {change.before_title} naar {change.after_title}.",
        words.joined(words.pairs(compared, change), PRINTED if some else ""),
        head,
        lambda width: list(rows(width)),
    )


PRINTED = f"{words.DIFFERS} een ander getal is gedrukt; wijs de regel aan."


def _ended(figure: str, differs: bool) -> Cell:
    return Cell(f"{figure} {words.DIFFERS}" if differs else figure, SCORE, "warning" if differs else "")


# -- distributions


class _Distributions:
    """Draws lines in columns that fit the width."""

    def __init__(self, compared: Compared) -> None:
        self.compared = compared
        self.every = [*compared.items, *compared.sections, *([compared.total] if compared.total else [])]
        self.names = [words.item_name(line) for line in self.every]
        self.own = next((place for place, row in enumerate(compared.rows) if row.own), None)
        self.low, self.high = ends(compared)
        self.differs = 2 if any(line.differs for line in self.every) else 0
        self.count = max(cells(str(len(compared.rows))) + 2, COUNT)
        self.scores: Sequence[int] = ()
        if compared.low is not None and compared.high is not None and compared.high - compared.low < FEW:
            self.scores = range(compared.low, compared.high + 1)

    def of(self, width: int) -> tuple[int, int]:
        """The cells of the name and of the marks."""
        fixed = 3 * SMALL + self.count + SMALL + self.differs
        if width >= ROOMY:
            fixed += SMALL + (SMALL + 3 * PLACE if self.own is not None else 0)
        name, room = Columns(self.names, fixed).of(width)
        return name, room - room % len(self.scores) if self.scores else room

    def marks(self, line: Line, room: int) -> list[Cell]:
        """A mark for every organisation: in a column for each score, else on a line."""
        if not (self.scores and line.section):
            return [Cell(dots(line, self.low, self.high, self.own, room - 1), room)]
        wide = room // len(self.scores)
        drawn = [marked(line, score, self.own, wide - 1) for score in self.scores]
        # A large number beside the sign of one's own goes without its mark.
        return [Cell(text if cells(text) < wide else text.removesuffix(MARK), wide) for text in drawn]

    def drawn(self, line: Line, width: int) -> list[Cell]:
        name, room = self.of(width)
        found, places = line.spread, 0 if line.section else self.compared.places
        told = [
            *named(words.item_name(line), False, name),
            *self.marks(line, room),
            *(Cell(number(one, places), SMALL) for one in (found.minimum, found.median, found.maximum)),
        ]
        if width >= ROOMY:
            told.append(Cell(number(found.mean), SMALL))
        told.append(Cell(words.DIFFERS if line.differs else "", self.differs, "warning"))
        told += [Cell(str(found.n), self.count), Cell(str(found.missing or ""), SMALL)]
        return [*told, *self._place(line, places)] if width >= ROOMY and self.own is not None else told

    def _place(self, line: Line, places: int) -> Iterator[Cell]:
        assert self.own is not None
        yield Cell(number(line.marks[self.own], places), SMALL, "strong")
        place = line.place
        for one in (place.lower, place.same, place.higher) if place is not None else ():
            yield Cell(str(one), PLACE)

    def head(self, width: int) -> list[Cell]:
        name, room = self.of(width)
        wide = room // len(self.scores) if self.scores else room
        scale = [Cell(str(score), wide) for score in self.scores] or [Cell("", room)]
        told = [*named("Item", False, name), *scale, Cell("laag", SMALL), Cell("med.", SMALL), Cell("hoog", SMALL)]
        if width >= ROOMY:
            told.append(Cell("gem.", SMALL))
        told += [Cell("", self.differs), Cell("n", self.count), Cell("geen", SMALL)]
        if width >= ROOMY and self.own is not None:
            told += [Cell(OWN, SMALL), *(Cell(word, PLACE) for word in ("lager", "gelijk", "hoger"))]
        return told

    def row(self, key: str, line: Line) -> FigureRow:
        """A row with all it says."""
        return FigureRow(key, partial(self.drawn, line), partial(words.of_line, self.compared, line))

    def rows(self) -> Iterator[FigureRow]:
        """The items below their sections, those of none after them, the total last."""
        numbered = list(enumerate(self.compared.items))
        sections = {line.id for line in self.compared.sections}
        for place, section in enumerate(self.compared.sections):
            if place:
                yield heading("")
            yield heading(f"{section.id}  {section.title}")
            yield from (self.row(f"item:{n}", line) for n, line in numbered if line.section == section.id)
            yield self.row(f"section:{place}", section)
        rest = [self.row(f"item:{n}", line) for n, line in numbered if line.section not in sections]
        if rest and sections:
            yield heading("")
        yield from rest
        if self.compared.total is not None:
            yield heading("")
            yield self.row("total", self.compared.total)


def distributions(compared: Compared) -> Figure:
    """Every organisation a mark, with least, median and most."""
    drawing = _Distributions(compared)
    told = [
        f"{MARK} een organisatie, 12{MARK} twaalf" if drawing.scores else f"{MARK} een organisatie, 2-9 zoveel, + meer"
    ]
    if compared.own is not None:
        told.append(f"{OWN} {compared.own.label}")
    told.append("enter toont wie")
    told += [PRINTED] if drawing.differs else []
    return Figure(
        f"Verdeling per item over {len(compared.rows)} organisaties.",
        "; ".join(told) if drawing.differs else f"{'; '.join(told)}.",
        drawing.head,
        lambda width: list(drawing.rows()),
    )
