"""Texts that come back from working apart are brought together by item; a clash is shown with both."""

from __future__ import annotations

import pytest
from tests.workspace.conftest import APART, Apart, Garden, refusal, texts_of, worded

from kwartier.workspace import TextConflict

# -- texts


def test_texts_of_different_items_are_brought_together(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        apart.work({**worded(i2="Twee regentonnen.", i4="Aan de poort."), "text": "Bob vond het fijn."})
        ws.change(APART, "toelichting", worded(i1="Compost en mest.", i5="Een rondleiding."))
        taken = ws.take_back(apart.folder)
        assert taken.texts == ("2", "4")
        assert texts_of(ws) == {
            "1": "Compost en mest.", "2": "Twee regentonnen.", "4": "Aan de poort.", "5": "Een rondleiding.",
        }  # fmt: skip
        assert ws.see(APART).record.shared["toelichting"]["text"] == "Bob vond het fijn."
        assert ws.see(APART).record.shared["toelichting"]["writer"] == "a1"


def test_a_text_that_both_changed_is_shown_with_both_and_nothing_is_written(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        apart.work(worded(i1="Geen compost.", i2="Twee regentonnen.", i3="Zaterdag."))
        ws.change(APART, "toelichting", worded(i1="Compost en mest.", i2="Een put."))
        before = garden.files()
        with pytest.raises(TextConflict) as raised:
            ws.take_back(apart.folder)
        clashes = [("1", "Compost en mest.", "Geen compost."), ("2", "Een put.", "Twee regentonnen.")]
        assert raised.value.clashes == clashes
        assert garden.files() == before
        with pytest.raises(TextConflict) as raised:
            ws.take_back(apart.folder, choices={"1": "blad"})
        assert [item for item, _, _ in raised.value.clashes] == ["2"]
        assert garden.files() == before
        assert refusal(lambda: ws.take_back(apart.folder, choices={"1": "allebei", "2": "hier"})).status == 2
        taken = ws.take_back(apart.folder, choices={"1": "blad", "2": "hier"})
        assert taken.texts == ("1", "3")
        assert texts_of(ws) == {"1": "Geen compost.", "2": "Een put.", "3": "Zaterdag."}


def test_a_text_taken_out_on_one_side_and_changed_on_the_other(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        apart.work({"explanation": [{"item": "1", "remove": True}]})
        ws.change(APART, "toelichting", worded(i1="Compost en mest."))
        with pytest.raises(TextConflict) as raised:
            ws.take_back(apart.folder)
        assert raised.value.clashes == [("1", "Compost en mest.", "")]
        ws.take_back(apart.folder, choices={"1": "blad"})
        assert texts_of(ws) == {"2": "Regenton."}


def test_the_sheet_keeps_the_digest_of_the_texts_it_was_scored_on(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        apart.work()
        ws.seal(APART, "a1")
        ws.take_back(apart.folder)
        assert "texts-changed" not in [one.id for one in ws.situation(APART).findings]
        ws.change(APART, "toelichting", worded(i1="Achteraf anders."))
        assert "texts-changed" in [one.id for one in ws.situation(APART).findings]


def test_unknown_keys_go_there_and_come_back(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        path = garden.folder(APART) / "toelichting.toml"
        tree = garden.tree(path)
        garden.put(path, {**tree, "x_hier": 1, "explanation": [{**row, "x_rij": 2} for row in tree["explanation"]]})
        apart.give(ws)
        apart.work(worded(i2="Twee regentonnen."))
        ws.take_back(apart.folder)
        after = garden.tree(path)
        assert after["x_hier"] == 1
        assert [row["x_rij"] for row in after["explanation"]] == [2, 2]
