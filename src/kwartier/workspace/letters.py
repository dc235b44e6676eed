"""Letters and paper: those that instruments bring, versions of one's own laid over them, and the values of a record.

A version of one's own stands in the user's config folder, as the official wording does; what is damaged there is told
with its line, and never replaced unseen.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.instrument import model as m
from kwartier.instrument.letters import FIELDS, Letter, about_fields, blank_letter, read_letter
from kwartier.instrument.mistakes import meant, shown
from kwartier.plugins.discovery import file_of
from kwartier.plugins.host import Host
from kwartier.records.files import InterviewFile, Participant, PeopleFile
from kwartier.store import files
from kwartier.store.disk import fingerprint_of, make_folder
from kwartier.workflow.periods import period_words
from kwartier.workspace.outcomes import Seen, seen_of
from kwartier.workspace.outside import read
from kwartier.workspace.places import config_folder
from kwartier.workspace.shelf import Case, Shelf

if TYPE_CHECKING:
    from kwartier.reports.document import Document

FOLDER = "letters"
"""The folder of a plugin's package, and of the config folder, in which letters stand."""
QUESTIONS = "vragenlijst"
"""The list of questions, which every instrument has as paper."""
WITHDRAWN = ("ingetrokken", "geweigerd")

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


class Made(Struct, frozen=True, kw_only=True):
    """A letter for one participant (by code), ready to be written."""

    code: str
    document: Document


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
        letter = _read(path, id, instrument)
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
        _read(target, letter.id, letter.instrument)
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


# -- of one record


def document(shelf: Shelf, ref: str, id: str, who: str | None, given: Mapping[str, str]) -> Document:
    """A letter or form of a record; for one participant (name or code), or with room for a name.

    `given` are values by field that kwartier does not know, or that are otherwise.
    """
    _check_fields(given)
    case = shelf.case(ref)
    letter = _letter(shelf.host, case, id)
    if letter is None:
        if who:
            raise _not_per_participant(id)
        return _paper(shelf, case, id, given)
    code = _participant(shelf, case, letter, who).id if who else ""
    return _made(shelf, case, letter, code, given)


def for_all(shelf: Shelf, ref: str, id: str, given: Mapping[str, str]) -> list[Made]:
    """A letter for each participant, but for those who said no or withdrew."""
    _check_fields(given)
    case = shelf.case(ref)
    letter = _letter(shelf.host, case, id)
    if letter is None or letter.per != "participant":
        raise _not_per_participant(id)
    rows = [row for row in _participants(case) if row.consent not in WITHDRAWN]
    if not rows:
        raise Misused(
            "no-participants-yet",
            "Er zijn nog geen deelnemers om een brief voor te maken.",
            place=str(case.ref),
            advice="Zet hen erin met 'kwartier deelnemer erbij', of maak één brief zonder naam.",
        )
    return [Made(code=row.id, document=_made(shelf, case, letter, row.id, given)) for row in rows]


def _made(shelf: Shelf, case: Case, letter: Letter, code: str, given: Mapping[str, str]) -> Document:
    from kwartier.reports.letters import letter_document

    seen = seen_of(shelf, case, None)
    values = {**_values(shelf, case, seen, code), **given}
    return letter_document(letter, values, seen.content, shelf.today())


def _values(shelf: Shelf, case: Case, seen: Seen, code: str) -> dict[str, str]:
    """What is known of a record, by field. Of participants only the one the letter is for, and who leads the project."""
    from kwartier.reports.document import long_date
    from kwartier.reports.phrases import listed

    envelope, content, names = seen.record.envelope, seen.content, seen.names
    assessors = {role.id for role in content.role if role.kind == "assessor"}
    own = [names.get(one.id, "") for one in envelope.person if one.role in assessors and one.stopped is None]
    leaders = [row.id for row in _participants(case) if row.role == "projectleider" and row.consent not in WITHDRAWN]
    interview = next((one for one in content.step if isinstance(one, m.InterviewStep)), None)
    return {
        "organisatie": seen.organisation,
        "woonplaats": shelf.organisation(case.ref.organisation).place,
        "datum": long_date(envelope.date),
        "vandaag": long_date(shelf.today()),
        "tijd": _start(seen, interview),
        "duur": _duration(interview),
        "instrument": seen.header.short,
        "publicatie": seen.header.publication.title,
        "projectleider": names.get(leaders[0], "") if len(leaders) == 1 else "",
        "auditors": listed(name for name in own if name.strip()),
        "deelnemer": names.get(code, "") if code else "",
        "bewaartermijn": period_words(interview.keep) if interview else "",
    }


def _start(seen: Seen, interview: m.InterviewStep | None) -> str:
    """When the first sitting on the day of the record begins, where that was noted."""
    sittings = seen.record.read(interview.id, InterviewFile).session if interview else ()
    first = next((one.start for one in sittings if one.date == seen.record.envelope.date and one.start), None)
    return f"{first:%H.%M} uur" if first else ""


def _duration(interview: m.InterviewStep | None) -> str:
    minutes = interview.minutes if interview else None
    if minutes is None:
        return ""
    return f"{minutes // 60} uur" if minutes % 60 == 0 else f"{minutes} minuten"


def _paper(shelf: Shelf, case: Case, id: str, given: Mapping[str, str]) -> Document:
    from kwartier.reports.paper import Sheet, kinds, paper
    from kwartier.workspace import questions

    if id == QUESTIONS:
        return questions.of_record(shelf, str(case.ref), None, filled=False, parts=False, prompts=False)
    seen = seen_of(shelf, case, None)
    if id not in kinds(seen.content):
        raise _unknown(shelf.host, case, id)
    interview = next((one for one in seen.content.step if isinstance(one, m.InterviewStep)), None)
    asked = seen.record.read(interview.id, InterviewFile).prompt if interview else ()
    sheet = Sheet(
        header=seen.header,
        content=seen.content,
        today=shelf.today(),
        organisation=seen.organisation,
        day=seen.record.envelope.date,
        start=given.get("tijd", "") or _start(seen, interview),
        essential={(one.item, one.id): one.essential for one in asked if one.essential is not None},
    )
    return paper(id, sheet)


# -- finding and reading


def _letter(host: Host, case: Case, id: str) -> Letter | None:
    """The letter with this id, an own version first; None where there is none, so that it may be paper."""
    instrument = case.record.envelope.instrument
    own = _own(instrument)
    if id in own:
        return _read(own[id], id, instrument)
    shipped = _shipped(host, instrument)
    return _read(shipped[id], id, instrument) if id in shipped else None


def _read(path: Path, id: str, instrument: str) -> Letter:
    letter = read_letter(files.find_bytes(path) or b"", str(path))
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
        names = sorted(os.listdir(home))
    except OSError:
        return {}
    return {name[:-5]: home / name for name in names if name.endswith(".toml") and _ID.fullmatch(name[:-5])}


def _target(instrument: str, id: str) -> Path:
    return config_folder() / FOLDER / instrument / f"{id}.toml"


def _participants(case: Case) -> Iterator[Participant]:
    step = next((one for one in case.content.step if isinstance(one, m.PeopleStep)), None)
    yield from case.record.read(step.id, PeopleFile).participant if step else ()


def _participant(shelf: Shelf, case: Case, letter: Letter, who: str) -> Participant:
    if letter.per != "participant":
        raise _not_per_participant(letter.id)
    code = shelf.codes(case.ref.organisation, case.ref.subject).find(who) or who
    rows = [*_participants(case)]
    found = next((row for row in rows if row.id == code), None)
    if found is None:
        raise Misused(
            "unknown-participant",
            f"{shown(who)} is geen deelnemer van deze meting.",
            place=str(case.ref),
            advice=f"Wel: {', '.join(row.id for row in rows) or 'nog niemand'}.",
        )
    return found


# -- what cannot be


def _check_fields(given: Mapping[str, str]) -> None:
    for name in given:
        if name not in FIELDS:
            advice = meant(name, FIELDS) or f"Kies uit: {', '.join(FIELDS)}."
            raise Misused("unknown-field", f"Het veld {shown(name)} is er niet.", advice=advice)


def _not_per_participant(id: str) -> Misused:
    return Misused(
        "not-per-participant",
        f"{shown(id)} is er één voor iedereen, niet per deelnemer.",
        advice="Laat --voor en --alle weg.",
    )


def _unknown(host: Host, case: Case, id: str) -> Misused:
    known = [one.id for one in offered(host, case.record.envelope.instrument)]
    return Misused(
        "unknown-letter",
        f"De brief {shown(id)} is er niet.",
        place=str(case.ref),
        advice=meant(id, known) or f"Kies uit: {', '.join(known)}.",
    )
