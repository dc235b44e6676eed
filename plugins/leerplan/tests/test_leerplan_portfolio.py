"""The portfolio around the outcomes: who judges, in which steps, what is read beside it, and what is never computed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomli

from kwartier.api import API, Content, Header

FOLDER = Path(__file__).parents[1] / "src" / "kwartier_leerplan"
LISTS = {"1": (5, 5), "2": (4, 3), "3.1": (12, 6), "3.2": (5, 4), "3.3": (5, 6)}
"""General and specific competences per line."""

OLD, NEW = "Beroepscompetentieprofiel 2013", "Beroepscompetentieprofiel 2022 (BCP-E)"


def parsed(name: str) -> dict[str, Any]:
    return tomli.loads((FOLDER / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def content() -> Content:
    return msgspec.convert(parsed("content.toml"), Content)


@pytest.fixture(scope="module")
def steps() -> dict[str, dict[str, Any]]:
    return {step["id"]: step for step in parsed("content.toml")["step"]}


def test_header_says_that_a_student_is_looked_at() -> None:
    header = msgspec.convert(parsed("instrument.toml"), Header)
    assert (header.id, header.api, header.edition, header.subject) == ("leerplan", API, "2022", "student")
    assert (header.word.one, header.word.many) == ("portfolio", "portfolio's")


def test_one_level_is_chosen(content: Content) -> None:
    (level,) = content.parameter
    assert (level.id, level.values, level.several) == ("niveau", (2, 3, 4, 5, 6, 7), False)


def test_the_student_takes_part_and_two_assessors_judge(content: Content) -> None:
    student, assessor = content.role
    assert (student.id, student.is_subject, student.norm, student.trait) == ("student", True, 1, ())
    assert (assessor.id, assessor.is_subject, assessor.norm) == ("beoordelaar", False, 2)
    wanted = {trait.id: trait.wanted for trait in assessor.trait}
    assert wanted == {"ervaringsdeskundig": "one", "geschoold": "each", "praktijkbegeleider": ""}
    assert all(trait.advice for trait in assessor.trait if trait.wanted)


def test_states_have_no_order_and_nothing_is_added_up(content: Content) -> None:
    (scale,) = content.scale
    assert scale.kind == "nominal"
    assert {option.value: option.key for option in scale.options} == {"nog-niet": "n", "deels": "d", "aangetoond": "a"}
    assert scale.missing == ("niet aan bod geweest", "eerder beoordeeld")
    assert content.total is None and content.rule == ()
    assert not any(step.form == "verdict" for step in msgspec.convert(parsed("content.toml")["step"], list[Form]))


class Form(msgspec.Struct):
    """A step as far as its form."""

    form: str


def test_steps_stand_in_the_order_of_the_work(steps: dict[str, dict[str, Any]]) -> None:
    assert {id: step["form"] for id, step in steps.items()} == {
        "gegevens": "facts",
        "bewijs": "evidence",
        "feedback": "evidence",
        "zelfbeoordeling": "score",
        "tussentijds": "score",
        "tussentijds-overleg": "consensus",
        "eind": "score",
        "eind-overleg": "consensus",
        "afspraken": "actions",
        "verslag": "report",
    }
    optional = {id for id, step in steps.items() if step.get("optional")}
    assert optional == {"feedback", "tussentijds", "tussentijds-overleg", "afspraken"}
    assert all(step["guidance"] for step in steps.values())


def test_what_the_student_gives_is_private_and_comes_along(steps: dict[str, dict[str, Any]]) -> None:
    for id in ("bewijs", "feedback", "zelfbeoordeling"):
        step = steps[id]
        assert (step["by"], step["role"], step["private"], step["carry"]) == ("person", "student", True, True)
    assert steps["zelfbeoordeling"]["stays_open"] and steps["gegevens"]["carry"]
    assert steps["bewijs"]["files"] and steps["bewijs"]["topics"] and not steps["feedback"].get("files")
    assert {id for id, step in steps.items() if step.get("private")} == {"bewijs", "feedback", "zelfbeoordeling"}


def test_assessors_judge_apart_with_the_students_own_view_beside_it(steps: dict[str, dict[str, Any]]) -> None:
    for id, agreed in (("tussentijds", "tussentijds-overleg"), ("eind", "eind-overleg")):
        assert (steps[id]["by"], steps[id]["role"], steps[id]["blind"]) == ("each", "beoordelaar", True)
        before = ["tussentijds-overleg"] if id == "eind" else []
        assert steps[id]["shows"] == ["zelfbeoordeling", *before, "bewijs", "feedback"]
        assert steps[agreed]["of"] == id
        assert "afspraak van kwartier" in steps[id]["own"]
    assert [id for id, step in steps.items() if step.get("takes_over")] == ["eind-overleg"]


def test_both_assessments_have_a_form_to_sign(content: Content) -> None:
    assert {one.id: one.steps for one in content.extract} == {
        "tussentijds": ("zelfbeoordeling", "tussentijds-overleg"),
        "eind": ("zelfbeoordeling", "eind-overleg"),
    }
    assert all(one.signed_by == ("student", "beoordelaar") for one in content.extract)
    assert all("niet in niveaus te ordenen" in one.note for one in content.extract)


def test_competences_stand_with_their_line(content: Content) -> None:
    found = {section.id: tuple(len(one.points) for one in section.list) for section in content.section if section.list}
    assert found == LISTS
    for section in content.section:
        assert [one.id for one in section.list] in ([], ["algemeen", "specifiek"])
        assert all(point.endswith(".") for one in section.list for point in one.points)


def test_critical_situations_stand_in_both_editions(content: Content) -> None:
    assert content.topic_title == "kritische beroepssituaties"
    found = {group: [topic.id for topic in content.topic if topic.group == group] for group in (OLD, NEW)}
    assert found == {
        OLD: [f"{word}-2013" for word in ("nabijheid", "zingeving", "kracht", "trots", "cultuur")],
        NEW: [f"{word}-2022" for word in ("kennis", "nabijheid", "zingeving", "kracht", "trots", "cultuur")],
    }
    assert len(content.topic) == 11 and all(topic.text and topic.source for topic in content.topic)
    swapped = {topic.id: topic.source for topic in content.topic if "daar nr." in topic.source}
    assert list(swapped) == ["trots-2022", "cultuur-2022"]
    assert "daar nr. 6" in swapped["trots-2022"] and "daar nr. 5" in swapped["cultuur-2022"]


def test_facts_ask_no_name_and_need_nothing(content: Content, steps: dict[str, dict[str, Any]]) -> None:
    assert [fact.id for fact in content.fact] == steps["gegevens"]["facts"]
    assert all(fact.short and fact.help and fact.title.endswith("?") and not fact.required for fact in content.fact)
    assert "geen namen" in steps["gegevens"]["guidance"]
    job = next(fact for fact in content.fact if fact.id == "job_level")
    assert [option[:2] for option in job.options] == ["B:", "C:", "D:"]
    assert all(words in job.help for words in ("2, 3 of 4", "4, 5 of 6", "5, 6 of 7", "iets anders"))


def test_report_and_background_say_what_cannot_be_ranked_or_computed(content: Content) -> None:
    assert content.report is not None
    assert "niet in niveaus te ordenen" in content.report.limits and "beslist de opleiding" in content.report.limits
    assert "geen gemiddelde" in content.report.scores and "leidend" in content.report.wording
    by_id = {text.id: text.text for text in content.background}
    for word in ("zelfstandigheid", "transfer", "complexiteit", "verantwoordelijkheid"):
        assert word in by_id["ervaring"] and word in content.report.limits
    assert "geen voorschrift" in by_id["niveaus"]
    assert "nooit uit of iemand geslaagd is" in by_id["beoordelen"]
    assert {"woorden", "kerntaken", "situaties", "praktijk", "lezen"} <= set(by_id)
