"""Whether everything that is drawn can be read: the contrast of every pair of colours, per theme, as really drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.segment import Segment
from tests.tui.conftest import Kijker, until
from textual.app import ComposeResult
from textual.color import Color
from textual.command import CommandInput, CommandList
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import (
    Button,
    Checkbox,
    DataTable,
    Footer,
    Input,
    OptionList,
    RadioButton,
    RadioSet,
    Select,
    Static,
    TextArea,
)
from textual.widgets.option_list import Option
from textual.widgets.text_area import Selection

from kwartier.errors import Refused
from kwartier.tui import themes
from kwartier.tui.app import KwartierApp
from kwartier.tui.dutch import NOTHING_FOUND
from kwartier.tui.safe import cell, parts
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.widgets.heading import Heading

OWN = ("donker", "licht", "contrast")
TEXT, SIGN = 4.5, 3.0
LINES = range(0x2500, 0x25A0)
"""Box drawing and blocks: lines and bars, looked at apart where they say something."""

STYLES = ("", "$text-muted", "$text-error", "$text-success", "$text-warning", "$text-accent", "$accent", "bold")


class Gallery(Screen[None]):
    """Every widget that the app uses, in every state that can be had at once."""

    CSS = "Gallery VerticalScroll > * { height: auto; } Gallery TextArea { height: 4; }"

    def compose(self) -> ComposeResult:
        yield Heading()
        with VerticalScroll(can_focus=False):
            for style in STYLES:
                yield Static(parts((f"Tekst {style}", style)), classes="surface")
            yield OptionList(
                Option(parts(*((f"keuze {style} ", style) for style in STYLES)), id="first"),
                Option("uit", disabled=True),
            )
            for variant in ("default", "primary", "success", "warning", "error"):
                yield Button(f"Knop {variant}", variant=variant)
            yield Button("Knop uit", disabled=True)
            yield Button("Knop uit", variant="primary", disabled=True)
            yield Input(placeholder="nog leeg", id="empty")
            yield Input("gevuld", id="full")
            yield Input("uit", disabled=True)
            yield TextArea("een tekst om te kiezen", id="area", theme="css")
            yield TextArea(placeholder="nog leeg", id="blank", theme="css")
            yield Checkbox("aan", True)
            yield Checkbox("uit")
            with RadioSet():
                yield RadioButton("een", True)
                yield RadioButton("twee")
            yield Select([("een", 1), ("twee", 2)], prompt="Kies")
            table: DataTable[object] = DataTable(cursor_type="row")
            yield table
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Heading).draw(["hier", "en daar"], "Anna", "3 van 12", "✓ bewaard")
        table = self.query_one(DataTable)
        table.add_column("kop")
        table.add_row(cell("rij een"))
        table.add_row(cell("rij twee"))
        self.query_one("#area", TextArea).selection = Selection((0, 0), (0, 9))
        self.query_one(OptionList).highlighted = 0


def drawn(app: KwartierApp, within: Region | None = None) -> Iterator[Segment]:
    """Every piece of text on the screen, or in a part of it, with its style."""
    part = within or app.screen.region
    for strip in app.screen._compositor.render_strips()[part.y : part.bottom]:
        yield from strip.crop(part.x, part.right)


def unreadable(app: KwartierApp, within: Region | None = None) -> list[str]:
    """What on the screen, or in a part of it, has too little contrast, and how much."""
    found = []
    for segment in drawn(app, within):
        letters = [one for one in segment.text if not one.isspace() and ord(one) not in LINES]
        if not letters or segment.style is None:
            continue
        style = segment.style
        front, back = style.color, style.bgcolor
        assert front is not None and back is not None, segment
        colours = [Color.from_rich_color(front), Color.from_rich_color(back)]
        if style.dim:
            colours[0] = colours[0].blend(colours[1], 0.5)
        need = TEXT if any(one.isalnum() for one in letters) else SIGN
        if (ratio := contrast(*colours)) < need:
            found.append(f"{segment.text.strip()!r}: {colours[0].hex} on {colours[1].hex} is {ratio:.2f}")
    return found


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG."""

    def luminance(colour: Color) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color(119, 119, 119), Color(255, 255, 255)) == pytest.approx(4.48, abs=0.01)


async def opened(app: KwartierApp, pilot: Pilot[int], theme: str) -> None:
    app.theme = theme
    await pilot.pause()


@pytest.mark.parametrize("theme", OWN)
async def test_every_widget_can_be_read_with_and_without_the_focus(kijker: Kijker, theme: str) -> None:
    async with kijker.app((90, 110)) as (app, pilot):
        await opened(app, pilot, theme)
        await app.push_screen(Gallery())
        await pilot.pause()
        app.screen.set_focus(None)
        await pilot.pause()
        wrong = unreadable(app)
        seen = "".join(segment.text for segment in drawn(app))
        assert "rij twee" in seen and "Knop error" in seen  # all of it is on the screen
        for widget in app.screen.focus_chain:
            widget.focus()
            await pilot.pause()
            wrong += unreadable(app)
            edge = widget.styles.border_top
            if edge[0] not in ("", "none", "hidden", "blank") and not isinstance(widget, Button):
                around = widget.parent.background_colors[1]  # type: ignore[union-attr]
                if contrast(around + Color.parse(edge[1]), around) < SIGN:
                    wrong.append(f"border of {widget}")
        assert not sorted(set(wrong))


@pytest.mark.parametrize("theme", OWN)
async def test_messages_can_be_read(kijker: Kijker, theme: str) -> None:
    async with kijker.app((100, 40)) as (app, pilot):
        await opened(app, pilot, theme)
        await app.push_screen(Gallery())
        app.tell("gelukt", title="Klaar")
        app.tell("pas op", title="Let op", warning=True)
        app.refuse(Refused("x", "geweigerd", place="a/b", advice="Doe iets anders."))
        app.notify("fout", title="Fout", severity="error")
        await pilot.pause()
        assert "geweigerd" in "".join(segment.text for segment in drawn(app))
        assert not unreadable(app)


@pytest.mark.parametrize("theme", OWN)
async def test_the_screens_around_the_work_can_be_read(kijker: Kijker, theme: str) -> None:
    async with kijker.app((100, 40)) as (app, pilot):
        await opened(app, pilot, theme)
        for action in ("help", "instruments", "settings"):
            await app.run_action(action)
            await pilot.pause()
            assert not unreadable(app), action
            await pilot.press("escape")
        await app.push_screen(Confirm("Zeker?", "Dit kan niet terug."))
        await pilot.pause()
        assert not unreadable(app, app.screen.query_one(".dialog").region)


@pytest.mark.parametrize("theme", OWN)
async def test_the_palette_can_be_read(kijker: Kijker, theme: str) -> None:
    async with kijker.app((100, 40)) as (app, pilot):
        await opened(app, pilot, theme)
        await pilot.press("ctrl+p", *"hulp")
        results = app.screen.query_one(CommandList)
        await until(lambda: results.option_count and results.region, pilot)
        for widget in (app.screen.query_one(CommandInput), results):
            assert not unreadable(app, widget.region)
        await pilot.press(*"xyz")
        await until(lambda: NOTHING_FOUND in "".join(one.text for one in drawn(app, results.region)), pilot)
        assert not unreadable(app, results.region)


def test_there_is_a_theme_for_every_title() -> None:
    assert [theme.name for theme in themes.themes()] == list(themes.TITLES)


@pytest.mark.parametrize(
    ("terminal", "setting", "expected"),
    [
        ("", "", "donker"),
        ("15;0", "", "donker"),
        ("0;15", "", "licht"),
        ("0;default;7", "", "licht"),
        ("0;15", "contrast", "contrast"),
        ("15;0", "paars", "donker"),
    ],
)
async def test_the_setting_decides_and_else_the_terminal(
    kijker: Kijker, own_config: Path, monkeypatch: pytest.MonkeyPatch, terminal: str, setting: str, expected: str
) -> None:
    monkeypatch.setenv("COLORFGBG", terminal)
    own_config.mkdir(exist_ok=True)
    (own_config / "settings.toml").write_text(f'theme = "{setting}"\n', "utf-8")
    async with kijker.app() as (app, _):
        assert app.theme == expected


async def test_no_color_leaves_no_colour(kijker: Kijker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with kijker.app((90, 110)) as (app, pilot):
        await app.push_screen(Gallery())
        await pilot.pause()
        assert app.no_color
        for strip in app.screen._compositor.render_strips():
            for filtered in strip.apply_filter(app._filters[-1], Color(0, 0, 0)):
                for colour in (filtered.style.color, filtered.style.bgcolor) if filtered.style else ():
                    red, green, blue = (colour.triplet or (0, 0, 0)) if colour else (0, 0, 0)
                    assert red == green == blue


async def test_ticks_show_without_colours(kijker: Kijker) -> None:
    async with kijker.app((90, 110)) as (app, pilot):
        await app.push_screen(Gallery())
        await pilot.pause()
        text = "\n".join("".join(s.text for s in strip) for strip in app.screen._compositor.render_strips())
        assert "[✓] aan" in text and "[ ] uit" in text
        assert "(●) een" in text and "( ) twee" in text


async def test_the_colours_of_the_terminal_are_its_own(kijker: Kijker) -> None:
    async with kijker.app((90, 110)) as (app, pilot):
        await opened(app, pilot, "terminal")
        await app.push_screen(Gallery())
        await pilot.pause()
        assert app.native_ansi_color
        kinds = {s.style.bgcolor.type.name for s in drawn(app) if s.style and s.style.bgcolor and s.text.strip()}
        assert kinds <= {"DEFAULT", "STANDARD"}
