"""The ladder: which texts stand together, what is marked as new against the step below, and a change of level."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.analysis.ladder import between, ladder
from kwartier.analysis.marking import Run, marked
from kwartier.errors import Misused
from kwartier.instrument.model import Content
from kwartier.instrument.reading import read_content

SAMPLES = Path(__file__).parents[1] / "samples" / "instruments"
TEXT = (SAMPLES / "kas" / "content.toml").read_text("utf-8")
WORDS = st.lists(
    st.sampled_from(["de", "student", "kan", "vragen,", "stellen.", "Aan", "anderen", "en", "zichzelf"]), max_size=12
)


def content(text: str = TEXT) -> Content:
    return read_content(text.encode(), "content.toml")


def new(runs: tuple[Run, ...]) -> list[str]:
    return [run.text for run in runs if run.new]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def test_equal_texts_that_adjoin_stand_once_and_what_is_new_is_marked() -> None:
    found = {one.item: one for one in ladder(content()).items}
    assert [(rung.words, new(rung.runs)) for rung in found["1.1"].rungs] == [
        ("niveau 1", []),
        ("niveau 2", ["en sla zonder"]),
        ("niveau 3", ["en leert het anderen"]),
    ]
    assert [(rung.words, rung.begins) for rung in found["1.2"].rungs] == [("niveau 1, 2 en 3", False)]


def test_what_is_not_asked_lower_is_new_as_a_whole() -> None:
    (one,) = ladder(content(), ["2.1"]).items
    (rung,) = one.rungs
    assert (rung.words, rung.begins, one.absent) == ("niveau 2 en 3", True, (1,))
    assert rung.runs == (Run(rung.text, True),)
    assert [part.new for part in rung.parts] == [True, True]


def test_an_item_that_is_left_out_for_a_while_is_two_rungs() -> None:
    text = TEXT.replace("when = { niveau = [2, 3] }, statement", "when = { niveau = [1, 3] }, statement")
    (one,) = ladder(content(text), ["2.1"]).items
    assert [(rung.words, rung.begins, new(rung.runs)) for rung in one.rungs] == [
        ("niveau 1", False, []),
        ("niveau 3", False, []),
    ]
    assert one.absent == (2,)


def test_capitals_and_punctuation_make_no_word_new() -> None:
    assert new(marked("De student vraagt, en luistert.", "de student vraagt en Luistert!")) == []
    assert new(marked("Vraagt hulp.", "Vraagt hulp, en geeft hulp.")) == ["en geeft hulp"]
    assert new(marked("iets heel anders", "Een nieuwe tekst.")) == ["Een nieuwe tekst."]


def test_a_short_word_between_new_ones_does_not_break_them_up() -> None:
    assert new(marked("De gids kent de weg.", "De gids wijst iedereen de mooiste route.")) == [
        "wijst iedereen de mooiste route"
    ]


@given(WORDS, WORDS)
def test_the_runs_are_the_text_and_no_word_that_is_new_goes_unmarked(below: list[str], above: list[str]) -> None:
    old, text = " ".join(below), " ".join(above)
    runs = marked(old, text)
    assert "".join(run.text for run in runs) == text
    kept = [word for run in runs if not run.new for word in words(run.text)]
    assert set(kept) <= set(words(old))
    assert new(marked(text, text)) == []


def test_a_change_of_level_says_what_is_the_same_changed_added_and_gone() -> None:
    up = {one.item: one for one in between(content(), "1", 2)}
    assert {item: one.kind for item, one in up.items()} == {"1.1": "changed", "1.2": "same", "2.1": "added"}
    assert (new(up["1.1"].before), new(up["1.1"].after)) == (["met"], ["en sla zonder"])
    down = {one.item: one.kind for one in between(content(), 2, 1)}
    assert down == {"1.1": "changed", "1.2": "same", "2.1": "gone"}


def test_unknown_items_and_levels_and_an_instrument_without_levels_are_refused() -> None:
    with pytest.raises(Misused, match="geen item"):
        ladder(content(), ["1.11"])
    with pytest.raises(Misused, match="geen waarde van niveau"):
        between(content(), 1, 9)
    with pytest.raises(Misused, match="geen ladder") as raised:
        ladder(read_content((SAMPLES / "tuin" / "content.toml").read_bytes(), "tuin"))
    assert raised.value.code == "no-ladder"
