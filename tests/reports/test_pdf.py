"""The PDF: what a reader, a screen reader, an archive and a printer need, and that nothing typed does anything."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reports.everything import everything, sentences
from tests.reports.pdf_made import DAY, Made, plain, written

from kwartier.errors import KwartierError
from kwartier.reports import pdf
from kwartier.reports.document import Bullets, Callout, Chart, ChartRow, Document, Heading, Paragraph, Table
from kwartier.reports.pdf import content, setting
from kwartier.reports.pdf.glyphs import SIGN, drawable, printable
from kwartier.workspace.writing import writer


def squeezed(text: str) -> str:
    """Without blanks, hyphens and signs that are not seen: a line may end anywhere."""
    return re.sub(r"[\s\u00ad\u200b\u2060-]+", "", text)


# -- what is in it


def test_the_writer_is_found() -> None:
    found = writer("pdf")
    assert (found.extension, found.takes_template, found.is_text) == (".pdf", False, False)
    assert found.write(plain(Paragraph("Tekst."))).startswith(b"%PDF-1.7")


def test_every_sentence_is_in_it(made: Made) -> None:
    shown = squeezed(made.told("pdftotext", "-raw")) + squeezed(made.told("pdftotext", "-layout"))
    wanted = sentences(made.document, charts=False)
    assert len(wanted) > 200
    assert [text for text in wanted if squeezed(text) not in shown] == []


def test_everything_is_printed_without_falling_back_on_plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "basic", lambda _told: pytest.fail("a character could not be printed"))
    assert pdf.write(everything())


@pytest.mark.parametrize(
    "text", ["I\u064b\u0301", "\u05b0🙁\u1dec", "≯ >\u0338 ↛", "🤨\u1dcd 7Ⓙ\u08d7", "\u0301 los", "a\u0351"]
)
def test_marks_that_no_font_has_together_do_not_fall_back_either(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "basic", lambda _told: pytest.fail("a character could not be printed"))
    row = ChartRow(label=text, values=(Decimal(1),), told=text)
    chart = Chart(kind="bars", caption=text, alt=text, rows=(row,), series=(text,))
    assert pdf.write(plain(Heading(1, text), Table(text, (text, "b"), ((text, "x"),)), chart))


def test_other_alphabets_and_emoji_are_printed(folder: Path) -> None:
    text = "Ελληνικά, Русский, שלום, مرحبا, ☐ ✓ → ▲ 😀 🌱"
    made = written(folder / "schriften.pdf", plain(Paragraph(text)))
    shown = made.told("pdftotext")
    assert SIGN not in shown
    assert all(part in shown for part in ("Ελληνικά", "Русский", "☐", "✓", "→", "▲", "😀", "🌱"))
    used = {line.split("+")[-1].split()[0] for line in made.told("pdffonts").splitlines()[2:]}
    assert used >= {"Inter-Regular", "DejaVuSans", "NotoSansHebrew-Regular", "NotoSansArabic-Regular"}


def test_what_no_font_holds_is_a_sign_that_is_seen(folder: Path) -> None:
    made = written(folder / "teken.pdf", plain(Paragraph("voor 漢 \ue000 \x1b na")))
    assert f"voor {SIGN} {SIGN} {SIGN} na" in made.told("pdftotext")


def test_what_typst_would_evaluate_is_only_shown(folder: Path) -> None:
    text = '#panic("x") #read("/etc/passwd") $x^2$ *vet* _schuin_ @ref <label> -> --- \\ // niets ~ [a]'
    made = written(folder / "typst.pdf", plain(Heading(1, text), Paragraph(text), Bullets((text,))))
    assert made.told("pdftotext", "-layout").count("-> --- \\ // niets ~ [a]") == 3


def test_nothing_in_it_leads_outside_or_does_something(made: Made) -> None:
    objects = made.objects()
    for name in (b"URI", b"JavaScript", b"JS", b"Launch", b"GoToR", b"EmbeddedFile", b"OpenAction", b"AA", b"AcroForm"):
        assert not re.search(rb"/" + name + rb"\b", objects), name


# -- for who cannot see it, and for an archive


def test_it_says_what_it_is(made: Made) -> None:
    told = dict(line.split(":", 1) for line in made.told("pdfinfo").splitlines())
    assert told["Title"].strip() == made.document.title
    assert told["Author"].strip() == "kwartier"
    assert told["Tagged"].strip() == "yes"
    assert told["CreationDate"].strip().startswith("Sun Nov 22 00:00:00 2026")
    assert {"none", "no"} == {told[name].strip() for name in ("Form", "JavaScript", "Encrypted")}


def test_it_claims_to_be_pdf_ua_1_and_pdf_a_2a(made: Made) -> None:
    objects = made.objects()
    for wanted in (b"<pdfuaid:part>1<", b"<pdfaid:part>2<", b"<pdfaid:conformance>A<"):
        assert wanted in made.data
    assert re.search(rb"/Lang\s*\(nl-NL\)", objects)
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", objects)
    assert re.search(rb"/DisplayDocTitle true", objects)
    assert b"/OutputIntent" in objects


def test_every_font_is_embedded(made: Made) -> None:
    lines = made.told("pdffonts").splitlines()[2:]
    assert lines
    for line in lines:
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], line


def test_the_structure_is_tagged(made: Made) -> None:
    tags = re.findall(r"^ *([A-Z][A-Za-z0-9]*)\b", made.told("pdfinfo", "-struct"), re.MULTILINE)
    blocks = made.document.blocks
    tables = [block for block in blocks if isinstance(block, Table)]
    assert tags.count("H1") == 1
    assert tags.count("H2") == 1 + sum(isinstance(block, Heading) and block.level == 1 for block in blocks)
    assert tags.count("H5") == sum(isinstance(block, Heading) and block.level == 4 for block in blocks)
    assert tags.count("Table") == len(tables)
    assert tags.count("THead") == sum(bool(table.rows) for table in tables)
    assert tags.count("TH") == sum(len(table.header) for table in tables)
    assert tags.count("LI") == sum(len(block.items) for block in blocks if isinstance(block, Bullets))
    assert "TOC" in tags
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"H\d", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert made.objects().count(b"/Scope/Column") >= sum(len(table.header) for table in tables)


def test_every_chart_has_an_alternative_text(made: Made) -> None:
    charts = [block for block in made.document.blocks if isinstance(block, Chart)]
    tags = re.findall(r"^ *(Figure)\b", made.told("pdfinfo", "-struct"), re.MULTILINE)
    objects = made.objects()
    assert len(tags) >= len(charts)
    assert len(re.findall(rb"/Alt\b", objects)) >= len(tags)
    assert b"/Alt(Thema A ging van 2,0 naar 2,3.)" in objects


def test_the_bookmarks_are_the_headings(folder: Path) -> None:
    made = written(folder / "bladwijzers.pdf", plain(Heading(1, "Eerst"), Heading(2, "Daaronder"), Heading(1, "Dan")))
    objects = made.objects()
    assert [objects.count(b"/Title(" + name) for name in (b"Eerst)", b"Daaronder)", b"Dan)")] == [1, 1, 1]
    assert b"/Outlines" in objects


# -- always the same, whatever comes


def test_the_same_document_gives_the_same_bytes_in_another_process(made: Made) -> None:
    code = (
        "import sys; from kwartier.reports import pdf; from tests.reports.everything import everything\n"
        "assert 'typst' not in sys.modules\n"
        "sys.stdout.buffer.write(pdf.write(everything()))"
    )
    root = Path(__file__).resolve().parents[2]
    environ = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environ, cwd=root)
    assert done.stdout == made.data


def test_several_at_once(made: Made) -> None:
    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(pdf.write, [made.document] * 3)) == {made.data}


TEXTS = st.text(max_size=60)


@settings(max_examples=40)
@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_any_text_anywhere_gives_a_document(first: str, second: str, third: str, fourth: str) -> None:
    blocks = (
        Heading(1, first),
        Paragraph(second),
        Bullets((third, fourth)),
        Callout("warning", first),
        Table(second, (third, fourth), ((first, second), (third, fourth))),
        Chart(
            kind="bars",
            caption=first,
            alt=second,
            rows=(ChartRow(label=third, values=(Decimal(1),), told=fourth),),
            series=(fourth,),
        ),
    )
    assert pdf.write(Document(first, second, DAY, blocks=blocks, page_note=third, status=fourth)).startswith(b"%PDF")


@given(TEXTS)
def test_cleaning_for_print_twice_changes_nothing_more(text: str) -> None:
    assert printable(printable(text)) == printable(text)
    assert drawable(drawable(text)) == drawable(text)


def test_a_character_that_slips_through_does_not_stop_it() -> None:
    told = content.values(plain(Paragraph("voor")))
    told["blocks"][0]["texts"] = ["voor \ue000 na"]
    assert setting.pdf(told).startswith(b"%PDF")


def test_what_a_drawing_cannot_print_leaves_the_text_alone(folder: Path) -> None:
    row = ChartRow(label="etiket", values=(Decimal(1),))
    chart = Chart(kind="bars", caption="c", alt="a", rows=(row,), series=("s",))
    told = content.values(plain(Paragraph("tekst → ☂"), chart))
    told["blocks"][1]["svg"] = told["blocks"][1]["svg"].replace("etiket", "l \ue000 – ☂")
    (folder / "tekening.pdf").write_bytes(setting.pdf(told))
    shown = Made(folder / "tekening.pdf", b"", plain()).told("pdftotext")
    assert "tekst → ☂" in shown and f"l{SIGN}–{SIGN}" in squeezed(shown)


def test_what_typst_refuses_is_told() -> None:
    with pytest.raises(KwartierError) as refused:
        setting.pdf({"blocks": []})
    assert refused.value.code == "pdf-failed"
    assert refused.value.advice


def test_a_line_stays_with_a_heading_under_its_own_and_not_with_the_next_item() -> None:
    blocks = (Heading(1, "Deel A"), Paragraph("In het kort: ja."), Heading(2, "a1"), Paragraph("Antwoord: ja."))
    more = (*blocks, Heading(2, "a2"), Paragraph("Antwoord: nee."))
    told = content.values(Document("Titel", "Onderwerp", DAY, blocks=more))
    assert [one["leads"] for one in told["blocks"] if one["block"] == "paragraphs"] == [True, False, False]
