"""Files that people fill in: read with a message for who is no programmer, and not taken for another form."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from weakref import WeakKeyDictionary

from kwartier.errors import KwartierError, Misused, Unreadable
from kwartier.instrument.mistakes import Mistaken
from kwartier.instrument.parsing import parse_with_source
from kwartier.records.tree import Tree
from kwartier.text import one_line
from kwartier.workspace import Workspace
from kwartier.workspace.outside import read

_RETURN = re.compile(r"^#   kwartier invullen (\S+) BESTAND --stap (\S+)(?: --auditor (\S+))?$", re.MULTILINE)
"""The line at the head of a form that says how it is given back."""

_MADE_FROM = re.compile(rb'^made_from = "[^"\r\n]*"', re.MULTILINE)
"""The line of a form that says what it was made from."""

_MEND = (
    "Zet een tekst tussen aanhalingstekens, en een getal of een datum (2026-11-22) zonder. Staat er een "
    "aanhalingsteken in de tekst zelf, zet de tekst dan tussen drie en drie."
)


def given_tree(path: Path) -> Tree:
    """The tree in a TOML file that the user gives; `-` reads what is piped in."""
    return _given(path)[1]


def given_form(ws: Workspace, path: Path, ref: str, step: str | None, auditor: str | None) -> Tree:
    """The same of a form for one step of one record; refuses the form of another one, or of somebody else."""
    source, tree = _given(path)
    made = _RETURN.search(source)
    if made is None:
        return tree
    other, its_step, its_code = made.groups()
    wrong = ""
    if other != ref.strip("/").replace("\\", "/"):
        wrong = f"Dit formulier is van een andere meting: {other}."
    elif step and step != its_step:
        wrong = f"Dit is een formulier van de stap '{its_step}', niet van '{step}'."
    elif not step and not its_code and not auditor:
        raise Misused(
            "other-form",
            f"Dit is een formulier van de stap '{its_step}'.",
            place=str(path),
            advice=f"Voeg toe: --stap {its_step}",
        )
    elif its_code and auditor and ws.code_of(ref, auditor) != its_code:
        name = ws.names(ref.strip("/").split("/")[0]).get(its_code) or its_code
        wrong = f"Dit is het formulier van {name}, niet van {auditor}."
    if wrong:
        raise Misused(
            "other-form",
            f"{wrong} Er is niets bewaard.",
            place=str(path),
            advice=(
                "Geef het goede formulier. Bedoelt u dit toch, haal dan boven in het bestand de regel met "
                "'kwartier invullen' weg."
            ),
        )
    return tree


_kept: WeakKeyDictionary[BinaryIO, bytes] = WeakKeyDictionary()


def _piped() -> bytes:
    """What is piped in; kept, for a command that is run again once a student on slot could be opened."""
    stream = sys.stdin.buffer
    if stream not in _kept:
        _kept[stream] = stream.read()
    return _kept[stream]


def _given(path: Path) -> tuple[str, Tree]:
    place = "invoer" if str(path) == "-" else str(path)
    data = _piped() if str(path) == "-" else read(path)
    try:
        return parse_with_source(data, place)
    except Mistaken as mistaken:
        number = int((mistaken.place or "").rpartition(":")[2] or 1)
        lines = data.decode("utf-8", errors="replace").splitlines()
        line = one_line(lines[number - 1], 70) if 0 < number <= len(lines) else ""
        if not line or "geldige TOML" not in mistaken.message:
            raise
        raise Unreadable(
            mistaken.code,
            f"Regel {number} is niet te lezen; er is niets bewaard. Daar staat:\n  {line}",
            place=mistaken.place,
            advice=_MEND,
        ) from None


def renew_form(ws: Workspace, path: Path) -> None:
    """After saving: makes the form say that it was made from what stands there now, so that it can be given again.

    Only that one line changes. What is no form, or cannot be written, stays as it is: then a fresh form is needed.
    """
    if str(path) == "-":
        return
    with suppress(KwartierError):
        data = read(path)
        made = _RETURN.search(data.decode("utf-8", errors="replace").replace("\r\n", "\n"))
        if made is None or not _MADE_FROM.search(data):
            return
        ref, step, code = made.groups()
        fresh = _MADE_FROM.search(ws.blank(ref, step, person=code).encode())
        if fresh is not None and fresh.group() not in data:
            ws.write_out(path, _MADE_FROM.sub(lambda _: fresh.group(), data, count=1), overwrite=True)
