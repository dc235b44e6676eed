"""A document as a Word file (DOCX), in kwartier's own style or that of an organisation's template.

What it needs is imported when it writes: listing the formats costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kwartier.reports.document import Document

FORMAT = "docx"
EXTENSION = ".docx"
TITLE = "Word-document, om in verder te werken"
TEMPLATE = True


def write(document: Document, template: bytes | None = None) -> bytes:
    """The document as DOCX; the same document and template always give the same bytes.

    `template` is a DOCX or DOTX whose styles, page, header and footer are used. Raises `Misused` where it cannot be
    used as one, with what to do.
    """
    from kwartier.reports.docx.building import build

    return build(document, template)
