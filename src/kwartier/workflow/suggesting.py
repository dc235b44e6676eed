"""Scores that facts suggest, by the lookup tables of the content. Nothing is filled in by it; the assessor decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct

from kwartier.analysis.numbers import dutch, rounded
from kwartier.instrument.model import Content, Fact, Lookup, LookupTable, Stretch, Value
from kwartier.records.files import GivenFact
from kwartier.workflow.estimates import Estimate, estimate_of, estimate_words

Facts = Mapping[str, GivenFact]
"""What was answered, by the id of the fact."""

_MOST_PLACES = 6


class Suggestion(Struct, frozen=True):
    """Answers that facts suggest for an item, in the order of its scale, and why (Dutch, a sentence).

    More than one where the publication's stretches overlap, or where what is known crosses a boundary.
    """

    item: str
    values: tuple[Value, ...]
    reason: str


def suggestions(content: Content, facts: Facts) -> list[Suggestion]:
    """What the lookup tables suggest; nothing for an item of which the number is not known."""
    items = {item.id for item in content.items()}
    known = {fact.id for fact in content.fact}  # what is not asked with these parameters suggests nothing
    given = {id: row for id, row in facts.items() if id in known}
    asked = [one for one in content.lookup if one.item in items and {one.fact, one.per or one.fact} <= known]
    found = (_suggestion(content, lookup, given) for lookup in asked)
    return [one for one in found if one is not None]


def lacking(content: Content, facts: Facts) -> dict[str, tuple[Fact, ...]]:
    """By item the facts that are still to be answered before anything can be suggested; not those that nobody knows."""
    asked, known = {item.id for item in content.items()}, {fact.id: fact for fact in content.fact}
    found: dict[str, tuple[Fact, ...]] = {}
    done = {one.item for one in suggestions(content, facts)}
    for lookup in content.lookup:
        names = [lookup.fact, lookup.per, *(table.fact for table in lookup.table)]
        open_ones = [known[id] for id in dict.fromkeys(names) if id in known and not (id in facts and facts[id].given)]
        if lookup.item in asked and lookup.item not in done and open_ones:
            found[lookup.item] = tuple(open_ones)
    return found


class _Number(NamedTuple):
    """What is looked up, and how it came about in words."""

    estimate: Estimate
    words: str


def _suggestion(content: Content, lookup: Lookup, facts: Facts) -> Suggestion | None:
    number = _looked_up(content, lookup, facts)
    if number is None or not number.estimate.known:
        return None
    found = [
        (table, stretch)
        for table in lookup.table
        if _is_for(table, facts)
        for stretch in table.stretch
        if overlaps(stretch, number.estimate)
    ]
    values = _in_order(content, lookup, {stretch.value for _, stretch in found})
    if not values:
        return None
    sizes = [_size_words(content, table.fact, facts) for table, _ in found if table.fact]
    behind = f" ({'; '.join(dict.fromkeys(sizes))})" if sizes else ""
    why = "; ".join(dict.fromkeys(_told(lookup, table, stretch) for table, stretch in found))
    return Suggestion(lookup.item, values, f"{number.words}{behind}: {why}.")


def _looked_up(content: Content, lookup: Lookup, facts: Facts) -> _Number | None:
    fact = _fact(content, lookup.fact)
    own = facts.get(lookup.fact)
    if own is None or not own.given:
        return None
    name = fact.short or fact.title
    if fact.kind == "choices":
        if not isinstance(own.value, list | tuple):
            return None
        count = len(set(own.value) & set(fact.options))
        what = lookup.unit or name
        return _Number(Estimate(low=Fraction(count), high=Fraction(count)), f"{count} van {len(fact.options)} {what}")
    estimate = estimate_of(own)
    if estimate is None:
        return None
    words = f"{estimate_words(own)} {name}"
    if not lookup.per:
        return _Number(estimate, words)
    return _divided(content, lookup, facts, _Number(estimate, words))


def _divided(content: Content, lookup: Lookup, facts: Facts, number: _Number) -> _Number | None:
    """A number per so many of another; none as long as the other is not known."""
    whole = _fact(content, lookup.per)
    row = facts.get(lookup.per)
    over = estimate_of(row) if row is not None else None
    if number.estimate.low == number.estimate.high == 0:
        return number  # nothing is nothing, whatever it is divided by
    if row is None or over is None or not over.known:
        return None
    low = _quotient(number.estimate.low, over.high, lookup.times)
    high = _quotient(number.estimate.high, over.low, lookup.times)
    above = False
    if over.high is None and number.estimate.low is not None:
        low, above = Fraction(0), number.estimate.low > 0  # something of however much is never nothing
    about = number.estimate.approximate or over.approximate
    divided = Estimate(low=low, high=high, approximate=about, above=above)
    if not divided.known:
        return None
    words = f"{number.words} op {estimate_words(row)} {whole.short or whole.title} is {_span(divided)} {lookup.unit}"
    return _Number(divided, words.rstrip())


def _quotient(part: Fraction | None, whole: Fraction | None, times: int) -> Fraction | None:
    return None if part is None or not whole else part * times / whole


def _is_for(table: LookupTable, facts: Facts) -> bool:
    """Whether a table may be the one for this subject; where its size was asked and nobody knows, every table may."""
    if not table.fact:
        return True
    row = facts.get(table.fact)
    known = estimate_of(row) if row is not None else None
    return known is not None and overlaps(table, known)


def _size_words(content: Content, id: str, facts: Facts) -> str:
    fact, row = _fact(content, id), facts[id]
    name = fact.short or fact.title
    return f"{name}: niet bekend" if row.unknown else f"{estimate_words(row)} {name}"


def overlaps(stretch: Stretch | LookupTable, known: Estimate) -> bool:
    """Whether some number that it can be lies in a stretch; where nothing is known, it can be any."""
    starts = [(Fraction(Decimal(one)), open_) for one, open_ in ((stretch.least, False), (stretch.above, True)) if one]
    ends = [(Fraction(Decimal(one)), open_) for one, open_ in ((stretch.most, False), (stretch.below, True)) if one]
    for start, is_open in starts:
        if known.high is not None and (known.high < start or (is_open and known.high == start)):
            return False
    for end, is_open in ends:
        if known.low is not None and (known.low > end or ((is_open or known.above) and known.low == end)):
            return False
    return True


def _in_order(content: Content, lookup: Lookup, values: set[Value]) -> tuple[Value, ...]:
    item = next(item for item in content.items() if item.id == lookup.item)
    scale = next(scale for scale in content.scale if scale.id == item.scale)
    return tuple(option.value for option in scale.options if option.value in values)


def _told(lookup: Lookup, table: LookupTable, stretch: Stretch) -> str:
    which = f" in een {table.title}" if table.title and len(lookup.table) > 1 else ""
    return f"bij {stretch_words(stretch)}{which} hoort {stretch.value}"


def stretch_words(stretch: Stretch | LookupTable) -> str:
    """The numbers of a stretch, within a sentence: meer dan 2 tot en met 5."""
    least, above, most, below = (
        dutch(Decimal(one)) if one else "" for one in (stretch.least, stretch.above, stretch.most, stretch.below)
    )
    if least and least == most:
        return least
    start = f"meer dan {above}" if above else least
    if most:
        return f"{start} tot en met {most}" if start else f"ten hoogste {most}"
    if below:
        return f"{start} tot {below}" if start else f"minder dan {below}"
    return f"{start} of meer" if least else start


def _span(estimate: Estimate) -> str:
    about = "ongeveer " if estimate.approximate else ""
    low, high = (None if one is None else _shown(one) for one in (estimate.low, estimate.high))
    if estimate.exact:
        return f"{about}{low}"
    if estimate.above:
        return f"meer dan {about}{low}" + (f" tot en met {high}" if high is not None else "")
    if low is not None and high is not None:
        return f"{about}{low} tot en met {high}"
    return f"ten minste {about}{low}" if low is not None else f"ten hoogste {about}{high}"


def _shown(number: Fraction) -> str:
    """With as many decimals as it has, else two; more where two would round it onto a whole number."""
    for places in range(_MOST_PLACES + 1):
        if rounded(number, places) == number:
            return dutch(number, places)
    places = next((one for one in range(2, _MOST_PLACES) if rounded(number, one) % 1), _MOST_PLACES)
    return dutch(number, places)


def _fact(content: Content, id: str) -> Fact:
    return next(fact for fact in content.fact if fact.id == id)


def by_item(found: Iterable[Suggestion]) -> dict[str, Suggestion]:
    """The suggestions by item."""
    return {one.item: one for one in found}
