"""The DOCX of everything: what stands in it and how, that nothing typed does anything, and that others can open it."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as Opened
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.programs import need
from tests.reports.everything import HOSTILE, everything, sentences

from kwartier.reports.document import (
    Bullets,
    Callout,
    Chart,
    ChartRow,
    Document,
    Heading,
    Paragraph,
    Table,
)
from kwartier.reports.docx import write
from kwartier.reports.docx.tables import fit

DAY = datetime.date(2026, 11, 22)
WIDTH = 9638
"""Of the text on an upright page, in twentieths of a point."""


@pytest.fixture(scope="module")
def made() -> bytes:
    return write(everything())


@pytest.fixture(scope="module")
def opened(made: bytes) -> Opened:
    return docx.Document(io.BytesIO(made))


def reopened(*blocks: Any, **more: Any) -> Opened:
    return docx.Document(io.BytesIO(write(Document(title="Titel", subject="Iets", date=DAY, blocks=blocks, **more))))


def body_text(document: Opened) -> str:
    """Every text of the body, with a newline or tab where the file has one, a paragraph a line."""
    signs = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    texts = []
    for paragraph in document.element.body.iter(qn("w:p")):
        texts.append(
            "".join(one.text or "" if one.tag == qn("w:t") else signs.get(one.tag, "") for one in paragraph.iter())
        )
    return "\n".join(texts)


def texts_of(made: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        return {
            name: file.read(name).decode("utf-8", "replace") for name in file.namelist() if not name.endswith("png")
        }


# -- what stands in it


def test_every_sentence_is_found_back(opened: Opened) -> None:
    found = " ".join(body_text(opened).split())
    missing = [one for one in sentences(everything(), charts=False) if " ".join(one.split()) not in found]
    assert not missing


def test_right_to_left_and_emoji_are_kept_as_typed(opened: Opened) -> None:
    found = body_text(opened)
    assert "Hebreeuws שלום עולם en Arabisch مرحبا بالعالم naast elkaar" in found
    assert "emoji 👩🏽\u200d👩🏽\u200d👧\u200d👦 🏳️\u200d🌈 🇳🇱 ☂️ achter elkaar" in found


def test_the_same_document_gives_the_same_bytes(made: bytes) -> None:
    assert write(everything()) == made


def test_headings_have_their_levels(opened: Opened) -> None:
    wanted = [(one.level, " ".join(one.text.split())) for one in everything().blocks if isinstance(one, Heading)][:6]
    found = [
        (int(one.style.name[-1]), one.text)
        for one in opened.paragraphs
        if one.style is not None and one.style.name is not None and one.style.name.startswith("Heading ")
    ]
    assert found[: len(wanted)] == wanted
    assert opened.paragraphs[0].style is not None and opened.paragraphs[0].style.name == "Title"


def test_the_header_of_a_table_repeats_and_its_rows_do_not_break(opened: Opened) -> None:
    for table in opened.tables:
        first, *others = [row._tr for row in table.rows]
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert not any(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in others)
    rows = opened.tables[0]._tbl.findall(qn("w:tr"))
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_every_chart_has_its_words(opened: Opened) -> None:
    charts = [one for one in everything().blocks if isinstance(one, Chart)]
    described = [one.get("descr") for one in opened.element.body.iter(qn("wp:docPr"))]
    for chart in charts:
        assert " ".join(chart.alt.split()) in described
    assert len(opened.inline_shapes) >= len(charts)


def test_it_is_in_dutch(opened: Opened) -> None:
    langs = [one.get(qn("w:val")) for one in opened.styles.element.iter(qn("w:lang"))]
    assert langs and set(langs) == {"nl-NL"}
    assert opened.settings.element.find(qn("w:themeFontLang")).get(qn("w:val")) == "nl-NL"


def test_the_file_says_what_it_is_and_nothing_of_the_machine(opened: Opened, made: bytes) -> None:
    own = opened.core_properties
    assert own.title == "Alles & nog <wat> in één verslag"
    assert "Ooievaar" in own.subject and own.author == own.last_modified_by == "kwartier"
    assert own.created is not None and own.created.date() == DAY
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "python-docx" not in "".join(texts_of(made).values())


def test_the_contents_go_to_the_headings(opened: Opened) -> None:
    marks = {one.get(qn("w:name")) for one in opened.element.body.iter(qn("w:bookmarkStart"))}
    goals = [one.get(qn("w:anchor")) for one in opened.element.body.iter(qn("w:hyperlink"))]
    assert goals and set(goals) <= marks
    styles = [one.style.name for one in opened.paragraphs if one.style is not None]
    assert styles.count("toc 1") == sum(isinstance(one, Heading) and one.level == 1 for one in everything().blocks)


def test_a_document_without_contents_has_none() -> None:
    blocks = [Heading(1, f"Kop {number}") for number in range(5)]
    assert "Inhoud" in body_text(reopened(*blocks))
    assert "Inhoud" not in body_text(reopened(*blocks, contents=False))


def test_every_page_says_what_it_is_of_and_how_finished_it_is(made: bytes) -> None:
    parts = texts_of(made)
    footers = [text for name, text in parts.items() if "footer" in name]
    headers = [text for name, text in parts.items() if "header" in name]
    assert all("Procesmeting; een momentopname." in one and "NUMPAGES" in one for one in footers)
    assert all("Concept" in one for one in headers)
    assert not any("{{" in one for one in (*headers, *footers))


def test_numbers_begin_at_one_in_every_list() -> None:
    found = reopened(Bullets(("a", "b"), ordered=True), Paragraph("tussen"), Bullets(("c",), ordered=True))
    lists = [one.get(qn("w:val")) for one in found.element.body.iter(qn("w:numId"))]
    assert lists[0] == lists[1] != lists[2]
    numbering = found.part.numbering_part.element
    assert all(one.find(f".//{qn('w:startOverride')}") is not None for one in numbering.findall(qn("w:num")))


def test_a_paragraph_mainly_from_right_to_left_is_marked() -> None:
    found = reopened(Paragraph("שלום עולם, ok"), Paragraph("Gewoon met שלום erin"))
    marked = {one.text: one._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None for one in found.paragraphs}
    assert marked["שלום עולם, ok"] and not marked["Gewoon met שלום erin"]


def test_two_tables_stay_two() -> None:
    table = Table("", ("a",), (("b",),))
    assert len(reopened(table, table).tables) == 2


def test_a_callout_says_its_kind() -> None:
    found = reopened(Callout("warning", "Kijk uit.\n\nEcht."))
    assert [one.text for one in found.paragraphs][-2:] == ["Let op: Kijk uit.", "Echt."]


# -- the width of tables


def test_short_columns_get_what_they_need_and_texts_the_rest() -> None:
    table = Table("", ("Nr.", "Wat", "Datum"), (("1", "woord " * 80, "21 december 2028"),))
    found = fit(table, WIDTH)
    assert sum(found.widths) <= WIDTH and not found.breaks
    assert found.widths[1] > 3 * found.widths[2] > 3 * found.widths[0]


def test_a_table_with_too_many_words_beside_one_another_lies_on_its_side() -> None:
    words = tuple(f"verantwoordelijkheid{number}" for number in range(9))
    found = reopened(Paragraph("ervoor"), Heading(1, "Breed"), Table("", words, (words,)), Paragraph("erna"))
    assert [one.orientation for one in found.sections] == [0, 1, 0]
    assert [one.different_first_page_header_footer for one in found.sections] == [True, False, False]
    before = found.element.body.xpath("./w:p[w:pPr/w:sectPr][1]/following-sibling::w:p[1]")
    assert before[0].text == "Breed"


@given(
    st.lists(st.tuples(st.text(max_size=60), st.text(max_size=300)), min_size=1, max_size=12),
    st.integers(2_000, 15_000),
)
@settings(max_examples=60, deadline=None)
def test_columns_always_fit(columns: list[tuple[str, str]], width: int) -> None:
    table = Table("", tuple(one for one, _ in columns), (tuple(one for _, one in columns),))
    found = fit(table, width)
    assert sum(found.widths) <= width and all(one >= 0 for one in found.widths)


# -- what was typed does nothing


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_a_file_that_opens(text: str) -> None:
    blocks = (
        Heading(1, text), Paragraph(text), Bullets((text,)), Callout("note", text), Table(text, (text,), ((text,),)),
    )  # fmt: skip
    made = write(Document(title=text, subject=text, date=DAY, blocks=blocks, page_note=text, status=text))
    assert docx.Document(io.BytesIO(made)).tables


def test_nothing_typed_becomes_a_field_or_a_link(made: bytes) -> None:
    for name, text in texts_of(made).items():
        if not name.endswith(".xml") or name.startswith("["):
            continue
        root = etree.fromstring(text.encode())
        told = [one.text or "" for one in root.iter(qn("w:instrText"))]
        told += [one.get(qn("w:instr"), "") for one in root.iter(qn("w:fldSimple"))]
        assert {one.split()[0] for one in told} <= {"TOC", "PAGEREF", "PAGE", "NUMPAGES"}, name
        assert all(one.get(qn("r:id")) is None for one in root.iter(qn("w:hyperlink")))
    assert not any("External" in text for name, text in texts_of(made).items() if name.endswith(".rels"))


def test_a_chart_that_cannot_be_drawn_becomes_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kwartier.reports.docx.blocks.png", lambda chart: None)
    row = ChartRow(label="Rij", told="in woorden")
    chart = Chart(kind="matrix", caption="Beeld", alt="Wat er te zien is.", rows=(row,))
    assert "Rij" in body_text(reopened(chart))


# -- what it costs


def test_nothing_is_loaded_before_a_document_is_written() -> None:
    code = (
        "import sys; from kwartier.workspace.writing import writers; assert writers()['docx'].takes_template; "
        "print(sorted({'docx', 'lxml', 'typst'} & sys.modules.keys()))"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert told.stdout.strip() == "[]"


# -- others open it


def test_libreoffice_makes_pages_of_it(made: bytes, tmp_path: Path) -> None:
    need("soffice", "pdftotext")
    (tmp_path / "alles.docx").write_bytes(made)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "alles.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
    shown = subprocess.run(
        ["pdftotext", "-layout", "alles.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, timeout=60
    ).stdout.decode()
    assert "Een alinea met gewone tekst." in shown and "Conventie: Dit is een afspraak van kwartier." in shown
    assert shown.count("Wat er in deze rij staat") >= 2, "the header of the long table repeats"
    pages = shown.count("\f")
    assert f"pagina {pages} van {pages}" in shown
    assert HOSTILE[0] in shown
