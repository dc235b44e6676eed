"""A whole record tried through the workspace, in a folder that is thrown away: every step, then every outcome.

Nothing is looked at closely: what is tried is that an instrument can be carried through from start to report, with
its own hooks, and that all of it can be shown at every moment on the way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import tomli

from kwartier.errors import KwartierError
from kwartier.instrument import model as m
from kwartier.instrument.selection import for_parameters
from kwartier.plugins.host import Host, Opened
from kwartier.plugins.listing import State
from kwartier.reports import markdown
from kwartier.testing.filling import Filling
from kwartier.testing.problem import Problem
from kwartier.workspace import Assessor, Workspace

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

_CHECK = "trial"


class Trial:
    """Records of one instrument for one choice of parameters; what goes wrong piles up in `problems`."""

    def __init__(self, host: Host, opened: Opened, parameters: Mapping[str, m.Value], seed: int) -> None:
        self.host = host
        self.opened = opened
        self.parameters = parameters
        self.content = for_parameters(opened.content, parameters)
        self.random = Random(seed)
        self.filling = Filling(self.content, DAY, self.random)
        self.problems: list[Problem] = []
        self._moment = "start"
        self.subject = "p1" if opened.header.subject != "organisation" else ""

    def run(self) -> list[Problem]:
        """Tries two records, the second after the first; stops at what keeps it from going on."""
        with TemporaryDirectory(prefix="kwartier-", ignore_cleanup_errors=True) as folder:
            try:
                with Workspace.open(Path(folder) / "data", host=self.host, clock=lambda: NOW, random=self.random) as ws:
                    self._tried(ws)
            except (KeyboardInterrupt, MemoryError):
                raise
            except KwartierError as error:
                self._add(f"refused ({error.code}): {error.message}")
            except Exception as error:
                self._add(f"raised {type(error).__name__}: {error}")
        listing = self.host.listing(self.opened.header.id)
        if listing is not None and listing.state is State.BROKEN:
            self._add(listing.reason)
        return list(dict.fromkeys(self.problems))

    def _tried(self, ws: Workspace) -> None:
        slug = ws.add_organisation("Stichting Proef & Co.")
        if self.subject:
            ws.add_subject(slug, self.subject, "Wie het betreft")
        first = self._whole(ws, slug, "")
        second = self._whole(ws, slug, first)
        if any(isinstance(step, m.ScoreStep) for step in self.content.step):
            with self._at("comparing two records"):
                ws.compare(second, first)
                json.dumps(ws.exported(second, against=first), default=str)
        with self._at("checking the data folder"):
            for one in ws.check().problems:
                if one.level == "error":
                    self._add(f"{one.place}: {one.message}")

    def _whole(self, ws: Workspace, slug: str, follows: str) -> str:
        people = [*self._people()]
        with self._at("start"):
            ref = ws.start(
                self.opened.header.id,
                slug,
                day=DAY,
                people=tuple(people),
                subject=self.subject,
                parameters=self.parameters,
                follows=follows,
                reason="Dit is een proef.",
            )
        self._look(ws, ref)
        for step in self.content.step:
            with self._at(f"step {step.id}"):
                self._step(ws, ref, step, people)
            self._look(ws, ref)
        return ref

    def _people(self) -> Iterator[Assessor]:
        """Who fills in: as many as the norm of each role that scores, and two where each does it apart."""
        for role in self.content.role:
            steps = [one for one in self.content.step if isinstance(one, m.ScoreStep) and one.role == role.id]
            signs = any(isinstance(one, m.VerdictStep) and role.id in one.signed_by for one in self.content.step)
            if role.kind == "assessor" and not role.is_subject and (steps or signs):
                apart = any(step.by == "each" for step in steps)
                for number in range(max(role.norm or 1, 2 if apart else 1)):
                    yield Assessor(f"{role.title} {number + 1}", role=role.id)

    def _of_role(self, role: str, people: list[Assessor]) -> list[str]:
        """Who does what is of this role: the names given at the start, or the code of the subject itself."""
        if self.subject and any(one.id == role and one.is_subject for one in self.content.role):
            return [self.subject]
        return [one.name for one in people if one.role == role]

    def _step(self, ws: Workspace, ref: str, step: m.Step, people: list[Assessor]) -> None:
        match step:
            case m.ScoreStep():
                for name in self._of_role(step.role, people):
                    self._sheet(ws, ref, step, name)
            case m.ConsensusStep():
                self._blank(ws, ref, step)
                ws.change(ref, step.id, self.filling.agreed(ws.outcome(ref, step=step.of)))
            case m.ReportStep():
                ws.finalise(ref, by="Wie het afrondt", on=DAY)
            case _:
                owner = next(iter(self._of_role(step.role, people)), None) if step.by == "person" else None
                self._blank(ws, ref, step, owner)
                ws.change(ref, step.id, self.filling.given(step, ws.see(ref).record), person=owner)
                if isinstance(step, m.InterviewStep) and people:
                    ws.change(ref, step.id, self.filling.notes(), person=people[0].name)

    def _sheet(self, ws: Workspace, ref: str, step: m.ScoreStep, name: str) -> None:
        self._blank(ws, ref, step, name)
        ws.change(ref, step.id, self.filling.answers(whole=False), person=name)
        self._look(ws, ref, viewer=name)
        ws.change(ref, step.id, self.filling.answers(), person=name)
        if not step.stays_open:
            ws.seal(ref, name, step=step.id)

    def _blank(self, ws: Workspace, ref: str, step: m.Step, person: str | None = None) -> None:
        """The form that the user gets; it can be read, and given back as it is."""
        ws.change(ref, step.id, tomli.loads(ws.blank(ref, step.id, person=person)), person=person)

    def _look(self, ws: Workspace, ref: str, viewer: str | None = None) -> None:
        """All that can be shown of a record at this moment."""
        code = ws.code_of(ref, viewer)
        with self._at(f"showing, after {self._moment}"):
            ws.situation(ref, viewer=code)
            ws.summary(ref)
            if any(isinstance(step, m.ScoreStep) for step in self.content.step):
                json.dumps(ws.exported(ref, viewer=code), default=str)
            markdown.write(ws.document(ref))
            ws.agenda()

    @contextmanager
    def _at(self, moment: str) -> Iterator[None]:
        """What goes wrong in here is told with this moment; the moment before it is back where all goes well."""
        before, self._moment = self._moment, moment
        yield
        self._moment = before if moment.startswith("showing") else moment

    def _add(self, message: str) -> None:
        chosen = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        self.problems.append(Problem(_CHECK, f"{self._moment}{f' ({chosen})' if chosen else ''}", message))
