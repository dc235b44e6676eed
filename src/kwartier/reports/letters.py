"""A letter of an instrument as a document: its blocks with the fields filled in. The values come from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kwartier.instrument import letters as ls
from kwartier.instrument.model import Content
from kwartier.reports.document import Block, Bullets, Document, Heading, Paragraph, Table
from kwartier.reports.paper import WIDE, schedule
from kwartier.reports.question_lines import EMPTY
from kwartier.reports.verdict import DOTS
from kwartier.text import clean

_SHORT = "…" * 10
"""Room for a word or two, within a sentence."""


def letter_document(letter: ls.Letter, values: Mapping[str, str], content: Content, day: date) -> Document:
    """The letter with these values by field; what has none becomes dots to write on. `day` is the day it is made."""
    known = {name: one_line(text) for name, text in values.items()}
    blocks = [made for block in letter.block for made in _blocks(block, known, content)]
    return Document(
        title=_filled(letter.title, known),
        subject=known.get("organisatie", ""),
        date=day,
        blocks=tuple(blocks),
        contents=False,
    )


def one_line(text: str) -> str:
    """A value as it stands within a sentence: cleaned, on one line."""
    return " ".join(clean(text).split())


def _filled(text: str, values: Mapping[str, str], dots: str = _SHORT) -> str:
    return ls.filled(text, values, lambda name: dots)


def _blocks(block: ls.Block, values: Mapping[str, str], content: Content) -> Iterator[Block]:
    match block:
        case ls.HeadingBlock():
            yield Heading(1, _filled(block.text, values))
        case ls.ParagraphBlock():
            yield Paragraph(_filled(block.text, values))
        case ls.ListBlock():
            yield Bullets(tuple(_filled(one, values) for one in block.items), ordered=block.ordered)
        case ls.ChoicesBlock():
            yield Bullets(tuple(f"{EMPTY} {_filled(one, values)}" for one in block.items))
        case ls.RoomBlock():
            label = [_filled(block.label, values)] if block.label else []
            yield Paragraph("\n".join([*label, *[WIDE] * block.lines]))
        case ls.SignaturesBlock():
            yield _signatures(block, values)
        case ls.ScheduleBlock():
            yield schedule(
                content,
                [(_filled(one.text, values), one.minutes) for one in block.before],
                [(_filled(one.text, values), one.minutes) for one in block.after],
                start=values.get("tijd", ""),
            )


def _signatures(block: ls.SignaturesBlock, values: Mapping[str, str]) -> Table:
    names = block.names or ("",) * len(block.rows)
    rows = tuple(
        (_filled(who, values), _filled(name, values, "") or DOTS, DOTS, DOTS)
        for who, name in zip(block.rows, names, strict=True)
    )
    return Table("", ("Wie", "Naam", "Datum", "Handtekening"), rows)
