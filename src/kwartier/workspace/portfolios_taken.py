"""A portfolio that comes from elsewhere, taken into an organisation: what is new comes in, what is equal is skipped.

Where both have something else of one file it is said which, and nothing happens without a choice. All of it goes in
one journal. What a file holds is looked through in `portfolio_files`; which file wins is decided in `portfolio_merge`.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.records.files import SCHEMA, Envelope, view
from kwartier.records.tree import Tree
from kwartier.store import disk, files
from kwartier.store.folder import free_assessment_name
from kwartier.store.journal import Journal
from kwartier.store.names import safe_code
from kwartier.store.reading import find_bytes
from kwartier.store.refs import ENVELOPE, Ref
from kwartier.workspace import bundle, decision, organisations
from kwartier.workspace.codes import Codes
from kwartier.workspace.portfolio_codes import file_name, renamed
from kwartier.workspace.portfolio_files import Offered, Portfolio, codes_in, names_in, open_portfolio
from kwartier.workspace.portfolio_merge import CHOICES, FILE, HERE, Differing, Merge, merged
from kwartier.workspace.shelf import Case, Shelf


class Wish(Struct, frozen=True, kw_only=True):
    """Where a portfolio goes: an organisation by slug, or a new one by name; perhaps with another code.

    With neither it goes to the organisation that the file names: the one here, else a new one of that name.
    """

    slug: str = ""
    code: str = ""
    new_organisation: str = ""
    differing: str = ""
    "HERE, FILE or PROPOSED for what both have otherwise; empty: that is refused, and listed."


class PortfolioTaken(Struct, frozen=True, kw_only=True):
    """What was taken in: the records, and how many files are new, replaced and left as they were."""

    organisation: str
    code: str
    refs: tuple[str, ...]
    new: int
    replaced: tuple[str, ...]
    kept: tuple[str, ...]
    "Files that both have otherwise, of which the one here stays."
    evidence: int


class PortfolioDiffers(Refused):
    """Files that both have otherwise; nothing was taken in. `differing` says per file which one is proposed."""

    def __init__(self, differing: list[Differing], place: str) -> None:
        words = {HERE: "die van hier blijft", FILE: "die uit het bestand komt ervoor in de plaats"}
        shown = "\n".join(f"- {one.name}: {words[one.proposed]}" for one in differing)
        super().__init__(
            "portfolio-differs",
            f"Dit staat hier anders dan in het bestand; er is nog niets overgenomen. kwartier stelt voor:\n{shown}",
            place=place,
            advice="Neem dit voorstel over met --bij-verschil voorstel, of kies voor alles --bij-verschil hier of "
            "--bij-verschil bestand.",
        )
        self.differing = differing


def take(shelf: Shelf, path: Path, passphrase: str | None, wish: Wish) -> PortfolioTaken:
    """Takes a portfolio in; twice is once. Raises `PortfolioDiffers` where a choice is missing, `Refused` for a code
    that is somebody else's, `Locked` where the student is locked here; then nothing was written.
    """
    if wish.differing and wish.differing not in CHOICES:
        raise Misused("choice-unknown", f"'{wish.differing}' is geen keuze.", advice=f"Kies uit: {', '.join(CHOICES)}.")
    shelf.folder.check_writable()
    if shelf.is_handed_over:
        raise Refused(
            "stays-behind",
            "Deze map is gemaakt om apart in te werken; een portfolio zou hier verloren gaan.",
            place=str(shelf.folder.path),
            advice="Neem het in de datamap van de organisatie.",
        )
    portfolio = open_portfolio(shelf, path, passphrase)
    with ExitStack() as held:
        wish = wish if wish.slug or wish.new_organisation else _as_named(shelf, portfolio, wish)
        slug, organisation = _organisation(shelf, held, wish)
        held.enter_context(shelf.folder.lock(slug))
        return _Taking(shelf, portfolio, slug, wish, str(path)).all(organisation)


def _as_named(shelf: Shelf, portfolio: Portfolio, wish: Wish) -> Wish:
    """The same wish, for the organisation that the file came from."""
    told = portfolio.manifest.organisation
    id, name = told.get("id"), str(told.get("name") or "").strip() or _NAMELESS
    here = [(slug, one) for slug, one in organisations.every(shelf) if one is not None]
    same = [slug for slug, one in here if one.id == id] or [slug for slug, one in here if one.name == name]
    return replace(wish, slug=same[0]) if same else replace(wish, new_organisation=name)


def _organisation(shelf: Shelf, held: ExitStack, wish: Wish) -> tuple[str, Tree | None]:
    """The organisation that it goes to; of a new one also what its file is to hold."""
    if not wish.new_organisation:
        shelf.organisation(wish.slug)
        return wish.slug, None
    fields = organisations.checked(shelf, {"name": wish.new_organisation})
    held.enter_context(shelf.folder.lock())
    organisations.require_new(shelf, wish.new_organisation)
    return shelf.folder.free_organisation(wish.new_organisation), organisations.organisation_tree(shelf, fields)


class _Taking:
    """One portfolio on its way into one organisation, under the lock of that."""

    def __init__(self, shelf: Shelf, portfolio: Portfolio, slug: str, wish: Wish, place: str) -> None:
        self._shelf = shelf
        self._portfolio = portfolio
        self._slug = slug
        self._wish = wish
        self._place = place
        self._journal = Journal.plan(shelf.folder.path, f"{slug}: een portfolio overgenomen")
        self._merge = Merge()
        self._refs: dict[str, str] = {}

    def all(self, organisation: Tree | None) -> PortfolioTaken:
        shelf, slug = self._shelf, self._slug
        code, subject = self._subject()
        name = self._portfolio.subject.name
        codes = shelf.codes(slug).beside(code, name) if subject is not None else shelf.codes(slug, code)
        mapping = {**self._people(codes, code), self._portfolio.subject.code: code}
        here = self._here(code)
        targets = [(one, *self._target(one, code, here)) for one in self._portfolio.records]
        self._refs = {str(one.ref): str(ref) for one, ref, _ in targets}
        for one, ref, case in targets:
            self._record(one, ref, case, mapping)
        evidence = self._evidence(code)
        if self._merge.differing and not self._wish.differing:
            raise PortfolioDiffers(self._merge.differing, self._place)
        for tree in self._portfolio.contents:
            shelf.folder.write_content(tree)
        if organisation is not None:
            path = shelf.folder.organisation_file(slug)
            self._journal.put(path, files.encode(path, organisation), expected=None)
        if subject is not None:
            path = shelf.folder.subject_file(slug, code)
            self._journal.put(path, files.encode(path, subject), expected=None)
        if codes.changed:
            path = shelf.folder.people_file(slug)
            before = codes.reading.fingerprint if codes.reading else None
            self._journal.put(path, files.encode(path, codes.tree()), expected=before)
        for path, tree, expected in self._merge.writes:
            self._journal.put(path, files.encode(path, tree), expected=expected)
        self._journal.commit()
        return PortfolioTaken(
            organisation=slug,
            code=code,
            refs=tuple(self._refs.values()),
            new=self._merge.new,
            replaced=tuple(self._merge.replaced),
            kept=tuple(self._merge.kept),
            evidence=evidence,
        )

    # -- who it is

    def _subject(self) -> tuple[str, Tree | None]:
        """The code of the student here, and the file of one who is new."""
        shelf, slug, own = self._shelf, self._slug, self._portfolio.subject
        wanted = safe_code(self._wish.code or own.code)
        for code in shelf.folder.subjects(slug):
            try:
                found = files.find(shelf.folder.subject_file(slug, code))
            except KwartierError:
                if code == wanted:  # who stands there is not known: locked, or damaged
                    raise
                continue
            if found is not None and found.tree.get("id") == own.id:
                return code, None
            if found is not None and code == wanted:
                raise Refused(
                    "code-taken",
                    f"De code '{code}' is hier van iemand anders.",
                    place=f"{slug}, {code}",
                    advice="Geef de student hier een andere code: --code CODE.",
                )
        kept = {key: value for key, value in self._portfolio.subject_tree.items() if key in _OF_STUDENT}
        return wanted, {"schema": SCHEMA, **kept, "code": wanted}

    def _people(self, codes: Codes, student: str) -> dict[str, str]:
        """By code in the file the code here: of the same name, else a new one. A name is never taken for a code."""
        names = names_in(self._portfolio)
        known = {code: _folded(name) for code, name in codes.names().items() if code != student}
        mapping: dict[str, str] = {}
        for code in codes_in(self._portfolio):
            same = [
                one for one, name in known.items() if name == _folded(names.get(code, "")) and (name or one == code)
            ]
            free = [one for one in sorted(same, key=lambda one: one != code) if one not in mapping.values()]
            mapping[code] = free[0] if free else codes.add(names.get(code, ""), code[0])
        return mapping

    # -- records

    def _here(self, code: str) -> dict[str, Case]:
        """The records of the student here, by their own id."""
        return {
            case.record.envelope.id: case
            for case in (self._shelf.case(ref) for ref in decision.refs_of(self._shelf, self._slug, code))
        }

    def _target(self, one: Offered, code: str, here: Mapping[str, Case]) -> tuple[Ref, Case | None]:
        case = here.get(one.envelope.id)
        if case is not None:
            if case.ref.instrument != one.ref.instrument:
                raise Refused(
                    "other-record",
                    f"{case.ref} is hier een ander soort meting dan in het bestand.",
                    place=self._place,
                    advice="Vraag het bestand opnieuw. Er is niets overgenomen.",
                )
            return case.ref, case
        parent = self._shelf.folder.instrument(self._slug, one.ref.instrument, code)
        name = one.ref.name
        taken = {ref.rpartition("/")[2] for ref in self._refs.values() if ref.startswith(f"{self._slug}/")}
        if (parent / name).exists() or disk.has_link(parent / name) or name in taken:
            name = free_assessment_name(parent, one.ref.date)
        ref = Ref(self._slug, one.ref.instrument, code, name)
        self._refs[str(one.ref)] = str(ref)
        return ref, None

    def _record(self, one: Offered, ref: Ref, case: Case | None, codes: Mapping[str, str]) -> None:
        folder = self._shelf.folder.assessment(ref)
        refs = {old: new for old, new in self._refs.items() if old != new}
        roles = self._roles(one)
        trees = {file_name(name, codes): renamed(tree, codes, refs, roles) for name, tree in one.trees.items()}
        envelope = {**trees[f"{ENVELOPE}.toml"], "subject": ref.subject or ""}
        if envelope.get("follows") and envelope["follows"] not in self._refs.values():
            envelope = {key: value for key, value in envelope.items() if key != "follows"}
        trees[f"{ENVELOPE}.toml"] = envelope
        view(envelope, Envelope, self._place)
        to = codes.get(self._portfolio.manifest.to, "")
        # the envelope comes last: with it the record is there
        names = sorted(trees, key=lambda name: (name == f"{ENVELOPE}.toml", name))
        for name in names:
            there = files.find(folder / name) if case is not None else None
            here = there.tree if there else None
            choice = merged(self._portfolio, one, case, name, here, trees[name], to)
            self._merge.add(folder / name, f"{ref}/{name}", choice, there, trees[name], self._wish.differing)
            if there is not None and choice.firm and choice.holds == FILE:
                # a sheet that was begun here gives way to the sealed one, and is kept as a hand-over keeps it
                kept = folder / "replaced" / f"{Path(name).stem}.{self._shelf.new_id()}.toml"
                self._merge.writes.append((kept, there.tree, None))

    def _roles(self, one: Offered) -> dict[str, tuple[str, ...]]:
        """By role who had it, in a portfolio of another organisation; nothing where the same people have it here."""
        slug = "" if self._wish.new_organisation else self._slug
        if slug and self._shelf.organisation(slug).id == self._portfolio.manifest.organisation.get("id"):
            return {}
        names = {role.id for role in one.content.role} if one.content else set()
        people = one.envelope.person
        return {name: tuple(p.id for p in people if p.role == name) for name in {*names, *(p.role for p in people)}}

    # -- files with evidence

    def _evidence(self, code: str) -> int:
        """Puts the files that are not here yet in the journal, as they are kept here; gives how many."""
        return sum(self._put_file(code, id, data) for id, data in sorted(self._portfolio.evidence.items()))

    def _put_file(self, code: str, id: str, data: bytes) -> bool:
        path = self._shelf.folder.evidence(self._slug, code) / id
        there = find_bytes(path, bundle.LIMITS.each)
        if there is None:
            self._journal.put(path, files.sealed_bytes(path, data), expected=None)
            return True
        if files.opened_bytes(path, there) != data:
            raise Refused(
                "evidence-differs",
                "Een bestand bij bewijs is hier anders dan in het portfolio.",
                place=str(path),
                advice="Vraag het bestand opnieuw, of kijk met 'kwartier controle' wat hier veranderd is.",
            )
        return False


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


_NAMELESS = "Opleiding"
"""What an organisation is called of which the file has no name."""

_OF_STUDENT = ("id", "kind", "name", "note")
