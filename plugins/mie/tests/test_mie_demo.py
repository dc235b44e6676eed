"""The demo of the MIE: repeatable, whole, on any day after the publication, and worth reading."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from kwartier.api import (
    ActionsFile,
    ConclusionsFile,
    InterviewFile,
    KwartierError,
    NotesFile,
    PeopleFile,
    ReviewsFile,
    Workspace,
)
from kwartier_mie.demo import build

DAY = date(2028, 12, 7)
BEFORE, NOW = "kwadrant/mie/2026-11-24", "kwadrant/mie/2028-11-21"
ITEMS = [str(number) for number in range(1, 13)]


def made(folder: Path, day: date) -> Path:
    with Workspace.open(folder, random=Random(7)) as workspace:
        build(workspace, day)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("demo"), DAY)


@pytest.fixture
def workspace(folder: Path) -> Workspace:
    with Workspace.open(folder) as opened:
        return opened


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_day_and_chance_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = contents(made(tmp_path / "nog eens, é", DAY))
    assert again == contents(folder)
    assert len([name for name in again if name.startswith("organisations/")]) > 30


@pytest.mark.parametrize("day", [DAY + timedelta(days=days) for days in (1, 5, 1000)])
def test_on_any_later_day_all_that_was_done_lies_before_it_and_something_is_late_and_something_soon(
    tmp_path: Path, day: date
) -> None:
    made(tmp_path / "demo", day)
    with Workspace.open(tmp_path / "demo") as workspace:
        days = [one.day for one in workspace.agenda() if one.day]
        assert workspace.check().problems == ()
    assert [one for one in days if one < day]
    assert [one for one in days if day <= one <= day + timedelta(days=30)]
    done = re.compile(r"^(?:sealed|destroyed|consent_on|letter|entered) = (\d{4}-\d\d-\d\d)", re.MULTILINE)
    found = [
        date.fromisoformat(one)
        for data in contents(tmp_path / "demo" / "organisations").values()
        for one in done.findall(data.decode())
    ]
    assert len(found) > 30
    assert max(found) < day
    assert max(found) > day - timedelta(days=30)
    assert min(found) > date(2026, 1, 1)


def test_a_day_on_which_the_mie_would_not_exist_is_refused(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace, pytest.raises(ValueError, match="2026"):
        build(workspace, date(2027, 11, 1))


def test_the_data_are_sound(workspace: Workspace) -> None:
    checked = workspace.check()
    assert (checked.problems, checked.organisations, checked.assessments) == ((), 3, 4)


def test_the_first_measurement_is_finished(workspace: Workspace) -> None:
    assert workspace.summary(BEFORE).definitive
    outcome = workspace.outcome(BEFORE)
    unknown = [one.item for one in outcome.stands if one.agreed and one.agreed.missing]
    assert (outcome.complete, unknown) == (True, ["10"])
    record = workspace.see(BEFORE).record
    assert len(record.read("interview", InterviewFile).session) == 2
    assert {one.consent for one in record.read("deelnemers", PeopleFile).participant} == {"gegeven", "geweigerd"}
    conclusions = record.read("conclusies", ConclusionsFile)
    assert {one.section for one in conclusions.strength} == set("ABCDE")
    assert {one.improvement for one in conclusions.recommendation} == {one.id for one in conclusions.improvement}
    actions, reviews = record.read("actiepunten", ActionsFile).action, record.read("opvolgen", ReviewsFile).review
    newest = {one.action: one.state for one in sorted(reviews, key=lambda one: one.date)}
    assert [newest[one.id] for one in actions] == ["afgerond", "bijgesteld", "loopt"]
    assert [one for one in workspace.agenda() if one.kind == "raw-notes"] == []


def test_where_the_auditors_differed_they_say_why(workspace: Workspace) -> None:
    stands = workspace.outcome(BEFORE).stands
    differing = [one for one in stands if not one.equal]
    assert 3 <= len(differing) < len(stands)
    assert all(one.agreed and len(one.agreed.note.split()) > 5 for one in differing)


def test_the_second_measurement_is_half_way_and_nothing_of_it_is_revealed(workspace: Workspace) -> None:
    scoring = next(one for one in workspace.situation(NOW).steps if one.id == "zelf-scoren")
    assert [(one.detail, one.sealed) for one in scoring.people] == [("verzegeld", True), ("9 van 12", False)]
    outcome = workspace.outcome(NOW)
    assert outcome.why
    assert not any(one.given or one.agreed for one in outcome.stands)
    assert workspace.see(NOW).record.envelope.follows == BEFORE
    with pytest.raises(KwartierError, match="verzegeld"):
        workspace.change(NOW, "consensus", {"answer": []})


@pytest.mark.parametrize("ref", [BEFORE, NOW])
def test_the_explanations_read_like_work_on_any_day(workspace: Workspace, ref: str) -> None:
    rows = workspace.see(ref).record.read("toelichten", NotesFile).explanation
    texts = {one.item: one.text for one in rows}
    assert list(texts) == ITEMS
    for item, text in texts.items():
        sentences = re.split(r"(?<=[.!?])\s+", text)
        assert 3 <= len(sentences) <= 6, item
        assert "\n" not in text, item
        assert "  " not in text, item
        # The demo plays on any day: a year in a text would be wrong.
        assert re.search(r"\b20\d\d\b", text) is None, item


def test_the_instrument_itself_imports_nothing_of_kwartier() -> None:
    told = "import kwartier_mie, sys; print([name for name in sys.modules if name.split('.')[0] == 'kwartier'])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
