"""What an export holds in the end, what was left out, and what its readers have to know (Dutch sentences)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from kwartier import __version__
from kwartier.analysis.cohort import SMALL
from kwartier.analysis.compared import ENTITLED, SMALLEST_GROUP
from kwartier.errors import Refused
from kwartier.instrument.model import Header
from kwartier.reports.document import long_date
from kwartier.reports.phrases import counted
from kwartier.store.refs import Ref

NAMELESS = (
    "Namen zijn weggelaten: organisaties zijn letters, van een datum staan alleen jaar en maand er, en wat mensen "
    "schreven staat er niet in. Wie de scores van een organisatie kent, kan haar soms toch herkennen."
)
FEW_PERSONS = (
    f"Dit bestand gaat over minder dan {SMALL} personen of plekken. Wie het maakte, heeft bevestigd daartoe bevoegd te "
    "zijn. Deel het alleen met wie het ook mag zien."
)


@dataclass
class Kept:
    """Counts of what passed; grows while records are read."""

    unreadable: list[str]
    records: int = 0
    locked: set[tuple[str, str]] = field(default_factory=set)
    groups: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    "By instrument what was looked at: organisations, or students or workplaces."
    headers: dict[str, Header] = field(default_factory=dict)

    def keep(self, ref: Ref, header: Header) -> None:
        """A record that is in the export."""
        self.records += 1
        self.headers.setdefault(ref.instrument, header)
        self.groups.setdefault(ref.instrument, set()).add((ref.organisation, ref.subject or ""))

    def leave_out(self, ref: Ref, code: str) -> None:
        """A record that is not, by the code of the refusal."""
        if code == "locked":
            self.locked.add((ref.organisation, ref.subject or ""))
        else:
            self.unreadable.append(str(ref))

    @property
    def left(self) -> int:
        """How many were left out."""
        return len(self.locked) + len(self.unreadable)

    def small(self) -> list[str]:
        """The instruments with so few organisations, students or workplaces that they can be recognised."""
        return [name for name, group in self.groups.items() if len(group) < self._least(name)]

    def is_of_persons(self, instrument: str) -> bool:
        """Whether an instrument looks at students or workplaces."""
        return self.headers[instrument].subject != "organisation"

    def _least(self, instrument: str) -> int:
        return SMALL if self.is_of_persons(instrument) else SMALLEST_GROUP


def require_shown(kept: Kept, *, names: bool, entitled: bool) -> None:
    """Refuses an export without names of so few that they can be recognised."""
    small = kept.small()
    if names or entitled or not small:
        return
    told = "; ".join(f"{name}: {len(kept.groups[name])}" for name in small)
    raise Refused(
        "group-too-small",
        f"Zonder namen zijn minder dan {SMALLEST_GROUP} organisaties of personen toch te herkennen ({told}).",
        advice="Kies een grotere groep, of één instrument met --instrument. Mag u deze gegevens zien, bevestig dat dan "
        "met --bevoegd; dat komt erin te staan.",
    )


def about(made: date, kept: Kept, *, names: bool, texts: bool) -> Iterator[str]:
    """What an export is, where it comes from and how to read it."""
    when = long_date(made) if names else f"{made:%Y-%m}"
    yield f"Gegevens uit kwartier {__version__}, gemaakt op {when}: {counted(kept.records, 'meting', 'metingen')}."
    for name, header in sorted(kept.headers.items()):
        publication = header.publication
        source = ", ".join(filter(None, (publication.title, publication.publisher, str(publication.year or ""))))
        yield f"{name}: {header.title}. Publicatie: {source}. De publicatie is leidend."
    if not names:
        yield NAMELESS
        small = kept.small()
        if any(not kept.is_of_persons(one) for one in small):
            yield ENTITLED
        if any(kept.is_of_persons(one) for one in small):
            yield FEW_PERSONS
    yield (
        "Hierin staat alleen wat voor iedereen is. Scores die nog niet naast elkaar liggen, ruwe aantekeningen en wat "
        "iemand niet met iedereen deelt, staan er niet in."
    )
    yield "Wie iets gaf of doet, staat er met een code. De namen daarbij staan alleen in kwartier."
    yield "Wat nog niet is beantwoord, staat er niet. Een reden in plaats van een waarde is geen score."
    yield "Hoe gemiddelden en verschillen worden berekend en afgerond, is een afspraak van kwartier."
    if names and not texts:
        yield "Toelichtingen en opmerkingen zijn niet gevraagd en staan er niet in."
    if kept.locked:
        yield f"Weggelaten, want op slot: {counted(len(kept.locked), 'student', 'studenten')}."
    if kept.unreadable:
        yield f"Weggelaten, want niet te lezen: {counted(len(kept.unreadable), 'meting', 'metingen')}."
