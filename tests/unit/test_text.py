"""Cleaning of texts for screens and reports."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.text import cells, clean, one_line

# every character, surrogates too, with what is dangerous more often
ANY = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("\x1b\x07\r\n\t\x0b\x85\x9b\u202e\u2066\u2028\u200d\ufe0f\ud83d\ufeffab "),
    )
)
DANGEROUS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufeff\ufffe\uffff]")


@given(ANY)
def test_nothing_dangerous_is_left(text: str) -> None:
    assert not DANGEROUS.search(clean(text))
    clean(text).encode("utf-8")


@given(ANY)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    "text",
    [
        "Gewone tekst, met een tab\ten een\nnieuwe regel.",
        "één café, ‘aanhalingen’ – en €",
        "👩‍👩‍👧‍👦 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️",
        "שלום עולם, مرحبا بالعالم",
        "tekst\u200f met richting\u200e",
        "",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;aGFsbG8=\x07", "�]52;c;aGFsbG8=�"),
        ("\x9b31m", "�31m"),
        ("a\r\nb\rc\x0bd\u2028e\x0cf\x85g", "a\nb\nc\nd\ne\nf\ng"),
        ("factuur\u202egpj.exe", "factuurgpj.exe"),
        ("\u2067abc\u2069", "abc"),
        ("\ud83d los", "� los"),
        ("\ufeffbegin\x00", "begin�"),
    ],
)
def test_what_is_unsafe_is_shown_or_dropped(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(ANY, st.integers(-1, 30))
def test_one_line_fits_and_is_one_line(text: str, width: int) -> None:
    line = one_line(text, width)
    assert cells(line) <= max(width, 0)
    assert not re.search(r"[\n\t]", line)


@pytest.mark.parametrize(
    ("text", "width", "line"),
    [
        ("Kwadrant", 8, "Kwadrant"),
        ("Kwadrant", 7, "Kwadra…"),
        ("een\n\n  twee\tdrie", 20, "een twee drie"),
        ("een twee", 5, "een…"),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("cafe\u0301s", 5, "cafe\u0301s"),
        ("cafe\u0301s en", 5, "cafe\u0301…"),
        ("👩‍👧 a", 3, "👩…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_one_line_is_cut_by_cells(text: str, width: int, line: str) -> None:
    assert one_line(text, width) == line
