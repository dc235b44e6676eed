"""What is installed, from the metadata of distributions; one that is damaged keeps none of the others away."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import Distribution, EntryPoint, distributions, entry_points
from typing import NamedTuple

UNKNOWN = "onbekend pakket"


class Unfit(NamedTuple):
    """A distribution that announces something for a group in a file that cannot be read."""

    distribution: str
    version: str


def points_of(group: str, unfit: list[Unfit] | None = None) -> list[EntryPoint]:
    """The entry points of a group; distributions that announce one in a file that cannot be read go into `unfit`."""
    try:
        return list(entry_points(group=group))
    except Exception:  # one damaged file, of whatever distribution, makes all of it fail
        return _one_by_one(group, [] if unfit is None else unfit)


def _one_by_one(group: str, unfit: list[Unfit]) -> list[EntryPoint]:
    found: list[EntryPoint] = []
    seen: set[str] = set()
    for distribution in distributions():
        name = _said(lambda distribution=distribution: distribution.name, UNKNOWN)  # type: ignore[misc]
        if name in seen:  # a later one on the path, hidden by the first
            continue
        if name != UNKNOWN:
            seen.add(name)
        try:
            found += [point for point in distribution.entry_points if point.group == group]
        except Exception:
            if group in _text(distribution):
                version = _said(lambda distribution=distribution: distribution.version, "?")  # type: ignore[misc]
                unfit.append(Unfit(name, version))
    return found


def _text(distribution: Distribution) -> str:
    try:
        return distribution.read_text("entry_points.txt") or ""
    except Exception:
        return ""


def distribution_of(point: EntryPoint) -> str:
    """The name of the distribution that an entry point comes from."""
    dist = point.dist
    return _said(lambda: dist.name, UNKNOWN) if dist else UNKNOWN


def version_of(point: EntryPoint) -> str:
    """Its version."""
    dist = point.dist
    return _said(lambda: dist.version, "?") if dist else "?"


def _said(ask: Callable[[], object], otherwise: str) -> str:
    """What the metadata say; a damaged METADATA says nothing, in one way or another."""
    try:
        said = ask()
    except Exception:
        return otherwise
    return said if isinstance(said, str) and said else otherwise
