"""The steps of an instrument, one struct per form. The set of forms is closed: the host draws every one of them."""

from __future__ import annotations

from typing import Literal

from msgspec import field

from kwartier.instrument.piece import Id, Period, Piece, Text, Value, When


class AnyStep(Piece, frozen=True, kw_only=True):
    """What every step has, whatever its form."""

    id: Id
    title: Text
    "As shown in the list of steps."
    guidance: str = ""
    "What to do in this step, for the user."
    optional: bool = False
    "Whether the rest can be done without it."
    by: Literal["together", "each", "person"] = "together"
    "Done together, by each person of the role apart, or by one person."
    role: str = ""
    "The role that does this step, where it is not everybody's."
    own: str = ""
    "Said where the step is kwartier's own and not in the publication."
    when: When = field(default_factory=dict)
    "The parameter values for which it is done."
    settled: bool = False
    "Part of what the definitive report fixes: later changes need a reopening."


class Task(Piece, frozen=True, kw_only=True):
    """A line of a checklist. `days` counts from the date of the assessment; negative is before it."""

    id: Id
    text: Text
    "What is to be done."
    days: int | None = None
    "Days from the date of the assessment; negative is before it."


class ChecklistStep(AnyStep, frozen=True, kw_only=True, tag_field="form", tag="checklist"):
    """Things to do, each done or not, with a date and a person."""

    task: tuple[Task, ...]
    "The lines, in order."


class PeopleStep(AnyStep, frozen=True, kw_only=True, tag_field="form", tag="people"):
    """Participants by role: letter, consent, audio."""

    roles: tuple[str, ...]
    "The roles that are asked for, in order."
    maximum: int | None = None
    "More than this warns and asks a reason."


class FactsStep(AnyStep, frozen=True, kw_only=True, tag_field="form", tag="facts"):
    """Facts of the content, asked here."""

    facts: tuple[str, ...]
    "Ids of the facts, in order."
    carry: bool = False
    "Whether it starts as it was in the record that this one follows."


class EvidenceStep(AnyStep, frozen=True, kw_only=True, tag_field="form", tag="evidence"):
    """What the answers rest on: sources or proofs, each with a kind and the items that it is about."""

    kinds: tuple[str, ...] = ()
    "The kinds to choose from; empty: any text."
    label: str = "bron"
    "What one is called, in lower case."
    many: str = "bronnen"
    "What several are called, in lower case."
    files: bool = False
    "Whether a file may go with one; it is copied in and never opened."
    file_kinds: tuple[str, ...] = ()
    "The endings that a file may have, in lower case, without a dot; empty: any that is not a program."
    most_bytes: int = 10_000_000
    "The largest file that is taken in."
    topics: bool = False
    "Whether it says which topics of the content it touches."
    private: bool = False
    "Whether who gave it (`role`) chooses per row who reads it; until then nobody else does."
    carry: bool = False
    "Whether it starts as it was in the record that this one follows."


class InterviewStep(AnyStep, frozen=True, kw_only=True, tag_field="form", tag="interview"):
    """Sessions and asked questions together; raw notes in a file of their own per assessor."""

    minutes: int | None = None
    "How long the interview is planned to take."
    keep_after: str = ""
    "The step after which raw notes are kept no longer than `keep`; empty counts from the interview."
    keep: Period = "P3M"
    "How long raw notes are kept after that step was done."


class NotesStep(AnyStep, frozen=True, kw_only=True, tag_field="form", tag="notes"):
    """A text per item, written together or by one person."""

    general: bool = False
    "Whether a text on the whole may be given too."
    label: str = "toelichting"
    "What such a text is called."
    scales: tuple[str, ...] = ()
    "The items on these scales only; empty: all items."
    carry: bool = False
    "Whether it starts as it was in the record that this one follows."


class ScoreStep(AnyStep, frozen=True, kw_only=True, tag_field="form", tag="score"):
    """Answers on the items' scales, a sheet per person (`by` is each or person). Blind: nobody sees another's early."""

    blind: bool = False
    'Whether each scores without seeing what others did; needs `by = "each"`.'
    scored_on: str = ""
    "The notes step whose texts are scored; each sheet keeps their digest."
    shows: tuple[str, ...] = ()
    "Further earlier steps that are shown while scoring: texts, answers, what was agreed on, evidence."
    carry: bool = False
    'Whether it starts as it was in the record that this one follows; needs `by = "person"`.'
    private: bool = False
    'Whether who fills it in chooses per remark who reads it; until then nobody else does. Needs `by = "person"`.'
    stays_open: bool = False
    'Whether the sheet is never sealed, and is done when all is answered; needs `by = "person"`.'


class ConsensusStep(AnyStep, frozen=True, kw_only=True, tag_field="form", tag="consensus"):
    """The definitive answers, agreed on by those who scored apart."""

    of: str
    "The score step whose answers are compared."
    takes_over: bool = False
    "Whether a judgement in the record that this one follows may be taken over, on purpose, item by item."


class ConclusionsStep(AnyStep, frozen=True, kw_only=True, tag_field="form", tag="conclusions"):
    """What goes well, what can be better, and a recommendation for each point to improve."""


class VerdictStep(AnyStep, frozen=True, kw_only=True, tag_field="form", tag="verdict"):
    """One verdict on the whole, proposed by the rules of the content and decided by a person, with its conditions."""

    scale: Id
    "The nominal scale with the verdicts."
    of: str = ""
    "The score step whose answers the rules look at; empty: facts alone."
    conditional: tuple[Value, ...] = ()
    "The verdicts that need at least one condition."
    signed_by: tuple[str, ...] = ()
    "The roles that sign, in order."
    label: str = "oordeel"
    "What it is called, in lower case."


class ReportStep(AnyStep, frozen=True, kw_only=True, tag_field="form", tag="report"):
    """Making the report definitive; every version keeps what it fixed."""


class ActionsStep(AnyStep, frozen=True, kw_only=True, tag_field="form", tag="actions"):
    """Chosen points to work on, each with a person and a date."""

    of: str = ""
    "The conclusions step that recommendations come from."
    minimum: int | None = None
    "The least number of actions; fewer warns."
    maximum: int | None = None
    "The most actions that are meant; more warns."
    states: tuple[str, ...] = ("loopt", "afgerond", "bijgesteld", "losgelaten")
    "The states that an action can be in; the first is where it starts."
    closed: tuple[str, ...] = ("afgerond", "losgelaten")
    "The states in which nothing more is expected."


class ReviewsStep(AnyStep, frozen=True, kw_only=True, tag_field="form", tag="reviews"):
    """Evaluations of the actions, every so often, counted from the day they were chosen."""

    of: str
    "The actions step that is reviewed."
    every: Period = "P6M"
    "The time between reviews."


class RepeatStep(AnyStep, frozen=True, kw_only=True, tag_field="form", tag="repeat"):
    """When to do it again: the earliest and the latest moment after the date of the assessment."""

    after: tuple[Period, ...]
    "One moment, or the earliest and the latest."


Step = (
    ChecklistStep
    | PeopleStep
    | FactsStep
    | EvidenceStep
    | InterviewStep
    | NotesStep
    | ScoreStep
    | ConsensusStep
    | ConclusionsStep
    | VerdictStep
    | ReportStep
    | ActionsStep
    | ReviewsStep
    | RepeatStep
)
