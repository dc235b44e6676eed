"""What the index holds of a record and of an organisation, in words; no file and no table is touched here.

Nothing that is not revealed, no name of a person, and of an action point only its number: an index is not erased when
a name or a text is. Of a student no more than the code, days and what comes next in general words; of one that is
encrypted only what the names of the folders say, whether it was unlocked here or not.
"""

from __future__ import annotations

import re
from datetime import date

from kwartier.errors import KwartierError
from kwartier.store.index import DueRow, RecordRow, Standing
from kwartier.store.keyring import home_of
from kwartier.store.refs import Ref
from kwartier.workflow.due import Due, Taken, due, is_followed
from kwartier.workflow.periods import MONTHS
from kwartier.workflow.visible import visible
from kwartier.workspace import retaining, subjects, summaries
from kwartier.workspace.shelf import Case, Shelf

UNREADABLE = "niet te lezen"

_CODE = re.compile(r"[a-z][0-9]{1,6}")
_OWN_TEXT = ("action", "review", "condition")
"""Kinds of which the text ends, behind a colon, in what people wrote themselves."""


Rows = tuple[RecordRow, tuple[DueRow, ...]]


def read(shelf: Shelf, ref: Ref) -> Rows:
    """The rows of a record as it is on disk now, without a stamp; of one that cannot be read, a row that says why."""
    case: Case | None = None
    try:
        if ref.subject and home_of(shelf.folder.assessment(ref)):
            return _row(shelf, ref, None, summaries.shut(ref, summaries.SHUT))._replace(next=""), ()
        case = shelf.case(ref)
        record = visible(case.record, case.content, None)
        row = _row(shelf, ref, case, summaries.of_case(case, record))
        if is_of_student(shelf, case):
            row = row._replace(detail="", mean="", verdict="")
        return row, tuple(_due_row(one, ref) for one in due(record, case.content, followed=False))
    except KwartierError as error:
        problem = error.message
    except Exception as error:  # a file that nobody foresaw: one record may not take the start screen away
        problem = f"Deze meting is {UNREADABLE} ({type(error).__name__})."
    told = summaries.Summary(ref=str(ref), instrument=ref.instrument, date=ref.date, problem=problem)
    return _row(shelf, ref, case, told), ()


def is_of_student(shelf: Shelf, case: Case) -> bool:
    """Whether a record is of a student, as far as is known; of a workplace or an organisation it is not."""
    if not case.ref.subject:
        return False
    header = shelf.header_of(case)
    if header is not None and header.subject in subjects.KINDS:
        return header.subject == "student"
    known = subjects.known(shelf, case.ref.organisation, case.ref.subject)
    return known is None or known.kind != "workplace"


def own(shelf: Shelf, slug: str) -> tuple[DueRow, ...]:
    """What an organisation has on the agenda by itself, beside its records: until when its students may be kept."""
    try:
        found = [(one, one.day.isoformat() if one.day else "") for one in retaining.dues(shelf, slug)]
    except KwartierError:  # its folder is closed to this user, which is told of the organisation
        return ()
    return tuple(DueRow(one.ref, slug, one.step, one.kind, one.text, day, "") for one, day in found)


def _row(shelf: Shelf, ref: Ref, case: Case | None, told: summaries.Summary) -> RecordRow:
    own = case.record.envelope if case else None
    listing = shelf.host.listing(told.instrument)
    return RecordRow(
        ref=str(ref),
        organisation=ref.organisation,
        stamp="",
        pin=own.content if own else "",
        instrument=ref.instrument,
        successor=listing.header.successor if listing and listing.header else "",
        short=listing.header.short if listing and listing.header else ref.instrument.upper(),
        day=(own.date if own else ref.date).isoformat(),
        subject=ref.subject or "",
        follows=own.follows if own else "",
        readable=int(own is not None),
        definitive=int(told.definitive),
        paper=int(told.paper),
        next=told.next,
        detail=told.detail,
        mean=told.mean,
        verdict=told.verdict,
        locked=told.locked,
        problem=told.problem,
    )


def _due_row(one: Due, ref: Ref) -> DueRow:
    text = one.text.partition(":")[0] if one.kind in _OWN_TEXT else one.text
    person = one.person if _CODE.fullmatch(one.person) else ""  # a name that somebody put there by hand is no code
    return DueRow(one.ref, ref.organisation, one.step, one.kind, text, one.day.isoformat() if one.day else "", person)


def settle(records: list[RecordRow], dues: list[DueRow]) -> Standing:
    """What follows from all records of an organisation together."""
    later = [_taken(one) for one in records if one.readable]
    repeated = frozenset(one.ref for one in records if is_followed(_taken(one), later))
    last = max(records, key=lambda one: (one.day, _is_running(one)), default=None)
    running = max(filter(_is_running, records), key=lambda one: (one is last, one.day), default=None)
    if last is not None and last.problem:
        coming = UNREADABLE
    elif running is not None:
        coming = _step_words(running, running is last)
    else:
        left = [one for one in dues if not (one.kind == "repeat" and one.ref in repeated)]
        first = min(left, key=lambda one: (one.day or date.max.isoformat(), one.ref, one.step), default=None)
        coming = first.text if first else ""
    return Standing(
        last=_last_words(last) if last else "",
        last_day=last.day if last else "",
        next=coming,
        records=len(records),
        broken=sum(bool(one.problem) for one in records),
        repeated=repeated,
    )


def _is_running(one: RecordRow) -> bool:
    return not (one.definitive or one.paper or one.problem) and bool(one.next)


def _taken(one: RecordRow) -> Taken:
    return Taken(
        ref=one.ref,
        instrument=one.instrument,
        subject=one.subject,
        day=date.fromisoformat(one.day),
        follows=one.follows,
        successor=one.successor,
    )


def _last_words(one: RecordRow) -> str:
    if _is_running(one):
        return f"{one.short} loopt"
    day = date.fromisoformat(one.day)
    verdict = f", {one.verdict}" if one.verdict else f", {summaries.SHUT}" if one.locked == summaries.SHUT else ""
    return f"{one.short} {MONTHS[day.month - 1]} {day.year % 100:02}{verdict}"


def _step_words(one: RecordRow, is_last: bool) -> str:
    words = one.next.lower() + (f" ({one.detail})" if one.detail else "")
    return words if is_last else f"{one.short}: {words}"
