"""The coverage matrix as columns and rows of words; nothing is counted or drawn here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kwartier.text import one_line
from kwartier.workflow.periods import short

if TYPE_CHECKING:
    from kwartier.analysis.coverage import Coverage, Sum
    from kwartier.analysis.coverage import Row as Item


class Column(NamedTuple):
    """A column: its mark, what it stands for, and where that is (a step and a row; empty for an outcome)."""

    mark: str
    title: str
    step: str = ""
    id: str = ""


class Row(NamedTuple):
    """An item, or a section over its items (`item` is empty), which says how many of them are covered."""

    item: str
    title: str
    own: str
    judged: str
    number: str
    marks: frozenset[str]
    covered: bool
    detail: str


def columns(found: Coverage, *, outcomes: bool) -> list[Column]:
    """The pieces of evidence, or the outcomes of the programme."""
    if outcomes:
        titles = {one.id: one.title for one in found.outcomes}
        return [Column(id, title) for id, title in titles.items()]
    return [
        Column(
            one.mark,
            " · ".join(filter(None, [one.title, one.kind, short(one.day) if one.day else "", "bestand" * one.file])),
            one.step,
            one.id,
        )
        for one in found.pieces
    ]


def rows(found: Coverage, *, outcomes: bool) -> list[Row]:
    """The sections with their items."""
    sums = {one.id: one for one in found.sections}
    made: list[Row] = []
    section = ""
    for one in found.rows:
        if one.section != section:
            section = one.section
            made.append(_section(found, sums[section], outcomes=outcomes))
        made.append(_item(found, one, outcomes=outcomes))
    return made


def counted(found: Coverage, rows: Iterable[Item], *, outcomes: bool) -> tuple[int, int]:
    """How many of these items are covered, of how many that are to be."""
    if not outcomes:
        marks = [one.pieces for one in rows]
    else:
        marks = [one.outcomes for one in rows if one.outcomes or _is_asked(found, one.section)]
    return sum(map(bool, marks)), len(marks)


def _is_asked(found: Coverage, section: str) -> bool:
    """Whether the items of a section are to be linked to the outcomes of the programme."""
    return found.profile is None or not found.profile.sections or section in found.profile.sections


def _section(found: Coverage, one: Sum, *, outcomes: bool) -> Row:
    covered, of = counted(found, [row for row in found.rows if row.section == one.id], outcomes=outcomes)
    told = f"{covered} van {of} {_with(found, outcomes=outcomes)}" if of else "blijft hier buiten"
    return Row("", f"{one.id}  {one.title}: {told}", "", "", "", frozenset(), True, "")


def _with(found: Coverage, *, outcomes: bool) -> str:
    return f"met {found.profile.outcome_words}" if outcomes and found.profile else "met bewijs"


def _item(found: Coverage, one: Item, *, outcomes: bool) -> Row:
    judged = [each for each in one.judged if each.words]
    last = judged[-1] if judged else None
    words = (last.words if last else "") or (f"({one.earlier})" if one.earlier else "")
    marks = one.outcomes if outcomes else one.pieces
    asked = not outcomes or _is_asked(found, one.section)
    return Row(
        item=one.item,
        title=f"{one.item}  {one.title}",
        own=one.own_words,
        judged=words,
        number=str(len(marks)) if marks else "geen" if asked else "",
        marks=frozenset(marks),
        covered=bool(marks) or not asked,
        detail=" · ".join(_detail(found, one)),
    )


def _detail(found: Coverage, one: Item) -> Iterator[str]:
    """All that a row says, also what does not fit."""
    yield f"{one.item}  {one.title}"
    if one.own_words:
        yield f"{(found.own_title or 'zelf').lower()}: {one.own_words}"
    for (_, title), each in zip(found.moments, one.judged, strict=True):
        if each.words:
            yield f"{title.lower()}: {each.words}" + (" (overgenomen)" if each.taken_over else "")
    if one.earlier:
        yield f"eerder beoordeeld: {one.earlier}"
    yield f"bewijs {', '.join(one.pieces)}" if one.pieces else "geen bewijs"
    if one.topics:
        yield "raakt " + ", ".join(one_line(found.topics.get(id, id), 40) for id in one.topics)
    if one.outcomes:
        yield f"draagt bij aan {', '.join(one.outcomes)}"


def summary(found: Coverage, *, outcomes: bool) -> str:
    """How many items are covered, and what stands apart from them."""
    covered, of = counted(found, found.rows, outcomes=outcomes)
    told = [f"{covered} van {of} items {_with(found, outcomes=outcomes)}"]
    if found.loose:
        told.append(f"zonder item: {', '.join(found.loose)}")
    if outcomes and found.unlinked:
        told.append(f"nog niet gekoppeld: {', '.join(found.unlinked)}")
    if found.withheld:
        told.append("alleen wat u mag lezen telt mee")
    return " · ".join(told)


def legend(found: Sequence[Column]) -> str:
    """What every mark stands for, one on a line."""
    return "\n".join(f"{one.mark:>4}  {one.title}" for one in found) or "Er is hier nog niets dat u mag lezen."
