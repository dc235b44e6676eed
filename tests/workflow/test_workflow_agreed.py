"""Consensus: what is proposed, when a reason is needed, what is definitive, and what the outcome says meanwhile."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.analysis.agreement import Agreement
from kwartier.analysis.answers import Answer
from kwartier.analysis.scores import Mean, Unknown, mean_phrase
from kwartier.errors import Refused
from kwartier.instrument import model as m
from kwartier.records.record import Record
from kwartier.workflow.agreed import agreed_answers, difference, needs_reason, proposal, stands
from kwartier.workflow.filling import Rejected
from kwartier.workflow.outcome import Outcome, change, outcome
from kwartier.workflow.rules import check
from kwartier.workflow.visible import visible

if TYPE_CHECKING:
    from tests.workflow.conftest import Making

NOT_DISCUSSED, TOO_LITTLE = "niet besproken", "te weinig informatie"


def answers(*given: int | str) -> dict[str, Answer]:
    """What a1, a2 and so on gave: a score, or a reason why there is none."""
    return {
        f"a{number}": Answer(value=one) if isinstance(one, int) else Answer(missing=one)
        for number, one in enumerate(given, start=1)
    }


def outcome_of(making: Making, record: Record, viewer: str | None = None) -> Outcome:
    found = outcome(visible(record, making.mie, viewer), making.mie)
    assert found is not None
    return found


def test_equal_scores_are_proposed_and_different_ones_are_not() -> None:
    assert proposal(answers(3, 3)) == Answer(value=3)
    assert proposal(answers(3, 4)) is None
    assert proposal(answers(3, 3, 4)) is None
    assert proposal({}) is None


def test_who_cannot_judge_for_other_reasons_agree_and_not_with_a_score() -> None:
    assert proposal(answers(NOT_DISCUSSED, TOO_LITTLE)) == Answer(missing=NOT_DISCUSSED)
    assert proposal(answers(NOT_DISCUSSED, 3)) is None
    assert proposal({"a1": Answer(), "a2": Answer()}) is None


def test_the_difference_is_highest_minus_lowest() -> None:
    assert difference(answers(2, 5, 3)) == 3
    assert difference(answers(4, 4)) == 0
    assert difference(answers(4, NOT_DISCUSSED)) is None
    assert difference({}) is None


@pytest.mark.parametrize(
    ("given", "agreed", "asked"),
    [
        ((3, 3), 3, False),
        ((3, 3), 4, True),
        ((3, 3), NOT_DISCUSSED, True),
        ((3, 4), 3, True),
        ((3, 4), 4, True),
        ((3, 4), 5, True),
        ((2, 4), 3, True),
        ((3, 4, 3), 3, True),
        ((NOT_DISCUSSED, NOT_DISCUSSED), NOT_DISCUSSED, False),
        ((NOT_DISCUSSED, TOO_LITTLE), TOO_LITTLE, False),
        ((NOT_DISCUSSED, NOT_DISCUSSED), 3, True),
        ((NOT_DISCUSSED, 3), 3, True),
        ((4,), 4, False),
        ((4,), 5, True),
    ],
)
def test_a_reason_is_needed_unless_the_definitive_score_is_what_all_gave(
    given: tuple[int | str, ...], agreed: int | str, asked: bool
) -> None:
    assert bool(needs_reason(answers(*given), *answers(agreed).values())) is asked


SCORES = st.lists(st.integers(1, 5) | st.sampled_from([NOT_DISCUSSED, TOO_LITTLE]), min_size=1, max_size=4)


@given(given=SCORES, agreed=st.integers(1, 5))
def test_outside_the_range_of_the_scores_a_reason_is_always_needed(given: list[int | str], agreed: int) -> None:
    scores = [one for one in given if isinstance(one, int)]
    if not scores or not min(scores) <= agreed <= max(scores):
        assert needs_reason(answers(*given), Answer(value=agreed))


def agree(making: Making, record: Record, *rows: dict[str, Any]) -> None:
    step = making.step(making.mie, m.ConsensusStep)
    check(step, making.mie, record, making.fill(step, {}, {"answer": list(rows)}), "scores.toml")


def test_the_consensus_asks_every_missing_reason_at_once(making: Making) -> None:
    record = making.scored(a1={"1": 2, "2": 3, "3": NOT_DISCUSSED}, a2={"1": 4, "2": 3, "3": 5})
    with pytest.raises(Rejected) as caught:
        agree(
            making,
            record,
            {"item": "1", "value": 3},
            {"item": "2", "value": 4, "note": " "},
            {"item": "3", "missing": NOT_DISCUSSED},
            {"item": "4", "value": 3},
        )
    assert [wrong.path for wrong in caught.value.wrongs] == [("answer", f"item {n}", "note") for n in (1, 2, 3)]
    agree(
        making,
        record,
        {"item": "1", "value": 3, "note": "Het beleid bestaat, de uitvoering nog niet."},
        {"item": "2", "value": 4, "note": "Samen gezien dat anker 4 past."},
        {"item": "3", "missing": NOT_DISCUSSED, "note": "Er is te kort over gesproken."},
    )


def test_the_consensus_waits_for_the_reveal(making: Making) -> None:
    record = making.record(making.auditors("a1", "a2"), personal={("zelf-scoren", "a1"): making.sealed(3, "a1")})
    with pytest.raises(Refused) as caught:
        agree(making, record, {"item": "1", "value": 3})
    assert caught.value.code == "not-revealed"


def test_half_scores_do_not_exist(making: Making) -> None:
    with pytest.raises(Rejected, match="heel getal"):
        agree(making, making.scored(a1=3, a2=4), {"item": "1", "value": 3.5, "note": "ertussenin"})


def test_a_shadow_is_shown_and_changes_no_proposal(making: Making) -> None:
    base = making.scored(a1=3, a2=3)
    people = [*making.auditors("a1", "a2"), *making.auditors("a3", shadow=True)]
    record = making.record(people, personal={**base.personal, ("zelf-scoren", "a3"): making.sealed(5, "a3")})
    first = stands(record, making.mie, making.step(making.mie, m.ScoreStep))[0]
    assert first.proposal == Answer(value=3)
    assert set(first.given) == {"a1", "a2"}
    assert first.shadows["a3"].value == 5
    found = outcome_of(making, record)
    assert isinstance(found.agreement, Agreement)
    assert found.agreement.raters == ("a1", "a2")


def test_equal_scores_are_not_definitive_before_they_are_confirmed(making: Making) -> None:
    record = making.scored(a1=3, a2=3)
    found = outcome_of(making, record)
    assert found.answers() == {}
    assert found.why == "nog 12 van 12 items zonder definitieve score"
    assert isinstance(found.scores.total, Unknown)
    assert isinstance(found.agreement, Agreement)


def test_before_the_reveal_the_outcome_has_nothing_but_why(making: Making) -> None:
    record = making.record(making.auditors("a1", "a2"), personal={("zelf-scoren", "a1"): making.sealed(3, "a1")})
    for viewer in ("a1", "a2", None):
        found = outcome_of(making, record, viewer)
        assert found.why == "nog niet alle scorebladen zijn verzegeld (1 van 2)"
        assert isinstance(found.agreement, Unknown)
        assert isinstance(found.scores.total, Unknown)
        assert found.kappa is None
        assert not any(stand.given for stand in found.stands)


def agreed_on(making: Making, record: Record, rows: list[dict[str, Any]]) -> Record:
    return making.record(
        [{"id": one.id, "role": one.role} for one in record.envelope.person],
        {**record.shared, "consensus": {"answer": rows}},
        record.personal,
    )


def test_with_all_items_agreed_there_are_means_that_say_of_how_many_items(making: Making) -> None:
    record = making.scored(a1={"3": NOT_DISCUSSED}, a2={"3": NOT_DISCUSSED, "1": 4})
    rows = [{"item": str(n), "value": 4 if n == 1 else 3} for n in range(1, 13) if n != 3]
    found = outcome_of(making, agreed_on(making, record, [*rows, {"item": "3", "missing": NOT_DISCUSSED}]))
    assert found.complete
    total = found.scores.total
    assert isinstance(total, Mean)
    assert (total.value, mean_phrase(total)) == (Fraction(34, 11), "gemiddelde van 11 van 12 items")
    assert found.scores.band is None
    assert found.scores.sections["A"] == Mean(Fraction(7, 2), 2, 3)


def test_in_the_agreement_a_missing_answer_equals_only_a_missing_answer(making: Making) -> None:
    record = making.scored(
        a1={"1": NOT_DISCUSSED, "2": NOT_DISCUSSED, "3": 2, "4": 5},
        a2={"1": TOO_LITTLE, "2": 3, "3": 3, "4": 3},
    )
    found = outcome_of(making, record)
    reached = found.agreement
    assert isinstance(reached, Agreement)
    assert (reached.equal, reached.within_one, reached.of) == (9, 10, 12)
    assert reached.compared == 10
    assert reached.mean_difference == Fraction(3, 10)
    assert (reached.higher, reached.higher_by) == ("a1", Fraction(1, 10))


def test_three_auditors_differ_by_highest_minus_lowest(making: Making) -> None:
    found = outcome_of(making, making.scored(a1={"1": 1}, a2={"1": 4}, a3={"1": 2}))
    assert isinstance(found.agreement, Agreement)
    assert found.agreement.differences[0].difference == 3
    assert (found.agreement.higher, found.kappa) == (None, None)


def test_one_auditor_decides_alone_and_agreement_cannot_be_told(making: Making) -> None:
    record = making.scored(a1={"1": 5})
    found = outcome_of(making, record)
    assert found.complete
    assert found.answers()["1"].value == 5
    assert found.agreement == Unknown("niet te bepalen: één auditor scoorde")
    with pytest.raises(Rejected, match="reden is nodig"):
        agree(making, record, {"item": "1", "value": 4})
    changed = agreed_on(making, record, [{"item": "1", "value": 4, "note": "bij nader inzien"}])
    assert outcome_of(making, changed).answers()["1"].value == 4


def test_definitive_scores_from_paper_stand_without_sheets(making: Making) -> None:
    rows = [{"item": str(n), "value": 3} for n in range(1, 13)]
    paper = {"source": "map in de kast", "entered": "2026-11-30"}
    record = making.record(shared={"consensus": {"answer": rows}}, paper=paper)
    agree(making, record, *rows)
    found = outcome_of(making, record)
    assert found.complete
    assert isinstance(found.agreement, Unknown)
    assert found.agreement.why.startswith("niet vastgelegd")


def test_a_sealed_sheet_with_a_gap_gives_no_agreement_and_breaks_nothing(making: Making) -> None:
    record = making.scored(a1=3, a2=4)
    sheet = record.personal["zelf-scoren", "a2"]
    broken = {**sheet, "answer": sheet["answer"][1:]}
    found = outcome_of(
        making, making.record(making.auditors("a1", "a2"), personal={**record.personal, ("zelf-scoren", "a2"): broken})
    )
    assert found.agreement == Unknown("niet te bepalen: het scoreblad van a2 is niet volledig")
    assert found.stands[0].given == {"a1": Answer(value=3)}


def test_rows_for_items_that_are_not_asked_are_no_answers(making: Making) -> None:
    rows = [{"item": "99", "value": 3}, {"item": "2", "value": 3}]
    record = agreed_on(making, making.scored(a1=3, a2=3), rows)
    step = making.step(making.mie, m.ScoreStep)
    assert list(agreed_answers(record, making.mie, step)) == [("2", "")]


def test_a_change_runs_over_the_items_scored_both_times(making: Making) -> None:
    first = making.scored(a1={"1": NOT_DISCUSSED, "2": 2})
    second = making.scored(a1={"1": 5, "2": 4})
    found = change(outcome_of(making, first), outcome_of(making, second), making.mie, making.mie)
    assert [(one.item, one.difference) for one in found.items[:3]] == [("1", None), ("2", 2), ("3", 0)]
    assert found.total.difference == Fraction(2, 11)
