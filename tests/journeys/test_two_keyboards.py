"""Two auditors, each at an own app on one data folder: what one saves the other sees, but no score too soon."""

from __future__ import annotations

import re

import pytest
from tests.journeys.keyboard import NOW, Folder, Player
from tests.journeys.mie_before_scoring import ANNA, BRAM, ITEMS
from textual.command import CommandInput
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Input, TextArea

from kwartier.tui.palette import Palette
from kwartier.tui.panes.consensus_map import ConsensusMap
from kwartier.tui.screens.clashes import ClashScreen
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.screens.organisation import OrganisationScreen
from kwartier.workspace import Assessor

SECRET, HIDDEN = "geheimzinnig", "verborgenheid"
"""Remarks: of Anna and of Bram."""

LARGE = (160, 45)


def begun(folder: Folder, *, texts: bool = False) -> str:
    """A measurement of two auditors, perhaps with its texts written."""
    with_texts = {"explanation": [{"item": item, "text": f"Over item {item}."} for item in ITEMS]}
    ws = folder.workspace()
    slug = ws.add_organisation("Zuiderlicht", kind="ribw")
    ref = ws.start("mie", slug, day=NOW.date(), people=(Assessor(ANNA), Assessor(BRAM)))
    if texts:
        ws.change(ref, "toelichten", with_texts)
    return ref


async def sits(player: Player, number: str, step: str) -> None:
    """From the start screen to a step, as one of the two."""
    await player.see("Zuiderlicht", "1 organisatie ·")
    await player.press("enter")
    await player.on(OrganisationScreen)
    await player.see("1 meting")
    await player.press("enter")
    await player.on(MeasurementScreen)
    await player.at("voorbereiden")
    await player.goes_to(step)
    await player.see("Wie zit er achter het toetsenbord?")
    await player.press(number)
    await player.at(step)


def everything(player: Player) -> str:
    """All text that any widget of any screen holds, in sight or not, with messages, titles, undo and a picture."""
    app = player.app
    found = [player.screen, app.title, app.sub_title, app.export_screenshot()]
    for screen in app.screen_stack:
        found += [screen.title or "", screen.sub_title or ""]
        for node in screen.walk_children(DOMNode):
            if isinstance(node, TextArea | Input):
                found.append(node.text if isinstance(node, TextArea) else node.value)
            if isinstance(node, Widget):
                found += [str(node.render()), str(node.border_title), str(node.border_subtitle), str(node.tooltip)]
                found.append(" ".join(str(one) for one in vars(node).values()))
    found += [f"{one.title} {one.message}" for one in app._notifications]
    desk = player.measurement.desk
    found += [desk.to_undo, desk.to_redo, str(desk.record.personal), str(desk.record.shared), str(desk.findings())]
    return "\n".join(found)


async def finds_in_palette(player: Player, word: str) -> bool:
    """Whether the palette knows something with this word."""
    await player.press("ctrl+p")
    await player.on(Palette)
    await player.types(word)
    field = player.app.screen.query_one(CommandInput)
    await player.until(lambda: field.value == word)
    await player.until(lambda: "Niets gevonden" in player.screen or player.screen.count(word) > 1)
    found = "Niets gevonden" not in player.screen
    await player.press("escape")
    await player.on(MeasurementScreen)
    return found


async def test_what_one_notes_appears_at_the_other(folder: Folder) -> None:
    begun(folder)
    async with folder.sits_down(LARGE) as anna, folder.sits_down(LARGE) as bram:
        await sits(anna, "1", "interview")
        await sits(bram, "2", "interview")
        await anna.types("anna hoort beleid")
        await bram.types("bram hoort praktijk")
        await anna.press("ctrl+t", "ctrl+k")
        await bram.see("☑", "▶ 0:00 van 2:00", "anna hoort beleid")
        await anna.see("bram hoort praktijk")
        # What is typed while the other's work comes in stays in its field, and lands at its item.
        for number in range(4):
            await anna.types(f" a{number}")
            await bram.types(f" b{number}")
            await (anna if number % 2 else bram).saved()
        await anna.saved()
        await bram.saved()
        assert [row["text"] for row in anna.file("interview", "a1")["note"]] == ["anna hoort beleid a0 a1 a2 a3"]
        assert [row["text"] for row in anna.file("interview", "a2")["note"]] == ["bram hoort praktijk b0 b1 b2 b3"]
        await anna.opens("toelichten")
        await bram.opens("toelichten")
        await bram.press("ctrl+n")
        await anna.types("Van Anna bij een.")
        await bram.types("Van Bram bij twee.")
        await anna.saved()
        await bram.saved()
        await bram.press("ctrl+o")
        await bram.see("Van Anna bij een.")
        await anna.press("ctrl+n")
        await anna.see("Van Bram bij twee.")
        rows = {row["item"]: row["text"] for row in anna.file("toelichten")["explanation"]}
        assert rows == {"1": "Van Anna bij een.", "2": "Van Bram bij twee."}


async def test_both_write_one_text_and_choose_which_stays(folder: Folder) -> None:
    begun(folder)
    async with folder.sits_down((80, 24)) as anna, folder.sits_down((80, 24)) as bram:
        await sits(anna, "1", "interview")
        await sits(bram, "2", "interview")
        await anna.opens("toelichten")
        await bram.opens("toelichten")
        await anna.types("Zo zag Anna het.")
        await bram.types("Zo zag Bram het.")
        # Whoever is second on disk is asked.
        await anna.until(lambda: any(isinstance(one.app.screen, ClashScreen) for one in (anna, bram)))
        late = anna if isinstance(anna.app.screen, ClashScreen) else bram
        other = bram if late is anna else anna
        await late.see("Zo zag Anna het.", "Zo zag Bram het.")
        await late.click("Allebei onder elkaar")
        await late.on(MeasurementScreen)
        await late.saved()
        await other.see("Zo zag Anna het.", "Zo zag Bram het.")
        (row,) = anna.file("toelichten")["explanation"]
        assert {"Zo zag Anna het.", "Zo zag Bram het."} <= set(row["text"].split("\n"))


async def scores(player: Player, value: str, remark: str) -> None:
    """Everything scored alike, with a remark at the first and something that cannot be judged at the last."""
    await player.press("home", "o")
    await player.typing_in()
    await player.types(remark)
    await player.press("escape")
    await player.rushes(*[value, "down"] * 11)
    await player.press("n")
    await player.see("Waarom?")
    await player.press("1")
    await player.see("12 van 12 gescoord")
    await player.saved()


async def seals(player: Player) -> None:
    await player.press("ctrl+s")
    await player.on(Confirm)
    await player.press("j")
    await player.see("Uw scoreblad is verzegeld.")


@pytest.mark.parametrize("size", [(80, 24), LARGE], ids=["80x24", "160x45"])
async def test_no_score_is_seen_before_the_last_seal_and_all_after_it(folder: Folder, size: tuple[int, int]) -> None:
    begun(folder, texts=True)
    async with folder.sits_down(size) as anna, folder.sits_down(size) as bram:
        await sits(anna, "1", "zelf-scoren")
        await sits(bram, "2", "zelf-scoren")
        await scores(anna, "5", SECRET)
        reason = next(row["missing"] for row in anna.file("zelf-scoren", "a1")["answer"] if "missing" in row)
        await bram.see("Anna de Wit (a1): 12 van 12" if size == LARGE else "12 van 12")
        assert_blind(bram, SECRET, reason)
        await seals(anna)
        await bram.see("verzegeld")
        assert_blind(bram, SECRET, reason)
        assert not await finds_in_palette(bram, SECRET)
        for step in [one.id for one in bram.measurement.desk.content.step]:
            await bram.opens(step)
            assert_blind(bram, SECRET, reason)
        await bram.opens("zelf-scoren")
        await scores(bram, "4", HIDDEN)
        await anna.opens("consensus")
        await anna.see("wacht op scorebladen")
        assert HIDDEN not in everything(anna) and "[4]" not in everything(anna)
        assert HIDDEN in everything(bram)
        await seals(bram)
        # At Anna's the scores appear without a key.
        await anna.see(" te bespreken")
        await anna.until(lambda: anna.measurement.query(ConsensusMap) and SECRET in everything(anna))
        await anna.until(lambda: HIDDEN in everything(anna))
        await anna.until(lambda: re.search(r"Organisatiebrede.*5\s+4", anna.screen))
        await bram.press("c")
        await bram.at("consensus")
        await bram.until(lambda: SECRET in everything(bram))


def assert_blind(player: Player, remark: str, reason: str) -> None:
    """Nothing of the other's sheet is anywhere; the reasons that a scale offers are left out, for all have those."""
    told = everything(player)
    assert remark not in told
    assert "[5]" not in player.screen
    assert reason not in re.sub(r"missing=\([^)]*\)", "", told)
    assert ("zelf-scoren", "a1") not in player.measurement.desk.record.personal
