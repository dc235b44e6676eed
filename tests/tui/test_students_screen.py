"""The students of an organisation on the screen: found, made, corrected, kept, exported and erased."""

from __future__ import annotations

from tests.tui.conftest import Kijker, text_of, until
from tests.tui.school import MARKUP, NARROW, SLUG, WIDE, asked, fill, school, shows, to_student
from tests.workspace.conftest import own_config, packages
from tests.workspace.kas import CODE, PUPIL, SECRET
from textual.widgets import Static

from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.screens.organisation import OrganisationScreen
from kwartier.tui.screens.student import StudentScreen
from kwartier.tui.screens.student_dialogs import Erase, NewStudent
from kwartier.tui.screens.student_files import Export
from kwartier.tui.screens.students import StudentsScreen
from kwartier.tui.widgets.agenda_list import AgendaList

__all__ = ["own_config", "packages", "school"]


async def test_from_the_organisation_to_a_new_student_and_a_portfolio(school: Kijker) -> None:
    garden = school.garden
    home = garden.path / "organisations" / SLUG
    async with school.app(NARROW) as (app, pilot):
        await app.push_screen(OrganisationScreen(await app.workspace(), SLUG))
        await shows(pilot, "De Glazen Stad")
        await pilot.press("s")
        await until(lambda: isinstance(app.screen, StudentsScreen), pilot)
        await shows(pilot, "s1", "s2", "! 20 nov 2026", "2 studenten")
        assert PUPIL in text_of(app) and "Gijs" not in text_of(app), "a name stands only with who is pointed at"
        await pilot.press("down")
        await shows(pilot, MARKUP)
        await pilot.press("slash", *"lotte")
        await until(lambda: "s2" not in text_of(app), pilot)
        await pilot.press("escape", "n")
        await asked(pilot, NewStudent)
        fill(app, name="Mia Mos", until="1-9-2031")
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, StudentScreen), pilot)
        await shows(pilot, "Mia Mos", "tot 1 sep 2031", "Nog geen portfolio")
        made = garden.tree(home / "subjects" / "s3" / "subject.toml")
        assert (made["name"], made["kind"], str(made["retain_until"])) == ("Mia Mos", "student", "2031-09-01")
        assert "Mia Mos" not in (home / "people.toml").read_text("utf-8")

        await pilot.press("e")
        await shows(pilot, "Gegevens van s3")
        fill(app, name="Mia Mossel")
        await pilot.press("ctrl+s")
        await shows(pilot, "Mia Mossel")
        await pilot.press("b")
        await shows(pilot, "Tot wanneer wordt s3 bewaard?")
        fill(app, until="")
        await pilot.press("ctrl+s")
        await shows(pilot, "geen datum (b)")
        assert "retain_until" not in garden.tree(home / "subjects" / "s3" / "subject.toml")

        await pilot.press("n")  # the one instrument there is, for this student
        await shows(pilot, "Nieuw portfolio: ")
        assert not app.screen.query("#subject"), "for whom it is, is known"
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, StudentScreen), pilot)
        await pilot.press("escape")
        await shows(pilot, "3 studenten", "nog geen portfolio")


async def test_the_agenda_leads_to_the_student_and_the_mouse_does_all(school: Kijker) -> None:
    async with school.app(WIDE) as (app, pilot):
        await shows(pilot, "bewaartermijn van s1")
        app.screen.query_one(AgendaList).focus()
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, StudentScreen), pilot)
        await shows(pilot, PUPIL, "wissen of verlengen", "Kasboek niveau 2")
        screen = app.screen
        assert isinstance(screen, StudentScreen)
        await pilot.click(screen.second, offset=(6, 2))  # the row that exports
        await asked(pilot, Export)
        target = school.garden.home / "alles van lotte"
        fill(app, path=str(target))
        await pilot.click("#ok")
        await shows(pilot, "LEES-MIJ.md", "niet op slot")
        assert SECRET in "".join(one.read_text("utf-8") for one in target.rglob("*.toml"))
        await pilot.press("escape")
        await until(lambda: app.screen is screen, pilot)
        await pilot.press("x")
        await asked(pilot, Export)
        fill(app, path=str(target))
        await pilot.press("ctrl+s")
        await shows(pilot, "Er staat hier al iets")
        await pilot.press("n")
        await shows(pilot, "Er is niets gemaakt")
        await pilot.press("escape", "j")  # what was typed may go
        await until(lambda: app.screen is screen, pilot)
        await pilot.click(screen.first, offset=(6, 1))
        await until(lambda: isinstance(app.screen, MeasurementScreen), pilot)


async def test_erasing_says_what_goes_keeps_the_decision_and_asks_the_code(school: Kijker) -> None:
    garden = school.garden
    async with school.app(NARROW) as (app, pilot):
        await app.push_screen(StudentsScreen(await app.workspace(), SLUG))
        await shows(pilot, "2 studenten")
        screen = await to_student(app, pilot)
        before = garden.files()
        await screen.run_action("erase")
        await asked(pilot, Erase)
        await shows(pilot, "1 portfolio, 1 bestand bij bewijs")
        keep = garden.home / "besluit.md"
        fill(app, keep=str(keep), sure="s2")
        await pilot.press("ctrl+s")
        await shows(pilot, "Typ s1 om te wissen")
        assert garden.files() == before and not keep.exists()
        fill(app, sure=CODE)
        await pilot.press("ctrl+s")
        await shows(pilot, "Alles van s1 is gewist", "Wat kwartier niet kan bereiken")
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, StudentsScreen), pilot)
        await until(lambda: "1 student" in text_of(app), pilot)
        assert PUPIL not in text_of(app) and screen not in app.screen_stack
        left = b"".join(garden.files().values())
        assert PUPIL.encode() not in left and SECRET.encode() not in left
        assert keep.exists() and SECRET not in keep.read_text("utf-8")
        assert garden.tree(garden.path / "organisations" / SLUG / "organisation.toml")["erased_students"] == 1


async def test_who_learns_where_and_what_was_given_stands_beside(school: Kijker) -> None:
    garden = school.garden
    with garden.open() as ws:
        ws.add_subject(SLUG, "perk", "Het Perk", kind="workplace")
        ws.add_placement(SLUG, "perk", student=CODE, start="1-9-2026", level=2, note=MARKUP)
        ws.give_portfolio(SLUG, CODE, garden.home / "mee.kwartier", "zomer in de kas")
    async with school.app(WIDE) as (app, pilot):
        await app.push_screen(StudentsScreen(await app.workspace(), SLUG))
        await shows(pilot, "2 studenten")
        beside = str(app.screen.query_one("#beside-text", Static).content)
        assert PUPIL in beside and "Het Perk" in beside and "portfolio aan de student" in beside and MARKUP in beside
        await pilot.press("enter")
        await shows(pilot, "Plaatsingen", "Het Perk", "Meegegeven", "portfolio aan de student")
