"""Forms save while somebody types: silently, in one row, as one edit; thrown away where the user says so."""

from __future__ import annotations

from typing import Any

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.tui.rows import actions, begun, closed, on_disk, opened, put, working

from kwartier.tui.screens.clashes import ClashScreen
from kwartier.tui.screens.dialogs import Confirm


def strengths(kijker: Kijker, ref: str) -> list[dict[str, Any]]:
    """The strengths on disk."""
    found: list[dict[str, Any]] = on_disk(kijker, ref, "conclusies").get("strength", [])
    return found


async def test_what_is_typed_in_a_new_row_is_on_disk_before_klaar_and_stays_one_row(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "conclusies") as (app, pilot):
        await pilot.press("down", "t")
        form = await opened(app, pilot)
        await pilot.press(*"Veel")
        await until(lambda: [row["text"] for row in strengths(kijker, ref)] == ["Veel"], pilot)
        await pilot.press(*" buren.")
        await until(lambda: [row["text"] for row in strengths(kijker, ref)] == ["Veel buren."], pilot)
        assert app.screen is form
        await pilot.press("tab", "down", "down", "ctrl+s")
        await closed(app, pilot)
        await until(lambda: strengths(kijker, ref)[0].get("section") == "B", pilot)
        assert len(strengths(kijker, ref)) == 1
        await pilot.press("ctrl+z")  # all that one form did is one step
        await until(lambda: not strengths(kijker, ref), pilot)
        await pilot.press("ctrl+y")
        await until(lambda: [row.get("section") for row in strengths(kijker, ref)] == ["B"], pilot)


async def test_escape_throws_away_on_disk_too_and_asks_first(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "conclusies") as (app, pilot):
        await pilot.press("down", "t")
        form = await opened(app, pilot)
        await pilot.press(*"Toch niet")
        await until(lambda: strengths(kijker, ref), pilot)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, Confirm), pilot)
        await pilot.press("n")
        await until(lambda: app.screen is form, pilot)
        assert strengths(kijker, ref)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, Confirm), pilot)
        await pilot.press("j")
        await closed(app, pilot)
        await until(lambda: not strengths(kijker, ref), pilot)
        assert "Toch niet" not in text_of(app)


async def test_escape_puts_back_what_stood_in_a_row_that_was_changed(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "acties", {"action": [{"id": "x1", "text": "Ton", "note": "bij het hek"}]})
    before = actions(kijker, ref)
    async with working(kijker, ref, "acties") as (app, pilot):
        await pilot.press("enter")
        put(await opened(app, pilot), text="Twee tonnen", note="", due="1-12-2026")
        await until(lambda: actions(kijker, ref)[0].get("text") == "Twee tonnen", pilot)
        assert "note" not in actions(kijker, ref)[0]
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, Confirm), pilot)
        await pilot.press("j")
        await closed(app, pilot)
        await until(lambda: actions(kijker, ref) == before, pilot)


async def test_what_is_not_right_yet_keeps_nothing_else_from_being_saved(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "acties", {"action": [{"id": "x1", "text": "Ton"}]})
    async with working(kijker, ref, "acties") as (app, pilot):
        await pilot.press("enter")
        form = await opened(app, pilot)
        put(form, text="", due="geen dag", note="bij het hek")
        await until(lambda: actions(kijker, ref) == [{"id": "x1", "text": "Ton", "note": "bij het hek"}], pilot)
        assert not app._notifications
        assert app.screen is form
        await pilot.press("ctrl+s")
        await until(lambda: "! Vul dit in." in text_of(app), pilot)


async def test_a_number_that_may_not_be_is_said_when_its_field_is_left(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "acties") as (app, pilot):
        await pilot.press("t")
        form = await opened(app, pilot)
        put(form, text="Ton")
        due = next(box for box in form.boxes if box.field.key == "due")
        due.focus()
        await pilot.press(*"gisterne")
        await until(lambda: actions(kijker, ref), pilot)
        assert not due.query(".hint.-wrong")
        await pilot.press("tab")
        await until(lambda: due.query(".hint.-wrong"), pilot)


async def test_a_new_name_makes_one_code_when_its_field_is_left(kijker: Kijker) -> None:
    ref = begun(kijker)
    people = kijker.garden.path / "organisations" / ref.split("/")[0] / "people.toml"
    async with working(kijker, ref, "acties") as (app, pilot):
        await pilot.press("t")
        form = await opened(app, pilot)
        put(form, text="Ton")
        who = next(box for box in form.boxes if box.field.key == "who")
        who.focus()
        await pilot.press(*"Carla")
        await until(lambda: actions(kijker, ref), pilot)
        await pilot.press(*" Courgette")
        form.collect()  # as time does
        assert "Carla" not in people.read_text("utf-8")
        await pilot.press("tab")
        await until(lambda: actions(kijker, ref)[0].get("who") == "c1", pilot)
        assert people.read_text("utf-8").count("Carla") == 1
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        await pilot.press("ctrl+z")
        await until(lambda: not actions(kijker, ref), pilot)


async def test_a_name_that_is_typed_last_goes_to_the_participant_who_is_there(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "acties", {"action": [{"id": "x1", "text": "Ton", "who": "Dina Dille"}]})

    def participants() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = on_disk(kijker, ref, "mensen").get("participant", [])
        return found

    async with working(kijker, ref, "mensen") as (app, pilot):
        for name in ("Els Eik", "Dina Dille"):
            known = len(participants())
            await pilot.press("t")
            form = await opened(app, pilot)
            put(form, note=f"na {name}")
            await pilot.press("tab")
            await until(lambda known=known: len(participants()) == known + 1, pilot)  # type: ignore[misc]
            form.boxes[0].focus()
            await pilot.press(*name, "ctrl+s")
            await closed(app, pilot)
        await until(lambda: {row["id"] for row in participants()} >= {"c1"}, pilot)
        assert len(participants()) == 2
        assert next(row for row in participants() if row["id"] == "c1")["note"] == "na Dina Dille"
        assert "Els Eik" in text_of(app) and "Dina Dille" in text_of(app)


async def test_a_day_typed_by_mistake_and_taken_out_leaves_a_task_not_done(kijker: Kijker) -> None:
    ref = begun(kijker)

    def task() -> dict[str, Any]:
        found: list[dict[str, Any]] = on_disk(kijker, ref, "voorbereiden").get("task", [])
        return found[0] if found else {}

    async with working(kijker, ref, "voorbereiden") as (app, pilot):
        await pilot.press("enter")
        form = await opened(app, pilot)
        put(form, date="1-11-2026")
        await until(lambda: task().get("done") is True, pilot)
        put(form, date="", note="nog niet")
        await until(lambda: task().get("note") == "nog niet", pilot)
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        assert not task()["done"] and "date" not in task()


async def test_both_typed_in_one_field_and_it_is_decided_after_the_form(
    kijker: Kijker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kwartier.tui.keeping.LOOK_EVERY", 3600)  # it is found out when it is saved
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "acties", {"action": [{"id": "x1", "text": "Ton", "state": "loopt"}]})
    async with working(kijker, ref, "acties") as (app, pilot):
        await pilot.press("enter")
        form = await opened(app, pilot)
        with kijker.garden.open() as ws:
            ws.change(ref, "acties", {"action": [{"id": "x1", "text": "Van een ander"}]})
        put(form, text="Van mij", note="bij het hek")
        await until(lambda: actions(kijker, ref)[0].get("note") == "bij het hek", pilot)
        assert app.screen is form
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, ClashScreen), pilot)
        await pilot.click("#keep")
        await until(lambda: actions(kijker, ref)[0]["text"] == "Van mij", pilot)


async def test_what_somebody_else_changed_since_is_not_thrown_away(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "acties") as (app, pilot):
        await pilot.press("t")
        form = await opened(app, pilot)
        put(form, text="Ton")
        await until(lambda: actions(kijker, ref), pilot)
        row = actions(kijker, ref)[0]["id"]
        with kijker.garden.open() as ws:
            ws.change(ref, "acties", {"action": [{"id": row, "note": "Van een ander"}]})
        await until(lambda: (form.form.now() or {}).get("note") == "Van een ander", pilot)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, Confirm), pilot)
        await pilot.press("j")
        await until(lambda: "daar is sindsdien iets anders gezet" in " ".join(text_of(app).split()), pilot)
        assert actions(kijker, ref)[0]["note"] == "Van een ander"
