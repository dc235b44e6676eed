"""The time until which a student may be kept stands on the agenda without a name, and leads to the student."""

from __future__ import annotations

from datetime import date

from tests.tui.conftest import Kijker, text_of, until
from tests.tui.test_start_screen import checked, keys_of, start_of

from kwartier.tui.screens.student import StudentScreen


async def test_its_row_tells_no_name_and_opens_the_student(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        slug = ws.add_organisation("De Kas")
        ws.add_subject(slug, "s1", "Lotte Lelie", kind="student")
        ws.retain(slug, "s1", date(2026, 11, 1))
    async with kijker.app((120, 36)) as (app, pilot):
        await checked(app, pilot, 1)
        await until(lambda: "bewaartermijn van s1" in text_of(app), pilot)
        assert "Lotte" not in text_of(app)
        agenda = start_of(app).agenda
        await pilot.press("a")
        agenda.choose(next(key for key in keys_of(agenda) if "bewaartermijn" in key))
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, StudentScreen), pilot)
        await until(lambda: "Lotte Lelie" in text_of(app), pilot)
