"""What a record is in memory: the parsed TOML tree, and a place in it. No reading, no typed views."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

Tree = dict[str, Any]
"""A parsed TOML document, treated as immutable: functions return new trees and never change one they got."""

Value = Any
"""What may stand in a tree: str, int, float, bool, datetime, date, time, a list or a table of these."""


class Absent(Enum):
    """The one value that says that nothing stands somewhere; TOML itself has no such value."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Row:
    """The row of a keyed array with this key: one text per declared field, empty where the field is absent."""

    key: tuple[str, ...]


Path = tuple[str | Row, ...]
"""A place in a tree, from the root: names of tables, arrays and fields, and rows of keyed arrays."""
