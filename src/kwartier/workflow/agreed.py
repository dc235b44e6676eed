"""Consensus: what is proposed from the sealed sheets, when a reason is needed, and the definitive answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.instrument.model import ConsensusStep, Content, Scale, ScoreStep
from kwartier.instrument.selection import item as item_by_id
from kwartier.records.files import AnswerRow, ConsensusFile, Sheet
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.people import counting, is_sealed, revealed, shadows
from kwartier.workflow.sealing import answerable_keys, expected_keys, scale_for

Key = tuple[str, str]

JUDGED_BEFORE = "eerder beoordeeld"
"""The reason why an item has no answer that says: look at the earlier judgement. It takes nothing over by itself."""

NOT_IN_SOURCE = "niet in de bron"
"""Why an item of an assessment that was taken over from paper has no answer, where nobody wrote down another reason."""


class Stand(Struct, frozen=True, kw_only=True):
    """Where one item stands at the consensus: who gave what, what is proposed, what was agreed on."""

    item: str
    part: str
    given: Mapping[str, Answer]
    shadows: Mapping[str, Answer]
    proposal: Answer | None
    agreed: Answer | None
    difference: int | None
    """Highest minus lowest; None where somebody could not judge the item."""
    optional: bool = False
    """Whether it is a part that may be answered and need not be; it is there where somebody answered it."""
    judged_before: bool = False
    """Whether all left it to an earlier judgement that can be taken over; then nothing is proposed."""
    taken_over: str = ""
    """The reference of the record whose judgement was taken over."""

    @property
    def equal(self) -> bool:
        """Whether all say the same; those who could not judge agree with each other whatever their reasons."""
        return self.proposal is not None or self.judged_before


def as_answer(row: AnswerRow) -> Answer:
    """A row of a file as a value of the analysis."""
    return Answer(value=None if row.missing else row.value, missing=row.missing or None, note=row.note)


def sheet_answers(record: Record, step: str, person: str) -> dict[Key, Answer]:
    """What one person answered, by (item, part)."""
    return {(row.item, row.part): as_answer(row) for row in record.read_of(step, person, Sheet).answer}


def open_sheets(record: Record, step: ScoreStep) -> dict[str, dict[Key, Answer]]:
    """The sheets that count, by code; empty as long as the scores are not revealed to this viewer."""
    if step.id in record.closed or not revealed(record, step):
        return {}
    present = [code for code in counting(record, step) if (step.id, code) in record.personal]
    return {code: sheet_answers(record, step.id, code) for code in present}


def consensus_of(content: Content, step: ScoreStep) -> ConsensusStep | None:
    """The step in which the answers of a score step are agreed on, if the instrument has one."""
    return next((one for one in content.step if isinstance(one, ConsensusStep) and one.of == step.id), None)


def scored_by(content: Content, step: ConsensusStep) -> ScoreStep:
    """The score step whose answers a consensus is about; a checked content has it."""
    return next(one for one in content.step if isinstance(one, ScoreStep) and one.id == step.of)


def stands(record: Record, content: Content, step: ScoreStep) -> list[Stand]:
    """Every item with what was given and agreed on; nothing given where it is not revealed.

    A part that need not be answered is among them where it was; it is proposed only where all answered it.
    """
    sheets = open_sheets(record, step)
    extra = {
        code: sheet_answers(record, step.id, code)
        for code in shadows(record, step)
        if sheets and is_sealed(record, step.id, code) and (step.id, code) in record.personal
    }
    agreed = agreed_answers(record, content, step)
    over = _taken_over(record, content, step) if agreed else {}
    later = consensus_of(content, step)
    takes_over = later is not None and later.takes_over
    expected = frozenset(expected_keys(content))
    found = []
    for key in answerable_keys(content):
        optional = key not in expected
        given, along = (_given(answers, key, optional=optional) for answers in (sheets, extra))
        if optional and not (given or along or key in agreed):
            continue
        before = takes_over and left_to_before(given)
        found.append(
            Stand(
                item=key[0],
                part=key[1],
                given=given,
                shadows=along,
                proposal=None if before or (optional and len(given) < len(sheets)) else proposal(given),
                agreed=agreed.get(key),
                difference=difference(given),
                optional=optional,
                judged_before=before,
                taken_over=over.get(key, ""),
            )
        )
    return found


def left_to_before(given: Mapping[str, Answer]) -> bool:
    """Whether nobody gave an answer and somebody says that the item was judged before."""
    reasons = [one.missing for one in given.values()]
    return bool(reasons) and all(reasons) and JUDGED_BEFORE in reasons


def _taken_over(record: Record, content: Content, step: ScoreStep) -> dict[Key, str]:
    """Which agreed answers were taken over, with the reference of the record that they come from."""
    later = consensus_of(content, step)
    rows = record.read(later.id, ConsensusFile).answer if later is not None else ()
    return {(row.item, row.part): row.taken_over for row in rows if row.taken_over}


def _given(sheets: Mapping[str, Mapping[Key, Answer]], key: Key, *, optional: bool) -> dict[str, Answer]:
    """What each gave; where nobody has to, only those who did answer."""
    found = {code: answers[key] for code, answers in sheets.items() if key in answers}
    return {code: answer for code, answer in found.items() if answer.answered or not optional}


def proposal(given: Mapping[str, Answer]) -> Answer | None:
    """The answer that all gave; None where they differ or nobody gave one."""
    answers = list(given.values())
    if not answers or not answers[0].answered:
        return None
    first = answers[0]
    same = all(one.value == first.value and bool(one.missing) == bool(first.missing) for one in answers)
    return Answer(value=first.value, missing=first.missing, note="") if same else None


def difference(given: Mapping[str, Answer]) -> int | None:
    """Highest minus lowest of the answers that have an order."""
    values = [one.value for one in given.values()]
    numbers = [value for value in values if isinstance(value, int)]
    return max(numbers) - min(numbers) if numbers and len(numbers) == len(values) else None


def is_spread(stand: Stand, scale: Scale) -> bool:
    """Whether the difference counts points: not on a scale without an order, nor where somebody could not judge."""
    return scale.kind == "ordinal" and stand.difference is not None


def needs_reason(given: Mapping[str, Answer], answer: Answer) -> str:
    """Why a definitive answer needs a reason, in Dutch; empty where it does not."""
    if not given:
        return ""
    proposed = proposal(given)
    if proposed is None:
        return "de scores verschillen"
    if proposed.value == answer.value and bool(proposed.missing) == bool(answer.missing):
        return ""
    return "de definitieve score wijkt af van de scores die gegeven zijn"


def reason_wanted(given: Mapping[str, Answer], answer: Answer, scale: Scale) -> str:
    """As `needs_reason`, also for an option of the scale that always asks for a remark."""
    if why := needs_reason(given, answer):
        return why
    option = next((one for one in scale.options if one.value == answer.value), None)
    if answer.missing or option is None or option.note != "required":
        return ""
    return f"bij ‘{option.title or option.value}’ hoort een toelichting"


def confirmations(content: Content, found: Iterable[Stand]) -> list[Tree]:
    """The rows that confirm what all gave alike and is not agreed on yet; not where the answer asks for a remark."""
    rows: list[Tree] = []
    for stand in found:
        if stand.proposal is None or stand.agreed is not None:
            continue
        scale = scale_for(content, item_by_id(content, stand.item), stand.part)
        if not reason_wanted(stand.given, stand.proposal, scale):
            rows.append(confirmation(stand, stand.proposal))
    return rows


def confirmation(stand: Stand, answer: Answer) -> Tree:
    """The row that makes an answer the definitive one."""
    row: Tree = {"item": stand.item}
    if stand.part:
        row["part"] = stand.part
    return {**row, "missing": answer.missing} if answer.missing else {**row, "value": answer.value}


def agreed_answers(record: Record, content: Content, step: ScoreStep) -> dict[Key, Answer]:
    """The definitive answers so far, by (item, part).

    With one counting sheet there is nothing to agree on: its answers are definitive, save those that the consensus
    step replaces with a reason. An assessment taken over from paper has nothing but definitive answers, and of what it
    does not have nothing more is expected.
    """
    agreed: dict[Key, Answer] = {}
    sheets = open_sheets(record, step)
    if len(sheets) == 1:
        agreed.update(next(iter(sheets.values())))
    later = consensus_of(content, step)
    if later is None:
        return agreed
    if sheets or record.envelope.paper is not None:
        agreed.update({(row.item, row.part): as_answer(row) for row in record.read(later.id, ConsensusFile).answer})
    expected = frozenset(expected_keys(content))
    if record.envelope.paper is not None:
        agreed = {key: Answer(missing=NOT_IN_SOURCE) for key in expected} | agreed
    return {
        key: agreed[key]
        for key in answerable_keys(content)
        if key in agreed and (key in expected or agreed[key].answered)
    }
