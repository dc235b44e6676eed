"""What a neutral document refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from kwartier.reports.document import Block, Document, Heading, Paragraph, Table, long_date

DAY = date(2026, 11, 22)


def document(*blocks: Block) -> Document:
    return Document("Verslag", "Kwadrant", DAY, blocks=blocks)


def test_headings_go_down_one_level_at_a_time() -> None:
    headings = [Heading(level, "kop") for level in (1, 2, 3, 4, 2, 3, 1)]
    assert document(*headings).blocks == tuple(headings)


@pytest.mark.parametrize("levels", [(2,), (1, 3), (1, 2, 4), (1, 2, 3, 1, 3)])
def test_a_skipped_level_is_refused(levels: tuple[Any, ...]) -> None:
    with pytest.raises(ValueError, match="follows level"):
        document(*(Heading(level, "kop") for level in levels))


@pytest.mark.parametrize("level", [0, 5])
def test_a_level_that_does_not_exist_is_refused(level: Any) -> None:
    with pytest.raises(ValueError, match="level"):
        Heading(level, "kop")


@pytest.mark.parametrize(
    ("header", "rows", "align"),
    [
        ((), (), ()),
        (("a", "b"), (("1",),), ()),
        (("a", "b"), (("1", "2"), ("1", "2", "3")), ()),
        (("a", "b"), (), ("left",)),
    ],
)
def test_a_table_that_is_not_rectangular_is_refused(header: Any, rows: Any, align: Any) -> None:
    with pytest.raises(ValueError, match="table"):
        Table("Scores", header, rows, align)


def test_a_document_goes_through_json_unchanged() -> None:
    whole = document(Heading(1, "kop"), Paragraph("tekst"), Table("Scores", ("a",), (("1",),), ("right",)))
    assert msgspec.json.decode(msgspec.json.encode(whole), type=Document) == whole


@pytest.mark.parametrize(("day", "words"), [(DAY, "22 november 2026"), (date(2027, 1, 1), "1 januari 2027")])
def test_a_date_in_words(day: date, words: str) -> None:
    assert long_date(day) == words
