"""All that a plugin may import. What is not here may change without notice.

An instrument is mostly its two TOML files; this is for the Python that they cannot replace: hooks on frozen values,
blocks of a report, and the workspace for who makes demo data. Stable within one number of `API`.
"""

from kwartier.analysis.answers import Answer
from kwartier.analysis.numbers import dutch, exact, mean, plain, rounded
from kwartier.analysis.scores import Mean, Unknown, mean_phrase
from kwartier.errors import KwartierError, Misused, Refused
from kwartier.instrument.model import API, Content, Header, Item, Section
from kwartier.plugins.spec import hookimpl
from kwartier.records.files import (
    ActionsFile,
    ChecklistFile,
    ConclusionsFile,
    ConsensusFile,
    EvidenceFile,
    FactsFile,
    GivenFact,
    InterviewFile,
    NotesFile,
    PeopleFile,
    RepeatFile,
    ReportFile,
    ReviewsFile,
    Sheet,
    VerdictFile,
)
from kwartier.records.record import Record
from kwartier.reports.document import Block, Bullets, Callout, Chart, ChartRow, Document, Heading, Paragraph, Table
from kwartier.workflow.findings import Finding
from kwartier.workflow.importing import Imported, Misfit, Row, imported
from kwartier.workflow.outcome import Outcome, Scores, default_scores
from kwartier.workflow.periods import after
from kwartier.workflow.suggesting import Suggestion, suggestions
from kwartier.workspace import Assessor, Workspace
from kwartier.workspace.importing_values import Wish as ImportWish

__all__ = [
    "API",
    "ActionsFile",
    "Answer",
    "Assessor",
    "Block",
    "Bullets",
    "Callout",
    "Chart",
    "ChartRow",
    "ChecklistFile",
    "ConclusionsFile",
    "ConsensusFile",
    "Content",
    "Document",
    "EvidenceFile",
    "FactsFile",
    "Finding",
    "GivenFact",
    "Header",
    "Heading",
    "ImportWish",
    "Imported",
    "InterviewFile",
    "Item",
    "KwartierError",
    "Mean",
    "Misfit",
    "Misused",
    "NotesFile",
    "Outcome",
    "Paragraph",
    "PeopleFile",
    "Record",
    "Refused",
    "RepeatFile",
    "ReportFile",
    "ReviewsFile",
    "Row",
    "Scores",
    "Section",
    "Sheet",
    "Suggestion",
    "Table",
    "Unknown",
    "VerdictFile",
    "Workspace",
    "after",
    "default_scores",
    "dutch",
    "exact",
    "hookimpl",
    "imported",
    "mean",
    "mean_phrase",
    "plain",
    "rounded",
    "suggestions",
]
