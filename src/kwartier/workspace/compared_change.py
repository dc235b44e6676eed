"""From begin to end over many organisations: which two records of each, and what changed between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from kwartier.analysis.change import Change as RecordChange
from kwartier.analysis.change import ItemChange, MeanChange
from kwartier.analysis.compared import Change, ChangeLine, ChangeRow, LeftOut
from kwartier.analysis.numbers import mean
from kwartier.analysis.scores import Mean, Unknown
from kwartier.instrument.model import Content, Parameter, Published
from kwartier.workflow.outcome import change as change_between
from kwartier.workflow.printed import differs
from kwartier.workspace.compared_items import (
    Asked,
    asked_in,
    band_of,
    bands_of,
    has_total,
    printed_mean,
    published_over,
    total_of,
)
from kwartier.workspace.gathered import Candidate, Done


class Pair(Struct, frozen=True):
    """An organisation with its record at the begin and at the end."""

    candidate: Candidate
    before: Done
    after: Done

    @property
    def difference(self) -> RecordChange:
        """What changed between the two, before rounding, over the items scored both times."""
        return change_between(self.before.outcome, self.after.outcome, self.before.content, self.after.content)


def moments_of(content: Content | None) -> Parameter | None:
    """The parameter whose values are successive measurements, where the instrument has one."""
    if content is None:
        return None
    return next((one for one in content.parameter if one.moments and len(one.values) > 1), None)


def pair(candidate: Candidate, done: Sequence[Done], moments: Parameter | None) -> Pair | str:
    """The first and last of these records, oldest first; else why there are not two (Dutch).

    With moments the last is the newest of the last moment, and the first the one of the first moment that it follows,
    else the newest that is not later.
    """
    if moments is None:
        return Pair(candidate, done[0], done[-1]) if len(done) > 1 else "pas één volledige meting"
    first, last = moments.values[0], moments.values[-1]
    begins = [one for one in done if one.parameters.get(moments.id) == first]
    ends = [one for one in done if one.parameters.get(moments.id) == last]
    if not begins or not ends:
        lacking = first if not begins else last
        return f"geen volledige meting met {moments.id} = {lacking}"
    after = ends[-1]
    earlier = [one for one in begins if one.order <= after.order]
    followed = [one for one in begins if one.ref == after.follows]
    if not (followed or earlier):
        return f"de meting met {moments.id} = {first} is van later dan die met {moments.id} = {last}"
    return Pair(candidate, (followed or earlier)[-1], after)


class Naming(Struct, frozen=True):
    """What an organisation is called in a comparison, and whether more than that may be told of it."""

    label: Callable[[str], str]
    named: bool
    own: str = ""


def change_over(
    pairs: Sequence[Pair], titles: tuple[str, str], left_out: Iterable[LeftOut], naming: Naming, whole: Content | None
) -> Change:
    """The change over these organisations."""
    lead = max(pairs, key=lambda one: one.after.order).after.content
    found = [(one, one.difference) for one in pairs]
    printed = (
        published_over(lead, [one.before for one in pairs]),
        published_over(lead, [one.after for one in pairs]),
    )
    rows = [_row(one, change, naming, has_total(lead)) for one, change in found]
    rows.sort(key=lambda row: (row.difference is None, -(row.difference or 0), row.label.casefold()))
    total = None
    if has_total(lead) and lead.total is not None:
        total = _means(("", lead.total.title, lead.total.title), [change.total for _, change in found], printed)
    return Change(
        before_title=titles[0],
        after_title=titles[1],
        rows=tuple(rows),
        items=tuple(_items([change for _, change in found], pairs, whole or lead, printed)),
        sections=tuple(_sections([change for _, change in found], pairs)),
        total=total,
        before_bands=bands_of(lead, [band_of(one.before) for one in pairs]),
        after_bands=bands_of(lead, [band_of(one.after) for one in pairs]),
        left_out=tuple(left_out),
        notes=tuple(_notes(pairs)),
    )


def _row(one: Pair, change: RecordChange, naming: Naming, summed: bool) -> ChangeRow:
    slug = one.candidate.slug
    total = change.total
    before, after = total.before, total.after
    why = before.why if isinstance(before, Unknown) else ""
    if not summed:
        why = "dit instrument kent geen totaal"
    both = summed and isinstance(before, Mean) and isinstance(after, Mean)
    then = before.value if both and isinstance(before, Mean) else None
    now = after.value if both and isinstance(after, Mean) else None
    return ChangeRow(
        label=naming.label(slug),
        own=slug == naming.own,
        slug=slug if naming.named else "",
        before_ref=one.before.ref if naming.named else "",
        after_ref=one.after.ref if naming.named else "",
        before=then,
        after=now,
        difference=total.difference if both else None,
        why=why,
        items=before.n if both and isinstance(before, Mean) else 0,
        of=before.of if both and isinstance(before, Mean) else 0,
        before_band=_band_beside(then, one.before),
        after_band=_band_beside(now, one.after),
    )


def _band_beside(shown: Fraction | None, done: Done) -> str | None:
    """The band of a record; None where the mean that is shown is over fewer items than its total."""
    return band_of(done) if shown in (None, total_of(done)) else None


Printed = tuple[Published | None, Published | None]
Both = tuple[Fraction, Fraction]


def _items(
    changes: Sequence[RecordChange], pairs: Sequence[Pair], whole: Content, printed: Printed
) -> Iterable[ChangeLine]:
    asked: dict[str, Asked] = {}
    for content in _contents(pairs):
        for (item, part), each in asked_in(content).items():
            if each.averaged and not part:
                asked.setdefault(item, each)
    places = {item.id: number for number, item in enumerate(whole.items())}
    tables = [{one.item: one for one in change.items} for change in changes]
    for id in sorted(asked, key=lambda id: places.get(id, len(places))):
        both: list[Both | None] = []
        for table in tables:
            found = table.get(id)
            both.append(_scores(found) if found is not None and found.difference is not None else None)
        title = asked[id].item.title
        yield _line((id, title, asked[id].short), both, printed, section=asked[id].section.id)


def _contents(pairs: Sequence[Pair]) -> Iterable[Content]:
    """What was asked at the end and at the begin, each once, the newest first."""
    newest = sorted(pairs, key=lambda one: one.after.order, reverse=True)
    every = [content for one in newest for content in (one.after.content, one.before.content)]
    return {id(content): content for content in every}.values()


def _scores(one: ItemChange) -> Both | None:
    then, now = (answer.value if answer else None for answer in (one.before, one.after))
    return (Fraction(then), Fraction(now)) if isinstance(then, int) and isinstance(now, int) else None


def _sections(changes: Sequence[RecordChange], pairs: Sequence[Pair]) -> Iterable[ChangeLine]:
    titles: dict[str, tuple[str, str]] = {}
    for content in _contents(pairs):
        for section in content.section:
            titles.setdefault(section.id, (section.title, section.short or section.title))
    tables = [{one.section: one for one in change.sections} for change in changes]
    for id, (title, short) in titles.items():
        found = [table.get(id) for table in tables]
        if any(one is not None and one.difference is not None for one in found):
            yield _means((id, title, short), found, (None, None))


def _means(name: tuple[str, str, str], changes: Sequence[MeanChange | None], printed: Printed) -> ChangeLine:
    both: list[Both | None] = []
    for one in changes:
        if one is None or not isinstance(one.before, Mean) or not isinstance(one.after, Mean):
            both.append(None)
        else:
            both.append((one.before.value, one.after.value))
    return _line(name, both, printed)


def _line(
    name: tuple[str, str, str], both: Sequence[Both | None], printed: Printed, *, section: str = ""
) -> ChangeLine:
    id, title, short = name
    known = [one for one in both if one is not None]
    before, after = mean(one for one, _ in known), mean(other for _, other in known)
    differences = [other - one for one, other in known]
    whole = len(known) == len(both)
    then, now = (printed_mean(each, id) if whole else None for each in printed)
    return ChangeLine(
        id=id,
        title=title,
        short=short,
        section=section,
        n=len(known),
        missing=len(both) - len(known),
        before=before,
        after=after,
        difference=mean(differences),
        rose=sum(one > 0 for one in differences),
        same=sum(one == 0 for one in differences),
        fell=sum(one < 0 for one in differences),
        printed_before=then,
        printed_after=now,
        before_differs=differs(before, then),
        after_differs=differs(after, now),
    )


def _notes(pairs: Sequence[Pair]) -> Iterable[str]:
    """What differs between begin and end, counted over the organisations."""
    of = len(pairs)
    editions = sum(one.before.edition != one.after.edition for one in pairs)
    if editions:
        yield f"Bij {editions} van de {of} organisaties is het einde met een andere uitgave gemeten dan het begin."
    worded = sum(one.before.edition == one.after.edition and one.before.pin != one.after.pin for one in pairs)
    if worded:
        yield f"Bij {worded} van de {of} organisaties is de formulering van kwartier tussen begin en einde bijgewerkt."
    paper = sum((one.before.paper is None) != (one.after.paper is None) for one in pairs)
    if paper:
        yield f"Bij {paper} van de {of} organisaties is één van beide metingen overgenomen van papier."


def left_out_of(reasons: Mapping[str, Sequence[str]], *, named: bool) -> tuple[LeftOut, ...]:
    """Reasons with the organisations that they hold for; without names only how many."""
    return tuple(
        LeftOut(reason, len(who), tuple(sorted(who, key=str.casefold)) if named else ())
        for reason, who in reasons.items()
    )
