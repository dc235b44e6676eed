"""Texts that would break a screen or a file: they survive as they are typed, and nothing of them acts on a terminal."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Answered, Kwartier

ITEMS = [str(number) for number in range(1, 13)]
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal acts upon: control characters but the newline and the tab, and what reverses the reading."""

TEXTS = {
    "markup": "[bold red]Rood[/] [@click=app.bell]klik[/] <script>alert(1)</script> &amp; **vet** `code` # kop",
    "an escape sequence": "\x1b[31mRood\x1b[0m \x1b[2J\x1b[H gewist",
    "the clipboard": "\x1b]52;c;a3dhcnRpZXI=\x07 klembord \x1b]0;titel\x07",
    "a link": "\x1b]8;;https://voorbeeld.nl\x1b\\tekst\x1b]8;;\x1b\\",
    "c1": "\x9b31m Rood \x9d52;c;eA==\x9c",
    "controls": "bel\x07 terug\x08 nul\x00 wis\x7f pagina\x0c einde\x1a",
    "carriage returns": "een\rtwee\r\ndrie\nvier",
    "reversed": "dit \u202eis omgedraaid\u202c en \u2066dit\u2069",
    "emoji": "👩🏽\u200d🦽 zegt 👍🏽 🇳🇱 e\u0301 ﷽",
    "right to left": "שלום עולם مرحبا",
    "long": "heel lang verhaal " * 600,
    "one long word": "a" * 10_000,
    "a formula": '=HYPERLINK("http://voorbeeld.nl";"klik")',
    "a command": "=cmd|'/c calc'!A1",
    "toml": '"""\n[[answer]]\nitem = "1"\nvalue = 5\n\'\'\'\n\\u0041 \\',
    "json": '"}], "sealed": true, "x": {"',
    "paths": "../../etc/passwd C:\\Windows\\System32 ~/.ssh/id_rsa /dev/null $HOME `rm -rf .` $(id)",
    "percent": "%s %d {0} {name} %(prog)s {{",
    "only spaces": "   \n\t \n  ",
    "edges": "  voor en achter \n\n",
    "newlines": "\n\n\n",
    "tabs": "a\tb\tc",
    "an option": "--ja",
    "marks": "\ufeffbegin \u200bniets \u00ad koppel\u2028regel\u2029einde",
}


def quiet(done: Answered) -> Answered:
    """The same answer, in which nothing acts on a terminal."""
    for stream in (done.out, done.err):
        found = RAW.search(stream)
        assert found is None, (found, stream[max(0, found.start() - 40) : found.end() + 40])
    assert done.status in (0, 1, 2), done
    return done


@pytest.fixture
def told(kwartier: Kwartier) -> Kwartier:
    """A measurement that can be followed through."""
    kwartier.organisation()
    kwartier.start("Anna", "Bram")
    return kwartier


REF = "kwadrant/mie/2026-11-22"


@pytest.mark.parametrize("names", [[*TEXTS][:12], [*TEXTS][12:]], ids=["first", "second"])
def test_every_text_survives_and_acts_on_no_terminal(told: Kwartier, names: list[str]) -> None:
    """Through a whole measurement, with another text at each item, and these texts wherever a text may stand."""
    texts = [TEXTS[name] for name in names]
    by_item = dict(zip(ITEMS, texts, strict=True))
    explained = {"explanation": [{"item": item, "text": text} for item, text in by_item.items()]}
    told.fill(REF, "toelichten", explained)
    told.fill(REF, "feitencontrole", explained)
    notes = [{"id": f"n{item}", "item": item, "text": text} for item, text in by_item.items()]
    told.fill(REF, "interview", {"note": notes}, "--auditor", "Anna")
    for who, last in (("Anna", 4), ("Bram", 2)):
        scored = [{"item": item, "value": 3, "note": text} for item, text in by_item.items()]
        scored[-1]["value"] = last
        told.text("invullen", REF, told.file({"answer": scored}), "--auditor", who)
        told.text("verzegel", REF, "--auditor", who)
    agreed = [{"item": item, "value": 3, "note": f"Reden: {text}"} for item, text in by_item.items()]
    told.text("consensus", REF, told.file({"answer": agreed}))
    rows = [(f"p{item}", f"Tekst: {text}") for item, text in by_item.items()]
    conclusions = {
        "text": texts[0],
        "strength": [{"id": id, "text": text} for id, text in rows],
        "improvement": [{"id": id, "text": text} for id, text in rows],
        "recommendation": [{"id": f"r{id}", "improvement": id, "text": text} for id, text in rows],
    }
    told.fill(REF, "conclusies", conclusions)
    actions = [{"id": id, "text": text, "due": "2027-06-01", "recommendation": f"r{id}"} for id, text in rows]
    told.fill(REF, "actiepunten", {"action": actions, "date": "2027-01-20"}, "--reden", texts[1])

    kept = {
        path.name: tomllib.loads(path.read_bytes().decode())
        for path in (told.data / "organisations" / REF).glob("*.toml")
    }
    assert [row["text"] for row in kept["toelichten.toml"]["explanation"]] == texts
    assert [row["text"] for row in kept["interview.a1.toml"]["note"]] == texts
    assert [row["note"] for row in kept["zelf-scoren.a1.toml"]["answer"]] == texts
    assert [row["note"] for row in kept["consensus.toml"]["answer"]] == [f"Reden: {text}" for text in texts]
    assert [row["text"] for row in kept["conclusies.toml"]["strength"]] == [text for _, text in rows]
    assert kept["conclusies.toml"]["text"] == texts[0]
    assert [row["text"] for row in kept["actiepunten.toml"]["action"]] == [text for _, text in rows]

    told.text("definitief", REF)
    for words in (
        ["meting", "toon", REF],
        ["uitslag", REF],
        ["verslag", REF],
        ["agenda"],
        ["aantekeningen", "toon", REF, "--auditor", "Bram"],
        *(["formulier", REF, step] for step in ("toelichten", "conclusies", "actiepunten", "opvolgen", "consensus")),
        ["formulier", REF, "interview", "--auditor", "Anna"],
        ["controle"],
    ):
        quiet(told(*words))
        as_json = quiet(told(*words, "--json"))
        json.loads(as_json.out or as_json.err)
        assert (as_json.out + as_json.err).isascii()
    shown = told.json("aantekeningen", "toon", REF, "--auditor", "Bram")["notes"][0]["notes"]
    assert [note["text"] for note in shown] == texts

    # A form holds the texts so that they can be given back, whatever they are.
    form = told.json("formulier", REF, "toelichten")["form"]
    for made in (form, told.text("formulier", REF, "toelichten")):
        assert [row["text"] for row in tomllib.loads(made)["explanation"]] == texts
    told.text("heropen", REF, "--reden", texts[2])
    before = (told.data / "organisations" / REF / "toelichten.toml").read_bytes()
    told.text("invullen", REF, "-", "--stap", "toelichten", stdin=form)
    assert (told.data / "organisations" / REF / "toelichten.toml").read_bytes() == before


WORST = (
    "the clipboard",
    "c1",
    "controls",
    "reversed",
    "one long word",
    "toml",
    "paths",
    "percent",
    "an option",
    "marks",
)


@pytest.mark.parametrize("text", [TEXTS[name] for name in WORST], ids=WORST)
def test_a_text_in_the_place_of_anything_else_is_refused_quietly(told: Kwartier, text: str) -> None:
    for words in (
        ["uitslag", text],
        ["organisatie", "toon", text],
        ["meting", "toon", f"kwadrant/mie/{text}"],
        ["formulier", REF, text],
        ["formulier", REF, "--auditor", text],
        ["verzegel", REF, "--auditor", text],
        ["meting", "nieuw", "kwadrant", text, "--datum", "2026-11-22"],
        ["meting", "nieuw", "kwadrant", "mie", "--datum", text],
        ["deelnemer", "erbij", REF, "--rol", text],
        ["deelnemer", "intrek", REF, text],
        ["persoon", "wis", "kwadrant", text, "--ja"],
        ["onderwerp", "nieuw", "kwadrant", text],
        ["afvinken", REF, text],
        ["reden", REF, text, "Daarom."],
        ["verslag", REF, "--formaat", text],
        ["vergissing", REF, text, "--auditor", "Anna", "--reden", "x"],
        [text],
        ["meting", text],
        ["uitslag", REF, f"--{text}"],
    ):
        said = quiet(told(*words))
        assert said.status in (1, 2), (words, said)
    for key in ("item", "missing", "value", "part", text):
        rows = told.file({"answer": [{"item": "1", "value": 3, key: text}]})
        assert quiet(told("invullen", REF, rows, "--auditor", "Anna")).status == 2
    assert told.json("controle")["sound"]


NAMES = {
    "../../etc": "etc",
    "CON": "con-1",
    "aux.txt": "aux-txt",
    "NUL": "nul-1",
    "De Kap 🏡": "de-kap",
    "🏡🏡": "organisatie",
    "مركز الدعم": "organisatie",
    "Café Ångström": "cafe-angstrom",
    "'s-Hertogenbosch": "s-hertogenbosch",
    "=cmd()": "cmd",
    "[bold]Vet[/]": "bold-vet",
    "C:\\Windows": "c-windows",
    "a/b/c": "a-b-c",
    "-": "organisatie",
    "--json": "json",
    ".": "organisatie",
    "..": "organisatie",
    "organisations": "organisations",
    "2026-11-22": "2026-11-22",
    "x" * 300: "x" * 60,
}


@pytest.mark.parametrize(("name", "slug"), NAMES.items(), ids=[name[:20] for name in NAMES])
def test_a_name_of_any_kind_gets_a_safe_folder(kwartier: Kwartier, name: str, slug: str) -> None:
    made = kwartier("--json", "organisatie", "nieuw", "--", name)
    assert made.status == 0, made
    assert json.loads(made.out)["slug"] == slug
    assert [path.name for path in (kwartier.data / "organisations").iterdir()] == [slug]
    assert kwartier.json("organisatie", "toon", slug)["name"] == name
    assert quiet(kwartier("organisatie", "lijst")).out
    ref = kwartier.start("Anna", "Bram", slug=slug)
    assert ref == f"{slug}/mie/2026-11-22"
    kwartier.text("verslag", ref)
    kwartier.text("meting", "geef", ref, "--auditor", "Anna")
    assert kwartier.json("controle")["sound"]
    assert sorted(path.name for path in kwartier.home.iterdir()) == ["bureau", "gegevens"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "empty-name"),
        ("   \u00a0", "empty-name"),
        ("\u200b\u200d", "empty-name"),
        ("x" * 301, "name-too-long"),
        ("regel\neinde", "control-character"),
        ("\x1b[31mRood", "control-character"),
        ("om\u202egedraaid", "bidi-override"),
        ("half \ud83d", "half-character"),
    ],
    ids=["empty", "spaces", "unseen", "long", "newline", "escape", "reversed", "half"],
)
def test_a_name_that_cannot_be_is_refused_and_makes_nothing(kwartier: Kwartier, name: str, code: str) -> None:
    said = quiet(kwartier("organisatie", "nieuw", name))
    assert said.status in (1, 2)
    error = kwartier.refused("organisatie", "nieuw", name)
    assert (error["code"], bool(error["next"])) == (code, True)
    kwartier.organisation()
    slug = ("meting", "nieuw", "kwadrant", "mie", "--datum", "2026-11-22", "--auditor", "Anna", "--auditor", name)
    assert quiet(kwartier(*slug)).status in (1, 2)
    assert kwartier.json("meting", "lijst", "kwadrant")["assessments"] == []
    assert kwartier.json("organisatie", "lijst")["organisations"][0]["slug"] == "kwadrant"


def test_names_that_differ_in_case_or_accent_get_folders_of_their_own(kwartier: Kwartier) -> None:
    slugs = [kwartier.json("organisatie", "nieuw", name)["slug"] for name in ("Kade", "KADE", "Kadé", "kade ")]
    assert slugs == ["kade", "kade-2", "kade-3", "kade-4"]
    told = kwartier.json("organisatie", "lijst")["organisations"]
    assert [one["name"] for one in told] == ["Kade", "KADE", "Kadé", "kade "]


@pytest.mark.parametrize(
    "name", ["[bold]Anna[/]", "=cmd()", "Åsa ✊🏽", "../../../anna", "a1q", "عنا", '"Anna"', "O'Neill"]
)
def test_names_of_people_of_any_kind(kwartier: Kwartier, name: str) -> None:
    kwartier.organisation()
    ref = kwartier.start(name, "Bram")
    assert kwartier.json("persoon", "lijst", "kwadrant")["people"][0] == {"code": "a1", "name": name}
    kwartier.explain(ref)
    kwartier.score(ref, name, [3] * 12)
    for words in (["meting", "toon", ref], ["persoon", "lijst", "kwadrant"], ["verslag", ref]):
        quiet(kwartier(*words))
    found = [path for path in kwartier.data.rglob("*.toml") if name in str(tomllib.loads(path.read_text()))]
    assert [path.name for path in found] == ["people.toml"]


def test_a_damaged_file_with_hostile_text_is_quoted_quietly(told: Kwartier) -> None:
    path = told.data / "organisations" / REF / "toelichten.toml"
    for text in (
        'schema = 1\n"\x1b]52;c;a3c=\x07" = \n',
        'schema = 1\n[[explanation]]\nitem = "\\u001b[2J"\ntext = "x"\n',
        'schema = 1\n[[explanation]]\nitem = "1"\n"\\u001b[31m" = 3\n',
        'schema = "\\u001b[31m"\n',
    ):
        path.write_text(text)
        for words in (["controle"], ["meting", "toon", REF], ["verslag", REF], ["formulier", REF, "toelichten"]):
            quiet(told(*words))
            quiet(told(*words, "--json"))
