"""Mistakes in a file of an instrument: what was found, what was expected, and where. No rules about content here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from kwartier.errors import Unreadable

from .places import Path, key_lines, nearest

Tree = dict[str, Any]

MOST = 1000
"""So many mistakes are worked out; a file with more is not the file that it should be."""

SHOWN = 50
"""So many mistakes stand in the message; all of them are in `Mistaken.mistakes`."""

WIDTH = 60
"""So much of a text is shown in a message, in characters."""

HINTED = 200
"""So many mistakes are compared with what may have been meant; beyond that the file is another file altogether."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong at a path of a tree, before it is known in which file and on which line that is."""

    path: Path
    found: str
    expected: str
    meant: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in a file. `place` is "file:line", `path` the readable way to it; all texts are Dutch."""

    place: str
    path: str
    found: str
    expected: str
    hint: str = ""

    def message(self) -> str:
        """One line for the user: where, what was found and what was expected."""
        where = f"{self.place}: {self.path}" if self.path else self.place
        hint = f" {self.hint}" if self.hint else ""
        return f"{where}: gevonden: {self.found}; verwacht: {self.expected}.{hint}"


class Mistaken(Unreadable):
    """A file of an instrument that cannot be used, with the mistakes in it (at least one, at most `MOST`)."""

    def __init__(self, place: str, mistakes: Sequence[Mistake]) -> None:
        count = "1 fout" if len(mistakes) == 1 else f"{len(mistakes)} fouten"
        if len(mistakes) == MOST:
            count = f"{MOST} fouten of meer"
        lines = [f"{place} kan niet gebruikt worden: {count}.", *(f"- {each.message()}" for each in mistakes[:SHOWN])]
        if len(mistakes) > SHOWN:
            lines.append(f"- en nog {len(mistakes) - SHOWN} fouten")
        super().__init__(
            "mistakes",
            "\n".join(lines),
            place=mistakes[0].place if mistakes else place,
            advice="Verbeter het bestand op de genoemde regels en probeer het opnieuw.",
        )
        self.mistakes = tuple(mistakes)


def placed(flaws: Iterable[Flaw], tree: Mapping[str, Any], source: str | None, place: str) -> list[Mistake]:
    """The first `MOST` flaws with their line in `source` (None: only a tree, so no lines), in the order of the file."""
    lines = key_lines(source) if source is not None else None
    found: list[tuple[int, Mistake]] = []
    for number, flaw in enumerate(islice(flaws, MOST)):
        line = 0 if lines is None else nearest(lines, flaw.path) or 1
        hint = meant(flaw.meant, flaw.choices) if number < HINTED else ""
        where = f"{place}:{line}" if line else place
        found.append((line, Mistake(where, readable(flaw.path, tree), flaw.found, flaw.expected, hint)))
    return [mistake for _, mistake in sorted(found, key=lambda pair: pair[0])]


def readable(path: Path, tree: Mapping[str, Any]) -> str:
    """A path as a user reads it: rows by their id where they have one ("section B > item 4"), else by number."""
    words: list[str] = []
    value: Any = tree
    for part in path:
        value = _step_into(value, part)
        if isinstance(part, int):
            name = value.get("id") if isinstance(value, Mapping) else None
            number = clean(name) if isinstance(name, str) and name else f"nr. {part + 1}"
            words[-1:] = [f"{words[-1]} {number}" if words else number]
        else:
            words.append(clean(part))
    return " > ".join(words)


def _step_into(value: Any, part: str | int) -> Any:
    try:
        return value[part]
    except (KeyError, IndexError, TypeError):
        return None


def meant(word: str, choices: Iterable[str]) -> str:
    """A question in Dutch after what may have been meant, or nothing."""
    if not word or len(word) > WIDTH:
        return ""
    import difflib  # only when there is a mistake: every start of kwartier reads headers

    known = [*choices]
    close = difflib.get_close_matches(word, known, n=1) or [each for each in known if each.lower() == word.lower()]
    return f"Bedoelde u {shown(close[0])}?" if close else ""


def shown(value: object) -> str:
    """A value as it can be shown in a message: short, on one line, without anything that a terminal would obey."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**15 else "een heel groot getal"
    if isinstance(value, str):
        return f'"{clean(value)}"'
    if isinstance(value, float | date | time):
        return str(value)
    return kind_of(value)


def clean(text: str) -> str:
    """A text on one line, cut short, with what cannot be seen written as its code."""
    short = text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
    return "".join(each if _visible(each) else f"\\u{ord(each):04x}" for each in short)


def _visible(character: str) -> bool:
    return character == " " or unicodedata.category(character)[0] not in "CZ"


def kind_of(value: object) -> str:
    """What kind of value this is, in Dutch."""
    match value:
        case bool():
            return "true of false"
        case int():
            return "een geheel getal"
        case str():
            return "een tekst"
        case float():
            return "een getal met een komma"
        case datetime():
            return "een datum met tijd"
        case date():
            return "een datum"
        case time():
            return "een tijd"
        case list() | tuple():
            return "een rij"
        case dict():
            return "een tabel"
    return "iets anders"


def listed(values: Iterable[object], limit: int = 20) -> str:
    """Values to choose from, for in a message: "a", "b" of "c"."""
    every = [shown(each) for each in islice(values, limit + 1)]
    if not every:
        return "(er zijn er geen)"
    if len(every) > limit:
        return f"{', '.join(every[:limit])} …"
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} of {every[-1]}"
