"""What the desk tells for the clock of an interview: the present moment, and when a step was last saved."""

from __future__ import annotations

import os
from datetime import timedelta

from tests.workspace.conftest import NOW, Garden


def test_a_step_knows_when_any_of_its_files_was_saved(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        desk = ws.desk(ref, viewer="a1")
        assert desk.saved_at("gesprek") is None
        ws.change(ref, "gesprek", {"session": [{"date": NOW.date(), "minutes": 5}]})
        ws.change(ref, "gesprek", {"note": [{"text": "x"}]}, person="a2")
        for name, minutes in (("gesprek.toml", 9), ("gesprek.a2.toml", 3), ("assessment.toml", 1)):
            at = (NOW - timedelta(minutes=minutes)).timestamp()
            os.utime(garden.folder(ref) / name, (at, at))
        assert ws.desk(ref, viewer="a1").saved_at("gesprek") == NOW - timedelta(minutes=3)


def test_the_desk_has_the_clock_and_ids_of_its_workspace(garden: Garden) -> None:
    with garden.open() as ws:
        desk = ws.desk(garden.begin(ws), viewer="a1")
        assert desk.now == NOW
        first = desk.new_id()
        garden.now += timedelta(seconds=1)
        assert first < desk.new_id()
        assert desk.now == NOW + timedelta(seconds=1)
