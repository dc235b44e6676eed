"""Operations on more than one file, all or nothing: a journal that is redone after a crash.

All new bytes are staged first; the moment that plan.toml stands in the journal is the moment that the operation is
decided. Steps can be carried out twice without harm. What a step is stands in plan.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from kwartier.errors import KwartierError, Refused
from kwartier.store import disk, files, making, refusals, toml
from kwartier.store.locks import OWN, hold
from kwartier.store.names import is_slug
from kwartier.store.plan import Delete, Move, Plan, Put, Step, Taken, from_tree, inside, to_tree

_LOCK = "journal"
_PLAN = "plan.toml"
_DONE = ".done"


@dataclass(frozen=True, slots=True)
class Resumed:
    """An operation that a crash had cut off: finished now, or undone because it had not been decided yet."""

    purpose: str
    finished: bool
    paths: tuple[str, ...]


class Journal:
    """Collects the steps of one operation and then carries them out; the caller holds the organisations' locks."""

    def __init__(self, data_folder: Path, purpose: str) -> None:
        self._folder = data_folder
        self._purpose = purpose
        self._steps: list[Step] = []
        self._data: dict[str, bytes] = {}
        self._taken = Taken()

    @classmethod
    def plan(cls, data_folder: Path, purpose: str) -> Journal:
        """An empty plan; `purpose` says in Dutch what the operation is for, for the message after a crash."""
        return cls(data_folder, purpose)

    def put(self, path: Path, data: bytes, *, expected: str | None) -> None:
        """Replace (or with `expected` None: make) the file by these bytes; its folder is made where needed."""
        name = f"{len(self._steps)}.data"
        self._data[name] = data
        self._add(Put(self._relative(path), expected, disk.fingerprint(data), name))

    def move(self, source: Path, target: Path) -> None:
        """Rename a finished folder or file into a place where nothing is."""
        self._add(Move(self._relative(target), self._relative(source)))

    def delete(self, path: Path, *, expected: str | None = None) -> None:
        """Take away a file or a whole folder, as it is now or as `expected` says; nothing there: Refused."""
        relative = self._relative(path)
        found = expected or disk.fingerprint_of(path)
        if found is None:
            raise refusals.missing_refused(path)
        self._add(Delete(relative, found))

    def commit(self) -> None:
        """Carry out all steps, or none.

        Changed where a file is not what the plan expects: nothing is done then. A failure after the decision (a full
        disk) says that the operation will be finished by `resume`.
        """
        plan = Plan(self._purpose, tuple(self._steps))
        with hold(self._folder, _LOCK):
            self._check(plan)
            place = self._stage(plan)
            try:
                _finish(self._folder, place, plan)
            except KwartierError as error:
                advice = "Los dit op en open de datamap opnieuw: kwartier maakt de handeling dan af."
                raise Refused(error.code, error.message, place=error.place, advice=advice) from error

    def _add(self, step: Step) -> None:
        for path in Plan("", (step,)).touched():
            if self._taken.meets(path):
                raise ValueError(f"two steps of one plan touch {path}")
            self._taken.add(path)
        self._steps.append(step)

    def _relative(self, path: Path) -> str:
        text = (path.relative_to(self._folder) if path.is_relative_to(self._folder) else path).as_posix()
        inside(self._folder, text)
        return text

    def _check(self, plan: Plan) -> None:
        for _, other in _committed(self._folder):
            if path := plan.overlaps(other):
                raise Refused(
                    "unfinished-operation",
                    f"Hier is een eerdere handeling nog niet af: {other.purpose}",
                    place=path,
                    advice="Open de datamap opnieuw: kwartier maakt die handeling eerst af.",
                )
        for step in plan.steps:
            if step.state(self._folder) != "todo" and not _is_idle(step):
                raise files.Changed(inside(self._folder, step.path))

    def _stage(self, plan: Plan) -> Path:
        place = _journals(self._folder) / disk.temporary_name(_LOCK)
        try:
            disk.make_folder(place)
            for name, data in self._data.items():
                disk.write_new(place / name, data, None)
            files.replace(place / _PLAN, toml.encode(to_tree(plan)), expected=None)
        except OSError as error:
            shutil.rmtree(place, ignore_errors=True)
            raise refusals.refusal(error, place) from error
        except BaseException:
            if not (place / _PLAN).exists():  # decided: what follows belongs to resume
                shutil.rmtree(place, ignore_errors=True)
            raise
        return place


def resume(data_folder: Path) -> list[Resumed]:
    """Finish every decided operation that was cut off, undo the others, and say which.

    Raises the first problem (somebody changed a file meanwhile: "changed-meanwhile") after all others are finished;
    that journal stays. Takes the locks of the organisations itself: the caller holds none.
    """
    resumed, problems = resume_all(data_folder)
    if problems:
        raise problems[0]
    return resumed


def resume_all(data_folder: Path) -> tuple[list[Resumed], list[KwartierError]]:
    """As `resume`, with the problems as values."""
    resumed: list[Resumed] = []
    problems: list[KwartierError] = []
    if not any(_ours(data_folder)):
        return resumed, problems
    with ExitStack() as held:
        names = sorted(_lock_names(data_folder))
        for name in [*names, _LOCK]:
            held.enter_context(hold(data_folder, name))
        for place in _ours(data_folder):
            try:
                if done := _resume_one(data_folder, place, set(names)):
                    resumed.append(done)
            except KwartierError as error:
                problems.append(error)
            except OSError as error:
                problems.append(refusals.refusal(error, place))
    return resumed, problems


def pending(data_folder: Path, organisation: str | None = None) -> bool:
    """Whether a decided operation is waiting to be finished, in this organisation or at all."""
    return any(organisation in (None, *plan.organisations()) for _, plan in _committed(data_folder))


def pending_sources(data_folder: Path) -> set[Path]:
    """The finished folders that a waiting operation has yet to move into place."""
    steps = (step for _, plan in _committed(data_folder) for step in plan.steps)
    return {data_folder / step.source for step in steps if isinstance(step, Move)}


def abandon(data_folder: Path, place: Path) -> None:
    """Give up a journal that cannot be finished (`place` of its error), at the user's own word: files stay as is."""
    with hold(data_folder, _LOCK):
        if place.parent == _journals(data_folder) and place.is_dir():
            _discard(place)


def lock_name(organisation: str) -> str:
    """The name of the lock of an organisation."""
    return f"organisation-{organisation}" if is_slug(organisation) else "folder"


def _journals(data_folder: Path) -> Path:
    return data_folder / OWN / "journal"


def _ours(data_folder: Path) -> Iterator[Path]:
    """Journals that may be touched here: made on this machine, or left an hour ago by one that shares the folder."""
    try:
        places = sorted(_journals(data_folder).iterdir())
    except OSError:
        return
    for place in places:
        name = place.name.removesuffix(_DONE)
        if disk.is_from_here(name) or disk.is_old(place):
            yield place


def _committed(data_folder: Path) -> Iterator[tuple[Path, Plan]]:
    for place in _ours(data_folder):
        if not place.name.endswith(_DONE) and (place / _PLAN).exists():
            try:
                yield place, _read_plan(data_folder, place)
            except KwartierError:
                continue  # resume tells about it


def _read_plan(data_folder: Path, place: Path) -> Plan:
    return from_tree(files.read(place / _PLAN).tree, data_folder, str(place))


def _lock_names(data_folder: Path) -> set[str]:
    return {lock_name(name) for _, plan in _committed(data_folder) for name in plan.organisations()}


def _resume_one(data_folder: Path, place: Path, held: set[str]) -> Resumed | None:
    if place.name.endswith(_DONE):
        _discard(place)
        return None
    if not (place / _PLAN).exists():
        _discard(place)
        return Resumed("", False, ())
    plan = _read_plan(data_folder, place)
    if not {lock_name(name) for name in plan.organisations()} <= held:
        return None  # decided after the locks were taken: its own process is finishing it
    _finish(data_folder, place, plan)
    return Resumed(plan.purpose, True, plan.touched())


def _finish(data_folder: Path, place: Path, plan: Plan) -> None:
    states = [(step, step.state(data_folder)) for step in plan.steps]
    for step, state in states:
        if state == "changed" or (state == "todo" and isinstance(step, Put) and not _is_staged(place, step)):
            raise Refused(
                "changed-meanwhile",
                f"Deze handeling was niet af en kan niet worden afgemaakt ({plan.purpose}): "
                f"intussen is {step.path} veranderd.",
                place=str(place),
                advice="Zet dat bestand terug zoals het was, of geef de handeling op: kwartier controle --geef-op. "
                "Er is niets overschreven.",
            )
    for number, (step, state) in enumerate(states):
        if state == "todo":
            _carry_out(data_folder, place, number, step)
    _discard(place)


def _carry_out(data_folder: Path, place: Path, number: int, step: Step) -> None:
    target = inside(data_folder, step.path)
    try:
        if isinstance(step, Put):
            disk.make_folder(target.parent)
            files.replace(target, (place / step.data).read_bytes(), expected=step.expected)
        elif isinstance(step, Move):
            making.place_folder(inside(data_folder, step.source), target)
        else:
            # one rename takes a whole folder away; what was in it goes with the journal
            disk.patiently(lambda: target.rename(place / f"{number}.gone"))
            disk.sync_folder(target.parent)
    except OSError as error:
        raise refusals.refusal(error, target) from error


def _discard(place: Path) -> None:
    """Remove a journal; renamed first, so that one that is half removed is never taken for one to be redone."""
    try:
        if not place.name.endswith(_DONE):
            place = place.rename(place.with_name(place.name + _DONE))
            disk.sync_folder(place.parent)
        shutil.rmtree(place)
    except OSError as error:
        raise refusals.refusal(error, place) from error


def _is_staged(place: Path, step: Put) -> bool:
    return disk.fingerprint_of(place / step.data) == step.new


def _is_idle(step: Step) -> bool:
    """Whether a step asks for what is there already: the same bytes again."""
    return isinstance(step, Put) and step.expected == step.new
