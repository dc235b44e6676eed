"""A portfolio that moves with its student: one locked file, given here and taken in somewhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests import light_locks
from tests.workspace.conftest import ANNA, refusal
from tests.workspace.kas import CODE, FILE_ID, PUPIL, SECRET, SELF, Greenhouse, judged

from kwartier.errors import Unreadable
from kwartier.records.canonical import digest
from kwartier.store import cipher, disk, toml
from kwartier.workflow.sealing import intact
from kwartier.workspace import Assessor, Workspace, bundle
from kwartier.workspace.portfolio_codes import renamed

SLUG, THERE, WORD = "de-glazen-stad", "de-nieuwe-kas", "een goed wachtwoord"
TEXT = b"Lieve Lotte."


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks that are quick to make; what opens them is the real thing."""
    monkeypatch.setattr(cipher, "with_passphrase", _shut)


def _shut(data: bytes, passphrase: str, *, armored: bool = False) -> bytes:
    return light_locks.lock(data, passphrase, armored)


def held_in(path: Path) -> dict[str, bytes]:
    """The files in a portfolio."""
    return bundle.unpack(cipher.without_passphrase(path.read_bytes(), WORD, ""), "")


def portfolio(ws: Workspace, kas: Greenhouse) -> str:
    """A portfolio with evidence that has a file, and the sealed sheets of both masters; its reference."""
    ref = kas.begin(ws)
    ws.change(ref, "zelf", SELF, person=CODE)
    rows = [{"id": "b1", "title": "Brief"}, {"id": "b2", "title": "Foto", "readers": ["meester"]}]
    ws.change(ref, "bewijs", {"evidence": rows}, person=CODE)
    kas.put_file(ref, "brief.txt", TEXT)
    for who in ("a1", "a2"):
        ws.change(ref, "eind", judged("deels", "aangetoond", "nog-niet"), person=who)
        ws.seal(ref, who, step="eind")
    return ref


def given(kas: Greenhouse, **how: Any) -> Path:
    """The file, given by the programme to the student unless said otherwise."""
    path = kas.home / "mee.kwartier"
    with kas.open(kas.host()) as ws:
        ws.give_portfolio(SLUG, CODE, path, WORD, overwrite=True, **how)
    return path


def taken(kas: Greenhouse, path: Path, **how: Any) -> Any:
    """The same taken in elsewhere."""
    there = kas.beside("elders")
    with there.open(kas.host()) as ws:
        if not ws.organisations() and "new_organisation" not in how:
            ws.add_organisation("De Nieuwe Kas")
        return ws.take_portfolio(path, how.pop("slug", THERE), WORD, **how)


def test_it_moves_with_everything_in_it(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        ref = portfolio(ws, kas)
    done = taken(kas, given(kas))
    assert (done.refs, done.evidence, done.kept, done.replaced) == ((f"{THERE}/kas/{CODE}/2026-09-01",), 1, (), ())
    there = kas.beside("elders")
    with there.open(kas.host()) as ws:
        assert ws.subject(THERE, CODE).name == PUPIL
        people = there.tree(there.path / "organisations" / THERE / "people.toml")["person"]
        assert [row["name"] for row in people] == ["Anna Appel", "Bob Biet"]
        for name in ("zelf.s1.toml", "bewijs.toml", "eind.a1.toml", "eind.a2.toml"):
            assert there.tree(there.folder(done.refs[0]) / name) == kas.tree(kas.folder(ref) / name)
        assert (there.path / "organisations" / THERE / "subjects" / CODE / "evidence" / FILE_ID).read_bytes() == TEXT
        assert [one for one in ws.check().problems if one.level == "error"] == []
    assert taken(kas, given(kas)).new == 0
    with kas.open(kas.host()) as ws:
        rows = ws.subject(SLUG, CODE).handed_over
        assert [(row.to, row.what) for row in rows] == [("de student", "portfolio")] * 2


def test_a_new_organisation_is_made_with_it(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        portfolio(ws, kas)
    done = taken(kas, given(kas), slug="", new_organisation="Ergens Anders")
    assert done.organisation == "ergens-anders"
    assert done.new == 5


def test_codes_of_others_there_are_not_taken_for_these_people(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        portfolio(ws, kas)
    path = given(kas)
    there = kas.beside("elders")
    there.random = Random(1)
    with there.open(kas.host()) as ws:
        other = kas.begin(ws, "De Nieuwe Kas")
        ws.join(other, _somebody("Carla Courgette"))
        ws.rename_person(THERE, "a1", "Iemand Anders")
        ws.add_subject(THERE, "s2", "Een Ander", kind="student")
        before = {name: data for name, data in there.files().items() if "/s2/" not in name}
        assert refusal(lambda: ws.take_portfolio(path, THERE, WORD)).code == "code-taken"
        assert refusal(lambda: ws.take_portfolio(path, THERE, WORD, code="s2")).code == "code-taken"
        done = ws.take_portfolio(path, THERE, WORD, code="s3")
        names = ws.names(THERE)
        codes = {name: code for code, name in names.items()}
        assert codes["Bob Biet"] == "a2"
        assert codes["Anna Appel"] not in ("a1", "a2", "a3")
        sheet = there.tree(there.folder(done.refs[0]) / f"eind.{codes['Anna Appel']}.toml")
        assert intact(sheet)
        assert sheet["person"] == codes["Anna Appel"]
        assert there.tree(there.folder(done.refs[0]) / "zelf.s3.toml")["person"] == "s3"
        assert {row["id"] for row in there.tree(there.folder(done.refs[0]) / "assessment.toml")["person"]} >= {"a2"}
        assert [one for one in ws.check().problems if one.level == "error"] == []
        for name, data in before.items():
            if "people.toml" not in name:
                assert there.files()[name] == data
        assert ws.take_portfolio(path, THERE, WORD, code="s9").code == "s3"
    assert done.code == "s3"


@pytest.mark.parametrize("choice", ["bestand", "voorstel"])
def test_what_a_master_did_not_get_is_not_lost_when_it_comes_back(kas: Greenhouse, choice: str) -> None:
    with kas.open(kas.host()) as ws:
        ref = portfolio(ws, kas)
    taken(kas, given(kas, to="a1"))
    there = kas.beside("elders")
    with there.open(kas.host()) as ws:
        back = kas.home / "terug.kwartier"
        ws.give_portfolio(THERE, CODE, back, WORD, to="a1")
    before = {name: kas.tree(kas.folder(ref) / name) for name in ("zelf.s1.toml", "bewijs.toml")}
    for path in (back, given(kas, to="a1", by_student=True)):
        with kas.open(kas.host()) as ws:
            ws.take_portfolio(path, SLUG, WORD, differing=choice)
        assert {name: kas.tree(kas.folder(ref) / name) for name in before} == before


def test_a_name_that_looks_like_a_code_is_nobody_here(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        portfolio(ws, kas)
        ws.rename_person(SLUG, "a1", "a2")
    there = kas.beside("elders")
    there.random = Random(1)
    path = given(kas)
    with there.open(kas.host()) as ws:
        ws.rename_person(kas.begin(ws, "De Nieuwe Kas").split("/")[0], "a1", "Iemand Anders")
        assert refusal(lambda: ws.take_portfolio(path, THERE, WORD, code="a1")).code == "code-taken"
        ws.take_portfolio(path, THERE, WORD, code="s3")
        assert ws.names(THERE) | {"s1": "", "s3": ""} == {
            "a1": "Iemand Anders",
            "a2": "Bob Biet",
            "a3": "a2",
            "s1": "",
            "s3": "",
        }


def _somebody(name: str) -> Any:
    from kwartier.workspace import Assessor

    return Assessor(name, role="meester")


def test_a_master_gets_only_what_a_master_reads(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        portfolio(ws, kas)
    path = given(kas, to="Anna Appel")
    data = b"".join(held_in(path).values())
    assert SECRET.encode() not in data
    assert TEXT not in data
    assert b"Brief" not in data
    assert b"Foto" in data
    assert refusal(lambda: given(kas, to="Niemand")).code == "unknown-person"


def test_what_differs_is_asked_and_each_side_keeps_its_own(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        ref = portfolio(ws, kas)
    taken(kas, given(kas))
    there = kas.beside("elders")
    new = f"{THERE}/kas/{CODE}/2026-09-01"
    with there.open(kas.host()) as ws:
        ws.change(new, "zelf", {"answer": [{"item": "2.1", "value": "deels"}]}, person=CODE)
    with kas.open(kas.host()) as ws:
        ws.change(ref, "zelf", {"answer": [{"item": "2.1", "value": "aangetoond"}]}, person=CODE)
        ws.change(ref, "gegevens", {"fact": [{"id": "kas", "value": "Kas 3"}]})
    before = there.files()
    asked = refusal(lambda: taken(kas, given(kas)))
    assert (asked.code, "zelf.s1.toml: die van hier blijft" in asked.message) == ("portfolio-differs", True)
    assert there.files() == before
    done = taken(kas, given(kas), differing="voorstel")
    assert (done.new, done.replaced, done.kept) == (1, (), (f"{new}/zelf.s1.toml",))
    by_student = refusal(lambda: taken(kas, given(kas, by_student=True)))
    assert "zelf.s1.toml: die uit het bestand komt" in by_student.message
    done = taken(kas, given(kas, by_student=True), differing="voorstel")
    assert done.replaced == (f"{new}/zelf.s1.toml",)
    rows = there.tree(there.folder(new) / "zelf.s1.toml")["answer"]
    assert [row["value"] for row in rows if row["item"] == "2.1"] == ["aangetoond"]


def test_a_sealed_sheet_holds_over_one_that_is_open(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        ref = kas.begin(ws)
        ws.change(ref, "eind", judged("deels", "aangetoond", "nog-niet"), person="a1")
        ws.change(ref, "eind", judged("deels", "aangetoond", "nog-niet"), person="a2")
    path = given(kas, to="a1")
    taken(kas, path)
    new = f"{THERE}/kas/{CODE}/2026-09-01"
    there = kas.beside("elders")
    with there.open(kas.host()) as ws:
        ws.seal(new, "a1", step="eind")
        back = kas.home / "terug.kwartier"
        ws.give_portfolio(THERE, CODE, back, WORD, to="a1")
    with kas.open(kas.host()) as ws:
        done = ws.take_portfolio(back, SLUG, WORD, differing="voorstel")
        assert f"{ref}/eind.a1.toml" in done.replaced
        assert intact(kas.tree(kas.folder(ref) / "eind.a1.toml"))
        assert [kas.tree(one)["person"] for one in (kas.folder(ref) / "replaced").iterdir()] == ["a1"]
        assert ws.take_portfolio(path, SLUG, WORD, differing="bestand").replaced == ()
        assert intact(kas.tree(kas.folder(ref) / "eind.a1.toml"))


def test_without_an_organisation_it_goes_to_the_one_that_it_names(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        portfolio(ws, kas)
        name = ws.organisation(SLUG).name
    path = given(kas)
    there = kas.beside("elders")
    there.random = Random(7)
    with there.open(kas.host()) as ws:
        first = ws.take_portfolio(path, "", WORD)
        assert (first.organisation, ws.organisation(SLUG).name) == (SLUG, name)
        assert ws.take_portfolio(path, "", WORD).refs == first.refs and len(ws.organisations()) == 1
    with kas.open(kas.host()) as ws:
        assert ws.take_portfolio(path, "", WORD).new == 0


def test_a_poorer_copy_of_the_programme_takes_nothing_of_what_the_student_keeps(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        ref = portfolio(ws, kas)
    path, own = given(kas), given(kas, by_student=True).read_bytes()
    path = given(kas)
    with kas.open(kas.host()) as ws:
        ws.change(ref, "bewijs", {"evidence": [{"id": "b9", "title": "Later"}]}, person=CODE)
        done = ws.take_portfolio(path, SLUG, WORD, differing="bestand")
        assert (done.kept, done.replaced) == ((f"{ref}/bewijs.toml",), ())
        assert "Later" in str(ws.see(ref, viewer=CODE).record.shared["bewijs"])
        path.write_bytes(own)
        assert ws.take_portfolio(path, SLUG, WORD, differing="bestand").replaced == (f"{ref}/bewijs.toml",)


def test_who_has_the_same_role_elsewhere_does_not_read_what_was_shared_with_it(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        portfolio(ws, kas)
    path = given(kas)
    there = kas.beside("elders")
    with there.open(kas.host()) as ws:
        taken = ws.take_portfolio(path, "", WORD, new_organisation="De Nieuwe Kas")
        anna = ws.code_of(taken.refs[0], ANNA)
        assert "ochtend" in str(ws.see(taken.refs[0], viewer=anna).record)
        people = (Assessor("Zeno Zonnebloem", role="meester"), Assessor("Yara Yam", role="meester"))
        day, slug = date(2027, 9, 1), taken.organisation
        newer = ws.start(
            "kas", slug, day=day, people=people, subject=CODE, parameters={"niveau": 2}, follows=taken.refs[0]
        )
        rows = ws.see(newer, viewer=CODE).record.personal["zelf", CODE]["answer"]
        assert any("ochtend" in row.get("note", "") for row in rows)
        for one in ws.see(newer).record.envelope.person[1:]:
            assert "ochtend" not in str(ws.see(newer, viewer=one.id).record)


def test_without_the_instrument_it_is_carried_untouched(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        ref = portfolio(ws, kas)
    path = given(kas)
    there = kas.beside("elders")
    with there.open(kas.without_plugin()) as ws:
        done = ws.take_portfolio(path, "", WORD, new_organisation="De Nieuwe Kas")
    for name in ("zelf.s1.toml", "bewijs.toml", "eind.a2.toml"):
        was = renamed(kas.tree(kas.folder(ref) / name), {}, {}, {"meester": ("a1", "a2")})
        assert there.tree(there.folder(done.refs[0]) / name) == was


def test_an_encrypted_student_stays_so(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        portfolio(ws, kas)
        path = kas.home / "mee.kwartier"
        ws.give_portfolio(SLUG, CODE, path, WORD)
        ws.erase_student(SLUG, CODE)
        assert cipher.is_cipher(path.read_bytes())
        assert refusal(lambda: ws.take_portfolio(path, SLUG, "een ander wachtwoord")).code == "passphrase-wrong"
        row = ws.take_portfolio(path, SLUG, WORD)
        ws.encrypt_student(SLUG, CODE, WORD)
        assert refusal(lambda: ws.take_portfolio(path, SLUG, WORD)).code == "locked"
        ws.unlock_student(SLUG, CODE, WORD)
        for gone in ("bewijs.toml", "gegevens.toml"):
            (kas.folder(row.refs[0]) / gone).unlink(missing_ok=True)
        (kas.path / "organisations" / SLUG / "subjects" / CODE / "evidence" / FILE_ID).unlink()
        done = ws.take_portfolio(path, SLUG, WORD)
        assert (done.new, done.evidence) == (1, 1)
        evidence = kas.path / "organisations" / SLUG / "subjects" / CODE / "evidence" / FILE_ID
        for written in (kas.folder(row.refs[0]) / "bewijs.toml", evidence):
            assert cipher.is_cipher(written.read_bytes()), written


# -- files that were not made by kwartier, or were changed


Files = dict[str, bytes]


def toml_in(name: str, change: Callable[[dict[str, Any]], Any]) -> Callable[[Files], None]:
    """Changes one file in a bundle."""

    def changed(held: Files) -> None:
        tree = toml.parse(held[name], "")
        change(tree)
        held[name] = toml.encode(tree)

    return changed


def with_file(name: str, data: bytes = b"x") -> Callable[[Files], None]:
    """Puts one more in it."""
    return lambda held: held.update({name: data})


def without(name: str) -> Callable[[Files], None]:
    """Takes one out of it."""

    def changed(held: Files) -> None:
        del held[name]

    return changed


RECORD = "records/kas/2026-09-01"
HOSTILE: dict[str, Callable[[Files], None]] = {
    "a strange file": with_file("contents.toml"),
    "a lock": with_file("lock.toml", b"schema = 1"),
    "a file of no step": with_file(f"{RECORD}/weg.toml", b"schema = 1"),
    "a sheet of nobody": with_file(f"{RECORD}/eind.a9.toml", b"schema = 1"),
    "a record that is not told": with_file("records/kas/2026-09-02/assessment.toml", b"schema = 1"),
    "evidence that nothing names": with_file("evidence/" + "b" * 32),
    "evidence that is changed": with_file(f"evidence/{FILE_ID}", b"iets anders"),
    "evidence with a path": toml_in(f"{RECORD}/bewijs.toml", lambda t: t["evidence"][0]["file"].update(id="../x")),
    "evidence with a strange name": toml_in(
        f"{RECORD}/bewijs.toml", lambda t: t["evidence"][0]["file"].update(name="../../x")
    ),
    "evidence that is a program": toml_in(
        f"{RECORD}/bewijs.toml", lambda t: t["evidence"][0]["file"].update(name="brief.exe")
    ),
    "somebody else as the student": toml_in(
        f"{RECORD}/assessment.toml", lambda t: t["person"].append({"id": "a9", "role": "leerling"})
    ),
    "a subject with placements": toml_in("subject.toml", lambda t: t.update(placement=[{"id": "p", "student": "s1"}])),
    "another student": toml_in("subject.toml", lambda t: t.update(id="zzz")),
    "a workplace": toml_in("subject.toml", lambda t: t.update(kind="workplace")),
    "a name with an end of line": toml_in("subject.toml", lambda t: t.update(name="a\nb")),
    "another instrument": toml_in(f"{RECORD}/assessment.toml", lambda t: t.update(instrument="tuin")),
    "another record": toml_in(f"{RECORD}/assessment.toml", lambda t: t.update(id="zzz")),
    "a content that is not there": toml_in(
        f"{RECORD}/assessment.toml", lambda t: t.update(content="sha256:" + "0" * 64)
    ),
    "a newer record": toml_in(f"{RECORD}/bewijs.toml", lambda t: t.update(schema=99)),
    "a newer student": toml_in("subject.toml", lambda t: t.update(schema=99)),
    "a changed sheet": toml_in(f"{RECORD}/eind.a1.toml", lambda t: t["answer"][0].update(value="aangetoond")),
    "a wrong form": toml_in(f"{RECORD}/eind.a1.toml", lambda t: t.update(answer=5)),
    "no toml": lambda held: held.update({f"{RECORD}/zelf.s1.toml": b"= ="}),
    "no subject": without("subject.toml"),
    "no envelope": without(f"{RECORD}/assessment.toml"),
}


@pytest.fixture(scope="module")
def elsewhere(
    tmp_path_factory: pytest.TempPathFactory, packages: Path
) -> Iterator[tuple[Greenhouse, Workspace, Files]]:
    """A folder that takes a portfolio, and what is in that; nothing is ever written in it."""
    kas = Greenhouse(tmp_path_factory.mktemp("elders"), packages)
    with pytest.MonkeyPatch.context() as patch, kas.open(kas.host()) as ws:
        patch.setattr(cipher, "with_passphrase", _shut)
        portfolio(ws, kas)
        path = kas.home / "mee.kwartier"
        ws.give_portfolio(SLUG, CODE, path, WORD)
        held = held_in(path)
        ws.erase_student(SLUG, CODE)
        yield kas, ws, held


@pytest.mark.parametrize("how", [*HOSTILE, "nothing"])
def test_what_does_not_hold_together_is_refused_and_nothing_is_written(
    elsewhere: tuple[Greenhouse, Workspace, Files], how: str
) -> None:
    """Also where it was made by somebody who knows how kwartier makes them: with digests that fit."""
    kas, ws, whole = elsewhere
    held = dict(whole)
    HOSTILE.get(how, with_file(f"{RECORD}/gegevens.toml", b"schema = 1"))(held)
    before = kas.files()
    for fresh in (False, True) if how in HOSTILE else (False,):
        if fresh:
            manifest = toml.parse(held["portfolio.toml"], "")
            names = sorted(set(held) - {"portfolio.toml"})
            manifest["file"] = [{"id": name, "digest": disk.fingerprint(held[name])} for name in names]
            manifest["digest"] = digest(manifest, without=("digest",))
            held["portfolio.toml"] = toml.encode(manifest)
        path = kas.home / "vreemd.kwartier"
        path.write_bytes(_shut(bundle.pack(held), WORD))
        with pytest.raises(Unreadable) as raised:
            ws.take_portfolio(path, SLUG, WORD)
        assert raised.value.code in ("portfolio-wrong", "newer-file")
    assert kas.files() == before


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", _shut(b"kind = 1", WORD), b"schema = 1"])
def test_what_is_no_portfolio_is_refused(kas: Greenhouse, data: bytes) -> None:
    path = kas.home / "iets.kwartier"
    path.write_bytes(data)
    assert refusal(lambda: taken(kas, path)).code == "no-portfolio"
    assert refusal(lambda: taken(kas, kas.home / "weg.kwartier")).code == "missing"


def test_a_file_is_never_given_without_a_passphrase_nor_over_another(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        kas.begin(ws)
        path = kas.home / "mee.kwartier"
        assert refusal(lambda: ws.give_portfolio(SLUG, CODE, path, " ")).code == "passphrase-missing"
        path.write_bytes(b"van mij")
        assert refusal(lambda: ws.give_portfolio(SLUG, CODE, path, WORD)).code == "file-exists"
        assert ws.subject(SLUG, CODE).handed_over == ()
        assert path.read_bytes() == b"van mij"


def test_renaming_keeps_a_seal_only_where_it_was_whole() -> None:
    sheet = {"person": "a1", "answer": [{"item": "1", "value": 3, "readers": ["a1", "meester"]}], "sealed": "x"}
    whole = {**sheet, "digest": digest(sheet)}
    assert intact(renamed(whole, {"a1": "a7"}, {}))
    assert renamed(whole, {"a1": "a7"}, {})["answer"][0]["readers"] == ["a7", "meester"]
    assert not intact(renamed({**whole, "digest": "sha256:0"}, {"a1": "a7"}, {}))
    assert renamed(whole, {"a1": "a1"}, {}) is whole
