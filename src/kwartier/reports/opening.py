"""What a report opens with: whether it is definitive, what changed since the last version, purpose and limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kwartier.instrument.model import ChecklistStep, Publication, ReportStep, ReportTexts
from kwartier.reports.background import glossary
from kwartier.reports.case import Case
from kwartier.reports.document import Block, Callout, Heading, Paragraph, Table, long_date
from kwartier.reports.phrases import NOTHING, ended, listed
from kwartier.workflow.settled import changes, report_step
from kwartier.workflow.state import Status, states

_NOT_READY = (Status.OPEN, Status.BUSY, Status.WAITING)
_HEADS = {"antwoord": "score", "strength": "sterk punt", "mistake": "vergissing", "tekst": "algemene tekst"}
_FIELDS = {"waarde": "score", "opmerking": "reden", "handled": "afhandeling", "section": "plaats", "item": "plaats"}
_OWN_BUSINESS = ("schema", "by", "writer", "datum", "earlier", "persoon")
"""Fields of a file that say nothing about what the report says."""


def opening(case: Case) -> Iterator[Block]:
    """Status, changes since the last version, purpose, limits, publication, wording and the words to know."""
    yield _status(case)
    yield from _changed(case)
    yield Heading(1, "Waar dit verslag over gaat")
    texts = case.content.report or ReportTexts(title=case.header.title)
    for text in (texts.purpose or case.header.summary, texts.limits):
        if text:
            yield Paragraph(text)
    yield Paragraph(publication_words(case.header.publication, case.header.edition))
    if texts.wording:
        yield Callout("note", texts.wording)
    yield from glossary(case)


def _status(case: Case) -> Callout:
    made = case.versions
    printed = f"Deze uitdraai is van {long_date(case.today)}."
    paper = case.record.envelope.paper
    if not case.concept:
        told = "De gegevens in dit verslag zijn overgenomen van papier." if paper else "Alle antwoorden zijn compleet."
        if made:
            told = f"Dit verslag is definitief, versie {len(made)} van {long_date(made[-1].date)}."
        return Callout("note", f"{told} {printed}")
    status = ["Dit verslag is een concept."]
    if made and made[-1].reopened:
        status.append(
            f"Versie {len(made)} van {long_date(made[-1].date)} is heropend op {long_date(made[-1].reopened)}."
        )
        status.append(f"Reden: {ended(made[-1].reason)}")
    missing = list(unfinished(case))
    if missing:
        status.append(f"Nog niet klaar: {'; '.join(missing)}.")
    elif report_step(case.content) is not None:
        status.append("Alles is ingevuld; het verslag moet alleen nog definitief worden gemaakt.")
    return Callout("warning", " ".join([*status, printed]))


def unfinished(case: Case, besides: Sequence[str] = ()) -> Iterator[str]:
    """What still has to be done before the report can be definitive: the steps up to it, save the preparation.

    `besides` are the ids of steps that are left out.
    """
    for step, state in zip(case.content.step, states(case.record, case.content), strict=True):
        if isinstance(step, ReportStep):
            return
        if isinstance(step, ChecklistStep) or step.optional or step.id in besides:
            continue
        if step.id in case.record.withheld:  # what this reader may not see is no work that is left
            continue
        if state.status in _NOT_READY:
            wait = "wacht " if state.status is Status.WAITING and not state.detail.startswith("niets") else ""
            yield f"{step.title} ({wait}{state.detail})" if state.detail else step.title


def _changed(case: Case) -> Iterator[Block]:
    made = case.versions
    if case.concept or len(made) < 2:
        return
    before, after = made[-2:]
    yield Heading(1, f"Wat er veranderde sinds versie {len(made) - 1}")
    opened = f"is heropend op {long_date(before.reopened)}" if before.reopened else "is heropend"
    reason = f" Reden: {ended(before.reason)}" if before.reason else ""
    yield Paragraph(f"Versie {len(made) - 1} van {long_date(before.date)} {opened}.{reason}")
    rows = []
    for change in changes(case.content, before, after):
        words = change.place.split(", ")
        if words[-1] not in _OWN_BUSINESS and words[0].split(" ")[0] not in _OWN_BUSINESS:
            row = (change.step, _place(words), change.before, change.after)
            if row not in rows and row[2:] != (NOTHING, NOTHING):
                rows.append(row)
    if rows:
        yield Table(f"Verschillen tussen versie {len(made) - 1} en versie {len(made)}", _COLUMNS, tuple(rows))
    else:
        yield Paragraph("In de scores, toelichtingen en conclusies is niets veranderd.")


_COLUMNS = ("Stap", "Wat", "Was", "Is nu")


def _place(words: list[str]) -> str:
    """A place in a file as a reader of the report knows it: item 3, score. Ids other than of items say nothing."""
    head, _, rest = words[0].partition(" ")
    kind = _HEADS.get(head, head)
    about = rest if rest.startswith("item ") else ""
    field = _FIELDS.get(words[-1], words[-1]) if len(words) > 1 else ""
    if field == "tekst" or field == kind:
        field = ""
    if about and field and kind == "score":
        return f"{about}: {field}"
    return ": ".join(part for part in (about, ", ".join(part for part in (kind, field) if part)) if part)


def publication_words(publication: Publication, edition: str) -> str:
    """Which publication was used, by whom and from when, as a sentence."""
    made = [part for part in (publication.publisher, str(publication.year or "")) if part]
    by = f", door {listed(publication.authors)}" if publication.authors else ""
    source = f"‘{publication.title}’{by}" + (f" ({', '.join(made)})" if made else "")
    text = f"Gebruikt is de publicatie {source}."
    return text if edition == str(publication.year) else f"{text} Editie: {ended(edition)}"
