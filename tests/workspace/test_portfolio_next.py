"""A next portfolio at another level: what comes along, what shows as it was, what is judged before and taken over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from tests.workspace.conftest import refusal
from tests.workspace.kas import CODE, SECRET, SELF, Greenhouse, judged

from kwartier.records.tree import Tree
from kwartier.workflow.was import answer_was
from kwartier.workspace import Workspace

DAYS = (date(2026, 9, 1), date(2027, 9, 1), date(2028, 9, 1))


@pytest.fixture
def ws(kas: Greenhouse) -> Iterator[Workspace]:
    """The workspace on it."""
    with kas.open() as opened:
        yield opened


def both(ws: Workspace, ref: str, step: str, *values: str, agree: str = "") -> None:
    """Both masters, of one mind, in one step."""
    for code in ("a1", "a2"):
        ws.change(ref, step, judged(*values), person=code)
        ws.seal(ref, code, step=step)
    if agree:
        ws.change(ref, agree, {"answer": ws.proposals(ref, step=step)})


def following(ws: Workspace, kas: Greenhouse, before: str, niveau: int, day: date) -> str:
    """The next portfolio of the same pupil."""
    return kas.portfolio(ws, before.split("/")[0], niveau, day, before)


def taken(ref: str, note: str = "Op dezelfde manier gezien.", **more: object) -> Tree:
    """A row that takes an earlier judgement over."""
    return {"answer": [{"item": "1.2", "value": "aangetoond", "note": note, "taken_over": ref, **more}]}


# -- what comes along


def test_a_next_level_keeps_what_was_done_and_opens_what_is_asked_otherwise(ws: Workspace, kas: Greenhouse) -> None:
    first = kas.begin(ws)
    ws.change(first, "gegevens", {"fact": [{"id": "kas", "value": "De oude"}]})
    rows: list[Tree] = [
        {"id": "b1", "title": "Dagboek", "items": ["1.1", "2.1"], "topics": ["luis-2024"], "readers": ["meester"]},
        {"id": "b2", "title": SECRET, "items": ["1.2"]},
    ]
    ws.change(first, "bewijs", {"evidence": rows}, person=CODE)
    ws.change(first, "reacties", {"evidence": [{"id": "r1", "title": "Fijn", "readers": ["a1"]}]}, person=CODE)
    ws.change(first, "zelf", SELF, person=CODE)
    second = following(ws, kas, first, 1, DAYS[1])  # at level 1 nobody is shown around
    record = ws.see(second, viewer=CODE).record
    assert record.shared["gegevens"]["fact"][0]["value"] == "De oude"
    assert [(row["id"], row["items"]) for row in record.shared["bewijs"]["evidence"]] == [
        ("b1", ["1.1"]),
        ("b2", ["1.2"]),
    ]
    assert record.shared["bewijs"]["evidence"][0]["readers"] == ["meester"]
    assert "readers" not in record.shared["bewijs"]["evidence"][1]
    assert record.shared["reacties"]["evidence"][0]["readers"] == ["a1"]
    kept = record.personal["zelf", CODE]["answer"]
    assert kept == [SELF["answer"][1]]  # 1.1 has another text, 2.1 is not asked
    assert [(one.item, one.kind) for one in ws.item_changes(second)] == [
        ("1.1", "changed"),
        ("1.2", "same"),
        ("2.1", "gone"),
    ]
    assert ws.item_changes(first) == []
    changed = ws.item_changes(second)[0]
    assert (changed.before, changed.after) == (
        "De leerling zaait tomaten en sla zonder hulp.",
        "De leerling zaait tomaten met hulp.",
    )
    # what stays private stays so, and what was answered before is told where the item is open again
    assert SECRET not in str(ws.see(second, viewer="a1").record.shared)
    earlier = ws.earlier(second, viewer=CODE).answers["zelf"]
    scale = ws.content("kas").scale[0]
    assert answer_was(scale, earlier["1.1", ""], None) == "was: deels"
    assert answer_was(scale, earlier["1.2", ""], earlier["1.2", ""]) == ""


def test_said_afterwards_what_it_follows_brings_the_same_along(ws: Workspace, kas: Greenhouse) -> None:
    first = kas.begin(ws)
    ws.change(first, "bewijs", {"evidence": [{"id": "b1", "title": SECRET}]}, person=CODE)
    ws.change(first, "zelf", SELF, person=CODE)
    second = kas.portfolio(ws, first.split("/")[0], 2, DAYS[1])
    ws.correct(second, follows=first)
    record = ws.see(second, viewer=CODE).record
    assert record.shared["bewijs"]["evidence"][0]["title"] == SECRET
    assert record.personal["zelf", CODE]["answer"] == SELF["answer"]
    assert [one.kind for one in ws.item_changes(second)] == ["same"] * 3


# -- judged before


def test_an_earlier_judgement_counts_only_where_it_is_taken_over(ws: Workspace, kas: Greenhouse) -> None:
    first = kas.begin(ws)
    both(ws, first, "halverwege", "nog-niet", "deels", "nog-niet", agree="halverwege-samen")
    both(ws, first, "eind", "deels", "aangetoond", "nog-niet", agree="eind-samen")
    second = following(ws, kas, first, 3, DAYS[1])
    found = ws.earlier_judgements(second)
    assert {item: one.answer.value for item, one in found.items()} == {
        "1.1": "deels",
        "1.2": "aangetoond",
        "2.1": "nog-niet",
    }
    assert (found["2.1"].title, found["2.1"].ref, found["2.1"].day) == ("nog niet", first, DAYS[0])
    assert "niveau 2" in found["1.1"].words
    assert dict(ws.earlier_judgements(first)) == {}
    assert "Eerder beoordeeld: nog niet" in ws.blank(second, "eind", person="a1")
    assert "Eerder beoordeeld" not in ws.blank(second, "zelf", person=CODE)
    on_sheet = refusal(lambda: ws.change(second, "eind", taken(first), person="a1"))
    assert "niet op een blad" in on_sheet.message
    rows = [
        {"item": "1.1", "value": "deels"},
        *({"item": item, "missing": "eerder beoordeeld"} for item in ("1.2", "2.1")),
    ]
    for code in ("a1", "a2"):
        ws.change(second, "eind", {"answer": rows}, person=code)
        ws.seal(second, code, step="eind")
    assert [row["item"] for row in ws.proposals(second)] == ["1.1"]
    form = ws.blank(second, "eind-samen")
    assert "# Eerder beoordeeld: aangetoond (niveau 2, 1 sep 2026)" in form
    assert f'# taken_over = "{first}"' in form
    stand = next(one for one in ws.outcome(second).stands if one.item == "1.2")
    assert (stand.judged_before, stand.proposal, stand.equal, stand.agreed) == (True, None, True, None)
    known = ("eind-samen", taken(first))
    for wrong in (
        taken(first, note=""),
        taken("de-glazen-stad/kas/s1/2020-01-01"),
        taken(second),
        taken(first, value="deels"),
        {"answer": [{"item": "1.2", "missing": "niet aan bod geweest", "note": "x", "taken_over": first}]},
        {"answer": [{"item": "2.1", "part": "a", "value": "nog-niet", "note": "x", "taken_over": first}]},
    ):
        assert refusal(lambda wrong=wrong: ws.change(second, "eind-samen", wrong)).status == 2
    ws.change(second, *known)
    stand = next(one for one in ws.outcome(second).stands if one.item == "1.2")
    assert stand.agreed is not None
    assert (stand.agreed.value, stand.taken_over) == ("aangetoond", first)
    assert refusal(lambda: ws.finalise(second)).code == "not-agreed"  # 2.1 counts nowhere until it is decided
    ws.change(
        second, "eind-samen", {"answer": [*ws.proposals(second), {"item": "2.1", "missing": "eerder beoordeeld"}]}
    )
    assert ws.finalise(second) == 1
    # a third looks back further than one: what was left to before is found there
    third = following(ws, kas, second, 3, DAYS[2])
    assert {item: one.ref for item, one in ws.earlier_judgements(third).items()} == {
        "1.1": second,
        "1.2": second,
        "2.1": first,
    }


def test_without_a_final_judgement_the_interim_one_is_what_was_judged(ws: Workspace, kas: Greenhouse) -> None:
    first = kas.begin(ws)
    both(ws, first, "halverwege", "nog-niet", "deels", "nog-niet", agree="halverwege-samen")
    both(ws, first, "eind", "deels", "aangetoond", "nog-niet")  # sealed, and never agreed on
    second = following(ws, kas, first, 2, DAYS[1])
    assert {item: one.answer.value for item, one in ws.earlier_judgements(second).items()} == {
        "1.1": "nog-niet",
        "1.2": "deels",
        "2.1": "nog-niet",
    }
    both(ws, second, "halverwege", "deels", "deels", "deels")
    refused = refusal(lambda: ws.change(second, "halverwege-samen", taken(first, value="deels")))
    assert "hier kan geen eerder oordeel" in refused.message


def test_on_another_scale_the_value_is_chosen_anew(ws: Workspace, kas: Greenhouse) -> None:
    first = kas.begin(ws)
    both(ws, first, "eind", "deels", "aangetoond", "nog-niet", agree="eind-samen")
    other = kas.host(lambda text: text.replace('{ value = "deels", key = "d" },', '{ value = "bijna", key = "b" },'))
    with kas.open(other) as later:
        second = following(later, kas, first, 2, DAYS[1])
        both(later, second, "eind", "bijna", "bijna", "bijna")
        assert refusal(lambda: later.change(second, "eind-samen", taken(first, value="deels"))).status == 2
        later.change(second, "eind-samen", taken(first, value="bijna", note="Toen heette het deels, nu bijna."))
        stand = next(one for one in later.outcome(second).stands if one.item == "1.2")
        assert stand.taken_over == first
        assert later.earlier_judgements(second)["1.1"].title == "deels"
