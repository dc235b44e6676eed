"""An export as one JSON document that fits `export_schema`; a record a line, written as they come."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from kwartier.reports.exports.codebook import Codebook
from kwartier.reports.exports.measured import Measured
from kwartier.reports.exports.source import Source
from kwartier.reports.exports.tables import SHEETS, TEXTS
from kwartier.text import clean


class JsonLines:
    """The document, being written to `path`."""

    def __init__(self, path: Path, *, names: bool, texts: bool) -> None:
        self._texts = texts
        self._codebook = Codebook()
        self._file = path.open("wb")  # closed by `end` or `drop`
        self.rows = 0
        self._records = 0
        head = msgspec.json.encode({"format": "kwartier-export", "version": 1, "names": names, "texts": texts})
        self._file.write(head[:-1] + b',\n"measurements": [')

    def add(self, source: Source, told: Measured) -> None:
        """One record."""
        self._codebook.add(source, told)
        self._file.write((b",\n" if self._records else b"\n") + _line(told))
        self._records += 1
        self.rows += len(told.answers)

    def end(self, about: Iterable[str]) -> None:
        """The codebook and what a reader has to know."""
        sheets = [sheet for sheet in SHEETS if self._texts or sheet != TEXTS]
        codes = self._codebook.codes(sheets, ())
        self._file.write(b'\n],\n"codebook": [\n' + b",\n".join(_line(one) for one in codes))
        self._file.write(b'\n],\n"about": ' + _line(list(about)) + b"}\n")
        self._file.close()

    def drop(self) -> None:
        """Closes the file as it is."""
        self._file.close()


def _line(value: object) -> bytes:
    """The value in JSON, with every text in it cleaned."""
    return msgspec.json.encode(_cleaned(msgspec.to_builtins(value)))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _cleaned(one) for key, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, list | tuple) else value
