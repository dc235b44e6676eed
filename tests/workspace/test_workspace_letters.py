"""Letters of one's own over those of an instrument, and what a letter of a record says of whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kwartier.errors import Misused, Refused
from kwartier.instrument.mistakes import Mistaken
from kwartier.reports import markdown
from kwartier.reports.paper import kinds
from kwartier.workspace import Workspace

if TYPE_CHECKING:
    from tests.workspace.conftest import Garden

LETTER = """\
schema = 1
id = "bericht"
instrument = "tuin"
title = "Bericht"
per = "participant"

[[block]]
form = "paragraph"
text = "Beste {deelnemer} van {organisatie}, op {datum} komen {auditors}. Vragen: {contact}"
"""


def letter(garden: Garden, text: str = LETTER) -> Path:
    path = garden.home / "bericht.toml"
    path.write_text(text, "utf-8")
    return path


def begun(garden: Garden, ws: Workspace, *names: str) -> tuple[str, list[str]]:
    """A record with these participants, and their codes."""
    ref = garden.begin(ws)
    role = ws.people_step(ref).roles[0]
    return ref, [ws.add_participant(ref, role, name=name) for name in names]


def test_every_paper_of_an_instrument_is_made_without_letters_of_its_own(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        offered = ws.letters("tuin")
        assert {one.id for one in offered} == {*kinds(ws.content("tuin")), "vragenlijst"}
        assert all(one.paper for one in offered)
        for one in offered:
            made = ws.letter(ref, one.id)
            assert made.blocks and not made.contents
        told = markdown.write(ws.letter(ref, "scoreformulier"))
        assert all(item.title in told for item in ws.content("tuin").items())


def test_a_letter_names_the_one_that_it_is_for_and_no_other_participant(garden: Garden) -> None:
    with garden.open() as ws:
        ref, [first, second] = begun(garden, ws, "Klaartje Vos", "Berend Hazelaar")
        ws.use_letter(letter(garden))
        told = markdown.write(ws.letter(ref, "bericht", who="Klaartje Vos"))
        assert "Klaartje Vos" in told and "Berend" not in told
        assert ws.letter(ref, "bericht", who=first) == ws.letter(ref, "bericht", who="Klaartje Vos")
        blank = markdown.write(ws.letter(ref, "bericht"))
        assert "Klaartje" not in blank and "Berend" not in blank and "Beste …" in blank
        made = ws.letters_for_all(ref, "bericht", {"contact": "06"})
        assert [one.code for one in made] == [first, second]
        for one, own, other in zip(made, ("Klaartje", "Berend"), ("Berend", "Klaartje"), strict=True):
            text = markdown.write(one.document)
            assert own in text and other not in text and "Vragen: 06" in text


def test_who_said_no_gets_no_letter_and_an_erased_name_is_gone(garden: Garden) -> None:
    with garden.open() as ws:
        ref, codes = begun(garden, ws, "Klaartje Vos", "Berend Hazelaar", "Jan Populier")
        ws.use_letter(letter(garden))
        ws.withdraw(ref, codes[0])
        ws.erase_person(ref.split("/")[0], codes[1])
        made = ws.letters_for_all(ref, "bericht")
        assert [one.code for one in made] == codes[1:]
        assert "Berend" not in markdown.write(made[0].document)


HOSTILE = ["{contact}", "=1+1", "<script>alert(1)</script>", "[x](http://a.nl)", "\x1b[31mrood", "#eval(1)", "../../x"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_value_is_text(garden: Garden, name: str) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.use_letter(letter(garden))
        made = ws.letter(ref, "bericht", given={"deelnemer": name, "contact": "geheim"})
        [block] = made.blocks
        told = getattr(block, "text", "")
        assert told.startswith(f"Beste {name}".replace("\x1b", "\ufffd"))
        assert told.count("geheim") == 1


def test_an_own_version_is_used_told_replaced_when_asked_and_dropped(garden: Garden, own_config: Path) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        before = garden.files()
        ws.use_letter(letter(garden))
        ws.use_letter(letter(garden))  # the same again is no change
        [own] = [one for one in ws.letters("tuin") if one.id == "bericht"]
        assert own.own and own.per_participant and Path(own.place).is_relative_to(own_config)
        other = letter(garden, LETTER.replace("Beste", "Dag"))
        with pytest.raises(Refused, match="eigen versie"):
            ws.use_letter(other)
        assert "Beste" in markdown.write(ws.letter(ref, "bericht"))
        ws.use_letter(other, overwrite=True)
        assert "Dag" in markdown.write(ws.letter(ref, "bericht"))
        assert "Dag" in ws.new_letter("tuin", "bericht")
        assert ws.drop_letter("tuin", "bericht") is True
        assert ws.drop_letter("tuin", "bericht") is False
        assert garden.files() == before


def test_a_damaged_own_version_is_told_with_its_line_and_left_as_it_is(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.use_letter(letter(garden))
        [own] = [one for one in ws.letters("tuin") if one.id == "bericht"]
        place = Path(own.place)
        damaged = LETTER.replace("{datum}", "{dat").encode()
        place.write_bytes(damaged)
        for do in (
            lambda: ws.letter(ref, "bericht"),
            lambda: ws.letters_for_all(ref, "bericht"),
            lambda: ws.use_letter(letter(garden)),
            lambda: ws.use_letter(letter(garden), overwrite=True),
        ):
            with pytest.raises(Mistaken) as caught:
                do()
            assert f"{place}:9" in caught.value.message
        [now] = [one for one in ws.letters("tuin") if one.id == "bericht"]
        assert f"{place}:9" in now.problem
        assert place.read_bytes() == damaged
        assert ws.letter(ref, "scoreformulier").blocks  # the rest works


def test_a_wrong_file_is_not_used(garden: Garden, own_config: Path) -> None:
    with garden.open() as ws:
        with pytest.raises(Mistaken):
            ws.use_letter(letter(garden, LETTER.replace("{datum}", "{datun}")))
        with pytest.raises(Refused):
            ws.use_letter(letter(garden, LETTER.replace('"tuin"', '"er-niet"')))
        assert not list(own_config.rglob("*.toml"))


def test_what_cannot_be_is_refused(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.use_letter(letter(garden))
        for do in (
            lambda: ws.letter(ref, "berichtje"),
            lambda: ws.letter(ref, "../bericht"),
            lambda: ws.letter(ref, "scoreformulier", who="Anna"),
            lambda: ws.letters_for_all(ref, "scoreformulier"),
            lambda: ws.letters_for_all(ref, "bericht"),  # nobody yet
            lambda: ws.letter(ref, "bericht", who="Niemand"),
            lambda: ws.letter(ref, "bericht", given={"naam": "x"}),
            lambda: ws.new_letter("tuin", "berichtje"),
            lambda: ws.new_letter("tuin", "../x", blank=True),
        ):
            with pytest.raises(Misused) as caught:
                do()
            assert caught.value.advice
