"""A garden with two made-up instruments, the Tuinmeter and its forerunner with a crosswalk, and records of both."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from importlib.metadata import EntryPoint

from tests.workspace.conftest import ANNA, BOB, SAMPLES, Garden, answers

from kwartier.plugins.host import Host
from kwartier.records.tree import Tree
from kwartier.workspace import Assessor, Workspace

DAYS = (date(2011, 5, 1), date(2012, 5, 1), date(2026, 11, 22))
GOALS = {"1a": "Elk voorjaar compost.", "2a": "Twee gieters per bed."}


class Orchard(Garden):
    """A garden with both instruments. `crosswalk` may change the text of the crosswalk; None takes it away."""

    crosswalk: Callable[[str], str | None] = staticmethod(lambda text: text)
    installed: tuple[str, ...] = ("tuin", "gaard")

    def host(self, content: object = None, sample: str = "") -> Host:
        """A host with both."""
        return Host(points=[self._point(one) for one in self.installed])

    def _point(self, sample: str) -> EntryPoint:
        crosswalk = (
            self.crosswalk((SAMPLES / sample / "crosswalk.toml").read_text("utf-8")) if sample == "gaard" else None
        )
        name = f"boomgaard_{sample}_{hashlib.sha256((crosswalk or '').encode()).hexdigest()[:12]}"
        package = self.packages / name
        if not package.exists():
            package.mkdir(parents=True)
            (package / "__init__.py").write_text("", "utf-8")
            for file in ("content.toml", "instrument.toml"):
                (package / file).write_bytes((SAMPLES / sample / file).read_bytes())
            if crosswalk is not None:
                (package / "crosswalk.toml").write_text(crosswalk, "utf-8")
        return EntryPoint(sample, name, "kwartier.instruments")

    # -- records

    def old(self, ws: Workspace, slug: str, ronde: int, scores: tuple[int, ...], reached: tuple[str, ...] = ()) -> str:
        """A sealed record with the forerunner; its reference."""
        ref = ws.start("gaard", slug, day=DAYS[ronde - 1], people=(Assessor(ANNA),), parameters={"ronde": ronde})
        if ronde == 1:
            ws.change(ref, "doelen", {"explanation": [{"item": item, "text": text} for item, text in GOALS.items()]})
        rows: list[Tree] = [
            {"item": item, "value": value} for item, value in zip(("1a", "2a", "3a"), scores, strict=True)
        ]
        rows += [{"item": item, "value": value} for item, value in zip(("1b", "2b"), reached, strict=False)]
        ws.change(ref, "scoren", {"answer": rows}, person="a1")
        ws.seal(ref, "a1")
        return ref

    def new(
        self, ws: Workspace, slug: str, scores: tuple[int | str, ...], *, day: date = DAYS[2], seal: bool = True
    ) -> str:
        """A record with the Tuinmeter; its reference."""
        ref = ws.start("tuin", slug, day=day, people=(Assessor(ANNA), Assessor(BOB)))
        for code in ("a1", "a2") if seal else ("a1",):
            ws.change(ref, "scoren", answers(scores), person=code)
            ws.seal(ref, code)
        if seal:
            ws.change(ref, "eens-worden", {"answer": ws.proposals(ref)})
        return ref
