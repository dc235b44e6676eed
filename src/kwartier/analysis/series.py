"""What changed over two or more measurements of the same subject, oldest first; two are the shortest series there is.

Every difference is one of `kwartier.analysis.change`: between two measurements, before rounding, over the items that
were scored both times. Nothing here decides which measurements belong together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from kwartier.analysis.answers import UNANSWERED, Answer
from kwartier.analysis.change import NONE_SHARED, Answers, Change, ItemChange, MeanChange, Require, Sections, compare
from kwartier.analysis.numbers import mean
from kwartier.analysis.scores import Mean, Unknown

Course = Literal["risen", "fallen", "same", ""]
"""Where an item went from the first to the last measurement; empty where no difference can be told."""

Left = Callable[[int, int], Collection[str]]
"""The items of which no difference is told between two measurements, given by their places in the series."""

NEVER_ALL = "geen enkel item heeft elke keer een score"


class ItemSeries(Struct, frozen=True):
    """One item in every measurement; None where it was not asked. `steps` are between consecutive measurements."""

    item: str
    answers: tuple[Answer | None, ...]
    steps: tuple[ItemChange, ...]
    whole: ItemChange

    @property
    def course(self) -> Course:
        """Whether it rose, fell or stayed, from the first measurement to the last."""
        difference = self.whole.difference
        if difference is None:
            return ""
        return "risen" if difference > 0 else "fallen" if difference < 0 else "same"


class MeanSeries(Struct, frozen=True):
    """The means of a section, or of all items where `section` is None.

    `full` are the means that each measurement has by itself, `common` those over the items that were scored every
    time: only the latter can be laid side by side. Each of the `steps`, and the `whole` from first to last, is over
    the items scored in the two measurements that it is between.
    """

    section: str | None
    full: tuple[Mean | Unknown, ...]
    common: tuple[Mean | Unknown, ...]
    steps: tuple[MeanChange, ...]
    whole: MeanChange


class Series(Struct, frozen=True):
    """Per item and per section in the order of the sections that were given, and in total."""

    items: tuple[ItemSeries, ...]
    sections: tuple[MeanSeries, ...]
    total: MeanSeries
    steps: tuple[Change, ...]
    "Between consecutive measurements."
    whole: Change
    "From the first to the last."

    @property
    def size(self) -> int:
        """How many measurements there are."""
        return len(self.steps) + 1


def series(
    measurements: Sequence[Answers],
    sections: Sections,
    *,
    left: Left = lambda one, other: (),
    require: Require = "any",
) -> Series:
    """The measurements, oldest first, over `sections`: section id to item ids, those of all editions together.

    The rest is as in `change.compare`. Raises ValueError for fewer than two measurements.
    """
    if len(measurements) < 2:
        raise ValueError(f"a series needs two measurements, not {len(measurements)}")

    def between(one: int, other: int) -> Change:
        before, after = measurements[one], measurements[other]
        return compare(before, after, sections, unaveraged=left(one, other), require=require)

    last = len(measurements) - 1
    steps = tuple(between(one, other) for one, other in pairwise(range(last + 1)))
    whole = steps[0] if last == 1 else between(0, last)
    never = {item for one, other in pairwise(range(last + 1)) for item in left(one, other)} | {*left(0, last)}
    averaged = [[item for item in own if item not in never] for own in sections.values()]
    return Series(
        items=tuple(
            ItemSeries(one.item, tuple(each.get(one.item) for each in measurements), tuple(of_steps), one)
            for one, *of_steps in zip(whole.items, *(step.items for step in steps), strict=True)
        ),
        sections=tuple(
            _means(one, of_steps, _common(own, measurements))
            for own, one, *of_steps in zip(averaged, whole.sections, *(step.sections for step in steps), strict=True)
        ),
        total=_means(
            whole.total,
            [step.total for step in steps],
            _common([item for own in averaged for item in own], measurements),
        ),
        steps=steps,
        whole=whole,
    )


def _means(whole: MeanChange, steps: Sequence[MeanChange], common: tuple[Mean | Unknown, ...]) -> MeanSeries:
    full = (steps[0].full_before, *(step.full_after for step in steps))
    # A total that is not there, because it wants every item, has no mean to lay beside another either.
    lacking = [one.before for one in (whole, *steps) if isinstance(one.before, Unknown)]
    why = next((one for one in lacking if one.why != NONE_SHARED), None)
    if why is not None:
        common = tuple(why for _ in common)
    return MeanSeries(whole.section, full, common, tuple(steps), whole)


def _common(own: Sequence[str], measurements: Sequence[Answers]) -> tuple[Mean | Unknown, ...]:
    """The mean of each measurement over the items that have a score in all of them."""
    asked = [item for item in own if any(item in each for each in measurements)]
    rows = [[each.get(item, UNANSWERED).value for each in measurements] for item in asked]
    scored = [[value for value in row if isinstance(value, int)] for row in rows]
    whole = [row for row in scored if len(row) == len(measurements)]
    found: list[Mean | Unknown] = []
    for column in zip(*whole, strict=True):
        value = mean(column)
        assert value is not None  # a column is never empty
        found.append(Mean(value, len(whole), len(asked)))
    why = NONE_SHARED if len(measurements) == 2 else NEVER_ALL
    return tuple(found) or tuple(Unknown(why) for _ in measurements)
