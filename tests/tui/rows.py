"""What the tests of steps with rows share: opening one, the rows on disk, and filling in the form that is open."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.tui.conftest import Kijker, until
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from kwartier.records.tree import Tree
from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.row_form import RowForm
from kwartier.tui.widgets.choice_list import ChoiceList
from kwartier.tui.widgets.row_list import RowList

SIZES = [(80, 24), (120, 36)]


def begun(kijker: Kijker) -> str:
    """A measurement in which nothing was filled in."""
    with kijker.garden.open() as ws:
        return kijker.garden.begin(ws)


def on_disk(kijker: Kijker, ref: str, step: str) -> Tree:
    """What stands in the file of a step; empty where there is none."""
    file = kijker.garden.folder(ref) / f"{step}.toml"
    return kijker.garden.tree(file) if file.exists() else {}


def actions(kijker: Kijker, ref: str) -> list[Tree]:
    """The actions on disk."""
    found: list[Tree] = on_disk(kijker, ref, "acties").get("action", [])
    return found


@asynccontextmanager
async def working(
    kijker: Kijker, ref: str, step: str, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[KwartierApp, Pilot[int]]]:
    """The app with a step open, and the focus in its list."""
    async with kijker.measurement(ref, step, size=size) as (app, pilot):
        await until(lambda: isinstance(app.focused, RowList), pilot)
        yield app, pilot


async def opened(app: KwartierApp, pilot: Pilot[int]) -> RowForm:
    """The form that is opening."""
    await until(lambda: isinstance(app.screen, RowForm) and app.screen.boxes and app.screen.focused, pilot)
    assert isinstance(app.screen, RowForm)
    return app.screen


async def closed(app: KwartierApp, pilot: Pilot[int]) -> None:
    """Waits until no form is open any more."""
    await until(lambda: not isinstance(app.screen, RowForm) and app.screen.focused, pilot)
    await pilot.pause()


def put(form: RowForm, **values: object) -> None:
    """Fills in fields as if typed or chosen, but quickly; keys are pressed in the tests of one field each."""
    for key, value in values.items():
        editor = next(box for box in form.boxes if box.field.key == key).editor
        if isinstance(editor, ChoiceList):
            titles = [title.strip() for _, title in editor._choices]
            editor.highlighted = titles.index(str(value))
        elif isinstance(editor, TextArea):
            editor.text = str(value)
        else:
            (editor if isinstance(editor, Input) else editor.query_one(Input)).value = str(value)


def rows(app: KwartierApp) -> RowList:
    """The list of the step that is open."""
    return app.screen_stack[-1].query_one(RowList)
