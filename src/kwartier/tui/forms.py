"""What a form is: its fields, what they hold, and where what was filled in goes; `screens.row_form` draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from kwartier.records.tree import Tree

Kind = Literal[
    "text", "long", "date", "choice", "choices", "person", "name", "yes-no", "number", "count", "readers", "path"
]
"""`person` is a code in the file; `name` the name itself. Both are given only when the field is left: each new name
makes a code. `readers` are those who may read something, of `choices`; `path` is a file that is taken in, once, when
the form is closed with klaar."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field. Values are those of a file; a person is a code there, and a name where it is shown and typed."""

    key: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    choices: Sequence[tuple[Any, str]] = ()
    required: bool = False
    parse: Callable[[str], Any] | None = None
    "Reads what was typed in a field of one line, where its kind does not say how. Raises `Misused`."
    echo: Callable[[str], str] | None = None
    "How what stands in the field is understood; empty where that is not to be said."
    told: Callable[[Any], str] | None = None
    "What is said under the field of the value that stands in it; empty: its hint."


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form for one row, or for single values.

    `now` gives what the record holds of it at that moment: None where the row is gone, nothing for a new row. `begin`
    is what a new row starts with. `give` gets what was changed since the form was opened, "" for what was emptied, and
    the burst for undo; it is called often while somebody types, and raises `KwartierError`.
    """

    title: str
    fields: tuple[Field, ...]
    give: Callable[[Tree, str], None]
    now: Callable[[], Tree | None] = dict
    new: bool = False
    begin: Tree = field(default_factory=dict)
    told: str = ""
    afterwards: Callable[[], None] | None = None
    "What is done once the form was closed with klaar."
    remove: Callable[[], None] | None = None
    "Takes the row away, where that is possible."
    following: Callable[[], Form | None] | None = None
    "The form that enter goes on to, where there are many small ones in a row."


@dataclass(frozen=True, kw_only=True)
class Around:
    """What fields need to know: which day it is, and the names behind the codes."""

    today: date
    names: Mapping[str, str]

    def known(self) -> list[str]:
        """The names, in order."""
        return sorted({name for name in self.names.values() if name}, key=str.casefold)

    def code(self, name: str) -> str:
        """The code behind a name that one person has; else empty."""
        wanted = " ".join(name.split()).casefold()
        found = [
            code for code, own in self.names.items() if wanted and wanted in (code, " ".join(own.split()).casefold())
        ]
        return found[0] if len(found) == 1 else ""
