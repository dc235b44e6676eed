"""The outcome of a record: definitive answers, means, agreement; or why there is none yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from kwartier.analysis import scores as analysis
from kwartier.analysis.agreement import Agreement, agreement
from kwartier.analysis.answers import UNANSWERED, Answer, asked
from kwartier.analysis.change import Change
from kwartier.analysis.kappa import sheets_kappa
from kwartier.analysis.scores import Mean, Unknown
from kwartier.analysis.series import Series
from kwartier.analysis.series import series as analysis_series
from kwartier.instrument.model import ConsensusStep, Content, ScoreStep
from kwartier.instrument.selection import scale as scale_by_id
from kwartier.instrument.selection import scale_of
from kwartier.records.record import Record
from kwartier.workflow.agreed import Stand, open_sheets, stands
from kwartier.workflow.people import counting, is_sealed, role_words


class Scores(Struct, frozen=True):
    """What answers add up to: a mean per section and over all, and the band of the rounded total."""

    sections: Mapping[str, Mean | Unknown]
    total: Mean | Unknown
    band: str | None = None


class Outcome(Struct, frozen=True, kw_only=True):
    """All that follows from the scores of one score step, as far as this viewer may know it.

    `why` (Dutch) says what keeps the definitive answers away; empty when they are complete.
    """

    step: str
    stands: tuple[Stand, ...]
    scores: Scores
    agreement: Agreement | Unknown
    kappa: Fraction | None = None
    why: str = ""

    @property
    def complete(self) -> bool:
        """Whether every item has a definitive answer, or a reason why there is none."""
        return not self.why

    def answers(self) -> dict[str, Answer]:
        """The definitive answers by item."""
        return {stand.item: stand.agreed for stand in self.stands if stand.agreed is not None and not stand.part}


Scorer = Callable[[Content, Mapping[str, Answer]], Scores]
"""Makes scores of the definitive answers, by item id."""


def score_step(content: Content, step: str = "") -> ScoreStep | None:
    """The step whose answers make the outcome: the one with this id, else the last one in which is scored.

    A step in which answers are agreed on stands for the one that they were given in. None where no such step is there.
    """
    of = {one.of for one in content.step if isinstance(one, ConsensusStep) and one.id == step}
    scored = [one for one in content.step if isinstance(one, ScoreStep)]
    return next((one for one in reversed(scored) if not step or one.id == step or one.id in of), None)


def default_scores(content: Content, answers: Mapping[str, Answer]) -> Scores:
    """What `[total]` in the content says: exact means, and the band of the rounded total."""
    items = [item.id for item in content.items()]
    total = analysis.total(content, answers, items)
    band = None
    if content.total is not None and isinstance(total, Mean):
        band = analysis.band(content.total, total.value)
    return Scores(analysis.section_means(content, answers, items), total, band)


def outcome(record: Record, content: Content, score: Scorer = default_scores, step_id: str = "") -> Outcome | None:
    """The outcome, or None for an instrument in which nothing is scored. `score` makes the scores of the answers.

    With `step_id` that of an earlier score step, such as an interim judgement; None where there is no such step.
    """
    step = score_step(content, step_id)
    if step is None:
        return None
    found = stands(record, content, step)
    why = _why(record, content, step, found)
    agreed = {stand.item: stand.agreed for stand in found if stand.agreed is not None and not stand.part}
    reached = _agreement(record, content, step)
    return Outcome(
        step=step.id,
        stands=tuple(found),
        scores=score(content, agreed),
        agreement=reached,
        kappa=_kappa(record, content, step) if isinstance(reached, Agreement) else None,
        why=why,
    )


def _why(record: Record, content: Content, step: ScoreStep, found: list[Stand]) -> str:
    if record.envelope.paper is None and not open_sheets(record, step):
        codes = counting(record, step)
        sealed = sum(is_sealed(record, step.id, code) for code in codes)
        if codes and sealed == len(codes) and step.id in record.closed:
            return "u hebt uw eigen scoreblad nog niet verzegeld"
        return f"nog niet alle scorebladen zijn verzegeld ({sealed} van {len(codes)})"
    asked = [stand for stand in found if not stand.optional]
    left = sum(stand.agreed is None or not stand.agreed.answered for stand in asked)
    return f"nog {left} van {len(asked)} items zonder {given_word(content)}" if left else ""


def given_word(content: Content) -> str:
    """What an item has in the end: a score where a scale has an order, else an answer."""
    ordered = any(scale_of(content, item).kind == "ordinal" for item in content.items())
    return "definitieve score" if ordered else "antwoord"


def _sheets(record: Record, step: ScoreStep) -> dict[str, dict[str, Answer]]:
    return {
        code: {item: answer for (item, part), answer in answers.items() if not part}
        for code, answers in open_sheets(record, step).items()
    }


def _agreement(record: Record, content: Content, step: ScoreStep) -> Agreement | Unknown:
    if record.envelope.paper is not None:
        return Unknown("niet vastgelegd: de meting is overgenomen van papier")
    sheets = _sheets(record, step)
    if not sheets:
        return Unknown(_why(record, content, step, []))
    if len(sheets) == 1:
        return Unknown(f"niet te bepalen: één {role_words(content, step.role)[0]} scoorde")
    items = [item.id for item in content.items()]
    # A sheet that was sealed has no gaps, but one that nobody has to seal, or that was changed by hand, may.
    gaps = [code for code, sheet in sheets.items() if any(not sheet.get(item, UNANSWERED).answered for item in items)]
    if gaps:
        return Unknown(f"niet te bepalen: het scoreblad van {', '.join(gaps)} is niet volledig")
    return agreement(sheets, items)


def _kappa(record: Record, content: Content, step: ScoreStep) -> Fraction | None:
    """Kappa of two sheets where all items share one ordinal scale; for export only, it says little of few items."""
    sheets = _sheets(record, step)
    used = {item.scale for item in content.items()}
    if len(sheets) != 2 or len(used) != 1:
        return None
    scale = scale_by_id(content, used.pop())
    if scale.kind != "ordinal":
        return None
    return sheets_kappa(sheets, [item.id for item in content.items()], scale).value


def change(before: Outcome, after: Outcome, old: Content, new: Content) -> Change:
    """The later outcome against the earlier one: a series of two."""
    return series((before, after), (old, new)).whole


def series(outcomes: Sequence[Outcome], contents: Sequence[Content]) -> Series:
    """Two or more outcomes, oldest first, over the items scored both times, before rounding.

    `contents` are those of the outcomes; an item whose scale changed cannot be compared and is left out of means.
    """

    def left(one: int, other: int) -> frozenset[str]:
        old, new = contents[one], contents[other]
        return analysis.unaveraged(old) | analysis.unaveraged(new) | _rescaled(old, new)

    newest = contents[-1]
    return analysis_series(
        [
            asked([item.id for item in content.items()], found.answers())
            for found, content in zip(outcomes, contents, strict=True)
        ],
        sections_of(contents),
        left=left,
        require=newest.total.require if newest.total else "any",
    )


def sections_of(contents: Sequence[Content]) -> dict[str, list[str]]:
    """The items by section of contents, oldest first: as the newest has them, then what only older ones have."""
    sections: dict[str, list[str]] = {}
    known: set[str] = set()
    for content in reversed(contents):
        for section in content.section:
            own = [item.id for item in section.item if item.id not in known]
            sections.setdefault(section.id, []).extend(own)
            known.update(own)
    return sections


def _rescaled(old: Content, new: Content) -> frozenset[str]:
    values = {item.id: [option.value for option in scale_of(old, item).options] for item in old.items()}
    return frozenset(
        item.id
        for item in new.items()
        if item.id in values and values[item.id] != [option.value for option in scale_of(new, item).options]
    )
