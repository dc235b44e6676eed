"""What changed between two measurements of the same subject; not which two are compared, nor why it changed.

Differences are exact and taken over the items that were scored both times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from kwartier.analysis.answers import UNANSWERED, Answer
from kwartier.analysis.numbers import mean
from kwartier.analysis.scores import Mean, Unknown, all_required, mean_of

Answers = Mapping[str, Answer]
Require = Literal["all", "any"]
Sections = Mapping[str, Sequence[str]]

NO_DIFFERENCE = "van antwoorden op dit item wordt geen verschil berekend"
NONE_SHARED = "geen enkel item heeft beide keren een score"
BEFORE, AFTER = "de vorige keer", "deze keer"


class ItemChange(Struct, frozen=True):
    """One item both times; `before` or `after` is None where it was not asked then.

    `difference` is after minus before; where it is None, `why` (Dutch) says why.
    """

    item: str
    before: Answer | None
    after: Answer | None
    difference: int | None
    why: str | None = None


class MeanChange(Struct, frozen=True):
    """The means of a section, or of all items where `section` is None.

    `before`, `after` and their exact `difference` are over the items scored both times; `of` in them counts every
    item asked either time. Without such items the means are Unknown and the difference is None.
    `full_before` and `full_after` are the means that each measurement has by itself.
    """

    section: str | None
    before: Mean | Unknown
    after: Mean | Unknown
    difference: Fraction | None
    full_before: Mean | Unknown
    full_after: Mean | Unknown


class Change(Struct, frozen=True):
    """Per item and per section in the order of the sections that were given, and in total."""

    items: tuple[ItemChange, ...]
    sections: tuple[MeanChange, ...]
    total: MeanChange


def compare(
    before: Answers,
    after: Answers,
    sections: Sections,
    *,
    unaveraged: Collection[str] = (),
    require: Require = "any",
) -> Change:
    """Compare two measurements over `sections`: section id to item ids, the items of both editions together.

    An item that is no key of `before` or `after` was not asked then; one that was asked and is not answered yet
    must be there (`answers.asked` sees to it). Items in `unaveraged` have no difference and are in no mean
    (`scores.unaveraged`). With `require` "all" no total changes where either measurement has none.
    Raises ValueError for an item that stands in two sections.
    """
    every = [item for own in sections.values() for item in own]
    twice = [item for item, times in Counter(every).items() if times > 1]
    if twice:
        raise ValueError(f"in more than one place: {', '.join(twice)}")
    averaged = {section: [item for item in own if item not in unaveraged] for section, own in sections.items()}
    return Change(
        items=tuple(_item(item, before.get(item), after.get(item), item in unaveraged) for item in every),
        sections=tuple(_means(section, own, before, after, "any") for section, own in averaged.items()),
        total=_means(None, [item for own in averaged.values() for item in own], before, after, require),
    )


def _item(item: str, before: Answer | None, after: Answer | None, unaveraged: bool) -> ItemChange:
    why = "; ".join(
        f"{moment} {lack}" for moment, answer in ((BEFORE, before), (AFTER, after)) if (lack := _lack(answer))
    )
    if why or before is None or after is None:
        return ItemChange(item, before, after, None, why)
    if unaveraged or not isinstance(before.value, int) or not isinstance(after.value, int):
        return ItemChange(item, before, after, None, NO_DIFFERENCE)
    return ItemChange(item, before, after, after.value - before.value)


def _lack(answer: Answer | None) -> str:
    """Why this answer has no value; empty where it has one."""
    if answer is None:
        return "niet gevraagd"
    if answer.missing is not None:
        return f"geen score ({answer.missing})"
    return "" if answer.answered else "nog geen definitieve score"


def _means(section: str | None, own: Sequence[str], before: Answers, after: Answers, require: Require) -> MeanChange:
    full_before, full_after = _full(own, before, require), _full(own, after, require)
    first, second = _shared(own, before, after)
    if require == "all":
        for moment, full in ((BEFORE, full_before), (AFTER, full_after)):
            if isinstance(full, Unknown):
                first = second = Unknown(f"{moment}: {full.why}")
                break
    difference = second.value - first.value if isinstance(first, Mean) and isinstance(second, Mean) else None
    return MeanChange(section, first, second, difference, full_before, full_after)


def _full(own: Sequence[str], answers: Answers, require: Require) -> Mean | Unknown:
    then = {item: answers[item] for item in own if item in answers}
    found = mean_of(then.values())
    return all_required(found, then) if require == "all" and isinstance(found, Mean) else found


def _shared(own: Sequence[str], before: Answers, after: Answers) -> tuple[Mean | Unknown, Mean | Unknown]:
    asked = [item for item in own if item in before or item in after]
    pairs = [
        (first, second)
        for item in asked
        if isinstance(first := before.get(item, UNANSWERED).value, int)
        and isinstance(second := after.get(item, UNANSWERED).value, int)
    ]
    first_mean, second_mean = mean(one for one, _ in pairs), mean(other for _, other in pairs)
    if first_mean is None or second_mean is None:
        none = Unknown(NONE_SHARED)
        return none, none
    return Mean(first_mean, len(pairs), len(asked)), Mean(second_mean, len(pairs), len(asked))
