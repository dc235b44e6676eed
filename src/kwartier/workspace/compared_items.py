"""From chosen records to the lines of a comparison: per item, section and total; not who may see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from kwartier.analysis.compared import Answers, BandCount, Line
from kwartier.analysis.distribution import place, spread, tally
from kwartier.analysis.scores import Mean, Unknown, unaveraged
from kwartier.instrument.conditions import holds
from kwartier.instrument.model import Content, Item, Published, Scale, Section, Value
from kwartier.instrument.selection import scale_of
from kwartier.workflow.outcome import Scores
from kwartier.workflow.printed import decimal, differs
from kwartier.workspace.gathered import Done

Key = tuple[str, str]

OTHER_SCALE = Unknown("gescoord op een andere schaal dan de nieuwste meting")


class Asked(Struct, frozen=True, kw_only=True):
    """One item, or a part of it, as the newest record asked it."""

    item: Item
    part: str
    title: str
    short: str
    section: Section
    scale: Scale
    averaged: bool

    @property
    def key(self) -> Key:
        """Item and part."""
        return self.item.id, self.part

    @property
    def values(self) -> tuple[Value, ...]:
        """The answers that it takes."""
        return tuple(option.value for option in self.scale.options)


def asked_in(content: Content) -> dict[Key, Asked]:
    """Everything that a content for its parameters asks to be answered."""
    found: dict[Key, Asked] = {}
    left = unaveraged(content)
    for section in content.section:
        for item in section.item:
            short = item.short or item.title
            rows = [("", item.title, short, scale_of(content, item))]
            rows += [(part.id, part.title, part.title, scale_of(content, item, part)) for part in item.parts]
            for part, title, shown, scale in rows:
                numbers = all(isinstance(option.value, int) for option in scale.options)
                averaged = scale.kind == "ordinal" and numbers if part else item.id not in left
                one = Asked(
                    item=item,
                    part=part,
                    title=title,
                    short=shown,
                    section=section,
                    scale=scale,
                    averaged=averaged,
                )
                found[one.key] = one
    return found


def on_one_scale(chosen: Sequence[Done]) -> list[Done]:
    """The records, without the means of scores that were given on another scale than the newest record has.

    The scores themselves stay: `Field.values` leaves them out item by item.
    """
    asked = {id(one.content): asked_in(one.content) for one in chosen}
    scales: dict[Key, tuple[Value, ...]] = {}
    for one in sorted(chosen, key=lambda one: one.order, reverse=True):
        for key, each in asked[id(one.content)].items():
            scales.setdefault(key, each.values)

    def comparable(one: Done) -> Done:
        own = asked[id(one.content)].items()
        other = {each.section.id for key, each in own if each.averaged and not each.part and each.values != scales[key]}
        if not other:
            return one
        old = one.outcome.scores
        sections = {section: OTHER_SCALE if section in other else mean for section, mean in old.sections.items()}
        total = OTHER_SCALE if isinstance(old.total, Mean) else old.total
        return replace(one, outcome=replace(one.outcome, scores=Scores(sections, total)))

    return [comparable(one) for one in chosen]


class Field:
    """The records that are compared, with what they asked together."""

    def __init__(self, chosen: Sequence[Done], whole: Content | None, own: int | None) -> None:
        self.chosen = chosen
        self.own = own
        newest = sorted(chosen, key=lambda one: one.order, reverse=True)
        self.lead = newest[0].content
        self._asked = {id(one.content): asked_in(one.content) for one in newest}
        union: dict[Key, Asked] = {}
        for one in newest:
            for key, asked in self._asked[id(one.content)].items():
                union.setdefault(key, asked)
        places = {item.id: number for number, item in enumerate((whole or self.lead).items())}
        self.asked = sorted(union.values(), key=lambda asked: places.get(asked.item.id, len(places)))
        self._given = [_given(one) for one in chosen]
        self.places = self.lead.total.places if self.lead.total else 1
        self._published = published_over(self.lead, chosen)

    def values(self, asked: Asked) -> list[Value | None]:
        """What each record answered; None where it has no answer on this scale."""
        found: list[Value | None] = []
        for one, given in zip(self.chosen, self._given, strict=True):
            then = self._asked[id(one.content)].get(asked.key)
            value = given.get(asked.key)
            same = then is not None and then.values == asked.values
            found.append(value if same and any(_same(value, option) for option in asked.values) else None)
        return found

    def rescaled(self) -> list[str]:
        """The items that some of the records asked on another scale: those scores cannot be laid side by side."""
        found = []
        for asked in self.asked:
            others = [self._asked[id(one.content)].get(asked.key) for one in self.chosen]
            if any(other is not None and other.values != asked.values for other in others):
                found.append(asked.item.id)
        return list(dict.fromkeys(found))

    @cached_property
    def items(self) -> tuple[Line, ...]:
        """A line per item that is averaged."""
        return tuple(
            self._line(
                asked.item.id,
                asked.title,
                asked.short,
                [Fraction(value) if isinstance(value, int) else None for value in self.values(asked)],
                part=asked.part,
                section=asked.section.id,
                places=0,
            )
            for asked in self.asked
            if asked.averaged and self._is_given(asked)
        )

    @cached_property
    def answers(self) -> tuple[Answers, ...]:
        """The items that are counted."""
        found = []
        for asked in self.asked:
            if asked.averaged or not self._is_given(asked):
                continue
            values = self.values(asked)
            found.append(
                Answers(
                    id=asked.item.id,
                    part=asked.part,
                    title=asked.title,
                    short=asked.short,
                    section=asked.section.id,
                    scale=asked.scale.id,
                    options=asked.values,
                    titles=tuple(option.title or str(option.value) for option in asked.scale.options),
                    marks=tuple(values),
                    tally=tally(values, asked.values),
                )
            )
        return tuple(found)

    def _is_given(self, asked: Asked) -> bool:
        """A part that may be answered and that nobody did is no line; an item always is."""
        return not asked.part or any(value is not None for value in self.values(asked))

    @cached_property
    def sections(self) -> tuple[Line, ...]:
        """A line per section of which a mean is taken."""
        averaged = dict.fromkeys(asked.section.id for asked in self.asked if asked.averaged)
        named = {asked.section.id: asked.section for asked in reversed(self.asked)}
        found = []
        for id in averaged:
            means = [one.outcome.scores.sections.get(id) for one in self.chosen]
            marks = [mean.value if isinstance(mean, Mean) else None for mean in means]
            section = named[id]
            found.append(self._line(id, section.title, section.short or section.title, marks, places=self.places))
        return tuple(found)

    @cached_property
    def total(self) -> Line | None:
        """The line of the totals; None where the instrument has none."""
        if not has_total(self.lead):
            return None
        title = self.lead.total.title if self.lead.total else ""
        return self._line("", title, title, [total_of(one) for one in self.chosen], places=self.places)

    def bands(self, among: Iterable[int] | None = None) -> tuple[BandCount, ...]:
        """How many records are in each band, of all or of those at these places."""
        chosen = self.chosen if among is None else [self.chosen[number] for number in among]
        return bands_of(self.lead, [band_of(one) for one in chosen])

    def ends(self) -> tuple[int | None, int | None]:
        """The ends of the scale of all items that are averaged."""
        scales = [asked.values for asked in self.asked if asked.averaged]
        numbers = [[value for value in values if isinstance(value, int)] for values in scales]
        ends = {(min(values), max(values)) for values in numbers if values}
        return ends.pop() if len(ends) == 1 else (None, None)

    def _line(
        self,
        id: str,
        title: str,
        short: str,
        marks: list[Fraction | None],
        *,
        places: int,
        part: str = "",
        section: str = "",
    ) -> Line:
        found = spread(marks)
        mine = marks[self.own] if self.own is not None else None
        others = [mark for number, mark in enumerate(marks) if number != self.own]
        printed = printed_mean(self._published, id, part, is_section=not section and bool(id))
        return Line(
            id=id,
            part=part,
            title=title,
            short=short,
            section=section,
            marks=tuple(marks),
            spread=found,
            place=None if mine is None else place(mine, others, places),
            printed=printed,
            differs=differs(found.mean, printed),
        )


def has_total(content: Content) -> bool:
    """Whether the instrument sums up its answers."""
    return content.total is not None and content.total.method != "none"


def total_of(one: Done) -> Fraction | None:
    """The total of a record, where it has one."""
    total = one.outcome.scores.total
    return total.value if isinstance(total, Mean) else None


def band_of(one: Done) -> str | None:
    """The band of a record."""
    return one.outcome.scores.band if total_of(one) is not None else None


def bands_of(content: Content, bands: Sequence[str | None]) -> tuple[BandCount, ...]:
    """How many are in each band, from low to high; those in none come last, where there are."""
    if content.total is None or not content.total.bands:
        return ()
    titles = dict.fromkeys([one.title for one in content.total.bands])
    titles.update(dict.fromkeys(band for band in bands if band is not None))
    found = [BandCount(title, bands.count(title)) for title in titles]
    none = bands.count(None)
    return (*found, BandCount("", none)) if none else tuple(found)


def published_over(content: Content, chosen: Sequence[Done]) -> Published | None:
    """The means that a publication printed over these results, and no others."""
    for one in content.published:
        sources = {record.paper.source.strip() if record.paper else "" for record in chosen}
        if sources != {one.source.strip()} or len(chosen) != one.of:
            continue
        if all(holds(one.when, record.parameters) for record in chosen):
            return one
    return None


def printed_mean(published: Published | None, id: str, part: str = "", *, is_section: bool = False) -> Decimal | None:
    """The printed mean of an item, or without an id that of the totals."""
    if published is None or part or is_section:
        return None
    return decimal(published.items.get(id, "") if id else published.total or "")


def _given(one: Done) -> dict[Key, Value | None]:
    return {(stand.item, stand.part): stand.agreed.value for stand in one.outcome.stands if stand.agreed is not None}


def _same(value: Value | None, option: Value) -> bool:
    return type(value) is type(option) and value == option
