"""What the host itself does in a hook, called after every plugin: the scores that `[total]` in the content says."""

from __future__ import annotations

from collections.abc import Mapping

from kwartier.analysis.answers import Answer
from kwartier.instrument.model import Content
from kwartier.plugins.spec import hookimpl
from kwartier.workflow.outcome import Scores, default_scores


@hookimpl(trylast=True)
def kwartier_score(content: Content, answers: Mapping[str, Answer]) -> Scores:
    """Exact means per section and over all items, and the band of the rounded total."""
    return default_scores(content, answers)
