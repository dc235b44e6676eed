"""What the host itself does in a hook, called after every plugin: scores, suggestions and tables by the content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kwartier.analysis.answers import Answer
from kwartier.instrument.model import Content
from kwartier.plugins.spec import hookimpl
from kwartier.records.files import GivenFact
from kwartier.workflow.importing import Imported, imported
from kwartier.workflow.outcome import Scores, default_scores
from kwartier.workflow.suggesting import Suggestion, suggestions


@hookimpl(trylast=True)
def kwartier_score(content: Content, answers: Mapping[str, Answer]) -> Scores:
    """Exact means per section and over all items, and the band of the rounded total."""
    return default_scores(content, answers)


@hookimpl(trylast=True)
def kwartier_suggest(content: Content, facts: Mapping[str, GivenFact]) -> list[Suggestion]:
    """What the lookup tables of the content suggest."""
    return suggestions(content, facts)


@hookimpl(trylast=True)
def kwartier_import(content: Content, rows: Sequence[Mapping[str, str]]) -> Imported:
    """The rows by the headings that kwartier knows: items, parameters, and its own words for the rest."""
    return imported(content, rows)
