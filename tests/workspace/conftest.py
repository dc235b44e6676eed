"""A made-up instrument (the Tuinmeter), installed from a folder of the test, and data folders to use it in.

Also imported by the programs that tests run in a process of their own.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from importlib.metadata import EntryPoint
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w

from kwartier.errors import KwartierError
from kwartier.plugins.host import Host
from kwartier.records.tree import Tree
from kwartier.store import toml
from kwartier.workspace import Assessor, Workspace, open_sheet, pack_sheet

if TYPE_CHECKING:
    from tests.workspace.kas import Greenhouse

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples" / "instruments"

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 25, 16, 20, tzinfo=timezone(timedelta(hours=1)))
ITEMS = ("1", "2", "3", "4", "5")
ANNA, BOB, DINA, CARLA = "Anna Appel", "Bob Biet", "Dina Druif", "Carla Courgette"
NAMES = (ANNA, BOB, DINA, CARLA)
FIRST, SECOND, AGREED = (4, 3, 2, 5, 1), (4, 2, 2, 5, 3), (4, 3, 2, 5, 2)

SLUG = "tuinvereniging-de-hoop"
APART = f"{SLUG}/tuin/2026-11-22"

Change = Callable[[str], str]
Do = Callable[[Workspace, str], object]


def answers(scores: tuple[int | str, ...], note: str = "") -> Tree:
    """A sheet: per item a score, or a word that says why there is none."""
    rows: list[Tree] = []
    for item, score in zip(ITEMS, scores, strict=True):
        row: Tree = {"item": item, ("missing" if isinstance(score, str) else "value"): score}
        rows.append({**row, "note": note} if note else row)
    return {"answer": rows}


def explained(text: str = "Over item {}.", items: tuple[str, ...] = ITEMS) -> Tree:
    """An explanation of these items."""
    return {"explanation": [{"item": item, "text": text.format(item)} for item in items]}


class Garden:
    """One data folder, and an instrument that is installed beside it."""

    def __init__(self, home: Path, packages: Path, data: str = "gegevens map é") -> None:
        self.home = home
        self.packages = packages
        self.path = home / data
        self.now = NOW
        self.random = Random(20261122)

    def beside(self, data: str) -> Garden:
        """The same with another data folder."""
        return Garden(self.home, self.packages, data)

    def host(self, content: Change = lambda text: text, sample: str = "tuin") -> Host:
        """A host that knows only the sample instrument, perhaps with another content."""
        text = content((SAMPLES / sample / "content.toml").read_text("utf-8"))
        name = f"monster_{sample}_{hashlib.sha256(text.encode()).hexdigest()[:12]}"
        package = self.packages / name
        if not package.exists():
            package.mkdir(parents=True)
            (package / "__init__.py").write_text("", "utf-8")
            (package / "content.toml").write_text(text, "utf-8")
            (package / "instrument.toml").write_bytes((SAMPLES / sample / "instrument.toml").read_bytes())
        return Host(points=[EntryPoint(sample, name, "kwartier.instruments")])

    @contextmanager
    def open(self, host: Host | None = None) -> Iterator[Workspace]:
        """The workspace on this folder."""
        settings: dict[str, Any] = {"host": host or self.host(), "clock": lambda: self.now, "random": self.random}
        with Workspace.open(self.path, **settings) as ws:
            yield ws

    def without_plugin(self) -> Host:
        """A host that knows no instrument at all."""
        return Host(points=[])

    def folder(self, ref: str) -> Path:
        """The folder of a record."""
        return self.path / "organisations" / ref

    def tree(self, path: Path) -> Tree:
        """What stands in a file."""
        return toml.parse(path.read_bytes(), str(path))

    def put(self, path: Path, tree: Tree) -> None:
        """Writes a file as somebody with a text editor does."""
        path.write_bytes(tomli_w.dumps(tree).encode())

    def files(self) -> dict[str, bytes]:
        """Every file with its bytes, save the locks."""
        return {
            path.relative_to(self.path).as_posix(): path.read_bytes()
            for path in sorted(self.path.rglob("*"))
            if path.is_file() and ".kwartier/locks" not in path.as_posix()
        }

    # -- what every story needs

    def begin(self, ws: Workspace, name: str = "Tuinvereniging De Hoop") -> str:
        """An organisation and a record with two auditors; its reference."""
        slug = ws.add_organisation(name, kind="vereniging", clients=40)
        return ws.start("tuin", slug, day=DAY, people=(Assessor(ANNA), Assessor(BOB)))

    def prepare(self, ws: Workspace, ref: str) -> None:
        """Everything before the scores."""
        ws.change(ref, "voorbereiden", {"task": [{"id": "brief", "done": True, "by": CARLA}]})
        ws.change(ref, "mensen", {"participant": [{"name": DINA, "role": "buur", "consent": "gegeven"}]})
        ws.change(ref, "gegevens", {"fact": [{"id": "bedden", "value": 12}]})
        ws.change(ref, "gesprek", {"session": [{"date": DAY, "minutes": 55}]})
        ws.change(ref, "gesprek", {"note": [{"text": "Ruw: de pomp lekt al jaren.", "item": "2"}]}, person="a1")
        ws.change(ref, "toelichting", {**explained(), "writer": ANNA, "text": "Een fijne tuin."})

    def score(self, ws: Workspace, ref: str) -> None:
        """Both sheets, sealed."""
        for code, scores in (("a1", FIRST), ("a2", SECOND)):
            ws.change(ref, "scoren", answers(scores), person=code)
            ws.seal(ref, code)

    def finish(self, ws: Workspace, ref: str) -> None:
        """Everything after the scores."""
        ws.change(ref, "eens-worden", answers(AGREED, "Samen besproken."))
        given = {
            "strength": [{"id": "s1", "text": "Veel buren."}],
            "improvement": [{"id": "v1", "text": "Water.", "item": "2"}],
            "recommendation": [{"id": "r1", "improvement": "v1", "text": "Vang regen op."}],
        }
        ws.change(ref, "conclusies", given)
        ws.finalise(ref, by=CARLA)
        action = {"id": "x1", "text": "Regenton kopen", "recommendation": "r1", "who": CARLA, "due": date(2027, 3, 1)}
        ws.change(ref, "acties", {"date": DAY, "action": [action]})
        review = {"id": "e1", "action": "x1", "date": date(2027, 5, 22), "state": "loopt", "text": "Ton besteld."}
        ws.change(ref, "evalueren", {"review": [review]})
        ws.change(ref, "herhalen", {"planned": date(2027, 11, 22)})

    def story(self, ws: Workspace) -> str:
        """A whole record, from beginning to end; its reference."""
        ref = self.begin(ws)
        self.prepare(ws, ref)
        self.score(ws, ref)
        self.finish(ws, ref)
        return ref


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the instruments of these tests are installed."""
    place = tmp_path_factory.mktemp("pakketten")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(place))
        yield place


@pytest.fixture
def garden(tmp_path: Path, packages: Path) -> Garden:
    """An empty data folder with the instrument installed."""
    return Garden(tmp_path, packages)


@pytest.fixture
def kas(tmp_path: Path, packages: Path) -> Greenhouse:
    """An empty data folder with the greenhouse, for portfolios."""
    from tests.workspace.kas import Greenhouse  # it builds on what is here

    return Greenhouse(tmp_path, packages)


@pytest.fixture(autouse=True)
def own_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A config folder for this test alone: a wording that one test uses is not there for the next."""
    place = tmp_path / "instellingen"
    monkeypatch.setenv("KWARTIER_CONFIG", str(place))
    return place


def environment(garden: Garden) -> dict[str, str]:
    """What a program needs to use these same things in a process of its own."""
    paths = [str(ROOT), str(ROOT / "src"), str(garden.packages)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHON": sys.executable}


def stamps(garden: Garden) -> dict[str, tuple[int, int, bytes]]:
    """What tells that a file was written, even with the same bytes."""
    found = {}
    for name, data in garden.files().items():
        status = (garden.path / name).stat()
        found[name] = (status.st_ino, status.st_mtime_ns, data)
    return found


def refusal(do: Any) -> KwartierError:
    """The refusal of something that has to be refused."""
    with pytest.raises(KwartierError) as raised:
        do()
    assert raised.value.message.strip()
    return raised.value


def remarked(scores: tuple[int, ...]) -> Tree:
    """A sheet with a remark at every item."""
    return {"answer": [{"item": str(n), "value": score, "note": f"om {n}"} for n, score in enumerate(scores, 1)]}


def worded(**items: str) -> Tree:
    """Explanations by item: `worded(i1="…")`."""
    return {"explanation": [{"item": item[1:], "text": words} for item, words in items.items()]}


def texts_of(ws: Workspace, ref: str = APART) -> dict[str, str]:
    """The explanations of the record as they are."""
    rows = ws.see(ref, viewer="a1").record.shared["toelichting"]["explanation"]
    return {row["item"]: row["text"] for row in rows}


class Apart:
    """A record in the organisation's folder, and Bob, who works on his sheet somewhere else."""

    def __init__(self, garden: Garden) -> None:
        self.garden = garden
        self.file = garden.home / "geef.kwartier"
        self.folder = garden.home / "map van Bob"
        self.back = garden.home / "terug.kwartier"
        self.bob = garden.beside(self.folder.name)

    def begin(self, ws: Workspace) -> None:
        """A record with texts and a sheet of Anna."""
        assert self.garden.begin(ws) == APART
        ws.change(APART, "mensen", {"participant": [{"name": "Dina Druif", "role": "buur"}]})
        ws.change(APART, "toelichting", {**worded(i1="Compost.", i2="Regenton."), "writer": "Anna Appel"})
        ws.change(APART, None, remarked(FIRST), person="a1")

    def give(self, ws: Workspace, **how: Any) -> None:
        """The file for Bob."""
        ws.hand_over(APART, "Bob Biet", self.file, overwrite=True, **how)

    def work(self, given: Mapping[str, Any] | None = None, *, seal: bool = True) -> None:
        """What Bob does, without the plugin."""
        open_sheet(self.file, self.folder, None)
        with self.bob.open(self.garden.without_plugin()) as ws:
            if given:
                ws.change(APART, "toelichting", dict(given), person="a2")
            ws.change(APART, None, remarked(SECOND), person="a2")
            if seal:
                ws.seal(APART, "a2")

    def pack(self) -> None:
        """The file that goes back."""
        pack_sheet(self.folder, self.back, overwrite=True)


@pytest.fixture
def apart(garden: Garden) -> Apart:
    """A record of which a sheet is made apart."""
    return Apart(garden)


OPERATIONS: list[tuple[str, Do, str]] = [
    ("organisation", lambda ws, ref: ws.change_organisation(SLUG, note="Achter het spoor."), "organisation.toml"),
    ("date", lambda ws, ref: ws.correct(ref, day=date(2026, 11, 20)), "@assessment.toml"),
    ("checklist", lambda ws, ref: ws.change(ref, "voorbereiden", {"task": [{"id": "brief"}]}), "@voorbereiden.toml"),
    ("facts", lambda ws, ref: ws.change(ref, "gegevens", {"fact": [{"id": "bedden", "value": 1}]}), "@gegevens.toml"),
    (
        "session",
        lambda ws, ref: ws.change(ref, "gesprek", {"session": [{"date": "2026-11-22", "minutes": 5}]}),
        "@gesprek.toml",
    ),
    ("raw", lambda ws, ref: ws.change(ref, "gesprek", {"note": [{"text": "Ruw"}]}, person="a1"), "@gesprek.a1.toml"),
    ("keep", lambda ws, ref: ws.keep_notes_until(ref, "a1", date(2027, 1, 1)), "@gesprek.a1.toml"),
    ("text", lambda ws, ref: ws.change(ref, "toelichting", {"text": "Mooi.", "writer": "a1"}), "@toelichting.toml"),
    ("sheet", lambda ws, ref: ws.change(ref, None, answers(FIRST), person="a1"), "@scoren.a1.toml"),
    ("seal", lambda ws, ref: ws.seal(ref, "a1"), "@scoren.a1.toml"),
    ("reopen", lambda ws, ref: ws.reopen(ref, "a1", reason="Item 2 verkeerd"), "@scoren.a1.toml"),
    ("reseal", lambda ws, ref: ws.seal(ref, "a1"), "@scoren.a1.toml"),
    ("second sheet", lambda ws, ref: ws.change(ref, None, answers(SECOND), person="a2"), "@scoren.a2.toml"),
    ("reveal", lambda ws, ref: ws.seal(ref, "a2"), "@scoren.a2.toml"),
    ("mistake", lambda ws, ref: ws.mistake(ref, "a1", "2", reason="Misgelezen"), "@eens-worden.toml"),
    ("agreed", lambda ws, ref: ws.change(ref, "eens-worden", answers(AGREED, "Samen.")), "@eens-worden.toml"),
    (
        "conclusions",
        lambda ws, ref: ws.change(ref, "conclusies", {"improvement": [{"id": "v1", "text": "Water"}]}),
        "@conclusies.toml",
    ),
    ("definitive", lambda ws, ref: ws.finalise(ref, by="a1"), "@verslag.toml"),
    ("reopen report", lambda ws, ref: ws.reopen_report(ref, reason="Typefout"), "@verslag.toml"),
    ("definitive again", lambda ws, ref: ws.finalise(ref), "@verslag.toml"),
    ("actions", lambda ws, ref: ws.change(ref, "acties", {"action": [{"id": "x1", "text": "Ton"}]}), "@acties.toml"),
    (
        "review",
        lambda ws, ref: ws.change(
            ref, "evalueren", {"review": [{"id": "e1", "action": "x1", "date": "2027-05-22", "state": "loopt"}]}
        ),
        "@evalueren.toml",
    ),
    ("repeat", lambda ws, ref: ws.change(ref, "herhalen", {"planned": "2027-11-22"}), "@herhalen.toml"),
    ("destroy", lambda ws, ref: ws.destroy_notes(ref, "a1"), "@gesprek.a1.toml"),
    ("rename", lambda ws, ref: ws.rename_person(SLUG, "a1", "Anna Appelboom"), "people.toml"),
    ("erase", lambda ws, ref: ws.erase_person(SLUG, "a2"), "people.toml"),
]
"""Every operation on one record in the order of the work, with the one file that it replaces (@ is in the record)."""
