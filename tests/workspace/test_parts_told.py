"""Answered parts in what comes out of a record: report, outcome for programs, a form given back, from paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.workspace.bakery import FULL, Bakery, together
from tests.workspace.conftest import DAY

from kwartier.reports.markdown import write
from kwartier.store import toml

PARTS = [{"item": "5", "part": "c", "value": "gedeeltelijk"}, {"item": "6", "part": "a", "value": "niet"}]


@pytest.fixture
def bakery(tmp_path: Path, packages: Path) -> Bakery:
    return Bakery(tmp_path, packages)


def test_the_report_tells_them_under_their_item_and_in_the_table(bakery: Bakery) -> None:
    with bakery.open() as ws:
        ref = bakery.begin(ws)
        ws.change(ref, "lijst", FULL, person="a1")
        ws.change(ref, "lijst", {"answer": PARTS}, person="a1")
        ws.seal(ref, "a1")
        whole = write(ws.document(ref))
        tree = ws.exported(ref)
    assert "- Schiet in de oven: gedeeltelijk\n" in whole
    assert "| C | 5 c | Schiet in de oven | gedeeltelijk |" in whole
    assert "Laat rijzen" not in whole.split("| C | 5 c |")[0].split("### 5")[1].split("###")[0]
    assert "1 van 3 kan hier, 1 gedeeltelijk, 1 kan niet" in whole, "parts are counted nowhere"
    told = [(row["id"], row["part"], row["score"], row["optional"]) for row in tree["items"] if "part" in row]
    assert told == [("5", "c", "gedeeltelijk", True), ("6", "a", "niet", True)]
    assert len([row for row in tree["items"] if "part" not in row]) == 7


def test_a_form_with_parts_filled_in_is_taken_and_given_back_unchanged(bakery: Bakery) -> None:
    with bakery.open() as ws:
        ref = bakery.begin(ws)
        text = ws.blank(ref, "lijst", person="a1")
        place = text.index('part = "c"')
        filled = text[:place] + text[place:].replace("# value =", 'value = "kan"', 1)
        ws.change(ref, "lijst", toml.parse(filled.encode(), "formulier"), person="a1")
        assert bakery.sheet(ref) == {"5c": {"value": "kan"}}
        again = toml.parse(ws.blank(ref, "lijst", person="a1").encode(), "formulier")
        ws.change(ref, "lijst", again, person="a1")
        assert bakery.sheet(ref) == {"5c": {"value": "kan"}}


def test_from_paper_and_over_time_they_are_kept_and_averaged_nowhere(tmp_path: Path, packages: Path) -> None:
    bakery = Bakery(tmp_path, packages, together)
    given = {"answer": [*FULL["answer"], *PARTS]}
    with bakery.open() as ws:
        slug = ws.add_organisation("De Korst")
        refs = [ws.take_over("bakkerij", slug, given, day=day, source="Map") for day in (date(2025, 3, 1), DAY)]
        assert [row["score"] for row in ws.exported(refs[0])["items"] if "part" in row] == ["gedeeltelijk", "niet"]
        assert ws.outcome(refs[0]).complete
        compared = ws.compare(refs[1], refs[0])
        assert [one.item for one in compared.change.items] == ["1", "2", "3", "4", "5", "6", "7"]
