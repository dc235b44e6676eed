"""What is said of somebody's traits, as it is typed: geschoold=ja, or for one of several people Anna:geschoold=ja."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from kwartier.errors import Misused
from kwartier.workspace import Assessor

_SAID = {"ja": True, "nee": False, "weg": None}


def traits(given: Sequence[str]) -> dict[str, bool | None]:
    """Traits by id; None where what was said is taken back."""
    found: dict[str, bool | None] = {}
    for text in given:
        name, sign, said = (part.strip() for part in text.partition("="))
        if not sign or not name or said.casefold() not in _SAID:
            raise Misused(
                "trait-wrong",
                f"'{text}' zegt niet of iemand een kenmerk heeft.",
                advice="Schrijf KENMERK=ja of KENMERK=nee.",
            )
        found[name] = _SAID[said.casefold()]
    return found


def said(given: Sequence[str]) -> dict[str, bool]:
    """As `traits`, for who is new: nothing was said yet that can be taken back."""
    return {name: value for name, value in traits(given).items() if value is not None}


def with_traits(people: Sequence[Assessor], given: Sequence[str]) -> list[Assessor]:
    """The people with their traits; without a name before it a trait is said of everybody. Raises `Misused`."""
    whose: dict[str, list[str]] = {}
    for text in given:
        who, sign, rest = text.partition(":")
        named = bool(sign) and "=" in rest
        whose.setdefault(who.strip().casefold() if named else "", []).append(rest if named else text)
    known = {one.name.strip().casefold() for one in people}
    for who in whose:
        if who and who not in known:
            raise Misused(
                "trait-of-nobody",
                f"'{who}' staat niet bij wie er meedoet.",
                advice="Schrijf de naam zoals bij --auditor of --wie: --kenmerk NAAM:KENMERK=ja.",
            )
    return [
        replace(one, traits=said([*whose.get("", []), *whose.get(one.name.strip().casefold(), [])])) for one in people
    ]
