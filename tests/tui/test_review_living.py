"""The app lives on: refusals wherever they rise, steps that are opened at the same moment, a folder that comes back."""

from __future__ import annotations

import asyncio
import time

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import FIRST, answers

from kwartier.errors import KwartierError, Refused
from kwartier.tui.panes.base import Pane
from kwartier.tui.screens.dialogs import Ask
from kwartier.tui.screens.measurement import MeasurementScreen


def refuses() -> None:
    raise Refused("test", "Dat kan nu niet.")


async def test_a_refusal_in_what_the_app_itself_does_later_leaves_it_alive(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "toelichting") as (app, pilot):
        app.call_later(refuses)
        await until(lambda: "Dat kan nu niet." in text_of(app), pilot)
        await pilot.press("ctrl+pagedown")
        await until(lambda: "Zelf scoren" in text_of(app) or "toetsenbord" in text_of(app), pilot)
        assert app.is_running


async def test_two_steps_opened_at_the_same_moment(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "toelichting", who="a1") as (app, pilot):
        screen = app.screen
        assert isinstance(screen, MeasurementScreen)
        for first, second in (("scoren", "conclusies"), ("toelichting", "gesprek"), ("mensen", "mensen")):
            await asyncio.gather(screen.open_step(first), screen.open_step(second))
            await pilot.pause()
            assert len(screen.query(Pane)) == 1
            assert screen.pane is not None and screen.pane.step.id == second


@pytest.mark.parametrize(
    "step",
    [
        "voorbereiden",
        "mensen",
        "gegevens",
        "gesprek",
        "toelichting",
        "scoren",
        "eens-worden",
        "conclusies",
        "verslag",
        "acties",
        "evalueren",
        "herhalen",
    ],
)
async def test_what_somebody_else_saves_while_a_step_is_being_opened(
    kijker: Kijker, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        kijker.garden.prepare(ws, ref)
        kijker.garden.score(ws, ref)
    async with kijker.measurement(ref, "toelichting", who="a1") as (app, pilot):
        screen = app.screen
        assert isinstance(screen, MeasurementScreen)
        mount = screen.query_one("#work").mount

        def mounts(*panes: Pane) -> object:
            waiting = mount(*panes)
            screen._drawn(True)  # as the keeper does when it saw something
            return waiting

        monkeypatch.setattr(screen.query_one("#work"), "mount", mounts)
        await screen.open_step(step)
        await pilot.pause()
        assert app.is_running
        assert screen.pane is not None and screen.pane.step.id == step


async def test_a_folder_that_was_away_for_a_moment_is_no_trouble_any_more(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    folder = kijker.garden.folder(ref)
    async with kijker.measurement(ref, "toelichting") as (app, pilot):
        aside = folder.with_name("weg")
        folder.rename(aside)
        await until(lambda: "! niet bewaard" in text_of(app), pilot)
        aside.rename(folder)
        await until(lambda: "✓ bewaard" in text_of(app), pilot)


async def test_while_saving_fails_it_is_tried_again_at_the_same_pace(
    kijker: Kijker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kwartier.tui.keeping.LOOK_EVERY", 0.2)
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "toelichting") as (app, pilot):
        screen = app.screen
        assert isinstance(screen, MeasurementScreen)
        tried = 0

        def fails(self: object, todo: list[object]) -> list[object]:
            nonlocal tried
            tried += 1
            return [refused(one) for one in todo]

        from kwartier.workspace.desk import Desk, Written

        def refused(one: object) -> object:
            return Written(file=one.file, sent=one.whole, error=Refused("full", "De schijf is vol."))  # type: ignore[attr-defined]

        monkeypatch.setattr(Desk, "write", fails)
        for letter in "abcdefgh":
            await pilot.press(letter)
            screen.keeper.save()
            await until(lambda: not screen.keeper._writing, pilot)
        tried, begun = 0, time.monotonic()
        await until(lambda: tried >= 5, pilot)
        assert (
            time.monotonic() - begun > 2 * 0.2
        )  # at the pace of saving five tries take four or five intervals; without it, none


async def test_what_is_typed_in_a_dialog_is_not_thrown_away_by_leaving(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "toelichting") as (app, pilot):
        for lines in (False, True):
            app.push_screen(Ask("Reden", lines=lines))
            await pilot.pause()
            await pilot.press(*"omdat")
            await pilot.press("ctrl+q")
            await until(lambda: "Niet alles is bewaard" in text_of(app), pilot)
            await pilot.press("n")
            await pilot.press("escape")


async def test_nothing_is_sealed_while_a_field_holds_what_was_refused(
    kijker: Kijker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        kijker.garden.prepare(ws, ref)
        ws.change(ref, "scoren", answers(FIRST), person="a1")
    async with kijker.measurement(ref, "scoren", who="a1") as (app, pilot):
        screen = app.screen
        assert isinstance(screen, MeasurementScreen)
        await pilot.press("o")
        monkeypatch.setattr(screen.desk, "give", lambda *_, **__: refuses())
        await pilot.press(*"mijn woord")
        done: list[bool] = []
        with pytest.raises(KwartierError):
            await screen.do(lambda: done.append(True))
        assert done == []
        await pilot.press("escape")
        await pilot.pause()
        assert "mijn woord" in text_of(app)


async def test_a_folder_that_became_a_file_is_a_message(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    folder = kijker.garden.folder(ref)
    async with kijker.measurement(ref, "toelichting") as (app, pilot):
        aside = folder.with_name("weg")
        folder.rename(aside)
        folder.write_text("geen map", "utf-8")
        await pilot.press(*"blijft")
        await until(lambda: "! niet bewaard" in text_of(app), pilot)
        await pilot.press(*" staan")
        folder.unlink()
        aside.rename(folder)
        file = folder / "toelichting.toml"
        await until(lambda: file.exists() and "blijft staan" in file.read_text("utf-8"), pilot)


async def test_leaving_a_measurement_that_cannot_be_saved_leaves_the_app_alive(
    kijker: Kijker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kwartier.tui.keeping.LOOK_EVERY", 0.1)
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    folder = kijker.garden.folder(ref)
    async with kijker.measurement(ref, "toelichting") as (app, pilot):
        screen = app.screen
        assert isinstance(screen, MeasurementScreen)
        folder.rename(folder.with_name("weg"))
        await pilot.press(*"weg")
        await until(lambda: "! niet bewaard" in text_of(app), pilot)
        screen.close()
        await until(lambda: "Niet alles is bewaard" in text_of(app), pilot)
        await pilot.press("j")
        await until(lambda: not screen.is_attached, pilot)
        await pilot.pause(0.5)
        await pilot.press("f1")
        await until(lambda: "Hulp" in text_of(app), pilot)


async def test_the_disk_that_is_locked_by_another_program_stops_nobody_from_typing(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    workspace = kijker.workspace()
    async with kijker.measurement(ref, "toelichting") as (app, pilot):
        with workspace._shelf.folder.lock(ref.split("/")[0]):
            await pilot.press(*"een")
            await until(lambda: "bewaren" in text_of(app), pilot)
            await pilot.press(*" twee")
            await until(lambda: "een twee" in text_of(app), pilot)
        file = kijker.garden.folder(ref) / "toelichting.toml"
        await until(lambda: file.exists() and "een twee" in file.read_text("utf-8"), pilot)
