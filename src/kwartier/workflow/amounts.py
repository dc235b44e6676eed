"""Numbers as people here type and read them: 12,5. Means and rounding stand in `analysis.numbers`."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from kwartier.analysis.numbers import dutch
from kwartier.errors import Misused

_WHOLE = re.compile(r"^[+-]?\d{1,15}$")
_PARTED = re.compile(r"^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_THOUSANDS = re.compile(r"^[+-]?[1-9]\d{0,2}(?:\.\d{3})+$")
_DECIMAL = re.compile(r"^[+-]?(?:\d{1,15}(?:[.,]\d{0,15})?|[.,]\d{1,15})$")


def parse_count(text: str) -> int:
    """A whole number, also 10.000. Raises `Misused` in words where it is none."""
    plain = text.strip()
    if _THOUSANDS.match(plain):
        plain = plain.replace(".", "")
    if not _WHOLE.match(plain):
        raise Misused("number-wrong", f"'{plain}' is geen heel getal.", advice="Typ alleen cijfers, zoals 12.")
    return int(plain)


def parse_number(text: str) -> int | float:
    """A number with a comma or a point, also 1.234,5; whole ones as int.

    Raises `Misused` in words where it is none, and for 1.200: that is twelve hundred to one, and one and a fifth to
    another.
    """
    plain = text.strip()
    if _THOUSANDS.match(plain) and plain.count(".") == 1:
        whole, comma = plain.replace(".", ""), plain.replace(".", ",").rstrip("0").rstrip(",")
        raise Misused(
            "number-wrong",
            f"'{plain}' kan {whole} zijn, of {comma}; typ het zonder punt, of met een komma.",
            advice="Typ een getal, zoals 12,5.",
        )
    if _PARTED.match(plain) and ("," in plain or plain.count(".") > 1):
        plain = plain.replace(".", "")
    if not _DECIMAL.match(plain):
        raise Misused("number-wrong", f"'{plain}' is geen getal.", advice="Typ een getal, zoals 12,5.")
    return int(plain) if _WHOLE.match(plain) else float(plain.replace(",", "."))


def number_words(value: int | float) -> str:
    """A number as it is typed and read here: 12,5; a plain minus sign, so that it can be typed again."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return dutch(Decimal(str(value)) if isinstance(value, float) else value).replace("\N{MINUS SIGN}", "-")
