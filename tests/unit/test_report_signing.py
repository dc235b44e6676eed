"""The page to sign: it fits on one page, says what was decided and on which conditions, and shows nothing too early."""

from __future__ import annotations

import textwrap
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kwartier.instrument.model import Content, Header
from kwartier.instrument.reading import read_content, read_header
from kwartier.instrument.selection import for_parameters
from kwartier.records.files import Envelope, view
from kwartier.records.organisation import Subject
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.reports.assessment import report
from kwartier.reports.case import Case
from kwartier.reports.markdown import write
from kwartier.reports.signing import page
from kwartier.workflow.departures import departures
from kwartier.workflow.findings import Finding
from kwartier.workflow.outcome import outcome
from kwartier.workflow.verdicts import signed
from kwartier.workflow.visible import visible

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "samples" / "instruments"
PLACE = ROOT / "plugins" / "praktijkleerplek" / "src" / "kwartier_praktijkleerplek"
HOSTILE = "[/b] [@click=app.quit]x[/] \x1b]52;c;x\x07 \u202e| # *vet* <script>\n## kop"
SEALED = datetime(2026, 11, 22, 12, tzinfo=UTC)
LINES = 60
"""As many lines as an A4 page holds."""

VERDICT = """
[[scale]]
id = "slotoordeel"
kind = "nominal"
options = [{ value = "goed" }, { value = "mits", title = "goed, mits" }, { value = "slecht" }]

[[rule]]
id = "nog-niet-in-de-groep"
verdict = "mits"
when = [{ section = "2", values = ["niet"], at_least = 1 }]
reason = "In de groep gaat het nog niet."

[[rule]]
id = "geen-bezwaar"
verdict = "goed"
reason = "Er is geen bezwaar."

[[step]]
id = "slotoordeel"
form = "verdict"
title = "Oordeel"
by = "person"
role = "beoordelaar"
of = "beoordelen"
scale = "slotoordeel"
conditional = ["mits"]
signed_by = ["leerling", "beoordelaar"]
own = "De regels zijn van kwartier."
"""

ANSWERS: list[Tree] = [
    {"item": "1.1", "value": "wel"},
    {"item": "1.1", "part": "b", "value": "gehaald"},
    {"item": "1.2", "value": "misschien", "note": "Alleen bij daglicht"},
    {"item": "2.1", "value": "niet", "note": "Vooraf geen zin in"},
]
CONDITION: Tree = {"id": "v1", "text": "Loop twee keer mee", "who": "c1", "due": date(2027, 2, 1)}
DECIDED: Tree = {
    "value": "mits",
    "proposed": "mits",
    "rules": ["nog-niet-in-de-groep"],
    "by": "b1",
    "date": date(2026, 11, 23),
    "condition": [CONDITION],
}
NAMES = {"l1": "Lia Laan", "b1": "Bo Berg", "c1": "Cor Citroen"}
PEOPLE: list[Tree] = [{"id": "l1", "role": "leerling"}, {"id": "b1", "role": "beoordelaar"}]


def sample(name: str, more: str = "") -> tuple[Header, Content]:
    """A made-up instrument, perhaps with more in its content."""
    folder = SAMPLES / name
    header = read_header((folder / "instrument.toml").read_bytes(), "instrument.toml")
    content = read_content((folder / "content.toml").read_bytes() + more.encode(), "content.toml")
    # The verdict stands before what follows on it, in the place of the one that the sample has.
    steps = sorted(content.step, key=lambda step: step.id in ("slot", "afspraken"))
    return header, msgspec.structs.replace(content, step=tuple(step for step in steps if step.id != "oordeel"))


ROUTE = sample("route", VERDICT)


def case(
    instrument: tuple[Header, Content],
    shared: dict[str, Tree],
    personal: dict[tuple[str, str], Tree],
    parameters: Tree,
    **more: Any,
) -> Case:
    """A record as anybody may see it, ready to be reported on."""
    header, whole = instrument
    tree: Tree = {
        "schema": 1,
        "id": "r1",
        "instrument": header.id,
        "edition": "1",
        "content": "sha256:0",
        "date": date(2026, 11, 22),
        "subject": more.pop("subject", "s3"),
        "parameters": parameters,
        "person": more.pop("people", PEOPLE),
    }
    content = for_parameters(whole, parameters)
    envelope = view(tree, Envelope, "assessment.toml")
    record = Record(ref="k/x/s3/2026-11-22", envelope=envelope, tree=tree, shared=shared, personal=personal)
    seen = visible(record, content, None)
    given: dict[str, Any] = {
        "organisation": "De Gidsen",
        "today": date(2026, 12, 1),
        "names": NAMES,
        "findings": departures(seen, content),
    }
    return Case(header=header, content=content, record=seen, outcome=outcome(seen, content), **{**given, **more})


def judged(
    verdict: Tree | None = None,
    answers: list[Tree] = ANSWERS,
    instrument: tuple[Header, Content] = ROUTE,
    **more: Any,
) -> Case:
    """The route with a verdict."""
    shared = {"slotoordeel": DECIDED if verdict is None else verdict}
    personal = {("beoordelen", "b1"): {"person": "b1", "answer": answers, "sealed": SEALED}}
    return case(instrument, shared, personal, {"niveau": 4, "fase": "eind"}, **more)


def test_the_page_tells_what_was_decided_and_who_arranges_what() -> None:
    told = write(page(judged()))
    assert "Goed, mits. Gegeven door Bo Berg op 23 november 2026." in told
    assert "kwartier stelde hetzelfde voor. In de groep gaat het nog niet." in told
    assert "| 1 | Loop twee keer mee | Cor Citroen | 1 februari 2027 | open |" in told
    assert "Beoordeeld door: Bo Berg, beoordelaar" in told
    assert "- De weg vinden: 1 van 2 wel, 1 misschien (onder voorwaarden)" in told


def test_what_a_proposal_is_worth_is_said_in_the_words_of_the_instrument() -> None:
    assert "De regels zijn van kwartier." in write(page(judged()))
    bare = sample("route", VERDICT.replace('own = "De regels zijn van kwartier."', ""))
    assert "hulpmiddel van kwartier" in write(page(judged(instrument=bare)))
    header, content = bare
    texts = msgspec.structs.replace(content.report, limits="Er is geen regel gedrukt.")  # type: ignore[type-var]
    told = write(page(judged(instrument=(header, msgspec.structs.replace(content, report=texts)))))
    assert "> **Conventie:** Er is geen regel gedrukt." in told


def test_it_says_where_the_verdict_differs_from_the_proposal() -> None:
    verdict = {**DECIDED, "value": "goed", "reason": "Zij loopt al jaren mee", "condition": []}
    told = write(page(judged(verdict)))
    assert "Dit wijkt af van het voorstel van kwartier, dat was: goed, mits." in told
    assert "Motivering: Zij loopt al jaren mee." in told
    assert "Er zijn geen voorwaarden." in told
    del verdict["proposed"]
    assert "kwartier kon bij dit oordeel nog geen voorstel doen." in write(page(judged(verdict)))


def test_signed_roles_are_filled_in_and_the_others_have_room() -> None:
    verdict = {**DECIDED, "signature": [{"id": "beoordelaar", "by": "b1", "date": date(2026, 11, 24)}]}
    told = write(page(judged(verdict)))
    assert "| Leerling-gids | Lia Laan | ……" in told
    assert "| Beoordelaar | Bo Berg | 24 november 2026 | getekend |" in told
    row = {**verdict["signature"][0], "digest": signed(verdict)}
    assert "| getekend |" in write(page(judged({**verdict, "signature": [row]})))
    later = {**verdict, "signature": [row], "reason": "Toch iets anders."}
    assert "| getekend, daarna veranderd |" in write(page(judged(later)))


def test_without_a_verdict_it_says_so_and_what_is_proposed() -> None:
    told = write(page(judged({})))
    assert "Er is nog geen oordeel gegeven. kwartier stelt voor: goed, mits. In de groep gaat het nog niet." in told
    assert "Dit blad is nog een concept." in told and "Beoordeeld door" not in told
    open_one = write(page(judged({}, ANSWERS[:-1])))
    assert "nog niet te zeggen" in open_one


def test_nobody_whose_name_is_gone_is_named_by_code() -> None:
    told = write(page(judged(names={"b1": "Bo Berg"})))
    assert "naam niet bekend" in told
    assert "c1" not in told


def test_a_student_is_told_of_by_code_alone_and_a_workplace_by_name() -> None:
    about = Subject(id="x", code="s3", name="Sanne Student", team="Noord", setting="bos", levels=(4, 5))
    student = write(page(judged(about=about)))
    assert "Student: s3" in student and "Sanne" not in student
    own = judged(about=about)
    place = msgspec.structs.replace(own, header=msgspec.structs.replace(own.header, subject="workplace"))
    told = write(page(place))
    assert "- Praktijkleerplek: Sanne Student (s3), team Noord" in told
    assert "- Werksetting: bos" in told and "- Bedoeld voor opleidingsniveau: 4 en 5" in told
    bare = write(page(msgspec.structs.replace(place, about=None)))
    assert "- Praktijkleerplek: s3\n" in bare


def test_what_stands_out_is_on_it_and_never_too_much() -> None:
    found = [Finding(id=f"f{n}", level="remark", message=f"Let op {n}") for n in range(9)]
    told = write(page(judged(findings=found)))
    assert "- Let op 3." in told and "Let op 4" not in told
    assert "En nog 5 opmerkingen; zie het volledige verslag." in told


def test_hostile_texts_stay_text() -> None:
    verdict = {**DECIDED, "reason": HOSTILE, "condition": [{**CONDITION, "text": HOSTILE, "note": HOSTILE}]}
    about = Subject(id="x", code="s3", name=HOSTILE, team=HOSTILE)
    found = [Finding(id="f", level="remark", message=HOSTILE)]
    names = {"b1": HOSTILE, "c1": HOSTILE}
    own = judged(verdict, about=about, findings=found, names=names, organisation=HOSTILE)
    for made in (page(own), report(own)):
        told = write(made)
        assert "\x1b" not in told and "\u202e" not in told and "<script>" not in told.replace("\\<script>", "")
        assert "\n## kop" not in told and "*vet*" not in told.replace("\\*vet\\*", "")


def test_the_full_report_has_the_verdict_too() -> None:
    told = write(report(judged()))
    assert "## Oordeel\n\nGoed, mits." in told
    assert told.index("## Oordeel") < told.index("## Hoe en door wie")
    assert "**Voorwaarden**" in told and "**Handtekeningen**" in told


BLIND = (
    VERDICT.replace('of = "beoordelen"', 'of = "scoren"')
    .replace('role = "beoordelaar"', 'role = "keurder"')
    .replace('signed_by = ["leerling", "beoordelaar"]', 'signed_by = ["keurder"]')
    .replace('section = "2", values = ["niet"]', 'section = "A", values = [1, 2]')
)


@pytest.mark.parametrize("more", [BLIND, ""], ids=["with a verdict", "without"])
def test_before_the_reveal_it_is_the_same_whatever_others_gave(more: str) -> None:
    def told(score: int, note: str) -> str:
        sheet = {"answer": [{"item": str(n), "value": score, "note": note} for n in range(1, 6)]}
        personal: dict[tuple[str, str], Tree] = {
            ("scoren", "a1"): {"person": "a1", **sheet, "sealed": SEALED},
            ("scoren", "a2"): {"person": "a2", "answer": sheet["answer"][:2]},
        }
        shared: dict[str, Tree] = {
            "slotoordeel": {**DECIDED, "value": "goed" if score > 3 else "slecht", "reason": note}
        }
        people: list[Tree] = [{"id": "a1", "role": "keurder"}, {"id": "a2", "role": "keurder"}]
        names = {"a1": "Anna Appel", "a2": "Bob Biet"}
        own = case(sample("tuin", more), shared, personal, {}, subject="", people=people, names=names)
        return write(page(own))

    assert told(5, "GEHEIM") == told(1, "VERBORGEN")
    assert "GEHEIM" not in told(5, "GEHEIM")
    assert ("naast elkaar" if more else "verzegeld") in told(5, "x")


def test_without_a_verdict_it_holds_the_outcome_and_the_actions() -> None:
    sheet = [{"item": str(n), "value": n} for n in range(1, 6)]
    shared: dict[str, Tree] = {
        "acties": {"date": date(2026, 11, 22), "action": [{"id": "x", "text": "Regenton kopen", "who": "a1"}]},
    }
    people: list[Tree] = [{"id": "a1", "role": "keurder"}]
    personal: dict[tuple[str, str], Tree] = {("scoren", "a1"): {"answer": sheet, "sealed": SEALED}}
    own = case(sample("tuin"), shared, personal, {}, subject="", people=people, names={"a1": "Anna Appel"})
    told = write(page(own))
    assert "## Uitkomst" in told and "3,0" in told
    assert "| 1 | Regenton kopen |" in told and "Anna Appel" in told
    assert "| Namens de organisatie |" in told
    assert len(told.splitlines()) <= LINES


def test_a_whole_workplace_with_three_conditions_fits_on_one_page() -> None:
    header = read_header((PLACE / "instrument.toml").read_bytes(), "instrument.toml")
    content = read_content((PLACE / "content.toml").read_bytes(), "content.toml")
    parameters = {"niveau": (4, 5)}
    items = for_parameters(content, parameters).items()
    assert len(items) == 29
    first = {"aandacht": "deels", "taak": "misschien", "kan": "gedeeltelijk"}
    answers = [{"item": item.id, "value": first[item.scale], "note": "Zo gaat het hier."} for item in items]
    texts = [rule.condition for rule in content.rule if rule.condition][:3]
    rows = [{**CONDITION, "id": f"v{n}", "text": text} for n, text in enumerate(texts)]
    verdict: Tree = {
        **DECIDED,
        "value": "geschikt-onder-voorwaarden",
        "proposed": "geschikt-onder-voorwaarden",
        "rules": [rule.id for rule in content.rule if rule.condition][:4],
        "reason": "De plek is nieuw. Het team wil graag, en de leidinggevende heeft ruimte toegezegd.",
        "condition": rows,
    }
    people: list[Tree] = [{"id": "l1", "role": "invuller"}, {"id": "b1", "role": "opleiding"}]
    personal: dict[tuple[str, str], Tree] = {("lijst", "l1"): {"answer": answers, "sealed": SEALED}}
    about = Subject(id="x", code="s3", name="Herstelwerkplaats", team="Noord", setting="welzijn", levels=(4,))
    own = case((header, content), {"oordeel": verdict}, personal, parameters, people=people, about=about)
    told = write(page(own))
    assert "Ingevuld door: Lia Laan" in told and "- Taken: 3 van 3 misschien" in told
    assert len(told.splitlines()) <= LINES
    printed = [part for one in told.splitlines() if one for part in textwrap.wrap(one, 100)]
    assert len(printed) <= LINES, "also where long lines take more than one on paper"
