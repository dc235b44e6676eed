"""What is said of a series of measurements and of a time line, in blocks that every face shows in its own way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kwartier.analysis.answers import Answer
from kwartier.analysis.change import AFTER, BEFORE, NONE_SHARED
from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import NO_TOTAL, Mean, Unknown
from kwartier.analysis.series import ItemSeries, MeanSeries
from kwartier.instrument.conditions import Parameters, setting_words
from kwartier.instrument.model import Scale
from kwartier.reports.document import Block, Bullets, Heading, Paragraph, Table
from kwartier.reports.phrases import NOTHING, answer_words, counted, ended, places_of, scales
from kwartier.workflow.periods import short
from kwartier.workflow.printed import printed_note
from kwartier.workspace.series import Goal, OverTime
from kwartier.workspace.timeline import NOT_MEASURED, Beside, TimeLine, Unmatched

_COURSES = (("risen", "Gestegen"), ("fallen", "Gedaald"), ("same", "Gelijk gebleven"))


def days(found: OverTime) -> tuple[str, ...]:
    """The days of the measurements; with what tells two of one day apart."""
    told = [short(one.seen.record.envelope.date) for one in found.measured]
    return tuple(f"{day} ({number})" if told.count(day) > 1 else day for number, day in enumerate(told, 1))


def titles(found: OverTime) -> dict[str, str]:
    """What every item is called in lists, the newest measurement first."""
    return {item.id: item.short or item.title for one in found.measured for item in one.seen.content.items()}


def waiting(found: OverTime) -> str:
    """Why nothing is compared yet; empty where it is."""
    told = [
        f"Meting van {short(one.seen.record.envelope.date)}: {ended(one.outcome.why or 'er is niets gescoord')}"
        for one in found.waiting
    ]
    return " ".join(["De vergelijking volgt zodra er scores zijn.", *told]) if told else ""


def goal_items(found: OverTime) -> frozenset[str]:
    """The items that are told of as goals, and so not beside the scores."""
    return frozenset(goal.item for goal in found.goals)


def below(found: OverTime) -> Iterator[Block]:
    """Everything that stands beside or below the scores themselves."""
    content = found.measured[-1].seen.content
    if not found.waiting:
        yield Paragraph(
            "Gemiddelden naast elkaar gaan alleen over de items die elke keer een score hebben; daardoor kunnen ze "
            "afwijken van die in het verslag. Een verschil is berekend vóór het afronden, over de items die beide "
            "keren een score hebben."
        )
        if content.report and content.report.before_after:
            yield Paragraph(content.report.before_after)
        yield from _courses(found)
        if found.series.size > 2:
            yield from _steps(found)
        yield from _goals(found)
    if told := (*found.differs, *(() if found.waiting else _on_paper(found))):
        yield Heading(1, "Wat er verschilt tussen de metingen")
        yield Bullets(tuple(ended(text) for text in told))
    yield from _actions(found)


def _on_paper(found: OverTime) -> Iterator[str]:
    """Where a total as it was printed is not the computed one; the latter is compared."""
    for one in found.measured:
        if told := printed_note(one.seen.record, one.seen.content, one.outcome):
            yield f"{short(one.seen.record.envelope.date)}: {told}"


def no_total(found: OverTime) -> str:
    """Why the totals cannot be compared, where the instrument has them; else empty."""
    total = found.series.total.whole.after
    if not isinstance(total, Unknown) or total.why in (NO_TOTAL, NONE_SHARED):
        return ""
    content = found.measured[-1].seen.content
    return f"Geen vergelijking van het totaal: {ended(with_days(found, total.why))}" if content.total else ""


def _courses(found: OverTime) -> Iterator[Block]:
    names, goals = titles(found), goal_items(found)
    series = [one for one in found.series.items if one.item not in goals]
    lines = []
    for course, title in _COURSES:
        items = [one for one in series if one.course == course]
        if items:
            told = ", ".join(f"{one.item} {names.get(one.item, '')}".strip() + _by(one) for one in items)
            lines.append(f"{title} ({counted(len(items), 'item', 'items')}): {ended(told)}")
    nominal, others = _uncompared(series)
    if nominal:
        lines.append(f"Naast elkaar, zonder verschil: {ended(', '.join(nominal))}")
    lines += [
        f"Niet te vergelijken: {one.item} {names.get(one.item, '')} – {ended(with_days(found, one.whole.why or ''))}"
        for one in others
    ]
    if lines:
        yield Heading(1, "Wat steeg, daalde en bleef")
        if found.series.size > 2:
            yield Paragraph(f"Van {days(found)[0]} naar {days(found)[-1]}.")
        yield Bullets(tuple(lines))


def with_days(found: OverTime, why: str) -> str:
    """A reason about then and now; of more than two measurements with the days that are meant."""
    if found.series.size == 2:
        return why
    return why.replace(BEFORE, f"op {days(found)[0]}").replace(AFTER, f"op {days(found)[-1]}")


def _by(one: ItemSeries) -> str:
    return f" ({dutch(one.whole.difference, sign=True)})" if one.whole.difference else ""


def _uncompared(series: Sequence[ItemSeries]) -> tuple[list[str], list[ItemSeries]]:
    """Items answered both times on which no difference is told; and those that lack an answer or a question."""
    unknown = [one for one in series if not one.course]
    both = [
        one
        for one in unknown
        if one.whole.before is not None
        and one.whole.after is not None
        and one.whole.before.value is not None
        and one.whole.after.value is not None
    ]
    return [one.item for one in both], [one for one in unknown if one not in both]


def steps_between(found: OverTime) -> list[str]:
    """What each pair of consecutive measurements is called."""
    told = days(found)
    return [f"{one} → {other}" for one, other in pairwise(told)]


def _steps(found: OverTime) -> Iterator[Block]:
    names = titles(found)
    series = found.series
    rows = [
        (
            one.item,
            names.get(one.item, ""),
            *(_signed(step.difference) for step in one.steps),
            _signed(one.whole.difference),
        )
        for one in series.items
        if any(step.difference is not None for step in (*one.steps, one.whole))
    ]
    places = places_of(found.measured[-1].seen.content)
    for mean, title in means(found):
        cells = [
            NOTHING
            if step.difference is None or not isinstance(step.after, Mean)
            else f"{dutch(step.difference, places, sign=True)} ({step.after.n} van {step.after.of})"
            for step in (*mean.steps, mean.whole)
        ]
        if any(cell != NOTHING for cell in cells):
            rows.append((mean.section or "", title, *cells))
    if rows:
        yield Heading(1, "Van meting tot meting")
        yield Table("Verschillen", ("Nr.", "Item", *steps_between(found), "eerste → laatste"), tuple(rows))


def means(found: OverTime) -> Iterator[tuple[MeanSeries, str]]:
    """The means of the sections and the total, each with its title; no total where the instrument has none."""
    names = {
        section.id: section.short or section.title for one in found.measured for section in one.seen.content.section
    }
    for mean in found.series.sections:
        yield mean, names.get(mean.section or "", mean.section or "")
    total = found.measured[-1].seen.content.total
    if total is not None and total.method != "none":
        yield found.series.total, total.title


def _signed(difference: int | None) -> str:
    return NOTHING if difference is None else dutch(difference, sign=True)


def _goals(found: OverTime) -> Iterator[Block]:
    if not found.goals:
        return
    known: dict[tuple[str, str], Scale] = {}
    for one in found.measured:
        known.update(scales(one.seen.content))
    asked = [
        place for place in range(len(found.measured)) if any(goal.reached[place] is not None for goal in found.goals)
    ]
    told = days(found)
    rows = [
        (
            goal.beside,
            _goal_words(goal),
            *(_reached(goal.reached[place], known.get((goal.item, ""))) for place in asked),
        )
        for goal in found.goals
        if goal.text or any(answer is not None and answer.answered for answer in goal.reached)
    ]
    yield Heading(1, "Wat er van de doelen geworden is")
    if rows:
        yield Table("Doelen", ("Bij", "Doel", *(told[place] for place in asked)), tuple(rows))
    else:
        yield Paragraph("Er staan geen doelen in deze metingen.")


def _goal_words(goal: Goal) -> str:
    was = "".join(f" (eerder: {text})" for text in goal.was)
    return f"{goal.text or 'geen doel opgeschreven'}{was}"


def _reached(answer: Answer | None, scale: Scale | None) -> str:
    return "niet gevraagd" if answer is None else answer_words(answer, scale)


def _actions(found: OverTime) -> Iterator[Block]:
    """What became of the actions that were chosen in all but the newest measurement."""
    several = len(found.measured) > 2
    rows = []
    for point in found.actions:
        looked = "niet geëvalueerd" if point.looked is None else short(point.looked)
        if point.looked is not None and point.said:
            looked = f"{looked}: {point.said}"
        when = [short(one.seen.record.envelope.date) for one in found.measured if one.ref == point.ref]
        rows.append((*(when[:1] if several else ()), point.text, point.state, looked))
    if rows:
        yield Heading(1, "Wat er van de actiepunten geworden is")
        header = (*(("Gekozen bij",) if several else ()), "Wat", "Stand", "Laatste evaluatie")
        yield Table(
            "Actiepunten van eerdere metingen" if several else "Actiepunten van de vorige keer", header, tuple(rows)
        )


# -- a time line


def named(line: TimeLine, instrument: str, item: str) -> str:
    """An item with its instrument, as it is called in lists."""
    return f"{line.shorts.get(instrument, instrument)} {item}"


def relation(line: TimeLine, pair: Beside) -> str:
    """How two items lie beside each other, as a sentence without its end."""
    own, other = named(line, line.own, pair.own.item), named(line, line.other, pair.other.item)
    if pair.relation == "same":
        return f"{own} en {other} gaan over hetzelfde"
    return f"{own} is {'breder' if pair.relation == 'broader' else 'smaller'} dan {other}"


def unmatched(line: TimeLine, one: Unmatched) -> str:
    """That an item is not measured in the other instrument, with the reason."""
    if one.reason.casefold().startswith(NOT_MEASURED):  # then the reason says it in its own words
        return ended(one.reason)
    return f"{NOT_MEASURED} in {line.shorts.get(one.absent, one.absent)}: {ended(one.reason)}"


def score(answer: Answer | None) -> str:
    """A score as short as it can be said; empty where nothing was asked."""
    if answer is None:
        return ""
    if not answer.answered:
        return NOTHING
    return "n.t.b." if answer.missing else str(answer.value)


def scale_words(scale: Scale | None) -> str:
    """What a scale runs over: 1-5, A-D; with its options where they have no order."""
    if scale is None:
        return ""
    values = [str(option.value) for option in scale.options]
    if scale.kind == "ordinal" and len(values) > 2:
        return f"{values[0]}-{values[-1]}"
    return "/".join(values)


def scales_of(line: TimeLine) -> list[str]:
    """On which scale each instrument's items on this line are answered."""
    told = []
    for instrument in (line.own, line.other):
        lines = [one for pair in line.pairs for one in (pair.own, pair.other)] + [one.line for one in line.alone]
        words = dict.fromkeys(scale_words(one.scale) for one in lines if one.instrument == instrument and one.scale)
        if words:
            told.append(f"{line.shorts.get(instrument, instrument)}: {', '.join(words)}")
    return told


def moments(line: TimeLine) -> list[tuple[str, str, str]]:
    """Every measurement: its day, its instrument, and what there is to know of it."""
    told = []
    for one in line.moments:
        known = [set_words(one.parameters)] if one.parameters else []
        known += [f"overgenomen van papier ({one.paper})"] if one.paper else []
        known += [f"nog geen scores: {one.why}"] if one.why else []
        told.append((short(one.date), f"{one.short} {one.edition}".strip(), "; ".join(known)))
    return told


def set_words(parameters: Parameters) -> str:
    """What was set when a measurement was made: ronde 1."""
    return "; ".join(f"{name} {setting_words(value)}" for name, value in parameters.items())


def remarks(line: TimeLine) -> Sequence[str]:
    """What a reader has to know of a time line besides its rows."""
    told = []
    absent = [one for one in (line.own, line.other) if one and one not in {each.instrument for each in line.moments}]
    told += [f"Er is hier nog geen meting met {line.shorts.get(one, one)}." for one in absent]
    told += [f"Niet te lezen: {one}" for one in line.unreadable]
    return told
