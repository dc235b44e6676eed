"""A student erased: not a byte is left under the data and cache folders, however it came there."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.workspace.conftest import refusal
from tests.workspace.kas import CODE, PUPIL, SECRET, SELF, Greenhouse

from kwartier.store import disk, toml
from kwartier.store import journal as journal_module
from kwartier.store.journal import Journal
from kwartier.store.plan import Plan
from kwartier.workspace import Workspace
from kwartier.workspace.places import cache_folder

SLUG = "de-glazen-stad"
FILE_NAME, FILE_TEXT, NOTE = "brief-van-lotte.txt", b"Lieve Lotte, wat een mooie kas.", "Over de ruzie met Wim."
TRACES = (PUPIL, "Lotte", SECRET, FILE_NAME, FILE_TEXT.decode(), NOTE, "Elke ochtend")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KWARTIER_CACHE", str(tmp_path / "cache"))


def told(ws: Workspace, kas: Greenhouse) -> str:
    """A portfolio with a sheet of its owner, evidence with a file, and a judgement; its reference."""
    ref = kas.begin(ws)
    ws.change(ref, "zelf", SELF, person=CODE)
    row = {"id": "b1", "title": "Brief", "kind": "verslag", "note": NOTE, "items": ["1.1"]}
    ws.change(ref, "bewijs", {"evidence": [row]}, person=CODE)
    kas.put_file(ref, FILE_NAME, FILE_TEXT)
    ws.change(ref, "eind", judged_all(), person="a1")
    return ref


def judged_all() -> dict[str, object]:
    rows = [{"item": "1.1", "value": "deels", "note": "Lotte leert snel."}, {"item": "1.2", "value": "aangetoond"}]
    return {"answer": [*rows, {"item": "2.1", "value": "nog-niet"}]}


def searched(kas: Greenhouse, *more: str) -> list[tuple[str, str]]:
    """Every trace under the data and the cache folder: in names, in bytes, also those of sqlite."""
    found = []
    for home in (kas.path, cache_folder()):
        for path in home.rglob("*"):
            data = os.fsencode(str(path)) + (path.read_bytes() if path.is_file() else b"")
            for trace in (*TRACES, *more):
                if trace.encode() in data:
                    found.append((trace, str(path)))
    return found


def messy(ws: Workspace, kas: Greenhouse, ref: str) -> None:
    """What a year leaves: an index, copies, temporary files, cut off work, placements."""
    ws.overview()
    folder, subject = kas.folder(ref), kas.path / "organisations" / SLUG / "subjects"
    copy = folder / f"zelf.{CODE} (conflicted copy 2026-11-21).toml"
    copy.write_bytes((folder / f"zelf.{CODE}.toml").read_bytes())
    (subject / f"{CODE} (1)").mkdir()
    (subject / f"{CODE} (1)" / "subject.toml").write_text(f'name = "{PUPIL}"')
    temporary = subject / disk.temporary_name(CODE)
    temporary.mkdir()
    (temporary / "subject.toml").write_text(f'name = "{PUPIL}"')
    old = kas.path / "organisations" / ".import.00000000-1-00000000.tmp"
    old.write_text(SECRET)
    os.utime(old, (0, 0))
    ws.add_subject(SLUG, "plek-1", "De orchideeën", kind="workplace")
    ws.add_placement(SLUG, "plek-1", student=CODE, note="Lotte begint hier.")
    ws.add_placement(SLUG, "plek-1", student="s2")
    stuck(kas, folder / f"zelf.{CODE}.toml")
    ws.overview()


def stuck(kas: Greenhouse, path: Path) -> None:
    """An operation that was decided, cut off, and cannot be finished: its staged text stands in the data folder."""
    plan = Journal.plan(kas.path, "Iets met Lotte")
    plan.put(path, toml.encode({"schema": 1, "note": SECRET}), expected=disk.fingerprint(b"something else"))
    plan._stage(Plan(plan._purpose, tuple(plan._steps)))


def test_nothing_is_left_but_a_number(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        ref = told(ws, kas)
        messy(ws, kas, ref)
        assert {trace for trace, _ in searched(kas)} >= {PUPIL, SECRET, FILE_NAME, NOTE}
        done = ws.erase_student(SLUG, CODE)
        assert searched(kas) == []
        assert (done.records, done.evidence, done.placements, done.counted) == (1, 1, 1, True)
        assert done.copies >= 2
        assert done.leftovers >= 3
        assert ws.organisation(SLUG).erased_students == 1
        assert [row.student for row in ws.subject(SLUG, "plek-1").placement] == ["s2"]
        assert ws.subjects(SLUG) == ["plek-1"]
        assert ws.assessments(SLUG) == []
        ws.overview()
        assert searched(kas) == []
        assert refusal(lambda: ws.erase_student(SLUG, CODE)).code == "unknown-subject"


def test_it_says_what_it_cannot_reach(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        told(ws, kas)
        (kas.home / ".stfolder").mkdir()
        path = kas.path / "organisations" / SLUG / "subjects" / CODE / "subject.toml"
        row = {"id": "h1", "date": date(2026, 10, 1), "to": "de student", "what": "portfolio"}
        kas.put(path, {**kas.tree(path), "handed_over": [row]})
        words = " ".join(ws.erase_student(SLUG, CODE, kas.home / "besluit").unreachable)
        for one in ("Syncthing", "Reservekopieën", "portfolio, aan de student", "1 okt", "besluit.md", "schijf"):
            assert one in words, words


def test_a_link_is_not_followed_and_what_is_left_is_named(kas: Greenhouse) -> None:
    with kas.open() as ws:
        told(ws, kas)
        home, elsewhere = kas.path / "organisations" / SLUG, kas.home / "elders"
        (home / "kas" / CODE).rename(elsewhere)
        (home / "kas" / CODE).symlink_to(elsewhere)
        (home / "subjects" / f"{CODE} (kopie)").mkdir()
        (home / "subjects" / f"{CODE}0 (kopie)").mkdir()
        erased = ws.erase_student(SLUG, CODE)
        assert any(elsewhere.rglob("*.toml"))
        left = [one.rpartition("/")[2] for one in erased.unreachable if one.startswith("Dit is niet gewist")]
        assert left == [f"{CODE}.", f"{CODE} (kopie)."]


def test_the_decision_is_written_first_and_holds_no_evidence(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        ref = told(ws, kas)
        ws.change(ref, "eind", judged_all(), person="a2")
        ws.seal(ref, "a1", step="eind")
        ws.seal(ref, "a2", step="eind")
        row = {"item": "1.1", "value": "deels", "note": "Samen zagen wij hoe Wim schrok."}
        ws.change(ref, "eind-samen", {"answer": [row]})
        assert refusal(lambda: ws.erase_student(SLUG, CODE, kas.path / "organisations" / "x")).code == "among-records"
        (kas.home / "b.toml").write_text("van iemand anders")
        assert refusal(lambda: ws.erase_student(SLUG, CODE, kas.home / "b.md")).code == "file-exists"
        assert not (kas.home / "b.md").exists()
        assert ws.subjects(SLUG) == [CODE]
        done = ws.erase_student(SLUG, CODE, kas.home / "besluit.md")
    assert done.decision == (str(kas.home / "besluit.md"), str(kas.home / "besluit.toml"))
    readable, values = (Path(one).read_text() for one in done.decision)
    tree = kas.tree(kas.home / "besluit.toml")
    assert (tree["student"]["name"], tree["record"][0]["parameters"]) == (PUPIL, {"niveau": 2})
    agreed = tree["record"][0]["judgement"]
    assert [(one["id"], one["answer"][0]["words"]) for one in agreed] == [("eind-samen", "deels")]
    for text in (readable, values):
        assert PUPIL in text
        assert not any(one in text for one in (SECRET, NOTE, FILE_NAME, "Wim", "Anna", "leert snel"))
    assert "Zaaien" in readable


@pytest.mark.parametrize("damage", ["subject", "record", "organisation"])
def test_what_is_damaged_goes_too(kas: Greenhouse, damage: str) -> None:
    with kas.open(kas.host()) as ws:
        ref = told(ws, kas)
        home = kas.path / "organisations" / SLUG
        path = {
            "subject": home / "subjects" / CODE / "subject.toml",
            "record": kas.folder(ref) / f"zelf.{CODE}.toml",
            "organisation": home / "organisation.toml",
        }[damage]
        path.write_bytes(path.read_bytes()[:-9] + b'"""[ Lotte')
        done = ws.erase_student(SLUG, CODE)
        assert searched(kas) == ([] if damage != "organisation" else [("Lotte", str(path))])
        assert done.counted == (damage != "organisation")


class Killed(BaseException):
    """The end of a process, which nothing catches."""


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_what_was_cut_off_is_finished_at_the_next_start(
    kas: Greenhouse, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Cut off at the first, second ... of what it does once it is decided."""
    with kas.open(kas.host()) as ws:
        told(ws, kas)
    done = 0

    def cut(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any) -> Any:
            nonlocal done
            done += 1
            if done == at:
                raise Killed
            return real(*args)

        return step

    with monkeypatch.context() as patch, kas.open(kas.host()) as ws:
        patch.setattr(journal_module, "_carry_out", cut(journal_module._carry_out))
        patch.setattr(journal_module, "_discard", cut(journal_module._discard))
        with pytest.raises(Killed):
            ws.erase_student(SLUG, CODE)
    with kas.open(kas.host()) as ws:
        assert [one.finished for one in ws.swept.resumed] == [True]
        assert searched(kas) == []
        assert ws.organisation(SLUG).erased_students == 1


def test_a_workplace_is_not_erased_as_a_student(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        kas.begin(ws)
        ws.add_subject(SLUG, "plek-1", "De orchideeën", kind="workplace")
        assert refusal(lambda: ws.erase_student(SLUG, "plek-1")).code == "not-a-student"
        assert refusal(lambda: ws.erase_student("nergens", CODE)).code == "unknown-organisation"
        assert ws.subjects(SLUG) == ["plek-1", CODE]
