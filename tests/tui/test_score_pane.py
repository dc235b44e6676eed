"""Scoring in the app: a key per score, remarks, what is missing, sealing and reopening."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import Kijker, many, text_of, until
from tests.workspace.conftest import ANNA, BOB, DAY, SECOND, Garden, answers, explained
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from kwartier.plugins.host import Host
from kwartier.tui.app import KwartierApp
from kwartier.tui.panes.score import ScorePane
from kwartier.tui.panes.score_list import ScoreList
from kwartier.tui.widgets.typing_fields import NoteArea
from kwartier.workspace import Assessor

HOSTILE = "[red]rood[/red] [@click=app.bell]x[/] \x1b]52;c;eA==\x07 \u202eom"


class Other(Garden):
    """A garden of which the instrument asks something else."""

    def __init__(self, home: Path, packages: Path, change: Callable[[str], str]) -> None:
        super().__init__(home, packages)
        self._change = change

    def host(self, content: Callable[[str], str] = lambda text: text, sample: str = "tuin") -> Host:
        return super().host(self._change, sample)


def begun(kijker: Kijker) -> tuple[str, Path]:
    """A measurement with texts, and the sheet of Anna."""
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        ws.change(ref, "toelichting", explained())
    return ref, kijker.garden.folder(ref) / "scoren.a1.toml"


def rows_of(kijker: Kijker, file: Path) -> dict[str, Any]:
    """The answers in a sheet by item, with the part where there is one."""
    if not file.exists():
        return {}
    found = kijker.garden.tree(file).get("answer", [])
    return {
        row["item"] + row.get("part", ""): {key: row[key] for key in row if key not in ("item", "part")}
        for row in found
    }


def sheet(app: KwartierApp) -> ScoreList:
    return app.screen.query_one(ScoreList)


async def saved(app: KwartierApp, pilot: Pilot[int]) -> None:
    await until(lambda: "✓ bewaard" in text_of(app), pilot)


async def test_one_key_scores_and_the_anchor_stands_beside_it(kijker: Kijker) -> None:
    ref, file = begun(kijker)
    async with kijker.measurement(ref, "scoren", who="a1", size=(80, 24)) as (app, pilot):
        assert "0 van 5 gescoord" in text_of(app)
        await pilot.press("2")
        await until(lambda: rows_of(kijker, file) == {"1": {"value": 2}}, pilot)
        assert "[2]" in text_of(app)
        assert "Hier en daar is gespit." in text_of(app)
        assert sheet(app).line.item.id == "1"
        assert "1 van 5 gescoord" in text_of(app)
        assert "Nog te scoren: 2, 3, 4, 5" in text_of(app)
        await pilot.press("down", "5", "enter", "1")
        await until(lambda: len(rows_of(kijker, file)) == 3, pilot)
        await pilot.press("backspace")
        await until(lambda: set(rows_of(kijker, file)) == {"1", "2"}, pilot)
        await pilot.press("ctrl+z")
        await until(lambda: rows_of(kijker, file)["3"] == {"value": 1}, pilot)


async def test_keys_that_come_in_one_go_are_done_in_order(kijker: Kijker) -> None:
    ref, file = begun(kijker)
    async with kijker.measurement(ref, "scoren", who="a1", size=(80, 24)) as (app, pilot):
        for key in ("4", "enter", "5", "down", "2", "up", "1"):
            app.post_message(events.Key(key, {"enter": "\r"}.get(key, key if len(key) == 1 else None)))
        await until(lambda: len(rows_of(kijker, file)) == 3, pilot)
        await saved(app, pilot)
        assert {item: row["value"] for item, row in rows_of(kijker, file).items()} == {"1": 4, "2": 1, "3": 2}


async def test_an_item_that_cannot_be_judged_asks_why(kijker: Kijker) -> None:
    ref, file = begun(kijker)
    async with kijker.measurement(ref, "scoren", who="a1") as (app, pilot):
        await pilot.press("4", "n")
        assert "niet gezien" in text_of(app)
        await pilot.press("2")
        await until(lambda: rows_of(kijker, file) == {"1": {"missing": "niet besproken"}}, pilot)
        assert "[n]" in text_of(app)
        await pilot.press("3")
        await until(lambda: rows_of(kijker, file) == {"1": {"value": 3}}, pilot)


async def test_a_remark_is_written_below_and_survives_the_score(kijker: Kijker) -> None:
    ref, file = begun(kijker)
    async with kijker.measurement(ref, "scoren", who="a1", size=(80, 24)) as (app, pilot):
        await pilot.press("o", *"mooi 4 n", "escape")
        await until(lambda: rows_of(kijker, file) == {"1": {"note": "mooi 4 n"}}, pilot)
        assert app.screen.focused is sheet(app)
        await pilot.press("4")
        await until(lambda: rows_of(kijker, file) == {"1": {"note": "mooi 4 n", "value": 4}}, pilot)
        assert "opm." in text_of(app)
        await pilot.press("delete")
        await until(lambda: rows_of(kijker, file) == {"1": {"note": "mooi 4 n"}}, pilot)
        await pilot.press("o", *" en", "ctrl+n", *"twee", "escape")
        await until(lambda: rows_of(kijker, file).get("2") == {"note": "twee"}, pilot)
        assert rows_of(kijker, file)["1"] == {"note": "mooi 4 n en"}


async def test_hostile_remarks_and_texts_show_as_typed(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws, "[b]Hof")
        ws.change(ref, "toelichting", explained(HOSTILE + " {}"))
        ws.change(ref, "scoren", {"answer": [{"item": "1", "value": 3, "note": HOSTILE * 400}]}, person="a1")
    for size in ((80, 24), (160, 45)):
        async with kijker.measurement(ref, "scoren", who="a1", size=size) as (app, pilot):
            await pilot.press("home")
            assert "[red]rood[/red]" in text_of(app)
            assert "\x1b" not in text_of(app) and "\u202e" not in text_of(app)
            for keys in (("t", "escape"), ("o", "escape"), ("ctrl+f", "r", "o", "escape"), ("ctrl+g", "[", "escape")):
                await pilot.press(*keys)
            assert app.screen.focused is sheet(app)


async def test_going_to_what_is_not_scored_yet_and_by_number(kijker: Kijker) -> None:
    ref, _ = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "scoren", {"answer": [{"item": "2", "value": 3}, {"item": "4", "value": 1}]}, person="a1")
    async with kijker.measurement(ref, "scoren", who="a1") as (app, pilot):
        places = []
        for key in ("ctrl+n", "ctrl+n", "ctrl+n", "ctrl+o"):
            await pilot.press(key)
            places.append(sheet(app).line.item.id)
        assert places == ["3", "5", "1", "5"]
        await pilot.press("ctrl+g", "4", "enter")
        assert sheet(app).line.item.id == "4"
        await pilot.press("ctrl+f", *"droogte", "enter")
        assert sheet(app).line.item.id == "2"


async def test_a_click_on_an_option_chooses_it(kijker: Kijker) -> None:
    ref, file = begun(kijker)
    async with kijker.measurement(ref, "scoren", who="a1", size=(80, 24)) as (app, pilot):
        lines = text_of(app).splitlines()
        y = next(n for n, row in enumerate(lines) if "Samen" in row)
        await pilot.click(offset=(lines[y].index(" 4 ") + 1, y))
        await until(lambda: rows_of(kijker, file) == {"3": {"value": 4}}, pilot)
        await pilot.click(offset=(lines[y].index(" n ") + 1, y))
        await pilot.press("1")
        await until(lambda: rows_of(kijker, file) == {"3": {"missing": "niet gezien"}}, pilot)


async def test_both_seal_and_go_on_to_the_consensus(kijker: Kijker) -> None:
    ref, file = begun(kijker)
    other = file.with_name("scoren.a2.toml")
    async with kijker.measurement(ref, "scoren", who="a1", size=(80, 24)) as (app, pilot):
        await pilot.press("3", "ctrl+s")
        await pilot.pause()
        assert "Nog 4 van 5 niet gescoord: item 2, 3, 4, 5." in text_of(app)
        for key in "4321":
            await pilot.press("ctrl+n", key)
        await pilot.press("ctrl+s")
        assert "geen geheimhouding" in text_of(app)
        assert "naast elkaar, voor iedereen" not in text_of(app)
        await pilot.press("n")
        await saved(app, pilot)
        assert "sealed" not in kijker.garden.tree(file)
        await pilot.press("ctrl+s", "j")
        await until(lambda: "sealed" in kijker.garden.tree(file), pilot)
        await until(lambda: "Verzegeld op" in text_of(app), pilot)
        assert "Wacht op: Bob Biet (0 van 5)" in " ".join(text_of(app).split())
        before = file.read_bytes()
        for key in ("1", "delete", "o", "n", "ctrl+s", "ctrl+z"):
            await pilot.press(key)
        await pilot.pause()
        assert "Dit scoreblad is verzegeld" in text_of(app)
        assert file.read_bytes() == before

        await pilot.press("h", *"Vergist", "enter")
        await until(lambda: "sealed" not in kijker.garden.tree(file), pilot)
        assert kijker.garden.tree(file)["earlier"][0]["reason"] == "Vergist"
        await until(lambda: "5 van 5 gescoord" in text_of(app), pilot)
        await pilot.press("ctrl+s", "j")
        await until(lambda: "sealed" in kijker.garden.tree(file), pilot)

        await pilot.press("ctrl+r", "2")
        await until(lambda: "Bob Biet" in text_of(app).splitlines()[0], pilot)
        for key in "12345":
            await pilot.press(key, "ctrl+n")
        await pilot.press("ctrl+s")
        await until(lambda: "voor iedereen" in " ".join(text_of(app).split()), pilot)
        await pilot.press("j")
        await until(lambda: "sealed" in kijker.garden.tree(other), pilot)
        await until(lambda: "c gaat naar" in " ".join(text_of(app).split()), pilot)
        await pilot.press("h")
        assert app.screen.query(ScorePane)  # reopening is over
        await pilot.press("c")
        await until(lambda: not app.screen.query(ScorePane), pilot)


async def test_a_shadow_and_a_sheet_on_other_texts_are_told(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        slug = ws.add_organisation("De Hoop")
        ref = ws.start("tuin", slug, day=DAY, people=(Assessor(ANNA), Assessor(BOB), Assessor("Kees", shadow=True)))
        ws.change(ref, "toelichting", explained())
        for code in ("a1", "a2"):
            ws.change(ref, "scoren", answers(SECOND), person=code)
        ws.seal(ref, "a1")
        ws.change(ref, "toelichting", {"explanation": [{"item": "2", "text": "Heel anders."}]})
    async with kijker.measurement(ref, "scoren", who="a3") as (app, _):
        told = " ".join(str(one.render()) for one in app.screen.query(Static))
        assert "uw scores tellen niet mee" in told
        assert "Anna Appel (a1): verzegeld" in told
    with kijker.garden.open() as ws:
        ws.seal(ref, "a2")
    async with kijker.measurement(ref, "scoren", who="a1", size=(160, 45)) as (app, _):
        told = " ".join(str(one.render()) for one in app.screen.query(Static))
        assert "Kijk bij de consensus of de score nog bij de tekst past" in told


async def test_nobody_at_the_keyboard_sees_no_sheet_and_changes_none(kijker: Kijker) -> None:
    ref, file = begun(kijker)
    async with kijker.measurement(ref, "scoren", size=(80, 24)) as (app, pilot):
        await until(lambda: "Wie zit er" in text_of(app), pilot)
        await pilot.press("3")  # nobody in particular
        await until(lambda: "Hier scoren tuinkeurders" in text_of(app), pilot)
        await pilot.press("4", "ctrl+s")
        await pilot.pause()
        assert not file.exists()


def nominal(text: str) -> str:
    """Item 3 asks yes, no or perhaps; item 4 has two parts, of which one has to be answered."""
    scale = """
[[scale]]
id = "oordeel"
kind = "nominal"
options = [
    { value = "ja", title = "ja", key = "j" },
    { value = "nee", title = "nee", key = "n" },
    { value = "misschien", title = "misschien", key = "m", note = "required" },
]

[[section]]
id = "A"
"""
    text = text.replace('\n[[section]]\nid = "A"\n', scale)
    three, four = text.index('id = "3"'), text.index('id = "4"')
    text = text[:three] + text[three:four].replace('scale = "staat"', 'scale = "oordeel"') + text[four:]
    text = text.replace(
        'statement = "De oogst wordt eerlijk gedeeld."',
        'statement = "De oogst wordt eerlijk gedeeld."\n'
        'parts = [{ id = "a", title = "Wegen", scale = "oordeel" }, { id = "b", title = "Vieren" }]',
    )
    cut = text.index("anchors = [", three)
    return text[:cut] + text[text.index("]\n", cut) + 2 :]


async def test_a_nominal_scale_with_a_remark_that_has_to_be_there(tmp_path: Path, packages: Path) -> None:
    kijker = Kijker(Other(tmp_path, packages, nominal))
    ref, file = begun(kijker)
    async with kijker.measurement(ref, "scoren", who="a1", size=(80, 24)) as (app, pilot):
        assert "0 van 6 gescoord" in text_of(app)
        await pilot.press("down", "down", "n")
        await until(lambda: rows_of(kijker, file) == {"3": {"value": "nee"}}, pilot)
        assert "[n nee]" in text_of(app)
        await pilot.press("up", "x")
        await pilot.pause()
        assert "hoort altijd een antwoord" in text_of(app)
        await pilot.press("m")
        await until(lambda: "hoort een opmerking" in text_of(app), pilot)
        await pilot.press("escape")
        await pilot.press("m", *"als het regent", "ctrl+s")
        await until(lambda: rows_of(kijker, file) == {"3": {"value": "misschien", "note": "als het regent"}}, pilot)
        # The remark may not go while the answer asks for it: it is refused, and stays in its field.
        await pilot.press("up", "o", "ctrl+a", "ctrl+shift+k", "escape")
        await pilot.pause()
        assert rows_of(kijker, file)["3"]["note"] == "als het regent"
        await pilot.press("escape")
        await pilot.press("down", "b", "down", "j", "4")
        await until(lambda: rows_of(kijker, file).get("4b") == {"value": 4}, pilot)
        assert rows_of(kijker, file)["4a"] == {"value": "ja"}


async def test_three_hundred_items(tmp_path: Path, packages: Path) -> None:
    kijker = Kijker(Other(tmp_path, packages, many))
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    file = kijker.garden.folder(ref) / "scoren.a1.toml"
    async with kijker.measurement(ref, "scoren", who="a1", size=(80, 24)) as (app, pilot):
        assert len(app.screen.query("*")) < 60  # what is not in sight is not mounted
        await pilot.press("end", "4")
        await until(lambda: rows_of(kijker, file) == {"300": {"value": 4}}, pilot)
        assert "Onderwerp 300" in text_of(app) and "[4]" in text_of(app)
        begin = time.perf_counter()
        for _ in range(20):
            await pilot.press("up", "3")
        assert time.perf_counter() - begin < 10
        await pilot.press("ctrl+g", *"150", "enter")
        assert sheet(app).line.item.id == "150"
        assert "Onderwerp 150" in text_of(app)


@pytest.mark.parametrize("size", [(40, 12), (200, 60)])
async def test_odd_sizes(kijker: Kijker, size: tuple[int, int]) -> None:
    ref, file = begun(kijker)
    async with kijker.measurement(ref, "scoren", who="a1", size=size) as (app, pilot):
        await pilot.press("2", "o", "x", "escape", "ctrl+d", "ctrl+d")
        await until(lambda: rows_of(kijker, file) == {"1": {"value": 2, "note": "x"}}, pilot)
        assert not app.screen.query_one(NoteArea).has_focus


async def test_ctrl_s_elsewhere_says_where_to_seal(kijker: Kijker) -> None:
    ref, _ = begun(kijker)
    async with kijker.measurement(ref, "conclusies", who="a1") as (app, pilot):
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Verzegelen kan in de stap waarin u scoort" in " ".join(text_of(app).split())
