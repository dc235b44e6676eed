"""Evidence in a portfolio on the screen: who reads it, the file with it, and that nobody else sees what is private."""

from __future__ import annotations

from pathlib import Path

from tests.tui.conftest import Kijker, text_of, until
from tests.tui.portfolio import HOSTILE, greenhouse, kas
from tests.tui.rows import closed, on_disk, opened, put, rows
from tests.workspace.conftest import own_config, packages
from tests.workspace.kas import SECRET
from textual.widgets import Input, Static

from kwartier.records.tree import Tree
from kwartier.tui.panes.evidence_files import SaveCopy
from kwartier.tui.panes.evidence_readers import ReadersDialog
from kwartier.tui.screens.dialogs import Confirm, TextDialog
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.screens.who import WhoScreen
from kwartier.tui.widgets.path_input import completed, path_from

__all__ = ["kas", "own_config", "packages"]


def evidence(kijker: Kijker, ref: str) -> list[Tree]:
    """The rows on disk."""
    found: list[Tree] = on_disk(kijker, ref, "bewijs").get("evidence", [])
    return found


async def test_a_piece_with_its_file_from_begin_to_end(kas: Kijker, tmp_path: Path) -> None:
    """At 80 by 24, by keys alone: added, shared, its file taken in and saved elsewhere, and taken away for good."""
    home = greenhouse(kas)
    with home.open() as ws:
        ref = home.begin(ws)
    file = tmp_path / "mijn verslag é.txt"
    file.write_text("Ik zaaide tomaten.", "utf-8")
    async with kas.measurement(ref, "bewijs", who="s1", size=(80, 24)) as (app, pilot):
        assert "leest alleen u, tot u zelf iets anders kiest" in text_of(app)
        await pilot.press("t")
        form = await opened(app, pilot)
        await pilot.press(*"Tomaten", "tab", "tab", "tab", "tab")
        await pilot.press("2", ".", "1", "space")  # the item whose number begins so
        await pilot.press("tab", "l", "space", "tab", *"Zelf.", "tab")
        await until(lambda: "Dit lezen: alleen u." in text_of(app), pilot)
        await pilot.press("down", "space")
        await until(lambda: "Dit lezen: u en meesters." in text_of(app), pilot)
        put(form, path=f"'{file}'")  # as a terminal pastes it
        next(box for box in form.boxes if box.field.key == "path").focus()
        await until(lambda: "mijn verslag é.txt, 18 bytes" in text_of(app), pilot)
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        row = evidence(kas, ref)[0]
        assert (row["title"], row["items"], row["topics"]) == ("Tomaten", ["2.1"], ["luis-2024"])
        assert (row["readers"], row["file"]["name"], row["file"]["size"]) == (["meester"], file.name, 18)
        kept = home.path / "organisations" / ref.split("/")[0] / "subjects" / "s1" / "evidence" / row["file"]["id"]
        assert kept.read_bytes() == file.read_bytes()
        rows(app).point_at(row["id"])
        await until(lambda: row["file"]["digest"][7:15] in text_of(app), pilot)
        assert "▤ mijn verslag é.txt, 18 bytes" in text_of(app)
        await pilot.press("W")  # for all at once: back to nobody else, and undone again
        await until(lambda: isinstance(app.screen, ReadersDialog) and app.screen.focused, pilot)
        await pilot.click("#readers", offset=(3, 0))  # the mouse does what space does
        await until(lambda: "Dit lezen: alleen u" in text_of(app), pilot)
        await pilot.press("ctrl+s")
        await until(lambda: "readers" not in evidence(kas, ref)[0], pilot)
        await pilot.press("ctrl+z")
        await until(lambda: evidence(kas, ref)[0].get("readers") == ["meester"], pilot)
        await pilot.press("k")
        await until(lambda: isinstance(app.screen, SaveCopy) and app.screen.focused, pilot)
        app.screen.query_one("#path", Input).value = str(tmp_path / "kopie.txt")
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, MeasurementScreen), pilot)
        assert (tmp_path / "kopie.txt").read_bytes() == file.read_bytes()
        await pilot.press("delete")
        await until(lambda: isinstance(app.screen, Confirm), pilot)
        assert "niet ongedaan te maken" in " ".join(text_of(app).split())
        await pilot.press("j")
        await until(lambda: not kept.exists(), pilot)
        assert evidence(kas, ref) == []


async def test_a_file_that_is_not_taken_says_why_and_the_form_stays(kas: Kijker, tmp_path: Path) -> None:
    home = greenhouse(kas)
    with home.open() as ws:
        ref = home.begin(ws)
    program = tmp_path / "virus.exe"
    program.write_bytes(b"MZ")
    async with kas.measurement(ref, "bewijs", who="s1", size=(160, 45)) as (app, pilot):
        await pilot.press("t")
        form = await opened(app, pilot)
        put(form, title="Iets", path=str(program))
        await pilot.press("ctrl+s")
        await until(lambda: "-wrong" in form.boxes[-1].query_one(".hint", Static).classes, pilot)
        assert app.screen is form
        assert ".exe" in text_of(app) or "exe" in text_of(app)
        put(form, path="")
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        await until(lambda: [row["title"] for row in evidence(kas, ref)] == ["Iets"], pilot)
        assert "file" not in evidence(kas, ref)[0]
        rows(app).focus()
        await pilot.press("delete")  # without a file there is nothing that undo cannot bring back
        await until(lambda: not evidence(kas, ref), pilot)
        await pilot.press("ctrl+z")
        await until(lambda: evidence(kas, ref), pilot)
        assert not on_disk(kas, ref, "bewijs").get("removed")


async def test_others_read_what_is_shared_and_change_nothing(kas: Kijker) -> None:
    """A master at 160 by 45, with what is beside the list; then nobody in particular, who is asked first."""
    home = greenhouse(kas)
    with home.open() as ws:
        ref = home.filled(ws)
    before = evidence(kas, ref)
    async with kas.measurement(ref, "bewijs", who="a1", size=(160, 45)) as (app, pilot):
        shown = text_of(app)
        assert "Lotte Lelie bij. U ziet wat met u gedeeld is." in " ".join(shown.split())
        assert HOSTILE in shown and "Gesprek met Ans" in shown
        assert "moeder" not in shown and SECRET not in shown and "leest:" not in shown
        assert "Nachtvorst" in shown, "the detail stands beside the list"
        assert "toevoegen" not in shown.splitlines()[-1] and "weghalen" not in shown.splitlines()[-1]
        await pilot.press("t", "delete", "e", "w", "W", "b")
        await pilot.pause()
        assert isinstance(app.screen, MeasurementScreen)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, TextDialog), pilot)
        assert "Elke week bijgehouden." in text_of(app)
        await pilot.press("escape")
        screen = app.screen_stack[-1]
        assert isinstance(screen, MeasurementScreen)
        await screen.change_viewer("", "bewijs")
        await until(lambda: "Gesprek met Ans" in text_of(app), pilot)
        assert "Logboek" not in text_of(app)
        await pilot.press("escape", "enter")
        await until(lambda: isinstance(app.screen, WhoScreen), pilot)
        assert "Lotte Lelie · leerling" in text_of(app)
    assert evidence(kas, ref) == before


def test_a_path_is_taken_as_a_terminal_pastes_it(tmp_path: Path) -> None:
    file = tmp_path / "een map" / "foto één.png"
    file.parent.mkdir()
    file.write_bytes(b"x")
    escaped = str(file).replace(" ", "\\ ")
    for typed in (str(file), f" '{file}' ", f'"{file}"', escaped, file.as_uri()):
        assert path_from(typed) == file, typed
    assert path_from("~/x") == Path.home() / "x"
    assert completed(f"{tmp_path}/een") == f"{tmp_path}/een map/"
    assert completed(f"'{tmp_path}/een map/fo", (".png",)) == f"'{tmp_path}/een map/foto één.png"
    assert completed(f"{tmp_path}/een map/fo", (".pdf",)) is None
