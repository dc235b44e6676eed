"""The published results as a comparison: the four figures, bands, goals, and the printed figures that differ."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import tomli
import tomli_w

from kwartier.analysis.compared import Compared
from kwartier.analysis.numbers import rounded
from kwartier.reports.organisations import organisations_report
from kwartier.reports.organisations_exported import compared_tree
from kwartier.workspace import Workspace, writers
from kwartier.workspace.comparing import Chosen

DATA = Path(__file__).parents[1] / "src" / "kwartier_vie" / "data"
CONTENT = tomli.loads((DATA.parent / "content.toml").read_text(encoding="utf-8"))
SOURCE = CONTENT["published"][0]["source"]
DAYS = {"1": date(2011, 6, 1), "2": date(2012, 7, 1)}
ITEMS = [f"{number}a" for number in range(1, 11)]
GOALS = [f"{number}b" for number in range(1, 11)]

# LIVE 2012, bijlage 2 en 3: de onderste regels.
BEGIN = {"1a": "2.3", "2a": "2.8", "3a": "1.2", "4a": "2.2", "5a": "1.8", "6a": "3.1", "7a": "2.3", "8a": "1.8"}
END = {"1a": "2.9", "2a": "3.1", "3a": "1.4", "4a": "2.6", "5a": "2.1", "6a": "3.6", "7a": "3.2", "8a": "2.0"}
BEGIN |= {"9a": "2.3", "10a": "2.6"}
END |= {"9a": "3.3", "10a": "3.4"}


def rows(name: str) -> list[dict[str, str]]:
    """A published table."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SCORES, ATTAINED = rows("live-2012-scores.csv"), {row["institution"]: row for row in rows("live-2012-goals.csv")}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The 18 institutions with both measurements, as taken over from the publication."""
    path = tmp_path_factory.mktemp("live")
    with Workspace.open(path) as ws:
        slugs = {name: ws.add_organisation(name) for name in ATTAINED}
        for row in SCORES:
            name, moment = row["institution"], row["measurement"]
            given: list[dict[str, Any]] = [{"item": item, "value": int(row[item])} for item in ITEMS]
            if moment == "2":
                given += [{"item": item, "value": ATTAINED[name][item]} for item in GOALS]
            more = {"day": DAYS[moment], "source": SOURCE, "parameters": {"meting": int(moment)}}
            ref = ws.take_over("vie", slugs[name], {"answer": given}, **more)
            file = path / "organisations" / ref / "assessment.toml"
            tree = tomli.loads(file.read_text(encoding="utf-8"))
            tree["paper"] |= {"total": row["printed_total"], "band": row["printed_band"]}
            file.write_bytes(tomli_w.dumps(tree).encode())
        yield ws


def compared(ws: Workspace, **chosen: Any) -> Compared:
    """The comparison, which has to be there."""
    found = ws.compare_organisations(Chosen(instrument="vie", **chosen))
    assert found is not None
    return found


@pytest.mark.parametrize(("moment", "bands"), [("1", (11, 7, 0)), ("2", (5, 12, 1))])
def test_the_bands(published: Workspace, moment: str, bands: tuple[int, ...]) -> None:
    found = compared(published, parameters={"meting": moment})
    assert [(one.title, one.count) for one in found.bands] == [*zip(("laag", "midden", "hoog"), bands, strict=True)]
    assert found.change is not None
    told = found.change.before_bands if moment == "1" else found.change.after_bands
    assert told == found.bands


@pytest.mark.parametrize(("moment", "means"), [("1", BEGIN), ("2", END)])
def test_the_means_per_item(published: Workspace, moment: str, means: dict[str, str]) -> None:
    found = compared(published, parameters={"meting": moment})
    lines = {line.id: line for line in found.items}
    assert {id: str(rounded(line.spread.mean or 0)) for id, line in lines.items()} == means
    assert {id: str(line.printed) for id, line in lines.items()} == means
    assert not any(line.differs for line in lines.values())
    assert {line.spread.n for line in lines.values()} == {18}


def test_the_first_two_figures(published: Workspace) -> None:
    """The means per institution at the begin, and at the end beside them, as printed save one."""
    change = compared(published).change
    assert change is not None
    printed = {(row["institution"], row["measurement"]): row["printed_total"] for row in SCORES}
    for row in change.rows:
        assert str(rounded(row.before or 0)) == printed[row.label, "1"]
        if row.label != "GGZ inGeest":
            assert str(rounded(row.after or 0)) == printed[row.label, "2"]
    # 4.2 and 4.3: who is highest and lowest.
    assert {row.label for row in change.by_begin()[:2]} == {"GGZ NHN", "Pameijer"}
    assert change.by_begin()[-1].label == "RIBW A/VV"
    assert [row.label for row in change.by_end()[:3]] == ["Pameijer", "Emergis", "Kwintes"]
    assert [row.after_band for row in change.by_end()].count("hoog") == 1


def test_the_third_figure(published: Workspace) -> None:
    """4.4: Brijder rose most; Dimence and GGZ NHN alone fell a little; 0.5 over all."""
    change = compared(published).change
    assert change is not None
    rows = change.by_difference()
    assert rows[0].label == "Brijder"
    assert {row.label for row in rows if row.difference is not None and row.difference < 0} == {"Dimence", "GGZ NHN"}
    assert change.total is not None
    assert (change.total.before, change.total.after) == (Fraction(404, 180), Fraction(497, 180))
    assert change.total.difference == Fraction(93, 180)
    assert rounded(change.total.difference) == Decimal("0.5")


def test_the_fourth_figure(published: Workspace) -> None:
    """4.4: most for schooling, support and coaching of experts; least for policy and coaching of teams."""
    change = compared(published).change
    assert change is not None
    order = [line.id for line in change.items_by_difference()]
    assert order[:3] == ["9a", "7a", "10a"]
    assert set(order[-2:]) == {"3a", "8a"}
    assert sum((line.difference or Fraction(0)) for line in change.items) == Fraction(93, 18)


def test_the_two_printed_figures_that_do_not_follow(published: Workspace) -> None:
    begin, end = (compared(published, parameters={"meting": moment}) for moment in ("1", "2"))
    assert begin.total is not None and end.total is not None
    assert (begin.total.spread.mean, begin.total.printed, begin.total.differs) == (
        *(Fraction(404, 180), Decimal("2.3"), True),
    )
    assert (end.total.printed, end.total.differs) == (Decimal("2.8"), False)
    assert [row.label for row in (*begin.rows, *end.rows) if row.printed_total or row.printed_band] == ["GGZ inGeest"]
    assert "GGZ inGeest: de items geven 2,6, op papier staat 2,8." in end.notes
    assert sum("gedrukt staat" in note for note in (*begin.notes, *end.notes)) == 1
    text = writers()["md"].write(organisations_report(end)).decode()
    assert "de items geven 2,6, op papier staat 2,8" in text
    assert "Meting 1, het gemiddelde van alle organisaties: de items geven 2,2, gedrukt staat 2,3." in text


def test_the_goals_are_counted(published: Workspace) -> None:
    found = compared(published, parameters={"meting": "2"})
    assert [one.id for one in found.answers] == GOALS
    for one in found.answers:
        counts = Counter(row[one.id] for row in ATTAINED.values())
        assert one.tally.counts == tuple(counts[letter] for letter in "ABCD")
        assert dict(zip([row.label for row in found.rows], one.marks, strict=True)) == {
            name: row[one.id] for name, row in ATTAINED.items()
        }
    without = [place for place in range(18) if {one.marks[place] for one in found.answers} == {"A"}]
    assert {found.rows[place].label for place in without} == {"HVO Querido", "GGZ OB", "Kwintes"}


def test_without_names_the_printed_total_does_not_give_one_away(published: Workspace) -> None:
    found = compared(published, parameters={"meting": "2"}, names=False)
    report = writers()["md"].write(organisations_report(found)).decode()
    told = json.dumps(compared_tree(found), ensure_ascii=False) + report
    assert not [name for name in ATTAINED if name in told]
    assert "op papier staat 2,8" not in told
    assert any("op papier" in note for note in found.notes)
