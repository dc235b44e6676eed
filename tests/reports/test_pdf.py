"""The PDF: what a reader, a screen reader, an archive and a printer need, and that nothing typed does anything."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reports.everything import LONG, everything, sentences

from kwartier.errors import KwartierError
from kwartier.reports import pdf
from kwartier.reports.document import Block, Bullets, Callout, Chart, ChartRow, Document, Heading, Paragraph, Table
from kwartier.reports.pdf import content, setting
from kwartier.reports.pdf.glyphs import SIGN, covered, drawable, printable
from kwartier.workspace.writing import writer

DAY = date(2026, 11, 22)
FONTS = Path(pdf.__file__).parent / "fonts"
A4 = (595.276, 841.89)
MARGIN = 56.7 - 1


class Made(NamedTuple):
    """A PDF, and where it is."""

    path: Path
    data: bytes
    document: Document

    def told(self, *command: str) -> str:
        """What a program says of it; fails where the program does."""
        more = ["-"] if command[0] == "pdftotext" else []
        done = subprocess.run([*command, str(self.path), *more], capture_output=True, check=True)
        return done.stdout.decode("utf-8", "replace")

    def objects(self) -> bytes:
        """What it is built of, without the streams: letters, drawings and fonts. Nothing else is compressed."""
        assert b"/ObjStm" not in self.data
        return re.sub(rb"stream\r?\n.*?\r?\nendstream", b"", self.data, flags=re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pdf")


@pytest.fixture(scope="module")
def made(folder: Path) -> Made:
    """The document that holds everything."""
    return written(folder / "alles.pdf", everything())


def written(path: Path, document: Document) -> Made:
    path.write_bytes(pdf.write(document))
    return Made(path, path.read_bytes(), document)


def plain(*blocks: Block, **more: Any) -> Document:
    return Document("Een verslag", "De Moestuin", DAY, blocks=blocks, **more)


def squeezed(text: str) -> str:
    """Without blanks, hyphens and signs that are not seen: a line may end anywhere."""
    return re.sub(r"[\s\u00ad\u200b\u2060-]+", "", text)


def places(made: Made) -> list[tuple[int, float, float, str]]:
    """Each word with its page, its left and its right side, and how wide the page is."""
    found = []
    for number, page in enumerate(made.told("pdftotext", "-bbox").split("<page ")[1:], 1):
        for left, right, word in re.findall(r'xMin="([\d.]+)" .*?xMax="([\d.]+)".*?>(.*?)</word>', page):
            found.append((number, float(left), float(right), word))
    return found


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


# -- the pages


def test_each_page_says_what_it_is_of(made: Made) -> None:
    pages = made.told("pdftotext", "-layout").split("\f")[:-1]
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        assert f"pagina {number} van {len(pages)}" in page
        assert made.document.status in page
        assert made.document.page_note in page


def test_contents_only_where_they_help(folder: Path) -> None:
    headings = tuple(Heading(1, f"Hoofdstuk {number}") for number in range(1, 9))
    shown = written(folder / "inhoud.pdf", plain(*headings)).told("pdftotext", "-layout")
    assert re.search(r"Inhoud\n+Hoofdstuk 1 [. \u2060]+1\n", shown)
    for document in (plain(*headings, contents=False), plain(*headings[:3])):
        assert "Inhoud" not in written(folder / "geen.pdf", document).told("pdftotext")


def test_nothing_sticks_out_of_the_page(made: Made) -> None:
    for number, left, right, word in places(made):
        if "﷽" in word:  # one character, as wide as ten
            continue
        assert left >= MARGIN and right <= A4[0] - MARGIN, (number, word)


def test_a_wide_table_lies_on_its_side_with_its_heading(folder: Path) -> None:
    words = ("samenwerkingsverband", "ervaringsdeskundigheid", "verantwoordelijkheid", "organisatieontwikkeling")
    header = tuple(f"{word} {number}" for number in range(3) for word in words)
    table = Table("Breed", header, (tuple(words * 3),) * 3)
    blocks = (Heading(1, "Vooraf"), Paragraph("Staand."), Heading(1, "Liggend"), table, Paragraph("Weer staand."))
    made = written(folder / "breed.pdf", plain(*blocks))
    sizes = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", made.told("pdfinfo", "-l", "9"))
    assert [float(width) > float(height) for width, height in sizes] == [False, True, False]
    pages = made.told("pdftotext", "-layout").split("\f")
    assert "Liggend" in pages[1] and "Liggend" not in pages[0]
    assert all(right <= A4[1] - MARGIN for _, _, right, _ in places(made))


def test_eight_short_columns_stay_upright(folder: Path) -> None:
    table = Table("Smal", tuple(f"Kolom {at}" for at in range(8)), (("1,5",) * 8,))
    assert "841.89 x 595" not in written(folder / "smal.pdf", plain(table)).told("pdfinfo", "-l", "9")


def test_a_row_longer_than_a_page_is_split_and_its_header_repeated(folder: Path) -> None:
    text = " ".join(f"woord{number}" for number in range(3_000))
    made = written(folder / "rij.pdf", plain(Table("Lang", ("Nummer", "Verhaal"), (("1", text),))))
    pages = made.told("pdftotext", "-raw").split("\f")[:-1]
    assert len(pages) > 2
    assert all("Verhaal" in page for page in pages)
    assert all(f"woord{number}" in " ".join(pages) for number in (0, 1_500, 2_999))


def test_a_small_table_is_not_split(folder: Path) -> None:
    rows = tuple((str(number), "Een korte regel.") for number in range(6))
    table = Table("Klein", ("a", "b"), rows)
    for lines in range(30, 45, 2):
        made = written(folder / "heel.pdf", plain(Paragraph("\n".join(["regel"] * lines)), table))
        pages = made.told("pdftotext", "-layout").split("\f")
        assert [page.count("Een korte regel.") for page in pages if "Een korte regel." in page] == [6]


def test_a_word_without_end_is_broken_without_a_sign(folder: Path) -> None:
    made = written(folder / "woord.pdf", plain(Paragraph(LONG), Table("", ("a", "b"), ((LONG[:500], "naast"),))))
    shown = re.sub(r"\s+", "", made.told("pdftotext", "-raw"))
    assert LONG[:2_000] in shown
    assert all(right <= A4[0] - MARGIN for _, _, right, _ in places(made))


def test_a_chart_longer_than_a_page_comes_in_pieces(folder: Path) -> None:
    rows = tuple(ChartRow(label=f"Item {at}", values=(Decimal(at % 5),), told=f"t{at}") for at in range(120))
    chart = Chart(kind="bars", caption="Lang", alt="Veel.", rows=rows, series=("nu",), high=Decimal(5))
    made = written(folder / "lang.pdf", plain(chart))
    assert made.told("pdfinfo", "-struct").count("Figure") > 2
    shown = made.told("pdftotext", "-layout")
    assert all(re.search(rf"\bt{at}\b", shown) for at in range(120))


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (Heading(1, ""), Heading(2, " \n "), Paragraph("")),
        (Bullets(()), Bullets(("", "")), Callout("note", "")),
        (Table("", ("",), ()), Table("", ("", ""), (("", ""),))),
    ],
)
def test_what_is_empty_gives_a_page_all_the_same(blocks: tuple[Block, ...]) -> None:
    assert pdf.write(Document("", "", DAY, blocks=blocks)).startswith(b"%PDF")


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


def test_what_typst_refuses_is_told() -> None:
    with pytest.raises(KwartierError) as refused:
        setting.pdf({"blocks": []})
    assert refused.value.code == "pdf-failed"
    assert refused.value.advice


# -- the fonts


def test_the_list_of_what_the_fonts_hold_is_right() -> None:
    listed = covered()
    assert {f"{name}.ttf" for name in listed} == {path.name for path in FONTS.glob("*.ttf")}
    for name, ranges in listed.items():
        held = {char for low, high in ranges for char in range(low, high + 1)}
        assert held == characters((FONTS / f"{name}.ttf").read_bytes()), name


def test_each_font_comes_with_its_licence() -> None:
    readme = (FONTS / "README.md").read_text(encoding="utf-8")
    for family, licence in (("Inter", "Inter"), ("DejaVu", "DejaVu"), ("Noto", "Noto")):
        assert family in readme
        assert "permi" in (FONTS / f"{licence}-LICENSE.txt").read_text(encoding="utf-8")


def characters(font: bytes) -> set[int]:
    """The characters that a font file maps to a shape."""
    tables = struct.unpack(">H", font[4:6])[0]
    entries = [struct.unpack(">4sLLL", font[12 + 16 * at : 28 + 16 * at]) for at in range(tables)]
    start = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    found: set[int] = set()
    for at in range(struct.unpack(">H", font[start + 2 : start + 4])[0]):
        where = start + struct.unpack(">L", font[start + 8 + 8 * at : start + 12 + 8 * at])[0]
        form = struct.unpack(">H", font[where : where + 2])[0]
        if form == 12:
            found |= _groups(font[where:])
        elif form == 4:
            found |= _segments(font[where:])
    return found


def _groups(table: bytes) -> set[int]:
    count = struct.unpack(">L", table[12:16])[0]
    groups = [struct.unpack(">LLL", table[16 + 12 * at : 28 + 12 * at]) for at in range(count)]
    return {char for low, high, _ in groups for char in range(low, high + 1)}


def _segments(table: bytes) -> set[int]:
    """Of a table of form 4; a segment whose shapes are all missing does not occur in these fonts."""
    half = struct.unpack(">H", table[6:8])[0]
    ends = struct.unpack(f">{half // 2}H", table[14 : 14 + half])
    starts = struct.unpack(f">{half // 2}H", table[16 + half : 16 + 2 * half])
    return {char for low, high in zip(starts, ends, strict=True) for char in range(low, high + 1)} - {0xFFFF}
