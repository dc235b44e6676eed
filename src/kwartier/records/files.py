"""The typed views on the files of a record: what each field of a step file means.

A view reads; it drops keys that it does not know, so it is never written back. Changes are made on the tree.
"""

from __future__ import annotations

import re
from datetime import date as Day
from datetime import datetime as Moment
from datetime import time as Clock
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from kwartier.errors import Unreadable
from kwartier.instrument.conversion import convert
from kwartier.records.tree import Tree

SCHEMA = 1
"""Version of the files that this kwartier writes; newer ones are shown read-only."""

RowId = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
S = TypeVar("S", bound=Struct)

_PLACE = re.compile(r" - at `\$\.?([^`]+)`")
_ABSENT = re.compile(r"missing required field `([^`]+)`")


class Viewed(Struct, frozen=True, kw_only=True):
    """Common settings of all views."""


class Person(Viewed, frozen=True, kw_only=True):
    """Somebody who fills in: by code. `shadow` scores along and does not count."""

    id: str
    role: str
    shadow: bool = False
    origin: str = ""
    "intern or extern, where it was said."
    traits: dict[str, bool] = {}
    "What was said of the traits that the role asks, by id; absent where it was not said."
    joined: Day | None = None
    stopped: Day | None = None
    reason: str = ""
    replaces: str = ""
    missed: tuple[str, ...] = ()
    "Score steps of which the scores lay side by side when this person joined: no sheet of theirs is waited for there."


class Departure(Viewed, frozen=True, kw_only=True):
    """Why an assessment departs from its instrument; `id` is the finding that asked for it."""

    id: str
    reason: str
    date: Day


class Paper(Viewed, frozen=True, kw_only=True):
    """Where an assessment that was done on paper was taken over from, and when."""

    source: str
    entered: Day
    total: str = ""
    "The total as it was printed there, 2.8; shown beside the computed one where they differ."
    band: str = ""
    "The band as it was printed there."


class Envelope(Viewed, frozen=True, kw_only=True):
    """assessment.toml."""

    schema: int = SCHEMA
    id: str
    instrument: str
    edition: str
    plugin: str = ""
    content: str
    date: Day
    subject: str = ""
    follows: str = ""
    parameters: dict[str, int | str | tuple[int | str, ...]] = {}
    profile: str = ""
    "Id of the profile of the programme that was laid over the content; the content that is pinned holds it."
    person: tuple[Person, ...] = ()
    departure: tuple[Departure, ...] = ()
    paper: Paper | None = None


class StepFile(Viewed, frozen=True, kw_only=True):
    """What every step file may hold: when it was done and by whom (codes), and why it was skipped."""

    schema: int = SCHEMA
    date: Day | None = None
    by: str = ""
    skipped: str = ""


class Done(Viewed, frozen=True, kw_only=True):
    """A line of a checklist."""

    id: str
    done: bool = True
    date: Day | None = None
    by: str = ""
    note: str = ""


class ChecklistFile(StepFile, frozen=True, kw_only=True):
    """checklist: what was done."""

    task: tuple[Done, ...] = ()


class Participant(Viewed, frozen=True, kw_only=True):
    """Somebody who is interviewed. The name stands in people.toml."""

    id: str
    role: str
    letter: Day | None = None
    consent: str = ""
    consent_on: Day | None = None
    audio: str = ""
    note: str = ""


class PeopleFile(StepFile, frozen=True, kw_only=True):
    """people: the participants."""

    participant: tuple[Participant, ...] = ()
    audio_recorded: bool = False


class GivenFact(Viewed, frozen=True, kw_only=True):
    """A fact about the subject."""

    id: str
    value: Any = None
    "int, float, str, bool, date or list of str: what the kind of the fact asks, see `workflow.rules`."
    low: int | float | None = None
    "The least that it can be, where only a range is known."
    high: int | float | None = None
    "The most that it can be."
    approximate: bool = False
    "Whether the number, or the ends of the range, are about so much."
    unknown: bool = False
    "Whether it was asked, and nobody knows."
    note: str = ""

    @property
    def given(self) -> bool:
        """Whether it was answered, be it with that nobody knows."""
        return self.value is not None or self.low is not None or self.high is not None or self.unknown


class FactsFile(StepFile, frozen=True, kw_only=True):
    """facts: what was answered."""

    fact: tuple[GivenFact, ...] = ()


class AttachedFile(Viewed, frozen=True, kw_only=True):
    """A file that was copied in with a piece of evidence. It stands with the subject, under `id`, as it was."""

    id: str
    "Its name on the disk, which tells nothing."
    name: str
    "Its name as it was given, without folders."
    size: int
    "Bytes."
    digest: str
    '"sha256:<hex>" of its bytes.'


EVERYONE = "everyone"
"""Among `readers`: whoever opens the record, and every report."""


class Evidence(Viewed, frozen=True, kw_only=True):
    """A source or proof, and the items that it is about."""

    id: str
    title: str
    kind: str = ""
    date: Day | None = None
    link: str = ""
    "An address or a place; never opened by kwartier."
    note: str = ""
    items: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    "Ids of the topics that it touches."
    file: AttachedFile | None = None
    readers: tuple[str, ...] = ()
    """In a private step: who reads it besides its owner. Ids of roles, codes of people, or EVERYONE; empty: nobody."""


class EvidenceFile(StepFile, frozen=True, kw_only=True):
    """evidence: what the answers rest on."""

    evidence: tuple[Evidence, ...] = ()
    removed: tuple[str, ...] = ()
    "Ids of what was removed for good; in earlier records of the same subject it is gone too."


class Session(Viewed, frozen=True, kw_only=True):
    """One sitting of the interview; `minutes` where begin and end were not noted."""

    id: str
    date: Day
    start: Clock | None = None
    end: Clock | None = None
    minutes: int | None = None

    def length(self) -> int:
        """Minutes; a session over midnight counts through."""
        if self.minutes is not None or self.start is None or self.end is None:
            return self.minutes or 0
        begin, until = (t.hour * 60 + t.minute for t in (self.start, self.end))
        return (until - begin) % (24 * 60)


class Asked(Viewed, frozen=True, kw_only=True):
    """What was decided about, and done with, an interview question."""

    item: str
    id: str
    essential: bool | None = None
    asked: bool = False


class InterviewFile(StepFile, frozen=True, kw_only=True):
    """interview: sessions and questions, shared."""

    session: tuple[Session, ...] = ()
    prompt: tuple[Asked, ...] = ()


class RawNote(Viewed, frozen=True, kw_only=True):
    """A paragraph of raw notes; loose where it has no item yet."""

    id: str
    text: str
    item: str = ""


class RawNotesFile(StepFile, frozen=True, kw_only=True):
    """interview, per person: raw notes, with the day they are to be destroyed."""

    person: str = ""
    note: tuple[RawNote, ...] = ()
    destroy: Day | None = None
    destroyed: Moment | None = None


class Explanation(Viewed, frozen=True, kw_only=True):
    """A text on an item. `handled` says what was done with a remark on the facts."""

    item: str
    text: str = ""
    handled: str = ""


class Earlier(Viewed, frozen=True, kw_only=True):
    """A text as it was when a sheet was sealed on it, kept when the text changed afterwards."""

    id: str
    item: str
    text: str
    replaced: Moment


class NotesFile(StepFile, frozen=True, kw_only=True):
    """notes: a text per item, and one on the whole."""

    writer: str = ""
    text: str = ""
    explanation: tuple[Explanation, ...] = ()
    earlier: tuple[Earlier, ...] = ()


class AnswerRow(Viewed, frozen=True, kw_only=True):
    """An answer, or the reason why there is none; the note is a remark, at consensus the reason."""

    item: str
    part: str = ""
    value: int | str | None = None
    missing: str = ""
    note: str = ""
    readers: tuple[str, ...] = ()
    "In a private step: who reads the note besides its owner, as at Evidence; the value is not private."
    taken_over: str = ""
    "At consensus: the reference of the record whose judgement was taken over."


class EarlierSheet(Viewed, frozen=True, kw_only=True):
    """A sealed sheet as it was before its auditor reopened it."""

    id: str
    sealed: Moment
    digest: str
    reopened: Moment
    reason: str
    answer: tuple[AnswerRow, ...] = ()


class Sheet(StepFile, frozen=True, kw_only=True):
    """score: one person's answers. Sealed it has a digest, and is not changed again."""

    person: str = ""
    answer: tuple[AnswerRow, ...] = ()
    explanations: str = ""
    "Digest of the texts that were scored."
    wording: str = ""
    "Digest of the wording that was read; empty for kwartier's own."
    sealed: Moment | None = None
    digest: str = ""
    earlier: tuple[EarlierSheet, ...] = ()


class Mistake(Viewed, frozen=True, kw_only=True):
    """A sealed answer that its auditor calls a mistake; it stays counted and is named."""

    person: str
    item: str
    part: str = ""
    reason: str
    date: Day


class ConsensusFile(StepFile, frozen=True, kw_only=True):
    """consensus: the definitive answers."""

    answer: tuple[AnswerRow, ...] = ()
    mistake: tuple[Mistake, ...] = ()


class Strength(Viewed, frozen=True, kw_only=True):
    """What goes well; about a section where one is named."""

    id: str
    text: str
    section: str = ""


class Improvement(Viewed, frozen=True, kw_only=True):
    """What can be better."""

    id: str
    text: str
    section: str = ""
    item: str = ""


class Recommendation(Viewed, frozen=True, kw_only=True):
    """What the organisation can do about a point to improve."""

    id: str
    improvement: str
    text: str


class ConclusionsFile(StepFile, frozen=True, kw_only=True):
    """conclusions: strengths, points to improve, recommendations."""

    text: str = ""
    strength: tuple[Strength, ...] = ()
    improvement: tuple[Improvement, ...] = ()
    recommendation: tuple[Recommendation, ...] = ()


class Agreed(Viewed, frozen=True, kw_only=True):
    """A condition of a verdict: what is to be arranged, by whom, before when."""

    id: str
    text: str
    who: str = ""
    due: Day | None = None
    state: str = ""
    "open (also when empty), voldaan or vervallen."
    note: str = ""


class Signature(Viewed, frozen=True, kw_only=True):
    """Who signed for a role, and when."""

    id: str
    "The role."
    by: str
    date: Day
    digest: str = ""
    "Of the verdict, its motivation and its conditions as they were signed; empty where that was not kept."


class VerdictFile(StepFile, frozen=True, kw_only=True):
    """verdict: what was decided, why where it differs from the proposal, and on which conditions."""

    value: int | str | None = None
    reason: str = ""
    proposed: int | str | None = None
    "What the rules proposed when it was decided; absent where they could not say."
    rules: tuple[str, ...] = ()
    "The rules that held then."
    condition: tuple[Agreed, ...] = ()
    signature: tuple[Signature, ...] = ()


class Version(Viewed, frozen=True, kw_only=True):
    """A definitive version of the report and what it fixed."""

    id: str
    date: Day
    by: str = ""
    digest: str
    snapshot: dict[str, Tree]
    reopened: Day | None = None
    reason: str = ""


class ReportFile(StepFile, frozen=True, kw_only=True):
    """report: the definitive versions, oldest first."""

    version: tuple[Version, ...] = ()


class Action(Viewed, frozen=True, kw_only=True):
    """A chosen point to work on."""

    id: str
    text: str
    recommendation: str = ""
    who: str = ""
    due: Day | None = None
    state: str = ""
    note: str = ""


class ActionsFile(StepFile, frozen=True, kw_only=True):
    """actions: `date` is the day they were chosen; reviews count from it."""

    action: tuple[Action, ...] = ()


class Review(Viewed, frozen=True, kw_only=True):
    """An evaluation of one action; the newest decides its state."""

    id: str
    action: str
    date: Day
    state: str
    text: str = ""
    by: str = ""


class ReviewsFile(StepFile, frozen=True, kw_only=True):
    """reviews: evaluations of the actions."""

    review: tuple[Review, ...] = ()


class RepeatFile(StepFile, frozen=True, kw_only=True):
    """repeat: when the next assessment is planned."""

    planned: Day | None = None
    note: str = ""


def view(tree: Tree, kind: type[S], place: str) -> S:
    """The typed view of a file's tree. Raises `Unreadable` naming the field that is not as it should be."""
    try:
        return convert(tree, kind)
    except msgspec.ValidationError as error:
        schema = tree.get("schema")
        if isinstance(schema, int) and schema > SCHEMA:
            raise Unreadable(
                "newer-file",
                "Dit bestand is van een nieuwere kwartier en is hier niet te lezen.",
                place=place,
                advice="Installeer de nieuwste kwartier; dit bestand blijft zoals het is.",
            ) from error
        raise Unreadable(
            "file-wrong",
            f"Dit bestand klopt niet: {_in_dutch(str(error))}.",
            place=place,
            advice="Zet een reservekopie terug of herstel het veld zelf; kwartier laat het bestand staan.",
        ) from error


def _in_dutch(told: str) -> str:
    """What msgspec says of a tree, by field and row; never the value, which may be a score that is not revealed."""
    where = _PLACE.search(told)
    place = re.sub(r"\[(\d+)\]", lambda row: f" {int(row[1]) + 1}", where[1]) if where else ""
    absent = _ABSENT.search(told)
    if absent:
        return f"'{absent[1]}' ontbreekt" + (f" bij '{place}'" if place else "")
    return f"'{place}' heeft niet de goede vorm" if place else "het heeft niet de goede vorm"
