"""The items in a form: their texts as comments, and the rows to score, agree, explain or ask in."""

from __future__ import annotations

from kwartier.analysis.answers import Answer
from kwartier.instrument.model import ConsensusStep, EvidenceStep, Item, NotesStep, Scale, ScoreStep, Section
from kwartier.instrument.selection import items_of
from kwartier.records.files import Asked, ConsensusFile, InterviewFile, Mistake, NotesFile
from kwartier.workflow.agreed import Stand, needs_reason, scored_by, stands
from kwartier.workflow.beside import agreed_told, answers_told, evidence_told
from kwartier.workflow.blank_evidence import readers_offer, readers_told
from kwartier.workflow.blank_lines import LONG, Offer, choice, comment, literal, row, rows_with_id
from kwartier.workflow.blank_page import Page
from kwartier.workflow.people import require_revealed
from kwartier.workflow.sealing import scale_for
from kwartier.workflow.suggestion_words import suggestion_line
from kwartier.workflow.texts import text_on


def score(page: Page) -> list[str]:
    """A sheet: per item its texts, what was written about it, and a row for the answer."""
    step: ScoreStep = page.step  # type: ignore[assignment]
    lines: list[str] = readers_told(page) if step.private else []
    for section in page.content.section:
        lines += _section(page, section)
        for item in section.item:
            lines += [*_item(item), *_anchors(page, item), *_texts(page, item, step.scored_on, *step.shows)]
            lines += _shown(page, step, item)
            lines += _before(page, item)
            lines += [line for one in page.suggested if one.item == item.id for line in comment(suggestion_line(one))]
            lines += _answer(page, item, "")
            for part in item.parts:
                may = "" if part.scale else " (mag open blijven)"
                lines += ["", *comment(f"{item.id}{part.id}. {part.title}{may}"), *_answer(page, item, part.id)]
    return lines


def _before(page: Page, item: Item) -> list[str]:
    """What was judged of an item before; it is only told."""
    return comment(f"Eerder beoordeeld: {page.judged[item.id].words}") if item.id in page.judged else []


def _section(page: Page, section: Section) -> list[str]:
    word = page.content.section_word
    named = f"{word} {section.id}".strip()
    return ["", "", *comment(f"=== {named[:1].upper()}{named[1:]}. {section.title} ===")]


def _item(item: Item) -> list[str]:
    source = f" ({item.source})" if item.source else ""
    return ["", *comment(f"{item.id}. {item.title}{source}"), *(comment(item.statement) if item.statement else [])]


def _anchors(page: Page, item: Item) -> list[str]:
    options = scale_for(page.content, item, "").options
    lines: list[str] = []
    for option, anchor in zip(options, item.anchors, strict=False):
        lines += comment(f"{option.title or option.value}: {anchor}", "  ")
    return lines


def _texts(page: Page, item: Item, *steps: str) -> list[str]:
    """What was written about an item in other steps, and what stood there when somebody had sealed on it."""
    lines: list[str] = []
    for step in page.content.step:
        if not isinstance(step, NotesStep) or step.id not in steps:
            continue
        label = f"{step.label[:1].upper()}{step.label[1:]}"
        now = text_on(page.record, page.content, step, item)
        if now is not None and now[1]:
            lines += comment(f"{now[0][:1].upper()}{now[0][1:]}: {now[1]}")
        for old in page.record.read(step.id, NotesFile).earlier:
            if old.item == item.id:
                lines += comment(f"{label}, zoals die was toen er al een blad verzegeld was: {old.text}")
    return lines


def _shown(page: Page, step: ScoreStep, item: Item) -> list[str]:
    """What is shown beside an item of steps that are no texts, as far as it may be read."""
    lines: list[str] = []
    for one in (one for one in page.content.step if one.id in step.shows):
        if isinstance(one, ScoreStep):
            lines += comment("\n".join(answers_told(page.record, page.content, one, item)))
        elif isinstance(one, ConsensusStep):
            lines += comment("\n".join(agreed_told(page.record, page.content, one, item) or ()))
        elif isinstance(one, EvidenceStep):
            lines += comment("\n".join(evidence_told(page.record, one, item)))
    return lines


def _answer(page: Page, item: Item, part: str) -> list[str]:
    scale = scale_for(page.content, item, part)
    present = page.at("answer", item.id, part)
    note = "een opmerking; bij sommige antwoorden nodig" if _wants_note(scale) else "een opmerking"
    asked = [*_value(scale), Offer("note", hint=note)]
    if isinstance(page.step, ScoreStep) and (page.step.private or present.get("readers")):
        asked.append(readers_offer(page))
    return row("answer", ("item", "part"), present, asked)[1:]


def _wants_note(scale: Scale) -> bool:
    return any(option.note == "required" for option in scale.options)


def _value(scale: Scale, proposal: Answer | None = None) -> list[Offer]:
    """The answer and the reason why there is none, with what was proposed."""
    values = choice(option.value for option in scale.options)
    proposed = proposal or Answer()
    asked = [Offer("value", "" if proposed.value is None else literal(proposed.value), values)]
    if scale.missing:
        reason = proposed.missing or scale.missing[0]
        asked.append(Offer("missing", literal(reason), f"{scale.missing_title}, want {choice(scale.missing)}"))
    return asked


def consensus(page: Page) -> list[str]:
    """Per item what each gave, what is proposed and when a reason is needed. Raises `Refused` before the reveal."""
    step: ConsensusStep = page.step  # type: ignore[assignment]
    scored = scored_by(page.content, step)
    require_revealed(page.record, scored)
    found = {(stand.item, stand.part): stand for stand in stands(page.record, page.content, scored)}
    mistakes = page.record.read(step.id, ConsensusFile).mistake
    lines: list[str] = []
    if any(len(stand.given) == 1 for stand in found.values()):
        lines += ["", *comment("Er is één scoreblad: dat is definitief. Vul alleen in wat met een reden anders wordt.")]
    for section in page.content.section:
        lines += _section(page, section)
        for item in section.item:
            lines += [*_item(item), *_texts(page, item, scored.scored_on)]
            for part in ("", *(one.id for one in item.parts if (item.id, one.id) in found)):
                lines += _to_agree(page, item, found[item.id, part], mistakes)
    return lines


def _to_agree(page: Page, item: Item, stand: Stand, mistakes: tuple[Mistake, ...]) -> list[str]:
    scale = scale_for(page.content, item, stand.part)
    title = next((part.title for part in item.parts if part.id == stand.part), "")
    lines = ["", *comment(f"{item.id}{stand.part}. {title}")] if stand.part else []
    for code, answer in stand.given.items():
        lines += comment(f"{code}: {_given(answer, scale)}", "  ")
    for code, answer in stand.shadows.items():
        lines += comment(f"{code} (loopt mee, telt niet): {_given(answer, scale)}", "  ")
    for one in mistakes:
        if (one.item, one.part) == (stand.item, stand.part):
            lines += comment(f"{one.person} noemt dit een vergissing: {one.reason}", "  ")
    if not stand.part:
        lines += _before(page, item)
    why = "" if stand.judged_before else needs_reason(stand.given, stand.proposal or Answer())
    note = f"een reden is nodig, want {why}" if why else "een reden; nodig als u afwijkt van wat gegeven is"
    asked = [*_value(scale, stand.proposal), Offer("note", hint=note)]
    step: ConsensusStep = page.step  # type: ignore[assignment]
    if step.takes_over and not stand.part and item.id in page.judged:
        hint = "alleen als het eerdere oordeel hier geldt; geef dan ook value, en de reden bij note"
        asked.append(Offer("taken_over", literal(page.judged[item.id].ref), hint))
    return [*lines, *row("answer", ("item", "part"), page.at("answer", stand.item, stand.part), asked)[1:]]


def _given(answer: Answer, scale: Scale) -> str:
    said = f"{scale.missing_title}, {answer.missing}" if answer.missing else str(answer.value)
    return f"{said}. {answer.note}" if answer.note else said


def notes(page: Page) -> list[str]:
    """Per item a text to write, with what was written about it in the steps before."""
    asked_about = {item.id for item in items_of(page.content, page.step)}
    before = [step.id for step in page.content.step[: _position(page)]]
    is_scored = any(isinstance(step, ScoreStep) and step.scored_on == page.step.id for step in page.content.step)
    lines: list[str] = []
    for section in page.content.section:
        items = [item for item in section.item if item.id in asked_about]
        lines += _section(page, section) if items else []
        for item in items:
            present = page.at("explanation", item.id)
            asked = [Offer("text", LONG)]
            if present.get("text") and not is_scored:
                asked.append(Offer("handled", hint="wat ermee gedaan is"))
            lines += [*_item(item), *_texts(page, item, *before), *row("explanation", ("item",), present, asked)[1:]]
    return lines


def _position(page: Page) -> int:
    return next(place for place, step in enumerate(page.content.step) if step.id == page.step.id)


def questions(page: Page) -> list[str]:
    """Every interview question, with whether it is essential and whether it was asked."""
    lines: list[str] = []
    for section in page.content.section:
        lines += _section(page, section)
        for item in section.item:
            lines += _item(item)
            for prompt in item.prompts:
                proposed = Offer("essential", literal(prompt.essential), "essentieel, of als er tijd is: true of false")
                asked = [proposed, Offer("asked", "true", "of de vraag gesteld is")]
                lines += ["", *comment(prompt.text)]
                lines += row("prompt", ("item", "id"), page.at("prompt", item.id, prompt.id), asked)[1:]
    return lines


def own_notes(page: Page) -> list[str]:
    """The interview questions to follow, and rows for raw notes of one's own."""
    decided = page.record.read(page.step.id, InterviewFile).prompt
    lines = ["", *comment("De vragen; een ster staat voor essentieel:")]
    for item in page.content.items():
        lines += ["#", *comment(f"{item.id}. {item.title}")]
        for prompt in item.prompts:
            star = "*" if _is_essential(decided, item.id, prompt.id, prompt.essential) else "-"
            lines += comment(f"{star} {prompt.text}", "  ")
    asked = [Offer("item", hint="het item waar het over gaat; mag open blijven"), Offer("text", LONG)]
    return lines + rows_with_id("note", page.tree.get("note", []), asked, "Uw ruwe aantekeningen, zonder namen:")


def _is_essential(decided: tuple[Asked, ...], item: str, prompt: str, proposed: bool) -> bool:
    found = next((one for one in decided if (one.item, one.id) == (item, prompt)), None)
    return proposed if found is None or found.essential is None else found.essential
