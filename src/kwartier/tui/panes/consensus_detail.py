"""What is said of one item at the consensus: who gave what with its description, remarks, texts, mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual.content import Content as Shown

from kwartier.analysis.answers import Answer
from kwartier.instrument.model import ConsensusStep, Content, Item, Scale, ScoreStep
from kwartier.instrument.selection import item as item_by_id
from kwartier.records.files import ConsensusFile, NotesFile, Sheet
from kwartier.records.record import Record
from kwartier.reports.phrases import answer_words
from kwartier.tui.panes.consensus_map import title_of
from kwartier.tui.safe import Part, parts
from kwartier.workflow.agreed import Stand
from kwartier.workflow.people import is_sealed
from kwartier.workflow.periods import short
from kwartier.workflow.rewritten import text_then
from kwartier.workflow.sealing import scale_for
from kwartier.workflow.texts import read_while_scoring

Name = Callable[[str], str]
Piece = Part | Shown


def detail(
    record: Record,
    content: Content,
    step: ConsensusStep,
    scored: ScoreStep,
    stand: Stand,
    name: Name,
    *,
    reason: bool,
    before: str = "",
) -> Shown:
    """All there is to weigh at one item. `reason` says whether the reason is told here too, `before` what was judged
    in an earlier record.
    """
    item = item_by_id(content, stand.item)
    scale = scale_for(content, item, stand.part)
    pieces: list[Piece] = [(title_of(stand, content), "bold")]
    for code, given in stand.given.items():
        pieces += _given(name(code), given, item, scale, stand.part)
    for code, given in stand.shadows.items():
        pieces += _given(f"{name(code)} (loopt mee, telt niet mee)", given, item, scale, stand.part)
    for one in record.read(step.id, ConsensusFile).mistake:
        if (one.item, one.part) in ((stand.item, stand.part), (stand.item, "")):
            told = f"{name(one.person)} noemde dit op {short(one.date)} een vergissing: {one.reason}"
            pieces += ["\n", ("! ", "bold $text-warning"), told]
    if stand.agreed is not None and stand.agreed.answered:
        pieces += _agreed(stand.agreed, item, scale, stand.part, reason=reason)
    if before:
        over = "  overgenomen" if stand.taken_over else ""
        pieces += [("\nEerder beoordeeld  ", "bold"), (before, "bold $text-accent"), (over, "bold")]
    pieces += _texts(record, content, scored, item, name)
    if item.statement:
        pieces += ["\n\n", ("Stelling: ", "$text-muted"), (item.statement, "$text-muted")]
    return parts(*pieces)


def anchor(item: Item, scale: Scale, answer: Answer, part: str) -> str:
    """The description of the chosen score; empty where there is none."""
    if part or answer.missing or len(item.anchors) != len(scale.options):
        return ""
    places = [option.value for option in scale.options]
    return item.anchors[places.index(answer.value)] if answer.value in places else ""


def _given(who: str, given: Answer, item: Item, scale: Scale, part: str) -> Iterator[Piece]:
    yield "\n"
    yield (f"{who}  ", "bold")
    yield (answer_words(given, scale), "bold $text-accent")
    if words := anchor(item, scale, given, part):
        yield f"  {words}"
    if given.note:
        yield ("\n    opmerking: ", "$text-muted")
        yield given.note


def _agreed(agreed: Answer, item: Item, scale: Scale, part: str, *, reason: bool) -> Iterator[Piece]:
    yield ("\nDefinitief  ", "bold")
    yield (answer_words(agreed, scale), "bold $text-accent")
    if words := anchor(item, scale, agreed, part):
        yield f"  {words}"
    if reason and agreed.note:
        yield ("\n    reden: ", "$text-muted")
        yield agreed.note


def _texts(record: Record, content: Content, scored: ScoreStep, item: Item, name: Name) -> Iterator[Piece]:
    """What was read while scoring, and what the explanation was for who sealed on another one."""
    for label, now in read_while_scoring(record, content, scored, item):
        yield (f"\n\n{label[:1].upper()}{label[1:]}", "bold")
        yield (f"\n{now}" if now else "\n(geen)")
    if not scored.scored_on:
        return
    file = record.read(scored.scored_on, NotesFile)
    then: dict[str, list[str]] = {}
    for step, code in record.personal:
        if step == scored.id and is_sealed(record, step, code):
            was = text_then(file, item.id, record.read_of(step, code, Sheet).sealed)
            if was is not None:
                then.setdefault(was, []).append(name(code))
    for was, who in then.items():
        yield (f"\n! Veranderd na het scoren. Toen {' en '.join(who)} verzegelde", "bold $text-warning")
        yield (", stond er:\n", "bold $text-warning")
        yield (was or "(niets)", "$text-muted")
