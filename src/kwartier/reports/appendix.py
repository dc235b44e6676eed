"""What the scores refer to: each item with its statement and descriptions, and the background of the instrument."""

from __future__ import annotations

from collections.abc import Iterator

from kwartier.instrument.model import Item, Scale
from kwartier.instrument.selection import scale_of
from kwartier.reports.background import background
from kwartier.reports.case import Case
from kwartier.reports.document import Block, Bullets, Heading, Paragraph, Table
from kwartier.reports.phrases import NOTHING, ended, item_title, option_words, section_title
from kwartier.reports.portfolio import is_portfolio


def appendix(case: Case) -> Iterator[Block]:
    """Items and descriptions, background texts, and the rights on the publication."""
    content = case.content
    if is_portfolio(content):  # what is asked stands in the body, item by item
        yield Heading(1, "Bijlage: waar de items staan in de publicatie")
        rows = tuple((item.id, item.title, item.source or NOTHING) for item in content.items())
        yield Table("Items en hun plaats", ("Nr.", "Item", "Plaats"), rows)
        yield from background(case)
        yield from _rights(case)
        return
    if content.section:
        yield Heading(1, "Bijlage: de items met hun omschrijvingen")
    for section in content.section:
        yield Heading(2, section_title(content, section))
        for item in section.item:
            yield Heading(3, item_title(item))
            yield from _item(item, scale_of(content, item))
    yield from background(case)
    yield from _rights(case)


def _rights(case: Case) -> Iterator[Block]:
    yield Heading(1, "Bijlage: rechten op de publicatie")
    yield Paragraph(case.header.publication.rights)


def _item(item: Item, scale: Scale) -> Iterator[Block]:
    if item.statement:
        yield Paragraph(item.statement)
    if item.parts:
        yield Bullets(tuple(part.title for part in item.parts))
    options = [option_words(option) for option in scale.options]
    word = "Score" if scale.kind == "ordinal" else "Antwoord"
    if item.anchors:
        rows = tuple(zip(options, item.anchors, strict=False))
        yield Table(f"Omschrijvingen bij item {item.id}", (word, "Omschrijving"), rows)
    else:
        yield Paragraph(f"Mogelijke {'scores' if scale.kind == 'ordinal' else 'antwoorden'}: {', '.join(options)}.")
    if item.source:
        yield Paragraph(f"Plaats in de publicatie: {ended(item.source)}")
