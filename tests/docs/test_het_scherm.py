"""What the manual and the page for developers say of the screen is so: keys, chords, names of the code."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import kwartier.tui
from kwartier.tui.actions import ACTIONS, is_chord, shown
from kwartier.tui.keeping import Keeper
from kwartier.tui.screens.clashes import ClashScreen
from kwartier.tui.themes import TITLES
from kwartier.tui.widgets.steps import SIGNS

DOCS = Path(__file__).parents[2] / "docs"
SCREEN = DOCS / "handleiding" / "het-scherm.md"
STEPS = DOCS / "handleiding" / "een-meting-op-het-scherm.md"
DEVELOPERS = DOCS / "developers" / "screen.md"

OF_TEXTS = {"ctrl+c", "ctrl+x", "ctrl+v"}
"""Chords that every text has by itself."""


def spans(page: Path) -> set[str]:
    """What stands between backquotes on a page, outside blocks."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return set(re.findall(r"`([^`\n]+)`", text))


def chords() -> set[str]:
    """All chords of the app and its keys F1 and so on, as users read them."""
    return {shown(key) for one in ACTIONS for key in one.keys.split(",") if key and is_chord(key)}


def as_read(key: str) -> str:
    """A key as a page writes it: F8 where the table has f8."""
    return key.upper() if re.fullmatch(r"f\d+", key) else key


@pytest.mark.parametrize("page", [SCREEN, STEPS], ids=lambda page: page.stem)
def test_a_page_names_no_chord_that_does_not_exist(page: Path) -> None:
    named = {one for one in spans(page) if re.fullmatch(r"ctrl\+\S+|F\d+", one)}
    assert named, "the page names no chord at all"
    assert named - {as_read(one) for one in chords()} - OF_TEXTS == set()


def test_the_page_of_the_screen_names_every_chord() -> None:
    assert {as_read(one) for one in chords()} - spans(SCREEN) == set()


def sections(page: Path) -> dict[str, set[str]]:
    """The keys that the tables under each heading name in their first column."""
    found: dict[str, set[str]] = {}
    heading = ""
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:]
        elif line.startswith("| `"):
            found.setdefault(heading, set()).update(re.findall(r"`([^`]+)`", line.split(" | ")[0]))
    return found


SCOPES = {
    "Lijsten": {"rows"},
    "Bewijs en bronnen": {"evidence", "rows"},
    "Interview": {"interview", "questions", "measurement"},
    "Zelf scoren": {"score"},
    "Consensus": {"consensus"},
    "Oordeel": {"verdict", "rows"},
    "Conclusies, feitencontrole en verslag": {"report"},
}
OF_LISTS = {"enter", "↓", "1", "5"}
"""Keys of every list, and of the scale."""


def test_the_table_of_a_step_names_its_own_keys() -> None:
    told = sections(STEPS)
    assert set(told) == set(SCOPES)
    for heading, keys in told.items():
        own = {shown(key) for one in ACTIONS if one.scope in SCOPES[heading] for key in one.keys.split(",") if key}
        assert keys - own - OF_LISTS == set(), heading


@pytest.mark.parametrize(
    "heading", ["Bewijs en bronnen", "Zelf scoren", "Consensus", "Oordeel", "Conclusies, feitencontrole en verslag"]
)
def test_the_table_of_a_step_leaves_no_letter_out(heading: str) -> None:
    letters = {
        one.keys.split(",")[0]
        for one in ACTIONS
        if one.scope in SCOPES[heading] and re.fullmatch(r"\w", one.keys.split(",")[0])
    }
    text = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", STEPS.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert text is not None
    of_the_section = set(re.findall(r"`([^`\n]+)`", text[1]))
    # Going on to the consensus and the next place that was found are told in the footer where they apply.
    assert letters - of_the_section - {"c", "n"} == set()


def test_the_words_of_the_screen_are_those_of_the_app() -> None:
    text = SCREEN.read_text(encoding="utf-8")
    source = Path(import_module(Keeper.__module__).__file__ or "").read_text(encoding="utf-8")
    states = re.findall(r'return "((?:[✓…!] |alleen )[^"]+)"', source)
    assert len(states) == 5
    assert [one for one in states if f"`{one}`" not in text] == []
    assert [one for one in set(SIGNS.values()) if f"`{one}`" not in text] == []
    assert [one for one in TITLES.values() if one.split(":")[0].removeprefix("de ") not in text] == []
    clash = Path(import_module(ClashScreen.__module__).__file__ or "").read_text(encoding="utf-8")
    for button in re.findall(r"\*((?:Die van|Allebei)[^*]+)\*", text):
        assert f'Button("{button}"' in clash


def code_of_the_screen() -> dict[str, object]:
    """All names of the modules of the screen, and of the modules that the page for developers names."""
    found: dict[str, object] = {}
    for one in pkgutil.walk_packages(kwartier.tui.__path__, "kwartier.tui."):
        found |= vars(import_module(one.name))
    for path in [one for one in spans(DEVELOPERS) if re.fullmatch(r"kwartier(\.\w+)+", one)]:
        named = pkgutil.resolve_name(path)
        found |= vars(named) if isinstance(named, ModuleType) else {named.__name__: named}
    return found


def test_every_name_on_the_page_for_developers_exists() -> None:
    known = code_of_the_screen()
    wrong = []
    for one in spans(DEVELOPERS):
        owner, _, member = one.partition(".")
        if re.fullmatch(r"kwartier(\.\w+)+", one) or not re.fullmatch(r"[A-Z]\w+(\.\w+)?", one):
            continue  # whole paths were resolved above
        if owner not in known or (member and not hasattr(known[owner], member)):
            wrong.append(one)
    assert wrong == []
    functions = {"shown", "line", "parts", "cell", "begin"}
    assert functions <= spans(DEVELOPERS) and functions <= set(known)
