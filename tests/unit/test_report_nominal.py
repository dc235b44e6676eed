"""The report of an instrument without a mean: answers in words, parts of items, one assessor, parameters, facts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kwartier.instrument.model import Content, Header
from kwartier.instrument.reading import read_content, read_header
from kwartier.instrument.selection import for_parameters
from kwartier.records.files import Envelope, view
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.reports.assessment import Case, report
from kwartier.reports.markdown import write
from kwartier.workflow.departures import departures
from kwartier.workflow.outcome import outcome
from kwartier.workflow.visible import visible

FOLDER = Path(__file__).parents[1] / "samples" / "instruments" / "route"
HEADER: Header = read_header((FOLDER / "instrument.toml").read_bytes(), "instrument.toml")
CONTENT: Content = read_content((FOLDER / "content.toml").read_bytes(), "content.toml")
FACTS: Tree = {
    "fact": [
        {"id": "start", "value": date(2026, 9, 1)},
        {"id": "seizoen", "value": "herfst"},
        {"id": "streken", "value": ["heide", "duin"]},
        {"id": "ehbo", "value": True},
        {"id": "opmerking", "value": ""},
    ]
}
ANSWERS: list[Tree] = [
    {"item": "1.1", "value": "wel"},
    {"item": "1.1", "part": "b", "value": "gehaald"},
    {"item": "1.2", "value": "misschien", "note": "Alleen bij daglicht"},
    {"item": "2.1", "value": "niet", "note": "Vooraf geen zin in"},
]


def text(answers: list[Tree], fase: str, **shared: Any) -> str:
    return write(report(case(answers, fase, **shared)))


def case(answers: list[Tree], fase: str, **shared: Any) -> Case:
    tree: Tree = {
        "schema": 1,
        "id": "r1",
        "instrument": "route",
        "edition": "1",
        "content": "sha256:0",
        "date": date(2026, 11, 22),
        "subject": "s3",
        "parameters": {"niveau": 4, "fase": fase},
        "person": [{"id": "b1", "role": "beoordelaar"}],
    }
    personal = {("beoordelen", "b1"): {"person": "b1", "answer": answers}} if answers else {}
    content = for_parameters(CONTENT, tree["parameters"])
    record = Record(
        ref="k/route/s3/2026-11-22",
        envelope=view(tree, Envelope, "assessment.toml"),
        tree=tree,
        shared=shared,
        personal=personal,
    )
    seen = visible(record, content, None)
    return Case(
        header=HEADER,
        content=content,
        record=seen,
        outcome=outcome(seen, content),
        organisation="De Gidsen",
        today=date(2026, 12, 1),
        names={"b1": "Bo Berg"},
        findings=departures(seen, content),
    )


def test_answers_in_words_and_parts_of_items() -> None:
    whole = text(ANSWERS, "eind", start=FACTS)
    assert "De Gidsen, s3, 22 november 2026" in whole
    assert "- Opleidingsniveau: 4\n- Fase: eind\n" in whole
    assert "Antwoord: wel.\n\n- Kiest een eigen doel: gehaald\n" in whole
    assert "| 1 | 1.1 b | Kiest een eigen doel | gehaald |" in whole


def test_nothing_is_averaged() -> None:
    whole = text(ANSWERS, "eind")
    assert "Gemiddelde" not in whole and "Geen totaal" not in whole and "Overeenstemming" not in whole


def test_answers_are_counted_per_section_in_words() -> None:
    whole = text(ANSWERS, "eind")
    assert "| 1. De weg vinden | 1 van 2 wel, 1 misschien (onder voorwaarden) |" in whole
    assert "| 2. De groep leiden | 1 van 1 niet |" in whole
    assert "### Leerlijn 1. De weg vinden\n\nIn het kort: 1 van 2 wel, 1 misschien (onder voorwaarden).\n" in whole
    part = text(ANSWERS[1:], "eind")
    assert "In het kort: 1 van 2 misschien (onder voorwaarden), 1 nog niet beantwoord." in part
    assert "De antwoorden zijn er nog niet allemaal: nog 1 van 4 items zonder antwoord." in part
    assert "Nog geen antwoord." in part and "score" not in part.replace("scoreblad", "")


def test_no_heading_stands_without_anything_below_it() -> None:
    for answers in (ANSWERS, ANSWERS[1:], []):
        parts = text(answers, "eind").split("\n\n")
        level = [len(part) - len(part.lstrip("#")) for part in parts]
        nested = zip(parts, level, [*level[1:], 1], strict=True)
        empty = [part for part, own, after in nested if own and own >= after > 0]
        assert not empty


def test_a_remark_is_told_only_where_the_answer_asks_for_one() -> None:
    whole = text(ANSWERS, "eind")
    assert "Antwoord: misschien (onder voorwaarden)." in whole
    assert "Toelichting bij dit antwoord: Alleen bij daglicht." in whole
    assert "geen zin in" not in whole


def test_facts_read_as_answers() -> None:
    how = text([], "eind", start=FACTS)
    for row in ("1 september 2026", "herfst", "heide, duin", "ja"):
        assert f"| {row} |" in how
    assert "Bijzonderheden" not in how
    told = {"fact": [*FACTS["fact"][:-1], {"id": "opmerking", "value": "Het regende de hele dag."}]}
    listed = text([], "eind", start=told)
    assert "- Bijzonderheden: Het regende de hele dag.\n" in listed and "| herfst |" not in listed


@pytest.mark.parametrize("fase", ["begin", "eind"])
def test_an_instrument_without_a_report_step_is_finished_when_it_is_complete(fase: str) -> None:
    whole = text(ANSWERS, fase, start=FACTS, afspraken={"action": [{"id": "x", "text": "Vaker in het donker"}]})
    assert ("een concept" in whole) == (fase == "eind")
    assert "| 1 | Vaker in het donker | nog niemand | nog geen datum | open |" in whole
    assert "een concept" in text([], fase)


def test_an_answer_that_is_not_on_the_scale_is_shown_as_it_is() -> None:
    whole = text([{"item": "1.1", "value": "ooit"}, *ANSWERS[1:]], "eind")
    assert "Antwoord: ooit (staat niet op de schaal)." in whole
