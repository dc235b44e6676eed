"""The demo of the praktijkleerplek: repeatable, whole, on any day, and with something of everything to look at."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from kwartier.api import Workspace
from kwartier_praktijkleerplek.demo import build

DAY = date(2028, 12, 7)


def made(folder: Path, day: date = DAY) -> Path:
    with Workspace.open(folder, random=Random(7)) as workspace:
        build(workspace, day)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_day_and_chance_give_the_same_bytes(tmp_path: Path) -> None:
    assert contents(made(tmp_path / "een")) == contents(made(tmp_path / "twee, é"))


@pytest.mark.parametrize("days", [0, 1, 83, 1000])
def test_three_places_each_with_a_verdict_one_student_and_conditions_late_and_soon(tmp_path: Path, days: int) -> None:
    day = DAY + timedelta(days=days)
    with Workspace.open(made(tmp_path / "demo", day)) as workspace:
        places = {one.code: one for one in workspace.workplaces()}
        assert sorted(places) == ["fact-oost", "herstelacademie", "inloop-west"]
        due = [one.day for one in workspace.agenda() if one.kind == "condition"]
        assert [one is not None and one < day for one in sorted(one for one in due if one)] == [True, False]
        assert workspace.check().problems == ()


def test_the_yearly_look_begins_with_the_answers_of_last_year(tmp_path: Path) -> None:
    with Workspace.open(made(tmp_path / "demo")) as workspace:
        before, now = (str(ref) for ref in workspace.assessments("de-haven") if ref.subject == "fact-oost")
        assert workspace.see(now).record.envelope.follows == before
        changed = [
            one.item
            for one in workspace.compare(now, before).change.items
            if one.before is not None and one.after is not None and one.before.value != one.after.value
        ]
        assert changed == ["e3"]
