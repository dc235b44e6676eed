"""Locks between processes on one machine: at most one writes in an organisation at a time; readers need none.

Machines that share a folder through a synchroniser do not see each other's locks: they rely on separate files.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kwartier.errors import Refused
from kwartier.store import disk, refusals

OWN = ".kwartier"
"""The folder within a data folder for what is no record: marker, locks, journals."""


@contextmanager
def hold(data_folder: Path, name: str, timeout: float = 10) -> Iterator[None]:
    """Hold the lock `name` of a data folder; wait at most `timeout` seconds for who has it, then Refused ("busy").

    The system frees it when the process ends, however that happens. It is not re-entrant, also not within one thread.
    """
    from filelock import FileLock, Timeout  # only who writes pays for this import

    path = data_folder / OWN / "locks" / f"{name}.lock"
    try:
        disk.make_folder(path.parent)
        lock = FileLock(path, timeout=timeout, poll_interval=0.01, mode=path.parent.stat().st_mode & 0o666 | 0o600)
        lock.acquire()
    except Timeout as error:
        raise Refused(
            "busy",
            "Een ander venster of programma van kwartier is hier aan het schrijven.",
            place=str(data_folder),
            advice="Wacht even en probeer het opnieuw. Blijft het zo, sluit dan de andere vensters van kwartier.",
        ) from error
    except NotImplementedError as error:
        raise Refused(
            "no-locks",
            "Op deze schijf kan kwartier niet voorkomen dat twee programma's tegelijk schrijven.",
            place=str(data_folder),
            advice="Zet de datamap op een schijf van deze computer.",
        ) from error
    except OSError as error:
        raise refusals.refusal(error, data_folder) from error
    try:
        yield
    finally:
        lock.release()
