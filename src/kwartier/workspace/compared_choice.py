"""Which organisations are compared, and which record of each: what a user asks, and why something is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Literal, NamedTuple

from msgspec import Struct

from kwartier.analysis.compared import SMALLEST_GROUP
from kwartier.errors import KwartierError, Misused, Refused
from kwartier.instrument.mistakes import listed, meant, shown
from kwartier.instrument.model import Content, Header, ScoreStep
from kwartier.records.organisation import Organisation
from kwartier.workspace.compared_groups import Size
from kwartier.workspace.gathered import Candidate, Done
from kwartier.workspace.shelf import Shelf

Reasons = dict[str, list[str]]
"""Why organisations are left out, or looked at with a reserve (Dutch), with their names."""


class Chosen(Struct, frozen=True, kw_only=True):
    """What a user asks to compare. Everything that is empty selects nothing and leaves nothing out."""

    instrument: str
    only: tuple[str, ...] = ()
    "Slugs of the organisations to compare."
    kinds: tuple[str, ...] = ()
    sizes: tuple[Size, ...] = ()
    parameters: Mapping[str, object] = {}
    'Values that the records must have, as typed ("1" is 1).'
    group_by: Literal["", "kind", "size"] = ""
    'With "size" the groups are `sizes`, else `SIZES`.'
    own: str = ""
    "Slug of the organisation to mark and to place among the others."
    names: bool = True
    entitled: bool = False
    "Whether the user confirmed being entitled to see groups that are smaller than `SMALLEST_GROUP`."
    change: bool = True
    "Whether to look at begin and end as well."


class Picked(NamedTuple):
    """An organisation with the record that is compared."""

    candidate: Candidate
    done: Done


def instrument_of(shelf: Shelf, instrument: str) -> tuple[Header | None, Content | None]:
    """What is known of the instrument. One that is not installed can be compared by what its records say."""
    listing = shelf.host.listing(instrument)
    header = listing.header if listing else None
    if header is not None and header.subject != "organisation":
        raise Misused(
            "not-of-organisations",
            f"Met {header.short} wordt geen organisatie gemeten, maar een student of een praktijkleerplek.",
            place=instrument,
            advice="Kies een instrument dat over organisaties gaat; 'kwartier instrumenten' toont ze.",
        )
    whole = None
    try:
        whole = shelf.host.open(instrument).content
    except KwartierError:
        known = (ref for slug in shelf.folder.organisations() for ref in _assessments(shelf, slug))
        if not any(ref == instrument for ref in known):
            raise
    if whole is not None and not any(isinstance(step, ScoreStep) for step in whole.step):
        raise Misused(
            "nothing-scored",
            "In dit instrument wordt niets gescoord, dus valt er niets te vergelijken.",
            place=instrument,
            advice="Kies een instrument met scores; 'kwartier instrumenten' toont ze.",
        )
    return header, whole


def _assessments(shelf: Shelf, slug: str) -> list[str]:
    with suppress(KwartierError):
        return [ref.instrument for ref in shelf.folder.assessments(slug)]
    return []


def checked_parameters(whole: Content | None, given: Mapping[str, object]) -> dict[str, str]:
    """What the records must have, as text. Raises `Misused` for what the instrument does not know."""
    if whole is not None:
        known = {one.id: one for one in whole.parameter}
        for name, value in given.items():
            if name not in known:
                raise Misused(
                    "wrong-parameters",
                    f"{shown(name)} is geen parameter van dit instrument.",
                    advice=f"Het kent: {listed(known)}. {meant(name, known)}".strip() if known else "Laat haar weg.",
                )
            if str(value) not in {str(each) for each in known[name].values}:
                raise Misused(
                    "wrong-parameters",
                    f"{name} ({known[name].title}) kan niet {shown(value)} zijn.",
                    advice=f"Kies {listed(known[name].values)}.",
                )
    return {name: str(value) for name, value in given.items()}


# -- which organisations, and which record of each


def among_of(shelf: Shelf, chosen: Chosen) -> tuple[list[tuple[str, Organisation]], Reasons]:
    """The organisations that are asked for, and the reasons why others are not looked at."""
    reasons: Reasons = {}
    among: list[tuple[str, Organisation]] = []
    for slug in chosen.only:
        shelf.organisation(slug)  # refuses one that does not exist
    for slug in dict.fromkeys(chosen.only or shelf.folder.organisations()):
        try:
            one = shelf.organisation(slug)
        except KwartierError:
            reasons.setdefault("de gegevens van de organisatie zijn niet te lezen", []).append(slug)
            continue
        among.append((slug, one))
    _check_kinds(chosen, {one.kind.casefold() for _, one in among})
    kinds = {kind.strip().casefold() for kind in chosen.kinds}
    fits = [(slug, one) for slug, one in among if not kinds or one.kind.strip().casefold() in kinds]
    if not chosen.sizes or chosen.group_by == "size":
        return fits, reasons
    unknown = [one.name for _, one in fits if one.clients is None]
    if unknown:
        reasons["het aantal cliënten is niet vastgelegd"] = unknown
    return [(slug, one) for slug, one in fits if any(size.holds(one.clients) for size in chosen.sizes)], reasons


def _check_kinds(chosen: Chosen, known: set[str]) -> None:
    strange = [kind for kind in chosen.kinds if kind.strip().casefold() not in {one.strip() for one in known}]
    if strange:
        kinds = sorted(kind for kind in known if kind)
        raise Misused(
            "unknown-kind",
            f"Er is hier geen organisatie van de soort {shown(strange[0])}.",
            advice=f"Bekend: {', '.join(kinds[:20])}." if kinds else "Leg een soort vast met 'kwartier organisatie'.",
        )


def picked_of(
    found: Sequence[Candidate], wanted: Mapping[str, str], chosen: Chosen, reasons: Reasons
) -> Iterator[Picked]:
    """The newest complete record of each; fills in the reasons of who is left out or looked at with a reserve."""
    for one in found:
        name = one.organisation.name
        done = fitting(one, wanted)
        if not done:
            if not one.empty or one.slug in (*chosen.only, chosen.own):
                reasons.setdefault(_why_not(one), []).append(name)
            continue
        newest = done[-1]
        if one.broken:
            reasons.setdefault("telt mee, maar een andere meting is niet te lezen", []).append(name)
        if not wanted and any(day > newest.day for day in one.unfinished):
            reasons.setdefault("telt mee met een eerdere meting; de nieuwste is nog niet klaar", []).append(name)
        yield Picked(one, newest)


def fitting(one: Candidate, wanted: Mapping[str, str]) -> list[Done]:
    """Its complete records with these parameters, oldest first."""
    return [
        done
        for done in one.done
        if all(name in done.parameters and str(done.parameters[name]) == value for name, value in wanted.items())
    ]


def _why_not(one: Candidate) -> str:
    if one.done:
        return "geen volledige meting met deze instellingen"
    if one.broken:
        return "de meting is niet te lezen"
    return "de meting is nog niet klaar" if one.unfinished else "geen meting met dit instrument"


def require_shown(chosen: Chosen, picked: Sequence[Picked], reasons: Mapping[str, Sequence[str]]) -> None:
    """Refuses what must not or cannot be shown."""
    own = next((one for one in picked if one.candidate.slug == chosen.own), None)
    left = f" ({'; '.join(f'{reason}: {len(who)}' for reason, who in reasons.items())})" if reasons else ""
    if not picked:
        raise Refused(
            "nothing-to-compare",
            f"Er is geen enkele volledige meting om te vergelijken{left}.",
            place=chosen.instrument,
            advice="Maak eerst metingen af of neem ze over, of kies minder streng.",
        )
    if chosen.own and own is None:
        raise Refused(
            "own-not-compared",
            "De organisatie die gemarkeerd moet worden, staat niet in deze vergelijking.",
            place=chosen.own,
            advice="Maak haar meting eerst af, of kies een groep waar zij bij hoort.",
        )
    if len(picked) < SMALLEST_GROUP and not chosen.entitled:
        raise Refused(
            "group-too-small",
            f"Deze groep telt {len(picked)} {'organisatie' if len(picked) == 1 else 'organisaties'} met een volledige "
            f"meting{left}. Groepen kleiner dan {SMALLEST_GROUP} worden niet getoond.",
            place=chosen.instrument,
            advice="Kies een grotere groep. Mag u deze gegevens zien, bevestig dat dan met --bevoegd; "
            "dat komt op elk overzicht te staan.",
        )
