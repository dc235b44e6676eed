"""Notes on some scales, texts that are shown while scoring, items beside others, kinds of sources: what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.workspace.goals import with_goals

from kwartier.instrument.mistakes import Mistake, Mistaken
from kwartier.instrument.model import Content, NotesStep, ScoreStep
from kwartier.instrument.reading import read_content
from kwartier.instrument.selection import items_of, step

TUIN = (Path(__file__).parents[1] / "samples" / "instruments" / "tuin" / "content.toml").read_text("utf-8")
GOALS = with_goals(TUIN)


def read(text: str) -> Content:
    return read_content(text.encode(), "content.toml")


def mistakes(text: str) -> tuple[Mistake, ...]:
    with pytest.raises(Mistaken) as caught:
        read(text)
    return caught.value.mistakes


def test_a_notes_step_is_about_the_items_on_its_scales() -> None:
    content = read(GOALS)
    assert [item.id for item in items_of(content, step(content, "doelen"))] == ["1", "2", "3", "4", "5"]
    assert [item.id for item in items_of(content, step(content, "scoren"))] == ["1", "1b", "2", "3", "4", "5"]
    notes, scored = step(content, "doelen"), step(content, "scoren")
    assert isinstance(notes, NotesStep) and notes.scales == ("staat",)
    assert isinstance(scored, ScoreStep) and scored.shows == ("doelen",)


def test_an_unused_scale_is_no_ground_for_a_notes_step() -> None:
    unused = GOALS.replace(
        'id = "doel"\n', 'id = "los"\nkind = "nominal"\noptions = [{ value = "x" }]\n\n[[scale]]\nid = "doel"\n', 1
    )
    found = mistakes(unused.replace('label = "doel"\nscales = ["staat"]', 'label = "doel"\nscales = ["los"]'))
    assert [(one.path, "geen enkel item" in one.message()) for one in found] == [("step doelen > scales", True)]


# What is changed, and the one mistake it makes: its path and words of its message.
BROKEN = [
    (
        'label = "doel"\nscales = ["staat"]',
        'label = "doel"\nscales = ["stat"]',
        "step doelen > scales nr. 1",
        '"staat"',
    ),
    ('"doel"\nscales = ["staat"]', '"doel"\nscales = ["staat", "staat"]', "doelen > scales nr. 2", "nog een keer"),
    ('shows = ["doelen"]', 'shows = ["gegevens"]', "step scoren > shows nr. 1", 'form = "notes"'),
    ('shows = ["doelen"]', 'shows = ["weg"]', "step scoren > shows nr. 1", "een stap die er niet is"),
    ('shows = ["doelen"]', 'shows = ["toelichting"]', "step scoren > shows nr. 1", "nog een keer"),
    ('shows = ["doelen"]', 'shows = ["doelen", "doelen"]', "step scoren > shows nr. 2", "nog een keer"),
    ('shows = ["doelen"]', 'shows = ["scoren"]', "step scoren > shows nr. 1", "deze stap zelf"),
    ('beside = "1"', 'beside = "1b"', "item 1b > beside", '"1"'),
    ('beside = "1"', 'beside = "9"', "item 1b > beside", "andere items"),
    ('"foto", "rondgang"', '"foto", "foto"', "step bronnen > kinds nr. 3", "nog een keer"),
    ('"foto", "rondgang"', '"foto", " "', "step bronnen > kinds nr. 3", "een lege tekst"),
    ('kinds = ["document"', 'label = " "\nkinds = ["document"', "step bronnen > label", "een lege tekst"),
]


@pytest.mark.parametrize(("old", "new", "path", "words"), BROKEN)
def test_each_mistake_is_told_once_at_its_place(old: str, new: str, path: str, words: str) -> None:
    assert GOALS.count(old) == 1
    found = mistakes(GOALS.replace(old, new))
    assert len(found) == 1, found
    assert path in found[0].path and words in found[0].message()


def test_texts_that_are_shown_are_always_there() -> None:
    when = 'form = "notes"\ntitle = "Doelen"\nwhen = { meting = [1] }'
    text = GOALS.replace('form = "notes"\ntitle = "Doelen"', when)
    text = text.replace(
        "schema = 1\n", 'schema = 1\n\n[[parameter]]\nid = "meting"\ntitle = "Meting"\nvalues = [1, 2]\n', 1
    )
    found = mistakes(text)
    assert [one.path for one in found] == ["step scoren > shows nr. 1"]
    assert "niet altijd gedaan" in found[0].message()
