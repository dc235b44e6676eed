"""A letter of an instrument, as typed and frozen values: its blocks and the fields that are filled in. No files here.

A letter is a TOML file; between braces stand fields of a closed set (`FIELDS`). What is filled in is text, no more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from .mistakes import Flaw, listed, shown
from .parsing import parse_with_source
from .piece import Id, Piece, Text
from .places import Path
from .reading import typed

SCHEMA = 1
FIELDS: dict[str, str] = {
    "organisatie": "naam van de organisatie",
    "woonplaats": "plaats van de organisatie",
    "datum": "datum van de meting of het gesprek",
    "vandaag": "de dag waarop de brief gemaakt is",
    "tijd": "hoe laat het gesprek begint",
    "plaats": "waar het gesprek is: gebouw, zaal",
    "duur": "hoe lang het gesprek duurt",
    "instrument": "korte naam van het instrument",
    "publicatie": "titel van de publicatie",
    "projectleider": "naam van de projectleider",
    "contact": "bij wie iemand terechtkan: telefoon, e-mail",
    "auditors": "namen van wie de meting doen",
    "deelnemer": "naam van de deelnemer voor wie de brief is",
    "bewaartermijn": "hoe lang ruwe aantekeningen bewaard worden",
    "reageren": "voor wanneer iemand antwoord geeft",
}
"""Every field with what stands there (Dutch); another one is a mistake."""

_MOST_LINES = 20
_MOST_MINUTES = 600
_BRACED = re.compile(r"\{([^{}\n]*)\}|[{}]")


class HeadingBlock(Piece, frozen=True, kw_only=True, tag_field="form", tag="heading"):
    """A heading."""

    text: Text
    "The heading."


class ParagraphBlock(Piece, frozen=True, kw_only=True, tag_field="form", tag="paragraph"):
    """Running text; an empty line starts a new paragraph."""

    text: Text
    "The text."


class ListBlock(Piece, frozen=True, kw_only=True, tag_field="form", tag="list"):
    """A list."""

    items: tuple[Text, ...]
    "The lines of the list."
    ordered: bool = False
    "Whether they have numbers."


class ChoicesBlock(Piece, frozen=True, kw_only=True, tag_field="form", tag="choices"):
    """Lines with a box before them, to cross."""

    items: tuple[Text, ...]
    "The lines, in order."


class RoomBlock(Piece, frozen=True, kw_only=True, tag_field="form", tag="room"):
    """Room to write by hand."""

    label: str = ""
    "What is to be written there."
    lines: int = 2
    "How many lines, from 1 to 20."


class SignaturesBlock(Piece, frozen=True, kw_only=True, tag_field="form", tag="signatures"):
    """A table to sign in: a line for each, with a name, a date and a signature."""

    rows: tuple[Text, ...]
    "Who signs: Deelnemer."
    names: tuple[str, ...] = ()
    "The name of each, as a field, in the same order; empty leaves it to be written."


class Moment(Piece, frozen=True, kw_only=True):
    """A line of a schedule."""

    text: Text
    "What happens."
    minutes: int
    "How long it takes, from 1 to 600."


class ScheduleBlock(Piece, frozen=True, kw_only=True, tag_field="form", tag="schedule"):
    """What is done when in the interview; the sections of the instrument share the time that is left."""

    before: tuple[Moment, ...] = ()
    "What comes before the sections."
    after: tuple[Moment, ...] = ()
    "What comes after them."


Block = HeadingBlock | ParagraphBlock | ListBlock | ChoicesBlock | RoomBlock | SignaturesBlock | ScheduleBlock


class Letter(Piece, frozen=True, kw_only=True):
    """A letter or form, to print or to send."""

    schema: int = SCHEMA
    "Version of this form of a letter."
    id: Id
    "Name of the letter in commands and files; never changes."
    instrument: Id
    "The instrument that it is for."
    title: Text
    "Its title, as it stands above it."
    summary: str = ""
    "What it is for, in a list."
    per: Literal["participant", "record"] = "record"
    "Whether there is one for each participant, or one for all."
    block: tuple[Block, ...]
    "What stands in it, in order."


def read_letter(data: bytes, place: str) -> Letter:
    """The letter in the bytes of a TOML file; raises `Mistaken` with all mistakes at once, each with its line."""
    source, tree = parse_with_source(data, place)
    return typed(tree, Letter, check_letter, place, source)


def check_letter(letter: Letter) -> list[Flaw]:
    """What does not fit in a letter that has the right shape."""
    flaws = [] if letter.schema == SCHEMA else [Flaw(("schema",), shown(letter.schema), f"{SCHEMA}")]
    if not letter.block:
        flaws.append(Flaw(("block",), "geen enkel blok", "ten minste een blok"))
    for path, text in texts(letter):
        flaws += _field_flaws(letter, path, text)
    for n, block in enumerate(letter.block):
        flaws += [Flaw(("block", n, *path), found, expected) for path, found, expected in _block_flaws(block)]
    return flaws


def _block_flaws(block: Block) -> Iterator[tuple[Path, str, str]]:
    match block:
        case ListBlock() | ChoicesBlock() if not block.items:
            yield ("items",), "geen regels", "ten minste een regel"
        case RoomBlock() if not 1 <= block.lines <= _MOST_LINES:
            yield ("lines",), shown(block.lines), f"1 tot en met {_MOST_LINES}"
        case SignaturesBlock():
            if not block.rows:
                yield ("rows",), "geen regels", "ten minste een regel"
            if len(block.names) not in (0, len(block.rows)):
                yield ("names",), f"{len(block.names)} namen", f"{len(block.rows)}: een bij elke rij, of geen"
        case ScheduleBlock():
            for name, moments in (("before", block.before), ("after", block.after)):
                for m, one in enumerate(moments):
                    if not 1 <= one.minutes <= _MOST_MINUTES:
                        yield (name, m, "minutes"), shown(one.minutes), f"1 tot en met {_MOST_MINUTES}"


def texts(letter: Letter) -> Iterator[tuple[Path, str]]:
    """Every text of a letter in which a field may stand, with its place."""
    yield ("title",), letter.title
    for n, block in enumerate(letter.block):
        at: Path = ("block", n)
        match block:
            case HeadingBlock() | ParagraphBlock():
                yield (*at, "text"), block.text
            case ListBlock() | ChoicesBlock():
                yield from (((*at, "items", m), text) for m, text in enumerate(block.items))
            case RoomBlock():
                yield (*at, "label"), block.label
            case SignaturesBlock():
                yield from (((*at, "rows", m), text) for m, text in enumerate(block.rows))
                yield from (((*at, "names", m), text) for m, text in enumerate(block.names))
            case ScheduleBlock():
                yield from (((*at, "before", m, "text"), one.text) for m, one in enumerate(block.before))
                yield from (((*at, "after", m, "text"), one.text) for m, one in enumerate(block.after))


def _field_flaws(letter: Letter, path: Path, text: str) -> Iterator[Flaw]:
    for found in _BRACED.finditer(text):
        name = found[1]
        if name is None:
            yield Flaw(path, f"een losse accolade {shown(found[0])}", "een veld, zoals {datum}")
        elif name not in FIELDS:
            yield Flaw(path, f"het veld {shown(found[0])}", f"een van {listed(FIELDS)}", name, tuple(FIELDS))
        elif name == "deelnemer" and letter.per != "participant":
            yield Flaw(path, "het veld {deelnemer}", 'een veld voor iedereen, of per = "participant"')


def filled(text: str, values: Mapping[str, str], unknown: Callable[[str], str]) -> str:
    """The text with its fields filled in, once: braces in a value stay braces. `unknown` is for what has no value."""

    def value_of(found: re.Match[str]) -> str:
        name = found[1]
        if name not in FIELDS:
            return found[0]
        return values.get(name) or unknown(name)

    return _BRACED.sub(value_of, text)


def fields_of(letter: Letter) -> tuple[str, ...]:
    """The fields that stand in a letter, in the order of `FIELDS`."""
    used = {found[1] for _, text in texts(letter) for found in _BRACED.finditer(text)}
    return tuple(name for name in FIELDS if name in used)


def about_fields() -> str:
    """The fields as comment lines of a TOML file, for who edits a letter."""
    told = [f"#   {{{name}}}: {title}" for name, title in FIELDS.items()]
    head = "# Velden tussen accolades vult kwartier in; wat niet bekend is, wordt een stippellijn. Deze zijn er:"
    return "\n".join([head, *told]) + "\n"


def blank_letter(id: str, instrument: str) -> str:
    """The text of a file that a letter of one's own begins with; both ids have to be ids."""
    return _BLANK.format(schema=SCHEMA, id=id, instrument=instrument)


_BLANK = """\
schema = {schema}
id = "{id}"
instrument = "{instrument}"
title = "Titel van de brief"
summary = ""
per = "record"  # of "participant": een per deelnemer

[[block]]
form = "paragraph"
text = "Organisatie: {{organisatie}}\\nDatum: {{datum}}"

[[block]]
form = "heading"
text = "Kopje"

[[block]]
form = "list"
items = ["Eerste regel", "Tweede regel"]

# Andere blokken: "choices" met items, "room" met label en lines, "signatures" met rows en names, "schedule" met
# before en after (text en minutes).
"""
