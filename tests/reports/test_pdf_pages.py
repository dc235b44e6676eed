"""The pages of a PDF: what each says, what fits on it, and what is split over more of them."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from tests.reports.everything import LONG
from tests.reports.pdf_made import A4, DAY, MARGIN, Made, places, plain, written

from kwartier.reports import pdf
from kwartier.reports.document import Block, Bullets, Callout, Chart, ChartRow, Document, Heading, Paragraph, Table


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


def test_more_columns_than_fit_come_in_parts_with_the_first_column(folder: Path) -> None:
    header = tuple(f"kolom{at}" for at in range(60))
    rows = (("rij", *(f"a{at}" for at in range(1, 60))),)
    made = written(folder / "kolommen.pdf", plain(Table("Veel", header, rows)))
    shown = made.told("pdftotext", "-raw").split()
    assert all(f"kolom{at}" in shown and f"a{at}" in shown for at in range(1, 60))
    assert shown.count("kolom0") == shown.count("rij") == made.told("pdfinfo", "-struct").count("Table") > 1
    assert all(right <= A4[1] - MARGIN for _, _, right, _ in places(made))


def test_a_head_longer_than_a_page_is_split(folder: Path) -> None:
    head = " ".join(f"kop{number}" for number in range(1_500))
    made = written(folder / "kop.pdf", plain(Table("Hoog", (head, "b"), (("1", "2"),) * 3)))
    shown = made.told("pdftotext", "-raw").split()
    assert all(shown.count(f"kop{number}") == 1 for number in range(1_500))


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
