"""Questions of the form score: somebody's own sheet, item by item, then sealing; a sealed one may be reopened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from re import Match

from kwartier.analysis.answers import UNANSWERED, Answer
from kwartier.cli.stepwise import answers, fields, items, parts, suggested, told
from kwartier.cli.stepwise.conversation import Command, Goto, Question
from kwartier.cli.stepwise.fields import Place
from kwartier.cli.stepwise.forms import evidence
from kwartier.cli.stepwise.parts import question_id as question_id
from kwartier.cli.stepwise.work import SAVED, Work
from kwartier.errors import Misused
from kwartier.instrument.model import Item, Scale, ScoreStep
from kwartier.records.files import Sheet
from kwartier.records.keys import rows_by_key
from kwartier.records.tree import Tree
from kwartier.workflow.agreed import Key, sheet_answers
from kwartier.workflow.parts import progress_words
from kwartier.workflow.periods import short
from kwartier.workflow.sealing import answerable_keys, expected_keys, key_title, open_keys, scale_for
from kwartier.workflow.suggesting import Suggestion, by_item
from kwartier.workflow.suggestion_words import suggestion_line
from kwartier.workflow.was import answer_was
from kwartier.workspace import Seen

SEAL = "verzegelen"


@dataclass(frozen=True)
class Given:
    """What was typed as an answer: the fields of its row, and whether there was a remark among them."""

    row: Tree
    noted: bool = False


def read_answer(work: Work, typed: str, scale: Scale, present: Answer | None) -> Given:
    """A typed answer: an option, perhaps with ": " and a remark, or that there is none and why. Raises `Misused`."""
    said, colon, note = typed.strip().partition(":")
    found = answers.option(typed, scale)
    if found is None and colon:
        found = answers.option(said, scale)
    else:
        note = ""
    if found is not None:
        row: Tree = {"value": found.value}
        note = note.strip()
        if found.note == "required" and not note and not (present and present.note):
            note = work.talk.choose(f"Bij {told.option_title(found)} hoort een opmerking. Welke?", str) or ""
        return Given({**row, "note": note}, True) if note else Given(row)
    missing = _missing(work, typed.strip(), scale)
    if missing:
        return Given({"missing": missing})
    raise Misused("answer-wrong", f"'{typed.strip()}' is hier geen antwoord.", advice=f"Kies {choices(scale)}.")


def _missing(work: Work, typed: str, scale: Scale) -> str:
    """The reason why there is no answer, where that was typed: `n`, `n 2`, or a reason itself."""
    letter = answers.no_answer(scale)
    reasons = [(one, one) for one in scale.missing]
    if not letter:
        return ""
    first, _, rest = typed.partition(" ")
    plain = typed.casefold()
    if plain in [one.casefold() for one in scale.missing]:
        return answers.pick(typed, reasons)
    if plain in (letter, scale.missing_title.casefold()):
        ask = f"{scale.missing_title.capitalize()}. Waarom? {answers.numbered(reasons)}."
        return work.talk.choose(ask, lambda given: answers.pick(given, reasons)) or ""
    return answers.pick(rest, reasons) if first.casefold() == letter and rest else ""


def choices(scale: Scale) -> str:
    """What may be answered, in a few words: 1 tot en met 5, of n voor niet te beoordelen."""
    values = [one.value for one in scale.options]
    numbers = [value for value in values if isinstance(value, int)]
    if len(numbers) == len(values) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        shown = f"{numbers[0]} tot en met {numbers[-1]}"
    else:
        shown = ", ".join(told.option_title(one) for one in scale.options)
    letter = answers.no_answer(scale)
    return f"{shown}, of {letter} voor {scale.missing_title}" if letter else shown


def score(work: Work, step: ScoreStep) -> list[Question]:
    """The own sheet: a question per answer and per remark, and sealing."""
    code = work.require_person()
    seen = work.see()
    if seen.record.read_of(step.id, code, Sheet).sealed is not None:
        return [_sealed(work, step, seen)]
    present = sheet_answers(seen.record, step.id, code)
    proposals = by_item(work.ws.suggestions(work.ref))
    before = work.ws.earlier(work.ref, viewer=code).answers.get(step.id, {})
    found: list[Question] = []
    keys = _asked(work, seen, present)
    for item in seen.content.items():
        for part in ("", *(one.id for one in item.parts if (item.id, one.id) in keys)):
            proposal = None if part else proposals.get(item.id)
            about = [_about(step, seen, item, part), "" if part else parts.told(seen.content, item, present)]
            key, scale = (item.id, part), scale_for(seen.content, item, part)
            was = answer_was(scale, before.get(key), present.get(key))
            said = "\n".join(filter(None, [*about, told.sentence(f"Vorige keer {was}") if was else ""]))
            following = _after(keys, (item.id, part))
            found += _answer(work, step, seen, item, part, present.get((item.id, part)), proposal, said, following)
    return [*found, _stays_open(work, step) if step.stays_open else _seal(work, step, seen)]


def _asked(work: Work, seen: Seen, present: Mapping[Key, Answer]) -> list[Key]:
    """What is asked: all that is expected, and of the other parts those that have an answer or were called for."""
    expected = expected_keys(seen.content)
    return [
        key
        for key in answerable_keys(seen.content)
        if key in expected or key[0] in work.unfolded or present.get(key, UNANSWERED).answered
    ]


def first_open(work: Work, step: ScoreStep) -> str:
    """The question to begin with: the first answer that is missing, else sealing."""
    if work.person is None:
        return ""
    seen = work.see()
    tree = seen.record.personal.get((step.id, work.person), {})
    missing = open_keys(seen.content, tree)
    return question_id(missing[0]) if missing else SEAL


def still_missing(work: Work, step: ScoreStep) -> str:
    """What is missing on the own sheet, in a sentence."""
    seen = work.see()
    tree = seen.record.personal.get((step.id, work.person or ""), {})
    if "sealed" in tree:
        return "Uw scoreblad is verzegeld."
    missing = open_keys(seen.content, tree)
    of = len(expected_keys(seen.content))
    chosen = progress_words(seen.record, seen.content, step.id, work.person or "")
    also = f" Daarbij {chosen}." if chosen else ""
    if not missing:
        return f"Alle {of} zijn ingevuld.{also}"
    return f"{of - len(missing)} van {of} ingevuld.{also} Open: item {', '.join(key_title(key) for key in missing)}."


def _answer(
    work: Work,
    step: ScoreStep,
    seen: Seen,
    item: Item,
    part: str,
    present: Answer | None,
    proposal: Suggestion | None,
    about: str,
    following: str,
) -> list[Question]:
    scale = scale_for(seen.content, item, part)
    id = question_id((item.id, part))
    name = f"item {key_title((item.id, part))}"
    key: Tree = {"item": item.id, "part": part} if part else {"item": item.id}
    row: Tree = {"note": present.note} if present else {}
    here = Place(step=step, name=name, array="answer", key=key, present=row, own=True)
    now = f" Nu: {told.sentence(told.answer(present, scale))}" if present and present.answered else ""
    ask = f"Uw score: {choices(scale)}.{now}"

    def take(typed: str) -> str:
        given = read_answer(work, typed, scale, present)
        said = here.save(work, given.row, "score")
        if given.noted:
            work.talk.say(said)
            raise Goto(following)
        return said

    def over(typed: str) -> str:
        work.at = id
        work.talk.say(take(typed))
        raise Goto(f"{id}:note")

    nothing: Tree = {"value": "", "missing": ""}
    again = (Command("leeg", "leeg: haal uw antwoord weg", lambda match: here.save(work, nothing, "score")),)
    shared = (
        Command("verder", "verder: ga naar het eerste dat nog open is", lambda match: _to_open(work, step)),
        items.descriptions(seen.content, item),
        items.explanation(seen, item, *filter(None, [step.scored_on, *step.shows])),
        *parts.commands(work, seen.content, item),
        *suggested.taking(work, scale, proposal, over),
    )
    said = [about, suggestion_line(proposal), ask] if proposal else [about, ask]
    question = Question(
        id=id,
        text="\n".join(said),
        brief=ask,
        help=f"{told.anchors(item, scale) if not part else about}\n"
        "Een score en een opmerking mogen samen op een regel, zoals 3: tekst.",
        take=take,
        commands=(*(again if present and present.answered else ()), *shared),
    )
    if present is None or not present.answered:
        return [question]
    note = fields.ask(work, here, fields.text("note", "Opmerking"), id=f"{id}:note")
    if not (step.private and present.note):
        return [question, _with(note, shared)]
    sheet = seen.record.personal.get((step.id, work.require_person()), {})
    rows = rows_by_key("answer", sheet.get("answer", []))
    stands: Tree = rows.get((item.id, part), {})
    whole = replace(here, present=stands)
    readers = fields.ask(work, whole, evidence.readers(work, step), id=f"{id}:readers")
    return [question, _with(note, shared), _with(readers, shared)]


def _to_open(work: Work, step: ScoreStep) -> str:
    raise Goto(first_open(work, step))


def _with(question: Question, commands: tuple[Command, ...]) -> Question:
    return replace(question, commands=(*question.commands, *commands))


def _about(step: ScoreStep, seen: Seen, item: Item, part: str) -> str:
    if part:
        title = next(one.title for one in item.parts if one.id == part)
        optional = "" if (item.id, part) in expected_keys(seen.content) else ", mag open blijven"
        return f"Item {item.id}, deel {part}{optional}. {title}"
    statement = f". {item.statement}" if item.statement else "."
    return f"{told.place_of(seen.content, item, step)}{statement}"


def _after(keys: list[Key], key: Key) -> str:
    later = keys[keys.index(key) + 1 :]
    return question_id(later[0]) if later else SEAL


def _seal(work: Work, step: ScoreStep, seen: Seen) -> Question:
    state = still_missing(work, step)
    tree = seen.record.personal.get((step.id, work.person or ""), {})
    missing = open_keys(seen.content, tree)
    if missing:
        ask = f"{state} Verzegelen kan als alles is ingevuld. Typ item {missing[0][0]}, of enter."
    else:
        ask = f"{state} {_means(work, step)}\nVerzegelen? Typ j voor ja. Enter is nee."

    def take(typed: str) -> str:
        if not answers.yes_no(typed):
            return "Niet verzegeld; uw antwoorden zijn bewaard."
        revealed = work.ws.seal(work.ref, work.require_person(), step=step.id)
        work.act()
        if revealed:
            return "Het scoreblad is verzegeld. De scores liggen nu naast elkaar."
        return "Het scoreblad is verzegeld. De scores blijven dicht tot alle bladen die tellen verzegeld zijn."

    return Question(
        id=SEAL,
        text=ask,
        help="Verzegelen laat zien dat er daarna niets veranderd is. Het bewijst niet wie scoorde.",
        take=take,
    )


def _stays_open(work: Work, step: ScoreStep) -> Question:
    return Question(
        id=SEAL,
        text=f"{still_missing(work, step)} Dit blad wordt niet verzegeld; u kunt er altijd in verder. Typ enter.",
        help="Wat u van uzelf vindt, mag veranderen. Wat u bewaart, telt zoals het nu staat.",
        take=_no_seal,
    )


def _no_seal(typed: str) -> str:
    raise Misused("answer-wrong", f"'{typed.strip()}' past hier niet.", advice="Typ een item, of enter.")


def _means(work: Work, step: ScoreStep) -> str:
    if work.ws.would_reveal(work.ref, work.require_person(), step=step.id):
        return "Dit is het laatste blad dat telt: daarna liggen alle scores open en blijft uw blad zoals het is."
    return "Verzegelen zet uw blad vast. Heropenen kan met een reden, tot alle bladen die tellen verzegeld zijn."


def _sealed(work: Work, step: ScoreStep, seen: Seen) -> Question:
    sheet = seen.record.read_of(step.id, work.require_person(), Sheet)
    day = short(sheet.sealed.date()) if sheet.sealed else ""

    def reopen(match: Match[str]) -> str:
        reason = work.talk.choose("Waarom moet het blad weer open? De verzegelde versie blijft bewaard.", str)
        if not reason:
            return "Niet heropend."
        work.ws.reopen(work.ref, work.require_person(), reason=reason, step=step.id)
        work.act()
        return f"{SAVED} Het scoreblad is weer open."

    return Question(
        id=SEAL,
        text=f"Uw scoreblad is verzegeld op {day}. Typ lees om uw antwoorden te horen, heropen, of enter.",
        take=_no_answer,
        commands=(
            Command("lees", "lees: hoor uw antwoorden", lambda match: own_answers(work, step)),
            Command("heropen", "heropen: open uw blad weer, met een reden", reopen),
        ),
    )


def _no_answer(typed: str) -> str:
    raise Misused("answer-wrong", f"'{typed.strip()}' past hier niet.", advice="Typ lees, heropen, of enter.")


def own_answers(work: Work, step: ScoreStep) -> str:
    """The own sheet, read out."""
    seen = work.see()
    known = {item.id: item for item in seen.content.items()}
    given = sheet_answers(seen.record, step.id, work.require_person())
    expected = expected_keys(seen.content)
    return "\n".join(
        told.sentence(
            f"Item {key_title(key)}, {known[key[0]].short or known[key[0]].title}: "
            f"{told.answer(given.get(key), scale_for(seen.content, known[key[0]], key[1]))}"
        )
        for key in answerable_keys(seen.content)
        if key in expected or given.get(key, UNANSWERED).answered
    )
