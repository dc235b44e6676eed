"""Which steps of a record are open, under way or done, what each is waiting for, and what is next."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from msgspec import Struct

from kwartier.instrument import model as m
from kwartier.instrument.selection import items_of
from kwartier.records import files as f
from kwartier.records.record import Record
from kwartier.workflow.agreed import agreed_answers, open_sheets, scored_by
from kwartier.workflow.forms import form_of
from kwartier.workflow.outcome import given_word
from kwartier.workflow.people import assessors, counting, is_sealed, revealed, role_words
from kwartier.workflow.sealing import expected_keys, open_keys
from kwartier.workflow.settled import is_definitive, reported_steps, versions, without_verdict
from kwartier.workflow.verdicts import is_waiting, loose, proposal, title_of, verdict_words


class Status(StrEnum):
    """Where a step stands; the value is for programs."""

    OPEN = "open"
    BUSY = "busy"
    DONE = "done"
    WAITING = "waiting"
    SKIPPED = "skipped"
    VOID = "void"

    @property
    def word(self) -> str:
        """The word on the screen."""
        return _TITLES[self]


_TITLES = {
    Status.OPEN: "open",
    Status.BUSY: "bezig",
    Status.DONE: "klaar",
    Status.WAITING: "wacht",
    Status.SKIPPED: "overgeslagen",
    Status.VOID: "vervalt",
}


class StepState(Struct, frozen=True, kw_only=True):
    """A step with where it stands; `detail` (Dutch) says what is there or what it waits for."""

    id: str
    title: str
    form: str
    status: Status
    detail: str = ""
    optional: bool = False
    date: str = ""
    by: str = ""
    people: tuple[PersonState, ...] = ()


class PersonState(Struct, frozen=True, kw_only=True):
    """How far somebody is in a step that each does apart."""

    id: str
    detail: str
    sealed: bool
    counts: bool = True


Told = tuple[Status, str]


def states(record: Record, content: m.Content) -> list[StepState]:
    """All steps in order. The record has passed the gate: of hidden sheets only the progress is known."""
    return [_state(step, record, content) for step in content.step]


def next_step(found: list[StepState]) -> StepState | None:
    """The first step that somebody can do something in, optional ones left aside that nobody is working on.

    Once the report is definitive, what comes before it is over, also what was never filled in.
    """
    waiting = (Status.OPEN, Status.BUSY)
    reported = max((n for n, one in enumerate(found) if one.form == "report" and one.status is Status.DONE), default=-1)
    left = found[reported + 1 :]
    return next(
        (
            one
            for number, one in enumerate(left)
            if one.status in waiting and (not one.optional or _is_under_way(one, left[number + 1 :]))
        ),
        None,
    )


def _is_under_way(one: StepState, later: list[StepState]) -> bool:
    """Whether people are scoring or agreeing in an optional step, and have not gone on to score in a later one."""
    begun = one.form == "consensus" or (one.form == "score" and one.status is Status.BUSY)
    return begun and not any(step.form == "score" and step.status in (Status.BUSY, Status.DONE) for step in later)


def _state(step: m.AnyStep, record: Record, content: m.Content) -> StepState:
    file = record.read(step.id, form_of(step).file)
    if file.skipped:
        status, detail = Status.SKIPPED, file.skipped
    else:
        status, detail = _TELL[type(step)](step, record, content)
    return StepState(
        id=step.id,
        title=step.title,
        form=step.__struct_config__.tag or "",  # type: ignore[arg-type]
        status=status,
        detail=detail,
        optional=step.optional,
        date=file.date.isoformat() if file.date else "",
        by=file.by,
        people=_people(step, record, content) if isinstance(step, m.ScoreStep) else (),
    )


def _people(step: m.ScoreStep, record: Record, content: m.Content) -> tuple[PersonState, ...]:
    counted = counting(record, step)
    found = []
    for one in assessors(record, step.role):
        if step.id in one.missed:
            continue
        if one.stopped is not None and one.id not in counted:
            found.append(PersonState(id=one.id, detail="gestopt", sealed=False, counts=False))
            continue
        sealed = is_sealed(record, step.id, one.id)
        detail = "verzegeld" if sealed else "{} van {}".format(*progress(record, content, step, one.id))
        found.append(PersonState(id=one.id, detail=detail, sealed=sealed, counts=one.id in counted))
    return tuple(found)


def progress(record: Record, content: m.Content, step: m.ScoreStep, code: str) -> tuple[int, int]:
    """How many answers somebody has given, of how many."""
    of = len(expected_keys(content))
    if (step.id, code) in record.hidden:
        return record.hidden[step.id, code].done, of
    return of - len(open_keys(content, record.personal.get((step.id, code), {}))), of


def _some(count: int, of: int, word: str = "") -> Told:
    detail = f"{count} van {of}{' ' + word if word else ''}"
    if count == 0:
        return Status.OPEN, detail
    return (Status.DONE if count >= of else Status.BUSY), detail


def _checklist(step: m.ChecklistStep, record: Record, _c: m.Content) -> Told:
    done = {row.id for row in record.read(step.id, f.ChecklistFile).task if row.done}
    return _some(sum(task.id in done for task in step.task), len(step.task), "gedaan")


def _participants(step: m.PeopleStep, record: Record, _c: m.Content) -> Told:
    people = record.read(step.id, f.PeopleFile).participant
    if not people:
        return Status.OPEN, "nog niemand"
    answered = sum(bool(one.consent) for one in people)
    word = "deelnemer" if len(people) == 1 else "deelnemers"
    status = Status.DONE if answered == len(people) else Status.BUSY
    return status, f"{len(people)} {word}, toestemming van {sum(one.consent == 'gegeven' for one in people)}"


def _facts(step: m.FactsStep, record: Record, content: m.Content) -> Told:
    asked = [fact for fact in content.fact if fact.id in step.facts]
    given = {row.id for row in record.read(step.id, f.FactsFile).fact if row.given}
    count = sum(fact.id in given for fact in asked)
    required = [fact for fact in asked if fact.required]
    # Where nothing is required, what was left empty is no work that is left: some may not apply at all.
    if all(fact.id in given for fact in required) if required else count:
        return Status.DONE, f"{count} van {len(asked)} ingevuld"
    return _some(count, len(asked), "ingevuld")


def _evidence(step: m.EvidenceStep, record: Record, _c: m.Content) -> Told:
    file = record.read(step.id, f.EvidenceFile)
    count = len(file.evidence)
    if step.id in record.withheld:
        # The same words whether there is nothing, or nothing for this viewer: no count of what is hidden.
        if not count:
            return Status.WAITING, "niets dat u kunt lezen"
        return Status.DONE, f"{count} {step.label if count == 1 else step.many} om te lezen"
    if not count:
        return (Status.DONE, f"geen {step.many}") if file.date else (Status.OPEN, f"nog geen {step.many}")
    about = len({item for row in file.evidence for item in row.items})
    told = f", over {about} {'item' if about == 1 else 'items'}" if about else ""
    return Status.DONE, f"{count} {step.label if count == 1 else step.many}{told}"


def _interview(step: m.InterviewStep, record: Record, content: m.Content) -> Told:
    file = record.read(step.id, f.InterviewFile)
    if not file.session:
        return Status.OPEN, "nog geen gesprek"
    minutes = sum(session.length() for session in file.session)
    asked = sum(row.asked for row in file.prompt)
    of = sum(len(item.prompts) for item in content.items())
    times = "1 gesprek" if len(file.session) == 1 else f"{len(file.session)} gesprekken"
    planned = f" (gepland {step.minutes})" if step.minutes else ""
    return Status.DONE, f"{times}, {minutes} minuten{planned}" + (f", {asked} van {of} vragen" if asked else "")


def _notes(step: m.NotesStep, record: Record, content: m.Content) -> Told:
    file = record.read(step.id, f.NotesFile)
    written = {row.item for row in file.explanation if row.text}
    items = [item.id for item in items_of(content, step)]
    if step.general:
        count = len(written) + bool(file.text)
        words = "1 opmerking" if count == 1 else f"{count} opmerkingen" if count else "geen opmerkingen"
        return (Status.DONE if count or file.date else Status.OPEN), words
    return _some(sum(item in written for item in items), len(items), "geschreven")


def _score(step: m.ScoreStep, record: Record, content: m.Content) -> Told:
    if record.envelope.paper is not None:
        return Status.VOID, "niet vastgelegd (van papier)"
    codes = counting(record, step)
    if step.stays_open:
        return _kept_open(step, record, content, codes)
    sealed = sum(is_sealed(record, step.id, code) for code in codes)
    if not codes:
        return Status.OPEN, f"nog geen {role_words(content, step.role)[1]}"
    begun = any(name == step.id for name, _ in [*record.personal, *record.hidden])
    detail = f"{sealed} van {len(codes)} verzegeld"
    if sealed == len(codes):
        return Status.DONE, detail
    return (Status.BUSY if begun else Status.OPEN), detail


def _kept_open(step: m.ScoreStep, record: Record, content: m.Content, codes: tuple[str, ...]) -> Told:
    """A sheet that is never sealed: how far it is."""
    if not codes:
        return Status.OPEN, f"nog geen {role_words(content, step.role)[0]}"
    told = [progress(record, content, step, code) for code in codes]
    return _some(sum(done for done, _ in told), sum(of for _, of in told), "ingevuld")


def _consensus(step: m.ConsensusStep, record: Record, content: m.Content) -> Told:
    scored = scored_by(content, step)
    paper = record.envelope.paper is not None
    if not paper and (not revealed(record, scored) or step.of in record.closed):
        return Status.WAITING, "tot alle scorebladen die tellen verzegeld zijn"
    if not paper and max(len(open_sheets(record, scored)), len(counting(record, scored))) == 1:
        return Status.VOID, f"één {role_words(content, scored.role)[0]}: het scoreblad is definitief"
    agreed = agreed_answers(record, content, scored)
    keys = expected_keys(content)
    return _some(sum(key in agreed and agreed[key].answered for key in keys), len(keys), "definitief")


def _conclusions(step: m.ConclusionsStep, record: Record, _c: m.Content) -> Told:
    file = record.read(step.id, f.ConclusionsFile)
    if not (file.strength or file.improvement or file.recommendation):
        return Status.OPEN, "nog niets"
    advised = {row.improvement for row in file.recommendation}
    without = sum(row.id not in advised for row in file.improvement)
    detail = f"{len(file.strength)} sterk, {len(file.improvement)} te verbeteren"
    if without:
        return Status.BUSY, f"{detail}; {without} zonder aanbeveling"
    return Status.DONE, detail


def _verdict(step: m.VerdictStep, record: Record, content: m.Content) -> Told:
    if is_waiting(record, content, step):
        return Status.WAITING, "tot alle scorebladen die tellen verzegeld zijn"
    file = record.read(step.id, f.VerdictFile)
    if file.value is None:
        found = proposal(record, content, step)
        proposed = title_of(content, step, found.verdict) if found else ""
        detail = f"nog geen {step.label}" + (f", voorstel: {proposed}" if proposed else "")
        return (Status.BUSY if file.condition else Status.OPEN), detail
    signed = {row.id for row in file.signature}
    done = not loose(file) and all(role in signed for role in step.signed_by)
    return (Status.DONE if done else Status.BUSY), verdict_words(content, step, file)


def _report(_s: m.ReportStep, record: Record, content: m.Content) -> Told:
    made = versions(record, content)
    if is_definitive(record, content):
        return Status.DONE, f"versie {len(made)}, {made[-1].date:%d-%m-%Y}"
    for step in reported_steps(content):
        agreed = agreed_answers(record, content, step)
        if step.id in record.closed or not all(key in agreed for key in expected_keys(content)):
            return Status.WAITING, f"tot elk item een {given_word(content)} heeft"
    if left := without_verdict(record, content):
        return Status.WAITING, f"tot er een {left[0].label} is"
    return (Status.BUSY, f"heropend, wordt versie {len(made) + 1}") if made else (Status.OPEN, "concept")


def _actions(step: m.ActionsStep, record: Record, _c: m.Content) -> Told:
    count = len(record.read(step.id, f.ActionsFile).action)
    if not count:
        return Status.OPEN, "nog niet gekozen"
    return Status.DONE, "1 actiepunt" if count == 1 else f"{count} actiepunten"


def _reviews(step: m.ReviewsStep, record: Record, content: m.Content) -> Told:
    actions = next(one for one in content.step if isinstance(one, m.ActionsStep) and one.id == step.of)
    rows = record.read(step.of, f.ActionsFile).action
    if not rows:
        return Status.WAITING, "tot er actiepunten gekozen zijn"
    reviews = record.read(step.id, f.ReviewsFile).review
    open_rows = [row for row in rows if current_state(row, reviews, actions) not in actions.closed]
    if not open_rows:
        return Status.DONE, "alle actiepunten afgesloten"
    return (Status.BUSY if reviews else Status.OPEN), f"{len(open_rows)} van {len(rows)} lopen nog"


def current_state(row: f.Action, reviews: tuple[f.Review, ...], step: m.ActionsStep) -> str:
    """Where an action stands: what its newest review says, else what was said when it was chosen."""
    own = [review for review in reviews if review.action == row.id]
    newest = max(own, key=lambda review: (review.date, review.id), default=None)
    return newest.state if newest else row.state or step.states[0]


def _repeat(step: m.RepeatStep, record: Record, _c: m.Content) -> Told:
    planned = record.read(step.id, f.RepeatFile).planned
    return (Status.DONE, f"gepland op {planned:%d-%m-%Y}") if planned else (Status.OPEN, "nog niet gepland")


_TELL: dict[type[m.AnyStep], Callable[[Any, Record, m.Content], Told]] = {
    m.ChecklistStep: _checklist,
    m.PeopleStep: _participants,
    m.FactsStep: _facts,
    m.EvidenceStep: _evidence,
    m.InterviewStep: _interview,
    m.NotesStep: _notes,
    m.ScoreStep: _score,
    m.ConsensusStep: _consensus,
    m.ConclusionsStep: _conclusions,
    m.VerdictStep: _verdict,
    m.ReportStep: _report,
    m.ActionsStep: _actions,
    m.ReviewsStep: _reviews,
    m.RepeatStep: _repeat,
}
