"""Finds installed instruments from entry points and reads their headers, without importing a plugin."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from importlib.machinery import PathFinder
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from kwartier.errors import KwartierError
from kwartier.instrument.model import API
from kwartier.instrument.reading import read_header
from kwartier.plugins.listing import Listing, State

GROUP = "kwartier.instruments"
DISABLE = "KWARTIER_DISABLE"


def discover(environ: Mapping[str, str] | None = None, points: Iterable[EntryPoint] | None = None) -> list[Listing]:
    """All installed instruments in the order of their ids; whatever is wrong with one is a state, never an error."""
    environ = os.environ if environ is None else environ
    disabled = {name.strip() for name in environ.get(DISABLE, "").split(",") if name.strip()}
    found = entry_points(group=GROUP) if points is None else points
    taken: dict[str, Listing] = {}
    listed: list[Listing] = []
    for point in sorted(found, key=lambda p: (p.name, _distribution(p))):
        listing = _listing(point, disabled)
        first = taken.setdefault(listing.id, listing)
        if first is not listing:
            listing = _broken(
                point,
                f"De naam '{listing.id}' is al in gebruik door {first.distribution}.",
                f"Verwijder een van beide: {first.distribution} of {listing.distribution}.",
            )
        listed.append(listing)
    return listed


def _listing(point: EntryPoint, disabled: set[str]) -> Listing:
    if point.name in disabled:
        return _as(
            point,
            State.DISABLED,
            reason=f"Uitgezet met {DISABLE}.",
            advice=f"Haal '{point.name}' uit {DISABLE} om het weer te gebruiken.",
        )
    folder = _folder(point.module)
    if folder is None:
        return _broken(point, f"Het pakket '{point.module}' is niet te vinden.", "Installeer het instrument opnieuw.")
    path = folder / "instrument.toml"
    try:
        header = read_header(path.read_bytes(), str(path))
    except OSError as error:
        return _broken(point, f"{path} is niet te lezen: {error.strerror}.", "Installeer het instrument opnieuw.")
    except KwartierError as error:
        return _broken(point, error.message, error.advice or "Meld dit bij de maker van het instrument.")
    if header.id != point.name:
        reason = f"Het instrument heet '{header.id}', maar is aangemeld als '{point.name}'."
        return _broken(point, reason, "Meld dit bij de maker van het instrument.")
    if header.api != API:
        older = header.api < API
        return _as(
            point,
            State.INCOMPATIBLE,
            reason=f"Gemaakt voor versie {header.api} van de afspraken met kwartier; deze kwartier heeft versie {API}.",
            advice="Installeer een nieuwere versie van het instrument." if older else "Werk kwartier bij.",
        )
    return Listing(
        id=header.id,
        state=State.READY,
        distribution=_distribution(point),
        version=_version(point),
        module=point.module,
        folder=str(folder),
        header=header,
    )


def _folder(module: str) -> Path | None:
    """Where a top-level package stands. `PathFinder` looks it up without running any of its code."""
    if "." in module:
        return None
    try:
        spec = PathFinder.find_spec(module) or _through_finders(module)
    except (ImportError, ValueError, AttributeError):
        return None
    places = list(spec.submodule_search_locations or []) if spec else []
    return Path(places[0]) if places else None


def _through_finders(module: str):  # type: ignore[no-untyped-def]
    """Some editable installs are served by a finder of their own; those look up top-level names without importing."""
    from importlib.util import find_spec

    return find_spec(module)


def _as(point: EntryPoint, state: State, *, reason: str, advice: str) -> Listing:
    return Listing(
        id=point.name,
        state=state,
        distribution=_distribution(point),
        version=_version(point),
        module=point.module,
        reason=reason,
        advice=advice,
    )


def _broken(point: EntryPoint, reason: str, advice: str) -> Listing:
    return _as(point, State.BROKEN, reason=reason, advice=advice)


def _distribution(point: EntryPoint) -> str:
    return point.dist.name if point.dist else "onbekend pakket"


def _version(point: EntryPoint) -> str:
    return point.dist.version if point.dist else "?"
