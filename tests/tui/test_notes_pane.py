"""Writing a text per item in the app: the raw notes beside it, going from item to item, and when it is over."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.conftest import Kijker, many, text_of, until
from tests.workspace.conftest import FIRST, SECOND, Garden, answers, explained
from textual.widgets import Static

from kwartier.tui.app import KwartierApp
from kwartier.tui.panes.notes import NotesPane
from kwartier.tui.panes.notes_items import Entry, ItemStrip

HOSTILE = "[red]rood[/red] [@click=app.bell]x[/] \x1b]52;c;eA==\x07 \u202eom"


def begun(kijker: Kijker) -> tuple[str, Path]:
    """A measurement with raw notes of both."""
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        notes = [{"text": "pomp lekt", "item": "2"}, {"text": "hek piept"}]
        ws.change(ref, "gesprek", {"note": notes}, person="a1")
        ws.change(ref, "gesprek", {"note": [{"text": "gieters op", "item": "2"}]}, person="a2")
    return ref, kijker.garden.folder(ref) / "toelichting.toml"


def texts_in(kijker: Kijker, file: Path) -> dict[str, str]:
    """The texts on disk by item; the one on the whole has no item."""
    if not file.exists():
        return {}
    tree = kijker.garden.tree(file)
    found = {row["item"]: row.get("text", "") for row in tree.get("explanation", [])}
    return {**found, **({"": tree["text"]} if "text" in tree else {})}


def told(app: KwartierApp) -> str:
    """What all labels say, in sight or not, on one line."""
    return " ".join(" ".join(str(one.render()) for one in app.screen.query(Static)).split())


async def test_what_is_typed_lands_at_its_own_item(kijker: Kijker) -> None:
    ref, file = begun(kijker)
    async with kijker.measurement(ref, "toelichting", who="a1", size=(80, 24)) as (app, pilot):
        await pilot.press(*"een", "ctrl+n", *"twee", "ctrl+n", *"drie", "ctrl+o", *"!")
        await until(lambda: texts_in(kijker, file) == {"1": "een", "2": "twee!", "3": "drie"}, pilot)
        assert "✓1" in text_of(app) and "✓3" in text_of(app) and "·4" in text_of(app)
        await pilot.press("ctrl+g", "5", "enter", *"vijf", "ctrl+n", *"heel")
        await until(lambda: texts_in(kijker, file).get("") == "heel", pilot)
        assert texts_in(kijker, file)["5"] == "vijf"
        await pilot.press("ctrl+f", *"twee", "enter", *"?")
        await until(lambda: texts_in(kijker, file)["2"] == "twee!?", pilot)


async def test_raw_notes_of_both_stand_beside_and_can_be_taken_over(kijker: Kijker) -> None:
    ref, file = begun(kijker)
    for size in ((80, 24), (160, 45)):
        async with kijker.measurement(ref, "toelichting", who="a2", size=size) as (app, pilot):
            await pilot.press("ctrl+g", "2", "enter")
            shown = text_of(app)
            for words in ("Anna Appel", "pomp lekt", "Bob Biet", "gieters op"):
                assert words in shown
            assert "Los, Anna Appel hek piept" in told(app)
            await pilot.press("ctrl+w")
            await until(lambda: "Er is geen water." in text_of(app), pilot)
            assert "pomp lekt" not in text_of(app)
            await pilot.press("ctrl+w")
    async with kijker.measurement(ref, "toelichting", who="a2", size=(80, 24)) as (app, pilot):
        await pilot.press("ctrl+g", "2", "enter", *"Verteld:", "ctrl+u", *".")
        await until(lambda: texts_in(kijker, file) == {"2": "Verteld:\npomp lekt\ngieters op."}, pilot)
        await pilot.press("ctrl+z", "ctrl+z")
        await until(lambda: texts_in(kijker, file) == {"2": "Verteld:"}, pilot)
        await pilot.press("ctrl+n", "ctrl+u")
        await until(lambda: "Bij dit item is niets genoteerd." in text_of(app), pilot)


async def test_raw_notes_are_not_for_who_is_not_at_the_keyboard(kijker: Kijker) -> None:
    ref, file = begun(kijker)
    async with kijker.measurement(ref, "toelichting", size=(80, 24)) as (app, pilot):
        await pilot.press("ctrl+n", "ctrl+u")
        await pilot.pause()
        assert "Ruwe aantekeningen zijn alleen voor de tuinkeurders: ctrl+r." in told(app)
        assert "pomp" not in told(app) + text_of(app)
        assert texts_in(kijker, file) == {}


async def test_who_writes_the_first_draft(kijker: Kijker) -> None:
    ref, file = begun(kijker)
    async with kijker.measurement(ref, "toelichting", who="a1", size=(80, 24)) as (app, pilot):
        await pilot.click("#writer")
        await pilot.press("2")
        await until(lambda: file.exists() and kijker.garden.tree(file).get("writer") == "a2", pilot)
        await until(lambda: "Eerste concept: Bob Biet" in text_of(app), pilot)


async def test_after_scoring_it_says_that_the_old_text_is_kept(kijker: Kijker) -> None:
    ref, file = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "toelichting", explained())
        ws.change(ref, "scoren", answers(FIRST), person="a1")
    async with kijker.measurement(ref, "toelichting", who="a2") as (app, _):
        assert "al gescoord" not in told(app)
    with kijker.garden.open() as ws:
        ws.seal(ref, "a1")
    async with kijker.measurement(ref, "toelichting", who="a2") as (app, pilot):
        assert "al gescoord" in told(app) and "ernaast bewaard" in told(app)
        await pilot.press("home", *"Ook: ")
        await until(lambda: texts_in(kijker, file)["1"] == "Ook: Over item 1.", pilot)
        assert kijker.garden.tree(file)["earlier"][0]["text"] == "Over item 1."


async def test_a_definitive_report_makes_it_read_only(kijker: Kijker, tmp_path: Path, packages: Path) -> None:
    settled = 'general = true\nsettled = true\n\n[[step]]\nid = "scoren"'
    host = kijker.garden.host(lambda text: text.replace('general = true\n\n[[step]]\nid = "scoren"', settled))
    kijker.garden.host = lambda *_: host  # type: ignore[method-assign]
    with kijker.garden.open() as ws:
        ref = kijker.garden.story(ws)
    file = kijker.garden.folder(ref) / "toelichting.toml"
    before = file.read_bytes()
    async with kijker.measurement(ref, "toelichting", who="a1", size=(80, 24)) as (app, pilot):
        assert "Alleen lezen. Het verslag is definitief" in told(app)
        await pilot.press(*"nee", "ctrl+u")
        await pilot.pause()
        assert app.screen.query_one(NotesPane).area.text == "Over item 1."
        await pilot.press("ctrl+n")
        assert app.screen.query_one(NotesPane).area.text == "Over item 2."
    assert file.read_bytes() == before


FACTS_CHECK = """
[[step]]
id = "feiten"
form = "notes"
title = "Klopt het"
by = "person"
role = "beheer"
optional = true
general = true
label = "opmerking over de feiten"

[[step]]
id = "conclusies"
"""


def with_facts_check(kijker: Kijker) -> None:
    """The instrument asks somebody of the garden whether the texts are right."""
    host = kijker.garden.host(lambda text: text.replace('\n[[step]]\nid = "conclusies"\n', FACTS_CHECK))
    kijker.garden.host = lambda *_: host  # type: ignore[method-assign]


async def test_somebody_else_checks_the_facts(kijker: Kijker) -> None:
    with_facts_check(kijker)
    ref, _ = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "toelichting", explained())
    file = kijker.garden.folder(ref) / "feiten.toml"
    async with kijker.measurement(ref, "feiten", who="a1", size=(80, 24)) as (app, pilot):
        assert "Voor de tuinbeheerder." in text_of(app)
        assert "Over item 1." in text_of(app)  # what is checked stands beside it; raw notes are not for everybody
        await pilot.press("ctrl+n")
        assert "pomp" not in text_of(app) + told(app)
        await pilot.press(*"klopt niet")
        await until(lambda: texts_in(kijker, file) == {"2": "klopt niet"}, pilot)
        await pilot.press("ctrl+o", "ctrl+n", "tab", *"verbeterd")
        await until(lambda: "verbeterd" in file.read_text("utf-8"), pilot)
        await pilot.click("#by")
        await pilot.press(*"Dina Druif", "enter")
        await until(lambda: "by" in kijker.garden.tree(file), pilot)
        await pilot.click("#date")
        await pilot.press(*"24-11-2026", "enter")
        await until(lambda: "date" in kijker.garden.tree(file), pilot)
        await until(lambda: "Door: Dina Druif" in text_of(app) and "Datum: 24 nov" in text_of(app), pilot)
        await pilot.click("#date")
        await pilot.press(*"0", "enter")
        await until(lambda: "is geen datum" in text_of(app), pilot)
        await pilot.press("escape")
    tree = kijker.garden.tree(file)
    assert tree["explanation"] == [{"item": "2", "text": "klopt niet", "handled": "verbeterd"}]
    assert "Dina" not in file.read_text("utf-8")


async def test_a_step_that_may_be_left_out_is_skipped_with_a_reason(kijker: Kijker) -> None:
    with_facts_check(kijker)
    ref, _ = begun(kijker)
    file = kijker.garden.folder(ref) / "feiten.toml"
    async with kijker.measurement(ref, "feiten", size=(80, 24)) as (app, pilot):
        await pilot.click("#skip")
        await pilot.press(*"Geen tijd", "enter")
        await until(lambda: file.exists() and kijker.garden.tree(file).get("skipped") == "Geen tijd", pilot)
        assert "Overgeslagen: Geen tijd" in text_of(app)
        await pilot.click("#skip")
        await until(lambda: "skipped" not in kijker.garden.tree(file), pilot)
        assert "Overslaan…" in text_of(app)


async def test_a_list_of_items_where_there_is_room(kijker: Kijker) -> None:
    ref, file = begun(kijker)
    async with kijker.measurement(ref, "toelichting", who="a1", size=(160, 45)) as (app, pilot):
        y, row = next((n, row) for n, row in enumerate(text_of(app).splitlines()) if "Samen" in row)
        await pilot.click(offset=(row.index("Samen"), y))
        await pilot.press(*"drie", "shift+tab", "down", "enter", *"vier")
        await until(lambda: texts_in(kijker, file) == {"3": "drie", "4": "vier"}, pilot)


async def test_a_click_on_a_number_opens_the_item(kijker: Kijker) -> None:
    ref, file = begun(kijker)
    async with kijker.measurement(ref, "toelichting", who="a1", size=(80, 24)) as (app, pilot):
        y, row = next((n, row) for n, row in enumerate(text_of(app).splitlines()) if "·4" in row)
        await pilot.click(offset=(row.index("·4"), y))
        await pilot.press(*"vier")
        await until(lambda: texts_in(kijker, file) == {"4": "vier"}, pilot)


async def test_hostile_texts_show_as_typed(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws, "[b]Hof")
        ws.change(ref, "toelichting", {**explained(HOSTILE * 200 + "{}"), "text": HOSTILE})
        ws.change(ref, "gesprek", {"note": [{"text": HOSTILE, "item": "1"}, {"text": HOSTILE}]}, person="a1")
    for size in ((80, 24), (160, 45)):
        async with kijker.measurement(ref, "toelichting", who="a1", size=size) as (app, pilot):
            await pilot.press("ctrl+f", *"rood", "down", "escape", "ctrl+u", "ctrl+n", "ctrl+o", "ctrl+w")
            await until(lambda: "[red]rood[/red]" in text_of(app), pilot)
            assert "\x1b" not in text_of(app) and "\u202e" not in text_of(app)


@pytest.mark.parametrize(("width", "opened"), [(20, 0), (20, 150), (20, 299), (78, 42)])
def test_a_long_strip_keeps_the_open_item_in_sight(width: int, opened: int) -> None:
    strip = ItemStrip(id="s")
    strip._entries = [Entry(id=str(n), number=str(n), title="") for n in range(1, 301)]
    strip._open = opened
    first, last = strip._window([len(strip._label(place)) for place in range(300)], width)
    assert first <= opened < last
    shown = sum(len(strip._label(place)) for place in range(first, last))
    assert shown + 4 <= width


async def test_three_hundred_items(tmp_path: Path, packages: Path) -> None:
    garden = Garden(tmp_path, packages)
    host = garden.host(many)
    garden.host = lambda *_: host  # type: ignore[method-assign]
    kijker = Kijker(garden)
    with garden.open() as ws:
        ref = garden.begin(ws)
    file = garden.folder(ref) / "toelichting.toml"
    for size in ((80, 24), (160, 45)):
        async with kijker.measurement(ref, "toelichting", who="a1", size=size) as (app, pilot):
            assert len(app.screen.query("*")) < 60
            await pilot.press("ctrl+g", *"299", "enter", *"x", "ctrl+n", *"y")
            await until(lambda: set(texts_in(kijker, file)) == {"299", "300"}, pilot)
            assert "300" in text_of(app)


def test_what_may_be_reopened_needs_a_seal(kijker: Kijker) -> None:
    from kwartier.workflow.reopening import may_reopen

    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        ws.change(ref, "scoren", answers(FIRST), person="a1")
        ws.change(ref, "scoren", answers(SECOND), person="a2")
        step = ws.step(ref, "scoren")

        def may(code: str) -> bool:
            seen = ws.see(ref, viewer=code)
            return may_reopen(seen.record, seen.content, step, code)  # type: ignore[arg-type]

        assert not may("a1")
        ws.seal(ref, "a1")
        assert may("a1") and not may("a2")
        ws.seal(ref, "a2")
        assert not may("a1")
