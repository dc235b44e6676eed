"""The closed set of forms: per form which rows and fields a person may give, and the view on its file.

A new kind of work is a new entry here (with its struct in `records.files`), never a screen of a plugin.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day

from msgspec import Struct

from kwartier.instrument import model as m
from kwartier.records import files as f


class GivenParticipant(f.Participant, frozen=True, kw_only=True):
    """A participant as typed: the name goes to people.toml, the row keeps the code."""

    id: str = ""
    name: str = ""


class GivenEvidence(Struct, frozen=True, kw_only=True):
    """A piece of evidence as typed: a file is put with it, and taken away, by itself."""

    id: str
    title: str
    kind: str = ""
    date: Day | None = None
    link: str = ""
    note: str = ""
    items: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()


class GivenSignature(Struct, frozen=True, kw_only=True):
    """A signature as typed: what was signed is added to it."""

    id: str
    by: str = ""
    date: Day | None = None


class Form(Struct, frozen=True, kw_only=True):
    """What may be given in a step of this form.

    `rows` are arrays of tables and their row; `fields` single values beside them; `people` the fields that hold a
    person, as a name or a code; `own_rows` and `own_fields` are those of somebody's own file where the shared one has
    others. `coded` are rows that stand for a person: their id is a code that starts with this letter. `kept` is what
    kwartier writes beside what was given, and nobody types.
    """

    file: type[f.StepFile]
    rows: Mapping[str, type[Struct]] = {}
    own_rows: Mapping[str, type[Struct]] = {}
    fields: Mapping[str, type] = {}
    own_fields: Mapping[str, type] = {}
    coded: Mapping[str, str] = {}
    people: tuple[str, ...] = ("by", "who", "writer")
    kept: tuple[str, ...] = ()


_COMMON: Mapping[str, type] = {"date": Day, "by": str, "skipped": str}

FORMS: Mapping[type[m.AnyStep], Form] = {
    m.ChecklistStep: Form(file=f.ChecklistFile, rows={"task": f.Done}),
    m.PeopleStep: Form(
        file=f.PeopleFile,
        rows={"participant": GivenParticipant},
        fields={"audio_recorded": bool},
        coded={"participant": "d"},
    ),
    m.FactsStep: Form(file=f.FactsFile, rows={"fact": f.GivenFact}),
    m.EvidenceStep: Form(file=f.EvidenceFile, rows={"evidence": GivenEvidence}),
    m.InterviewStep: Form(
        file=f.InterviewFile,
        rows={"session": f.Session, "prompt": f.Asked},
        own_rows={"note": f.RawNote},
        own_fields={"destroy": Day},
    ),
    m.NotesStep: Form(file=f.NotesFile, rows={"explanation": f.Explanation}, fields={"writer": str, "text": str}),
    m.ScoreStep: Form(file=f.Sheet, rows={"answer": f.AnswerRow}, own_rows={"answer": f.AnswerRow}),
    m.ConsensusStep: Form(file=f.ConsensusFile, rows={"answer": f.AnswerRow}),
    m.ConclusionsStep: Form(
        file=f.ConclusionsFile,
        rows={"strength": f.Strength, "improvement": f.Improvement, "recommendation": f.Recommendation},
        fields={"text": str},
    ),
    m.VerdictStep: Form(
        file=f.VerdictFile,
        rows={"condition": f.Agreed, "signature": GivenSignature},
        fields={"value": int | str | None, "reason": str},  # type: ignore[dict-item]
        kept=("proposed", "rules"),
    ),
    m.ReportStep: Form(file=f.ReportFile),
    m.ActionsStep: Form(file=f.ActionsFile, rows={"action": f.Action}),
    m.ReviewsStep: Form(file=f.ReviewsFile, rows={"review": f.Review}),
    m.RepeatStep: Form(file=f.RepeatFile, fields={"planned": Day, "note": str}),
}

STARTS_WITHOUT_ID = (
    *("session", "note", "strength", "improvement", "recommendation", "action", "review", "participant"),
    *("evidence", "condition"),
)
"""Rows that get an id of their own when the person who gives them does not choose one."""


def form_of(step: m.AnyStep) -> Form:
    """The form of a step."""
    return FORMS[type(step)]


def given_fields(step: m.AnyStep, *, own: bool = False) -> Mapping[str, type]:
    """The single values that may be given in a step, in the shared file or in somebody's own."""
    form = form_of(step)
    return {**_COMMON, **(form.own_fields if own else form.fields)}
