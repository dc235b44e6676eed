"""Departures from the instrument: which ask a reason, which only inform; and texts that changed after scoring."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from kwartier.records.files import NotesFile, view
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.departures import departures
from kwartier.workflow.findings import Finding
from kwartier.workflow.texts import digest_of_texts, with_earlier
from kwartier.workflow.visible import visible

if TYPE_CHECKING:
    from tests.workflow.conftest import Making

LATER = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def found(making: Making, record: Record, id: str) -> Finding | None:
    return next((one for one in departures(record, making.mie) if one.id == id), None)


def reason(id: str) -> list[dict[str, Any]]:
    return [{"id": id, "reason": "Er was niemand anders.", "date": date(2026, 11, 22)}]


@pytest.mark.parametrize(("codes", "asked"), [("", True), ("a1", True), ("a1 a2", False), ("a1 a2 a3", False)])
def test_fewer_auditors_than_the_norm_ask_a_reason(making: Making, codes: str, asked: bool) -> None:
    finding = found(making, making.record(making.auditors(*codes.split())), "aantal-auditors")
    assert (finding is not None and finding.open) is asked


def test_a_reason_that_was_given_is_not_asked_again(making: Making) -> None:
    record = making.record(making.auditors("a1"), departure=reason("aantal-auditors"))
    finding = found(making, record, "aantal-auditors")
    assert finding is not None
    assert (finding.open, finding.reason) == (False, "Er was niemand anders.")
    assert finding.message == "1 auditor; 2 is de norm."


def test_shadows_and_who_stopped_are_no_second_auditor(making: Making) -> None:
    for details in ({"shadow": True}, {"stopped": "2026-11-23", "reason": "ziek"}):
        record = making.record([*making.auditors("a1"), *making.auditors("a2", **details)])
        assert found(making, record, "aantal-auditors") is not None


def test_who_sealed_before_stopping_is_a_second_auditor(making: Making) -> None:
    people = [*making.auditors("a1"), *making.auditors("a2", stopped="2026-11-26", reason="ziek")]
    record = making.record(people, personal={("zelf-scoren", "a2"): making.sealed(3, "a2")})
    assert found(making, record, "aantal-auditors") is None


def test_from_paper_nothing_is_asked_about_auditors(making: Making) -> None:
    record = making.record(paper={"source": "map", "entered": "2026-11-30"})
    assert found(making, record, "aantal-auditors") is None


def participants(making: Making, *rows: dict[str, Any], **fields: Any) -> Record:
    people = [{"id": f"d{number}", "role": "client", **row} for number, row in enumerate(rows, start=1)]
    return making.record(making.auditors("a1", "a2"), {"deelnemers": {"participant": people, **fields}})


def test_more_than_ten_participants_ask_a_reason(making: Making) -> None:
    assert found(making, participants(making, *[{}] * 10), "veel-deelnemers") is None
    finding = found(making, participants(making, *[{}] * 11), "veel-deelnemers")
    assert finding is not None
    assert finding.open
    assert finding.message.startswith("11 deelnemers; ten hoogste 10")


def test_who_refused_or_withdrew_is_no_participant(making: Making) -> None:
    rows = [*[{}] * 9, {"consent": "geweigerd"}, {"consent": "ingetrokken"}]
    assert found(making, participants(making, *rows), "veel-deelnemers") is None


def test_a_recording_without_permission_of_all_asks_a_reason(making: Making) -> None:
    rows: list[dict[str, Any]] = [{"audio": "gegeven"}, {"audio": "geweigerd"}, {}]
    finding = found(making, participants(making, *rows, audio_recorded=True), "geluid-zonder-toestemming")
    assert finding is not None
    assert "2 van 3" in finding.message
    assert found(making, participants(making, *rows), "geluid-zonder-toestemming") is None
    assert found(making, participants(making, *rows[:1], audio_recorded=True), "geluid-zonder-toestemming") is None


def test_who_withdraws_is_named_with_what_has_to_go(making: Making) -> None:
    finding = found(making, participants(making, {}, {"consent": "ingetrokken"}), "consent-withdrawn")
    assert finding is not None
    assert "d2" in finding.message
    for what in ("geluidsopname", "aantekeningen", "naam"):
        assert what in finding.advice
    assert found(making, participants(making, {"consent": "geweigerd"}), "consent-withdrawn") is None


def test_roles_that_are_missing_are_only_remarked(making: Making) -> None:
    finding = found(making, participants(making, {}), "roles-absent")
    assert finding is not None
    assert not finding.open
    assert "projectleider" in finding.message
    assert "familie-ervaringsdeskundige" not in finding.message
    assert found(making, participants(making), "roles-absent") is None


@pytest.mark.parametrize(("number", "asked"), [(0, False), (1, True), (2, False), (3, False), (4, True)])
def test_two_or_three_actions_are_meant(making: Making, number: int, asked: bool) -> None:
    rows = [{"id": f"x{n}", "text": "iets"} for n in range(number)]
    record = making.record(making.auditors("a1", "a2"), {"actiepunten": {"date": "2027-01-15", "action": rows}})
    finding = found(making, record, "aantal-actiepunten")
    assert (finding is not None and finding.open) is asked
    if finding:
        assert "2 of 3 is de bedoeling" in finding.message


def test_what_another_instrument_means_is_said_in_its_own_numbers(making: Making) -> None:
    rows = [{"id": f"x{n}", "text": "iets"} for n in range(4)]
    record = making.record(shared={"acties": {"date": "2027-01-15", "action": rows}})
    messages = [one.message for one in departures(record, making.tuin) if one.id == "aantal-actiepunten"]
    assert messages == ["4 actiepunten; 1 tot 3 is de bedoeling."]


def test_actions_without_the_day_they_were_chosen_are_remarked(making: Making) -> None:
    tree: Tree = {"action": [{"id": "x1", "text": "iets"}, {"id": "x2", "text": "nog iets"}]}
    undated = making.record(shared={"actiepunten": tree})
    assert found(making, undated, "actions-undated") is not None
    dated = making.record(shared={"actiepunten": {**tree, "date": "2027-01-15"}})
    assert found(making, dated, "actions-undated") is None


def texts(*pairs: tuple[str, str]) -> Tree:
    return {"explanation": [{"item": item, "text": text} for item, text in pairs]}


def digest_of(tree: Tree) -> str:
    return digest_of_texts(view(tree, NotesFile, "toelichten.toml"))


def test_texts_that_changed_after_sealing_are_remarked_at_the_reveal(making: Making) -> None:
    old, new = texts(("1", "Er is een visie.")), texts(("1", "Er is geen visie."))
    sheets = {
        ("zelf-scoren", "a1"): making.sealed(3, "a1", scored_on=digest_of(old)),
        ("zelf-scoren", "a2"): making.sealed(3, "a2", scored_on=digest_of(new)),
    }
    record = making.record(making.auditors("a1", "a2"), {"toelichten": new}, sheets)
    finding = found(making, record, "texts-changed")
    assert finding is not None
    assert finding.message.startswith(
        "Nadat a1 het scoreblad verzegelde, zijn er toelichtingen veranderd of bijgekomen;"
    )
    same = making.record(making.auditors("a2"), {"toelichten": new}, sheets)
    assert found(making, same, "texts-changed") is None


def test_texts_that_came_after_sealing_are_remarked_too(making: Making) -> None:
    record = making.record(
        making.auditors("a1"), {"toelichten": texts(("1", "Nu pas."))}, {("zelf-scoren", "a1"): making.sealed(3, "a1")}
    )
    finding = found(making, record, "texts-changed")
    assert finding is not None
    assert finding.message == (
        "Pas na het scoren zijn de toelichtingen geschreven; de scores zijn zonder deze teksten gegeven."
    )


def rewritten(making: Making, before: Tree, after: Tree, *codes: str) -> str:
    """What is remarked when texts change after two sealed, of whom the named ones on the texts before."""
    kept = with_earlier(before, after, now=LATER, scored=True)
    sheets = {
        ("zelf-scoren", code): making.sealed(3, code, scored_on=digest_of(before if code in codes else after))
        for code in ("a1", "a2")
    }
    finding = found(making, making.record(making.auditors("a1", "a2"), {"toelichten": kept}, sheets), "texts-changed")
    return finding.message if finding else ""


def test_which_texts_changed_after_sealing_is_said(making: Making) -> None:
    before = texts(("1", "Een."), ("2", "Twee."), ("10", "Tien."))
    one = texts(("1", "Een."), ("2", "Twee!"), ("10", "Tien."))
    assert rewritten(making, before, one, "a1", "a2") == (
        "Na het scoren is de toelichting bij item 2 aangepast; de scores zijn gegeven op de eerdere tekst."
    )
    two = texts(("1", "Een."), ("2", "Twee!"))
    assert rewritten(making, before, two, "a1", "a2") == (
        "Na het scoren zijn de toelichtingen bij items 2 en 10 aangepast; de scores zijn gegeven op de eerdere teksten."
    )
    assert rewritten(making, before, one, "a2").startswith(
        "Nadat a2 het scoreblad verzegelde, is de toelichting bij item 2 aangepast; die scores"
    )
    assert rewritten(making, before, one) == rewritten(making, before, before, "a1", "a2") == ""


def test_a_text_that_came_after_sealing_is_not_taken_for_a_change_of_another(making: Making) -> None:
    before, after = texts(("1", "Een.")), texts(("1", "Een!"), ("2", "Twee."))
    assert rewritten(making, before, after, "a1", "a2") == (
        "Na het scoren zijn er toelichtingen veranderd of bijgekomen, in elk geval bij item 1; "
        "de scores zijn gegeven op de eerdere teksten."
    )


def test_a_text_that_was_put_back_has_not_changed(making: Making) -> None:
    before, between = texts(("1", "Een."), ("2", "Twee.")), texts(("1", "Een!"), ("2", "Twee!"))
    kept = with_earlier(before, between, now=LATER, scored=True)
    after = texts(("1", "Een!"), ("2", "Twee."))
    assert "item 1 aangepast" in rewritten(making, {**before}, {**after, "earlier": kept["earlier"]}, "a1", "a2")


def test_what_sheets_have_odd_is_not_told_before_the_reveal(making: Making) -> None:
    sheet = making.sealed(3, "a1", scored_on="sha256:other", wording="sha256:w")
    record = making.record(making.auditors("a1", "a2"), personal={("zelf-scoren", "a1"): sheet})
    ids = {one.id for one in departures(visible(record, making.mie, "a1"), making.mie)}
    assert not ids & {"texts-changed", "wordings-differ", "sheets-changed"}


def test_different_wordings_are_remarked(making: Making) -> None:
    sheets = {
        ("zelf-scoren", "a1"): making.sealed(3, "a1", wording="sha256:official"),
        ("zelf-scoren", "a2"): making.sealed(3, "a2"),
    }
    assert found(making, making.record(making.auditors("a1", "a2"), personal=sheets), "wordings-differ") is not None
    assert found(making, making.record(making.auditors("a2"), personal=sheets), "wordings-differ") is None


def test_a_sheet_that_was_changed_after_sealing_is_named(making: Making) -> None:
    record = making.scored(a1=3, a2=3)
    assert found(making, record, "sheets-changed") is None
    sheet = record.personal["zelf-scoren", "a2"]
    tampered = {**sheet, "answer": [{**sheet["answer"][0], "value": 5}, *sheet["answer"][1:]]}
    sheets = {**record.personal, ("zelf-scoren", "a2"): tampered}
    finding = found(making, making.record(making.auditors("a1", "a2"), personal=sheets), "sheets-changed")
    assert finding is not None
    assert "a2" in finding.message


def test_the_digest_of_texts_is_about_the_texts_alone() -> None:
    tree = texts(("1", "Een."), ("2", "Twee."))
    assert digest_of(tree) == digest_of({**tree, "writer": "a1", "date": date(2026, 11, 23), "earlier": []})
    assert digest_of(tree) == digest_of({"explanation": list(reversed(tree["explanation"]))})
    assert digest_of(tree) != digest_of(texts(("1", "Een."), ("2", "Twee!")))
    assert digest_of({"explanation": [{"item": "1"}]}) == digest_of({}) == ""


def test_a_text_that_was_scored_is_kept_when_it_changes() -> None:
    before = texts(("1", "Oud."), ("2", "Blijft."), ("3", "Gaat weg."))
    after = texts(("1", "Nieuw."), ("2", "Blijft."), ("4", "Komt erbij."))
    kept = with_earlier(before, after, now=LATER, scored=True)
    assert kept["earlier"] == [
        {"id": "1-1", "item": "1", "text": "Oud.", "replaced": LATER},
        {"id": "3-1", "item": "3", "text": "Gaat weg.", "replaced": LATER},
    ]
    again = with_earlier(kept, {**texts(("1", "Nieuwer.")), "earlier": kept["earlier"]}, now=LATER, scored=True)
    assert [row["id"] for row in again["earlier"]] == ["1-1", "3-1", "1-2", "2-1", "4-1"]


def test_a_text_that_nobody_scored_is_simply_replaced() -> None:
    before, after = texts(("1", "Oud.")), texts(("1", "Nieuw."))
    assert with_earlier(before, after, now=LATER, scored=False) == after
    assert with_earlier(before, before, now=LATER, scored=True) == before
    unwritten: Tree = {"explanation": [{"item": "1", "handled": "besproken"}, {"item": "2", "text": ""}]}
    later = texts(("1", "Nieuw."), ("2", "Nieuw."))
    assert with_earlier(unwritten, later, now=LATER, scored=True) == later
