"""What differs in how measurements came about, so that a reader can weigh the figures: Dutch sentences.

Not what differs in their answers; of what this viewer may not see yet nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kwartier.instrument.conditions import setting_words
from kwartier.instrument.model import ScoreStep, Setting
from kwartier.records.files import Sheet
from kwartier.workflow.agreed import open_sheets
from kwartier.workflow.outcome import score_step
from kwartier.workflow.people import role_words
from kwartier.workflow.periods import short

if TYPE_CHECKING:
    from kwartier.workspace.outcomes import Seen

_MOMENTS = ("eerste", "tweede")
_SUBJECTS = {"student": "studenten", "workplace": "praktijkleerplekken"}


def differences(measured: Sequence[Seen]) -> list[str]:
    """What differs between each measurement and the one before it, oldest first; of more than two, with their days."""
    told: list[str] = []
    for before, after in pairwise(measured):
        days = f"{short(before.record.envelope.date)} en {short(after.record.envelope.date)}: "
        told += [f"{days if len(measured) > 2 else ''}{one}" for one in _between(before, after)]
    for number, seen in enumerate(measured):
        envelope = seen.record.envelope
        if envelope.paper is not None:
            which = f"{_MOMENTS[number]} meting" if len(measured) == 2 else f"meting van {short(envelope.date)}"
            told.append(f"De {which} is overgenomen van papier ({envelope.paper.source}).")
    return told


def _between(before: Seen, after: Seen) -> Iterator[str]:
    old, new = before.record.envelope, after.record.envelope
    if before.organisation != after.organisation:
        yield f"Dit zijn twee organisaties: {before.organisation} en {after.organisation}."
    if old.subject != new.subject:
        kind = _SUBJECTS.get(after.header.subject, "onderwerpen")
        yield f"Dit zijn twee {kind}: {old.subject or 'geen'} en {new.subject or 'geen'}."
    was, now = _judging(before), _judging(after)
    many = _called(after)
    if was != now:
        yield f"Andere {many}: toen {_named(before, was)}, nu {_named(after, now)}."
    if was and now and len(was) != len(now):  # on paper nobody was written down
        yield f"Een ander aantal {many}: toen {len(was)}, nu {len(now)}."
    if old.edition != new.edition:
        yield f"Een andere uitgave van het instrument: toen {old.edition}, nu {new.edition}."
    elif old.content != new.content:
        yield "De formulering van kwartier is tussen beide metingen bijgewerkt."
    if _programme(before) != _programme(after):
        yield f"Een andere opleiding: toen {_programme(before)}, nu {_programme(after)}."
    if (first := _wordings(before)) and (second := _wordings(after)) and first != second:
        yield f"Gescoord met een andere formulering: toen {_worded(first)}, nu {_worded(second)}."
    yield from _settings(before, after)


def _judging(seen: Seen) -> set[str]:
    """The codes of those whose work counts; not of the one who is looked at."""
    own = {role.id for role in seen.content.role if role.is_subject}
    people = seen.record.envelope.person
    return {one.id for one in people if not one.shadow and one.stopped is None and one.role not in own}


def _programme(seen: Seen) -> str:
    profile = seen.content.profile
    return (profile.title or profile.id) if profile else "geen"


def _called(seen: Seen) -> str:
    """What the instrument calls those who score."""
    step = score_step(seen.content)
    return role_words(seen.content, step.role if step else "")[1]


def _named(seen: Seen, codes: set[str]) -> str:
    names = sorted(seen.names.get(code) or code for code in codes)
    return " en ".join(names) if names else "niet vastgelegd"


def _wordings(seen: Seen) -> set[str]:
    """The pins of the wordings that were scored with; nothing as long as the sheets may not be seen."""
    steps = [step for step in seen.content.step if isinstance(step, ScoreStep)]
    record = seen.record
    sheets = [record.read_of(step.id, code, Sheet) for step in steps for code in open_sheets(record, step)]
    return {sheet.wording for sheet in sheets if sheet.sealed}


def _worded(pins: set[str]) -> str:
    if pins == {""}:
        return "die van kwartier"
    own = " en die van kwartier" if "" in pins else ""
    laid = [pin.removeprefix("sha256:")[:8] for pin in sorted(pins) if pin]
    return f"een formulering van de organisatie ({', '.join(laid)}){own}"


def _settings(before: Seen, after: Seen) -> Iterator[str]:
    """Parameters that were set otherwise; not those that are there to tell successive measurements apart."""
    known = {one.id: one for seen in (before, after) for one in seen.content.parameter}
    old, new = before.record.envelope.parameters, after.record.envelope.parameters
    changed = [
        f"{known[name].title if name in known else name} was {_set(old.get(name))} en is nu {_set(new.get(name))}"
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name) and not (name in known and known[name].moments)
    ]
    if changed:
        yield f"De metingen zijn met andere instellingen gedaan: {'; '.join(changed)}."


def _set(value: Setting | None) -> str:
    return "niet gekozen" if value is None else setting_words(value)
