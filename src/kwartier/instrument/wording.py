"""The official wording over kwartier's own: reading, checking and laying over such a file.

An organisation that holds the publication fills it in; an empty text keeps kwartier's. Always laid over the whole
content, before `for_parameters` settles it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from .check_parts import repeated
from .mistakes import Flaw, listed, shown
from .model import Content, Header, Item, Piece, When
from .parsing import parse_with_source
from .reading import typed
from .wording_template import template

__all__ = [
    "Finding",
    "ItemWording",
    "Overlay",
    "PartWording",
    "PromptWording",
    "VariantWording",
    "check_overlay",
    "lay_over",
    "overlay_of",
    "read_overlay",
    "template",
]


class PromptWording(Piece, frozen=True, kw_only=True):
    """The official text of an interview question."""

    id: str
    text: str = ""


class PartWording(Piece, frozen=True, kw_only=True):
    """The official text of a part of an item."""

    id: str
    title: str = ""


class VariantWording(Piece, frozen=True, kw_only=True):
    """The official text of an item for the same parameter values as in the content."""

    when: When
    statement: str = ""
    anchors: tuple[str, ...] = ()


class ItemWording(Piece, frozen=True, kw_only=True):
    """The official texts of an item."""

    id: str
    statement: str = ""
    anchors: tuple[str, ...] = ()
    prompts: tuple[PromptWording, ...] = ()
    parts: tuple[PartWording, ...] = ()
    texts: tuple[VariantWording, ...] = ()


class Overlay(Piece, frozen=True, kw_only=True):
    """A file of official wording: for which edition of which instrument, and the texts by id."""

    instrument: str
    edition: str
    item: tuple[ItemWording, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What is odd about an overlay, in Dutch. An error keeps it from being used, a notice does not."""

    level: Literal["error", "notice"]
    text: str
    item: str = ""


def read_overlay(data: bytes, place: str) -> Overlay:
    """The overlay in the bytes of a TOML file; raises `Mistaken`. Whether it fits an instrument: `check_overlay`."""
    source, tree = parse_with_source(data, place)
    return overlay_of(tree, place, source)


def overlay_of(tree: Mapping[str, Any], place: str, source: str | None = None) -> Overlay:
    """The overlay in a parsed tree; raises `Mistaken`, with lines where the text is given too."""
    return typed(tree, Overlay, _repeated, place, source)


def _repeated(overlay: Overlay) -> list[Flaw]:
    flaws = repeated((("item", n, "id"), item.id) for n, item in enumerate(overlay.item))
    for n, item in enumerate(overlay.item):
        flaws += repeated((("item", n, "prompts", m, "id"), each.id) for m, each in enumerate(item.prompts))
        flaws += repeated((("item", n, "parts", m, "id"), each.id) for m, each in enumerate(item.parts))
        flaws += repeated(
            ((("item", n, "texts", m, "when"), _when_key(each.when)) for m, each in enumerate(item.texts)),
            what="een keuze van parameters",
        )
    return flaws


def check_overlay(overlay: Overlay, header: Header, content: Content) -> list[Finding]:
    """What does not fit (errors), and what is still kwartier's own wording (notices): part of it is allowed."""
    if overlay.instrument != header.id:
        return [_error(f"Dit zijn teksten voor {shown(overlay.instrument)}, niet voor {shown(header.id)}.")]
    findings: list[Finding] = []
    if overlay.edition != header.edition:
        text = f"Dit zijn teksten van de uitgave {shown(overlay.edition)}; kwartier volgt {shown(header.edition)}."
        findings.append(_error(text))
    items = {item.id: item for item in content.items()}
    for wording in overlay.item:
        if wording.id in items:
            findings += _too_much(wording, items[wording.id], _options(content, items[wording.id]))
        else:
            findings.append(_error(f"Item {shown(wording.id)} bestaat niet in dit instrument.", wording.id))
    given = {wording.id: wording for wording in overlay.item}
    partial = [_too_little(given.get(item.id), item) for item in items.values()]
    return findings + _notices([each for each in partial if each], len(items))


def _notices(partial: list[Finding], total: int) -> list[Finding]:
    if not partial:
        return []
    complete = total - len(partial)
    text = f"De officiële tekst is volledig voor {complete} van {total} items; elders staat die van kwartier."
    return [Finding("notice", text), *partial]


def _options(content: Content, item: Item) -> int:
    return next((len(scale.options) for scale in content.scale if scale.id == item.scale), len(item.anchors))


def _too_much(wording: ItemWording, item: Item, options: int) -> Iterator[Finding]:
    """What the wording of an item has and the item has not."""
    for what, ids, known in (
        ("Interviewvraag", [each.id for each in wording.prompts], [each.id for each in item.prompts]),
        ("Onderdeel", [each.id for each in wording.parts], [each.id for each in item.parts]),
    ):
        for id in ids:
            if id not in known:
                yield _error(f"{what} {shown(id)} bestaat niet bij item {item.id}; wel {listed(known)}.", item.id)
    texts = {_when_key(text.when) for text in item.texts}
    if wording.statement and not item.statement:
        yield _error(f"Item {item.id} heeft per parameter een stelling; vul die in onder [[item.texts]].", item.id)
    for variant in wording.texts:
        if _when_key(variant.when) not in texts:
            yield _error(f"Item {item.id} heeft geen tekst voor {_when_words(variant.when)}.", item.id)
    for count in [len(wording.anchors), *(len(text.anchors) for text in wording.texts)]:
        if count not in (0, options):
            text = f"Item {item.id} heeft {count} omschrijvingen; het moeten er {options} zijn, een per antwoord."
            yield _error(text, item.id)


def _too_little(wording: ItemWording | None, item: Item) -> Finding | None:
    """One notice with all that the wording of an item still lacks."""
    if wording is None:
        return Finding("notice", f"Item {item.id} ({item.title}) staat er nog niet in.", item.id)
    lacks = [*_blank(wording.statement, wording.anchors, bool(item.statement), len(item.anchors))]
    texts = {_when_key(text.when): text for text in wording.texts}
    for variant in item.texts:
        given = texts.get(_when_key(variant.when))
        statement, anchors = (given.statement, given.anchors) if given else ("", ())
        words = _blank(statement, anchors, True, len(variant.anchors))
        lacks += [f"{each} voor {_when_words(variant.when)}" for each in words]
    for what, filled, known in (
        ("interviewvraag", {each.id for each in wording.prompts if each.text}, [each.id for each in item.prompts]),
        ("onderdeel", {each.id for each in wording.parts if each.title}, [each.id for each in item.parts]),
    ):
        lacks += [f"{what} {id}" for id in known if id not in filled]
    if not lacks:
        return None
    return Finding("notice", f"Item {item.id} ({item.title}) mist nog: {', '.join(lacks)}.", item.id)


def _blank(statement: str, anchors: tuple[str, ...], wanted: bool, count: int) -> Iterator[str]:
    if wanted and not statement:
        yield "de stelling"
    filled = sum(bool(anchor) for anchor in anchors)
    if filled < count:
        yield "de omschrijvingen" if not filled else f"{count - filled} van {count} omschrijvingen"


def lay_over(content: Content, overlay: Overlay) -> Content:
    """The content with every text that the overlay gives; what is empty, or does not fit, stays as it was."""
    given = {wording.id: wording for wording in overlay.item}
    sections = (
        msgspec.structs.replace(
            section,
            item=tuple(
                _laid(item, given[item.id], _options(content, item)) if item.id in given else item
                for item in section.item
            ),
        )
        for section in content.section
    )
    return msgspec.structs.replace(content, section=tuple(sections))


def _laid(item: Item, wording: ItemWording, options: int) -> Item:
    prompts = {each.id: each.text for each in wording.prompts if each.text}
    parts = {each.id: each.title for each in wording.parts if each.title}
    texts = {_when_key(each.when): each for each in wording.texts}
    replace = msgspec.structs.replace
    return replace(
        item,
        statement=(wording.statement or item.statement) if item.statement else item.statement,
        anchors=_laid_anchors(item.anchors, wording.anchors, options),
        prompts=tuple(replace(each, text=prompts.get(each.id, each.text)) for each in item.prompts),
        parts=tuple(replace(each, title=parts.get(each.id, each.title)) for each in item.parts),
        texts=tuple(
            replace(
                each,
                statement=given.statement or each.statement,
                anchors=_laid_anchors(each.anchors, given.anchors, options),
            )
            if (given := texts.get(_when_key(each.when)))
            else each
            for each in item.texts
        ),
    )


def _laid_anchors(own: tuple[str, ...], official: tuple[str, ...], options: int) -> tuple[str, ...]:
    """Official anchors one by one; where kwartier has none, only a full set can stand beside the options."""
    if len(official) != options:
        return own
    if not own:
        return official if all(official) else own
    return tuple(new or old for new, old in zip(official, own, strict=False))


def _when_key(when: When) -> str:
    """The same for the same choice of parameters, in whatever order it is written."""
    rows = sorted((name, sorted(map(repr, values))) for name, values in when.items())
    return repr(rows)


def _when_words(when: When) -> str:
    return " en ".join(f"{name} {listed(_sorted(values))}" for name, values in when.items()) or "elke keuze"


def _sorted(values: Iterable[int | str]) -> list[int | str]:
    return sorted(values, key=lambda value: (isinstance(value, str), value))


def _error(text: str, item: str = "") -> Finding:
    return Finding("error", text, item)
