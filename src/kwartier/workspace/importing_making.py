"""Makes the files of the records that a table brings: on a stage, with a journal that moves them into place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from kwartier.errors import Refused
from kwartier.instrument import model as m
from kwartier.plugins.host import Opened
from kwartier.records.canonical import same
from kwartier.records.files import SCHEMA
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.store import files
from kwartier.store.folder import encode_files
from kwartier.store.journal import Journal
from kwartier.store.refs import parse_ref
from kwartier.store.staging import Stage
from kwartier.workflow.filling import Inputs
from kwartier.workflow.rules import fill_in
from kwartier.workflow.table_columns import split_key
from kwartier.workspace import subjects
from kwartier.workspace.beginning import Beginning, envelope_of
from kwartier.workspace.codes import Codes
from kwartier.workspace.importing_asked import Asked
from kwartier.workspace.importing_known import steps_of
from kwartier.workspace.importing_values import Entry, Placed
from kwartier.workspace.paper import on_paper
from kwartier.workspace.shelf import Shelf

Progress = Callable[[int, int], None]


class Making:
    """One operation: what is new goes on the stage and into the journal, what changes into the journal alone."""

    def __init__(self, shelf: Shelf, opened: Opened, pin: str, source: str, stage: Stage, journal: Journal) -> None:
        self._shelf = shelf
        self._opened = opened
        self._pin = pin
        self._source = source
        self._stage = stage
        self._journal = journal
        self._asked = Asked(opened.content)
        self._inputs = Inputs(people=Codes(None, ""), new_id=shelf.new_id)
        self._subjects: set[tuple[str, str]] = set()

    def make(self, todo: list[Placed], progress: Progress) -> None:
        """Everything that is to be written; the journal still has to be committed."""
        homes: dict[str, str] = {}
        for done, one in enumerate(todo):
            progress(done, len(todo))
            if one.state == "new":
                self._new(one, homes)
            else:
                self._changed(one)
        for slug, place in homes.items():
            self._journal.move(self._stage.folder / place, self._shelf.folder.organisation(slug))

    def _new(self, one: Placed, homes: dict[str, str]) -> None:
        ref = parse_ref(one.ref)
        trees = self._trees(one)
        if one.new_organisation:
            if one.slug not in homes:
                homes[one.slug] = f"nieuw/{one.slug}"
                own = {"organisation.toml": self._organisation(one.entry)}
                self._stage.put(homes[one.slug], encode_files(own, self._shelf.folder.organisation(one.slug)))
            inside = "/".join(str(ref).split("/")[1:])
            self._stage.put(f"{homes[one.slug]}/{inside}", encode_files(trees, self._shelf.folder.assessment(ref)))
        else:
            target = self._shelf.folder.assessment(ref)
            self._journal.move(self._stage.put(f"erbij/{ref}", encode_files(trees, target)), target)
        self._subject(one, homes)

    def _subject(self, one: Placed, homes: Mapping[str, str]) -> None:
        code = one.entry.subject
        if not code or (one.slug, code) in self._subjects:
            return
        self._subjects.add((one.slug, code))
        tree = subjects.subject_tree(self._shelf, code, {"kind": self._opened.header.subject})
        if one.new_organisation:
            own = encode_files({"subject.toml": tree}, self._shelf.folder.subject(one.slug, code))
            self._stage.put(f"{homes[one.slug]}/subjects/{code}", own)
        elif code not in self._shelf.folder.subjects(one.slug):
            path = self._shelf.folder.subject_file(one.slug, code)
            self._journal.put(path, files.encode(path, tree), expected=None)

    def _organisation(self, entry: Entry) -> Tree:
        tree: Tree = {"schema": SCHEMA, "id": self._shelf.new_id(), "name": entry.organisation}
        if entry.kind:
            tree["kind"] = entry.kind
        if entry.clients is not None:
            tree["clients"] = entry.clients
        return tree

    def _trees(self, one: Placed) -> dict[str, Tree]:
        entry = one.entry
        assert entry.day is not None, "asked for in the preview"
        content = self._asked.content_for(entry.parameters)
        begin = Beginning(
            organisation=one.slug,
            instrument=self._opened.header.id,
            date=entry.day,
            subject=entry.subject,
            follows=one.follows,
        )
        envelope = envelope_of(self._shelf, begin, self._opened, self._pin, entry.parameters, [], self._source)
        envelope["paper"] = self._paper(envelope["paper"], entry)
        place = f"{entry.file}:{entry.row}"
        record = on_paper(place)
        trees = {"assessment.toml": envelope}
        for step, given in self._given(content, entry):
            trees[f"{step.id}.toml"] = fill_in(step, content, record, {}, given, self._inputs, place=place)
        return trees

    def _paper(self, paper: Tree, entry: Entry) -> Tree:
        printed = {"total": entry.total, "band": entry.band}
        return {**paper, **{key: text for key, text in printed.items() if text}}

    def _given(self, content: m.Content, entry: Entry) -> list[tuple[m.AnyStep, Tree]]:
        """What the entry says, by step."""
        step, notes = steps_of(content)
        options = {scale.id: {one.value for one in scale.options if one.note == "required"} for scale in content.scale}
        asking = {item.id: options[item.scale] for item in content.items()}
        rows: list[Tree] = []
        for key, answer in entry.answers.items():
            item, part = split_key(key)
            row: Tree = {"item": item, "part": part} if part else {"item": item}
            row |= {"missing": answer.missing} if answer.missing else {"value": answer.value}
            note = answer.note or (entry.texts.get(item, "") if answer.value in asking.get(item, ()) else "")
            rows.append({**row, "note": note} if note else row)
        found: list[tuple[m.AnyStep, Tree]] = [(step, {"answer": rows})]
        if notes is not None and entry.texts:
            texts = [{"item": item, "text": text} for item, text in entry.texts.items()]
            found.append((notes, {"explanation": texts}))
        return found

    def _changed(self, one: Placed) -> None:
        """Lays what the table says over what stands in a record that is there."""
        ref = parse_ref(one.ref)
        case = self._shelf.case(ref)
        record: Record = case.record
        for step, given in self._given(case.content, one.entry):
            path = self._shelf.step_path(ref, step.id, None)
            before = files.find(path)
            tree = before.tree if before else {}
            after = fill_in(step, case.content, record, tree, given, self._inputs, place=one.ref)
            self._shelf.check_step_tree(step, after, str(path))
            self._put(path, before, after)
        path = self._shelf.folder.assessment_file(ref)
        before = files.find(path)
        if before is None:
            raise Refused("changed", "Deze meting is intussen weg.", place=one.ref, advice="Bekijk de tabel opnieuw.")
        self._put(path, before, {**before.tree, "paper": self._paper(before.tree.get("paper", {}), one.entry)})

    def _put(self, path: Path, before: files.Reading | None, after: Tree) -> None:
        if before is None or not same(before.tree, after):
            self._journal.put(path, files.encode(path, after), expected=before.fingerprint if before else None)
