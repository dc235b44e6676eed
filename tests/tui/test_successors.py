"""An instrument of which another one took the place: it is said where one is chosen, and it stands last there."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.tui.test_instruments_screen import detail, with_host
from tests.tui.test_organisation_screen import organisation
from tests.workspace.conftest import SAMPLES
from textual.widgets import OptionList

from kwartier.plugins.host import Host
from kwartier.tui.screens.new_measurement import InstrumentPick, NewMeasurement
from kwartier.workspace import Listing
from kwartier.workspace.successors import beginning_words, present_first

BEGINNING = "Tuinmeter is de voorganger van {0}. Een ronde beginnen kan, maar {0} is de opvolger."


def two(kijker: Kijker, successor: str = "route") -> Host:
    """Both sample instruments, the garden with a successor."""
    marked = kijker.garden.host(lambda text: f"{text}\n# {successor}\n")  # a package of its own
    hosts = {"tuin": marked, "route": kijker.garden.host(sample="route")}
    points = [EntryPoint(id, host.listings()[0].module, "kwartier.instruments") for id, host in hosts.items()]
    header = (SAMPLES / "tuin" / "instrument.toml").read_text("utf-8")
    package = kijker.garden.packages / points[0].value / "instrument.toml"
    package.write_text(header.replace('id = "tuin"', f'id = "tuin"\nsuccessor = "{successor}"', 1), "utf-8")
    return Host(points=points)


def plain(app: object) -> str:
    return " ".join(text_of(app).replace("│", " ").split())  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_it_stands_last_and_the_dialog_says_it(kijker: Kijker, size: tuple[int, int]) -> None:
    with kijker.garden.open() as ws:
        ws.add_organisation("Klein")
    async with organisation(kijker.garden, "klein", host=two(kijker), size=size) as (app, pilot):
        await pilot.press("n")
        await until(lambda: isinstance(app.screen, InstrumentPick), pilot)
        picks = app.screen.query_one(OptionList)
        said = [str(picks.get_option_at_index(place).prompt) for place in range(2)]
        assert "Routeboek" in said[0] and "voorganger" not in said[0]
        assert "Tuinmeter" in said[1] and "Tuinmeter is de voorganger van Routeboek." in said[1]
        await pilot.press("down", "enter")
        await until(lambda: isinstance(app.screen, NewMeasurement), pilot)
        await until(lambda: BEGINNING.format("Routeboek") in plain(app), pilot)
        assert "Beginnen (ctrl+s)" in text_of(app)


async def test_the_list_of_instruments_says_it(kijker: Kijker) -> None:
    async with with_host(kijker, two(kijker, "park")).app((120, 45)) as (app, pilot):
        await app.run_action("instruments")
        await until(lambda: "2 van 2 te gebruiken" in text_of(app), pilot)
        assert "voorganger" not in plain(app)
        await pilot.press("end")
        await until(lambda: BEGINNING.format("PARK") in detail(app), pilot)


def test_words_and_order(kijker: Kijker) -> None:
    listings: list[Listing] = two(kijker).listings()
    assert [one.id for one in present_first(sorted(listings, key=lambda one: one.id, reverse=True))] == [
        "route",
        "tuin",
    ]
    words = {one.id: beginning_words(one.header, listings) for one in listings if one.header}
    assert words == {"tuin": BEGINNING.format("Routeboek"), "route": ""}
