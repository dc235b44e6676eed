"""A verdict: proposed by rules, decided by a person, with conditions and signatures; all that may not be is said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.workflow.conftest import DAY, Making, People

from kwartier.errors import Refused
from kwartier.instrument import model as m
from kwartier.records.files import VerdictFile, Version
from kwartier.records.merge import merge
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.departures import departures
from kwartier.workflow.due import due
from kwartier.workflow.filling import Inputs, Rejected
from kwartier.workflow.rules import fill_in
from kwartier.workflow.settled import changes, fixed
from kwartier.workflow.state import Status, states
from kwartier.workflow.verdicts import offers, proposal, proposal_words, reasons, verdict_words
from kwartier.workflow.visible import visible

ROWS = [{"id": "a1", "role": "leerling"}, {"id": "a2", "role": "beoordelaar"}, {"id": "a3", "role": "beoordelaar"}]
WHOLE = {"text": "Diploma halen.", "who": "a1", "due": date(2027, 1, 10)}
DONE = {"value": "voorlopig", "reason": "Het kan.", "condition": [{"id": "w1", **WHOLE}]}
SIGNED = [{"id": "leerling", "by": "a1", "date": DAY}, {"id": "beoordelaar", "by": "a2", "date": DAY}]


@pytest.fixture
def step(making: Making) -> m.VerdictStep:
    """The verdict of the Routebook."""
    return making.step(making.route, m.VerdictStep)


def recorded(
    making: Making,
    answers: Mapping[str, str] | None = None,
    *,
    ehbo: bool | None = True,
    tree: Tree | None = None,
    shared: Mapping[str, Tree] | None = None,
) -> Record:
    """A record of the Routebook; answers that are not given are wel, an empty one is no answer."""
    given = {item.id: "wel" for item in making.route.items()} | dict(answers or {})
    rows = [{"item": item, "value": value, "note": "x"} for item, value in given.items() if value]
    files: dict[str, Tree] = {"oordeel": tree} if tree else {}
    if ehbo is not None:
        files["start"] = {"schema": 1, "fact": [{"id": "ehbo", "value": ehbo}]}
    sheet = {"schema": 1, "person": "a2", "answer": rows}
    return making.record(ROWS, {**files, **(shared or {})}, {("beoordelen", "a2"): sheet})


def filled(making: Making, record: Record, given: Tree) -> Tree:
    """The file of the verdict after filling in."""
    step = making.step(making.route, m.VerdictStep)
    made = iter(range(1, 100))
    inputs = Inputs(people=People("a1", "a2", "a3"), new_id=lambda: f"x{next(made)}")
    return fill_in(step, making.route, record, record.shared.get("oordeel", {}), given, inputs, place="f.toml")


def refused(making: Making, record: Record, given: Tree) -> str:
    """Why it may not be."""
    with pytest.raises(Rejected) as caught:
        filled(making, record, given)
    return caught.value.message


# -- the proposal


@pytest.mark.parametrize(
    ("answers", "ehbo", "words", "why"),
    [
        ({}, True, "kwartier stelt voor: klaar om te gidsen.", ["Er is niets wat tegen gidsen pleit."]),
        ({"1.1": "niet"}, None, "kwartier stelt voor: nog niet klaar.", ["Wie de weg niet vindt"]),
        ({}, False, "kwartier stelt voor: klaar onder voorwaarden.", ["Er is nog geen diploma"]),
        ({"1.2": "niet"}, False, "kwartier stelt voor: klaar onder voorwaarden.", ["Er is nog geen", "Bij het vinden"]),
        ({}, None, "Voorstel: nog niet te zeggen; 'Heeft een diploma eerste hulp' ontbreekt.", []),
        ({"1.1": ""}, True, "Voorstel: nog niet te zeggen; 'Kaartlezen' ontbreekt.", []),
        ({"1.2": ""}, True, "Voorstel: nog niet te zeggen; 'Weer en wind' ontbreekt.", []),
        ({"2.1": ""}, True, "kwartier stelt voor: klaar om te gidsen.", ["Er is niets"]),
    ],
)
def test_the_answers_of_the_sheet_and_the_facts_propose(
    making: Making, step: m.VerdictStep, answers: Any, ehbo: bool | None, words: str, why: list[str]
) -> None:
    record = recorded(making, answers, ehbo=ehbo)
    found = proposal(record, making.route, step)
    assert proposal_words(making.route, step, found) == words
    told = reasons(found)
    assert len(told) == len(why) and all(one.startswith(begin) for one, begin in zip(told, why, strict=True))


def test_conditions_are_offered_until_they_are_taken_over(making: Making, step: m.VerdictStep) -> None:
    record = recorded(making, {"1.2": "niet"}, ehbo=False)
    offered = offers(proposal(record, making.route, step), ())
    assert [one.id for one in offered] == ["geen-ehbo", "nog-oefenen"]
    tree = filled(making, record, {"condition": [{"id": offered[0].id, "text": "Een diploma, in het voorjaar."}]})
    after = replace(record, shared={**record.shared, "oordeel": tree})
    rows = after.read("oordeel", VerdictFile).condition
    assert [one.id for one in offers(proposal(after, making.route, step), rows)] == ["nog-oefenen"]


def test_where_scores_are_blind_there_is_no_proposal_and_no_verdict_before_the_reveal(
    making: Making, step: m.VerdictStep
) -> None:
    blind = replace(
        making.route,
        step=tuple(
            replace(one, blind=True, by="each") if isinstance(one, m.ScoreStep) and one.id == "beoordelen" else one
            for one in making.route.step
        ),
    )
    record = recorded(making, tree={"value": "klaar", "proposed": "klaar", "rules": ["klaar"]})
    seen = visible(record, blind, None)
    assert "oordeel" not in seen.shared
    assert proposal(record, blind, step) is None and proposal(seen, blind, step) is None
    assert "naast elkaar" in proposal_words(blind, step, None)
    state = next(one for one in states(seen, blind) if one.id == "oordeel")
    assert state.status is Status.WAITING
    assert [one for one in departures(seen, blind) if one.step == "oordeel"] == []
    with pytest.raises(Refused) as caught:
        fill_in(step, blind, record, {}, {"value": "klaar"}, Inputs(people=People(), new_id=str), place="f.toml")
    assert caught.value.code == "not-revealed"


def test_two_sheets_of_one_list_count_where_they_say_the_same(making: Making, step: m.VerdictStep) -> None:
    record = recorded(making)
    other = {"schema": 1, "person": "a3", "answer": [{"item": "1.1", "value": "niet"}, {"item": "1.2", "value": "wel"}]}
    both = replace(record, personal={**record.personal, ("beoordelen", "a3"): other})
    found = proposal(both, making.route, step)
    assert found is not None and found.missing == ("1.1",)


# -- giving it


def test_what_was_proposed_is_kept_beside_the_verdict(making: Making) -> None:
    record = recorded(making)
    tree = filled(making, record, {"value": "klaar"})
    assert (tree["value"], tree["proposed"], tree["rules"]) == ("klaar", "klaar", ["klaar"])
    gone = filled(making, replace(record, shared={**record.shared, "oordeel": tree}), {"value": ""})
    assert set(gone) == {"schema"}


def test_it_cannot_be_typed_what_was_proposed(making: Making) -> None:
    for key in ("proposed", "rules"):
        assert "bestaat hier niet" in refused(making, recorded(making), {"value": "klaar", key: "klaar"})
    wrong = {"signature": [{**SIGNED[0], "digest": "sha256:00"}]}
    assert "bestaat hier niet" in refused(making, recorded(making, tree=DONE), wrong)


@pytest.mark.parametrize(
    ("answers", "ehbo", "given", "message"),
    [
        ({}, True, {"value": "prima"}, "value: kies klaar, voorlopig, nog-niet"),
        ({}, True, {"value": "nog-niet"}, "een motivering is nodig, want kwartier stelde 'klaar om te gidsen' voor"),
        ({}, True, {"value": "nog-niet", "reason": "  "}, "een motivering is nodig"),
        ({}, None, {"value": "klaar"}, "een motivering is nodig, want kwartier kon nog geen voorstel doen"),
        ({}, False, {"value": "voorlopig"}, "bij 'klaar onder voorwaarden' hoort minstens een voorwaarde"),
        ({}, True, {"condition": [{"id": "w1", "text": "  "}]}, "zeg wat er geregeld moet worden"),
        ({}, True, {"condition": [{**WHOLE, "state": "klaar"}]}, "'klaar' is geen stand van een voorwaarde"),
        ({}, True, {"signature": [SIGNED[0]]}, "er is nog geen oordeel om voor te tekenen"),
        ({}, True, {"value": "klaar", "signature": [{"id": "leerling"}, SIGNED[1]]}, ""),
        ({}, True, {"value": "klaar", "signature": [{"id": "leerling", "by": "a1"}]}, "op welke dag"),
        ({}, True, {"value": "klaar", "signature": [{**SIGNED[0], "id": "buur"}]}, "'buur' tekent hier niet"),
        ({}, True, {"value": "klaar", "signature": [{**SIGNED[0], "by": "a2"}]}, "'a2' is geen leerling-gids"),
        (
            {},
            False,
            {"value": "voorlopig", "condition": [{"id": "w1", "text": "Later."}], "signature": [SIGNED[0]]},
            "zeg eerst wie en wanneer, voordat iemand tekent",
        ),
    ],
)
def test_what_may_not_be_is_said(making: Making, answers: Any, ehbo: bool | None, given: Tree, message: str) -> None:
    record = recorded(making, answers, ehbo=ehbo)
    if message:
        assert message in refused(making, record, given)
    else:
        assert [row["id"] for row in filled(making, record, given)["signature"]] == ["beoordelaar"]


def test_an_instrument_without_rules_asks_no_motivation(making: Making, step: m.VerdictStep) -> None:
    bare = replace(making.route, rule=())
    record = recorded(making)
    inputs = Inputs(people=People(), new_id=str)
    tree = fill_in(step, bare, record, {}, {"value": "nog-niet"}, inputs, place="f.toml")
    assert tree == {"schema": 1, "value": "nog-niet"}
    assert proposal_words(bare, step, proposal(record, bare, step)) == ""


def test_answers_that_change_later_do_not_lock_the_file(making: Making) -> None:
    """A condition can be closed although kwartier proposes something else by now; that is told as a remark."""
    tree = filled(making, recorded(making, ehbo=False), {"value": "voorlopig", "condition": [{"id": "w1", **WHOLE}]})
    later = recorded(making, {"1.1": "niet"}, ehbo=True, tree=tree)
    assert [one.id for one in departures(later, making.route) if one.step == "oordeel"] == ["proposal-changed"]
    closed = filled(making, later, {"condition": [{"id": "w1", "state": "voldaan"}]})
    assert (closed["proposed"], closed["condition"][0]["state"]) == ("voorlopig", "voldaan")
    assert "een motivering is nodig" in refused(making, later, {"value": "voorlopig"}), "given again it is decided anew"
    again = filled(making, later, {"value": "nog-niet"})
    assert again["proposed"] == "nog-niet"


# -- signing


def test_what_was_signed_does_not_change_under_a_signature(making: Making) -> None:
    tree = filled(making, recorded(making, ehbo=False), {**DONE, "signature": [SIGNED[0]]})
    record = recorded(making, ehbo=False, tree=tree)
    for given in (
        {"value": "klaar"},
        {"reason": "Toch anders."},
        {"condition": [{"id": "w1", "text": "Iets anders."}]},
        {"condition": [{**WHOLE, "text": "Nog iets."}]},
    ):
        assert "trek de handtekening eerst in" in refused(making, record, given)
    on = {"condition": [{"id": "w1", "state": "voldaan", "due": date(2027, 2, 1), "note": "Gehaald."}]}
    assert filled(making, record, on)["signature"] == tree["signature"]
    free = filled(making, record, {"value": "klaar", "signature": [{"id": "leerling", "remove": True}]})
    assert free["value"] == "klaar" and free["signature"] == []
    anew = {"signature": [SIGNED[0]], "reason": "Opnieuw gezegd."}
    assert "trek de handtekening eerst in" in refused(making, record, anew), "the same signature again is no new one"
    other = {"signature": [{**SIGNED[0], "date": date(2026, 12, 1)}], "reason": "Opnieuw gezegd."}
    assert filled(making, record, other)["signature"][0]["digest"] != tree["signature"][0]["digest"]


def test_a_file_that_was_changed_by_hand_under_a_signature_stands_out(making: Making) -> None:
    tree = filled(making, recorded(making, ehbo=False), {**DONE, "signature": SIGNED})
    record = recorded(making, ehbo=False, tree={**tree, "reason": "Met de hand."})
    (found,) = [one for one in departures(record, making.route) if one.id == "verdict-changed"]
    assert "beoordelaar en leerling-gids" in found.message


def test_two_who_sign_at_once_both_stand(making: Making) -> None:
    base = filled(making, recorded(making, ehbo=False), DONE)
    record = recorded(making, ehbo=False, tree=base)
    ours, theirs = (filled(making, record, {"signature": [one]}) for one in SIGNED)
    merged = merge(base, ours, theirs)
    assert merged.conflicts == ()
    assert [row["id"] for row in merged.tree["signature"]] == ["beoordelaar", "leerling"]
    assert filled(making, recorded(making, ehbo=False, tree=merged.tree), {})["signature"] == merged.tree["signature"]


# -- where it stands


@pytest.mark.parametrize(
    ("tree", "status", "detail"),
    [
        ({}, Status.OPEN, "nog geen oordeel, voorstel: klaar onder voorwaarden"),
        ({"condition": [{"id": "w1", **WHOLE}]}, Status.BUSY, "nog geen oordeel, voorstel: klaar onder voorwaarden"),
        (DONE, Status.BUSY, "klaar onder voorwaarden, 1 voorwaarde open, 0 van 2 getekend"),
        (
            {**DONE, "signature": SIGNED[:1]},
            Status.BUSY,
            "klaar onder voorwaarden, 1 voorwaarde open, 1 van 2 getekend",
        ),
        ({**DONE, "signature": SIGNED}, Status.DONE, "klaar onder voorwaarden, 1 voorwaarde open, 2 van 2 getekend"),
        (
            {**DONE, "condition": [{"id": "w1", **WHOLE, "state": "vervallen"}], "signature": SIGNED},
            Status.DONE,
            "klaar onder voorwaarden, 2 van 2 getekend",
        ),
    ],
)
def test_where_it_stands_in_words(making: Making, tree: Tree, status: Status, detail: str) -> None:
    state = next(one for one in states(recorded(making, ehbo=False, tree=tree), making.route) if one.id == "oordeel")
    assert (state.status, state.detail) == (status, detail)


def test_open_conditions_come_back_in_the_agenda_until_they_are_closed(making: Making) -> None:
    rows = [
        {"id": "w1", **WHOLE},
        {"id": "w2", "text": "Zonder dag."},
        {"id": "w3", **WHOLE, "state": "voldaan"},
        {"id": "w4", **WHOLE, "state": "vervallen"},
    ]
    record = recorded(making, tree={**DONE, "condition": rows})
    told = [one for one in due(record, making.route, followed=True) if one.kind == "condition"]
    assert [(one.text, one.day, one.person, one.step) for one in told] == [
        ("voorwaarde 1: Diploma halen.", date(2027, 1, 10), "a1", "oordeel"),
        ("voorwaarde 2: Zonder dag.", None, "", "oordeel"),
    ]
    loose = [one.message for one in departures(record, making.route) if one.id == "conditions-loose"]
    assert loose == ["1 voorwaarde waarbij nog niet staat wie haar regelt, of wanneer."]
    draft = recorded(making, tree={"condition": rows})
    assert not [one for one in due(draft, making.route, followed=True) if one.kind == "condition"]


def test_a_definitive_report_fixes_what_was_decided_and_not_how_it_goes_on(making: Making, step: m.VerdictStep) -> None:
    tree = filled(making, recorded(making, ehbo=False), {**DONE, "signature": SIGNED[:1]})
    record = recorded(making, ehbo=False, tree=tree)
    version = {"id": "1", "date": DAY, "digest": "sha256:00", "snapshot": {"oordeel": tree}}
    closed = replace(record, shared={**record.shared, "slot": {"schema": 1, "version": [version]}})
    with pytest.raises(Refused) as caught:
        filled(making, closed, {"value": "klaar", "signature": [{"id": "leerling", "remove": True}]})
    assert caught.value.code == "definitive"
    with pytest.raises(Refused):
        filled(making, closed, {"condition": [{"text": "Nog een."}]})
    after = filled(making, closed, {"condition": [{"id": "w1", "state": "voldaan"}], "signature": SIGNED[1:]})
    assert fixed(step, after) == fixed(step, tree) and len(after["signature"]) == 2
    assert "1 van 2 getekend" in verdict_words(making.route, step, closed.read("oordeel", VerdictFile))


# -- any record


VALUES = st.sampled_from(["wel", "niet", "misschien", ""])


@given_by(
    answers=st.dictionaries(st.sampled_from(["1.1", "1.2", "2.1", "3.1"]), VALUES),
    ehbo=st.sampled_from([True, False, None]),
)
def test_any_answers_give_a_proposal_or_say_what_is_missing(
    making: Making, answers: dict[str, str], ehbo: bool | None
) -> None:
    step = making.step(making.route, m.VerdictStep)
    record = recorded(making, answers, ehbo=ehbo)
    found = proposal(record, making.route, step)
    assert found is not None and (found.verdict is None) == bool(found.missing)
    words = proposal_words(making.route, step, found)
    assert words.startswith("kwartier stelt voor") or "ontbre" in words
    if found.verdict is not None and found.verdict not in step.conditional:
        assert filled(making, record, {"value": found.verdict})["proposed"] == found.verdict


def test_between_two_versions_the_decision_is_told_and_not_what_was_proposed(making: Making) -> None:
    before = filled(making, recorded(making), {"value": "klaar"})
    now = {"value": "voorlopig", "reason": "Beter zo.", "condition": [{"id": "w1", **WHOLE}]}
    after = filled(making, recorded(making, tree=before), now)
    on = {"condition": [{"id": "w1", "state": "voldaan"}], "signature": SIGNED}
    later = filled(making, recorded(making, tree=after), on)
    versions = [
        Version(id=str(number), date=DAY, digest="sha256:00", snapshot={"oordeel": tree})
        for number, tree in enumerate((before, after, later))
    ]
    told = [(one.place, one.before, one.after) for one in changes(making.route, versions[0], versions[1])]
    assert ("oordeel", "klaar om te gidsen", "klaar onder voorwaarden") in told
    assert ("voorwaarde w1", "–", "Diploma halen.") in told
    assert not any("voorstel" in place or "regels" in place for place, _, _ in told)
    assert changes(making.route, versions[1], versions[2]) == []
