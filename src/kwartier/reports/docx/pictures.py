"""A chart as a picture in the text: drawn as SVG, made PNG by typst, with its words for who cannot see it."""

from __future__ import annotations

import functools
import re
import struct
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from kwartier.reports import pdf
from kwartier.reports.docx.wording import attribute
from kwartier.reports.pdf.glyphs import drawable
from kwartier.reports.svg import svg

if TYPE_CHECKING:
    import typst

    from kwartier.reports.document import Chart

PPI = 200
_EMU = 635
"""English metric units per twentieth of a point."""

_NAMES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_FAMILY = re.compile(r'font-family="[^"]*"')
_FOLDER = Path(__file__).parent
_AT_WORK = threading.Lock()
"""A compiler can do one thing at a time."""


def png(chart: Chart) -> bytes | None:
    """The chart as PNG, in the shipped fonts; None where it cannot be drawn."""
    drawn = _FAMILY.sub('font-family="Inter"', drawable(svg(chart)), count=1)
    with _AT_WORK:
        try:
            made = _compiler().compile(format="png", ppi=PPI, sys_inputs={"svg": drawn})
        except RuntimeError:
            return None
    return made if isinstance(made, bytes) else None


@functools.cache
def _compiler() -> typst.Compiler:
    """A compiler that sees the drawing and the shipped fonts, and nothing else."""
    import typst  # only a document with a chart has to wait for it

    return typst.Compiler(
        str(_FOLDER / "picture.typ"),
        root=str(_FOLDER),
        font_paths=[str(Path(pdf.__file__).parent / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={},
        package_path=str(_FOLDER / "no-packages"),
        package_cache_path=str(_FOLDER / "no-packages"),
    )


def drawing(chart: Chart, picture: bytes, relation: str, number: int, most: tuple[int, int]) -> str:
    """The run that shows a PNG, no wider and higher than `most` (twentieths of a point)."""
    width, height = struct.unpack(">II", picture[16:24])
    scale = min(1440 / PPI, most[0] / width, most[1] / height)
    across, down = int(width * scale) * _EMU, int(height * scale) * _EMU
    described = f'id="{number}" name="Figuur {number}" descr="{attribute(chart.alt or chart.caption)}"'
    return (
        f'<w:r><w:drawing><wp:inline {_NAMES} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{down}"/><wp:docPr {described}/>'
        f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {described}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
