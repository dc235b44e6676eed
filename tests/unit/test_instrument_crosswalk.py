"""Reading crosswalk.toml: every mistake at once with its line, and the other instrument only where it is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.instrument.crosswalk import Crosswalk, read_crosswalk
from kwartier.instrument.mistakes import Mistaken
from kwartier.instrument.model import Content
from kwartier.instrument.reading import read_content

SAMPLES = Path(__file__).parents[1] / "samples" / "instruments"


def content(name: str) -> Content:
    return read_content((SAMPLES / name / "content.toml").read_bytes(), name)


OWN, OTHER = content("gaard"), content("tuin")
TEXT = (SAMPLES / "gaard" / "crosswalk.toml").read_text("utf-8")
HEAD = 'schema = 1\nwith = "tuin"\n'
PAIR = '[[pair]]\nown = "1a"\nother = "1"\nrelation = "same"\nreason = "Omdat."\n'


def read(text: str, *, installed: bool = True) -> Crosswalk:
    return read_crosswalk(
        text.encode(), "kruis.toml", "gaard", OWN, lambda name: OTHER if installed and name == "tuin" else None
    )


def mistakes(text: str, *, installed: bool = True) -> list[str]:
    with pytest.raises(Mistaken) as raised:
        read(text, installed=installed)
    return [one.message() for one in raised.value.mistakes]


def test_the_sample_can_be_read() -> None:
    found = read(TEXT)
    assert found.with_ == "tuin"
    assert [(one.own, one.other, one.relation) for one in found.pair] == [
        ("1a", "1", "same"),
        ("2a", "2", "narrower"),
        ("2a", "3", "broader"),
    ]
    assert [(one.own, one.other) for one in found.alone] == [("3a", ""), ("", "4")]


def test_every_mistake_is_told_with_its_line() -> None:
    text = (
        HEAD
        + '[[pair]]\nown = "9z"\nother = "77"\nrelation = "same"\nreason = "Zomaar."\n'
        + PAIR
        + PAIR
        + '[[alone]]\nreason = "Niets genoemd."\n'
        + '[[alone]]\nown = "1a"\nreason = "Staat al in een paar."\n'
    )
    told = mistakes(text)
    assert [one.split(":")[1] for one in told] == ["4", "5", "13", "18", "21"]
    assert "9z" in told[0] and "items van dit instrument" in told[0]
    assert "77" in told[1] and "items van tuin" in told[1]
    assert "1a – 1" in told[2]
    assert "own, of other" in told[3]
    assert "ook in een paar" in told[4]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD, "geen enkel item"),
        ('schema = 1\nwith = "gaard"\n' + PAIR, "een ander instrument"),
        ("schema = 1\n" + PAIR, "with"),
        ('schema = 2\nwith = "tuin"\n' + PAIR, "schema"),
        (HEAD + PAIR.replace("same", "gelijk"), "relation"),
        (HEAD + PAIR.replace('reason = "Omdat."\n', ""), "reason"),
        (HEAD + PAIR.replace('"Omdat."', '""'), "reason"),
        (HEAD + PAIR + "weight = 2\n", "weight"),
        (HEAD + PAIR.replace("Omdat.", "Om\\u001bdat."), "stuurtekens"),
        (HEAD + '[[alone]]\nown = "3a"\nother = "4"\nreason = "Beide."\n', "een van beide"),
        (HEAD + '[[alone]]\nown = "3a"\nreason = "Een."\n[[alone]]\nown = "3a"\nreason = "Twee."\n', "nog een keer"),
        (HEAD + "[[pair]\n", "geldige TOML"),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    assert any(said in one for one in mistakes(text))


def test_items_of_an_instrument_that_is_not_there_are_not_looked_for() -> None:
    text = HEAD + PAIR.replace('other = "1"', 'other = "77"')
    assert read(text, installed=False).pair[0].other == "77"
    assert len(mistakes(text)) == 1
    assert len(mistakes(text.replace("1a", "zz"), installed=False)) == 1


@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_it_is_a_crosswalk_or_a_mistake(data: bytes) -> None:
    looked: Callable[[str], Content | None] = lambda name: OTHER  # noqa: E731
    try:
        read_crosswalk(data, "kruis.toml", "gaard", OWN, looked)
    except Mistaken as error:
        assert error.mistakes
