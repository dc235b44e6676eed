"""What other programs rely on, literally: options, references, exit statuses, refusals and shapes of answers."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import signal
import subprocess
import sys
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from kwartier import __version__
from kwartier.workspace import Workspace

if TYPE_CHECKING:
    from tests.conftest import Kwartier

ROOT = Path(__file__).resolve().parent.parent.parent
REF = "kwadrant/mie/2026-11-22"
FIRST = [4, 3, 3, 2, 4, 3, 3, 2, 3, 4, 3, 3]
SECOND = [4, 2, 3, 3, 4, 3, 2, 2, 4, 3, 3, 3]
AGREED = [4, 3, 3, 2, 4, 3, 3, 2, 4, 3, 3, 3]


@pytest.fixture
def begun(kwartier: Kwartier) -> Kwartier:
    """A measurement with two auditors, nothing scored."""
    kwartier.organisation()
    assert kwartier.start("Anna de Wit", "Bram Kok") == REF
    return kwartier


@pytest.fixture
def between(begun: Kwartier) -> Kwartier:
    """Both sealed, nothing agreed on."""
    begun.explain(REF)
    begun.score(REF, "Anna de Wit", FIRST)
    begun.score(REF, "Bram Kok", SECOND)
    return begun


# -- the data folder


def test_the_data_folder_comes_from_the_option_anywhere_and_else_from_the_environment(kwartier: Kwartier) -> None:
    other = kwartier.home / "andere map é"
    kwartier.organisation("Thuis")
    kwartier.text("organisatie", "nieuw", "Elders", "--data", other)

    def slugs(*args: object) -> list[str]:
        return [one["slug"] for one in kwartier.json(*args)["organisations"]]

    assert slugs("organisatie", "lijst") == ["thuis"]
    for args in (
        ("--data", other, "organisatie", "lijst"),
        ("organisatie", "--data", other, "lijst"),
        ("organisatie", "lijst", "--data", other),
        (f"--data={other}", "organisatie", "lijst"),
        ("organisatie", "lijst", f"--data={other}"),
    ):
        assert slugs(*args) == ["elders"], args
    relative = kwartier("--data", "../andere map é", "organisatie", "lijst", "--json")
    assert json.loads(relative.out)["organisations"][0]["slug"] == "elders"


def test_json_may_stand_before_the_command_too(begun: Kwartier) -> None:
    for args in (("--json", "meting", "toon", REF), ("meting", "--json", "toon", REF), ("meting", "toon", REF)):
        told = begun(*args, *([] if "--json" in args else ["--json"]))
        assert json.loads(told.out)["ref"] == REF


def test_an_empty_or_impossible_data_folder_is_refused(kwartier: Kwartier) -> None:
    assert kwartier.refused("organisatie", "lijst", "--data", "", status=2)["code"] == "usage"
    assert list(kwartier.desk.iterdir()) == []
    blocked = kwartier.desk / "bestand.txt"
    blocked.write_text("geen map")
    error = kwartier.refused("organisatie", "nieuw", "X", "--data", blocked)
    assert error["next"]
    assert str(blocked) in error["place"]
    assert blocked.read_text() == "geen map"


# -- making


def test_a_new_organisation_answers_its_slug(kwartier: Kwartier) -> None:
    assert kwartier.json("organisatie", "nieuw", "Sint-Brigitta & Zn.")["slug"] == "sint-brigitta-zn"
    again = kwartier.refused("organisatie", "nieuw", "Sint-Brigitta & Zn.")
    assert again["code"] == "organisation-exists"
    assert "sint-brigitta-zn" in again["message"]


def test_a_new_measurement_answers_its_reference_which_is_its_path(kwartier: Kwartier) -> None:
    kwartier.organisation()
    new = ("meting", "nieuw", "kwadrant", "mie", "--datum", "2026-11-22", "--auditor", "Anna", "--auditor", "Bram")
    told = kwartier.json(*new)
    assert told["ref"] == REF
    assert told["people"] == {"a1": "Anna", "a2": "Bram"}
    assert (kwartier.data / "organisations" / told["ref"] / "assessment.toml").is_file()
    assert kwartier.json(*new)["ref"] == f"{REF}-2"
    later = kwartier.start("Anna", "Bram", day="2028-11-20", more=["--volgt", REF])
    for typed in (later, f"{later}/", later.replace("/", "\\")):
        assert kwartier.json("uitslag", typed)["ref"] == later
    assert "2026" in kwartier.text("verslag", later)


@pytest.mark.parametrize(
    ("args", "status", "code"),
    [
        (["nergens", "mie", "--datum", "2026-11-22"], 1, "unknown-organisation"),
        (["kwadrant", "bestaatniet", "--datum", "2026-11-22"], 1, "unknown-instrument"),
        (["kwadrant", "mie", "--datum", "22 november"], 2, "usage"),
        (["kwadrant", "mie", "--datum", "2026-02-30"], 2, "usage"),
        (["kwadrant", "mie", "--datum", "2026-11-22", "--auditor", "Anna"], 1, "few-assessors"),
        (["kwadrant", "mie", "--datum", "2026-11-22", "--auditor", "Anna", "--auditor", "anna"], 2, "name-twice"),
        (["kwadrant", "mie", "--datum", "2026-11-22", "--onderwerp", "s1"], 2, "subject-not-asked"),
        (["kwadrant", "mie", "--datum", "2026-11-22", "--parameter", "niveau"], 2, "parameter-wrong"),
        (["kwadrant", "mie", "--datum", "2026-11-22", "--volgt", "kwadrant/mie/2024-01-01"], 1, "unknown-assessment"),
    ],
)
def test_what_cannot_be_begun_is_refused_and_leaves_nothing(
    kwartier: Kwartier, args: list[str], status: int, code: str
) -> None:
    kwartier.organisation()
    error = kwartier.refused("meting", "nieuw", *args, status=status)
    assert error["code"] == code
    assert error["message"]
    assert error["next"]
    assert kwartier.json("meting", "lijst", "kwadrant")["assessments"] == []
    assert kwartier.json("persoon", "lijst", "kwadrant")["people"] == []


def test_a_subject_and_parameters_of_an_instrument_that_asks_them(
    kwartier: Kwartier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an instrument made up for the tests, installed as a plugin is."""
    site = kwartier.home / "site"
    package, metadata = site / "kwartier_routeboek", site / "kwartier_routeboek-1.0.dist-info"
    package.mkdir(parents=True)
    metadata.mkdir()
    (package / "__init__.py").write_text("")
    sample = ROOT / "tests/samples/instruments/route"
    for name in ("instrument.toml", "content.toml"):
        (package / name).write_bytes((sample / name).read_bytes())
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: kwartier-routeboek\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[kwartier.instruments]\nroute = kwartier_routeboek\n")
    monkeypatch.syspath_prepend(str(site))

    kwartier.organisation("Gidsen")
    kwartier.text("onderwerp", "nieuw", "gidsen", "s1", "--naam", "Roos Stapper")
    new = ("meting", "nieuw", "gidsen", "route", "--datum", "2026-11-22", "--onderwerp", "s1", "--auditor", "Roos")
    assert kwartier.refused(*new, "--parameter", "niveau=4", status=2)["next"]
    assert kwartier.refused(*new, "--parameter", "niveau=9", "--parameter", "fase=begin", status=2)["next"]
    ref = kwartier.json(*new, "--parameter", "niveau=4", "--parameter", "fase=begin")["ref"]
    assert ref == "gidsen/route/s1/2026-11-22"
    told = kwartier.json("uitslag", ref)
    assert (told["subject"], told["parameters"]) == ("s1", {"niveau": 4, "fase": "begin"})
    assert "Roos" not in (kwartier.data / "organisations" / ref / "assessment.toml").read_text()


# -- filling in


def test_filling_in_takes_answers_for_the_open_score_step_of_a_name_or_a_code(begun: Kwartier) -> None:
    rows = [{"item": "1", "value": 3, "note": "Net."}, {"item": "2", "missing": "niet besproken"}]
    told = begun.json("invullen", REF, begun.file({"answer": rows}), "--auditor", "Anna de Wit")
    assert (told["step"], told["detail"]) == ("zelf-scoren", "2 van 12")
    assert begun.json("invullen", REF, begun.file({"answer": rows}), "--auditor", "a1")["detail"] == "2 van 12"
    assert begun.json("invullen", REF, begun.file({"answer": rows}), "--auditor", " anna DE wit ")["ref"] == REF
    more = '[[answer]]\nitem = "2"\nvalue = 5\n'
    told = begun.json("invullen", REF, "-", "--auditor", "a1", "--stap", "zelf-scoren", stdin=more)
    assert told["detail"] == "2 van 12", "a score takes the place of a reason why there was none"
    form = begun.json("formulier", REF, "--auditor", "a1")["form"]
    assert 'note = "Net."' in form
    assert begun.refused("invullen", REF, "-", "--auditor", "Cor", status=2)["code"] == "unknown-person"
    assert begun.refused("invullen", REF, "-", status=2)["code"] == "who"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ('[[answer]]\nitem = "1"\nvalue = 6\n', "item 1"),
        ('[[answer]]\nitem = "1"\nvalue = 2.5\n', "answer 1"),
        ('[[answer]]\nitem = "1"\nvalue = "4"\n', "item 1"),
        ('[[answer]]\nitem = "13"\nvalue = 4\n', "item 13"),
        ('[[answer]]\nitem = "1"\npart = "b"\nvalue = 4\n', "deel b"),
        ('[[answer]]\nitem = "1"\nmissing = "geen zin"\n', "item 1"),
        ('[[answer]]\nitem = "1"\nvalue = 4\nmissing = "niet besproken"\n', "item 1"),
        ('[[answer]]\nitem = "1"\nwaarde = 4\n', "waarde"),
        ("[[answer]]\nitem = 1\nvalue = 4\n", "item"),
        ('[[antwoord]]\nitem = "1"\n', "antwoord"),
        ("answer = 3\n", "answer"),
        ("", ""),
    ],
)
def test_what_is_given_wrongly_is_named_and_nothing_is_kept(begun: Kwartier, given: str, named: str) -> None:
    right = begun.file({"answer": [{"item": "7", "value": 2}]})
    begun.text("invullen", REF, right, "--auditor", "a1")
    sheet = begun.data / "organisations" / REF / "zelf-scoren.a1.toml"
    before = sheet.read_bytes()
    if given:
        error = begun.refused("invullen", REF, "-", "--auditor", "a1", stdin=given, status=2)
        assert named in f"{error['message']} {error['place']}"
    else:
        begun.text("invullen", REF, "-", "--auditor", "a1", stdin=given)
    assert sheet.read_bytes() == before


def test_what_is_no_toml_is_named_by_its_line(begun: Kwartier) -> None:
    given = '[[answer]]\nitem = "1"\nvalue = \n'
    error = begun.refused("invullen", REF, "-", "--auditor", "a1", stdin=given)
    assert error["place"] == "invoer:3"
    path = begun.desk / "blad.toml"
    path.write_text(given)
    assert begun.refused("invullen", REF, path, "--auditor", "a1")["place"] == f"{path}:3"


def test_all_mistakes_are_told_at_once(begun: Kwartier) -> None:
    rows = [{"item": "1", "value": 6}, {"item": "2", "value": 3}, {"item": "14", "value": 3}]
    message = begun.refused("invullen", REF, begun.file({"answer": rows}), "--auditor", "a1", status=2)["message"]
    assert "item 1," in message
    assert "item 14," in message
    assert "item 2," not in message


def test_sealing_takes_a_name_or_a_code_and_wants_every_item(begun: Kwartier) -> None:
    begun.score(REF, "a1", FIRST, seal=False)
    begun.text("invullen", REF, begun.file({"answer": [{"item": "9", "remove": True}]}), "--auditor", "a1")
    open_item = begun.refused("verzegel", REF, "--auditor", "a1")
    assert (open_item["code"], "item 9" in open_item["message"]) == ("sheet-incomplete", True)
    begun.text("invullen", REF, begun.file({"answer": [{"item": "9", "value": 3}]}), "--auditor", "a1")
    told = begun.json("verzegel", REF, "--auditor", "anna de wit")
    assert told == {"ref": REF, "sealed": True, "revealed": False}
    assert begun.refused("verzegel", REF, "--auditor", "a1")["code"] == "already-sealed"


def test_a_consensus_takes_answers_with_the_reason_as_note(between: Kwartier) -> None:
    rows = [{"item": "1", "value": 4}, {"item": "2", "value": 3, "note": "Meer voorbeelden."}]
    told = between.json("consensus", REF, between.file({"answer": rows}))
    assert told["open"] == [str(number) for number in range(3, 13)]
    items = between.json("uitslag", REF)["items"]
    assert (items[1]["score"], items[1]["note"]) == (3, "Meer voorbeelden.")


@pytest.mark.parametrize("score", [2.5, 3.0, 6, 0, True, "3"])
def test_a_definitive_score_is_whole_and_on_the_scale(between: Kwartier, score: Any) -> None:
    given = between.file({"answer": [{"item": "2", "value": score, "note": "Samen."}]})
    assert between.refused("consensus", REF, given, status=2)["code"] == "given-wrong"
    assert between.json("uitslag", REF)["items"][1]["score"] is None


def test_a_participant_who_is_not_there_is_named(begun: Kwartier) -> None:
    for who in ("Niemand", "Anna de Wit", "d7"):
        for words in (("wijzig", REF, who, "--brief", "2026-10-10"), ("intrek", REF, who)):
            error = begun.refused("deelnemer", *words, status=2)
            assert (error["code"], who in error["message"]) == ("unknown-participant", True)
    assert len(begun.json("persoon", "lijst", "kwadrant")["people"]) == 2


def test_the_next_command_that_is_told_can_be_pasted(begun: Kwartier) -> None:
    """Also where names and paths have spaces."""

    def told(*args: str) -> list[list[str]]:
        command = r"\bkwartier ((?:invullen|formulier|verzegel|blad|meting|formulering) .*)"
        return [shlex.split(one) for one in re.findall(command, begun.text(*args))]

    begun.score(REF, "a1", FIRST, seal=False)
    [again] = told("formulier", REF, "--auditor", "Anna de Wit", "--uit", "mijn blad.toml")
    assert begun(*again).status == 0
    [opens] = told("meting", "geef", REF, "--auditor", "Anna de Wit", "--uit", "voor anna.kwartier")
    _screen, form, gives, seals, packs, texts = told(*opens)
    for words in (form, gives, seals, texts):
        assert begun(*words).status == 0, words
    [takes] = told(*packs)
    assert begun.json(*takes)["sheet"] is True
    [checks] = told("formulering", "nieuw", "mie", "--uit", "mijn tekst.toml")
    [uses] = told(*checks)
    assert uses == ["formulering", "gebruik", "mijn tekst.toml"]


# -- the outcome


KEYS = {"instrument", "organisation", "date", "items", "sections", "total", "band", "agreement"}


def test_before_the_reveal_an_outcome_holds_no_score_and_says_why(begun: Kwartier) -> None:
    begun.score(REF, "a1", FIRST)
    told = begun.json("uitslag", REF)
    assert set(told) >= KEYS
    assert (told["instrument"], told["organisation"], told["date"]) == ("mie", "kwadrant", "2026-11-22")
    assert [one["id"] for one in told["items"]] == [str(number) for number in range(1, 13)]
    for one in told["items"]:
        assert (one["raters"], one["score"]) == ({}, None)
        assert "verzegeld" in one["why"]
    assert (told["total"], told["agreement"], told["band"]) == (None, None, None)
    assert "1 van 2" in told["why"]
    for section in told["sections"]:
        assert (section["mean"], section["mean_exact"], section["n"], section["of"]) == (None, None, None, None)
        assert section["why"]
    text = begun.text("uitslag", REF)
    assert "nog niet alle scorebladen zijn verzegeld (1 van 2)" in text


def test_between_reveal_and_consensus_there_are_raters_and_agreement(between: Kwartier) -> None:
    told = between.json("uitslag", REF)
    for one, first, second in zip(told["items"], FIRST, SECOND, strict=True):
        assert one["raters"] == {"a1": first, "a2": second}
        assert one["score"] is None
        assert one["why"]
    assert told["total"] is None
    assert told["why"]
    agreement = told["agreement"]
    assert (agreement["of"], agreement["equal"], agreement["within_one"], agreement["compared"]) == (12, 7, 12, 12)
    assert (agreement["mean_difference"], agreement["mean_difference_exact"]) == ("0.4", "5/12")
    assert (agreement["higher"], agreement["higher_by"], agreement["higher_by_exact"]) == ("a1", "0.1", "1/12")
    assert Fraction(agreement["kappa_quadratic_exact"]) < 1


def test_after_the_consensus_means_are_exact_and_rounded_with_a_point(between: Kwartier) -> None:
    between.agree(REF)
    told = between.json("uitslag", REF)
    assert [one["score"] for one in told["items"]] == AGREED
    assert all(list(one["raters"]) == ["a1", "a2"] for one in told["items"])
    assert told["total"] == {"mean": "3.1", "mean_exact": "37/12", "n": 12, "of": 12}
    first = told["sections"][0]
    assert (first["id"], first["mean"], first["mean_exact"], first["n"], first["of"]) == ("A", "3.3", "10/3", 3, 3)
    assert told["sections"][1]["mean_exact"] == "2"
    assert told["band"] is None
    assert "why" not in told
    text = between.text("uitslag", REF)
    assert "3,1" in text
    assert "gemiddelde van 12 van 12 items" in text


def test_an_item_that_could_not_be_judged_is_null_and_left_out_of_the_mean(begun: Kwartier) -> None:
    begun.explain(REF)
    begun.score(REF, "a1", [*FIRST[:11], "niet besproken"])
    begun.score(REF, "a2", SECOND)
    halfway = begun.json("uitslag", REF)
    assert halfway["items"][11]["raters"] == {"a1": None, "a2": 3}
    assert halfway["agreement"]["compared"] == 11
    assert (halfway["agreement"]["of"], halfway["agreement"]["within_one"]) == (12, 11)
    begun.agree(REF, [*AGREED[:11], "te weinig informatie"])
    told = begun.json("uitslag", REF)
    assert told["items"][11]["score"] is None
    assert told["items"][11]["missing"] == "te weinig informatie"
    assert "te weinig informatie" in told["items"][11]["why"]
    assert told["total"] == {"mean": "3.1", "mean_exact": "34/11", "n": 11, "of": 12}
    text = begun.text("uitslag", REF)
    assert "gemiddelde van 11 van 12 items" in text
    assert "n.t.b." in text


def test_where_nothing_could_be_judged_a_mean_is_null_with_why(begun: Kwartier) -> None:
    begun.explain(REF)
    for who in ("a1", "a2"):
        begun.score(REF, who, ["niet besproken"] * 12)
    assert begun.json("consensus", REF, "--gelijke")["open"] == []
    told = begun.json("uitslag", REF)
    assert (told["total"], told["band"]) == (None, None)
    assert told["why"]
    assert all(one["mean"] is None and one["why"] for one in told["sections"])
    assert told["agreement"]["equal"] == 12
    assert told["agreement"]["mean_difference"] is None
    assert begun.json("definitief", REF)["version"] == 1


def test_a_comparison_stands_beside_the_outcome(between: Kwartier) -> None:
    between.agree(REF)
    later = between.start("Anna de Wit", "Bram Kok", day="2028-11-20")
    waiting = between.json("uitslag", later, "--met", REF)
    assert waiting["comparison"]["total"]["difference"] is None
    between.explain(later)
    for who in ("a1", "a2"):
        between.score(later, who, [5] * 12)
    between.text("consensus", later, "--gelijke")
    told = between.json("uitslag", later, "--met", REF)["comparison"]
    assert told["ref"] == REF
    assert told["items"][3] == {"id": "4", "before": 2, "after": 5, "difference": 3}
    assert (told["total"]["difference"], told["total"]["difference_exact"]) == ("1.9", "23/12")
    assert between.refused("uitslag", later, "--met", "kwadrant/mie/2020-01-01")["code"] == "unknown-assessment"


# -- refusals and statuses


@pytest.mark.parametrize(
    ("args", "status", "code"),
    [
        (["uitslag", "kwadrant/mie/1999-01-01"], 1, "unknown-assessment"),
        (["uitslag", "geen verwijzing"], 2, "invalid-reference"),
        (["organisatie", "toon", "nergens"], 1, "unknown-organisation"),
        (["consensus", REF, "--gelijke"], 1, "not-revealed"),
        (["definitief", REF], 1, "not-revealed"),
        (["invullen", REF, "bestaat-niet.toml", "--auditor", "a1"], 1, "missing"),
        (["formulier", REF, "stappenplan"], 2, "unknown-step"),
        (["verslag", REF, "--formaat", "perkament"], 2, "unknown-format"),
        (["persoon", "naam", "kwadrant", "x9", "Iemand"], 1, "unknown-code"),
    ],
)
def test_a_refusal_is_one_json_document_on_standard_error(
    begun: Kwartier, args: list[str], status: int, code: str
) -> None:
    error = begun.refused(*args, status=status)
    assert error["code"] == code
    assert error["next"], "every refusal says what to do instead"
    said = begun(*args)
    assert (said.status, said.out) == (status, "")
    assert error["message"] in said.err
    assert f"Wat u kunt doen: {error['next']}" in said.err


def test_statuses_of_a_real_process(begun: Kwartier) -> None:
    """Once with the program as it is installed: what stands on which stream, and the status."""
    version = begun.process("--version")
    assert version == (0, f"kwartier {__version__}\n", "")
    done = begun.process("uitslag", REF, "--json")
    assert (done.status, done.err) == (0, "")
    assert json.loads(done.out)["instrument"] == "mie"
    refused = begun.process("verzegel", REF, "--auditor", "Anna de Wit", "--json")
    assert (refused.status, refused.out) == (1, "")
    assert list(json.loads(refused.err)["error"]) == ["code", "message", "place", "next"]
    wrong = begun.process("uitslag", "--json")
    assert (wrong.status, wrong.out) == (2, "")
    assert json.loads(wrong.err)["error"]["code"] == "usage"
    piped = begun.process("invullen", REF, "-", "--auditor", "a1", stdin='[[answer]]\nitem = "1"\nvalue = 4\n')
    assert (piped.status, piped.out) == (0, "Bewaard: zelf-scoren (1 van 12).\n")


def test_a_bug_is_70_and_tells_where_without_anybodys_words(begun: Kwartier) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("het verhaal van Joris")

    with mock.patch.object(Workspace, "agenda", broken):
        error = begun.refused("agenda", status=70)
        said = begun("agenda")
    assert error["code"] == "bug"
    assert "ZeroDivisionError" in error["message"]
    assert (said.status, said.out) == (70, "")
    assert "agenda.py" in said.err
    assert "Joris" not in said.err + json.dumps(error)
    assert "Traceback" not in said.err


class Interrupted(io.RawIOBase):
    """Somebody presses Ctrl-C while something is still being typed."""

    def readable(self) -> bool:
        return True

    def readinto(self, _: Any) -> int:
        raise KeyboardInterrupt


def test_ctrl_c_is_130(begun: Kwartier) -> None:
    from kwartier.cli.run import run

    def stopped(*args: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        typed = io.TextIOWrapper(io.BufferedReader(Interrupted()))
        with (
            mock.patch.dict(os.environ, begun.settings()),
            mock.patch.object(sys, "stdin", typed),
            mock.patch.object(sys, "stdout", out),
            mock.patch.object(sys, "stderr", err),
        ):
            return run(["invullen", REF, "-", "--auditor", "a1", *args]), out.getvalue(), err.getvalue()

    status, out, err = stopped("--json")
    assert (status, out) == (130, "")
    assert json.loads(err)["error"]["code"] == "stopped"
    status, out, err = stopped()
    assert (status, out) == (130, "")
    assert "Afgebroken." in err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX to press Ctrl-C in")
def test_a_question_in_a_terminal_takes_ctrl_c_no_and_yes(begun: Kwartier) -> None:
    import pty
    import select

    people = begun.data / "organisations/kwadrant/people.toml"
    before = people.read_bytes()
    for answer, status, told in (
        (None, 130, "Afgebroken."),
        (b"n\n", 1, "Er is niets veranderd."),
        (b"j\n", 0, "gewist"),
    ):
        assert people.read_bytes() == before
        terminal, inside = pty.openpty()
        command = [sys.executable, "-m", "kwartier", "persoon", "wis", "kwadrant", "a1"]
        environment = {**os.environ, **begun.settings()}
        with subprocess.Popen(command, stdin=inside, stdout=inside, stderr=inside, env=environment) as process:
            os.close(inside)
            shown = b""
            while b"[j/N]" not in shown:
                shown += os.read(terminal, 1024)
            if answer is not None:
                os.write(terminal, answer)
            while process.poll() is None:
                if answer is None:  # again where it came between the question and the reading
                    process.send_signal(signal.SIGINT)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=2)
            assert process.returncode == status
        while select.select([terminal], [], [], 0)[0]:
            try:
                shown += os.read(terminal, 1024)
            except OSError:
                break
        os.close(terminal)
        assert told in shown.decode()
    assert "Anna" not in people.read_text()


def test_a_reader_that_has_had_enough_is_no_mistake(begun: Kwartier) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "kwartier", "verslag", REF],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **begun.settings()},
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(timeout=30) == 0
        assert process.stderr is not None
        assert process.stderr.read() == b""
        process.stderr.close()


def test_a_check_that_finds_something_answers_and_is_1(begun: Kwartier) -> None:
    assert begun.json("controle")["sound"] is True
    (begun.data / "organisations" / REF / "toelichten.toml").write_text("schema = 1\ntext = \n")
    done = begun("controle", "--json")
    told = json.loads(done.out)
    assert (done.status, done.err, told["sound"]) == (1, "", False)
    [problem] = [one for one in told["problems"] if one["level"] == "error"]
    assert "toelichten.toml:2" in problem["place"]
    assert problem["next"]
    said = begun("controle")
    assert (said.status, "FOUT" in said.out) == (1, True)


def test_a_disabled_instrument_is_read_and_not_written(between: Kwartier) -> None:
    between.agree(REF)
    without = between.beside("gegevens", KWARTIER_DISABLE="mie")
    assert without.json("uitslag", REF)["total"]["mean"] == "3.1"
    [listed] = [one for one in without.json("instrumenten")["instruments"] if one["id"] == "mie"]
    assert (listed["state"], bool(listed["next"])) == ("disabled", True)
    error = without.refused("definitief", REF)
    assert error["code"] == "read-only-record"
    assert without.refused("meting", "nieuw", "kwadrant", "mie", "--datum", "2026-12-01")["next"]
