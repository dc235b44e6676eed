"""The bytes of one ordinary file, safely opened; what they mean is known elsewhere."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from kwartier.store import disk, refusals

_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def find_bytes(path: Path, most: int) -> bytes | None:
    """The bytes of an ordinary file, one more than `most` where it is larger; None where there is none."""
    try:
        descriptor = disk.patiently(lambda: os.open(path, _READ))
    except (FileNotFoundError, ValueError):  # a name with a sign that no file can have is of no file
        if disk.has_link(path):
            raise refusals.link_refused(path) from None
        return None
    except OSError as error:
        refused = refusals.link_refused(path) if disk.has_link(path) else refusals.read_refusal(error, path)
        raise refused from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise refusals.no_file_refused(path)
        with os.fdopen(descriptor, "rb", closefd=False) as opened:
            return opened.read(most + 1)
    except OSError as error:
        raise refusals.refusal(error, path) from error
    finally:
        os.close(descriptor)
