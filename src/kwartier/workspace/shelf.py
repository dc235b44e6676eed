"""The data folder with the instruments beside it: reads whole records, and writes one file of them at a time.

Only the workspace uses it. What it reads has not passed the gate; what leaves the workspace has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from random import Random

from kwartier.errors import KwartierError, Refused, Unreadable
from kwartier.instrument.model import AnyStep, Content, Header, InterviewStep
from kwartier.instrument.reading import content_of
from kwartier.instrument.selection import for_parameters
from kwartier.plugins.hooks import Hooks, default_hooks
from kwartier.plugins.host import Host, Opened
from kwartier.records.canonical import same
from kwartier.records.files import SCHEMA, Envelope, RawNotesFile, Viewed, view
from kwartier.records.ids import new_id
from kwartier.records.organisation import Organisation, Subject
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.store import files
from kwartier.store.folder import DataFolder
from kwartier.store.journal import Journal
from kwartier.store.locks import OWN
from kwartier.store.refs import Ref, parse_ref
from kwartier.workflow.decided import Later, with_later
from kwartier.workflow.filling import require_keyed
from kwartier.workflow.forms import form_of
from kwartier.workspace.codes import Codes
from kwartier.workspace.later import later_records

Clock = Callable[[], datetime]

_ROUNDS = 20
"""How often a change is made again where other programs keep changing the same file."""


class Case:
    """A record as it stands on disk with what is needed to read it; not gated, so it stays inside the workspace."""

    def __init__(
        self,
        ref: Ref,
        record: Record,
        content: Content | None,
        opened: Opened | None,
        locked: str,
        later: Sequence[Later] = (),
    ) -> None:
        self.ref = ref
        self.later = later
        self.record = record
        self._content = content
        self.opened = opened
        self.locked = locked

    def holding(self, record: Record) -> Case:
        """The same with another state of the record, such as one that is not saved yet."""
        return Case(self.ref, record, self._content, self.opened, self.locked, self.later)

    @property
    def readable(self) -> bool:
        """Whether it is known what was asked, so that the steps can be told and shown."""
        return self._content is not None

    @property
    def content(self) -> Content:
        """What was asked. Raises where the pinned content is gone: then nothing of the answers is shown."""
        if self._content is None:
            raise Unreadable(
                "content-missing",
                f"De inhoud van het instrument waarmee {self.ref} is ingevuld, is niet te lezen.",
                place=str(self.ref),
                advice="Zet de map 'contents' uit een reservekopie terug; de antwoorden zelf zijn er nog.",
            )
        return self._content

    @property
    def hooks(self) -> Hooks:
        """The hooks of the record's instrument; the host's own where that cannot be used."""
        return self.opened.hooks if self.opened else default_hooks()

    def require_writable(self) -> None:
        """Refuses where this record is only shown, with the reason."""
        if self.locked:
            raise Refused("read-only-record", self.locked, place=str(self.ref), advice="Lezen kan wel.")


@dataclass
class Beside:
    """Files that are no TOML and are made or taken away in one operation with a step file."""

    purpose: str
    made: dict[Path, bytes] = field(default_factory=dict)
    gone: list[Path] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.made or self.gone)


class OwnStep(Viewed, frozen=True, kw_only=True):
    """Of the mark of a hand-over: a step of which the shared file is this person's own."""

    step: str


class GoesBack(Viewed, frozen=True, kw_only=True):
    """Of the mark of a hand-over: whose sheet of which step goes back, with which texts, and which own steps."""

    person: str
    step: str
    notes: str = ""
    own: tuple[OwnStep, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """The ids of all steps of which something goes back."""
        return tuple(filter(None, (self.step, self.notes, *(one.step for one in self.own))))


def marker_of(folder: Path) -> Path:
    """The mark that makes a folder one to work apart in; a data folder has none."""
    return folder / OWN / "handover.toml"


class Shelf:
    """A data folder, the installed instruments, a clock and a source of ids."""

    def __init__(self, folder: DataFolder, host: Host, clock: Clock, random: Random) -> None:
        self.folder = folder
        self.host = host
        self.clock = clock
        self._random = random
        self._contents: dict[str, Content] = {}

    def with_clock(self, clock: Clock) -> Shelf:
        """The same folder, instruments and chance by another clock; what was read of contents serves both."""
        other = Shelf(self.folder, self.host, clock, self._random)
        other._contents = self._contents
        return other

    # -- clock and ids

    def now(self) -> datetime:
        """The present moment, in whole seconds, with its time zone."""
        return self.clock().replace(microsecond=0)

    def today(self) -> date:
        """The present day."""
        return self.now().date()

    def new_name(self) -> str:
        """A name for a file that tells nothing, not even when it was made."""
        return f"{self._random.getrandbits(128):032x}"

    def new_id(self) -> str:
        """An id that was not used before, and sorts after those of earlier moments."""
        return new_id(self.clock(), self._random)

    # -- organisations

    def organisation(self, slug: str) -> Organisation:
        """Who an organisation is. Raises `Refused` where it does not exist."""
        path = self.folder.organisation_file(slug)
        found = files.find(path)
        if found is None:
            known = self.folder.organisations()
            raise Refused(
                "unknown-organisation",
                f"Er is geen organisatie '{slug}' in deze datamap.",
                place=str(self.folder.path),
                advice=f"Bekend: {', '.join(known[:20])}." if known else "Maak er een: 'kwartier organisatie nieuw'.",
            )
        return view(found.tree, Organisation, str(path))

    def codes(self, slug: str, subject: str | None = None) -> Codes:
        """The names behind the codes of an organisation, to look up and to add to; with that of a student by code."""
        path = self.folder.people_file(slug)
        known = {subject: self.name_of_student(slug, subject)} if subject else {}
        return Codes(files.find(path), str(path), {code: name for code, name in known.items() if name is not None})

    def name_of_student(self, slug: str, code: str) -> str | None:
        """The name of a student; empty where it is not known or locked. None for a workplace, and for what is not."""
        path = self.folder.subject_file(slug, code)
        try:
            found = files.find(path)
            one = view(found.tree, Subject, str(path)) if found else None
        except files.Locked:
            return ""
        except KwartierError:  # `checkup` tells what is wrong with it
            return None
        return one.name if one is not None and one.kind != "workplace" else None

    # -- records

    def case(self, ref: str | Ref, *, whole: bool = True) -> Case:
        """A whole record. Raises `Refused` where it does not exist, `Unreadable` where a file cannot be understood.

        Without `whole` a step file that is TOML may still have another form than its step asks.
        """
        ref = parse_ref(ref) if isinstance(ref, str) else ref
        found = files.find(self.folder.assessment_file(ref))
        if found is None:
            raise self._unknown(ref)
        envelope = view(found.tree, Envelope, str(self.folder.assessment_file(ref)))
        shared: dict[str, Tree] = {}
        personal: dict[tuple[str, str], Tree] = {}
        newer = envelope.schema > SCHEMA
        for (step, person), path in self.folder.step_files(ref).items():
            tree = files.read(path).tree
            newer = newer or (isinstance(tree.get("schema"), int) and tree["schema"] > SCHEMA)
            if person is None:
                shared[step] = tree
            else:
                personal[step, person] = tree
        record = Record(ref=str(ref), envelope=envelope, tree=found.tree, shared=shared, personal=personal)
        content = self._content_of(envelope)
        opened, locked = self._instrument(ref, envelope, newer)
        case = Case(ref, record, content, opened, locked)
        if whole and case.readable:
            self._check_forms(case)
        later = later_records(self.folder, ref, content) if whole else ()
        if content is None or not later:
            return case
        return Case(ref, with_later(record, content, later), content, opened, locked, later)

    def _check_forms(self, case: Case) -> None:
        for step in case.content.step:
            if step.id in case.record.shared:
                _check_form(step, case.record.shared[step.id], str(self.step_path(case.ref, step.id, None)), own=False)
            for (name, code), tree in case.record.personal.items():
                if name == step.id:
                    _check_form(step, tree, str(self.step_path(case.ref, name, code)), own=True)

    def _unknown(self, ref: Ref) -> Refused:
        self.organisation(ref.organisation)
        known = [str(one) for one in self.folder.assessments(ref.organisation)]
        return Refused(
            "unknown-assessment",
            f"Er is geen meting '{ref}'.",
            place=str(self.folder.path),
            advice=f"Bekend: {', '.join(known[-12:])}." if known else "Begin er een met 'kwartier meting nieuw'.",
        )

    def _content_of(self, envelope: Envelope) -> Content | None:
        """What was asked in a record: the content that it pins, never that of a newer plugin."""
        if envelope.content not in self._contents:
            with suppress(KwartierError):
                tree = self.folder.read_content(envelope.content)
                self._contents[envelope.content] = content_of(tree, str(self.folder.content_file(envelope.content)))
        content = self._contents.get(envelope.content)
        return for_parameters(content, envelope.parameters) if content else None

    def _instrument(self, ref: Ref, envelope: Envelope, newer: bool) -> tuple[Opened | None, str]:
        """The instrument with its hooks, and why the record is only shown where it is."""
        if newer:
            return None, f"{ref} is gemaakt met een nieuwere kwartier en is hier alleen te lezen."
        try:
            return self.host.open(envelope.instrument), ""
        except KwartierError as error:
            if self.is_handed_over:
                return None, ""
            return None, f"{error.message} Wat er staat blijft te lezen."

    @property
    def is_handed_over(self) -> bool:
        """Whether this folder came of a hand-over: it carries its content, so it is filled in without the plugin."""
        return marker_of(self.folder.path).exists()

    @property
    def goes_back(self) -> GoesBack | None:
        """Whose sheet and which texts go back from a folder to work apart in; None in a data folder."""
        place = marker_of(self.folder.path)
        return view(files.read(place).tree, GoesBack, str(place)) if self.is_handed_over else None

    def header_of(self, case: Case) -> Header | None:
        """The header of a record's instrument, where it is installed."""
        listing = self.host.listing(case.record.envelope.instrument)
        return listing.header if listing else None

    # -- writing

    def step_path(self, ref: Ref, step: str, person: str | None) -> Path:
        """Where a step file stands."""
        return self.folder.step_file(ref, step, person)

    def write(
        self, ref: Ref, path: Path, change: Callable[[Case, Tree, Codes], Tree], beside: Beside | None = None
    ) -> Tree:
        """Replaces one file of a record by what `change` makes of it, under the organisation's lock.

        `change` gets the record as it is now, the file's tree (empty where there is none) and the organisation's codes.
        New names in the codes are written together with the file, all or nothing. Where another program was first,
        the change is made again on what stands there now. What `change` puts in `beside` goes in the same operation.
        """
        with self.folder.lock(ref.organisation):
            for left in reversed(range(_ROUNDS)):
                case = self.case(ref)
                case.require_writable()
                self._check_goes_back(case, path)
                before = files.find(path)
                codes = self.codes(ref.organisation, ref.subject)
                after = change(case, before.tree if before else {}, codes)
                require_known_schema(path, after)
                try:
                    purpose = beside.purpose if beside else f"{path.name} met nieuwe namen"
                    self.put(ref, purpose, {path: (before, after)}, codes, beside)
                except files.Changed:
                    if not left:
                        raise
                else:
                    return after
        raise AssertionError("every round ends in a return or an error")

    def put(
        self,
        ref: Ref | str,
        purpose: str,
        changed: Mapping[Path, tuple[files.Reading | None, Tree]],
        codes: Codes,
        beside: Beside | None = None,
    ) -> None:
        """Writes files of a record, or of an organisation by its slug, and the codes where names were added.

        More than one file goes through the journal.
        """
        all_changed = dict(changed)
        if codes.changed:
            if self.is_handed_over:
                raise Refused(
                    "new-name",
                    "Nieuwe namen kunnen hier niet bij: zij gaan niet mee terug naar de organisatie.",
                    place=str(ref),
                    advice="Laat de naam weg, of geef uw eigen naam of code.",
                )
            slug = ref if isinstance(ref, str) else ref.organisation
            all_changed[self.folder.people_file(slug)] = (codes.reading, codes.tree())
        todo = {
            path: (before, after)
            for path, (before, after) in all_changed.items()
            if before is None or not same(before.tree, after)
        }
        if len(todo) == 1 and not beside:
            for path, (before, after) in todo.items():
                files.replace(path, files.encode(path, after), expected=before.fingerprint if before else None)
        elif todo or beside:
            journal = Journal.plan(self.folder.path, purpose)
            for path, (before, after) in todo.items():
                journal.put(path, files.encode(path, after), expected=before.fingerprint if before else None)
            for path, data in beside.made.items() if beside else ():
                journal.put(path, files.sealed_bytes(path, data), expected=None)
            for path in beside.gone if beside else ():
                journal.delete(path)
            journal.commit()

    def _check_goes_back(self, case: Case, path: Path) -> None:
        """Refuses, in a folder to work apart in, a change of what does not go back: it would be lost."""
        if not self.is_handed_over:
            return
        place = marker_of(self.folder.path)
        marker = view(files.read(place).tree, GoesBack, str(place))
        goes = {self.step_path(case.ref, marker.step, marker.person)}
        shared = (marker.notes, *(one.step for one in marker.own))
        goes |= {self.step_path(case.ref, step, None) for step in shared if step}
        if path not in goes:
            raise Refused(
                "stays-behind",
                "In deze map gaat alleen het eigen werk terug."
                if marker.own
                else "In deze map gaat alleen het eigen scoreblad terug, met de toelichtingen.",
                place=str(case.ref),
                advice=f"Doe de rest in de datamap van de organisatie. Het blad hier is dat van {marker.person}.",
            )

    def check_step_tree(self, step: AnyStep, tree: Tree, place: str, *, own: bool = False) -> None:
        """Raises `Unreadable` where a step's tree does not fit its view, or its rows cannot be told apart.

        `own` is for the file of one person. It would not be read back, or a row would be lost in a change.
        """
        _check_form(step, tree, place, own=own)
        form = form_of(step)
        for array in form.own_rows if own else form.rows:
            require_keyed(array, tree.get(array, []), place)


def _check_form(step: AnyStep, tree: Tree, place: str, *, own: bool) -> None:
    view(tree, RawNotesFile if own and isinstance(step, InterviewStep) else form_of(step).file, place)


def require_known_schema(path: Path, tree: Tree) -> None:
    """Refuses to write what a newer kwartier made."""
    if tree.get("schema", SCHEMA) != SCHEMA:
        raise Refused(
            "newer-file",
            "Dit bestand is van een nieuwere kwartier.",
            place=str(path),
            advice="Installeer de nieuwste kwartier; er is niets veranderd.",
        )
