"""What every page of a document says: what kind of measurement it is of, in whose wording, and how finished it is."""

from __future__ import annotations

from kwartier.instrument.model import Content
from kwartier.reports.case import Case

CONCEPT = "concept"


def page_note(content: Content) -> str:
    """What the instrument says on every page; empty where it says nothing."""
    return content.report.page_note if content.report else ""


def status(case: Case) -> str:
    """Whether the report is a concept; empty where it is finished."""
    return CONCEPT if case.concept else ""
