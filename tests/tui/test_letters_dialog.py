"""Letters from an open measurement: for one participant, for each of them, and nothing overwritten unasked."""

from __future__ import annotations

from tests.tui.conftest import Kijker, until
from textual.widgets import Input

from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.form_dialog import ChoiceField
from kwartier.tui.screens.letters import EVERYONE, Letters

LETTER = """\
schema = 1
id = "bericht"
instrument = "tuin"
title = "Bericht"
per = "participant"

[[block]]
form = "paragraph"
text = "Beste {deelnemer}, kom naar {plaats}."
"""


async def test_a_letter_for_each_participant_and_paper_for_all(kijker: Kijker) -> None:
    garden = kijker.garden
    with garden.open() as ws:
        ref = garden.begin(ws)
        role = ws.people_step(ref).roles[0]
        codes = [ws.add_participant(ref, role, name=name) for name in ("Klaartje Vos", "Berend Hazelaar")]
        file = garden.home / "bericht.toml"
        file.write_text(LETTER, "utf-8")
        ws.use_letter(file)
    home = garden.home / "brieven"
    async with kijker.measurement(ref, "toelichting", who="a1") as (app, pilot):
        screen = app.screen

        async def asked() -> None:
            await app.run_action("letters", screen)
            await until(lambda: isinstance(app.screen, Letters) and app.screen.query("#cancel"), pilot)
            app.screen.query_one("#form", ChoiceField).take("md")

        await asked()
        app.screen.query_one("#letter", ChoiceField).take("bericht")
        app.screen.query_one("#who", ChoiceField).take(EVERYONE)
        app.screen.query_one("#plaats", Input).value = "de kas"
        app.screen.query_one("#path", Input).value = str(home)
        await pilot.press("ctrl+s")
        await until(lambda: app.screen is screen, pilot)
        told = {path.name: path.read_text("utf-8") for path in home.iterdir()}
        assert set(told) == {f"bericht-{code}.md" for code in codes}
        own = told[f"bericht-{codes[0]}.md"]
        assert "Klaartje Vos" in own and "Berend" not in own and "de kas" in own

        paper = garden.home / "formulier.md"
        paper.write_text("van mij", "utf-8")
        await asked()
        app.screen.query_one("#letter", ChoiceField).take("scoreformulier")
        app.screen.query_one("#path", Input).value = str(garden.home / "formulier")
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, Confirm) and app.screen.query("#yes"), pilot)
        assert paper.read_text("utf-8") == "van mij"
        await pilot.press("j")
        await until(lambda: app.screen is screen, pilot)
        assert "☐" in paper.read_text("utf-8")
