"""The start screen's overview: what it says of real records, what it reads again, and what it never holds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from tests.workspace.conftest import (
    ANNA,
    APART,
    BOB,
    DAY,
    FIRST,
    ROOT,
    SLUG,
    Garden,
    answers,
    environment,
)

from kwartier.cli.agenda import _HEADINGS, _when
from kwartier.workspace import Assessor, Workspace
from kwartier.workspace.overview import HEADINGS, OrganisationLine, Overview, glimpse, when

BOTH = (Assessor(ANNA), Assessor(BOB))

pytestmark = pytest.mark.usefixtures("cache")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder for this test alone."""
    place = tmp_path / "cache"
    monkeypatch.setenv("KWARTIER_CACHE", str(place))
    yield place
    if place.is_dir():
        place.chmod(0o700)


def index_file(cache: Path) -> Path:
    (found,) = (cache / "index").glob("*.sqlite")
    return found


def age(garden: Garden) -> None:
    """Makes every file old enough to be believed."""
    then = time.time() - 3600
    for path in garden.path.rglob("*.toml"):
        os.utime(path, (then, then))


def line(found: Overview | None, slug: str = SLUG) -> OrganisationLine:
    assert found is not None
    (one,) = [one for one in found.organisations if one.slug == slug]
    return one


def swap_unseen(path: Path, old: bytes, new: bytes) -> None:
    """Other bytes in a file of which size, times and inode stay: only who reads it can tell."""
    told, data = path.stat(), path.read_bytes()
    assert len(old) == len(new) and old in data
    path.write_bytes(data.replace(old, new))
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))


# -- what it says


def test_the_headings_are_those_of_the_agenda_command() -> None:
    assert {word: title for title, word in _HEADINGS.items()} == HEADINGS
    assert list(HEADINGS) == list(_HEADINGS.values())

    class Entry:
        def __init__(self, day: date | None) -> None:
            self.day = day

    for day in (None, date(2026, 11, 21), DAY, date(2026, 12, 22), date(2026, 12, 23)):
        assert when(day, DAY) == _when(Entry(day), DAY)  # type: ignore[arg-type]


def test_a_running_record_says_what_is_next(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.prepare(ws, ref)
        ws.change(ref, "scoren", answers(FIRST), person="a1")
        ws.seal(ref, "a1")
        found = ws.overview()
    assert (found.checked, found.missing, found.today, found.problems) == (True, False, date(2026, 11, 25), [])
    one = line(found)
    assert (one.name, one.kind, one.depth, one.records, one.problem) == (
        "Tuinvereniging De Hoop",
        "vereniging",
        0,
        1,
        "",
    )
    assert (one.last, one.last_day) == ("Tuinmeter loopt", "2026-11-22")
    assert one.next == "voorbereiden (1 van 3 gedaan)"


def test_a_finished_record_says_its_month_and_what_comes_first(garden: Garden) -> None:
    with garden.open() as ws:
        garden.story(ws)
        one = line(ws.overview())
    assert (one.last, one.next) == ("Tuinmeter nov 26", "ruwe aantekeningen vernietigen")


def test_the_agenda_is_that_of_the_agenda_command_without_what_people_wrote(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.story(ws)
        ws.start("tuin", SLUG, day=date(2024, 11, 22), people=BOTH)
        other = ws.add_organisation("De Kas")
        ws.start("tuin", other, day=date(2027, 1, 1), people=BOTH)
        found = ws.overview()
        expected = sorted((one.ref, one.step, one.kind, one.text, one.day, one.person) for one in ws.agenda())
    told = sorted((one.ref, one.step, one.kind, one.text, one.day, one.person) for one in found.agenda)
    assert [one[:3] + one[4:] for one in told] == [one[:3] + one[4:] for one in expected]
    assert [one[3] for one in told] == [one[3].partition(": Regenton")[0] for one in expected]
    assert {one.organisation for one in found.agenda} == {"Tuinvereniging De Hoop", "De Kas"}
    assert found.due == len(expected) > 5
    order = [list(HEADINGS).index(when(one.day, found.today)) for one in found.agenda]
    assert order == sorted(order)
    late = [one for one in found.agenda if when(one.day, found.today) == "late"]
    assert line(found).overdue == sum(one.ref.startswith(SLUG) for one in late) > 0
    assert ref in {one.ref for one in found.agenda}


def test_what_a_later_record_repeats_is_not_on_the_agenda_until_that_is_gone(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.story(ws)
        assert "repeat" in {one.kind for one in ws.overview().agenda}
        later = ws.start("tuin", SLUG, day=date(2027, 11, 22), people=BOTH, follows=ref)
        found = ws.overview()
        assert "repeat" not in {one.kind for one in found.agenda if one.ref == ref}
        assert sorted(one.text.partition(":")[0] for one in ws.agenda()) == sorted(one.text for one in found.agenda)
        shutil.rmtree(garden.folder(later))
        assert "repeat" in {one.kind for one in ws.overview().agenda if one.ref == ref}


def test_the_agenda_can_be_limited(garden: Garden) -> None:
    with garden.open() as ws:
        garden.begin(ws)
        whole = ws.overview()
        assert ws.overview(agenda=1).agenda == whole.agenda[:1]
        told = ws.glimpse(agenda=1)
    assert told is not None
    assert (told.agenda, told.due) == (whole.agenda[:1], len(whole.agenda))


def test_parts_stand_under_their_whole_and_circles_and_strays_are_shown_once(garden: Garden) -> None:
    with garden.open() as ws:
        whole = ws.add_organisation("Zuid")
        part = ws.add_organisation("Boomgaard", part_of=whole)
        ws.add_organisation("Kas", part_of=part)
        ws.add_organisation("Akker", part_of=whole)
        for name in ("Cirkel 1", "Cirkel 2", "Stray", "Zelf"):
            ws.add_organisation(name)
        for slug, above in (("cirkel-1", "cirkel-2"), ("cirkel-2", "cirkel-1"), ("stray", "weg"), ("zelf", "zelf")):
            path = garden.path / "organisations" / slug / "organisation.toml"
            garden.put(path, {**garden.tree(path), "part_of": above})
        found = ws.overview()
    assert [(one.depth, one.name) for one in found.organisations] == [
        (0, "Stray"),
        (0, "Zelf"),
        (0, "Zuid"),
        (1, "Akker"),
        (1, "Boomgaard"),
        (2, "Kas"),
        (0, "Cirkel 1"),
        (1, "Cirkel 2"),
    ]


# -- what it reads again


def test_a_glimpse_is_the_last_overview_and_says_that_it_was_not_checked(garden: Garden) -> None:
    with garden.open() as ws:
        garden.story(ws)
        assert ws.glimpse() is None
        found = ws.overview()
        assert ws.glimpse() == found._replace(checked=False)
    assert glimpse(garden.path, today=found.today) == found._replace(checked=False)


def test_what_changes_on_disk_changes_in_the_overview(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        age(garden)
        before = line(ws.overview())
        ws.change(ref, "voorbereiden", {"task": [{"id": "brief", "done": True, "by": ANNA}]})
        assert line(ws.glimpse()) == before
        assert line(ws.overview()).next == "voorbereiden (1 van 3 gedaan)"
        ws.change_organisation(SLUG, name="De Hoop", kind="")
        assert line(ws.overview())[1:3] == ("De Hoop", "")
        shutil.rmtree(garden.folder(ref))
        found = ws.overview()
        assert (line(found).records, line(found).last, found.agenda) == (0, "", [])
        shutil.rmtree(garden.path / "organisations" / SLUG)
        assert ws.overview().organisations == []


def test_what_was_saved_can_be_noted_at_once(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.note_saved(ref)
        assert ws.glimpse() is None
        ws.overview()
        ws.change(ref, "voorbereiden", {"task": [{"id": "brief", "done": True, "by": ANNA}]})
        ws.note_saved(ref)
        assert line(ws.glimpse()).next == "voorbereiden (1 van 3 gedaan)"
        slug = ws.add_organisation("De Kas")
        ws.note_saved(slug)
        assert line(ws.glimpse(), slug).name == "De Kas"
        shutil.rmtree(garden.path / "organisations" / slug)
        ws.note_saved(slug)
        told = ws.glimpse()
        assert told is not None and [one.slug for one in told.organisations] == [SLUG]
        ws.note_saved("bestaat-niet/tuin/2026-01-01")


def test_only_what_changed_is_read_again(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        age(garden)
        ws.overview()
        swap_unseen(garden.path / "organisations" / SLUG / "organisation.toml", b"De Hoop", b"Gelezen")
        swap_unseen(garden.folder(ref) / "assessment.toml", b"2026-11-22", b"2025-11-22")
        found = line(ws.overview())
        assert (found.name, found.last_day) == ("Tuinvereniging De Hoop", "2026-11-22")
        (garden.folder(ref) / "assessment.toml").touch()
        found = line(ws.overview())
        assert (found.name, found.last_day) == ("Tuinvereniging De Hoop", "2025-11-22")


def test_what_is_young_is_read_again(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.overview()
        swap_unseen(garden.folder(ref) / "assessment.toml", b"2026-11-22", b"2025-11-22")
        assert line(ws.overview()).last_day == "2025-11-22"


def test_installing_the_instrument_is_noticed(garden: Garden) -> None:
    with garden.open() as ws:
        garden.begin(ws)
        age(garden)
        assert line(ws.overview()).last == "Tuinmeter loopt"
    with garden.open(garden.without_plugin()) as ws:
        found = ws.overview()
        assert (line(found).last, line(found).next) == ("TUIN loopt", "voorbereiden (0 van 3 gedaan)")
    with garden.open() as ws:
        assert line(ws.overview()).last == "Tuinmeter loopt"


def test_content_that_is_gone_is_told_and_its_return_noticed(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        age(garden)
        ws.overview()
        away = garden.home / "weg"
        (garden.path / "contents").rename(away)
    with garden.open() as ws:
        found = ws.overview()
        assert (line(found).next, line(found).broken, line(found).last) == ("niet te lezen", 1, "Tuinmeter nov 26")
        assert [one.place for one in found.problems] == [ref]
        away.rename(garden.path / "contents")
    with garden.open() as ws:
        assert (ws.overview().problems, line(ws.overview()).broken) == ([], 0)


def test_a_broken_file_is_a_line_and_the_rest_goes_on(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        whole = ws.start("tuin", SLUG, day=date(2027, 1, 1), people=BOTH)
        other = ws.add_organisation("De Kas")
        good = ws.start("tuin", other, day=DAY, people=BOTH)
        (garden.folder(ref) / "assessment.toml").write_text("= [", "utf-8")
        garden.put(garden.folder(whole) / "voorbereiden.toml", {"schema": 1, "task": "geen lijst"})
        (garden.path / "organisations" / other / "organisation.toml").write_bytes(b"\xff")
        found = ws.overview()
    assert [one.place for one in found.problems] == [other, ref, whole]
    assert line(found).problem == "2 van 2 metingen niet te lezen"
    assert line(found, other).name == other
    assert line(found, other).problem == found.problems[0].message
    assert {one.ref for one in found.agenda} == {good}


def test_a_date_at_the_edge_of_the_calendar_stops_nothing(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        path = garden.folder(ref) / "assessment.toml"
        for edge in (date.min, date.max):
            garden.put(path, {**garden.tree(path), "date": edge})
            assert line(ws.overview()).records == 1
            assert ws.overview().checked


def test_a_demo_keeps_its_own_day(garden: Garden) -> None:
    with garden.open() as ws:
        garden.begin(ws)
    mark = garden.path / ".kwartier" / "demo.toml"
    garden.put(mark, {"schema": 1, "day": date(2031, 5, 6)})
    peeked = Workspace.peek(garden.path)
    assert peeked is not None
    assert peeked.overview().today == date(2031, 5, 6)
    told = glimpse(garden.path)
    assert told is not None
    assert (told.today, line(told).overdue) == (date(2031, 5, 6), len(told.agenda))
    mark.unlink()
    peeked = Workspace.peek(garden.path)
    assert peeked is not None
    peeked.overview()
    told = glimpse(garden.path)
    assert told is not None and told.today == date.today()


def test_no_folder_is_missing(garden: Garden) -> None:
    told = glimpse(garden.path)
    assert told is not None
    assert (told.missing, told.checked, told.organisations) == (True, True, [])
    with garden.open() as ws:
        assert not ws.overview().missing


# -- the index is only a cache


@pytest.mark.parametrize("spoilt", [b"", b"geen index", b"SQLite format 3\x00" + b"\x01" * 5000])
def test_a_damaged_index_is_made_anew(garden: Garden, cache: Path, spoilt: bytes) -> None:
    with garden.open() as ws:
        garden.story(ws)
        found = ws.overview()
        index_file(cache).write_bytes(spoilt)
        assert ws.glimpse() is None
        assert ws.overview() == found
        assert ws.glimpse() == found._replace(checked=False)


def test_damage_far_in_the_index_is_mended(garden: Garden, cache: Path) -> None:
    with garden.open() as ws:
        garden.story(ws)
        found = ws.overview()
        path = index_file(cache)
        whole = path.read_bytes()
        for start in range(0, len(whole), 2048):
            path.write_bytes(whole[:start] + Random(start).randbytes(1024) + whole[start + 1024 :])
            ws.glimpse()
            ws.overview()
        path.unlink()
        assert ws.overview() == found


def test_an_index_can_be_deleted_at_any_time(garden: Garden, cache: Path) -> None:
    with garden.open() as ws:
        garden.story(ws)
        found = ws.overview()
        shutil.rmtree(cache)
        assert ws.glimpse() is None
        assert ws.overview() == found


@pytest.mark.parametrize("what", ["file", "folder-in-its-place"])
def test_a_cache_that_cannot_be_made_stops_nothing(garden: Garden, cache: Path, what: str) -> None:
    with garden.open() as ws:
        garden.story(ws)
        found = ws.overview()
        place = index_file(cache)
        shutil.rmtree(cache)
        if what == "file":
            cache.write_text("in de weg", "utf-8")
        else:
            place.mkdir(parents=True)
        assert ws.overview() == found
        assert ws.glimpse() is None
        ws.note_saved(APART)


CLOSED = """
import os, sys
from pathlib import Path
from kwartier.plugins.host import Host
from kwartier.store.folder import DataFolder
from kwartier.workspace import Workspace, indexing
ws = Workspace(DataFolder.open(Path(sys.argv[1])), host=Host(points=[]))
if os.geteuid() == 0:
    os.setuid(65534)
found = ws.overview()
print([(one.slug, bool(one.problem)) for one in found.organisations], [one.place for one in found.problems])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_an_organisation_that_is_closed_to_this_user_is_a_line() -> None:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        with Workspace.open(home / "data") as ws:
            ws.add_organisation("De Kas")
            ws.add_organisation("De Hoop")
        for path in [home, *home.rglob("*")]:
            path.chmod(0o755)
        closed = home / "data" / "organisations" / "de-kas"
        closed.chmod(0o000)
        command = [sys.executable, "-c", CLOSED, str(home / "data")]
        done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=False)
        closed.chmod(0o755)
    assert (done.stdout, done.stderr) == ("[('de-hoop', False), ('de-kas', True)] ['de-kas']\n", "")


READ_ONLY = """
import os, sys
from pathlib import Path
from random import Random
from kwartier.plugins.host import Host
from kwartier.store.folder import DataFolder
from kwartier.workspace import Workspace, indexing
ws = Workspace(DataFolder.open(Path(sys.argv[1])), host=Host(points=[]))
if os.geteuid() == 0:
    os.setuid(65534)
assert not os.access(sys.argv[2], os.W_OK)
print([one.slug for one in ws.overview().organisations], ws.overview().checked)
ws.note_saved("de-kas")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_read_only_cache_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        monkeypatch.setenv("KWARTIER_CACHE", str(home / "cache"))
        with Workspace.open(home / "data") as ws:
            ws.add_organisation("De Kas")
            ws.overview()
            ws.add_organisation("De Hoop")
        for path in [home, *home.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        command = [sys.executable, "-c", READ_ONLY, str(home / "data"), str(index_file(home / "cache"))]
        done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=False)
        for path in [home, *home.rglob("*")]:
            path.chmod(0o755)
    assert (done.stdout, done.stderr) == ("['de-hoop', 'de-kas'] True\n", "")


def test_a_cancelled_look_keeps_what_it_found(garden: Garden) -> None:
    with garden.open() as ws:
        for name in ("A", "B", "C", "D"):
            ws.add_organisation(name)
        seen: list[int] = []
        cut = ws.overview(progress=lambda done, of: seen.append(done), cancelled=lambda: len(seen) == 2)
        assert (cut.checked, [one.slug for one in cut.organisations]) == (False, ["a", "b"])
        told = ws.glimpse()
        assert told is not None and told.organisations == cut.organisations
        assert len(ws.overview().organisations) == 4


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_a_killed_look_keeps_what_it_found(garden: Garden) -> None:
    with garden.open() as ws:
        for name in ("A", "B", "C", "D"):
            ref = ws.start("tuin", ws.add_organisation(name), day=DAY, people=BOTH)
        child = str(ROOT / "tests" / "workspace" / "overview_killed_child.py")
        done = subprocess.run([sys.executable, child, str(garden.path), "3"], env=environment(garden), check=False)
        assert done.returncode == -9
        told = ws.glimpse()
        assert told is not None
        assert [(one.slug, one.records) for one in told.organisations] == [("a", 1), ("b", 1), ("c", 1)]
        found = ws.overview()
        assert [one.slug for one in found.organisations] == ["a", "b", "c", "d"]
        assert ref in {one.ref for one in found.agenda}


def test_two_looks_at_once_end_in_the_same_overview(garden: Garden) -> None:
    with garden.open() as ws:
        for number in range(30):
            ws.add_organisation(f"Tuin {number:02}")
        code = (
            "import sys; from pathlib import Path; from kwartier.store.folder import DataFolder\n"
            "from kwartier.workspace import Workspace, indexing\n"
            "indexing._BATCH = 0.0\n"
            "print(len(Workspace(DataFolder.open(Path(sys.argv[1]))).overview().organisations))"
        )
        command = [sys.executable, "-c", code, str(garden.path)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": environment(garden)}
        children = [subprocess.Popen(command, **pipes) for _ in range(2)]  # type: ignore[call-overload]
        assert [child.communicate(timeout=60) for child in children] == [("30\n", "")] * 2
        told = ws.glimpse()
        assert told is not None and len(told.organisations) == 30


# -- what it never holds


def test_nothing_that_is_not_revealed_and_no_name_is_in_the_index(garden: Garden, cache: Path) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.prepare(ws, ref)
        ws.add_subject(SLUG, "s1", "Sander Sla")
        ws.change(ref, "scoren", answers(FIRST, "Zeer geheime opmerking"), person="a1")
        ws.seal(ref, "a1")
        ws.overview()
    secrets = [ANNA, BOB, "Dina Druif", "Carla Courgette", "Sander Sla", "geheime opmerking", "de pomp lekt"]
    secrets += ["Over item", "Een fijne tuin"]
    assert_absent(cache, secrets)


def test_what_people_wrote_in_a_finished_record_is_not_in_the_index(garden: Garden, cache: Path) -> None:
    with garden.open() as ws:
        ref = garden.story(ws)
        path = garden.folder(ref) / "acties.toml"
        tree = garden.tree(path)
        garden.put(path, {**tree, "action": [{**row, "who": "Willem Wortel"} for row in tree["action"]]})
        found = ws.overview()
    assert "actiepunt 1 evalueren" in {one.text for one in found.agenda}
    assert_absent(cache, [ANNA, BOB, "Regenton", "Willem", "Water.", "Samen besproken", "Ton besteld", "Veel buren"])


def assert_absent(cache: Path, secrets: list[str]) -> None:
    data = b"".join(path.read_bytes() for path in cache.rglob("*") if path.is_file())
    assert SLUG.encode() in data
    assert [secret for secret in secrets if secret.encode() in data] == []


# -- what it costs to import

LIGHT = """
import json, sys
from pathlib import Path
from random import Random
from kwartier.workspace import overview, places, settings
found = overview.glimpse(Path(sys.argv[1]))
assert found is not None and found.organisations
settings.read_or_default()
print(json.dumps(sorted(sys.modules)))
"""


def test_a_glimpse_imports_almost_nothing(garden: Garden) -> None:
    with garden.open() as ws:
        garden.begin(ws)
        ws.overview()
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, str(garden.path)],
        env=environment(garden),
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(json.loads(done.stdout))
    own = {name for name in loaded if name.partition(".")[0] == "kwartier"}
    assert own == {"kwartier", "kwartier.errors", "kwartier.store", "kwartier.store.index", "kwartier.workspace"} | {
        f"kwartier.workspace.{name}" for name in ("overview", "places", "settings")
    }
    heavy = {"msgspec", "click", "pluggy", "textual", "rich", "filelock", "pyrage", "tomli_w", "asyncio", "logging"}
    assert not heavy & {name.partition(".")[0] for name in loaded}


def test_everything_of_the_workspace_can_still_be_imported_by_name() -> None:
    code = (
        "from kwartier.workspace import *\n"
        "import kwartier.workspace as door\n"
        "assert Workspace is door.Workspace and open_sheet and Listing\n"
        "assert set(door.__all__) <= set(dir(door))\n"
        "assert sorted(door._WHERE) == sorted(door.__all__)\n"
        "for name in door.__all__: assert getattr(door, name).__module__.startswith('kwartier.')\n"
        "try: door.bestaat_niet\n"
        "except AttributeError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "module 'kwartier.workspace' has no attribute 'bestaat_niet'\n", done.stderr
