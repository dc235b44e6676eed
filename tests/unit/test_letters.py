"""Letters: reading with all mistakes at once, a closed set of fields, values that stay text, and paper of a content."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kwartier_mie
from kwartier.instrument.letters import FIELDS, blank_letter, fields_of, filled, read_letter
from kwartier.instrument.mistakes import Mistaken
from kwartier.instrument.model import Content
from kwartier.instrument.reading import read_content
from kwartier.reports.document import Bullets, Paragraph, Table
from kwartier.reports.letters import letter_document
from kwartier.reports.paper import schedule

HOME = Path(kwartier_mie.__file__).parent
SHIPPED = sorted((HOME / "letters").glob("*.toml"))
DAY = datetime.date(2026, 11, 24)

LETTER = """\
schema = 1
id = "brief"
instrument = "tuin"
title = "Brief van {organisatie}"
per = "participant"

[[block]]
form = "paragraph"
text = "Beste {deelnemer}, tot {datum} om {tijd}."

[[block]]
form = "choices"
items = ["Ja", "Nee"]

[[block]]
form = "room"
label = "Vraag:"
lines = 3

[[block]]
form = "signatures"
rows = ["Deelnemer", "Getuige"]
names = ["{deelnemer}", ""]
"""


@pytest.fixture(scope="module")
def mie() -> Content:
    return read_content((HOME / "content.toml").read_bytes(), "content.toml")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_letter_is_right_and_named_after_its_file(path: Path) -> None:
    letter = read_letter(path.read_bytes(), str(path))
    assert (letter.id, letter.instrument) == (path.stem, "mie")
    assert fields_of(letter)


def test_what_is_known_is_filled_in_and_the_rest_can_be_written(mie: Content) -> None:
    letter = read_letter(LETTER.encode(), "brief.toml")
    values = {"organisatie": "De Hoop", "deelnemer": "Koen", "datum": "24 november 2026"}
    made = letter_document(letter, values, mie, DAY)
    assert made.title == "Brief van De Hoop" and made.contents is False
    told, choices, room, table = made.blocks
    assert isinstance(told, Paragraph) and told.text.startswith("Beste Koen, tot 24 november 2026 om …")
    assert choices == Bullets(("☐ Ja", "☐ Nee"))
    assert isinstance(room, Paragraph) and room.text.startswith("Vraag:\n…") and room.text.count("\n") == 3
    assert isinstance(table, Table) and table.rows[0][:2] == ("Deelnemer", "Koen")
    assert set(table.rows[1][1]) == {"…"}


@given(st.text(), st.text())
def test_a_value_is_never_read_as_a_field(mie_name: str, other: str) -> None:
    told = filled("[{deelnemer}|{contact}]", {"deelnemer": "{contact}" + mie_name, "contact": other}, lambda name: "?")
    assert told == f"[{{contact}}{mie_name}|{other or '?'}]"


@given(st.text(alphabet=st.sampled_from("a\n\r\x00\x1b\u202e\u2028\t ="), max_size=30))
def test_a_value_stays_on_one_line_without_controls(value: str) -> None:
    letter = read_letter(LETTER.encode(), "brief.toml")
    content = read_content((HOME / "content.toml").read_bytes(), "content.toml")
    [told, *_] = letter_document(letter, {"deelnemer": value}, content, DAY).blocks
    assert isinstance(told, Paragraph)
    assert not set(told.text) & set("\n\r\x00\x1b\u202e\u2028\t")


@pytest.mark.parametrize(
    ("old", "new", "line", "found"),
    [
        ("{datum}", "{datun}", 9, "Bedoelde u"),
        ("{datum}", "{", 9, "losse accolade"),
        ("{datum}", "{0.__class__}", 9, "__class__"),
        ('"Ja"', '"{x}"', 13, "{x}"),
        ('names = ["{deelnemer}", ""]', 'names = [""]', 23, "1 namen"),
        ('form = "room"', 'form = "kamer"', 16, "room"),
        ("lines = 3", "lines = 900", 18, "20"),
        ("schema = 1", "schema = 2", 1, "1"),
        ('per = "participant"', "", 9, "deelnemer"),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, line: int, found: str) -> None:
    with pytest.raises(Mistaken) as caught:
        read_letter(LETTER.replace(old, new, 1).encode(), "brief.toml")
    assert f"brief.toml:{line}:" in caught.value.message
    assert found in caught.value.message


def test_all_mistakes_are_told_at_once() -> None:
    wrong = LETTER.replace("{organisatie}", "{a}").replace("{datum}", "{b}").replace('"Nee"', '"{c}"')
    with pytest.raises(Mistaken) as caught:
        read_letter(wrong.encode(), "brief.toml")
    assert len(caught.value.mistakes) == 3


def test_a_letter_to_begin_with_is_right() -> None:
    letter = read_letter(blank_letter("eigen", "tuin").encode(), "eigen.toml")
    assert set(fields_of(letter)) <= set(FIELDS)


@given(st.lists(st.integers(1, 100), max_size=3))
def test_the_minutes_of_the_agenda_add_up(before: list[int]) -> None:
    content = read_content((HOME / "content.toml").read_bytes(), "content.toml")
    table = schedule(content, [("Begin", one) for one in before], [("Eind", 10)])
    minutes = [int(row[2]) for row in table.rows[:-1]]
    assert sum(minutes) == max(120, sum(before) + 10)
    assert min(minutes) >= 0


def test_with_a_time_the_agenda_tells_the_clock(mie: Content) -> None:
    told = [row[0] for row in schedule(mie, [("Begin", 10)], [("Eind", 10)], start="om 23:30 uur").rows]
    assert told[:2] == ["23.30", "23.40"] and told[-1] == "01.30"
    assert schedule(mie, [], [], start="in de middag").rows[0][0] == "0:00"
