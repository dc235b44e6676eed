"""The index file: its tables, its modes, and what happens where it is damaged, of another version or in use."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import kwartier
from kwartier.store.index import (
    Change,
    DueRow,
    Index,
    OrganisationRow,
    RecordRow,
    Standing,
    is_damage,
    place_of,
    remove,
)

KWADRANT = OrganisationRow("kwadrant", "stempel", "Kwadrant", "ribw", "", "")
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(kwartier.__file__).parents[1])}


def record(ref: str = "kwadrant/tuin/2026-11-22", stamp: str = "s1") -> RecordRow:
    organisation, instrument, *_ = ref.split("/")
    day = ref[-10:]
    rest = {
        "pin": "sha256:0",
        "short": "TUIN",
        "successor": "",
        "subject": "",
        "follows": "",
        "readable": 1,
        "definitive": 0,
        "paper": 0,
    }
    words = {"next": "Scoren", "detail": "", "mean": "", "verdict": "", "locked": "", "problem": ""}
    return RecordRow(ref=ref, organisation=organisation, stamp=stamp, instrument=instrument, day=day, **rest, **words)  # type: ignore[arg-type]


def due(text: str, day: str, ref: str = "kwadrant/tuin/2026-11-22", kind: str = "task") -> DueRow:
    return DueRow(ref, ref.split("/")[0], "stap", kind, text, day, "")


def counted(records: list[RecordRow], dues: list[DueRow]) -> Standing:
    """Of an organisation only how much there is."""
    return Standing("", "", f"{len(dues)} te doen", len(records), 0, frozenset())


def put(index: Index, *dues: DueRow, stamp: str = "s1") -> None:
    index.put([Change(KWADRANT, ((record(stamp=stamp), dues),))], counted)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return place_of(tmp_path / "cache map é", tmp_path / "gegevens")


def test_what_is_put_is_found_after_opening_again(place: Path) -> None:
    with Index.open(place) as index:
        put(index, due("brief", "2026-12-01"), due("nu", ""), due("later", "2028-01-01"), due("laat", "2026-01-01"))
    found = Index.find(place)
    assert found is not None
    with found as index:
        assert index.organisations() == [KWADRANT._replace(next="4 te doen", records=1)]
        assert index.stamps("kwadrant") == {"kwadrant/tuin/2026-11-22": ("s1", "sha256:0")}
        assert [one.text for one in index.agenda("2026-12-01", None)] == ["laat", "brief", "nu", "later"]
        assert [one.text for one in index.agenda("2026-11-30", 3)] == ["laat", "nu", "brief"]
        assert index.due_count() == 4
        assert index.overdue("2026-12-01") == {"kwadrant": 1}
        assert index.overdue("2026-12-02") == {"kwadrant": 2}


def test_a_record_that_is_put_again_replaces_its_rows(place: Path) -> None:
    with Index.open(place) as index:
        put(index, due("oud", ""), due("ook oud", ""))
        put(index, due("nieuw", ""), stamp="s2")
        assert [one.text for one in index.agenda("2026-01-01", None)] == ["nieuw"]
        assert index.stamps("kwadrant")["kwadrant/tuin/2026-11-22"][0] == "s2"
        index.put([Change(KWADRANT, gone=("kwadrant/tuin/2026-11-22",))], counted)
        assert (index.stamps("kwadrant"), index.due_count()) == ({}, 0)
        assert index.organisations()[0].records == 0
        index.drop(["kwadrant"])
        assert index.organisations() == []


def test_what_a_later_record_repeats_is_closed_and_opened_again(place: Path) -> None:
    ref = "kwadrant/tuin/2026-11-22"

    def repeated(records: list[RecordRow], dues: list[DueRow]) -> Standing:
        return counted(records, dues)._replace(repeated=frozenset({ref} if len(records) > 1 else ()))

    with Index.open(place) as index:
        rows = (due("herhalen", "2027-01-01", kind="repeat"), due("brief", "2027-01-01"))
        index.put([Change(KWADRANT, ((record(), rows),))], repeated)
        assert index.due_count() == 2
        later = record("kwadrant/tuin/2028-11-22")
        index.put([Change(KWADRANT, ((later, ()),))], repeated)
        assert [one.text for one in index.agenda("2026-01-01", None)] == ["brief"]
        index.put([Change(KWADRANT, gone=(later.ref,))], repeated)
        assert index.due_count() == 2


def test_a_batch_that_fails_leaves_what_was_there(place: Path) -> None:
    def fails(records: list[RecordRow], dues: list[DueRow]) -> Standing:
        raise ValueError("halverwege")

    with Index.open(place) as index:
        put(index, due("oud", ""))
        with pytest.raises(ValueError, match="halverwege"):
            index.put([Change(KWADRANT, ((record(stamp="s2"), ()),))], fails)
        assert index.stamps("kwadrant")["kwadrant/tuin/2026-11-22"][0] == "s1"
        put(index, stamp="s3")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_user_may_read_it(place: Path) -> None:
    with Index.open(place) as index:
        put(index)
        for path in [place.parent, *place.parent.iterdir()]:
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_every_folder_has_an_index_of_its_own(tmp_path: Path) -> None:
    one, other = place_of(tmp_path, tmp_path / "een"), place_of(tmp_path, tmp_path / "twee")
    assert one != other
    assert one == place_of(tmp_path, tmp_path / "twee" / ".." / "een")


def spoil_nothing(path: Path) -> None:
    path.write_bytes(b"")


def spoil_all(path: Path) -> None:
    path.write_bytes(b"geen index " * 1000)


def spoil_end(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def spoil_middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : len(data) // 2] = b"\xff" * (len(data) // 2 - len(data) // 3)
    path.write_bytes(bytes(data))


def spoil_version(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


def spoil_tables(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE organisation (iets)")
    connection.close()


SPOILS = [spoil_nothing, spoil_all, spoil_end, spoil_middle, spoil_version, spoil_tables]


@pytest.mark.parametrize("spoil", SPOILS, ids=lambda one: one.__name__)
def test_a_spoilt_index_is_made_anew(place: Path, spoil: object) -> None:
    with Index.open(place) as index:
        put(index, due("oud", ""))
    spoil(place)  # type: ignore[operator]
    with Index.open(place) as index:
        assert (index.organisations(), index.due_count(), index.stamps("kwadrant")) == ([], 0, {})
        put(index, due("nieuw", ""))
        assert index.due_count() == 1


@given(data=some.binary(max_size=3000), at=some.integers(0, 60000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_any_bytes_in_an_index_end_in_an_index_or_in_damage_that_is_known(place: Path, data: bytes, at: int) -> None:
    remove(place)
    with Index.open(place) as index:
        put(index, *(due(f"regel {n}", "") for n in range(200)))
    whole = bytearray(place.read_bytes())
    whole[at : at + len(data)] = data
    place.write_bytes(bytes(whole))
    try:
        found = Index.find(place)
        if found is not None:
            with found as index:
                index.agenda("2026-01-01", None), index.organisations(), index.stamps("kwadrant")
    except (sqlite3.Error, ValueError) as error:
        assert is_damage(error)
    with Index.open(place) as index:
        index.stamps("kwadrant")


def test_looking_for_an_index_makes_nothing(place: Path) -> None:
    assert Index.find(place) is None
    assert not place.parent.exists()
    place.parent.mkdir(parents=True)
    place.write_bytes(b"")
    assert Index.find(place) is None
    assert place.read_bytes() == b""


def test_an_index_where_a_folder_stands_is_refused_as_no_damage(place: Path) -> None:
    place.mkdir(parents=True)
    with pytest.raises((OSError, sqlite3.Error)):
        Index.open(place)
    assert place.is_dir()


def test_processes_that_write_at_once_lose_nothing(place: Path) -> None:
    script = """
        import sys
        from pathlib import Path
        from kwartier.store.index import Change, Index, OrganisationRow, Standing
        place, name = Path(sys.argv[1]), sys.argv[2]
        with Index.open(place) as index:
            for number in range(40):
                row = OrganisationRow(f"{name}-{number}", "s", name, "", "", "")
                index.put([Change(row)], lambda records, dues: Standing("", "", "", 0, 0, frozenset()))
        """
    command = [sys.executable, "-c", textwrap.dedent(script), str(place)]
    children = [subprocess.Popen([*command, name], env=ENVIRONMENT, stderr=subprocess.PIPE) for name in ("een", "twee")]
    for child in children:
        _, errors = child.communicate(timeout=60)
        assert child.returncode == 0, errors.decode()
    with Index.open(place) as index:
        assert len(index.organisations()) == 80
