"""Folders that do not do what kwartier asks: read-only, full, odd or no folder. In words, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kwartier.errors import KwartierError, Refused
from kwartier.workspace import Workspace

if TYPE_CHECKING:
    from tests.workspace.conftest import Garden

SLUG = "tuinvereniging-de-hoop"

on_posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs modes and limits of a POSIX system")

CHILD = """
    import os, resource, sys
    from pathlib import Path
    from kwartier.errors import KwartierError
    from kwartier.workspace import Assessor, Workspace, open_sheet
    from tests.workspace.conftest import DAY, FIRST, Garden, answers, explained

    import filelock, pyrage  # imported before anything is limited

    home, packages, what = sys.argv[1:]
    garden = Garden(Path(home), Path(packages))
    host = garden.host()
    host.open("tuin")
    slug, ref = "tuinvereniging-de-hoop", "tuinvereniging-de-hoop/tuin/2026-11-22"
    if what in ("read-only", "unreadable") and os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)

    def tell(name, do):
        try:
            print(name, "did", do() is not None)
        except KwartierError as error:
            words = error.message and error.advice
            print(name, "refused", error.code, bool(words), str(error.place or "").startswith(home))

    def all_of_it(ws):
        new = (Assessor("Nora Noot"), Assessor("Niek Netel"))
        long = explained("Lang " * 4000 + "{}")
        tell("see", lambda: ws.see(ref, viewer="a1"))
        tell("check", lambda: ws.check())
        tell("change", lambda: ws.change(ref, "toelichting", long))
        tell("sheet", lambda: ws.change(ref, None, answers(FIRST, "x" * 4000), person="a2"))
        buur = {"name": "Carla " + "C" * 200, "role": "buur", "note": "y" * 9000}
        tell("names", lambda: ws.change(ref, "mensen", {"participant": [buur]}))
        tell("start", lambda: ws.start("tuin", slug, day=DAY, people=new, reason="z" * 9000))
        tell("organisation", lambda: ws.add_organisation("Nieuw", note="n" * 9000))
        tell("details", lambda: ws.change_organisation(slug, note="n" * 9000))

    try:
        with garden.open(host) as ws:
            if what == "full":
                import signal
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
            all_of_it(ws)
    except KwartierError as error:
        print("open refused", error.code, bool(error.message and error.advice), str(error.place).startswith(home))
"""


def told(garden: Garden, what: str) -> dict[str, list[str]]:
    from tests.workspace.conftest import environment

    arguments = [sys.executable, "-c", textwrap.dedent(CHILD), str(garden.home), str(garden.packages), what]
    done = subprocess.run(arguments, env=environment(garden), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    return {line[0]: line[1:] for line in lines}


@pytest.fixture
def open_to_all(packages: Path) -> Iterator[Path]:
    """A folder that an unprivileged user may reach, with the instrument in it: those of pytest are closed to others."""
    with tempfile.TemporaryDirectory(prefix="kwartier é ") as place:
        Path(place).chmod(0o755)
        yield Path(place)


@pytest.fixture
def reachable(garden: Garden, open_to_all: Path) -> Garden:
    """A data folder with a record in it."""
    own = type(garden)(open_to_all, open_to_all / "pakketten")
    with own.open() as ws:
        ref = own.begin(ws)
        ws.change(ref, "toelichting", {"explanation": [{"item": "1", "text": "Er is compost."}]})
    for path in [own.path, *own.path.rglob("*"), own.packages, *own.packages.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    return own


@on_posix
def test_a_read_only_folder_is_read_and_not_written(reachable: Garden) -> None:
    for path in reachable.path.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    reachable.path.chmod(0o555)
    before = reachable.files()
    found = told(reachable, "read-only")
    assert found["see"] == ["did", "True"]
    assert found["check"] == ["did", "True"]
    for name in ("change", "sheet", "names", "start", "organisation", "details"):
        assert found[name] == ["refused", "read-only", "True", "True"], name
    assert reachable.files() == before
    reachable.path.chmod(0o755)
    for path in reachable.path.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


@on_posix
def test_a_folder_without_permission(reachable: Garden) -> None:
    reachable.path.chmod(0o700)
    assert told(reachable, "unreadable") == {"open": ["refused", "no-permission", "True", "True"]}
    reachable.path.chmod(0o755)
    secret = reachable.path / "organisations" / SLUG / "tuin" / "2026-11-22" / "toelichting.toml"
    secret.chmod(0o600)
    found = told(reachable, "unreadable")
    assert found["see"] == ["refused", "no-permission", "True", "True"]
    assert found["check"] == ["did", "True"]


@on_posix
def test_a_full_disk_keeps_what_was_there(reachable: Garden) -> None:
    before = reachable.files()
    found = told(reachable, "full")
    assert found["see"] == ["did", "True"]
    for name in ("change", "sheet", "names", "start", "organisation", "details"):
        assert found[name][0] == "refused", name
        assert found[name][1] in ("file-too-large", "disk-full"), name
        assert found[name][2:] == ["True", "True"], name
    assert reachable.files() == before
    with reachable.open() as ws:
        assert ws.swept.problems == ()
        assert ws.check().problems == ()


@pytest.mark.parametrize("name", ["met spaties", "ëen-é-ü-ß", "日本語", "-streep", "a'b\"c", "percent%20$HOME"])
def test_any_path_will_do(garden: Garden, name: str) -> None:
    own = garden.beside(f"{name}/en dieper {name}")
    with own.open() as ws:
        ref = own.story(ws)
        ws.hand_over(own.begin(ws, "Andere tuin"), "a1", garden.home / f"{name}.kwartier")
        assert ws.check().problems == ()
    with own.open() as ws:
        assert ws.summary(ref).definitive


def test_what_is_no_folder_is_refused_in_words(garden: Garden) -> None:
    file = garden.home / "bestand"
    file.write_text("kaas", "utf-8")
    for path in (file, file / "eronder"):
        with pytest.raises(Refused) as raised, Workspace.open(path):
            pass
        assert raised.value.code == "not-a-folder"
        assert raised.value.advice
    with pytest.raises(KwartierError), Workspace.open(garden.home / "nul\x00teken"):
        pass
    assert file.read_text("utf-8") == "kaas"


def test_a_folder_of_a_newer_kwartier_is_only_read(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
    garden.put(garden.path / ".kwartier" / "folder.toml", {"schema": 2})
    before = garden.files()
    with garden.open() as ws:
        assert ws.see(ref).record.envelope.instrument == "tuin"
        with pytest.raises(Refused) as raised:
            ws.change(ref, "toelichting", {"text": "x"})
        assert raised.value.code == "newer-folder"
    assert garden.files() == before
