"""The one door for the faces: open a data folder, find, read, change, save. What leaves it has passed the gate."""

from kwartier.plugins.listing import Listing
from kwartier.workspace.assessments import Beginning
from kwartier.workspace.assessors import Assessor
from kwartier.workspace.checkup import Checked, Problem
from kwartier.workspace.door import Workspace
from kwartier.workspace.handover import Handed, Packed, is_locked_file, open_sheet, pack_sheet
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
