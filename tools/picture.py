"""Makes docs/pictures/*.svg from the app on the demo data, by keys: the same bytes every time.

Run it as `.venv/bin/python tools/picture.py`; with a folder as its argument the pictures go there.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from kwartier.tui.app import KwartierApp
    from kwartier.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"

DAY = date(2028, 12, 7)
"""The first day on which the demo can play."""
NOW = datetime(2028, 12, 7, 14, 5, tzinfo=timezone(timedelta(hours=1)))
SIZE = (120, 36)
PATIENCE = 60.0
"""Seconds after which something that has to appear will not appear any more."""


def main() -> int:
    """Writes the pictures; gives the exit status."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    with tempfile.TemporaryDirectory() as home:
        for name in ("KWARTIER_CACHE", "KWARTIER_CONFIG"):
            os.environ[name] = str(Path(home) / name.lower())
        os.environ.pop("NO_COLOR", None)
        made = asyncio.run(pictures(Path(home) / "demo"))
    target.mkdir(parents=True, exist_ok=True)
    for name, svg in made.items():
        (target / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")
        print(f"{name}.svg")
    return 0


async def pictures(folder: Path) -> dict[str, str]:
    """The start screen, and the scores of two auditors side by side, as SVG by name."""
    from kwartier.demos import ready
    from kwartier.tui.app import KwartierApp

    ready(folder, DAY)
    app = KwartierApp(folder, opens=opened)
    async with app.run_test(size=SIZE) as pilot:
        await sees(app, pilot, lambda told: "organisaties" in told and "nagekeken" not in told)
        found = {"begin": picture(app)}
        await pilot.press("slash", *"kwadrant", "enter", "enter")
        await sees(app, pilot, lambda told: "metingen" in told)
        await pilot.press("up", "enter")
        await sees(app, pilot, lambda told: "Herhalen" in told)
        await pilot.press("escape")
        steps = app.screen.query_one("#steps")
        while app.screen.focused is not steps:
            await pilot.pause()
        place = next(n for n, one in enumerate(steps.options) if one.id == "consensus")  # type: ignore[attr-defined]
        await pilot.press("home", *["down"] * place, "enter")
        await sees(app, pilot, lambda told: "verschil" in told.lower() and "Consensus" in told.splitlines()[0])
        found["consensus"] = picture(app)
    return found


def opened(folder: Path) -> Workspace:
    """The demo at one moment that stands still."""
    from kwartier.workspace import Workspace

    with Workspace.open(folder, clock=lambda: NOW) as workspace:
        return workspace


async def sees(app: KwartierApp, pilot: Pilot[int], holds: Callable[[str], bool]) -> None:
    """Waits until something stands on the screen."""
    deadline = time.monotonic() + PATIENCE
    while not holds(text_of(app)):
        if time.monotonic() > deadline:
            raise SystemExit(f"It never appeared:\n{text_of(app)}")
        await pilot.pause()
        await asyncio.sleep(0.01)
    await pilot.pause()


def text_of(app: KwartierApp) -> str:
    """What is on the screen."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


def picture(app: KwartierApp) -> str:
    """The screen as SVG, without the name by chance that Textual gives its styles, and without fonts from elsewhere."""
    svg = re.sub(r"terminal-\d+-", "terminal-", app.export_screenshot(title="kwartier"))
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas") + ("" if svg.endswith("\n") else "\n")


if __name__ == "__main__":
    sys.exit(main())
