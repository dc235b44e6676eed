"""A record open on a screen: as it is with the changes made here, for one person at the keyboard.

A desk is used by one thread. What waits for the disk is apart: `unsaved` gives what is to be written, `write` and
`look` may run in another thread and change nothing here, and `settle` and `take_in` bring in what came of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from kwartier.errors import KwartierError, Misused
from kwartier.instrument import model as m
from kwartier.instrument.selection import step as step_by_id
from kwartier.records.canonical import same
from kwartier.records.files import Person
from kwartier.records.patch import Op, Patch, apply, diff
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.store.refs import parse_ref
from kwartier.workflow.apart import READ_ONLY, as_apart
from kwartier.workflow.filling import Inputs
from kwartier.workflow.findings import Finding
from kwartier.workflow.outcome import Outcome
from kwartier.workflow.outcome import outcome as outcome_of
from kwartier.workflow.settled import is_definitive, lives_on
from kwartier.workflow.state import StepState, next_step, states
from kwartier.workflow.suggesting import Suggestion
from kwartier.workspace import earlier, outcomes, steps, wordings
from kwartier.workspace.earlier import Answers, Earlier, Facts
from kwartier.workspace.edits import Clash, Draft, FileKey
from kwartier.workspace.history import Edit, History, made_again, taken_back
from kwartier.workspace.organisations import change_codes
from kwartier.workspace.outcomes import Seen
from kwartier.workspace.shelf import Case, Shelf

T = TypeVar("T")

Stamp = tuple[tuple[str, int, int, int], ...]
"""What tells whether files changed: name, size, time and inode of each."""


class Unsaved(Struct, frozen=True, kw_only=True):
    """What is to be written of one file: its patch, and the whole of it as it is here."""

    file: FileKey
    patch: Patch
    whole: Tree


class Written(Struct, frozen=True, kw_only=True):
    """What came of writing one file: the tree that stands there now, or why it could not be done."""

    file: FileKey
    sent: Tree
    tree: Tree = {}
    error: KwartierError | None = None


class Looked(Struct, frozen=True, kw_only=True):
    """A record as it was found on disk."""

    stamp: Stamp
    case: Case
    seen: Seen
    turn: int = 0
    "How much this desk had saved or taken in when the look began; what was seen before more of that is out of date."


class Desk:
    """One record at one keyboard. `viewer` is the code of who sits there; None while nobody has said so."""

    def __init__(self, shelf: Shelf, ref: str, viewer: str | None = None) -> None:
        self._shelf = shelf
        self.ref = str(parse_ref(ref))
        self.viewer = viewer
        self._drafts: dict[FileKey, Draft] = {}
        self._history = History()
        self._turn = 0
        self._goes_back = shelf.goes_back
        self._record: Record | None = None
        self._earlier: tuple[str, Earlier] | None = None
        self._take(self.look())

    # -- what is on the desk

    @property
    def seen(self) -> Seen:
        """The record as it was last seen on disk, with the names and the header; for its answers use `record`."""
        return self._seen

    @property
    def content(self) -> m.Content:
        """What is asked, in the wording that this user reads."""
        return self._content

    @property
    def locked(self) -> str:
        """Why nothing can be changed here (Dutch); empty where it can."""
        return self._seen.locked

    @property
    def today(self) -> date:
        """The present day, as the workspace has it."""
        return self._shelf.today()

    @property
    def now(self) -> datetime:
        """The present moment, as the workspace has it, in whole seconds."""
        return self._shelf.now()

    def new_id(self) -> str:
        """An id for a row whose place among others matters; rows that are given without one get one by themselves."""
        return self._shelf.new_id()

    def saved_at(self, step: str) -> datetime | None:
        """When a file of a step was last written, whoever's it is; None where none was."""
        times = [changed for name, _, changed, _ in self._stamp if name.startswith(f"{step}.")]
        return datetime.fromtimestamp(max(times) // 10**9, tz=self.now.tzinfo) if times else None

    def closed(self, step_id: str) -> str:
        """Why a step can only be read (Dutch); empty where it can be changed."""
        if self.locked:
            return self.locked
        if self._goes_back is not None and step_id not in self._goes_back.steps:
            return READ_ONLY
        step = self.step(step_id)
        if step.settled and not lives_on(step) and is_definitive(self.record, self._content):
            return "Het verslag is definitief, dus dit ligt vast. Heropen het in de stap van het verslag."
        return ""

    @property
    def record(self) -> Record:
        """The record as it is on this desk, through the gate, with what is not saved yet."""
        if self._record is None:
            shared = dict(self._seen.record.shared)
            personal = dict(self._seen.record.personal)
            for (step, person), draft in self._drafts.items():
                if person is None:
                    shared[step] = draft.now
                else:
                    personal[step, person] = draft.now
            self._record = replace(self._seen.record, shared=shared, personal=personal)
        return self._record

    def step(self, step: str) -> m.AnyStep:
        """A step by its id."""
        return step_by_id(self._content, step)

    def tree(self, step: str, *, own: bool = False) -> Tree:
        """The file of a step, or this person's own file of it, as it is here; empty where nothing was given."""
        record = self.record
        if own:
            return record.personal.get((step, self.viewer or ""), {})
        return record.shared.get(step, {})

    def states(self) -> list[StepState]:
        """The steps, with where each stands; in a folder to work apart in what is true there alone."""
        found = states(self.record, self._content)
        back = self._goes_back
        return found if back is None else as_apart(found, back.steps, back.person)

    def next(self) -> StepState | None:
        """The first step that somebody can do something in."""
        return next_step(self.states())

    def suggestions(self) -> list[Suggestion]:
        """What the facts suggest, with what was changed here."""
        return self._case.hooks.suggest(self.content, self.record)

    def earlier_answers(self, step: str) -> Answers:
        """What was answered in the record that this one follows, in a step that was carried on from it."""
        return self._before().answers.get(step, {})

    def earlier_facts(self, step: str) -> Facts:
        """The same of facts."""
        return self._before().facts.get(step, {})

    def _before(self) -> Earlier:
        follows = self._seen.record.envelope.follows
        if self._earlier is None or self._earlier[0] != follows:
            self._earlier = follows, earlier.of(self._shelf, self._seen.record, self._seen.content, self.viewer)
        return self._earlier[1]

    def findings(self) -> list[Finding]:
        """What stands out."""
        return outcomes.findings(self._case, replace(self._seen, record=self.record))

    def outcome(self, step: str = "") -> Outcome | None:
        """Scores and agreement as they are here, perhaps of one score step; None where nothing is scored."""
        return outcome_of(self.record, self._content, self._case.hooks.score, step)

    def name(self, code: str) -> str:
        """The name behind a code, or the code itself."""
        return self._seen.names.get(code) or code

    def people(self, role: str = "") -> list[Person]:
        """Who fill in and have not stopped, perhaps of one role."""
        return [
            one for one in self._seen.record.envelope.person if one.stopped is None and (not role or one.role == role)
        ]

    # -- changing

    def rename(self, code: str, name: str) -> None:
        """Another name behind a code; it stands in the organisation, so it is saved now and undo leaves it."""
        if errors := self.save():
            raise errors[0]
        change_codes(self._shelf, self._case.ref.organisation, code, name=name)
        self._take(self.look())

    def give(self, step_id: str, given: Tree, *, name: str, own: bool = False, burst: str = "") -> None:
        """Lays what was given over a step; `name` (Dutch) says what this is, for undo.

        It is there at once and saved later. Edits with the same `burst` are undone together. Raises what
        `Workspace.change` raises; then nothing changed.
        """
        key = (step_id, None) if not own and steps.skips(given) else self._key(step_id, own=own)
        draft = self._draft(key)
        codes = self._shelf.codes(self._case.ref.organisation, self._case.ref.subject)
        inputs = Inputs(people=codes, new_id=self._shelf.new_id)
        step = step_by_id(self._case.content, step_id)
        self._case.require_writable()
        ready = steps.with_new_codes(given, codes) if isinstance(step, m.PeopleStep) else given
        case = self._case.holding(self.record)
        who = self.viewer
        now = steps.filled(self._shelf, case, step, draft.now, ready, inputs, key[1], place=self.ref, who=who)
        if codes.changed:
            now = self._give_at_once(key, given)
        if patch := diff(draft.now, now):
            self._history.add(Edit(name, key, (patch,), burst), draft.now)
            self._put(replace(self._draft(key), now=now))

    def _give_at_once(self, key: FileKey, given: Tree) -> Tree:
        """New names stand in another file, so they are written together with this one and now."""
        self.save()
        steps.change(self._shelf, self.ref, key[0], given, key[1] or self.viewer, place=self.ref)
        self._take(self.look())
        return self._draft(key).now

    @property
    def to_undo(self) -> str:
        """What undo would take back (Dutch); empty where there is nothing."""
        return self._history.done[-1].name if self._history.done else ""

    @property
    def to_redo(self) -> str:
        """What redo would do again (Dutch); empty where there is nothing."""
        return self._history.undone[-1].name if self._history.undone else ""

    def undo(self) -> Edit:
        """Takes the last edit back. Raises `Refused` where somebody changed that place since; then it is let go."""
        edit = self._history.done.pop()
        self._turn_back(edit, taken_back(self._draft(edit.file).now, edit))
        self._history.undone.append(edit)
        return edit

    def redo(self) -> Edit:
        """Does the last undone edit again. Raises as `undo`."""
        edit = self._history.undone.pop()
        self._turn_back(edit, made_again(self._draft(edit.file).now, edit))
        self._history.done.append(edit)
        return edit

    def take_back(self, burst: str) -> None:
        """Takes back the edits of a burst, as far as nothing was done since; redo makes them again. Raises as `undo`.

        Where they clash with what somebody else saved, theirs stays.
        """
        file = self._history.done[-1].file if self._history.done else None
        while self._history.done and self._history.done[-1].burst == burst:
            for clash in self.clashes():
                if clash.file == file:
                    self.choose(clash, mine=False)
            self.undo()

    def _turn_back(self, edit: Edit, now: Tree) -> None:
        """Puts what undo or redo makes of a file where that may be saved: another window may have sealed it since."""
        draft = replace(self._draft(edit.file), now=now)
        if draft.unsaved:
            step = step_by_id(self._case.content, edit.file[0])
            case = self._case.holding(self.record)
            steps.require_changeable(self._shelf, case, step, draft.disk, edit.file[1], self.viewer)
        self._put(draft)

    def clashes(self) -> list[Clash]:
        """Fields that were changed here and by somebody else; each waits for `choose` and is not saved until then."""
        return [clash for draft in self._drafts.values() for clash in draft.clashes()]

    def choose(self, clash: Clash, *, mine: bool) -> None:
        """Decides a clash: keeps what was typed here, or takes what the other one saved."""
        self._put(self._draft(clash.file).chosen(clash.path, mine=mine))

    def join(self, clash: Clash) -> None:
        """Decides a clash of two texts by keeping both, the other's first."""
        draft = self._draft(clash.file).chosen(clash.path, mine=True)
        both = f"{clash.theirs}\n\n{clash.mine}"
        self._put(replace(draft, now=apply(draft.now, (Op(clash.path, clash.mine, both),))))

    # -- the disk

    @property
    def is_dirty(self) -> bool:
        """Whether something is not on disk yet."""
        return any(draft.now is not draft.disk and not same(draft.now, draft.disk) for draft in self._drafts.values())

    def unsaved(self) -> list[Unsaved]:
        """What can be written now."""
        return [
            Unsaved(file=key, patch=patch, whole=draft.now)
            for key, draft in self._drafts.items()
            if (patch := draft.unsaved)
        ]

    def write(self, todo: list[Unsaved]) -> list[Written]:
        """Writes to the disk; one file that fails does not keep the others. Changes nothing here."""
        return [self._write(one) for one in todo]

    def _write(self, one: Unsaved) -> Written:
        try:
            tree = steps.patched(self._shelf, self.ref, one.file[0], one.patch, one.file[1], self.viewer)
        except KwartierError as error:
            return Written(file=one.file, sent=one.whole, error=error)
        return Written(file=one.file, sent=one.whole, tree=tree)

    def settle(self, written: list[Written]) -> list[KwartierError]:
        """Takes in what came of writing; gives why files could not be written. What was typed stays here."""
        for one in written:
            if one.error is None:
                self._turn += 1
                self._put(self._draft(one.file).saved(one.sent, one.tree))
        return [one.error for one in written if one.error is not None]

    def save(self) -> list[KwartierError]:
        """Writes all that can be written, now."""
        return self.settle(self.write(self.unsaved()))

    def look(self) -> Looked:
        """Reads the record from the disk. Changes nothing here."""
        turn, stamp = self._turn, self.stamp()
        case = self._shelf.case(self.ref)
        return Looked(stamp=stamp, case=case, seen=outcomes.seen_of(self._shelf, case, self.viewer), turn=turn)

    def stamp(self) -> Stamp:
        """What the files of this record look like from outside. Changes nothing here."""
        return self._shelf.folder.stamp(parse_ref(self.ref))

    @property
    def stamped(self) -> Stamp:
        """The stamp of what is on this desk: where it differs from `stamp()`, somebody saved something."""
        return self._stamp

    def take_in(self, looked: Looked) -> bool:
        """Brings in what was found on disk, keeping what was changed here; tells whether anything is different.

        A look from before the last save is let go: it would take back what was saved, or clash with it.
        """
        if looked.turn != self._turn:
            return False
        before, names = self.record, self._seen.names
        self._take(looked)
        return self.record != before or self._seen.names != names

    def act(self, work: Callable[[], T], *steps_fixed: str) -> T:
        """Does something that cannot be undone: saves first, and forgets the edits of these steps (all by default)."""
        if errors := self.save():
            raise errors[0]
        result = work()
        self._history.forget(frozenset(steps_fixed) or None)
        self._take(self.look())
        return result

    def _take(self, looked: Looked) -> None:
        self._turn += 1
        self._stamp, self._case, self._seen = looked.stamp, looked.case, looked.seen
        opened = looked.case.opened
        self._content = wordings.shown(opened.header, looked.seen.content)[0] if opened else looked.seen.content
        # Only what is not saved is kept: a file that is clean may be hidden from this viewer the next time.
        dirty = {key: draft for key, draft in self._drafts.items() if not same(draft.now, draft.disk)}
        self._drafts = {key: draft.seen(self._on_disk(key)) for key, draft in dirty.items()}
        self._record = None

    def _on_disk(self, key: FileKey) -> Tree:
        record, (step, person) = self._seen.record, key
        return record.shared.get(step, {}) if person is None else record.personal.get((step, person), {})

    def _key(self, step: str, *, own: bool) -> FileKey:
        if not (own or isinstance(self.step(step), m.ScoreStep)):
            return step, None
        if self.viewer is None:
            raise Misused(
                "who",
                "Zeg eerst wie er achter het toetsenbord zit.",
                place=self.ref,
                advice="Voeg toe: --auditor NAAM.",
            )
        return step, self.viewer

    def _draft(self, key: FileKey) -> Draft:
        found = self._drafts.get(key)
        return found or Draft(file=key, disk=self._on_disk(key), now=self._on_disk(key))

    def _put(self, draft: Draft) -> None:
        self._drafts[draft.file] = draft
        self._record = None
