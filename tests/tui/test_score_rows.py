"""What is scored line by line: which key chooses what, and the words beside an answer."""

from __future__ import annotations

import pytest

from kwartier.instrument.model import Content, Item, ItemPart, Option, Scale, Section
from kwartier.records.files import AnswerRow
from kwartier.tui.panes import score_rows as rows
from kwartier.tui.widgets.finding import Findable, matching

STATE = Scale(id="s", kind="ordinal", options=tuple(Option(value=n) for n in range(5)), missing=("niet gezien",))
YES_NO = Scale(
    id="j",
    kind="nominal",
    options=(Option(value="ja", key="j"), Option(value="nee", key="n"), Option(value="x", title="weet niet")),
    missing=("niet gevraagd",),
)
ITEM = Item(
    id="3", title="Samen tuinieren", short="Samen", scale="s", statement="Samen.", anchors=("a", "b", "c", "d", "e"),
    parts=(ItemPart(id="a", title="Spitten", scale="j"), ItemPart(id="b", title="Oogsten")),
)  # fmt: skip
CONTENT = Content(scale=(STATE, YES_NO), section=(Section(id="A", title="Grond", item=(ITEM,)),))


def test_an_item_and_its_parts_are_lines_with_a_scale_each() -> None:
    lines = rows.lines_of(CONTENT)
    assert [(line.key, line.scale.id, line.optional) for line in lines] == [
        (("3", ""), "s", False),
        (("3", "a"), "j", False),
        (("3", "b"), "s", True),
    ]
    assert [line.name for line in lines] == ["item 3", "item 3, deel a", "item 3, deel b"]


@pytest.mark.parametrize(
    ("scale", "typed", "value"),
    [(STATE, "0", 0), (STATE, "4", 4), (YES_NO, "j", "ja"), (YES_NO, "J", "ja"), (YES_NO, "n", "nee")],
)
def test_a_key_chooses_an_option(scale: Scale, typed: str, value: object) -> None:
    option = rows.option_at(scale, typed)
    assert option is not None
    assert option.value == value


def test_an_option_without_a_key_has_its_value_or_its_place() -> None:
    assert [rows.key_of(YES_NO, place) for place in range(3)] == ["j", "n", "x"]
    assert rows.option_at(STATE, "5") is None
    assert rows.option_at(STATE, "") is None


def test_the_key_for_no_answer_gives_way_to_an_option() -> None:
    assert rows.missing_key(STATE) == "n"
    assert rows.missing_key(YES_NO) == ""  # both n and x are options here; the mouse and the palette remain
    assert rows.missing_key(Scale(id="z", kind="ordinal", options=(Option(value=1),))) == ""


def test_what_an_answer_says() -> None:
    line, part, extra = rows.lines_of(CONTENT)
    assert rows.told(line, AnswerRow(item="3", value=2)) == "c"
    assert rows.told(line, AnswerRow(item="3", missing="niet gezien")) == "niet te beoordelen: niet gezien"
    assert rows.told(line, AnswerRow(item="3", note="later")) == ""
    assert "niet op de schaal" in rows.told(line, AnswerRow(item="3", value=9))
    assert rows.told(part, AnswerRow(item="3", part="a", value="x")) == "weet niet"
    assert rows.told(extra, AnswerRow(item="3", part="b", value=1)) == ""  # the anchors are those of the item
    assert rows.how_to(line) == "kies 0-4, n = niet te beoordelen"


def test_going_to_an_item_knows_its_number_before_its_words() -> None:
    known = [
        Findable("0", "1", "Vragen over 3 dingen"),
        Findable("1", "3", "Samen"),
        Findable("2", "30", "Naasten", ("Een lange TEKST over compost",)),
    ]
    assert [one.id for one in matching(known, "3")] == ["1", "2", "0"]
    assert [one.id for one in matching(known, "compost tekst")] == ["2"]
    assert matching(known, "[red]\x1b") == []
    assert matching(known, "  ") == known
