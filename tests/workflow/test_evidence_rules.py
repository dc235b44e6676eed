"""Sources: what a row has to satisfy, where the step stands, and its form as a text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from kwartier.instrument import model as m
from kwartier.records.files import EvidenceFile
from kwartier.records.merge import merge
from kwartier.records.tree import Tree
from kwartier.workflow.blank import blank
from kwartier.workflow.evidence_rules import LONGEST_LINK
from kwartier.workflow.filling import Rejected
from kwartier.workflow.rules import fill_in
from kwartier.workflow.state import Status, states

if TYPE_CHECKING:
    from tests.workflow.conftest import Making

TODAY = date(2026, 11, 25)
WHOLE: Tree = {
    "title": "Jaarplan",
    "kind": "document",
    "date": "2-3-2026",
    "link": "https://voorbeeld.nl/plan?a=1",
    "note": "Bladzijde 4.",
    "items": ["1", "3"],
}


def filled(making: Making, given: Tree, tree: Tree | None = None, **step: Any) -> Tree:
    found = making.step(making.tuin, m.EvidenceStep)
    return fill_in(
        m.EvidenceStep(**{name: getattr(found, name) for name in found.__struct_fields__} | step),
        making.tuin,
        making.record(),
        tree or {},
        given,
        making.inputs(),
        place="x.toml",
    )


def wrongs(making: Making, row: Tree, **step: Any) -> list[str]:
    with pytest.raises(Rejected) as caught:
        filled(making, {"evidence": [{"id": "b1", **WHOLE, **row}]}, **step)
    return caught.value.message.split("\n")[1:]


def test_a_source_gets_an_id_and_a_real_date(making: Making) -> None:
    tree = filled(making, {"evidence": [WHOLE]})
    assert tree["evidence"] == [{"id": "x1", **WHOLE, "date": date(2026, 3, 2)}]
    assert filled(making, {"evidence": [WHOLE]}, tree) == tree, "giving it twice is giving it once"
    gone = filled(making, {"evidence": [{"id": "x1", "items": "", "link": "", "date": ""}]}, tree)
    assert set(gone["evidence"][0]) == {"id", "title", "kind", "note"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"title": ""}, "evidence 1: 'title' ontbreekt"),
        ({"title": "  "}, "evidence, b1, title: zonder naam is een bron niet terug te vinden"),
        ({"kind": "gerucht"}, "evidence, b1, kind: 'gerucht' is hier geen soort; wel: document, foto, rondgang"),
        ({"date": date(226, 3, 2)}, "evidence, b1, date: het jaar 226 kan niet; kijk de datum na"),
        ({"date": date(2262, 3, 2)}, "evidence, b1, date: het jaar 2262 kan niet; kijk de datum na"),
        ({"date": "ooit"}, "evidence 1, date: 'ooit' is geen datum."),
        ({"link": "een\ntwee"}, "evidence, b1, link: een vindplaats staat op een regel"),
        ({"link": "een\u2028twee"}, "evidence, b1, link: een vindplaats staat op een regel"),
        (
            {"link": "x" * (LONGEST_LINK + 1)},
            f"evidence, b1, link: een vindplaats is ten hoogste {LONGEST_LINK} tekens lang",
        ),
        ({"items": ["1", "9"]}, "evidence, b1, items: 9: geen item; wel: 1, 2, 3, 4, 5"),
        ({"items": ["2", "1", "2"]}, "evidence, b1, items: 2: staat er twee keer"),
        ({"items": "1"}, 'evidence 1, items: schrijf een lijst van teksten tussen aanhalingstekens, zoals ["a", "b"]'),
        ({"items": [1]}, 'evidence 1, items: schrijf een lijst van teksten tussen aanhalingstekens, zoals ["a", "b"]'),
    ],
)
def test_what_cannot_be_is_refused_in_words(making: Making, row: Tree, said: str) -> None:
    assert wrongs(making, row) == [f"- {said}"]


def test_the_longest_link_and_any_kind_where_none_are_named(making: Making) -> None:
    link = "x" * LONGEST_LINK
    tree = filled(making, {"evidence": [{**WHOLE, "link": link, "kind": "van horen zeggen"}]}, kinds=())
    assert (tree["evidence"][0]["link"], tree["evidence"][0]["kind"]) == (link, "van horen zeggen")


def test_all_mistakes_are_told_at_once_in_the_words_of_the_step(making: Making) -> None:
    found = wrongs(making, {"title": " ", "kind": "x", "items": ["9"]}, label="bewijs")
    assert len(found) == 3
    assert "een bewijs niet terug te vinden" in found[0]


@pytest.mark.parametrize(
    ("tree", "status", "detail"),
    [
        ({}, Status.OPEN, "nog geen bronnen"),
        ({"date": TODAY}, Status.DONE, "geen bronnen"),
        ({"evidence": [{"id": "a", "title": "x"}]}, Status.DONE, "1 bron"),
        ({"evidence": [{"id": "a", "title": "x", "items": ["1"]}]}, Status.DONE, "1 bron, over 1 item"),
        (
            {"evidence": [{"id": "a", "title": "x", "items": ["1", "2"]}, {"id": "b", "title": "y", "items": ["2"]}]},
            Status.DONE,
            "2 bronnen, over 2 items",
        ),
    ],
)
def test_where_the_step_stands(making: Making, tree: Tree, status: Status, detail: str) -> None:
    record = making.record(shared={"bronnen": tree} if tree else {})
    state = next(one for one in states(record, making.tuin) if one.id == "bronnen")
    assert (state.status, state.detail) == (status, detail)


def test_two_people_add_each_a_source(making: Making) -> None:
    base = filled(making, {"evidence": [{"id": "b1", **WHOLE}]})
    ours = filled(making, {"evidence": [{"id": "b2", "title": "Foto"}]}, base)
    theirs = filled(making, {"evidence": [{"id": "b1", "items": ["1", "2", "3"]}]}, base)
    merged = merge(base, ours, theirs)
    assert not merged.conflicts
    assert [(row["id"], row.get("items")) for row in merged.tree["evidence"]] == [("b1", ["1", "2", "3"]), ("b2", None)]


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["b1", "b2", "b10"]), "title": TEXT.map(lambda text: f"t{text}")},
        optional={
            "kind": st.sampled_from(["document", "foto"]),
            "date": st.dates(date(1900, 1, 1), date(2100, 12, 31)),
            "link": st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=80),
            "note": (TEXT | TEXT.map(lambda text: f"a\n{text}")).filter(bool),
            "items": st.lists(st.sampled_from(["1", "2", "5"]), unique=True),
        },
    ),
    max_size=3,
    unique_by=lambda row: row["id"],
)


@settings(max_examples=60)
@given(rows=ROWS)
def test_the_form_as_a_text_given_back_unchanged_changes_nothing(making: Making, rows: list[Tree]) -> None:
    tree = filled(making, {"evidence": rows})
    step = making.step(making.tuin, m.EvidenceStep)
    record = making.record(shared={"bronnen": tree})
    text = blank(step, making.tuin, record, tree, own=False, today=TODAY)
    assert filled(making, tomli.loads(text), tree) == tree


def test_the_example_in_the_form_is_a_source_once_it_is_filled_in(making: Making) -> None:
    step = making.step(making.tuin, m.EvidenceStep)
    text = blank(step, making.tuin, making.record(), {}, own=False, today=TODAY)
    assert '# "1": Bodem' in text.replace("#   ", "# ")
    head, _, row = text.partition("# [[evidence]]")
    lines = [line.removeprefix("# ").replace('title = ""', 'title = "Jaarplan"') for line in row.split("\n")]
    given = tomli.loads(f"{head}[[evidence]]" + "\n".join(lines))
    tree = filled(making, given)
    assert tree["evidence"] == [
        {"id": "b1", "title": "Jaarplan", "kind": "document", "date": TODAY, "items": ["1", "2"]}
    ]
    record = making.record(shared={"bronnen": tree})
    assert record.read("bronnen", EvidenceFile).evidence[0].items == ("1", "2")
