"""A text to type in becomes rows and the same text again; what did not change keeps its id, and nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.records.files import RawNote
from kwartier.records.ids import new_id
from kwartier.records.keys import in_order, natural
from kwartier.records.tree import Tree
from kwartier.workflow.paragraphs import as_text, changed, paragraph_at, paragraphs

TEXTS = st.text(st.sampled_from("ab \n\té[]"), max_size=60)
WORDS = st.text(st.sampled_from("abc d"), min_size=1, max_size=8).filter(str.strip)


class Ids:
    """Ids as a workspace makes them, each a moment after the one before."""

    def __init__(self) -> None:
        self._moments = count()
        self._random = Random(1)

    def __call__(self) -> str:
        return new_id(datetime(2026, 11, 22, tzinfo=UTC) + timedelta(seconds=next(self._moments)), self._random)


def laid(rows: list[RawNote], given: list[Tree]) -> list[RawNote]:
    """The rows with what was given over them, as a file keeps them: in the order of their id."""
    by_id = {row.id: {"id": row.id, "text": row.text, "item": row.item} for row in rows}
    for one in given:
        if one.get("remove"):
            del by_id[one["id"]]
        else:
            by_id[one["id"]] = {**by_id.get(one["id"], {"item": ""}), **one}
    return msgspec.convert(in_order("note", list(by_id.values())), list[RawNote])


def typed(rows: list[RawNote], text: str, ids: Ids, item: str = "1") -> list[RawNote]:
    """The rows after this text was typed."""
    return laid(rows, changed(rows, item, text, ids))


@given(TEXTS)
def test_paragraphs_are_the_text_again(text: str) -> None:
    found = paragraphs(text)
    assert "\n\n".join(found) == (text if text.strip() else "")
    assert all(one.strip() for one in found)


@given(st.lists(TEXTS, max_size=8))
def test_whatever_is_typed_after_whatever_stood_there_is_read_again_as_typed(texts: list[str]) -> None:
    ids = Ids()
    rows = [RawNote(id="x1", text="van een ander item", item="2"), RawNote(id="x2", text="los")]
    for text in texts:
        rows = typed(rows, text, ids)
        assert as_text(rows, "1") == (text if text.strip() else "")
    assert as_text(rows, "2") == "van een ander item"
    assert as_text(rows, "") == "los"


@given(st.lists(WORDS, min_size=1, max_size=8, unique=True), st.data())
def test_a_paragraph_that_did_not_change_keeps_its_id(words: list[str], data: st.DataObject) -> None:
    ids = Ids()
    rows = typed([], "\n\n".join(words), ids)
    before = {row.text: row.id for row in rows}
    left = [one for one in words if data.draw(st.booleans())]
    for _ in range(data.draw(st.integers(0, 4))):
        left.insert(data.draw(st.integers(0, len(left))), f"nieuw {data.draw(st.integers(0, 9))}")
    after = typed(rows, "\n\n".join(left), ids)
    assert as_text(after, "1") == "\n\n".join(left)
    kept = [row for row in after if before.get(row.text) == row.id]
    assert len(kept) == len([one for one in left if one in before])


@pytest.mark.parametrize("place", ["begin", "middle", "after", "end"])
def test_five_hundred_paragraphs_come_in_one_by_one_anywhere(place: str) -> None:
    ids = Ids()
    rows = typed([], "eerste\n\nlaatste", ids)
    told = ["eerste", "laatste"]
    for number in range(500):
        where = {"begin": 0, "middle": 1, "after": len(told) - 1, "end": len(told)}[place]
        told.insert(where, f"alinea {number}")
        rows = typed(rows, "\n\n".join(told), ids)
        assert as_text(rows, "1") == "\n\n".join(told)
    assert all(len(row.id) <= 40 for row in rows)
    assert len({row.id for row in rows}) == 502


@pytest.mark.parametrize("id", ["n1", "0", "zzzz", "a-b", "a-a", "1-2", "n" * 40])
def test_ids_that_others_chose_keep_their_order(id: str) -> None:
    ids = Ids()
    rows = laid([], [{"id": id, "text": "midden", "item": "1"}])
    rows = typed(rows, "midden\n\nna", ids)
    assert as_text(rows, "1") == "midden\n\nna"
    rows = typed(rows, "voor\n\nmidden\n\nna", ids)
    assert as_text(rows, "1") == "voor\n\nmidden\n\nna"
    assert [natural(row.id) for row in rows] == sorted(natural(row.id) for row in rows)


def test_a_long_text_changes_only_the_row_in_which_is_typed() -> None:
    ids = Ids()
    told = [f"{number} " + "woord " * 20 for number in range(80)]
    rows = typed([], "\n\n".join(told), ids)
    told[40] += "x"
    assert changed(rows, "1", "\n\n".join(told), ids) == [{"id": rows[40].id, "text": told[40]}]


def test_a_paragraph_is_found_by_a_place_in_the_text() -> None:
    rows = typed([], "een\n\ntwee\n\ndrie", Ids(), item="")
    text = as_text(rows, "")
    for row in rows:
        assert paragraph_at(rows, "", text.index(row.text)) == row
        assert paragraph_at(rows, "", text.index(row.text) + len(row.text)) == row
    assert paragraph_at(rows, "", len(text)) == rows[-1]
    assert paragraph_at(rows, "1", 0) is None
