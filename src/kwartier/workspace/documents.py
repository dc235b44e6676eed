"""The documents of a record: the report, the page to sign, the forms of an instrument; and a portfolio as values.

All of it through the gate, for one reader or for everyone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from kwartier.errors import KwartierError, Misused
from kwartier.instrument.model import Content
from kwartier.records.tree import Tree
from kwartier.store.refs import Ref
from kwartier.workflow import outcome as outcome_of
from kwartier.workspace import judged, subjects
from kwartier.workspace.outcomes import Seen, compare, findings, see, seen_of
from kwartier.workspace.shelf import Case, Shelf

if TYPE_CHECKING:
    from kwartier.reports.assessment import Case as ReportCase
    from kwartier.reports.assessment import Earlier
    from kwartier.reports.document import Document, Table

Variant = str
"""FULL, BOARD, PAGE, FIGURES, or the id of an extract of the content."""
FULL, BOARD, PAGE, FIGURES = "full", "board", "page", "figures"
WORDS = {"volledig": FULL, "samenvatting": BOARD, "pagina": PAGE, "cijfers": FIGURES}
"""What the kinds that are not an instrument's own are called by who types them."""


def variants(content: Content) -> list[tuple[Variant, str]]:
    """Every report that there is of a record, with its title; the whole one first. Figures where scores add up."""
    whole = content.report.title if content.report else "Verslag"
    found = [(FULL, whole), (BOARD, "Samenvatting voor het bestuur"), (PAGE, "Blad om te tekenen")]
    if content.total is not None and content.total.method != "none":
        found.append((FIGURES, "Scoreblad en cijfers"))
    return [*found, *((one.id, one.title) for one in content.extract)]


def document(
    shelf: Shelf,
    ref: str | Ref,
    viewer: str | None,
    *,
    against: str | None,
    agreement: bool,
    variant: Variant = FULL,
    names: bool = True,
) -> Document:
    """The report of a record as a neutral document; before it is definitive, a concept that shows no more than may be.

    Compared with `against`, or else with the record that this one follows; the page to sign and an extract compare
    nothing. Of what is private only that stands in it which `viewer` may read, or everyone where nobody is named.
    Without `names` people are told of by their role, and the names that are known are taken out of all texts.
    """
    from kwartier.reports.nameless import nameless, roles

    case = shelf.case(ref)
    seen = seen_of(shelf, case, viewer)
    known = [id for id, _ in variants(seen.content)]
    if variant not in known:
        typed = {id: word for word, id in WORDS.items()}
        listed = ", ".join(typed.get(one, one) for one in known)
        message = f"Het verslag '{typed.get(variant, variant)}' is er bij deze meting niet."
        raise Misused("unknown-variant", message, advice=f"Kies uit: {listed}.")
    follows = (against or seen.record.envelope.follows) if variant in (FULL, BOARD, FIGURES) else ""
    made = _case(shelf, case, seen, whole=variant == FULL, previous=_earlier(shelf, case, follows, viewer))
    if names:
        return _made(made, variant, agreement=agreement)
    titles = {one.id: one.title for one in made.content.role}
    people = {one.id: titles.get(one.role, one.role) for one in made.record.envelope.person}
    return nameless(_made(replace(made, names=roles(people)), variant, agreement=agreement), seen.names.values())


def _made(made: ReportCase, variant: Variant, *, agreement: bool) -> Document:
    from kwartier.reports.assessment import report
    from kwartier.reports.board import board
    from kwartier.reports.extract import extract
    from kwartier.reports.only_figures import only_figures
    from kwartier.reports.signing import page

    if variant == FULL:
        return report(made, agreement=agreement)
    made_by = {BOARD: board, PAGE: page, FIGURES: only_figures}
    if variant in made_by:
        return made_by[variant](made)
    return extract(made, next(one for one in made.content.extract if one.id == variant))


def portfolio(shelf: Shelf, ref: str | Ref, viewer: str | None) -> tuple[Tree, list[Table]]:
    """A portfolio as plain values, and as tables to read. Raises `Misused` for a record that is none."""
    from kwartier.reports.document import Table
    from kwartier.reports.portfolio import is_portfolio, overview, pieces
    from kwartier.reports.portfolio_tree import portfolio_tree
    from kwartier.workflow.moments import moments

    case = shelf.case(ref)
    seen = seen_of(shelf, case, viewer)
    if not is_portfolio(seen.content):
        raise Misused(
            "no-portfolio",
            "In dit instrument laat niemand zelf iets zien; er is geen portfolio.",
            place=str(case.ref),
            advice="De uitslag staat in: kwartier uitslag REF.",
        )
    made = _case(shelf, case, seen, whole=False, previous=None)
    tables = overview(made, moments(made.record, made.content), pieces(made))
    return portfolio_tree(made), [one for one in tables if isinstance(one, Table)]


def _case(shelf: Shelf, case: Case, seen: Seen, *, whole: bool, previous: Earlier | None) -> ReportCase:
    from kwartier.reports.assessment import Case as ReportCase

    found = outcome_of.outcome(seen.record, seen.content, case.hooks.score)
    subject = seen.record.envelope.subject
    earlier = judged.earlier_judgements(shelf, case.ref) if subject else {}
    return ReportCase(
        header=seen.header,
        content=seen.content,
        record=seen.record,
        outcome=found,
        organisation=seen.organisation,
        names={code: name for code, name in seen.names.items() if code != subject},  # a student is told of by code
        findings=findings(case, seen),
        today=shelf.today(),
        previous=previous,
        extra=case.hooks.report(seen.content, seen.record, found) if whole else (),
        suggested=case.hooks.suggest(seen.content, seen.record) if whole else (),
        about=subjects.known(shelf, case.ref.organisation, subject) if subject else None,
        judged={item: one.words for item, one in earlier.items()},
    )


def _earlier(shelf: Shelf, later: Case, against: str, viewer: str | None) -> Earlier | None:
    """What a report compares with; None where there is nothing, the earlier record is gone or cannot be read."""
    if not against:
        return None
    try:
        compared = compare(shelf, later.ref, against, viewer)
        seen = see(shelf, against, viewer)
    except KwartierError:
        return None
    from kwartier.reports.assessment import Earlier

    return Earlier(
        record=seen.record,
        content=seen.content,
        outcome=compared.before,
        change=compared.change,
        differs=compared.differs,
    )
