"""Whether what leans on facts makes sense: facts that bound one another, suggested answers, printed means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from .check_parts import repeated, unknown
from .conditions import choices_of, when_flaws
from .mistakes import Flaw, listed, shown
from .model import Content, Fact, Lookup, LookupTable, Published, Scale, Stretch
from .places import Path

_NUMBERS = ("number", "count")
_WHOLE = ("count", "choices")


def estimate_flaws(content: Content) -> Iterable[Flaw]:
    """What is wrong with `estimate` and `at_most` of the facts."""
    facts = {fact.id: fact for fact in content.fact}
    for n, fact in enumerate(content.fact):
        here = ("fact", n)
        if fact.estimate and fact.kind not in _NUMBERS:
            found = f"een schatting, terwijl kind {shown(fact.kind)} is"
            yield Flaw((*here, "estimate"), found, f"kind = {listed(_NUMBERS)}, of geen estimate")
        if not fact.at_most:
            continue
        place = (*here, "at_most")
        if fact.kind not in _NUMBERS:
            found = f"een bovengrens, terwijl kind {shown(fact.kind)} is"
            yield Flaw(place, found, f"kind = {listed(_NUMBERS)}, of geen at_most")
        elif fact.at_most == fact.id:
            yield Flaw(place, f"{shown(fact.id)}, het feit zelf", "de id van een ander feit")
        else:
            yield from _number_flaws(facts, fact.at_most, place, _NUMBERS)


def lookup_flaws(content: Content) -> Iterable[Flaw]:
    """What is wrong with the ways in which facts suggest answers."""
    items = {item.id: item for item in content.items()}
    scales = {scale.id: scale for scale in content.scale}
    facts = {fact.id: fact for fact in content.fact}
    yield from repeated(((("lookup", n, "item"), one.item) for n, one in enumerate(content.lookup)), what="een item")
    for n, lookup in enumerate(content.lookup):
        here: Path = ("lookup", n)
        yield from unknown((*here, "item"), lookup.item, items, "items")
        yield from _number_flaws(facts, lookup.fact, (*here, "fact"), (*_NUMBERS, "choices"))
        if lookup.per:
            yield from _number_flaws(facts, lookup.per, (*here, "per"), _NUMBERS)
        if lookup.times < 1:
            yield Flaw((*here, "times"), shown(lookup.times), "minstens 1")
        if not lookup.table:
            yield Flaw((*here, "table"), "een lege rij", "minstens een tabel ([[lookup.table]])")
        scale = scales.get(items[lookup.item].scale) if lookup.item in items else None
        for m, table in enumerate(lookup.table):
            yield from _table_flaws(table, (*here, "table", m), facts, scale, whole=_is_whole(lookup, facts))


def _is_whole(lookup: Lookup, facts: Mapping[str, Fact]) -> bool:
    """Whether only whole numbers are looked up."""
    return not lookup.per and lookup.fact in facts and facts[lookup.fact].kind in _WHOLE


def _number_flaws(facts: Mapping[str, Fact], id: str, path: Path, kinds: tuple[str, ...]) -> Iterable[Flaw]:
    """A flaw where there is no such fact, or where it is of a kind that cannot be counted with."""
    if id not in facts:
        yield from unknown(path, id, facts, "feiten")
    elif facts[id].kind not in kinds:
        found = f"{shown(id)}, waarvan kind {shown(facts[id].kind)} is"
        yield Flaw(path, found, f"een feit met kind = {listed(kinds)}")


def _table_flaws(
    table: LookupTable, path: Path, facts: Mapping[str, Fact], scale: Scale | None, *, whole: bool
) -> Iterable[Flaw]:
    if table.fact:
        yield from _number_flaws(facts, table.fact, (*path, "fact"), _NUMBERS)
        by_ones = table.fact in facts and facts[table.fact].kind in _WHOLE
        yield from _end_flaws(table, path, whole=by_ones)
    elif named := _ends(table):
        found = f"grenzen ({', '.join(named)}) zonder feit waarvoor ze gelden"
        yield Flaw((*path, named[0]), found, "ook fact, of geen grenzen")
    if not table.stretch:
        yield Flaw((*path, "stretch"), "een lege rij", "minstens een bereik")
    for n, stretch in enumerate(table.stretch):
        yield from _stretch_flaws(stretch, (*path, "stretch", n), scale, whole=whole)


def _stretch_flaws(stretch: Stretch, path: Path, scale: Scale | None, *, whole: bool) -> Iterable[Flaw]:
    if scale is not None:
        values = [option.value for option in scale.options]
        if not any(type(stretch.value) is type(value) and stretch.value == value for value in values):
            yield Flaw(
                (*path, "value"), shown(stretch.value), f"een antwoord van de schaal {scale.id}: {listed(values)}"
            )
    yield from _end_flaws(stretch, path, whole=whole)


def _ends(of: Stretch | LookupTable) -> list[str]:
    return [name for name in ("least", "above", "most", "below") if getattr(of, name) is not None]


def _end_flaws(of: Stretch | LookupTable, path: Path, *, whole: bool) -> Iterable[Flaw]:
    """No end at all, two ends on one side, or ends between which there is no number; `whole`: no whole number."""
    named = _ends(of)
    if not named:
        yield Flaw(path, "geen enkele grens", "minstens een van least, above, most of below")
    for one, other, side in (("least", "above", "onder"), ("most", "below", "boven")):
        if one in named and other in named:
            yield Flaw((*path, other), f"naast {one} nog een grens van {side}en", f"{one} of {other}, niet allebei")
    low = of.least if of.least is not None else of.above
    high = of.most if of.most is not None else of.below
    if low is None or high is None:
        return
    upper = "most" if of.most is not None else "below"
    if Decimal(high) < Decimal(low):
        yield Flaw((*path, upper), high, f"een getal dat niet onder {low} ligt")
    elif not _holds_any(of, Decimal(low), Decimal(high), whole=whole):
        what = "geheel getal" if whole else "getal"
        yield Flaw((*path, upper), f"{high}, waardoor er geen enkel {what} binnen de grenzen ligt", "een ruimere grens")


def _holds_any(of: Stretch | LookupTable, low: Decimal, high: Decimal, *, whole: bool) -> bool:
    if not whole:
        return low < high or (of.least is not None and of.most is not None)
    first, last = low.to_integral_value("ROUND_CEILING"), high.to_integral_value("ROUND_FLOOR")
    first += 1 if of.least is None and first == low else 0
    last -= 1 if of.most is None and last == high else 0
    return first <= last


def published_flaws(content: Content) -> Iterable[Flaw]:
    """What is wrong with the means that a publication printed."""
    choices = choices_of(content.parameter)
    items = [item.id for item in content.items()]
    for n, each in enumerate(content.published):
        here: Path = ("published", n)
        yield from when_flaws(each.when, here, choices)
        if each.of < 1:
            yield Flaw((*here, "of"), shown(each.of), "minstens 1")
        if _is_empty(each):
            yield Flaw(here, "geen enkel gemiddelde", "total, of gemiddelden per item in items")
        for item in each.items:
            if item not in items:
                expected = f"een van de items {listed(items)}"
                yield Flaw((*here, "items", item), f"het onbekende item {shown(item)}", expected, item, tuple(items))


def _is_empty(each: Published) -> bool:
    return each.total is None and not each.items
