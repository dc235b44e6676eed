"""Checks a whole data folder: every problem with its path, line and what to do. It changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from kwartier.errors import KwartierError, Refused
from kwartier.instrument import model as m
from kwartier.records.canonical import digest, same
from kwartier.records.files import view
from kwartier.records.organisation import Subject
from kwartier.records.tree import Tree
from kwartier.store import files
from kwartier.store.journal import pending
from kwartier.store.refs import ENVELOPE, Ref, is_date_name, is_instrument
from kwartier.store.refusals import link_refused
from kwartier.workflow import sealing
from kwartier.workflow.agreed import scored_by
from kwartier.workflow.filling import Rejected
from kwartier.workflow.forms import form_of
from kwartier.workflow.people import revealed
from kwartier.workflow.rules import check as check_rules
from kwartier.workflow.settled import fixed, report_step, versions
from kwartier.workspace import encrypting, evidence, laying, profiles, retaining, wordings
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
        problems=tuple(dict.fromkeys(problems)),
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
    yield from _wordings(shelf)
    for path in profiles.strange(shelf):
        yield _notice(path, "Dit is geen opleidingsprofiel van kwartier.", "Zet het ergens anders, of geef het een id.")
    for one in profiles.every(shelf):
        if one.problem:
            yield _wrong(one.place, one.problem, one.advice)
    contents = shelf.folder.path / "contents"
    for path in sorted(contents.glob("*.toml")) if contents.is_dir() else []:
        try:
            shelf.folder.read_content(f"sha256:{path.stem}")
        except KwartierError as error:
            yield _error(error, path)


def _wordings(shelf: Shelf) -> Iterator[Problem]:
    """Official wordings of this user that cannot be used; they stand outside the data folder."""
    for listing in shelf.host.listings():
        if not listing.usable or listing.header is None or not wordings.there(listing.header):
            continue
        try:
            error = wordings.trouble(listing.header, shelf.host.open(listing.id).content)
        except KwartierError:
            continue  # a broken instrument is told by its own list
        if error is not None:
            yield _notice(
                error.place or "", f"{error.message} kwartier toont de eigen formulering.", error.advice or ""
            )


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
    known: set[str] | None = None
    try:
        known = set(shelf.codes(slug).names())
        counted["files"] += 1
    except KwartierError as error:
        yield _error(error, shelf.folder.people_file(slug))
    for code in shelf.folder.subjects(slug):
        path = shelf.folder.subject_file(slug, code)
        try:
            subject = view(files.read(path).tree, Subject, str(path))
            counted["files"] += 1
            yield from _supervisors(subject, known, path)
        except files.Locked:
            counted["files"] += 1  # that it is locked is as it should be
        except KwartierError as error:
            yield _error(error, path)
    for code in retaining.undated(shelf, slug):
        yield _notice(
            shelf.folder.subject_file(slug, code),
            "Van deze student staat nergens tot wanneer de gegevens bewaard worden.",
            f"Zet de datum: kwartier student bewaren {slug} {code} DATUM.",
        )
    for code in shelf.folder.subjects(slug):
        yield from _lock(shelf, slug, code)
        for path in evidence.unnamed(shelf, slug, code):
            yield _notice(path, "Geen bewijsstuk noemt dit bestand.", "Hoort het nergens bij, verwijder het dan.")
    yield from _without_envelope(shelf, slug)
    for ref in shelf.folder.assessments(slug):
        counted["assessments"] += 1
        try:
            yield from _assessment(shelf, ref, counted)
        except KwartierError as error:
            yield _error(error, ref_path(shelf, ref))


def _lock(shelf: Shelf, slug: str, code: str) -> Iterator[Problem]:
    """A lock that is damaged or gone, and what stands in clear beside one."""
    if error := encrypting.trouble(shelf, slug, code):
        yield _error(error, shelf.folder.subject(slug, code))
    elif encrypting.is_encrypted(shelf, slug, code):
        try:
            found = encrypting.in_clear(shelf, slug, code)
        except KwartierError as error:
            yield _error(error, shelf.folder.subject(slug, code))
            return
        for path in found:
            yield _wrong(
                path,
                f"Alles van {code} is op slot, maar dit bestand is voor iedereen te lezen.",
                f"Zet het alsnog op slot, met hetzelfde wachtwoord: 'kwartier student slot erop {slug} {code}'.",
            )


def _supervisors(subject: Subject, known: set[str] | None, path: Path) -> Iterator[Problem]:
    """Codes of supervisors that stand for nobody; not where people.toml cannot be read, which is told by itself."""
    for code in sorted({row.supervisor for row in subject.placement if row.supervisor} - (known or set())):
        if known is not None:
            advice = f"Zet de begeleider opnieuw: 'kwartier plaatsing wijzig … {subject.code} … --begeleider NAAM'."
            yield _notice(path, f"Achter de code '{code}' van een begeleider staat geen naam.", advice)


def _without_envelope(shelf: Shelf, slug: str) -> Iterator[Problem]:
    """Folders of records of which assessment.toml is gone: nothing else shows that they are there."""
    home = shelf.folder.organisation(slug)
    for place in sorted([*home.glob("*/*"), *home.glob("*/*/*")]):
        parents = place.relative_to(home).parts
        if is_instrument(parents[0]) and is_date_name(place.name) and place.is_dir() and not place.is_symlink():
            envelope = place / f"{ENVELOPE}.toml"
            if not envelope.exists():
                yield _wrong(
                    envelope,
                    "Dit bestand ontbreekt, dus de meting in deze map is nergens te zien.",
                    "Zet een reservekopie van dit bestand terug.",
                )


def _assessment(shelf: Shelf, ref: Ref, counted: dict[str, int]) -> Iterator[Problem]:
    broken = [*_unreadable(shelf, ref, counted)]
    yield from broken
    if broken:
        return
    try:
        case = shelf.case(ref, whole=False)
    except files.Locked:
        return  # nothing of it can be looked at, and nothing is wrong
    except KwartierError as error:
        yield _error(error, shelf.folder.assessment_file(ref))
        return
    try:
        content = case.content
    except KwartierError as error:
        yield _wrong(_content_path(shelf, case), error.message, error.advice or "")
        return
    if case.locked:
        yield _notice(ref_path(shelf, ref), case.locked, "Installeer het instrument om verder te werken.")
    yield from _strange_files(shelf, case)
    yield from _codes(shelf, case)
    yield from _rows(shelf, case, content)
    for place, message, advice in evidence.unsound(shelf, case):
        yield _wrong(place, message, advice)
    yield from _sheets(shelf, case, content)
    yield from _versions(shelf, case, content)


def _content_path(shelf: Shelf, case: Case) -> Path:
    try:
        return shelf.folder.content_file(case.record.envelope.content)
    except KwartierError:  # what stands there is no pin at all
        return shelf.folder.assessment_file(case.ref)


def ref_path(shelf: Shelf, ref: Ref) -> Path:
    """The folder of a record."""
    return shelf.folder.assessment(ref)


def _unreadable(shelf: Shelf, ref: Ref, counted: dict[str, int]) -> Iterator[Problem]:
    for path in [shelf.folder.assessment_file(ref), *shelf.folder.step_files(ref).values()]:
        counted["files"] += 1
        try:
            files.read(path)
        except files.Locked:
            continue
        except KwartierError as error:
            yield _error(error, path)


def _strange_files(shelf: Shelf, case: Case) -> Iterator[Problem]:
    steps = {step.id for step in case.content.step}
    for (step, _), path in shelf.folder.step_files(case.ref).items():
        if step not in steps:
            yield _notice(path, f"Het instrument kent geen stap '{step}'; het bestand blijft onaangeroerd.")
    for path in sorted(shelf.folder.assessment(case.ref).iterdir()):
        if path.is_symlink():
            error = link_refused(path)
            yield _error(error, path)


def _codes(shelf: Shelf, case: Case) -> Iterator[Problem]:
    path = shelf.folder.assessment_file(case.ref)
    people = {one.id for one in case.record.envelope.person}
    try:
        codes = set(shelf.codes(case.ref.organisation, case.ref.subject).names())
    except KwartierError:
        codes = people  # that people.toml cannot be read is told once, by its organisation
    for (step, code), _ in case.record.personal.items():
        if code not in people:
            yield _notice(
                shelf.step_path(case.ref, step, code),
                f"'{code}' doet niet mee aan deze meting; het bestand telt niet mee.",
                "Hoort het hier niet, zet het dan ergens anders.",
            )
    for one in case.record.envelope.person:
        if one.id not in codes:
            yield _notice(path, f"Achter de code '{one.id}' staat geen naam.", "Geef een naam met 'kwartier persoon'.")
    follows = case.record.envelope.follows
    if follows:
        try:
            shelf.case(follows)
        except KwartierError as error:
            # One that is there and damaged is told where it stands.
            if error.code in ("unknown-assessment", "unknown-organisation"):
                message = f"De vorige meting, {follows}, is er niet."
                yield _notice(path, message, "Zet haar terug of haal de verwijzing weg.")
    try:
        envelope = case.record.envelope
        now = laying.present(shelf, case.opened, envelope.profile, case.content) if case.opened else None
        if now is not None and envelope.content != now.pin:
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
                shelf.check_step_tree(step, tree, str(path), own=code is not None)
                check_rules(step, content, case.record, tree, str(path))
            except Rejected as error:
                # The values themselves are left out: they may be scores that are not revealed.
                advice = "Herstel het bestand in een teksteditor of zet een reservekopie terug."
                yield _wrong(path, f"{len(error.wrongs)} regel(s) passen niet bij het instrument.", advice)
            except Refused:
                continue  # a gate: `_sheets` tells about it
            except KwartierError as error:
                yield _error(error, path)


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
            scored = scored_by(content, step)
            if record.shared.get(step.id, {}).get("answer") and not revealed(record, scored):
                yield _wrong(
                    shelf.step_path(case.ref, step.id, None),
                    "Er staan definitieve scores terwijl nog niet alle bladen verzegeld zijn.",
                    "kwartier toont ze niet voordat dat zo is.",
                )


def _fixed(case: Case, step: m.AnyStep) -> Tree:
    """What stands now of a step, as far as the definitive report fixes it."""
    return fixed(step, case.record.shared.get(step.id, {}))


def _versions(shelf: Shelf, case: Case, content: m.Content) -> Iterator[Problem]:
    step = report_step(content)
    if step is None:
        return
    made = versions(case.record, content)
    for version in made:
        if digest(version.snapshot) != version.digest:
            yield _wrong(
                shelf.step_path(case.ref, step.id, None),
                f"Versie {version.id} van het definitieve verslag is veranderd.",
                "Zet een reservekopie terug.",
            )
    if made and made[-1].reopened is None:
        changed = [
            one.title
            for one in content.step
            if one.settled and not same(_fixed(case, one), fixed(one, made[-1].snapshot.get(one.id, {})))
        ]
        if changed:
            yield _wrong(
                shelf.folder.assessment(case.ref),
                f"Het verslag is definitief, maar dit is daarna veranderd: {', '.join(changed)}.",
                "Heropen de meting met een reden en maak het verslag opnieuw, of zet een reservekopie terug.",
            )
