"""Filling in: rows laid over rows, all mistakes at once, names that become codes, and giving a file twice."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.errors import Unreadable
from kwartier.instrument import model as m
from kwartier.records.canonical import digest
from kwartier.records.keys import ordered
from kwartier.records.merge import merge
from kwartier.records.tree import Tree
from kwartier.workflow.filling import Rejected

if TYPE_CHECKING:
    from tests.workflow.conftest import Making, People

SCORED: Tree = {
    "schema": 1,
    "person": "a1",
    "answer": [{"item": "1", "value": 3, "note": "eerst"}, {"item": "2", "missing": "niet besproken"}],
}


@pytest.fixture
def score(making: Making) -> m.ScoreStep:
    return making.step(making.mie, m.ScoreStep)


@pytest.fixture
def actions(making: Making) -> m.ActionsStep:
    return making.step(making.mie, m.ActionsStep)


def messages(caught: pytest.ExceptionInfo[Rejected]) -> list[str]:
    return caught.value.message.split("\n")[1:]


def test_what_is_not_given_stays(making: Making, score: m.ScoreStep) -> None:
    after = making.fill(score, SCORED, {"answer": [{"item": "1", "value": 4}, {"item": "10", "value": 2}]}, own=True)
    assert after["answer"] == [
        {"item": "1", "value": 4, "note": "eerst"},
        {"item": "2", "missing": "niet besproken"},
        {"item": "10", "value": 2},
    ]
    assert SCORED["answer"][0]["value"] == 3


def test_rows_stand_in_natural_order_however_they_are_given(making: Making, score: m.ScoreStep) -> None:
    rows = [{"item": item, "value": 1} for item in ("10", "2", "12", "1")]
    assert [row["item"] for row in making.fill(score, {}, {"answer": rows}, own=True)["answer"]] == [
        "1",
        "2",
        "10",
        "12",
    ]


def test_an_empty_text_takes_a_field_away(making: Making, score: m.ScoreStep) -> None:
    after = making.fill(score, SCORED, {"answer": [{"item": "1", "note": ""}]}, own=True)
    assert after["answer"][0] == {"item": "1", "value": 3}


def test_remove_takes_a_row_away(making: Making, score: m.ScoreStep) -> None:
    given = {"answer": [{"item": "1", "remove": True}, {"item": "2", "remove": False}]}
    after = making.fill(score, SCORED, given, own=True)
    assert [row["item"] for row in after["answer"]] == ["2"]
    assert making.fill(score, after, given, own=True) == after


def test_a_score_and_a_reason_for_none_exclude_each_other_and_the_newest_stands(
    making: Making, score: m.ScoreStep
) -> None:
    given = {"answer": [{"item": "1", "missing": "te weinig informatie"}, {"item": "2", "value": 5}]}
    assert making.fill(score, SCORED, given, own=True)["answer"] == [
        {"item": "1", "missing": "te weinig informatie", "note": "eerst"},
        {"item": "2", "value": 5},
    ]


def test_taking_one_of_the_two_away_leaves_the_other(making: Making, score: m.ScoreStep) -> None:
    given = {"answer": [{"item": "1", "missing": ""}, {"item": "2", "value": ""}]}
    assert making.fill(score, SCORED, given, own=True) == SCORED


def test_a_row_that_says_nothing_adds_nothing(making: Making, score: m.ScoreStep) -> None:
    checklist = making.step(making.tuin, m.ChecklistStep)
    assert making.fill(checklist, {}, {"task": [{"id": "brief"}]}) == {"schema": 1}
    assert making.fill(score, {}, {"answer": [{"item": "1"}, {"item": "2", "note": ""}]}, own=True) == {"schema": 1}
    emptied = making.fill(score, SCORED, {"answer": [{"item": "2", "missing": ""}]}, own=True)
    assert [row["item"] for row in emptied["answer"]] == ["1"]


def test_unknown_keys_in_the_stored_tree_survive(making: Making, score: m.ScoreStep) -> None:
    tree: Tree = {
        "schema": 1,
        "future": {"x": [1, 2]},
        "answer": [{"item": "1", "value": 3, "mood": "twijfel"}],
        "rows": [{"id": "z", "a": 1}],
    }
    after = making.fill(score, tree, {"date": "22-11-2026", "answer": [{"item": "1", "value": 4}]}, own=True)
    assert after["answer"] == [{"item": "1", "value": 4, "mood": "twijfel"}]
    assert {key: after[key] for key in ("future", "rows")} == {key: tree[key] for key in ("future", "rows")}
    kept = making.fill(
        score, {"answer": [{"item": "1", "mood": "twijfel", "value": 1}]}, {"answer": [{"item": "1", "value": ""}]}
    )
    assert kept["answer"] == [{"item": "1", "mood": "twijfel"}]


@pytest.mark.parametrize(
    "rows", [[{"value": 3}], [{"item": "1"}, {"item": "1"}], [{"item": 1, "value": 3}], "geen rijen", {"item": "1"}]
)
def test_stored_rows_that_cannot_be_told_apart_are_never_lost(making: Making, score: m.ScoreStep, rows: Any) -> None:
    with pytest.raises(Unreadable, match="'item' en 'part'"):
        making.fill(score, {"answer": rows}, {"answer": [{"item": "5", "value": 1}]}, own=True)


def test_all_mistakes_are_told_at_once_each_with_its_place(making: Making, score: m.ScoreStep) -> None:
    given = {
        "dat": "2026-11-22",
        "date": "morgen",
        "by": 7,
        "answer": [
            {"item": "1", "valeu": 3},
            {"value": 3},
            {"item": "3", "value": 3.5, "note": 7},
            {"item": "4", "value": True},
            {"item": "5", "value": 1},
            {"item": "5", "value": 2},
            {"item": "6", "remove": "ja"},
        ],
    }
    with pytest.raises(Rejected) as caught:
        making.fill(score, SCORED, given, own=True)
    assert messages(caught) == [
        "- dat: bestaat hier niet; bedoelde u 'date'?",
        "- date: 'morgen' is geen datum.",
        "- by: schrijf een tekst tussen aanhalingstekens",
        "- answer 1, valeu: bestaat hier niet; bedoelde u 'value'?",
        "- answer 2: 'item' ontbreekt, of is geen tekst tussen aanhalingstekens",
        "- answer 3, value: schrijf een heel getal of een tekst tussen aanhalingstekens",
        "- answer 3, note: schrijf een tekst tussen aanhalingstekens",
        "- answer 4, value: schrijf een heel getal of een tekst tussen aanhalingstekens",
        "- answer 6: staat er twee keer in",
        "- answer 7, remove: schrijf true of false",
    ]
    assert caught.value.place == "formulier.toml"
    assert caught.value.status == 2


def test_an_unknown_key_without_a_near_one_gets_the_list(making: Making, actions: m.ActionsStep) -> None:
    with pytest.raises(Rejected) as caught:
        making.fill(actions, {}, {"qqqq": 1})
    assert messages(caught) == ["- qqqq: bestaat hier niet; wel: action, by, date, skipped"]


@pytest.mark.parametrize("rows", [{"item": "1"}, "4", [1, 2], [{"item": "1", "value": 3}, "los"]])
def test_what_are_no_rows_is_said(making: Making, score: m.ScoreStep, rows: Any) -> None:
    with pytest.raises(Rejected, match=r"\[\[answer\]\]"):
        making.fill(score, {}, {"answer": rows}, own=True)


def test_dates_and_times_may_be_typed_as_texts_and_are_kept_as_what_they_are(
    making: Making, actions: m.ActionsStep
) -> None:
    given = {"date": "15-01-2027", "action": [{"id": "p1", "text": "iets", "due": "1/5/2027"}]}
    after = making.fill(actions, {}, given)
    assert (after["date"], after["action"][0]["due"]) == (date(2027, 1, 15), date(2027, 5, 1))
    interview = making.step(making.mie, m.InterviewStep)
    session = {"date": "22-11-2026", "start": "14.00", "end": "16:05"}
    assert making.fill(interview, {}, {"session": [session]})["session"] == [
        {"id": "x1", "date": date(2026, 11, 22), "start": time(14), "end": time(16, 5)}
    ]
    with pytest.raises(Rejected, match="geen tijd"):
        making.fill(interview, {}, {"session": [{"date": date(2026, 11, 22), "start": "half drie"}]})


def test_names_become_codes(making: Making, actions: m.ActionsStep, people: People) -> None:
    given = {"by": "Anna Jansen", "action": [{"id": "p1", "text": "iets", "who": "a1"}]}
    after = making.fill(actions, {}, given, people)
    assert (after["by"], after["action"][0]["who"]) == ("c1", "a1")
    assert "Anna" not in repr(after)
    assert people.names["Anna Jansen"] == "c1"


def test_a_code_that_is_not_in_use_is_told_with_the_other_mistakes(
    making: Making, actions: m.ActionsStep, people: People
) -> None:
    with pytest.raises(Rejected) as caught:
        making.fill(actions, {}, {"by": "c7", "action": [{"id": "p1"}]}, people)
    assert [wrong.path for wrong in caught.value.wrongs] == [("by",), ("action", 0)]


def test_a_code_that_stands_there_is_not_looked_up_again(making: Making, actions: m.ActionsStep) -> None:
    tree: Tree = {"schema": 1, "by": "c7"}
    assert making.fill(actions, tree, {"by": "c7"}) == tree


def test_participants_get_codes_and_no_name_stays_behind(making: Making, people: People) -> None:
    step = making.step(making.mie, m.PeopleStep)
    given = {
        "participant": [
            {"name": "Bea de Wit", "role": "client"},
            {"role": "naaste", "consent": "gegeven"},
            {"role": "naaste", "consent": "gegeven"},
        ]
    }
    after = making.fill(step, {}, given, people)
    assert after["participant"] == [
        {"id": "d1", "role": "client"},
        {"id": "d2", "role": "naaste", "consent": "gegeven"},
        {"id": "d3", "role": "naaste", "consent": "gegeven"},
    ]
    assert making.fill(step, after, given, people) == after
    changed = making.fill(step, after, {"participant": [{"name": "Bea de Wit", "letter": "1-11-2026"}]}, people)
    assert changed["participant"][0] == {"id": "d1", "role": "client", "letter": date(2026, 11, 1)}


def test_a_participant_is_named_by_a_name_or_a_code_that_go_together(making: Making, people: People) -> None:
    step = making.step(making.mie, m.PeopleStep)
    after = making.fill(step, {}, {"participant": [{"name": "Bea", "role": "client"}]}, people)
    assert making.fill(step, after, {"participant": [{"id": "d1", "name": "Bea"}]}, people) == after
    for row in ({"id": "d1", "name": "Cor"}, {"id": "d8", "role": "client"}, {"id": 3, "role": "client"}):
        with pytest.raises(Rejected):
            making.fill(step, after, {"participant": [row]}, people)


def test_new_rows_get_ids_in_the_order_in_which_they_were_given(making: Making, actions: m.ActionsStep) -> None:
    given = {"action": [{"text": text} for text in ("een", "twee", "drie")]}
    after = making.fill(actions, {}, given)
    assert [(row["id"], row["text"]) for row in after["action"]] == [("x1", "een"), ("x2", "twee"), ("x3", "drie")]


def test_giving_a_file_twice_is_giving_it_once(making: Making, actions: m.ActionsStep, people: People) -> None:
    given = {
        "date": "15-01-2027",
        "by": "Anna Jansen",
        "action": [
            {"text": "een", "who": "Bea de Wit", "due": "01-05-2027", "note": ""},
            {"text": "een", "who": "Bea de Wit", "due": "01-05-2027"},
            {"id": "p1", "text": "twee"},
        ],
    }
    once = making.fill(actions, {}, given, people)
    assert len(once["action"]) == 3
    twice = making.fill(actions, once, given, people)
    assert twice == once


def test_a_new_row_is_told_from_one_that_differs(making: Making, actions: m.ActionsStep) -> None:
    once = making.fill(actions, {}, {"action": [{"text": "een"}]})
    both = making.fill(actions, once, {"action": [{"text": "een", "state": "loopt"}]}, ids_after=1)
    assert both["action"] == [{"id": "x1", "text": "een"}, {"id": "x2", "text": "een", "state": "loopt"}]


def test_one_more_of_the_same_is_one_more(making: Making, actions: m.ActionsStep) -> None:
    once = making.fill(actions, {}, {"action": [{"text": "een"}]})
    twice = making.fill(actions, once, {"action": [{"text": "een"}, {"text": "een"}]}, ids_after=1)
    assert twice["action"] == [{"id": "x1", "text": "een"}, {"id": "x2", "text": "een"}]


@pytest.mark.parametrize("id", ["Twee woorden", "A", "-x", "x" * 41, "a\nb"])
def test_an_id_of_ones_own_is_short_and_plain(making: Making, actions: m.ActionsStep, id: str) -> None:
    with pytest.raises(Rejected, match="kleine letters"):
        making.fill(actions, {}, {"action": [{"id": id, "text": "iets"}]})


def test_a_row_without_what_it_needs_is_refused(making: Making, actions: m.ActionsStep) -> None:
    with pytest.raises(Rejected) as caught:
        making.fill(actions, {}, {"action": [{"note": "wat?"}, {"remove": True}, {"id": "p1", "text": ""}]})
    assert messages(caught) == [
        "- action 1: 'text' ontbreekt",
        "- action 2: zeg met 'id' welke rij weg moet",
        "- action 3: 'text' ontbreekt",
    ]


def test_raw_notes_belong_in_a_file_of_ones_own_with_their_day_of_destruction(making: Making) -> None:
    interview = making.step(making.mie, m.InterviewStep)
    given = {"destroy": "22-02-2027", "note": [{"item": "1", "text": "ruw"}]}
    after = making.fill(interview, {}, given, own=True)
    assert after["destroy"] == date(2027, 2, 22)
    assert after["note"] == [{"id": "x1", "item": "1", "text": "ruw"}]
    with pytest.raises(Rejected, match="bestaat hier niet"):
        making.fill(interview, {}, given)
    with pytest.raises(Rejected, match="bestaat hier niet"):
        making.fill(interview, {}, {"session": []}, own=True)


def test_questions_are_known_by_their_item_and_id(making: Making) -> None:
    interview = making.step(making.mie, m.InterviewStep)
    rows = [{"item": "2", "id": "a", "asked": True}, {"item": "1", "id": "a", "essential": False}]
    after = making.fill(interview, {}, {"prompt": rows})
    assert after["prompt"] == [rows[1], rows[0]]
    with pytest.raises(Rejected, match="'item' en 'id' ontbreekt"):
        making.fill(interview, {}, {"prompt": [{"id": "a", "asked": True}]})


@given(first=st.integers(1, 12), second=st.integers(1, 12), texts=st.tuples(st.text(min_size=1), st.text(min_size=1)))
def test_two_who_fill_in_other_items_come_together_in_any_order(
    making: Making, first: int, second: int, texts: tuple[str, str]
) -> None:
    step = making.step(making.mie, m.NotesStep)
    base: Tree = {"schema": 1, "explanation": [{"item": "1", "text": "was er al"}]}
    if first == second:
        second = second % 12 + 1
    one, other = (
        making.fill(step, base, {"explanation": [{"item": str(item), "text": text}]})
        for item, text in ((first, texts[0]), (second, texts[1]))
    )
    there, back = merge(base, one, other), merge(base, other, one)
    assert there.conflicts == back.conflicts == ()
    assert digest(ordered(there.tree)) == digest(ordered(back.tree))
    merged = {row["item"]: row["text"] for row in there.tree["explanation"]}
    assert (merged[str(first)], merged[str(second)]) == texts


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_is_kept_as_it_was_typed(making: Making, text: str) -> None:
    step = making.step(making.mie, m.NotesStep)
    after = making.fill(step, {}, {"explanation": [{"item": "1", "text": text}]})
    assert after["explanation"] == [{"item": "1", "text": text}]


ROWS = st.lists(
    st.fixed_dictionaries(
        {"item": st.sampled_from(["1", "2", "10"])},
        optional={
            "value": st.integers(1, 5) | st.just(""),
            "missing": st.sampled_from(["niet besproken", ""]),
            "note": st.sampled_from(["a", "b", ""]),
            "remove": st.booleans(),
        },
    ),
    max_size=3,
    unique_by=lambda row: row["item"],
)


@given(first=ROWS, second=ROWS)
def test_filling_in_the_same_a_second_time_changes_nothing(making: Making, first: Any, second: Any) -> None:
    step = making.step(making.mie, m.ScoreStep)
    before = making.fill(step, {}, {"answer": first}, own=True)
    once = making.fill(step, before, {"answer": second}, own=True)
    assert making.fill(step, once, {"answer": second}, own=True) == once
