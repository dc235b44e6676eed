"""The one door for the faces: open a data folder, find, read, change, save. What leaves it has passed the gate.

Its names are looked up when they are first asked for, so that `overview`, `settings` and `places` beside it can be
used, and a screen painted, before anything else of kwartier is imported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kwartier.plugins.listing import Listing
    from kwartier.store.keyring import Locked
    from kwartier.workspace.assessors import Assessor
    from kwartier.workspace.beginning import Beginning
    from kwartier.workspace.checkup import Checked, Problem
    from kwartier.workspace.door import Workspace
    from kwartier.workspace.handed import Handed, Packed, open_sheet, pack_sheet
    from kwartier.workspace.handover_file import is_locked_file
    from kwartier.workspace.outcomes import Comparison, Seen, Situation
    from kwartier.workspace.taking import Taken, TextConflict
    from kwartier.workspace.writing import writers

__all__ = [
    "Assessor",
    "Beginning",
    "Checked",
    "Comparison",
    "Handed",
    "Listing",
    "Locked",
    "Packed",
    "Problem",
    "Seen",
    "Situation",
    "Taken",
    "TextConflict",
    "Workspace",
    "is_locked_file",
    "open_sheet",
    "pack_sheet",
    "writers",
]

_WHERE = {
    "Assessor": "assessors",
    "Beginning": "beginning",
    "Checked": "checkup",
    "Comparison": "outcomes",
    "Handed": "handed",
    "Listing": "listing",
    "Locked": "keyring",
    "Packed": "handed",
    "Problem": "checkup",
    "Seen": "outcomes",
    "Situation": "outcomes",
    "Taken": "taking",
    "TextConflict": "taking",
    "Workspace": "door",
    "is_locked_file": "handover_file",
    "open_sheet": "handed",
    "pack_sheet": "handed",
    "writers": "writing",
}

_ELSEWHERE = {"Listing": "kwartier.plugins", "Locked": "kwartier.store"}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _ELSEWHERE.get(name, __name__)
    found = globals()[name] = getattr(import_module(f"{home}.{_WHERE[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
