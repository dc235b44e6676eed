"""The one place that calls typst: JSON in, a PDF out. `content.py` says what is in it, `report.typ` how it looks."""

from __future__ import annotations

import functools
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kwartier.errors import KwartierError
from kwartier.reports.pdf.glyphs import basic

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).parent
SOURCE = FOLDER / "report.typ"

_AT_WORK = threading.Lock()
"""A compiler keeps the fonts that it read, and can do one thing at a time."""


def pdf(told: Any) -> bytes:
    """The document, as `content.values` tells it, set in type.

    A character that no font has after all, or that PDF/A forbids, takes the less plain ones along: first those in
    drawings, then all. Raises `KwartierError` where typst refuses even that.
    """
    with _AT_WORK:
        for plainer in (_as_it_is, _with_plain_drawings):
            try:
                return _compiled(plainer(told))
            except RuntimeError:
                continue
        try:
            return _compiled(basic(told))
        except RuntimeError as error:
            reason = str(error).strip().partition("\n")[0]
            raise KwartierError(
                "pdf-failed",
                f"Van dit verslag kon geen PDF gemaakt worden: {reason}",
                advice="Maak het als html of docx, en meld dit aan wie kwartier maken.",
            ) from error


def _as_it_is(told: Any) -> Any:
    return told


def _with_plain_drawings(told: Any) -> Any:
    blocks = [{**one, "svg": basic(one["svg"])} if "svg" in one else one for one in told["blocks"]]
    return {**told, "blocks": blocks}


def _compiled(told: Any) -> bytes:
    made = _compiler().compile(
        format="pdf", sys_inputs={"document": msgspec.json.encode(told).decode()}, pdf_standards=["ua-1", "a-2a"]
    )
    if not isinstance(made, bytes):
        raise RuntimeError("typst gave no file")
    return made


@functools.cache
def _compiler() -> typst.Compiler:
    """A compiler that sees this folder, its fonts, and nothing else: no fonts of the system, no packages."""
    import typst  # 15 ms that only a PDF has to wait for

    nowhere = str(FOLDER / "no-packages")
    return typst.Compiler(
        str(SOURCE),
        root=str(FOLDER),
        font_paths=[str(FOLDER / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={},
        package_path=nowhere,
        package_cache_path=nowhere,
    )
