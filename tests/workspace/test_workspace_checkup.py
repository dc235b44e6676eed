"""Checking a whole data folder: every kind of damage is told with its place and what to do, and nothing is touched."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kwartier.errors import KwartierError, Refused
from kwartier.store import journal
from kwartier.workspace import Assessor, Problem, Workspace

if TYPE_CHECKING:
    from tests.workspace.conftest import Garden

SLUG = "tuinvereniging-de-hoop"
REF = f"{SLUG}/tuin/2026-11-22"
REMARK = "GEHEIME OPMERKING"


class Folder:
    """A whole story, then hurt in one place."""

    def __init__(self, garden: Garden, whole: Path) -> None:
        self.garden = garden
        shutil.copytree(whole, garden.path)

    def path(self, name: str) -> Path:
        return self.garden.path / "organisations" / SLUG / name.replace("@", "tuin/2026-11-22/")

    def change(self, name: str, old: str, new: str) -> Path:
        path = self.path(name)
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return path

    def problems(self, level: str = "error") -> list[Problem]:
        with self.garden.open() as ws:
            return [one for one in ws.check().problems if one.level == level]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, packages: Path) -> Path:
    """The story, made once; no test changes it."""
    from tests.workspace.conftest import Garden

    garden = Garden(tmp_path_factory.mktemp("verhaal"), packages)
    with garden.open() as ws:
        assert garden.story(ws) == REF
    return garden.path


@pytest.fixture
def folder(garden: Garden, whole: Path) -> Folder:
    return Folder(garden, whole)


def test_a_sound_folder_has_no_problems(folder: Folder) -> None:
    seen: list[tuple[int, int]] = []
    with folder.garden.open() as ws:
        ws.add_organisation("Andere tuin", part_of=SLUG)
        ws.add_subject(SLUG, "s1", "Sjaak")
        ws.start("tuin", SLUG, day=date(2027, 11, 22), follows=REF, people=(Assessor("Anna Appel"), Assessor("Nora N")))
        before = folder.garden.files()
        checked = ws.check(progress=lambda done, of: seen.append((done, of)))
        assert checked.problems == ()
        assert checked.sound
        assert (checked.organisations, checked.assessments) == (2, 2)
        assert folder.garden.files() == before
    assert seen == [(0, 2), (1, 2), (2, 2)]


Hurt = Callable[[Folder], Path | str]


def truncated(folder: Folder) -> str:
    path = folder.path("@scoren.a1.toml")
    text = path.read_text("utf-8")
    cut = text[: text.index("value = 5") + len("value =")]
    path.write_text(cut, "utf-8")
    return f"{path}:{cut.count(chr(10)) + 1}"


def emptied(folder: Folder) -> Path:
    path = folder.path("@toelichting.toml")
    path.write_bytes(b"\x00" * 300)
    return path


def bad_line(folder: Folder) -> str:
    path = folder.change("@toelichting.toml", 'item = "3"', 'item = "3" kapot')
    line = path.read_text("utf-8").split("kapot")[0].count("\n") + 1
    return f"{path}:{line}"


def not_utf8(folder: Folder) -> str:
    path = folder.path("people.toml")
    path.write_bytes(path.read_bytes().replace(b"Bob", b"B\xffb"))
    line = path.read_bytes().split(b"\xff")[0].count(b"\n") + 1
    return f"{path}:{line}"


def twice(folder: Folder) -> Path:
    path = folder.path("@eens-worden.toml")
    text = path.read_text("utf-8")
    row = text[text.index("[[answer]]") : text.index("[[answer]]", text.index("[[answer]]") + 5)]
    path.write_text(text + "\n" + row, "utf-8")
    return path


def without_content(folder: Folder) -> Path:
    (path,) = (folder.garden.path / "contents").iterdir()
    path.unlink()
    return path


def changed_content(folder: Folder) -> Path:
    (path,) = (folder.garden.path / "contents").iterdir()
    path.write_text(path.read_text("utf-8").replace("De bodem onder de planten", "Iets anders"), "utf-8")
    return path


def conflict_copy(folder: Folder) -> Path:
    path = folder.path("@toelichting.toml")
    copy = path.with_name("toelichting.sync-conflict-20261125-120000-ABCDEF.toml")
    shutil.copy(path, copy)
    return copy


def without_envelope(folder: Folder) -> Path:
    path = folder.path("@assessment.toml")
    path.unlink()
    return path


def a_link(folder: Folder) -> Path:
    path = folder.path("@gegevens.toml")
    path.rename(folder.garden.home / "elders.toml")
    path.symlink_to(folder.garden.home / "elders.toml")
    return path


HURT: dict[str, tuple[Hurt, str]] = {
    "truncated": (truncated, "geldige TOML"),
    "emptied by a crash": (emptied, "leeg"),
    "a bad line": (bad_line, "geldige TOML"),
    "no text": (not_utf8, "UTF-8"),
    "a wrong type": (lambda f: f.change("@toelichting.toml", 'item = "3"', "item = 3"), "explanation 3.item"),
    "a wrong type of a sheet": (lambda f: f.change("@scoren.a1.toml", "sealed = 2026", 'sealed = "2026'), "TOML"),
    "a wrong type of a report": (lambda f: f.change("@verslag.toml", 'id = "1"', "id = 1"), "version"),
    "a wrong type of raw notes": (lambda f: f.change("@gesprek.a1.toml", 'text = "', 'tekst = "'), "'text' ontbreekt"),
    "a wrong type of a subject": (lambda f: subject_without_code(f), "'code' ontbreekt"),
    "a field that is gone": (lambda f: f.change("@assessment.toml", "edition =", "uitgave ="), "'edition' ontbreekt"),
    "off the scale": (lambda f: f.change("@eens-worden.toml", "value = 5", "value = 6"), "1 regel"),
    "half a score": (lambda f: f.change("@scoren.a1.toml", "value = 5", "value = 4.5"), "answer 4.value"),
    "an unknown item": (lambda f: f.change("@toelichting.toml", 'item = "5"', 'item = "55"'), "1 regel"),
    "a row that is there twice": (twice, "twee rijen"),
    "a row without a key": (lambda f: f.change("@toelichting.toml", 'item = "5"', 'naam = "5"'), "'item' ontbreekt"),
    "a sealed sheet": (lambda f: f.change("@scoren.a2.toml", "value = 5", "value = 4"), "nadat het verzegeld was"),
    "a definitive version": (
        lambda f: f.change("@verslag.toml", 'text = "Veel buren."', 'text = "Weinig buren."'),
        "Versie 1 van het definitieve verslag",
    ),
    "changed after the definitive report": (
        lambda f: f.change("@conclusies.toml", "Veel buren.", "Weinig buren.").parent,
        "daarna veranderd",
    ),
    "content that is gone": (without_content, "niet te lezen"),
    "content that was changed": (changed_content, "veranderd"),
    "a conflict copy": (conflict_copy, "synchronisatieprogramma"),
    "part of what is not there": (
        lambda f: (
            f.change("organisation.toml", "[", 'part_of = "nergens"\n[')
            if "[" in f.path("organisation.toml").read_text("utf-8")
            else append(f.path("organisation.toml"), 'part_of = "nergens"\n')
        ),
        "onderdeel van 'nergens'",
    ),
    "an organisation that cannot be read": (lambda f: append(f.path("organisation.toml"), "kapot\n", True), "TOML"),
    "an envelope that is gone": (without_envelope, "ontbreekt"),
    "a link": (a_link, "verwijzing"),
}


def append(path: Path, text: str, line: bool = False) -> Path | str:
    path.write_text(path.read_text("utf-8") + text, "utf-8")
    return f"{path}:{path.read_text('utf-8').count(chr(10))}" if line else path


def subject_without_code(folder: Folder) -> Path:
    with folder.garden.open() as ws:
        ws.add_subject(SLUG, "s1", "Sjaak")
    path = folder.path("subjects/s1/subject.toml")
    path.write_text(path.read_text("utf-8").replace("code =", "kode ="), "utf-8")
    return path


@pytest.mark.parametrize("kind", HURT)
def test_damage_is_told_with_its_place(kind: str, folder: Folder) -> None:
    hurt, words = HURT[kind]
    place = str(hurt(folder))
    before = folder.garden.files()
    found = folder.problems()
    assert any(one.place == place or one.place.startswith(f"{place}:") for one in found), found
    assert any(words in one.message for one in found), found
    for one in found:
        assert one.advice, one
        assert "`" not in one.message, one
        assert "Expected" not in one.message, one
    assert folder.garden.files() == before


def anything(ws: Workspace, garden: Garden) -> list[Callable[[], Any]]:
    """Everything that can be done with the record."""
    rows = [{"item": str(n), "value": 3, "note": "x"} for n in range(1, 6)]
    return [
        lambda: ws.organisations(),
        lambda: ws.assessments(SLUG),
        lambda: [ws.summary(ref) for ref in ws.assessments(SLUG)],
        lambda: ws.summary(REF),
        lambda: ws.see(REF),
        lambda: ws.see(REF, viewer="a1"),
        lambda: ws.situation(REF),
        lambda: ws.outcome(REF),
        lambda: ws.exported(REF),
        lambda: ws.document(REF),
        lambda: ws.agenda(),
        lambda: ws.proposals(REF),
        lambda: ws.check(),
        lambda: ws.names(SLUG),
        lambda: ws.blank(REF, "toelichting"),
        lambda: ws.blank(REF, None, person="a1"),
        lambda: ws.change(REF, "voorbereiden", {"task": [{"id": "sleutel", "done": True}]}),
        lambda: ws.change(REF, "mensen", {"participant": [{"name": "Gerda Gras", "role": "buur"}]}),
        lambda: ws.change(REF, "gegevens", {"fact": [{"id": "bedden", "value": 3}]}),
        lambda: ws.change(REF, "gesprek", {"note": [{"text": "Meer"}]}, person="a1"),
        lambda: ws.change(REF, "toelichting", {"explanation": [{"item": "3", "text": "Anders"}]}),
        lambda: ws.change(REF, None, {"answer": rows}, person="a1"),
        lambda: ws.seal(REF, "a1"),
        lambda: ws.reopen(REF, "a1", reason="Zo"),
        lambda: ws.mistake(REF, "a1", "3", reason="Zo"),
        lambda: ws.reopen_report(REF, reason="Zo"),
        lambda: ws.change(REF, "eens-worden", {"answer": rows}),
        lambda: ws.change(REF, "conclusies", {"text": "Zo"}),
        lambda: ws.change(REF, "conclusies", {"strength": [{"text": "Nog iets"}]}),
        lambda: ws.finalise(REF),
        lambda: ws.change(REF, "acties", {"action": [{"text": "Nog een"}]}),
        lambda: ws.change(REF, "evalueren", {"review": [{"action": "x1", "date": "2027-06-01", "state": "loopt"}]}),
        lambda: ws.correct(REF, day=date(2026, 11, 23)),
        lambda: ws.join(REF, Assessor("Emma Erwt", shadow=True)),
        lambda: ws.stop(REF, "a2", reason="Ziek", sure=True),
        lambda: ws.give_reason(REF, "aantal-auditors", "Zo"),
        lambda: ws.withdraw(REF, "d1"),
        lambda: ws.keep_notes_until(REF, "a1", date(2027, 1, 1)),
        lambda: ws.destroy_notes(REF, "a1"),
        lambda: ws.renew(REF),
        lambda: ws.hand_over(REF, "a2", garden.home / "geef.kwartier", overwrite=True),
        lambda: ws.change_organisation(SLUG, note="Nieuw"),
        lambda: ws.rename_person(SLUG, "a1", "Anna Appelboom"),
        lambda: ws.erase_person(SLUG, "d1"),
        lambda: ws.add_subject(SLUG, "s1", "Sjaak"),
        lambda: ws.start("tuin", SLUG, day=date(2027, 11, 22), follows=REF, people=(Assessor("A B"), Assessor("C D"))),
    ]


UNREADABLE = [
    "truncated",
    "emptied by a crash",
    "a bad line",
    "no text",
    "a wrong type",
    "a wrong type of a report",
    "a wrong type of raw notes",
    "a wrong type of a subject",
    "a field that is gone",
    "half a score",
    "a row that is there twice",
    "a row without a key",
    "an organisation that cannot be read",
]


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_never_overwritten(kind: str, folder: Folder) -> None:
    place = str(HURT[kind][0](folder))
    path = Path(place.rsplit(":", 1)[0] if place[-1].isdigit() else place)
    before = path.read_bytes()
    refused = 0
    with folder.garden.open() as ws:
        for do in anything(ws, folder.garden):
            try:
                do()
            except KwartierError as error:
                refused += 1
                assert error.message.strip()
    assert path.read_bytes() == before
    assert refused


@pytest.mark.parametrize("value", ["3", '"x"', "[1]", "[[1]]", "[{ a = 1 }]", "{ a = 1 }", "true", "2026-11-22", "1.5"])
def test_any_other_type_anywhere_ends_in_words(value: str, folder: Folder) -> None:
    """Every key of every file in turn with a value of another type: no operation fails in another way than in words."""
    names = [
        "@assessment",
        "@mensen",
        "@toelichting",
        "@scoren.a1",
        "@eens-worden",
        "@verslag",
        "@gesprek.a1",
        "people",
    ]
    told = 0
    for name in names:
        path = folder.path(f"{name}.toml")
        whole = path.read_bytes()
        for number, key in enumerate(folder.garden.tree(path)):
            path.write_bytes(whole)
            folder.garden.put(path, {one: part for one, part in folder.garden.tree(path).items() if one != key})
            path.write_text(f"{key} = {value}\n" + path.read_text("utf-8"), "utf-8")
            hurt = path.read_bytes()
            with folder.garden.open() as ws:
                unreadable = any("klopt niet" in one.message for one in ws.check().problems if one.place == str(path))
                told += unreadable
                everything = anything(ws, folder.garden)
                for do in [*everything[:16], *everything[16 + number % 5 :: 5]]:
                    try:
                        do()
                    except KwartierError as error:
                        assert error.message.strip()
            assert not unreadable or path.read_bytes() == hurt
        path.write_bytes(whole)
    assert told > 10


def test_a_broken_record_leaves_the_others_be(folder: Folder) -> None:
    with folder.garden.open() as ws:
        other = folder.garden.begin(ws, "Andere tuin")
        folder.change("@verslag.toml", 'id = "1"', "id = 1")
        folder.change("@mensen.toml", 'id = "d1"', "id = 1")
        told = [ws.summary(ref) for slug, _ in ws.organisations() for ref in ws.assessments(slug)]
        assert [bool(one.problem) for one in told] == [False, True]
        assert {one.ref for one in ws.agenda()} == {other}
        assert ws.erase_person(SLUG, "Dina Druif")["code"] == "d1"
        assert ws.names(SLUG)["d1"] == ""


def test_no_problem_tells_a_score_that_is_not_revealed(garden: Garden) -> None:
    rows = "".join(f'[[answer]]\nitem = "{n}"\nvalue = {n}{n}7\nnote = "{REMARK}"\n' for n in range(1, 6))
    with garden.open() as ws:
        ref = garden.begin(ws)
        for text in (rows, rows + "kapot", rows.replace('item = "2"', 'item = "1"'), f'answer = "{REMARK} 447"'):
            for name in ("scoren.a1.toml", "scoren.a2.toml", "eens-worden.toml"):
                (garden.folder(ref) / name).write_text(text, "utf-8")
            told = ws.check().problems
            assert len(told) >= 3
            for one in told:
                for secret in (REMARK, "117", "227", "337", "447", "557"):
                    assert secret not in one.message + one.advice


def test_definitive_scores_before_the_reveal_are_told_and_not_shown(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        path = garden.folder(ref) / "eens-worden.toml"
        path.write_text('[[answer]]\nitem = "1"\nvalue = 4\n', "utf-8")
        (one,) = ws.check().problems
        assert (one.level, one.place) == ("error", str(path))
        assert "eens-worden" not in ws.see(ref).record.shared


def test_what_deserves_a_look_is_a_notice(folder: Folder) -> None:
    strange = folder.garden.path / "organisations" / "Foto's van het feest"
    strange.mkdir()
    shutil.copy(folder.path("@scoren.a1.toml"), folder.path("@scoren.a9.toml"))
    folder.path("@dansen.toml").write_text("text = 'x'\n", "utf-8")
    envelope = folder.change(
        "@assessment.toml", 'instrument = "tuin"', 'instrument = "tuin"\nfollows = "x/tuin/2020-01-01"'
    )
    with folder.garden.open() as ws:
        checked = ws.check()
    assert checked.sound
    told = {one.place: one.message for one in checked.problems}
    assert "geen organisatie" in told[str(strange)]
    assert "doet niet mee" in told[str(folder.path("@scoren.a9.toml"))]
    assert "geen stap" in told[str(folder.path("@dansen.toml"))]
    assert "vorige meting" in told[str(envelope)]


def test_an_operation_that_cannot_be_finished_is_told(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decided, cut off, and then the file was changed by another program: nothing is overwritten, and it is told."""

    def full(*_: object) -> None:
        raise Refused("disk-full", "De schijf is vol.")

    path = folder.path("@voorbereiden.toml")
    with folder.garden.open() as ws:
        with monkeypatch.context() as patch:
            patch.setattr(journal, "_finish", full)
            with pytest.raises(KwartierError) as raised:
                ws.change(REF, "voorbereiden", {"task": [{"id": "sleutel", "by": "Nieuw Iemand"}]})
        assert "maakt de handeling dan af" in (raised.value.advice or "")
    path.write_text("# van een ander\ndate = 2026-11-22\n", "utf-8")
    with folder.garden.open() as ws:
        assert [one.code for one in ws.swept.problems] == ["changed-meanwhile"]
        assert [one.message for one in ws.check().problems if one.level == "error"] == [
            "Een handeling is niet afgemaakt."
        ]
        assert "Nieuw Iemand" not in ws.names(SLUG).values()
    assert path.read_text("utf-8") == "# van een ander\ndate = 2026-11-22\n"


def test_an_operation_that_was_cut_off_is_finished_at_the_next_start(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Refused("disk-full", "De schijf is vol.")

    with folder.garden.open() as ws, monkeypatch.context() as patch:
        patch.setattr(journal, "_finish", full)
        with pytest.raises(KwartierError):
            ws.change(REF, "voorbereiden", {"task": [{"id": "sleutel", "by": "Nieuw Iemand"}]})
    with folder.garden.open() as ws:
        assert [one.finished for one in ws.swept.resumed] == [True]
        assert "Nieuw Iemand" in ws.names(SLUG).values()
        assert ws.check().problems == ()
