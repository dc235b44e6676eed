"""Two at work in one data folder: nothing of either is lost, and a change can be undone as long as it still stands."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from kwartier.errors import Conflict, KwartierError, Refused
from kwartier.records import patch
from kwartier.records.tree import Tree
from kwartier.store import files
from kwartier.workspace import Assessor

if TYPE_CHECKING:
    from tests.workspace.conftest import Garden


def explained(item: str, text: str) -> Tree:
    return {"explanation": [{"item": item, "text": text}]}


def test_a_change_is_undone_on_what_stands_there_now(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        path = garden.folder(ref) / "toelichting.toml"
        ws.change(ref, "toelichting", explained("1", "Eerst"))
        first = garden.tree(path)
        ws.change(ref, "toelichting", explained("1", "Daarna"))
        undo = patch.invert(patch.diff(first, garden.tree(path)))
        ws.change(ref, "toelichting", explained("2", "Van een ander"))
        files.update(path, lambda tree: patch.apply(tree or {}, undo))
        rows = ws.see(ref).record.shared["toelichting"]["explanation"]
        assert [(row["item"], row["text"]) for row in rows] == [("1", "Eerst"), ("2", "Van een ander")]
        redo = patch.invert(undo)
        files.update(path, lambda tree: patch.apply(tree or {}, redo))
        assert garden.tree(path)["explanation"][0]["text"] == "Daarna"


def test_undoing_is_refused_where_somebody_else_changed_that_place(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        path = garden.folder(ref) / "scoren.a1.toml"
        ws.change(ref, None, {"answer": [{"item": "1", "value": 3}]}, person="a1")
        before = garden.tree(path)
        ws.change(ref, None, {"answer": [{"item": "1", "value": 4}]}, person="a1")
        undo = patch.invert(patch.diff(before, garden.tree(path)))
        ws.change(ref, None, {"answer": [{"item": "1", "value": 5}]}, person="a1")
        there = path.read_bytes()
        with pytest.raises(Conflict) as raised:
            files.update(path, lambda tree: patch.apply(tree or {}, undo))
        assert (raised.value.mine, raised.value.theirs) == (3, 5)
        assert "item 1" in (raised.value.place or "")
        assert path.read_bytes() == there


def test_two_windows_on_one_folder_lose_nothing(garden: Garden) -> None:
    with garden.open() as one, garden.open() as two:
        ref = garden.begin(one)
        for turn in range(6):
            ws, item = ((one, "1"), (two, "2"))[turn % 2]
            ws.change(ref, "toelichting", explained(item, f"Tekst {turn}"))
        two.change(ref, None, {"answer": [{"item": "1", "value": 2}]}, person="a2")
        one.change(ref, None, {"answer": [{"item": "1", "value": 5}]}, person="a1")
        two.join(ref, Assessor("Emma Erwt", shadow=True))
        one.change(ref, "voorbereiden", {"by": "Carla Courgette"})
        rows = two.see(ref).record.shared["toelichting"]["explanation"]
        assert [(row["item"], row["text"]) for row in rows] == [("1", "Tekst 4"), ("2", "Tekst 5")]
        assert sorted(two.names(ref.split("/")[0])) == ["a1", "a2", "a3", "c1"]
        assert one.check().problems == two.check().problems == ()


def test_what_one_seals_the_other_can_no_longer_change(garden: Garden) -> None:
    with garden.open() as one, garden.open() as two:
        ref = garden.begin(one)
        one.change(ref, None, {"answer": [{"item": str(n), "value": 3} for n in range(1, 6)]}, person="a1")
        two.see(ref, viewer="a1")
        one.seal(ref, "a1")
        there = (garden.folder(ref) / "scoren.a1.toml").read_bytes()
        with pytest.raises(Refused) as raised:
            two.change(ref, "scoren", {"answer": [{"item": "1", "value": 4}]}, person="a1")
        assert raised.value.code == "sealed"
        assert (garden.folder(ref) / "scoren.a1.toml").read_bytes() == there


EDITING = """
    import sys
    from pathlib import Path
    from random import Random
    from tests.workspace.conftest import Garden

    home, packages, ref, who, items = sys.argv[1:]
    garden = Garden(Path(home), Path(packages))
    garden.random = Random(who)
    print("ready", flush=True)
    sys.stdin.readline()
    with garden.open() as ws:
        for turn in range(40):
            item = items.split(",")[turn % 2]
            if turn % 4 == 3:
                ws.change(ref, "gesprek", {"session": [{"date": "2026-11-22", "minutes": turn}]})
            elif turn % 8 == 0:
                row = {"name": f"Buur {who} {turn}", "role": "buur"}
                ws.change(ref, "mensen", {"participant": [row]})
            elif turn % 8 == 1:
                ws.change(ref, "scoren", {"answer": [{"item": item, "value": 1 + turn % 5}]}, person=who)
            else:
                ws.change(ref, "toelichting", {"explanation": [{"item": item, "text": f"{who} {turn}"}]})
"""


def test_two_processes_at_once_lose_nothing(garden: Garden) -> None:
    from tests.workspace.conftest import environment

    with garden.open() as ws:
        ref = garden.begin(ws)
    code, settings = textwrap.dedent(EDITING), environment(garden)
    arguments = [sys.executable, "-c", code, str(garden.home), str(garden.packages), ref]
    children = [
        subprocess.Popen(
            [*arguments, who, items],
            env=settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for who, items in (("a1", "1,2"), ("a2", "3,4"))
    ]
    for child in children:  # both are loaded before either begins
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
    told = []
    for child in children:
        assert child.stdin is not None
        child.stdin.write(b"go\n")
        child.stdin.flush()
    for child in children:
        told.append(child.communicate(timeout=60)[1].decode())
    assert [child.returncode for child in children] == [0, 0], told
    with garden.open() as ws:
        record = ws.see(ref, viewer="a1").record
        texts = {row["item"]: row["text"] for row in record.shared["toelichting"]["explanation"]}
        assert texts == {"1": "a1 38", "2": "a1 37", "3": "a2 38", "4": "a2 37"}
        sessions = record.shared["gesprek"]["session"]
        # the same row given by both is one row: ten turns of each, all of the same lengths
        assert sorted(row["minutes"] for row in sessions) == list(range(3, 40, 4))
        names = [name for name in ws.names(ref.split("/")[0]).values() if name.startswith("Buur")]
        assert sorted(names) == sorted(f"Buur {who} {turn}" for who in ("a1", "a2") for turn in range(0, 40, 8))
        assert len(record.shared["mensen"]["participant"]) == 10
        for code in ("a1", "a2"):
            rows = garden.tree(garden.folder(ref) / f"scoren.{code}.toml")["answer"]
            assert len(rows) == 1
        assert ws.check().problems == ()
        assert ws.swept.problems == ()


STARTING = """
    import sys
    from datetime import date
    from pathlib import Path
    from random import Random
    from kwartier.workspace import Assessor
    from tests.workspace.conftest import Garden

    home, packages, who = sys.argv[1:]
    garden = Garden(Path(home), Path(packages))
    garden.random = Random(who)
    print("ready", flush=True)
    sys.stdin.readline()
    with garden.open() as ws:
        for turn in range(6):
            people = (Assessor(f"{who} {turn}"), Assessor("Allebei Samen"))
            print(ws.start("tuin", "kwadrant", day=date(2026, 11, 22), people=people), flush=True)
"""


def test_two_processes_that_start_records_get_folders_and_codes_of_their_own(garden: Garden) -> None:
    from tests.workspace.conftest import environment

    with garden.open() as ws:
        ws.add_organisation("Kwadrant")
    arguments = [sys.executable, "-c", textwrap.dedent(STARTING), str(garden.home), str(garden.packages)]
    children = [
        subprocess.Popen([*arguments, who], env=environment(garden), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for who in ("Xander", "Yara")
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write(b"go\n")
        child.stdin.flush()
    refs = [ref for child in children for ref in child.communicate(timeout=60)[0].decode().split()]
    assert len(set(refs)) == len(refs) == 12
    with garden.open() as ws:
        assert sorted(map(str, ws.assessments("kwadrant"))) == sorted(refs)
        names = list(ws.names("kwadrant").values())
        assert len(names) == len(set(names)) == 13
        assert ws.check().problems == ()


def test_a_lost_update_is_impossible(garden: Garden) -> None:
    """What was read and is no longer what stands there, is never put back over it."""
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.change(ref, "toelichting", explained("1", "Eerst"))
        path = garden.folder(ref) / "toelichting.toml"
        read = files.read(path)
        ws.change(ref, "toelichting", explained("1", "Van een ander"))
        with pytest.raises(KwartierError):
            files.replace(path, b"text = 'oud'\n", expected=read.fingerprint)
        assert ws.see(ref).record.shared["toelichting"]["explanation"][0]["text"] == "Van een ander"
