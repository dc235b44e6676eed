"""kwartier student slot: with files, at a keyboard, and every other command that meets a student on slot."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Kwartier

from kwartier.store import cipher, keyring

PASSPHRASE = "vijver klinker zondag harmonica"
NAME = "Sien de Student"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Kwartier:
    """An organisation with a student on slot; making the slot takes seconds."""
    kwartier = Kwartier(tmp_path_factory.mktemp("slot"))
    kwartier.organisation()
    kwartier.text("onderwerp", "nieuw", "kwadrant", "s1", "--soort", "student", "--naam", NAME)
    kwartier.text("onderwerp", "nieuw", "kwadrant", "s2", "--soort", "student")
    given(kwartier, "goed.txt", PASSPHRASE)
    given(kwartier, "fout.txt", "iets anders")
    told = kwartier.text("student", "slot", "erop", "kwadrant", "s1", "--wachtwoord-bestand", "goed.txt", "--ja")
    assert "Zonder het wachtwoord is niets hiervan ooit nog te openen" in told.replace("\n", " ")
    return kwartier


@pytest.fixture(autouse=True)
def locked() -> Iterator[None]:
    """Whatever was unlocked in this process is locked when the next test begins."""
    yield
    keyring.forget_all()


def given(kwartier: Kwartier, name: str, passphrase: str) -> Path:
    path = kwartier.desk / name
    path.write_text(f"{passphrase}\n", "utf-8")
    return path


def own(kwartier: Kwartier) -> Path:
    return kwartier.data / "organisations/kwadrant/subjects/s1/subject.toml"


def test_a_command_without_anybody_reads_the_passphrase_from_a_file(begun: Kwartier) -> None:
    assert cipher.is_cipher_file(own(begun))
    told = begun.refused("onderwerp", "toon", "kwadrant", "s1")
    assert told["code"] == "locked"
    assert "KWARTIER_WACHTWOORD_BESTAND" in told["next"]
    with_file = begun.beside(begun.data.name, KWARTIER_WACHTWOORD_BESTAND=str(begun.desk / "goed.txt"))
    assert with_file.json("onderwerp", "toon", "kwadrant", "s1")["name"] == NAME
    assert begun.refused("onderwerp", "toon", "kwadrant", "s1")["code"] == "locked", "and is locked again after it"
    wrong = begun.beside(begun.data.name, KWARTIER_WACHTWOORD_BESTAND=str(begun.desk / "fout.txt"))
    assert wrong.refused("onderwerp", "toon", "kwadrant", "s1")["code"] == "passphrase-wrong"
    assert cipher.is_cipher_file(own(begun))


def test_lists_go_on_and_say_so(begun: Kwartier) -> None:
    rows = begun.text("onderwerp", "lijst", "kwadrant").splitlines()
    assert [row.split() for row in rows[1:]] == [["s1", "student", "op", "slot"], ["s2", "student", "nog", "geen"]]
    assert NAME not in begun.text("organisatie", "toon", "kwadrant")
    assert begun("controle").status == 0
    assert begun.json("agenda")["agenda"] == []


def test_what_cannot_be_is_refused_before_a_passphrase_is_asked(begun: Kwartier) -> None:
    for words, code in (
        ("erop kwadrant s2", "not-sure"),
        ("erop kwadrant s2 --ja", "passphrase-missing"),
        ("erop kwadrant s9 --ja", "unknown-subject"),
        ("erop kwadrant s1 --ja --wachtwoord-bestand goed.txt", "already-encrypted"),
        ("eraf kwadrant s1", "not-sure"),
        ("eraf kwadrant s1 --ja", "passphrase-missing"),
        ("eraf kwadrant s2 --ja", "not-encrypted"),
        ("wachtwoord kwadrant s2", "not-encrypted"),
        ("wachtwoord kwadrant s1", "passphrase-missing"),
    ):
        done = begun("student", "slot", *words.split(), "--json")
        assert (done.status in (1, 2), f'"code": "{code}"' in done.err) == (True, True), (words, done)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX to type a passphrase in")
def test_at_a_keyboard_the_passphrase_is_asked_and_not_shown(begun: Kwartier) -> None:
    import pty

    terminal, inside = pty.openpty()
    command = [sys.executable, "-m", "kwartier", "onderwerp", "toon", "kwadrant", "s1"]
    environment = {**os.environ, **begun.settings()}
    with subprocess.Popen(
        command, stdin=inside, stdout=subprocess.PIPE, stderr=inside, env=environment, start_new_session=True
    ) as process:
        os.close(inside)
        shown = b""
        while b"slot: " not in shown:
            shown += os.read(terminal, 1024)
        os.write(terminal, f"{PASSPHRASE}\n".encode())
        assert process.stdout is not None
        told = process.stdout.read().decode()
        assert process.wait(timeout=60) == 0
    os.close(terminal)
    assert NAME in told
    assert "Wachtwoord van s1" in shown.decode()
    assert PASSPHRASE not in shown.decode() + told


def test_another_passphrase_and_the_slot_off_again(begun: Kwartier, tmp_path: Path) -> None:
    home = Kwartier(tmp_path)
    home.organisation()
    target = home.data / "organisations/kwadrant/subjects/s1"
    target.mkdir(parents=True)
    for path in own(begun).parent.iterdir():
        (target / path.name).write_bytes(path.read_bytes())
    old, new = given(home, "oud.txt", PASSPHRASE), given(home, "nieuw.txt", "nieuwe woorden")
    slot = ("student", "slot")
    both = ("--wachtwoord-bestand", old, "--nieuw-wachtwoord-bestand", new)
    assert home(*slot, "wachtwoord", "kwadrant", "s1", *both).status == 0
    assert home.json(*slot, "eraf", "kwadrant", "s1", "--wachtwoord-bestand", new, "--ja")["encrypted"] is False
    assert home.json("onderwerp", "toon", "kwadrant", "s1")["name"] == NAME
    assert not (target / "lock.toml").exists()
