"""The lines of a form that is filled in with a text editor: comments that stay comments, and values in TOML."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence

import tomli
import tomli_w
from msgspec import Struct

from kwartier.records.tree import Tree, Value
from kwartier.text import clean, one_line

WIDTH = 100
"""Columns of a comment."""

_UNSHOWN = re.compile("[\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]")
"""What may stand in a TOML string, and would reorder or steer what an editor or terminal shows."""


class Offer(Struct, frozen=True):
    """A field that may be filled in: an example of its value in TOML, and what may stand there (Dutch)."""

    key: str
    example: str = '""'
    hint: str = ""


def comment(text: str, indent: str = "") -> list[str]:
    """A text as comment lines, wrapped. Whatever the text holds, each of its lines stays behind its own "#"."""
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        room = WIDTH - 2 - len(indent)
        wrapped = textwrap.wrap(paragraph, room, break_long_words=False, break_on_hyphens=False) or [""]
        lines += [f"# {indent}{line}".rstrip() for line in wrapped]
    return lines


def literal(value: Value) -> str:
    """A value as it is written in TOML, on one line, so that it may stand behind a "#" too."""
    return _written(value, many=False)


def block(value: Value) -> str:
    """A value as it is written in TOML; a text of more lines on as many lines, exactly as it is."""
    many = isinstance(value, str) and "\n" in value
    # A line's end of another system would become a plain one in a text of more lines.
    return _written(value, many=many and tomli.loads(f"x = {_written(value, many=True)}")["x"] == value)


def _written(value: Value, *, many: bool) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_written(one, many=False) for one in value)}]"
    text = tomli_w.dumps({"x": value}, multiline_strings=many).removeprefix("x = ").removesuffix("\n")
    return _UNSHOWN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def offers(row: Mapping[str, Value], asked: Iterable[Offer]) -> list[str]:
    """A line per field: what is there as it is, what is not there yet as a comment to fill in."""
    lines: list[str] = []
    for offer in asked:
        if row.get(offer.key, "") != "":
            lines.append(f"{offer.key} = {block(row[offer.key])}")
        else:
            lines.append(commented(offer))
    return lines


def commented(offer: Offer) -> str:
    """A field to fill in: the line works once its "# " is taken away."""
    hint = f"    # {one_line(offer.hint, 2 * WIDTH)}" if offer.hint else ""
    return f"# {offer.key} = {offer.example}".rstrip() + hint


def row(array: str, keys: Sequence[str], present: Tree, asked: Iterable[Offer]) -> list[str]:
    """A row of which the key stands and the rest may be filled in."""
    named = [f"{key} = {literal(present[key])}" for key in keys if present.get(key, "") != ""]
    return ["", f"[[{array}]]", *named, *offers(present, asked)]


def example(array: str, asked: Iterable[Offer]) -> list[str]:
    """A whole row as a comment, to fill in and to repeat."""
    return ["", f"# [[{array}]]", *map(commented, asked)]


_LETTERS = {
    "session": "g",
    "note": "n",
    "strength": "s",
    "improvement": "v",
    "recommendation": "a",
    "condition": "w",
    "action": "p",
    "review": "e",
    "evidence": "b",
}
"""The letter that the ids proposed for new rows begin with; rows of other arrays get theirs elsewhere."""


def rows_with_id(
    array: str,
    present: Sequence[Tree],
    asked: Sequence[Offer],
    title: str,
    *,
    new: Sequence[Offer] = (),
    named: bool = True,
) -> list[str]:
    """The rows that are there, and an example of a new one, which may be asked more: `new`.

    The example proposes an id, so that the same form, corrected and given again, corrects the row; not without
    `named`, where an id tells the same row in other records.
    """
    away = Offer("remove", "true", "haalt deze rij weg")
    lines = ["", *comment(title)]
    for one in present:
        lines += row(array, ("id",), one, [*asked, away])
    if array in _LETTERS and named:
        hint = "elke rij een eigen; geeft u het formulier verbeterd nog eens, dan blijft het dezelfde rij"
        new = [Offer("id", literal(_free_id(_LETTERS[array], present)), hint), *new]
    return lines + example(array, [*new, *asked])


def _free_id(letter: str, present: Sequence[Tree]) -> str:
    used = {one.get("id") for one in present}
    number = 1
    while f"{letter}{number}" in used:
        number += 1
    return f"{letter}{number}"


def choice(values: Iterable[Value]) -> str:
    """Values to choose from, as they are written: 1, 2 of 3."""
    *most, last = [literal(value) for value in values] or [""]
    return f"{', '.join(most)} of {last}" if most else last


LONG = '""""""'
"""Where a text of more lines may come; with the quotes on lines of their own it would end in an empty line."""
