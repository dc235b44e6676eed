"""Calendar arithmetic: a date plus an ISO 8601 period, and dates and times as people here write and read them."""

from __future__ import annotations

import calendar
import re
from datetime import date, time, timedelta

from kwartier.errors import Misused

_PERIOD = re.compile(r"^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$")
_WRITTEN = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$")
_HOUR = re.compile(r"^(\d{1,2})[:.](\d{2})(?::(\d{2}))?$")
_NAMED = re.compile(r"^(\d{1,2}) ([a-z]{3,9})\.? (\d{4})$", re.IGNORECASE)
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def after(start: date, period: str, times: int = 1) -> date:
    """`start` plus a period, a number of times. A month's end stays within the month: 31 aug + P6M is 28 feb.

    Years beyond the calendar's end stop at its last day. Raises ValueError where the period is not ISO 8601.
    """
    match = _PERIOD.match(period)
    if match is None:
        raise ValueError(f"not a period: {period}")
    years, months, days = (int(part or 0) * times for part in match.groups())
    total = start.year * 12 + start.month - 1 + years * 12 + months
    year, month = divmod(total, 12)
    if year > date.max.year:
        return date.max
    whole = date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
    return whole + timedelta(days=days) if days <= (date.max - whole).days else date.max


def short(day: date) -> str:
    """A date as in lists and reports: "22 nov 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def parse_date(text: str) -> date:
    """A date typed as 2026-11-22, 22-11-2026, 22 nov 2026 or 22 november 2026. Raises `Misused` in words where it is neither."""
    stripped = text.strip()
    try:
        match = _WRITTEN.match(stripped)
        if match:
            day, month, year = (int(part) for part in match.groups())
            return date(year, month, day)
        named = _NAMED.match(stripped)
        if named:
            # Only "maart" is shortened by leaving out letters in its middle.
            month = MONTHS.index(named[2].lower().replace("maart", "mrt")[:3]) + 1
            return date(int(named[3]), month, int(named[1]))
        return date.fromisoformat(stripped)
    except ValueError:
        raise Misused(
            "date-wrong", f"'{text}' is geen datum.", advice="Schrijf bijvoorbeeld 2026-11-22 of 22-11-2026."
        ) from None


def parse_time(text: str) -> time:
    """A time typed as 14:30, 9.30 or 14:30:00. Raises `Misused` in words where it is none."""
    match = _HOUR.match(text.strip())
    try:
        if match:
            hour, minute, second = (int(part or 0) for part in match.groups())
            return time(hour, minute, second)
    except ValueError:
        pass
    raise Misused("time-wrong", f"'{text}' is geen tijd.", advice="Schrijf bijvoorbeeld 14:30.")
