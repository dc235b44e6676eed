"""Without names nothing of a comparison tells whose scores are whose: not by order, date, size or group."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.workspace.conftest import Garden, answers

from kwartier.analysis.compared import SMALLEST_GROUP, Compared
from kwartier.reports.organisations import organisations_report
from kwartier.reports.organisations_exported import compared_csv, compared_tree
from kwartier.workspace import Workspace, writers
from kwartier.workspace.compared_groups import hidden_groups
from kwartier.workspace.compared_letters import letter, letters
from kwartier.workspace.comparing import OWN, Chosen

NAMES = ("Acaciahof", "Berkenhof", "Cederhof", "Dennenhof", "Eikenhof", "Fluweelhof", "Gagelhof")
KINDS = ("park",) * 5 + ("plein", "kade")
SCORES = [
    (1, 1, 1, 1, 1),
    (2, 1, 1, 1, 1),
    (3, 2, 2, 2, 2),
    (3, 3, 3, 2, 2),
    (4, 4, 3, 3, 3),
    (4, 4, 4, 4, 4),
    (5,) * 5,
]


def world(garden: Garden, order: Sequence[int], scores: Sequence[tuple[int, ...]] = SCORES) -> Workspace:
    """Seven organisations with two records each, of which the scores are dealt in this order."""
    with garden.open() as ws:
        for number, name in enumerate(NAMES):
            slug = ws.add_organisation(name, kind=KINDS[number], clients=70 + 111 * number)
            day = date(2025, 1, 1) + timedelta(days=number)
            own = scores[order[number]]
            for later, up in ((day, 0), (day + timedelta(days=365), 1)):
                given = answers(tuple(min(5, score + up * (place == 0)) for place, score in enumerate(own)))
                ws.take_over("tuin", slug, given, day=later, source=f"Map van {name}")
        return ws


def compared(ws: Workspace, **chosen: Any) -> Compared:
    """The comparison without names."""
    found = ws.compare_organisations(Chosen(instrument="tuin", names=False, **chosen))
    assert found is not None
    return found


def everything(found: Compared) -> str:
    """All that can be exported of it, save the day that it was made."""
    text = json.dumps(compared_tree(found), ensure_ascii=False) + compared_csv(found).decode("utf-8-sig")
    return (text + writers()["md"].write(organisations_report(found)).decode()).replace(found.day, "")


@pytest.mark.parametrize("chosen", [{}, {"group_by": "kind"}, {"group_by": "kind", "entitled": True}])
def test_whose_scores_they_are_makes_no_difference(garden: Garden, chosen: dict[str, Any]) -> None:
    """The same scores dealt otherwise, within a kind, give the same export to the letter."""
    told = [
        everything(compared(world(garden.beside(f"wereld-{number}"), order), **chosen))
        for number, order in enumerate([(0, 1, 2, 3, 4, 5, 6), (4, 2, 0, 1, 3, 5, 6)])
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("own", ["", "cederhof"])
@pytest.mark.parametrize("entitled", [False, True])
def test_nothing_names_an_organisation(garden: Garden, own: str, entitled: bool) -> None:
    ws = world(garden, range(7))
    garden_tree = garden.folder("eikenhof/tuin/2026-01-05") / "assessment.toml"
    tree = garden.tree(garden_tree)
    garden.put(garden_tree, {**tree, "paper": {**tree["paper"], "total": "1.1", "band": "hoog"}})
    ws.add_organisation("Hulsthof")
    ws.start("tuin", "hulsthof", day=date(2026, 2, 2))
    found = compared(ws, own=own, group_by="kind", entitled=entitled)
    told = everything(found)
    for name in (*NAMES, "Hulsthof"):
        assert name.casefold() not in told.casefold()
    assert not re.search(r"plein|kade|\d{4}-\d\d-\d\d|Map van|\b(70|181|292|403|514|625|736)\b", told)
    assert "op papier staat 1" not in told
    assert any("op papier" in note for note in found.notes)
    assert sum(one.count for one in found.left_out) == 1
    assert (OWN in told) == bool(own)


def test_the_letters_go_by_the_totals(garden: Garden) -> None:
    found = compared(world(garden, (3, 6, 0, 5, 1, 4, 2)))
    assert [row.label for row in found.rows] == list("ABCDEFG")
    totals = [row.total for row in found.rows if row.total is not None]
    assert totals == sorted(totals, reverse=True)
    assert found.change is not None
    # The same letter is the same organisation in every table.
    after = {row.label: row.after for row in found.change.rows}
    assert after == {row.label: row.total for row in found.rows}


def test_the_own_organisation_takes_no_letter(garden: Garden) -> None:
    found = compared(world(garden, range(7)), own="cederhof")
    assert [row.label for row in found.rows] == ["A", "B", "C", "D", OWN, "E", "F"]


def test_a_small_kind_cannot_be_told_from_the_rest(garden: Garden) -> None:
    """Five of seven would leave two: also those five are not shown apart."""
    found = compared(world(garden, range(7)), group_by="kind")
    assert found.groups == ()
    assert found.hidden is not None
    assert (found.hidden.count, found.hidden.who) == (7, ())


def test_equal_totals_are_not_in_the_order_of_names(garden: Garden) -> None:
    """Of ten worlds at least one has another order than that of the names, and another one than its reverse."""
    orders = set()
    for number in range(10):
        place = garden.beside(f"gelijk-{number}")
        place.random.seed(number)
        scores = [(score, 6 - score, 3, 3, 3) for score in (1, 2, 3, 4, 5)] + [(5, 5, 5, 5, 5)] * 2
        found = compared(world(place, range(7), scores), change=False)
        orders.add(tuple(line.marks[2:] for line in found.items if line.id == "2"))
    assert len(orders) > 3


@given(st.lists(st.tuples(st.fractions(1, 5) | st.none(), st.text(max_size=4)), max_size=60))
def test_letters_are_given_once_from_high_to_low(given_: list[tuple[Fraction | None, str]]) -> None:
    found = letters((str(number), total, secret) for number, (total, secret) in enumerate(given_))
    assert sorted(found.values(), key=lambda one: (len(one), one)) == [letter(n) for n in range(len(given_))]
    ordered = [given_[int(key)][0] for key in found]
    known = [total for total in ordered if total is not None]
    assert known == sorted(known, reverse=True)
    assert ordered[len(known) :] == [None] * (len(ordered) - len(known))


def test_letters_after_z() -> None:
    assert [letter(number) for number in (0, 25, 26, 27, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA")
    ]


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(1, 12), max_size=6))
def test_what_is_hidden_cannot_be_computed(sizes: dict[str, int]) -> None:
    hidden = hidden_groups(sizes)
    left = sum(sizes[title] for title in hidden)
    assert all(title in hidden for title, n in sizes.items() if n < SMALLEST_GROUP)
    assert left == 0 or left >= SMALLEST_GROUP or len(hidden) == len(sizes)
