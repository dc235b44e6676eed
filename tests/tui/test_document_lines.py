"""A document as lines: nothing is wider than asked, nothing that was typed is lost, tables fit or are told by row."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kwartier.reports.document import Bullets, Callout, Document, Heading, Paragraph, Table
from kwartier.text import cells, clean
from kwartier.tui.widgets.document_lines import column_widths, laid_out, wrapped

HOSTILE = "[bold]vet[/] \x1b[31mrood\x1b[0m ]52;c;x\x07 \u202eomgekeerd 👩‍⚕️ שלום [@click=app.quit]weg[/]"


def plain(document: Document, width: int) -> list[str]:
    return ["".join(text for text, _ in line) for line in laid_out(document, width).lines]


def of(*blocks: object) -> Document:
    return Document(title="Verslag", subject="De Hoop", date=date(2026, 11, 22), blocks=blocks)  # type: ignore[arg-type]


@given(st.text(max_size=300), st.integers(1, 60))
def test_wrapping_keeps_every_letter_within_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cells(line) <= max(width, 2) for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean(text).split())


@given(
    st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40)), max_size=5),
    st.integers(20, 120),
)
def test_tables_stay_within_the_width(rows: list[tuple[str, ...]], width: int) -> None:
    table = Table("Scores", ("Nr.", "Item", "Score"), tuple(rows), ("left", "left", "right"))
    assert all(cells(line) <= width for line in plain(of(table), width))


def test_a_table_that_does_not_fit_is_told_row_by_row() -> None:
    header = tuple(f"Kolom {n}" for n in range(12))
    lines = plain(of(Table("", header, (tuple(f"waarde {n}" for n in range(12)),))), 60)
    assert "· Kolom 11: waarde 11" in lines


def test_columns_keep_their_words() -> None:
    assert column_widths([["a", "bb"], ["ccc", "d"]], 40) == [3, 2]
    assert column_widths([["woord " * 30, "kort"]], 40) == [34, 4]


def test_headings_say_on_which_line_they_stand() -> None:
    document = of(Heading(1, "Een"), Paragraph("Tekst."), Heading(2, "Twee"), Bullets(("a", "b"), ordered=True))
    lines, headings = laid_out(document, 40)
    assert [lines[one.line][0][0] for one in headings] == ["Een", "Twee"]


def test_hostile_text_is_shown_as_typed() -> None:
    blocks = (Heading(1, HOSTILE), Paragraph(HOSTILE * 50), Bullets((HOSTILE,)), Callout("warning", HOSTILE))
    lines = plain(of(*blocks, Table(HOSTILE, (HOSTILE, "b"), ((HOSTILE, "x" * 10_000),))), 80)
    whole = "\n".join(lines)
    assert "[bold]vet[/]" in whole
    assert not set(whole) & {"\x1b", "\x07", "\u202e"}
    assert all(cells(line) <= 80 for line in lines)
