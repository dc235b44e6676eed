"""A real browser without a screen, spoken to through two pipes: open a page, be narrow or dark, run axe, print."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"),
)
PATIENCE = 60.0
"""Seconds for one answer."""


class Browser:
    """One browser with one page in it."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        self._number, self._left = 0, b""
        self._session = ""
        self.asked: list[str] = []
        "Every address that was asked for since the page was opened."
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = str(self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        for name in ("Page", "Network", "Runtime"):
            self._call(f"{name}.enable")

    def open(self, path: Path, *, width: int = 1280, dark: bool = False) -> None:
        """Opens a file in a window so wide, and waits until it is there."""
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", media="", features=[scheme])
        self.asked = []
        self._call("Page.navigate", url=path.as_uri())
        end = time.monotonic() + PATIENCE
        ready = f"document.readyState === 'complete' && location.href === {json.dumps(path.as_uri())}"
        while not self.run(ready):
            assert time.monotonic() < end, f"{path} does not open"

    def run(self, script: str) -> Any:
        """What a line of JavaScript gives."""
        made = self._call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in made, made["exceptionDetails"]
        return made["result"].get("value")

    def printed(self) -> bytes:
        """The page as it is printed, as PDF."""
        made = self._call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(made["data"])

    def _call(self, method: str, **given: Any) -> dict[str, Any]:
        self._number += 1
        told = {"id": self._number, "method": method, "params": given}
        if self._session:
            told["sessionId"] = self._session
        data = json.dumps(told).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data) :]
        while True:
            answer = self._next()
            if answer.get("method") == "Network.requestWillBeSent":
                self.asked.append(answer["params"]["request"]["url"])
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                made: dict[str, Any] = answer["result"]
                return made

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            assert select.select([self._back], [], [], PATIENCE)[0], "the browser does not answer"
            got = os.read(self._back, 1 << 20)
            assert got, "the browser is gone"
            self._left += got
        told, self._left = self._left.split(b"\0", 1)
        answer: dict[str, Any] = json.loads(told)
        return answer


def program() -> str | None:
    """Where the browser is, if it is."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def started(profile: Path) -> Iterator[Browser]:
    """A browser with a profile of its own; it is gone afterwards."""
    found = program()
    assert found
    theirs, to = os.pipe()
    back, answers = os.pipe()
    pipes = f'exec "$@" 3</dev/fd/{theirs} 4>/dev/fd/{answers}'
    words = ["sh", "-c", pipes, "sh", found, *FLAGS, f"--user-data-dir={profile}", "--remote-debugging-pipe"]
    running = subprocess.Popen(
        words,
        pass_fds=(theirs, answers),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    os.close(answers)
    try:
        yield Browser(to, back)
    finally:
        os.close(to)  # then it ends by itself
        os.close(back)
        try:
            running.wait(10)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
