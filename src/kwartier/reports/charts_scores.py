"""Charts of the scores of one assessment: bars per section and item, begin and end on a line, answers counted.

Their numbers are those of the tables that they stand beside. Layout and drawing are elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from kwartier.analysis.answers import Answer
from kwartier.analysis.change import MeanChange
from kwartier.analysis.numbers import dutch, rounded
from kwartier.analysis.scores import Mean, Unknown
from kwartier.instrument.model import Content, Item, Section
from kwartier.instrument.selection import scale_of
from kwartier.reports.case import Case, Earlier
from kwartier.reports.counts import is_nominal, tallies
from kwartier.reports.document import Chart, ChartRow, long_date
from kwartier.reports.phrases import NOTHING, capital, counted, listed, places_of, section_word
from kwartier.workflow.agreed import agreed_answers
from kwartier.workflow.outcome import Outcome
from kwartier.workflow.periods import short

Ends = tuple[int, int]
Answers = Mapping[str, Answer]


def charts(case: Case, outcome: Outcome) -> Iterator[Chart]:
    """What stands with the overview of all scores: bars, or the answers counted where they have no order."""
    if is_nominal(case.content):
        yield from _counted(case)
        return
    later = has_moments(case)
    before = None if later else case.previous
    if later and case.previous is not None and case.previous.change is not None:
        return  # begin and end stand on one line, with the comparison
    for ends in _scales(case.content):
        yield from _bars(case, outcome, before, ends)


def begin_end(case: Case, before: Earlier) -> Iterator[Chart]:
    """Begin and end of every section and item, where the instrument has moments that are compared."""
    if has_moments(case) and before.change is not None:
        for ends in _scales(case.content):
            yield from _dumbbell(case, before, ends)


def has_moments(case: Case) -> bool:
    """Whether measurements of this instrument belong together as a begin and an end."""
    return any(one.moments for one in case.content.parameter)


def ends_of(content: Content, item: Item, part: str = "") -> Ends | None:
    """The ends of the scale of an item or part; None where its answers have no order."""
    found = next((one for one in item.parts if one.id == part), None)
    scale = scale_of(content, item, found) if found else scale_of(content, item)
    values = [one.value for one in scale.options if isinstance(one.value, int)]
    return (min(values), max(values)) if scale.kind == "ordinal" and len(values) > 1 else None


def item_label(item: Item) -> str:
    """An item as it is called in a chart."""
    return f"{item.id}. {item.short or item.title}"


def _scales(content: Content) -> list[Ends]:
    """Every scale on which items are scored: each has a chart of its own."""
    found = dict.fromkeys(ends_of(content, item) for item in content.items())
    return [ends for ends in found if ends is not None]


def _on_scale(content: Content, section: Section, ends: Ends) -> tuple[list[Item], bool]:
    """The items of a section on one scale, and whether that are all that have a score, so that its mean is on it."""
    own = [item for item in section.item if ends_of(content, item) == ends]
    return own, all(ends_of(content, item) in (ends, None) for item in section.item)


def _value(answer: Answer | None) -> Decimal | None:
    return Decimal(answer.value) if answer is not None and isinstance(answer.value, int) else None


def _words(value: Decimal | None) -> str:
    return NOTHING if value is None else dutch(value)


# -- bars


def _bars(case: Case, outcome: Outcome, before: Earlier | None, ends: Ends) -> Iterator[Chart]:
    content, change = case.content, before.change if before is not None else None
    now = outcome.answers()
    then = {one.item: one.before for one in change.items if one.before is not None} if change is not None else None
    moved = {one.section: one for one in change.sections} if change is not None else {}
    rows: list[ChartRow] = []
    for section in content.section:
        items, whole = _on_scale(content, section, ends)
        mean = outcome.scores.sections.get(section.id)
        if items and whole and isinstance(mean, Mean):
            rows.append(_section_bar(case, section, mean, moved.get(section.id), then is not None))
        rows += [_item_bar(case, item, now.get(item.id), then) for item in items]
    if not any(row.values[-1] is not None for row in rows):
        return
    word = section_word(content)
    series: tuple[str, ...] = (short(case.record.envelope.date),)
    if before is not None and then is not None:
        series = (short(before.record.envelope.date), *series)
    yield Chart(
        kind="bars",
        caption=f"Scores per {word} en item" + (", met die van de vorige keer" if len(series) > 1 else ""),
        alt=" ".join([*_alt(rows, ends, word), *(_moved(before) if before is not None and change is not None else ())]),
        rows=tuple(rows),
        series=series,
        low=Decimal(ends[0]),
        high=Decimal(ends[1]),
        table=True,
    )


def _section_bar(case: Case, section: Section, mean: Mean, change: MeanChange | None, compared: bool) -> ChartRow:
    """The mean of a section; that of the previous time only where it was over the same items."""
    places = places_of(case.content)
    value, told = rounded(mean.value, places), dutch(mean.value, places)
    before: Decimal | None = None
    if compared and change is not None and isinstance(change.before, Mean) and isinstance(change.full_before, Mean):
        if change.full_before.n == change.before.n == mean.n:
            before = rounded(change.full_before.value, places)
            told += f" (was {dutch(change.full_before.value, places)})"
        else:
            told += " (was over andere items)"
    values = (before, value) if compared else (value,)
    return ChartRow(label=f"{section.id}. {section.title}", values=values, told=told, strong=True)


def _item_bar(case: Case, item: Item, answer: Answer | None, then: Answers | None) -> ChartRow:
    value = _value(answer)
    told = _words(value)
    if answer is not None and answer.missing is not None:
        told = scale_of(case.content, item).missing_title
    if then is None:
        return ChartRow(label=item_label(item), values=(value,), told=told)
    before = _value(then.get(item.id))
    if before is not None:
        told += f" (was {_words(before)})"
    return ChartRow(label=item_label(item), values=(before, value), told=told)


def _alt(rows: list[ChartRow], ends: Ends, word: str) -> Iterator[str]:
    """The scale, and what is highest and lowest: of the sections, else of the items."""
    sections = [row for row in rows if row.strong]
    items = [row for row in rows if not row.strong]
    scored = [row for row in items if row.values[-1] is not None]
    yield (
        f"Staven van {counted(len(items), 'item', 'items')} op een schaal van {ends[0]} tot en met {ends[1]}; "
        f"{len(scored)} {'heeft' if len(scored) == 1 else 'hebben'} een score."
    )
    ranked = sections if len(sections) > 1 else scored
    what = word if ranked is sections else "item"
    most, least = (pick(one.values[-1] or Decimal(0) for one in ranked) for pick in (max, min))
    if most == least:
        yield f"Elk {what} met een score staat op {dutch(most)}."
        return
    for which, value in (("hoogst", most), ("laagst", least)):
        names = [row.label for row in ranked if row.values[-1] == value]
        told = listed(names) if len(names) <= 3 else f"{len(names)} van de {len(ranked)}"
        yield f"Het {which}, met {dutch(value)}: {told}."


def _moved(before: Earlier) -> Iterator[str]:
    """How many items rose, stayed and fell since."""
    if before.change is None:
        return
    differences = [one.difference for one in before.change.items if one.difference is not None]
    rose, fell = sum(one > 0 for one in differences), sum(one < 0 for one in differences)
    same = len(differences) - rose - fell
    of = counted(len(differences), "item", "items")
    yield f"Sinds {long_date(before.record.envelope.date)}: {rose} omhoog, {same} gelijk en {fell} omlaag, van {of}."


# -- begin and end


def _dumbbell(case: Case, before: Earlier, ends: Ends) -> Iterator[Chart]:
    change = before.change
    if change is None:
        return
    content, places = case.content, places_of(case.content)
    moved, means = {one.item: one for one in change.items}, {one.section: one for one in change.sections}
    rows: list[ChartRow] = []
    for section in content.section:
        items, whole = _on_scale(content, section, ends)
        mean = means.get(section.id)
        if items and whole and mean is not None and mean.difference is not None:
            rows.append(_mean_row(f"{section.id}. {section.title}", mean, places))
        for item in items:
            if (one := moved.get(item.id)) is not None:
                values = (_value(one.before), _value(one.after))
                rows.append(ChartRow(label=item_label(item), values=values, told=_from_to(values, one.difference)))
    total = content.total
    if total is not None and total.method != "none" and change.total.difference is not None:
        rows.append(_mean_row(total.title, change.total, places))
    if not any(value is not None for row in rows for value in row.values):
        return
    moments = tuple(short(one.record.envelope.date) for one in (before, case))
    yield Chart(
        kind="dumbbell",
        caption=f"Van begin naar einde, per {section_word(content)} en item",
        alt=" ".join([f"Begin en einde op een schaal van {ends[0]} tot en met {ends[1]}.", *_moved(before)]),
        rows=tuple(rows),
        series=moments,
        low=Decimal(ends[0]),
        high=Decimal(ends[1]),
        table=True,
    )


def _mean_row(label: str, one: MeanChange, places: int) -> ChartRow:
    """Means over the items that have a score both times, as in the table of means."""
    values = tuple(
        None if isinstance(mean, Unknown) else rounded(mean.value, places) for mean in (one.before, one.after)
    )
    difference = dutch(one.difference, places, sign=True) if one.difference is not None else NOTHING
    return ChartRow(label=label, values=values, told=_told_change(values, difference), strong=True)


def _from_to(values: tuple[Decimal | None, ...], difference: int | None) -> str:
    return _told_change(values, "" if difference is None else dutch(difference, sign=True))


def _told_change(values: tuple[Decimal | None, ...], difference: str) -> str:
    return f"{_words(values[0])} → {_words(values[1])}" + (f" ({difference})" if difference else "")


# -- answers that are counted


def _counted(case: Case) -> Iterator[Chart]:
    """Per section how often each answer was given; nothing where nothing was answered."""
    step = case.score_step
    answers = agreed_answers(case.record, case.content, step) if step is not None else {}
    rows: list[ChartRow] = []
    told: list[str] = []
    most = 1
    for section in case.content.section:
        found = tallies(case.content, section, answers)
        title = f"{section.id}. {section.title}"
        if found:
            rows.append(ChartRow(label=title, strong=True))
        for tally in found:
            most = max(most, tally.of)
            rows += [
                ChartRow(label=capital(word), values=(Decimal(count),), told=f"{count} van {tally.of}")
                for word, count in tally.given
            ]
            often = max(count for _, count in tally.given)
            words = listed(word for word, count in tally.given if count == often)
            told.append(f"{title}: het vaakst {words}, {often} van {tally.of}.")
    if not answers or not rows:
        return
    word = section_word(case.content)
    yield Chart(
        kind="bars",
        caption=f"Hoe vaak elk antwoord is gegeven, per {word}",
        alt=" ".join(told),
        rows=tuple(rows),
        series=("aantal items",),
        low=Decimal(0),
        high=Decimal(most),
        table=True,
    )
