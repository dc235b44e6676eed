"""The reports of many records: gone on with after a stop, nothing replaced unasked, what is wrong told, none half."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.workspace.conftest import ANNA, BOB, SLUG, Garden
from tests.workspace.kas import CODE, Greenhouse

from kwartier.errors import KwartierError
from kwartier.reports.document import Document
from kwartier.workspace import Assessor, Workspace, writers
from kwartier.workspace.many_reports import ReportsWanted, file_name
from kwartier.workspace.writing import Writer

MD = writers()["md"]


def many(garden: Garden, ws: Workspace, number: int = 30) -> list[str]:
    """One record that is definitive, and others that are begun."""
    refs = [garden.story(ws)]
    for year in range(2027, 2026 + number):
        refs.append(ws.start("tuin", SLUG, day=date(year, 11, 22), people=(Assessor(ANNA), Assessor(BOB))))
    return refs


def wanted(folder: Path, **more: object) -> ReportsWanted:
    given: dict[str, object] = {"folder": folder, "writers": [MD], "organisations": [SLUG], **more}
    return ReportsWanted(**given)  # type: ignore[arg-type]


def own_writer(write: Callable[[Document], bytes]) -> Writer:
    """A format that a plugin would bring."""
    return Writer(format="eigen", extension=".eigen", title="Eigen", own=write)


def test_thirty_records_stopped_half_way_and_gone_on_with(garden: Garden, tmp_path: Path) -> None:
    folder = tmp_path / "verslagen"
    seen: list[tuple[int, int]] = []
    with garden.open() as ws:
        refs = many(garden, ws)
        done = ws.write_reports(
            wanted(folder), progress=lambda done, of: seen.append((done, of)), cancelled=lambda: len(seen) > 12
        )
        assert done.cancelled and len(done.written) == 12 == len(list(folder.iterdir()))
        assert seen == [(number, 30) for number in range(13)]
        kept = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
        seen.clear()
        again = ws.write_reports(wanted(folder), progress=lambda done, of: seen.append((done, of)))
        assert not again.cancelled and seen[-1] == (30, 30)
        assert len(again.written) == 18 and sorted(again.there) == sorted(map(str, kept))
        assert not again.old and not again.left
        assert {path: path.stat().st_mtime_ns for path in kept} == kept, "what stood there was not written again"
        assert sorted(path.name for path in folder.iterdir()) == sorted(file_name(ref, "full", MD) for ref in refs)
        whole = MD.write(ws.document(refs[0]))
    assert (folder / file_name(refs[0], "full", MD)).read_bytes() == whole


def test_what_is_older_than_its_record_is_told_and_replaced_only_when_asked(garden: Garden, tmp_path: Path) -> None:
    folder = tmp_path / "verslagen"
    with garden.open() as ws:
        refs = many(garden, ws, 3)
        ws.write_reports(wanted(folder))
        stale = folder / file_name(refs[1], "full", MD)
        stale.write_text("van mij", "utf-8")
        os.utime(stale, ns=(1, 1))
        told = ws.write_reports(wanted(folder))
        assert told.old == (str(stale),) and len(told.there) == 3 and not told.written
        assert stale.read_text("utf-8") == "van mij"
        assert len(ws.write_reports(wanted(folder, overwrite=True)).written) == 3
        assert stale.read_text("utf-8") != "van mij"


def test_only_definitive_ones_and_only_of_one_instrument(garden: Garden, tmp_path: Path) -> None:
    with garden.open() as ws:
        refs = many(garden, ws, 3)
        done = ws.write_reports(wanted(tmp_path / "een", definitive=True))
        assert [Path(one).name for one in done.written] == [file_name(refs[0], "full", MD)]
        assert [ref for ref, _ in done.left] == refs[1:]
        assert all(why for _, why in done.left)
        none = ws.write_reports(wanted(tmp_path / "twee", instrument="anders"))
        assert not none.written and not none.left
        twice = ws.write_reports(wanted(tmp_path / "drie", refs=refs))
        assert len(twice.written) == 3, "a record that is named twice is made once"


def test_a_record_that_cannot_be_read_is_told_and_the_others_are_made(garden: Garden, tmp_path: Path) -> None:
    with garden.open() as ws:
        refs = many(garden, ws, 4)
        (garden.folder(refs[2]) / "assessment.toml").write_text("dit is = geen [toml", "utf-8")
        gone = f"{SLUG}/tuin/2099-01-01"
        done = ws.write_reports(wanted(tmp_path / "verslagen", refs=[gone], organisations=[SLUG, "bestaat-niet"]))
    assert len(done.written) == 3
    assert {ref for ref, _ in done.left} >= {refs[2], gone}
    assert all(why.strip() for _, why in done.left)


def test_a_writer_that_fails_leaves_no_file_and_the_other_format_is_made(garden: Garden, tmp_path: Path) -> None:
    def falls(_: Document) -> bytes:
        raise ValueError("stuk")

    folder = tmp_path / "verslagen"
    with garden.open() as ws:
        many(garden, ws, 3)
        done = ws.write_reports(wanted(folder, writers=[MD, own_writer(falls)]))
        assert len(done.left) == 3 and all("eigen" in why and "stuk" in why for _, why in done.left)
        assert len(done.written) == 3
        assert {path.suffix for path in folder.iterdir()} == {".md"}, "nothing half, and nothing left behind"

        # what stops kwartier itself leaves whole files only
        def killed(document: Document) -> bytes:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            ws.write_reports(wanted(folder, writers=[own_writer(killed)]))
        assert {path.suffix for path in folder.iterdir()} == {".md"}


def test_a_folder_among_the_records_is_refused_before_anything_is_made(garden: Garden) -> None:
    with garden.open() as ws:
        many(garden, ws, 2)
        before = garden.files()
        with pytest.raises(KwartierError) as raised:
            ws.write_reports(wanted(garden.path / "organisations" / "verslagen"))
        assert raised.value.code == "among-records" and raised.value.advice
        assert garden.files() == before
        assert not (garden.path / "organisations" / "verslagen").exists()


def test_a_locked_student_is_left_out_and_told(tmp_path: Path, packages: Path) -> None:
    kas = Greenhouse(tmp_path, packages)
    with kas.open() as ws:
        ref = kas.begin(ws)
        ws.encrypt_student(ref.split("/")[0], CODE, "een lang wachtwoord")
        done = ws.write_reports(ReportsWanted(refs=[ref], folder=tmp_path / "verslagen", writers=[MD]))
    assert not done.written
    assert done.left[0][0] == ref and "slot" in done.left[0][1]
