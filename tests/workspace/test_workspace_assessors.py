"""Who takes somebody's place takes over all of it, so that a replacement never lays the scores side by side."""

from __future__ import annotations

from datetime import date

import pytest
from tests.workspace.conftest import FIRST, Garden, answers

from kwartier.errors import Misused, Refused
from kwartier.workspace import Assessor


def test_who_replaces_somebody_gets_the_same_role(garden: Garden) -> None:
    with garden.open(garden.host(sample="route")) as ws:
        slug = ws.add_organisation("De Wandelschool")
        people = (Assessor("Lara", role="leerling"), Assessor("Bo", role="beoordelaar"))
        ref = ws.start(
            "route",
            slug,
            day=date(2026, 11, 22),
            people=people,
            subject="s1",
            parameters={"niveau": "2", "fase": "begin"},
        )
        code = ws.join(ref, Assessor("Cas"), replaces="Bo", reason="Ziek")
        (new,) = [one for one in ws.see(ref).record.envelope.person if one.id == code]
        assert (new.role, new.replaces) == ("beoordelaar", "a2")
        with pytest.raises(Misused) as raised:
            ws.join(ref, Assessor("Daan", role="beoordelaar"), replaces="Lara", reason="Ziek")
        assert raised.value.code == "replaces-otherwise"


def test_a_shadow_does_not_take_the_place_of_who_counts(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.change(ref, None, answers(FIRST), person="a1")
        ws.seal(ref, "a1")
        with pytest.raises(Misused) as raised:
            ws.join(ref, Assessor("Emma Erwt", shadow=True), replaces="a2", reason="Ziek")
        assert raised.value.code == "replaces-otherwise"
        assert all(not stand.given for stand in ws.outcome(ref).stands)
        shadow = ws.join(ref, Assessor("Emma Erwt", shadow=True))
        ws.join(ref, Assessor("Fien Framboos", shadow=True), replaces=shadow, reason="Verhuisd")
        assert all(not stand.given for stand in ws.outcome(ref).stands)


def test_under_a_definitive_report_nobody_is_replaced(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.story(ws)
        shadow = ws.join(ref, Assessor("Emma Erwt", shadow=True))
        with pytest.raises(Refused) as raised:
            ws.join(ref, Assessor("Fien Framboos", shadow=True), replaces=shadow, reason="Verhuisd")
        assert raised.value.code == "definitive"
