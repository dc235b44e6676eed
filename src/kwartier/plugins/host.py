"""The host of the instruments: lists them from their headers, opens one when asked, keeps what is broken apart.

Each open instrument has hooks of its own (its plugin's, then the host's), so that no plugin has to ask whether a call
is meant for it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.metadata import EntryPoint
from pathlib import Path

import msgspec

from kwartier.errors import KwartierError, Refused
from kwartier.instrument.mistakes import Mistaken
from kwartier.instrument.model import Content, Header
from kwartier.instrument.reading import content_with_tree
from kwartier.plugins.crosswalks import Bridge, read_bridge
from kwartier.plugins.discovery import discover, file_of
from kwartier.plugins.hooks import Hooks, hooks_of, words_of
from kwartier.plugins.implementations import hook_mistakes
from kwartier.plugins.listing import Listing, State
from kwartier.records.canonical import digest
from kwartier.records.tree import Tree

_REPORT_IT = "Meld dit bij de maker van het instrument; al het andere werkt."


class Opened(msgspec.Struct, frozen=True):
    """An instrument in use: its header, its content as published by the plugin, and its hooks."""

    header: Header
    content: Content
    tree: Tree
    pin: str
    plugin: str
    hooks: Hooks


class Host:
    """All installed instruments. `points` and `environ` are the entry points and variables to go by."""

    def __init__(self, *, points: Iterable[EntryPoint] | None = None, environ: dict[str, str] | None = None) -> None:
        self._find: Callable[[], list[Listing]] = lambda: discover(environ, points)
        self._listed: list[Listing] | None = None
        self._opened: dict[str, Opened] = {}
        self._bridges: dict[str, Bridge | None] = {}

    def listings(self) -> list[Listing]:
        """Every installed instrument with its present state."""
        if self._listed is None:
            self._listed = self._find()
        return list(self._listed)

    def listing(self, instrument: str) -> Listing | None:
        """The instrument with this id; where two claim it, the one that has it."""
        return next((one for one in self.listings() if one.id == instrument), None)

    def open(self, instrument: str) -> Opened:
        """The instrument, loaded. Raises `Refused` with the reason where it cannot be used.

        One of which a hook went wrong later on stays open, so that no work of its user is stopped halfway.
        """
        if instrument in self._opened:
            return self._opened[instrument]
        listing = self.listing(instrument)
        if listing is None:
            known = ", ".join(one.id for one in self.listings() if one.usable) or "geen"
            raise Refused(
                "unknown-instrument",
                f"Het instrument '{instrument}' is hier niet geïnstalleerd.",
                advice=f"Beschikbaar: {known}. Zie 'kwartier instrumenten'.",
            )
        if not listing.usable or listing.folder is None or listing.header is None:
            raise Refused(
                f"instrument-{listing.state}",
                f"Het instrument '{instrument}' is niet te gebruiken: {listing.reason}",
                advice=listing.advice,
            )
        try:
            opened = self._load(listing, listing.header, Path(listing.folder))
        except KwartierError as error:
            self._becomes(listing, State.BROKEN, error.message, error.advice or _REPORT_IT)
            raise
        self._becomes(listing, State.ACTIVE)
        self._opened[instrument] = opened
        return opened

    def content(self, instrument: str) -> Content | None:
        """What an instrument asks, without loading its Python; None where that cannot be read."""
        listing = self.listing(instrument)
        if listing is None or not listing.usable or listing.folder is None:
            return None
        path = Path(listing.folder) / "content.toml"
        try:
            return _read(file_of(path), str(path))[0]
        except KwartierError:
            return None

    def crosswalk(self, instrument: str) -> Bridge | None:
        """The crosswalk that an instrument brings, read once; None where it brings none. A broken one says why."""
        if instrument not in self._bridges:
            self._bridges[instrument] = read_bridge(self, instrument)
        return self._bridges[instrument]

    def _load(self, listing: Listing, header: Header, folder: Path) -> Opened:
        path = folder / "content.toml"
        data = file_of(path)
        try:
            content, tree, pin = _read(data, str(path))
        except Mistaken as error:
            raise Refused("instrument-broken", error.message, place=error.place, advice=_REPORT_IT) from error
        return Opened(
            header=header,
            content=content,
            tree=tree,
            pin=pin,
            plugin=f"{listing.distribution} {listing.version}",
            hooks=self._hooks(listing),
        )

    def _hooks(self, listing: Listing) -> Hooks:
        why = ""
        try:
            module = importlib.import_module(listing.module)
            why = "; ".join(hook_mistakes(module))
            if not why:
                return hooks_of(module, listing.id, lambda reason: self._went_wrong(listing.id, reason))
        except (KeyboardInterrupt, MemoryError):
            raise
        except BaseException as error:  # no import, a wrong hook, sys.exit: all make this one plugin broken
            why = words_of(error)
            raise _unloadable(listing, why) from error
        raise _unloadable(listing, why)

    def _went_wrong(self, instrument: str, reason: str) -> None:
        listing = self.listing(instrument)
        if listing is not None:
            self._becomes(listing, State.BROKEN, reason, _REPORT_IT)

    def _becomes(self, listing: Listing, state: State, reason: str = "", advice: str = "") -> None:
        now = msgspec.structs.replace(listing, state=state, reason=reason, advice=advice)
        self._listed = [now if one is listing else one for one in self.listings()]


@lru_cache(maxsize=8)
def _read(data: bytes, place: str) -> tuple[Content, Tree, str]:
    """A content with its tree and its pin; the same bytes are read once, however many hosts there come."""
    content, tree = content_with_tree(data, place)
    return content, tree, digest(tree)


def _unloadable(listing: Listing, why: str) -> Refused:
    return Refused(
        "instrument-broken",
        f"De Python van het instrument '{listing.id}' is niet te laden: {why}.",
        advice=f"Installeer {listing.distribution} opnieuw of meld dit bij de maker; al het andere werkt.",
    )
