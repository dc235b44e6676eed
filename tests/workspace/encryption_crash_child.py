"""Run as a program by test_encryption_crash: a student put on slot and taken off, killed at one call after another.

Prints JSON: for every kill the call, what was readable where it should not be, and what was there once it was opened
again. The slow making of a key is done once, before.
"""

from __future__ import annotations

import json
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

import filelock  # noqa: F401 - imported once here, so not again in every copy of this process
import pyrage  # noqa: F401
from tests.dying import die_at, in_a_copy
from tests.workspace.kas import CODE, PUPIL, SECRET, SELF, Greenhouse

from kwartier.store import cipher, keyring
from kwartier.workspace import Workspace
from kwartier.workspace.places import cache_folder

SLUG = "de-glazen-stad"
REF = f"{SLUG}/kas/{CODE}/2026-09-01"
KEY = cipher.new_key()
WRAPPED = cipher.with_passphrase(KEY[0].encode(), "kas", armored=True)


def own(garden: Greenhouse) -> list[Path]:
    """Every file of the student, temporary ones too, but not the lock."""
    home = garden.path / "organisations" / SLUG
    found = [path for top in ("subjects", "kas") for path in (home / top).rglob("*") if path.is_file()]
    return [path for path in found if path.name != "lock.toml"]


def state(garden: Greenhouse) -> str:
    """Whether everything is encrypted or everything in clear; else which files are how."""
    told = {str(path): cipher.is_cipher_file(path) for path in own(garden)}
    locked = (student(garden) / "lock.toml").exists()
    if len(told) == 4 and set(told.values()) == {locked}:
        return "encrypted" if locked else "clear"
    return repr((locked, told))


def student(garden: Greenhouse) -> Path:
    return garden.path / "organisations" / SLUG / "subjects" / CODE


def staged(garden: Greenhouse) -> list[str]:
    """The files of journals in which words of the student stand."""
    places = [path for path in (garden.path / ".kwartier").rglob("*") if path.is_file()]
    return [path.name for path in places if any(word.encode() in path.read_bytes() for word in (PUPIL, SECRET))]


def fill(garden: Greenhouse, ws: Workspace) -> None:
    assert garden.begin(ws) == REF
    ws.change(REF, "zelf", SELF, person=CODE)
    evidence = student(garden) / "evidence"
    evidence.mkdir()
    (evidence / "3fa8").write_bytes(SECRET.encode())


def main(operation: str, work: Path, packages: Path, every: int, first: int) -> None:
    cipher.new_key = lambda: KEY
    cipher.with_passphrase = lambda data, passphrase, *, armored=False: WRAPPED
    base, garden = Greenhouse(work, packages, "basis"), Greenhouse(work, packages, "proef")
    host = base.host()
    with base.open(host) as ws:
        fill(base, ws)
        if operation == "off":
            ws.encrypt_student(SLUG, CODE, "kas")
    kills: list[dict[str, Any]] = []
    log, number = work / "call", first
    while True:
        shutil.rmtree(garden.path, ignore_errors=True)
        shutil.rmtree(cache_folder(), ignore_errors=True)
        shutil.copytree(base.path, garden.path)

        def in_danger(number: int = number) -> None:
            with garden.open(host) as ws:
                keyring.keep(student(garden), KEY[1], KEY[0])
                die_at(number, log)
                if operation == "on":
                    ws.encrypt_student(SLUG, CODE, "kas")
                else:
                    ws.decrypt_student(SLUG, CODE)

        status = in_a_copy(in_danger)
        if status != signal.SIGKILL:
            break
        told: dict[str, Any] = {"call": log.read_text(), "staged": staged(garden)}
        with garden.open(host) as ws:
            keyring.keep(student(garden), KEY[1], KEY[0])
            told["problems"] = [one.message for one in ws.check().problems if one.level == "error"]
            told["name"] = ws.subject(SLUG, CODE).name
            keyring.forget_all()
        kills.append({**told, "state": state(garden), "left": staged(garden)})
        number += every
    print(json.dumps({"status": status, "state": state(garden), "kills": kills}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
