"""The host of the instruments: lists them from their headers, opens one when asked, keeps what is broken apart.

Each open instrument has a `PluginManager` of its own (the host's defaults and that one plugin), so that no plugin has
to ask whether a call is meant for it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import msgspec
import pluggy

from kwartier.errors import KwartierError, Refused
from kwartier.instrument.model import Content, Header
from kwartier.instrument.parsing import parse
from kwartier.instrument.reading import read_content
from kwartier.plugins import spec
from kwartier.plugins.discovery import discover
from kwartier.plugins.listing import Listing, State
from kwartier.records.canonical import digest
from kwartier.records.tree import Tree


class Opened(msgspec.Struct, frozen=True):
    """An instrument in use: its header, its content as published by the plugin, and its hooks."""

    header: Header
    content: Content
    tree: Tree
    pin: str
    plugin: str
    hooks: Hooks


class Hooks:
    """Calls of one instrument's hooks; what a plugin does wrong becomes a `Refused` that names the plugin."""

    def __init__(self, manager: pluggy.PluginManager, name: str) -> None:
        self._manager = manager
        self._name = name

    def first(self, hook: str, **values: object) -> Any:
        """The first result of a hook, or None."""
        return self._call(hook, values)

    def collect(self, hook: str, **values: object) -> list[Any]:
        """All results of a hook, one list, in the order of the plugins."""
        results = self._call(hook, values)
        gathered: list[Any] = []
        for result in reversed(results):
            if not isinstance(result, Sequence) or isinstance(result, str):
                raise self._failure(hook, f"gaf {type(result).__name__} terug in plaats van een reeks")
            gathered.extend(result)
        return gathered

    def _call(self, hook: str, values: dict[str, object]) -> Any:
        try:
            return getattr(self._manager.hook, hook)(**values)
        except (KeyboardInterrupt, MemoryError):
            raise
        except KwartierError:
            raise
        except BaseException as error:  # a plugin may raise anything, also SystemExit
            raise self._failure(hook, f"{type(error).__name__}: {error}") from error

    def _failure(self, hook: str, what: str) -> Refused:
        return Refused(
            "plugin-failed",
            f"Het instrument '{self._name}' ging fout in {hook}: {what}.",
            advice="De gegevens zijn niet veranderd. Meld dit bij de maker van het instrument.",
        )


class Host:
    """All installed instruments. `defaults` is the host's own implementation of hooks, called last."""

    def __init__(
        self,
        defaults: object | None = None,
        *,
        points: Iterable[EntryPoint] | None = None,
        environ: dict[str, str] | None = None,
    ) -> None:
        self._defaults = defaults
        self._find: Callable[[], list[Listing]] = lambda: discover(environ, points)
        self._listed: dict[int, Listing] | None = None
        self._opened: dict[str, Opened] = {}

    def listings(self) -> list[Listing]:
        """Every installed instrument with its present state."""
        if self._listed is None:
            self._listed = dict(enumerate(self._find()))
        return list(self._listed.values())

    def listing(self, instrument: str) -> Listing | None:
        """The instrument with this id; where two claim it, the first."""
        return next((one for one in self.listings() if one.id == instrument), None)

    def open(self, instrument: str) -> Opened:
        """The instrument, loaded. Raises `Refused` with the reason where it cannot be used."""
        if instrument in self._opened:
            return self._opened[instrument]
        listing = self.listing(instrument)
        if listing is None:
            known = ", ".join(one.id for one in self.listings() if one.usable) or "geen"
            raise Refused(
                "instrument-unknown",
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
            self._becomes(listing, State.BROKEN, error.message, error.advice or "")
            raise
        self._becomes(listing, State.ACTIVE, "", "")
        self._opened[instrument] = opened
        return opened

    def _load(self, listing: Listing, header: Header, folder: Path) -> Opened:
        path = folder / "content.toml"
        try:
            data = path.read_bytes()
        except OSError as error:
            raise Refused(
                "instrument-broken",
                f"De inhoud van '{listing.id}' is niet te lezen: {error.strerror}.",
                place=str(path),
                advice="Installeer het instrument opnieuw.",
            ) from error
        content = read_content(data, str(path))
        tree = parse(data, str(path))
        return Opened(
            header=header,
            content=content,
            tree=tree,
            pin=digest(tree),
            plugin=f"{listing.distribution} {listing.version}",
            hooks=self._hooks(listing),
        )

    def _hooks(self, listing: Listing) -> Hooks:
        try:
            module = importlib.import_module(listing.module)
            manager = pluggy.PluginManager(spec.PROJECT)
            manager.add_hookspecs(spec.Hooks)
            if self._defaults is not None:
                manager.register(self._defaults, name="kwartier")
            manager.register(module, name=listing.id)
            manager.check_pending()
        except (KeyboardInterrupt, MemoryError):
            raise
        except BaseException as error:  # no import, a wrong hook, sys.exit: all make this one plugin broken
            raise Refused(
                "instrument-broken",
                f"Het instrument '{listing.id}' is niet te laden: {type(error).__name__}: {error}",
                advice=f"Installeer {listing.distribution} opnieuw of meld dit bij de maker; al het andere werkt.",
            ) from error
        return Hooks(manager, listing.id)

    def _becomes(self, listing: Listing, state: State, reason: str, advice: str) -> None:
        assert self._listed is not None
        for position, one in self._listed.items():
            if one is listing:
                self._listed[position] = msgspec.structs.replace(one, state=state, reason=reason, advice=advice)
