"""The demo of the leerplan: repeatable, whole, on any day; three students who keep to themselves what is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from kwartier.api import EvidenceFile, Workspace
from kwartier_leerplan.demo import beginning, build, half_way, master
from kwartier_leerplan.demo.common import EXPERT, items

DAY = date(2028, 12, 7)
SLUG = "leerhuis-de-kiem"


def made(folder: Path, day: date = DAY) -> Path:
    with Workspace.open(folder, random=Random(7)) as workspace:
        build(workspace, day)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, made once; nothing here changes it."""
    return made(tmp_path_factory.mktemp("leerplan") / "een")


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    with Workspace.open(folder) as opened:
        yield opened


def portfolios(workspace: Workspace, code: str) -> list[str]:
    return [str(ref) for ref in workspace.assessments(SLUG) if ref.subject == code]


def test_the_same_day_and_chance_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    assert contents(made(tmp_path / "twee, é")) == contents(folder)


@pytest.mark.parametrize("days", [0, 83])
def test_three_students_at_three_levels_one_to_be_erased_or_kept_soon(tmp_path: Path, folder: Path, days: int) -> None:
    day = DAY + timedelta(days=days)
    with Workspace.open(made(tmp_path / "demo", day) if days else folder) as workspace:
        codes = [one.code for one in workspace.workplaces(SLUG, kind="student")]
        students = {code: workspace.subject(SLUG, code).name for code in codes}
        assert students == {one.CODE: one.NAME for one in (beginning, half_way, master)}
        due = {(one.kind, one.step or one.ref): one.day for one in workspace.agenda() if one.day}
        soon = [key for key, found in due.items() if found and day <= found <= day + timedelta(days=30)]
        assert soon == [("action", "afspraken"), ("retention", master.CODE)]
        assert workspace.check().problems == ()


def test_who_has_just_begun_keeps_most_to_herself(workspace: Workspace) -> None:
    (ref,) = portfolios(workspace, beginning.CODE)

    def titles(viewer: str | None) -> list[str]:
        return [row.title for row in workspace.see(ref, viewer=viewer).record.read("bewijs", EvidenceFile).evidence]

    assert (len(titles(beginning.CODE)), titles("a1"), titles(None)) == (3, ["Meegelopen met de wandelgroep"], [])
    own = workspace.see(ref, viewer=beginning.CODE).record.personal["zelfbeoordeling", beginning.CODE]
    assert 0 < len(own["answer"]) < len(items(2)) / 2


def test_half_way_is_agreed_on_and_one_of_two_sheets_is_sealed_at_the_end(workspace: Workspace, tmp_path: Path) -> None:
    (ref,) = portfolios(workspace, half_way.CODE)
    assert workspace.outcome(ref, step="tussentijds").complete
    assert workspace.outcome(ref).why == "nog niet alle scorebladen zijn verzegeld (1 van 2)"
    departures = [one.message for one in workspace.situation(ref).findings]
    assert any("is geschoold in beoordelen" in one and "a2" in one for one in departures)
    rows = workspace.see(ref, viewer="a2").record.read("bewijs", EvidenceFile).evidence
    kept = [row for row in rows if row.file]
    assert [row.title for row in rows] == [row.title for row in kept] and len(kept) == 2
    path = workspace.fetch_file(ref, "bewijs", kept[0].id, tmp_path, "a2")
    assert path.name == "gespreksverslag.txt" and "gordijnen" in path.read_text(encoding="utf-8")
    (workplace,) = workspace.workplaces(SLUG)
    assert [row.student for row in workspace.subject(SLUG, workplace.code).placement] == [half_way.CODE]


def test_the_master_follows_another_school_and_takes_over_some_of_what_was_judged_there(workspace: Workspace) -> None:
    before, now = portfolios(workspace, master.CODE)
    assert workspace.summary(before).definitive and workspace.summary(now).definitive
    seen = workspace.see(now)
    assert (seen.record.envelope.follows, seen.record.envelope.profile) == (before, "mex")
    stands = [one for one in workspace.outcome(now).stands if not one.part]
    assert [one.item for one in stands] == items(7)
    assert [one.item for one in stands if one.taken_over == before] == list(master.TAKEN)
    assert workspace.see(now, viewer=EXPERT).content.profile is not None


def test_the_programme_has_a_part_of_its_links(workspace: Workspace) -> None:
    assert len(workspace.profile("mex").link) > 10
    left = workspace.unlinked("mex")
    assert left.items and not left.outcomes
