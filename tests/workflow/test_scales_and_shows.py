"""Notes on the items of some scales, and what is read while scoring: own texts, and those of the item beside."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
import tomli
from tests.workspace.goals import with_goals

from kwartier.instrument import model as m
from kwartier.instrument.reading import read_content
from kwartier.instrument.selection import item, step
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.blank import blank
from kwartier.workflow.filling import Rejected
from kwartier.workflow.rules import check
from kwartier.workflow.state import Status, states
from kwartier.workflow.texts import read_while_scoring

if TYPE_CHECKING:
    from tests.workflow.conftest import Making

TODAY = date(2026, 11, 25)
TUIN = Path(__file__).parents[1] / "samples" / "instruments" / "tuin" / "content.toml"


@pytest.fixture
def content() -> m.Content:
    return read_content(with_goals(TUIN.read_text("utf-8")).encode(), "content.toml")


def texts(**items: str) -> Tree:
    return {"explanation": [{"item": id.removeprefix("i"), "text": text} for id, text in items.items()]}


def test_only_items_on_its_scales_are_written_about(making: Making, content: m.Content) -> None:
    notes = step(content, "doelen")
    check(notes, content, making.record(), texts(i1="Los", i5="Samen"), "x.toml")
    with pytest.raises(Rejected) as caught:
        check(notes, content, making.record(), texts(i1b="Nee"), "x.toml")
    assert "'1b' is geen item van deze stap; wel: 1, 2, 3, 4, 5" in caught.value.message


def test_a_step_is_done_when_the_items_on_its_scales_are(making: Making, content: m.Content) -> None:
    whole = texts(i1="a", i2="b", i3="c", i4="d", i5="e")
    stand = {one.id: one for one in states(making.record(shared={"doelen": whole}), content)}
    assert (stand["doelen"].status, stand["doelen"].detail) == (Status.DONE, "5 van 5 geschreven")


def test_its_form_as_a_text_asks_no_other_items(making: Making, content: m.Content) -> None:
    text = blank(step(content, "doelen"), content, making.record(), {}, own=False, today=TODAY)
    assert [row["item"] for row in tomli.loads(text)["explanation"]] == ["1", "2", "3", "4", "5"]
    assert "1b. Het doel" not in text


def read(record: Record, content: m.Content, id: str) -> list[tuple[str, str]]:
    scored = step(content, "scoren")
    assert isinstance(scored, m.ScoreStep)
    return read_while_scoring(record, content, scored, item(content, id))


def test_what_is_read_while_scoring(making: Making, content: m.Content) -> None:
    record = making.record(shared={"doelen": texts(i1="Los in mei."), "toelichting": texts(i1="Hard.", i2="Droog.")})
    assert read(record, content, "1") == [("toelichting", "Hard."), ("doel", "Los in mei.")]
    assert read(record, content, "2") == [("toelichting", "Droog."), ("doel", "")]
    beside = [("toelichting bij item 1", "Hard."), ("doel bij item 1", "Los in mei.")]
    assert read(record, content, "1b") == beside
    assert read(making.record(), content, "1b") == [(label, "") for label, _ in beside]


def test_an_own_text_goes_before_that_of_the_item_beside(making: Making, content: m.Content) -> None:
    open_to_all = m.NotesStep(id="doelen", title="Doelen", label="doel")
    changed = [open_to_all if one.id == "doelen" else one for one in content.step]
    wide = msgspec.structs.replace(content, step=tuple(changed))
    record = making.record(shared={"doelen": texts(i1="Los in mei.")})
    assert read(record, wide, "1b")[1] == ("doel bij item 1", "Los in mei.")
    record = making.record(shared={"doelen": texts(i1="Los in mei.", i1b="Zelf.")})
    assert read(record, wide, "1b")[1] == ("doel", "Zelf.")


def test_the_form_of_a_sheet_shows_them_under_their_own_label(making: Making, content: m.Content) -> None:
    shared = {"doelen": texts(i1="Los in mei."), "toelichting": texts(i1="Hard.")}
    people = [{"id": "a1", "role": "keurder"}]
    text = blank(
        step(content, "scoren"), content, making.record(people, shared), {}, own=True, person="a1", today=TODAY
    )
    own, beside = text.split("# 1b. Het doel")[0], text.split("# 1b. Het doel")[1].split("# 2. ")[0]
    assert "# Doel: Los in mei.\n" in own and "# Toelichting: Hard.\n" in own
    assert "# Doel bij item 1: Los in mei.\n" in beside and "# Toelichting bij item 1: Hard.\n" in beside
