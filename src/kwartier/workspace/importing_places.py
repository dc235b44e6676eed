"""Where the entries of a table stand against the data folder: new, already there, an addition or a change.

Nothing is written here. It is worked out for the preview, and again under the locks when it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date as Day

from kwartier.analysis.answers import Answer
from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import Mean
from kwartier.errors import KwartierError, Misused
from kwartier.instrument.selection import items_of
from kwartier.plugins.host import Opened
from kwartier.records.files import ConsensusFile, NotesFile, Paper
from kwartier.records.organisation import Organisation
from kwartier.store.names import free_slug, slug
from kwartier.store.refs import Ref
from kwartier.workflow import settled
from kwartier.workflow.agreed import as_answer
from kwartier.workflow.printed import misprints, shown
from kwartier.workflow.table_columns import answer_key
from kwartier.workspace.importing_asked import keys_of
from kwartier.workspace.importing_known import Known, There, matching, steps_of
from kwartier.workspace.importing_rows import Gathered
from kwartier.workspace.importing_together import same_name
from kwartier.workspace.importing_values import MOST_AT_ONCE, Change, Entry, Placed, State, Told
from kwartier.workspace.importing_words import unlike
from kwartier.workspace.shelf import Shelf

_MEND = "Verbeter dit in de tabel en kijk opnieuw."

Progress = Callable[[int, int], None]


def place(shelf: Shelf, opened: Opened, gathered: Gathered, progress: Progress) -> list[Placed]:
    """What becomes of every entry. What cannot be becomes a problem of `gathered`, what stands out a remark."""
    known = Known(shelf)
    groups: dict[str, list[Entry]] = {}
    for entry in gathered.entries:
        groups.setdefault(same_name(entry.organisation), []).append(entry)
    placing = _Placing(shelf, opened, gathered, known)
    placed: list[Placed] = []
    for done, group in enumerate(groups.values()):
        placed += placing.group(group)
        if done % 100 == 0:
            progress(done, len(groups))
    return placed


class _Placing:
    def __init__(self, shelf: Shelf, opened: Opened, gathered: Gathered, known: Known) -> None:
        self._shelf = shelf
        self._opened = opened
        self._gathered = gathered
        self._known = known
        self._writes = 0
        self._met: dict[str, Entry] = {}
        self._unreadable: list[Ref] = []
        self._moments = next((one for one in opened.content.parameter if one.moments), None)

    def group(self, group: list[Entry]) -> list[Placed]:
        """The entries of one organisation."""
        try:
            own = self._known.find(group[0].organisation)
        except Misused as error:
            for entry in group:
                self._bad(entry, error.message)
            return []
        first = self._met.setdefault(own, group[0]) if own else group[0]
        if first is not group[0]:  # known by its name, and here by its short name
            for entry in group:
                message = f"dit is dezelfde organisatie als '{first.organisation}' in {first.file}, rij {first.row}"
                self._bad(entry, f"{message}; noem haar overal gelijk")
            return []
        there = list(self._there(own)) if own else []
        name = own or self._named(group[0])
        taken: dict[str, set[str]] = {}
        placed: list[Placed] = []
        for entry in sorted(group, key=self._order):
            one = self._entry(entry, name, not own, there, placed, taken)
            twice = next((other for other in placed if one is not None and other.ref == one.ref), None)
            if twice is not None:
                self._bad(entry, f"{twice.ref} staat ook in {twice.entry.file}, rij {twice.entry.row}")
            elif one is not None:
                placed.append(one)
        self._writes += sum(one.state != "equal" for one in placed)
        if own:
            self._details(group, own)
        return placed

    def _order(self, entry: Entry) -> tuple[int, Day]:
        return self._moment(entry.parameters), entry.day or Day.max

    def _moment(self, parameters: Mapping[str, object]) -> int:
        if self._moments is None or parameters.get(self._moments.id) not in self._moments.values:
            return 0
        return [*self._moments.values].index(parameters[self._moments.id])  # type: ignore[arg-type]

    def _named(self, entry: Entry) -> str:
        """The slug of a new organisation; only a remark where it looks like one that is there."""
        wanted = slug(entry.organisation)
        if self._writes > MOST_AT_ONCE:  # then nothing is written, and a free name for each takes long
            return wanted
        own = wanted if wanted not in self._known.slugs else free_slug(entry.organisation, self._known.slugs)
        self._known.slugs.add(own)
        if own != wanted:
            self._gathered.remarks.add(entry.told(f"lijkt op '{wanted}', en wordt een andere organisatie: '{own}'"))
        return own

    def _bad(self, entry: Entry, message: str) -> None:
        self._gathered.bad_rows += entry.rows
        self._gathered.problems.add(entry.told(message))

    def _there(self, own: str) -> Iterator[There]:
        """The records of an organisation with this instrument; those that cannot be read are kept apart."""
        for ref in self._shelf.folder.assessments(own):
            if ref.instrument == self._opened.header.id:
                try:
                    case = self._shelf.case(ref)
                except KwartierError:
                    self._unreadable.append(ref)
                    continue
                envelope = case.record.envelope
                yield There(str(ref), envelope.date, ref.subject or "", envelope.parameters, case)

    def _entry(
        self,
        entry: Entry,
        own: str,
        is_new: bool,
        there: list[There],
        placed: list[Placed],
        taken: dict[str, set[str]],
    ) -> Placed | None:
        same = [one for one in there if one.subject == entry.subject and one.parameters == entry.parameters]
        found = matching(same, entry)
        if len(found) > 1:
            self._bad(entry, f"hier kunnen meer metingen bedoeld zijn: {', '.join(one.ref for one in found)}")
            return None
        try:
            if found:
                return self._against(entry, own, found[0])
            if entry.day is None:
                self._gathered.ask_date(entry)
                return None
            self._check_readable(entry, own)
            self._check_subject(entry)
            self._check_answers(entry)
        except KwartierError as error:
            self._bad(entry, error.message)
            return None
        if same:
            self._gathered.remarks.add(entry.told(f"er is al zo'n meting van een andere dag: {same[0].ref}"))
        before = self._before(entry, there, placed)
        if before is not None and before[0] >= entry.day:
            self._bad(entry, f"deze meting is niet later dan {before[1]}, die eraan voorafgaat; kijk de datums na")
            return None
        ref = self._ref(entry, own, there, taken)
        asked, answered = self._count(entry, entry.answers)
        self._compare_total(entry, entry.answers)
        return Placed(entry, "new", own, is_new, ref, asked, answered, before[1] if before else "")

    def _check_readable(self, entry: Entry, own: str) -> None:
        """A record of that day that cannot be read may be the one that is meant: it is not made a second time."""
        found = [
            ref
            for ref in self._unreadable
            if (ref.organisation, ref.subject or "") == (own, entry.subject)
            and (ref.date == entry.day or (entry.month and f"{ref.date:%Y%m}" == f"{entry.day:%Y%m}"))
        ]
        if found:
            raise Misused("record-unreadable", f"{found[0]} is niet te lezen; zie 'kwartier controle'", advice=_MEND)

    def _check_subject(self, entry: Entry) -> None:
        kind = self._opened.header.subject
        if (kind == "organisation") == bool(entry.subject):
            wanted = "geen onderwerp" if kind == "organisation" else "de code van de student of praktijkleerplek"
            raise Misused("subject-wrong", f"bij dit instrument hoort {wanted}", advice=_MEND)

    def _check_answers(self, entry: Entry) -> None:
        """What `fill_in` would refuse afterwards: an option that asks for a remark and has none, a text of no step."""
        content = self._gathered.asked.content_for(entry.parameters)
        _, notes = steps_of(content)
        strange = sorted(set(entry.texts) - {item.id for item in items_of(content, notes)} if notes else entry.texts)
        if strange:
            raise Misused(
                "text-nowhere",
                f"een toelichting bij item {', '.join(strange[:6])} kent dit instrument niet",
                advice=_MEND,
            )
        scales = {scale.id: scale for scale in content.scale}
        for item in content.items():
            answer = entry.answers.get(item.id)
            if answer is None or answer.missing:
                continue
            option = next((one for one in scales[item.scale].options if one.value == answer.value), None)
            if option is None:
                raise Misused(
                    "off-scale", f"'{answer.value}' bestaat niet op de schaal van item {item.id}", advice=_MEND
                )
            if option.note == "required" and not entry.texts.get(item.id):
                raise Misused(
                    "note-missing", f"bij '{option.title or option.value}' op item {item.id} hoort uitleg", advice=_MEND
                )

    def _ref(self, entry: Entry, own: str, there: Iterable[There], taken: dict[str, set[str]]) -> str:
        """The reference that a new record gets: the first free one of its day."""
        parent = "/".join(part for part in (own, self._opened.header.id, entry.subject) if part)
        if parent not in taken:
            folder = self._shelf.folder.instrument(own, self._opened.header.id, entry.subject or None)
            taken[parent] = {one.name for one in folder.iterdir()} if folder.is_dir() else set()
        day, number = f"{entry.day}", 1
        name = day
        while name in taken[parent]:
            number += 1
            name = f"{day}-{number}"
        taken[parent].add(name)
        return f"{parent}/{name}"

    def _before(self, entry: Entry, there: list[There], placed: list[Placed]) -> tuple[Day, str] | None:
        """Of successive measurements the one before this one, among those that are there and those of the table."""
        moment = self._moment(entry.parameters)
        if self._moments is None or not moment:
            return None
        others = _others(entry.parameters, self._moments.id)
        found = [(one.parameters, one.day, one.ref) for one in there if one.subject == entry.subject]
        found += [
            (one.entry.parameters, one.entry.day, one.ref)
            for one in placed
            if one.state == "new" and one.entry.subject == entry.subject and one.entry.day is not None
        ]
        fitting = [
            (self._moment(parameters), day, ref)
            for parameters, day, ref in found
            if self._moment(parameters) < moment and _others(parameters, self._moments.id) == others
        ]
        earlier = [one for one in fitting if entry.day is None or one[1] < entry.day]
        best = max(earlier or fitting, default=None)
        return best[1:] if best else None

    # -- against a record that is there

    def _against(self, entry: Entry, own: str, there: There) -> Placed:
        """What the entry adds to or changes in a record. Raises where that record is not for a table to change."""
        case = there.case
        case.require_writable()
        paper = case.record.envelope.paper
        if paper is None:
            raise Misused(
                "not-from-paper", f"{there.ref} is in kwartier zelf gedaan, en blijft zoals zij is", advice=_MEND
            )
        step, notes = steps_of(case.content)
        given = case.record.read(step.id, ConsensusFile).answer
        old = {answer_key(row.item, row.part): as_answer(row) for row in given}
        texts = {row.item: row.text for row in case.record.read(notes.id, NotesFile).explanation} if notes else {}
        known = {key for item in case.content.items() for key in keys_of(item)}
        if strange := sorted(set(entry.answers) - known):
            message = f"{there.ref} is van een andere uitgave, zonder item {', '.join(strange[:6])}"
            raise Misused("unknown-item", message, advice=_MEND)
        added: list[str] = []
        changes: list[Change] = []
        replaced: list[str] = []
        for what, before, after in [
            *((f"item {key}", _answer(old.get(key)), _answer(answer)) for key, answer in entry.answers.items()),
            *((f"toelichting {item}", texts.get(item, ""), text) for item, text in entry.texts.items() if notes),
            ("totaal", paper.total, entry.total),
            ("niveau", paper.band, entry.band),
        ]:
            if after and before and before != after:
                changes.append(Change(what, *unlike(before, after)))
                replaced.append(before)
            elif after and not before:
                added.append(what)
        if changes or added:
            settled.require_open(case.record, case.content, step)
            self._check_answers(entry)
        whole = {**old, **entry.answers}
        asked, answered = self._count(entry, whole)
        self._compare_total(entry, whole)
        state: State = "changed" if changes else "added" if added else "equal"
        return Placed(
            entry,
            state,
            own,
            new_organisation=False,
            ref=there.ref,
            asked=asked,
            answered=answered,
            additions=tuple(added),
            changes=tuple(changes),
            replaced=tuple(replaced),
        )

    def _count(self, entry: Entry, answers: Mapping[str, Answer]) -> tuple[int, int]:
        full = self._gathered.asked.full(entry.parameters)
        return len(full), len(full & set(answers))

    def _compare_total(self, entry: Entry, answers: Mapping[str, Answer]) -> None:
        """A remark where the printed total or band does not follow from the items; both are kept."""
        content = self._gathered.asked.content_for(entry.parameters)
        if content.total is None or not (entry.total or entry.band):
            return
        scores = self._opened.hooks.score(content, {key: one for key, one in answers.items() if "/" not in key})
        if not isinstance(scores.total, Mean):
            return
        paper = Paper(source="", entered=Day.min, total=entry.total, band=entry.band or scores.band or "")
        total, band = misprints(paper, scores)
        if total:
            self._differs(entry, "het totaal", shown(total), dutch(scores.total.value, content.total.places))
        elif band and scores.band:
            self._differs(entry, "het niveau", band, scores.band)

    def _differs(self, entry: Entry, what: str, printed: str, computed: str) -> None:
        message = f"{what} in de tabel is {printed}, de items geven {computed}; beide blijven bewaard"
        file, row = entry.printed
        told = Told(file=file, row=row, organisation=entry.organisation, message=message)
        self._gathered.remarks.add(told)

    def _details(self, group: list[Entry], own: str) -> None:
        if not any(one.kind or one.clients is not None for one in group):
            return
        known = self._shelf.organisation(own)
        if any((one.kind or known.kind, one.clients) not in _as_known(known) for one in group):
            message = "soort en aantal cliënten worden alleen bij een nieuwe organisatie overgenomen"
            self._gathered.remarks.add(group[0].told(message))


def _as_known(known: Organisation) -> set[tuple[str, int | None]]:
    """The kind, and the number of clients given or not, that say nothing else than what is known."""
    return {(known.kind, known.clients), (known.kind, None)}


def _others(parameters: Mapping[str, object], moments: str) -> dict[str, object]:
    return {name: value for name, value in parameters.items() if name != moments}


def _answer(answer: Answer | None) -> str:
    if answer is None:
        return ""
    return answer.missing or ("" if answer.value is None else str(answer.value))
