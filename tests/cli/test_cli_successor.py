"""On the command line: an instrument of which another one took the place can still be begun with, and it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Kwartier

SAID = "VIE is de voorganger van MIE. Een meting beginnen kan, maar MIE is de opvolger."


def test_the_list_and_the_description_say_it(kwartier: Kwartier) -> None:
    assert SAID in kwartier("instrumenten").out
    assert SAID in kwartier("instrumenten", "vie").out
    assert "voorganger" not in kwartier("instrumenten", "mie").out
    successors = {one["id"]: one["successor"] for one in kwartier.json("instrumenten")["instruments"]}
    assert (successors["vie"], successors["mie"]) == ("mie", None)


def test_beginning_says_it_beside_the_answer(kwartier: Kwartier) -> None:
    kwartier.organisation()
    begin = ("meting", "nieuw", "kwadrant", "vie", "--datum", "2026-11-22", "--parameter", "meting=1")
    done = kwartier(*begin, "--auditor", "Anna")
    assert done.status == 0
    assert SAID in " ".join(done.err.split())
    assert "De meting staat klaar" in done.out
    assert "voorganger" not in kwartier("meting", "nieuw", "kwadrant", "mie", "--datum", "2026-11-22").err
