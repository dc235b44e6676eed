"""Whether a well-typed header or content makes sense: ids, scales, facts, totals. Items and steps stand apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from .check_items import section_flaws
from .check_lookups import estimate_flaws, lookup_flaws, published_flaws
from .check_parts import repeated, span_flaws
from .check_portfolio import plugin_flaws, portfolio_flaws
from .check_rules import rule_flaws
from .check_steps import step_flaws
from .conditions import choices_of, when_flaws
from .mistakes import Flaw, kind_of, listed, shown
from .model import Content, Fact, Header, Option, Parameter, Scale, Total

FOLDER_NAMES = frozenset(["con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))])
"""Names that Windows keeps for devices; ids of instruments and steps become names of folders and files."""

MOST_PLACES = 6

_INSTRUMENT_ID = re.compile(r"^[a-z][a-z0-9-]{0,29}\Z")


def check_header(header: Header) -> list[Flaw]:
    """What is wrong with a header whose form is right."""
    flaws: list[Flaw] = []
    if header.id in FOLDER_NAMES or header.id == "subjects":
        flaws.append(Flaw(("id",), shown(header.id), "een id die ook als naam van een map kan"))
    if header.successor == header.id:
        found = f"{shown(header.id)}, dit instrument zelf"
        flaws.append(Flaw(("successor",), found, "de id van het instrument dat ervoor in de plaats kwam"))
    elif header.successor and not _INSTRUMENT_ID.match(header.successor):
        expected = "de id van een instrument: kleine letters, cijfers en streepjes, en een letter vooraan"
        flaws.append(Flaw(("successor",), shown(header.successor), expected))
    return flaws


def check_content(content: Content) -> list[Flaw]:
    """What is wrong with a content whose form is right, all at once."""
    return [
        *_parameter_flaws(content.parameter),
        *repeated((("role", n, "id"), role.id) for n, role in enumerate(content.role)),
        *_norm_flaws(content),
        *repeated((("scale", n, "id"), scale.id) for n, scale in enumerate(content.scale)),
        *(flaw for n, scale in enumerate(content.scale) for flaw in _scale_flaws(scale, n)),
        *section_flaws(content),
        *repeated((("fact", n, "id"), fact.id) for n, fact in enumerate(content.fact)),
        *(flaw for n, fact in enumerate(content.fact) for flaw in _fact_flaws(fact, n)),
        *_when_flaws(content),
        *estimate_flaws(content),
        *step_flaws(content, reserved=FOLDER_NAMES),
        *portfolio_flaws(content),
        *lookup_flaws(content),
        *rule_flaws(content),
        *(_total_flaws(content.total, content) if content.total else ()),
        *published_flaws(content),
        *repeated((("background", n, "id"), each.id) for n, each in enumerate(content.background)),
    ]


def check_plugin_content(content: Content) -> list[Flaw]:
    """What is wrong with a content as an instrument brings it, and not as a record keeps it."""
    return [*check_content(content), *plugin_flaws(content)]


def _parameter_flaws(parameters: Iterable[Parameter]) -> Iterable[Flaw]:
    parameters = tuple(parameters)
    yield from repeated((("parameter", n, "id"), each.id) for n, each in enumerate(parameters))
    for n, parameter in enumerate(parameters):
        if not parameter.values:
            yield Flaw(("parameter", n, "values"), "een lege rij", "minstens een waarde")
        yield from repeated(
            ((("parameter", n, "values", m), str(value)) for m, value in enumerate(parameter.values)), what="een waarde"
        )
        if parameter.several and parameter.moments:
            found = "naast moments, terwijl een meting op een moment gedaan wordt"
            yield Flaw(("parameter", n, "several"), found, "several of moments, niet allebei")


def _norm_flaws(content: Content) -> Iterable[Flaw]:
    for n, role in enumerate(content.role):
        if role.norm is not None and role.norm < 1:
            yield Flaw(("role", n, "norm"), str(role.norm), "minstens 1")


def _scale_flaws(scale: Scale, number: int) -> Iterable[Flaw]:
    here = ("scale", number)
    if not scale.options:
        yield Flaw((*here, "options"), "een lege rij", "minstens een antwoord")
    yield from repeated(
        (((*here, "options", n, "value"), str(option.value)) for n, option in enumerate(scale.options)),
        what="een waarde",
    )
    keys = [(n, option.key) for n, option in enumerate(scale.options) if option.key]
    yield from repeated((((*here, "options", n, "key"), key) for n, key in keys), what="een toets")
    for n, key in keys:
        if len(key) != 1 or key.isspace():
            yield Flaw((*here, "options", n, "key"), shown(key), "een enkele toets, zoals 1 of w")
    yield from repeated((((*here, "missing", n), reason) for n, reason in enumerate(scale.missing)), what="een reden")
    for n, reason in enumerate(scale.missing):
        if not reason.strip():
            yield Flaw((*here, "missing", n), "een lege tekst", "een reden om niet te antwoorden")
    if scale.kind == "ordinal":
        yield from _order_flaws(scale.options, here)


def _order_flaws(options: tuple[Option, ...], here: tuple[str | int, ...]) -> Iterable[Flaw]:
    """Numbers on an ordinal scale go up; words stand in the order that they have."""
    for n, (before, option) in enumerate(pairwise(options), start=1):
        place = (*here, "options", n, "value")
        if type(before.value) is not type(option.value):
            found = f"{shown(option.value)} ({kind_of(option.value)})"
            yield Flaw(place, found, f"{kind_of(before.value)}, net als ervoor, want de schaal heeft een volgorde")
        elif isinstance(before.value, int) and isinstance(option.value, int) and option.value < before.value:
            expected = f"een getal groter dan {before.value}, want de schaal heeft een volgorde"
            yield Flaw(place, str(option.value), expected)


def _fact_flaws(fact: Fact, number: int) -> Iterable[Flaw]:
    here = ("fact", number)
    chosen = fact.kind in ("choice", "choices")
    if chosen and not fact.options:
        yield Flaw((*here, "options"), "niets", "minstens een antwoord om uit te kiezen")
    if fact.options and not chosen:
        yield Flaw((*here, "options"), "antwoorden", f"geen antwoorden, want kind is {shown(fact.kind)}")
    yield from repeated((((*here, "options", n), option) for n, option in enumerate(fact.options)), what="een antwoord")
    for name, limit in (("minimum", fact.minimum), ("maximum", fact.maximum)):
        if limit is not None and fact.kind not in ("number", "count"):
            yield Flaw((*here, name), str(limit), f"geen grens, want kind is {shown(fact.kind)}")
    yield from span_flaws(fact.minimum, fact.maximum, here)


def _when_flaws(content: Content) -> Iterable[Flaw]:
    """What is wrong with the parameter values for which facts are asked."""
    choices = choices_of(content.parameter)
    for n, fact in enumerate(content.fact):
        yield from when_flaws(fact.when, ("fact", n), choices)


def _total_flaws(total: Total, content: Content) -> Iterable[Flaw]:
    if not 0 <= total.places <= MOST_PLACES:
        yield Flaw(("total", "places"), str(total.places), f"een getal van 0 tot en met {MOST_PLACES}")
    if total.method == "mean":
        counted = {scale.id for scale in content.scale if _has_mean(scale)}
        if not any(item.scale in counted for item in content.items()):
            found = f"{shown(total.method)} terwijl geen item een ordinale schaal met getallen heeft"
            yield Flaw(("total", "method"), found, listed(["none"]))
    elif total.bands:
        yield Flaw(("total", "bands"), "niveaus", f"geen niveaus, want method is {shown(total.method)}")
    yield from _band_flaws(total)


def _has_mean(scale: Scale) -> bool:
    return scale.kind == "ordinal" and all(isinstance(option.value, int) for option in scale.options)


def _band_flaws(total: Total) -> Iterable[Flaw]:
    end: str | None = None
    for n, band in enumerate(total.bands):
        here = ("total", "bands", n)
        for name, text in (("low", band.low), ("high", band.high)):
            if len(text.partition(".")[2]) > max(total.places, 0):
                yield Flaw((*here, name), text, f"hoogstens {total.places} cijfers na de punt (places)")
        if Decimal(band.high) < Decimal(band.low):
            yield Flaw((*here, "high"), band.high, f"een getal dat niet onder low ({band.low}) ligt")
        if end is not None and Decimal(band.low) <= Decimal(end):
            yield Flaw((*here, "low"), band.low, f"een getal boven het vorige niveau, dat tot en met {end} loopt")
        end = band.high if end is None or Decimal(band.high) > Decimal(end) else end
    yield from repeated(
        ((("total", "bands", n, "title"), band.title) for n, band in enumerate(total.bands)), what="een naam"
    )
