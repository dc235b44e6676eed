"""Makes a new record: its files, and with them the names, the subject and the organisation that are new. One operation.

What a beginning has to satisfy stands in `assessments`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kwartier.errors import Misused
from kwartier.instrument.model import Content
from kwartier.plugins.host import Opened
from kwartier.records.files import SCHEMA
from kwartier.records.tree import Tree
from kwartier.store import files
from kwartier.store.folder import encode_files, free_assessment_name
from kwartier.store.journal import Journal
from kwartier.store.making import built_folder
from kwartier.store.refs import Ref, parse_ref
from kwartier.store.staging import staged
from kwartier.workspace import organisations, subjects
from kwartier.workspace.assessors import Assessor, code_of_assessor, require_other, role_of, traits_of
from kwartier.workspace.carrying import carried
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Shelf


class Beginning(Struct, frozen=True, kw_only=True):
    """What an assessment starts with.

    With `new_organisation` (its details, a name among them) there is no `organisation` yet; with `new_subject` (its
    details) there is no such subject yet, and without a code it gets one. Both are made together with the record.
    """

    organisation: str
    instrument: str
    date: date
    people: tuple[Assessor, ...] = ()
    subject: str = ""
    parameters: Mapping[str, object] = {}
    follows: str = ""
    reason: str = ""
    profile: str = ""
    "Id of the programme profile that is laid over the content."
    new_organisation: Mapping[str, object] | None = None
    new_subject: Mapping[str, object] | None = None


FilesOf = Callable[[Codes], Mapping[str, Tree]]
"""The first step files of a record; new names in them go to the codes."""


class Making:
    """One new record with what has to be there with it: names, a subject, an organisation. Whole or not at all."""

    def __init__(
        self,
        shelf: Shelf,
        begin: Beginning,
        opened: Opened,
        content: Content,
        parameters: Mapping[str, Any],
        paper: str,
        files_of: FilesOf,
    ) -> None:
        self._shelf, self._begin, self._opened, self._content = shelf, begin, opened, content
        self._parameters, self._paper, self._files_of = parameters, paper, files_of

    def in_known(self) -> Ref:
        """In an organisation that is there."""
        shelf, begin = self._shelf, self._begin
        pin = shelf.folder.write_content(self._opened.tree)
        with shelf.folder.lock(begin.organisation):
            code, subject = self._subject(begin.organisation)
            codes = self._codes(shelf.codes(begin.organisation, code or None), code, subject)
            place = shelf.folder.instrument(begin.organisation, begin.instrument, code or None)
            name = free_assessment_name(place, begin.date)
            ref = Ref(begin.organisation, begin.instrument, code or None, name)
            _place(shelf, ref, self._trees(pin, code, codes), codes, subject)
        return ref

    def beside_new(self) -> Ref:
        """With an organisation that is new: all of it is one folder, moved into place in one stroke."""
        shelf, begin = self._shelf, self._begin
        name = str((begin.new_organisation or {}).get("name", ""))
        fields = organisations.checked(shelf, {**(begin.new_organisation or {}), "name": name})
        code, subject = self._subject("")
        codes = self._codes(Codes(None, "people.toml"), code, subject)
        pin = shelf.folder.write_content(self._opened.tree)
        with shelf.folder.lock(), staged(shelf.folder.path, "nieuw") as stage:
            organisations.require_new(shelf, name)
            slug = shelf.folder.free_organisation(name)
            ref = Ref(slug, begin.instrument, code or None, begin.date.isoformat())
            inside = "/".join(str(ref).split("/")[1:])
            record = encode_files(self._trees(pin, code, codes), shelf.folder.assessment(ref))
            own = {"organisation.toml": organisations.organisation_tree(shelf, fields)}
            if codes.changed:
                own["people.toml"] = codes.tree()
            home = stage.put(slug, encode_files(own, shelf.folder.organisation(slug)))
            if subject is not None:
                file = encode_files({"subject.toml": subject}, shelf.folder.subject(slug, code))
                stage.put(f"{slug}/subjects/{code}", file)
            stage.put(f"{slug}/{inside}", record)
            journal = Journal.plan(shelf.folder.path, f"{ref} met een nieuwe organisatie")
            journal.move(home, shelf.folder.organisation(slug))
            journal.commit()
        return ref

    def _codes(self, codes: Codes, code: str, subject: Tree | None) -> Codes:
        """The codes with the student that it is about among them, by the name that stands with the student."""
        if self._opened.header.subject != "student":
            return codes
        return codes.beside(code, str(subject.get("name", "")) if subject is not None else codes.subjects.get(code, ""))

    def _subject(self, slug: str) -> tuple[str, Tree | None]:
        """The code of the subject, and its file where it is new."""
        shelf, begin = self._shelf, self._begin
        kind = self._opened.header.subject
        if kind == "organisation":
            return "", None
        details = begin.new_subject or {}
        code = begin.subject or subjects.free_code(shelf, slug, str(details.get("name") or ""))
        tree = subjects.subject_tree(shelf, code, {"kind": kind, **details})
        if not slug or code not in shelf.folder.subjects(slug):
            return code, tree
        if begin.new_subject is not None:
            subjects.require_same(shelf, slug, code, tree)
        return code, None

    def _trees(self, pin: str, code: str, codes: Codes) -> dict[str, Tree]:
        begin = replace(self._begin, subject=code)
        people = _people(begin, self._content, codes)
        envelope = envelope_of(self._shelf, begin, self._opened, pin, self._parameters, people, self._paper)
        carried = _carried(self._shelf, begin, self._content, people)
        return {"assessment.toml": envelope, **carried, **self._files_of(codes)}


def _carried(shelf: Shelf, begin: Beginning, content: Content, people: list[Tree]) -> Mapping[str, Tree]:
    if not begin.follows:
        return {}
    earlier = shelf.case(begin.follows)
    if earlier.ref.instrument != begin.instrument or (earlier.ref.subject or "") != begin.subject:
        return {}
    counting = [row for row in people if not row.get("shadow")]
    return carried(earlier.record, content, counting, before=earlier.content)


def _place(shelf: Shelf, ref: Ref, trees: Mapping[str, Tree], codes: Codes, subject: Tree | None) -> None:
    target = shelf.folder.assessment(ref)
    if not codes.changed and subject is None:
        shelf.folder.create(target, trees)
        return
    # New names, a new subject and the new record belong together: one journal.
    with built_folder(target, encode_files(trees, target)) as building:
        journal = Journal.plan(shelf.folder.path, f"{ref} met nieuwe namen")
        if codes.changed:
            expected = codes.reading.fingerprint if codes.reading else None
            path = shelf.folder.people_file(ref.organisation)
            journal.put(path, files.encode(path, codes.tree()), expected=expected)
        if subject is not None and ref.subject is not None:
            path = shelf.folder.subject_file(ref.organisation, ref.subject)
            journal.put(path, files.encode(path, subject), expected=None)
        journal.move(building, target)
        journal.commit()


def envelope_of(
    shelf: Shelf,
    begin: Beginning,
    opened: Opened,
    pin: str,
    parameters: Mapping[str, Any],
    people: list[Tree],
    paper: str,
) -> Tree:
    """A new assessment.toml; `paper` says where it was taken over from, where it was."""
    tree: Tree = {
        "schema": SCHEMA,
        "id": shelf.new_id(),
        "instrument": opened.header.id,
        "edition": opened.header.edition,
        "plugin": opened.plugin,
        "content": pin,
        "date": begin.date,
    }
    if begin.subject:
        tree["subject"] = begin.subject
    if begin.follows:
        tree["follows"] = str(parse_ref(begin.follows))
    if begin.profile:
        tree["profile"] = begin.profile
    if parameters:
        tree["parameters"] = {name: list(one) if isinstance(one, tuple) else one for name, one in parameters.items()}
    if paper:
        tree["paper"] = {"source": paper, "entered": shelf.today()}
    if people:
        tree["person"] = people
    if begin.reason:
        tree["departure"] = [{"id": "aantal-auditors", "reason": begin.reason, "date": shelf.today()}]
    return tree


def _people(begin: Beginning, content: Content, codes: Codes) -> list[Tree]:
    # the subject takes part under its own code: the name behind it stands with the subject alone
    rows: list[Tree] = [{"id": begin.subject, "role": role.id} for role in content.role if role.is_subject]
    for one in begin.people:
        role = role_of(content, one)
        code = code_of_assessor(codes, one.name)
        require_other(codes, code, one.name)
        if code in {row["id"] for row in rows}:
            raise Misused(
                "name-twice",
                f"'{one.name}' staat er twee keer bij.",
                advice="Zijn het twee mensen met dezelfde naam, zet er dan een letter bij.",
            )
        row: Tree = {"id": code, "role": role.id}
        if one.shadow:
            row["shadow"] = True
        if one.origin:
            row["origin"] = one.origin
        if said := traits_of(role, one.traits):
            row["traits"] = said
        rows.append(row)
    return rows
