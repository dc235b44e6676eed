"""Whether text of files and users reaches widgets only as safe content: in the source, and on the screen."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import ROOT
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen

from kwartier.errors import Refused
from kwartier.text import clean
from kwartier.tui.app import KwartierApp
from kwartier.tui.safe import cell, line, parts, shown
from kwartier.tui.screens.dialogs import Ask, Choose, Confirm, TextDialog
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.steps import StepList
from kwartier.workflow.state import Status, StepState

TUI = ROOT / "src" / "kwartier" / "tui"

# -- in the source

SAFE = {"shown", "line", "parts", "cell"}
"""What makes a text safe; and what only passes on what it got from those."""

SHOWING = {
    # the name of what is called: how many of its first arguments are shown
    "Static": 1,
    "Label": 1,
    "Button": 1,
    "Option": 1,
    "Checkbox": 1,
    "RadioButton": 1,
    "Collapsible": 0,
    "TabPane": 1,
    "Digits": 1,
    "Markdown": 1,
    "notify": 1,
    "add_column": 1,
    "replace_option_prompt": 0,
    "from_markup": 1,
    "from_text": 1,
    "render_str": 1,
    "set_loading_text": 1,
}
NAMED = {"title", "label", "prompt", "tooltip", "subtitle"}
"""Arguments by name that such a call shows."""

TITLES = {"border_title", "border_subtitle", "tooltip", "sub_title", "label"}
"""Attributes of a widget that are read as markup."""

NOTIFIES = "app.py"
"""Only the app notifies, cleaned and without markup; all else goes through `tell` and `refuse`."""


def dangerous(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Places where a text that does not stand in the source may reach a widget as a plain `str`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = called(node)
            count = SHOWING.get(name, 0)
            values = [*node.args[:count], *(one.value for one in node.keywords if count and one.arg in NAMED)]
            if name == "update" and isinstance(node.func, ast.Attribute):
                values = node.args[:1]
            for value in values:
                if is_plain(value):
                    yield value.lineno, f"{name}({ast.unparse(value)})"
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in TITLES and is_plain(node.value):
                    yield node.lineno, f"{ast.unparse(target)} = {ast.unparse(node.value)}"


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def is_plain(value: ast.expr) -> bool:
    """Whether this is seen to be a `str` made of something else than literals: an f-string, a sum, str(), a join."""
    if isinstance(value, ast.JoinedStr):
        return any(isinstance(one, ast.FormattedValue) for one in value.values)
    if isinstance(value, ast.BinOp):
        return is_plain(value.left) or is_plain(value.right)
    if isinstance(value, ast.IfExp):
        return is_plain(value.body) or is_plain(value.orelse)
    if isinstance(value, ast.BoolOp):
        return any(is_plain(one) for one in value.values)
    if isinstance(value, ast.Attribute):
        return value.attr in TEXTS
    if isinstance(value, ast.Call) and not makes_content(value.func):
        return called(value) in ("str", "join", "format", "clean", "one_line", "strip", "name", "repr")
    return False


def makes_content(function: ast.expr) -> bool:
    """Whether this is `Content(...).join` or the like."""
    made = function.value if isinstance(function, ast.Attribute) else None
    return isinstance(made, ast.Call) and called(made) in {*SAFE, "Content"}


TEXTS = {
    *("title", "name", "text", "message", "place", "advice", "statement", "short", "summary", "detail", "label"),
    *("reason", "guidance", "many", "one", "word", "plain", "organisation", "note", "description", "help"),
}
"""Attributes that hold a text of a file, an instrument or a user."""


def sources() -> list[Path]:
    return sorted(path for path in TUI.rglob("*.py"))


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(TUI).as_posix())
def test_no_text_reaches_a_widget_as_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    found = list(dangerous(tree))
    if path.name != NOTIFIES:
        found += [(one.lineno, "notify") for one in calls(tree) if called(one) == "notify"]
    else:
        for one in calls(tree):
            if called(one) == "notify":
                words = {word.arg: word.value for word in one.keywords}
                assert isinstance(words["markup"], ast.Constant) and words["markup"].value is False
        found = [one for one in found if "clean(" not in one[1] and "join(told)" not in one[1]]
    assert not found


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


@pytest.mark.parametrize(
    "source",
    [
        "Static(f'{name}')",
        "Static(item.title)",
        "Label('a' + item.text)",
        "Button(str(x))",
        "widget.update('\\n'.join(rows))",
        "widget.update(error.message if error else '')",
        "Option(clean(name))",
        "box.border_title = f'Item {number}'",
        "Checkbox(label=task.title)",
    ],
)
def test_the_lint_sees_what_is_dangerous(source: str) -> None:
    assert list(dangerous(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        "Static('vast')",
        "Static(shown(item.title))",
        "widget.update(line(name, 40))",
        "box.border_title = 'Vast'",
        "Button('Ja' if yes else 'Nee')",
        "counts.update(one)",
        "widget.update(Content(' ').join(pieces))",
    ],
)
def test_the_lint_lets_pass_what_is_safe(source: str) -> None:
    assert not list(dangerous(ast.parse(source)))


# -- on the screen

MARKUP = "[/b]"
HOSTILE: dict[str, str] = {
    "closing markup": MARKUP,
    "a click": "[@click=app.quit]x[/]",
    "half markup": "[red",
    "a variable": "$name [$primary] {0} %s",
    "the clipboard": "\x1b]52;c;aGFsbG8=\x07",
    "a screen cleared": "\x1b[2J\x1b[H\x9b2J",
    "emoji": "😀 👩‍👩‍👧 ✌🏽",
    "right to left": "שלום عربي \u202egnp.exe",
    "long": "lang woord " * 1000,
    "one long word": "x" * 10_000,
    "lines": "een\r\ntwee\ttab\x0bdrie\u2028vier",
    "half a letter": "\ud800",
}

hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())


def harmless(app: KwartierApp) -> str:
    """What is on the screen; nothing in it acts on the terminal."""
    text = text_of(app)
    for sign in text:
        assert sign == "\n" or (sign >= " " and not "\x7f" <= sign <= "\x9f"), repr(sign)
        assert not "\u202a" <= sign <= "\u202e" and not "\ud800" <= sign <= "\udfff"
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            assert not (segment.style and segment.style.meta.get("@click"))
    text.encode("utf-8")
    return text


def beginning(text: str) -> str:
    """What has to be seen of it."""
    return clean(text).replace("\n", " ").replace("\t", " ")[:12].strip()


class Everything(Screen[None]):
    """The widgets of kwartier that show a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        yield Heading()
        yield StepList(id="steps")

    def on_mount(self) -> None:
        text = self._text
        self.query_one(Heading).draw([text, text, text], text, text, text)
        state = StepState(id="a", title=text, form="notes", status=Status.OPEN, detail=text)
        self.query_one(StepList).draw([state])
        self.query_one(StepList).point_at("a")


@hostile
async def test_the_heading_and_the_steps(kijker: Kijker, text: str) -> None:
    async with kijker.app((120, 30)) as (app, pilot):
        await app.push_screen(Everything(text))
        await pilot.pause()
        assert beginning(text)[:4] in harmless(app)


DIALOGS: dict[str, Callable[[str], Screen[Any]]] = {
    "confirm": lambda text: Confirm(text, text, yes=text[:20], no=text[:20]),
    "ask": lambda text: Ask(text, text, value=text, ok=text[:20]),
    "ask for lines": lambda text: Ask(text, text, value=text, lines=True),
    "choose": lambda text: Choose(text, [("a", text), ("b", text)], text),
    "read": lambda text: TextDialog(text, parts(text, (text, "bold"), shown(text), line(text))),
}


@hostile
@pytest.mark.parametrize("dialog", DIALOGS.values(), ids=DIALOGS.keys())
async def test_dialogs(kijker: Kijker, dialog: Callable[[str], Screen[Any]], text: str) -> None:
    async with kijker.app((100, 40)) as (app, pilot):
        app.push_screen(dialog(text))
        await pilot.pause()
        assert beginning(text)[:4] in harmless(app)
        await pilot.press("escape")
        assert app.is_running


async def heard(app: KwartierApp, pilot: Pilot[int], text: str) -> None:
    await until(lambda: app.screen.query("Toast"), pilot)
    await pilot.pause()
    assert beginning(text)[:4] in harmless(app)


@hostile
async def test_messages(kijker: Kijker, text: str) -> None:
    async with kijker.app((100, 60)) as (app, pilot):
        app.tell(text[:200], title=text[:30])
        await heard(app, pilot, text)


@hostile
async def test_refusals(kijker: Kijker, text: str) -> None:
    async with kijker.app((100, 60)) as (app, pilot):
        app.refuse(Refused("x", text[:100], place=f"a/{text[:50]}", advice=text[:100]))
        await heard(app, pilot, text)


@hostile
def test_cells_and_parts_hold_no_markup(text: str) -> None:
    for made in (shown(text), line(text, 20_000), parts(text)):
        assert not made.spans
    assert not cell(text).spans
    assert shown(text).plain == clean(text)
