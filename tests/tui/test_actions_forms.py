"""What all steps with rows share: forms by mouse, nothing lost, others' work, hostile and many rows."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.tui.rows import actions, begun, closed, on_disk, opened, put, rows, working
from tests.workspace.conftest import DAY

HOSTILE = (
    "[b]vet[/b] [/] [@click=app.leave]klik[/] $primary {0} %s",
    "\x1b]52;c;aGFoYQ==\x07\x1b[2J\x00\x9b31m",
    "\u202eomgekeerd\u202c שלום العربية 👩‍👩‍👧‍👦🇳🇱 e\u0301",
    "regel 1\nregel 2\r\n\tmet tab\n\n",
    "woord " * 1700,
)
STEPS = ("voorbereiden", "mensen", "gegevens", "conclusies", "acties", "evalueren", "herhalen")


def changed_elsewhere(kijker: Kijker, ref: str, step: str, given: dict[str, Any]) -> None:
    """Somebody else saves something in the same folder."""
    with kijker.garden.open() as ws:
        ws.change(ref, step, given)


async def test_by_mouse(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "acties") as (app, pilot):
        await pilot.click("#add")
        put(await opened(app, pilot), text="Regenton kopen")
        await pilot.click("#ok")
        await closed(app, pilot)
        await until(lambda: actions(kijker, ref), pilot)
        await pilot.click("RowList", offset=(10, 0))
        form = await opened(app, pilot)
        state = next(box.editor for box in form.boxes if box.field.key == "state")
        await pilot.click(state, offset=(6, 1))
        await pilot.click("#ok")
        await until(lambda: actions(kijker, ref)[0]["state"] == "afgerond", pilot)
        await closed(app, pilot)
        await pilot.click("RowList", offset=(10, 0))
        await opened(app, pilot)
        await pilot.click("#remove")
        await until(lambda: not actions(kijker, ref), pilot)
        await closed(app, pilot)
        await pilot.click("#add")
        await opened(app, pilot)
        await pilot.click("#cancel")
        await closed(app, pilot)
        assert app.focused is rows(app)


async def test_undo_in_a_form_takes_back_typing_and_nothing_of_the_record(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "acties") as (app, pilot):
        await pilot.press("t")
        put(await opened(app, pilot), text="Regenton kopen")
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        await until(lambda: actions(kijker, ref), pilot)
        await pilot.press("e")
        form = await opened(app, pilot)
        await pilot.press(*" nu", "ctrl+z", "ctrl+z")
        await until(lambda: not form.changed, pilot)
        assert actions(kijker, ref)
        await pilot.press("escape")
        await closed(app, pilot)


async def test_leaving_the_app_keeps_the_form_that_is_open(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "acties") as (app, pilot):
        await pilot.press("t")
        form = await opened(app, pilot)
        put(form, due="geen dag")
        await pilot.press("ctrl+q")
        await until(lambda: "Niet alles is bewaard" in text_of(app), pilot)
        await pilot.press("n")
        await until(lambda: app.screen is form and "geen datum" in text_of(app), pilot)
        put(form, due="morgen", text="Regenton kopen")
        await pilot.press("ctrl+q")
        await until(lambda: actions(kijker, ref), pilot)
    assert actions(kijker, ref)[0]["text"] == "Regenton kopen"


async def test_what_somebody_else_saves_appears(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "acties") as (app, pilot):
        changed_elsewhere(kijker, ref, "acties", {"action": [{"id": "x1", "text": "Door een ander"}]})
        await until(lambda: "Door een ander" in text_of(app), pilot)


async def test_two_apps_on_one_folder(kijker: Kijker) -> None:
    ref = begun(kijker)

    async def add(text: str, theirs: str) -> None:
        """One of two people: adds a strength, and waits until that of the other appears."""
        async with working(kijker, ref, "conclusies") as (app, pilot):
            await pilot.press("down", "t")
            put(await opened(app, pilot), text=text)
            await pilot.press("ctrl+s")
            await closed(app, pilot)
            await until(lambda: text in text_of(app) and theirs in text_of(app), pilot)

    # Tasks, as each app has its own context.
    await asyncio.gather(
        asyncio.create_task(add("Van Anna", "Van Bob")), asyncio.create_task(add("Van Bob", "Van Anna"))
    )
    assert {row["text"] for row in on_disk(kijker, ref, "conclusies")["strength"]} == {"Van Anna", "Van Bob"}


async def test_the_same_field_changed_by_two_is_said_at_the_field(kijker: Kijker) -> None:
    ref = begun(kijker)
    changed_elsewhere(kijker, ref, "acties", {"action": [{"id": "x1", "text": "Ton", "state": "loopt"}]})
    async with working(kijker, ref, "acties") as (app, pilot):
        await pilot.press("enter")
        form = await opened(app, pilot)
        changed_elsewhere(
            kijker, ref, "acties", {"action": [{"id": "x1", "text": "Ton van een ander", "state": "bijgesteld"}]}
        )
        await until(lambda: (form.form.now() or {}).get("text") == "Ton van een ander", pilot)
        put(form, text="Ton van mij")
        await pilot.press("ctrl+s")
        await until(lambda: "Een ander veranderde dit intussen in ‘Ton van een ander’" in text_of(app), pilot)
        assert actions(kijker, ref)[0]["text"] == "Ton van een ander"
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        row = {"id": "x1", "text": "Ton van mij", "state": "bijgesteld"}
        await until(lambda: actions(kijker, ref) == [row], pilot)


async def test_a_row_that_went_meanwhile_can_be_put_back(kijker: Kijker) -> None:
    ref = begun(kijker)
    changed_elsewhere(kijker, ref, "acties", {"action": [{"id": "x1", "text": "Ton", "note": "bij het hek"}]})
    async with working(kijker, ref, "acties") as (app, pilot):
        await pilot.press("enter")
        form = await opened(app, pilot)
        changed_elsewhere(kijker, ref, "acties", {"action": [{"id": "x1", "remove": True}]})
        await until(lambda: form.form.now() is None, pilot)
        put(form, who="Carla Courgette")
        await pilot.press("ctrl+s")
        await until(lambda: "haalde dit intussen weg" in text_of(app), pilot)
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        row = {"id": "x1", "text": "Ton", "note": "bij het hek", "state": "loopt", "who": "c1"}
        await until(lambda: actions(kijker, ref) == [row], pilot)


@pytest.mark.parametrize("step", STEPS)
async def test_hostile_texts_are_shown_and_stay_as_they_are(kijker: Kijker, step: str) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        bad = [text.replace("\x00", "") for text in HOSTILE]
        ws.change(ref, "voorbereiden", {"task": [{"id": "brief", "done": True, "note": bad[0] + bad[1]}]})
        ws.change(
            ref,
            "mensen",
            {"participant": [{"name": "[b]Dina[/] 👩‍👩‍👧", "role": "buur", "note": one} for one in bad[:1]]},
        )
        ws.change(ref, "conclusies", {"strength": [{"text": one} for one in bad], "text": bad[4]})
        given = [{"id": f"x{n}", "text": one, "note": one, "who": "[/] [red]"} for n, one in enumerate(bad)]
        ws.change(ref, "acties", {"date": DAY, "action": given})
        reviews = [{"action": "x0", "date": DAY, "state": "loopt", "text": one} for one in bad]
        ws.change(ref, "evalueren", {"review": reviews})
        ws.change(ref, "herhalen", {"note": bad[1] + bad[2]})
    before = on_disk(kijker, ref, step)
    async with working(kijker, ref, step, (80, 24)) as (app, pilot):
        for _ in range(5):
            await pilot.press("enter")
            form = await opened(app, pilot)
            shown = text_of(app)
            assert "\x1b" not in shown and "\x9b" not in shown
            assert not form.changed
            await pilot.press("escape" if form.form.new else "ctrl+s")
            await closed(app, pilot)
            await pilot.press("down")
    assert on_disk(kijker, ref, step) == before


async def test_300_rows_are_quick(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        many = [
            {"id": f"s{n}", "text": f"Sterk punt nummer {n}, met een zin die over de regel gaat. " * 3}
            for n in range(300)
        ]
        ws.change(ref, "conclusies", {"strength": many})
    async with working(kijker, ref, "conclusies", (80, 24)) as (app, pilot):
        started = time.perf_counter()
        for _ in range(10):
            await pilot.press("down")
        moved = (time.perf_counter() - started) / 10
        started = time.perf_counter()
        app.screen.pane.draw()  # type: ignore[attr-defined]
        drawn = time.perf_counter() - started
        assert moved < 0.25 and drawn < 0.5
        assert rows(app).point_at("s-s250")
        await pilot.press("delete")
        await until(lambda: len(on_disk(kijker, ref, "conclusies")["strength"]) == 299, pilot)
        assert rows(app).pointed == "s-s251", "what comes next takes its place"
        await pilot.press("ctrl+z")
        await until(lambda: len(on_disk(kijker, ref, "conclusies")["strength"]) == 300, pilot)
