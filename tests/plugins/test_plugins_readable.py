"""The records of an instrument that cannot be used stay readable, as they were filled in, and are never changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kwartier.errors import KwartierError, Refused
from kwartier.plugins.host import Host
from kwartier.reports import markdown
from kwartier.store.folder import DataFolder
from kwartier.workspace import Assessor, Workspace

DAY = date(2026, 11, 22)
BREAKS: dict[str, dict[str, Any]] = {
    "uninstalled": {"points": ""},
    "no package": {"python": None},
    "cannot be imported": {"python": "import dit_bestaat_niet"},
    "exits": {"python": "raise SystemExit"},
    "a wrong hook": {"python": "def kwartier_score(content, answers): pass"},
    "an older agreement": {"header": lambda text: text.replace("api = 1", "api = 0")},
    "a newer agreement": {"header": lambda text: text.replace("api = 1", "api = 2")},
    "bad TOML": {"header": lambda text: text + "= ="},
    "mistakes in the content": {"content": lambda text: text.replace('form = "score"', 'form = "scoor"')},
    "no content": {"without": ("content.toml",)},
    "another id": {"header": lambda text: text.replace('id = "tuin"', 'id = "moes"')},
}


def workspace(folder: Path, host: Host) -> Workspace:
    data = DataFolder.create_or_open(folder / "data")
    return Workspace(data, host=host, clock=lambda: datetime(2026, 11, 23, 12, tzinfo=UTC), random=Random(0))


def made(ws: Workspace, slug: str, instrument: str) -> str:
    people = (Assessor("Ank"), Assessor("Bo"))
    ref = ws.start(instrument, slug, day=DAY, people=people)
    ws.change(ref, "toelichting", {"explanation": [{"item": "1", "text": "De grond is zwart."}]})
    for one in people:
        ws.change(ref, "scoren", {"answer": [{"item": i, "value": 4} for i in "12345"]}, person=one.name)
        ws.seal(ref, one.name)
    ws.change(ref, "eens-worden", {"answer": ws.proposals(ref)})
    return ref


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*.toml")}


@pytest.mark.parametrize("name", [*BREAKS, "disabled"])
def test_records_stay_readable_and_as_they_are(name: str, shops: Callable[[str], Any], tmp_path: Path) -> None:
    well = shops("well")
    well.add()
    well.add("heel", distribution="kwartier-heel")
    ws = workspace(tmp_path, well.host())
    slug = ws.add_organisation("De Moestuin")
    ref, other = made(ws, slug, "tuin"), made(ws, slug, "heel")
    told = markdown.write(ws.document(ref))
    figures = ws.exported(ref)
    before = contents(ws.path)

    after = shops("after")
    after.add(**BREAKS.get(name, {}))
    after.add("heel", distribution="kwartier-heel")
    ws = workspace(tmp_path, after.host({"KWARTIER_DISABLE": "tuin"} if name == "disabled" else {}))
    seen = ws.see(ref)
    assert "De grond is zwart." in str(seen.record.shared["toelichting"])
    assert seen.locked and "blijft te lezen" in seen.locked
    assert ws.exported(ref) == figures
    assert ws.summary(ref).locked and ws.summary(ref).mean == "4.0"
    assert [one.status.value for one in ws.situation(ref).steps if one.id == "eens-worden"] == ["done"]
    report = markdown.write(ws.document(ref))
    assert "De grond is zwart." in report
    assert report.split("\n## ", 2)[2].count("\n") == told.split("\n## ", 2)[2].count("\n")
    assert ws.check().sound
    ws.agenda()

    refusals: list[Callable[[], object]] = [
        lambda: ws.change(ref, "conclusies", {"text": "Anders."}),
        lambda: ws.seal(ref, "Ank"),
        lambda: ws.reopen(ref, "Ank", reason="Toch."),
        lambda: ws.mistake(ref, "Ank", "1", reason="Oeps."),
        lambda: ws.finalise(ref),
        lambda: ws.join(ref, Assessor("Cor"), reason="Meer ogen."),
        lambda: ws.correct(ref, day=date(2026, 11, 21)),
        lambda: ws.give_reason(ref, "x", "y"),
        lambda: ws.start("tuin", slug, day=DAY, people=(Assessor("Ank"), Assessor("Bo"))),
        lambda: ws.renew(ref),
    ]
    for refusal in refusals:
        with pytest.raises(KwartierError) as caught:
            refusal()
        assert isinstance(caught.value, Refused) and caught.value.advice
    assert contents(ws.path) == before

    ws.change(other, "conclusies", {"text": "Het gaat goed."})
    assert ws.finalise(other) == 1


def test_what_a_broken_plugin_brings_now_is_not_what_an_old_record_shows(
    shops: Callable[[str], Any], tmp_path: Path
) -> None:
    well, after = shops("well"), shops("after")
    well.add()
    ws = workspace(tmp_path, well.host())
    ref = made(ws, ws.add_organisation("De Moestuin"), "tuin")
    after.add(content=lambda text: text.replace("De bodem onder de planten", "Iets heel anders"))
    ws = workspace(tmp_path, after.host())
    assert ws.see(ref).content.items()[0].title == "De bodem onder de planten"
    assert not ws.see(ref).locked
    assert ws.content("tuin").items()[0].title == "Iets heel anders"
