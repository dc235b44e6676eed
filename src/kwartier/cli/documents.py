"""How a command gives a document: on the screen, as JSON or in a file. What stands in it is made elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kwartier.cli.base import answer, wants_json
from kwartier.errors import Misused
from kwartier.workspace import Workspace
from kwartier.workspace.writing import writer

if TYPE_CHECKING:
    from kwartier.reports.document import Document
    from kwartier.workspace.writing import Writer


class Output(NamedTuple):
    """Where a document goes, and how it is written; without a path to the screen."""

    writer: Writer
    path: Path | None
    overwrite: bool

    def give(self, ws: Workspace, document: Document, told: Mapping[str, str]) -> None:
        """Gives the document; `told` says in JSON of what it is."""
        if wants_json() and self.path is None:
            answer({**told, "document": msgspec.to_builtins(document)})
            return
        made = self.writer.write(document)
        if self.path is None:
            answer({}, made.decode())
            return
        ws.write_out(self.path, made, overwrite=self.overwrite)
        answer({**told, "file": str(self.path)}, f"Klaar: {self.path}")


def output(form: str, path: Path | None, *, overwrite: bool) -> Output:
    """What was asked for by --formaat, --uit and --overschrijf. Raises `Misused` where nothing writes this form."""
    found = writer(form)
    if path is None and not found.is_text:
        raise Misused(
            "no-file",
            f"Een verslag als {form} past niet op het scherm.",
            advice=f"Zeg waar het heen moet: --uit verslag{found.extension}.",
        )
    return Output(found, path, overwrite)
