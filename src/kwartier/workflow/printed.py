"""Figures that stood on paper beside those that follow from the items: told where they differ, never taken over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

from kwartier.analysis.numbers import dutch, rounded
from kwartier.analysis.scores import Mean
from kwartier.instrument.model import Content
from kwartier.records.files import Paper
from kwartier.records.record import Record
from kwartier.workflow.outcome import Outcome, Scores


def decimal(text: str) -> Decimal | None:
    """A number as it is printed, with a comma or a point; None for what is none."""
    with suppress(ArithmeticError):
        found = Decimal(text.strip().replace(",", "."))
        return found if found.is_finite() else None
    return None


def differs(computed: Fraction | None, printed: Decimal | None) -> bool:
    """Whether the computed number, with as many decimals as the printed one, is another."""
    if computed is None or printed is None:
        return False
    exponent = printed.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return rounded(computed, places) != printed


def misprints(paper: Paper, scores: Scores) -> tuple[str, str]:
    """The total and the band as printed, each empty where it is as computed."""
    total = scores.total.value if isinstance(scores.total, Mean) else None
    band = paper.band.strip()
    same = band.casefold() == (scores.band or "").casefold()
    return paper.total if differs(total, decimal(paper.total)) else "", "" if same else band


def shown(printed: str) -> str:
    """A printed number in Dutch notation; what is no number as it stands."""
    found = decimal(printed)
    return dutch(found) if found is not None else printed


def printed_note(record: Record, content: Content, outcome: Outcome) -> str:
    """What was printed otherwise than what the items give (Dutch sentences); empty where nothing differs."""
    paper = record.envelope.paper
    if paper is None or content.total is None or not outcome.complete:
        return ""
    told = " ".join(_told(content, *misprints(paper, outcome.scores), outcome.scores))
    return f"In de bron ({paper.source}) staat iets anders. {told}" if told else ""


def _told(content: Content, total: str, band: str, scores: Scores) -> Iterator[str]:
    places = content.total.places if content.total else 1
    if total and isinstance(scores.total, Mean):
        yield f"Als totaal staat er {shown(total)}; de items geven {dutch(scores.total.value, places)}."
    if band:
        yield f"Als niveau staat er ‘{band}’; uit de items volgt ‘{scores.band or 'geen niveau'}’."
