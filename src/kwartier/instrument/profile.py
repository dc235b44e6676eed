"""A programme profile: a programme's own outcomes, laid over the items of an instrument, as typed and frozen values.

It is a TOML file that a programme writes. Which item belongs to which outcome is for the programme to say (`link`).
"""

from __future__ import annotations

from msgspec import field

from kwartier.instrument.piece import Id, Piece, Text, When


class ProfileTask(Piece, frozen=True, kw_only=True):
    """A task of the profession, as the programme orders its outcomes."""

    id: Id
    title: Text
    "As the programme calls it."
    text: str = ""
    "What it is about."


class ProfileOutcome(Piece, frozen=True, kw_only=True):
    """An outcome of the programme's own."""

    id: Id
    title: Text
    "As the programme calls it."
    task: str = ""
    "Id of the task that it belongs to; empty: none."
    text: str = ""
    "What it is about."


class ProfileModule(Piece, frozen=True, kw_only=True):
    """A part of the programme, with its study load."""

    id: Id
    title: Text
    "As the programme calls it."
    ec: int | None = None
    "Study load in EC (28 hours each)."
    text: str = ""
    "What it is about."
    outcomes: tuple[str, ...] = ()
    "Ids of the programme's outcomes that it works on, where the programme says so."


class ProfileLink(Piece, frozen=True, kw_only=True):
    """That an item serves an outcome of the programme; one item may serve several."""

    outcome: Id
    "Id of an outcome of the programme."
    item: Id
    "Id of an item of the instrument."


class ProfileOption(Piece, frozen=True, kw_only=True):
    """An answer of the programme's own scale."""

    value: str
    "What is stored."
    title: str = ""
    "As shown; empty shows the value."
    key: str = ""
    "The key that chooses it."


class Profile(Piece, frozen=True, kw_only=True):
    """A programme and its own outcomes."""

    schema: int = 1
    "Version of this form of a profile."
    id: Id
    "Name of the profile in commands and files; never changes."
    instrument: Id
    "The instrument that it lies over."
    title: Text
    "Name of the programme."
    school: str = ""
    "Who gives it."
    edition: str = ""
    "Year or version of the programme."
    source: str = ""
    "Where it is described."
    rights: str = ""
    "Who holds the rights to what it is taken from."
    when: When = field(default_factory=dict)
    "The parameter values that it is for: niveau = [7]."
    sections: tuple[str, ...] = ()
    "Ids of the sections whose items are to be linked to outcomes; empty: all."
    outcome_word: str = "leeruitkomst"
    "What an outcome of the programme is called, in lower case."
    outcome_words: str = "leeruitkomsten"
    "The same, plural."
    item_words: str = ""
    "What the programme calls the items, plural, in lower case; empty: as the instrument does."
    note: str = ""
    "What has to be known of it."
    task: tuple[ProfileTask, ...] = ()
    "Tasks, in order."
    outcome: tuple[ProfileOutcome, ...] = ()
    "The programme's outcomes, in order."
    module: tuple[ProfileModule, ...] = ()
    "Modules, in order."
    link: tuple[ProfileLink, ...] = ()
    "Which items serve which outcomes."
    scale: str = ""
    "Id of the scale that the programme sets otherwise."
    option: tuple[ProfileOption, ...] = ()
    "The answers of that scale, in order."
