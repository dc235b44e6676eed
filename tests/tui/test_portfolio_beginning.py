"""A new portfolio on the screen: a student by code, both masters with what is asked of them, and the next one."""

from __future__ import annotations

from tests.tui.conftest import Kijker, text_of, until
from tests.tui.portfolio import greenhouse, kas
from tests.workspace.conftest import ANNA, BOB, own_config, packages
from tests.workspace.kas import PUPIL
from textual.widgets import Input, Static

from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.form_dialog import ChoiceField
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.screens.new_at_workplace import ask
from kwartier.tui.screens.new_portfolio import NewPortfolio
from kwartier.tui.screens.people_of import PeopleOfScreen, TraitsDialog
from kwartier.tui.widgets.choice_list import ChoiceList

__all__ = ["kas", "own_config", "packages"]


def form_of(app: KwartierApp) -> NewPortfolio | None:
    """The form, once it is there and knows what there is."""
    screen = app.screen
    return screen if isinstance(screen, NewPortfolio) and screen._shown != ("", "") else None


async def test_a_portfolio_and_the_one_after_it(kas: Kijker) -> None:
    home = greenhouse(kas)
    with home.open() as ws:
        slug = ws.add_organisation("De Glazen Stad")
    async with kas.app((80, 24)) as (app, pilot):
        await app.workspace()
        await ask(app, app.screen, "kas", slug=slug)
        await until(lambda: form_of(app), pilot)
        form = form_of(app)
        assert isinstance(form, NewPortfolio)
        assert "Nieuw portfolio: " in text_of(app)
        assert form.query_one("#subject-code", Input).value == "s1", "a code that tells no name is proposed"
        form.query_one("#subject-name", Input).value = PUPIL
        form.query_one("#parameter-niveau", ChoiceField).take("1")
        for place, name in ((1, ANNA), (2, BOB)):
            form.query_one(f"#person-meester-{place}", Input).value = name
        last = form.query_one("#row-traits-meester-2")
        await until(lambda: last.display, pilot)
        form.query_one("#traits-meester-1", ChoiceList).focus()
        await pilot.pause()
        assert "is zelf leerling-tuinier geweest" in text_of(app)
        await pilot.press("space", "ctrl+s")
        await until(lambda: isinstance(app.screen, MeasurementScreen), pilot)
        await until(lambda: "‘is geschoold" in text_of(app), pilot)  # wanted of each, and not said
        first = kas.garden.tree(kas.garden.folder(f"{slug}/kas/s1/2026-11-25") / "assessment.toml")
        assert [row["id"] for row in first["person"]] == ["s1", "a1", "a2"]
        assert first["person"][1]["traits"] == {"tuinier": True} and "traits" not in first["person"][2]
        names = kas.garden.tree(home.path / "organisations" / slug / "people.toml")
        assert PUPIL not in str(names), "the name stands with the student alone"

        await ask(app, app.screen, "kas", slug=slug)
        await until(lambda: form_of(app), pilot)
        form = form_of(app)
        assert form is not None
        assert form.query_one("#subject", ChoiceField).value == "s1"
        told = str(form.query_one("#along", Static).content)
        assert "komt mee: gegevens, bewijs, reacties, zelf kijken" in told and "eerder beoordeeld" in told
        form.query_one("#parameter-niveau", ChoiceField).take("2")
        await pilot.press("ctrl+s")
        await until(lambda: kas.garden.folder(f"{slug}/kas/s1/2026-11-25-2").exists(), pilot)
        later = kas.garden.tree(kas.garden.folder(f"{slug}/kas/s1/2026-11-25-2") / "assessment.toml")
        assert (later["follows"], later["parameters"]) == (f"{slug}/kas/s1/2026-11-25", {"niveau": 2})


async def test_what_is_asked_of_a_master_is_said_later(kas: Kijker) -> None:
    home = greenhouse(kas)
    with home.open() as ws:
        ref = home.begin(ws)
    async with kas.app((80, 24)) as (app, pilot):
        ws = await app.workspace()
        await app.push_screen(PeopleOfScreen(ws, ref.split("/")[0]))
        await until(lambda: f"{PUPIL} · leerling" in text_of(app), pilot)
        await pilot.press("end", "k")
        await until(lambda: isinstance(app.screen, TraitsDialog), pilot)
        assert "is zelf leerling-tuinier geweest" in text_of(app) and BOB in text_of(app)
        await pilot.press("right", "tab", "left", "ctrl+s")
        await until(lambda: isinstance(app.screen, PeopleOfScreen), pilot)
        envelope = kas.garden.tree(kas.garden.folder(ref) / "assessment.toml")
        assert envelope["person"][2]["traits"] == {"tuinier": True, "geschoold": False}
        await until(lambda: f"{BOB} · meester · is zelf leerling-tuinier geweest" in text_of(app), pilot)
