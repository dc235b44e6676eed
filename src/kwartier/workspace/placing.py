"""Files outside the data folder that are written bit by bit: whole at their place, or not there at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from kwartier.store import disk, files
from kwartier.store.refusals import refusal
from kwartier.workspace import outside


@contextmanager
def placed(paths: Sequence[Path], *, overwrite: bool = False) -> Iterator[list[Path]]:
    """Temporary files beside these places, to write to; at the end they take their names, the first one last.

    Whatever goes wrong, Ctrl-C too, none is left. Raises `Refused` where something stands there and `overwrite` is not
    set, or the system refuses.
    """
    there = {path: outside.check_free(path, overwrite=overwrite) for path in paths}
    temporary = {path: path.with_name(disk.temporary_name(path.name)) for path in paths}
    try:
        for path, new in temporary.items():
            disk.write_new(new, b"", path if there[path] else None)
        yield list(temporary.values())
        for path, new in reversed(temporary.items()):
            _put(path, new, there[path])
    except OSError as error:
        raise refusal(error, paths[0]) from error
    finally:
        for new in temporary.values():
            with suppress(OSError):
                new.unlink()


def _put(path: Path, new: Path, expected: str | None) -> None:
    if disk.fingerprint_of(path) != expected:
        raise files.Changed(path)
    with new.open("r+b") as written:
        os.fsync(written.fileno())
    disk.patiently(lambda: new.replace(path))
    disk.sync_folder(path.parent)
