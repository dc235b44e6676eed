"""Numbers that are known only about: one field to type them in, how they were understood, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.tui.rows import SIZES, begun, closed, on_disk, opened, put, rows, working
from tests.workspace.garden_facts import Orchard


@pytest.fixture
def garden(tmp_path: Path, packages: Path) -> Orchard:
    return Orchard(tmp_path, packages)


def given(kijker: Kijker, ref: str, id: str) -> dict[str, object]:
    """The row of a fact on disk, without its id."""
    found = [row for row in on_disk(kijker, ref, "gegevens").get("fact", []) if row["id"] == id]
    return {key: value for row in found for key, value in row.items() if key != "id"}


TYPED = [
    ("20-25", "= 20 tot en met 25 bomen", {"low": 20, "high": 25}),
    ("ca. 40", "= ongeveer 40 bomen", {"value": 40, "approximate": True}),
    ("minimaal 2", "= ten minste 2 bomen", {"low": 2}),
    ("?", "= niet bekend", {"unknown": True}),
    ("0", "= 0 bomen", {"value": 0}),
]


@pytest.mark.parametrize(("typed", "understood", "kept"), TYPED)
async def test_what_is_typed_is_understood_kept_and_shown(
    kijker: Kijker, typed: str, understood: str, kept: dict[str, object]
) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "gegevens", size=(80, 24)) as (app, pilot):
        await pilot.press("down", "down", "enter")
        await opened(app, pilot)
        await until(lambda: "ongeveer 40, 20-25" in text_of(app), pilot)
        assert "Struiken tellen niet mee." in text_of(app)
        await pilot.press(*typed)
        await until(lambda: understood in text_of(app), pilot)
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        await until(lambda: given(kijker, ref, "bomen") == kept, pilot)
        assert understood.removeprefix("= ") in text_of(app)


async def test_an_estimate_is_changed_emptied_and_taken_back(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "gegevens", {"fact": [{"id": "bomen", "value": "20-25", "note": "de helft is jong"}]})
    async with working(kijker, ref, "gegevens") as (app, pilot):
        rows(app).point_at("bomen")
        assert "20 tot en met 25 bomen (de helft is jong)" in text_of(app)
        await pilot.press("enter")
        form = await opened(app, pilot)
        assert form.boxes[0].read() == "20-25"
        put(form, value="ongeveer 30")
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        kept = {"value": 30, "approximate": True, "note": "de helft is jong"}
        await until(lambda: given(kijker, ref, "bomen") == kept, pilot)
        await pilot.press("enter")
        put(await opened(app, pilot), value="", note="niemand telde")
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        await until(lambda: given(kijker, ref, "bomen") == {"note": "niemand telde"}, pilot)
        assert "nog niet ingevuld; niemand telde" in text_of(app)
        await pilot.press("ctrl+z", "ctrl+z")
        await until(lambda: given(kijker, ref, "bomen").get("high") == 25, pilot)


REFUSED = [
    ("20-", "'20-' is geen heel getal"),
    ("nan", "'nan' is geen heel getal"),
    ("inf", "'inf' is geen heel getal"),
    ("12,5", "'12,5' is geen heel getal"),
    ("-3", "ten minste 0"),
    ("25-20", "van hoog naar laag"),
    ("veel", "ongeveer 40, 20-25, minimaal 2"),
]


@pytest.mark.parametrize(("typed", "why"), REFUSED)
async def test_what_is_no_number_is_refused_at_the_field(kijker: Kijker, typed: str, why: str) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "gegevens", size=(80, 24)) as (app, pilot):
        await pilot.press("down", "down", "enter")
        await opened(app, pilot)
        await pilot.press(*typed, "ctrl+s")
        await until(lambda: why in " ".join(text_of(app).split()), pilot)
        assert typed in text_of(app)


@pytest.mark.parametrize("size", SIZES)
async def test_more_of_a_part_than_of_the_whole_is_refused(kijker: Kijker, size: tuple[int, int]) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "gegevens", {"fact": [{"id": "bomen", "value": "ongeveer 10"}]})
    async with working(kijker, ref, "gegevens", size=size) as (app, pilot):
        rows(app).point_at("dood")
        await pilot.press("enter")
        await opened(app, pilot)
        await pilot.press(*"12-15", "ctrl+s")
        await until(lambda: "(12) kan niet meer" in text_of(app), pilot)
        await pilot.press("shift+home", "backspace", *"8-15", "ctrl+s")
        await closed(app, pilot)
        await until(lambda: given(kijker, ref, "dood") == {"low": 8, "high": 15}, pilot)


async def test_enter_goes_by_the_note_to_the_next_fact(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "gegevens", size=(80, 24)) as (app, pilot):
        await pilot.press("down", "down", "enter")
        await opened(app, pilot)
        await pilot.press(*"40-50", "enter", *"helft ziek", "enter")
        await until(lambda: "Hoeveel daarvan zijn dood?" in text_of(app), pilot)
        assert given(kijker, ref, "bomen") == {"low": 40, "high": 50, "note": "helft ziek"}


async def test_the_aside_says_what_the_answers_suggest(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "gegevens", size=(150, 40)) as (app, pilot):
        assert "Voorstellen uit de feiten" not in text_of(app)
        await pilot.press("down", "down", "enter")
        await opened(app, pilot)
        await pilot.press(*"20", "ctrl+s")
        await closed(app, pilot)
        await until(lambda: "Voorstellen uit de feiten" in text_of(app), pilot)
        assert "Item 1: 3 of 4. 20 bomen" in " ".join(text_of(app).split())
