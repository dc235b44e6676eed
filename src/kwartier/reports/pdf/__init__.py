"""A document as PDF/UA-1 and PDF/A-2a: tagged, with bookmarks, its fonts embedded. Set by typst, without the network.

The document goes to typst as JSON, never as source: nothing that was typed is evaluated.
"""

from __future__ import annotations

from kwartier.reports.document import Document
from kwartier.reports.pdf import content, setting

FORMAT = "pdf"
EXTENSION = ".pdf"
TITLE = "PDF, om te lezen, te printen en te bewaren"


def write(document: Document) -> bytes:
    """The document as PDF; the same document gives the same bytes."""
    return setting.pdf(content.values(document))
