"""A PDF that a test made, what programs say of it, and where its words stand."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from tests.programs import need

from kwartier.reports import pdf
from kwartier.reports.document import Block, Document

DAY = date(2026, 11, 22)
A4 = (595.276, 841.89)
MARGIN = 56.7 - 1


class Made(NamedTuple):
    """A PDF, and where it is."""

    path: Path
    data: bytes
    document: Document

    def told(self, *command: str) -> str:
        """What a program says of it; fails where the program does. Without that program the test is skipped."""
        need(command[0])
        more = ["-"] if command[0] == "pdftotext" else []
        done = subprocess.run([*command, str(self.path), *more], capture_output=True, check=True)
        return done.stdout.decode("utf-8", "replace")

    def objects(self) -> bytes:
        """What it is built of, without the streams: letters, drawings and fonts. Nothing else is compressed."""
        assert b"/ObjStm" not in self.data
        return re.sub(rb"stream\r?\n.*?\r?\nendstream", b"", self.data, flags=re.DOTALL)


def written(path: Path, document: Document) -> Made:
    path.write_bytes(pdf.write(document))
    return Made(path, path.read_bytes(), document)


def plain(*blocks: Block, **more: Any) -> Document:
    return Document("Een verslag", "De Moestuin", DAY, blocks=blocks, **more)


def places(made: Made) -> list[tuple[int, float, float, str]]:
    """Each word with its page, its left and its right side, and how wide the page is."""
    found = []
    for number, page in enumerate(made.told("pdftotext", "-bbox").split("<page ")[1:], 1):
        for left, right, word in re.findall(r'xMin="([\d.]+)" .*?xMax="([\d.]+)".*?>(.*?)</word>', page):
            found.append((number, float(left), float(right), word))
    return found
