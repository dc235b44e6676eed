"""Questions with their ticks, what was not spoken of yet, and search in notes and questions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kwartier.instrument import model as m
from kwartier.records.files import Asked, Envelope, InterviewFile
from kwartier.records.record import Record
from kwartier.workflow.interviewing import find, following, matching, questions, undiscussed
from kwartier.workflow.visible import visible


def item(id: str, title: str, *prompts: tuple[str, bool]) -> m.Item:
    """An item with these questions."""
    asked = tuple(m.Prompt(id=str(n), text=text, essential=essential) for n, (text, essential) in enumerate(prompts, 1))
    return m.Item(id=id, title=title, scale="s", prompts=asked)


ITEMS = (
    item("1", "Bodem en grond", ("Wie spit er?", True), ("Waar ligt de mest?", False)),
    item("2", "Water", ("Waar is de kraan?", True)),
    item("10", "Water in de winter"),
)
STEP = m.InterviewStep(id="gesprek", title="Gesprek")
CONTENT = m.Content(section=(m.Section(id="A", title="Alles", item=ITEMS),), step=(STEP,))


def record(notes: dict[str, list[dict[str, Any]]], prompts: tuple[dict[str, Any], ...] = ()) -> Record:
    """A record of two auditors with these raw notes."""
    people = [{"id": "a1", "role": "keurder"}, {"id": "a2", "role": "keurder"}]
    envelope: dict[str, Any] = {"id": "x", "instrument": "tuin", "edition": "1", "content": "c"}
    personal = {("gesprek", code): {"note": rows} for code, rows in notes.items()}
    made = Envelope(**envelope, date=date(2026, 11, 22))
    tree = {"person": people}
    record = Record(ref="r", envelope=made, tree=tree, shared={"gesprek": {"prompt": list(prompts)}}, personal=personal)
    return record


def test_questions_take_what_was_decided_here_over_what_the_instrument_proposes() -> None:
    file = InterviewFile(
        prompt=(Asked(item="1", id="1", essential=False), Asked(item="1", id="2", asked=True), Asked(item="2", id="1"))
    )
    found = questions(ITEMS[0], file)
    assert [(one.id, one.essential, one.asked) for one in found] == [("1", False, False), ("2", False, True)]
    assert [one.essential for one in questions(ITEMS[1], file)] == [True]


def test_the_next_question_is_the_next_that_was_not_asked_going_round() -> None:
    def asked(*ticks: int) -> list[Any]:
        rows = tuple(Asked(item="9", id=str(n), asked=True) for n in ticks)
        return questions(item("9", "x", *[("vraag", False)] * 4), InterviewFile(prompt=rows))

    assert following(asked(), "") == "1"
    assert following(asked(1), "1") == "2"
    assert following(asked(1, 2, 4), "4") == "3"
    assert following(asked(2, 3, 4), "3") == "1"
    assert following(asked(1, 2, 3, 4), "4") == "1"
    assert following(asked(1, 2, 3, 4), "2") == "3"
    assert following([], "") == ""


def test_an_item_was_discussed_once_anybody_noted_or_asked_something() -> None:
    told = record({"a2": [{"id": "x", "text": "nat", "item": "2"}, {"id": "y", "text": "los"}]})
    assert undiscussed(CONTENT, told, "gesprek") == ["1", "10"]
    asked = record({}, ({"item": "1", "id": "2", "asked": True}, {"item": "2", "id": "1", "essential": True}))
    assert undiscussed(CONTENT, asked, "gesprek") == ["2", "10"]


def test_search_finds_ones_own_notes_first_then_those_of_others_and_questions() -> None:
    told = record(
        {
            "a1": [{"id": "x", "text": "een\n\ntwee KRAAN kraan", "item": "2"}],
            "a2": [{"id": "y", "text": "de kraan lekt"}],
        }
    )
    hits = find(CONTENT, told, "gesprek", " kraan ", first="a2")
    assert [(one.kind, one.person, one.item, one.at) for one in hits] == [
        ("note", "a2", "", 3),
        ("note", "a1", "2", 10),
        ("note", "a1", "2", 16),
        ("question", "", "2", 0),
    ]
    assert len(find(CONTENT, told, "gesprek", "a", most=2)) == 2
    assert find(CONTENT, told, "gesprek", "  ") == []
    assert find(CONTENT, told, "gesprek", "[kraan") == []


def test_search_shows_nobody_what_is_not_for_them() -> None:
    told = visible(record({"a1": [{"id": "x", "text": "geheim"}]}), CONTENT, None)
    assert find(CONTENT, told, "gesprek", "geheim") == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["1", "2", "10"]),
        ("1", ["1", "10"]),
        ("10", ["10"]),
        ("water", ["2", "10"]),
        ("WIN wat", ["10"]),
        ("x", []),
    ],
)
def test_items_by_number_or_word(typed: str, found: list[str]) -> None:
    assert [one.id for one in matching(ITEMS, typed)] == found
