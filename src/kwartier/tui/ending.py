"""The end that comes from outside: the terminal window is closed, or kwartier is told to end. All is saved first."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress

SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
"""A window that is closed tells so with SIGHUP. Windows has no such signals: what is lost there is under a second."""

PATIENCE = 5.0
"""Seconds in which the app ends by itself; a terminal that is gone can hold it up for ever."""


def heed(save: Callable[[], bool], leave: Callable[[int, bool], None]) -> None:
    """From now on such a signal saves at once and then leaves, with a status that tells which signal it was.

    `leave` gets the status and whether all was saved. To be called in the thread and loop of the app.
    """

    def told(number: int) -> None:
        status = 128 + number
        safe = save()
        last = threading.Timer(PATIENCE, os._exit, (status,))
        last.daemon = True
        last.start()
        leave(status, safe)

    loop = asyncio.get_running_loop()
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None:
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, told, number)
