"""Names that people type: which ones may be stored, and the folder name (slug) made from one; no folder is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kwartier.errors import Refused

MAX_NAME = 300
MAX_SLUG = 60
MAX_CODE = 40
FALLBACK_SLUG = "organisatie"

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.IGNORECASE | re.DOTALL)
_SLUG = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{MAX_SLUG - 1}}}")
_CODE = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{MAX_CODE - 1}}}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(-\d+)?")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_OVERRIDE = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}


def slug(name: str) -> str:
    """The folder name for a name: lower-case ASCII letters, digits and hyphens, at most MAX_SLUG, never reserved.

    A name of which nothing is left (emoji, another script) becomes FALLBACK_SLUG. Two names may give one slug.
    """
    lower = "".join(_LETTERS.get(sign, sign) for sign in name.lower())
    plain = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode("ascii").lower()
    # an apostrophe joins ('s-Hertogenbosch), every other sign separates
    made = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", ""))[: MAX_SLUG + 1].strip("-")[:MAX_SLUG].strip("-")
    if not made:
        return FALLBACK_SLUG
    return f"{made}-1" if is_reserved(made) else made


def free_slug(name: str, taken: Iterable[str]) -> str:
    """The slug for a name that differs from all `taken`, also where the system ignores case: -2, -3 and on."""
    used = {other.casefold() for other in taken}
    wanted = slug(name)
    found, number = wanted, 1
    while found in used:
        number += 1
        ending = f"-{number}"
        found = wanted[: MAX_SLUG - len(ending)].rstrip("-") + ending
    return found


def is_reserved(name: str) -> bool:
    """Whether Windows keeps this file name for a device, with or without an extension."""
    return _RESERVED.fullmatch(name) is not None


def is_slug(text: str) -> bool:
    """Whether a text is a folder name as `free_slug` makes them."""
    return _SLUG.fullmatch(text) is not None and not is_reserved(text)


def check_name(name: str) -> None:
    """Refuse a name that cannot be shown or stored as it is; says nothing about a good one."""
    advice = "Typ de naam opnieuw."
    if len(name) > MAX_NAME:
        message = f"Deze naam is te lang: {len(name)} tekens, het mogen er {MAX_NAME} zijn."
        raise Refused("name-too-long", message, advice="Kies een kortere naam.")
    if _SURROGATE.search(name):
        raise Refused("half-character", "In deze naam staat een half teken, dat niet te bewaren is.", advice=advice)
    if _CONTROL.search(name):
        message = "In deze naam staat een regeleinde, een tab of een ander teken dat niet te zien is."
        raise Refused("control-character", message, advice="Typ de naam opnieuw, op één regel.")
    if _OVERRIDE.search(name):
        message = "In deze naam staat een teken dat de leesrichting omdraait."
        raise Refused("bidi-override", message, advice="Typ de naam opnieuw, in plaats van hem te plakken.")
    if all(unicodedata.category(sign) in ("Zs", "Cf") for sign in name):
        raise Refused("empty-name", "Deze naam is leeg.", advice="Vul een naam in.")


def is_code(text: str) -> bool:
    """Whether a text is a code: letters a-z, digits and hyphens, at most 40; not a date and not reserved."""
    return _CODE.fullmatch(text) is not None and not is_reserved(text) and _DATE.fullmatch(text) is None


def safe_code(text: str) -> str:
    """The code of a subject as it was given, or Refused; a code is a folder name and stands for a person's name."""
    if is_code(text):
        return text
    raise Refused(
        "invalid-code",
        f"Dit is geen code: {ascii(text[:60])[1:-1]}. Een code heeft kleine letters, cijfers en streepjes, hoogstens "
        f"{MAX_CODE}, begint niet met een streepje en is geen datum.",
        advice="Kies een code als s1 of plek-3.",
    )
