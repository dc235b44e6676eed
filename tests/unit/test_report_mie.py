"""The report of an instrument as it is really used: twelve items in five themes, definitive, with the one before."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kwartier.instrument.model import Content, Header
from kwartier.instrument.reading import read_content, read_header
from kwartier.records.files import Envelope, NotesFile, view
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.reports.assessment import Case, Earlier, report
from kwartier.reports.document import Callout, Document, Heading, Paragraph, Table
from kwartier.reports.markdown import write
from kwartier.workflow.departures import departures
from kwartier.workflow.outcome import change, outcome
from kwartier.workflow.sealing import sealed
from kwartier.workflow.settled import definitive
from kwartier.workflow.texts import digest_of_texts
from kwartier.workflow.visible import visible

FOLDER = Path(__file__).parents[2] / "plugins" / "mie" / "src" / "kwartier_mie"
HEADER: Header = read_header((FOLDER / "instrument.toml").read_bytes(), "instrument.toml")
CONTENT: Content = read_content((FOLDER / "content.toml").read_bytes(), "content.toml")
NOW = datetime(2026, 11, 28, 16, 20, tzinfo=UTC)
NAMES = {"a1": "Anna Aalbers", "a2": "Bert Boom"}

ROLES = ["projectleider", "client", "client", "naaste", "ervaringsdeskundige", "professional", "manager"]
NOTES: Tree = {
    "schema": 1,
    "explanation": [
        {"item": one.id, "text": f"In het gesprek werd veel verteld over: {one.short.lower()}."}
        for one in CONTENT.items()
    ],
}
DIGEST = digest_of_texts(view(NOTES, NotesFile, "toelichten.toml"))
MISSING = "niet besproken"


def rows(given: list[Any], reasons: dict[str, str]) -> list[Tree]:
    found: list[Tree] = []
    for item, value in zip(CONTENT.items(), given, strict=True):
        note = {"note": reasons[item.id]} if item.id in reasons else {}
        found.append({"item": item.id, ("missing" if isinstance(value, str) else "value"): value, **note})
    return found


def sheet(code: str, given: list[Any]) -> Tree:
    tree = {"schema": 1, "person": code, "answer": rows(given, {})}
    return sealed(CONTENT, tree, now=NOW, scored_on=DIGEST, wording="")


def envelope(day: date, **more: Any) -> tuple[Envelope, Tree]:
    tree = {"schema": 1, "id": "r1", "instrument": "mie", "edition": "2026", "content": "sha256:0", "date": day, **more}
    return view(tree, Envelope, "assessment.toml"), tree


def this_time() -> Record:
    people = [{"id": "a1", "role": "auditor", "origin": "intern"}, {"id": "a2", "role": "auditor", "origin": "extern"}]
    seen, tree = envelope(date(2026, 11, 22), person=people)
    participants = [{"id": f"d{n}", "role": role, "consent": "gegeven"} for n, role in enumerate(ROLES, 1)]
    agreed = rows([3, 2, 3, 2, 4, 3, 3, 2, 1, 3, 4, MISSING], {"2": "Anna hoorde het bij twee teams"})
    shared: dict[str, Tree] = {
        "deelnemers": {"schema": 1, "participant": participants},
        "interview": {"schema": 1, "session": [{"id": "s1", "date": seen.date, "minutes": 115}]},
        "toelichten": NOTES,
        "consensus": {"schema": 1, "answer": agreed},
        "conclusies": {
            "schema": 1,
            "strength": [{"id": "s1", "section": "C", "text": "Het contact in de teams is gelijkwaardig"}],
            "improvement": [{"id": "p1", "section": "B", "item": "4", "text": "De financiering is tijdelijk"}],
            "recommendation": [{"id": "r1", "improvement": "p1", "text": "Neem de functies op in de begroting"}],
        },
        "terugkoppelen": {
            "schema": 1,
            "date": date(2027, 1, 20),
            "fact": [{"id": "terugkoppeling_datum", "value": date(2027, 1, 20)}],
        },
        "actiepunten": {
            "schema": 1,
            "date": date(2027, 2, 1),
            "action": [
                {"id": "x1", "recommendation": "r1", "text": "Begroting 2028 aanpassen", "due": date(2027, 9, 1)}
            ],
        },
    }
    sheets = {
        ("zelf-scoren", "a1"): sheet("a1", [3, 2, 3, 2, 4, 3, 3, 2, 1, 3, 4, 2]),
        ("zelf-scoren", "a2"): sheet("a2", [3, 3, 3, 2, 3, 3, 4, 2, 1, 3, 4, MISSING]),
    }
    record = Record(ref="k/mie/2026-11-22", envelope=seen, tree=tree, shared=shared, personal=sheets)
    shared["verslag"] = definitive(record, CONTENT, {}, on=date(2026, 12, 20), by="a1", row="v1")
    return replace(record, shared=shared)


def last_time() -> Record:
    """An assessment of two years before, from paper: nothing but definitive scores."""
    seen, tree = envelope(date(2024, 11, 3), paper={"source": "verslag 2024", "entered": date(2026, 9, 1)})
    answers = rows([2, 2, 2, 2, 3, 3, 3, MISSING, 1, 2, 4, 3], {})
    return Record(
        ref="k/mie/2024-11-03", envelope=seen, tree=tree, shared={"consensus": {"schema": 1, "answer": answers}}
    )


def built(agreement: bool = True) -> Document:
    return report(case(), agreement=agreement)


def case(record: Record | None = None) -> Case:
    before, after = (visible(one, CONTENT, None) for one in (last_time(), record or this_time()))
    first, second = outcome(before, CONTENT), outcome(after, CONTENT)
    assert first is not None and second is not None
    earlier = Earlier(
        record=before,
        content=CONTENT,
        outcome=first,
        change=change(first, second, CONTENT, CONTENT),
        differs=["De meting van 2024 is overgenomen van papier."],
    )
    return Case(
        header=HEADER,
        content=CONTENT,
        record=after,
        outcome=second,
        organisation="Kwadrant",
        today=date(2027, 2, 2),
        names=NAMES,
        findings=departures(after, CONTENT),
        previous=earlier,
    )


def table(caption: str) -> Table:
    return next(block for block in built().blocks if isinstance(block, Table) and block.caption == caption)


def test_every_theme_and_item_has_its_heading() -> None:
    headings = [block.text for block in built().blocks if isinstance(block, Heading)]
    for section in CONTENT.section:
        assert f"Thema {section.id}. {section.title}" in headings
    for item in CONTENT.items():
        assert headings.count(f"{item.id}. {item.title}") == 2  # once with its score, once in the appendix


def test_a_score_is_told_with_what_it_stands_for() -> None:
    first = CONTENT.items()[0]
    told = [block.text for block in built().blocks if isinstance(block, Paragraph)]
    assert f"Definitieve score: 3 – {first.anchors[2]}" in told
    assert "Niet te beoordelen: niet besproken." in told


def test_means_and_total_say_of_how_many_items() -> None:
    whole = write(built())
    assert "Score voor thema A: 2,7 (gemiddelde van 3 van 3 items)." in whole
    assert "Score voor thema B: 2,0 (de score van het enige item)." in whole
    assert "Score voor thema E: 4,0 (gemiddelde van 1 van 2 items)." in whole
    total = "Totale score implementatie ervaringsdeskundigheid: 2,7 (gemiddelde van 11 van 12 items)."
    assert total in whole
    assert "Niveau:" not in whole  # the publication knows no bands
    assert [block for block in built().blocks if isinstance(block, Callout) and block.kind == "convention"]


def test_the_figures_are_the_same_wherever_they_stand() -> None:
    items, apart = table("Scores per item"), table("Scores van ieder apart")
    assert [row[-1] for row in items.rows] == [row[-1] for row in apart.rows]
    assert [row[3] for row in table("Per item").rows] == [row[-1] for row in items.rows]
    assert len(items.rows) == len(CONTENT.items())
    means = {row[0]: row[1] for row in table("Gemiddelde per thema").rows}
    assert list(means.values()) == ["2,7", "2,0", "3,3", "2,0", "4,0"]


def test_the_comparison_counts_what_was_scored_both_times() -> None:
    rows = {row[0]: row[1:] for row in table("Gemiddelden").rows}
    assert rows["Totaal"] == ("2,4", "2,8", "+0,4", "10 van 12 items")
    section = CONTENT.section[3]
    assert rows[f"{section.id}. {section.title}"] == ("1,5", "2,0", "+0,5", "2 van 3 items")


def test_what_followed_is_added_with_its_date() -> None:
    whole = write(built())
    assert "### Aanvulling van 20 januari 2027: Terugkoppelen" in whole
    assert "### Aanvulling van 1 februari 2027: Actiepunten" in whole
    assert "| 1 | Begroting 2028 aanpassen | aanbeveling 1 | nog niemand |" in whole
    assert "> **Let op:** 1 actiepunt; 2 of 3 is de bedoeling. Hiervoor is nog geen reden gegeven." in whole


@pytest.mark.parametrize("agreement", [True, False])
def test_nobody_who_was_interviewed_can_be_found(agreement: bool) -> None:
    whole = write(built(agreement))
    assert "Er waren 7 mensen uitgenodigd. Zij deden allemaal mee: 1 projectleider, 2 cliënten, 1 naaste" in whole
    assert not re.search(r"\bd[1-9]\b", whole)
    assert ("Bert Boom scoorde" in whole) == agreement


def test_every_fixed_text_of_the_instrument_is_in_it() -> None:
    told = {block.text for block in built().blocks if isinstance(block, Paragraph | Callout)}
    whole = write(built())
    assert CONTENT.report is not None and CONTENT.total is not None
    texts = CONTENT.report
    fixed = [texts.purpose, texts.limits, texts.method, texts.wording, texts.scores, texts.agreement]
    assert {*fixed, texts.before_after, CONTENT.total.note} <= told
    assert texts.actions not in told  # actions were chosen
    for line in "\n".join(one.text for one in CONTENT.background).split("\n"):
        assert re.sub(r"^(-|[0-9]\.) ", "", line) in whole


def test_its_fixed_texts_address_nobody() -> None:
    assert CONTENT.report is not None and CONTENT.total is not None
    texts = [str(getattr(CONTENT.report, field)) for field in CONTENT.report.__struct_fields__]
    texts += [CONTENT.total.note, *(one.text for one in CONTENT.background)]
    assert not [text for text in texts if re.search(r"\b(je|jij|jou|jouw|jezelf|jullie|u|uw)\b", text, re.IGNORECASE)]


def test_abbreviations_are_explained_before_the_first_item() -> None:
    before, _, after = write(built()).partition("## Beeld per thema")
    for word in ("BCP", "HOZ", "Zorgstandaard", "WRAP"):
        assert f"- {word}: " in before and word in after
