"""How a process of a test kills itself in the middle of its work; used by programs that tests start."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

CALLS = ("write", "fsync", "replace", "rename", "mkdir", "unlink", "rmdir")
"""The calls by which anything comes to a disk."""


def die_at(number: int, log: Path) -> None:
    """Kill this process at the call with this number; a write is done by half first."""
    count = 0

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal count
            count += 1
            if count == number:
                log.write_bytes(name.encode())
                if name == "write":
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        return call

    for name in CALLS:
        setattr(os, name, wrapped(name, getattr(os, name)))


def in_a_copy(action: Callable[[], None]) -> int:
    """Do something in a process of its own and give how it ended (0 or the signal)."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            action()
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1]
