"""One organisation over time: order, differences, what differs, goals, actions; and nothing that is not revealed."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path

import pytest
from tests.workspace.conftest import ANNA, BOB, CARLA, answers, refusal
from tests.workspace.orchard import DAYS, GOALS, Orchard

from kwartier.analysis.answers import Answer
from kwartier.workspace import Assessor, Workspace
from kwartier.workspace.series_tree import series_tree
from kwartier.workspace.series_words import below


@pytest.fixture
def orchard(tmp_path: Path, packages: Path) -> Orchard:
    return Orchard(tmp_path, packages)


def three(orchard: Orchard, ws: Workspace) -> list[str]:
    """Three records with the Tuinmeter, oldest first."""
    slug = ws.add_organisation("De Hoop")
    scores: list[tuple[int | str, ...]] = [(4, 3, 2, 5, "niet gezien"), (5, 1, 2, 5, 2), (5, 4, 1, 5, 3)]
    return [orchard.new(ws, slug, given, day=date(2026 + n, 11, 22)) for n, given in enumerate(scores)]


def words(found: object) -> str:
    """All that is said below the scores."""
    return str(list(below(found)))  # type: ignore[arg-type]


def test_measurements_stand_in_the_order_of_their_dates_however_they_are_named(orchard: Orchard) -> None:
    with orchard.open() as ws:
        refs = three(orchard, ws)
        trees = []
        for order in itertools.permutations(refs):
            found = ws.over_time(order)
            assert [one.ref for one in found.measured] == refs
            trees.append(json.dumps(series_tree(found), default=str))
        assert len(set(trees)) == 1


def test_a_corrected_date_counts_and_not_the_name_of_the_folder(orchard: Orchard) -> None:
    with orchard.open() as ws:
        refs = three(orchard, ws)
        ws.correct(refs[0], day=date(2030, 1, 1))
        assert [one.ref for one in ws.over_time(refs).measured] == [refs[1], refs[2], refs[0]]


def test_what_rose_and_fell_and_what_cannot_be_compared(orchard: Orchard) -> None:
    with orchard.open() as ws:
        found = ws.over_time(three(orchard, ws))
        assert [one.course for one in found.series.items] == ["risen", "risen", "fallen", "same", ""]
        text = words(found)
        assert "Gestegen (2 items): 1 Bodem (+1), 2 Water (+1)." in text
        assert "Gedaald (1 item): 3 Samen (−1)." in text
        assert "Niet te vergelijken: 5 Nieuw – op 22 nov 2026 geen score (niet gezien)." in text
        tree = series_tree(found)
        assert tree["items"][1]["scores"] == [3, 1, 4]
        assert tree["items"][1]["differences"] == [-2, 3]
        assert tree["sections"][0]["difference"]["difference_exact"] == "1"
        # The total wants every item: the first has none.
        assert (
            tree["total"]["difference"]["difference"] is None and "geen score: 5" in tree["total"]["difference"]["why"]
        )
        assert tree["total"]["differences"][1]["difference"] == "0.6"


def test_two_are_compared_as_ever(orchard: Orchard) -> None:
    with orchard.open() as ws:
        refs = three(orchard, ws)
        pair, found = ws.compare(refs[2], refs[1]), ws.over_time(refs[1:])
        assert pair.change == found.series.whole
        assert pair.differs == found.differs
        back = ws.compare(refs[1], refs[2]).change
        assert [one.difference for one in back.items] == [-(one.difference or 0) for one in pair.change.items]


def test_goals_stand_beside_how_far_they_were_reached(orchard: Orchard) -> None:
    with orchard.open() as ws:
        slug = ws.add_organisation("De Hoop")
        first = orchard.old(ws, slug, 1, (1, 2, 3))
        second = orchard.old(ws, slug, 2, (2, 2, 1), ("D", "B"))
        found = ws.over_time([second, first])
        assert [(one.item, one.beside, one.text) for one in found.goals] == [
            ("1b", "1a", GOALS["1a"]),
            ("2b", "2a", GOALS["2a"]),
        ]
        assert found.goals[0].reached == (None, Answer("D"))
        assert "Elk voorjaar compost." in words(found) and "'bereikt'" in words(found)
        assert all(one.whole.difference is None for one in found.series.items if one.item.endswith("b"))
        assert "1b" not in words(found), "a goal is no item that cannot be compared"
        ws.change(second, "doelen", {"explanation": [{"item": "1a", "text": "Compost, als het kan."}]})
        goal = ws.over_time([first, second]).goals[0]
        assert (goal.text, goal.was) == ("Compost, als het kan.", (GOALS["1a"],))


def test_rounds_are_meant_to_differ_and_no_remark(orchard: Orchard) -> None:
    with orchard.open() as ws:
        slug = ws.add_organisation("De Hoop")
        refs = [orchard.old(ws, slug, 1, (1, 2, 3)), orchard.old(ws, slug, 2, (2, 2, 1), ("D", "B"))]
        assert ws.over_time(refs).differs == ()


def test_rounds_of_one_day_stand_in_their_order(orchard: Orchard) -> None:
    with orchard.open() as ws:
        slug = ws.add_organisation("De Hoop")
        second = orchard.old(ws, slug, 2, (2, 2, 1), ("D", "B"))
        first = orchard.old(ws, slug, 1, (1, 2, 3))
        ws.correct(first, day=DAYS[1])
        assert [one.ref for one in ws.over_time([second, first]).measured] == [first, second]


def test_actions_of_all_but_the_newest_with_where_they_stand_by_the_newest_review(orchard: Orchard) -> None:
    with orchard.open() as ws:
        refs = three(orchard, ws)
        for number, ref in enumerate(refs):
            ws.change(ref, "acties", {"date": "2026-12-01", "action": [{"id": "x1", "text": f"Actie {number}"}]})
        reviews = [
            {"id": "e1", "action": "x1", "date": "2027-05-01", "state": "loopt", "text": "Begonnen."},
            {"id": "e2", "action": "x1", "date": "2027-09-01", "state": "afgerond", "text": "Klaar."},
        ]
        ws.change(refs[0], "evalueren", {"review": reviews})
        found = ws.over_time(refs)
        assert [(one.ref, one.text, one.state, one.said) for one in found.actions] == [
            (refs[0], "Actie 0", "afgerond", "Klaar."),
            (refs[1], "Actie 1", "loopt", ""),
        ]
        assert "1 sep 2027: Klaar." in words(found)


def test_what_differs_stands_beside_it(orchard: Orchard) -> None:
    with orchard.open() as ws:
        refs = three(orchard, ws)
        slug = refs[0].split("/")[0]
        paper = ws.take_over("tuin", slug, answers((1, 1, 1, 1, 1)), day=date(2020, 1, 1), source="map 3")
        other = ws.start("tuin", slug, day=date(2031, 1, 1), people=(Assessor(ANNA), Assessor(CARLA), Assessor("Dolf")))
        told = ws.over_time([paper, *refs, other]).differs
        assert "De meting van 1 jan 2020 is overgenomen van papier (map 3)." in told
        assert any(
            one.startswith("1 jan 2020 en 22 nov 2026: Andere tuinkeurders: toen niet vastgelegd") for one in told
        )
        assert any("22 nov 2028 en 1 jan 2031: Een ander aantal tuinkeurders: toen 2, nu 3." in one for one in told)


def test_a_total_that_was_printed_otherwise_is_told_beside_the_computed_one(orchard: Orchard) -> None:
    with orchard.open() as ws:
        refs = three(orchard, ws)
        slug = refs[0].split("/")[0]
        given = answers((1, 1, 1, 1, 3))
        for printed, told in (("1.4", False), ("1.8", True)):
            paper = ws.take_over("tuin", slug, given, day=date(2020, 1, 1), source="map 3")
            file = orchard.folder(paper) / "assessment.toml"
            tree = orchard.tree(file)
            orchard.put(file, {**tree, "paper": {**tree["paper"], "total": printed}})
            text = words(ws.over_time([paper, refs[1]]))
            said = "1 jan 2020: In de bron (map 3) staat iets anders. Als totaal staat er 1,8; de items geven 1,4."
            assert (said in text) == told
            assert ("In de bron" in text) == told


def test_scored_with_another_wording_is_told(orchard: Orchard, tmp_path: Path) -> None:
    with orchard.open() as ws:
        slug = ws.add_organisation("De Hoop")
        first = orchard.new(ws, slug, (1, 2, 3, 4, 5), day=date(2025, 1, 1))
        file = tmp_path / "formulering.toml"
        text = ws.new_wording("tuin")
        file.write_text(text.replace('statement = ""', 'statement = "Officieel."', 1), "utf-8")
        ws.use_wording(file)
        second = orchard.new(ws, slug, (1, 2, 3, 4, 5), day=date(2026, 1, 1))
        (told,) = ws.over_time([first, second]).differs
        assert told.startswith("Gescoord met een andere formulering: toen die van kwartier, nu een formulering van")


def test_what_cannot_be_compared_is_refused(orchard: Orchard) -> None:
    with orchard.open() as ws:
        refs = three(orchard, ws)
        slug = refs[0].split("/")[0]
        old = orchard.old(ws, slug, 1, (1, 2, 3))
        assert refusal(lambda: ws.over_time([refs[0], old])).code == "other-instrument"
        assert refusal(lambda: ws.over_time(refs[:1])).code == "too-few-measurements"
        assert refusal(lambda: ws.over_time([refs[0], refs[1], refs[0]])).code == "same-measurement"
        assert refusal(lambda: ws.over_time([refs[0], f"{slug}/tuin/1999-01-01"])).code == "unknown-assessment"


def test_all_with_the_same_instrument_can_be_chosen_also_where_one_cannot_be_read(orchard: Orchard) -> None:
    with orchard.open() as ws:
        refs = three(orchard, ws)
        orchard.old(ws, refs[0].split("/")[0], 1, (1, 2, 3))
        assert [one.ref for one in ws.same_instrument(refs[1])] == refs
        (orchard.folder(refs[0]) / "assessment.toml").write_text("[[[", "utf-8")
        assert [one.ref for one in ws.same_instrument(refs[1])] == refs[1:]


@pytest.mark.parametrize("viewer", [None, "a1", "a2"])
def test_before_the_reveal_nothing_of_the_sheets_shows(orchard: Orchard, viewer: str | None) -> None:
    """Two worlds that differ in what a1 gave alone: what anybody is told is the same in both."""
    told = []
    for number, given in enumerate([(5, 5, 5, 5, 5), (1, 2, 1, 2, 1)]):
        world = Orchard(orchard.home / f"wereld-{number}", orchard.packages)
        world.home.mkdir()
        world.random.seed(1)
        with world.open() as ws:
            refs = three(world, ws)
            slug = refs[0].split("/")[0]
            late = ws.start("tuin", slug, day=date(2031, 1, 1), people=(Assessor(ANNA), Assessor(BOB)))
            ws.change(
                late, "scoren", {"answer": [dict(row, note="GEHEIM") for row in answers(given)["answer"]]}, person="a1"
            )
            ws.seal(late, "a1")
            found = ws.over_time([*refs, late], viewer=viewer)
            assert [one.ref for one in found.waiting] == [late]
            tree = json.dumps(series_tree(found), default=str)
            assert "GEHEIM" not in tree + words(found)
            told.append((tree, words(found)))
    assert told[0] == told[1]


def test_texts_of_users_stay_texts(orchard: Orchard) -> None:
    hostile = "[/b] \x1b[31m rood\u202e\n# kop | $x"
    with orchard.open() as ws:
        slug = ws.add_organisation("De Hoop")
        first = orchard.old(ws, slug, 1, (1, 2, 3))
        ws.change(first, "doelen", {"explanation": [{"item": "1a", "text": hostile}]})
        ws.change(first, "acties", {"date": "2011-06-01", "action": [{"id": "x1", "text": hostile}]})
        second = orchard.old(ws, slug, 2, (2, 2, 1), ("D", "B"))
        found = ws.over_time([first, second])
        assert "rood" in found.goals[0].text
        json.dumps(series_tree(found), default=str)
        assert list(below(found))
