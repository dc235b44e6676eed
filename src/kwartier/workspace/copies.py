"""Conflict copies of synchronisers: what two machines made of one file, brought together field by field.

Nothing is decided in silence: a field that both have otherwise is shown with both and waits for a choice. What the
viewer may not see is not shown here either.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from kwartier.errors import Conflict, Misused, Refused
from kwartier.instrument.model import AnyStep, ScoreStep
from kwartier.instrument.selection import step as step_by_id
from kwartier.records.canonical import same
from kwartier.records.files import Envelope, view
from kwartier.records.merge import Clash, Merged, merge
from kwartier.records.organisation import Organisation, PeopleNames, Subject
from kwartier.records.patch import Op, apply
from kwartier.records.tree import ABSENT, Tree
from kwartier.store import files
from kwartier.store.copies import ConflictCopy
from kwartier.store.journal import Journal
from kwartier.store.keyring import is_lock_file
from kwartier.store.refs import Ref, parse_ref, split_step_file_name
from kwartier.workflow import settled
from kwartier.workflow.fact_forms import number_words_of
from kwartier.workflow.people import person, revealed
from kwartier.workflow.readers import require_owner
from kwartier.workflow.rules import check
from kwartier.workflow.visible import visible
from kwartier.workspace.shelf import Case, Shelf, require_known_schema
from kwartier.workspace.steps import code_in

HERE = "hier"
COPY = "kopie"


class FieldsClash(Conflict):
    """Fields that the file and its copy have otherwise; `fields` holds place, file's and copy's value, in order."""

    def __init__(self, fields: list[tuple[str, str, str]], place: str) -> None:
        shown = "\n".join(
            f"{number}. {name}\n   hier:  {ours or '(niets)'}\n   kopie: {theirs or '(niets)'}"
            for number, (name, ours, theirs) in enumerate(fields, start=1)
        )
        super().__init__(
            f"Hierin verschillen het bestand en de kopie; er is nog niets veranderd:\n{shown}",
            place=place,
            mine=[ours for _, ours, _ in fields],
            theirs=[theirs for _, _, theirs in fields],
            advice=f"Kies voor elk nummer: --kies 1={HERE} of --kies 1={COPY}.",
        )
        self.fields = fields


class Found(Struct, frozen=True, kw_only=True):
    """A conflict copy: where it stands and which file it is a copy of."""

    copy: str
    original: str


def every(shelf: Shelf) -> list[Found]:
    """All conflict copies in the data folder."""
    return [Found(copy=str(one.path), original=str(one.original)) for one in shelf.folder.conflict_copies()]


def bring_together(shelf: Shelf, path: Path, choices: Mapping[int, str], who: str | None) -> bool:
    """Merges a copy into its file and removes it, in one operation; tells whether the file changed.

    Raises `FieldsClash` while choices are missing, `Refused` where the viewer may not see the file, it is sealed, or
    the report has fixed it.
    """
    meant = {_plain(Path.cwd() / path), _plain(shelf.folder.path / path)}
    found = next((one for one in shelf.folder.conflict_copies() if _plain(one.path) in meant), None)
    if found is None:
        raise Misused(
            "no-copy",
            "Dit is geen kopie van een synchronisatieprogramma.",
            place=str(path),
            advice="Welke kopieën er zijn, ziet u met 'kwartier samenvoegen' zonder bestand.",
        )
    slug = found.path.relative_to(shelf.folder.path / "organisations").parts[0]
    with shelf.folder.lock(slug):
        original, copy = files.find(found.original), files.read(found.path)
        if original is None:
            raise Refused(
                "original-missing",
                f"Het bestand zelf, {found.original.name}, is er niet.",
                place=str(found.path),
                advice="Is de kopie wat u zoekt, geef haar dan de naam van het bestand.",
            )
        for path, reading in ((found.original, original), (found.path, copy)):
            require_known_schema(path, reading.tree)
        _require_one_key(found, original.tree, copy.tree)
        case, step = _place_of(shelf, found)
        if case is not None and step is not None and not same(original.tree, copy.tree):
            _check_allowed(shelf, case, step, found, who)
        merged = _merged(original.tree, copy.tree, choices, str(found.path))
        _check_merged(shelf, case, step, found, original.tree, merged)
        changed = not same(original.tree, merged)
        journal = Journal.plan(shelf.folder.path, f"{found.original.name} samengevoegd met een kopie")
        if changed:
            journal.put(found.original, files.encode(found.original, merged), expected=original.fingerprint)
        journal.delete(found.path, expected=copy.fingerprint)
        journal.commit()
    return changed


def _require_one_key(found: ConflictCopy, original: Tree, copy: Tree) -> None:
    """Two locks may differ in their passphrase and date; with two keys, half of the files belongs to either."""
    if is_lock_file(found.original) and original.get("recipient") != copy.get("recipient"):
        raise Refused(
            "two-locks",
            "Op twee computers is deze student apart op slot gezet; een van beide sloten past niet op de bestanden.",
            place=str(found.path),
            advice="Bewaar beide bestanden. Zet een reservekopie van alle bestanden van de student terug, met het "
            "slot dat daarbij hoort.",
        )


def _plain(path: Path) -> Path:
    """A path as it can be compared: without links, dots and other ways around in it."""
    return path.resolve()


def _place_of(shelf: Shelf, found: ConflictCopy) -> tuple[Case | None, AnyStep | None]:
    """The record and step that a file belongs to; no step for its envelope, neither for a file of the organisation."""
    key = split_step_file_name(found.original.name)
    ref = _ref_of(shelf, found.original.parent)
    if ref is None:
        return None, None
    case = shelf.case(ref)
    case.require_writable()
    return case, step_by_id(case.content, key[0]) if key else None


def _ref_of(shelf: Shelf, folder: Path) -> Ref | None:
    try:
        return parse_ref(folder.relative_to(shelf.folder.path / "organisations").as_posix())
    except (Misused, ValueError):
        return None


def _check_allowed(shelf: Shelf, case: Case, step: AnyStep, found: ConflictCopy, who: str | None) -> None:
    settled.require_open(case.record, case.content, step)
    owner = (split_step_file_name(found.original.name) or ("", None))[1]
    viewer = code_in(shelf.codes(case.ref.organisation, case.ref.subject), case.record, who)
    require_owner(case.record, case.content, step, viewer)
    if owner is None:
        if step.id not in visible(case.record, case.content, viewer).shared:
            raise Refused(
                "not-revealed",
                f"'{step.title}' is nog dicht, zolang niet alle scorebladen die tellen en uw eigen verzegeld zijn.",
                place=str(found.path),
                advice="Verzegel eerst; voeg de kopie daarna samen.",
            )
        return
    open_to_all = isinstance(step, ScoreStep) and revealed(case.record, step) and not step.private
    if viewer != owner and not open_to_all:
        name = owner if person(case.record, owner) else "iemand anders"
        raise Refused(
            "not-yours",
            f"Dit bestand is van {name}; alleen die persoon kan de kopie samenvoegen.",
            place=str(found.path),
            advice="Voeg toe: --auditor NAAM.",
        )
    if "sealed" in files.read(found.original).tree or "sealed" in files.read(found.path).tree:
        raise Refused(
            "sealed",
            "Een van beide is een verzegeld scoreblad, en dat verandert niet meer.",
            place=str(found.path),
            advice="Bewaar het verzegelde blad onder de gewone naam en zet het andere ergens anders neer.",
        )


def _check_merged(
    shelf: Shelf, case: Case | None, step: AnyStep | None, found: ConflictCopy, before: Tree, merged: Tree
) -> None:
    """Refuses what could not be read back, what its step does not allow, and another day or people under a report."""
    if case is not None and step is not None:
        own = (split_step_file_name(found.original.name) or ("", None))[1] is not None
        shelf.check_step_tree(step, merged, str(found.path), own=own)
        check(step, case.content, case.record, merged, str(found.original))
        return
    kind = _FORMS.get(found.original.name)
    if kind is not None:
        view(merged, kind, str(found.path))
    if case is not None and any(not same(before.get(key), merged.get(key)) for key in ("date", "person")):
        settled.require_not_definitive(case.record, case.content)


_FORMS: dict[str, type[Struct]] = {
    "assessment.toml": Envelope,
    "organisation.toml": Organisation,
    "people.toml": PeopleNames,
    "subject.toml": Subject,
}


def _merged(ours: Tree, theirs: Tree, choices: Mapping[int, str], place: str) -> Tree:
    merged: Merged = merge(None, ours, theirs)
    result = merged.tree
    left = False
    for number, clash in enumerate(merged.conflicts, start=1):
        choice = choices.get(number)
        if choice in (HERE, COPY):
            result = apply(result, (Op(clash.path, clash.base, clash.ours if choice == HERE else clash.theirs),))
        else:
            left = True
    if left:
        raise FieldsClash([_fields(clash) for clash in merged.conflicts], place)
    return result


def _fields(clash: Clash) -> tuple[str, str, str]:
    return clash.place, _words(clash.ours), _words(clash.theirs)


def _words(value: Any) -> str:
    if value is ABSENT:
        return ""
    if isinstance(value, dict):
        if number := number_words_of(value):
            return f"{number} ({value['note']})" if value.get("note") else number
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    return str(value)
