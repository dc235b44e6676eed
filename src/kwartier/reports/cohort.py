"""The overview of a group of students: how often each state was given, without names or codes. No sum, no pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from kwartier.analysis.cohort import WARNING, Group, Tally
from kwartier.reports.document import (
    Align,
    Block,
    Bullets,
    Callout,
    Chart,
    ChartRow,
    Document,
    Heading,
    Paragraph,
    Table,
)
from kwartier.reports.phrases import NOTHING, counted
from kwartier.reports.portfolio import NO_PASS

WHAT = (
    "Per item staat hoe vaak elke stand is gegeven, over het nieuwste portfolio van elke student. Bewijs telt alleen "
    "mee als iedereen het mag lezen; wat studenten voor zichzelf houden, is hier niet bij."
)


def cohort_report(group: Group, title: str, today: date, *, page_note: str = "") -> Document:
    """The overview as a neutral document; `title` names the group, such as an organisation."""
    return Document(
        title="Overzicht van een groep studenten",
        subject=title,
        date=today,
        blocks=tuple(_blocks(group)),
        page_note=page_note,
    )


def _blocks(group: Group) -> Iterator[Block]:
    if group.small:
        yield Callout("warning", WARNING)
    yield Heading(1, "Over wie dit gaat")
    yield Bullets(tuple(_who(group)))
    yield Paragraph(WHAT)
    yield Callout("convention", NO_PASS)
    if not group.items:
        return
    yield from _moment(group, group.own_title or "Eigen kijk", None)
    for step, title in group.moments:
        if any(one.judged.get(step) for one in group.items):
            yield from _moment(group, title, step)


def _who(group: Group) -> Iterator[str]:
    yield counted(group.students, "student", "studenten")
    for level, count in group.levels.items():
        if level:
            yield f"{level}: {counted(count, 'student', 'studenten')}"
    aside = {
        "op slot": group.locked,
        "niet te lezen": group.unreadable,
        "met een ander niveau of een andere opleiding": group.others,
    }
    for word, count in aside.items():
        if count:
            yield f"Niet meegeteld, {word}: {count}"


def _moment(group: Group, title: str, step: str | None) -> Iterator[Block]:
    """A picture of the sections, then a table of the items of each."""
    yield Heading(1, title)
    yield _chart(group, title, step)
    for section in group.sections:
        level = f" ({section.level})" if section.level else ""
        items = [one for one in group.items if (one.section, one.level) == (section.id, section.level)]
        yield Heading(2, f"{section.id}. {section.title}{level}")
        yield _table(group, items, step)


def _counts(one: Tally, step: str | None) -> Mapping[str, int]:
    return one.own if step is None else one.judged.get(step, {})


def _chart(group: Group, title: str, step: str | None) -> Chart:
    """Bars per section, one for each state; the longest is as many times as the section was asked most."""
    most = max((one.asked for one in group.sections), default=1)
    rows = tuple(
        ChartRow(
            label=f"{one.id}. {one.title}" + (f" ({one.level})" if one.level else ""),
            values=tuple(Decimal(_counts(one, step).get(word, 0)) for word in group.words),
            told=", ".join(f"{_counts(one, step).get(word, 0)} {word}" for word in group.words),
        )
        for one in group.sections
    )
    given = {word: sum(_counts(one, step).get(word, 0) for one in group.sections) for word in group.words}
    alt = f"{title}, over {counted(group.students, 'student', 'studenten')}: " + ", ".join(
        f"{count} keer {word}" for word, count in given.items()
    )
    return Chart(
        kind="bars",
        caption=f"{title}: hoe vaak elke stand is gegeven",
        alt=f"{alt}.",
        rows=rows,
        series=group.words,
        low=Decimal(0),
        high=Decimal(max(most, 1)),
        table=True,
    )


def _table(group: Group, items: list[Tally], step: str | None) -> Table:
    others = bool(group.reasons)
    head = ("Nr.", "Item", "Studenten", *group.words, *(("anders",) if others else ()), "leeg")
    head += ("met bewijs",) if step is None else ()
    rows = []
    for one in items:
        counts = _counts(one, step)
        elsewhere = sum(count for word, count in counts.items() if word in group.reasons)
        numbers = [one.asked, *(counts.get(word, 0) for word in group.words), *([elsewhere] if others else [])]
        numbers.append(one.asked - sum(counts.values()))
        if step is None:
            numbers.append(one.evidence)
        rows.append((one.id, one.title, *(str(number) if number else NOTHING for number in numbers)))
    right: Align = "right"
    left: Align = "left"
    return Table("", head, tuple(rows), (left, left, *(right for _ in head[2:])))
