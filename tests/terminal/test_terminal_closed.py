"""The terminal window is closed, or the system ends kwartier, right after somebody typed: it is saved first."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from tests.terminal.conftest import PATIENCE, Terminal
from tests.terminal.test_real_terminal import begun, file_of

MANY = "De visie staat in het jaarplan en iedereen kent haar."


def pid_of(terminal: Terminal) -> int:
    """The process of kwartier in the terminal."""
    shell = terminal.tmux("list-panes", "-F", "#{pane_pid}").strip()
    return int(subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True, check=True).stdout.split()[0])


def ended(pid: int) -> bool:
    """Whether a process is there no more."""
    return not Path(f"/proc/{pid}").exists()


def until_ended(pid: int) -> None:
    """Waits until a process ended."""
    deadline = time.monotonic() + PATIENCE
    while not ended(pid):
        assert time.monotonic() < deadline, "it never ended"
        time.sleep(0.05)


def typed(terminal: Terminal) -> tuple[str, int]:
    """Somebody types, and the last letters are only just on the screen; the reference, and the process."""
    ref = begun(terminal)
    terminal.start("meting", "open", ref, "--stap", "toelichten", "--auditor", "Anna")
    terminal.until("› Toelichten", "✓ bewaard")
    pid = pid_of(terminal)
    terminal.type(MANY)
    terminal.until(MANY)
    return ref, pid


def test_closing_the_window_saves_what_was_just_typed(terminal: Terminal) -> None:
    ref, pid = typed(terminal)
    terminal.type(" Net.")
    terminal.until(" Net.")
    terminal.tmux("kill-server")
    until_ended(pid)
    assert f"{MANY} Net." in file_of(terminal, ref, "toelichten.toml").read_text("utf-8")
    terminal.start()
    assert "niet gewoon afgesloten" not in terminal.until("Zuiderlicht")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_being_ended_by_the_system_saves_what_was_just_typed(terminal: Terminal, number: signal.Signals) -> None:
    ref, pid = typed(terminal)
    terminal.type(" Net.")
    terminal.until(" Net.")
    os.kill(pid, number)
    terminal.until(f"einde {128 + number}")
    assert f"{MANY} Net." in file_of(terminal, ref, "toelichten.toml").read_text("utf-8")
