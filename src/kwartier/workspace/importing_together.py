"""What belongs together in tables: rows about the same record, names that are the same, a name for every column."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kwartier.text import one_line
from kwartier.workspace.importing_values import Entry

_COLUMN = "kolom"
_NAME = 200


def lay_together(there: Entry, entry: Entry) -> str:
    """Lays what a row says over what another one says of the same record; or says why that cannot be (Dutch).

    Rows of two files belong together; in one file the same record stands twice only by mistake.
    """
    if there.file == entry.file:
        return f"deze meting staat ook in rij {there.row}"
    other = [key for key, answer in entry.answers.items() if there.answers.get(key, answer) != answer]
    if other:
        return f"item {', '.join(other[:6])} heeft in {there.file}, rij {there.row}, een ander antwoord"
    texts = [item for item, text in entry.texts.items() if there.texts.get(item, text) != text]
    if texts:
        return f"de toelichting op item {', '.join(texts[:6])} is in {there.file}, rij {there.row}, een andere"
    for one, another in ((there.total, entry.total), (there.band, entry.band)):
        if one and another and one != another:
            return f"in {there.file}, rij {there.row}, staat {one} en hier {another}"
    there.answers.update(entry.answers)
    there.texts.update(entry.texts)
    if not (there.total or there.band):
        there.printed = entry.printed
    there.total, there.band = there.total or entry.total, there.band or entry.band
    there.kind, there.clients = there.kind or entry.kind, entry.clients if there.clients is None else there.clients
    there.blank += entry.blank
    there.rows += entry.rows
    return ""


def same_name(name: str) -> str:
    """A name without what does not matter when it is looked for: case, and spaces around and twice.

    Nor does what nobody sees: how a letter with an accent is built up, and signs without a shape of their own.
    """
    plain = name
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", "".join(sign for sign in name if unicodedata.category(sign) != "Cf"))
    return " ".join(plain.split()).casefold()


def names_of(files: Sequence[Path]) -> dict[Path, str]:
    """What each file is called, on one line; with its folder where others have the same name."""
    names = {path: one_line(path.name, _NAME) for path in files}
    many = Counter(names.values())
    return {path: name if many[name] == 1 else one_line(str(path), _NAME) for path, name in names.items()}


def headings_of(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The headings, each with a name of its own; empty ones at the end are left out."""
    whole = list(cells)
    while whole and not whole[-1]:
        whole.pop()
    found: list[str] = []
    for number, cell in enumerate(whole):
        name = cell or f"{_COLUMN} {letters(number)}"
        found.append(name if name not in found else f"{name} ({_COLUMN} {letters(number)})")
    return tuple(found)


def letters(number: int) -> str:
    """How a spreadsheet names a column: 0 is A, 26 is AA."""
    found = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
