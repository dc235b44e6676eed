"""The writers of documents: one per format, found from entry points, so that a plugin can bring one.

Markdown is always there. A writer is a module with FORMAT, EXTENSION and `write(document)`; it may have a TITLE, and
TEMPLATE = True where `write` also takes `template`, the bytes of an organisation's own template.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.plugins.installed import points_of
from kwartier.reports import markdown
from kwartier.reports.document import Document

GROUP = "kwartier.writers"


class Writer(Struct, frozen=True, kw_only=True):
    """One format. Loading it costs nothing yet: what it needs is imported when it writes."""

    format: str
    "Its short name: pdf."
    extension: str
    "Of the file, with the dot."
    title: str
    "What it is, for who chooses (Dutch)."
    takes_template: bool = False
    "Whether an organisation's own template can be used."
    own: Callable[..., Any]
    "The `write` of its module."

    def write(self, document: Document, *, template: bytes | None = None) -> bytes:
        """The document in this format. Raises `Misused` where a template is given that it cannot use.

        Raises `Refused` where the writer itself fails.
        """
        if template is not None and not self.takes_template:
            raise Misused(
                "no-template",
                f"Bij het formaat '{self.format}' kan geen sjabloon.",
                advice="Laat het sjabloon weg, of kies een formaat dat er een neemt, zoals docx.",
            )
        try:
            made = self.own(document, template=template) if self.takes_template else self.own(document)
        except (KwartierError, MemoryError):
            raise
        except Exception as error:  # a broken writer may take no other work down
            raise Refused(
                "writer-failed",
                f"Het lukt niet om dit als {self.format} te schrijven: {type(error).__name__}: {error}",
                advice="Kies een andere vorm, en meld dit aan wie deze vorm maakte.",
            ) from error
        return made if isinstance(made, bytes) else str(made).encode()

    @property
    def is_text(self) -> bool:
        """Whether it can be shown on a screen as it is."""
        return self.format == markdown.FORMAT


def writers() -> dict[str, Writer]:
    """The writer of every format, Markdown first; one that cannot be loaded is left out."""
    found = {markdown.FORMAT: _writer(markdown)}
    for point in sorted(points_of(GROUP), key=lambda one: one.name):
        try:
            made = _writer(point.load())
        except (KeyboardInterrupt, MemoryError):
            raise
        except BaseException:  # a broken writer may not take the others down
            continue
        found.setdefault(made.format, made)
    return found


def writer(form: str) -> Writer:
    """The writer of a format. Raises `Misused` where nothing writes it."""
    known = writers()
    if form not in known:
        raise Misused(
            "unknown-format", f"Het formaat '{form}' is er niet.", advice=f"Kies uit: {', '.join(sorted(known))}."
        )
    return known[form]


def paths_of(path: Path, forms: Sequence[Writer]) -> list[Path]:
    """The file of each of several formats: the path itself, or where there are more, with the ending of each.

    Raises `Misused` where the path has no name to put an ending to.
    """
    if len(forms) == 1:
        return [path]
    if not path.name:
        raise Misused("path-missing", "Er mist een bestandsnaam.", place=str(path), advice="Voeg een naam toe.")
    bare = path.with_suffix("") if path.suffix in {one.extension for one in forms} else path
    return [bare.with_name(bare.name + one.extension) for one in forms]


def _writer(module: Any) -> Writer:
    return Writer(
        format=str(module.FORMAT),
        extension=str(module.EXTENSION),
        title=str(getattr(module, "TITLE", module.FORMAT)),
        takes_template=bool(getattr(module, "TEMPLATE", False)),
        own=module.write,
    )
