"""What a crash left behind: temporary files and folders are removed, operations that were cut off are finished."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kwartier.errors import KwartierError, Refused
from kwartier.store import disk, journal
from kwartier.store.journal import Resumed
from kwartier.store.locks import hold


@dataclass(frozen=True, slots=True)
class Swept:
    """What was done: temporary files removed, operations finished or undone, and what could not be finished."""

    removed: tuple[Path, ...] = ()
    resumed: tuple[Resumed, ...] = ()
    problems: tuple[KwartierError, ...] = ()


def sweep(data_folder: Path, patience: float = 0.5) -> Swept:
    """Clear what a crash left; where another process is writing, its organisation is left for the next time."""
    try:
        resumed, problems = journal.resume_all(data_folder)
    except Refused as error:
        resumed, problems = [], [error]
    wanted = journal.pending_sources(data_folder)
    kept = wanted | {above for path in wanted for above in path.parents}
    removed: list[Path] = []
    for lock, paths in _stale(data_folder).items():
        # who holds the lock may have a temporary file that looks stale: only under the lock is it certain
        with suppress(Refused), hold(data_folder, lock, timeout=patience):
            removed += [path for path in paths if path not in kept and _remove(path)]
    return Swept(tuple(sorted(removed)), tuple(resumed), tuple(problems))


def _stale(data_folder: Path) -> dict[str, list[Path]]:
    """Stale temporary files and folders by the lock that their writer holds."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in _temporaries(data_folder):
        match path.relative_to(data_folder).parts:
            case ["organisations", organisation, _, *_]:
                found[journal.lock_name(organisation)].append(path)
            case _:
                found["folder"].append(path)
    return found


def _temporaries(data_folder: Path) -> Iterator[Path]:
    journals = str(data_folder / ".kwartier" / "journal")
    for place, folders, names in os.walk(data_folder):
        if place == journals:
            folders.clear()  # journals are resumed, not swept
        # by its ending first: a path for each of thousands of files would be most of opening a folder
        temporary = [name for name in [*folders, *names] if name.endswith(disk.TEMPORARY)]
        stale = [name for name in temporary if disk.is_stale(Path(place, name))]
        folders[:] = [name for name in folders if name not in stale]
        yield from (Path(place, name) for name in stale)


def _remove(path: Path) -> bool:
    if not disk.is_stale(path):
        return False
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
        return True
    return False
