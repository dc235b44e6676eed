"""`kwartier instrumenten` with everything that can be wrong installed at once, in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kwartier.plugins.discovery import GROUP


@pytest.fixture
def full(shop: Any) -> Any:
    """A well-filled machine: one instrument that is well, and one of each kind that is not."""
    boom = "raise RuntimeError('mag niet geladen worden')"
    shop.add("heel")
    shop.add("weg", python=None)
    shop.add("leeg", without=("instrument.toml",))
    shop.add("fout", header=lambda text: text.replace("[word]", "[word"))
    shop.add("oud", python=boom, header=lambda text: text.replace("api = 1", "api = 0"))
    shop.add("nieuw", python=boom, header=lambda text: text.replace("api = 1", "api = 2"))
    shop.add("uit", python=boom)
    shop.add("haak", python="from kwartier.api import hookimpl\n@hookimpl\ndef kwartier_tel(x): pass")
    shop.add("stop", python="import sys; sys.exit(9)")
    shop.add("lek", python="raise ValueError('\\x1b[31mrood\\n{\"id\": 1}')")
    shop.add("inhoud", content=lambda text: text.replace('scale = "staat"', 'scale = "stand"'))
    shop.add("dubbel", distribution="kwartier-dubbel-a")
    shop.add("dubbel", distribution="kwartier-dubbel-b")
    shop.add("punt", announced="kwartier.punt")
    shop.add("schade", points=f"[{GROUP}]\nschade\n")
    return shop


STATES = {
    "heel": "ready",
    "weg": "broken",
    "leeg": "broken",
    "fout": "broken",
    "oud": "incompatible",
    "nieuw": "incompatible",
    "uit": "disabled",
    "haak": "ready",
    "stop": "ready",
    "lek": "ready",
    "inhoud": "ready",
    "punt": "broken",
    "kwartier-schade": "broken",
}
AFTER_LOADING = dict.fromkeys(("haak", "stop", "lek", "inhoud"), "broken") | {"heel": "active"}


@pytest.mark.parametrize("load", [False, True])
def test_every_instrument_has_its_state_reason_and_next_step(full: Any, tmp_path: Path, load: bool) -> None:
    args = ("instrumenten", "--json", "--data", str(tmp_path / "data"), *(["--laden"] if load else []))
    done = full.run(*args, KWARTIER_DISABLE="uit,bestaat-niet")
    assert (done.returncode, done.stderr) == (0, "")
    rows = json.loads(done.stdout)["instruments"]
    own = {one["id"]: one for one in rows if one["id"] != "dubbel"}
    states = STATES | (AFTER_LOADING if load else {})
    assert {name: own[name]["state"] for name in states} == states
    for one in rows:
        well = one["state"] in ("ready", "active")
        assert (one["reason"] is None) == (one["next"] is None) == well, one
        assert one["distribution"] and one["version"]
    first, second = [one for one in rows if one["id"] == "dubbel"]
    assert (first["state"], second["state"]) == ("active" if load else "ready", "broken")
    assert first["distribution"] in second["reason"] and first["distribution"] in second["next"]
    assert own["heel"]["title"] and own["nieuw"]["title"] and own["uit"]["title"] is None


def test_the_list_for_people_is_plain_text(full: Any, tmp_path: Path) -> None:
    done = full.run("instrumenten", "--laden", "--data", str(tmp_path / "data"), KWARTIER_DISABLE="uit")
    assert (done.returncode, done.stderr) == (0, "")
    for words in ("kapot", "past niet", "uitgezet", "geopend", "haak: ", "kwartier_tel is geen hook"):
        assert words in done.stdout
    assert "\x1b" not in done.stdout and "Traceback" not in done.stdout


def test_one_broken_instrument_stops_no_other_command(full: Any, tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    slug = json.loads(full.run("organisatie", "nieuw", "De Moestuin", "--json", "--data", data).stdout)["slug"]
    start = ("meting", "nieuw", slug, "heel", "--datum", "2026-11-22", "--auditor", "Ank", "--auditor", "Bo")
    ref = json.loads(full.run(*start, "--json", "--data", data).stdout)["ref"]
    assert full.run("meting", "toon", ref, "--data", data).returncode == 0
    for name in ("weg", "oud", "stop", "inhoud", "kwartier-schade"):
        refused = full.run("meting", "nieuw", slug, name, *start[4:], "--json", "--data", data)
        assert refused.returncode == 1, (name, refused.stdout, refused.stderr)
        error = json.loads(refused.stderr)["error"]
        assert error["code"].startswith("instrument-") and error["message"] and error["next"]
