"""Which of two versions of one file of a portfolio holds: the one here, or the one in the file that came."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from kwartier.instrument.model import AnyStep, Content, ReportStep
from kwartier.records.canonical import same
from kwartier.records.keys import row_key
from kwartier.records.tree import Tree
from kwartier.store.files import Reading
from kwartier.store.refs import split_step_file_name
from kwartier.workflow.readers import read_as, readers_of
from kwartier.workflow.settled import is_definitive
from kwartier.workspace.portfolio_files import Offered, Portfolio
from kwartier.workspace.shelf import Case

HERE, FILE, PROPOSED = "hier", "bestand", "voorstel"
CHOICES = (HERE, FILE, PROPOSED)


class Choice(Struct, frozen=True, kw_only=True):
    """What becomes of one file: `differs` says that there are two of it, `firm` that nobody can choose otherwise."""

    holds: str
    differs: bool = False
    firm: bool = False


class Differing(Struct, frozen=True, kw_only=True):
    """A file that both have otherwise, and which of the two is proposed (HERE or FILE)."""

    name: str
    proposed: str


class Merge:
    """What a portfolio changes, gathered before any of it is written."""

    def __init__(self) -> None:
        self.writes: list[tuple[Path, Tree, str | None]] = []
        self.differing: list[Differing] = []
        self.replaced: list[str] = []
        self.kept: list[str] = []
        self.new = 0

    def add(self, path: Path, name: str, choice: Choice, there: Reading | None, tree: Tree, wanted: str) -> None:
        """Takes what becomes of one file; `wanted` is what the user chose for what differs."""
        if there is None:
            self.new += 1
            self.writes.append((path, tree, None))
            return
        holds = choice.holds
        if choice.differs and not choice.firm:
            self.differing.append(Differing(name=name, proposed=holds))
            holds = wanted if wanted in (HERE, FILE) else holds
        if choice.differs:
            (self.replaced if holds == FILE else self.kept).append(name)
        if choice.differs and holds == FILE:
            self.writes.append((path, tree, there.fingerprint))


def merged(
    portfolio: Portfolio, one: Offered, case: Case | None, name: str, here: Tree | None, theirs: Tree, to: str = ""
) -> Choice:
    """Which version of a file holds; `to` is the code here of who a file for somebody else was made for.

    What is sealed holds over what is not, and a definitive record keeps what it fixed. Of what the student keeps to
    themselves nothing is lost to a file of the programme. The student's own steps are proposed from the file where the
    student gave it, all else from who did not give it.
    """
    if here is None or case is None:
        return Choice(holds=FILE)
    if same(here, theirs):
        return Choice(holds=HERE)
    sealed_here, sealed_there = "sealed" in here, "sealed" in theirs
    if sealed_here:
        return Choice(holds=HERE, differs=True, firm=True)
    if sealed_there:
        return Choice(holds=FILE, differs=True, firm=True)
    step = _step(case.content if case.readable else one.content, name)
    if step is not None and step.settled and case.readable and is_definitive(case.record, case.content):
        return Choice(holds=HERE, differs=True, firm=True)
    private = bool(getattr(step, "private", False))
    if private and not portfolio.by_student and _loses(here, theirs):
        return Choice(holds=HERE, differs=True, firm=True)  # only who keeps it to themselves takes something out of it
    own = step is not None and _is_own(case.content if case.readable else one.content, step)
    if step is not None and portfolio.is_partial and (isinstance(step, ReportStep) or private):
        named = read_as(case.record, to)
        peers = frozenset(one.id for one in case.record.envelope.person if one.role in named)
        return _of_partial(portfolio, step, here, theirs, named, peers)
    return Choice(holds=FILE if own == portfolio.by_student else HERE, differs=True)


def _of_partial(
    portfolio: Portfolio, step: AnyStep, here: Tree, theirs: Tree, named: frozenset[str], peers: frozenset[str]
) -> Choice:
    """Of what its owner chooses the readers of, in a file for somebody else: what was taken out there stays here.

    `named` are the readers by which that somebody reads, `peers` those who have the same role.
    """
    if isinstance(step, ReportStep) or not portfolio.by_student:
        return Choice(holds=HERE)
    private = [frozenset(readers_of(row)) for array, row in _rows(here) if array == "evidence" or row.get("note")]
    if "removed" in here or any(not one & named or one - named - peers for one in private):
        return Choice(holds=HERE, differs=True, firm=True)  # the owner's own version: it holds more than came for them
    return Choice(holds=HERE if _loses(here, theirs) else FILE, differs=True)


def _loses(here: Tree, theirs: Tree) -> bool:
    """Whether something that stands here is not in the other version."""
    others = {(array, row_key(array, row)): row for array, row in _rows(theirs)}
    return any(set(row) - set(others.get((array, row_key(array, row)), {})) for array, row in _rows(here))


def _rows(tree: Tree) -> list[tuple[str, Tree]]:
    arrays = [(name, value) for name, value in tree.items() if isinstance(value, list)]
    return [(name, row) for name, value in arrays for row in value if isinstance(row, dict)]


def _step(content: Content | None, name: str) -> AnyStep | None:
    key = split_step_file_name(name)
    if content is None or key is None:
        return None
    return next((step for step in content.step if step.id == key[0]), None)


def _is_own(content: Content | None, step: AnyStep) -> bool:
    """Whether a step is done by the student."""
    return content is not None and any(role.id == step.role and role.is_subject for role in content.role)
