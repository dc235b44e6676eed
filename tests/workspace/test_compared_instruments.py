"""With which instruments organisations can be compared: those with a complete record, also of ones not installed."""

from __future__ import annotations

from datetime import date

from tests.workspace.conftest import ANNA, BOB, Garden, answers

from kwartier.workspace import Assessor
from kwartier.workspace.compared_instruments import Offered

DAY = date(2026, 5, 1)


def test_only_instruments_with_a_complete_record_are_offered(garden: Garden) -> None:
    with garden.open() as ws:
        assert ws.instruments_to_compare() == []
        slug = ws.add_organisation("Acacia")
        ws.start("tuin", slug, day=DAY, people=(Assessor(ANNA), Assessor(BOB)))
        assert ws.instruments_to_compare() == []
        other = ws.add_organisation("Berk")
        ws.take_over("tuin", other, answers((1, 2, 3, 4, 5)), day=DAY, source="Map")
        assert [(one.id, one.organisations) for one in ws.instruments_to_compare()] == [("tuin", 2)]


def test_one_that_is_not_installed_is_known_by_its_records(garden: Garden) -> None:
    with garden.open() as ws:
        slug = ws.add_organisation("Acacia")
        ref = ws.take_over("tuin", slug, answers((1, 2, 3, 4, 5)), day=DAY, source="Map")
    # A record with another instrument, of another organisation.
    with garden.open() as ws:
        other = ws.add_organisation("Berk")
    folder = garden.folder(ref)
    there = garden.path / "organisations" / other / "oud" / folder.name
    there.mkdir(parents=True)
    for path in folder.iterdir():
        tree = garden.tree(path)
        there.joinpath(path.name).write_bytes(path.read_bytes())
        if path.name == "assessment.toml":
            garden.put(there / path.name, {**tree, "instrument": "oud", "id": "01900000-0000-7000-8000-000000000001"})
    with garden.open() as ws:
        found = ws.instruments_to_compare()
        assert found[0] == Offered("oud", "OUD", 1)
        assert [one.id for one in found] == ["oud", "tuin"]
        assert [one.id for one in ws.instruments_to_compare(slug)] == ["tuin"]
        assert [one.id for one in ws.instruments_to_compare("wie-is-dat")] == ["oud", "tuin"]


def test_a_record_that_cannot_be_read_offers_nothing(garden: Garden) -> None:
    with garden.open() as ws:
        slug = ws.add_organisation("Acacia")
        ref = ws.take_over("tuin", slug, answers((1, 2, 3, 4, 5)), day=DAY, source="Map")
    (garden.folder(ref) / "assessment.toml").write_text("niets = [", "utf-8")
    with garden.open() as ws:
        assert ws.instruments_to_compare() == []
