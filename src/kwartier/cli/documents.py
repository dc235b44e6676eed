"""How a command gives a document: on the screen, as JSON or in a file. What stands in it is made elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kwartier.cli.base import answer, wants_json
from kwartier.errors import Misused
from kwartier.workspace import Workspace
from kwartier.workspace.writing import paths_of, writer

if TYPE_CHECKING:
    from kwartier.reports.document import Document
    from kwartier.workspace.writing import Writer

_MOST_BYTES = 50_000_000
"""No more is read of a template; writers take less."""


class Output(NamedTuple):
    """Where a document goes, and how it is written; without a path to the screen."""

    writers: tuple[Writer, ...]
    path: Path | None
    overwrite: bool
    template: bytes | None = None

    def paths(self) -> list[Path]:
        """The file of every format: the path itself, or where there are several, with the ending of each."""
        return [] if self.path is None else paths_of(self.path, self.writers)

    def write(self, ws: Workspace, document: Document) -> list[Path]:
        """Writes the files of a document, none where one of them is there already; gives where they stand."""
        paths = self.paths()
        for path in paths:
            ws.check_free(path, overwrite=self.overwrite)
        for one, path in zip(self.writers, paths, strict=True):
            template = self.template if one.takes_template else None
            ws.write_out(path, one.write(document, template=template), overwrite=self.overwrite)
        return paths

    def give(self, ws: Workspace, document: Document, told: Mapping[str, str]) -> None:
        """Gives the document; `told` says in JSON of what it is."""
        if wants_json() and self.path is None:
            answer({**told, "document": msgspec.to_builtins(document)})
            return
        if self.path is None:
            answer({}, self.writers[0].write(document).decode())
            return
        listed = [str(path) for path in self.write(ws, document)]
        tree = {"file": listed[0], **({"files": listed} if len(listed) > 1 else {})}
        answer({**told, **tree}, "\n".join(f"Klaar: {path}" for path in listed))


def output(form: str, path: Path | None, *, overwrite: bool, template: Path | None = None) -> Output:
    """What was asked for by --formaat, --uit, --overschrijf and --sjabloon.

    Raises `Misused` where nothing writes this form, or the template cannot be read or used for it.
    """
    found = chosen_writers(form)
    if path is None and not (len(found) == 1 and found[0].is_text):
        raise Misused(
            "no-file",
            f"Een verslag als {form} past niet op het scherm.",
            advice=f"Zeg waar het heen moet: --uit verslag{found[0].extension}.",
        )
    if template is not None and not any(one.takes_template for one in found):
        raise Misused(
            "no-template",
            f"Bij het formaat '{form}' kan geen sjabloon.",
            advice="Laat --sjabloon weg, of kies een formaat dat er een neemt: --formaat docx.",
        )
    return Output(found, path, overwrite, None if template is None else template_of(template))


def chosen_writers(form: str) -> tuple[Writer, ...]:
    """The writers of formats that were typed with commas between them. Raises `Misused` where there is none of one."""
    forms = dict.fromkeys(one.strip().lower() for one in form.split(",") if one.strip())
    if not forms:
        raise Misused("unknown-format", "Er is geen formaat genoemd.", advice="Kies er een: --formaat pdf.")
    return tuple(writer(one) for one in forms)


def template_of(template: Path) -> bytes:
    """The bytes of a template."""
    try:
        with template.open("rb") as file:
            return file.read(_MOST_BYTES)  # what is cut off is no file any more, and refused as too big before that
    except OSError as error:
        raise Misused(
            "no-template-file",
            f"Het sjabloon {template} is niet te lezen.",
            advice="Kijk of het bestand er is en of u het mag lezen.",
        ) from error
