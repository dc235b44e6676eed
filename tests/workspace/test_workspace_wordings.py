"""The official wording over kwartier's: used on one machine alone, pinned by sheets, never in the data or a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tomli_w

from kwartier.errors import KwartierError, Refused
from kwartier.records.tree import Tree
from kwartier.reports import markdown
from kwartier.store import toml
from kwartier.workspace import Workspace, open_sheet, pack_sheet

if TYPE_CHECKING:
    from tests.workspace.conftest import Garden

OFFICIAL = "De grond is los en wordt jaarlijks bemest (officieel)."
OTHER = "De grond is los (andere druk)."


def overlay(ws: Workspace, place: Path, statement: str) -> Path:
    """An official wording of item 1."""
    tree = toml.parse(ws.new_wording("tuin").encode(), "")
    place.write_text(ws.new_wording("tuin").replace('statement = ""', f'statement = "{statement}"', 1), "utf-8")
    assert tree != toml.parse(place.read_bytes(), "")
    return place


def sheet() -> Tree:
    return {"answer": [{"item": str(n), "value": 3} for n in range(1, 6)]}


def test_a_wording_is_used_checked_and_dropped(garden: Garden, own_config: Path) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        file = overlay(ws, garden.home / "officieel.toml", OFFICIAL)
        instrument, found = ws.check_wording(file)
        assert instrument == "tuin"
        assert {one.level for one in found} == {"notice"}  # the rest is still empty
        assert OFFICIAL not in ws.blank(ref, None, person="a1")
        assert ws.wording_in_use("tuin") is None
        before = garden.files()
        used = ws.use_wording(file)
        assert Path(used.path).is_relative_to(own_config)
        assert ws.wording_in_use("tuin") == used
        assert OFFICIAL in ws.blank(ref, None, person="a1")
        assert "Water bij droogte" in ws.blank(ref, None, person="a1")
        assert garden.files() == before
        assert ws.use_wording(file) == used
        assert ws.drop_wording("tuin") is True
        assert ws.drop_wording("tuin") is False
        assert OFFICIAL not in ws.blank(ref, None, person="a1")


def test_a_wording_that_does_not_fit_is_refused_with_all_that_is_wrong(garden: Garden) -> None:
    with garden.open() as ws:
        file = overlay(ws, garden.home / "officieel.toml", OFFICIAL)
        text = file.read_text("utf-8")
        first, second = text.index('id = "1"'), text.index('id = "4"')
        file.write_text(
            text[:first] + 'id = "77"' + text[first + 8 : second] + 'id = "88"' + text[second + 8 :], "utf-8"
        )
        _, found = ws.check_wording(file)
        wrong = [one.text for one in found if one.level == "error"]
        assert any("77" in one for one in wrong)
        assert any("88" in one for one in wrong)
        with pytest.raises(Refused) as raised:
            ws.use_wording(file)
        assert "77" in raised.value.message
        assert "88" in raised.value.message
        assert ws.wording_in_use("tuin") is None
        file.write_text("kapot", "utf-8")
        with pytest.raises(KwartierError):
            ws.use_wording(file)
        with pytest.raises(KwartierError):
            ws.use_wording(garden.home / "nergens.toml")


def test_a_wording_never_enters_the_data_a_hand_over_or_a_report(garden: Garden) -> None:
    with garden.open() as ws:
        ws.use_wording(overlay(ws, garden.home / "officieel.toml", OFFICIAL))
        ref = garden.begin(ws)
        garden.prepare(ws, ref)
        ws.hand_over(ref, "a2", garden.home / "geef.kwartier")
        open_sheet(garden.home / "geef.kwartier", garden.home / "apart", None)
        with garden.beside("apart").open() as own:
            assert OFFICIAL in own.blank(ref, None, person="a2")
            own.change(ref, None, sheet(), person="a2")
            own.seal(ref, "a2")
        pack_sheet(garden.home / "apart", garden.home / "terug.kwartier")
        ws.take_back(garden.home / "terug.kwartier")
        ws.change(ref, None, sheet(), person="a1")
        ws.seal(ref, "a1")
        garden.finish(ws, ref)
        for path in [garden.home / "geef.kwartier", garden.home / "terug.kwartier"]:
            assert OFFICIAL not in path.read_text("utf-8")
        for name, data in {**garden.files(), **garden.beside("apart").files()}.items():
            assert OFFICIAL.encode() not in data, name
        report = markdown.write(ws.document(ref))
        assert OFFICIAL not in str(report)
        assert "De bodem is los en wordt elk jaar gevoed." in str(report)
        assert ws.see(ref).content.items()[0].statement == "De bodem is los en wordt elk jaar gevoed."


def test_a_sheet_pins_the_wording_that_it_was_scored_on(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        for code in ("a1", "a2"):
            ws.change(ref, None, sheet(), person=code)
        used = ws.use_wording(overlay(ws, garden.home / "officieel.toml", OFFICIAL))
        ws.seal(ref, "a1")
        tree = garden.tree(garden.folder(ref) / "scoren.a1.toml")
        assert tree["wording"] == used.pin
        ws.drop_wording("tuin")
        ws.seal(ref, "a2")
        assert "wording" not in garden.tree(garden.folder(ref) / "scoren.a2.toml")
        found = {one.id for one in ws.situation(ref).findings}
        assert found == {"wordings-differ", "wording-absent"}
        ws.use_wording(garden.home / "officieel.toml")
        assert {one.id for one in ws.situation(ref).findings} == {"wordings-differ"}
        assert ws.check().problems == ()


def test_one_wording_for_all_asks_nothing(garden: Garden) -> None:
    with garden.open() as ws:
        ws.use_wording(overlay(ws, garden.home / "officieel.toml", OFFICIAL))
        ref = garden.begin(ws)
        for code in ("a1", "a2"):
            ws.change(ref, None, sheet(), person=code)
            ws.seal(ref, code)
        assert ws.situation(ref).findings == ()
        ws.use_wording(overlay(ws, garden.home / "andere.toml", OTHER))
        assert [one.id for one in ws.situation(ref).findings] == ["wording-absent"]


@pytest.mark.parametrize(
    "text",
    ["kapot", "", "instrument = 'iets-anders'\n", '[[item]]\nid = "77"\n'],
)
def test_a_wording_that_breaks_later_is_passed_over_with_a_notice(garden: Garden, text: str) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        used = ws.use_wording(overlay(ws, garden.home / "officieel.toml", OFFICIAL))
        Path(used.path).write_text(text, "utf-8")
        assert "De bodem is los en wordt elk jaar gevoed." in ws.blank(ref, None, person="a1")
        (finding,) = ws.situation(ref).findings
        assert finding.id == "wording-unusable"
        assert used.path in finding.message
        (problem,) = ws.check().problems
        assert problem.level == "notice"
        assert problem.place.startswith(used.path)
        assert ws.check().sound
        assert "wording" not in str(ws.document(ref).blocks).lower().replace("wordings", "")
        for code in ("a1", "a2"):
            ws.change(ref, None, sheet(), person=code)
            ws.seal(ref, code)
        assert "wording" not in garden.tree(garden.folder(ref) / "scoren.a1.toml")
        assert ws.drop_wording("tuin") is True
        assert ws.check().problems == ()


def test_the_wording_of_another_edition_is_left_alone(garden: Garden) -> None:
    with garden.open() as ws:
        file = overlay(ws, garden.home / "officieel.toml", OFFICIAL)
        tree = toml.parse(file.read_bytes(), "")
        file.write_bytes(tomli_w.dumps({**tree, "edition": "1999"}).encode())
        with pytest.raises(KwartierError):
            ws.use_wording(file)
        assert ws.wording_in_use("tuin") is None
