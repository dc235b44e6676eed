"""Records made in memory for the tests of the workflow: the MIE and the made-up instruments, filled in as needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from kwartier.errors import Misused
from kwartier.instrument import model as m
from kwartier.instrument.reading import read_content
from kwartier.instrument.selection import for_parameters
from kwartier.records.files import Envelope, view
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.filling import Inputs, fill
from kwartier.workflow.sealing import sealed

ROOT = Path(__file__).resolve().parent.parent.parent
S = TypeVar("S", bound=m.AnyStep)
Given = int | str | tuple[int | str, str]
"""A score, a reason why there is none, or one of these with a remark."""

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 25, 16, 20, tzinfo=UTC)


def read(path: str, parameters: Mapping[str, int | str] | None = None) -> m.Content:
    """The content in a file of the project."""
    return for_parameters(read_content((ROOT / path).read_bytes(), path), parameters or {})


class People:
    """Codes for names, as people.toml gives them; a code that is not in use is refused."""

    def __init__(self, *known: str) -> None:
        self.names = {code: code for code in known}

    def code(self, name: str, kind: str) -> str:
        """The code for a name or a code; a new one for a new name, and for no name at all."""
        if name and name in self.names:
            return self.names[name]
        if name and name[0] in "acd" and name[1:].isdigit():
            raise Misused("unknown-code", f"De code '{name}' is hier niet in gebruik.")
        number = sum(code[0] == kind for code in set(self.names.values())) + 1
        code = f"{kind}{number}"
        self.names[code] = code
        if name:
            self.names[name] = code
        return code


class Making:
    """Makes contents, records, sheets and whole measurements."""

    def __init__(self) -> None:
        self.mie = read("plugins/mie/src/kwartier_mie/content.toml")
        self.tuin = read("tests/samples/instruments/tuin/content.toml")
        self.route = read("tests/samples/instruments/route/content.toml", {"niveau": 6, "fase": "eind"})

    def record(
        self,
        people: Sequence[Mapping[str, Any]] = (),
        shared: Mapping[str, Tree] | None = None,
        personal: Mapping[tuple[str, str], Tree] | None = None,
        **envelope: Any,
    ) -> Record:
        """A record; `people` are rows of the envelope."""
        tree: Tree = {
            "schema": 1,
            "id": "x1",
            "instrument": "mie",
            "edition": "2026",
            "content": "sha256:00",
            "date": DAY,
            "person": [dict(one) for one in people],
            **envelope,
        }
        return Record(
            ref="kwadrant/mie/2026-11-22",
            envelope=view(tree, Envelope, "assessment.toml"),
            tree=tree,
            shared=shared or {},
            personal=personal or {},
        )

    def auditors(self, *codes: str, **details: Any) -> list[dict[str, Any]]:
        """Rows of auditors of the MIE."""
        return [{"id": code, "role": "auditor", **details} for code in codes]

    def sheet(self, given: Mapping[str, Given] | Given, person: str, content: m.Content | None = None) -> Tree:
        """A sheet that is not sealed, filled in for the items that are given; a single answer is for all items."""
        items = [item.id for item in (content or self.mie).items()]
        answers = dict(given) if isinstance(given, Mapping) else dict.fromkeys(items, given)
        rows = [self.answer(item, answers[item]) for item in items if item in answers]
        return {"schema": 1, "person": person, "answer": rows}

    def answer(self, item: str, given: Given) -> Tree:
        """One row of a sheet."""
        said, note = given if isinstance(given, tuple) else (given, "")
        row: Tree = {"item": item, "value" if isinstance(said, int) else "missing": said}
        return {**row, "note": note} if note else row

    def sealed(self, given: Mapping[str, Given] | Given, person: str, **how: Any) -> Tree:
        """A sealed sheet of the MIE."""
        pins = {"scored_on": "", "wording": "", "now": NOW, **how}
        return sealed(self.mie, self.sheet(given, person), **pins)

    def scored(self, shared: Mapping[str, Tree] | None = None, **sheets: Mapping[str, Given] | Given) -> Record:
        """A MIE whose auditors have all sealed; answers that are not given are a 3."""
        personal: dict[tuple[str, str], Tree] = {}
        for code, given in sheets.items():
            own = given if isinstance(given, Mapping) else dict.fromkeys((item.id for item in self.mie.items()), given)
            whole: dict[str, Given] = {item.id: own.get(item.id, 3) for item in self.mie.items()}
            personal["zelf-scoren", code] = self.sealed(whole, code)
        return self.record(self.auditors(*sheets), shared, personal)

    def step(self, content: m.Content, kind: type[S]) -> S:
        """The first step of this form."""
        return next(step for step in content.step if isinstance(step, kind))

    def fill(
        self,
        step: m.AnyStep,
        tree: Tree,
        given: Tree,
        people: People | None = None,
        *,
        own: bool = False,
        ids_after: int = 0,
    ) -> Tree:
        """What filling makes of a file; new ids are x1, x2, x3."""
        return fill(step, tree, given, self.inputs(people, ids_after), own=own, place="formulier.toml")

    def inputs(self, people: People | None = None, start: int = 0) -> Inputs:
        """Names to codes, and ids x1, x2, x3."""
        return Inputs(people=people or People(), new_id=counted(start))


def counted(start: int) -> Callable[[], str]:
    """A source of ids."""
    made = iter(range(start + 1, 10_000))
    return lambda: f"x{next(made)}"


@pytest.fixture(scope="session")
def making() -> Making:
    """Makes what a test needs."""
    return Making()


@pytest.fixture
def people() -> People:
    """Codes that start empty."""
    return People("a1", "a2")
