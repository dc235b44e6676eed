"""Every instrument in every variant and format: each sentence is there, what was typed is inert, nothing private is."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace
from tests.reports.everything import sentences
from tests.reports.hostile_records import DAY, Poured, hostile_demo, of
from tests.reports.pdf_made import Made, written

from kwartier.reports.document import Chart, Document
from kwartier.workspace import Workspace
from kwartier.workspace.writing import writer

RECORDS = {
    "mie": "kwadrant/mie/2026-11-24",
    "mie-concept": "kwadrant/mie/2028-11-21",
    "vie": "de-werf/vie/2027-01-07",
    "vie-papier": "pameijer/vie/2012-07-01",
    "plek": "de-haven/praktijkleerplek/inloop-west/2028-10-23",
    "portfolio": "leerhuis-de-kiem/leerplan/s2/2028-03-12",
}
FORMS = {"portfolio": ("tussentijds", "eind")}
PRINTED = ("mie", "vie", "plek", "portfolio")
"""Of these the whole report is made as a PDF too; the others differ in nothing that a PDF has of its own."""

BETWEEN = ("-x", "0", "-y", "58", "-W", "900", "-H", "716")
"""The part of a page between what stands above and below on each, so that sentences run on to the next page."""

HIDDEN = {
    "deelnemers:participant.note",
    "interview:note.text",
    "organisation:note",
    "toelichten:earlier.text",
}
"""What is in no report at all: raw notes, remarks about participants and the organisation, texts that were replaced."""
SHOWN = {
    "mie": {
        "actiepunten:action.note",
        "actiepunten:action.text",
        "conclusies:improvement.text",
        "conclusies:recommendation.text",
        "conclusies:strength.text",
        "conclusies:text",
        "consensus:answer.note",
        "consensus:mistake.reason",
        "herhalen:note",
        "opvolgen:review.text",
        "organisation:name",
        "toelichten:explanation.text",
        "toelichten:text",
    },
    "mie-concept": {"organisation:name", "toelichten:explanation.text"},
    "vie": {"doelen:explanation.text", "organisation:name"},
    "vie-papier": {"organisation:name"},
    "plek": {"lijst:answer.note", "oordeel:condition.text", "oordeel:reason", "organisation:name"},
    "portfolio": {"afspraken:action.text", "organisation:name", "tussentijds-overleg:answer.note"},
}
"""Of which every text stands in the whole report."""


class Demo(NamedTuple):
    """The demos with hostile texts in them, and the documents of each record by variant."""

    poured: list[Poured]
    documents: dict[str, dict[str, Document]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("vijandig")
    poured = hostile_demo(folder)
    noon = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)
    documents = {}
    with Workspace.open(folder) as opened:
        ws = opened.at(noon)
        for name, ref in RECORDS.items():
            made = {one: ws.document(ref, variant=one) for one in ("full", "board", "page", *FORMS.get(name, ()))}
            documents[name] = {**made, "nameless": ws.document(ref, names=False)}
    return Demo(poured, documents)


@pytest.fixture(scope="module")
def printed(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    folder = tmp_path_factory.mktemp("pdf")
    return {name: written(folder / f"{name}.pdf", demo.documents[name]["full"]) for name in PRINTED}


def kind(one: Poured) -> str:
    """Of which file and key a text is: conclusies:text."""
    return f"{Path(one.path).name.partition('.')[0]}:{one.key}"


def poured_in(demo: Demo, name: str) -> list[Poured]:
    """What came into the files of a record, and into those of its organisation."""
    ref = RECORDS[name]
    slug = ref.partition("/")[0]
    return list(of(demo.poured, f"{ref}/", f"{slug}/organisation.toml", f"{slug}/people.toml", f"{slug}/subjects/"))


def squeezed(text: str) -> str:
    """Without what a format may put in or leave out to break a line."""
    return re.sub(r"[\s\u00ad\u200b\u2060-]+", "", text)


def left_out(document: Document, shown: str, *, charts: bool = True) -> list[str]:
    """The sentences of a document that a format does not show."""
    shown = squeezed(shown)
    return [one for one in sentences(document, charts=charts) if squeezed(one) not in shown]


# -- the text in a format


class Page(HTMLParser):
    """The text of a page, with what could do something."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.active: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag if tag in ("style", "script") else ""
        if tag in ("script", "iframe", "object", "embed", "form", "base", "link", "img"):
            self.active.append(tag)
        for name, value in attrs:
            told = (value or "").strip()
            outside = name in ("href", "src", "xlink:href", "action") and not told.startswith("#")
            if name.startswith("on") or outside or (name == "http-equiv" and told.lower() == "refresh"):
                self.active.append(f"{tag} {name}={told}")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.texts.append(data)


def page_of(document: Document) -> Page:
    page = Page()
    page.feed(writer("html").write(document).decode())
    page.close()
    return page


def word_of(document: Document) -> dict[str, bytes]:
    """The parts of a Word file."""
    with zipfile.ZipFile(io.BytesIO(writer("docx").write(document))) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def word_text(parts: dict[str, bytes]) -> str:
    """The running text, and what is said instead of the pictures."""
    root = etree.fromstring(parts["word/document.xml"])
    return " ".join(root.itertext()) + " ".join(str(one) for one in root.xpath("//@descr | //@title | //@name"))


def tokens(document: Document) -> list[Token]:
    """What a reader of Markdown makes of it."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    blocks = parser.parse(writer("md").write(document).decode())
    return [one for block in blocks for one in (block, *(block.children or []))]


def without_drawings(document: Document) -> Document:
    """Without the charts of which the same stands in a table: Markdown leaves those out."""
    return replace(document, blocks=tuple(one for one in document.blocks if not (isinstance(one, Chart) and one.table)))


# -- every sentence


@pytest.mark.parametrize("name", RECORDS)
def test_every_sentence_of_every_variant_is_in_each_format(demo: Demo, name: str) -> None:
    for variant, document in demo.documents[name].items():
        markdown = " ".join(one.content for one in tokens(document) if one.type in ("text", "code_inline"))
        assert left_out(without_drawings(document), markdown, charts=False) == [], (variant, "md")
        assert left_out(document, " ".join(page_of(document).texts)) == [], (variant, "html")
        assert left_out(document, word_text(word_of(document)), charts=False) == [], (variant, "docx")


@pytest.mark.parametrize("name", PRINTED)
def test_every_sentence_is_in_the_pdf(printed: dict[str, Made], name: str) -> None:
    made = printed[name]
    told = "".join(made.told("pdftotext", order, *BETWEEN) for order in ("-raw", "-layout"))
    assert left_out(made.document, told, charts=False) == []


# -- what was typed


@pytest.mark.parametrize("name", RECORDS)
def test_what_is_for_the_report_is_there_as_typed_and_what_is_not_is_nowhere(demo: Demo, name: str) -> None:
    wanted = [one for one in poured_in(demo, name) if kind(one) in SHOWN[name]]
    assert {kind(one) for one in wanted} == SHOWN[name]
    documents = demo.documents[name]
    whole = squeezed(" ".join(sentences(documents["full"])))
    assert [one for one in wanted if one.mark not in whole] == []
    secret = [one.mark for one in poured_in(demo, name) if kind(one) in HIDDEN]
    for variant, document in documents.items():
        told = " ".join(sentences(document))
        assert [mark for mark in secret if mark in told] == [], variant


def test_what_was_kept_private_in_a_portfolio_is_nowhere(demo: Demo) -> None:
    own = [one for one in poured_in(demo, "portfolio") if kind(one).startswith(("bewijs:", "zelfbeoordeling:"))]
    told = " ".join(" ".join(sentences(one)) for one in demo.documents["portfolio"].values())
    seen = {kind(one) for one in own if one.mark in told}
    hidden = {kind(one) for one in own if one.mark not in told}
    assert {"bewijs:evidence.title", "zelfbeoordeling:answer.note"} <= seen & hidden
    students = [one.mark for one in of(demo.poured, "leerhuis-de-kiem/subjects/s") if kind(one) == "subject:name"]
    assert students
    assert [mark for mark in students if mark in told] == []


@pytest.mark.parametrize("name", RECORDS)
def test_without_names_there_are_none(demo: Demo, name: str) -> None:
    people = [one.mark for one in of(demo.poured, f"{RECORDS[name].partition('/')[0]}/people.toml")]
    told = " ".join(sentences(demo.documents[name]["nameless"]))
    assert [mark for mark in people if mark in told] == []


# -- it does nothing


@pytest.mark.parametrize("name", RECORDS)
def test_what_was_typed_does_nothing(demo: Demo, name: str) -> None:
    document = demo.documents[name]["full"]
    assert page_of(document).active == []
    kinds = {one.type for one in tokens(document)}
    assert not kinds & {"html_block", "html_inline", "image", "link_open", "fence", "code_block", "s_open", "em_open"}
    parts = word_of(document)
    fields = re.findall(rb"<w:instrText[^>]*>([^<]*)", b"".join(parts.values()))
    assert {one.split()[0] for one in fields if one.split()} <= {b"TOC", b"PAGE", b"NUMPAGES", b"PAGEREF", b"HYPERLINK"}
    assert all(rb"\l" in one for one in fields if one.split()[:1] == [b"HYPERLINK"])
    assert not [part for part, data in parts.items() if part.endswith(".rels") and b'TargetMode="External"' in data]


@pytest.mark.parametrize("name", PRINTED)
def test_nothing_in_the_pdf_leads_outside(printed: dict[str, Made], name: str) -> None:
    objects = printed[name].objects()
    for word in (b"URI", b"JavaScript", b"JS", b"Launch", b"EmbeddedFile", b"OpenAction", b"AA", b"AcroForm"):
        assert not re.search(rb"/" + word + rb"\b", objects), word
