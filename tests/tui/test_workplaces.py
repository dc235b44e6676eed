"""Workplaces on the screen: one form that makes all, the list, one workplace with its placements, and what was."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.tui.conftest import Kijker, text_of, until
from textual.widgets import Input, OptionList

from kwartier.tui.screens.form_dialog import ChoiceField
from kwartier.tui.screens.new_at_workplace import NewAtWorkplace
from kwartier.tui.screens.workplace import WorkplaceScreen
from kwartier.tui.screens.workplaces import WorkplacesScreen
from kwartier.workspace import Assessor, Workspace

if TYPE_CHECKING:
    from tests.workspace.conftest import Garden
    from textual.pilot import Pilot

SLUG, CODE = "de-kas", "perk-noord"
FIRST = f"{SLUG}/perk/{CODE}/2025-11-01"
NARROW, WIDE = (80, 24), (160, 45)


class Perken(Kijker):
    """The app with the instrument about workplaces."""

    def workspace(self, folder: Path | None = None) -> Workspace:
        with self.garden.open(self.garden.host(sample="perk")) as ws:
            return ws

    def files(self) -> dict[str, bytes]:
        """What is on disk, without the contents of instruments."""
        return {name: data for name, data in self.garden.files().items() if not name.startswith("contents/")}

    def begun(self) -> Workspace:
        """A workplace with a verdict on conditions, a student, and a sheet that is filled in."""
        ws = self.workspace()
        ref = ws.start(
            "perk",
            "",
            day=date(2025, 11, 1),
            people=(Assessor("Vera Voor", role="voorman"), Assessor("Sien School", role="school")),
            parameters={"niveau": "4,5"},
            new_organisation={"name": "De Kas", "place": "Delft"},
            new_subject={"name": "Perk Noord", "team": "Noord", "setting": "kwekerij", "levels": "4,5"},
        )
        ws.change(ref, "plek", {"fact": [{"id": "begeleiders", "value": 2}, {"id": "kas", "value": True}]})
        answers = [{"item": "1", "value": "wel"}, {"item": "2", "value": "misschien", "note": "In de zomer."}]
        ws.change(ref, "lijst", {"answer": [*answers, {"item": "3", "value": "niet"}]}, person="a1")
        condition = {"text": "Laarzen kopen", "who": "Kees Kool", "due": "1-3-2026"}
        ws.change(ref, "oordeel", {"value": "voorwaarden", "reason": "Nat.", "condition": [condition]})
        ws.add_placement(SLUG, CODE, student="s1", start="1-9-2026", end="1-2-2027", supervisor="Kees Kool", level=4)
        return ws


@pytest.fixture
def perken(garden: Garden) -> Perken:
    """The app on an empty folder."""
    return Perken(garden)


async def type_in(pilot: Pilot[int], name: str, text: str) -> None:
    """Types in a field of the dialog that is open."""
    field = pilot.app.screen.query_one(f"#{name}", Input)
    field.focus()
    field.value = ""
    await pilot.pause()
    await pilot.press(*("space" if sign == " " else sign for sign in text))
    await pilot.pause()


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_one_form_makes_organisation_workplace_and_record(perken: Perken, size: tuple[int, int]) -> None:
    async with perken.app(size) as (app, pilot):
        await until(lambda: "Er zijn nog geen organisaties" in text_of(app), pilot)
        await pilot.press("b")
        await until(lambda: isinstance(app.screen, NewAtWorkplace), pilot)
        assert not app.screen.query_one("#row-organisation").display, "there is nothing to choose from yet"
        await until(lambda: app.focused is not None and app.focused.id == "organisation-name", pilot)
        await type_in(pilot, "organisation-name", "De Kas")
        await type_in(pilot, "organisation-place", "Delft")
        await type_in(pilot, "subject-name", "Perk Noord")
        await type_in(pilot, "subject-setting", "kwekerij")
        await type_in(pilot, "parameter-niveau", "4,9")
        await type_in(pilot, "person-voorman-1", "Vera Voor")
        await type_in(pilot, "person-school-1", "Sien School")
        before = perken.files()
        await pilot.press("ctrl+s")
        await until(lambda: "kies een of meer" in text_of(app), pilot)
        assert perken.files() == before, "a refusal leaves nothing half made"
        await type_in(pilot, "parameter-niveau", "4, 5")
        await pilot.press("ctrl+s")
        await until(lambda: "Het perk" in text_of(app), pilot)
    ws = perken.workspace()
    assert ws.organisation(SLUG).place == "Delft"
    one = ws.subject(SLUG, CODE)
    assert (one.kind, one.name, one.setting, one.levels) == ("workplace", "Perk Noord", "kwekerij", (4, 5))
    (ref,) = ws.assessments(SLUG)
    envelope = ws.see(ref).record.envelope
    assert envelope.parameters == {"niveau": (4, 5)}
    assert [one.role for one in envelope.person] == ["voorman", "school"]


async def test_the_form_proposes_the_levels_and_the_record_of_last_time(perken: Perken) -> None:
    perken.begun()
    async with perken.app(NARROW) as (app, pilot):
        await until(lambda: "De Kas" in text_of(app), pilot)
        await pilot.press("b")
        await until(lambda: isinstance(app.screen, NewAtWorkplace), pilot)
        await until(lambda: app.screen.query_one("#subject", ChoiceField).value == CODE, pilot)
        assert app.screen.query_one("#organisation", ChoiceField).value == SLUG
        assert app.screen.query_one("#parameter-niveau", Input).value == "4,5"
        assert app.screen.query_one("#follows", ChoiceField).value == FIRST
        assert not app.screen.query_one("#row-subject-name").display
        await type_in(pilot, "person-voorman-1", "Vera Voor")
        await pilot.press("ctrl+s")
        await until(lambda: "Wie zit er achter het toetsenbord" in text_of(app), pilot)
    ws = perken.workspace()
    second = ws.see(str(ws.assessments(SLUG)[-1])).record
    assert second.envelope.follows == FIRST
    assert len(second.personal["lijst", "a1"]["answer"]) == 3


async def test_a_new_organisation_may_be_chosen_beside_those_there_are(perken: Perken) -> None:
    perken.begun()
    async with perken.app(WIDE) as (app, pilot):
        await until(lambda: "De Kas" in text_of(app), pilot)
        await pilot.press("b")
        await until(lambda: isinstance(app.screen, NewAtWorkplace), pilot)
        await until(lambda: app.screen.query_one("#subject", ChoiceField).value == CODE, pilot)
        app.screen.query_one("#organisation", ChoiceField).focus()
        await pilot.press("right")
        await until(lambda: app.screen.query_one("#subject", ChoiceField).value == "", pilot)
        assert app.screen.query_one("#row-organisation-name").display
        assert app.screen.query_one("#row-subject-name").display
        assert not app.screen.query_one("#row-follows").display
        await type_in(pilot, "parameter-niveau", "2")
        await pilot.press("ctrl+s")
        await until(lambda: "Geef de organisatie een naam" in text_of(app), pilot)
        await type_in(pilot, "organisation-name", "De Eik")
        await pilot.press("ctrl+s")
        await until(lambda: "Geef de praktijkleerplek een naam" in text_of(app), pilot)
        await type_in(pilot, "subject-team", "Team 3")
        await pilot.press("ctrl+s")
        await until(lambda: "Het perk" in text_of(app), pilot)
    assert perken.workspace().subject("de-eik", "team-3").levels == (2,)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_list_of_all_workplaces_is_searched_sorted_and_opened(perken: Perken, size: tuple[int, int]) -> None:
    ws = perken.begun()
    ws.add_organisation("De Eik")
    ws.add_subject("de-eik", "bos", "Bosperk", team="Oost", levels="2")
    ws.add_subject("de-eik", "s9", "Roos Stapper", kind="student")
    async with perken.app(size) as (app, pilot):
        await until(lambda: "De Kas" in text_of(app), pilot)
        await pilot.press("p")
        await until(lambda: isinstance(app.screen, WorkplacesScreen) and "2 plekken" in text_of(app), pilot)
        screen = app.screen
        assert isinstance(screen, WorkplacesScreen)
        assert "Bosperk" in text_of(app)
        assert "! 1 nov 2026" in text_of(app), "it should have been done again by now"
        assert "Roos" not in text_of(app)
        assert [screen.table.chosen.code if screen.table.chosen else ""] == ["bos"]
        await pilot.press("s", "s", "s", "s")
        assert screen.table.chosen is not None
        await pilot.press("home")
        assert screen.table.chosen.code == CODE, "the most conditions first"
        await pilot.press("S", "home")
        assert screen.table.chosen.code == "bos"
        await pilot.press("slash", *"kwekerij", "enter")
        await until(lambda: screen.table.count() == 1, pilot)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, WorkplaceScreen) and "Laarzen" in text_of(app), pilot)
        await pilot.press("escape", "escape")
        await until(lambda: screen.table.count() == 2, pilot)
        await pilot.press("escape")
        await until(lambda: not isinstance(app.screen, WorkplacesScreen), pilot)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_workplace_has_its_records_conditions_and_placements(perken: Perken, size: tuple[int, int]) -> None:
    perken.begun()
    async with perken.app(size) as (app, pilot):
        await until(lambda: "De Kas" in text_of(app), pilot)
        await pilot.press("enter")
        await until(lambda: "Praktijkleerplekken" in text_of(app), pilot)
        shown = text_of(app)
        assert "perk-noord · Perk Noord" in shown
        from kwartier.tui.screens.organisation import OrganisationScreen

        assert isinstance(app.screen, OrganisationScreen)
        app.screen.measurements.choose(f"onderwerp\n{CODE}")
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, WorkplaceScreen) and "Laarzen" in text_of(app), pilot)
        shown = text_of(app)
        assert "geschikt onder voorwaarden" in shown
        assert "te laat" in shown
        assert "s1" in shown
        await pilot.press("tab")
        await pilot.press("t")
        await type_in(pilot, "student", "s2")
        await type_in(pilot, "start", "1-12-2026")
        await type_in(pilot, "supervisor", "Kees Kool")
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, WorkplaceScreen) and "s2" in text_of(app), pilot)
        _, second = sorted(perken.workspace().subject(SLUG, CODE).placement, key=lambda one: one.student)
        assert (second.start, second.supervisor) == (date(2026, 12, 1), "c1")
        await pilot.press("home", "enter")
        await until(lambda: bool(app.screen.query("#student")), pilot)
        await type_in(pilot, "end", "1-3-2027")
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, WorkplaceScreen) and "1 mrt 2027" in text_of(app), pilot)
        await pilot.press("delete")
        await pilot.press("j")
        await until(lambda: len(perken.workspace().subject(SLUG, CODE).placement) == 1, pilot)
        await pilot.press("ctrl+z")
        await until(lambda: len(perken.workspace().subject(SLUG, CODE).placement) == 2, pilot)


async def test_a_placement_that_cannot_be_is_refused_in_the_dialog(perken: Perken) -> None:
    perken.begun()
    async with perken.app(NARROW) as (app, pilot):
        await until(lambda: "De Kas" in text_of(app), pilot)
        await app.push_screen(WorkplaceScreen(perken.workspace(), SLUG, CODE))
        await until(lambda: "Laarzen" in text_of(app), pilot)
        before = perken.files()
        await pilot.press("t")
        await type_in(pilot, "student", "Roos Stapper")
        await pilot.press("ctrl+s")
        await until(lambda: "met een code, nooit met een naam" in text_of(app), pilot)
        assert perken.files() == before


async def test_a_damaged_file_is_told_and_changes_nothing(perken: Perken) -> None:
    perken.begun()
    path = perken.garden.path / "organisations" / SLUG / "subjects" / CODE / "subject.toml"
    path.write_text("[[placement", "utf-8")
    async with perken.app(NARROW) as (app, pilot):
        await until(lambda: "De Kas" in text_of(app), pilot)
        await app.push_screen(WorkplaceScreen(perken.workspace(), SLUG, CODE))
        await until(lambda: "! " in text_of(app), pilot)
        await pilot.press("e", "t")
        await pilot.pause()
        assert isinstance(app.screen, WorkplaceScreen)
    assert path.read_text("utf-8") == "[[placement"


async def test_a_workplace_and_a_student_are_made_from_the_organisation(perken: Perken) -> None:
    perken.workspace().add_organisation("De Kas")
    async with perken.app(WIDE) as (app, pilot):
        await until(lambda: "De Kas" in text_of(app), pilot)
        await pilot.press("enter")
        await until(lambda: "Nieuwe meting" in text_of(app), pilot)
        await pilot.press("k")
        await until(lambda: bool(app.screen.query("#levels")), pilot)
        await type_in(pilot, "name", "Perk Zuid")
        await type_in(pilot, "levels", "3,4")
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, WorkplaceScreen) and "niveau 3, 4" in text_of(app), pilot)
        await pilot.press("e")
        await until(lambda: bool(app.screen.query("#ended")), pilot)
        await type_in(pilot, "ended", "1-11-2026")
        await pilot.press("ctrl+s")
        await until(lambda: "gestopt op 1 nov 2026" in text_of(app), pilot)
    assert perken.workspace().subject(SLUG, "perk-zuid").ended == date(2026, 11, 1)


async def test_what_it_was_stands_where_the_answer_is_another_one_now(perken: Perken) -> None:
    ws = perken.begun()
    people = (Assessor("Vera Voor", role="voorman"),)
    ref = ws.start(
        "perk", SLUG, day=date(2026, 11, 1), people=people, subject=CODE, parameters={"niveau": "4,5"}, follows=FIRST
    )
    ws.change(ref, "lijst", {"answer": [{"item": "2", "value": "wel", "note": ""}]}, person="a1")
    ws.change(ref, "plek", {"fact": [{"id": "begeleiders", "value": 3}]})
    async with perken.measurement(ref, "plek", who="a1", size=NARROW) as (app, pilot):
        await until(lambda: "Aantal begeleiders" in text_of(app), pilot)
        assert "was: 2" in text_of(app)
        assert "was: ja" not in text_of(app)
    async with perken.measurement(ref, "lijst", who="a1", size=NARROW) as (app, pilot):
        await until(lambda: "Spitten" in text_of(app), pilot)
        await pilot.press("down")
        await until(lambda: "was: misschien" in text_of(app), pilot)
        assert "anders dan de vorige keer: 2" in text_of(app)
        await pilot.press("n")
        await until(lambda: "Spitten" in text_of(app) and "was: misschien" in text_of(app), pilot)
    ws.change(ref, "lijst", {"answer": [{"item": "2", "value": "misschien", "note": "In de zomer."}]}, person="a1")
    async with perken.measurement(ref, "lijst", who="a1", size=WIDE) as (app, pilot):
        await until(lambda: "Spitten" in text_of(app), pilot)
        assert "was:" not in text_of(app)


async def test_names_with_brackets_are_shown_as_they_are(perken: Perken) -> None:
    ws = perken.begun()
    ws.change_subject(SLUG, CODE, name="[b]Perk[/b]", setting="[@click=app.leave]kas")
    ws.change_placement(SLUG, CODE, "1", note="[/]", start="", end="", level="", supervisor="")
    async with perken.app(WIDE) as (app, pilot):
        await until(lambda: "De Kas" in text_of(app), pilot)
        await pilot.press("p")
        await until(lambda: "[b]Perk[/b]" in text_of(app), pilot)
        await pilot.click("#workplaces", offset=(6, 1))
        await until(lambda: "[@click=app.leave]kas" in text_of(app) and "[/]" in text_of(app), pilot)
        assert not app.screen.query(OptionList)


async def test_a_day_of_a_placement_is_what_the_field_says_it_is(perken: Perken) -> None:
    ws = perken.begun()
    async with perken.app(WIDE) as (app, pilot):
        await until(lambda: "De Kas" in text_of(app), pilot)
        await pilot.press("p")
        await until(lambda: "Perk Noord" in text_of(app), pilot)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, WorkplaceScreen), pilot)
        await pilot.press("t")
        await until(lambda: bool(app.screen.query("#student")), pilot)
        await type_in(pilot, "student", "s9")
        await type_in(pilot, "start", "morgen")
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, WorkplaceScreen), pilot)
    (made,) = (one for one in ws.subject(SLUG, CODE).placement if one.student == "s9")
    assert made.start == ws.today + timedelta(days=1)


async def test_who_sits_down_reads_what_each_is_here(perken: Perken) -> None:
    perken.begun()
    async with perken.measurement(FIRST, "lijst", size=NARROW) as (app, pilot):
        await until(lambda: "Wie zit er achter het toetsenbord" in text_of(app), pilot)
        assert "Vera Voor · voorman" in text_of(app)
        assert "Sien School · " in text_of(app)


async def test_the_next_one_is_called_by_its_own_word(perken: Perken) -> None:
    perken.begun()
    async with perken.measurement(FIRST, "herhalen", who="a1", size=NARROW) as (app, pilot):
        await until(lambda: "De volgende beoordeling hoort" in text_of(app), pilot)


def test_a_report_and_a_list_of_questions_name_the_workplace_by_its_name(perken: Perken) -> None:
    ws = perken.begun()
    assert ws.document(FIRST).subject == "De Kas, Perk Noord"
    assert ws.questions_of(FIRST).subject == "Lege vragenlijst, De Kas, Perk Noord"
