"""Conflict copies of synchronisers are brought together field by field, and never show what is not revealed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
import tomli
import tomli_w

import kwartier
from kwartier.errors import Conflict, Misused, Refused, Unreadable
from kwartier.workspace import Assessor, Workspace


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    clock = datetime(2026, 11, 22, 12, tzinfo=UTC)
    with Workspace.open(tmp_path / "data", clock=lambda: clock, random=Random(1)) as opened:
        return opened


@pytest.fixture
def ref(ws: Workspace) -> str:
    slug = ws.add_organisation("Kwadrant")
    people = (Assessor("Anna"), Assessor("Bert"))
    ref = ws.start("mie", slug, day=date(2026, 11, 22), people=people)
    ws.change(ref, "toelichten", {"explanation": [{"item": "1", "text": "Eerste tekst."}]})
    return ref


def conflict_copy(ws: Workspace, ref: str, name: str, text: str) -> Path:
    """A copy as Dropbox makes it, with `text` in the place of the file's own."""
    file = ws.path / "organisations" / ref / f"{name}.toml"
    copy = file.with_name(f"{name} (conflicted copy 2026-11-22).toml")
    copy.write_text(text, encoding="utf-8")
    return copy


def explanations(ws: Workspace, ref: str) -> dict[str, str]:
    tree = tomli.loads((ws.path / "organisations" / ref / "toelichten.toml").read_text(encoding="utf-8"))
    return {row["item"]: row["text"] for row in tree["explanation"]}


def test_what_only_the_copy_has_is_taken_in(ws: Workspace, ref: str) -> None:
    text = tomli_w.dumps(
        {"schema": 1, "explanation": [{"item": "1", "text": "Eerste tekst."}, {"item": "2", "text": "Van thuis."}]}
    )
    copy = conflict_copy(ws, ref, "toelichten", text)
    assert [one.copy for one in ws.conflict_copies()] == [str(copy)]
    assert ws.merge_copy(copy)
    assert explanations(ws, ref) == {"1": "Eerste tekst.", "2": "Van thuis."}
    assert not copy.exists()
    assert ws.check().sound


def test_a_text_that_both_have_otherwise_waits_for_a_choice(ws: Workspace, ref: str) -> None:
    copy = conflict_copy(
        ws, ref, "toelichten", tomli_w.dumps({"explanation": [{"item": "1", "text": "Andere tekst."}]})
    )
    with pytest.raises(Conflict) as told:
        ws.merge_copy(copy)
    assert "Eerste tekst." in told.value.message
    assert "Andere tekst." in told.value.message
    assert copy.exists()
    assert explanations(ws, ref) == {"1": "Eerste tekst."}
    assert ws.merge_copy(copy, choices={1: "kopie"})
    assert explanations(ws, ref) == {"1": "Andere tekst."}


def test_a_copy_that_says_the_same_is_just_removed(ws: Workspace, ref: str) -> None:
    file = ws.path / "organisations" / ref / "toelichten.toml"
    copy = file.with_name("toelichten (conflicted copy).toml")
    shutil.copy(file, copy)
    assert not ws.merge_copy(copy)
    assert not copy.exists()


def test_a_sheet_is_only_for_its_own_auditor(ws: Workspace, ref: str) -> None:
    ws.change(ref, "zelf-scoren", {"answer": [{"item": "1", "value": 2}]}, person="Anna")
    copy = conflict_copy(ws, ref, "zelf-scoren.a1", tomli_w.dumps({"answer": [{"item": "1", "value": 5}]}))
    for viewer in (None, "Bert"):
        with pytest.raises(Refused, match="alleen die persoon") as told:
            ws.merge_copy(copy, viewer=viewer)
        assert "5" not in told.value.message
    with pytest.raises(Conflict):
        ws.merge_copy(copy, viewer="Anna")
    assert ws.merge_copy(copy, viewer="Anna", choices={1: "kopie"})
    own = ws.see(ref, viewer="a1").record.personal["zelf-scoren", "a1"]
    assert [row["value"] for row in own["answer"]] == [5]


def test_a_sealed_sheet_is_never_changed_by_a_copy(ws: Workspace, ref: str) -> None:
    answers = [{"item": item.id, "value": 3} for item in ws.content("mie").items()]
    ws.change(ref, "zelf-scoren", {"answer": answers}, person="Anna")
    ws.seal(ref, "Anna")
    sheet = ws.path / "organisations" / ref / "zelf-scoren.a1.toml"
    sealed = sheet.read_bytes()
    copy = conflict_copy(ws, ref, "zelf-scoren.a1", tomli_w.dumps({"answer": [{"item": "1", "value": 5}]}))
    with pytest.raises(Refused, match="verzegeld"):
        ws.merge_copy(copy, viewer="Anna")
    assert sheet.read_bytes() == sealed


def test_a_copy_off_the_scale_changes_nothing(ws: Workspace, ref: str) -> None:
    ws.change(ref, "zelf-scoren", {"answer": [{"item": "1", "value": 2}]}, person="Anna")
    copy = conflict_copy(ws, ref, "zelf-scoren.a1", tomli_w.dumps({"answer": [{"item": "2", "value": 9}]}))
    with pytest.raises(Misused):
        ws.merge_copy(copy, viewer="Anna")
    assert copy.exists()


def test_any_other_file_is_no_copy(ws: Workspace, ref: str) -> None:
    with pytest.raises(Misused, match="geen kopie"):
        ws.merge_copy(ws.path / "organisations" / ref / "toelichten.toml")


@pytest.mark.parametrize("name", ["assessment", "toelichten", "people", "organisation"])
@pytest.mark.parametrize("newer", ["file", "copy"])
def test_what_a_newer_kwartier_made_is_not_rewritten(ws: Workspace, ref: str, name: str, newer: str) -> None:
    home = ws.path / "organisations" / (ref.split("/")[0] if name in ("people", "organisation") else ref)
    file = home / f"{name}.toml"
    copy = file.with_name(f"{name} (conflicted copy).toml")
    tree = tomli.loads(file.read_text("utf-8"))
    copy.write_text(tomli_w.dumps({**tree, "later": 1, "schema": 2 if newer == "copy" else 1}), "utf-8")
    file.write_text(tomli_w.dumps({**tree, "schema": 2 if newer == "file" else 1}), "utf-8")
    before = file.read_bytes(), copy.read_bytes()
    with pytest.raises(Refused):
        ws.merge_copy(copy, choices={1: "kopie"})
    assert (file.read_bytes(), copy.read_bytes()) == before


@pytest.mark.parametrize(
    ("name", "wrong"), [("assessment", {"person": "x"}), ("toelichten", {"explanation": 3}), ("people", {"person": 1})]
)
def test_a_choice_that_would_make_a_file_unreadable_is_refused(
    ws: Workspace, ref: str, name: str, wrong: dict[str, object]
) -> None:
    file = ws.path / "organisations" / (ref.split("/")[0] if name == "people" else ref) / f"{name}.toml"
    copy = file.with_name(f"{name} (conflicted copy).toml")
    copy.write_text(tomli_w.dumps({**tomli.loads(file.read_text("utf-8")), **wrong}), "utf-8")
    before = file.read_bytes()
    with pytest.raises(Unreadable):
        ws.merge_copy(copy, choices={1: "kopie"})
    assert file.read_bytes() == before
    assert copy.exists()


MERGING = """
import sys
from pathlib import Path
from kwartier.workspace import Workspace
from tests.dying import die_at

with Workspace.open(Path(sys.argv[1])) as ws:
    die_at(int(sys.argv[2]), Path(sys.argv[3]))
    ws.merge_copy(Path(sys.argv[4]))
"""


def killed_once_decided(ws: Workspace, copy: Path, tmp_path: Path) -> None:
    """Merges a copy in a process that is killed as soon as the operation is decided and nothing of it is done."""
    root = Path(__file__).parents[2]
    paths = os.pathsep.join([str(Path(kwartier.__file__).parents[1]), str(root)])
    for number in range(1, 60):
        words = [str(ws.path), str(number), str(tmp_path / "log"), str(copy)]
        done = subprocess.run(
            [sys.executable, "-c", MERGING, *words], env={**os.environ, "PYTHONPATH": paths}, check=False
        )
        assert done.returncode == -signal.SIGKILL
        if list(ws.path.glob(".kwartier/journal/*/plan.toml")):
            return
    raise AssertionError("the operation was never decided")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a process cannot be killed that way here")
def test_an_operation_that_cannot_be_finished_can_be_given_up(ws: Workspace, ref: str, tmp_path: Path) -> None:
    copy = conflict_copy(ws, ref, "toelichten", tomli_w.dumps({"explanation": [{"item": "2", "text": "Van thuis."}]}))
    file = copy.with_name("toelichten.toml")
    killed_once_decided(ws, copy, tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("Eerste", "Andere"), encoding="utf-8")
    with Workspace.open(ws.path) as again:
        assert [one.code for one in again.swept.problems] == ["changed-meanwhile"]
        assert not again.check().sound
        assert len(again.give_up_unfinished()) == 1
    with Workspace.open(ws.path) as after:
        assert after.swept.problems == ()
    assert "Andere tekst." in file.read_text(encoding="utf-8")
    assert copy.exists()
