"""The folder checked on the screen: problems with their place, and conflict copies brought together field by field."""

from __future__ import annotations

from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import worded

from kwartier.tui.screens.checking import CheckScreen
from kwartier.tui.screens.merging import FieldChoice
from kwartier.tui.widgets.grouped_lines import GroupedLines


async def test_a_copy_is_brought_together_and_a_broken_file_is_told(kijker: Kijker) -> None:
    garden = kijker.garden
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.change(ref, "toelichting", worded(i1="Van hier [x].", i2="Zelfde."))
    file = garden.folder(ref) / "toelichting.toml"
    tree = garden.tree(file)
    rows = [{**row, "text": "Van de laptop."} if row["item"] == "1" else row for row in tree["explanation"]]
    copy = file.with_name("toelichting (conflicted copy 2026-11-23).toml")
    garden.put(copy, {**tree, "explanation": rows})
    (garden.folder(ref) / "gegevens.toml").write_text("kapot = [", "utf-8")
    with garden.open() as ws:
        assert [one.copy for one in ws.conflict_copies()] == [str(copy)]
    async with kijker.app((80, 24)) as (app, pilot):
        await until(lambda: "Datamap nakijken" in text_of(app), pilot)
        await pilot.click("#trouble")
        await until(lambda: isinstance(app.screen, CheckScreen) and "er is iets mis" in text_of(app), pilot)
        assert "gegevens.toml" in text_of(app) and "Kopieën" in text_of(app)
        (garden.folder(ref) / "gegevens.toml").unlink()
        app.screen.query_one(GroupedLines).choose(f"kopie\n{copy}")
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, FieldChoice) and app.screen.query("#kopie"), pilot)
        assert "Van hier [x]." in text_of(app) and "Van de laptop." in text_of(app)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, CheckScreen), pilot)
        assert copy.exists() and "Van hier [x]." in file.read_text("utf-8")
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, FieldChoice) and app.screen.query("#kopie"), pilot)
        await pilot.click("#kopie")
        await until(lambda: not copy.exists(), pilot)
        assert "Van de laptop." in file.read_text("utf-8")
        await until(lambda: isinstance(app.screen, CheckScreen) and "alles is in orde" in text_of(app), pilot)
        await pilot.press("escape")
        await until(lambda: not isinstance(app.screen, CheckScreen), pilot)
