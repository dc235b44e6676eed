"""A document as one HTML file that works without a network: the writer that the entry point names. No layout here."""

from __future__ import annotations

from kwartier.reports.document import Document

FORMAT = "html"
EXTENSION = ".html"
TITLE = "HTML, één bestand voor de browser"


def write(document: Document) -> bytes:
    """The document as UTF-8; the same document always gives the same bytes. It holds no script and loads nothing."""
    from kwartier.reports.html.page import page  # what draws the page is loaded when one is written

    return page(document).encode()
