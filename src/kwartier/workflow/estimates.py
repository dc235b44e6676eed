"""Numbers that are known only about: approximate, a range, or not at all. How they are typed, kept and read."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from kwartier.errors import Misused
from kwartier.records.files import GivenFact
from kwartier.records.tree import Tree
from kwartier.workflow.amounts import number_words, parse_count, parse_number

UNKNOWN = "niet bekend"

HINT = "Typ een getal, of: ongeveer 40, 20-25, minimaal 2, hooguit 5, ? (niet bekend)."

_FLAGS = ("approximate", "unknown")
_FIELDS = ("value", "low", "high", *_FLAGS)
_NOT_KNOWN = re.compile(r"^(\?+|niet bekend|onbekend|weet( ik)? niet)$", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:ca\.?|circa|ongeveer|ongev\.?|plm\.?|zo'n|±|~)\s*", re.IGNORECASE)
_LEAST = re.compile(r"^(?:minimaal|min\.|minstens|ten minste|tenminste|≥|>=)\s*(.+)$|^(.+?)\s*of meer$", re.IGNORECASE)
_MOST = re.compile(r"^(?:maximaal|max\.|hoogstens|hooguit|ten hoogste|≤|<=)\s*(.+)$|^(.+?)\s*of minder$", re.IGNORECASE)
_RANGE = re.compile(
    r"^(?:tussen\s+)?([\d.,]+)\s*(?:-|\u2013|\u2014|\u2212|tot en met|t/m|tot|en)\s*([\d.,]+)$", re.IGNORECASE
)

Amount = int | float


class Estimate(Struct, frozen=True, kw_only=True):
    """What is known of a number: from `low` to `high`, both included; None where that side is open."""

    low: Fraction | None = None
    high: Fraction | None = None
    approximate: bool = False
    above: bool = False
    "Whether `low` itself is left out: it is more."

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low is not None and self.low == self.high

    @property
    def known(self) -> bool:
        """Whether anything is known."""
        return self.low is not None or self.high is not None


def parse_estimate(text: str, *, whole: bool = False) -> Tree:
    """The fields of a fact's row for what was typed; `whole` for numbers that count. Raises `Misused` in words."""
    plain = " ".join(text.split())
    if _NOT_KNOWN.match(plain):
        return {"unknown": True}
    about = _ABOUT.match(plain)
    found: Tree = {}
    if about:
        plain = plain[about.end() :]
        found["approximate"] = True
    if span := _RANGE.match(plain):
        low, high = (_number(one, whole) for one in span.groups())
        if low > high:
            raise Misused("range-wrong", f"'{text.strip()}' loopt van hoog naar laag.", advice="Typ het laagste eerst.")
        return {**found, **({"value": low} if low == high else {"low": low, "high": high})}
    for key, form in (("low", _LEAST), ("high", _MOST)):
        if edge := form.match(plain):
            end = edge.group(1) or edge.group(2)
            if about := _ABOUT.match(end):
                found["approximate"] = True
                end = end[about.end() :]
            return {**found, key: _number(end, whole)}
    try:
        return {**found, "value": _number(plain, whole)}
    except Misused as error:
        raise Misused(error.code, error.message, advice=HINT) from None


def _number(text: str, whole: bool) -> Amount:
    return parse_count(text) if whole else parse_number(text)


def settled(row: Tree, before: Tree, *, whole: bool) -> Tree:
    """A row as it is kept: a typed text read, and what it replaces taken away. Raises `Misused` as parsing does.

    `before` is the row as it was: what was given last stands, and takes the other ways to say it away.
    """
    value = row.get("value")
    kept = {key: one for key, one in row.items() if key not in _FIELDS}
    if isinstance(value, str):
        return {**kept, **parse_estimate(value, whole=whole)}
    # By identity: 0 is a number, though it equals False.
    now = {key: row[key] for key in _FIELDS if key in row and not (key in _FLAGS and row[key] is False)}
    ways = [("unknown",), ("low", "high"), ("value",)]
    said = [way for way in ways if any(key in now for key in way)]
    if len(said) > 1:
        fresh = [way for way in said if any(row.get(key) != before.get(key) for key in way)]
        if len(fresh) != 1:
            raise Misused(
                "two-ways",
                "een getal, een bereik en 'niet bekend' gaan niet samen",
                advice="Geef value, of low en high, of unknown.",
            )
        said = fresh
    allowed = {key for way in said for key in way} | ({"approximate"} if said and said[0] != ("unknown",) else set())
    return {**kept, **{key: one for key, one in now.items() if key in allowed}}


def estimate_of(row: GivenFact) -> Estimate | None:
    """What a row says of a number; None where it says nothing, or is no number."""
    if row.unknown:
        return Estimate()
    if isinstance(row.value, int | float) and not isinstance(row.value, bool):
        if not math.isfinite(row.value):
            return None
        number = exact(row.value)
        return Estimate(low=number, high=number, approximate=row.approximate)
    ends = [end for end in (row.low, row.high) if end is not None]
    if not ends or not all(math.isfinite(end) for end in ends):
        return None
    low, high = (None if one is None else exact(one) for one in (row.low, row.high))
    return Estimate(low=low, high=high, approximate=row.approximate)


def exact(number: Amount) -> Fraction:
    """The number as it was typed: 0,1 is a tenth, not the nearest that a float can hold."""
    return Fraction(Decimal(str(number)))


_ONE = {"mensen": "persoon", "personen": "persoon", "cliënten": "cliënt", "studenten": "student", "uren": "uur"}
"""What a unit is called of which there is one; one that is not here is said the same of any number."""


def estimate_words(row: GivenFact, unit: str = "") -> str:
    """What a row says, as it is read; empty where it says no number."""
    if row.unknown:
        return UNKNOWN
    last = next((one for one in (row.value, row.high, row.low) if one is not None), None)
    behind = f" {_ONE.get(unit, unit) if last == 1 else unit}" if unit else ""
    about = "ongeveer " if row.approximate else ""
    if isinstance(row.value, int | float) and not isinstance(row.value, bool):
        return f"{about}{number_words(row.value)}{behind}"
    if row.low is not None and row.high is not None:
        return f"{about}{number_words(row.low)} tot en met {number_words(row.high)}{behind}"
    if row.low is not None:
        return f"ten minste {about}{number_words(row.low)}{behind}"
    return f"ten hoogste {about}{number_words(row.high)}{behind}" if row.high is not None else ""


def typed_words(row: GivenFact) -> str:
    """What a row says, as it can be typed again."""
    if row.unknown:
        return "?"
    words = estimate_words(row).replace(" tot en met ", "-").replace("ten minste", "minimaal")
    return words.replace("ten hoogste", "hooguit")
