"""Everything a developer runs in a checkout: one environment in .venv, and the commands that use it.

Only the standard library, so that it runs before anything is installed. It stays readable for Python 3.7,
so that an older Python says what is wrong instead of showing a syntax error.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "kwartier-stamp"
UNFINISHED = "unfinished"
# Python before 3.13 reads the path of an editable install in the system's encoding and may not even start where it
# holds an accent. There the distributions are installed as copies, and PYTHONPATH puts the checkout before them.
PLAIN = str(ROOT).isascii()
CONSTRAINTS = ROOT / "constraints.txt"
WORDING = ROOT.parent / "shared" / "tools" / "wording"
ELSEWHERE = ("colorama",)  # needed on Windows only, so no listing made on another system has it

HEADER = """\
# The exact versions of everything that running and developing kwartier installs, for every Python and system.
# pyproject.toml says what the project needs; this file only fixes which version of it.
# Renew after a change there, or to move on: python3 tools/dev.py renew, then make test.
"""

ROOM = 2 * 1024**3  # bytes that the tests may need at most, with a wide margin


class Stop(Exception):
    """Nothing more can be done; the message says why and what to do."""


def projects() -> list[Path]:
    """The folders of the distributions of this checkout, the core first."""
    return [ROOT, *sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml"))]


def requirements() -> tuple[list[str], list[str]]:
    """What building needs, and what running and developing need, without the distributions of the checkout."""
    import tomllib

    build: set[str] = {"editables"}
    needed: set[str] = set()
    for folder in projects():
        tables = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
        build.update(tables["build-system"]["requires"])
        needed.update(tables["project"].get("dependencies", []))
        needed.update(tables.get("dependency-groups", {}).get("dev", []))
    return sorted(build), sorted(name for name in needed if not name.startswith("kwartier"))


def fingerprint() -> str:
    """What the environment depends on: this Python, the place of the checkout and what it asks for."""
    found = hashlib.sha256()
    for part in (sys.version, sys.base_prefix, str(ROOT)):
        found.update(part.encode() + b"\0")
    files = [CONSTRAINTS, ROOT / "src/kwartier/__init__.py", *(folder / "pyproject.toml" for folder in projects())]
    for file in files:
        found.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()


def environment() -> dict[str, str]:
    """The variables for every program started here: nothing of the caller's Python or pip folders leaks in."""
    # Without compiled files each program that a test starts compiles all of kwartier again, which doubles its work.
    leaking = {"PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "__PYVENV_LAUNCHER__"}
    leaking |= {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"}
    variables = {name: value for name, value in os.environ.items() if name not in leaking}
    variables.update(PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1", PYTHONUTF8="1", VIRTUAL_ENV=str(VENV))
    if not PLAIN:
        variables["PYTHONPATH"] = os.pathsep.join(str(folder / "src") for folder in projects())
    return variables


def program(name: str, venv: Path = VENV) -> str:
    """The path of a program in an environment."""
    return str(venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name)


def run(command: Sequence[str], extra: Mapping[str, str] | None = None) -> int:
    """Run a program in the checkout, its output shown; its exit status."""
    sys.stdout.flush()
    return subprocess.call(list(command), cwd=ROOT, env={**environment(), **(extra or {})})


def quietly(command: Sequence[str], doing: str, advice: str) -> str:
    """Run a program and return what it printed; show that only when it fails."""
    done = subprocess.run(
        list(command), cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    said = done.stdout.decode("utf-8", "replace")
    if done.returncode:
        sys.stderr.write(said)
        raise Stop(f"{doing} failed (see above). {advice}")
    return said


def made_by_this_python(venv: Path) -> bool:
    """Whether an environment works, has pip, and belongs to the Python that runs now."""
    ask = "import sys, pip; print(sys.version + sys.base_prefix, end='')"
    try:
        said = subprocess.run([program("python", venv), "-X", "utf8", "-c", ask], stdout=subprocess.PIPE, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return said.stdout.decode("utf-8", "replace").replace("\r\n", "\n") == sys.version + sys.base_prefix


def create(venv: Path) -> None:
    """Make a new environment, in the place of what may stand there."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Stop(
            "This Python cannot make virtual environments. On Debian and Ubuntu: sudo apt install python3-venv "
            "(for another Python: its own package, such as python3.12-venv). Then try again."
        )
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    # Not sys.executable: that may be a Python inside the very environment that is replaced.
    maker = getattr(sys, "_base_executable", None) or sys.executable
    quietly(
        [maker, "-m", "venv", "--clear", str(venv)],
        f"Making {venv}",
        "Is the folder writable, and is there room on the disk?",
    )


def install(venv: Path, arguments: Sequence[str]) -> None:
    """Install with pip in an environment."""
    quietly(
        [program("python", venv), "-m", "pip", "install", "--no-input", *arguments],
        "Installing",
        "It needs a network, or a pip that is set up for your own package index. Then try again.",
    )


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the checkout, so that two commands started together do not both fill the environment."""
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "setup.lock").open("a+") as file:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            while True:
                with contextlib.suppress(OSError):  # it gives up after ten seconds: ask again
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined, unused-ignore]
                    break
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield  # closing the file frees it


def left_behind() -> tuple[str, str]:
    """What the last setup wrote in .venv: for which place, and a fingerprint or that it was not finished."""
    place, _, state = STAMP.read_text(encoding="utf-8").partition("\n") if STAMP.is_file() else ("", "", "")
    return place, state


def leave(state: str) -> None:
    """Write down how far the setup of this place came."""
    STAMP.write_text(f"{ROOT}\n{state}", encoding="utf-8")


def setup() -> None:
    """Make .venv fit the checkout; does nothing when it does already."""
    with alone():
        wanted = fingerprint()
        place, state = left_behind()
        if state == wanted and Path(program("python")).exists():
            return
        print(f"kwartier: preparing {VENV.name} (the first time this takes about a minute)", file=sys.stderr)
        moved = place not in {"", str(ROOT)}  # programs in an environment know where it was made
        if moved or state == UNFINISHED or not made_by_this_python(VENV):
            create(VENV)
        leave(UNFINISHED)
        build, needed = requirements()
        fixed = ["--constraint", str(CONSTRAINTS)]
        install(VENV, [*fixed, *build])
        own = [part for folder in projects() for part in (["--editable"] * PLAIN + [str(folder)])]
        install(VENV, [*fixed, "--no-build-isolation", *own, *needed])
        leave(wanted)


def prepare(rest: list[str]) -> int:
    """Only prepare .venv, as every command does first."""
    return 0


def demo(rest: list[str]) -> int:
    """Show kwartier with invented data, in var/demo; your own data stay out of it."""
    own = {
        "KWARTIER_DATA": str(ROOT / "var" / "demo"),
        "KWARTIER_CONFIG": str(ROOT / "var" / "config"),
        "KWARTIER_CACHE": str(ROOT / "var" / "cache"),
    }
    return run([program("kwartier"), "demo", "--map", str(ROOT / "var" / "demo"), *rest], own)


def test(rest: list[str]) -> int:
    """Run all tests, those of the instruments too; what follows goes to pytest."""
    with tempfile.TemporaryDirectory(prefix="kwartier-", dir=memory()) as folder:
        own = {"KWARTIER_DATA": str(Path(folder) / "data"), "KWARTIER_CONFIG": str(Path(folder) / "config")}
        how = ["-n", str(workers()), "--dist", "worksteal", "--basetemp", str(Path(folder) / "tests")]
        return run([program("python"), "-m", "pytest", *how, *rest], own)


def memory() -> str | None:
    """A folder in memory, where the system has one with room: there no test waits for a disk. None is the usual one."""
    place = Path("/dev/shm")
    if not (place.is_dir() and os.access(place, os.W_OK)):
        return None
    may_run = not os.statvfs(place).f_flag & os.ST_NOEXEC
    return str(place) if may_run and shutil.disk_usage(place).free > ROOM else None


def every(checks: Mapping[str, Sequence[str]]) -> int:
    """Run all checks, quiet about those that pass; 1 when one fails."""
    failed = False
    for name, command in checks.items():
        done = subprocess.run(
            list(command), cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name}", flush=True)
        if done.returncode:
            sys.stdout.write(done.stdout.decode("utf-8", "replace"))
            failed = True
    return int(failed)


def style() -> dict[str, list[str]]:
    return {
        "ruff check": [program("ruff"), "check", "."],
        "ruff format": [program("ruff"), "format", "--check", "."],
    }


def lint(rest: list[str]) -> int:
    """Look at style only: fast, for before a commit."""
    return every(style())


def check(rest: list[str]) -> int:
    """Look at style, types, import arrows and wording."""
    checks = {
        **style(),
        "mypy": [program("mypy")],
        "import-linter": [program("lint-imports"), "--no-cache"],
    }
    if WORDING.is_file():
        checks["wording"] = [sys.executable, str(WORDING), "."]
    return every(checks)


def tidy(rest: list[str]) -> int:
    """Put imports and layout right."""
    return run([program("ruff"), "check", "--fix", "."]) or run([program("ruff"), "format", "."])


def workers() -> int:
    """How many tests run at the same time: more than there are cores, for tests of a screen mostly wait."""
    return (os.cpu_count() or 1) * 2


def renew(rest: list[str]) -> int:
    """Write constraints.txt anew, from a fresh environment with the newest versions that fit."""
    build, needed = requirements()
    with tempfile.TemporaryDirectory(prefix="kwartier-") as folder:
        venv = Path(folder) / "venv"
        create(venv)
        install(venv, ["--upgrade", *build, *needed, *ELSEWHERE])
        pins = quietly([program("python", venv), "-m", "pip", "freeze", "--local"], "Listing", "Try again.")
    CONSTRAINTS.write_text(HEADER + pins.replace("\r\n", "\n"), encoding="utf-8", newline="\n")
    print(f"{CONSTRAINTS.name}: {len(pins.splitlines())} versions")
    return 0


def clean(rest: list[str]) -> int:
    """Remove .venv and the caches; var/ and everything else stays."""
    for name in (".venv", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    return 0


WITHOUT_SETUP: dict[str, Callable[[list[str]], int]] = {"renew": renew, "clean": clean}
COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "demo": demo,
    "test": test,
    "check": check,
    "lint": lint,
    "format": tidy,
    "setup": prepare,
    **WITHOUT_SETUP,
}


def main(arguments: list[str]) -> int:
    """Run one command; its exit status."""
    if sys.version_info < OLDEST:
        have, want = (".".join(map(str, version)) for version in (sys.version_info[:2], OLDEST))
        raise Stop(
            f"kwartier needs Python {want} or newer; this is Python {have} ({sys.executable}). "
            "Install a newer one and name it, for example: make test PYTHON=python3.12 "
            "(Windows: py -3.12 tools\\dev.py test)."
        )
    rows = [f"  {name:8}{command.__doc__}" for name, command in COMMANDS.items()]
    parser = argparse.ArgumentParser(
        description="Commands for a checkout of kwartier:\n" + "\n".join(rows),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=list(COMMANDS), metavar="command", help="one of the above")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on to the tests or the demo")
    chosen = parser.parse_args(arguments)
    if chosen.command not in WITHOUT_SETUP:
        setup()
    return COMMANDS[chosen.command](chosen.rest)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows console may lack characters of a report
            stream.reconfigure(errors="replace")
    try:
        status = main(sys.argv[1:])
    except Stop as stopped:
        print(f"kwartier: {stopped}", file=sys.stderr)
        status = 1
    except KeyboardInterrupt:
        status = 130
    raise SystemExit(status)
