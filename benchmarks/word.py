"""What a Word file of a full report costs, against python-docx writing the same paragraphs and cells plainly.

Turn by turn in one run; the ratio is of the medians. Both are imported before it counts. The floor has no contents,
own styles, language or widths, and no charts: those are pictures, and are measured apart.
"""

from __future__ import annotations

import io
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx
import msgspec

from kwartier.demos import FIRST_DAY, ready
from kwartier.reports.document import Bullets, Callout, Chart, Document, Heading, Paragraph, Table
from kwartier.reports.docx import write
from kwartier.workspace import Workspace

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 15
MANY = 200
RECORD = "kwadrant/mie/2026-11-24"


def plainly(document: Document) -> bytes:
    """The floor: the same texts, each in the style that python-docx has for it."""
    made = docx.Document()
    made.add_heading(document.title, 0)
    for block in document.blocks:
        match block:
            case Heading():
                made.add_heading(block.text, block.level)
            case Paragraph() | Callout():
                made.add_paragraph(block.text)
            case Bullets():
                for item in block.items:
                    made.add_paragraph(item, style="List Number" if block.ordered else "List Bullet")
            case Table():
                made.add_paragraph(block.caption, style="Caption")
                table = made.add_table(0, len(block.header))
                for row in (block.header, *block.rows):
                    for cell, text in zip(table.add_row().cells, row, strict=True):
                        cell.text = text
            case Chart():
                made.add_paragraph(block.caption, style="Caption")
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Prints the ratios, and what is in memory before and after many reports."""
    with tempfile.TemporaryDirectory() as name:
        folder = ready(Path(name) / "demo", FIRST_DAY).folder
        with Workspace.open(folder) as ws:
            whole = ws.document(RECORD)
    charts = [one for one in whole.blocks if isinstance(one, Chart)]
    bare = msgspec.structs.replace(whole, blocks=tuple(one for one in whole.blocks if not isinstance(one, Chart)))
    works: dict[str, Callable[[], object]] = {
        "python-docx, the same texts": lambda: plainly(bare),
        "the report without charts": lambda: write(bare),
        f"the report with its {len(charts)} charts": lambda: write(whole),
    }
    for work in works.values():
        work()
    turns = [[seconds(work) for work in works.values()] for _ in range(ROUNDS)]
    medians = [statistics.median(column) for column in zip(*turns, strict=True)]
    for label, median in zip(works, medians, strict=True):
        print(f"{label:34} {median * 1000:8.1f} ms {median / medians[0]:6.2f}x")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(MANY):
        write(whole)
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{'most memory, after so many more':34} {most / 1024:8.0f} MB {more / 1024:6.0f} MB ({MANY})")


if __name__ == "__main__":
    main()
