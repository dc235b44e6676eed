"""Facts: each with the field of its kind, refused at the field, one after another by enter."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.tui.rows import SIZES, begun, closed, on_disk, opened, put, rows, working

from kwartier.workspace import Workspace

KINDS = """
[[fact]]
id = "sinds"
title = "De tuin bestaat sinds"
kind = "date"

[[fact]]
id = "hek"
title = "Is er een hek?"
kind = "yes-no"

[[fact]]
id = "grond"
title = "Soort grond"
kind = "choice"
options = ["klei", "zand", "veen"]

[[fact]]
id = "dieren"
title = "Dieren in de tuin"
kind = "choices"
options = ["kippen", "bijen", "egels"]

[[fact]]
id = "verhaal"
title = "Hoe de tuin begon"
kind = "text"
"""


class AllKinds(Kijker):
    """An instrument with facts of all kinds."""

    def workspace(self, folder: Path | None = None) -> Workspace:
        """As the app opens it."""
        ids = '["oppervlak", "bedden", "sinds", "hek", "grond", "dieren", "verhaal"]'
        change = lambda text: text.replace('["oppervlak", "bedden"]', ids).replace(  # noqa: E731
            "[[step]]", f"{KINDS}\n[[step]]", 1
        )
        with self.garden.open(self.garden.host(change)) as ws:
            return ws


@pytest.mark.parametrize("size", SIZES)
async def test_enter_goes_on_to_the_next_fact_that_is_open(kijker: Kijker, size: tuple[int, int]) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "gegevens", size=size) as (app, pilot):
        assert "nog niet ingevuld (verplicht)" in text_of(app)
        assert "Nog 1 verplicht antwoord" in text_of(app)
        await pilot.press("enter")
        await opened(app, pilot)
        await pilot.press(*"1.250,5", "enter")
        await until(lambda: "van 0 tot en met 500" in text_of(app), pilot)
        await pilot.press(*"12", "enter")
        await closed(app, pilot)
        expected = [{"id": "bedden", "value": 12}, {"id": "oppervlak", "value": 1250.5}]
        await until(lambda: on_disk(kijker, ref, "gegevens").get("fact") == expected, pilot)
        assert "1250,5 m²" in text_of(app)
        assert "verplicht" not in text_of(app)
        await pilot.press("ctrl+z")
        await until(lambda: len(on_disk(kijker, ref, "gegevens")["fact"]) == 1, pilot)


async def test_a_refusal_stands_at_the_field_and_keeps_what_was_typed(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "gegevens", size=(80, 24)) as (app, pilot):
        await pilot.press("down", "enter")
        await opened(app, pilot)
        for typed, why in (("12,5", "'12,5' is geen heel getal"), ("501", "ten hoogste 500"), ("-1", "ten minste 0")):
            await pilot.press("shift+home", "backspace", *typed, "enter")
            await until(lambda why=why: why in text_of(app), pilot)  # type: ignore[misc]
            assert typed in text_of(app)
        assert on_disk(kijker, ref, "gegevens") == {}
        await pilot.press("escape")
        await until(lambda: "Weggooien wat u hier typte?" in text_of(app), pilot)
        await pilot.press("n")
        form = await opened(app, pilot)
        assert form.boxes[0].read() == -1
        await pilot.press("escape", "j")
        await closed(app, pilot)
        assert on_disk(kijker, ref, "gegevens") == {}


async def test_every_kind_has_its_own_field(kijker: Kijker) -> None:
    kinds = AllKinds(kijker.garden)
    with kinds.workspace().open(kijker.garden.path, host=kinds.workspace()._shelf.host) as ws:
        ref = kijker.garden.begin(ws)
    async with working(kinds, ref, "gegevens", size=(80, 24)) as (app, pilot):
        await pilot.press("down", "down", "enter")
        put(await opened(app, pilot), value="1 mei 2012")
        await pilot.press("enter")
        await until(lambda: "Is er een hek?" in text_of(app) and "( ) ja" in text_of(app), pilot)
        await pilot.press("j", "enter")
        await until(lambda: "( ) klei" in text_of(app), pilot)
        await pilot.press("down", "down", "enter")
        await until(lambda: "[ ] kippen" in text_of(app), pilot)
        await pilot.press("space", "down", "down", "space", "ctrl+s")
        await closed(app, pilot)
        await pilot.press("down")
        await until(lambda: rows(app).pointed == "verhaal", pilot)
        await pilot.press("enter")
        await opened(app, pilot)
        await pilot.press(*"Met", "enter", *"zaad", "ctrl+s")
        await closed(app, pilot)
        await until(lambda: len(on_disk(kijker, ref, "gegevens").get("fact", [])) == 5, pilot)
        given = {row["id"]: row["value"] for row in on_disk(kijker, ref, "gegevens")["fact"]}
        assert str(given.pop("sinds")) == "2012-05-01"
        assert given == {"hek": True, "grond": "zand", "dieren": ["kippen", "egels"], "verhaal": "Met\nzaad"}
        for shown in ("di 1 mei 2012", "zand", "kippen, egels", "Met"):
            assert shown in text_of(app)


async def test_the_day_and_who(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "gegevens") as (app, pilot):
        await pilot.press("end", "enter")
        put(await opened(app, pilot), date="vandaag", by="Bob Biet")
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        await until(lambda: on_disk(kijker, ref, "gegevens").get("by") == "a2", pilot)
        assert "wo 25 nov 2026 door Bob Biet" in text_of(app)
