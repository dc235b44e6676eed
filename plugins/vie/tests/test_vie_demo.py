"""The demo of the VIE: the published figures as they are, and nothing invented among them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from kwartier.api import Mean, Workspace, rounded
from kwartier_vie.demo import ASSESSOR, build

DAY = date(2028, 12, 7)


def made(folder: Path, before: tuple[str, ...] = ()) -> Path:
    with Workspace.open(folder, random=Random(7)) as workspace:
        for name in before:
            workspace.add_organisation(name)
        build(workspace, DAY)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("demo"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_day_and_chance_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    assert contents(made(tmp_path / "nog eens, é")) == contents(folder)


def test_it_holds_the_18_institutions_with_both_measurements_and_their_bands(folder: Path) -> None:
    with Workspace.open(folder) as workspace:
        bands: dict[str, Counter[str | None]] = {"2011-06-01": Counter(), "2012-07-01": Counter()}
        totals = []
        for slug, _ in workspace.organisations():
            for ref in workspace.assessments(slug):
                if ref.date.year > 2012:
                    continue
                found = workspace.outcome(ref).scores
                bands[ref.date.isoformat()][found.band] += 1
                if ref.date.year == 2012:
                    assert isinstance(found.total, Mean)
                    totals.append(found.total.value)
        assert bands["2011-06-01"] == {"laag": 11, "midden": 7}
        assert bands["2012-07-01"] == {"laag": 5, "midden": 12, "hoog": 1}
        assert str(rounded(Fraction(sum(totals)) / len(totals), 1)) == "2.8"
        assert workspace.check().problems == ()


def test_what_is_invented_is_unfinished_so_that_it_is_in_no_comparison(folder: Path) -> None:
    with Workspace.open(folder) as workspace:
        [ref] = workspace.assessments("de-werf")
        assert not workspace.outcome(ref, viewer=ASSESSOR).complete
        assert {one.item: one.values for one in workspace.suggestions(ref)}["1a"] == (3,)
        assert workspace.situation(ref).steps


def test_beside_an_organisation_of_another_demo_it_adds_to_that_one(tmp_path: Path) -> None:
    with Workspace.open(made(tmp_path / "demo", ("De Werf",))) as workspace:
        assert [slug for slug, _ in workspace.organisations()].count("de-werf") == 1
        assert len(workspace.assessments("de-werf")) == 1
