"""Data folders to measure with: many organisations, each a copy of one that was really filled in."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from kwartier.workspace import Assessor, Workspace

INSTRUMENT = "mie"
RECORDS = 4
TODAY = datetime(2026, 11, 22, tzinfo=UTC)
AUDITORS = (Assessor("Anna"), Assessor("Bert"))


def workspace(folder: Path) -> AbstractContextManager[Workspace]:
    """The folder as it is on the day of the measurements, with the same ids each time."""
    return Workspace.open(folder, clock=lambda: TODAY, random=Random(1))


def many(folder: Path, organisations: int) -> None:
    """Organisations with four measurements each, of which both sheets are sealed."""
    with workspace(folder) as ws:
        slug = ws.add_organisation(name_of(0))
        for number in range(RECORDS):
            day = TODAY.date() - timedelta(days=365 * number)
            sealed(ws, ws.start(INSTRUMENT, slug, day=day, people=AUDITORS))
        _copy(ws.path / "organisations" / slug, organisations)
    _age(folder)


def begun(folder: Path) -> str:
    """One organisation with a measurement in which nothing is written yet; its reference."""
    with workspace(folder) as ws:
        slug = ws.add_organisation(name_of(0))
        return str(ws.start(INSTRUMENT, slug, day=TODAY.date(), people=AUDITORS))


def explained(folder: Path) -> str:
    """One organisation with a measurement that is ready to be scored; its reference."""
    with workspace(folder) as ws:
        slug = ws.add_organisation(name_of(0))
        ref = ws.start(INSTRUMENT, slug, day=TODAY.date(), people=AUDITORS)
        _explain(ws, ref)
        return str(ref)


def sealed(ws: Workspace, ref: str) -> None:
    """Fills in both sheets of a measurement that was just begun."""
    items = [item.id for item in ws.content(INSTRUMENT).items()]
    _explain(ws, ref)
    for who in ("a1", "a2"):
        answers = [{"item": item, "value": 3, "note": "waarom"} for item in items]
        ws.change(ref, None, {"answer": answers}, person=who)
        ws.seal(ref, who)


def name_of(number: int) -> str:
    """What an organisation is called; in the order of its number."""
    return f"Organisatie {number:04}"


def _explain(ws: Workspace, ref: str) -> None:
    items = [item.id for item in ws.content(INSTRUMENT).items()]
    texts = [{"item": item, "text": "Wat er verteld is. " * 20} for item in items]
    ws.change(ref, "toelichten", {"explanation": texts})


def _copy(first: Path, organisations: int) -> None:
    """The same organisation again and again, each with a name and ids of its own."""
    for number in range(1, organisations):
        copy = first.with_name(f"organisatie-{number:04}")
        shutil.copytree(first, copy)
        for path in [copy / "organisation.toml", *copy.glob("*/*/assessment.toml")]:
            lines = path.read_text(encoding="utf-8").splitlines()
            changed = [
                f'id = "{number:026}"' if line.startswith("id = ") and n < 5 else line for n, line in enumerate(lines)
            ]
            path.write_text("\n".join(changed).replace(name_of(0), name_of(number)) + "\n", encoding="utf-8")


def _age(folder: Path) -> None:
    """Makes every file an hour old: what is young is read again."""
    then = time.time() - 3600
    for path in folder.rglob("*.toml"):
        os.utime(path, (then, then))
