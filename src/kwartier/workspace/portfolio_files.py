"""A portfolio file opened and looked through, before anything of it is believed. Nothing is written here.

Everything in it is checked: names, digests, forms, what belongs to what. A file that is not wholly as kwartier makes
them is refused whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from kwartier.errors import KwartierError, Refused, Unreadable
from kwartier.instrument.model import Content, EvidenceStep
from kwartier.instrument.reading import content_of
from kwartier.instrument.selection import for_parameters
from kwartier.records.canonical import digest
from kwartier.records.files import SCHEMA, Envelope, Evidence, view
from kwartier.records.organisation import Subject
from kwartier.records.tree import Tree
from kwartier.store import disk, files, toml
from kwartier.store.names import check_name, is_code
from kwartier.store.refs import ENVELOPE, Ref, parse_ref, split_step_file_name
from kwartier.store.refusals import missing_refused
from kwartier.workflow import sealing
from kwartier.workflow.file_kinds import plain_name, require_kind
from kwartier.workspace import bundle, handover_file
from kwartier.workspace.exporting import FILE_ID
from kwartier.workspace.locking import is_locked, unlock
from kwartier.workspace.portfolios_given import BY_PROGRAMME, BY_STUDENT, FOR_STUDENT, KIND, MANIFEST, Manifest
from kwartier.workspace.shelf import Shelf

_PIN = re.compile(r"[0-9a-f]{64}")
_CODE = re.compile(r"[a-z][0-9]{1,5}")
_ANY_KIND = EvidenceStep(id="any", title="any")
"""No kinds are named, so what is refused is a program, and what its ending contradicts."""


class Offered(Struct, frozen=True, kw_only=True):
    """A record in a portfolio file: its files by name, and what was asked where this kwartier can read that."""

    ref: Ref
    envelope: Envelope
    trees: Mapping[str, Tree]
    content: Content | None


class Portfolio(Struct, frozen=True, kw_only=True):
    """A portfolio file that holds together."""

    manifest: Manifest
    subject: Subject
    subject_tree: Tree
    records: tuple[Offered, ...]
    contents: tuple[Tree, ...]
    evidence: Mapping[str, bytes]

    @property
    def is_partial(self) -> bool:
        """Whether it was made for somebody else than the student, so without what the student keeps to themselves."""
        return self.manifest.to != FOR_STUDENT

    @property
    def by_student(self) -> bool:
        """Whether the student gave it."""
        return self.manifest.by == BY_STUDENT


def open_portfolio(shelf: Shelf, path: Path, passphrase: str | None) -> Portfolio:
    """The portfolio in a file. Raises `Refused` for another passphrase, `Unreadable` for what is none."""
    most = bundle.LIMITS.total
    data = files.find_bytes(path, most)
    if data is None:
        raise missing_refused(path)
    place = str(path)
    if len(data) > most or not is_locked(data):
        raise _none(place, data)
    opened = unlock(data, passphrase, place)
    if not bundle.is_bundle(opened):
        raise _none(place, opened)
    held = bundle.unpack(opened, place)
    manifest = _manifest(held, place)
    try:
        return _portfolio(shelf, held, manifest, place)
    except Unreadable as error:
        if error.code == "newer-file":
            raise _newer(place) from error
        if error.code == "portfolio-wrong":
            raise
        raise wrong(place, error.message) from error
    except KwartierError as error:
        raise wrong(place, error.message) from error


def _manifest(held: Mapping[str, bytes], place: str) -> Manifest:
    if MANIFEST not in held:
        raise _none(place, held.get(handover_file.TREE, b""))
    tree = toml.parse(held[MANIFEST], place)
    if tree.get("kind") != KIND:
        raise _none(place)
    if isinstance(tree.get("schema"), int) and tree["schema"] > SCHEMA:
        raise _newer(place)
    if tree.get("digest") != digest(tree, without=("digest",)):
        raise wrong(place, "het is veranderd sinds kwartier het maakte")
    found = view(tree, Manifest, place)
    told = {str(one.get("id")): one.get("digest") for one in found.file}
    if told != {name: disk.fingerprint(data) for name, data in held.items() if name != MANIFEST}:
        raise wrong(place, "het is veranderd sinds kwartier het maakte")
    if found.by not in (BY_STUDENT, BY_PROGRAMME):
        raise wrong(place, "er staat niet in van wie het komt")
    for one in found.person:
        if not _CODE.fullmatch(str(one.get("id"))) or not isinstance(one.get("name", ""), str):
            raise wrong(place, "een naam hoort nergens bij")
        if one.get("name"):
            _name(str(one["name"]), place)
    return found


def _portfolio(shelf: Shelf, held: Mapping[str, bytes], manifest: Manifest, place: str) -> Portfolio:
    tree = toml.parse(held.get("subject.toml", b""), place)
    subject = view(tree, Subject, place)
    if subject.schema > SCHEMA:
        raise _newer(place)
    if subject.id != manifest.student.get("id") or subject.code != manifest.student.get("code"):
        raise wrong(place, "het gaat over een andere student dan het zegt")
    if not is_code(subject.code) or subject.kind != "student" or subject.placement or subject.handed_over:
        raise wrong(place, "er staat iets in dat niet bij een student hoort")
    if subject.name:
        _name(subject.name, place)
    contents = dict(_contents(held, place))
    records = tuple(_records(shelf, held, manifest, contents, place))
    evidence = {name.removeprefix("evidence/"): data for name, data in held.items() if name.startswith("evidence/")}
    known = {"subject.toml", MANIFEST, *(f"evidence/{id}" for id in _named(records, evidence, place))}
    known |= {f"contents/{one.envelope.content.removeprefix('sha256:')}.toml" for one in records}
    known |= {f"records/{one.ref.instrument}/{one.ref.name}/{name}" for one in records for name in one.trees}
    if set(held) != known:
        raise wrong(place, "er zit iets in dat er niet in hoort")
    return Portfolio(
        manifest=manifest,
        subject=subject,
        subject_tree=tree,
        records=records,
        contents=tuple(contents.values()),
        evidence=evidence,
    )


def _contents(held: Mapping[str, bytes], place: str) -> Iterator[tuple[str, Tree]]:
    for name, data in held.items():
        if name.startswith("contents/"):
            hex = name.removeprefix("contents/").removesuffix(".toml")
            tree = toml.parse(data, place)
            if not _PIN.fullmatch(hex) or digest(tree) != f"sha256:{hex}":
                raise wrong(place, "een inhoud van een instrument is veranderd")
            yield f"sha256:{hex}", tree


def _records(
    shelf: Shelf, held: Mapping[str, bytes], manifest: Manifest, contents: Mapping[str, Tree], place: str
) -> Iterator[Offered]:
    seen: set[str] = set()
    for row in manifest.record:
        ref = parse_ref(str(row.get("ref")))
        if ref.subject != manifest.student.get("code"):
            raise wrong(place, "er zit een meting van iemand anders in")
        start = f"records/{ref.instrument}/{ref.name}/"
        trees = {name.removeprefix(start): toml.parse(held[name], place) for name in held if name.startswith(start)}
        envelope = view(trees.get(f"{ENVELOPE}.toml", {}), Envelope, place)
        schemas = [tree.get("schema", SCHEMA) for tree in trees.values()]
        if any(not isinstance(one, int) or one > SCHEMA for one in schemas):
            raise _newer(place)
        fits = (envelope.id, envelope.instrument, envelope.subject) == (row.get("id"), ref.instrument, ref.subject)
        if not fits or envelope.id in seen or envelope.content not in contents:
            raise wrong(place, "een meting klopt niet met wat het bestand zegt")
        seen.add(envelope.id)
        content = _content(contents[envelope.content], envelope, place)
        _check_steps(shelf, trees, envelope, content, place)
        yield Offered(ref=ref, envelope=envelope, trees=trees, content=content)


def _content(tree: Tree, envelope: Envelope, place: str) -> Content | None:
    """What was asked; None where this kwartier cannot tell: then the record is carried as it is."""
    try:
        return for_parameters(content_of(tree, place), envelope.parameters)
    except KwartierError:
        return None


def _check_steps(
    shelf: Shelf, trees: Mapping[str, Tree], envelope: Envelope, content: Content | None, place: str
) -> None:
    people = {one.id for one in envelope.person}
    if not all(_CODE.fullmatch(id) or id == envelope.subject for id in people):
        raise wrong(place, "iemand heeft geen code")
    subjects = {role.id for role in content.role if role.is_subject} if content else set()
    if any(one.role in subjects and one.id != envelope.subject for one in envelope.person):
        raise wrong(place, "iemand anders staat erin als de student zelf")
    steps = {step.id: step for step in content.step} if content else {}
    for name, tree in trees.items():
        if name == f"{ENVELOPE}.toml":
            continue
        key = split_step_file_name(name)
        if key is None or (key[1] is not None and key[1] not in people) or (content and key[0] not in steps):
            raise wrong(place, "er zit een bestand in dat bij geen stap hoort")
        if content:
            shelf.check_step_tree(steps[key[0]], tree, place, own=key[1] is not None)
        if "sealed" in tree and not sealing.intact(tree):
            raise wrong(place, "een scoreblad is veranderd nadat het verzegeld was")


def _named(records: tuple[Offered, ...], evidence: Mapping[str, bytes], place: str) -> set[str]:
    """The ids of the files that are there and that evidence names, as it names them."""
    found: set[str] = set()
    for one in records:
        for tree in one.trees.values():
            for row in tree.get("evidence", []) if isinstance(tree.get("evidence"), list) else []:
                file = view(row, Evidence, place).file
                if file is None:
                    continue
                if not FILE_ID.fullmatch(file.id) or plain_name(file.name) != file.name:
                    raise wrong(place, "de naam van een bestand bij bewijs kan niet")
                data = evidence.get(file.id)
                if data is not None:
                    if len(data) != file.size or disk.fingerprint(data) != file.digest:
                        raise wrong(place, "een bestand bij bewijs is veranderd")
                    require_kind(_ANY_KIND, file.name, data)  # which kinds were asked may be another since: not these
                    found.add(file.id)
    return found


def _name(name: str, place: str) -> None:
    try:
        check_name(name)
    except Refused as error:
        raise wrong(place, error.message) from error


def wrong(place: str, why: str) -> Unreadable:
    """What is said of a file that does not hold together."""
    return Unreadable(
        "portfolio-wrong",
        f"Dit bestand klopt niet: {why.rstrip('.')}.",
        place=place,
        advice="Vraag het bestand opnieuw. Er is niets overgenomen.",
    )


def _none(place: str, data: bytes = b"") -> Unreadable:
    if f'kind = "{handover_file.GIVEN}"'.encode() in data:
        return Unreadable(
            "no-portfolio",
            "Dit is een blad om zelf in te vullen. Op het scherm: ctrl+p, Blad openen.",
            place=place,
            advice="Open het met: kwartier blad open BESTAND.",
        )
    return Unreadable(
        "no-portfolio",
        "Dit is geen portfolio dat kwartier heeft meegegeven.",
        place=place,
        advice="Vraag om het bestand dat met 'kwartier student geef' gemaakt is.",
    )


def _newer(place: str) -> Unreadable:
    return Unreadable(
        "newer-file",
        "Dit bestand is van een nieuwere kwartier.",
        place=place,
        advice="Installeer de nieuwste kwartier; er is niets veranderd.",
    )


def codes_in(portfolio: Portfolio) -> list[str]:
    """The codes of people in the records, in order, without that of the student."""
    found = {str(one["id"]) for one in portfolio.manifest.person}
    for record in portfolio.records:
        found |= {one.id for one in record.envelope.person}
    return sorted(found - {portfolio.subject.code})


def names_in(portfolio: Portfolio) -> dict[str, str]:
    """The names behind those codes."""
    return {str(one["id"]): str(one.get("name", "")) for one in portfolio.manifest.person}
