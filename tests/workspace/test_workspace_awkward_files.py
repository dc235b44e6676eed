"""Files and paths that a user or another program made awkward: told in words, with nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.workspace.conftest import Garden

from kwartier.errors import KwartierError, Refused, Unreadable
from kwartier.workspace import is_locked_file

LONG = "a" * 300


def test_a_name_that_is_too_long_is_refused_in_words(garden: Garden, tmp_path: Path) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        for act in (
            lambda path: ws.write_out(path, b"tekst"),
            lambda path: ws.hand_over(ref, "a1", path),
            lambda path: ws.take_back(path),
            is_locked_file,
        ):
            with pytest.raises(Refused) as raised:
                act(tmp_path / LONG)
            assert raised.value.advice


def test_a_copy_is_found_by_any_path_that_leads_to_it(
    garden: Garden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.prepare(ws, ref)
        file = garden.folder(ref) / "toelichting.toml"
        for way in ("within", "around", "long"):
            copy = file.with_name("toelichting (conflicted copy 2026-11-22).toml")
            copy.write_bytes(file.read_bytes())
            if way == "within":
                asked = copy.relative_to(garden.path)
            elif way == "around":
                monkeypatch.chdir(garden.folder(ref))
                asked = Path("..") / copy.parent.name / copy.name
            else:
                with pytest.raises(KwartierError, match="geen kopie"):
                    ws.merge_copy(Path(LONG))
                asked = copy
            assert not ws.merge_copy(asked)
            assert not copy.exists()


def test_a_newer_form_of_a_file_is_not_called_damaged(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        path = garden.folder(ref) / "assessment.toml"
        garden.put(path, {**garden.tree(path), "schema": 2, "person": {"a1": "nieuwe vorm"}})
        before = path.read_bytes()
        with pytest.raises(Unreadable) as raised:
            ws.see(ref)
        assert raised.value.code == "newer-file"
        assert path.read_bytes() == before


def test_notes_of_every_interview_are_destroyed(garden: Garden) -> None:
    second = '[[step]]\nid = "nagesprek"\nform = "interview"\ntitle = "Nagesprek"\n\n[[step]]\nid = "toelichting"\n'
    host = garden.host(lambda text: text.replace('[[step]]\nid = "toelichting"\n', second))
    with garden.open(host) as ws:
        ref = garden.begin(ws)
        ws.change(ref, "nagesprek", {"note": [{"text": "Ruw: de pomp lekt."}]}, person="a1")
        ws.destroy_notes(ref, "a1")
        assert not [path for path in garden.path.rglob("*.toml") if "de pomp" in path.read_text("utf-8")]
        with pytest.raises(Refused):
            ws.destroy_notes(ref, "a2")
