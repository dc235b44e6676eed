"""References to assessments (organisation/instrument/date, or with a subject) and the names of step files.

Texts only: whether something stands there is known by folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as Day

from kwartier.errors import Misused
from kwartier.store.names import is_code, is_reserved, is_slug

SUBJECTS = "subjects"
ENVELOPE = "assessment"
"""The file of an assessment that is no step: assessment.toml."""

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-([1-9]\d{0,3}))?", re.ASCII)
_INSTRUMENT = re.compile(r"[a-z][a-z0-9-]{0,29}")
_PART = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Ref:
    """The reference of an assessment, which is its path below organisations/."""

    organisation: str
    instrument: str
    subject: str | None
    name: str
    "The folder's name: a date, with -2, -3 and on for a later one on that day."

    def __str__(self) -> str:
        return "/".join(part for part in (self.organisation, self.instrument, self.subject, self.name) if part)

    @property
    def date(self) -> Day:
        """The date in the folder's name; the assessment's own date may since have been corrected."""
        return Day.fromisoformat(self.name[:10])

    @property
    def order(self) -> tuple[str, str, str, Day, int]:
        """The key by which references are listed: "-2" before "-10"."""
        return self.organisation, self.instrument, self.subject or "", self.date, int(self.name[11:] or 1)


def parse_ref(text: str) -> Ref:
    """The reference in a text, with / or \\ between its parts and perhaps some at the end; else Misused."""
    match text.replace("\\", "/").rstrip("/").split("/"):
        case [organisation, instrument, name]:
            ref = Ref(organisation, instrument, None, name)
        case [organisation, instrument, subject, name] if is_code(subject):
            ref = Ref(organisation, instrument, subject, name)
        case _:
            raise _no_ref(text)
    if is_slug(ref.organisation) and is_instrument(ref.instrument) and is_date_name(ref.name):
        return ref
    raise _no_ref(text)


def is_date_name(text: str) -> bool:
    """Whether a text is the folder name of an assessment: an existing date, perhaps with -2 or higher."""
    found = _DATE.fullmatch(text)
    if found is None or found[2] == "1":
        return False
    try:
        Day.fromisoformat(found[1])
    except ValueError:
        return False
    return True


def is_instrument(text: str) -> bool:
    """Whether a text can be an instrument's folder within an organisation."""
    return _INSTRUMENT.fullmatch(text) is not None and text != SUBJECTS and not is_reserved(text)


def step_file_name(step: str, person: str | None = None) -> str:
    """The name of the file of a step, or of one person's part of it; Misused where an id cannot be in a file name."""
    for text in (step, person):
        if text is not None and (_PART.fullmatch(text) is None or is_reserved(text)):
            raise _no_step(text)
    if step == ENVELOPE:
        raise _no_step(step)
    return f"{step}.{person}.toml" if person is not None else f"{step}.toml"


def split_step_file_name(name: str) -> tuple[str, str | None] | None:
    """Step and person of a step file, or None for any other file."""
    match name.split("."):
        case [step, "toml"] if step != ENVELOPE and _PART.fullmatch(step):
            return step, None
        case [step, person, "toml"] if step != ENVELOPE and _PART.fullmatch(step) and _PART.fullmatch(person):
            return None if person.startswith("sync-conflict-") else (step, person)
    return None


def _no_ref(text: str) -> Misused:
    return Misused(
        "invalid-reference",
        f"Dit is geen verwijzing naar een meting: {ascii(text[:100])[1:-1]}",
        advice="Schrijf organisatie/instrument/datum, of organisatie/instrument/code/datum voor een student of een "
        "praktijkleerplek. De datum is als 2026-11-22.",
    )


def _no_step(text: str) -> Misused:
    return Misused(
        "invalid-step",
        f"Dit kan geen stap of persoon zijn: {ascii(text[:60])[1:-1]}",
        advice="Een stap en een persoon hebben kleine letters, cijfers en streepjes, hoogstens 40.",
    )
