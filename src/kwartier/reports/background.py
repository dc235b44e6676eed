"""The background texts of an instrument: the words to know beforehand, and the rest, for the appendix."""

from __future__ import annotations

from collections.abc import Iterator

from kwartier.reports.case import Case
from kwartier.reports.document import Block, Heading, Paragraph
from kwartier.reports.phrases import ended
from kwartier.reports.prose import prose

WORDS = "woorden"
"""Id of the text that explains words and abbreviations: it stands before their first use, under its own title."""


def glossary(case: Case) -> Iterator[Block]:
    """The words that a reader has to know, where the instrument explains them."""
    for text in case.content.background:
        if text.id == WORDS:
            yield Heading(2, text.title)
            yield from prose(text.text)


def background(case: Case) -> Iterator[Block]:
    """All other texts with their places in the publication."""
    texts = [text for text in case.content.background if text.id != WORDS]
    if texts:
        yield Heading(1, "Bijlage: achtergrond")
    for text in texts:
        yield Heading(2, text.title)
        yield from prose(text.text)
        if text.source:
            yield Paragraph(f"Bron: {ended(text.source)}")
