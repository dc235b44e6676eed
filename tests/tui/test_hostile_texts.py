"""Texts that would act as markup or as commands of a terminal, in every field of a record, on every screen.

They come in through the workspace, as from somebody's file; what it refuses is left out. Every form of step is opened
for each of them, with all that can be done there; a new form is covered as soon as it stands in `PANES`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import AGREED, ANNA, BOB, DAY, FIRST, ITEMS, SECOND, Change, Garden, answers
from textual.pilot import Pilot
from textual.screen import ModalScreen

from kwartier.errors import KwartierError
from kwartier.plugins.host import Host
from kwartier.text import clean
from kwartier.tui.app import KwartierApp
from kwartier.tui.palette import Palette
from kwartier.tui.panes import PANES
from kwartier.tui.panes.report import ReportPane
from kwartier.tui.scopes import available
from kwartier.tui.screens.help import HelpScreen
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.screens.organisation import OrganisationScreen
from kwartier.tui.screens.people_of import PeopleOfScreen
from kwartier.workspace import Assessor, Workspace

SMALL = (80, 24)
MARK = "Wilg"
"""Every text begins so, so that it is seen that it is there."""

HOSTILE: dict[str, str] = {
    "markup": "[/b][@click=app.quit]x[/][red] [",
    "style": "[reverse]om[/] $primary {0} %s \\[",
    "controls": "\x1b]52;c;aGFsbG8=\x07\x1b[2J\x9b2J\x00\x08 eik",
    "scripts": "👩‍👩‍👧 é שלום \u202egnirts",
    "long": "lang woord " * 900,
    "one-word": "x" * 10_000,
    "lines": "een\r\ntwee\ttab\x0bdrie\u2028vier",
}


VERDICT = """
[[scale]]
id = "slot"
kind = "nominal"
options = [{ value = "groen", key = "g" }, { value = "kaal", key = "k" }]

[[rule]]
id = "altijd"
verdict = "groen"
reason = "Het groeit."
condition = "Water geven."

[[step]]
id = "oordeel"
form = "verdict"
title = "Oordeel"
of = "scoren"
scale = "slot"
conditional = ["groen"]
signed_by = ["keurder"]
"""


class Wild(Garden):
    """A garden in which a verdict is asked too, so that there is a step of every form."""

    def host(self, content: Change = lambda text: text + VERDICT, sample: str = "tuin") -> Host:
        """A host that knows only this one."""
        return super().host(content, sample)


# -- the records


def grown(ws: Workspace, text: str, number: int) -> str:
    """A whole record with this text wherever a text can stand; its reference."""

    def tried(do: Callable[[str], Any], otherwise: str = "") -> Any:
        try:
            return do(text)
        except KwartierError:
            return do(otherwise) if otherwise else None

    name = f"{MARK} {number}"
    slug = tried(lambda one: ws.add_organisation(f"{name} {one}", kind=one[:40], note=one), name)
    tried(lambda one: ws.change_organisation(slug, note=one))
    ref: str = tried(
        lambda one: ws.start("tuin", slug, day=DAY, people=(Assessor(f"{one} A"), Assessor(f"{one} B"))), ""
    ) or ws.start("tuin", slug, day=DAY, people=(Assessor(ANNA), Assessor(BOB)))

    def put(step: str, given: Callable[[str], dict[str, Any]], person: str | None = None) -> None:
        tried(lambda one: ws.change(ref, step, given(one), person=person))

    put("voorbereiden", lambda one: {"task": [{"id": "brief", "done": True, "note": one}]})
    put("voorbereiden", lambda one: {"task": [{"id": "brief", "done": True, "by": one}]})
    put("mensen", lambda one: {"participant": [{"name": one, "role": "buur", "note": one, "consent": "gegeven"}]})
    put("mensen", lambda one: {"participant": [{"name": "Dina", "role": "buur", "note": one}]})
    put("gegevens", lambda one: {"fact": [{"id": "bedden", "value": 12}], "by": one})
    ws.change(ref, "gesprek", {"session": [{"date": DAY, "minutes": 55}]})
    for code in ("a1", "a2"):
        put("gesprek", lambda one: {"note": [{"text": one, "item": "1"}, {"text": one}]}, code)
    for item in ITEMS:
        put("toelichting", lambda one, item=item: {"explanation": [{"item": item, "text": one}]})  # type: ignore[misc]
    put("toelichting", lambda one: {"text": one})
    for code, scores in (("a1", FIRST), ("a2", SECOND)):
        ws.change(ref, "scoren", answers(scores), person=code)
        for item in ITEMS:
            put("scoren", lambda one, item=item: {"answer": [{"item": item, "note": one}]}, code)  # type: ignore[misc]
        ws.seal(ref, code)
    tried(lambda one: ws.mistake(ref, "a1", "1", reason=one))
    tried(lambda one: ws.change(ref, "eens-worden", answers(AGREED, one)), "") or ws.change(
        ref, "eens-worden", answers(AGREED, "Samen.")
    )
    put("conclusies", lambda one: {"text": one})
    put("conclusies", lambda one: {"strength": [{"id": "s1", "text": one}]})
    put("conclusies", lambda one: {"improvement": [{"id": "v1", "text": one, "item": "2"}]})
    put("conclusies", lambda one: {"recommendation": [{"id": "r1", "improvement": "v1", "text": one}]})
    row = {"id": "w1", "text": "Water.", "due": DAY}
    put("oordeel", lambda one: {"condition": [{**row, "text": one}]})
    put("oordeel", lambda one: {"value": "kaal", "reason": one})
    put("oordeel", lambda one: {"condition": [{**row, "note": one}]})
    put("oordeel", lambda one: {"condition": [{**row, "who": one}]})
    if number % 2:
        tried(lambda one: ws.finalise(ref, by=one)) or ws.finalise(ref)
        if number % 3:
            tried(lambda one: ws.reopen_report(ref, reason=one))
    put("acties", lambda one: {"date": DAY, "action": [{"id": "x1", "text": one, "note": one}]})
    put("acties", lambda one: {"action": [{"id": "x1", "who": one}]})
    review = {"id": "e1", "action": "x1", "date": DAY, "state": "loopt"}
    put("evalueren", lambda one: {"review": [{**review, "text": one}]})
    put("evalueren", lambda one: {"review": [{"id": "e1", "by": one}]})
    put("herhalen", lambda one: {"note": one})
    return ref


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, packages: Path) -> tuple[Garden, dict[str, str]]:
    """A folder with a record for every text, and which record is whose."""
    garden = Wild(tmp_path_factory.mktemp("wild"), packages)
    with garden.open() as ws:
        refs = {name: grown(ws, f"{MARK} {text}", n) for n, (name, text) in enumerate(HOSTILE.items())}
    return garden, refs


@pytest.fixture
def wild(ground: tuple[Garden, dict[str, str]], tmp_path: Path) -> tuple[Kijker, dict[str, str]]:
    """A copy of that folder for this test, with the app on it."""
    garden, refs = ground
    copied = Wild(tmp_path, garden.packages)
    shutil.copytree(garden.path, copied.path)
    return Kijker(copied), refs


# -- what has to hold on every screen


def harmless(app: KwartierApp, where: str) -> str:
    """What is on the screen; nothing in it acts on the terminal or is a link that does something."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            for sign in segment.text:
                acts = (
                    sign < " "
                    or "\x7f" <= sign <= "\x9f"
                    or "\u202a" <= sign <= "\u202e"
                    or "\ud800" <= sign <= "\udfff"
                )
                assert not acts, f"{where}: {sign!r} in {segment.text!r}"
            assert not (segment.style and segment.style.meta.get("@click")), f"{where}: {segment.text!r} can be clicked"
    assert app.is_running and app._exception is None, where
    return text_of(app)


def as_typed(text: str) -> str:
    """What is to be seen of a text, as far as it can stand on one line."""
    return clean(f"{MARK} {text}").splitlines()[0].replace("\t", " ")[:14].strip()


def seen(told: str, text: str) -> bool:
    """Whether a text is below the heading, perhaps cut or wrapped."""
    body = "\n".join(told.splitlines()[1:])
    if len(text) > 1000:  # its begin may be out of sight
        return text[10:21].strip() in body
    words = as_typed(text).split(" ")
    return as_typed(text) in body or (MARK in body and all(word[:8] in body for word in words))


SKIPPED = ("back", "demo", "to_consensus", "open", "look_again", "next_item", "previous_item", "turn", "clock", "order")
"""Actions that lead elsewhere, or show nothing but what is there."""

AROUND = ("app", "measurement")
"""Scopes with tests of their own, whose actions are the same in every pane."""

THOROUGH = ("markup", "controls")
"""The texts with which all that can be done is done; with the others a pane is only looked at, with its help."""


async def opens_all(app: KwartierApp, pilot: Pilot[int], where: str) -> None:
    """Does all that can be done on this screen, and leaves every dialog again."""
    here = app.screen
    todo = [one.action.id for one in available(here) if one.action.id not in SKIPPED and one.action.scope not in AROUND]
    for action in todo:
        found = next((one for one in available(app.screen) if one.action.id == action), None)
        if found is None:
            continue  # it cannot be done any more, after another one
        await app.run_action(action, found.node)
        await pilot.pause()
        harmless(app, f"{where}, {action}")
        for _ in range(6):
            if app.screen is here:
                break
            await pilot.press("escape")
            await settled(app, pilot)
            if app.screen is not here and type(app.screen).__name__ == "Confirm":
                await pilot.press("j")
                await settled(app, pilot)
        assert app.screen is here, f"{where}: {action} stays open: {app.screen}"


def stored(garden: Garden, ref: str, step: str) -> str:
    """What stands in the files of a step."""
    return "".join(str(garden.tree(path)) for path in sorted(garden.folder(ref).glob(f"{step}*.toml")))


async def settled(app: KwartierApp, pilot: Pilot[int]) -> None:
    """Waits until what was asked for is done and drawn."""
    await pilot.pause()
    await pilot.pause()


# -- tests


def test_the_sample_has_a_step_of_every_form(ground: tuple[Garden, dict[str, str]]) -> None:
    garden, refs = ground
    with garden.open() as ws:
        steps = ws.desk(next(iter(refs.values()))).content.step
    assert {str(one.__struct_config__.tag) for one in steps} == set(PANES)


def test_the_texts_came_in(ground: tuple[Garden, dict[str, str]]) -> None:
    """Else the tests below would show nothing."""
    garden, refs = ground
    for name, ref in refs.items():
        told = clean("".join(str(garden.tree(path)) for path in sorted(garden.folder(ref).glob("*.toml"))))
        assert told.count(MARK) > (10 if name != "controls" else 0), name


@pytest.mark.parametrize("form", PANES)
async def test_every_pane(wild: tuple[Kijker, dict[str, str]], form: str) -> None:
    kijker, refs = wild
    async with kijker.app(SMALL) as (app, pilot):
        for name, ref in refs.items():
            where = f"{form} of {name}"
            app.sits_down(ref, "a1")
            with kijker.garden.open() as ws:
                step = next(one.id for one in ws.desk(ref).content.step if one.__struct_config__.tag == form)
            await app.open_measurement(ref, step)
            await until(lambda: isinstance(app.screen, MeasurementScreen) and app.screen.pane is not None, pilot)
            screen = app.screen
            assert isinstance(screen, MeasurementScreen) and screen.pane is not None
            pane = screen.pane
            await until(lambda pane=pane: not isinstance(pane, ReportPane) or pane.is_ready, pilot)  # type: ignore[misc]
            await settled(app, pilot)
            told = harmless(app, where)
            if form == "report":  # its first page names the organisation and no more
                assert MARK in told.partition("\n")[2], where
            elif MARK in stored(kijker.garden, ref, step):
                assert seen(told, HOSTILE[name]), f"{where}\n{told}"
            if name in THOROUGH:
                await opens_all(app, pilot, where)
                await pilot.press("f1")
                await until(lambda: isinstance(app.screen, HelpScreen), pilot)
                harmless(app, f"{where}, help")
                await pilot.press("escape")
                await until(lambda screen=screen: app.screen is screen, pilot)  # type: ignore[misc]
            app.clear_notifications()
            screen.dismiss()
            await until(lambda screen=screen: app.screen is not screen, pilot)  # type: ignore[misc]


@pytest.mark.parametrize("name", HOSTILE)
async def test_every_screen_around_the_panes(wild: tuple[Kijker, dict[str, str]], name: str) -> None:
    kijker, refs = wild
    ref = refs[name]
    slug = ref.split("/")[0]
    with kijker.garden.open() as ws, suppress(KwartierError):
        ws.start("tuin", slug, day=DAY.replace(day=23), people=(Assessor(ANNA), Assessor(BOB)), follows=ref)
    async with kijker.app(SMALL) as (app, pilot):
        await until(lambda: MARK in text_of(app) and "nagekeken" not in text_of(app), pilot)
        harmless(app, "start")
        await opens_all(app, pilot, "start")
        await pilot.press("a")
        await settled(app, pilot)
        harmless(app, "agenda")
        await pilot.press("ctrl+p")
        await until(lambda: isinstance(app.screen, Palette), pilot)
        await pilot.press(*MARK.lower())
        await until(lambda: f"Ga naar {MARK}" in text_of(app), pilot)
        harmless(app, "palette")
        await pilot.press("escape")
        workspace = await app.workspace()
        await app.push_screen(OrganisationScreen(workspace, slug))
        await until(lambda: "metingen" in text_of(app), pilot)
        told = harmless(app, "organisation")
        if name != "controls":
            assert seen("\n" + told, HOSTILE[name]), told
        await opens_all(app, pilot, "organisation")
        await app.push_screen(PeopleOfScreen(workspace, slug))
        await until(lambda: "a1" in text_of(app), pilot)
        harmless(app, "people")
        await opens_all(app, pilot, "people")
        while isinstance(app.screen, ModalScreen | PeopleOfScreen):
            await pilot.press("escape")
            await settled(app, pilot)
        await app.open_measurement(ref, "scoren")
        await until(lambda: "Wie zit er achter" in text_of(app), pilot)
        harmless(app, "who")
        app.tell(f"{MARK} {HOSTILE[name]}"[:200], title=HOSTILE[name][:30])
        await until(lambda: app.screen.query("Toast"), pilot)
        harmless(app, "message")
