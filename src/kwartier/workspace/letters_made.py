"""A letter or form of one record: for one participant or for each of them, with what is known of the record in it.

Of participants a letter names the one that it is for, and who leads the project; of nobody else anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from kwartier.errors import Misused
from kwartier.instrument import model as m
from kwartier.instrument.letters import FIELDS, Letter
from kwartier.instrument.mistakes import meant, shown
from kwartier.plugins.host import Host
from kwartier.records.files import InterviewFile, Participant, PeopleFile
from kwartier.workspace import letters
from kwartier.workspace.outcomes import Seen, seen_of
from kwartier.workspace.shelf import Case, Shelf

if TYPE_CHECKING:
    from kwartier.reports.document import Document

WITHDRAWN = ("ingetrokken", "geweigerd")
"""Who said this gets no letters any more."""


class Made(Struct, frozen=True, kw_only=True):
    """A letter for one participant (by code), ready to be written."""

    code: str
    document: Document


def document(shelf: Shelf, ref: str, id: str, who: str | None, given: Mapping[str, str]) -> Document:
    """A letter or form of a record; for one participant (name or code), or with room for a name.

    `given` are values by field that kwartier does not know, or that are otherwise.
    """
    _check_fields(given)
    case = shelf.case(ref)
    letter = letters.find(shelf.host, case.record.envelope.instrument, id)
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
    letter = letters.find(shelf.host, case.record.envelope.instrument, id)
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
    """What is known of a record, by field."""
    from kwartier.reports.document import long_date
    from kwartier.reports.phrases import listed

    envelope, content, names = seen.record.envelope, seen.content, seen.names
    assessors = {role.id for role in content.role if role.kind == "assessor" and not role.is_subject}
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
        "bewaartermijn": _period(interview.keep) if interview else "",
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


def _period(period: str) -> str:
    """A period as it is said: 3 maanden."""
    said = [
        f"{number} {word if number == '1' else many}"
        for number, unit in re.findall(r"(\d+)([YMD])", period)
        for word, many in [{"Y": ("jaar", "jaar"), "M": ("maand", "maanden"), "D": ("dag", "dagen")}[unit]]
    ]
    return " en ".join(said)


def _paper(shelf: Shelf, case: Case, id: str, given: Mapping[str, str]) -> Document:
    from kwartier.reports.paper import Sheet, kinds, paper
    from kwartier.workspace import questions

    if id == letters.QUESTIONS:
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
    known = [one.id for one in letters.offered(host, case.record.envelope.instrument)]
    return Misused(
        "unknown-letter",
        f"De brief {shown(id)} is er niet.",
        place=str(case.ref),
        advice=meant(id, known) or f"Kies uit: {', '.join(known)}.",
    )
