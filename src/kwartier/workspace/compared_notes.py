"""What a reader of a comparison of organisations has to know: how records differ, what was printed otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from kwartier.analysis.compared import ENTITLED, Line, Row
from kwartier.analysis.numbers import dutch
from kwartier.workflow.printed import misprints, shown
from kwartier.workspace.compared_items import OTHER_SCALE, Field, total_of
from kwartier.workspace.gathered import Done

NAMELESS = (
    "Namen zijn weggelaten. De letters zeggen niet welke organisatie het is; wie de scores van een organisatie kent, "
    "kan haar soms toch herkennen."
)


def notes(field: Field, rows: Sequence[Row], *, named: bool, small: bool) -> Iterator[str]:
    """The sentences, the weightiest first."""
    if small:
        yield ENTITLED
    if not named:
        yield NAMELESS
    yield from _differences(field.chosen)
    if rescaled := field.rescaled():
        items = ", ".join(rescaled)
        yield (
            f"Niet elke meting gebruikte dezelfde schaal bij item {items}; zulke scores, en gemiddelden ervan, tellen "
            "niet mee."
        )
    yield from _misprints(field, rows, named=named)
    for line in [*([field.total] if field.total else []), *field.items]:
        yield from _misprinted_mean(line)


def misprint(done: Done) -> tuple[str, str]:
    """The total and band as printed on paper; each empty where it is as computed."""
    if done.paper is None or done.outcome.scores.total is OTHER_SCALE:
        return "", ""
    return misprints(done.paper, done.outcome.scores)


def _differences(done: Sequence[Done]) -> Iterator[str]:
    editions = [one.edition for one in done]
    if told := _told(editions):
        yield f"Niet alle metingen zijn met dezelfde uitgave van het instrument gedaan: {told}."
    if len({(one.edition, one.pin) for one in done}) > len(set(editions)):
        yield "De formulering van kwartier is tussen deze metingen bijgewerkt."
    for name in sorted({name for one in done for name in one.parameters}):
        if told := _told([str(one.parameters.get(name, "niet ingesteld")) for one in done]):
            yield f"De metingen verschillen in {name}: {told}."
    paper, open_ = sum(one.paper is not None for one in done), sum(not one.settled for one in done)
    if paper:
        yield f"Overgenomen van papier: {_of(paper, len(done))}."
    if open_:
        yield f"Het verslag is nog niet definitief: {_of(open_, len(done))}."


def _of(some: int, every: int) -> str:
    if every == 1:
        return "de enige meting"
    return f"alle {every} metingen" if some == every else f"{some} van de {every} metingen"


def _told(values: Iterable[str]) -> str:
    """The values with how many there are of each; empty where all are the same."""
    counts = Counter(values)
    return ", ".join(f"{value} ({counts[value]})" for value in sorted(counts)) if len(counts) > 1 else ""


def _misprints(field: Field, rows: Sequence[Row], *, named: bool) -> Iterator[str]:
    found = [(row, one) for row, one in zip(rows, field.chosen, strict=True) if any(misprint(one))]
    if found and not named:
        # The printed number is public: beside a letter it would name the organisation.
        yield (
            f"Bij {len(found)} van de {len(rows)} metingen staat op papier een ander totaal of niveau dan uit de items "
            "volgt."
        )
        return
    for row, one in found:
        total, band = misprint(one)
        told = []
        computed = total_of(one)
        if total and computed is not None:
            told.append(f"de items geven {dutch(computed, field.places)}, op papier staat {shown(total)}")
        if band:
            told.append(f"het niveau is {row.band or 'niet te bepalen'}, op papier staat {band}")
        yield f"{row.label}: {'; '.join(told)}."


def _misprinted_mean(line: Line) -> Iterator[str]:
    mean: Fraction | None = line.spread.mean
    if line.differs and line.printed is not None and mean is not None:
        what = f"Gemiddelde van item {line.id}" if line.id else "Gemiddelde van alle organisaties"
        yield f"{what}: de items geven {dutch(mean)}, gedrukt staat {dutch(line.printed)}."
