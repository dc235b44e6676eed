"""Whether sections and their items make sense: scales, anchors, texts per parameter, prompts and parts."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from .check_parts import repeated, unknown
from .conditions import Choices, choices_of, together, when_flaws
from .mistakes import Flaw
from .model import Content, Item, Scale, Section
from .places import Path

_MOST_TEXTS = 200
"""More are not compared with one another."""


def section_flaws(content: Content) -> Iterable[Flaw]:
    """What is wrong with the sections, and with each item in them."""
    choices = choices_of(content.parameter)
    several = frozenset(parameter.id for parameter in content.parameter if parameter.several)
    scales = {scale.id: scale for scale in content.scale}
    places = [(("section", n, "item", m), s, i) for n, s in enumerate(content.section) for m, i in enumerate(s.item)]
    yield from repeated((("section", n, "id"), section.id) for n, section in enumerate(content.section))
    yield from repeated(((*path, "id"), item.id) for path, _, item in places)
    for n, section in enumerate(content.section):
        yield from when_flaws(section.when, ("section", n), choices)
        if not section.item:
            yield Flaw(("section", n), "geen enkel item", "minstens een item ([[section.item]])")
    known = [item.id for _, _, item in places]
    for path, section, item in places:
        yield from _item_flaws(item, path, scales)
        yield from _beside_flaws(item, path, known)
        yield from _when_flaws(section, item, path, choices, several)


def _item_flaws(item: Item, path: Path, scales: dict[str, Scale]) -> Iterable[Flaw]:
    yield from unknown((*path, "scale"), item.scale, scales, "schalen")
    if not item.statement.strip() and not item.texts:
        yield Flaw((*path, "statement"), "niets", "een stelling (statement), of teksten per parameter (texts)")
    yield from _anchor_flaws(item.anchors, path, scales.get(item.scale))
    for n, variant in enumerate(item.texts):
        yield from _anchor_flaws(variant.anchors, (*path, "texts", n), scales.get(item.scale))
    yield from repeated(((*path, "prompts", n, "id"), prompt.id) for n, prompt in enumerate(item.prompts))
    yield from repeated(((*path, "parts", n, "id"), part.id) for n, part in enumerate(item.parts))
    for n, part in enumerate(item.parts):
        if part.scale:
            yield from unknown((*path, "parts", n, "scale"), part.scale, scales, "schalen")


def _beside_flaws(item: Item, path: Path, known: list[str]) -> Iterable[Flaw]:
    if item.beside:
        others = [id for id in known if id != item.id]
        yield from unknown((*path, "beside"), item.beside, others, "andere items")


def _anchor_flaws(anchors: tuple[str, ...], path: Path, scale: Scale | None) -> Iterable[Flaw]:
    if scale and anchors and len(anchors) != len(scale.options):
        expected = f"geen, of {len(scale.options)}: een per antwoord van de schaal {scale.id}"
        yield Flaw((*path, "anchors"), f"{len(anchors)} omschrijvingen", expected)
    for n, anchor in enumerate(anchors):
        if not anchor.strip():
            yield Flaw((*path, "anchors", n), "een lege tekst", "een omschrijving")


def _when_flaws(section: Section, item: Item, path: Path, choices: Choices, several: frozenset[str]) -> Iterable[Flaw]:
    yield from when_flaws(item.when, path, choices)
    for n, part in enumerate(item.parts):
        yield from when_flaws(part.when, (*path, "parts", n), choices)
    for n, variant in enumerate(item.texts):
        yield from when_flaws(variant.when, (*path, "texts", n), choices)
    if len(item.texts) > _MOST_TEXTS:
        yield Flaw((*path, "texts"), f"{len(item.texts)} teksten", f"hoogstens {_MOST_TEXTS}")
    for (n, one), (m, other) in combinations(enumerate(item.texts[:_MOST_TEXTS]), 2):
        if together(choices, [section.when, item.when, one.when, other.when], several):
            found = f"een tekst die samen met tekst nr. {n + 1} kan gelden"
            yield Flaw((*path, "texts", m, "when"), found, "hoogstens een tekst bij elke keuze van de parameters")
