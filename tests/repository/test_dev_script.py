"""tools/dev.py: when it prepares the environment anew, and that it leaves alone what fits."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def script(root: Path) -> ModuleType:
    """The script as it works in the checkout at `root`."""
    spec = importlib.util.spec_from_file_location("dev", root / "tools" / "dev.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with what setting up reads, in a path with a space and an accent."""
    root = tmp_path / "mijn map é"
    files = ["pyproject.toml", "constraints.txt", "tools/dev.py", "src/kwartier/__init__.py"]
    files += [path.relative_to(ROOT).as_posix() for path in ROOT.glob("plugins/*/pyproject.toml")]
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    return root


def test_the_fingerprint_follows_the_inputs(checkout: Path) -> None:
    dev = script(checkout)
    before = dev.fingerprint()
    assert dev.fingerprint() == before
    with (checkout / "plugins/vie/pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("# more\n")
    after = dev.fingerprint()
    assert after != before
    with (checkout / "constraints.txt").open("a", encoding="utf-8") as file:
        file.write("# more\n")
    assert dev.fingerprint() not in {before, after}


def test_what_fits_is_left_alone(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dev = script(checkout)
    venv.create(checkout / ".venv", with_pip=False)
    dev.leave(dev.fingerprint())
    monkeypatch.setattr(dev, "create", lambda folder: pytest.fail("made again"))
    monkeypatch.setattr(dev, "install", lambda folder, arguments: pytest.fail("installed again"))
    dev.setup()


def test_an_install_that_broke_off_is_redone_from_scratch(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dev = script(checkout)
    made: list[Path] = []

    def create(folder: Path) -> None:
        made.append(folder)
        folder.mkdir(exist_ok=True)

    def broken(folder: Path, arguments: list[str]) -> None:
        raise dev.Stop("no network")

    monkeypatch.setattr(dev, "create", create)
    monkeypatch.setattr(dev, "install", broken)
    for _ in range(2):
        with pytest.raises(dev.Stop):
            dev.setup()
        assert dev.left_behind() == (str(checkout), dev.UNFINISHED)
    assert made == [checkout / ".venv"] * 2


def test_an_environment_that_came_along_with_a_moved_checkout_is_made_again(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dev = script(checkout)
    venv.create(checkout / ".venv", with_pip=False)
    dev.leave("an older fingerprint")
    moved = checkout.rename(checkout.with_name("elders"))
    dev = script(moved)
    made: list[Path] = []
    monkeypatch.setattr(dev, "made_by_this_python", lambda folder: True)
    monkeypatch.setattr(dev, "create", made.append)
    monkeypatch.setattr(dev, "install", lambda folder, arguments: None)
    dev.setup()
    assert made == [moved / ".venv"]
    assert dev.left_behind() == (str(moved), dev.fingerprint())


def test_an_environment_without_pip_is_not_good_enough(checkout: Path) -> None:
    dev = script(checkout)
    venv.create(checkout / ".venv", with_pip=False)
    assert not dev.made_by_this_python(checkout / ".venv")
    assert not dev.made_by_this_python(checkout / "nothing here")


def test_what_is_installed_never_includes_the_checkout_itself(checkout: Path) -> None:
    build, needed = script(checkout).requirements()
    assert any(name.startswith("hatchling") for name in build)
    assert any(name.startswith("msgspec") for name in needed)
    assert not any(name.startswith("kwartier") for name in needed)


def test_every_requirement_has_one_exact_version(checkout: Path) -> None:
    build, needed = script(checkout).requirements()
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(line.count("==") == 1 for line in pins)
    fixed = {line.partition("==")[0].lower().replace("_", "-") for line in pins}
    wanted = {requirement.partition(">")[0].lower().replace("_", "-") for requirement in [*build, *needed]}
    assert wanted <= fixed


def test_a_mistake_in_the_command_is_said_without_a_traceback() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "dev.py"), "nonsense"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "invalid choice" in done.stderr
    assert "Traceback" not in done.stderr
