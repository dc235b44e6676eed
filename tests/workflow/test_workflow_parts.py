"""Parts of items that may be answered: on a sheet, side by side, in a form, in a report, in what others see."""

from __future__ import annotations

import tomli
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.workflow.conftest import NOW, Making, read

from kwartier.instrument import model as m
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.agreed import confirmations, stands
from kwartier.workflow.blank import blank
from kwartier.workflow.outcome import outcome
from kwartier.workflow.parts import counted, has_optional, optional_given, part_word, told
from kwartier.workflow.sealing import answerable_keys, expected_keys, off_scale, open_keys, sealed
from kwartier.workflow.state import progress
from kwartier.workflow.visible import visible

BAKERY = read("tests/samples/instruments/bakkerij/content.toml")
STEP = next(one for one in BAKERY.step if isinstance(one, m.ScoreStep))
EXPECTED = [(str(number), "") for number in range(1, 8)]
PARTS = [("5", "a"), ("5", "b"), ("5", "c"), ("6", "a"), ("6", "b")]
VALUES = {"aanwezig": "ja", "taak": "wel", "kan": "kan"}


def sheet(person: str, *keys: tuple[str, str], value: str = "") -> Tree:
    """Answers to these items and parts."""
    scales = {item.id: item.scale for item in BAKERY.items()}
    rows = [
        {"item": item, **({"part": part} if part else {}), "value": value or VALUES[scales[item]]}
        for item, part in keys
    ]
    return {"schema": 1, "person": person, "answer": rows}


def record(making: Making, *sheets: Tree) -> Record:
    people = [{"id": one["person"], "role": "meester"} for one in sheets]
    return making.record(people, personal={("lijst", one["person"]): one for one in sheets})


def closed(tree: Tree) -> Tree:
    return sealed(BAKERY, tree, now=NOW, scored_on="", wording="")


def test_a_sheet_is_full_without_them_and_they_are_counted_apart(making: Making) -> None:
    assert expected_keys(BAKERY) == EXPECTED
    assert sorted(set(answerable_keys(BAKERY)) - set(EXPECTED)) == PARTS
    own = sheet("a1", *EXPECTED, ("6", "b"), ("5", "a"))
    assert open_keys(BAKERY, own) == []
    assert optional_given(BAKERY, own) == [("5", "a"), ("6", "b")]
    assert progress(record(making, own), BAKERY, STEP, "a1") == (7, 7)
    assert "sealed" in closed(own)


def test_their_words() -> None:
    five = next(item for item in BAKERY.items() if item.id == "5")
    assert part_word(BAKERY) == part_word(BAKERY, "5") == "handgrepen"
    assert part_word(BAKERY, "1") == "onderdelen"
    assert told(five, "handgrepen", []) == "3 handgrepen, geen beantwoord"
    assert told(five, "handgrepen", [("5", "a"), ("6", "a")]) == "3 handgrepen, 1 beantwoord"
    assert told(five, "handgrepen", PARTS) == "3 handgrepen, alle beantwoord"
    assert told(BAKERY.items()[0], "onderdelen", []) == ""
    assert [counted(1, "onderdelen"), counted(1, "handgrepen"), counted(2, "onderdelen")] == [
        "1 onderdeel",
        "handgrepen: 1",
        "2 onderdelen",
    ]


def test_an_answer_that_no_scale_has_is_found_at_a_part_too() -> None:
    own = sheet("a1", *EXPECTED)
    own["answer"].append({"item": "5", "part": "b", "value": "ooit"})
    assert off_scale(BAKERY, own) == [("5", "b")]


def test_with_one_sheet_they_are_definitive_as_they_are(making: Making) -> None:
    found = outcome(record(making, closed(sheet("a1", *EXPECTED, ("5", "c")))), BAKERY)
    assert found is not None and found.complete
    assert [(one.item, one.part, one.optional) for one in found.stands if one.part] == [("5", "c", True)]
    assert found.answers().keys() == {item for item, _ in EXPECTED}, "no answer of an item is made from its parts"


def test_side_by_side_they_are_proposed_only_where_all_answered_them(making: Making) -> None:
    first = closed(sheet("a1", *EXPECTED, ("5", "a"), ("5", "b")))
    second = closed(sheet("a2", *EXPECTED, ("5", "b")))
    found = {(one.item, one.part): one for one in stands(record(making, first, second), BAKERY, STEP)}
    assert found["5", "a"].proposal is None and not found["5", "a"].equal
    assert found["5", "b"].proposal is not None
    assert ("5", "c") not in found
    rows = [(row["item"], row.get("part", "")) for row in confirmations(BAKERY, found.values())]
    assert rows == [*EXPECTED[:5], ("5", "b"), *EXPECTED[5:]]


@given(
    st.sets(st.sampled_from(EXPECTED)),
    st.sets(st.sampled_from(PARTS)),
    st.sets(st.sampled_from(PARTS)),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_answered_they_never_decide_what_is_missing(
    making: Making, some: set[tuple[str, str]], own: set[tuple[str, str]], others: set[tuple[str, str]]
) -> None:
    with_parts = record(making, sheet("a1", *some, *own), sheet("a2", *some, *others))
    without = record(making, sheet("a1", *some), sheet("a2", *some))
    assert progress(with_parts, BAKERY, STEP, "a1") == progress(without, BAKERY, STEP, "a1") == (len(some), 7)
    blind = m.Content(**{**{name: getattr(BAKERY, name) for name in BAKERY.__struct_fields__}, "step": (BLIND,)})
    hidden = visible(with_parts, blind, "a1").hidden["lijst", "a2"]
    assert (hidden.done, hidden.of) == (len(some), 7)
    told_with, told_without = outcome(with_parts, BAKERY), outcome(without, BAKERY)
    assert told_with is not None and told_without is not None
    assert told_with.why == told_without.why
    assert told_with.answers() == told_without.answers()


BLIND = m.ScoreStep(id="lijst", title="Lijst", by="each", role="meester", blind=True)


def test_the_form_offers_them_and_says_that_they_may_stay_open(making: Making) -> None:
    own = sheet("a1", ("5", "b"))
    text = blank(STEP, BAKERY, record(making, own), own, own=True, person="a1", today=NOW.date())
    assert "# 5a. Weegt af (mag open blijven)" in text
    rows = {(row["item"], row.get("part", "")): row for row in tomli.loads(text)["answer"]}
    assert rows["5", "b"]["value"] == "kan"
    assert "value" not in rows["5", "a"] and "value" not in rows["5", ""]
    assert list(rows) == [(item, part) for item, _ in EXPECTED for part in ("", *(p for i, p in PARTS if i == item))]


def test_an_instrument_without_them_has_none(making: Making) -> None:
    assert has_optional(BAKERY) and has_optional(making.route)
    assert not has_optional(making.tuin) and not has_optional(making.mie)
