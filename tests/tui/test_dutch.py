"""Whether a user meets a word of English: Textual's own texts, drawn and read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from tests.tui.conftest import Kijker, text_of, until
from textual.app import ComposeResult
from textual.binding import Binding
from textual.command import CommandList
from textual.dom import DOMNode
from textual.screen import Screen
from textual.validation import URL, Function, Integer, Length, Number, Regex, Validator
from textual.widgets import Footer, Input, LoadingIndicator, Select, TextArea

from kwartier.tui import dutch
from kwartier.tui.dutch import NOTHING_FOUND, PALETTE_PLACEHOLDER

ENGLISH = re.compile(
    r"\b(select|loading|search|commands?|matches|found|dismiss|menu|exit|quit|press|app|theme|keys?|screenshot|maximize|"
    r"minimize|show|hide|help|the|this|must|valid|number|between|copy|paste|undo|redo|palette)\b",
    re.IGNORECASE,
)


class Widgets(Screen[None]):
    """Widgets of Textual that show a text of their own."""

    def compose(self) -> ComposeResult:
        yield Select([("een", 1), ("twee", 2)], id="select")
        yield Select.from_values(["drie"])
        yield Input()
        yield TextArea()
        yield LoadingIndicator()
        yield Footer()


def classes(kind: type[DOMNode]) -> Iterator[type[DOMNode]]:
    yield kind
    for one in kind.__subclasses__():
        yield from classes(one)


async def test_widgets_say_nothing_in_english(kijker: Kijker) -> None:
    async with kijker.app() as (app, pilot):
        app.animation_level = "none"
        await app.push_screen(Widgets())
        await pilot.pause()
        assert text_of(app).count("Kies") == 2 and dutch.BUSY in text_of(app)
        assert not ENGLISH.search(text_of(app))
        app.screen.query_one("#select").focus()
        await pilot.press("enter")
        await pilot.pause()
        assert "lijst sluiten" in text_of(app)
        assert not ENGLISH.search(text_of(app))


async def test_the_palette_says_nothing_in_english(kijker: Kijker) -> None:
    async with kijker.app() as (app, pilot):
        await pilot.press("ctrl+p")
        options = app.screen.query_one(CommandList)
        await until(lambda: options.option_count, pilot)
        assert PALETTE_PLACEHOLDER in text_of(app)
        titles = " ".join(str(option.prompt) for option in options.options)
        assert not ENGLISH.search(titles.replace("ctrl+p", ""))
        await pilot.press(*"xyzzy")
        await until(lambda: NOTHING_FOUND in text_of(app), pilot)
        assert not ENGLISH.search(text_of(app).replace("ctrl+p", ""))


async def test_ctrl_c_tells_in_dutch_how_to_stop(kijker: Kijker) -> None:
    async with kijker.app() as (app, pilot):
        app.screen.set_focus(None)
        app.action_help_quit()
        await until(lambda: "ctrl+q" in text_of(app), pilot)
        assert "sluit u kwartier af" in text_of(app).replace("\n", " ")


@pytest.mark.parametrize(
    ("validator", "value", "told"),
    [
        (Number(), "x", "Vul een getal in."),
        (Integer(1, 5), "9", "Vul 1 tot en met 5 in."),
        (Integer(minimum=1), "0", "Vul minstens 1 in."),
        (Integer(maximum=5), "9", "Vul hoogstens 5 in."),
        (Length(2, 3), "", "Gebruik 2 tot en met 3 tekens."),
        (Length(minimum=2), "", "Gebruik minstens 2 tekens."),
        (Length(maximum=2), "abc", "Gebruik hoogstens 2 tekens."),
        (Regex("a+"), "b", dutch.UNFIT),
        (URL(), "b", "Vul een webadres in."),
        (Function(lambda text: False, "Kies een dag."), "b", "Kies een dag."),
    ],
)
def test_validators_tell_in_dutch(validator: Validator, value: str, told: str) -> None:
    assert validator.validate(value).failure_descriptions == [told]


def test_keys_that_a_footer_shows_have_a_dutch_name() -> None:
    shown = [
        (kind.__name__, one.description, one.tooltip)
        for kind in classes(DOMNode)
        # Nothing of kwartier draws links of Textual.
        if kind._merged_bindings and kind.__name__ != "Link" and not kind.__module__.startswith("tests")
        for bound in kind._merged_bindings.key_to_bindings.values()
        for one in bound
        if isinstance(one, Binding) and one.show
    ]
    assert any(description == "lijst sluiten" for _, description, _ in shown)
    assert not [one for one in shown if ENGLISH.search(f"{one[1]} {one[2]}")]


def test_putting_it_twice_changes_nothing() -> None:
    before = (LoadingIndicator.render, Number.describe_failure)
    dutch.put()
    assert (LoadingIndicator.render, Number.describe_failure) == before
