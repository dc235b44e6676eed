"""The list of questions: everything that is asked with these parameters, with room to answer, or with what is known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.instrument.model import Content, FactsStep, Header
from kwartier.instrument.reading import read_content, read_header
from kwartier.instrument.selection import for_parameters, scale_of
from kwartier.records.files import Envelope, view
from kwartier.records.organisation import Subject
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.reports.document import Paragraph
from kwartier.reports.markdown import write
from kwartier.reports.questions import Asked, question_list
from kwartier.workflow.visible import visible

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "samples" / "instruments"
PLACE = ROOT / "plugins" / "praktijkleerplek" / "src" / "kwartier_praktijkleerplek"
EMPTY, CROSSED = "☐", "☒"
HOSTILE = "[/b] [@click=app.quit]x[/] \x1b]52;c;x\x07 \u202e| # *vet* <script>\n## kop"
FACTS: Tree = {
    "fact": [
        {"id": "start", "value": date(2026, 9, 1)},
        {"id": "seizoen", "value": "herfst", "note": "eind september"},
        {"id": "streken", "value": ["heide", "duin"]},
        {"id": "ehbo", "value": False},
        {"id": "opmerking", "value": "Het regende."},
    ]
}
ANSWERS: list[Tree] = [
    {"item": "1.1", "value": "wel", "note": "Binnenkamers"},
    {"item": "1.1", "part": "b", "value": "gehaald"},
    {"item": "1.2", "value": "misschien", "note": "Alleen bij daglicht"},
    {"item": "2.1", "part": "a", "value": "niet"},
]


def sample(folder: Path) -> tuple[Header, Content]:
    header = read_header((folder / "instrument.toml").read_bytes(), "instrument.toml")
    return header, read_content((folder / "content.toml").read_bytes(), "content.toml")


ROUTE = sample(SAMPLES / "route")
GARDEN = sample(SAMPLES / "tuin")


def asked(instrument: tuple[Header, Content], parameters: Tree, record: Record | None = None, **more: Any) -> Asked:
    header, content = instrument
    content = for_parameters(content, parameters)
    seen = visible(record, content, more.get("viewer")) if record else None
    return Asked(header=header, content=content, parameters=parameters, today=date(2026, 12, 1), record=seen, **more)


def text(*args: Any, **more: Any) -> str:
    return write(question_list(asked(*args, **more)))


def recorded(
    shared: dict[str, Tree], personal: dict[tuple[str, str], Tree], people: list[Tree], parameters: Tree | None = None
) -> Record:
    tree: Tree = {
        "schema": 1,
        "id": "r1",
        "instrument": "x",
        "edition": "1",
        "content": "sha256:0",
        "date": date(2026, 11, 22),
        "subject": "s3",
        "parameters": parameters or {},
        "person": people,
    }
    envelope = view(tree, Envelope, "assessment.toml")
    return Record(ref="k/x/s3/2026-11-22", envelope=envelope, tree=tree, shared=shared, personal=personal)


def route(answers: list[Tree] = ANSWERS, facts: Tree = FACTS) -> Record:
    """A record of the route with one who assesses."""
    people: list[Tree] = [{"id": "b1", "role": "beoordelaar"}]
    return recorded({"start": facts}, {("beoordelen", "b1"): {"answer": answers}}, people, FOUR)


FOUR: Tree = {"niveau": 4, "fase": "eind"}


# -- blank


@pytest.mark.parametrize("niveau", [2, 3, 4, 5, 6, 7])
@pytest.mark.parametrize("fase", ["begin", "eind"])
def test_all_that_is_asked_with_these_parameters_is_on_it_and_nothing_else(niveau: int, fase: str) -> None:
    parameters: Tree = {"niveau": niveau, "fase": fase}
    told = text(ROUTE, parameters)
    content = for_parameters(ROUTE[1], parameters)
    for item in content.items():
        assert f"### {item.id}. {item.title}\n\n{item.statement}" in told
    everything = {item.id for item in ROUTE[1].items()}
    for left_out in everything - {item.id for item in content.items()}:
        assert f"### {left_out}." not in told
    for fact in content.fact:
        assert f"### {fact.title}\n" in told
    assert CROSSED not in told
    assert told.count("Plaats in de publicatie:") == sum(bool(item.source) for item in content.items())


def test_every_answer_has_a_box_and_every_text_has_room() -> None:
    told = text(ROUTE, FOUR)
    assert "☐ lente\N{EM SPACE}☐ zomer\N{EM SPACE}☐ herfst\N{EM SPACE}☐ winter" in told
    assert "Meer antwoorden mag.\n\n☐ heide" in told
    assert "☐ ja\N{EM SPACE}☐ nee" in told
    assert "Toelichting (nodig bij ‘misschien (onder voorwaarden)’): ……" in told
    assert "(dag, maand, jaar)" in told
    assert "Student (code, geen naam): ……" in told and "- Opleidingsniveau: 4\n" in told
    anchors = text(ROUTE, {"niveau": 6, "fase": "begin"})
    assert "- ☐ wel: De kaart klopt.\n" in anchors


def test_optional_parts_and_interview_questions_only_when_asked_for() -> None:
    bare, parts, prompts = text(ROUTE, FOUR), text(ROUTE, FOUR, parts=True), text(ROUTE, FOUR, prompts=True)
    assert "Wacht bij elke splitsing" not in bare and "| b. Kiest een eigen doel | ☐ | ☐ | ☐ |" in bare
    assert "| a. Wacht bij elke splitsing | ☐ | ☐ | ☐ |" in parts
    assert parts.index("### 2.1.") < parts.index("Wacht bij elke splitsing")
    assert "- Wie liep er achteraan?" in prompts and "achteraan" not in bare
    garden = text(GARDEN, {}, prompts=True)
    assert "- Wie spit er? (als er tijd is)" in garden


def test_a_verdict_has_room_for_conditions_and_signatures() -> None:
    told = text(sample(PLACE), {"niveau": (4, 5)}, parts=True)
    assert "**Voorwaarden**" in told and "| Invuller (organisatie) | ……" in told
    assert told.count("### ") == len(for_parameters(sample(PLACE)[1], {"niveau": (4, 5)}).items()) + sum(
        len([fact for fact in for_parameters(sample(PLACE)[1], {"niveau": (4, 5)}).fact if fact.id in step.facts])
        for step in sample(PLACE)[1].step
        if isinstance(step, FactsStep)
    )
    assert "- Praktijkleerplek: ……" in told


# -- filled in


def test_what_is_known_is_filled_in() -> None:
    told = text(ROUTE, FOUR, route(), filled=True, organisation="De Gidsen", names={"b1": "Bo Berg"})
    assert "Ingevulde vragenlijst, De Gidsen, s3, 22 november 2026" in told
    assert "1 september 2026" in told and "☒ herfst" in told and "Opmerking: eind september" in told
    assert "☒ heide\N{EM SPACE}☐ bos\N{EM SPACE}☒ duin" in told
    assert "☐ ja\N{EM SPACE}☒ nee" in told and "Het regende." in told
    assert "☒ wel\N{EM SPACE}☐ niet" in told
    assert "| b. Kiest een eigen doel | ☒ | ☐ | ☐ |" in told
    assert "Toelichting (nodig bij ‘misschien (onder voorwaarden)’): Alleen bij daglicht" in told
    assert "| a. Wacht bij elke splitsing | ☐ | ☒ | ☐ |" in told, "it was answered, so it is there"
    assert "- Beoordelaar: Bo Berg\n" in told


def test_a_remark_that_nothing_asked_for_is_its_writers_own() -> None:
    assert "Binnenkamers" not in text(ROUTE, FOUR, route(), filled=True)
    assert "Binnenkamers" in text(ROUTE, FOUR, route(), filled=True, viewer="b1")


def test_blank_for_a_record_is_headed_with_whom_it_is_about_and_holds_no_answer() -> None:
    told = text(ROUTE, FOUR, route(), organisation="De Gidsen")
    assert "Lege vragenlijst, De Gidsen, s3" in told and CROSSED not in told and "Het regende" not in told


def test_a_student_is_never_named() -> None:
    about = Subject(id="x", code="s3", name="Sanne Student", team="Noord")
    assert "Sanne" not in text(ROUTE, FOUR, route(), filled=True, about=about)


def test_an_answer_that_is_not_on_the_scale_and_a_fact_that_is_no_option_show_as_they_are() -> None:
    facts: Tree = {"fact": [{"id": "seizoen", "value": "moesson"}]}
    told = text(ROUTE, FOUR, route([{"item": "1.1", "value": "ooit"}], facts), filled=True)
    assert "☒ ooit (staat niet op de schaal)" in told and "☒ moesson" in told


def test_hostile_texts_stay_text() -> None:
    facts: Tree = {
        "fact": [{"id": "opmerking", "value": HOSTILE}, {"id": "seizoen", "value": "herfst", "note": HOSTILE}]
    }
    answers: list[Tree] = [{"item": "1.2", "value": "misschien", "note": HOSTILE}]
    told = text(ROUTE, FOUR, route(answers, facts), filled=True, organisation=HOSTILE, names={"b1": HOSTILE})
    assert "\x1b" not in told and "\u202e" not in told and "<script>" not in told.replace("\\<script>", "")
    assert "\n## kop" not in told and "*vet*" not in told.replace("\\*vet\\*", "")


@given(
    st.dictionaries(
        st.sampled_from([item.id for item in for_parameters(ROUTE[1], FOUR).items()]),
        st.sampled_from(["wel", "niet", "misschien"]),
    )
)
def test_as_many_crosses_as_answers(chosen: dict[str, str]) -> None:
    answers = [{"item": item, "value": value} for item, value in chosen.items()]
    made = question_list(asked(ROUTE, FOUR, route(answers, {}), filled=True))
    texts = "".join(block.text for block in made.blocks if isinstance(block, Paragraph))
    assert texts.count(CROSSED) == len(answers) + 1, "one stands in the line that explains it"
    content = for_parameters(ROUTE[1], FOUR)
    assert texts.count(EMPTY) >= sum(len(scale_of(content, item).options) for item in content.items()) - len(answers)


# -- the gate


def blind(score: int, note: str, *, sealed: bool = False) -> Record:
    """Two who score apart; the second gave these scores."""
    own = {"answer": [{"item": str(n), "value": 3, "note": "van mij"} for n in range(1, 6)]}
    other: Tree = {"answer": [{"item": str(n), "value": score, "note": note} for n in range(1, 6)]}
    moment = {"sealed": datetime(2026, 11, 22, 12, tzinfo=UTC)}
    personal: dict[tuple[str, str], Tree] = {
        ("scoren", "a1"): {**own, **(moment if sealed else {})},
        ("scoren", "a2"): {**other, **moment},
    }
    shared: dict[str, Tree] = {
        "eens-worden": other,
        "toelichting": {"explanation": [{"item": "1", "text": "Compost."}]},
    }
    return recorded(shared, personal, [{"id": "a1", "role": "keurder"}, {"id": "a2", "role": "keurder"}])


@pytest.mark.parametrize("viewer", [None, "a1"])
def test_before_the_reveal_nothing_of_somebody_else_is_on_it(viewer: str | None) -> None:
    told = [text(GARDEN, {}, blind(*gave), filled=True, viewer=viewer) for gave in ((5, "GEHEIM"), (1, "VERBORGEN"))]
    assert told[0] == told[1] and "GEHEIM" not in told[0]
    assert "Toelichting: Compost." in told[0]
    assert ("van mij" in told[0]) is (viewer == "a1")
    assert ("liggen nog niet naast elkaar" in told[0]) is (viewer is None)


def test_after_the_reveal_the_definitive_answers_are_on_it_without_anybodys_remark() -> None:
    told = text(GARDEN, {}, blind(5, "GEHEIM", sealed=True), filled=True)
    assert told.count(CROSSED) == 6 and "GEHEIM" not in told and "van mij" not in told
