"""What the rows of a step have to satisfy beside their form: ids that exist, answers on their scale, states.

All that is wrong is listed at once. Rules that only ask a reason stand in `departures`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kwartier.instrument import model as m
from kwartier.instrument.selection import items_of
from kwartier.records.files import ActionsFile, AnswerRow, ConclusionsFile, ReviewsFile, view
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.agreed import as_answer, needs_reason, open_sheets, scored_by
from kwartier.workflow.evidence_rules import evidence_wrongs, reader_wrongs
from kwartier.workflow.fact_rules import as_kept, fact_wrongs
from kwartier.workflow.filling import Inputs, Rejected, Wrong, lay
from kwartier.workflow.people import require_revealed
from kwartier.workflow.sealing import scale_for
from kwartier.workflow.verdict_rules import verdict_wrongs
from kwartier.workflow.verdicts import with_kept

CONSENT = ("gegeven", "geweigerd", "ingetrokken")
AUDIO = ("gegeven", "geweigerd")

Check = Callable[[Any, m.Content, Record, Tree], Iterable[Wrong]]


def fill_in(
    step: m.AnyStep,
    content: m.Content,
    record: Record,
    tree: Tree,
    given: Tree,
    inputs: Inputs,
    *,
    place: str,
    person: str = "",
) -> Tree:
    """The new tree of a step's file, or of the file of `person` in it. Raises `Rejected` with every mistake at once.

    At the consensus also the second gate: raises `Refused` as long as the scores do not lie side by side.
    """
    laid = lay(step, tree, given, inputs, own=bool(person), place=place)
    after = {**laid.tree, "person": person} if person else laid.tree
    unread: list[Wrong] = []
    if isinstance(step, m.FactsStep):
        after, unread = as_kept(step, content, tree, after)
    elif isinstance(step, m.VerdictStep):
        after = with_kept(step, content, record, tree, after, given)
    wrongs = [*laid.wrongs, *unread, *_wrongs(step, content, record, after)]
    if wrongs:
        raise Rejected(wrongs, place)
    return after


def check(step: m.AnyStep, content: m.Content, record: Record, tree: Tree, place: str) -> None:
    """Raises `Rejected` with all that is wrong in the rows of `tree`, and `Refused` as `fill_in` does."""
    wrongs = _wrongs(step, content, record, tree)
    if wrongs:
        raise Rejected(wrongs, place)


def _wrongs(step: m.AnyStep, content: m.Content, record: Record, tree: Tree) -> list[Wrong]:
    checks = _CHECKS.get(type(step))
    wrongs = list(checks(step, content, record, tree)) if checks else []
    if tree.get("skipped") and not step.optional:
        wrongs.append(
            Wrong(("skipped",), f"'{step.title}' hoort erbij en kan niet worden overgeslagen; laat de stap open")
        )
    return wrongs


def _name(row: Tree) -> str:
    """A row as it is named in a message: by its item and part, or by its id."""
    words = [f"{word} {row[key]}" for key, word in (("item", "item"), ("part", "deel")) if row.get(key)]
    return " ".join(words) or str(row.get("id", ""))


def _wrong(array: str, row: Tree, field: str, message: str) -> Wrong:
    return Wrong((array, _name(row), field), message)


def _rows(tree: Tree, array: str) -> list[Tree]:
    rows: list[Tree] = tree.get(array, [])
    return rows


def _unknown(array: str, row: Tree, field: str, known: Iterable[str], what: str) -> Iterable[Wrong]:
    value = row.get(field, "")
    names = list(known)
    if value and value not in names:
        listed = ", ".join(names[:30]) or "nog niets"
        yield _wrong(array, row, field, f"'{value}' is geen {what}; wel: {listed}")


def _checklist(step: m.ChecklistStep, _c: m.Content, _r: Record, tree: Tree) -> Iterable[Wrong]:
    for row in _rows(tree, "task"):
        yield from _unknown("task", row, "id", (task.id for task in step.task), "taak van deze lijst")


def _people(step: m.PeopleStep, _c: m.Content, _r: Record, tree: Tree) -> Iterable[Wrong]:
    for row in _rows(tree, "participant"):
        yield from _unknown("participant", row, "role", step.roles, "rol in deze stap")
        yield from _unknown("participant", row, "consent", CONSENT, "antwoord op toestemming")
        yield from _unknown("participant", row, "audio", AUDIO, "antwoord op een geluidsopname")


def _interview(_s: m.InterviewStep, content: m.Content, _r: Record, tree: Tree) -> Iterable[Wrong]:
    prompts = {item.id: [prompt.id for prompt in item.prompts] for item in content.items()}
    for row in _rows(tree, "prompt"):
        yield from _unknown("prompt", row, "item", prompts, "item")
        if row["item"] in prompts:
            yield from _unknown("prompt", row, "id", prompts[row["item"]], f"vraag bij item {row['item']}")
    for row in _rows(tree, "note"):
        yield from _unknown("note", row, "item", prompts, "item")
    for row in _rows(tree, "session"):
        if isinstance(row.get("minutes"), int) and not 0 <= row["minutes"] <= 24 * 60:
            yield _wrong("session", row, "minutes", "een gesprek duurt nul tot 1440 minuten")


def _notes(step: m.NotesStep, content: m.Content, _r: Record, tree: Tree) -> Iterable[Wrong]:
    known = [item.id for item in items_of(content, step)]
    what = "item van deze stap" if step.scales else "item"
    for row in _rows(tree, "explanation"):
        yield from _unknown("explanation", row, "item", known, what)


def _answers(_s: m.AnyStep, content: m.Content, _r: Record, tree: Tree) -> Iterable[Wrong]:
    items = {item.id: item for item in content.items()}
    for row in _rows(tree, "answer"):
        item = items.get(row["item"])
        if item is None:
            yield from _unknown("answer", row, "item", items, "item")
            continue
        part = row.get("part", "")
        if part and part not in [one.id for one in item.parts]:
            yield from _unknown("answer", row, "part", [one.id for one in item.parts], f"deel van item {item.id}")
            continue
        yield from _on_scale(scale_for(content, item, part), row)


def _sheet(step: m.ScoreStep, content: m.Content, record: Record, tree: Tree) -> Iterable[Wrong]:
    yield from _answers(step, content, record, tree)
    rows = record.personal.get((step.id, str(tree.get("person", ""))), {}).get("answer", [])
    before = {(row.get("item"), row.get("part", "")): row for row in rows}
    for row in _rows(tree, "answer"):
        if row.get("taken_over"):
            yield _wrong("answer", row, "taken_over", "een eerder oordeel wordt samen overgenomen, niet op een blad")
        for message in reader_wrongs(step, content, record, row, before.get((row["item"], row.get("part", "")), {})):
            yield _wrong("answer", row, "readers", message)


def _on_scale(scale: m.Scale, row: Tree) -> Iterable[Wrong]:
    if "value" in row and row.get("missing"):
        yield _wrong("answer", row, "value", "een score en een reden waarom die er niet is, gaan niet samen")
    if row.get("missing"):
        if not scale.missing:
            yield _wrong("answer", row, "missing", "dit item moet een antwoord krijgen")
        elif row["missing"] not in scale.missing:
            yield _wrong("answer", row, "missing", f"kies een reden: {', '.join(scale.missing)}")
    elif "value" in row:
        values = [option.value for option in scale.options]
        if not any(type(row["value"]) is type(value) and row["value"] == value for value in values):
            shown = ", ".join(str(value) for value in values)
            whole = "; halve scores bestaan niet" if all(isinstance(value, int) for value in values) else ""
            yield _wrong("answer", row, "value", f"kies {shown}{whole}")
        option = next((one for one in scale.options if one.value == row["value"]), None)
        if option is not None and option.note == "required" and not str(row.get("note", "")).strip():
            yield _wrong("answer", row, "note", f"bij '{option.title or option.value}' hoort een toelichting")


def _consensus(step: m.ConsensusStep, content: m.Content, record: Record, tree: Tree) -> Iterable[Wrong]:
    yield from _answers(step, content, record, tree)
    scored = scored_by(content, step)
    require_revealed(record, scored)
    sheets = open_sheets(record, scored)
    for row in _rows(tree, "answer"):
        if "value" not in row and not row.get("missing"):
            yield _wrong("answer", row, "value", "een definitieve score of 'missing' ontbreekt")
            continue
        key = (row["item"], row.get("part", ""))
        given = {code: answers[key] for code, answers in sheets.items() if key in answers}
        answer = as_answer(view(row, AnswerRow, record.ref))
        why = needs_reason(given, answer)
        if why and not str(row.get("note", "")).strip():
            yield _wrong("answer", row, "note", f"een reden is nodig, want {why}")
        elif row.get("taken_over"):
            yield from _taken_over(step, row)


def _taken_over(step: m.ConsensusStep, row: Tree) -> Iterable[Wrong]:
    """That a judgement may be taken over here, on purpose; whether it was given is for who reads that record."""
    if not step.takes_over:
        yield _wrong("answer", row, "taken_over", "hier kan geen eerder oordeel worden overgenomen")
    elif row.get("part"):
        yield _wrong("answer", row, "taken_over", "alleen het oordeel over een heel item kan worden overgenomen")
    elif "value" not in row:
        yield _wrong("answer", row, "value", "noem het oordeel dat wordt overgenomen")
    elif not str(row.get("note", "")).strip():
        yield _wrong("answer", row, "note", "een reden is nodig: waarom geldt het eerdere oordeel hier")


def _conclusions(step: m.ConclusionsStep, content: m.Content, record: Record, tree: Tree) -> Iterable[Wrong]:
    sections = [section.id for section in content.section]
    for array in ("strength", "improvement"):
        for row in _rows(tree, array):
            yield from _unknown(array, row, "section", sections, "thema")
            yield from _unknown(array, row, "item", (item.id for item in content.items()), "item")
    improvements = [row["id"] for row in _rows(tree, "improvement")]
    for row in _rows(tree, "recommendation"):
        yield from _unknown("recommendation", row, "improvement", improvements, "verbeterpunt")
    known = {row["id"] for row in _rows(tree, "recommendation")}
    for later in content.step:
        if isinstance(later, m.ActionsStep) and later.of == step.id:
            for action in record.read(later.id, ActionsFile).action:
                if action.recommendation and action.recommendation not in known:
                    message = f"hoort bij actiepunt '{action.text}'; maak die eerst los"
                    yield Wrong(("recommendation", action.recommendation), message)


def _actions(step: m.ActionsStep, content: m.Content, record: Record, tree: Tree) -> Iterable[Wrong]:
    known = [row.id for row in record.read(step.of, ConclusionsFile).recommendation] if step.of else []
    for row in _rows(tree, "action"):
        yield from _unknown("action", row, "state", step.states, "stand van een actiepunt")
        yield from _unknown("action", row, "recommendation", known, "aanbeveling")
    left = {row["id"] for row in _rows(tree, "action")}
    for later in content.step:
        if isinstance(later, m.ReviewsStep) and later.of == step.id:
            reviewed = {review.action for review in record.read(later.id, ReviewsFile).review}
            for gone in sorted(reviewed - left):
                yield Wrong(("action", gone), "is al geëvalueerd en kan niet weg; zet de stand op 'losgelaten'")


def _reviews(step: m.ReviewsStep, content: m.Content, record: Record, tree: Tree) -> Iterable[Wrong]:
    actions = next(one for one in content.step if isinstance(one, m.ActionsStep) and one.id == step.of)
    known = [row.id for row in record.read(step.of, ActionsFile).action]
    for row in _rows(tree, "review"):
        yield from _unknown("review", row, "action", known, "actiepunt")
        yield from _unknown("review", row, "state", actions.states, "stand van een actiepunt")


_CHECKS: dict[type[m.AnyStep], Check] = {
    m.ChecklistStep: _checklist,
    m.PeopleStep: _people,
    m.FactsStep: fact_wrongs,
    m.EvidenceStep: evidence_wrongs,
    m.InterviewStep: _interview,
    m.NotesStep: _notes,
    m.ScoreStep: _sheet,
    m.ConsensusStep: _consensus,
    m.ConclusionsStep: _conclusions,
    m.VerdictStep: verdict_wrongs,
    m.ActionsStep: _actions,
    m.ReviewsStep: _reviews,
}
