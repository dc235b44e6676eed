"""The real program in a real terminal: tmux types, reads the screen, and waits with a deadline."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PATIENCE = 60.0
"""Seconds after which what has to come will not come any more; machines that build are slow."""

KWARTIER = Path(sys.executable).with_name("kwartier")


class Terminal:
    """One terminal, in which kwartier is started as a user does."""

    def __init__(self, home: Path, sockets: Path) -> None:
        self.home = home
        self.data = home / "gegevens"
        self._sockets = sockets
        self._started = 0
        self.environment = {
            **os.environ,
            "HOME": str(home),
            "KWARTIER_DATA": str(self.data),
            "KWARTIER_CONFIG": str(home / "instellingen"),
            "KWARTIER_CACHE": str(home / "cache"),
            "LC_ALL": "C.UTF-8",
            "LANG": "C.UTF-8",
        }
        for name in ("TMUX", "NO_COLOR", "PYTEST_CURRENT_TEST"):
            self.environment.pop(name, None)

    def tmux(self, *words: str) -> str:
        """One command of tmux; its output."""
        done = subprocess.run(
            ["tmux", "-u", "-S", str(self._sockets / f"tmux{self._started}"), *words],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return done.stdout

    def start(self, *words: str, size: tuple[int, int] = (100, 30)) -> None:
        """Starts kwartier; when it ends, its status stands on the screen."""
        command = " ".join([f"'{word}'" for word in (str(KWARTIER), *words)])
        self.tmux("kill-server")
        self._started += 1  # a server that is ending takes no new terminal
        self.tmux(
            "new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), f'{command}; echo "einde $?"; exec sleep 600'
        )

    def screen(self) -> str:
        """What is on the screen."""
        return self.tmux("capture-pane", "-p")

    def until(self, *words: str) -> str:
        """The screen once all of these stand on it."""
        deadline = time.monotonic() + PATIENCE
        while True:
            shown = self.screen()
            if all(word in shown for word in words):
                return shown
            assert time.monotonic() < deadline, f"{words} never came:\n{shown}"
            time.sleep(0.05)

    def until_file(self, path: Path, words: str) -> None:
        """Waits until a file holds these words."""
        deadline = time.monotonic() + PATIENCE
        while not (path.exists() and words in path.read_text("utf-8")):
            assert time.monotonic() < deadline, f"{words!r} never came to {path.name}:\n{self.screen()}"
            time.sleep(0.05)

    def press(self, *keys: str) -> None:
        """Presses keys by the names that tmux has for them."""
        self.tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Types a text."""
        self.tmux("send-keys", "-l", text)

    def kill(self) -> None:
        """Kills kwartier in the middle, as a power cut does."""
        shell = self.tmux("list-panes", "-F", "#{pane_pid}").strip()
        found = subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True, check=True).stdout.split()
        for pid in found:
            os.kill(int(pid), signal.SIGKILL)

    def run(self, *words: str) -> str:
        """A command of kwartier beside the screen; its output."""
        done = subprocess.run(
            [str(KWARTIER), *words],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal with an empty data folder."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    with tempfile.TemporaryDirectory() as short:  # the path of a socket may not be long
        made = Terminal(tmp_path, Path(short))
        try:
            yield made
        finally:
            made.tmux("kill-server")
