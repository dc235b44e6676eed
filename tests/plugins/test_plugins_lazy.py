"""What is imported when: no plugin before it is opened, no screen in the core, nothing at all for the version."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

SHOW = "import json, sys; print(json.dumps(sorted(sys.modules)))"
FACES = {"textual", "rich", "click", "filelock", "pyrage", "sqlite3", "subprocess", "multiprocessing"}


def modules_after(shop: Any, code: str, **environ: str) -> set[str]:
    """The names in `sys.modules` of a fresh interpreter that ran the code; what it printed before is left aside."""
    done = shop.python("-c", f"{code}\n{SHOW}", **environ)
    assert done.returncode == 0, done.stderr
    found: set[str] = set(json.loads(done.stdout.splitlines()[-1]))
    return found


def packages(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def test_listing_imports_no_instrument(shop: Any, tmp_path: Path) -> None:
    made = shop.add(python="raise RuntimeError('te vroeg')")
    code = (
        "from kwartier.plugins.host import Host\n"
        "found = {one.id: one.state.value for one in Host().listings()}\n"
        "assert found['tuin'] == 'ready', found\n"
        "assert len(found) > 1, found"
    )
    loaded = packages(modules_after(shop, code, KWARTIER_DISABLE=""))
    assert made.name not in loaded
    assert not {name for name in loaded if name.startswith("kwartier_")}
    assert not loaded & FACES


def test_the_command_line_lists_instruments_without_loading_one(shop: Any, tmp_path: Path) -> None:
    shop.add()
    code = (
        "import sys; from kwartier.cli.run import run\n"
        f"assert run(['instrumenten', '--data', {str(tmp_path / 'data')!r}]) == 0"
    )
    loaded = modules_after(shop, code)
    assert not {name for name in packages(loaded) if name.startswith(("kwartier_", "proef_"))}
    assert not packages(loaded) & {"textual", "rich", "pyrage", "sqlite3", "multiprocessing"}


def test_reading_takes_no_lock(shop: Any, tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    assert shop.run("organisatie", "nieuw", "De Moestuin", "--data", data).returncode == 0
    code = f"from kwartier.cli.run import run\nassert run(['organisatie', 'lijst', '--data', {data!r}]) == 0"
    assert "filelock" not in packages(modules_after(shop, code))


def test_the_commands_are_known_without_the_parts_that_do_the_work(shop: Any) -> None:
    loaded = modules_after(shop, "import kwartier.cli.app")
    assert not packages(loaded) & {"textual", "rich", "pyrage", "filelock", "sqlite3", "platformdirs"}
    assert not {name for name in packages(loaded) if name.startswith(("kwartier_", "proef_"))}


def test_the_version_is_told_before_anything_is_imported(shop: Any) -> None:
    code = "import sys; sys.argv = ['kwartier', '--version']\nfrom kwartier.cli.entry import main\nmain()"
    loaded = modules_after(shop, code)
    assert not packages(loaded) & {
        "click",
        "pluggy",
        "msgspec",
        "tomli",
        "platformdirs",
        "filelock",
        "pyrage",
        "textual",
    }
    assert {name for name in loaded if name.startswith("kwartier")} == {
        "kwartier",
        "kwartier.cli",
        "kwartier.cli.entry",
    }


@pytest.mark.parametrize("part", ["instrument", "records", "workflow", "analysis"])
def test_the_core_imports_no_face_and_does_no_input_or_output(part: str, shop: Any) -> None:
    code = (
        "import importlib, pkgutil, sys\n"
        f"import kwartier.{part} as part\n"
        f"for one in pkgutil.iter_modules(part.__path__, 'kwartier.{part}.'): importlib.import_module(one.name)"
    )
    loaded = modules_after(shop, code)
    assert len({name for name in loaded if name.startswith(f"kwartier.{part}.")}) > 3
    assert not packages(loaded) & (FACES | {"platformdirs", "pluggy"})
    above = ("cli", "tui", "workspace", "store", "reports", "plugins", "api", "testing")
    assert not {name for name in loaded if name.startswith(tuple(f"kwartier.{one}" for one in above))}


def test_what_an_author_imports_brings_no_face(shop: Any) -> None:
    loaded = packages(modules_after(shop, "import kwartier.api"))
    assert not loaded & {"textual", "rich", "click", "pyrage", "filelock", "pytest"}
    assert "pytest" not in packages(modules_after(shop, "import kwartier.testing"))
    assert sys.version_info >= (3, 11)
