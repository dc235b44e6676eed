"""The list of steps shows which one is open, also after another one was opened."""

from __future__ import annotations

from tests.tui.conftest import Kijker, until

from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.widgets.steps import StepList


async def test_only_the_open_step_is_bold(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "voorbereiden") as (app, pilot):
        screen = app.screen
        assert isinstance(screen, MeasurementScreen)
        await screen.open_step("toelichting")
        steps = screen.query_one(StepList)

        def bold() -> list[str]:
            found = []
            for option in steps.options:
                spans = getattr(option.prompt, "spans", [])
                if any("bold" in str(span.style) for span in spans):
                    found.append(str(option.id))
            return found

        await until(lambda: bold() == ["toelichting"], pilot)
