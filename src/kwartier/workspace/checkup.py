"""Checks a whole data folder: every problem with its path, line and what to do. It changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from kwartier.errors import KwartierError
from kwartier.instrument import model as m
from kwartier.records.canonical import digest
from kwartier.records.files import AnswerRow, view
from kwartier.records.tree import Tree
from kwartier.store import files
from kwartier.store.journal import pending
from kwartier.store.refs import Ref
from kwartier.workflow import sealing
from kwartier.workflow.filling import Rejected
from kwartier.workflow.forms import form_of
from kwartier.workflow.people import revealed
from kwartier.workflow.rules import check as check_rules
from kwartier.workflow.settled import versions
from kwartier.workspace.shelf import Case, Shelf


class Problem(Struct, frozen=True, kw_only=True):
    """Something that is wrong (`error`) or deserves a look (`notice`), with what to do about it (Dutch)."""

    level: str
    place: str
    message: str
    advice: str = ""


class Checked(Struct, frozen=True, kw_only=True):
    """The outcome: what was looked at and what was found."""

    organisations: int
    assessments: int
    files: int
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; notices aside."""
        return not any(one.level == "error" for one in self.problems)


def check(shelf: Shelf, *, progress: Callable[[int, int], None] = lambda done, of: None) -> Checked:
    """Looks at every file. `progress` is called with how many organisations are done, of how many."""
    problems = [*_folder(shelf)]
    counted = {"assessments": 0, "files": 0}
    slugs = shelf.folder.organisations()
    for number, slug in enumerate(slugs):
        progress(number, len(slugs))
        problems += _organisation(shelf, slug, counted)
    progress(len(slugs), len(slugs))
    return Checked(
        organisations=len(slugs),
        assessments=counted["assessments"],
        files=counted["files"],
        problems=tuple(problems),
    )


def _error(error: KwartierError, place: Path | str) -> Problem:
    return Problem(level="error", place=error.place or str(place), message=error.message, advice=error.advice or "")


def _notice(place: Path | str, message: str, advice: str = "") -> Problem:
    return Problem(level="notice", place=str(place), message=message, advice=advice)


def _wrong(place: Path | str, message: str, advice: str = "") -> Problem:
    return Problem(level="error", place=str(place), message=message, advice=advice)


def _folder(shelf: Shelf) -> Iterator[Problem]:
    home = shelf.folder.path / "organisations"
    known = set(shelf.folder.organisations())
    if home.is_dir():
        for entry in sorted(home.iterdir()):
            if entry.name not in known and not entry.name.startswith("."):
                yield _notice(
                    entry, "Dit is geen organisatie van kwartier.", "Hoort het hier niet, zet het dan ergens anders."
                )
    for copy in shelf.folder.conflict_copies():
        yield _wrong(
            copy.path,
            f"Een synchronisatieprogramma maakte deze kopie van {copy.original.name}.",
            "Breng ze samen: kwartier samenvoegen BESTAND.",
        )
    if pending(shelf.folder.path):
        yield _wrong(
            shelf.folder.path / ".kwartier" / "journal",
            "Een handeling is niet afgemaakt.",
            "Open de datamap met schrijfrecht; kwartier maakt de handeling dan af.",
        )
    contents = shelf.folder.path / "contents"
    for path in sorted(contents.glob("*.toml")) if contents.is_dir() else []:
        try:
            shelf.folder.read_content(f"sha256:{path.stem}")
        except KwartierError as error:
            yield _error(error, path)


def _organisation(shelf: Shelf, slug: str, counted: dict[str, int]) -> Iterator[Problem]:
    try:
        organisation = shelf.organisation(slug)
        counted["files"] += 1
        if organisation.part_of and organisation.part_of not in shelf.folder.organisations():
            yield _wrong(
                shelf.folder.organisation_file(slug),
                f"Dit is onderdeel van '{organisation.part_of}', en die organisatie is er niet.",
                f"Zet het recht: kwartier organisatie wijzig {slug} --onderdeel-van …",
            )
    except KwartierError as error:
        yield _error(error, shelf.folder.organisation_file(slug))
    try:
        shelf.codes(slug)
        counted["files"] += 1
    except KwartierError as error:
        yield _error(error, shelf.folder.people_file(slug))
    for code in shelf.folder.subjects(slug):
        try:
            files.read(shelf.folder.subject_file(slug, code))
            counted["files"] += 1
        except KwartierError as error:
            yield _error(error, shelf.folder.subject_file(slug, code))
    for ref in shelf.folder.assessments(slug):
        counted["assessments"] += 1
        yield from _assessment(shelf, ref, counted)


def _assessment(shelf: Shelf, ref: Ref, counted: dict[str, int]) -> Iterator[Problem]:
    broken = [*_unreadable(shelf, ref, counted)]
    yield from broken
    if broken:
        return
    try:
        case = shelf.case(ref)
        content = case.content
    except KwartierError as error:
        yield _error(error, shelf.folder.assessment_file(ref))
        return
    if case.locked:
        yield _notice(ref_path(shelf, ref), case.locked, "Installeer het instrument om verder te werken.")
    yield from _strange_files(shelf, case)
    yield from _codes(shelf, case)
    yield from _rows(shelf, case, content)
    yield from _sheets(shelf, case, content)
    yield from _versions(shelf, case, content)


def ref_path(shelf: Shelf, ref: Ref) -> Path:
    """The folder of a record."""
    return shelf.folder.assessment(ref)


def _unreadable(shelf: Shelf, ref: Ref, counted: dict[str, int]) -> Iterator[Problem]:
    for path in [shelf.folder.assessment_file(ref), *shelf.folder.step_files(ref).values()]:
        counted["files"] += 1
        try:
            files.read(path)
        except KwartierError as error:
            yield _error(error, path)


def _strange_files(shelf: Shelf, case: Case) -> Iterator[Problem]:
    steps = {step.id for step in case.content.step}
    for (step, _), path in shelf.folder.step_files(case.ref).items():
        if step not in steps:
            yield _notice(path, f"Het instrument kent geen stap '{step}'; het bestand blijft onaangeroerd.")


def _codes(shelf: Shelf, case: Case) -> Iterator[Problem]:
    codes = set(shelf.codes(case.ref.organisation).names())
    path = shelf.folder.assessment_file(case.ref)
    for one in case.record.envelope.person:
        if one.id not in codes:
            yield _notice(path, f"Achter de code '{one.id}' staat geen naam.", "Geef een naam met 'kwartier persoon'.")
    follows = case.record.envelope.follows
    if follows:
        try:
            shelf.case(follows)
        except KwartierError:
            yield _notice(
                path, f"De vorige meting, {follows}, is er niet.", "Zet haar terug of haal de verwijzing weg."
            )
    try:
        if case.opened and case.record.envelope.content != case.opened.pin:
            yield _notice(
                path,
                "Deze meting is begonnen met een eerdere inhoud van het instrument en wordt daarmee getoond.",
                "Dat mag zo blijven. Een onvoltooide meting kan mee met 'kwartier meting bijwerken'.",
            )
    except KwartierError as error:
        yield _error(error, path)


def _rows(shelf: Shelf, case: Case, content: m.Content) -> Iterator[Problem]:
    """Rows that do not satisfy what the step asks: a score off the scale, an id that does not exist."""
    for step in content.step:
        trees: list[tuple[str | None, Tree]] = []
        if step.id in case.record.shared:
            trees.append((None, case.record.shared[step.id]))
        if form_of(step).own_rows:
            trees += [(code, tree) for (name, code), tree in case.record.personal.items() if name == step.id]
        for code, tree in trees:
            path = shelf.step_path(case.ref, step.id, code)
            try:
                if code is None:
                    shelf.check_step_tree(step, tree, str(path))
                else:
                    for row in tree.get("answer", []):
                        view(row, AnswerRow, str(path))
                check_rules(step, content, case.record, tree, str(path))
            except Rejected as error:
                # The values themselves are left out: they may be scores that are not revealed.
                advice = "Herstel het bestand in een teksteditor of zet een reservekopie terug."
                yield _wrong(path, f"{len(error.wrongs)} regel(s) passen niet bij het instrument.", advice)
            except (KwartierError, KeyError, TypeError, AttributeError):
                yield _wrong(path, "Dit bestand heeft niet de goede vorm.", "Zet een reservekopie terug.")


def _sheets(shelf: Shelf, case: Case, content: m.Content) -> Iterator[Problem]:
    record = case.record
    for step in content.step:
        if isinstance(step, m.ScoreStep):
            for (name, code), tree in record.personal.items():
                if name == step.id and "sealed" in tree and not sealing.intact(tree):
                    yield _wrong(
                        shelf.step_path(case.ref, name, code),
                        f"Het scoreblad van {code} is veranderd nadat het verzegeld was.",
                        "Zet een reservekopie terug, of bespreek met de auditors wat er gebeurd is.",
                    )
        elif isinstance(step, m.ConsensusStep) and record.envelope.paper is None:
            scored = next(one for one in content.step if isinstance(one, m.ScoreStep) and one.id == step.of)
            if record.shared.get(step.id, {}).get("answer") and not revealed(record, scored):
                yield _wrong(
                    shelf.step_path(case.ref, step.id, None),
                    "Er staan definitieve scores terwijl nog niet alle bladen verzegeld zijn.",
                    "kwartier toont ze niet voordat dat zo is.",
                )


def _versions(shelf: Shelf, case: Case, content: m.Content) -> Iterator[Problem]:
    step = next((one for one in content.step if isinstance(one, m.ReportStep)), None)
    if step is None:
        return
    for version in versions(case.record, content):
        if digest(version.snapshot) != version.digest:
            yield _wrong(
                shelf.step_path(case.ref, step.id, None),
                f"Versie {version.id} van het definitieve verslag is veranderd.",
                "Zet een reservekopie terug.",
            )
    made = versions(case.record, content)
    if made and made[-1].reopened is None:
        changed = [
            one.title
            for one in content.step
            if one.settled and digest(case.record.shared.get(one.id, {})) != digest(made[-1].snapshot.get(one.id, {}))
        ]
        if changed:
            yield _wrong(
                shelf.folder.assessment(case.ref),
                f"Het verslag is definitief, maar dit is daarna veranderd: {', '.join(changed)}.",
                "Heropen de meting met een reden en maak het verslag opnieuw, of zet een reservekopie terug.",
            )
