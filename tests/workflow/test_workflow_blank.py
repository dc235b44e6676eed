"""Forms to fill in with a text editor: what they show, and that given back unchanged they change nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from kwartier.errors import Refused, Unreadable
from kwartier.instrument import model as m
from kwartier.records.canonical import digest
from kwartier.records.keys import ordered
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.text import clean
from kwartier.workflow.blank import blank
from kwartier.workflow.filling import Inputs, Rejected, fill
from kwartier.workflow.forms import form_of
from kwartier.workflow.marks import FIELD
from kwartier.workflow.rules import check

if TYPE_CHECKING:
    from tests.workflow.conftest import Making

TODAY = date(2026, 11, 23)
TO_FILL_IN = re.compile(r"^# (?=\[\[[a-z]+\]\]$|[a-z_]+ = )|^# (?=[a-z_]+ =$)|^# (?=[a-z_]+ = *   #)")
HOSTILE = [
    "gewoon",
    '"""',
    "'''\n'''",
    'x\n[[answer]]\nitem = "1"\nvalue = 1\n#',
    "regel 1\r\nregel 2\rregel 3\x0bvier\x85vijf\u2028zes",
    "\x1b]52;c;aGk=\x07 \x9b31m \u202eomgekeerd\u2066 \ufeff",
    "\\",
    'slot\\"""\n',
    "\n\n# hekje\n",
    "tab\there ",
    "\x00",
    "🧑‍🤝‍🧑 é ÿ \U000e0001",
    "=== # value = 3",
]
TEXT = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
DATES = st.dates()


class Known:
    """Every code is known; a form that is given back unchanged needs no new one."""

    def code(self, name: str, kind: str) -> str:
        return name


def no_id() -> str:
    raise AssertionError("a form that is given back unchanged makes no rows")


def page(making: Making, id: str, record: Record | None = None, tree: Tree | None = None, person: str = "") -> str:
    step = next(one for one in making.mie.step if one.id == id)
    record = record or making.record(making.auditors("a1", "a2"))
    present = tree if tree is not None else record.shared.get(id, {})
    return blank(step, making.mie, record, present, own=bool(person), person=person, today=TODAY)


def rows_of(row: dict[str, Any], optional: dict[str, Any], key: str = "item") -> st.SearchStrategy[list[Tree]]:
    return st.lists(
        st.fixed_dictionaries(row, optional={**optional, "future": TEXT}), max_size=3, unique_by=lambda one: one[key]
    )


def identified(prefix: str, row: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[list[Tree]]:
    ids = st.sampled_from([f"{prefix}1", f"{prefix}2"])
    return rows_of({"id": ids, **row}, optional, "id")


def trees(content: m.Content, step: m.AnyStep, own: bool) -> st.SearchStrategy[Tree]:
    """What may stand in the file of a step."""
    fields: dict[str, Any] = {"schema": st.just(1), "date": DATES, "future": st.just({"x": [1]})}
    if own:
        fields["person"] = st.just("a1")
    else:
        fields |= {"by": TEXT} | ({"skipped": TEXT} if step.optional else {})
    sections = st.sampled_from([section.id for section in content.section])
    items = st.sampled_from([item.id for item in content.items()])
    arrays: dict[type[m.AnyStep], dict[str, Any]] = {
        m.PeopleStep: {
            "participant": identified(
                "d",
                {"role": st.just("client")},
                {"letter": DATES, "consent": st.sampled_from(["gegeven", ""]), "note": TEXT},
            ),
            "audio_recorded": st.booleans(),
        },
        m.InterviewStep: {
            "session": identified(
                "g",
                {"date": DATES},
                {"start": st.times(), "end": st.times(), "minutes": st.integers(0, 1440)},
            ),
            "prompt": rows_of(
                {"item": items, "id": st.just("a")}, {"essential": st.booleans(), "asked": st.booleans()}
            ),
        },
        m.NotesStep: {
            "explanation": rows_of({"item": items}, {"text": TEXT, "handled": TEXT}),
            "writer": TEXT,
            "text": TEXT,
        },
        m.ConclusionsStep: {
            "text": TEXT,
            "strength": identified("s", {"text": TEXT}, {"section": sections}),
            "improvement": identified("p", {"text": TEXT}, {"section": sections, "item": items}),
        },
        m.ActionsStep: {
            "action": identified(
                "x", {"text": TEXT}, {"who": TEXT, "due": DATES, "state": st.just("loopt"), "note": TEXT}
            )
        },
        m.ReviewsStep: {
            "review": identified(
                "v",
                {"action": st.just("x1"), "date": DATES, "state": st.just("loopt")},
                {"text": TEXT, "by": TEXT},
            )
        },
        m.RepeatStep: {"planned": DATES, "note": TEXT},
        m.ConsensusStep: {
            "answer": rows_of(
                {"item": items, "value": st.integers(1, 5), "note": TEXT.map(lambda text: f"r{text}")}, {}
            )
        },
        m.ScoreStep: {
            "answer": rows_of({"item": items, "value": st.integers(1, 5)}, {"note": TEXT})
            | rows_of({"item": items, "missing": st.just("niet besproken")}, {"note": TEXT})
        },
    }
    own_arrays: dict[type[m.AnyStep], dict[str, Any]] = {
        m.InterviewStep: {"note": identified("n", {"text": TEXT}, {"item": items}), "destroy": DATES}
    }
    found = (own_arrays if own and type(step) in own_arrays else arrays).get(type(step), {})
    if isinstance(step, m.ChecklistStep):
        tasks = st.sampled_from([task.id for task in step.task])
        found = {"task": rows_of({"id": tasks}, {"done": st.booleans(), "date": DATES, "by": TEXT, "note": TEXT}, "id")}
    if isinstance(step, m.ConclusionsStep):
        return st.fixed_dictionaries({}, optional={**fields, **found}).map(with_recommendations)
    if isinstance(step, m.FactsStep):
        found = {"fact": st.lists(facts(content, step), max_size=3, unique_by=lambda row: row["id"])}
    return st.fixed_dictionaries({}, optional={**fields, **found}).map(ordered)


def with_recommendations(tree: Tree) -> Tree:
    """A recommendation for every point to improve, with the text of that."""
    rows = [
        {"id": f"r{number}", "improvement": row["id"], "text": row["text"]}
        for number, row in enumerate(tree.get("improvement", []), start=1)
    ]
    return ordered({**tree, "recommendation": rows} if rows else tree)


def facts(content: m.Content, step: m.FactsStep) -> st.SearchStrategy[Tree]:
    values: dict[str, st.SearchStrategy[Any]] = {
        "number": st.floats(0, 1e6) | st.integers(0, 100),
        "count": st.integers(0, 500),
        "date": DATES,
        "text": TEXT,
        "yes-no": st.booleans(),
    }
    asked = [fact for fact in content.fact if fact.id in step.facts]

    def value(fact: m.Fact) -> st.SearchStrategy[Any]:
        if fact.kind == "choices":
            return st.lists(st.sampled_from(fact.options), max_size=2, unique=True)
        return st.sampled_from(fact.options) if fact.options else values[fact.kind]

    return st.one_of([st.fixed_dictionaries({"id": st.just(fact.id), "value": value(fact)}) for fact in asked])


def gives_back_the_same(
    making: Making, step: m.AnyStep, content: m.Content, record: Record, tree: Tree, own: bool
) -> None:
    text = blank(step, content, record, tree, own=own, person="a1" if own else "", today=TODAY)
    given = tomli.loads(text)
    after = fill(step, tree, given, Inputs(people=Known(), new_id=no_id), own=own, place="form.toml")
    assert digest(ordered(after)) == digest(ordered({"schema": 1, **tree}))
    check(step, content, record, after, "form.toml")
    for line in text.split("\n"):
        if line.startswith("#"):
            assert clean(line) == line
    shown = text.replace("\n", "").replace("\t", "")
    assert clean(shown) == shown


FORMS = [
    "voorbereiden",
    "deelnemers",
    "interview",
    "interview!",
    "toelichten",
    "zelf-scoren!",
    "consensus",
    "conclusies",
    "feitencontrole",
    "verslag",
    "terugkoppelen",
    "actiepunten",
    "opvolgen",
    "herhalen",
]


def test_every_form_of_the_instrument_is_tried(making: Making) -> None:
    assert {form.rstrip("!") for form in FORMS} == {step.id for step in making.mie.step}


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=25)
@given(data=st.data())
def test_a_form_given_back_unchanged_changes_nothing(making: Making, form: str, data: st.DataObject) -> None:
    by_id = {step.id: step for step in making.mie.step}
    step, own = by_id[form.rstrip("!")], form.endswith("!")
    note = data.draw(TEXT)
    shared: dict[str, Tree] = {}
    for id in ("toelichten", "interview", "conclusies"):
        shared[id] = data.draw(trees(making.mie, by_id[id], own=False))
    shared["actiepunten"] = {"date": TODAY, "action": [{"id": "x1", "text": note}]}
    tree = data.draw(trees(making.mie, step, own=own))
    record = making.scored({**shared, **({} if own else {step.id: tree})}, a1={"1": (3, note), "2": 4}, a2={"2": 1})
    gives_back_the_same(making, step, making.mie, record, tree, own)


@pytest.mark.parametrize("kind", [m.FactsStep, m.ScoreStep, m.ActionsStep, m.ReportStep, m.NotesStep])
@settings(max_examples=50)
@given(data=st.data())
def test_forms_of_other_instruments_do_so_too(making: Making, kind: type[m.AnyStep], data: st.DataObject) -> None:
    content = making.route if kind in (m.FactsStep, m.ScoreStep) else making.tuin
    step = making.step(content, kind)
    tree = data.draw(trees(content, step, own=False)) if kind is not m.ScoreStep else {}
    if kind is m.ScoreStep:
        rows = [{"item": "1.1", "part": "b", "value": "gehaald"}, {"item": "1.2", "value": "wel", "note": "x"}]
        tree = {"answer": data.draw(st.sampled_from([rows, rows[:1], []]))} | data.draw(st.just({}))
    gives_back_the_same(making, step, content, making.record(), tree, kind is m.ScoreStep)


def hostile_content(making: Making, text: str) -> m.Content:
    """The Tuinmeter with a hostile text wherever an instrument has one."""

    def item(one: m.Item) -> m.Item:
        prompts = tuple(msgspec.structs.replace(prompt, text=text) for prompt in one.prompts)
        texts = {"title": text, "source": text, "statement": text, "anchors": (text,) * 5}
        return msgspec.structs.replace(one, **texts, prompts=prompts)

    def step(one: m.AnyStep) -> m.AnyStep:
        changed = msgspec.structs.replace(one, title=text, guidance=text, own=text)
        if isinstance(changed, m.ChecklistStep):
            tasks = tuple(msgspec.structs.replace(task, text=text) for task in changed.task)
            changed = msgspec.structs.replace(changed, task=tasks)
        if isinstance(changed, m.NotesStep):
            changed = msgspec.structs.replace(changed, label=text)
        return changed

    scale = msgspec.structs.replace(making.tuin.scale[0], missing=(text,), missing_title=text)
    assert making.tuin.report is not None
    return msgspec.structs.replace(
        making.tuin,
        section=tuple(
            msgspec.structs.replace(section, title=text, item=tuple(map(item, section.item)))
            for section in making.tuin.section
        ),
        fact=tuple(msgspec.structs.replace(fact, title=text, unit=text) for fact in making.tuin.fact),
        role=tuple(msgspec.structs.replace(role, title=text) for role in making.tuin.role),
        step=tuple(map(step, making.tuin.step)),
        scale=(scale,),
        report=msgspec.structs.replace(making.tuin.report, wording=text),
    )


@settings(max_examples=50)
@given(text=TEXT)
def test_no_text_of_an_instrument_breaks_out_of_its_comment(making: Making, text: str) -> None:
    content = hostile_content(making, text)
    shared: dict[str, Tree] = {
        "toelichting": {
            "explanation": [{"item": "1", "text": text}],
            "earlier": [{"id": "1-1", "item": "1", "text": text, "replaced": "2026-11-25T10:00:00Z"}],
        },
        "conclusies": {
            "improvement": [{"id": "p1", "text": text}],
            "recommendation": [{"id": "r1", "improvement": "p1", "text": text}],
        },
        "acties": {"date": TODAY, "action": [{"id": "x1", "text": text}]},
        "eens-worden": {"mistake": [{"person": "a1", "item": "1", "reason": text, "date": TODAY}]},
    }
    sealed = {"sealed": "2026-11-25T10:00:00Z", "answer": [{"item": "1", "value": 3, "note": text}]}
    people = [{"id": code, "role": "keurder"} for code in ("a1", "a2")]
    record = making.record(people, shared, {("scoren", code): sealed for code in ("a1", "a2")})
    for step in content.step:
        for own in (False, True):
            if (own and not form_of(step).own_rows) or (isinstance(step, m.ScoreStep) and not own):
                continue
            tree = {} if own else shared.get(step.id, {})
            gives_back_the_same(making, step, content, record, tree, own)


@pytest.mark.parametrize("form", FORMS)
def test_everything_that_is_offered_may_be_given(making: Making, form: str) -> None:
    """With the hashes taken away the form is TOML, and every key in it is one that filling knows."""
    step = next(one for one in making.mie.step if one.id == form.rstrip("!"))
    own = form.endswith("!")
    rows: dict[str, Tree] = {
        "deelnemers": {"participant": [{"id": "d1", "role": "client"}]},
        "conclusies": {"strength": [{"id": "s1", "text": "goed"}]},
        "toelichten": {"explanation": [{"item": "1", "text": "x"}]},
    }
    tree = rows.get(step.id, {})
    text = blank(step, making.mie, making.scored(a1=3, a2=4), tree, own=own, today=TODAY)
    lines = [TO_FILL_IN.sub("", line) for line in text.split("\n")]
    assert sum(one != other for one, other in zip(lines, text.split("\n"), strict=True)) > 0
    filled = re.sub(r"^value =( *#|$)", r"value = 3\1", "\n".join(lines), flags=re.MULTILINE)
    offered = tomli.loads(filled.replace("remove = true", ""))
    try:
        fill(step, tree, offered, making.inputs(), own=own, place="form.toml")
    except Rejected as error:
        assert all("ontbreekt" in wrong.message for wrong in error.wrongs), error.message


def filled_in(text: str) -> Tree:
    """What a form says, apart from what it was made from."""
    return {key: value for key, value in tomli.loads(text).items() if key != FIELD}


def test_a_sheet_shows_what_is_needed_to_score(making: Making) -> None:
    record = making.record(
        making.auditors("a1", "a2"), {"toelichten": {"explanation": [{"item": "1", "text": "Er ligt een visiestuk."}]}}
    )
    text = page(making, "zelf-scoren", record, {}, person="a2")
    flat = " ".join(line.removeprefix("#").strip() for line in text.split("\n"))
    for item in making.mie.items():
        assert f"{item.id}. {item.title} ({item.source})" in flat
        assert item.statement in flat
        for score, anchor in enumerate(item.anchors, start=1):
            assert f"{score}: {anchor}" in flat
    assert making.mie.report is not None
    assert making.mie.report.wording in flat
    assert "Toelichting: Er ligt een visiestuk." in flat
    assert "kwartier invullen kwadrant/mie/2026-11-22 BESTAND --stap zelf-scoren --auditor a2" in flat
    assert text.count("# value =    # 1, 2, 3, 4 of 5") == 12
    assert text.count('# missing = "niet besproken"    # niet te beoordelen, want "niet besproken", "te weinig') == 12
    assert filled_in(text) == {"answer": [{"item": item.id} for item in making.mie.items()]}


def test_comments_are_wrapped(making: Making) -> None:
    for form in FORMS:
        record = making.scored(a1=3, a2=4)
        person = "a1" if form.endswith("!") else ""
        for line in page(making, form.rstrip("!"), record, {}, person).split("\n"):
            assert len(line) <= 100 or TO_FILL_IN.match(line) or "invullen" in line


def test_a_sheet_keeps_what_was_filled_in(making: Making) -> None:
    sheet = making.sheet({"1": (4, "goed\nonderbouwd"), "2": "niet besproken"}, "a1")
    assert tomli.loads(page(making, "zelf-scoren", tree=sheet, person="a1"))["answer"][:2] == sheet["answer"]


def test_a_sealed_sheet_has_no_form(making: Making) -> None:
    with pytest.raises(Refused, match="verzegeld"):
        page(making, "zelf-scoren", tree=making.sealed(3, "a1"), person="a1")


def test_the_consensus_form_waits_for_the_reveal(making: Making) -> None:
    record = making.record(making.auditors("a1", "a2"), personal={("zelf-scoren", "a1"): making.sealed(3, "a1")})
    with pytest.raises(Refused, match="wacht op a2"):
        page(making, "consensus", record)


def test_the_consensus_form_lays_scores_side_by_side_and_proposes(making: Making) -> None:
    base = making.scored(
        a1={"1": (2, "geen beleid"), "3": "niet besproken"}, a2={"1": (4, "veel teams"), "3": "te weinig informatie"}
    )
    people = [*making.auditors("a1", "a2"), *making.auditors("a3", shadow=True)]
    mistake = {"person": "a1", "item": "1", "reason": "verkeerd geklikt", "date": TODAY}
    record = making.record(
        people, {"consensus": {"mistake": [mistake]}}, {**base.personal, ("zelf-scoren", "a3"): making.sealed(5, "a3")}
    )
    text = page(making, "consensus", record)
    first, second, third = (re.split(r"^\[\[answer\]\]$", text, flags=re.MULTILINE)[n : n + 2] for n in range(3))
    for shown in (
        "#   a1: 2. geen beleid",
        "#   a2: 4. veel teams",
        "#   a3 (loopt mee, telt niet): 5",
        "#   a1 noemt dit een vergissing: verkeerd geklikt",
    ):
        assert shown in first[0]
    assert "# value =    # 1, 2" in first[1]
    assert "een reden is nodig, want de scores verschillen" in first[1]
    assert "# value = 3    # 1, 2" in second[1]
    assert "een reden; nodig als u afwijkt" in second[1]
    assert "#   a1: niet te beoordelen, niet besproken" in third[0]
    assert '# missing = "niet besproken"' in third[1]
    assert tomli.loads(text)["answer"][0] == {"item": "1"}


def test_with_one_sheet_the_consensus_form_says_that_it_is_definitive(making: Making) -> None:
    assert "Er is één scoreblad: dat is definitief." in page(making, "consensus", making.scored(a1=3))


def test_a_text_that_was_scored_and_changed_is_shown_at_the_consensus(making: Making) -> None:
    tree: Tree = {
        "explanation": [{"item": "1", "text": "Nieuw."}],
        "earlier": [{"id": "1-1", "item": "1", "text": "Oud.", "replaced": "2026-11-25T10:00:00Z"}],
    }
    text = page(making, "consensus", making.scored({"toelichten": tree}, a1=3, a2=3))
    assert "# Toelichting: Nieuw." in text
    assert "# Toelichting, zoals die was toen er al een blad verzegeld was: Oud." in text


def test_the_interview_form_of_ones_own_marks_what_is_essential(making: Making) -> None:
    first = making.mie.items()[0]
    prompts = [{"item": "1", "id": first.prompts[0].id, "essential": False}]
    text = page(making, "interview", making.record(shared={"interview": {"prompt": prompts}}), {}, person="a1")
    flat = " ".join(line.removeprefix("#").strip() for line in text.split("\n"))
    for item in making.mie.items():
        for prompt in item.prompts:
            star = "*" if prompt.essential and prompt is not first.prompts[0] else "-"
            assert f"{star} {prompt.text}" in flat
    assert "# destroy = " in text
    assert filled_in(text) == {}


def test_the_participants_form_shows_roles_answers_and_codes_only(making: Making) -> None:
    tree: Tree = {"participant": [{"id": "d1", "role": "client", "consent": "gegeven"}]}
    text = page(making, "deelnemers", tree=tree)
    assert filled_in(text) == tree
    for shown in ('"ervaringsdeskundige": ervaringsdeskundige', '"gegeven", "geweigerd" of "ingetrokken"', "# name = "):
        assert shown in text


def test_actions_and_reviews_show_what_they_point_at(making: Making) -> None:
    shared: dict[str, Tree] = {
        "conclusies": {"recommendation": [{"id": "r1", "improvement": "p1", "text": "Maak een profiel."}]},
        "actiepunten": {"date": date(2027, 1, 15), "action": [{"id": "x1", "text": "Profiel schrijven"}]},
    }
    record = making.record(shared=shared)
    assert '#   "r1": Maak een profiel.' in page(making, "actiepunten", record)
    assert '#   "x1": Profiel schrijven (loopt; evalueren rond 15 jul 2027)' in page(making, "opvolgen", record)
    assert "tussen 22 nov 2027 en 22 nov 2028" in page(making, "herhalen", record)


@pytest.mark.parametrize(
    "tree", [{"answer": [{"value": 3}]}, {"answer": [{"item": "1"}, {"item": "1"}]}, {"answer": "x"}, {"date": 3}]
)
def test_a_file_that_is_not_as_it_should_be_has_no_form(making: Making, tree: Tree) -> None:
    with pytest.raises(Unreadable):
        page(making, "zelf-scoren", tree=tree, person="a1")
