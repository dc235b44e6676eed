"""The work of one step, a class per form; nothing here knows an instrument."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kwartier.instrument.model import AnyStep
    from kwartier.tui.panes.base import Pane

PANES: dict[str, tuple[str, str]] = {
    # form: (module, class); a module is imported when such a step is opened
    "checklist": ("checklist", "ChecklistPane"),
    "people": ("people", "PeoplePane"),
    "facts": ("facts", "FactsPane"),
    "evidence": ("evidence", "EvidencePane"),
    "interview": ("interview", "InterviewPane"),
    "notes": ("notes", "NotesPane"),
    "score": ("score", "ScorePane"),
    "consensus": ("consensus", "ConsensusPane"),
    "conclusions": ("conclusions", "ConclusionsPane"),
    "verdict": ("verdict", "VerdictPane"),
    "report": ("report", "ReportPane"),
    "actions": ("actions", "ActionsPane"),
    "reviews": ("reviews", "ReviewsPane"),
    "repeat": ("repeat", "RepeatPane"),
}


def pane_for(step: AnyStep) -> type[Pane]:
    """The class that shows a step of this form."""
    module, name = PANES[str(step.__struct_config__.tag)]
    found: type[Pane] = getattr(import_module(f"kwartier.tui.panes.{module}"), name)
    return found
