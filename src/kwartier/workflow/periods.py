"""Calendar arithmetic: a date plus an ISO 8601 period, and dates and times as people here write and read them."""

from __future__ import annotations

import calendar
import re
from datetime import date, time, timedelta

from kwartier.errors import Misused

_PERIOD = re.compile(r"^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$")
_WEEKDAY = re.compile(r"^(?:ma|di|wo|do|vr|za|zo|(?:maan|dins|woens|donder|vrij|zater|zon)dag)\.? +")
_WRITTEN = re.compile(r"^(\d{1,2})[-/. ](\d{1,2}|[a-z]{3,9})\.?(?:[-/. ](\d{4}|\d{2}))?$")
_FROM_NOW = re.compile(r"^\+ ?(\d{1,4}) ?(?:(d|dag|dagen)|(w|week|weken)|(m|mnd|maand|maanden)|(j|jaar))$")
_HOUR = re.compile(r"^(\d{1,2})[:.](\d{2})(?::(\d{2}))?$")
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MONTH_NAMES = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_NEAR = {"eergisteren": -2, "gisteren": -1, "vandaag": 0, "morgen": 1, "overmorgen": 2}


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


def with_weekday(day: date) -> str:
    """A date with its day of the week, as a screen says it back: "zo 22 nov 2026"."""
    return f"{DAYS[day.weekday()]} {short(day)}"


def typed(day: date) -> str:
    """A date as it is put in a field to be changed: "22-11-2026"."""
    return f"{day.day}-{day.month}-{day.year}"


def parse_date(text: str, today: date | None = None) -> date:
    """A date as people type it: 22-11-2026, 22-11-26, 22 nov 2026, zo 22 november 2026 or 2026-11-22.

    With `today` also vandaag, morgen, +3d, +2w, +6m, +1j, and a date without its year (22-11, 22 nov): then it is
    the one nearest to today, before or after it. A year of two digits is one of this century. Raises `Misused`.
    """
    plain = " ".join(text.split()).casefold()
    try:
        if today is not None and (near := _near(plain, today)) is not None:
            return near
        match = _WRITTEN.match(_WEEKDAY.sub("", plain))
        if match is None:
            return date.fromisoformat(text.strip())
        day, month = int(match[1]), _month(match[2])
        if match[3]:
            return date(int(match[3]) + (2000 if len(match[3]) == 2 else 0), month, day)
        if today is not None:
            return _nearest(day, month, today)
    except (ValueError, OverflowError):
        pass
    raise Misused("date-wrong", f"'{text}' is geen datum.", advice="Schrijf bijvoorbeeld 22-11-2026 of 22 nov 2026.")


def _near(plain: str, today: date) -> date | None:
    """A day told from today: morgen, +2w."""
    if plain in _NEAR:
        return today + timedelta(days=_NEAR[plain])
    match = _FROM_NOW.match(plain)
    if match is None:
        return None
    number, days, weeks, months, _ = match.groups()
    if days or weeks:
        return today + timedelta(days=int(number) * (1 if days else 7))
    return after(today, f"P{number}{'M' if months else 'Y'}")


def _month(word: str) -> int:
    """A month by its number or by its name, whole or cut off. Raises ValueError."""
    if word.isdigit():
        return int(word)
    if word in MONTHS:
        return MONTHS.index(word) + 1
    return next((n for n, name in enumerate(MONTH_NAMES, 1) if name.startswith(word)), 0)


def _nearest(day: int, month: int, today: date) -> date:
    """The day of this name that is nearest to today. Raises ValueError where no year has it."""
    found = []
    for year in range(max(today.year - 8, 1), min(today.year + 8, date.max.year) + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue  # 29 February is not in every year
    return min(found, key=lambda one: abs((one - today).days))


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
