"""What the columns of somebody else's table mean for an instrument, by their headings alone; no cell is read here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from kwartier.instrument.model import Content, Item
from kwartier.workflow.sealing import key_title

Role = Literal["organisation", "date", "subject", "kind", "clients", "total", "band", "parameter", "answer", "text"]

_ALIASES: Mapping[Role, tuple[str, ...]] = {
    "organisation": (
        *("organisatie", "instelling", "organisation", "organization", "institution"),
        *("naam organisatie", "naam instelling", "naam van de organisatie", "naam van de instelling"),
    ),
    "date": ("datum", "date", "peildatum", "datum meting", "datum van de meting", "measured on"),
    "subject": ("onderwerp", "student", "praktijkleerplek", "subject"),
    "kind": ("soort", "soort organisatie", "soort instelling", "kind"),
    "clients": ("clienten", "aantal clienten", "clients"),
    "total": ("totaal", "totaalscore", "total", "printed total"),
    "band": ("niveau", "band", "printed band"),
}
MOMENT = ("meting", "measurement", "moment", "meetmoment", "meetronde")
"""What a column is called that says which of successive measurements a row is of."""

_BEFORE = ("item", "score", "vraag", "antwoord")
_AFTER = ("score", "antwoord")
_TEXTS = ("toelichting", "opmerking", "uitleg", "explanation", "comment")


class Column(Struct, frozen=True):
    """What a column holds: a role, and of which parameter or item."""

    role: Role
    of: str = ""
    "The id of a parameter or item; of an answer to a part of an item both, as `answer_key` makes it."


class Columns(Struct, frozen=True, kw_only=True):
    """The columns of a table by their headings as typed."""

    known: Mapping[str, Column]
    unknown: tuple[str, ...]
    twice: tuple[tuple[str, str], ...]
    "Two headings that mean the same."

    def named(self, role: Role) -> str:
        """The heading of the column with this role; empty where there is none."""
        return next((name for name, column in self.known.items() if column.role == role), "")

    def answers(self) -> dict[str, str]:
        """The answer columns: what each is an answer to, by heading."""
        return {name: column.of for name, column in self.known.items() if column.role == "answer"}

    @property
    def is_heading(self) -> bool:
        """Whether these can be the headings of a table of results: an organisation, and something about it."""
        return bool(self.named("organisation")) and len(self.known) > 1


def folded(text: str) -> str:
    """A text without what does not matter in a name: case, accents, underscores, spaces around and twice."""
    plain = text.replace("_", " ")
    if not plain.isascii():
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    return " ".join(plain.split()).casefold()


def answer_key(item: str, part: str = "") -> str:
    """What an answer is called in a row that was read: the item, with "/" and the part where it is of a part."""
    return f"{item}/{part}" if part else item


def split_key(key: str) -> tuple[str, str]:
    """The item and the part of an answer."""
    item, _, part = key.partition("/")
    return item, part


def recognise(content: Content, headings: Iterable[str]) -> Columns:
    """What each heading means. The first of two that mean the same has it, and both are told."""
    meanings = _meanings(content)
    known: dict[str, Column] = {}
    unknown: list[str] = []
    twice: list[tuple[str, str]] = []
    for heading in headings:
        column = meanings.get(folded(heading))
        if column is None:
            unknown.append(heading)
            continue
        first = next((name for name, one in known.items() if one == column), None)
        if first is None:
            known[heading] = column
        else:
            twice.append((first, heading))
    return Columns(known=known, unknown=tuple(unknown), twice=tuple(twice))


def _meanings(content: Content) -> dict[str, Column]:
    """Every heading that is understood. What the instrument itself calls something goes before a word of kwartier."""
    found: dict[str, Column] = {}
    for parameter in content.parameter:
        names = [parameter.id, parameter.title, *(MOMENT if parameter.moments else ())]
        _add(found, names, Column("parameter", parameter.id))
    items = content.items()
    for item in items:
        _add(found, _answer_names(item.id), Column("answer", answer_key(item.id)))
        _add(found, [f"{item.id} {word}" for word in _TEXTS], Column("text", item.id))
        _add(found, [f"{word} {item.id}" for word in _TEXTS], Column("text", item.id))
        for part in item.parts:
            name = key_title((item.id, part.id))
            _add(found, _answer_names(name), Column("answer", answer_key(item.id, part.id)))
    for role, names_of in _ALIASES.items():
        _add(found, names_of, Column(role))
    for titles in ([item.title for item in items], [item.short for item in items]):
        for item, title in zip(items, titles, strict=True):
            if title and [folded(one) for one in titles].count(folded(title)) == 1:
                _add(found, _titled(item, title), Column("answer", answer_key(item.id)))
    return found


def _answer_names(id: str) -> list[str]:
    return [id, *(f"{word} {id}" for word in _BEFORE), *(f"{id} {word}" for word in _AFTER)]


def _titled(item: Item, title: str) -> list[str]:
    return [title, *(f"{item.id}{sign} {title}" for sign in ("", ".", ":", ")", " -"))]


def _add(found: dict[str, Column], names: Sequence[str], column: Column) -> None:
    for name in names:
        found.setdefault(folded(name), column)
