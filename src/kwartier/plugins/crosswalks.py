"""The crosswalks that installed instruments bring: read when asked for, found from either of the two instruments.

A crosswalk that cannot be used takes nothing with it: it is a value that says why.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kwartier.errors import KwartierError
from kwartier.instrument.crosswalk import Crosswalk, read_crosswalk
from kwartier.instrument.model import Content
from kwartier.instrument.parsing import parse
from kwartier.plugins.discovery import file_of

if TYPE_CHECKING:
    from kwartier.plugins.host import Host

FILE = "crosswalk.toml"


class Bridge(Struct, frozen=True, kw_only=True):
    """A crosswalk of the instrument `own` with the instrument `other` (ids), or the reason (Dutch) why there is none.

    `other` is empty where not even that can be read.
    """

    own: str
    other: str
    crosswalk: Crosswalk | None = None
    trouble: str = ""
    place: str = ""


def read_bridge(host: Host, instrument: str) -> Bridge | None:
    """The crosswalk that an installed instrument brings; None where it brings none, or cannot be used itself."""
    listing = host.listing(instrument)
    if listing is None or not listing.usable or listing.folder is None:
        return None
    path = Path(listing.folder) / FILE
    if not path.exists():
        return None

    def content_of(other: str) -> Content | None:
        try:
            return host.open(other).content
        except KwartierError:
            return None

    own = content_of(instrument)
    if own is None:
        return None
    try:
        found = read_crosswalk(file_of(path), str(path), instrument, own, content_of)
    except KwartierError as error:
        return Bridge(own=instrument, other=_named(path), trouble=error.message, place=error.place or str(path))
    return Bridge(own=instrument, other=found.with_, crosswalk=found, place=str(path))


def _named(path: Path) -> str:
    """The other instrument, as far as a file that is not right still says."""
    try:
        named = parse(file_of(path), str(path)).get("with")
    except KwartierError:
        return ""
    return named if isinstance(named, str) else ""


def bridges(host: Host, instrument: str) -> list[Bridge]:
    """The crosswalks that an instrument stands in: its own first, then those of others with it."""
    own = host.crosswalk(instrument)
    names = [one.id for one in host.listings() if one.usable and one.id != instrument]
    others = [bridge for name in names if (bridge := host.crosswalk(name)) is not None and bridge.other == instrument]
    return [*([own] if own else []), *others]
