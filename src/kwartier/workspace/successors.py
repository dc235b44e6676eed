"""Instruments of which another one took the place: what is said of them, and where they stand among others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kwartier.instrument.model import Header
    from kwartier.plugins.listing import Listing


def present_first(listings: Sequence[Listing]) -> list[Listing]:
    """The instruments as they came, those of which another one took the place after all others."""
    return sorted(listings, key=lambda one: bool(one.header and one.header.successor))


def forerunner_words(header: Header, listings: Sequence[Listing]) -> str:
    """That another instrument took the place of this one, as a sentence; empty where none did."""
    return f"{header.short} is de voorganger van {_name(header, listings)}." if header.successor else ""


def beginning_words(header: Header, listings: Sequence[Listing]) -> str:
    """What somebody has to know who begins with this instrument; empty where it has no successor."""
    if not header.successor:
        return ""
    name = _name(header, listings)
    return (
        f"{header.short} is de voorganger van {name}. Een {header.word.one} beginnen kan, maar {name} is de opvolger."
    )


def _name(header: Header, listings: Sequence[Listing]) -> str:
    """The successor by its short title; by its id in capitals where it is not installed."""
    found = next((one.header for one in listings if one.id == header.successor and one.header), None)
    return found.short if found else header.successor.upper()
