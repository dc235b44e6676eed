"""The students of an organisation in a list, what there is to erase of one, and who has an older profile."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.workspace.conftest import refusal
from tests.workspace.glass import Glasshouse
from tests.workspace.kas import CODE, PUPIL

from kwartier.workspace.students import free_code

SLUG = "de-glazen-stad"


@pytest.fixture
def glass(tmp_path: Path, packages: Path) -> Glasshouse:
    """An empty greenhouse with a programme."""
    return Glasshouse(tmp_path, packages)


def test_a_student_in_a_list_and_what_is_known_of_one_that_is_locked(glass: Glasshouse) -> None:
    with glass.open() as ws:
        first = glass.begin(ws)
        second = glass.portfolio(ws, SLUG, 3, date(2026, 10, 1), first)
        ws.add_subject(SLUG, "perk", "Het Perk", kind="workplace")
        ws.add_placement(SLUG, "perk", student=CODE, start="1-9-2026", level=2)
        ws.retain(SLUG, CODE, date(2030, 9, 1))
        (one,) = ws.students(SLUG)
        assert (one.code, one.name, one.retain_until, one.shut) == (CODE, PUPIL, date(2030, 9, 1), False)
        assert [each.summary.ref for each in one.portfolios] == [first, second]
        assert [each.level_words for each in one.portfolios] == ["niveau 2", "niveau 3"]
        assert one.newest is not None and one.newest.level == "3" and one.next == "Gegevens"
        assert [(each.name, each.placement.level) for each in one.placed] == [("Het Perk", 2)]

        ws.encrypt_student(SLUG, CODE, "vier gele emmers")
        shut = ws.student(SLUG, CODE)
        assert shut.shut and not shut.problem and shut.retain_until == date(2030, 9, 1)
        assert (shut.name, shut.note, shut.next) == ("", "", "op slot")
        assert {each.level for each in shut.portfolios} == {""}
        assert ws.would_erase(SLUG, CODE).records == 2, "what there is to erase is known without the passphrase"
        ws.unlock_student(SLUG, CODE, "vier gele emmers")
        assert ws.student(SLUG, CODE).name == PUPIL and ws.student(SLUG, CODE).unlocked
        assert refusal(lambda: ws.student(SLUG, "perk")).code == "not-a-student"
        assert refusal(lambda: ws.student(SLUG, "s9")).code == "unknown-subject"


def test_a_free_code_is_the_lowest_that_nobody_has() -> None:
    assert free_code([]) == "s1"
    assert free_code(["s1", "s3", "perk"]) == "s2"


def test_what_would_be_erased_is_what_erasing_takes_away(glass: Glasshouse) -> None:
    with glass.open() as ws:
        ref = glass.begin(ws)
        ws.change(ref, "bewijs", {"evidence": [{"id": "b1", "title": "Plan"}]}, person=CODE)
        file = glass.home / "plan.txt"
        file.write_text("zaaien", "utf-8")
        ws.attach(ref, "bewijs", "b1", file, CODE)
        ws.add_subject(SLUG, "perk", "Het Perk", kind="workplace")
        ws.add_placement(SLUG, "perk", student=CODE)
        before = glass.files()
        told = ws.would_erase(SLUG, CODE)
        assert glass.files() == before
        assert (told.records, told.evidence, told.placements, told.copies) == (1, 1, 1, 0)
        assert refusal(lambda: ws.would_erase(SLUG, "perk")).code == "not-a-student"
        done = ws.erase_student(SLUG, CODE)
        assert (done.records, done.evidence, done.placements) == (told.records, told.evidence, told.placements)


def test_unfinished_records_with_an_older_profile_are_named_until_they_are_renewed(glass: Glasshouse) -> None:
    with glass.open() as ws:
        plain = glass.begin(ws)
        ref = ws.start(
            "kas", SLUG, day=date(2026, 9, 2), subject=CODE, parameters={"niveau": 2}, profile="glas", people=()
        )
        assert ws.behind("glas").refs == ()
        ws.link("glas", "1.1", ["b1"])
        assert [str(one) for one in ws.behind("glas").refs] == [ref] and plain != ref
        ws.renew(ref)
        assert ws.behind("glas").refs == ()
        ws.link("glas", "1.1", [])
        ws.encrypt_student(SLUG, CODE, "vier gele emmers")
        shut = ws.behind("glas")
        assert (shut.refs, shut.shut) == ((), 2), "of who is locked it is not known"
