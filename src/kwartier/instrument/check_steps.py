"""Whether the steps make sense: what they point at exists, has the right form and stands before them."""

from __future__ import annotations

from collections.abc import Iterable

from .check_parts import repeated, span_flaws, unknown
from .check_rules import verdict_flaws
from .conditions import Choices, choices_of, implies, when_flaws
from .mistakes import Flaw, listed, shown
from .model import (
    ActionsStep,
    ChecklistStep,
    ConclusionsStep,
    ConsensusStep,
    Content,
    EvidenceStep,
    FactsStep,
    InterviewStep,
    NotesStep,
    PeopleStep,
    RepeatStep,
    ReviewsStep,
    ScoreStep,
    Step,
    VerdictStep,
)
from .places import Path
from .selection import form_of, items_of

_POINTERS: dict[type, tuple[str, type]] = {
    ConsensusStep: ("of", ScoreStep),
    ReviewsStep: ("of", ActionsStep),
    ActionsStep: ("of", ConclusionsStep),
    ScoreStep: ("scored_on", NotesStep),
    VerdictStep: ("of", ScoreStep),
}
"""The key with which a form points at an earlier step, and the form that this step must have."""

_RESERVED = frozenset(["assessment", "subject", "evidence"])
_MOST_DAYS = 36525
_MOST_MOMENTS = 2


def step_flaws(content: Content, reserved: frozenset[str]) -> Iterable[Flaw]:
    """What is wrong with the steps; `reserved` are names that a file cannot have."""
    choices = choices_of(content.parameter)
    roles = tuple(role.id for role in content.role)
    if not content.step:
        yield Flaw(("step",), "geen enkele stap", "minstens een stap ([[step]])")
    yield from repeated((("step", n, "id"), step.id) for n, step in enumerate(content.step))
    for n, step in enumerate(content.step):
        path: Path = ("step", n)
        yield from when_flaws(step.when, path, choices)
        if "." in step.id or step.id in reserved or step.id in _RESERVED:
            yield Flaw((*path, "id"), shown(step.id), "een id zonder punt die ook als naam van een bestand kan")
        if step.role:
            yield from unknown((*path, "role"), step.role, roles, "rollen")
        yield from _pointer_flaws(content, n, choices)
        if isinstance(step, ScoreStep):
            yield from _shows_flaws(step, n, content, choices)
        yield from _form_flaws(step, path, content)


def _pointer_flaws(content: Content, number: int, choices: Choices) -> Iterable[Flaw]:
    step = content.step[number]
    if isinstance(step, InterviewStep) and step.keep_after:
        targets = [each for each in content.step if each.id == step.keep_after]
        path: Path = ("step", number, "keep_after")
        yield from unknown(path, step.keep_after, [each.id for each in content.step], "stappen")
        yield from _absent_flaws(step, targets, path, choices)
    key, wanted = _POINTERS.get(type(step), ("", object))
    pointed = str(getattr(step, key)) if key else ""
    if not key or (not pointed and type(step) is not ConsensusStep and type(step) is not ReviewsStep):
        return
    path = ("step", number, key)
    targets = [each for each in content.step[:number] if each.id == pointed and isinstance(each, wanted)]
    if targets:
        yield from _absent_flaws(step, targets, path, choices)
        return
    yield _no_target(content, number, path, pointed, wanted)


_SHOWN = NotesStep | ScoreStep | EvidenceStep | ConsensusStep
"""What can be shown while scoring."""


def _shows_flaws(step: ScoreStep, number: int, content: Content, choices: Choices) -> Iterable[Flaw]:
    """What is wrong with what is shown while scoring: each an earlier step that can be, once."""
    path: Path = ("step", number, "shows")
    before = {step.scored_on} if step.scored_on else set()
    for n, name in enumerate(step.shows):
        targets: list[Step] = [e for e in content.step[:number] if e.id == name and isinstance(e, _SHOWN)]
        if not targets:
            yield _no_target(content, number, (*path, n), name, NotesStep)
        elif name in before:
            yield Flaw((*path, n), f"nog een keer {shown(name)}", "een stap die hier niet al getoond wordt")
        yield from _absent_flaws(step, targets, (*path, n), choices)
        before.add(name)


def _no_target(content: Content, number: int, path: Path, pointed: str, wanted: type) -> Flaw:
    """That a step points at none of the earlier steps with the form that it needs."""
    fit = tuple(each.id for each in content.step[:number] if isinstance(each, wanted))
    form = str(wanted.__struct_config__.tag)  # type: ignore[attr-defined]
    expected = f"een eerdere stap met form = {shown(form)}: {listed(fit)}"
    return Flaw(path, _what(pointed, number, content), expected, pointed, fit)


def _what(pointed: str, number: int, content: Content) -> str:
    for n, each in enumerate(content.step):
        if each.id == pointed:
            where = "deze stap zelf" if n == number else "een latere stap" if n > number else "een eerdere stap"
            return f"{shown(pointed)} ({where}, form = {shown(form_of(each))})"
    return f"{shown(pointed)}, een stap die er niet is"


def _absent_flaws(step: Step, targets: list[Step], path: Path, choices: Choices) -> Iterable[Flaw]:
    """A step cannot build on one that is left out for some choice of the parameters."""
    if targets and not implies(choices, step.when, targets[0].when):
        found = f"{shown(targets[0].id)}, die niet altijd gedaan wordt als deze stap gedaan wordt"
        yield Flaw(path, found, "een stap waarvan when overal geldt waar dat van deze stap geldt")


def _form_flaws(step: Step, path: Path, content: Content) -> Iterable[Flaw]:
    match step:
        case ChecklistStep():
            yield from _filled(step.task, (*path, "task"))
            yield from repeated(((*path, "task", n, "id"), task.id) for n, task in enumerate(step.task))
            for n, task in enumerate(step.task):
                if task.days is not None and abs(task.days) > _MOST_DAYS:
                    yield Flaw((*path, "task", n, "days"), shown(task.days), f"hoogstens {_MOST_DAYS} dagen")
        case PeopleStep():
            yield from _names(step.roles, (*path, "roles"), [role.id for role in content.role], "rollen")
            if step.maximum is not None and step.maximum < 1:
                yield Flaw((*path, "maximum"), str(step.maximum), "minstens 1")
        case FactsStep():
            yield from _names(step.facts, (*path, "facts"), [fact.id for fact in content.fact], "gegevens")
        case EvidenceStep():
            yield from _texts(step.kinds, (*path, "kinds"), "een soort")
            for key in ("label", "many"):
                if not getattr(step, key).strip():
                    yield Flaw((*path, key), "een lege tekst", "een woord voor wat hier gevraagd wordt")
        case NotesStep():
            scales = [scale.id for scale in content.scale]
            yield from repeated((((*path, "scales", n), id) for n, id in enumerate(step.scales)), what="een naam")
            for n, id in enumerate(step.scales):
                yield from unknown((*path, "scales", n), id, scales, "schalen")
            if step.scales and set(step.scales) <= set(scales) and not items_of(content, step):
                yield Flaw((*path, "scales"), "schalen waarop geen enkel item staat", "schalen van minstens een item")
        case InterviewStep() if step.minutes is not None and step.minutes < 1:
            yield Flaw((*path, "minutes"), str(step.minutes), "minstens 1")
        case ScoreStep() if step.by == "together":
            expected = 'by = "each" of by = "person", want een score is van iemand; samen scoren is de vorm consensus'
            yield Flaw((*path, "by"), shown(step.by), expected)
        case ScoreStep() if step.blind and step.by != "each":
            expected = 'by = "each", want alleen wie apart scoort kan dat blind doen'
            yield Flaw((*path, "by"), shown(step.by), expected)
        case VerdictStep():
            yield from verdict_flaws(step, path, content)
        case ScoreStep() if step.carry and step.by != "person":
            expected = 'by = "person", want wie apart of blind scoort, begint met een leeg blad'
            yield Flaw((*path, "carry"), shown(step.carry), expected)
        case ActionsStep():
            yield from span_flaws(step.minimum, step.maximum, path)
            yield from _names(step.closed, (*path, "closed"), step.states, "standen")
            yield from repeated(
                (((*path, "states", n), state) for n, state in enumerate(step.states)), what="een stand"
            )
        case RepeatStep() if not 1 <= len(step.after) <= _MOST_MOMENTS:
            yield Flaw((*path, "after"), f"{len(step.after)} periodes", "een of twee (het vroegste en het laatste)")


def _names(names: tuple[str, ...], path: Path, known: Iterable[str], what: str) -> Iterable[Flaw]:
    """Names that have to exist, each once, and at least one."""
    choices = tuple(known)
    yield from _filled(names, path)
    yield from repeated((((*path, n), name) for n, name in enumerate(names)), what="een naam")
    for n, name in enumerate(names):
        yield from unknown((*path, n), name, choices, what)


def _texts(texts: tuple[str, ...], path: Path, what: str) -> Iterable[Flaw]:
    """Texts to choose from: each once, and none empty."""
    yield from repeated((((*path, n), text) for n, text in enumerate(texts)), what=what)
    for n, text in enumerate(texts):
        if not text.strip():
            yield Flaw((*path, n), "een lege tekst", what)


def _filled(rows: tuple[object, ...], path: Path) -> Iterable[Flaw]:
    if not rows:
        yield Flaw(path, "een lege rij", "minstens een regel")
