"""What the facts suggested beside the scores that were given, with the reason; which of both is right is not judged."""

from __future__ import annotations

from collections.abc import Iterator

from kwartier.reports.case import Case
from kwartier.reports.document import Block, Heading, Paragraph, Table
from kwartier.reports.phrases import NOTHING, answer_words, find_option, option_words, scales
from kwartier.workflow.suggesting import Suggestion


def suggested(case: Case) -> Iterator[Block]:
    """A table of the suggestions; nothing where the facts suggest nothing. Scores only where they may be shown."""
    if not case.suggested:
        return
    yield Heading(1, "Voorstellen uit feiten")
    yield Paragraph(
        "Uit de feiten volgt bij deze items een voorstel. Wie scoort, beslist; voor een andere score kan reden zijn."
    )
    is_open = case.outcome is not None and case.scores_open
    given = case.outcome.answers() if case.outcome is not None and is_open else {}
    known = scales(case.content)
    titles = {item.id: item.short or item.title for item in case.content.items()}
    rows = []
    for one in case.suggested:
        score = (answer_words(given.get(one.item), known.get((one.item, ""))),) if is_open else ()
        rows.append((one.item, titles.get(one.item, NOTHING), _values(case, one), *score, one.reason))
    header = ("Nr.", "Item", "Voorstel", *(("Gegeven score",) if is_open else ()), "Reden")
    yield Table("Voorstellen uit feiten", header, tuple(rows))


def _values(case: Case, one: Suggestion) -> str:
    scale = scales(case.content).get((one.item, ""))
    options = [find_option(scale, value) if scale else None for value in one.values]
    words = [option_words(option) if option else str(value) for option, value in zip(options, one.values, strict=True)]
    return " of ".join(words)
