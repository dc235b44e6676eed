"""The kinds of values that the files of an instrument are made of: ids, texts, periods, and what every table shares."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._-]{0,39}$", description="Short and stable; records point at it.")]
SectionId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$", description="Short, as in A or 3.")]
Text = Annotated[str, Meta(min_length=1)]
Period = Annotated[
    str,
    Meta(pattern=r"^P(?=[0-9])([0-9]{1,3}Y)?([0-9]{1,3}M)?([0-9]{1,4}D)?$", description="ISO 8601 period: P6M, P1Y."),
]
Number = Annotated[str, Meta(pattern=r"^-?[0-9]{1,9}(\.[0-9]{1,9})?$", description="A decimal number, exactly: 2.4.")]
Value = int | str
Setting = Value | tuple[Value, ...]
"""What a parameter is set to: one of its values, or several where it takes more than one."""

When = dict[str, list[Value]]
"""Parameter id to the values for which something holds; an empty table always holds, entries are ANDed."""


class Piece(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Common settings of every struct of the content."""
