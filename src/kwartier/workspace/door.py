"""The workspace: one data folder, opened. Every method is one thing that a user can do or ask.

The work itself stands in the modules beside this one, each with one subject; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Any

from kwartier.errors import KwartierError
from kwartier.instrument.describe import describe
from kwartier.instrument.model import AnyStep, Content, PeopleStep, Profile
from kwartier.instrument.profiling import Unlinked
from kwartier.instrument.selection import step as step_by_id
from kwartier.plugins.host import Host
from kwartier.plugins.listing import Listing
from kwartier.records.organisation import Organisation, Placement, Subject
from kwartier.records.tree import Tree
from kwartier.store.folder import DataFolder
from kwartier.store.journal import abandon
from kwartier.store.refs import Ref, parse_ref
from kwartier.store.sweeping import Swept
from kwartier.workflow.due import Due
from kwartier.workflow.outcome import Outcome
from kwartier.workflow.state import StepState
from kwartier.workflow.suggesting import Suggestion
from kwartier.workflow.was import ItemChange
from kwartier.workspace import (
    assessments,
    assessors,
    checkup,
    copies,
    documents,
    encrypting,
    handover,
    interviews,
    organisations,
    outcomes,
    outside,
    paper,
    participants,
    placements,
    profiles,
    redacting,
    renewing,
    settling,
    sheets,
    steps,
    subjects,
    summaries,
    taking,
    wordings,
)
from kwartier.workspace.assessors import Assessor
from kwartier.workspace.beginning import Beginning
from kwartier.workspace.demo_day import clock_of
from kwartier.workspace.handed import Handed, handed_in
from kwartier.workspace.places import data_folder
from kwartier.workspace.profiles import Programme
from kwartier.workspace.shelf import Clock, Shelf

if TYPE_CHECKING:
    from kwartier.analysis.cohort import Group
    from kwartier.analysis.compared import Compared
    from kwartier.analysis.coverage import Coverage
    from kwartier.analysis.ladder import Ladder
    from kwartier.analysis.ladder import Step as LadderStep
    from kwartier.instrument.letters import Letter
    from kwartier.records.files import AttachedFile
    from kwartier.reports.document import Document, Table
    from kwartier.workspace.action_points import ActionPoint
    from kwartier.workspace.compared_instruments import Offered
    from kwartier.workspace.comparing import Chosen
    from kwartier.workspace.desk import Desk
    from kwartier.workspace.earlier import Earlier
    from kwartier.workspace.erasing import Erased, WouldErase
    from kwartier.workspace.exporting import Given
    from kwartier.workspace.exports import Exported
    from kwartier.workspace.exports import Wish as Wanted
    from kwartier.workspace.importing import Seen
    from kwartier.workspace.importing_values import Wish, Written
    from kwartier.workspace.judged import Judged
    from kwartier.workspace.letters import Offered as LetterOffered
    from kwartier.workspace.letters_made import Made as LetterMade
    from kwartier.workspace.many_reports import ReportsMade, ReportsWanted
    from kwartier.workspace.overview import Overview
    from kwartier.workspace.portfolios_taken import PortfolioTaken
    from kwartier.workspace.portrait import Portrait
    from kwartier.workspace.programme_use import Behind
    from kwartier.workspace.series import Candidate, OverTime
    from kwartier.workspace.students import Student
    from kwartier.workspace.timeline import TimeLine
    from kwartier.workspace.workplaces import Workplace


class Workspace:
    """A data folder with the installed instruments. `clock` and `random` make demo data and tests repeatable."""

    def __init__(
        self,
        folder: DataFolder,
        *,
        host: Host | None = None,
        clock: Clock | None = None,
        random: Random | None = None,
    ) -> None:
        self._random = random or SystemRandom()
        self._shelf = Shelf(folder, host or Host(), clock or clock_of(folder.path), self._random)
        self.swept = Swept()

    @classmethod
    @contextmanager
    def open(cls, path: Path | None = None, **settings: Any) -> Iterator[Workspace]:
        """Opens a folder (making it where it is not there) and first finishes what a crash cut off."""
        workspace = cls(DataFolder.create_or_open(path or data_folder()), **settings)
        workspace.swept = workspace._shelf.folder.sweep()
        yield workspace

    @classmethod
    def peek(cls, path: Path | None = None) -> Workspace | None:
        """The folder as it is, without making or finishing anything; None where it is not there."""
        folder = path or data_folder()
        return cls(DataFolder.open(folder)) if folder.is_dir() else None

    def at(self, moment: datetime) -> Workspace:
        """The same folder, instruments and chance as of another moment, for who makes demo data."""
        other = Workspace(self._shelf.folder, host=self._shelf.host, random=self._random)
        other._shelf = self._shelf.with_clock(lambda: moment)
        return other

    @property
    def path(self) -> Path:
        """The data folder."""
        return self._shelf.folder.path

    @property
    def read_only(self) -> str:
        """Why nothing can be saved in this folder (Dutch); empty where it can be."""
        try:
            self._shelf.folder.check_writable()
        except KwartierError as error:
            return f"{error.message} {error.advice or ''}".strip()
        return ""

    @property
    def today(self) -> date:
        """The present day by the workspace's clock."""
        return self._shelf.today()

    @property
    def now(self) -> datetime:
        """The present moment by the workspace's clock, in whole seconds."""
        return self._shelf.now()

    # -- instruments and wording

    def instruments(self) -> list[Listing]:
        """Every installed instrument with its state."""
        return self._shelf.host.listings()

    def load_instruments(self) -> None:
        """Loads every usable instrument, so that its state is known for sure."""
        for listing in self.instruments():
            if listing.usable:
                with suppress(KwartierError):
                    self._shelf.host.open(listing.id)

    def describe(self, instrument: str) -> Tree:
        """What an instrument asks, for lists and programs."""
        opened = self._shelf.host.open(instrument)
        return describe(opened.header, opened.content)

    def content(self, instrument: str) -> Content:
        """The content of an instrument as its plugin has it now."""
        return self._shelf.host.open(instrument).content

    def new_wording(self, instrument: str) -> str:
        """A file for the official wording, to fill in."""
        return wordings.new(self._shelf.host, instrument)

    def check_wording(self, path: Path) -> tuple[str, list[Any]]:
        """The instrument a wording file is for, and what does not fit or is missing."""
        header, found = wordings.check(self._shelf.host, path)
        return header.id, found

    def use_wording(self, path: Path) -> wordings.InUse:
        """Uses a wording file from now on."""
        return wordings.use(self._shelf.host, path)

    def drop_wording(self, instrument: str) -> bool:
        """Goes back to kwartier's wording."""
        return wordings.drop(self._shelf.host, instrument)

    def wording_in_use(self, instrument: str) -> wordings.InUse | None:
        """The wording file that is used for an instrument."""
        return wordings.in_use(self._shelf.host.open(instrument).header)

    # -- letters and paper

    def letters(self, instrument: str) -> list[LetterOffered]:
        """The letters and forms of an instrument; own versions are said to be so, damaged ones why."""
        from kwartier.workspace import letters

        return letters.offered(self._shelf.host, instrument)

    def new_letter(self, instrument: str, id: str, *, blank: bool = False) -> str:
        """A letter as a file to edit; with `blank` one to begin with where there is none."""
        from kwartier.workspace import letters

        return letters.new(self._shelf.host, instrument, id, blank=blank)

    def use_letter(self, path: Path, *, overwrite: bool = False) -> Letter:
        """Uses an own version of a letter from now on."""
        from kwartier.workspace import letters

        return letters.use(self._shelf.host, path, overwrite=overwrite)

    def drop_letter(self, instrument: str, id: str) -> bool:
        """Goes back to the letter of the instrument."""
        from kwartier.workspace import letters

        return letters.drop(self._shelf.host, instrument, id)

    def letter(self, ref: str, id: str, *, who: str | None = None, given: Mapping[str, str] | None = None) -> Document:
        """A letter or form of a record, for a participant (`who`) or for all; `given` are values by field."""
        from kwartier.workspace import letters_made

        return letters_made.document(self._shelf, ref, id, who, given or {})

    def letters_for_all(self, ref: str, id: str, given: Mapping[str, str] | None = None) -> list[LetterMade]:
        """A letter for each participant who did not say no."""
        from kwartier.workspace import letters_made

        return letters_made.for_all(self._shelf, ref, id, given or {})

    # -- programme profiles and the ladder

    def profiles(self) -> list[Programme]:
        """The programme profiles of the data folder, then the examples that instruments bring."""
        return profiles.every(self._shelf)

    def profile(self, id: str) -> Profile:
        """A profile of the data folder, or else an example."""
        return profiles.find(self._shelf, id)

    def unlinked(self, id: str) -> Unlinked:
        """The items and the outcomes of a profile that are not linked yet."""
        return profiles.not_linked(self._shelf, id)

    def new_profile(self, instrument: str) -> str:
        """A file to begin a profile with."""
        return profiles.new(self._shelf, instrument)

    def check_profile(self, path: Path) -> Profile:
        """The profile in a file. Raises `Mistaken` with everything that is wrong."""
        return profiles.check(self._shelf, path)

    def use_profile(self, id: str) -> Profile:
        """Copies an example into the data folder."""
        return profiles.use(self._shelf, id)

    def save_profile(self, given: Path | Tree, *, overwrite: bool = False) -> Profile:
        """Keeps a profile from a file, or from a tree."""
        return profiles.save(self._shelf, given, overwrite=overwrite)

    def link(self, profile: str, item: str, outcomes: Sequence[str]) -> Profile:
        """An item serves exactly these outcomes of a profile from now on; none unlinks it."""
        return profiles.link(self._shelf, profile, item, outcomes)

    def behind(self, profile: str) -> Behind:
        """The unfinished records that hold this profile as it was before; `renew` brings each up to date."""
        from kwartier.workspace import programme_use

        return programme_use.behind(self._shelf, profile)

    def ladder(self, instrument: str, items: Collection[str] = (), profile: str = "") -> Ladder:
        """How the texts of items grow over the levels, with what is new marked."""
        from kwartier.workspace import ladders

        return ladders.ladder(self._shelf, instrument, items, profile)

    def ladder_of(self, ref: str | Ref, items: Collection[str] = ()) -> Ladder:
        """The same in the content that a record was made with."""
        from kwartier.workspace import ladders

        return ladders.of_record(self._shelf, ref, items)

    def ladder_steps(
        self, instrument: str, lower: object, upper: object, items: Collection[str] = ()
    ) -> tuple[LadderStep, ...]:
        """Per item what is the same, changed, added or gone from one level to another."""
        from kwartier.workspace import ladders

        return ladders.steps(self._shelf, instrument, lower, upper, items)

    def ladder_steps_of(self, ref: str | Ref, upper: object, items: Collection[str] = ()) -> tuple[LadderStep, ...]:
        """The same for a record, from the level that it is at."""
        from kwartier.workspace import ladders

        return ladders.steps_of_record(self._shelf, ref, upper, items)

    # -- organisations, people, subjects

    def add_organisation(self, name: str, **details: Any) -> str:
        """A new organisation: `kind`, `clients`, `part_of`, `note`. Gives its slug."""
        return organisations.add(self._shelf, name, details)

    def change_organisation(self, slug: str, **details: Any) -> Organisation:
        """Corrects an organisation; an empty text takes a detail away."""
        return organisations.change(self._shelf, slug, details)

    def organisations(self) -> list[tuple[str, Organisation | None]]:
        """All organisations; None where the file cannot be read."""
        return organisations.every(self._shelf)

    def organisation(self, slug: str) -> Organisation:
        """One organisation."""
        return self._shelf.organisation(slug)

    def names(self, slug: str) -> dict[str, str]:
        """The names behind the codes of an organisation, with those of its students as far as they are unlocked."""
        return {**organisations.names(self._shelf, slug).names(), **subjects.names(self._shelf, slug)}

    def people(self, slug: str) -> dict[str, str]:
        """The same of those who fill in, take part or are a contact: what stands in people.toml."""
        return organisations.names(self._shelf, slug).names()

    def rename_person(self, slug: str, who: str, name: str) -> dict[str, Any]:
        """Another name behind a code."""
        return organisations.change_codes(self._shelf, slug, who, name=name)

    def erase_person(self, slug: str, who: str) -> dict[str, Any]:
        """Erases a name; the code stays. Says in which records it stands."""
        return organisations.change_codes(self._shelf, slug, who, name=None)

    def add_subject(self, slug: str, code: str, name: str = "", **details: Any) -> str:
        """A student or workplace of an organisation: `kind`, `team`, `place`, `setting`, `levels`, `note`, `ended`."""
        return subjects.add(self._shelf, slug, code, {**details, "name": name or None})

    def change_subject(self, slug: str, code: str, **details: Any) -> Subject:
        """Corrects what is known of a student or workplace; an empty text takes a detail away."""
        return subjects.change(self._shelf, slug, code, details)

    def subjects(self, slug: str) -> list[str]:
        """The codes of the students and workplaces of an organisation."""
        return self._shelf.folder.subjects(slug)

    def subject(self, slug: str, code: str) -> Subject:
        """All that is known of a student or workplace."""
        return subjects.subject(self._shelf, slug, code)

    def free_code(self, slug: str, name: str) -> str:
        """A code for a workplace with this name that is not in use."""
        return subjects.free_code(self._shelf, slug, name)

    def encrypt_student(self, slug: str, code: str, passphrase: str) -> int:
        """Encrypts every file of a student, all or none; gives how many. Afterwards the student is locked.

        A lost passphrase means lost data, which is to be said first: `kwartier.workspace.encrypting.WARNING`.
        """
        return encrypting.encrypt(self._shelf, slug, code, passphrase)

    def decrypt_student(self, slug: str, code: str) -> int:
        """Puts every file of an unlocked student in clear again; gives how many."""
        return encrypting.decrypt(self._shelf, slug, code)

    def unlock_student(self, slug: str, code: str, passphrase: str) -> None:
        """Makes an encrypted student readable in this process; raises `Refused` for another passphrase."""
        encrypting.unlock(self._shelf, slug, code, passphrase)

    def lock_student(self, slug: str, code: str) -> None:
        """Makes an encrypted student unreadable in this process again."""
        encrypting.lock(self._shelf, slug, code)

    def change_passphrase(self, slug: str, code: str, old: str, new: str) -> None:
        """Another passphrase for an encrypted student; the files stay as they are."""
        encrypting.change_passphrase(self._shelf, slug, code, old, new)

    def is_encrypted(self, slug: str, code: str) -> bool:
        """Whether the files of a student are encrypted, unlocked here or not."""
        return encrypting.is_encrypted(self._shelf, slug, code)

    def is_unlocked(self, slug: str, code: str) -> bool:
        """Whether an encrypted student can be read in this process."""
        return encrypting.is_unlocked(self._shelf, slug, code)

    def students(self, slug: str) -> list[Student]:
        """The students of an organisation: where each stands; of one that is locked what is known without opening."""
        from kwartier.workspace import students

        return students.every(self._shelf, slug)

    def student(self, slug: str, code: str) -> Student:
        """One of them. Raises `Refused` where it is not there, or is no student."""
        from kwartier.workspace import students

        return students.one(self._shelf, slug, code)

    def workplace(self, slug: str, code: str) -> Workplace:
        """A student or workplace with what was found of it, as in the list."""
        from kwartier.workspace import workplaces

        return workplaces.of(self._shelf, slug, code)

    def workplaces(
        self,
        slug: str | None = None,
        *,
        kind: str = "workplace",
        progress: Callable[[int, int], None] = lambda done, of: None,
    ) -> list[Workplace]:
        """The workplaces of an organisation, or of all; with `kind` empty the students too."""
        from kwartier.workspace import workplaces

        return workplaces.every(self._shelf, [slug] if slug else None, kind, progress)

    def add_placement(self, slug: str, code: str, **details: Any) -> Placement:
        """A student is placed: `student` (a code), `start`, `end`, `supervisor`, `level`, `note`."""
        return placements.add(self._shelf, slug, code, details)

    def change_placement(self, slug: str, code: str, which: str, **details: Any) -> Placement:
        """Corrects a placement, told by its id, its number in the list, or its student."""
        return placements.change(self._shelf, slug, code, which, details)

    def remove_placement(self, slug: str, code: str, which: str) -> Tree:
        """Takes a placement away; gives what it was, for `put_placement_back`."""
        return placements.remove(self._shelf, slug, code, which)

    def put_placement_back(self, slug: str, code: str, row: Tree) -> None:
        """A placement that was taken away, as it was."""
        placements.put_back(self._shelf, slug, code, row)

    def actions(self, slug: str) -> list[ActionPoint]:
        """The action points of an organisation, over all its records."""
        from kwartier.workspace import action_points

        return action_points.every(self._shelf, slug)

    def portrait(self, slug: str) -> Portrait:
        """An organisation as a whole: who it is, its records, action points and agenda."""
        from kwartier.workspace import portrait

        return portrait.of(self._shelf, slug)

    # -- the life of what is kept of a student

    def retain(self, slug: str, code: str, until: date | str) -> date | None:
        """Sets until when what is kept of a student may be kept; an empty text takes the day away."""
        from kwartier.workspace import retaining

        return retaining.retain(self._shelf, slug, code, until)

    def retained(self, slug: str, code: str) -> date | None:
        """Until when what is kept of a student may be kept, also of one that is locked."""
        from kwartier.workspace import retaining

        return retaining.retained(self._shelf, slug, code)

    def export_student(self, slug: str, code: str, path: Path, *, overwrite: bool = False) -> Given:
        """Everything about one student in a folder, or a zip where the path ends so: readable and as TOML."""
        from kwartier.workspace import exporting

        return exporting.export(self._shelf, slug, code, path, overwrite=overwrite)

    def decision(self, slug: str, code: str) -> Document:
        """What a programme keeps of a student: what was agreed on, without what it rests on."""
        from kwartier.workspace import decision

        return decision.document(self._shelf, slug, code)

    def write_decision(self, slug: str, code: str, path: Path, *, overwrite: bool = False) -> tuple[Path, Path]:
        """The same outside the data folder, to read and as TOML."""
        from kwartier.workspace import decision

        return decision.write(self._shelf, slug, code, path, overwrite=overwrite)

    def erase_student(
        self, slug: str, code: str, keep_decision: Path | None = None, *, overwrite: bool = False
    ) -> Erased:
        """Erases a student with everything of theirs, after writing the decision; tells what it cannot reach."""
        from kwartier.workspace import erasing

        return erasing.erase(self._shelf, slug, code, keep_decision, overwrite=overwrite)

    def would_erase(self, slug: str, code: str) -> WouldErase:
        """How much of a student there is to erase; also of one that is locked."""
        from kwartier.workspace import erasing

        return erasing.would_erase(self._shelf, slug, code)

    def give_portfolio(
        self,
        slug: str,
        code: str,
        path: Path,
        passphrase: str,
        to: str = "",
        *,
        by_student: bool = False,
        overwrite: bool = False,
    ) -> Given:
        """Everything of a student that `to` (a code; else the student) may read, as one locked file to go elsewhere."""
        from kwartier.workspace import portfolios_given

        wish = portfolios_given.Wish(to=to, by_student=by_student, overwrite=overwrite)
        return portfolios_given.give(self._shelf, slug, code, path, passphrase, wish)

    def take_portfolio(
        self,
        path: Path,
        slug: str,
        passphrase: str | None,
        code: str = "",
        *,
        new_organisation: str = "",
        differing: str = "",
    ) -> PortfolioTaken:
        """Takes such a file into an organisation; `differing` ("hier", "bestand") says which of two versions holds.

        With neither a slug nor a new one it goes to the organisation that the file names, which may be made for it.
        """
        from kwartier.workspace import portfolios_taken

        wish = portfolios_taken.Wish(slug=slug, code=code, new_organisation=new_organisation, differing=differing)
        return portfolios_taken.take(self._shelf, path, passphrase, wish)

    # -- assessments

    def start(self, instrument: str, organisation: str, *, day: date, **more: Any) -> str:
        """A new record: `people`, `subject`, `parameters`, `follows`, `reason`. Gives its reference.

        With `new_organisation` and `new_subject` (their details) these are made in the same operation.
        """
        begin = Beginning(organisation=organisation, instrument=instrument, date=day, **more)
        return assessments.start(self._shelf, begin)

    def take_over(
        self,
        instrument: str,
        organisation: str,
        given: Tree,
        *,
        day: date,
        source: str,
        place: str = "",
        **more: Any,
    ) -> str:
        """A record of what was done on paper: definitive answers only. Gives its reference."""
        begin = Beginning(organisation=organisation, instrument=instrument, date=day, **more)
        return paper.take_over(self._shelf, begin, given, source, place=place)

    def preview_tables(self, wish: Wish, *, progress: Callable[[int, int], None] = lambda done, of: None) -> Seen:
        """What taking over results from tables would do, and what is wrong with them. Changes nothing."""
        from kwartier.workspace import importing  # only who does this pays for importing it

        return importing.preview(self._shelf, wish, progress)

    def import_tables(
        self,
        seen: Seen,
        *,
        good_rows: bool = False,
        changes: bool = False,
        progress: Callable[[int, int], None] = lambda done, of: None,
    ) -> Written:
        """Writes what was previewed: new records and additions, and with `changes` also what becomes different."""
        from kwartier.workspace import importing

        return importing.write(self._shelf, seen, good_rows=good_rows, changes=changes, progress=progress)

    def assessments(self, slug: str) -> list[Ref]:
        """The records of an organisation."""
        return list(assessments.every(self._shelf, slug))

    def summary(self, ref: str | Ref, *, viewer: str | None = None) -> summaries.Summary:
        """A record in one line, for lists and the index; holds nothing that is not revealed."""
        return summaries.summary(self._shelf, ref, viewer)

    def correct(self, ref: str, *, day: date | None = None, follows: str | None = None) -> None:
        """Another date, or another record before it."""
        assessments.correct(self._shelf, ref, day=day, follows=follows)

    def renew(self, ref: str) -> list[str]:
        """Moves an unfinished record to the present content of its instrument."""
        return renewing.renew(self._shelf, ref)

    def join(self, ref: str, who: Assessor, *, replaces: str = "", reason: str = "") -> str:
        """Somebody who joins, perhaps for somebody else. Gives the code."""
        return assessors.join(self._shelf, ref, who, replaces=replaces, reason=reason)

    def stop(self, ref: str, who: str, *, reason: str, sure: bool = False) -> None:
        """Somebody who stops."""
        assessors.stop(self._shelf, ref, who, reason=reason, sure=sure)

    def set_traits(self, ref: str, who: str, traits: Mapping[str, bool | None]) -> dict[str, bool]:
        """What is said of the traits that a role asks; None takes it back. Gives all that is said of this person."""
        return assessors.set_traits(self._shelf, ref, who, traits)

    def give_reason(self, ref: str, finding: str, reason: str) -> None:
        """The reason for a departure from the instrument."""
        assessments.give_reason(self._shelf, ref, finding, reason)

    # -- the work

    def code_of(self, ref: str, who: str | None) -> str | None:
        """The code of somebody who fills in, from a name or a code."""
        return steps.code_of(self._shelf, ref, who)

    def step(self, ref: str, step: str) -> AnyStep:
        """A step of a record's instrument."""
        return step_by_id(self._shelf.case(ref).content, step)

    def blank(self, ref: str, step: str | None, *, person: str | None = None) -> str:
        """A form as a TOML text with what is there, to fill in and give back."""
        from kwartier.workflow.blank import blank

        return steps.form(self._shelf, ref, step, person, blank)

    def change(self, ref: str, step: str | None, given: Tree, *, person: str | None = None, place: str = "") -> str:
        """Fills in (a part of) a step. Gives the step's id."""
        return steps.change(self._shelf, ref, step, given, person, place=place)

    def step_to_seal(self, ref: str, person: str) -> str:
        """The score step in which somebody still has to seal; else the last one."""
        return steps.score_step_of(self._shelf.case(ref), steps.code_of(self._shelf, ref, person)).id

    def seal(self, ref: str, person: str, *, step: str | None = None) -> bool:
        """Seals somebody's sheet; tells whether the scores now lie side by side."""
        return sheets.seal(self._shelf, ref, person, step_id=step)

    def would_reveal(self, ref: str, person: str, *, step: str | None = None) -> bool:
        """Whether sealing this sheet would lay the scores side by side."""
        return sheets.would_reveal(self._shelf, ref, person, step)

    def reopen(self, ref: str, person: str, *, reason: str, step: str | None = None) -> None:
        """Reopens somebody's own sheet, before the reveal."""
        sheets.reopen(self._shelf, ref, person, reason=reason, step_id=step)

    def mistake(self, ref: str, person: str, item: str, *, reason: str, step: str | None = None) -> None:
        """Names a sealed answer a mistake."""
        sheets.mistake(self._shelf, ref, person, item, reason=reason, step_id=step)

    def finalise(self, ref: str, *, by: str | None = None, on: date | None = None) -> int:
        """Makes the report definitive; gives the number of the version."""
        return settling.finalise(self._shelf, ref, by=by, on=on)

    def unfinished(self, ref: str) -> list[StepState]:
        """The steps that the report fixes and that are not done."""
        return settling.unfinished(self._shelf, ref)

    def reopen_report(self, ref: str, *, reason: str) -> None:
        """Opens a definitive record again."""
        settling.reopen_report(self._shelf, ref, reason=reason)

    def destroy_notes(self, ref: str, person: str) -> None:
        """Destroys somebody's raw notes."""
        interviews.destroy_notes(self._shelf, ref, person)

    def keep_notes_until(self, ref: str, person: str, day: date) -> None:
        """Sets the day on which somebody's raw notes are to be destroyed."""
        interviews.set_destruction(self._shelf, ref, person, day)

    def people_step(self, ref: str) -> PeopleStep:
        """The step in which participants stand."""
        return participants.people_step(self._shelf.case(ref).content, ref)

    def add_participant(self, ref: str, role: str, *, name: str = "", **details: Any) -> str:
        """Somebody who is interviewed: `letter`, `consent`, `audio`, `note`. Gives the code."""
        return participants.add(self._shelf, ref, role, name, details)

    def correct_participant(self, ref: str, who: str, **details: Any) -> str:
        """The same details of somebody who is there already. Gives the code."""
        return participants.correct(self._shelf, ref, who, details)

    def withdraw(self, ref: str, participant: str) -> list[str]:
        """A participant withdraws; gives what has to go, in Dutch lines."""
        return participants.withdraw(self._shelf, ref, participant)

    def redact(self, ref: str, item: str) -> int:
        """Erases what stood at an item before its present text; gives how many texts that were."""
        return redacting.redact(self._shelf, ref, item)

    def desk(self, ref: str, *, viewer: str | None = None) -> Desk:
        """A record to work on at a screen, for who sits at the keyboard."""
        from kwartier.workspace.desk import Desk

        return Desk(self._shelf, ref, steps.code_of(self._shelf, ref, viewer))

    def last_saved(self, ref: str) -> datetime | None:
        """When a file of a record, or of its organisation, was last written."""
        newest = max((time for _, _, time, _ in self._shelf.folder.stamp(parse_ref(ref))), default=None)
        return datetime.fromtimestamp(newest / 1e9).astimezone() if newest is not None else None

    # -- what follows from it

    def see(self, ref: str | Ref, *, viewer: str | None = None) -> outcomes.Seen:
        """A record as a viewer may see it."""
        return outcomes.see(self._shelf, ref, viewer)

    def situation(self, ref: str | Ref, *, viewer: str | None = None) -> outcomes.Situation:
        """The steps of a record and what stands out."""
        return outcomes.situation(self._shelf, ref, viewer)

    def coverage(self, ref: str | Ref, viewer: str | None = None) -> Coverage:
        """Which evidence serves which item of a record, as a viewer may know it."""
        from kwartier.workspace import coverage

        return coverage.coverage(self._shelf, ref, viewer)

    def group(
        self,
        slugs: str | Sequence[str],
        instrument: str = "",
        *,
        parameters: Mapping[str, object] | None = None,
        profile: str = "",
        apart: bool = False,
        progress: Callable[[int, int], None] = lambda done, of: None,
    ) -> Group:
        """The students of organisations in counts, without names; with `apart` each level by itself."""
        from kwartier.workspace import groups

        every = [slugs] if isinstance(slugs, str) else slugs
        more = parameters or {}
        return groups.group(
            self._shelf, every, instrument, parameters=more, profile=profile, apart=apart, progress=progress
        )

    def write_group(
        self, path: Path, found: Group, *, title: str = "", small: bool = False, overwrite: bool = False
    ) -> None:
        """Writes those counts as a table, as values or as a report, by the name of the file.

        Of fewer than five students only with `small`.
        """
        from kwartier.workspace import groups

        made = groups.group_file(self._shelf, found, groups.ending_of(path), title=title, small=small)
        outside.write(path, made, overwrite=overwrite)

    def outcome(self, ref: str | Ref, *, viewer: str | None = None, step: str = "") -> Outcome:
        """Scores and agreement, or why there are none yet; of the last step that is scored, or of the named one."""
        return outcomes.outcome(self._shelf, ref, viewer, step)

    def proposals(self, ref: str | Ref, *, step: str = "") -> list[Tree]:
        """The rows that confirm what all gave alike and is not agreed on yet."""
        return outcomes.proposals(self._shelf, ref, step)

    def earlier_judgements(self, ref: str | Ref) -> Mapping[str, Judged]:
        """By item the newest agreed judgement in the records before this one; it counts where it is taken over."""
        from kwartier.workspace import judged

        return judged.earlier_judgements(self._shelf, ref)

    def item_changes(self, ref: str | Ref, *, against: str | Ref = "") -> list[ItemChange]:
        """What became of every item since the record that this one follows, or another: same, changed, new, gone."""
        from kwartier.workspace import earlier

        return earlier.changes(self._shelf, ref, against)

    def suggestions(self, ref: str | Ref) -> list[Suggestion]:
        """Answers that the facts of a record suggest, and why; the assessor decides."""
        return outcomes.suggestions(self._shelf, ref)

    def earlier(self, ref: str, *, viewer: str | None = None) -> Earlier:
        """What stood in the record that this one follows, in the steps that were carried on from it."""
        from kwartier.workspace import earlier

        seen = outcomes.see(self._shelf, ref, viewer)
        return earlier.of(self._shelf, seen.record, seen.content, viewer)

    def compare(self, ref: str | Ref, against: str | Ref, *, viewer: str | None = None) -> outcomes.Comparison:
        """A record against an earlier one."""
        return outcomes.compare(self._shelf, ref, against, viewer)

    def compare_organisations(
        self,
        chosen: Chosen,
        *,
        progress: Callable[[int, int], None] = lambda done, of: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Compared | None:
        """Organisations side by side on one instrument; None where it was cancelled."""
        from kwartier.workspace import comparing

        return comparing.compare_organisations(self._shelf, chosen, progress, cancelled)

    def instruments_to_compare(self, own: str = "") -> list[Offered]:
        """The instruments with something to compare; where `own` (a slug) has records, only those it has one of."""
        from kwartier.workspace import compared_instruments

        return compared_instruments.offered(self._shelf, own)

    def over_time(self, refs: Sequence[str | Ref], *, viewer: str | None = None) -> OverTime:
        """Two or more records of one instrument in the order of their dates: what changed, and what became of it."""
        from kwartier.workspace import series

        return series.of(self._shelf, refs, viewer)

    def time_lines(
        self, slug: str, *, viewer: str | None = None, subject: str = "", instrument: str | None = None
    ) -> list[TimeLine]:
        """The records of two instruments side by side, by the crosswalks that instruments bring."""
        from kwartier.workspace import timeline

        return timeline.chosen(timeline.every(self._shelf, slug, viewer, subject), instrument, slug)

    def time_lines_of(self, ref: str | Ref, *, viewer: str | None = None) -> list[TimeLine]:
        """The time lines on which a record stands."""
        from kwartier.workspace import timeline

        return timeline.of_record(self._shelf, ref, viewer)

    def same_instrument(self, ref: str | Ref) -> list[Candidate]:
        """All records that can be compared with one another, this one among them, oldest first."""
        from kwartier.workspace import series

        return series.candidates(self._shelf, ref)

    def comparable(self, ref: str | Ref) -> list[str]:
        """The earlier records that this one can be compared with, the one that it follows first."""
        return outcomes.comparable(self._shelf, ref)

    def exported(
        self, ref: str | Ref, *, against: str | Ref | None = None, viewer: str | None = None, step: str = ""
    ) -> Tree:
        """The outcome for other programs, perhaps beside an earlier one; see `kwartier.reports.exported`."""
        return outcomes.exported(self._shelf, ref, against, viewer, step)

    def export_data(self, wish: Wanted, *, progress: Callable[[int, int], None] = lambda done, of: None) -> Exported:
        """Writes data of records outside the data folder, as everybody may see them; a record at a time."""
        from kwartier.workspace import exports

        return exports.export(self._shelf, wish, progress)

    def document(
        self,
        ref: str,
        *,
        against: str | None = None,
        agreement: bool = True,
        variant: documents.Variant = documents.FULL,
        viewer: str | None = None,
        names: bool = True,
    ) -> Document:
        """The report as a neutral document, one of `documents.variants`; as a viewer may read it."""
        return documents.document(
            self._shelf, ref, viewer, against=against, agreement=agreement, variant=variant, names=names
        )

    def write_reports(
        self,
        wanted: ReportsWanted,
        *,
        progress: Callable[[int, int], None] = lambda done, of: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ReportsMade:
        """The reports of many records into one folder; what stands there already is left."""
        from kwartier.workspace import many_reports

        return many_reports.write_reports(self._shelf, wanted, progress, cancelled)

    def portfolio(self, ref: str | Ref, *, viewer: str | None = None) -> tuple[Tree, list[Table]]:
        """A portfolio as plain values, see `kwartier.reports.portfolio_tree`, and as tables to read."""
        return documents.portfolio(self._shelf, ref, viewer)

    def questions(
        self, instrument: str, parameters: Mapping[str, object], *, parts: bool = False, prompts: bool = False
    ) -> Document:
        """The blank list of questions of an instrument, to send ahead; with optional parts and interview questions."""
        from kwartier.workspace import questions

        return questions.of_instrument(self._shelf, instrument, parameters, parts=parts, prompts=prompts)

    def questions_of(
        self, ref: str, *, filled: bool = False, viewer: str | None = None, parts: bool = False, prompts: bool = False
    ) -> Document:
        """The list of questions of a record, blank or filled in with what may be seen of it."""
        from kwartier.workspace import questions

        return questions.of_record(self._shelf, ref, viewer, filled=filled, parts=parts, prompts=prompts)

    def agenda(
        self,
        organisations: list[str] | None = None,
        *,
        progress: Callable[[int, int], None] = lambda done, of: None,
    ) -> list[Due]:
        """What is still to be done, in all records or those of some organisations."""
        return outcomes.agenda(self._shelf, organisations, progress)

    def overview(
        self,
        *,
        progress: Callable[[int, int], None] = lambda done, of: None,
        cancelled: Callable[[], bool] = lambda: False,
        agenda: int | None = None,
    ) -> Overview:
        """The whole folder for the start screen, compared with the disk; reads again only what changed."""
        from kwartier.workspace import indexing  # only who shows this pays for importing it

        return indexing.overview(self._shelf, progress, cancelled, agenda)

    def glimpse(self, *, agenda: int | None = None) -> Overview | None:
        """The same as it was known last, at once; None where nothing is known yet."""
        from kwartier.workspace.overview import glimpse

        return glimpse(self.path, agenda, today=self.today)

    def note_saved(self, ref: str) -> None:
        """Has the next glimpse know what was just saved in a record, or in an organisation."""
        from kwartier.workspace import indexing

        indexing.note_saved(self._shelf, ref)

    def give_up_unfinished(self) -> list[str]:
        """Gives up operations that cannot be finished because somebody changed a file meanwhile; says which.

        All files stay as they are now. What is still to be finished and can be, is left.
        """
        stuck = [one for one in self.swept.problems if one.code == "changed-meanwhile" and one.place]
        for one in stuck:
            abandon(self.path, Path(str(one.place)))
        return [one.message for one in stuck]

    def check(self, *, progress: Callable[[int, int], None] = lambda done, of: None) -> checkup.Checked:
        """Checks the whole data folder."""
        return checkup.check(self._shelf, progress=progress)

    def conflict_copies(self) -> list[copies.Found]:
        """Copies that synchronisers made of files that two machines changed."""
        return copies.every(self._shelf)

    def merge_copy(self, path: Path, *, choices: Mapping[int, str] | None = None, viewer: str | None = None) -> bool:
        """Brings such a copy together with its file; tells whether the file changed."""
        return copies.bring_together(self._shelf, path, choices or {}, viewer)

    # -- evidence and who reads it

    def attach(self, ref: str, step: str, row: str, path: Path, person: str | None = None) -> AttachedFile:
        """Copies a file in with a piece of evidence."""
        from kwartier.workspace import evidence

        return evidence.attach(self._shelf, ref, step, row, path, person)

    def keep_evidence(
        self, ref: str, step: str, given: Tree, person: str | None = None, path: Path | None = None
    ) -> str:
        """A piece of evidence, new or (with its `id`) changed, perhaps with a file, in one operation; gives its id."""
        from kwartier.workspace import evidence

        return evidence.keep(self._shelf, ref, step, given, person, path)

    def drop_evidence(self, ref: str, step: str, row: str, person: str | None = None) -> None:
        """Removes a piece of evidence with its file, for good."""
        from kwartier.workspace import evidence

        evidence.drop(self._shelf, ref, step, row, person)

    def fetch_file(
        self, ref: str, step: str, row: str, path: Path, viewer: str | None = None, overwrite: bool = False
    ) -> Path:
        """A copy of the file with a piece of evidence, outside the data folder; gives where it stands."""
        from kwartier.workspace import evidence

        return evidence.fetch(self._shelf, ref, step, row, path, viewer, overwrite=overwrite)

    def share(
        self,
        ref: str,
        step: str,
        readers: Sequence[str],
        person: str | None = None,
        rows: Sequence[str] | None = None,
    ) -> int:
        """Sets who reads pieces of evidence (ids) or remarks (items), all of the step by default; says how many."""
        from kwartier.workspace import sharing

        return sharing.share(self._shelf, ref, step, readers, person, rows)

    # -- working apart

    def hand_over(
        self,
        ref: str,
        person: str,
        path: Path,
        *,
        passphrase: str = "",
        raw_notes: bool = False,
        overwrite: bool = False,
        with_name: bool = False,
        step: str = "",
    ) -> Path:
        """One file for somebody without access to the folder, with what that person may read.

        Of a step that is not named it is the one in which this person still has to seal; for a student all that is its
        own. The name of a student goes along only `with_name`.
        """
        code = steps.code_of(self._shelf, ref, person) or person
        wish = handover.Wish(
            passphrase=passphrase, raw_notes=raw_notes, overwrite=overwrite, with_name=with_name, step=step
        )
        return handover.give(self._shelf, ref, code, path, wish)

    def handed(self) -> Handed | None:
        """Whose sheet this folder was made for, where somebody works apart in it."""
        return handed_in(self.path)

    def take_back(
        self,
        path: Path,
        *,
        passphrase: str | None = None,
        choices: Mapping[str, str] | None = None,
        texts_only: bool = False,
        replace: bool = False,
    ) -> taking.Taken:
        """What was done apart, back into the record."""
        return taking.take(
            self._shelf, path, passphrase=passphrase, choices=choices or {}, texts_only=texts_only, replace=replace
        )

    def taking_would_reveal(self, path: Path, *, passphrase: str | None = None) -> bool:
        """Whether taking back the sheet in this file or folder would lay the scores side by side."""
        return taking.would_reveal(self._shelf, path, passphrase)

    def check_free(self, path: Path, *, overwrite: bool = False) -> None:
        """Refuses what `write_out` would: a place among records, or a file that is there."""
        outside.check_free(path, overwrite=overwrite)

    def write_out(self, path: Path, data: bytes, *, overwrite: bool = False) -> None:
        """A file outside the data folder, such as a report."""
        outside.write(path, data, overwrite=overwrite)
