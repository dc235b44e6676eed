"""How one question reads on paper: boxes for its answers, dots to write on, and what was answered already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kwartier.analysis.answers import Answer
from kwartier.instrument.model import Content, Fact, Item, ItemPart, Scale, Value
from kwartier.instrument.selection import scale_of
from kwartier.records.files import GivenFact
from kwartier.reports.document import Block, Bullets, Paragraph, Table, long_date
from kwartier.reports.phrases import option_words
from kwartier.workflow.agreed import Key
from kwartier.workflow.fact_words import fact_words

EMPTY, CROSSED = "☐", "☒"
LINE = "…" * 36
"""One line to write on."""
LINES = f"{LINE}\n{LINE}"
"""Two lines to write on."""

_APART = "\N{EM SPACE}"
_ON_ONE_LINE = 80


def is_asked(answer: Answer | None) -> bool:
    """Whether a part that need not be answered has to be there: it was."""
    return answer is not None and answer.answered


def answer_boxes(content: Content, item: Item, answer: Answer | None) -> Iterator[Block]:
    """The answers to an item with their anchors, what was answered crossed."""
    yield from boxes(scale_of(content, item), answer, item.anchors)


def boxes(scale: Scale, answer: Answer | None, anchors: Sequence[str] = ()) -> Iterator[Block]:
    """A box for each option of a scale, and for each reason why there is no answer."""
    value = answer.value if answer else None
    why = answer.missing if answer else None
    lines = []
    for place, option in enumerate(scale.options):
        anchor = f": {anchors[place]}" if place < len(anchors) else ""
        lines.append(_box(_same(value, option.value), f"{option_words(option)}{anchor}"))
    if value is not None and not any(_same(value, option.value) for option in scale.options):
        lines.append(_box(True, f"{value} (staat niet op de schaal)"))
    reasons = [*scale.missing, *([why] if why is not None and why not in scale.missing else [])]
    lines += [_box(one == why, f"{scale.missing_title}: {one}") for one in reasons]
    yield _laid(lines)


def part_table(
    content: Content, item: Item, parts: Sequence[ItemPart], answers: Mapping[Key, Answer]
) -> Iterator[Block]:
    """The parts of an item, a table for each scale that they are answered on, with a box for every answer."""
    by_scale: dict[str, tuple[Scale, list[ItemPart]]] = {}
    for part in parts:
        scale = scale_of(content, item, part)
        by_scale.setdefault(scale.id, (scale, []))[1].append(part)
    for scale, own in by_scale.values():
        reasons = [(f"{scale.missing_title}: {one}", one) for one in scale.missing]
        header = (
            f"Bij item {item.id}",
            *(option_words(option) for option in scale.options),
            *(title for title, _ in reasons),
        )
        rows = []
        for part in own:
            answer = answers.get((item.id, part.id), Answer())
            cells = [_same(answer.value, option.value) for option in scale.options]
            cells += [answer.missing == one for _, one in reasons]
            rows.append((f"{part.id}. {part.title}", *(CROSSED if one else EMPTY for one in cells)))
        align = ("left", *("center" for _ in header[1:]))
        yield Table("", header, tuple(rows), align)  # type: ignore[arg-type]


def fact_lines(fact: Fact, row: GivenFact | None) -> Iterator[Block]:
    """The answers to a fact as boxes, or dots to write on; with what was given."""
    if fact.kind in ("choice", "choices", "yes-no"):
        yield from _chosen(fact, row)
        return
    told = fact_words(fact, row, long_date) if row is not None and not row.unknown else ""
    lines = [told or _room(fact)]
    if fact.estimate:
        lines.append(_box(row is not None and row.unknown, "niet bekend"))
    yield Paragraph("\n".join(lines))


def _chosen(fact: Fact, row: GivenFact | None) -> Iterator[Block]:
    value = row.value if row is not None else None
    if fact.kind == "yes-no":
        given = [] if value is None else ["ja" if value else "nee"]
        options: tuple[str, ...] = ("ja", "nee")
    else:
        several = value if isinstance(value, list | tuple) else [] if value is None else [value]
        given = [str(one) for one in several]
        options = fact.options
    if fact.kind == "choices":
        yield Paragraph("Meer antwoorden mag.")
    options = (*options, *(one for one in given if one not in options))
    yield _laid([_box(one in given, one) for one in options])
    if row is not None and row.note:
        yield Paragraph(f"Opmerking: {row.note}")


def _room(fact: Fact) -> str:
    if fact.kind == "text":
        return LINES
    more = " (een schatting mag)" if fact.estimate else " (dag, maand, jaar)" if fact.kind == "date" else ""
    return f"{LINE[:16]}{f' {fact.unit}' if fact.unit else ''}{more}"


def _box(crossed: bool, text: str) -> str:
    return f"{CROSSED if crossed else EMPTY} {text}"


def _laid(lines: Sequence[str]) -> Block:
    """Short answers beside one another, long ones under one another."""
    whole = _APART.join(lines)
    return Paragraph(whole) if len(whole) <= _ON_ONE_LINE else Bullets(tuple(lines))


def _same(value: Value | None, other: Value) -> bool:
    return type(value) is type(other) and value == other
