"""What a PDF costs against typst setting the same ready JSON, and whether many of them make the process grow.

The document is the full report of the demo's first measurement. Each PDF is of other texts, as in a batch: typst keeps
what it set before, so the same document twice would cost next to nothing.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from kwartier.demos import ready
from kwartier.reports import pdf
from kwartier.reports.document import Bullets, Callout, Chart, Document, Heading, Paragraph, Table
from kwartier.reports.pdf import content, setting
from kwartier.workspace import Workspace

DAY = date(2028, 12, 7)
REF = "kwadrant/mie/2026-11-24"
ROUNDS = int(os.environ.get("ROUNDS", "15"))
DOCUMENTS = int(sys.argv[1]) if len(sys.argv) > 1 else 200
PAGE = 1024


def report(folder: Path) -> Document:
    """A full report, with everything that a definitive measurement holds."""
    ready(folder, DAY)
    with Workspace.open(folder, clock=lambda: datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)) as ws:
        return ws.document(REF)


def another(document: Document, number: int) -> Document:
    """The same report of which every text differs."""
    mark = f" ({number})"
    blocks: list[Any] = []
    for block in document.blocks:
        match block:
            case Heading() | Paragraph() | Callout():
                blocks.append(msgspec.structs.replace(block, text=block.text + mark))
            case Bullets():
                blocks.append(msgspec.structs.replace(block, items=tuple(item + mark for item in block.items)))
            case Table():
                rows = tuple((*row[:-1], row[-1] + mark) for row in block.rows)
                blocks.append(msgspec.structs.replace(block, rows=rows))
            case Chart():
                blocks.append(msgspec.structs.replace(block, caption=block.caption + mark))
    return msgspec.structs.replace(document, title=document.title + mark, blocks=tuple(blocks))


def floor(told: Any) -> bytes:
    """Typst on what is ready for it, with the same fonts and source, kept between documents as the writer does."""
    made = setting._compiler().compile(
        format="pdf", sys_inputs={"document": msgspec.json.encode(told).decode()}, pdf_standards=["ua-1", "a-2a"]
    )
    assert isinstance(made, bytes)
    return made


def timed(work: Callable[[], object]) -> float:
    """The seconds that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def memory() -> float:
    """MB that the process has in use now; Linux only."""
    fields = Path("/proc/self/status").read_text(encoding="ascii").split()
    return int(fields[fields.index("VmRSS:") + 1]) / PAGE


def main() -> None:
    """Prints the first PDF, the ratio, and the memory along the way."""
    with tempfile.TemporaryDirectory() as name:
        document = report(Path(name) / "demo")
    print(f"{'first':20} {timed(lambda: pdf.write(document)) * 1000:7.0f} ms   with typst's import and the fonts")
    ratios, floors = [], []
    for number in range(ROUNDS):
        ready_made = content.values(another(document, 2 * number))
        typed = another(document, 2 * number + 1)
        floors.append(timed(lambda ready_made=ready_made: floor(ready_made)))  # type: ignore[misc]
        ratios.append(timed(lambda typed=typed: pdf.write(typed)) / floors[-1])  # type: ignore[misc]
    print(f"{'typst alone':20} {median(floors) * 1000:7.0f} ms   1.00x")
    print(f"{'a PDF':20} {'':10} {median(ratios):6.2f}x")
    for number in range(DOCUMENTS):
        if number in (20, DOCUMENTS // 2):
            print(f"{number:5} documents {memory():10.0f} MB")
        pdf.write(another(document, 10_000 + number))
    print(f"{DOCUMENTS:5} documents {memory():10.0f} MB")


if __name__ == "__main__":
    main()
