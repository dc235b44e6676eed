"""The interview on the screen: what is typed lands at its item, in order, and everything else is one chord away."""

from __future__ import annotations

from typing import Any

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import Garden
from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from kwartier.records.files import InterviewFile, RawNotesFile
from kwartier.tui.app import KwartierApp
from kwartier.tui.panes.interview import InterviewPane
from kwartier.tui.widgets.questions import QuestionList
from kwartier.workflow.paragraphs import as_text

SMALL, LARGE = (80, 24), (160, 45)
STEP = "gesprek"


def begun(kijker: Kijker, **notes: str) -> str:
    """A record; `a2_1="…"` is a note of a2 at item 1, `a2_="…"` a loose one."""
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        for key, text in notes.items():
            code, _, item = key.partition("_")
            row = {"text": text, **({"item": item} if item else {})}
            ws.change(ref, STEP, {"note": [row]}, person=code)
    return ref


def noted(garden: Garden, ref: str, item: str, code: str = "a1") -> str:
    """What stands on disk of somebody's notes of an item."""
    with garden.open() as ws:
        return as_text(ws.see(ref, viewer=code).record.read_of(STEP, code, RawNotesFile).note, item)


def shared(garden: Garden, ref: str) -> InterviewFile:
    """The sessions and ticks as they stand on disk."""
    with garden.open() as ws:
        return ws.see(ref, viewer="a1").record.read(STEP, InterviewFile)


def asked(garden: Garden, ref: str) -> list[tuple[str, str]]:
    """The questions that are ticked on disk."""
    return [(row.item, row.id) for row in shared(garden, ref).prompt if row.asked]


def pane(app: KwartierApp) -> InterviewPane:
    """The interview that is open."""
    found = app.screen_stack[1].query_one(InterviewPane)
    return found


def pour(app: App[Any], *keys: str) -> None:
    """Keys that come in all at once, as from a terminal that was waiting: nothing is drawn in between."""
    for key in keys:
        character = {"enter": "\r", "space": " "}.get(key, key if len(key) == 1 else None)
        app.post_message(events.Key(key, character))


async def typed(pilot: Pilot[int], text: str) -> None:
    """Types a text key by key."""
    await pilot.press(*("space" if char == " " else "enter" if char == "\n" else char for char in text))


async def saved(app: KwartierApp, pilot: Pilot[int]) -> None:
    """Waits until all that was typed is on disk."""
    await pilot.pause()
    screen = pane(app).measurement
    screen.keeper.save()
    await until(lambda: screen.keeper.state == "✓ bewaard", pilot)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_typing_fast_with_jumps_in_between_lands_at_its_items(kijker: Kijker, size: tuple[int, int]) -> None:
    ref = begun(kijker)
    expected: dict[str, list[str]] = {str(item): [] for item in range(1, 6)}
    async with kijker.measurement(ref, STEP, who="a1", size=size) as (app, pilot):
        here = 1
        for round_ in range(25):
            words = f"ronde{round_}bijitem{here}"
            expected[str(here)].append(words)
            on = here < 5 and round_ % 3 != 2
            pour(app, *words, "ctrl+n" if on else "ctrl+o" if here > 1 else "ctrl+n")
            here += 1 if on or here == 1 else -1
            if round_ % 5 == 0:
                await pilot.pause()
        await saved(app, pilot)
    for item, told in expected.items():
        assert noted(kijker.garden, ref, item) == "\n\n".join(told)


async def test_keys_around_the_loose_notes_land_in_order(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with kijker.measurement(ref, STEP, who="a1") as (app, pilot):
        pour(app, *"bodem", "ctrl+l", *"los", "ctrl+l", *"aarde", "ctrl+n", *"pomp")
        await saved(app, pilot)
    assert noted(kijker.garden, ref, "1") == "bodemaarde"  # back where the cursor was
    assert noted(kijker.garden, ref, "") == "los"
    assert noted(kijker.garden, ref, "2") == "pomp"


async def test_back_from_the_loose_notes_the_cursor_is_where_it_was(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with kijker.measurement(ref, STEP, who="a1", size=SMALL) as (app, pilot):
        await typed(pilot, "een twee")
        await pilot.press("left", "left", "left", "left")
        await pilot.press("ctrl+l")
        await typed(pilot, "los")
        assert "Losse aantekeningen" in text_of(app)
        await pilot.press("ctrl+l")
        await pilot.press("X")
        await saved(app, pilot)
    assert noted(kijker.garden, ref, "1") == "een Xtwee"
    assert noted(kijker.garden, ref, "") == "los"


async def test_whoever_comes_back_to_an_item_begins_a_new_paragraph(kijker: Kijker) -> None:
    ref = begun(kijker, a1_1="Er wordt gespit.")
    before = noted(kijker.garden, ref, "1")
    async with kijker.measurement(ref, STEP, who="a1") as (app, pilot):
        await pilot.press("ctrl+n", "ctrl+o")
        await saved(app, pilot)
        assert noted(kijker.garden, ref, "1") == before  # looking changes nothing
        await typed(pilot, "En gemest.")
        await saved(app, pilot)
    assert noted(kijker.garden, ref, "1") == "Er wordt gespit.\n\nEn gemest."


async def test_a_loose_paragraph_goes_to_its_item_by_number_and_back_by_undo(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with kijker.measurement(ref, STEP, who="a1", size=SMALL) as (app, pilot):
        await pilot.press("ctrl+l")
        await typed(pilot, "eerste\n\nover de oogst\n\nderde")
        await pilot.press("up", "up")
        await pilot.press("ctrl+g")
        await until(lambda: isinstance(app.focused, Input), pilot)
        assert "Naar welk item" in text_of(app)
        await pilot.press("4", "enter")
        await saved(app, pilot)
        assert noted(kijker.garden, ref, "4") == "over de oogst"
        assert noted(kijker.garden, ref, "") == "eerste\n\nderde"
        await pilot.press("ctrl+z")
        await saved(app, pilot)
        assert noted(kijker.garden, ref, "4") == ""
        assert noted(kijker.garden, ref, "") == "eerste\n\nover de oogst\n\nderde"


async def test_what_is_pasted_comes_in_as_paragraphs_without_what_acts_on_the_terminal(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with kijker.measurement(ref, STEP, who="a1") as (app, pilot):
        app.post_message(events.Paste("[b]eerste[/b]\r\rtwee\x1b]52;c;aGk=\x07de\r\n\r\nderde 🌱"))
        await saved(app, pilot)
        assert "\x1b" not in text_of(app)
    found = noted(kijker.garden, ref, "1")
    assert found.split("\n\n")[0] == "[b]eerste[/b]"
    assert found.split("\n\n")[2] == "derde 🌱"
    assert "\x1b" not in found
    with kijker.garden.open() as ws:
        assert len(ws.see(ref, viewer="a1").record.read_of(STEP, "a1", RawNotesFile).note) == 3


async def test_ten_thousand_characters_come_to_the_disk_as_typed(kijker: Kijker) -> None:
    ref = begun(kijker)
    text = "\n\n".join(f"  {number} " + "woord " * 30 for number in range(55))
    assert len(text) > 10_000
    async with kijker.measurement(ref, STEP, who="a1") as (app, pilot):
        app.post_message(events.Paste(text))
        await saved(app, pilot)
    assert noted(kijker.garden, ref, "1") == text


async def test_questions_are_ticked_one_after_the_other(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with kijker.measurement(ref, STEP, who="a1", size=SMALL) as (app, pilot):
        assert "▸ ★ ☐ Wanneer is er" in text_of(app)
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert "☑ Wanneer is er" in text_of(app)
        assert "▸   ☐ Wie spit er?" in text_of(app)
        await pilot.press("ctrl+t", "ctrl+t")  # the last one, and nothing is unticked by going on
        await typed(pilot, "en typen gaat door")
        await saved(app, pilot)
        assert asked(kijker.garden, ref) == [("1", "1"), ("1", "2")]
        await pilot.press("shift+tab")
        assert isinstance(app.focused, QuestionList)
        await pilot.press("space", "e")
        await saved(app, pilot)
    rows = {row.id: row for row in shared(kijker.garden, ref).prompt}
    unticked = [row for row in rows.values() if not row.asked]
    assert len(unticked) == 1
    assert unticked[0].essential is (unticked[0].id == "2")  # the other way round than the instrument has it
    assert noted(kijker.garden, ref, "1") == "en typen gaat door"


async def test_a_click_ticks_and_typing_goes_on_in_the_notes(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with kijker.measurement(ref, STEP, who="a1") as (app, pilot):
        await pilot.click("#questions", offset=(10, 1))
        await typed(pilot, "Wim")
        await saved(app, pilot)
    assert asked(kijker.garden, ref) == [("1", "2")]
    assert noted(kijker.garden, ref, "1") == "Wim"


async def test_letters_typed_on_in_the_list_of_questions_land_in_the_notes(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with kijker.measurement(ref, STEP, who="a1", size=SMALL) as (app, pilot):
        await pilot.press("shift+tab")
        pour(app, "tab", *"spade")
        await pilot.pause()
        await pilot.press("shift+tab")
        assert isinstance(app.focused, QuestionList)
        await typed(pilot, "n hark")
        await saved(app, pilot)
    assert noted(kijker.garden, ref, "1") == "spaden hark"
    assert asked(kijker.garden, ref) == []


async def test_going_to_an_item_by_number_and_by_word(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with kijker.measurement(ref, STEP, who="a1", size=SMALL) as (app, pilot):
        pour(app, *"bodem", "ctrl+g")
        await until(lambda: isinstance(app.focused, Input), pilot)
        pour(app, "4", "enter")
        await until(lambda: len(app.screen_stack) == 2, pilot)
        pour(app, *"appels")
        await pilot.pause()
        await pilot.press("ctrl+g")
        await until(lambda: isinstance(app.focused, Input), pilot)
        await typed(pilot, "droog")
        await pilot.press("enter")
        await pilot.pause()
        assert "Water bij droogte" in text_of(app)
        await saved(app, pilot)
    assert noted(kijker.garden, ref, "1") == "bodem"
    assert noted(kijker.garden, ref, "4") == "appels"


async def test_search_goes_to_the_item_with_the_cursor_at_what_was_found(kijker: Kijker) -> None:
    ref = begun(kijker, a1_3="Op dinsdag.\n\nEn op zondag de koffie.", a2_2="koffie bij de pomp")
    async with kijker.measurement(ref, STEP, who="a1", size=SMALL) as (app, pilot):
        await pilot.press("ctrl+f")
        await until(lambda: isinstance(app.focused, Input), pilot)
        await typed(pilot, "KOFFIE")
        await pilot.pause()
        assert "Bob Biet: koffie bij de pomp" in text_of(app)
        await pilot.press("enter")
        await until(lambda: len(app.screen_stack) == 2, pilot)
        await typed(pilot, "X")
        await saved(app, pilot)
        assert noted(kijker.garden, ref, "3") == "Op dinsdag.\n\nEn op zondag de Xkoffie."
        await pilot.press("ctrl+f")
        await until(lambda: isinstance(app.focused, Input), pilot)
        await typed(pilot, "droge weken")
        await pilot.press("enter")
        await pilot.pause()
        assert "▸ ★ ☐ Hoe ging het in de droge weken?" in text_of(app)


async def test_what_the_other_auditor_notes_and_ticks_appears(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with kijker.measurement(ref, STEP, who="a1", size=LARGE) as (app, pilot):
        await typed(pilot, "van Anna")
        with kijker.garden.open() as ws:
            ws.change(ref, STEP, {"prompt": [{"item": "1", "id": "2", "asked": True}]})
            ws.change(ref, STEP, {"note": [{"text": "Bob hoorde iets.", "item": "1"}]}, person="a2")
        await until(lambda: "☑ Wie spit er?" in text_of(app) and "Bob hoorde iets." in text_of(app), pilot)
        await typed(pilot, " zelf")
        await saved(app, pilot)
    assert noted(kijker.garden, ref, "1") == "van Anna zelf"
    assert noted(kijker.garden, ref, "1", "a2") == "Bob hoorde iets."


async def test_two_apps_on_one_folder_see_each_others_ticks(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with (
        kijker.measurement(ref, STEP, who="a1") as (_, first),
        kijker.measurement(ref, STEP, who="a2") as (other, second),
    ):
        await first.press("ctrl+t")
        await until(lambda: "☑ Wanneer is er" in text_of(other), second)


async def test_the_anchors_open_at_a_narrow_screen_and_typing_goes_on_after(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with kijker.measurement(ref, STEP, who="a1", size=SMALL) as (app, pilot):
        assert "5 omschrijvingen: ctrl+d" in text_of(app)
        await pilot.press("ctrl+d")
        await pilot.pause()
        assert "Hier en daar is gespit." in text_of(app)
        await pilot.press("ctrl+d")
        await pilot.pause()
        await typed(pilot, "verder")
        await saved(app, pilot)
    assert noted(kijker.garden, ref, "1") == "verder"


async def test_nobody_in_particular_sees_how_far_it_is_and_no_word_more(kijker: Kijker) -> None:
    ref = begun(kijker, a2_1="geheim van Bob")
    async with kijker.measurement(ref, STEP) as (app, pilot):
        assert "Wie zit er achter het toetsenbord?" in text_of(app)
        await pilot.press("3")
        await until(lambda: "Alleen hoe ver het is" in text_of(app), pilot)
        assert "Aantekeningen van Bob Biet: 1 alinea" in text_of(app)
        assert "geheim" not in text_of(app)
        await pilot.press("ctrl+t", "ctrl+n", "ctrl+k", "x")
        await pilot.pause()
    assert asked(kijker.garden, ref) == []


async def test_destroyed_notes_can_not_be_typed_in(kijker: Kijker) -> None:
    ref = begun(kijker, a1_1="weg ermee")
    with kijker.garden.open() as ws:
        ws.destroy_notes(ref, "a1")
    async with kijker.measurement(ref, STEP, who="a1", size=SMALL) as (app, pilot):
        assert "vernietigd op 25-11-2026" in text_of(app)
        await typed(pilot, "toch nog iets")
        await pilot.press("ctrl+t")
        await saved(app, pilot)
    assert noted(kijker.garden, ref, "1") == ""
    assert asked(kijker.garden, ref) == [("1", "1")]


def many(text: str) -> str:
    """The instrument with three hundred items of twenty questions, and a very long statement."""
    rows = []
    for number in range(6, 301):
        prompts = ", ".join(f'{{ id = "{one}", text = "Vraag {one} over item {number}?" }}' for one in range(1, 21))
        statement = "Een lang verhaal. " * (200 if number == 300 else 1)
        rows.append(
            f'[[section.item]]\nid = "{number}"\ntitle = "Tuinhoek {number}"\nscale = "staat"\n'
            f'statement = "{statement}"\nprompts = [{prompts}]\n'
        )
    first = '[[fact]]\nid = "oppervlak"'
    return text.replace(first, "\n".join(rows) + "\n" + first)


async def test_three_hundred_items_of_twenty_questions(kijker: Kijker, monkeypatch: pytest.MonkeyPatch) -> None:
    host = kijker.garden.host(many)
    monkeypatch.setattr(kijker.garden, "host", lambda: host)
    ref = begun(kijker)
    async with kijker.measurement(ref, STEP, who="a1", size=SMALL) as (app, pilot):
        await pilot.press("ctrl+g")
        await until(lambda: isinstance(app.focused, Input), pilot)
        await pilot.press("3", "0", "0", "enter")
        await until(lambda: "Tuinhoek 300" in text_of(app), pilot)
        await pilot.press(*["ctrl+t"] * 12)
        await pilot.pause()
        assert "▸   ☐ Vraag 13 over item 300?" in text_of(app)
        await typed(pilot, "laatste")
        await saved(app, pilot)
    assert noted(kijker.garden, ref, "300") == "laatste"
    assert len(asked(kijker.garden, ref)) == 12


def none(text: str) -> str:
    """The instrument without any item."""
    for first, after in (("[[section]]", "[[fact]]"), ("[total]", "[[background]]")):
        text = text[: text.index(first)] + text[text.index(after) :]
    return text


async def test_an_instrument_without_items_takes_loose_notes(kijker: Kijker, monkeypatch: pytest.MonkeyPatch) -> None:
    host = kijker.garden.host(none)
    monkeypatch.setattr(kijker.garden, "host", lambda: host)
    ref = begun(kijker)
    async with kijker.measurement(ref, STEP, who="a1", size=SMALL) as (app, pilot):
        await typed(pilot, "los dan maar")
        await pilot.press("ctrl+n", "ctrl+g", "ctrl+t", "ctrl+l")
        await saved(app, pilot)
    assert noted(kijker.garden, ref, "") == "los dan maar"


async def test_an_item_without_questions_or_anchors(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with kijker.measurement(ref, STEP, who="a1", size=LARGE) as (app, pilot):
        await pilot.press("ctrl+n", "ctrl+n", "ctrl+n", "ctrl+t")
        await pilot.pause()
        assert "Delen van de oogst" in text_of(app)
        assert "Hier staan geen vragen." in text_of(app)


async def test_markup_and_bidi_in_notes_show_as_typed_everywhere(kijker: Kijker) -> None:
    text = "[red]rood[/red] [@click=app.quit]x[/] \u202eomgekeerd 👩‍🌾"
    ref = begun(kijker, a2_1=text, a1_=text, a1_2=text)
    async with kijker.measurement(ref, STEP, who="a1", size=LARGE) as (app, pilot):
        assert "[red]rood[/red]" in text_of(app)
        assert "\u202e" not in text_of(app)
        await pilot.press("ctrl+f")
        await until(lambda: isinstance(app.focused, Input), pilot)
        await typed(pilot, "[red]")
        await pilot.pause()
        assert "[red]rood[/red]" in text_of(app)
        await pilot.press("escape", "ctrl+l")
        await pilot.pause()
        assert "[red]rood[/red]" in text_of(app)
