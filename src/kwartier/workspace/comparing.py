"""Organisations side by side on one instrument: which of them, which record of each, and what of it may be shown.

The figures are made in `compared_items` and `compared_change`; what comes out are the values of `analysis.compared`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from kwartier.analysis.compared import SMALLEST_GROUP, Change, Compared, Row, Texts
from kwartier.analysis.scores import Unknown
from kwartier.instrument.model import Content, Header
from kwartier.workspace.compared_change import Naming, Pair, change_over, left_out_of, moments_of, pair
from kwartier.workspace.compared_choice import (
    Chosen,
    Picked,
    among_of,
    checked_parameters,
    fitting,
    instrument_of,
    picked_of,
    require_shown,
)
from kwartier.workspace.compared_groups import SIZES, Size, grouped, size_title
from kwartier.workspace.compared_items import Field, band_of, on_one_scale, total_of
from kwartier.workspace.compared_letters import letters
from kwartier.workspace.compared_notes import misprint, notes
from kwartier.workspace.gathered import Cancelled, Candidate, Progress, candidates
from kwartier.workspace.shelf import Shelf

__all__ = ["SIZES", "Chosen", "Size", "compare_organisations"]

OWN = "Uw organisatie"
"""What the own organisation is called where there are no names."""


def compare_organisations(
    shelf: Shelf,
    chosen: Chosen,
    progress: Progress = lambda done, of: None,
    cancelled: Cancelled = lambda: False,
) -> Compared | None:
    """The organisations side by side; None where it was cancelled.

    Of each the newest complete record that fits. Raises `Misused` for an instrument, kind or parameter that does not
    exist, `Refused` where there is nothing to compare or the group is too small to show.
    """
    header, whole = instrument_of(shelf, chosen.instrument)
    wanted = checked_parameters(whole, chosen.parameters)
    if chosen.own:
        shelf.organisation(chosen.own)
    among, reasons = among_of(shelf, chosen)
    found = candidates(shelf, chosen.instrument, among, progress, cancelled)
    if found is None:
        return None
    picked = list(picked_of(found, wanted, chosen, reasons))
    require_shown(chosen, picked, reasons)
    return _compared(shelf, chosen, header, whole, wanted, picked, reasons)


# -- what is shown


def _compared(
    shelf: Shelf,
    chosen: Chosen,
    header: Header | None,
    whole: Content | None,
    wanted: Mapping[str, str],
    picked: Sequence[Picked],
    reasons: Mapping[str, Sequence[str]],
) -> Compared:
    pairs, missing, titles = _pairs([one.candidate for one in picked], whole, wanted, chosen)
    comparable = on_one_scale([one.done for one in picked])
    picked = [Picked(one.candidate, done) for one, done in zip(picked, comparable, strict=True)]
    called = _naming(chosen, picked)
    picked = sorted(picked, key=lambda one: _order(one, called, chosen))
    own = next((number for number, one in enumerate(picked) if one.candidate.slug == chosen.own), None)
    field = Field([one.done for one in picked], whole, own)
    lead = field.lead
    low, high = field.ends()
    change, why = _change(chosen, pairs, missing, titles, called, whole)
    groups, hidden = grouped(
        field,
        [one.candidate.organisation for one in picked],
        chosen.group_by,
        chosen.sizes,
        named=chosen.names,
        entitled=chosen.entitled,
    )
    too_small = (len(picked), *(len(change.rows) for change in [change] if change), *(group.n for group in groups))
    small = any(n < SMALLEST_GROUP for n in too_small)
    total = field.total
    rows = tuple(_row(one, called, chosen) for one in picked)
    return Compared(
        instrument=chosen.instrument,
        short=header.short if header else chosen.instrument.upper(),
        word=(header.word.one, header.word.many) if header else ("meting", "metingen"),
        section_word=lead.section_word or "deel",
        texts=_texts(header, lead, picked),
        day=shelf.today().isoformat(),
        selection=_selection(chosen, wanted, len(picked)),
        named=chosen.names,
        entitled=small,
        places=field.places,
        low=low,
        high=high,
        rows=rows,
        total_title=total.title if total else "",
        total=total,
        sections=field.sections,
        items=field.items,
        answers=field.answers,
        bands=field.bands(),
        grouped_by=chosen.group_by,
        groups=groups,
        hidden=hidden,
        change=change,
        change_why=why,
        left_out=left_out_of(reasons, named=chosen.names),
        notes=tuple(notes(field, rows, named=chosen.names, small=small)),
    )


def _naming(chosen: Chosen, picked: Sequence[Picked]) -> Naming:
    if chosen.names:
        names = {one.candidate.slug: one.candidate.organisation.name for one in picked}
        return Naming(names.__getitem__, True, chosen.own)
    others = [one for one in picked if one.candidate.slug != chosen.own]
    given = letters(
        (one.candidate.slug, total_of(one.done), f"{one.candidate.organisation.id} {one.done.id}") for one in others
    )
    return Naming(lambda slug: OWN if slug == chosen.own else given[slug], False, chosen.own)


def _order(one: Picked, called: Naming, chosen: Chosen) -> tuple[object, ...]:
    total = total_of(one.done)
    label = called.label(one.candidate.slug)
    # Without names those with the same total stand in the order of their letters, A before AA.
    tie = (len(label), label) if not chosen.names else (0, label.casefold())
    return total is None, -(total or 0), *tie


def _row(one: Picked, called: Naming, chosen: Chosen) -> Row:
    done, organisation = one.done, one.candidate.organisation
    total = done.outcome.scores.total
    row = Row(
        label=called.label(one.candidate.slug),
        own=one.candidate.slug == chosen.own,
        total=total_of(done),
        total_why=total.why if isinstance(total, Unknown) else "",
        band=band_of(done),
    )
    if not chosen.names:
        return row
    printed_total, printed_band = misprint(done)
    return replace(
        row,
        printed_total=printed_total,
        printed_band=printed_band,
        slug=one.candidate.slug,
        ref=done.ref,
        day=done.day.isoformat(),
        kind=organisation.kind,
        clients=organisation.clients,
    )


def _texts(header: Header | None, lead: Content, picked: Sequence[Picked]) -> Texts:
    report = lead.report
    editions = dict.fromkeys(one.done.edition for one in picked)
    publication = header.publication if header else None
    return Texts(
        instrument=header.title if header else "",
        edition=", ".join(sorted(editions)),
        publication=publication.title if publication else "",
        convention=lead.total.note if lead.total else "",
        method=report.method if report else "",
        limits=report.limits if report else "",
        scores=report.scores if report else "",
        before_after=report.before_after if report else "",
        page_note=report.page_note if report else "",
    )


def _selection(chosen: Chosen, wanted: Mapping[str, str], n: int) -> str:
    told = ["de nieuwste volledige meting van elke organisatie"]
    told += [f"met {name} = {value}" for name, value in wanted.items()]
    # What a few organisations have in common would tell which they are.
    if chosen.names or n >= SMALLEST_GROUP:
        if chosen.kinds:
            told.append(f"van de soort {' of '.join(chosen.kinds)}")
        if chosen.sizes and chosen.group_by != "size":
            told.append(f"met {' of '.join(size_title(size) for size in chosen.sizes)}")
    if chosen.only:
        told.append("van de organisaties die gekozen zijn")
    return ", ".join(told)


# -- begin and end


def _pairs(
    found: Sequence[Candidate], whole: Content | None, wanted: Mapping[str, str], chosen: Chosen
) -> tuple[list[Pair], dict[str, list[str]], tuple[str, str]]:
    content = whole or next((one.done[-1].content for one in found if one.done), None)
    moments = moments_of(content)
    titles = ("eerste meting", "laatste meting")
    if moments is not None:
        titles = (f"{moments.id} {moments.values[0]}", f"{moments.id} {moments.values[-1]}")
    rest = {name: value for name, value in wanted.items() if moments is None or name != moments.id}
    pairs: list[Pair] = []
    missing: dict[str, list[str]] = {}
    for one in found if chosen.change else ():
        both = pair(one, fitting(one, rest), moments)
        if isinstance(both, Pair):
            pairs.append(both)
        else:
            missing.setdefault(both, []).append(one.organisation.name)
    return pairs, missing, titles


def _change(
    chosen: Chosen,
    pairs: Sequence[Pair],
    missing: Mapping[str, Sequence[str]],
    titles: tuple[str, str],
    called: Naming,
    whole: Content | None,
) -> tuple[Change | None, str]:
    if not chosen.change:
        return None, ""
    if not pairs:
        return None, "Van geen enkele organisatie zijn er twee volledige metingen om naast elkaar te leggen."
    if len(pairs) < SMALLEST_GROUP and not chosen.entitled:
        return None, (
            f"Van {len(pairs)} {'organisatie' if len(pairs) == 1 else 'organisaties'} zijn er twee volledige metingen. "
            f"Groepen kleiner dan {SMALLEST_GROUP} worden niet getoond."
        )
    return change_over(pairs, titles, left_out_of(missing, named=chosen.names), called, whole), ""
