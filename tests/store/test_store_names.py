"""Names and the folder names made from them: never a path, never reserved, never twice the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.errors import Refused
from kwartier.store import names

RESERVED = ["CON", "prn", "Aux", "NUL", *(f"COM{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))]
ANY = st.text(st.characters(exclude_categories=()), max_size=400)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kwadrant", "kwadrant"),
        ("  GGZ  Noord - locatie 2 ", "ggz-noord-locatie-2"),
        ("'s-Hertogenbosch", "s-hertogenbosch"),
        ("Zorg & Wonen/Beschermd", "zorg-wonen-beschermd"),
        ("Café Über Straße", "cafe-uber-strasse"),
        ("../../etc", "etc"),
        ("..", "organisatie"),
        (".", "organisatie"),
        ("", "organisatie"),
        (".verborgen", "verborgen"),
        ("C:\\Users\\x", "c-users-x"),
        ("🦊🦊", "organisatie"),
        ("مستشفى", "organisatie"),
        ("x" * 300, "x" * 60),
        ("x" * 59 + " abc", "x" * 59),
        ("CON", "con-1"),
        ("nul.toml", "nul-toml"),
        ("a\nb\x00c", "a-b-c"),
        ("\ud800", "organisatie"),
    ],
)
def test_slugs(name: str, expected: str) -> None:
    assert names.slug(name) == expected


@given(ANY)
def test_a_slug_is_always_a_safe_folder_name(name: str) -> None:
    made = names.slug(name)
    assert names.is_slug(made)
    assert made.strip("-") == made and 0 < len(made) <= names.MAX_SLUG
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(
    st.lists(st.sampled_from(["Café", "CAFE", "cafe", "Cafe 2", "x" * 70, "X" * 90, "🦊", "con", "CON"]), max_size=25)
)
def test_twins_get_a_number(wanted: list[str]) -> None:
    taken: list[str] = []
    for name in wanted:
        taken.append(names.free_slug(name, taken))
    assert len({one.casefold() for one in taken}) == len(taken)
    assert all(names.is_slug(one) for one in taken)


def test_twins_ignore_case_and_accents() -> None:
    assert names.free_slug("Kwadrant", ["KWADRANT"]) == "kwadrant-2"
    assert names.free_slug("Kwàdrant", ["kwadrant", "Kwadrant-2"]) == "kwadrant-3"


@pytest.mark.parametrize("word", RESERVED)
def test_names_of_devices_are_avoided(word: str) -> None:
    for name in (word, word.lower(), f"{word}.txt", f"{word}.toml"):
        assert names.is_reserved(name)
        assert not names.is_reserved(names.slug(name))
    with pytest.raises(Refused):
        names.safe_code(word.lower())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "empty-name"),
        ("  \u00a0 ", "empty-name"),
        ("\u200b", "empty-name"),
        ("a\nb", "control-character"),
        ("a\tb", "control-character"),
        ("\x1b]52;c;aGE=\x07", "control-character"),
        ("a\x85", "control-character"),
        ("a\u2028b", "control-character"),
        ("a\x7f", "control-character"),
        ("a\ud83d", "half-character"),
        ("a\u202egnp.exe", "bidi-override"),
        ("\u2066a\u2069", "bidi-override"),
        ("x" * 301, "name-too-long"),
    ],
)
def test_names_that_cannot_be_kept_are_refused(name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        names.check_name(name)
    assert refused.value.code == code
    assert refused.value.message and refused.value.advice


@pytest.mark.parametrize(
    "name", ["Kwadrant", "[/a] {x} $y", "🦊", "مستشفى", "x" * 300, " met spatie ", "= 1 + 1", "👩‍⚕️"]
)
def test_any_other_name_is_fine(name: str) -> None:
    names.check_name(name)


@pytest.mark.parametrize("code", ["s1", "1", "a-b", "x" * 40, "plek-3"])
def test_codes(code: str) -> None:
    assert names.safe_code(code) == code


@pytest.mark.parametrize(
    "code", ["", "-a", "S1", "a b", "a.b", "..", "../a", "a/b", "x" * 41, "é", "con", "2026-11-22", "s1\n"]
)
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(Refused) as refused:
        names.safe_code(code)
    assert refused.value.code == "invalid-code"
