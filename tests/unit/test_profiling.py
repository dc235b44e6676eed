"""Programme profiles: every mistake at once with its line, laid over a content, linked, and what is not linked yet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from kwartier.errors import Misused
from kwartier.instrument.mistakes import Mistaken
from kwartier.instrument.model import Content, Profile
from kwartier.instrument.profile_template import template
from kwartier.instrument.profiling import (
    items_of,
    known_part,
    lay,
    linked,
    outcomes_of,
    profile_of,
    read_profile,
    study_load,
    unlinked,
)
from kwartier.instrument.reading import content_of, read_content, read_header
from kwartier.records.canonical import digest

ROOT = Path(__file__).parents[2]
KAS = ROOT / "tests" / "samples" / "instruments" / "kas"
SOURCE = (KAS / "content.toml").read_bytes()
TREE = tomli.loads(SOURCE.decode())
CONTENT = read_content(SOURCE, "kas")
ORDER = ("1.1", "1.2", "2.1")
PAGE = (ROOT / "docs" / "developers" / "profiles.md").read_text("utf-8")
(EXAMPLE,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def contents(instrument: str) -> Content | None:
    return CONTENT if instrument == "kas" else None


def read(text: str = EXAMPLE) -> Profile:
    return read_profile(text.encode(), "profiel.toml", ["kas"], contents)[0]


def mistakes(text: str) -> list[tuple[int, str]]:
    with pytest.raises(Mistaken) as raised:
        read(text)
    return [(int(one.place.rpartition(":")[2]), f"{one.found} {one.hint}".strip()) for one in raised.value.mistakes]


def test_the_example_of_the_page_for_developers_can_be_read() -> None:
    found = read()
    assert (found.id, study_load(found), outcomes_of(found, "1.1")) == ("glasschool", 15, ("b1", "b2"))
    assert items_of(found, "b1", CONTENT) == ("1.1", "1.2")
    left = unlinked(found, CONTENT)
    assert (left.items, left.outcomes) == (("2.1",), ("b3",))


def test_sections_say_which_items_are_to_be_linked() -> None:
    assert unlinked(read(EXAMPLE.replace("[[task]]", 'sections = ["1"]\n[[task]]', 1)), CONTENT).items == ()


def test_all_mistakes_are_told_at_once_each_with_its_line() -> None:
    text = """schema = 2
id = "con"
instrument = "kas"
title = "Fout"
when = { niveau = [1, 9] }
sections = ["7"]
link = [
    { outcome = "u1", item = "1.1" },
    { outcome = "u1", item = "1.1" },
    { outcome = "u2", item = "1.11" },
    { outcome = "u1", item = "2.1" },
]
scale = "standen"
option = [{ value = "ja", key = "j" }, { value = "nee", key = "j" }, { value = "ja" }]
[[outcome]]
id = "u1"
title = "Een"
task = "t"
[[outcome]]
id = "u1"
title = "Nog een"
[[module]]
id = "m"
title = "Module"
ec = -1
outcomes = ["u3"]
"""
    assert mistakes(text) == [
        (1, "2"),
        (2, '"con"'),
        (5, "9"),
        (6, '"7"'),
        (9, 'nog een keer "1.1 bij u1"'),
        (10, '"u2"'),
        (10, '"1.11" Bedoelde u "1.1"?'),
        (11, '"2.1", dat bij niveau 1 of 9 niet wordt gevraagd'),
        (13, '"standen" Bedoelde u "stand"?'),
        (14, 'nog een keer "ja"'),
        (14, 'nog een keer "j"'),
        (18, '"t"'),
        (20, 'nog een keer "u1"'),
        (25, "-1"),
        (26, '"u3"'),
    ]


def test_an_unknown_instrument_and_an_unknown_key_are_mistakes() -> None:
    assert mistakes(EXAMPLE.replace('"kas"', '"kast"')) == [(3, '"kast" Bedoelde u "kas"?')]
    assert [line for line, _ in mistakes("kleur = 1\n" + EXAMPLE)] == [1]


def test_answers_must_fit_the_texts_that_stand_beside_them() -> None:
    text = SOURCE.decode().replace(
        'statement = "De leerling geeft', 'anchors = ["a", "b", "c"]\nstatement = "De leerling geeft'
    )
    four = EXAMPLE.replace("[[task]]", 'scale = "stand"\noption = [{ value = "a" }, { value = "b" }]\n[[task]]', 1)
    own = read_content(text.encode(), "kas")
    with pytest.raises(Mistaken, match="niet meer past"):
        read_profile(four.encode(), "profiel.toml", ["kas"], lambda name: own)


def test_laid_over_a_content_it_sets_the_answers_and_leaves_the_rest() -> None:
    text = EXAMPLE.replace(
        "[[task]]", 'scale = "stand"\noption = [{ value = "op-weg", key = "o" }, { value = "er" }]\n[[task]]', 1
    )
    before = digest(TREE)
    laid = lay(TREE, read(text))
    content = content_of(laid, "kas")
    assert [one.value for one in content.scale[0].options] == ["op-weg", "er"]
    assert content.scale[0].missing == CONTENT.scale[0].missing
    assert content.section == CONTENT.section and content.profile == read(text)
    assert digest(TREE) == before != digest(laid)
    assert {key: one for key, one in lay(TREE, read()).items() if key != "profile"} == TREE


def test_the_file_to_begin_with_is_right_as_it_stands_and_with_a_link_opened() -> None:
    text = template(read_header((KAS / "instrument.toml").read_bytes(), "kas"), CONTENT)
    assert read(text).id == "opleiding"
    opened = re.sub(r"# (\{ outcome.*)", r"\1", text).replace("# scale", "scale")
    opened = re.sub(r"# (option = \[|\]$|  \{ value.*)", r"\1", opened, flags=re.MULTILINE)
    found = read(opened)
    assert [one.item for one in found.link] == [*ORDER]
    assert [one.value for one in found.option] == ["nog-niet", "deels", "aangetoond"]


@given(st.sampled_from(ORDER), st.lists(st.sampled_from(["b1", "b2", "b3"])))
def test_linking_sets_the_outcomes_of_one_item_and_touches_no_other(item: str, outcomes: list[str]) -> None:
    tree = {**tomli.loads(EXAMPLE), "kleur": "groen"}
    after = linked(tree, item, outcomes, ORDER)
    found, was = read_tree(after), read()
    assert set(outcomes_of(found, item)) == set(outcomes)
    for other in set(ORDER) - {item}:
        assert outcomes_of(found, other) == outcomes_of(was, other)
    assert after["kleur"] == "groen"
    assert linked(after, item, outcomes, ORDER) == after


def read_tree(tree: dict[str, object]) -> Profile:
    return profile_of(known_part(tree), "profiel.toml", ["kas"], contents)


def test_linking_what_does_not_exist_is_refused() -> None:
    tree = tomli.loads(EXAMPLE)
    with pytest.raises(Misused, match="niet gevraagd"):
        linked(tree, "9", ["b1"], ORDER)
    with pytest.raises(Misused, match="geen uitkomst"):
        linked(tree, "1.1", ["b1", "b9"], ORDER)
