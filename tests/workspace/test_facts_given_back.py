"""Facts that are estimates in text forms, reports and where two people give them; scores that they suggest there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workspace.conftest import answers
from tests.workspace.garden_facts import Orchard

from kwartier.records.merge import merge
from kwartier.records.tree import Tree
from kwartier.reports.markdown import write
from kwartier.workflow.fact_forms import as_given, read_typed, typed_again
from kwartier.workflow.filling import Rejected
from kwartier.workspace import Workspace


@pytest.fixture
def garden(tmp_path: Path, packages: Path) -> Orchard:
    return Orchard(tmp_path, packages)


@pytest.fixture
def ws(garden: Orchard) -> Iterator[Workspace]:
    with garden.open() as ws:
        yield ws


@pytest.fixture
def ref(garden: Orchard, ws: Workspace) -> str:
    return garden.begin(ws)


def facts(ws: Workspace, ref: str) -> list[Tree]:
    """The rows of the facts as they stand in the file."""
    rows: list[Tree] = ws.see(ref).record.shared.get("gegevens", {}).get("fact", [])
    return rows


TYPED = ["0", "20-25", "ongeveer 40", "ca. 20 - 25", "minimaal 2", "hooguit 5", "?", "minstens ca. 3"]


@pytest.mark.parametrize("typed", TYPED)
def test_a_form_with_an_estimate_given_back_unchanged_changes_nothing(ws: Workspace, ref: str, typed: str) -> None:
    ws.change(ref, "gegevens", {"fact": [{"id": "bomen", "value": typed, "note": "geteld"}]})
    before = facts(ws, ref)
    assert {"value", "low", "high", "unknown"} & before[0].keys()
    ws.change(ref, "gegevens", tomli.loads(ws.blank(ref, "gegevens")))
    assert facts(ws, ref) == before
    again = read_typed(next(one for one in ws.see(ref).content.fact if one.id == "bomen"), typed)
    assert again == typed_again(before[0])


def test_a_form_says_what_may_be_typed_and_takes_it(ws: Workspace, ref: str) -> None:
    form = ws.blank(ref, "gegevens")
    assert "#   Struiken tellen niet mee." in form
    assert '"ongeveer 40", "20-25"' in form
    opened = form.replace('id = "bomen"\n# value =', 'id = "bomen"\nvalue = "20-25" #', 1)
    ws.change(ref, "gegevens", tomli.loads(opened))
    assert facts(ws, ref) == [{"id": "bomen", "low": 20, "high": 25}]
    narrowed = ws.blank(ref, "gegevens").replace('id = "bomen"\n# value =', 'id = "bomen"\nvalue = 22 #', 1)
    ws.change(ref, "gegevens", tomli.loads(narrowed))
    assert facts(ws, ref) == [{"id": "bomen", "value": 22}]


def test_a_form_that_is_out_of_date_says_what_stands_there_in_words(ws: Workspace, ref: str) -> None:
    form = ws.blank(ref, "gegevens")
    ws.change(ref, "gegevens", {"fact": [{"id": "bomen", "value": "20-25"}]})
    with pytest.raises(Rejected, match="daar staat nu ‘20 tot en met 25’"):
        ws.change(ref, "gegevens", tomli.loads(form.replace('"bomen"\n# value =', '"bomen"\nvalue = 3 #', 1)))


def test_a_sheet_to_fill_in_says_what_is_suggested_and_fills_in_nothing(ws: Workspace, ref: str) -> None:
    assert "Voorstel" not in ws.blank(ref, "scoren", person="a1")
    ws.change(ref, "gegevens", {"fact": [{"id": "bomen", "value": "20"}]})
    form = ws.blank(ref, "scoren", person="a1")
    assert "# Voorstel uit de feiten: 3 of 4. 20 bomen" in form
    ws.change(ref, "scoren", tomli.loads(form), person="a1")
    assert ws.see(ref, viewer="a1").record.personal.get(("scoren", "a1"), {}).get("answer", []) == []


def chapter(whole: str, title: str) -> str:
    """The lines of a chapter of a report."""
    _, _, rest = whole.partition(f"\n## {title}\n")
    return rest.partition("\n## ")[0]


def test_a_report_lays_suggestions_beside_the_scores_once_these_are_open(
    garden: Orchard, ws: Workspace, ref: str
) -> None:
    garden.prepare(ws, ref)
    assert "Voorstellen uit feiten" not in write(ws.document(ref))
    given = [{"id": "bomen", "value": "20-25", "note": "de helft is jong"}, {"id": "dieren", "value": ["egel"]}]
    ws.change(ref, "gegevens", {"fact": given})
    told = chapter(write(ws.document(ref)), "Voorstellen uit feiten")
    assert "Gegeven score" not in told
    assert "| 1 | Bodem | 3 (groen) of 4 (vol) | 20 tot en met 25 bomen: " in told
    garden.score(ws, ref)
    ws.change(ref, "eens-worden", answers((4, 3, 2, 5, 2), "Samen besproken."))
    whole = write(ws.document(ref))
    told = chapter(whole, "Voorstellen uit feiten")
    assert "| 1 | Bodem | 3 (groen) of 4 (vol) | 4 (vol) | 20 tot en met 25 bomen: " in told
    assert "| 3 | Samen | 1 (kaal) | 2 (schraal) | 1 van 3 soorten: " in told
    assert "| Hoeveel bomen staan er? | 20 tot en met 25 bomen (de helft is jong) |" in whole


WAYS: list[Tree] = [
    {"value": 0},
    {"value": 12},
    {"value": 30, "approximate": True},
    {"low": 2},
    {"low": 20, "high": 25},
    {"high": 9, "approximate": True},
    {"unknown": True},
    {},
]
WAY = st.sampled_from(WAYS)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WAY, WAY, WAY)
def test_two_who_give_an_estimate_never_make_one_that_nobody_gave(base: Tree, ours: Tree, theirs: Tree) -> None:
    before, mine, other = ({"fact": [{"id": "bomen", **way}, {"id": "x", "note": "y"}]} for way in (base, ours, theirs))
    for merged in (merge(before, mine, other), merge(before, other, mine)):
        row = next(row for row in merged.tree["fact"] if row["id"] == "bomen")
        said = {key: value for key, value in row.items() if key != "id"}
        if merged.conflicts:
            assert said == base
        else:
            assert said in (ours, theirs)
    assert as_given(base).given or base == {}


def test_two_estimates_of_one_fact_clash_as_a_whole_and_are_shown_in_words(garden: Orchard, ws: Workspace) -> None:
    from kwartier.tui.screens.clashes import ClashScreen

    ref = garden.begin(ws)
    ws.change(ref, "gegevens", {"fact": [{"id": "bomen", "value": 12}]})
    desk = ws.desk(ref)
    desk.give("gegevens", {"fact": [{"id": "bomen", "value": "20-25"}]}, name="bomen")
    ws.change(ref, "gegevens", {"fact": [{"id": "bomen", "value": "ongeveer 40"}]})
    desk.take_in(desk.look())
    (clash,) = desk.clashes()
    shown = ClashScreen(desk)
    assert (shown._words(clash, clash.mine), shown._words(clash, clash.theirs)) == (
        "20 tot en met 25 bomen",
        "ongeveer 40 bomen",
    )
    assert clash.place == "feit bomen"
    assert desk.save() == []
    assert facts(ws, ref) == [{"id": "bomen", "value": 40, "approximate": True}]
    desk.choose(clash, mine=True)
    assert desk.save() == []
    assert facts(ws, ref) == [{"id": "bomen", "low": 20, "high": 25}]
