"""Measurements with two instruments on one time line, by the crosswalk that one of the two brings; through the gate.

Scores stand beside each other as they were given, each on its own scale: none is converted, averaged or subtracted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date

from msgspec import Struct

from kwartier.analysis.answers import Answer, asked
from kwartier.errors import KwartierError, Misused, Refused
from kwartier.instrument.crosswalk import Crosswalk
from kwartier.instrument.model import Content, Item, Scale, Setting
from kwartier.instrument.selection import scale_of
from kwartier.plugins.crosswalks import Bridge, bridges
from kwartier.records.files import Envelope
from kwartier.records.keys import natural
from kwartier.store.refs import Ref, parse_ref
from kwartier.workspace.outcomes import Seen, outcome_of, seen_of
from kwartier.workspace.shelf import Shelf

READING = (
    "Welke items bij elkaar horen is een lezing van kwartier zelf; geen van beide publicaties zegt het. Scores staan "
    "er zoals ze gegeven zijn, elk op de eigen schaal, en zijn nooit omgerekend."
)
"""Stands wherever a time line is shown."""

NOT_MEASURED = "niet gemeten"


class Moment(Struct, frozen=True, kw_only=True):
    """One measurement on the time line. `why` (Dutch) says what keeps its scores away."""

    ref: str
    instrument: str
    short: str
    "What its instrument is called in lists."
    date: date
    edition: str
    parameters: Mapping[str, Setting]
    paper: str = ""
    why: str = ""


class Line(Struct, frozen=True, kw_only=True):
    """An item of one of the two instruments, with its answers at every moment of the time line.

    An answer is None where it was not asked, or the moment is one of the other instrument.
    """

    instrument: str
    item: str
    title: str
    scale: Scale | None
    answers: tuple[Answer | None, ...]


class Beside(Struct, frozen=True, kw_only=True):
    """Two items that are about the same matter. `relation` says how the own item lies to the other one."""

    own: Line
    other: Line
    relation: str
    reason: str


class Unmatched(Struct, frozen=True, kw_only=True):
    """An item that only one of the two measures; `absent` is the instrument in which it is not measured."""

    line: Line
    absent: str
    reason: str


class TimeLine(Struct, frozen=True, kw_only=True):
    """What one organisation, or one subject of it, measured with two instruments, oldest first.

    `own` brings the crosswalk. `trouble` (Dutch) says why nothing can be laid side by side; then there are no rows.
    """

    slug: str
    organisation: str
    subject: str
    own: str
    other: str
    shorts: Mapping[str, str]
    "What the instruments are called, by id."
    moments: tuple[Moment, ...]
    pairs: tuple[Beside, ...]
    alone: tuple[Unmatched, ...]
    left: tuple[Line, ...]
    "Items that the crosswalk says nothing about."
    note: str = ""
    trouble: str = ""
    place: str = ""
    unreadable: tuple[str, ...] = ()
    "Measurements that cannot be read, and why (Dutch)."

    @property
    def both(self) -> bool:
        """Whether there are measurements of both instruments."""
        return {one.instrument for one in self.moments} >= {self.own, self.other}


class _Read(Struct, frozen=True):
    """A measurement of the time line with what was asked in it."""

    moment: Moment
    content: Content
    answers: Mapping[str, Answer]


def every(shelf: Shelf, slug: str, viewer: str | None = None, subject: str = "") -> list[TimeLine]:
    """The time lines of an organisation: one for each crosswalk of an instrument that it measured with.

    Raises `Refused` where the organisation does not exist.
    """
    shelf.organisation(slug)
    refs = [ref for ref in shelf.folder.assessments(slug) if (ref.subject or "") == subject]
    found: dict[tuple[str, str], Bridge] = {}
    for instrument in dict.fromkeys(ref.instrument for ref in refs):
        for bridge in bridges(shelf.host, instrument):
            found.setdefault((bridge.own, bridge.other), bridge)
    return [_line(shelf, slug, subject, bridge, refs, viewer) for bridge in found.values()]


def of_record(shelf: Shelf, ref: str | Ref, viewer: str | None = None) -> list[TimeLine]:
    """The time lines on which a measurement stands. Raises `Refused` where its instrument is in no crosswalk."""
    ref = parse_ref(ref) if isinstance(ref, str) else ref
    lines = every(shelf, ref.organisation, viewer, ref.subject or "")
    return chosen([line for line in lines if ref.instrument in (line.own, line.other)], None, str(ref))


def no_crosswalk(place: str) -> Refused:
    """Says that there is nothing to lay side by side."""
    return Refused(
        "no-crosswalk",
        "Geen geïnstalleerd instrument zegt welke items van twee instrumenten hier bij elkaar horen.",
        place=place,
        advice="Metingen met hetzelfde instrument vergelijkt u met 'kwartier vergelijk REF REF'.",
    )


def chosen(lines: Sequence[TimeLine], instrument: str | None, place: str) -> list[TimeLine]:
    """The time lines with one instrument, or all. Raises `Refused` or `Misused` where there are none."""
    if not lines:
        raise no_crosswalk(place)
    if instrument is None:
        return list(lines)
    found = [line for line in lines if instrument in (line.own, line.other)]
    if not found:
        known = ", ".join(dict.fromkeys(one for line in lines for one in (line.own, line.other) if one))
        raise Misused(
            "unknown-instrument", f"Er is hier geen tijdlijn met '{instrument}'.", place=place, advice=f"Kies: {known}."
        )
    return found


def _line(shelf: Shelf, slug: str, subject: str, bridge: Bridge, refs: Sequence[Ref], viewer: str | None) -> TimeLine:
    reads: list[_Read] = []
    unreadable: list[str] = []
    for ref in refs:
        if ref.instrument not in (bridge.own, bridge.other):
            continue
        try:
            reads.append(_read(shelf, ref, viewer))
        except KwartierError as error:
            unreadable.append(f"{ref}: {error.message}")
    reads.sort(key=lambda one: (one.moment.date, parse_ref(one.moment.ref).order))
    sides = _Sides(shelf, bridge, reads)
    crosswalk = bridge.crosswalk
    return TimeLine(
        slug=slug,
        organisation=shelf.organisation(slug).name,
        subject=subject,
        own=bridge.own,
        other=bridge.other,
        shorts={one: _short(shelf, one) for one in (bridge.own, bridge.other) if one},
        moments=tuple(one.moment for one in reads),
        pairs=tuple(_pairs(sides, crosswalk)) if crosswalk else (),
        alone=tuple(_alone(sides, crosswalk)) if crosswalk else (),
        left=tuple(_left(sides, crosswalk)) if crosswalk else (),
        note=crosswalk.note.strip() if crosswalk else "",
        trouble=bridge.trouble,
        place=bridge.place if bridge.trouble else "",
        unreadable=tuple(unreadable),
    )


def _read(shelf: Shelf, ref: Ref, viewer: str | None) -> _Read:
    case = shelf.case(ref)
    seen: Seen = seen_of(shelf, case, viewer)
    found = outcome_of(case, seen)
    envelope: Envelope = seen.record.envelope
    answers = asked([item.id for item in seen.content.items()], found.answers())
    moment = Moment(
        ref=str(ref),
        instrument=envelope.instrument,
        short=seen.header.short,
        date=envelope.date,
        edition=envelope.edition,
        parameters=dict(envelope.parameters),
        paper=envelope.paper.source if envelope.paper else "",
        why="" if any(one.answered for one in answers.values()) else found.why,
    )
    return _Read(moment, seen.content, answers)


def _short(shelf: Shelf, instrument: str) -> str:
    listing = shelf.host.listing(instrument)
    return listing.header.short if listing and listing.header else instrument


class _Sides:
    """The items of both instruments, as the newest measurement asked them, else as they are installed."""

    def __init__(self, shelf: Shelf, bridge: Bridge, reads: Sequence[_Read]) -> None:
        self.own, self.other = bridge.own, bridge.other
        self._reads = reads
        self._items: dict[str, dict[str, tuple[Item, Scale]]] = {}
        for instrument in (bridge.own, bridge.other):
            contents = [one.content for one in reads if one.moment.instrument == instrument]
            with suppress(KwartierError):  # what is not installed is read from its records
                contents.insert(0, shelf.host.open(instrument).content)
            self._items[instrument] = {
                item.id: (item, scale_of(content, item)) for content in contents for item in content.items()
            }

    def items(self, instrument: str) -> list[Item]:
        """All items that are known of an instrument."""
        return [item for item, _ in self._items[instrument].values()]

    def line(self, instrument: str, item: str) -> Line:
        """An item with its answers at every moment."""
        known, scale = self._items[instrument].get(item, (None, None))
        return Line(
            instrument=instrument,
            item=item,
            title=(known.short or known.title) if known else item,
            scale=scale,
            answers=tuple(
                one.answers.get(item) if one.moment.instrument == instrument else None for one in self._reads
            ),
        )


def _pairs(sides: _Sides, crosswalk: Crosswalk) -> Iterator[Beside]:
    places = {item.id: place for place, item in enumerate(sides.items(sides.own))}
    for pair in sorted(crosswalk.pair, key=lambda one: (places.get(one.own, len(places)), natural(one.own))):
        yield Beside(
            own=sides.line(sides.own, pair.own),
            other=sides.line(sides.other, pair.other),
            relation=pair.relation,
            reason=pair.reason.strip(),
        )


def _alone(sides: _Sides, crosswalk: Crosswalk) -> Iterator[Unmatched]:
    for one in crosswalk.alone:
        here, absent = (sides.own, sides.other) if one.own else (sides.other, sides.own)
        yield Unmatched(line=sides.line(here, one.own or one.other), absent=absent, reason=one.reason.strip())


def _left(sides: _Sides, crosswalk: Crosswalk) -> Iterator[Line]:
    """What nobody can take for left out by mistake; an item that belongs to another one goes where that one goes."""
    for instrument, side in ((sides.own, "own"), (sides.other, "other")):
        told = {getattr(one, side) for one in (*crosswalk.pair, *crosswalk.alone)}
        for item in sides.items(instrument):
            if item.id not in told and not item.beside:
                yield sides.line(instrument, item.id)
