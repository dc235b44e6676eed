"""Measurements over time as lines of a given width: a bar per section and item, below it what a reader has to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from kwartier.analysis.answers import Answer
from kwartier.analysis.change import MeanChange
from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import NO_TOTAL, Mean, Unknown
from kwartier.analysis.series import ItemSeries, MeanSeries
from kwartier.instrument.model import Scale
from kwartier.reports.comparison import difference_words
from kwartier.reports.document import Heading
from kwartier.reports.phrases import answer_words, counted, places_of, scales
from kwartier.text import cells, one_line
from kwartier.tui.widgets.bars import series_bar
from kwartier.tui.widgets.document_lines import Laid, Line, Place, block_lines, wrapped
from kwartier.workflow.outcome import sections_of
from kwartier.workspace.series import OverTime
from kwartier.workspace.series_words import below, days, goal_items, titles, waiting, with_days

NUMBER, SCORE, DAY, DIFFERENCE = 5, 5, 13, 6
"""Cells of the columns with a number of an item, a score, a score below its day, a difference."""

ROOMY, COUNT = 110, 20
"""From this width on, over how many items a mean is stands beside it, in so many cells; else below it."""

NARROWEST = 8
"""Cells of a bar at least; where there is no room for one, the scores alone stand there."""

DRAWN = (1, 2, 3, 4, 5)
"""The values of a scale that is drawn as a bar; of others the answers are told in words."""


def laid_out(found: OverTime, width: int) -> Laid:
    """Everything, from the bars to what became of the actions."""
    lines: list[Line] = []
    headings: list[Place] = []
    if why := waiting(found):
        lines += [(), *(((one, ""),) for one in wrapped(why, width))]
    else:
        drawing = _Drawing(found, width)
        lines += drawing.legend()
        lines += _sections(found, drawing)
    for block in below(found):
        lines.append(())
        if isinstance(block, Heading):
            headings.append(Place(len(lines), block.level, block.text))
        lines += block_lines(block, width)
    return Laid(lines, headings)


def _sections(found: OverTime, drawing: _Drawing) -> Iterator[Line]:
    contents = [one.seen.content for one in found.measured]
    members, goals = sections_of(contents), goal_items(found)
    rows = {one.item: one for one in found.series.items if one.item not in goals}
    names = {section.id: section.short or section.title for content in contents for section in content.section}
    for mean in found.series.sections:
        yield ()
        yield from drawing.mean(mean, mean.section or "", names.get(mean.section or "", ""))
        for item in members.get(mean.section or "", ()):
            if item in rows:
                yield from drawing.item(rows[item])
    total = contents[-1].total
    if total is not None and total.method != "none":
        yield ()
        yield from drawing.mean(found.series.total, "", total.title)


class _Drawing:
    """Draws rows in columns that fit the width. Of two the scores stand at the ends of the bar, of more before it."""

    def __init__(self, found: OverTime, width: int) -> None:
        contents = [one.seen.content for one in found.measured]
        self.found, self.width = found, width
        self.days = days(found)
        self.titles = titles(found)
        self.scales = [scales(content) for content in contents]
        self.places = places_of(contents[-1])
        self.aside = width >= ROOMY
        heads = [section.short or section.title for content in contents for section in content.section]
        heads.append(contents[-1].total.title if contents[-1].total else "")
        self.two = len(contents) == 2
        self.score = SCORE
        if not self.two and self._room(DAY) >= 60:
            self.score = DAY
        room = max(self._room(self.score), 2 * NARROWEST)
        self.title = min(max((cells(one) for one in (*self.titles.values(), *heads)), default=10) + 2, room * 9 // 20)
        self.bar = min(room - self.title, 61)
        self.listed = self._room(self.score) < 2 * NARROWEST
        "Whether there are too many to have a column each."
        if self.listed:
            self.title = max(min(self.title, width - NUMBER - DIFFERENCE), NARROWEST)

    def _room(self, score: int) -> int:
        """Cells for the title and the bar."""
        return self.width - NUMBER - len(self.days) * score - DIFFERENCE - 4 - (COUNT if self.aside else 0)

    def legend(self) -> Iterator[Line]:
        """What the marks mean, and which column is which measurement."""
        if self.two:
            then, now = self.days
            told = f"● {then}   ▶ ◀ {now}   ● zonder pijl: gelijk, of niet te vergelijken"
        else:
            told = (
                f"● {self.days[0]}   ○ daartussen   ▶ ◀ {self.days[-1]}   ● zonder pijl: gelijk, of niet te vergelijken"
            )
        yield from (((one, "muted"),) for one in wrapped(told, self.width))
        if self.two or self.listed:
            return
        heads = list(self.days)
        if self.score < DAY:
            heads = [f"({number})" for number in range(1, len(self.days) + 1)]
            # What belongs together stays on one line.
            named = [
                f"{head} {day}".replace(" ", "\N{NO-BREAK SPACE}") for head, day in zip(heads, self.days, strict=True)
            ]
            which = "   ".join(named)
            yield from (((one, "muted"),) for one in wrapped(which, self.width))
        row = "".join(f"{one_line(head, self.score - 1):>{self.score - 1}} " for head in heads)
        yield ((" " * (NUMBER + self.title) + row, "muted"),)

    def mean(self, one: MeanSeries, number: str, title: str) -> Iterator[Line]:
        """A mean over the items that were scored every time, with over how many that is."""
        head = self._head(number, title, "strong")
        values = [mean.value for mean in one.common if isinstance(mean, Mean)]
        change = one.whole.difference
        if change is None or len(values) < len(self.days):
            why = next((mean.why for mean in (one.whole.after, *one.common) if isinstance(mean, Unknown)), "")
            yield (head, ("" if why == NO_TOTAL else "–", "muted"))
            if why and why != NO_TOTAL:
                yield from self._remark(f"geen gemiddelde om te vergelijken: {with_days(self.found, why)}")
            return
        newest = one.common[-1]
        assert isinstance(newest, Mean)
        count = f"({newest.n} van {counted(newest.of, 'item', 'items')})"
        bar = self._bar(values) if self._is_drawn(values) else " " * self.bar
        told = [dutch(value, self.places) for value in values]
        words = dutch(change, self.places, sign=True)
        beside = [(f"  {count}", "muted")] if self.aside else []
        yield from self._row(head, told, bar, words, change, beside)
        if not self.aside:
            yield from self._remark(count)
        if (other := self._over_others(one.whole, newest)) is not None:
            yield from self._remark(other)

    def _over_others(self, whole: MeanChange, newest: Mean) -> str | None:
        """Said where the difference is over more items than the means beside it."""
        after = whole.after
        if not isinstance(after, Mean) or after.n == newest.n:
            return None
        return f"verschil van eerste en laatste over {after.n} van {counted(after.of, 'item', 'items')}"

    def _is_drawn(self, values: Sequence[Fraction]) -> bool:
        newest = self.scales[-1]
        return all(DRAWN[0] <= value <= DRAWN[-1] for value in values) and all(
            _drawn(scale) for key, scale in newest.items() if not key[1] and scale.kind == "ordinal"
        )

    def item(self, one: ItemSeries) -> Iterator[Line]:
        """An item: a bar, or the answers in words."""
        head = self._head(one.item, self.titles.get(one.item, ""), "")
        known = [own.get((one.item, "")) for own in self.scales]
        if any(known) and all(scale is None or _drawn(scale) for scale in known):
            told = [_score(answer) for answer in one.answers]
            bar = self._bar([_value(answer) for answer in one.answers])
            yield from self._row(head, told, bar, difference_words(one.whole), one.whole.difference or 0, [])
        else:
            words = [
                answer_words(answer, scale) if answer else "niet gevraagd"
                for answer, scale in zip(one.answers, known, strict=True)
            ]
            lines = wrapped(" → ".join(words), self.width - NUMBER - self.title)
            yield (head, (lines[0], ""))
            for line in lines[1:]:
                yield ((" " * (NUMBER + self.title), ""), (line, ""))
        if self.two and one.whole.why:
            yield from self._remark(one.whole.why)

    def _head(self, number: str, title: str, look: str) -> tuple[str, str]:
        text = f"{one_line(number, NUMBER - 1):<{NUMBER - 1}} "
        name = one_line(title, self.title - 1)
        return text + name + " " * (self.title - cells(name)), look

    def _bar(self, values: Sequence[Fraction | int | None]) -> str:
        return "" if self.listed else series_bar(values, DRAWN[0], DRAWN[-1], self.bar)

    def _row(
        self,
        head: tuple[str, str],
        told: Sequence[str],
        bar: str,
        words: str,
        change: Fraction | int,
        beside: Iterable[tuple[str, str]],
    ) -> Iterator[Line]:
        look = "up" if change > 0 else "down" if change < 0 else "muted"
        difference = (f"{words:>{DIFFERENCE}}", look)
        if self.listed:
            yield (head, difference, *beside)
            yield from self._remark(" → ".join(told))
        elif self.two:
            then, now = told
            yield (head, (f"{then:>{SCORE - 1}} ", ""), (bar, look), (f" {now:<{SCORE}}", ""), difference, *beside)
        else:
            scores = "".join(f"{one:>{self.score - 1}} " for one in told)
            yield (head, (scores, ""), (f" {bar} ", look), difference, *beside)

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
