"""The outcomes of the leerplan: as many per level and per line as published, and each text at its own levels."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomli

from kwartier.api import Content, Item
from kwartier.testing import loose_texts

FOLDER = Path(__file__).parents[1] / "src" / "kwartier_leerplan"
LEVELS = (2, 3, 4, 5, 6, 7)
LINES = ("1", "2", "3.1", "3.2", "3.3")
OUTCOMES = {
    # per line and group: which levels share one text
    "1": ["2|345|6|7", "2|3456|7", "2|3|456|7", "2|34|5|6|7", "2|3|4|56|7", "2|34|56|7"],
    "2": ["2|3|45|6|7", "34|56|7", "2|34|56|7"],
    "3.1": ["23|45|6|7", "234|5|6|7", "2|3|4567", "2|34|56|7", "234|5|6|7", "56|7"],
    "3.2": ["2|3|4|5|6|7", "2|34|5|6|7", "2|3|4|5|6|7", "2|3|4|5|6|7", "5|6|7"],
    "3.3": ["2|3|4|56|7", "234|56|7", "2|3|4|5|6|7", "234|5|6|7", "5|6|7"],
}
PER_LEVEL = {2: 21, 3: 22, 4: 22, 5: 25, 6: 25, 7: 25}
PER_LINE = {
    # per line: how many outcomes at the levels 2 to 7
    "1": (6, 6, 6, 6, 6, 6),
    "2": (2, 3, 3, 3, 3, 3),
    "3.1": (5, 5, 5, 6, 6, 6),
    "3.2": (4, 4, 4, 5, 5, 5),
    "3.3": (4, 4, 4, 5, 5, 5),
}
SHORT = 28
"""Columns that a short title may take in a list."""

ASPECT = 100
"""Columns that an aspect may take, so that it can be read at a glance."""


def parsed(name: str) -> dict[str, Any]:
    return tomli.loads((FOLDER / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def content() -> Content:
    return msgspec.convert(parsed("content.toml"), Content)


@pytest.fixture(scope="module")
def items(content: Content) -> dict[str, Item]:
    return {item.id: item for item in content.items()}


def text_at(item: Item, level: int) -> str:
    """The one text of an item at a level, or nothing where it is not asked there."""
    found = [text.statement for text in item.texts if level in text.when["niveau"]]
    assert len(found) <= 1, f"{item.id} has {len(found)} texts at level {level}"
    return next(iter(found), item.statement)


def test_levels_share_texts_as_published(content: Content) -> None:
    found = {
        section.id: ["|".join("".join(map(str, text.when["niveau"])) for text in item.texts) for item in section.item]
        for section in content.section
        if section.id in LINES
    }
    assert found == OUTCOMES


def test_every_level_has_as_many_outcomes_as_published(content: Content) -> None:
    per_line = {
        section.id: tuple(sum(bool(text_at(item, level)) for item in section.item) for level in LEVELS)
        for section in content.section
        if section.id in LINES
    }
    assert per_line == PER_LINE
    assert {level: sum(counts[n] for counts in per_line.values()) for n, level in enumerate(LEVELS)} == PER_LEVEL


def test_one_text_that_serves_several_levels_stands_once(content: Content) -> None:
    said = Counter(text.statement.casefold() for item in content.items() for text in item.texts)
    assert [text for text, times in said.items() if times > 1] == []
    assert [item.id for item in content.items() if item.statement] == ["4.1", "4.2", "4.3"]


def test_levels_four_to_six_share_a_text_with_an_addition_for_five_and_six(items: dict[str, Item]) -> None:
    four, five = text_at(items["1.5"], 4), text_at(items["1.5"], 5)
    assert five == text_at(items["1.5"], 6)
    assert five.startswith(f"{four} ") and "breder werkterrein" in five.removeprefix(four)
    assert "breder" not in four


def test_the_sentence_of_level_two_that_is_printed_twice_is_asked_once(items: dict[str, Item]) -> None:
    assert text_at(items["2.3"], 2) == "De student kan zeggen waarom ervaringskennis van belang is."
    assert "waarom ervaringskennis van belang" not in text_at(items["2.1"], 2)
    assert text_at(items["2.2"], 2) == ""


def test_a_higher_level_builds_on_the_one_below(items: dict[str, Item]) -> None:
    """Where the publication repeats a level and adds to it, the ladder has only the addition to mark."""
    for id, lower, higher in (
        ("1.2", 6, 7),
        ("1.4", 6, 7),
        ("1.6", 4, 5),
        ("3.2.1", 4, 5),
        ("3.2.2", 4, 5),
        ("3.2.3", 6, 7),
        ("3.2.4", 4, 5),
        ("3.2.4", 5, 6),
        ("3.2.4", 6, 7),
        ("3.3.1", 4, 5),
        ("3.3.2", 6, 7),
        ("3.3.5", 5, 6),
    ):
        below, above = text_at(items[id], lower), text_at(items[id], higher)
        assert above.startswith(below.removesuffix(".")) and len(above) > len(below), (id, lower, higher)


def test_the_fourth_line_has_three_themes_with_six_six_and_three_aspects(content: Content) -> None:
    practice = next(section for section in content.section if section.id == "4")
    assert practice.part_word == "aspecten"
    assert [(item.id, len(item.parts)) for item in practice.item] == [("4.1", 6), ("4.2", 6), ("4.3", 3)]
    parts = [part for item in practice.item for part in item.parts]
    assert all(not part.scale and not part.when for part in parts)
    assert all(len(part.title) <= ASPECT and not part.title.endswith(".") for part in parts)
    assert [item.id for item in content.items() if item.parts] == ["4.1", "4.2", "4.3"]


def test_the_themes_say_at_which_levels_they_are_published(content: Content) -> None:
    for item in next(section for section in content.section if section.id == "4").item:
        assert item.texts == () and not item.when
        assert "Gepubliceerd voor niveau 4 en 5; op de andere niveaus biedt kwartier" in item.statement


def test_every_item_has_its_place_and_a_short_title_of_its_own(content: Content, items: dict[str, Item]) -> None:
    assert [section.id for section in content.section] == [*LINES, "4"]
    assert list(items) == [f"{s.id}.{n}" for s in content.section for n in range(1, len(s.item) + 1)]
    assert len({item.source for item in items.values()}) == len(items) == 28
    assert all(item.source.startswith("Leerplan 2022, ") and item.scale == "stand" for item in items.values())
    shorts = [item.short for item in items.values()]
    assert all(0 < len(short) <= SHORT for short in shorts) and len(set(shorts)) == len(shorts)


def test_every_text_is_about_the_student_and_ends_as_a_sentence(content: Content) -> None:
    for item in content.items():
        for statement in filter(None, (item.statement, *(text.statement for text in item.texts))):
            assert statement.startswith("De student ") and statement.endswith((".", ".)")), item.id


@pytest.mark.parametrize("name", ["instrument.toml", "content.toml", "programmes/mex.toml"])
def test_no_text_is_empty_or_badly_joined(name: str) -> None:
    """A line joined without its space, or with two, is easily overlooked in a file of multi-line strings."""
    assert list(loose_texts(parsed(name))) == []
