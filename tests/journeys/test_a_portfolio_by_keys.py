"""A student of the demo at the keyboard, on a small terminal, and then an assessor who reads what is shared alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.journeys.keyboard import Folder, Player
from textual.widgets import Input

from kwartier.records.tree import Tree
from kwartier_leerplan.demo import beginning, build
from kwartier_leerplan.demo.common import EXPERT, SCHOOL

SMALL = (80, 24)
OWN = "Alleen voor mijzelf geschreven"
SHARED, KEPT = "Een rondje park", "Brief aan mijzelf"


@pytest.fixture
def demo(folder: Folder) -> Folder:
    """The three students of the demo."""
    build(folder.workspace(), date(2026, 11, 22))
    return folder


async def to_the_portfolio(player: Player) -> None:
    """From the start screen to the portfolio of the first student, who sits down."""
    await player.see(SCHOOL)
    await player.press("enter")
    await player.see("s studenten")
    await player.press("s")
    await player.see("3 studenten", beginning.NAME)
    await player.press("enter")
    await player.see("Nieuw portfolio (n)")
    await player.press("enter")
    await player.changes_seat("1", beginning.NAME)


async def adds_a_piece(player: Player, file: Path) -> None:
    """A piece of evidence with a file, shared with the assessors."""
    await player.opens("bewijs")
    await player.press("t")
    await player.form()
    await player.types(SHARED)
    await player.tab_to("items")
    await player.types("1.3 ")
    await player.tab_to("readers")
    await player.press("down", "space")
    await player.see("Dit lezen: u en beoordelaars.")
    await player.tab_to("path")
    await player.typing_in(Input)
    await player.types(str(file))
    await player.see(f"{file.name}, ")
    await player.done()
    row = player.file("bewijs")["evidence"][-1]
    assert (row["title"], row["items"], row["readers"]) == (SHARED, ["1.3"], ["beoordelaar"])
    assert (row["file"]["name"], row["file"]["size"]) == (file.name, file.stat().st_size)


async def looks_at_herself(player: Player) -> None:
    """A state with a reflection that nobody else reads."""
    await player.opens("zelfbeoordeling")
    await player.press("f1")
    await player.see("Hulp › dit scherm", "niet te beoordelen")
    assert "n, x" not in player.screen, "n is an answer here"
    await player.press("escape")
    await player.at("zelfbeoordeling")
    await player.press("home", "o")
    await player.typing_in()
    await player.types(OWN)
    await player.see("Dit lezen: alleen u")
    await player.press("escape", "a")
    await player.until(lambda: (own(player)["value"], own(player).get("note")) == ("aangetoond", OWN))
    assert "readers" not in own(player)


def own(player: Player) -> Tree:
    """What the student says at the first item, on disk."""
    row: Tree = player.file("zelfbeoordeling", beginning.CODE)["answer"][0]
    return row


async def test_a_student_chooses_who_reads_what(demo: Folder, tmp_path: Path) -> None:
    file = tmp_path / "park.txt"
    file.write_text("Zes mensen, een uur.\n", "utf-8")
    async with demo.sits_down(SMALL) as player:
        await to_the_portfolio(player)
        await adds_a_piece(player, file)
        await looks_at_herself(player)

        await player.changes_seat("2", EXPERT)
        await player.opens("bewijs")
        await player.see(SHARED, "Meegelopen met de wandelgroep")
        await player.press("down")
        await player.see(file.name)
        assert KEPT not in player.screen
        for step in ("zelfbeoordeling", "tussentijds"):
            await player.opens(step)
            await player.press("home")
            await player.until(lambda: "1.1" in player.screen)
            assert OWN not in player.screen and KEPT not in player.screen
        desk = player.measurement.desk
        told = f"{desk.record.shared} {desk.record.personal} {desk.to_undo} {desk.to_redo}"
        assert SHARED in told and OWN not in told and KEPT not in told
