"""Two auditors at one keyboard: nothing of the one's sheet is anywhere on the screen of the other."""

from __future__ import annotations

import re

from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import explained
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import TextArea

from kwartier.tui.app import KwartierApp

SECRET = "geheimzinnig"


def everything(app: KwartierApp) -> str:
    """All text that any widget of any screen holds, in sight or not, with what is told in corners and can be undone."""
    found = [text_of(app)]
    for screen in app.screen_stack:
        for node in screen.walk_children(DOMNode):
            if isinstance(node, TextArea):
                found.append(node.text)
            if isinstance(node, Widget):
                found.append(str(node.render()))
                found.append(" ".join(str(one) for one in vars(node).values()))
    found += [f"{one.title} {one.message}" for one in app._notifications]
    desk = app.screen_stack[-1].desk  # type: ignore[attr-defined]
    found += [desk.to_undo, desk.to_redo, str(desk.record.personal), str(desk.record.shared)]
    return "\n".join(found)


async def test_after_a_change_of_person_nothing_is_left(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        ws.change(ref, "toelichting", explained())
    for size in ((80, 24), (160, 45)):
        async with kijker.measurement(ref, "scoren", who="a1", size=size) as (app, pilot):
            await pilot.press("home", "5", "o", *SECRET, "escape", "down", "4", "n", "1")
            await until(lambda: "✓ bewaard" in text_of(app) and "niet gezien" in everything(app), pilot)
            assert SECRET in everything(app) and "[5]" in text_of(app)
            await pilot.press("ctrl+r")
            await until(lambda: "Wie zit er achter" in text_of(app), pilot)
            # Whoever is given the keyboard now sees the question and not the sheet behind it.
            assert SECRET not in text_of(app) and "[5]" not in text_of(app)
            await pilot.press("escape")
            await until(lambda: "[5]" in text_of(app), pilot)
            assert app.screen.focused is not None
            await pilot.press("ctrl+r", "2")
            await until(lambda: "Bob Biet" in text_of(app).splitlines()[0], pilot)
            told = everything(app)
            assert SECRET not in told
            assert "niet gezien" not in re.sub(r"missing=\([^)]*\)", "", told)
            assert "[5]" not in text_of(app)
            assert "weelderig" not in text_of(app)
            assert "Anna Appel (a1): 2 van 5" in told
            await pilot.press("ctrl+z", "ctrl+pagedown")
            await until(lambda: "Anna" not in text_of(app).splitlines()[0], pilot)
            assert SECRET not in everything(app)


async def test_a_remark_half_typed_belongs_to_who_typed_it(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "scoren", who="a1") as (app, pilot):
        await pilot.press("o", *SECRET, "ctrl+r", "2")
        await until(lambda: "Bob Biet" in text_of(app).splitlines()[0], pilot)
        folder = kijker.garden.folder(ref)
        assert SECRET in (folder / "scoren.a1.toml").read_text("utf-8")
        assert not (folder / "scoren.a2.toml").exists()
        assert SECRET not in everything(app)
