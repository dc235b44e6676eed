"""The writers of reports: found from entry points, so that a plugin can bring one; Markdown is always there."""

from __future__ import annotations

from collections.abc import Callable

from kwartier.plugins.installed import points_of
from kwartier.reports import markdown
from kwartier.reports.document import Document

GROUP = "kwartier.writers"

Writer = Callable[[Document], str]


def writers() -> dict[str, Writer]:
    """The writer of every format; one that cannot be loaded is left out."""
    found: dict[str, Writer] = {markdown.FORMAT: markdown.write}
    for point in sorted(points_of(GROUP), key=lambda one: one.name):
        try:
            module = point.load()
            found.setdefault(module.FORMAT, module.write)
        except (KeyboardInterrupt, MemoryError):
            raise
        except BaseException:  # a broken writer may not take the others down
            continue
    return found
