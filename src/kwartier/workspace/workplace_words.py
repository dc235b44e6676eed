"""What is said of a workplace and a placement, the same in commands and on screens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kwartier.records.organisation import Placement
from kwartier.workflow.periods import short
from kwartier.workspace.summaries import SHUT
from kwartier.workspace.workplaces import Workplace


def called(one: Workplace) -> str:
    """What it is called in a list."""
    return one.name or one.team or one.code


def levels_words(levels: Sequence[int]) -> str:
    """Levels as they are read: 4, 5."""
    return ", ".join(map(str, levels))


def has_ended(one: Workplace, today: date) -> bool:
    """Whether it is no workplace any more."""
    return one.ended is not None and one.ended <= today


def verdict_words(one: Workplace, today: date) -> str:
    """The verdict, or why there is none."""
    if one.ended is not None and has_ended(one, today):
        return f"gestopt op {short(one.ended)}"
    if one.verdict:
        return one.verdict
    if one.problem == SHUT:
        return SHUT
    if any(last.problem for last in one.records):
        return "niet te lezen"
    return "loopt" if one.records else "nog geen"


def conditions_words(one: Workplace) -> str:
    """How many conditions are open; empty where none is."""
    return f"{len(one.conditions)} open" if one.conditions else ""


def is_past(one: Workplace, today: date) -> bool:
    """Whether it should have been assessed again by now."""
    return one.until is not None and one.until < today and not has_ended(one, today)


def until_words(one: Workplace) -> str:
    """Until when the verdict holds; empty where that was not said."""
    return short(one.until) if one.until else ""


def students_words(one: Workplace) -> str:
    """The codes of those who learn there now, or will."""
    return ", ".join(row.student for row in one.placements)


def period_words(one: Placement) -> str:
    """From when until when; empty where neither is known."""
    if one.start and one.end:
        return f"{short(one.start)} – {short(one.end)}"
    return f"vanaf {short(one.start)}" if one.start else f"tot {short(one.end)}" if one.end else ""


def whole(one: Workplace, today: date) -> str:
    """All of it in a line."""
    told = [
        called(one),
        one.organisation_name,
        one.setting,
        f"niveau {levels_words(one.levels)}" if one.levels else "",
        one.problem or verdict_words(one, today),
        "; ".join(row.text for row in one.conditions),
        f"geldig tot {until_words(one)}" if one.until else "",
        f"student {students_words(one)}" if one.placements else "",
    ]
    return " · ".join(text for text in told if text)
