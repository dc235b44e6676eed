"""What a mistake of kwartier itself does: everything typed is saved, a report tells where, and nothing tells what."""

from __future__ import annotations

import asyncio
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import APART, Garden, environment, texts_of

from kwartier.errors import Refused
from kwartier.tui import crash
from kwartier.tui.app import KwartierApp
from kwartier.tui.widgets.typing_fields import NoteArea

STORY = "Zij vertelde van de opname."
SECRET = "Geheim-verhaal"

Break = Callable[[KwartierApp], object]


def fails(*_: object) -> None:
    """A mistake with somebody's story in its message and in a local name."""
    story = f"{SECRET}: {STORY}"
    raise ValueError(story)


async def fails_later() -> None:
    await asyncio.sleep(0)
    fails()


BREAKS: dict[str, Break] = {
    "handler": lambda app: app.screen.call_later(fails),
    "timer": lambda app: app.screen.set_timer(0.01, fails),
    "thread worker": lambda app: app.screen.run_worker(fails, thread=True),
    "worker": lambda app: app.run_worker(fails_later()),
    "widget": lambda app: app.screen.focused.call_next(fails),  # type: ignore[union-attr]
}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tijdelijk" / "kwartier"
    monkeypatch.setenv("KWARTIER_CACHE", str(folder))
    return folder


def begun(garden: Garden) -> None:
    with garden.open() as ws:
        assert garden.begin(ws) == APART


def report_in(cache: Path) -> str:
    (path,) = cache.glob("crash-*.txt")
    assert not path.stat().st_mode & 0o077
    return path.read_text("utf-8")


@pytest.mark.parametrize("how", BREAKS)
async def test_everywhere_it_saves_first_and_then_reports(
    kijker: Kijker, cache: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    begun(kijker.garden)
    with pytest.raises(ValueError):
        async with kijker.measurement(APART, "toelichting") as (app, pilot):
            area = app.screen.query(NoteArea).first()
            area.focus()
            await pilot.pause()
            area.insert(STORY)
            BREAKS[how](app)
            await until(lambda: app.return_code, pilot)
    assert app.return_code == crash.STATUS
    assert STORY in texts_of(kijker.workspace()).values()
    report = report_in(cache)
    assert "ValueError" in report and "test_crash.py" in report and " fails" in report
    printed = capsys.readouterr()
    for told in (report, printed.out, printed.err):
        assert SECRET not in told and STORY not in told
    assert "Er ging iets mis" in printed.err and "is eerst bewaard" in printed.err
    assert str(cache) in printed.err.replace("\n", "")
    assert "NOTE" not in printed.err and "Traceback" not in printed.err


REFUSALS: dict[str, Callable[[KwartierApp, Callable[[], None]], object]] = {
    "handler": lambda app, refuses: app.screen.call_later(refuses),
    "timer": lambda app, refuses: app.screen.set_timer(0.01, refuses),
    "worker": lambda app, refuses: app.screen.run_worker(refuses, thread=True),
}


@pytest.mark.parametrize("how", REFUSALS.values(), ids=REFUSALS.keys())
async def test_a_refusal_never_gets_here(
    kijker: Kijker, cache: Path, how: Callable[[KwartierApp, Callable[[], None]], object]
) -> None:
    begun(kijker.garden)

    def refuses() -> None:
        raise Refused("x", "Dit mag nu niet.")

    async with kijker.measurement(APART, "toelichting") as (app, pilot):
        how(app, refuses)
        await until(lambda: "Dit mag nu niet." in text_of(app), pilot)
        assert app.is_running
    assert not cache.exists() or not list(cache.glob("crash-*"))


async def test_a_mistake_while_saving_is_not_kept_silent(
    kijker: Kijker, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begun(kijker.garden)
    with pytest.raises(ValueError):
        async with kijker.measurement(APART, "toelichting") as (app, pilot):
            app.screen.desk.save = app.screen.desk.write = fails  # type: ignore[attr-defined]
            area = app.screen.query(NoteArea).first()
            area.insert(STORY)
            await until(lambda: app.return_code, pilot)
    told = capsys.readouterr().err
    assert "Niet alles" in told and STORY not in told


async def test_the_other_fields_are_still_saved_when_one_cannot_be(kijker: Kijker) -> None:
    begun(kijker.garden)
    async with kijker.measurement(APART, "toelichting") as (app, _):
        saved: list[str] = []
        for name, give in (("a", fails), ("b", lambda text, burst: saved.append(text))):
            field = NoteArea(id=name)
            await app.screen.mount(field)
            field.bind(app.screen.keeper, lambda: "", give)  # type: ignore[attr-defined]
            field.insert(STORY)
            field.typed()
        assert not crash.save(app.screen_stack)
        assert saved == [STORY]
        app.screen.query("#a, #b").remove()


def test_a_report_names_every_cause_and_no_value(tmp_path: Path) -> None:
    try:
        try:
            fails()
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError as error:
        error.__cause__.__context__ = error  # type: ignore[union-attr]
        path = crash.report(error, tmp_path)
    assert path is not None
    text = path.read_text("utf-8")
    assert text.index("ValueError") < text.index("KeyError")
    assert SECRET not in text and str(Path.home()) not in text


def test_a_full_disk_is_told_and_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("", "utf-8")
    path = crash.report(ValueError(SECRET), tmp_path / "bestand")
    assert path is None
    told = crash.told(ValueError(SECRET), path, safe=True)
    assert "niet worden geschreven" in told and SECRET not in told


PROGRAM = f'''
import sys
from pathlib import Path
from textual.binding import Binding
from kwartier.tui.app import KwartierApp
from kwartier.tui.widgets.typing_fields import NoteArea
from tests.workspace.conftest import Garden

home, packages, ref = sys.argv[1:]
sys.path.insert(0, packages)
garden = Garden(Path(home), Path(packages))

def opens(folder):
    with garden.open() as ws:
        return ws

class Breaking(KwartierApp):
    BINDINGS = [Binding("ctrl+b", "break", priority=True), Binding("ctrl+x", "point", priority=True)]

    def action_point(self):
        self.screen.query(NoteArea).first().focus()

    def action_break(self):
        story = "{SECRET}" + self.screen.query(NoteArea).first().text
        raise ValueError(story)

app = Breaking(garden.path, opens=opens, first=(ref, "toelichting", ""))
app.run()
sys.exit(app.return_code)
'''


class Terminal:
    """A real program on a real terminal."""

    def __init__(self, process: subprocess.Popen[bytes], side: int) -> None:
        self.process, self.side, self.seen = process, side, b""

    def wait_for(self, text: str) -> None:
        """Reads until a text was written; fails where it never is."""
        self._read(lambda: text.encode() in self.seen)
        assert text.encode() in self.seen, self.seen[-2000:]

    def press(self, keys: str) -> None:
        os.write(self.side, keys.encode())

    def end(self) -> int:
        """Reads until the program ends; its status."""
        self._read(lambda: False)
        return self.process.wait(20)

    def _read(self, enough: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 30
        while not enough() and time.monotonic() < deadline:
            if not select.select([self.side], [], [], 0.2)[0]:
                continue
            try:
                data = os.read(self.side, 65536)
            except OSError:  # the other side is closed: the program ended
                return
            if not data:
                return
            self.seen += data


@contextmanager
def terminal(garden: Garden, cache: Path) -> Iterator[Terminal]:
    side, other = pty.openpty()
    size = {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    settings = environment(garden) | {"KWARTIER_CACHE": str(cache)} | size
    program = garden.home / "programma.py"
    program.write_text(PROGRAM, "utf-8")
    arguments = [sys.executable, str(program), str(garden.home), str(garden.packages), APART]
    process = subprocess.Popen(arguments, stdin=other, stdout=other, stderr=other, env=settings, start_new_session=True)
    os.close(other)
    try:
        yield Terminal(process, side)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        os.close(side)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_in_a_real_terminal_what_was_typed_is_on_disk_and_nothing_of_it_is_told(garden: Garden, cache: Path) -> None:
    begun(garden)
    with terminal(garden, cache) as screen:
        screen.wait_for("toelichting")
        screen.press("\x18")
        screen.press(STORY + "\x02")
        status = screen.end()
        after = screen.seen.rpartition(b"\x1b[?1049l")[2].decode()
    assert status == crash.STATUS
    with garden.open() as ws:
        assert STORY in texts_of(ws).values()
    report = report_in(cache)
    assert "ValueError" in report and "action_break" in report
    assert "Er ging iets mis in kwartier zelf" in after and "is eerst bewaard" in after
    for told in (report, after):
        assert SECRET not in told and STORY not in told and "opname" not in told
