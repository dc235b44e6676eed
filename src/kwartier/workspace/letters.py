"""Letters and paper that there are: those that instruments bring, and versions of one's own laid over them.

A version of one's own stands in the user's config folder, as the official wording does; what is damaged there is told
with its line, and never replaced unseen.
"""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.instrument.letters import Letter, about_fields, blank_letter, read_letter
from kwartier.instrument.mistakes import meant, shown
from kwartier.plugins.discovery import file_of
from kwartier.plugins.host import Host
from kwartier.store import files
from kwartier.store.disk import fingerprint_of, make_folder
from kwartier.workspace.outside import read
from kwartier.workspace.places import config_folder

FOLDER = "letters"
"""The folder of a plugin's package, and of the config folder, in which letters stand."""
QUESTIONS = "vragenlijst"
"""The list of questions, which every instrument has as paper."""

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


class Offered(Struct, frozen=True, kw_only=True):
    """A letter or form in a list. Where it cannot be used, `problem` says why (Dutch)."""

    id: str
    title: str = ""
    summary: str = ""
    per_participant: bool = False
    paper: bool = False
    "Whether kwartier makes it of the content, so that it cannot be edited."
    own: bool = False
    "Whether it is a version of the user's own."
    problem: str = ""
    place: str = ""


# -- what there is


def offered(host: Host, instrument: str) -> list[Offered]:
    """The letters of an instrument, own versions in their place, then the paper that is made of its content."""
    from kwartier.reports.paper import kinds

    content = host.open(instrument).content
    own, shipped = _own(instrument), _shipped(host, instrument)
    ids = dict.fromkeys((*sorted(shipped), *sorted(own)))
    found = [_offered(own.get(id) or shipped[id], id, instrument, own=id in own) for id in ids]
    made = {**kinds(content), QUESTIONS: "Vragenlijst, om vooraf te sturen"}
    return [*found, *(Offered(id=id, title=title, paper=True) for id, title in made.items() if id not in ids)]


def _offered(path: Path, id: str, instrument: str, *, own: bool) -> Offered:
    try:
        letter = _read(path, id, instrument, own=own)
    except KwartierError as error:
        return Offered(id=id, own=own, problem=error.message, place=error.place or str(path))
    return Offered(
        id=id,
        title=letter.title,
        summary=letter.summary,
        per_participant=letter.per == "participant",
        own=own,
        place=str(path),
    )


def new(host: Host, instrument: str, id: str, *, blank: bool = False) -> str:
    """A letter as a file to edit: one's own version, else that of the instrument; `blank` gives one to begin with."""
    host.open(instrument)
    known = {**_shipped(host, instrument), **_own(instrument)}
    if id in known:
        data = files.find_bytes(known[id]) if id in _own(instrument) else file_of(known[id])
        text = (data or b"").decode("utf-8-sig")
        return text if text.startswith("# Velden") else f"{about_fields()}\n{text}"
    if blank and _ID.fullmatch(id):
        return f"{about_fields()}\n{blank_letter(id, instrument)}"
    raise Misused(
        "unknown-letter",
        f"Er is geen brief {shown(id)} om aan te passen.",
        advice=meant(id, known) or (f"Kies uit: {', '.join(sorted(known))}." if known else "Begin er een met --leeg."),
    )


def use(host: Host, path: Path, *, overwrite: bool = False) -> Letter:
    """Uses a letter from now on, on this machine. Raises `Mistaken` with all that is wrong with it.

    Another version that is there is only replaced with `overwrite`, one that cannot be read never.
    """
    data = read(path)
    letter = read_letter(data, str(path))
    host.open(letter.instrument)
    target = _target(letter.instrument, letter.id)
    there = files.find_bytes(target)
    if there is not None and there != data:
        _read(target, letter.id, letter.instrument, own=True)
        if not overwrite:
            raise Refused(
                "letter-exists",
                f"U gebruikt al een eigen versie van '{letter.id}', en die is anders.",
                place=str(target),
                advice="Voeg --overschrijf toe om haar te vervangen.",
            )
    make_folder(target.parent)
    files.replace(target, data, expected=fingerprint_of(target) if there is not None else None)
    return letter


def drop(host: Host, instrument: str, id: str) -> bool:
    """Takes an own version away; False where there was none."""
    host.open(instrument)
    path = _own(instrument).get(id)
    expected = fingerprint_of(path) if path is not None else None
    if path is None or expected is None:
        return False
    files.remove(path, expected=expected)
    return True


# -- finding and reading


def find(host: Host, instrument: str, id: str) -> Letter | None:
    """The letter with this id, an own version first; None where there is none, so that it may be paper.

    Raises `Mistaken` where it cannot be read.
    """
    own = _own(instrument)
    if id in own:
        return _read(own[id], id, instrument, own=True)
    shipped = _shipped(host, instrument)
    return _read(shipped[id], id, instrument, own=False) if id in shipped else None


def _read(path: Path, id: str, instrument: str, *, own: bool) -> Letter:
    letter = read_letter((files.find_bytes(path) or b"") if own else file_of(path), str(path))
    if (letter.id, letter.instrument) == (id, instrument):
        return letter
    raise Misused(
        "letter-other-id",
        f"In dit bestand staat {shown(letter.instrument)}, {shown(letter.id)}; zijn plaats zegt iets anders.",
        place=str(path),
        advice=f'Zet er instrument = "{instrument}" en id = "{id}" in.',
    )


def _shipped(host: Host, instrument: str) -> dict[str, Path]:
    listing = host.listing(instrument)
    return _in(Path(listing.folder) / FOLDER) if listing is not None and listing.folder is not None else {}


def _own(instrument: str) -> dict[str, Path]:
    return _in(_target(instrument, "x").parent)


def _in(home: Path) -> dict[str, Path]:
    try:
        found = sorted(home.iterdir())
    except OSError:
        return {}
    return {one.stem: one for one in found if one.suffix == ".toml" and _ID.fullmatch(one.stem)}


def _target(instrument: str, id: str) -> Path:
    return config_folder() / FOLDER / instrument / f"{id}.toml"
