"""Students behind a passphrase on the screen: set, asked wherever something opens, closed again, given and taken."""

from __future__ import annotations

from tests.tui.conftest import Kijker, text_of, until
from tests.tui.school import NARROW, REF, SLUG, asked, fill, school, shows, to_student
from tests.workspace.conftest import own_config, packages, refusal
from tests.workspace.kas import CODE, PUPIL, SECRET
from textual.widgets import Input

from kwartier.store import keyring
from kwartier.tui.screens.dialogs import TextDialog
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.screens.organisation import OrganisationScreen
from kwartier.tui.screens.student import StudentScreen
from kwartier.tui.screens.student_files import GivePortfolio, TakePortfolio
from kwartier.tui.screens.students import StudentsScreen
from kwartier.tui.screens.unlocking import Encrypt, Unlock

__all__ = ["own_config", "packages", "school"]

WORD = "vier gele emmers"


async def test_a_lock_is_set_asked_for_shown_and_closed_again(school: Kijker) -> None:
    garden = school.garden
    home = garden.path / "organisations" / SLUG / "subjects" / CODE
    async with school.app(NARROW) as (app, pilot):
        screen = await to_student(app, pilot)
        await pilot.press("l")
        await asked(pilot, Encrypt)
        assert "betekent dat alles weg is" in " ".join(text_of(app).split()).replace("│ ", "")
        fill(app, key=WORD, again="iets anders")
        await pilot.press("ctrl+s")
        await shows(pilot, "niet gelijk")
        assert app.screen.query_one("#key", Input).value == "", "what was typed goes"
        assert not (home / "lock.toml").exists()
        fill(app, key=WORD, again=WORD)
        app.screen.query_one("#again").focus()
        field = app.screen.query_one("#again", Input)
        field.action_select_all()
        await pilot.press("ctrl+c")
        assert WORD not in app.clipboard, "a passphrase is not copied"
        await pilot.press("enter")
        await until(lambda: screen.known.student.shut, pilot)
        await shows(pilot, "op slot (l opent)")
        assert PUPIL not in text_of(app) and PUPIL.encode() not in b"".join(garden.files().values())

        await pilot.press("escape")
        await app.push_screen(OrganisationScreen(await app.workspace(), SLUG))
        await shows(pilot, "op slot")
        assert "! s1" not in text_of(app), "a lock is no problem"
        # what is opened by its reference, as the agenda and a command do, asks as well
        await app.open_measurement(REF, "bewijs")
        await asked(pilot, Unlock)
        fill(app, key="fout")
        await pilot.press("enter")
        await shows(pilot, "past niet")
        assert app.screen.query_one("#key", Input).value == ""
        fill(app, key=WORD)
        await pilot.press("enter")
        await shows(pilot, "Wie zit er achter het toetsenbord?")
        await pilot.press("1")
        await until(lambda: isinstance(app.screen, MeasurementScreen) and app.screen.pane is not None, pilot)
        await shows(pilot, "van slot")
        await app.screen.run_action("lock_again")
        await until(lambda: isinstance(app.screen, OrganisationScreen), pilot)
        with garden.open() as ws:
            await until(lambda: not ws.is_unlocked(SLUG, CODE), pilot)
            assert refusal(lambda: ws.see(REF)).code == "locked"

        await app.push_screen(StudentsScreen(await app.workspace(), SLUG))
        await shows(pilot, "2 studenten, 1 op slot")
        await pilot.press("enter")
        await asked(pilot, Unlock)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, StudentScreen), pilot)
        assert PUPIL not in text_of(app), "without the passphrase only what is done without it is left"
        await pilot.press("l")
        await asked(pilot, Unlock)
        fill(app, key=WORD)
        await pilot.press("enter")
        await shows(pilot, PUPIL, "van slot")
        with garden.open() as ws:
            assert ws.is_unlocked(SLUG, CODE)
    assert keyring.key_of(home) is None, "nothing stays once the app ends"
    assert WORD.encode() not in b"".join(garden.files().values())


async def test_a_portfolio_goes_along_in_a_locked_file_and_comes_in_elsewhere(school: Kijker) -> None:
    garden = school.garden
    file = garden.home / "mee.kwartier"
    with garden.open() as ws:
        ws.add_organisation("De Overkant")
    async with school.app(NARROW) as (app, pilot):
        await to_student(app, pilot)
        await pilot.press("g")
        await asked(pilot, GivePortfolio)
        await shows(pilot, "Mee gaat wat de student mag lezen: 1 portfolio")
        fill(app, path=str(file))
        await pilot.press("ctrl+s")
        await shows(pilot, "Een leeg wachtwoord")
        assert not file.exists()
        fill(app, key=WORD, again=WORD)
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, TextDialog), pilot)
        assert PUPIL.encode() not in file.read_bytes()
        await pilot.press("escape")
        await shows(pilot, "portfolio in een bestand op slot")
        await app.push_screen(StudentsScreen(await app.workspace(), "de-overkant"))
        await shows(pilot, "Nog geen studenten")
        await pilot.press("t")
        await asked(pilot, TakePortfolio)
        fill(app, path=str(file), code="s8", key="fout")
        await pilot.press("ctrl+s")
        await until(lambda: app.screen.query_one("#key", Input).value == "", pilot)
        fill(app, key=WORD)
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, StudentScreen), pilot)
        await shows(pilot, PUPIL, "s8")
    with garden.open() as ws:
        (ref,) = ws.assessments("de-overkant")
        assert SECRET in str(ws.see(ref, viewer="s8").record.personal)
        assert [row.what for row in ws.student(SLUG, CODE).handed_over] == ["portfolio"]
