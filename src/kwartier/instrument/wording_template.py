"""The empty file of official wording that a user fills in: ids and places, and no text of the publication."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from .mistakes import clean
from .model import Content, Header, Item, Option, Value, When

_BARE = re.compile(r"^[A-Za-z0-9_-]+$")

_INTRODUCTION = """\
# Officiële teksten bij {title}
# Publicatie: {publication}, uitgave {edition}
#
# Dit bestand legt de teksten van de publicatie over die van kwartier. Vul het alleen in als uw organisatie de
# publicatie heeft, en deel het niet: op de teksten rust auteursrecht. Het blijft buiten de metingen en reservekopieën.
#
# Zo vult u het in:
# - Typ elke tekst uit de publicatie over tussen de aanhalingstekens. Welke tekst bedoeld is, staat erboven.
# - Een tekst van meer regels, of met aanhalingstekens erin, zet u tussen drie enkele aanhalingstekens:
#   statement = '''De tekst.'''
# - Wat leeg blijft, houdt de tekst van kwartier. U kunt dus beginnen met een item en later verdergaan.
# - Verander de regels met id, when, instrument en edition niet.
"""


def template(header: Header, content: Content) -> str:
    """The text of a TOML file with every id of the content and empty texts, and comments in Dutch on how to fill it."""
    publication = ", ".join([*header.publication.authors, header.publication.title])
    lines = [
        _INTRODUCTION.format(title=_line(header.title), publication=_line(publication), edition=_line(header.edition)),
        f"instrument = {_quoted(header.id)}",
        f"edition = {_quoted(header.edition)}",
    ]
    for section in content.section:
        lines += ["", f"# ---- {_line(section.id)}. {_line(section.title)} ----"]
        for item in section.item:
            lines += ["", *_item(item, _options(content, item))]
    return "\n".join(lines) + "\n"


def _options(content: Content, item: Item) -> tuple[str, ...]:
    """The answers of an item as they are shown, in order."""
    scale = next((scale for scale in content.scale if scale.id == item.scale), None)
    return tuple(_answer(option) for option in scale.options) if scale else ()


def _answer(option: Option) -> str:
    if isinstance(option.value, str):
        return option.title or option.value
    return f"{option.value} {option.title}".strip()


def _item(item: Item, options: tuple[str, ...]) -> Iterator[str]:
    yield f"# {_line(item.title)}" + (f" ({_line(item.source)})" if item.source else "")
    yield "[[item]]"
    yield f"id = {_quoted(item.id)}"
    if item.statement:
        yield 'statement = ""'
    if item.anchors:
        yield from _anchors(options)
    for variant in item.texts:
        yield from ("", f"# De stelling voor {_values(variant.when)}", "[[item.texts]]")
        yield f"when = {_table(variant.when)}"
        yield 'statement = ""'
        if variant.anchors:
            yield from _anchors(options)
    for number, prompt in enumerate(item.prompts, start=1):
        yield from ("", f"# Interviewvraag {number} van {len(item.prompts)}", "[[item.prompts]]")
        yield from (f"id = {_quoted(prompt.id)}", 'text = ""')
    for number, part in enumerate(item.parts, start=1):
        yield from ("", f"# Onderdeel {number} van {len(item.parts)}", "[[item.parts]]")
        yield from (f"id = {_quoted(part.id)}", 'title = ""')


def _anchors(options: tuple[str, ...]) -> Iterator[str]:
    yield "anchors = ["
    for option in options:
        yield f'    "",  # de omschrijving bij {_line(option)}'
    yield "]"


def _line(text: str) -> str:
    """A text as it can stand in a comment: whole, on one line."""
    return "".join(clean(each) for each in text)


def _values(when: When) -> str:
    return " en ".join(
        f"{_line(name)} {', '.join(_line(str(value)) for value in values)}" for name, values in when.items()
    )


def _table(when: When) -> str:
    entries = (f"{_key(name)} = [{', '.join(_value(value) for value in values)}]" for name, values in when.items())
    return "{ " + ", ".join(entries) + " }" if when else "{}"


def _key(name: str) -> str:
    return name if _BARE.match(name) else _quoted(name)


def _value(value: Value) -> str:
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's, but for DEL that TOML wants written as its code."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
