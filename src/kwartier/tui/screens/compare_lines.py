"""Two measurements as lines of a given width: a bar per section and item, and below it what a reader has to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.analysis.change import ItemChange, MeanChange
from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import NO_TOTAL, Mean
from kwartier.instrument.model import Content, Scale
from kwartier.reports.comparison import actions_since, difference_words
from kwartier.reports.document import Block, Bullets, Heading, Paragraph
from kwartier.reports.phrases import answer_words, counted, ended, places_of, scales
from kwartier.text import cells, one_line
from kwartier.tui.widgets.bars import change_bar
from kwartier.tui.widgets.document_lines import Laid, Line, Place, block_lines, wrapped
from kwartier.workflow.periods import short
from kwartier.workspace import Comparison, Seen

NUMBER, SCORE, DIFFERENCE = 5, 5, 6
"""Cells of the columns with a number of an item, a score, a difference."""

ROOMY, COUNT = 110, 20
"""From this width on, over how many items a mean is stands beside it, in so many cells; else below it."""

DRAWN = (1, 2, 3, 4, 5)
"""The values of a scale that is drawn as a bar; of others both answers are told in words."""


class Compared(Struct, frozen=True, kw_only=True):
    """Two measurements that are compared, as one viewer may see them."""

    before: Seen
    after: Seen
    comparison: Comparison

    @property
    def open(self) -> bool:
        """Whether both have scores to compare: until then no score of either is shown."""
        both = (self.comparison.before, self.comparison.after)
        return all(any(one.given or one.agreed is not None for one in outcome.stands) for outcome in both)

    @property
    def days(self) -> tuple[date, date]:
        """The days of both."""
        return self.before.record.envelope.date, self.after.record.envelope.date


def laid_out(compared: Compared, width: int) -> Laid:
    """Everything, from the bars to what became of the actions."""
    lines: list[Line] = []
    headings: list[Place] = []
    then, now = (short(day) for day in compared.days)
    if compared.open:
        lines += [
            ((one, "muted"),)
            for one in wrapped(f"● {then}   ▶ ◀ {now}   ● zonder pijl: gelijk, of niet te vergelijken", width)
        ]
        lines += _sections(compared, width)
    else:
        why = compared.comparison.after.why or compared.comparison.before.why
        lines += [
            (),
            *(((one, ""),) for one in wrapped(f"De vergelijking volgt zodra er scores zijn: {ended(why)}", width)),
        ]
    for block in _below(compared):
        lines.append(())
        if isinstance(block, Heading):
            headings.append(Place(len(lines), block.level, block.text))
        lines += block_lines(block, width)
    return Laid(lines, headings)


def _sections(compared: Compared, width: int) -> Iterator[Line]:
    old, new = compared.before.content, compared.after.content
    rows = {one.item: one for one in compared.comparison.change.items}
    titles = {item.id: item.short or item.title for item in (*old.items(), *new.items())}
    names = {section.id: section.short or section.title for section in (*old.section, *new.section)}
    members = {section.id: [item.id for item in section.item] for section in new.section}
    known = {item for own in members.values() for item in own}
    for section in old.section:
        members.setdefault(section.id, []).extend(item.id for item in section.item if item.id not in known)
    drawing = _Drawing(compared, width, titles, [*names.values(), new.total.title if new.total else ""])
    for mean in compared.comparison.change.sections:
        yield ()
        yield from drawing.mean(mean, mean.section or "", names.get(mean.section or "", ""))
        for item in members.get(mean.section or "", ()):
            if item in rows:
                yield from drawing.item(rows[item])
    total = new.total
    if total is not None and total.method != "none":
        yield ()
        yield from drawing.mean(compared.comparison.change.total, "", total.title)


class _Drawing:
    """Draws rows in columns that fit the width."""

    def __init__(self, compared: Compared, width: int, titles: dict[str, str], heads: list[str]) -> None:
        self.width = width
        self.titles = titles
        self.old, self.new = scales(compared.before.content), scales(compared.after.content)
        self.places = places_of(compared.after.content)
        room = max(width - NUMBER - 2 * SCORE - DIFFERENCE - 4, 20)
        self.aside = width >= ROOMY
        room -= COUNT if self.aside else 0
        self.title = min(max((cells(one) for one in (*titles.values(), *heads)), default=10) + 2, room * 9 // 20)
        self.bar = min(room - self.title, 61)

    def mean(self, one: MeanChange, number: str, title: str) -> Iterator[Line]:
        """A mean, with over how many items it is."""
        head = self._head(number, title, "strong")
        then, now, change = one.before, one.after, one.difference
        if not isinstance(then, Mean) or not isinstance(now, Mean) or change is None:
            why = getattr(now, "why", "")
            yield (head, ("" if why == NO_TOTAL else "–", "muted"))
            if why and why != NO_TOTAL:
                yield from self._remark(f"geen gemiddelde om te vergelijken: {why}")
            return
        bar = self._bar(then.value, now.value) if self._is_drawn(one) else " " * self.bar
        words = dutch(change, self.places, sign=True)
        count = f"({now.n} van {counted(now.of, 'item', 'items')})"
        row = self._row(dutch(then.value, self.places), bar, dutch(now.value, self.places), words, change)
        yield (head, *row, *([(f"  {count}", "muted")] if self.aside else []))
        if not self.aside:
            yield from self._remark(count)

    def _is_drawn(self, one: MeanChange) -> bool:
        means = (one.before, one.after)
        return all(isinstance(mean, Mean) and DRAWN[0] <= mean.value <= DRAWN[-1] for mean in means) and all(
            _drawn(scale) for key, scale in self.new.items() if not key[1] and scale.kind == "ordinal"
        )

    def item(self, one: ItemChange) -> Iterator[Line]:
        """An item: a bar, or both answers in words."""
        head = self._head(one.item, self.titles.get(one.item, ""), "")
        old, new = self.old.get((one.item, "")), self.new.get((one.item, ""))
        scale = new or old
        if scale is not None and _drawn(scale) and (old is None or new is None or _drawn(old)):
            then, now = _value(one.before), _value(one.after)
            words = difference_words(one)
            scores = (_score(one.before), _score(one.after))
            yield (head, *self._row(scores[0], self._bar(then, now), scores[1], words, one.difference or 0))
        else:
            then_words = answer_words(one.before, old) if one.before else "niet gevraagd"
            now_words = answer_words(one.after, new) if one.after else "niet gevraagd"
            lines = wrapped(f"{then_words} → {now_words}", self.width - NUMBER - self.title)
            yield (head, (lines[0], ""))
            for line in lines[1:]:
                yield ((" " * (NUMBER + self.title), ""), (line, ""))
        if one.why:
            yield from self._remark(one.why)

    def _head(self, number: str, title: str, look: str) -> tuple[str, str]:
        text = f"{one_line(number, NUMBER - 1):<{NUMBER - 1}} "
        name = one_line(title, self.title - 1)
        return text + name + " " * (self.title - cells(name)), look

    def _bar(self, then: Fraction | int | None, now: Fraction | int | None) -> str:
        return change_bar(then, now, DRAWN[0], DRAWN[-1], self.bar)

    def _row(self, then: str, bar: str, now: str, words: str, change: Fraction | int) -> Iterable[tuple[str, str]]:
        look = "up" if change > 0 else "down" if change < 0 else "muted"
        return (f"{then:>{SCORE - 1}} ", ""), (bar, look), (f" {now:<{SCORE}}", ""), (f"{words:>{DIFFERENCE}}", look)

    def _remark(self, text: str) -> Iterator[Line]:
        indent = NUMBER + self.title + SCORE if self.width > NUMBER + self.title + SCORE + 30 else NUMBER
        for line in wrapped(text, self.width - indent):
            yield ((" " * indent, ""), (line, "muted"))


def _drawn(scale: Scale) -> bool:
    return scale.kind == "ordinal" and tuple(option.value for option in scale.options) == DRAWN


def _value(answer: Answer | None) -> int | None:
    value = answer.value if answer is not None else None
    return value if isinstance(value, int) and DRAWN[0] <= value <= DRAWN[-1] else None


def _score(answer: Answer | None) -> str:
    if answer is None or not answer.answered:
        return "–"
    return "ntb" if answer.missing else str(answer.value)


def _below(compared: Compared) -> Iterator[Block]:
    content: Content = compared.after.content
    if compared.open:
        yield Paragraph(
            "Gemiddelden gaan alleen over de items die beide keren een score hebben; daardoor kunnen ze afwijken van "
            "die in het verslag. Een verschil is berekend vóór het afronden."
        )
        if content.report and content.report.before_after:
            yield Paragraph(content.report.before_after)
    if compared.comparison.differs:
        yield Heading(1, "Wat er verschilt tussen de metingen")
        yield Bullets(tuple(ended(text) for text in compared.comparison.differs))
    yield from actions_since(compared.before.record, compared.before.content)
