"""The third gate and the definitive report: versions, what they fix, reopening, and what changed between them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from kwartier.errors import Refused
from kwartier.instrument import model as m
from kwartier.records.canonical import digest
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.settled import changes, definitive, is_definitive, reopened, require_open, versions

if TYPE_CHECKING:
    from tests.workflow.conftest import Making

DAY = date(2026, 12, 10)


def agreed(making: Making, leave_out: str = "", report: Tree | None = None, **first: Any) -> Record:
    """Two sealed sheets and a definitive score for every item but one."""
    rows = [{"item": str(n), "value": 3} for n in range(1, 13) if str(n) != leave_out]
    if first:
        rows[0] = {"item": "1", **first}
    base = making.scored(a1=3, a2=3)
    shared: dict[str, Tree] = {
        "consensus": {"answer": rows},
        "conclusies": {"strength": [{"id": "s1", "text": "Er is een goed team."}]},
        "toelichten": {"explanation": [{"item": "1", "text": "Er is een visie."}]},
        "interview": {"session": [{"id": "g1", "date": "2026-11-22"}]},
    }
    if report:
        shared["verslag"] = report
    return making.record(making.auditors("a1", "a2"), shared, base.personal)


def final(making: Making, record: Record, tree: Tree | None = None, row: str = "1") -> Tree:
    return definitive(record, making.mie, tree or {}, on=DAY, by="a1", row=row)


def test_a_definitive_report_waits_for_every_sheet(making: Making) -> None:
    record = making.record(making.auditors("a1", "a2"), personal={("zelf-scoren", "a1"): making.sealed(3, "a1")})
    with pytest.raises(Refused, match="wacht op a2") as caught:
        final(making, record)
    assert caught.value.code == "not-revealed"


@pytest.mark.parametrize("item", ["1", "12"])
def test_a_definitive_report_waits_for_every_item(making: Making, item: str) -> None:
    with pytest.raises(Refused, match=f"item {item}\\.") as caught:
        final(making, agreed(making, leave_out=item))
    assert caught.value.code == "not-agreed"


def test_a_remark_is_no_definitive_score(making: Making) -> None:
    with pytest.raises(Refused, match="item 1"):
        final(making, agreed(making, note="nog bespreken"))


def test_not_to_be_judged_is_an_answer_too(making: Making) -> None:
    tree = final(making, agreed(making, missing="niet van toepassing"))
    assert tree["version"][0]["snapshot"]["consensus"]["answer"][0]["missing"] == "niet van toepassing"


def test_no_actions_are_needed(making: Making) -> None:
    record = agreed(making)
    assert "actiepunten" not in record.shared
    (version,) = final(making, record)["version"]
    assert (version["id"], version["date"], version["by"]) == ("1", DAY, "a1")


def test_a_version_fixes_what_is_settled_and_nothing_else(making: Making) -> None:
    record = agreed(making)
    (version,) = final(making, record)["version"]
    assert set(version["snapshot"]) == {"consensus", "conclusies", "toelichten"}
    assert version["digest"] == digest(version["snapshot"])


def test_after_it_only_what_is_not_settled_changes(making: Making) -> None:
    record = agreed(making, report=final(making, agreed(making)))
    assert is_definitive(record, making.mie)
    by_id = {step.id: step for step in making.mie.step}
    for settled in ("toelichten", "zelf-scoren", "consensus", "conclusies"):
        with pytest.raises(Refused, match="ligt vast") as caught:
            require_open(record, making.mie, by_id[settled])
        assert "kwartier heropen" in (caught.value.advice or "")
    for free in ("actiepunten", "opvolgen", "herhalen", "terugkoppelen", "voorbereiden"):
        require_open(record, making.mie, by_id[free])
    with pytest.raises(Refused, match="al definitief"):
        final(making, record, record.shared["verslag"], row="2")


def test_reopening_keeps_the_version_with_its_reason_and_opens_the_rest(making: Making) -> None:
    tree = reopened(final(making, agreed(making)), on=date(2027, 1, 5), reason="Aantal klopte niet.")
    record = agreed(making, report=tree)
    assert not is_definitive(record, making.mie)
    require_open(record, making.mie, making.step(making.mie, m.ConsensusStep))
    (version,) = versions(record, making.mie)
    assert (version.reopened, version.reason) == (date(2027, 1, 5), "Aantal klopte niet.")
    assert version.snapshot["consensus"]["answer"][0] == {"item": "1", "value": 3}
    with pytest.raises(Refused, match="niet definitief"):
        reopened(tree, on=DAY, reason="nog eens")


def test_what_was_never_definitive_is_not_reopened() -> None:
    with pytest.raises(Refused, match="niet definitief"):
        reopened({}, on=DAY, reason="x")


def test_the_second_version_says_what_changed(making: Making) -> None:
    first = reopened(final(making, agreed(making)), on=date(2027, 1, 5), reason="Aantal klopte niet.")
    later = agreed(making, report=first, value=4, note="Er zijn er vijf.")
    shared = {**later.shared, "conclusies": {"strength": [{"id": "s1", "text": "Er is een sterk team."}]}}
    later = making.record(making.auditors("a1", "a2"), shared, later.personal)
    record = agreed(making, report=final(making, later, first, row="2"))
    before, after = versions(record, making.mie)
    assert is_definitive(record, making.mie)
    assert [(one.step, one.place, one.before, one.after) for one in changes(making.mie, before, after)] == [
        ("Consensus", "antwoord item 1, opmerking", "–", "Er zijn er vijf."),
        ("Consensus", "antwoord item 1, waarde", "3", "4"),
        ("Conclusies en aanbevelingen", "strength s1, tekst", "Er is een goed team.", "Er is een sterk team."),
    ]
    assert changes(making.mie, before, before) == []


def test_dates_and_yes_or_no_are_told_in_words(making: Making) -> None:
    record = agreed(making)
    trees: list[Tree] = []
    for day, flag in ((date(2026, 11, 22), True), (date(2026, 11, 23), False)):
        shared = {**record.shared, "conclusies": {"date": day, "agreed": flag}}
        again = making.record(making.auditors("a1", "a2"), shared, record.personal)
        trees.append(final(making, again, reopened(trees[0], on=DAY, reason="x") if trees else None, str(len(trees))))
    before, after = versions(agreed(making, report=trees[1]), making.mie)
    told = {(one.place, one.before, one.after) for one in changes(making.mie, before, after)}
    assert told == {("datum", "22 nov 2026", "23 nov 2026"), ("agreed", "ja", "nee")}


def test_one_auditor_needs_no_consensus_for_a_definitive_report(making: Making) -> None:
    assert final(making, making.scored(a1=3))["version"]


def test_a_measurement_from_paper_becomes_definitive_without_sheets(making: Making) -> None:
    rows = [{"item": str(n), "value": 3} for n in range(1, 13)]
    paper = {"source": "map in de kast", "entered": "2026-11-30"}
    record = making.record(shared={"consensus": {"answer": rows}}, paper=paper)
    assert final(making, record)["version"]
