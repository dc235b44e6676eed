"""The HTML writer: every sentence is in it, nothing in it does anything, and a real browser finds it accessible."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.reports import chromium
from tests.reports.everything import HOSTILE, everything, sentences

from kwartier.reports.document import Bullets, Callout, Chart, ChartRow, Document, Heading, Paragraph, Table
from kwartier.reports.html import write
from kwartier.workspace.writing import writer

VOID = {"meta", "br", "rect", "line", "circle", "polygon", "path"}
OURS = {
    *("html", "head", "meta", "title", "style", "body", "a", "header", "h1", "h2", "h3", "h4", "h5", "p", "span"),
    *("strong", "time", "nav", "ul", "ol", "li", "main", "div", "br", "table", "caption", "thead", "tbody", "tr", "th"),
    *("td", "figure", "figcaption", "details", "summary", "footer"),
    *("svg", "desc", "rect", "line", "circle", "polygon", "path", "text", "g"),
}
"""Every element that may stand in a page; none of them runs or loads anything."""
COLOURS = ("color-contrast", "scrollable-region-focusable")
"""The rules that depend on colour and width; the others are tried once for each."""
ADDRESSED = {"href", "src", "srcset", "action", "formaction", "data", "background", "poster", "xlink:href", "ping"}


class Page(HTMLParser):
    """What a browser would make of a page: its elements with their attributes, and its text."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.comments: list[str] = []
        self.style = ""
        self._open: list[str] = []
        self.feed(data.decode())
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len({name for name, _ in attrs})
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "style":
            self.style += data
        else:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def all(self, *tags: str) -> list[dict[str, str]]:
        """The attributes of every element of these kinds."""
        return [attrs for tag, attrs in self.elements if tag in tags]


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _document(*blocks: Any, **settings: Any) -> Document:
    return Document(title="Titel", subject="Onderwerp", date=date(2026, 11, 22), blocks=blocks, **settings)


def _shown(*blocks: Any, **settings: Any) -> str:
    return write(_document(*blocks, **settings)).decode()


# -- what is in it


def test_it_is_found_by_its_entry_point() -> None:
    found = writer("html")
    assert (found.extension, found.takes_template, found.is_text) == (".html", False, False)
    assert found.write(_document(Paragraph("Zin."))) == write(_document(Paragraph("Zin.")))


def test_every_sentence_is_found_back() -> None:
    text = _squeezed("".join(Page(write(everything())).texts))
    assert [one for one in sentences(everything()) if _squeezed(one) not in text] == []


def test_title_subject_date_note_and_status_are_on_it() -> None:
    page = Page(write(everything()))
    text = "".join(page.texts)
    for told in (everything().title, everything().page_note, everything().status, "22 november 2026"):
        assert told in text
    assert page.all("html")[0] == {"lang": "nl-NL"}
    assert page.all("time") == [{"datetime": "2026-11-22"}]


def test_lines_blanks_emoji_and_letters_from_right_to_left_stay() -> None:
    shown = _shown(Paragraph("een  twee\n\tdrie\n\n\nvier 👩🏽\u200d👧 שלום"), Bullets(("a\nb",)))
    assert '<p dir="auto">een  twee<br>\tdrie</p>' in shown
    assert '<p dir="auto">vier 👩🏽\u200d👧 שלום</p>' in shown
    assert '<li dir="auto">a<br>b</li>' in shown


def test_headings_are_one_level_lower_and_are_the_contents() -> None:
    blocks = (Heading(1, "Eén"), Heading(2, "Onder één"), Heading(3, "Dieper"), Heading(1, "Twee"))
    page = Page(write(_document(*blocks)))
    marks = {attrs["id"]: tag for tag, attrs in page.elements if tag in ("h2", "h3", "h4") and attrs["id"] != "inhoud"}
    assert list(marks.values()) == ["h2", "h3", "h4", "h2"]
    told = [attrs["href"][1:] for attrs in page.all("a") if "class" not in attrs]
    assert [marks[mark] for mark in told] == ["h2", "h3", "h2"]
    assert Page(write(_document(*blocks, contents=False))).all("nav") == []


def test_every_mark_is_there_once_and_every_reference_finds_one() -> None:
    chart = next(one for one in everything().blocks if isinstance(one, Chart))
    document = msgspec.structs.replace(everything(), blocks=(*everything().blocks, chart, chart))
    page = Page(write(document))
    marks = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(marks) == len(set(marks))
    asked = {attrs["href"][1:] for attrs in page.all("a")}
    asked |= {mark for _, attrs in page.elements for mark in attrs.get("aria-labelledby", "").split()}
    assert asked <= set(marks)


def test_a_table_has_a_caption_headers_and_can_be_reached_by_keyboard() -> None:
    table = Table(
        "Bijschrift",
        ("Item", "Score", ""),
        (("1. Eerste", "3", "x"), ("2. Ervaringsdeskundigheid", "", "")),
        ("left", "right", "left"),
    )
    shown = _shown(table)
    assert '<caption id="b1" dir="auto">Bijschrift</caption>' in shown
    assert (
        '<th scope="col" dir="auto">Item</th><th scope="col" class="right" dir="auto">Score</th><td dir="auto"></td>'
        in shown
    )
    assert '<th scope="row" dir="auto">1. Eerste</th><td class="right" dir="auto">3</td>' in shown
    assert 'role="group" tabindex="0" aria-labelledby="b1"' in shown


def test_a_small_table_is_no_stop_of_the_keyboard() -> None:
    assert "tabindex" not in _shown(Table("T", ("Score", "Wat"), (("1", "Nog niets."),))).split("<main", 1)[1][30:]


def test_a_first_cell_that_is_empty_or_a_story_is_no_header() -> None:
    for first in ("", "Een heel verhaal. " * 20):
        assert 'scope="row"' not in _shown(Table("T", ("A", "B"), ((first, "x"), ("kort", "y"))))


def test_a_chart_is_drawn_and_told_as_a_table_where_there_is_none_beside_it() -> None:
    row = ChartRow(label="Rij", values=(Decimal("1.5"),), told="1,5")
    chart = Chart(kind="bars", caption="Beeld", alt="Wat er te zien is.", rows=(row,), series=("nu",), high=Decimal(3))
    shown = _shown(chart)
    assert shown.count("<svg ") == 2  # for a page and for a telephone
    assert shown.count("<desc") == 2
    assert "<table" in shown
    assert "<table" not in _shown(msgspec.structs.replace(chart, table=True))


def test_a_callout_is_a_note_with_its_label() -> None:
    assert '<div class="note warning" role="note" aria-label="Let op">' in _shown(Callout("warning", "Pas op."))


def test_empty_blocks_leave_nothing_behind() -> None:
    page = Page(write(_document(Paragraph(" \n "), Heading(1, "\n"), Bullets(()))))
    assert page.all("h2", "p", "ul", "li")[1:] == []  # the subject is the only paragraph


# -- what it does: nothing


def test_nothing_in_it_runs_or_loads() -> None:
    page = Page(write(everything()))
    assert {tag for tag, _ in page.elements} <= OURS
    names = {name for _, attrs in page.elements for name in attrs}
    assert not {name for name in names if name.startswith("on")}
    assert not names & (ADDRESSED - {"href"} | {"style"})
    assert {tag for tag, attrs in page.elements if "href" in attrs} == {"a"}
    assert all(re.fullmatch(r"#[a-z0-9]+", attrs["href"]) for attrs in page.all("a"))
    assert page.comments == []
    assert "url(" not in page.style
    assert "@import" not in page.style


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_adds_no_element_anywhere(text: str) -> None:
    def made(told: str) -> list[tuple[str, list[str]]]:
        row = ChartRow(label=told, values=(Decimal(1),), told=told)
        chart = Chart(kind="bars", caption=told, alt=told, rows=(row,), series=(told,), table=True)
        blocks = (
            Heading(1, told),
            Callout("note", told),
            Table(told, ("a" * 20, told, "b" * 20), (("a", told, ""),)),
            chart,
        )
        page = Page(write(Document(told, told, date(2026, 1, 1), "nl-NL", blocks, page_note=told, status=told)))
        counted = [(tag, sorted(attrs)) for tag, attrs in page.elements if tag not in ("br", "text", "p")]
        return [(tag, [name for name in names if name != "class"]) for tag, names in counted]

    assert made(text) == made("x" * len(text))


def test_the_policy_allows_its_own_style_and_nothing_else() -> None:
    policy = next(one["content"] for one in Page(write(everything())).all("meta") if "http-equiv" in one)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_the_same_document_gives_the_same_bytes() -> None:
    code = (
        "import sys; from tests.reports.everything import everything; from kwartier.reports.html import write;"
        "sys.stdout.buffer.write(write(everything()))"
    )
    root = Path(__file__).parents[2]
    again = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True, timeout=60)
    assert again.stdout == write(everything())


def test_jinja_is_loaded_when_something_is_written() -> None:
    code = "import sys; from kwartier.workspace.writing import writer; writer('html'); print('jinja2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60, text=True)
    assert done.stdout.strip() == "False"


# -- in a browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[chromium.Browser]:
    if chromium.program() is None:
        pytest.skip("chromium is not installed")
    with chromium.started(tmp_path_factory.mktemp("chromium")) as running:
        yield running


def _axe() -> str:
    found = find_spec("axe_core_python")
    assert found
    assert found.origin
    return Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8")


def _wrong(browser: chromium.Browser, *rules: str) -> list[str]:
    """What axe has against the page that is open, by all its rules or by these."""
    browser.run(_axe() + ";0")
    settings = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    told = "found.violations.map(one => one.id + ': ' + one.nodes[0].html.slice(0, 200))"
    found: list[str] = browser.run(f"axe.run(document, {json.dumps(settings)}).then(found => {told})")
    return found


def test_a_browser_finds_it_accessible_asks_for_nothing_and_prints_it(
    browser: chromium.Browser, tmp_path: Path
) -> None:
    """All in one, for the time that a browser takes: light and dark, on a telephone and on a desk, and on paper."""
    page = tmp_path / "verslag.html"
    page.write_bytes(write(everything()))
    for width, dark, rules in ((320, False, ()), (1280, True, ()), (320, True, COLOURS), (1280, False, COLOURS)):
        browser.open(page, width=width, dark=dark)
        assert browser.run("document.documentElement.scrollWidth") <= width
        paper = browser.run("getComputedStyle(document.documentElement).backgroundColor")
        assert (paper == "rgb(255, 255, 255)") is not dark
        assert (width, dark, _wrong(browser, *rules)) == (width, dark, [])
        assert browser.asked == [page.as_uri()]
    assert browser.printed().startswith(b"%PDF-")
    page.write_bytes(page.read_bytes().replace(b' lang="nl-NL"', b""))
    browser.open(page)
    assert _wrong(browser, "html-has-lang") == ["html-has-lang: <html>"]  # axe looks
