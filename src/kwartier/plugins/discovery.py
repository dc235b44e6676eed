"""Finds installed instruments from entry points and reads their headers, without importing a plugin."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from importlib.machinery import ModuleSpec, PathFinder
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from pathlib import Path

import msgspec

from kwartier.errors import KwartierError, Refused
from kwartier.instrument.model import API
from kwartier.instrument.parsing import LIMIT
from kwartier.instrument.reading import read_header
from kwartier.plugins.installed import Unfit, distribution_of, points_of, version_of
from kwartier.plugins.listing import Listing, State

GROUP = "kwartier.instruments"
DISABLE = "KWARTIER_DISABLE"

_AGAIN = "Installeer het instrument opnieuw."
_REPORT_IT = "Meld dit bij de maker van het instrument."


def discover(environ: Mapping[str, str] | None = None, points: Iterable[EntryPoint] | None = None) -> list[Listing]:
    """All installed instruments in the order of their ids; whatever is wrong with one is a state, never an error.

    Of two with the same id the one that can be used stands first, and has it.
    """
    environ = os.environ if environ is None else environ
    disabled = {name.strip() for name in environ.get(DISABLE, "").split(",") if name.strip()}
    unfit: list[Unfit] = []
    found = points_of(GROUP, unfit) if points is None else points
    listed = [_listing(point, disabled) for point in found] + [_unfit(one) for one in unfit]
    listed.sort(key=lambda one: (one.id, not one.usable, one.distribution))
    return [*_each_once(listed)]


def file_of(path: Path) -> bytes:
    """A file of an instrument. Raises `Refused` in Dutch where it is not there or cannot be read."""
    if not path.is_file():
        raise _unreadable(path, f"Het bestand {path.name} ontbreekt in het instrument.")
    try:
        with path.open("rb") as file:
            return file.read(LIMIT + 1)
    except PermissionError as error:
        raise _unreadable(path, f"Het bestand {path.name} van het instrument mag niet worden gelezen.") from error
    except OSError as error:
        raise _unreadable(path, f"Het bestand {path.name} van het instrument is niet te lezen.") from error


def _unreadable(path: Path, message: str) -> Refused:
    return Refused("instrument-broken", message, place=str(path), advice=_AGAIN)


def _each_once(listed: list[Listing]) -> Iterator[Listing]:
    """The listings, those of which another one has the id broken."""
    first: dict[str, Listing] = {}
    for one in listed:
        owner = first.setdefault(one.id, one)
        if owner is one or not (owner.usable and one.usable):
            yield one
            continue
        yield msgspec.structs.replace(
            one,
            state=State.BROKEN,
            reason=f"De naam '{one.id}' is al in gebruik door {owner.distribution}.",
            advice=f"Verwijder een van beide: {owner.distribution} of {one.distribution}.",
        )


def _listing(point: EntryPoint, disabled: set[str]) -> Listing:
    """The state of one instrument, from its header alone; of a disabled one not even that is read."""
    blank = Listing(
        id=point.name,
        state=State.BROKEN,
        distribution=distribution_of(point),
        version=version_of(point),
        module=point.value,
    )
    if point.name in disabled:
        return msgspec.structs.replace(
            blank,
            state=State.DISABLED,
            reason=f"Uitgezet met {DISABLE}.",
            advice=f"Haal '{point.name}' uit {DISABLE} om het weer te gebruiken.",
        )
    try:
        return _from_header(blank, _folder(point.value))
    except KwartierError as error:
        return msgspec.structs.replace(blank, reason=error.message, advice=error.advice or _REPORT_IT)


def _from_header(blank: Listing, folder: Path) -> Listing:
    path = folder / "instrument.toml"
    header = read_header(file_of(path), str(path))
    if header.id != blank.id:
        raise _wrong(f"Het instrument heet '{header.id}', maar is aangemeld als '{blank.id}'.")
    known = msgspec.structs.replace(blank, header=header, folder=str(folder))
    if header.api == API:
        return msgspec.structs.replace(known, state=State.READY)
    newer = f"Installeer een nieuwere versie van {blank.distribution}."
    return msgspec.structs.replace(
        known,
        state=State.INCOMPATIBLE,
        reason=f"Gemaakt voor versie {header.api} van de afspraken met kwartier; deze kwartier heeft versie {API}.",
        advice=newer if header.api < API else "Werk kwartier bij.",
    )


def _unfit(one: Unfit) -> Listing:
    return Listing(
        id=one.distribution,
        state=State.BROKEN,
        distribution=one.distribution,
        version=one.version,
        module="",
        reason="De aanmelding van dit pakket (entry_points.txt) is niet te lezen.",
        advice=_AGAIN,
    )


def _wrong(message: str) -> Refused:
    return Refused("instrument-broken", message, advice=_REPORT_IT)


def _folder(module: str) -> Path:
    """Where a top-level package stands; looked up without running any of its code. Raises `Refused`."""
    if not module.isidentifier():
        raise _wrong(f"Het instrument is aangemeld met '{module}'; dat moet de naam van een pakket zijn, zonder meer.")
    spec = _spec(module)
    places = list(spec.submodule_search_locations or []) if spec else []
    if places:
        return Path(places[0])
    if spec is not None:
        raise _wrong(f"'{module}' is één bestand; een instrument is een pakket (een map).")
    raise Refused("instrument-broken", f"Het pakket '{module}' is niet te vinden.", advice=_AGAIN)


def _spec(module: str) -> ModuleSpec | None:
    """Some editable installs are served by a finder of their own; those too look up a top-level name without import."""
    try:
        return PathFinder.find_spec(module) or find_spec(module)
    except Exception:  # a finder of somebody else's may raise anything
        return None
