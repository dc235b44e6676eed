"""Names stand in one place and can be erased; raw notes are files of their own, to be destroyed one day."""

from __future__ import annotations

from datetime import date

import pytest
from tests.workspace.conftest import AGREED, NAMES, SLUG, Garden, answers

from kwartier.errors import Misused, Refused
from kwartier.workspace import Assessor

# -- names and raw notes


def test_names_stand_in_people_toml_alone(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.story(ws)
        ws.reopen_report(ref, reason="Iemand loopt mee")
        ws.join(ref, Assessor("Emma Erwt", shadow=True))
        ws.take_over(
            "tuin", SLUG, {**answers(AGREED), "by": "Pia Prei"}, day=date(2024, 5, 1), source="Kast 3", people=()
        )
        ws.add_subject(SLUG, "s1", "Sjaak Sla")
        names = ws.people(SLUG)
        assert ws.names(SLUG) == {**names, "s1": "Sjaak Sla"}
    assert set(names.values()) == {*NAMES, "Emma Erwt", "Pia Prei"}
    for name, data in garden.files().items():
        held = [one for one in [*names.values(), "Sjaak Sla"] if one.encode() in data]
        if name.endswith("people.toml"):
            assert sorted(held) == sorted(names.values())
        elif name.endswith("subject.toml"):
            assert held == ["Sjaak Sla"]
        else:
            assert held == [], name


def test_an_erased_name_is_nowhere_and_its_code_stays(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.story(ws)
        told = ws.erase_person(SLUG, "Dina Druif")
        assert told == {"code": "d1", "used": [ref], "placed": []}
        assert not [name for name, data in garden.files().items() if b"Dina" in data]
        assert ws.see(ref, viewer="a1").record.shared["mensen"]["participant"][0]["id"] == "d1"
        ws.change(ref, "voorbereiden", {"by": "Frits Framboos"})
        assert ws.names(SLUG)["d1"] == ""
        ws.change(ref, "mensen", {"participant": [{"name": "Gerda Gras", "role": "buur"}]})
        assert ws.names(SLUG)["d2"] == "Gerda Gras"  # an erased code is not given to somebody else


def test_a_subject_keeps_the_name_it_was_made_with(garden: Garden) -> None:
    with garden.open() as ws:
        garden.begin(ws)
        ws.add_subject(SLUG, "s1", "Sjaak Sla")
        ws.add_subject(SLUG, "s1", "Sjaak Sla")
        with pytest.raises(Refused) as raised:
            ws.add_subject(SLUG, "s1", "Truus Tuinkers")
        assert raised.value.code == "subject-exists"
        assert ws.subjects(SLUG) == ["s1"]


def test_raw_notes_are_files_of_their_own_with_a_day_of_destruction(garden: Garden) -> None:
    secret = "Ruw: de pomp lekt al jaren."
    with garden.open() as ws:
        ref = garden.story(ws)
        holding = [name for name, data in garden.files().items() if secret.encode() in data]
        assert holding == [f"organisations/{ref}/gesprek.a1.toml"]
        (due,) = [one for one in ws.agenda() if one.kind == "raw-notes"]
        assert (due.person, due.day) == ("a1", date(2027, 1, 25))  # two months after the definitive report
        ws.keep_notes_until(ref, "a1", date(2026, 12, 24))
        assert [one.day for one in ws.agenda() if one.kind == "raw-notes"] == [date(2026, 12, 24)]
        assert ws.see(ref).record.hidden["gesprek", "a1"].done == 1
        assert ("gesprek", "a1") not in ws.see(ref).record.personal
        ws.destroy_notes(ref, "a1")
        assert not [name for name, data in garden.files().items() if secret.encode() in data]
        assert [one for one in ws.agenda() if one.kind == "raw-notes"] == []
        with pytest.raises(Refused):
            ws.change(ref, "gesprek", {"note": [{"text": "Nog wat"}]}, person="a1")


def test_a_first_name_is_enough_where_only_one_is_called_so(garden: Garden) -> None:
    with garden.open() as ws:
        slug = ws.add_organisation("Voornamen")
        people = (Assessor("Anna de Wit"), Assessor("Bert Kok"), Assessor("Anna Bos"))
        ref = ws.start("tuin", slug, day=date(2026, 11, 22), people=people)
        assert ws.code_of(ref, "bert") == "a2"
        assert ws.code_of(ref, "Anna  de wit") == "a1"
        assert ws.code_of(ref, "anna bos") == "a3"
        for unclear in ("Anna", "Be", " "):
            with pytest.raises(Misused, match="doet niet mee"):
                ws.code_of(ref, unclear)
        ws.stop(ref, "Bert", reason="Verhuisd")
        assert next(one for one in ws.see(ref).record.envelope.person if one.id == "a2").stopped is not None
