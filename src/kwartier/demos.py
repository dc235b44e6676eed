"""Demos: a data folder with invented data, made by the demos that installed instruments bring along.

A demo folder is made beside its place and renamed into it, carries a mark (see `kwartier.workspace.demo_day`), and is
the only kind of folder that may be replaced. What is in it is up to the instruments.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from random import Random

import msgspec
from msgspec import Struct

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.plugins.discovery import DISABLE
from kwartier.records.tree import Tree
from kwartier.store import disk, files, refusals, toml
from kwartier.store.making import place_folder
from kwartier.workspace import Workspace
from kwartier.workspace.demo_day import Mark, Try, mark_file, mark_of
from kwartier.workspace.places import DATA, cache_folder
from kwartier.workspace.settings import read_or_default

GROUP = "kwartier.demos"

FIRST_DAY = date(2028, 12, 7)
"""The first day on which a demo can play: it looks back two years, and no instrument existed before 2026."""

Build = Callable[[Workspace, date], Sequence[tuple[str, Sequence[str]]]]


class Problem(Struct, frozen=True, kw_only=True):
    """A demo that could not be made: its name, of which distribution, and why (Dutch)."""

    name: str
    distribution: str
    reason: str


class Demo(Struct, frozen=True, kw_only=True):
    """A demo folder that is there."""

    folder: Path
    day: date
    attempts: tuple[Try, ...]
    made: bool
    "Whether it was made now."
    problems: tuple[Problem, ...] = ()


def default_folder() -> Path:
    """Where a demo stands when nobody says otherwise: in the cache of this user, never in somebody's data."""
    return cache_folder() / "demo"


def playing_day(today: date) -> date:
    """The day on which a demo made today plays."""
    return max(today, FIRST_DAY)


def ready(
    folder: Path,
    today: date,
    *,
    anew: bool = False,
    points: Iterable[EntryPoint] | None = None,
    begins: Callable[[], None] = lambda: None,
) -> Demo:
    """The demo in a folder, made where it is not there yet, or `anew` in its place; `begins` is called before that.

    Raises `Refused` or `Misused`: the folder holds something else, is somebody's data folder, or no demo can be made.
    """
    target = _place(folder)
    mark = mark_of(target)
    if mark is not None and not anew:
        return _there(target, mark)
    if mark is None:
        _check_free(target)
    begins()
    _sweep(target)
    day = playing_day(today)
    building = target.with_name(disk.temporary_name(target.name))
    try:
        mark, problems = _made(building, day, entry_points(group=GROUP) if points is None else points)
        _put(building, target)
    except OSError as error:
        raise refusals.refusal(error, target) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return msgspec.structs.replace(_there(target, mark), made=True, problems=problems)


def _there(folder: Path, mark: Mark) -> Demo:
    return Demo(folder=folder, day=mark.day, attempts=mark.attempt, made=False)


def _place(folder: Path) -> Path:
    """The whole path. Raises `Misused` within a folder that is for real data, `Refused` for a link."""
    from platformdirs import user_data_path

    try:
        target = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100  (takes .. out without following links)
    except RuntimeError as error:
        raise Misused(
            "invalid-path",
            "Deze thuismap is niet te vinden.",
            place=str(folder),
            advice="Schrijf de map voluit, zonder ~.",
        ) from error
    own = user_data_path("kwartier", appauthor=False)
    chosen = [os.environ.get(DATA), read_or_default()[0].data]
    within = [Path(os.path.abspath(Path(one).expanduser())) for one in chosen if one]  # noqa: PTH100
    if target == own or any(place in target.parents for place in [own, *within]):
        raise Misused(
            "own-data",
            "Dit is de plek van uw eigen gegevens; daar komt geen demo.",
            place=str(target),
            advice="Kies met --map een andere map, of laat --map weg.",
        )
    if disk.has_link(target):
        raise refusals.link_refused(target)
    return target


def _check_free(target: Path) -> None:
    """Raises `Refused` where something stands in the place of a demo that is not a demo."""
    if not target.exists():
        return
    if not target.is_dir():
        raise refusals.no_folder_refused(target)
    try:
        empty = next(target.iterdir(), None) is None
    except OSError as error:
        raise refusals.read_refusal(error, target) from error
    if not empty:
        raise Refused(
            "not-a-demo",
            "In deze map staat al iets, en het is geen demo van kwartier. Er is niets veranderd.",
            place=str(target),
            advice="Kies met --map een lege map of een map die er nog niet is.",
        )


def _sweep(target: Path) -> None:
    """Removes what an interrupted making left beside the place of the demo."""
    start = f".{target.name[:40]}."
    with suppress(OSError):
        for path in target.parent.iterdir():
            if path.name.startswith(start) and path.is_dir() and not path.is_symlink() and disk.is_stale(path):
                shutil.rmtree(path, ignore_errors=True)


def _made(building: Path, day: date, points: Iterable[EntryPoint]) -> tuple[Mark, tuple[Problem, ...]]:
    """Makes the data of all demos that can be made. When one fails, all is made anew without it."""
    left = _enabled(points)
    problems: list[Problem] = []
    while left:
        shutil.rmtree(building, ignore_errors=True)
        disk.make_folder(building)
        made = _filled(building, day, left)
        if isinstance(made, Mark):
            files.replace(mark_file(building), toml.encode(_tree(made)), expected=None)
            return made, tuple(problems)
        problems.append(made)
        left = [point for point in left if point.name != made.name]
    told = "".join(f"\n- {one.distribution}: {one.reason}" for one in problems)
    raise Refused(
        "no-demo",
        f"Er is geen demo te maken.{told}" if told else "Er is geen instrument met een demo.",
        advice="Kijk met 'kwartier instrumenten' welke instrumenten er zijn en hoe het ermee staat.",
    )


def _enabled(points: Iterable[EntryPoint]) -> list[EntryPoint]:
    disabled = {name.strip() for name in os.environ.get(DISABLE, "").split(",")}
    return sorted((point for point in points if point.name not in disabled), key=lambda point: point.name)


def _filled(building: Path, day: date, points: list[EntryPoint]) -> Mark | Problem:
    """Fills the folder with every demo in turn; the first that fails ends it."""
    attempts: list[Try] = []
    with Workspace.open(building, random=Random(day.toordinal())) as workspace:
        for point in points:
            try:
                build: Build = point.load()
                attempts += [Try(text=text, command=tuple(words)) for text, words in build(workspace, day)]
            except (KeyboardInterrupt, MemoryError):
                raise
            except BaseException as error:  # whatever a demo does, sys.exit too, the others are still made
                return Problem(
                    name=point.name,
                    distribution=point.dist.name if point.dist else "onbekend pakket",
                    reason=_reason(error),
                )
    return Mark(day=day, demo=tuple(point.name for point in points), attempt=tuple(attempts))


def _tree(mark: Mark) -> Tree:
    attempts = [{"text": one.text, "command": list(one.command)} for one in mark.attempt]
    return {"schema": mark.schema, "day": mark.day, "demo": list(mark.demo), "attempt": attempts}


def _reason(error: BaseException) -> str:
    if isinstance(error, KwartierError):
        return " ".join(filter(None, [error.message, error.advice]))
    return f"{type(error).__name__}: {error}"


def _put(building: Path, target: Path) -> None:
    """Puts a finished folder in its place; what stands there, an empty folder or a demo, makes way."""
    if mark_of(target) is None:
        if target.exists():
            target.rmdir()
        place_folder(building, target)
        return
    aside = target.with_name(disk.temporary_name(target.name))
    disk.patiently(lambda: target.rename(aside))
    try:
        place_folder(building, target)
    except BaseException:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)
