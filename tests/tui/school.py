"""What the tests of the screens around students share: a greenhouse with pupils and a programme, and ways to type."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.tui.portfolio import Kas
from tests.workspace.conftest import ANNA, BOB
from tests.workspace.glass import Glasshouse
from tests.workspace.kas import CODE
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.student import StudentScreen
from kwartier.workspace import Assessor, Workspace

SLUG = "de-glazen-stad"
REF = f"{SLUG}/kas/{CODE}/2026-09-01"
NARROW, WIDE = (80, 24), (160, 45)
MARKUP = "[red]Gijs[/red] [@click=app.quit]x[/]"
"""A name that would act as markup where it is not shown as text."""


class School(Kas, Glasshouse):
    """A greenhouse with a programme, and a portfolio that is filled."""

    def begun(self, ws: Workspace) -> str:
        """A pupil with a portfolio, and one without; the retention of the first is over. Gives the reference."""
        ref = self.filled(ws)
        ws.add_subject(SLUG, "s2", MARKUP, kind="student")
        ws.retain(SLUG, CODE, date(2026, 11, 20))
        return ref

    def of_programme(self, ws: Workspace) -> str:
        """A portfolio of the other pupil, in the programme; its reference."""
        people = (Assessor(ANNA, role="meester"), Assessor(BOB, role="meester"))
        more: dict[str, Any] = {"subject": "s2", "parameters": {"niveau": 2}, "profile": "glas"}
        return ws.start("kas", SLUG, day=date(2026, 9, 2), people=people, **more)


def in_school(kijker: Kijker) -> School:
    """The school that the app is on."""
    assert isinstance(kijker.garden, School)
    return kijker.garden


@pytest.fixture
def school(tmp_path: Path, packages: Path) -> Kijker:
    """The app on a school that is filled."""
    made = School(tmp_path, packages)
    with made.open() as ws:
        made.begun(ws)
    return Kijker(made)


def fill(app: KwartierApp, **fields: str) -> None:
    """Puts texts in the fields of the dialog that is open."""
    for name, text in fields.items():
        app.screen.query_one(f"#{name}", Input).value = text


async def to_student(app: KwartierApp, pilot: Pilot[int], code: str = CODE) -> StudentScreen:
    """The screen of a student, read."""
    screen = StudentScreen(await app.workspace(), SLUG, code)
    await app.push_screen(screen)
    await until(lambda: screen.found is not None, pilot)
    return screen


async def shows(pilot: Pilot[int], *texts: str) -> None:
    """Waits until all of these are on the screen."""
    app = pilot.app
    await until(lambda: all(text in text_of(app) for text in texts), pilot)


async def asked(pilot: Pilot[int], kind: type[Screen[Any]]) -> None:
    """Waits until a dialog of this kind is open, with its fields."""
    app = pilot.app
    await until(lambda: isinstance(app.screen, kind) and app.screen.query("#ok"), pilot)
