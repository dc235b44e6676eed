"""How the line-by-line mode listens: words, going back and undo, refusals, stopping in the middle, hostile text."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.cli.stepwise.answers import day
from kwartier.cli.stepwise.conversation import WORDS, Command, Question, is_special, unquoted
from kwartier.cli.stepwise.inverse import inverse
from kwartier.errors import Misused
from kwartier.workspace import Workspace

if TYPE_CHECKING:
    from tests.conftest import Answered, Kwartier, Prepared

REF = "kwadrant/mie/2026-11-22"
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2190-\u21ff\u2500-\u27bf\u202a-\u202e\u2066-\u2069]")
"""What acts on a terminal or is spelled out by a screen reader: control characters, arrows, boxes, shapes."""

Say = Callable[..., str]


def begin(kwartier: Kwartier) -> None:
    kwartier.organisation()
    assert kwartier.start("Anna de Wit", "Bram Kok") == REF
    kwartier.explain(REF)


@pytest.fixture
def begun(kwartier: Kwartier, prepared: Prepared) -> Kwartier:
    """A measurement with two auditors, explained, nothing scored."""
    return prepared(kwartier, begin)


@pytest.fixture
def say(begun: Kwartier) -> Say:
    """Types lines in a step, as somebody; gives what is said after the opening."""

    def typed(step: str, *lines: str, who: str = "Anna") -> str:
        named = ["--auditor", who] if who else []
        text = "".join(f"{line}\n" for line in lines)
        done = begun("meting", "stap-voor-stap", REF, "--stap", step, *named, stdin=text)
        assert (done.status, done.err) == (0, ""), done
        assert RAW.search(done.out) is None, done.out
        return done.out.split("\nStap ", 1)[1]

    return typed


def sheet(kwartier: Kwartier, who: str = "a1") -> dict[str, dict[str, Any]]:
    """Somebody's answers as they stand in the file."""
    with Workspace.open(kwartier.data) as ws:
        rows = ws.see(REF, viewer=who).record.personal.get(("zelf-scoren", who), {}).get("answer", [])
    return {row["item"]: {key: value for key, value in row.items() if key != "item"} for row in rows}


# -- the opening and the list of steps


def test_it_begins_with_where_one_is_the_words_and_the_steps(begun: Kwartier) -> None:
    done = begun("meting", "stap-voor-stap", REF)
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("Stap voor stap. Kwadrant, MIE 2026, meting van 22 nov 2026. Vandaag is het ")
    for word in WORDS:
        assert word.help[1:] in lines[2]
    assert "1. Voorbereiden: open, 0 van 10 gedaan." in lines
    assert lines[-2] == "Welke stap? Een nummer of naam, lijst, of enter voor 1, Voorbereiden."
    assert lines[-1] == "Gestopt. Er is deze keer niets veranderd."


@pytest.mark.parametrize("typed", ["", "1", "voorbereiden", "Voorbereiden", "VOORB"])
def test_a_step_goes_by_number_id_title_or_is_the_next(begun: Kwartier, typed: str) -> None:
    done = begun("meting", "stap-voor-stap", REF, stdin=f"{typed}\n")
    assert "Stap 1, Voorbereiden. Open, 0 van 10 gedaan." in done.out


def test_an_unknown_step_is_asked_again(begun: Kwartier) -> None:
    done = begun("meting", "stap-voor-stap", REF, stdin="99\nkoken\n2\n")
    assert "'99' is hier geen stap" in done.out
    assert "'koken' is hier geen stap" in done.out
    assert "Stap 2, Deelnemers." in done.out


def test_a_wrong_name_or_step_on_the_command_line_is_refused_before_anything_is_asked(begun: Kwartier) -> None:
    for more, code in ((["--auditor", "Zed"], "unknown-person"), (["--stap", "koken"], "choice-wrong")):
        done: Answered = begun("meting", "stap-voor-stap", REF, *more)
        assert done.status == 2
        assert done.out == ""
        assert code and done.err


def test_json_makes_no_sense_and_is_refused(begun: Kwartier) -> None:
    assert begun.refused("meting", "stap-voor-stap", REF, status=2)["code"] == "no-json"


def test_help_explains_the_question_and_where_says_what_is_missing(say: Say) -> None:
    said = say("zelf-scoren", "?", "3", "", "hulp", "waar", "uitleg", "woorden", "omschrijvingen", "toelichting")
    assert said.count("Overal werken deze woorden.") == 2, "in full at the first question mark, and when asked for"
    assert "Overal: hulp, herhaal, waar" in said
    assert "1 van 12 ingevuld. Open: item 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12." in said
    assert "Toelichting: Er is gesproken over item 2." in said
    assert said.count("\n5: ") == 3, "the anchors in both helps and where they were asked for"


# -- going back, undo, quoting


def test_back_and_again_and_passing_over(begun: Kwartier, say: Say) -> None:
    said = say(
        "zelf-scoren", "terug", "4", "", "terug", "terug", "5", "Toch meer.", "overslaan", "overslaan", "herhaal"
    )
    assert "Hiervoor is geen vraag." in said
    assert "Nu: 4." in said
    assert sheet(begun) == {"1": {"value": 5, "note": "Toch meer."}}
    assert said.count("Item 2, ") == 2, "once before going back, and once after it"
    assert said.count("Item 4, ") == 2, "and once more when it was asked to be said again"


def test_undo_takes_back_the_last_answer_and_goes_there(begun: Kwartier, say: Say) -> None:
    said = say("zelf-scoren", "4", "Eerst.", "3: Twee.", "ongedaan", "ongedaan", "ongedaan", "ongedaan", "2")
    assert "Teruggenomen: item 2, score." in said
    assert "Teruggenomen: item 1, opmerking." in said
    assert "Teruggenomen: item 1, score." in said
    assert "Er is niets om terug te nemen" in said
    assert sheet(begun) == {"1": {"value": 2}}, "after undoing all, the first question is asked again"


def test_undo_restores_what_stood_there_before(begun: Kwartier, say: Say) -> None:
    say("zelf-scoren", "n 2", "Weinig gehoord.")
    say("zelf-scoren", "item 1", "5", "Anders.", "ongedaan", "ongedaan")
    assert sheet(begun) == {"1": {"missing": "te weinig informatie", "note": "Weinig gehoord."}}


def test_undo_does_not_undo_what_somebody_else_changed_since(begun: Kwartier) -> None:
    process = talking(begun, "conclusies", "")
    tell(process, "Ons beeld.")
    begun.fill(REF, "conclusies", {"text": "Het beeld van Bram."})
    out, _ = process.communicate("ongedaan\n", timeout=30)
    assert "is sindsdien door iemand anders veranderd" in out
    assert "Het beeld van Bram." in begun.json("formulier", REF, "conclusies")["form"]


@pytest.mark.parametrize("typed", [r"\stop", '"stop"', "'stop'", "“stop”"])
def test_a_word_can_be_an_answer(begun: Kwartier, say: Say, typed: str) -> None:
    say("zelf-scoren", "4", typed, "5: terug")
    assert sheet(begun) == {"1": {"value": 4, "note": "stop"}, "2": {"value": 5, "note": "terug"}}


@pytest.mark.parametrize(
    "typed", ['"Wij zijn er niet bij"', "\\\\server\\map", "'t Gaat goed", "\\o/", "  voor", "stop nou"]
)
def test_quotes_and_backslashes_of_a_text_stay(begun: Kwartier, say: Say, typed: str) -> None:
    say("zelf-scoren", "4", typed)
    assert sheet(begun)["1"]["note"] == typed


COMMAND = Command(r"item (\S+)", "", lambda match: "")
ASKED = Question(id="x", text="Wat?", commands=(COMMAND,))


@given(st.text(alphabet="\\\"'stopitem 5a", max_size=12) | st.sampled_from(["stop", "item 5", "\\stop", "?", '"waar"']))
def test_every_text_can_be_given_by_putting_a_backslash_before_it(text: str) -> None:
    if is_special(text, ASKED):
        typed = "\\" + text.strip()
        assert is_special(typed, ASKED), "it is heard as an escaped answer, not as the word"
        assert unquoted(typed, ASKED) == text.strip()
    else:
        assert unquoted(text, ASKED) == text


FIELDS = st.fixed_dictionaries({}, optional={"value": st.integers(1, 5), "note": st.sampled_from(["a", "b"])})
FILES = st.dictionaries(st.sampled_from("123"), FIELDS, max_size=3).map(
    lambda rows: {"answer": [{"item": item, **row} for item, row in sorted(rows.items()) if row]}
)


@given(FILES, FILES)
def test_the_inverse_of_an_answer_gives_back_what_was_there(before: dict[str, Any], after: dict[str, Any]) -> None:
    back = inverse(before, after, ["answer"])
    rows = {row["item"]: dict(row) for row in after["answer"]}
    for row in back.get("answer", []):
        if row.pop("remove", False):
            del rows[row["item"]]
            continue
        laid = {**rows.get(row["item"], {}), **row}
        rows[row["item"]] = {key: value for key, value in laid.items() if value != ""}
    assert [rows[item] for item in sorted(rows)] == before["answer"]
    assert bool(back) == (before != after)


@pytest.mark.parametrize(
    "typed", ["2026-11-22", "22-11-2026", "22 nov 2026", "22 November 2026", "22 nov. 2026", "vandaag", "MORGEN"]
)
def test_a_day_is_typed_as_people_write_it(typed: str) -> None:
    meant = date(2026, 11, 23) if typed == "MORGEN" else date(2026, 11, 22)
    assert day(typed, date(2026, 11, 22)) == meant


@pytest.mark.parametrize("typed", ["22 foo 2026", "31 april 2026", "maart", "22 mrt", "", "22 maart twee"])
def test_what_is_no_day_is_refused_in_words(typed: str) -> None:
    with pytest.raises(Misused) as raised:
        day(typed, date(2026, 11, 22))
    assert raised.value.advice
    assert day("3 maart 2027", date(2026, 11, 22)) == day("3 mrt 2027", date(2026, 11, 22)) == date(2027, 3, 3)


# -- refusals


def test_a_refused_answer_is_asked_again_with_what_to_do(begun: Kwartier, say: Say) -> None:
    said = say("zelf-scoren", "7", "3,5", "goed", "n", "9", "1", "", "4")
    for wrong in ("7", "3,5", "goed", "9"):
        assert f"Dat ging niet: '{wrong}' is hier geen " in said
    assert sheet(begun) == {"1": {"missing": "niet besproken"}, "2": {"value": 4}}


def test_sealing_too_early_says_what_is_missing(begun: Kwartier, say: Say) -> None:
    begun.score(REF, "Anna", [3] * 12, seal=False)
    begun.text("invullen", REF, begun.file({"answer": [{"item": "9", "remove": True}]}), "--auditor", "Anna")
    said = say(
        "zelf-scoren", "item 12", "", "", "j", "item 9", "2", "", *[""] * 6, "j", "heropen", "Vergist.", "verder"
    )
    assert "11 van 12 ingevuld. Open: item 9." in said
    assert "Dat ging niet: Nog 1 van 12 niet ingevuld" in said
    assert "Het scoreblad is verzegeld." in said
    stands = begun.json("meting", "toon", REF)["steps"]
    assert next(one for one in stands if one["id"] == "zelf-scoren")["people"][0]["sealed"] is True


def test_an_own_sheet_is_reopened_and_read(begun: Kwartier, say: Say) -> None:
    begun.score(REF, "Anna", [3] * 12, "om {}")
    said = say("zelf-scoren", "lees", "heropen", "Vergist bij item 2.", "item 2", "5", "Meer.")
    assert "Item 12, Verbreding bij iedereen: 3; opmerking: om 12." in said
    assert "Het scoreblad is weer open." in said
    assert sheet(begun)["2"] == {"value": 5, "note": "Meer."}


def test_consensus_waits_and_then_asks_reasons(begun: Kwartier, say: Say) -> None:
    begun.score(REF, "Anna", [3] * 12)
    assert "Nog niet alle scorebladen die tellen zijn verzegeld" in say("consensus", "1", who="")
    begun.score(REF, "Bram", [3] * 11 + [1])
    said = say("consensus", "j", "2", "", "2: Samen.", "overeenstemming", "5", "Alsnog.", "vergissing", "Misgelezen.")
    assert "Dat ging niet: Zonder reden kan deze score niet." in said
    assert "Overeenstemming: gelijk 11 van 12, binnen één punt 11 van 12." in said
    told = begun.json("uitslag", REF)["items"]
    assert [one["score"] for one in told] == [5, *[3] * 10, 2]
    assert "Misgelezen." in say("consensus", "item 2", "herhaal", who="")


def test_steps_of_one_person_ask_who_sits_there_and_switch_changes_it(begun: Kwartier, say: Say) -> None:
    said = say("zelf-scoren", "3", "1", "4: Van Anna.", "wissel", "Bram", "5: Van Bram.", "ongedaan", "2", who="")
    assert "Wie zit er achter het toetsenbord? 1 Anna de Wit, 2 Bram Kok." in said
    assert "'3' is hier geen keuze" in said
    assert "U bent Bram Kok. Wat hiervoor gezegd is, kan nog op het scherm staan." in said
    assert sheet(begun) == {"1": {"value": 4, "note": "Van Anna."}}
    assert sheet(begun, "a2") == {"1": {"value": 2}}
    assert "Van Anna" not in said.partition("U bent Bram")[2]


def test_who_takes_part_and_reasons(begun: Kwartier) -> None:
    lines = ["auditors", "meelopend Piet", "vervang 2", "Cor", "Ziek.", "stop Piet", "Verhuisd.", "", "bevindingen"]
    lines += ["datum 21-11-2026", "agenda", "bijwerken", "uitslag", "vergelijk"]
    done = begun("meting", "stap-voor-stap", REF, stdin="\n".join(lines))
    assert (done.status, done.err) == (0, "")
    assert "Cor, code a4, gaat verder voor Bram Kok." in done.out
    assert "Piet is gestopt." in done.out
    assert "Nog geen uitslag: " in done.out
    assert "Deze meting volgt niet op een andere." in done.out
    assert begun.json("meting", "toon", REF)["date"] == "2026-11-21"


# -- texts of more lines


def texts(kwartier: Kwartier) -> dict[str, str]:
    """The explanations."""
    with Workspace.open(kwartier.data) as ws:
        return {row["item"]: row["text"] for row in ws.see(REF).record.shared["toelichten"]["explanation"]}


def test_a_text_goes_on_below_is_replaced_mended_and_emptied(begun: Kwartier, say: Say) -> None:
    say("toelichten", "item 2", "Nog iets.", "", r"\.", "stop", ".", "item 3", "wijzig", "Heel anders.", ".")
    say("toelichten", "item 4", "vervang", "gesproken", "gedacht", "item 5", "leeg")
    told = texts(begun)
    assert told["2"] == "Er is gesproken over item 2.\n\nNog iets.\n\n.\nstop"
    assert told["3"] == "Heel anders."
    assert told["4"] == "Er is gedacht over item 4."
    assert "5" not in told


def test_a_text_that_is_cut_off_is_kept(begun: Kwartier, say: Say) -> None:
    said = say("toelichten", "item 2", "Nog iets.", "En dit")
    assert "De tekst was niet af. Bewaard." in said
    assert texts(begun)["2"].endswith("item 2.\n\nNog iets.\nEn dit")
    say("toelichten", "item 3", "wijzig", "Half")
    assert texts(begun)["3"] == "Er is gesproken over item 3.\n\nHalf", "the old text is not lost for half a new one"


def test_raw_notes_are_read_where_the_text_is_written(begun: Kwartier, say: Say) -> None:
    say("interview", "De visie ligt in een la.", "los: Iets over de sleutel.", who="Bram")
    said = say("toelichten", "item 1", "aantekeningen", "", "aantekeningen")
    assert "Bram Kok: De visie ligt in een la." in said
    assert said.count("Bram Kok, los: Iets over de sleutel.") == 2
    assert "niet bekend wie er achter het toetsenbord zit" in say("toelichten", "item 1", "aantekeningen", who="")


def test_the_interview_jumps_moves_searches_and_mends(begun: Kwartier, say: Say) -> None:
    lines = ["item 5", "Opleiding een.", "Opleiding twee.", "lees", "wijzig 1", "Opleiding 1.", "weg 2", "zoek OPLEID"]
    said = say(
        "interview", *lines, "losse", "los: Zwervend.", "losse", "naar 7", "essentieel a", "niet gesteld a", "tijd"
    )
    assert "1. Opleiding een.\n2. Opleiding twee." in said
    assert "Gezocht naar OPLEID; dit is niet als aantekening bewaard. 1 keer gevonden." in said
    assert "Bij item 7: Zwervend." in said
    assert "Nog niet besproken: item 1, 2, 3, 4, 6, 8, 9, 10, 11, 12." in said
    notes = begun.json("aantekeningen", "toon", REF, "--auditor", "Anna")["notes"][0]["notes"]
    assert [(one["item"], one["text"]) for one in notes] == [("5", "Opleiding 1."), ("7", "Zwervend.")]
    said = say(
        "interview", *[""] * 12, "nieuw", "vandaag", "14:00", "15:50", "", "", "31-12-2030", "terug", "vernietig", "j"
    )
    assert "De aantekeningen zijn vernietigd." in said
    assert "Klaar, 1 gesprek, 110 minuten (gepland 120)" in say("interview", *[""] * 14)


# -- stopping in the middle


def talking(kwartier: Kwartier, step: str, who: str = "Anna") -> subprocess.Popen[str]:
    """The mode as a process of its own, in a step."""
    named = ["--auditor", who] if who else []
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "kwartier", "meting", "stap-voor-stap", REF, "--stap", step, *named],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **kwartier.settings()},
    )


def tell(process: subprocess.Popen[str], line: str, until: str = "Bewaard.") -> None:
    """Types a line and listens until something is said."""
    assert process.stdin and process.stdout
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
    late = threading.Timer(30, process.kill)
    late.start()
    heard = next((one for one in process.stdout if until in one), "")
    late.cancel()
    assert heard, process.communicate()


def test_the_end_of_the_input_keeps_all_answers_also_an_unfinished_line(begun: Kwartier) -> None:
    named = ("--stap", "5", "--auditor", "Anna")
    done = begun("meting", "stap-voor-stap", REF, *named, stdin="4: Eerst.\n3\nTwee.\n2: Zonder enter")
    assert done.status == 0
    assert done.out.endswith("Gestopt. Alles is bewaard: 4 antwoorden deze keer.\n")
    assert sheet(begun)["2"] == {"value": 3, "note": "Twee."}
    assert sheet(begun)["3"] == {"value": 2, "note": "Zonder enter"}


def test_ctrl_c_stops_with_130_and_says_what_was_kept(begun: Kwartier) -> None:
    process = talking(begun, "zelf-scoren")
    tell(process, "4: Eerst.")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err == ""
    assert "Onderbroken. Alles is bewaard: 1 antwoord deze keer." in out
    assert sheet(begun) == {"1": {"value": 4, "note": "Eerst."}}


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="a system without hanging up")
def test_a_text_that_is_being_typed_is_kept_when_the_line_is_cut(begun: Kwartier) -> None:
    process = talking(begun, "toelichten")
    tell(process, "item 2", until="Er staat een tekst")
    tell(process, "Nog iets.", until="sluit af met een punt")
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=30)
    assert texts(begun)["2"].endswith("\n\nNog iets.")


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
def test_on_a_terminal_nothing_is_drawn(begun: Kwartier) -> None:
    import pty

    terminal, inside = pty.openpty()
    command = [sys.executable, "-m", "kwartier", "meting", "stap-voor-stap", REF]
    with subprocess.Popen(
        command, stdin=inside, stdout=inside, stderr=inside, env={**os.environ, **begun.settings(), "COLUMNS": "70"}
    ) as process:
        os.close(inside)
        os.write(terminal, b"zelf-scoren\nAnna\n?\n4\nMooi.\nstop\n")
        shown = b""
        try:
            while part := os.read(terminal, 4096):
                shown += part
        except OSError:
            pass  # the other end is closed
    os.close(terminal)
    assert process.returncode == 0
    text = shown.decode().replace("\r\n", "\n")
    assert RAW.search(text) is None, text
    opening = text.partition("Stap voor stap.")[2].partition("\nDe stappen.")[0]
    assert max(map(len, opening.split("\n"))) <= 70
    assert sheet(begun) == {"1": {"value": 4, "note": "Mooi."}}


# -- hostile text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\x1b[31mrood\x1b[0m", "\ufffd[31mrood"),
        ("\x1b]52;c;a3dhcnRpZXI=\x07klembord", "\ufffd]52;c;a3dhcnRpZXI=\ufffdklembord"),
        ("bel\x07", "bel\ufffd"),
        ("dit \u202eis omgedraaid\u202c", "dit is omgedraaid"),
        ("[bold]vet[/] {0} %s $(id) `rm`", "[bold]vet[/] {0} %s $(id) `rm`"),
        ("👩🏽\u200d🦽 e\u0301 שלום", "👩🏽\u200d🦽 e\u0301 שלום"),
    ],
)
def test_what_would_act_on_a_terminal_is_not_kept_and_that_is_said(
    begun: Kwartier, say: Say, typed: str, kept: str
) -> None:
    said = say("zelf-scoren", "4", typed, "terug", "terug")
    note = sheet(begun)["1"]["note"]
    assert RAW.search(note) is None
    assert note.replace("\ufffd", "").strip() == kept.replace("\ufffd", "").replace("[31m", "").strip()
    assert ("tekens die geen tekst zijn" in said) == (note != typed)


def test_an_arrow_key_is_no_answer(begun: Kwartier, say: Say) -> None:
    said = say("zelf-scoren", "4", "\x1b[A", "Opmerking.")
    assert "tekens die geen tekst zijn" in said
    assert sheet(begun) == {"1": {"value": 4, "note": "Opmerking."}}


def test_hostile_text_from_a_file_is_cleaned(begun: Kwartier, say: Say) -> None:
    evil = "\x1b[2Jgewist \x9b31m \u202eom \x07"
    begun.fill(REF, "toelichten", {"explanation": [{"item": "1", "text": evil}]})
    begun.fill(REF, "conclusies", {"strength": [{"id": "s1", "text": evil}], "text": evil})
    begun.fill(REF, "interview", {"note": [{"item": "1", "text": evil}]}, "--auditor", "Bram")
    assert "gewist" in say("toelichten", "item 1", "aantekeningen")
    assert "gewist" in say("zelf-scoren", "toelichting")
    assert "gewist" in say("conclusies", "")
    assert "gewist" in say("verslag", "lees")


def test_bytes_that_are_no_text_do_not_stop_it(begun: Kwartier) -> None:
    command = [sys.executable, "-m", "kwartier", "meting", "stap-voor-stap", REF, "--stap", "5", "--auditor", "Anna"]
    done = subprocess.run(
        command,
        input=b"4\nCaf\xe9 \xff\n3\n",
        capture_output=True,
        env={**os.environ, **begun.settings()},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done
    assert sheet(begun)["1"]["note"].startswith("Caf")
    assert sheet(begun)["2"] == {"value": 3}
