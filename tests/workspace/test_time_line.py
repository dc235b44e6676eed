"""Two instruments on one time line: scores as they were given, from either side, and a crosswalk that is broken."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.workspace.conftest import ANNA, BOB, answers, refusal
from tests.workspace.orchard import DAYS, Orchard

from kwartier.workspace import Assessor, Workspace
from kwartier.workspace.series_tree import timeline_tree
from kwartier.workspace.series_words import relation, unmatched
from kwartier.workspace.timeline import TimeLine


@pytest.fixture
def orchard(tmp_path: Path, packages: Path) -> Orchard:
    return Orchard(tmp_path, packages)


def both(orchard: Orchard, ws: Workspace) -> tuple[str, list[str]]:
    """An organisation that measured with either instrument; its slug and the references."""
    slug = ws.add_organisation("De Hoop")
    refs = [
        orchard.old(ws, slug, 1, (1, 2, 3)),
        orchard.old(ws, slug, 2, (2, 2, 1), ("D", "B")),
        orchard.new(ws, slug, (4, 3, "niet gezien", 5, 2)),
    ]
    return slug, refs


def scores(line: TimeLine) -> list[tuple[list[object], list[object]]]:
    """The scores of every pair."""
    tree = timeline_tree(line)
    return [(pair["own"]["scores"], pair["other"]["scores"]) for pair in tree["pairs"]]


def test_scores_stand_beside_each_other_as_they_were_given(orchard: Orchard) -> None:
    with orchard.open() as ws:
        slug, refs = both(orchard, ws)
        (line,) = ws.time_lines(slug)
        assert [one.ref for one in line.moments] == refs
        assert (line.own, line.other) == ("gaard", "tuin")
        assert scores(line) == [
            ([1, 2, None], [None, None, 4]),
            ([2, 2, None], [None, None, 3]),
            ([2, 2, None], [None, None, None]),
        ]
        assert [relation(line, pair) for pair in line.pairs] == [
            "Gaardelijst 1a en Tuinmeter 1 gaan over hetzelfde",
            "Gaardelijst 2a is smaller dan Tuinmeter 2",
            "Gaardelijst 2a is breder dan Tuinmeter 3",
        ]
        assert line.pairs[0].reason == "Beide gaan over de bodem."


def test_nothing_in_it_is_computed_from_scores(orchard: Orchard) -> None:
    """Every number in the answer to a program is a score that somebody gave, or stands on a scale."""
    with orchard.open() as ws:
        slug, _ = both(orchard, ws)
        tree = timeline_tree(ws.time_lines(slug)[0])
        assert "lezing van kwartier" in tree["reading"]
        assert not {"difference", "mean", "total", "band"} & set(keys_in(tree))
        for line in (one[side] for one in tree["pairs"] for side in ("own", "other")):
            assert line["scale"] == [1, 2, 3, 4, 5]
            assert all(score is None or score in line["scale"] for score in line["scores"])


def keys_in(tree: object) -> list[str]:
    """All keys, however deep."""
    if isinstance(tree, dict):
        return [*tree, *(key for value in tree.values() for key in keys_in(value))]
    return [key for value in tree for key in keys_in(value)] if isinstance(tree, list) else []


def test_what_only_one_measures_is_not_measured_in_the_other(orchard: Orchard) -> None:
    with orchard.open() as ws:
        slug, _ = both(orchard, ws)
        (line,) = ws.time_lines(slug)
        assert [unmatched(line, one) for one in line.alone] == [
            "niet gemeten in Tuinmeter: De Tuinmeter vraagt niet naar het hek.",
            "niet gemeten in Gaardelijst: De oogst kwam in de Gaardelijst niet voor.",
        ]
        assert [one.value if one else None for one in line.alone[1].line.answers] == [None, None, 5]
        # What nobody said anything about is named too; a goal goes where its item goes.
        assert [(one.instrument, one.item) for one in line.left] == [("tuin", "5")]


def test_it_is_the_same_from_either_side(orchard: Orchard) -> None:
    with orchard.open() as ws:
        slug, refs = both(orchard, ws)
        lines = [ws.time_lines_of(ref) for ref in refs]
        assert all([timeline_tree(one) for one in each] == [timeline_tree(ws.time_lines(slug)[0])] for each in lines)
        assert ws.time_lines(slug, instrument="tuin") == ws.time_lines(slug, instrument="gaard")
        assert refusal(lambda: ws.time_lines(slug, instrument="heg")).code == "unknown-instrument"


def test_with_measurements_of_one_of_the_two_it_says_what_is_not_there(orchard: Orchard) -> None:
    with orchard.open() as ws:
        slug = ws.add_organisation("De Hoop")
        assert refusal(lambda: ws.time_lines(slug)).code == "no-crosswalk"
        orchard.new(ws, slug, (4, 3, 1, 5, 2))
        (line,) = ws.time_lines(slug)
        assert not line.both
        assert scores(line)[0] == ([None], [4])
        assert refusal(lambda: ws.time_lines("nergens")).code == "unknown-organisation"


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (lambda text: text.replace('own = "1a"', 'own = "9z"'), "9z"),
        (lambda text: text + "\n[[pair", "geldige TOML"),
        (lambda text: text.replace('other = "3"', 'other = "33"'), "33"),
    ],
)
def test_a_broken_crosswalk_is_told_and_everything_else_works(orchard: Orchard, broken: object, said: str) -> None:
    orchard.crosswalk = broken  # type: ignore[assignment]
    with orchard.open() as ws:
        slug, refs = both(orchard, ws)
        assert {one.id for one in ws.instruments() if one.usable} == {"tuin", "gaard"}
        (line,) = ws.time_lines(slug, instrument="gaard")
        assert said in line.trouble and "crosswalk.toml:" in line.place
        assert (line.pairs, line.alone, line.left) == ((), (), ())
        assert ws.over_time(refs[:2]).series.size == 2
        assert timeline_tree(line)["trouble"] == line.trouble


def test_without_a_crosswalk_there_is_no_time_line(orchard: Orchard) -> None:
    orchard.crosswalk = lambda text: None
    with orchard.open() as ws:
        slug, refs = both(orchard, ws)
        assert refusal(lambda: ws.time_lines(slug)).code == "no-crosswalk"
        assert refusal(lambda: ws.time_lines_of(refs[0])).code == "no-crosswalk"


def test_where_the_other_is_not_installed_its_records_are_still_on_the_line(orchard: Orchard) -> None:
    with orchard.open() as ws:
        slug, refs = both(orchard, ws)
    orchard.installed = ("gaard",)
    with orchard.open() as ws:
        (line,) = ws.time_lines(slug)
        assert [one.ref for one in line.moments] == refs
        assert scores(line)[0] == ([1, 2, None], [None, None, 4])
        assert line.pairs[0].other.title == "Bodem"


def test_a_record_that_cannot_be_read_is_named_and_the_rest_is_shown(orchard: Orchard) -> None:
    with orchard.open() as ws:
        slug, refs = both(orchard, ws)
        (orchard.folder(refs[0]) / "scoren.a1.toml").write_text("[[[", "utf-8")
        (line,) = ws.time_lines(slug)
        assert [one.ref for one in line.moments] == refs[1:]
        assert len(line.unreadable) == 1 and refs[0] in line.unreadable[0]
        shutil.rmtree(orchard.folder(refs[0]))
        assert ws.time_lines(slug)[0].unreadable == ()


@pytest.mark.parametrize("viewer", [None, "a1", "a2"])
def test_before_the_reveal_no_score_stands_on_it(orchard: Orchard, viewer: str | None) -> None:
    told = []
    for number, given in enumerate([(5, 5, 5, 5, 5), (1, 2, 1, 2, 1)]):
        world = Orchard(orchard.home / f"wereld-{number}", orchard.packages)
        world.home.mkdir()
        world.random.seed(1)
        with world.open() as ws:
            slug, _ = both(world, ws)
            late = ws.start("tuin", slug, day=date(2031, 1, 1), people=(Assessor(ANNA), Assessor(BOB)))
            ws.change(late, "scoren", answers(given), person="a1")
            ws.seal(late, "a1")
            (line,) = ws.time_lines(slug, viewer=viewer)
            assert line.moments[-1].why
            every = [one for pair in line.pairs for one in (pair.own, pair.other)] + [one.line for one in line.alone]
            assert not any(one.answers[-1] is not None and one.answers[-1].answered for one in every)
            told.append(json.dumps(timeline_tree(line), default=str))
    assert told[0] == told[1]


def test_the_day_decides_also_where_a_date_was_corrected(orchard: Orchard) -> None:
    with orchard.open() as ws:
        slug, refs = both(orchard, ws)
        ws.correct(refs[2], day=DAYS[0].replace(year=2010))
        assert [one.ref for one in ws.time_lines(slug)[0].moments] == [refs[2], refs[0], refs[1]]
