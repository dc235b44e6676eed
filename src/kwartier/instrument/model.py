"""What an instrument is, as typed and frozen values: the header (instrument.toml) and the content (content.toml).

No reading and no checking here; every field's description ends up in the JSON Schema that editors use. The steps
stand in `steps`, the kinds of values in `piece`; both can be had from here.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct, field

from kwartier.instrument.judging import Condition as Condition
from kwartier.instrument.judging import Rule as Rule
from kwartier.instrument.piece import Id as Id
from kwartier.instrument.piece import Number as Number
from kwartier.instrument.piece import Period as Period
from kwartier.instrument.piece import Piece as Piece
from kwartier.instrument.piece import SectionId as SectionId
from kwartier.instrument.piece import Setting as Setting
from kwartier.instrument.piece import Text as Text
from kwartier.instrument.piece import Value as Value
from kwartier.instrument.piece import When as When
from kwartier.instrument.profile import Profile as Profile
from kwartier.instrument.profile import ProfileLink as ProfileLink
from kwartier.instrument.profile import ProfileModule as ProfileModule
from kwartier.instrument.profile import ProfileOutcome as ProfileOutcome
from kwartier.instrument.profile import ProfileTask as ProfileTask
from kwartier.instrument.steps import ActionsStep as ActionsStep
from kwartier.instrument.steps import AnyStep as AnyStep
from kwartier.instrument.steps import ChecklistStep as ChecklistStep
from kwartier.instrument.steps import ConclusionsStep as ConclusionsStep
from kwartier.instrument.steps import ConsensusStep as ConsensusStep
from kwartier.instrument.steps import EvidenceStep as EvidenceStep
from kwartier.instrument.steps import FactsStep as FactsStep
from kwartier.instrument.steps import InterviewStep as InterviewStep
from kwartier.instrument.steps import NotesStep as NotesStep
from kwartier.instrument.steps import PeopleStep as PeopleStep
from kwartier.instrument.steps import RepeatStep as RepeatStep
from kwartier.instrument.steps import ReportStep as ReportStep
from kwartier.instrument.steps import ReviewsStep as ReviewsStep
from kwartier.instrument.steps import ScoreStep as ScoreStep
from kwartier.instrument.steps import Step as Step
from kwartier.instrument.steps import Task as Task
from kwartier.instrument.steps import VerdictStep as VerdictStep

API = 1
"""Version of the agreement between host and plugins; a header with another number is incompatible."""


class Publication(Piece, frozen=True, kw_only=True):
    """The publication that an instrument comes from; its wording leads, its rights are respected."""

    title: Text
    "Full title of the publication."
    authors: tuple[str, ...] = ()
    "Names as printed."
    publisher: str = ""
    "Who published it."
    year: int | None = None
    "Year of the edition."
    number: str = ""
    "Number or ISBN, as printed."
    rights: Text
    "Who holds the rights and what they allow."


class Word(Piece, frozen=True, kw_only=True):
    """The instrument's word for one use of it: meting, portfolio, beoordeling."""

    one: Text
    "Singular, in lower case."
    many: Text
    "Plural, in lower case."
    article: Literal["de", "het"] = "de"
    "Its article, which decides how words beside it end."

    @property
    def the(self) -> str:
        """With its article: de meting, het portfolio."""
        return f"{self.article} {self.one}"

    def after(self, adjective: str) -> str:
        """Without an article, after an adjective that ends in e: nieuwe meting, nieuw portfolio."""
        return f"{adjective.removesuffix('e') if self.article == 'het' else adjective} {self.one}"


class Header(Piece, frozen=True, kw_only=True):
    """instrument.toml: what is shown in lists, read at every start without importing the plugin."""

    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,29}$")]
    "Name of the instrument in commands and folders; never changes."
    api: int
    "Version of the agreement between host and plugins."
    title: Text
    "Full title."
    short: Text
    "Short title, for lists."
    edition: Text
    "Edition of the publication; part of every record."
    subject: Literal["organisation", "student", "workplace"]
    "What is looked at: an organisation, a student or a workplace."
    word: Word
    "What one use of the instrument is called."
    publication: Publication
    "Where the instrument comes from."
    summary: str = ""
    "What it is for, in one or two sentences."
    successor: str = ""
    "Id of the instrument that took its place; then this one is there for its old results first."


class Parameter(Piece, frozen=True, kw_only=True):
    """Something that is set when a record is made and decides what is asked."""

    id: Id
    title: Text
    "As it is asked."
    values: tuple[Value, ...]
    "The values to choose from, in order."
    moments: bool = False
    "Whether the values are successive measurements of one subject, such as begin and end."
    several: bool = False
    "Whether more than one value may be chosen; then what is asked for any of them is asked."


class Trait(Piece, frozen=True, kw_only=True):
    """Something that is asked of who takes part in a role, and wanted of one or of each of them; it never blocks."""

    id: Id
    title: Text
    "As a statement about somebody: is ervaringsdeskundig."
    wanted: Literal["", "one", "each"] = ""
    "Whether the publication wants it of at least one of them, or of each; empty: it is only asked."
    advice: str = ""
    "What is said where it is wanted and not there."


class Role(Piece, frozen=True, kw_only=True):
    """Who takes part. Assessors fill in steps, participants are interviewed, organisers arrange."""

    id: Id
    title: Text
    "Singular, as shown."
    many: str = ""
    "Plural, as shown; empty repeats the title."
    kind: Literal["assessor", "participant", "organiser"]
    "What somebody in this role does."
    norm: int | None = None
    "How many assessors are the rule; fewer needs a reason."
    wanted: bool = False
    "Whether the publication wants this role among the participants."
    is_subject: bool = False
    "Whether this is the subject itself, a student: known by the subject's code, the name stands with the subject."
    trait: tuple[Trait, ...] = ()
    "What is asked of who takes part in it."


class Option(Piece, frozen=True, kw_only=True):
    """One answer of a scale."""

    value: Value
    "What is stored; on an ordinal scale whole numbers can be averaged."
    title: str = ""
    "As shown; empty shows the value."
    key: str = ""
    "The key that chooses it."
    note: Literal["", "required"] = ""
    "Whether this answer needs a remark."


class Scale(Piece, frozen=True, kw_only=True):
    """The answers an item takes. Ordinal scales have an order and may be averaged; nominal ones never."""

    id: Id
    kind: Literal["ordinal", "nominal"]
    "ordinal: the options have an order; nominal: they have none."
    options: tuple[Option, ...]
    "The answers, in order."
    missing: tuple[str, ...] = ()
    "Reasons that may stand in place of an answer; empty means that an item must be answered."
    missing_title: str = "niet te beoordelen"
    "What the lack of an answer is called."


class Prompt(Piece, frozen=True, kw_only=True):
    """An interview question; the priority is kwartier's proposal and may be changed per assessment."""

    id: Id
    text: Text
    "The question."
    essential: bool = False
    "Whether it is proposed as essential, or for if there is time."


class Variant(Piece, frozen=True, kw_only=True):
    """The wording of an item for some parameter values only."""

    when: When
    "The parameter values that this wording is for; at most one may hold at once."
    statement: Text
    "The wording of the item."
    anchors: tuple[str, ...] = ()
    "A text per option of the scale, in order; empty keeps those of the item."


class ItemPart(Piece, frozen=True, kw_only=True):
    """A part of an item that is answered by itself: a behaviour under a competence, a goal beside a score."""

    id: Id
    title: Text
    "The behaviour, criterion or goal."
    scale: str = ""
    "The scale it has to be answered on; empty: it may be answered, on the scale of the item."
    when: When = field(default_factory=dict)
    "The parameter values for which it is asked."


class Item(Piece, frozen=True, kw_only=True):
    """One thing that is asked or scored."""

    id: Id
    title: Text
    "Title, as in the publication."
    short: str = ""
    "Short title of our own, for lists."
    source: str = ""
    "Place in the publication, shown beside the item."
    scale: str
    "The scale that it is answered on."
    statement: str = ""
    "What is scored; may be empty where `texts` has it for each parameter value."
    anchors: tuple[str, ...] = ()
    "None, or a text per option of the scale, in order."
    prompts: tuple[Prompt, ...] = ()
    "Interview questions."
    parts: tuple[ItemPart, ...] = ()
    "What is answered by itself under the item."
    texts: tuple[Variant, ...] = ()
    "The wording per parameter value; where none holds and `statement` is empty, the item is not asked."
    when: When = field(default_factory=dict)
    "The parameter values for which it is asked."
    beside: str = ""
    "Id of the item that it belongs to, as a goal belongs to a score: the texts of that item are shown with it."


class PointList(Piece, frozen=True, kw_only=True):
    """A list of points that belongs to a section and is read, not answered: its competences."""

    id: Id
    title: Text
    "Heading: algemene competenties."
    points: tuple[Text, ...]
    "The points, in order."
    source: str = ""
    "Place in the publication."


class Section(Piece, frozen=True, kw_only=True):
    """A theme, part or learning line."""

    id: SectionId
    title: Text
    "Title, as in the publication."
    short: str = ""
    "Short title of our own, for lists."
    part_word: str = ""
    "Plural of what a part of an item is called, in lower case: gedragskenmerken; empty: onderdelen."
    item: tuple[Item, ...] = ()
    "The items, in order; ids are unique over all sections."
    list: tuple[PointList, ...] = ()
    "What belongs to it and is read, not answered."
    when: When = field(default_factory=dict)
    "The parameter values for which it is asked."


class Fact(Piece, frozen=True, kw_only=True):
    """Something about the subject that is asked once, not scored."""

    id: Id
    title: Text
    "As it is asked."
    kind: Literal["number", "count", "date", "choice", "choices", "text", "yes-no"]
    "What kind of answer it takes; a count is a whole number."
    unit: str = ""
    "What a number counts, as in fte (36 uur)."
    minimum: int | None = None
    "The least that a number or count may be."
    maximum: int | None = None
    "The most that a number or count may be."
    options: tuple[str, ...] = ()
    "The answers of a choice or choices."
    required: bool = False
    "Whether the step is incomplete without it."
    short: str = ""
    "What it is called within a sentence, as in fte ervaringsdeskundigen."
    help: str = ""
    "What counts and what does not, for who answers."
    estimate: bool = False
    "Whether a number or count may also be given as about so much, as a range, or as unknown."
    at_most: str = ""
    "Id of the number or count that this one cannot exceed."
    when: When = field(default_factory=dict)
    "The parameter values for which it is asked."


class Stretch(Piece, frozen=True, kw_only=True):
    """Numbers for which an answer is suggested. An empty end is open; `above` and `below` leave the end itself out."""

    value: Value
    "The answer that is suggested."
    least: Number | None = None
    "From this number on."
    above: Number | None = None
    "From just above this number on."
    most: Number | None = None
    "Up to and including this number."
    below: Number | None = None
    "Up to just below this number."


class LookupTable(Piece, frozen=True, kw_only=True):
    """The stretches of one lookup, for every subject or for those of a certain size."""

    title: str = ""
    "For which subjects, within a sentence: kleine instelling."
    fact: str = ""
    "Id of the fact that says for which subjects it is; empty: for all."
    least: Number | None = None
    "From this number on."
    above: Number | None = None
    "From just above this number on."
    most: Number | None = None
    "Up to and including this number."
    below: Number | None = None
    "Up to just below this number."
    stretch: tuple[Stretch, ...]
    "What is suggested for which numbers; where stretches overlap, all that hold are suggested."


class Lookup(Piece, frozen=True, kw_only=True):
    """How facts suggest an answer to an item. It is never filled in by itself; the assessor decides."""

    item: Id
    "The item."
    fact: Id
    "The number, count, or choices (then: how many were chosen) that is looked up."
    per: str = ""
    "Id of the number that it is divided by."
    times: int = 1
    "What the quotient is multiplied by: 1000 for a number per 1000."
    unit: str = ""
    "What is looked up, within a sentence: fte per 1000 fte personeel."
    table: tuple[LookupTable, ...]
    "Where to look."


class Published(Piece, frozen=True, kw_only=True):
    """Means that a publication printed over a set of results, to show beside the computed ones."""

    source: Text
    "Where the results were taken over from: the source that their records name."
    when: When = field(default_factory=dict)
    "The parameter values of the results."
    of: int
    "How many results the means are of."
    total: Number | None = None
    "The mean of the totals, as printed."
    items: dict[str, Number] = field(default_factory=dict)
    "The mean per item, as printed."
    place: str = ""
    "Where it is printed."


class Band(Piece, frozen=True, kw_only=True):
    """A named stretch of the rounded total, both ends included."""

    title: Text
    "Name of the band."
    low: Number
    "The lowest rounded total in it."
    high: Number
    "The highest rounded total in it."


class Total(Piece, frozen=True, kw_only=True):
    """How answers are summed up. Means are exact inside and rounded once, half away from zero."""

    title: Text
    "What the total is called."
    method: Literal["mean", "none"] = "mean"
    "mean: of the answers that are whole numbers on an ordinal scale; none: there is no total."
    require: Literal["all", "any"] = "any"
    "all: without every item there is no total; any: the mean says of how many items it is."
    places: int = 1
    "Decimals that are shown, and that bands are looked up on."
    bands: tuple[Band, ...] = ()
    "Stretches of the total from low to high; none where the publication names none."
    note: str = ""
    "Whose convention this is."


class Background(Piece, frozen=True, kw_only=True):
    """A short text of the frame of reference or the conduct, for help and appendix."""

    id: Id
    title: Text
    "Heading."
    text: Text
    "The text; empty lines part paragraphs."
    source: str = ""
    "Place in the publication."


class Topic(Piece, frozen=True, kw_only=True):
    """Something that evidence can touch on beside the items: a critical situation of the profession."""

    id: Id
    title: Text
    "Short title."
    text: str = ""
    "What it is about."
    group: str = ""
    "The edition or list that it stands in, as a heading."
    source: str = ""
    "Place in the publication."


class Extract(Piece, frozen=True, kw_only=True):
    """A report of some steps alone, as the form of one assessment; there is one beside the whole report for each."""

    id: Id
    title: Text
    "Title of the report."
    steps: tuple[Id, ...]
    "The steps it is of, in order."
    signed_by: tuple[Id, ...] = ()
    "The roles that put their signature under it, on paper."
    note: str = ""
    "What is said at its top."


class ReportTexts(Piece, frozen=True, kw_only=True):
    """The fixed texts of a report."""

    title: Text
    "Title of the report."
    purpose: str = ""
    "What the instrument is for."
    limits: str = ""
    "What it does not say."
    method: str = ""
    "How it was done."
    wording: str = ""
    "That the wording is kwartier's own and the publication leads; also shown where is scored."
    scores: str = ""
    "How scores and means are to be read."
    agreement: str = ""
    "How agreement between assessors is to be read."
    before_after: str = ""
    "How a change between two assessments is to be read."
    actions: str = ""
    "What is said with the chosen actions."
    page_note: str = ""
    "A short line for every page: what kind of measurement it is, and whose wording."


class Content(Piece, frozen=True, kw_only=True):
    """content.toml: all that an instrument asks, in which steps, on which scales."""

    schema: Literal[1] = 1
    "Version of this form of content.toml."
    section_word: str = ""
    "What one section is called, in lower case: thema, deel, leerlijn."
    parameter: tuple[Parameter, ...] = ()
    "What is set when a record is made."
    role: tuple[Role, ...] = ()
    "Who takes part."
    scale: tuple[Scale, ...] = ()
    "The scales of items and parts."
    section: tuple[Section, ...] = ()
    "Themes, parts or learning lines, with their items."
    fact: tuple[Fact, ...] = ()
    "What is asked once about the subject."
    step: tuple[Step, ...] = ()
    "The steps, in order; `of` and `scored_on` point at earlier ones."
    lookup: tuple[Lookup, ...] = ()
    "How facts suggest answers."
    rule: tuple[Rule, ...] = ()
    "How answers and facts propose a verdict, in order."
    total: Total | None = None
    "How answers are summed up; without it there is no total."
    published: tuple[Published, ...] = ()
    "Means that a publication printed."
    background: tuple[Background, ...] = ()
    "Texts of the frame of reference and the conduct."
    topic_title: str = ""
    "What a topic is called, plural, in lower case: kritische beroepssituaties."
    topic: tuple[Topic, ...] = ()
    "What evidence can touch on beside the items."
    extract: tuple[Extract, ...] = ()
    "Reports of some steps alone."
    profile: Profile | None = None
    "The programme's own outcomes, laid over the items when the record was made; never in a plugin's content.toml."
    report: ReportTexts | None = None
    "The fixed texts of a report."

    def items(self) -> list[Item]:
        """All items in order, whatever their section."""
        return [item for section in self.section for item in section.item]


def as_tree(value: Struct) -> dict[str, object]:
    """The plain tables and arrays of a header or content, as they would be read from TOML."""
    tree: dict[str, object] = msgspec.to_builtins(value)
    return tree
