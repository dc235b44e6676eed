"""Who reads a private row: whatever rows and readers there are, nobody gets more than was chosen for them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.errors import Misused, Refused
from kwartier.instrument import model as m
from kwartier.instrument.reading import read_content
from kwartier.instrument.selection import step as step_by_id
from kwartier.records.files import EVERYONE, Envelope, view
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.decided import Later, decided, with_later
from kwartier.workflow.readers import choices, chosen, is_owned, may_read, owner, require_owner, words
from kwartier.workflow.state import states
from kwartier.workflow.visible import visible

KAS = Path(__file__).resolve().parents[1] / "samples" / "instruments" / "kas" / "content.toml"
CONTENT = read_content(KAS.read_bytes(), "kas")
BEWIJS, ZELF = step_by_id(CONTENT, "bewijs"), step_by_id(CONTENT, "zelf")
PEOPLE: list[Tree] = [
    {"id": "s1", "role": "leerling"},
    {"id": "a1", "role": "meester"},
    {"id": "a2", "role": "meester", "stopped": date(2026, 10, 1)},
    {"id": "a3", "role": "meester", "shadow": True},
]
VIEWERS = (None, "a1", "a2", "a3", "c9")

readers = st.lists(st.sampled_from(["meester", "a1", "a2", "a3", "weg", EVERYONE]), unique=True, max_size=3)
rows = st.lists(st.tuples(st.integers(0, 9), readers), unique_by=lambda row: row[0], max_size=6)


def record(bewijs: Tree | None = None, zelf: Tree | None = None, **more: Any) -> Record:
    envelope: Tree = {
        "schema": 1,
        "id": "x1",
        "instrument": "kas",
        "edition": "2025",
        "content": "sha256:00",
        "date": date(2026, 9, 1),
        "subject": "s1",
        "person": PEOPLE,
        **more,
    }
    shared = {"bewijs": bewijs} if bewijs is not None else {}
    personal = {("zelf", "s1"): zelf} if zelf is not None else {}
    return Record(ref="x", envelope=view(envelope, Envelope, "x"), tree=envelope, shared=shared, personal=personal)


def piece(number: int, named: list[str]) -> Tree:
    row: Tree = {"id": f"b{number}", "title": f"STUK-{number}"}
    return {**row, "readers": named} if named else row


def remark(number: int, named: list[str]) -> Tree:
    row: Tree = {"item": "1.1", "part": f"p{number}", "value": "deels", "note": f"STUK-{number}"}
    return {**row, "readers": named} if named else row


def reads(named: list[str], viewer: str | None) -> bool:
    """Said over again, in other words than the code."""
    if EVERYONE in named:
        return True
    return viewer in ("a1", "a3") and (viewer in named or "meester" in named)


@given(rows)
def test_nobody_gets_more_and_the_owner_gets_everything(made: list[tuple[int, list[str]]]) -> None:
    whole = record(
        {"evidence": [piece(*row) for row in made], "removed": ["weg"]}, {"answer": [remark(*row) for row in made]}
    )
    assert visible(whole, CONTENT, "s1").shared == whole.shared
    assert visible(whole, CONTENT, "s1").personal == whole.personal
    for viewer in VIEWERS:
        seen = visible(whole, CONTENT, viewer)
        allowed = {f"STUK-{number}" for number, named in made if reads(named, viewer)}
        assert {row["title"] for row in seen.shared.get("bewijs", {}).get("evidence", [])} == allowed
        answers = seen.personal["zelf", "s1"]["answer"]
        assert {row["note"] for row in answers if "note" in row} == allowed
        assert len(answers) == len(made) and all(row["value"] == "deels" for row in answers)
        assert "readers" not in repr((seen.shared, seen.personal)) and "removed" not in repr(seen.shared)
        for next_one in VIEWERS:
            again = repr(visible(seen, CONTENT, next_one))
            most = {f"STUK-{number}" for number, named in made if reads(named, viewer) and reads(named, next_one)}
            assert {f"STUK-{n}" for n in range(10) if f"STUK-{n}" in again} <= most, "a second gate opens nothing"


@given(rows, rows)
def test_what_is_hidden_changes_no_word_about_the_steps(
    one: list[tuple[int, list[str]]], other: list[tuple[int, list[str]]]
) -> None:
    for viewer in VIEWERS:
        told = []
        for made in (one, other):
            hidden = [piece(*row) for row in made if not reads(row[1], viewer)]
            told.append(states(visible(record({"evidence": hidden} if hidden else None), CONTENT, viewer), CONTENT))
        assert told[0] == told[1]


def test_what_a_definitive_report_fixed_passes_the_same_gate() -> None:
    version: Tree = {"id": "1", "digest": "x", "date": date(2026, 9, 2)}
    version["snapshot"] = {"bewijs": {"evidence": [piece(1, []), piece(2, ["meester"])]}, "eind-samen": {}}
    whole = record()
    whole = Record(ref="x", envelope=whole.envelope, tree=whole.tree, shared={"verslag": {"version": [version]}})
    content = CONTENT
    for viewer, allowed in ((None, []), ("a1", ["STUK-2"]), ("s1", ["STUK-1", "STUK-2"])):
        report = visible(whole, content, viewer).shared.get("verslag", {"version": []})
        found = [row["title"] for one in report["version"] for row in one["snapshot"]["bewijs"].get("evidence", [])]
        # As long as not all is sealed, the report itself is closed to everybody.
        assert found == [] or found == allowed
    paper = record(paper={"source": "map", "entered": date(2026, 9, 2)})
    whole = Record(ref="x", envelope=paper.envelope, tree=paper.tree, shared={"verslag": {"version": [version]}})
    report = visible(whole, content, "a1").shared["verslag"]
    assert [row["title"] for row in report["version"][0]["snapshot"]["bewijs"]["evidence"]] == ["STUK-2"]


@given(readers, readers, st.booleans(), st.sampled_from(VIEWERS))
def test_a_newer_record_decides_and_another_piece_adds_no_reader(
    old: list[str], new: list[str], same: bool, viewer: str | None
) -> None:
    newer = piece(1, new) if same else {**piece(1, new), "title": "Iets anders"}
    later = (Later(ref="y", shared={"bewijs": {"evidence": [newer]}}),)
    found = with_later(record({"evidence": [piece(1, old)]}), CONTENT, later).shared["bewijs"]["evidence"][0]
    now = may_read(record(), found.get("readers", []), viewer)
    before, after = (may_read(record(), named, viewer) for named in (old, new))
    assert now == after if same else not (now and not (before and after))


def test_a_removed_piece_is_gone_and_a_broken_newer_record_closes_everything() -> None:
    whole = record({"evidence": [piece(1, [EVERYONE]), piece(2, [EVERYONE])]}, {"answer": [remark(1, [EVERYONE])]})
    gone = with_later(whole, CONTENT, (Later(ref="y", shared={"bewijs": {"removed": ["b1"]}}),))
    assert [row["id"] for row in gone.shared["bewijs"]["evidence"]] == ["b2"]
    closed = with_later(whole, CONTENT, (Later(ref="y", broken=True),))
    assert "STUK" not in repr(visible(closed, CONTENT, "a1"))
    assert with_later(whole, CONTENT, ()) == whole
    assert isinstance(ZELF, m.ScoreStep)
    other = Later(ref="y", personal={("zelf", "s1"): {"answer": [{**remark(1, []), "note": "Anders."}]}})
    sheet = {"answer": [remark(1, ["a1"])]}
    assert decided(ZELF, sheet, (other,), "s1") == sheet, "another remark on the same item"


def test_the_owner_is_who_holds_the_role() -> None:
    whole = record()
    assert owner(whole, CONTENT, BEWIJS) == "s1"
    assert [is_owned(step) for step in CONTENT.step if isinstance(step, m.EvidenceStep)] == [True, True]
    require_owner(whole, CONTENT, BEWIJS, "s1")
    require_owner(whole, CONTENT, step_by_id(CONTENT, "gegevens"), None)
    with pytest.raises(Misused):
        require_owner(whole, CONTENT, BEWIJS, None)
    for who in ("a1", "c9"):
        with pytest.raises(Refused):
            require_owner(whole, CONTENT, BEWIJS, who)
    bare = record(person=PEOPLE[1:])
    assert owner(bare, CONTENT, BEWIJS) == "s1", "the subject is known, also where nobody wrote it down as a person"


def test_readers_in_words_and_from_words() -> None:
    whole, names = record(), {"a1": "Anna Appel", "a3": "Bob Biet"}
    assert [key for key, _ in choices(whole, CONTENT, BEWIJS)] == [EVERYONE, "meester", "a1", "a3"]
    assert words((), whole, CONTENT) == "niemand anders"
    assert words(["a1", EVERYONE], whole, CONTENT) == "iedereen"
    assert words(["meester", "a1", "weg"], whole, CONTENT, names) == "meesters, Anna Appel en weg"

    def read(*typed: str) -> tuple[str, ...]:
        return chosen(typed, whole, CONTENT, BEWIJS, names)

    assert read("Meesters", "meester", "ANNA  appel", "a1") == ("meester", "a1")
    assert read("bob") == ("a3",) and read("a1", "Iedereen") == (EVERYONE,)
    assert read("niemand") == () == read()
    for wrong in (("leerling",), ("s1",), ("a2",), ("tante",), ("niemand", "a1")):
        with pytest.raises(Misused) as error:
            read(*wrong)
        assert error.value.advice


def test_a_second_subject_owns_nothing_and_strange_keys_stay_inside() -> None:
    two = [*PEOPLE, {"id": "a9", "role": "leerling"}]
    rows: Tree = {"evidence": [piece(1, []), piece(2, [EVERYONE])], "removed": ["b3"], "later": "STUK-9"}
    whole = record(rows, {"person": "s1", "answer": [{"item": "1.1", "note": "STUK-8"}]}, person=two)
    for viewer in (None, "a1", "a9"):
        seen = visible(whole, CONTENT, viewer)
        assert seen.shared["bewijs"] == {"evidence": [{"id": "b2", "title": "STUK-2"}]}
        assert not seen.personal, "not even that it was begun"
    assert "later" in visible(whole, CONTENT, "s1").shared["bewijs"]
