"""From files to records as they say it: finds the headings, has the instrument read the rows, and gathers them.

Nothing of the data folder is looked at here; see `importing_places`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from datetime import date as Day
from itertools import chain, islice
from typing import TYPE_CHECKING

from kwartier.analysis.answers import Answer
from kwartier.errors import KwartierError, Misused, Unreadable
from kwartier.instrument.model import Setting
from kwartier.store.names import check_name, is_code
from kwartier.store.tables import Line, TableFile, open_table
from kwartier.text import one_line
from kwartier.workflow.importing import SHOWN, Row
from kwartier.workflow.table_columns import Columns, folded, recognise
from kwartier.workspace.importing_asked import Asked, given_dates, given_parameters
from kwartier.workspace.importing_together import headings_of, lay_together, names_of, same_name
from kwartier.workspace.importing_values import Entry, Question, Tally, Told, Wish

if TYPE_CHECKING:
    from kwartier.plugins.host import Opened

Progress = Callable[[int, int], None]

_HEADINGS_WITHIN = 20
_BATCH = 500
_OLDEST = Day(1900, 1, 1)


class Gathered:
    """All rows of all files together, as entries; what is wrong and remarkable piles up."""

    def __init__(self, opened: Opened, wish: Wish, today: Day) -> None:
        self.asked = Asked(opened.content)
        self.entries: list[Entry] = []
        self.problems = Tally()
        self.remarks = Tally()
        self.rows = 0
        self.bad_rows = 0
        self.ignored: list[str] = []
        self.notes: list[str] = []
        self.questions: dict[tuple[str, str], Question] = {}
        self._files = names_of(wish.files)
        self._hooks = opened.hooks
        self._today = today
        self._given = given_parameters(opened.content, wish.parameters)
        self._dates = given_dates(opened.content, wish.dates)
        self._moments = next((one.id for one in opened.content.parameter if one.moments), "")
        self._by_key: dict[tuple[object, ...], Entry] = {}
        self._shared: dict[Answer, Answer] = {}
        self._open_parameters: dict[tuple[str, ...], list[dict[str, Setting]]] = {}

    def again(self) -> Gathered:
        """The same entries, with nothing told about them yet, to be placed once more."""
        other = copy(self)
        other.problems, other.remarks, other.questions = Tally(), Tally(), {}
        return other

    # -- one file

    def read(self, table: TableFile, progress: Progress) -> None:
        """Adds the rows of a file. Raises `Unreadable` or `Misused` where it is no table of results at all."""
        name = self._files[table.path]
        if table.guessed:
            self.notes.append(f"{name} is gelezen als {table.guessed}; kijk of de namen goed zijn.")
        lines = table.lines()
        headings, rest = self._headings(table, lines)
        columns = recognise(self.asked.content, headings)
        about = max(table.data.count(b"\n"), 1) if table.even else 0
        ignored: tuple[str, ...] | None = None
        batches = 0
        for batch in _batches(rest):
            batches += 1
            rows = list(self._plain(table, headings, batch))
            made = self._hooks.imported(self.asked.content, [cells for _, cells in rows])
            if rows:
                if made.wrong:
                    raise _not_understood(table, headings, made.wrong)
                ignored = made.ignored if ignored is None else ignored
            for row in made.rows:
                self._row(table, rows[row.row][0], row, columns)
            progress(self.rows, max(about, self.rows))
        if ignored is None:
            ignored = recognise(self.asked.content, headings).unknown
        self.ignored += [f"{name}: {one_line(one, SHOWN)}" for one in ignored[:MOST_IGNORED]]
        if not batches:
            raise Unreadable(
                "table-without-rows",
                "Onder de kop van deze tabel staat niets.",
                place=str(table.path),
                advice="Kijk of dit het goede bestand of blad is.",
            )

    def _headings(self, table: TableFile, lines: Iterator[Line]) -> tuple[tuple[str, ...], Iterator[Line]]:
        """The headings of the table, and the rows below them; titles above it are passed over."""
        head = list(islice(lines, _HEADINGS_WITHIN))
        place = next((n for n, one in enumerate(head) if recognise(self.asked.content, one.cells).is_heading), None)
        if place is None:
            place = next((n for n, one in enumerate(head) if sum(map(bool, one.cells)) > 1), 0)
        found = recognise(self.asked.content, head[place].cells)
        again = [second for first, second in found.twice if first == second]
        if again:
            raise Misused(
                "column-twice",
                f"De kolom '{one_line(again[0], SHOWN)}' staat er twee keer in.",
                place=str(table.path),
                advice="Haal er een weg of geef haar een andere naam.",
            )
        return headings_of(head[place].cells), chain(head[place + 1 :], lines)

    def _plain(
        self, table: TableFile, headings: tuple[str, ...], batch: list[Line]
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """Rows as texts by heading, without those that repeat the headings or have another number of cells."""
        repeated = [folded(one) for one in headings]
        for line in batch:
            cells = line.cells
            if [folded(one) for one in cells[: len(headings)]] == repeated:
                self.remarks.add(
                    Told(file=self._files[table.path], row=line.number, message="de kop staat hier nog een keer")
                )
                continue
            self.rows += 1
            extra = [cell for cell in cells[len(headings) :] if cell]
            if extra or (table.even and len(cells) < len(headings)):
                number = len(cells) if not extra else len(headings) + len(extra)
                message = f"de kop heeft {len(headings)} kolommen en deze rij {number}"
                self._bad(Told(file=self._files[table.path], row=line.number, message=message))
                continue
            padded = (*cells[: len(headings)], *("" for _ in range(len(headings) - len(cells))))
            yield line.number, dict(zip(headings, padded, strict=True))

    def _bad(self, *told: Told) -> None:
        self.bad_rows += 1
        for one in told:
            self.problems.add(one)

    # -- one row

    def _row(self, table: TableFile, number: int, row: Row, columns: Columns) -> None:
        told = [
            Told(
                file=self._files[table.path],
                row=number,
                column=one.column,
                organisation=one_line(row.organisation, SHOWN),
                found=one_line(one.found, SHOWN),
                expected=one.expected,
            )
            for one in row.misfits
        ]
        entry = Entry(
            organisation=" ".join(row.organisation.split(" ")),
            subject=row.subject,
            parameters={},
            day=row.date,
            month=row.month,
            file=self._files[table.path],
            row=number,
            answers={key: self._shared.setdefault(answer, answer) for key, answer in row.answers.items()},
            texts=dict(row.texts),
            total=row.total,
            band=row.band,
            printed=(self._files[table.path], number),
            kind=row.kind,
            clients=row.clients,
        )
        messages = list(self._completed(entry, row, columns))
        told += [entry.told(one_line(message, 300)) for message in messages]
        if told:
            self._bad(*told)
        elif not self.questions:
            self._gather(entry)

    def _completed(self, entry: Entry, row: Row, columns: Columns) -> Iterator[str]:
        """Gives the entry its parameters and date; yields what is wrong with it as a whole."""
        if entry.organisation:
            try:
                check_name(entry.organisation)
            except KwartierError as error:
                entry.organisation = one_line(entry.organisation, SHOWN)
                yield error.message
        elif not row.misfits:
            yield "de naam van de organisatie ontbreekt"
        if entry.subject and not is_code(entry.subject):
            yield f"'{one_line(entry.subject, SHOWN)}' is geen code van een student of praktijkleerplek"
        known: dict[str, Setting] = dict(row.parameters)
        for name, value in self._given.items():
            if known.setdefault(name, value) != value:
                yield f"de tabel zegt {name} {known[name]} en u zegt {value}"
        misfits = [columns.known[one.column].role for one in row.misfits if one.column in columns.known]
        if "parameter" in misfits:
            return  # its answers cannot be judged without it
        keys = frozenset(columns.answers().values())
        empty = [name for name, one in columns.known.items() if one.role == "parameter" and one.of not in known]
        parameters = self._parameters(known, keys or frozenset(entry.answers), ask=not empty)
        if parameters is None:
            if empty:  # one answer for the whole table would contradict the rows that do say it
                yield f"in kolom '{one_line(empty[0], SHOWN)}' staat niets"
            return
        entry.parameters = parameters
        strange = sorted(set(entry.answers) - self.asked.keys(parameters))
        if strange:
            yield f"item {', '.join(strange[:6])} wordt {_words(parameters)} niet gevraagd, en heeft hier een antwoord"
        entry.blank = len((keys & self.asked.full(parameters)) - set(entry.answers))
        if not entry.answers and not row.misfits:
            yield "er staat geen enkel antwoord in deze rij"
        if entry.day is None:
            entry.day, entry.month = self._date(parameters)
        if entry.day is not None and not _OLDEST <= entry.day <= self._today:
            yield f"de datum {entry.day:%d-%m-%Y} kan niet: een uitslag is van voor vandaag"

    def _parameters(
        self, known: Mapping[str, Setting], keys: frozenset[str], *, ask: bool
    ) -> dict[str, Setting] | None:
        """All parameters; None where they do not follow from what is known, which with `ask` becomes a question."""
        if len(known) == len(self.asked.content.parameter):
            return {one.id: known[one.id] for one in self.asked.content.parameter}
        sign = (*(f"{name}={value}" for name, value in sorted(known.items())), *sorted(keys))
        if sign not in self._open_parameters:
            self._open_parameters[sign] = self.asked.fitting(known, keys)
        fitting = self._open_parameters[sign]
        if len(fitting) == 1:
            return dict(fitting[0])
        for parameter in self.asked.content.parameter if ask else ():
            values = {one[parameter.id] for one in fitting}
            if parameter.id not in known and len(values) != 1:
                choices = tuple(str(one) for one in parameter.values if not values or one in values)
                self.questions[parameter.id, ""] = Question(parameter.id, "", parameter.title, choices)
        return None

    def _date(self, parameters: Mapping[str, Setting]) -> tuple[Day | None, bool]:
        for name, value in parameters.items():
            if (name, str(value)) in self._dates:
                return self._dates[name, str(value)]
        return self._dates.get(("", ""), (None, False))

    # -- together

    def _gather(self, entry: Entry) -> None:
        """Keeps an entry, or lays it over one of another row that is about the same record."""
        key = (same_name(entry.organisation), entry.subject, tuple(entry.parameters.items()), entry.day)
        there = self._by_key.get(key)
        if there is None:
            self._by_key[key] = entry
            self.entries.append(entry)
        elif wrong := lay_together(there, entry):
            self._bad(entry.told(wrong))

    def settle(self) -> None:
        """After the last row: rows without a date join the one record of the same measurement that has one."""
        if self._only_one_date():
            for one in self.entries:
                one.day, one.month = None, False
            self._ask_moments()
        dated: dict[tuple[object, ...], list[Entry]] = {}
        for one in self.entries:
            if one.day is not None:
                key = (same_name(one.organisation), one.subject, tuple(one.parameters.items()))
                dated.setdefault(key, []).append(one)
        left: list[Entry] = []
        for one in self.entries:
            same = dated.get((same_name(one.organisation), one.subject, tuple(one.parameters.items())), [])
            if one.day is not None or len(same) != 1:
                left.append(one)
            elif wrong := lay_together(same[0], one):
                self._bad(one.told(wrong))
        self.entries = left

    def _only_one_date(self) -> bool:
        """Whether one date was given for successive measurements, which cannot all be of that day."""
        if not self._moments or set(self._dates) != {("", "")}:
            return False
        day = self._dates["", ""][0]
        return len({one.parameters[self._moments] for one in self.entries if one.day == day}) > 1

    def _ask_moments(self) -> None:
        for one in self.entries:
            self.ask_date(one)

    def ask_date(self, entry: Entry) -> None:
        """Makes the date of an entry a question."""
        if not self._moments:
            self.questions["", ""] = Question("", "", "Van welke datum zijn deze uitslagen?")
            return
        value = str(entry.parameters[self._moments])
        title = f"Van welke datum of maand is {self._moments} {value}?"
        self.questions[self._moments, value] = Question(self._moments, value, title)


MOST_IGNORED = 50
"""So many columns that mean nothing are named."""


def gathered(opened: Opened, wish: Wish, today: Day, progress: Progress) -> Gathered:
    """All files that were asked for, read. Raises what `open_table` and `Gathered.read` raise."""
    if not wish.files:
        raise Misused("no-table-given", "Er is geen bestand genoemd.", advice="Noem een CSV of een .xlsx.")
    found = Gathered(opened, wish, today)
    for path in wish.files:
        found.read(open_table(path, wish.sheet), progress)
    found.settle()
    return found


def _not_understood(table: TableFile, headings: tuple[str, ...], why: str) -> Misused:
    some = ", ".join(one_line(one, SHOWN) for one in headings[:20])
    return Misused("table-not-understood", why, place=str(table.path), advice=f"Gelezen kolommen: {some}.")


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while batch := list(islice(lines, _BATCH)):
        yield batch


def _words(parameters: Mapping[str, Setting]) -> str:
    return "bij " + ", ".join(f"{name} {value}" for name, value in parameters.items()) if parameters else ""
