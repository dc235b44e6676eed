"""crosswalk.toml: which items of an instrument are about the same matter as items of another one. No scores here.

It is somebody's own reading, with a reason for every pair, and nothing is ever converted by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Annotated, Any, Literal

from msgspec import Meta, field

from kwartier.instrument.check_parts import repeated, unknown
from kwartier.instrument.mistakes import Flaw, shown
from kwartier.instrument.model import Content
from kwartier.instrument.parsing import parse_with_source
from kwartier.instrument.piece import Id, Piece, Text
from kwartier.instrument.reading import typed

Relation = Literal["same", "broader", "narrower"]
Contents = Callable[[str], Content | None]
"""The content of an instrument by its id; None where it is not installed."""


class Pair(Piece, frozen=True, kw_only=True):
    """An item of this instrument and one of the other that are about the same matter, wholly or in part."""

    own: Id
    "Id of the item of this instrument."
    other: Id
    "Id of the item of the other instrument."
    relation: Relation
    "same: they are about the same; broader: the own item is about more than the other one; narrower: about less."
    reason: Text
    "Why, in a sentence."


class Alone(Piece, frozen=True, kw_only=True):
    """An item of one of the two that has no counterpart: there it is not measured."""

    own: str = ""
    "Id of the item of this instrument; then `other` is left out."
    other: str = ""
    "Id of the item of the other instrument; then `own` is left out."
    reason: Text
    "Why, in a sentence."


class Crosswalk(Piece, frozen=True, kw_only=True):
    """crosswalk.toml: how the items of this instrument lie beside those of another one."""

    schema: Literal[1] = 1
    "Version of this form of crosswalk.toml."
    with_: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,29}$")] = field(name="with")
    "Id of the other instrument."
    note: str = ""
    "Whose reading this is, and what it rests on."
    pair: tuple[Pair, ...] = ()
    "Items that belong beside each other; an item may stand in more than one."
    alone: tuple[Alone, ...] = ()
    "Items that only one of the two instruments measures."


def read_crosswalk(data: bytes, place: str, instrument: str, own: Content, others: Contents) -> Crosswalk:
    """The crosswalk in the bytes of a crosswalk.toml of `instrument`; raises `Mistaken` with all mistakes at once.

    Items of the other instrument are only looked for where `others` knows it.
    """
    source, tree = parse_with_source(data, place)
    return crosswalk_of(tree, place, instrument, own, others, source)


def crosswalk_of(
    tree: Mapping[str, Any], place: str, instrument: str, own: Content, others: Contents, source: str | None = None
) -> Crosswalk:
    """As `read_crosswalk`, of a parsed tree; with lines where the text is given too."""
    check = partial(check_crosswalk, instrument=instrument, own=own, others=others)
    return typed(tree, Crosswalk, check, place, source)


def check_crosswalk(crosswalk: Crosswalk, instrument: str, own: Content, others: Contents) -> list[Flaw]:
    """What is wrong with a crosswalk whose form is right, all at once."""
    if crosswalk.with_ == instrument:
        return [Flaw(("with",), shown(instrument), "een ander instrument")]
    if not crosswalk.pair and not crosswalk.alone:
        return [Flaw((), "geen enkel item", "minstens een paar ([[pair]]) of een item alleen ([[alone]])")]
    other = others(crosswalk.with_)
    return [
        *_unknown(crosswalk, "own", own, "items van dit instrument"),
        *(_unknown(crosswalk, "other", other, f"items van {crosswalk.with_}") if other is not None else ()),
        *repeated(
            ((("pair", n), f"{pair.own} – {pair.other}") for n, pair in enumerate(crosswalk.pair)), what="een paar"
        ),
        *_alone_flaws(crosswalk),
    ]


def _unknown(crosswalk: Crosswalk, side: str, content: Content, what: str) -> Iterator[Flaw]:
    known = [item.id for item in content.items()]
    for n, pair in enumerate(crosswalk.pair):
        yield from unknown(("pair", n, side), getattr(pair, side), known, what)
    for n, alone in enumerate(crosswalk.alone):
        if value := getattr(alone, side):
            yield from unknown(("alone", n, side), value, known, what)


def _alone_flaws(crosswalk: Crosswalk) -> Iterable[Flaw]:
    for n, alone in enumerate(crosswalk.alone):
        if bool(alone.own) == bool(alone.other):
            found = "own en other" if alone.own else "niets"
            yield Flaw(("alone", n), found, "een van beide: own, of other")
    for side in ("own", "other"):
        paired = {getattr(pair, side) for pair in crosswalk.pair}
        rows = [
            (("alone", n, side), str(value)) for n, one in enumerate(crosswalk.alone) if (value := getattr(one, side))
        ]
        yield from repeated(rows, what="een item")
        for path, value in rows:
            if value in paired:
                yield Flaw(path, f"{shown(value)}, dat ook in een paar staat", "een item dat in geen enkel paar staat")
