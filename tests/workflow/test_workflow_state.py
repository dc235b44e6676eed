"""Where each step stands, what it waits for, and what is next."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kwartier.instrument.reading import read_content
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.settled import definitive, reopened
from kwartier.workflow.state import Status, StepState, next_step, states
from kwartier.workflow.visible import visible

if TYPE_CHECKING:
    from tests.workflow.conftest import Making

DAY = date(2026, 11, 30)


def told(making: Making, record: Record, viewer: str | None = None) -> dict[str, StepState]:
    return {one.id: one for one in states(visible(record, making.mie, viewer), making.mie)}


def short(making: Making, record: Record, *steps: str) -> list[tuple[Status, str]]:
    found = told(making, record)
    return [(found[step].status, found[step].detail) for step in steps]


def test_a_new_record_is_open_and_waits_where_there_is_a_gate(making: Making) -> None:
    found = told(making, making.record(making.auditors("a1", "a2")))
    assert [one.id for one in found.values()] == [step.id for step in making.mie.step]
    waiting = {id for id, one in found.items() if one.status is Status.WAITING}
    assert waiting == {"consensus", "verslag", "opvolgen"}
    assert all(one.status is Status.OPEN for id, one in found.items() if id not in waiting)
    assert found["feitencontrole"].optional
    first = next_step(list(found.values()))
    assert first is not None
    assert first.id == "voorbereiden"


def test_facts_of_which_none_is_required_are_done_once_something_is_filled_in(making: Making) -> None:
    text = (Path(__file__).parents[1] / "samples" / "instruments" / "kas" / "content.toml").read_bytes()
    content = read_content(text, "content.toml")

    def first(*rows: Tree) -> tuple[str, Status]:
        found = states(making.record(shared={"gegevens": {"fact": list(rows)}}), content)
        following = next_step(found)
        assert following is not None
        return following.id, found[0].status

    assert first() == ("gegevens", Status.OPEN)
    assert first({"id": "kas", "value": "Kas 3"}) == ("bewijs", Status.DONE)


def test_every_status_has_a_word() -> None:
    assert len({status.word for status in Status}) == len(Status)


def test_a_step_that_is_skipped_says_why(making: Making) -> None:
    record = making.record(shared={"feitencontrole": {"skipped": "geen tijd", "date": DAY, "by": "a1"}})
    one = told(making, record)["feitencontrole"]
    assert (one.status, one.detail, one.date, one.by) == (Status.SKIPPED, "geen tijd", "2026-11-30", "a1")


def test_sessions_add_up(making: Making) -> None:
    sessions: Tree = {
        "session": [
            {"id": "g1", "date": DAY, "start": "14:00:00", "end": "15:30:00"},
            {"id": "g2", "date": DAY, "minutes": 45},
            {"id": "g3", "date": DAY, "start": "23:30:00", "end": "00:15:00"},
        ],
        "prompt": [{"item": "1", "id": "a", "asked": True}],
    }
    assert short(making, making.record(shared={"interview": sessions}), "interview") == [
        (Status.DONE, "3 gesprekken, 180 minuten (gepland 120), 1 van 50 vragen")
    ]


def test_how_far_participants_texts_and_facts_are(making: Making) -> None:
    shared: dict[str, Tree] = {
        "deelnemers": {
            "participant": [{"id": "d1", "role": "client", "consent": "gegeven"}, {"id": "d2", "role": "x"}]
        },
        "toelichten": {"explanation": [{"item": "1", "text": "Er is een visie."}, {"item": "2"}]},
        "terugkoppelen": {"fact": [{"id": "terugkoppeling_datum", "value": DAY}]},
    }
    assert short(making, making.record(shared=shared), "deelnemers", "toelichten", "terugkoppelen") == [
        (Status.BUSY, "2 deelnemers, toestemming van 1"),
        (Status.BUSY, "1 van 12 geschreven"),
        (Status.DONE, "1 van 3 ingevuld"),
    ]


def test_of_sheets_it_is_told_how_far_they_are_and_not_what_is_in_them(making: Making) -> None:
    people = [*making.auditors("a1", "a2"), *making.auditors("a3", stopped="2026-11-23", reason="ziek")]
    personal = {
        ("zelf-scoren", "a1"): making.sealed(5, "a1"),
        ("zelf-scoren", "a2"): making.sheet({"1": 4, "2": 4}, "a2"),
    }
    record = making.record(people, personal=personal)
    for viewer in ("a1", "a2", None):
        step = told(making, record, viewer)["zelf-scoren"]
        assert (step.status, step.detail) == (Status.BUSY, "1 van 2 verzegeld")
        assert [(one.id, one.detail, one.counts) for one in step.people] == [
            ("a1", "verzegeld", True),
            ("a2", "2 van 12", True),
            ("a3", "gestopt", False),
        ]


def test_after_the_reveal_the_consensus_opens(making: Making) -> None:
    record = making.scored({"consensus": {"answer": [{"item": "1", "value": 3}]}}, a1=3, a2=3)
    assert short(making, record, "zelf-scoren", "consensus", "verslag") == [
        (Status.DONE, "2 van 2 verzegeld"),
        (Status.BUSY, "1 van 12 definitief"),
        (Status.WAITING, "tot elk item een definitieve score heeft"),
    ]


def test_with_one_auditor_there_is_no_consensus(making: Making) -> None:
    assert short(making, making.scored(a1=3), "consensus", "verslag") == [
        (Status.VOID, "één auditor: het scoreblad is definitief"),
        (Status.OPEN, "concept"),
    ]


def test_from_paper_there_are_no_sheets(making: Making) -> None:
    rows = [{"item": str(n), "value": 3} for n in range(1, 13)]
    record = making.record(shared={"consensus": {"answer": rows}}, paper={"source": "map", "entered": "2026-11-30"})
    assert short(making, record, "zelf-scoren", "consensus") == [
        (Status.VOID, "niet vastgelegd (van papier)"),
        (Status.DONE, "12 van 12 definitief"),
    ]


def test_a_report_is_a_draft_then_definitive_then_reopened(making: Making) -> None:
    base = making.scored(a1=3)
    final = definitive(base, making.mie, {}, on=DAY, by="", row="1")
    done = making.record(making.auditors("a1"), {"verslag": final}, base.personal)
    assert short(making, done, "verslag") == [(Status.DONE, "versie 1, 30-11-2026")]
    again = {"verslag": reopened(final, on=DAY, reason="fout")}
    assert short(making, making.record(making.auditors("a1"), again, base.personal), "verslag") == [
        (Status.BUSY, "heropend, wordt versie 2")
    ]


def test_improvements_without_a_recommendation_are_counted(making: Making) -> None:
    tree: Tree = {
        "improvement": [{"id": "p1", "text": "x"}, {"id": "p2", "text": "y"}],
        "recommendation": [{"id": "r1", "improvement": "p1", "text": "z"}],
    }
    assert short(making, making.record(shared={"conclusies": tree}), "conclusies") == [
        (Status.BUSY, "0 sterk, 2 te verbeteren; 1 zonder aanbeveling")
    ]


def test_actions_are_done_when_chosen_and_followed_up_until_closed(making: Making) -> None:
    actions: Tree = {"date": DAY, "action": [{"id": "x1", "text": "een"}, {"id": "x2", "text": "twee"}]}
    review = {"id": "r1", "action": "x1", "date": DAY, "state": "afgerond"}
    record = making.record(shared={"actiepunten": actions, "opvolgen": {"review": [review]}})
    assert short(making, record, "actiepunten", "opvolgen") == [
        (Status.DONE, "2 actiepunten"),
        (Status.BUSY, "1 van 2 lopen nog"),
    ]
    closed = {"review": [review, {**review, "id": "r2", "action": "x2", "state": "losgelaten"}]}
    record = making.record(shared={"actiepunten": actions, "opvolgen": closed})
    assert short(making, record, "opvolgen") == [(Status.DONE, "alle actiepunten afgesloten")]
