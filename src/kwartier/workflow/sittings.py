"""The clock of an interview: what its sessions add up to, which one is running, and how much time is left.

Times are those on the wall, without a zone, as sessions keep them; a minute counts once the wall's clock turned it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from kwartier.records.files import InterviewFile, Session
from kwartier.records.tree import Tree

LONGEST = timedelta(hours=12)
"""A session that began longer ago than this and has no end was forgotten; it is not running any more."""

SKEW = timedelta(minutes=15)
"""How far the clocks of two machines may differ."""

WARN_AT = (15, 0)
"""Minutes left at which the user is warned."""


def begun(session: Session) -> datetime | None:
    """When a session began; None where that was not noted."""
    return datetime.combine(session.date, session.start) if session.start is not None else None


def running(file: InterviewFile, now: datetime) -> Session | None:
    """The session that is going on: the newest without an end, where that can be."""
    wall = now.replace(tzinfo=None)
    return next((one for one in reversed(_open(file)) if -SKEW <= wall - _begin(one) < LONGEST), None)


def forgotten(file: InterviewFile, now: datetime) -> Session | None:
    """The newest session whose end was never noted and that cannot be going on."""
    going = running(file, now)
    return next((one for one in reversed(_open(file)) if one != going), None)


def spent(file: InterviewFile, now: datetime) -> int:
    """Minutes of all sessions together, the running one until now."""
    going = running(file, now)
    return sum(one.length() for one in file.session) + (_minutes(going, now) if going else 0)


def start(now: datetime) -> Tree:
    """What has to be given to begin a session."""
    return {"session": [{"date": now.date(), "start": now.time().replace(microsecond=0)}]}


def stop(session: Session, at: datetime) -> Tree:
    """What has to be given to end a session; never before it began."""
    wall = max(at.replace(tzinfo=None), _begin(session))
    return {"session": [{"id": session.id, "end": wall.time().replace(microsecond=0)}]}


def end_by(session: Session, saved: datetime | None) -> datetime | None:
    """When a session that has no end was over at the earliest: the last time that something was saved in it."""
    if saved is None or not timedelta() <= saved.replace(tzinfo=None) - _begin(session) < LONGEST:
        return None
    return saved.replace(tzinfo=None)


def passed(before: int, after: int) -> list[int]:
    """Which warnings are due now that so many minutes are left, where there were `before`; the nearest last."""
    return [one for one in WARN_AT if after <= one < before]


def clock(minutes: int) -> str:
    """Minutes as hours and minutes: 0:47."""
    return f"{minutes // 60}:{minutes % 60:02}"


def pace(items: int, minutes: int | None) -> str:
    """How much is left, in Dutch: so many items in so many minutes; `minutes` is None without a budget."""
    if not items:
        return "Alle items zijn besproken"
    told = f"Nog {items} {'item' if items == 1 else 'items'}"
    if minutes is None:
        return told
    many = f"{abs(minutes)} {'minuut' if abs(minutes) == 1 else 'minuten'}"
    return f"{told} in {many}" if minutes >= 0 else f"{told}, {many} over de tijd"


def _open(file: InterviewFile) -> list[Session]:
    found = [one for one in file.session if one.start is not None and one.end is None and one.minutes is None]
    return sorted(found, key=_begin)


def _begin(session: Session) -> datetime:
    return begun(session) or datetime.combine(session.date, datetime.min.time())


def _minutes(session: Session, now: datetime) -> int:
    since = now.replace(tzinfo=None, second=0, microsecond=0) - _begin(session).replace(second=0, microsecond=0)
    return max(0, int(since.total_seconds()) // 60)
