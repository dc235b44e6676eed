"""Official wording over kwartier's: the template, what does not fit, what is still missing, and laying it over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from kwartier.instrument.mistakes import Mistaken
from kwartier.instrument.model import Content, Header
from kwartier.instrument.reading import read_content, read_header
from kwartier.instrument.selection import for_parameters, item
from kwartier.instrument.wording import (
    Finding,
    Overlay,
    check_overlay,
    lay_over,
    overlay_of,
    read_overlay,
    template,
)

SAMPLES = Path(__file__).parents[1] / "samples" / "instruments"
NAMES = ("tuin", "route")


def sample(name: str) -> tuple[Header, Content]:
    folder = SAMPLES / name
    header = read_header((folder / "instrument.toml").read_bytes(), "instrument.toml")
    return header, read_content((folder / "content.toml").read_bytes(), "content.toml")


def overlay(text: str, instrument: str = "tuin", edition: str = "2020") -> Overlay:
    return read_overlay(f'instrument = "{instrument}"\nedition = "{edition}"\n{text}'.encode(), "teksten.toml")


def errors(found: list[Finding]) -> list[str]:
    return [each.text for each in found if each.level == "error"]


def filled(value: Any, key: str = "") -> Any:
    """The tree with every empty text filled in, each with its own words."""
    if isinstance(value, dict):
        return {name: filled(each, f"{key}/{name}") for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, f"{key}/{number}") for number, each in enumerate(value)]
    return f"officieel {key}" if value == "" else value


@pytest.mark.parametrize("name", NAMES)
def test_the_empty_template_fits_and_changes_nothing(name: str) -> None:
    header, content = sample(name)
    empty = read_overlay(template(header, content).encode(), "teksten.toml")
    assert not errors(check_overlay(empty, header, content))
    assert lay_over(content, empty) == content
    assert [each.id for each in empty.item] == [each.id for each in content.items()]


@pytest.mark.parametrize("name", NAMES)
def test_the_filled_template_is_complete_and_replaces_every_text(name: str) -> None:
    header, content = sample(name)
    full = overlay_of(filled(tomli.loads(template(header, content))), "teksten.toml")
    assert check_overlay(full, header, content) == []
    for each in lay_over(content, full).items():
        assert each.statement.startswith("officieel") or (each.texts and not each.statement)
        assert all(text.startswith("officieel") for text in each.anchors)
        assert all(prompt.text.startswith("officieel") for prompt in each.prompts)
        assert all(part.title.startswith("officieel") for part in each.parts)
        for variant in each.texts:
            assert all(text.startswith("officieel") for text in (variant.statement, *variant.anchors))


@pytest.mark.parametrize("name", NAMES)
def test_the_template_tells_what_each_text_is_and_gives_none_away(name: str) -> None:
    header, content = sample(name)
    text = template(header, content)
    for each in content.items():
        assert f"# {each.title} ({each.source})" in text
        for own in (each.statement, *each.anchors, *(prompt.text for prompt in each.prompts)):
            assert not own or own not in text


def test_a_title_with_anything_in_it_stays_inside_its_comment() -> None:
    header, content = sample("tuin")
    odd = msgspec.structs.replace(header, title="a\nid = 1", edition='2"\\')
    assert read_overlay(template(odd, content).encode(), "t").edition == '2"\\'


def test_a_partial_overlay_replaces_what_it_has_and_says_what_it_lacks() -> None:
    header, content = sample("tuin")
    partial = overlay(
        """
        [[item]]
        id = "1"
        anchors = ["een", "", "drie", "", ""]
        prompts = [{ id = "2", text = "Officiële vraag?" }]
        [[item]]
        id = "4"
        statement = "Officiële stelling."
        """
    )
    assert [each.text for each in check_overlay(partial, header, content)] == [
        "De officiële tekst is volledig voor 1 van 5 items; elders staat die van kwartier.",
        "Item 1 (De bodem onder de planten) mist nog: de stelling, 3 van 5 omschrijvingen, interviewvraag 1.",
        "Item 2 (Water bij droogte) staat er nog niet in.",
        "Item 3 (Samen tuinieren) staat er nog niet in.",
        "Item 5 (Nieuwe tuiniers) staat er nog niet in.",
    ]
    laid = lay_over(content, partial)
    own = item(content, "1")
    assert item(laid, "1").anchors == ("een", own.anchors[1], "drie", *own.anchors[3:])
    assert [prompt.text for prompt in item(laid, "1").prompts] == [own.prompts[0].text, "Officiële vraag?"]
    assert item(laid, "4").statement == "Officiële stelling."
    assert item(laid, "2") == item(content, "2")


def test_a_text_for_a_level_is_laid_over_before_the_level_is_chosen() -> None:
    header, content = sample("route")
    text = '[[item]]\nid = "1.1"\ntexts = [{ when = { niveau = [4, 3] }, statement = "Officieel." }]'
    given_text = overlay(text, "route", "2e druk")
    assert not errors(check_overlay(given_text, header, content))
    laid = lay_over(content, given_text)
    for level, words in ((2, "Vindt met hulp"), (3, "Officieel."), (4, "Officieel."), (5, "Tekent zelf")):
        assert item(for_parameters(laid, {"niveau": level, "fase": "eind"}), "1.1").statement.startswith(words)


def test_official_descriptions_may_stand_where_kwartier_has_none() -> None:
    header, content = sample("tuin")
    full = overlay('[[item]]\nid = "4"\nanchors = ["a", "b", "c", "d", "e"]')
    assert not errors(check_overlay(full, header, content))
    assert item(lay_over(content, full), "4").anchors == ("a", "b", "c", "d", "e")
    half = overlay('[[item]]\nid = "4"\nanchors = ["a", "", "", "", ""]')
    assert lay_over(content, half) == content


TOO_MUCH = [
    ('[[item]]\nid = "12"', 'Item "12" bestaat niet'),
    ('[[item]]\nid = "1"\nprompts = [{ id = "7" }]', 'Interviewvraag "7" bestaat niet bij item 1; wel "1" of "2".'),
    ('[[item]]\nid = "1"\nparts = [{ id = "a" }]', 'Onderdeel "a" bestaat niet bij item 1'),
    ('[[item]]\nid = "1"\nanchors = ["a", "b"]', "Item 1 heeft 2 omschrijvingen; het moeten er 5 zijn"),
    ('[[item]]\nid = "1"\ntexts = [{ when = { niveau = [2] } }]', "Item 1 heeft geen tekst voor niveau 2."),
]


@pytest.mark.parametrize(("text", "words"), TOO_MUCH)
def test_what_the_instrument_does_not_have_is_an_error_and_is_not_laid_over(text: str, words: str) -> None:
    header, content = sample("tuin")
    wrong = overlay(text)
    (error,) = errors(check_overlay(wrong, header, content))
    assert words in error
    assert lay_over(content, wrong) == content


def test_a_text_for_all_levels_where_each_has_its_own_is_an_error() -> None:
    header, content = sample("route")
    wrong = overlay('[[item]]\nid = "1.1"\nstatement = "x"', "route", "2e druk")
    assert "[[item.texts]]" in errors(check_overlay(wrong, header, content))[0]
    assert lay_over(content, wrong) == content


def test_another_instrument_or_edition_is_an_error() -> None:
    header, content = sample("tuin")
    assert errors(check_overlay(overlay("", "route"), header, content)) == [
        'Dit zijn teksten voor "route", niet voor "tuin".'
    ]
    assert errors(check_overlay(overlay("", "tuin", "1999"), header, content)) == [
        'Dit zijn teksten van de uitgave "1999"; kwartier volgt "2020".'
    ]


def test_mistakes_in_an_overlay_are_told_at_once_with_their_lines() -> None:
    text = (
        '[[item]]\nid = "1"\nstatment = "x"\n[[item]]\nid = 2\nanchors = "x"\n[[item]]\nid = "3"\nstatement = "\\u202e"'
    )
    with pytest.raises(Mistaken) as caught:
        overlay(text)
    assert [(each.place, each.path) for each in caught.value.mistakes] == [
        ("teksten.toml:5", "item 1 > statment"),
        ("teksten.toml:7", "item nr. 2 > id"),
        ("teksten.toml:8", "item nr. 2 > anchors"),
        ("teksten.toml:11", "item 3 > statement"),
    ]
    with pytest.raises(Mistaken, match='nog een keer "1"'):
        overlay('[[item]]\nid = "1"\n[[item]]\nid = "1"')


TEXTS = st.sampled_from(["", "x", "y"])
ROWS: dict[str, st.SearchStrategy[list[dict[str, str]]]] = {
    key: st.lists(st.fixed_dictionaries({"id": st.sampled_from(["1", "2", "a"]), text: TEXTS}), max_size=2).map(
        lambda rows: [*{row["id"]: row for row in rows}.values()]
    )
    for key, text in (("prompts", "text"), ("parts", "title"))
}
IDS = st.sampled_from(["1", "2", "4", "1.1", "9", "a"])
OPTIONAL: dict[str, st.SearchStrategy[Any]] = {"statement": TEXTS, "anchors": st.lists(TEXTS, max_size=6), **ROWS}
WORDINGS: st.SearchStrategy[dict[str, Any]] = st.builds(
    lambda id, rest: {"id": id, **rest}, IDS, st.fixed_dictionaries({}, optional=OPTIONAL)
)


@given(st.sampled_from(NAMES), st.lists(WORDINGS, max_size=3, unique_by=lambda each: str(each["id"])))
def test_laying_anything_over_keeps_the_instrument_whole(name: str, rows: list[dict[str, Any]]) -> None:
    header, content = sample(name)
    tree = {"instrument": name, "edition": header.edition, "item": rows}
    laid = lay_over(content, read_overlay(tomli_w.dumps(tree).encode(), "t"))
    assert read_content(tomli_w.dumps(msgspec.to_builtins(laid)).encode(), "content.toml") == laid
    assert lay_over(laid, overlay_of(tree, "t")) == laid
