"""The published results import as they are, together or one after the other: the figures that were printed follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import pytest

from kwartier.api import Workspace
from kwartier.workspace.importing_values import Wish

DATA = Path(str(files("kwartier_vie"))) / "data"
SCORES, GOALS = DATA / "live-2012-scores.csv", DATA / "live-2012-goals.csv"
DATES = ("meting=1:juni 2011", "meting=2:juli 2012")
ORDERS: list[list[list[Path]]] = [[[SCORES, GOALS]], [[GOALS, SCORES]], [[SCORES], [GOALS]], [[GOALS], [SCORES]]]


def taken(ws: Workspace, tables: Sequence[Path], dates: tuple[str, ...] = DATES) -> Counter[str]:
    """What became of the records of these tables."""
    seen = ws.preview_tables(Wish(instrument="vie", files=tuple(tables), dates=dates, source="LIVE 2012"))
    assert not seen.problem_count
    assert not seen.ignored
    assert not seen.questions
    ws.import_tables(seen)
    return Counter(one.state for one in seen.placed)


@pytest.mark.parametrize("turns", ORDERS, ids=["together", "turned", "one by one", "goals first"])
def test_the_published_results(tmp_path: Path, turns: list[list[Path]]) -> None:
    with Workspace.open(tmp_path / "data") as ws:
        for tables in turns:
            taken(ws, tables)
        slugs = [slug for slug, _ in ws.organisations()]
        assert len(slugs) == 18
        bands: dict[int, Counter[str | None]] = {1: Counter(), 2: Counter()}
        for slug in slugs:
            begin, end = (str(ref) for ref in ws.assessments(slug))
            assert (begin, end) == (f"{slug}/vie/2011-06-01", f"{slug}/vie/2012-07-01")
            for ref, number in ((begin, 1), (end, 2)):
                outcome = ws.outcome(ref)
                assert outcome.complete
                bands[number][outcome.scores.band] += 1
        assert bands == {
            1: Counter({"laag": 11, "midden": 7}),
            2: Counter({"laag": 5, "midden": 12, "hoog": 1}),
        }
        goals = ws.outcome("pameijer/vie/2012-07-01").answers()
        assert "".join(str(goals[f"{number}b"].value) for number in range(1, 11)) == "CAAAADCACC"
        assert taken(ws, [SCORES, GOALS]) == {"equal": 36}


def test_the_end_follows_the_begin_and_goals_need_no_date(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "data") as ws:
        assert taken(ws, [SCORES]) == {"new": 36}
        assert taken(ws, [GOALS], ()) == {"added": 18}
        assert ws.see("yulius/vie/2012-07-01").record.envelope.follows == "yulius/vie/2011-06-01"
        assert ws.check().problems == ()


def test_the_one_printed_total_that_does_not_follow_is_remarked(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "data") as ws:
        seen = ws.preview_tables(Wish(instrument="vie", files=(SCORES, GOALS), dates=DATES))
        (remark,) = seen.remarks
        assert (remark.organisation, remark.row) == ("GGZ inGeest", 28)
        assert "2,8" in remark.words
        assert "2,6" in remark.words
        ws.import_tables(seen)
        paper = ws.see("ggz-ingeest/vie/2012-07-01").record.envelope.paper
        assert paper is not None
        assert (paper.total, paper.band) == ("2.8", "midden")


def test_scores_without_goals_have_a_total_and_a_missing_score_takes_it_away(tmp_path: Path) -> None:
    table = tmp_path / "oud.csv"
    table.write_text(
        "Instelling;Meting;1a;2a;3a;4a;5a;6a;7a;8a;9a;10a\nOever;2;2;3;1;2;2;4;3;2;3;3\nDuin;2;2;3;;2;2;4;3;2;3;3\n",
        "utf-8",
    )
    with Workspace.open(tmp_path / "data") as ws:
        assert taken(ws, [table]) == {"new": 2}
        whole, gap = ws.outcome("oever/vie/2012-07-01"), ws.outcome("duin/vie/2012-07-01")
        assert whole.scores.band == "midden"
        assert gap.scores.band is None
        assert gap.answers()["3a"].value is None
        assert gap.answers()["3a"].missing == "niet in de bron"
