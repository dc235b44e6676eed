"""What is not rewritten: records that can only be read, sealed sheets, and the content that was filled in."""

from __future__ import annotations

from datetime import date

import pytest
from tests.workspace.conftest import FIRST, OPERATIONS, SECOND, SLUG, Garden, answers, stamps

from kwartier.errors import KwartierError, Refused
from kwartier.workspace import Assessor, Workspace

# -- what may only be read


def refused_everywhere(garden: Garden, ws: Workspace, ref: str) -> set[str]:
    """The codes with which every operation on a record is refused; the files stay as they are, byte for byte."""
    before = stamps(garden)
    codes = set()
    for name, do, file in OPERATIONS:
        if file[0] == "@":
            with pytest.raises(KwartierError) as raised:
                do(ws, ref)
            codes.add(raised.value.code)
            assert raised.value.message.strip(), name
    for more in (
        lambda: ws.join(ref, Assessor("Emma Erwt")),
        lambda: ws.stop(ref, "a1", reason="Weg", sure=True),
        lambda: ws.give_reason(ref, "aantal-auditors", "Zo"),
        lambda: ws.withdraw(ref, "d1"),
        lambda: ws.renew(ref),
        lambda: ws.hand_over(ref, "a1", garden.home / "geef.kwartier"),
    ):
        with pytest.raises(KwartierError) as raised:
            more()
        codes.add(raised.value.code)
    assert stamps(garden) == before
    assert not (garden.home / "geef.kwartier").exists()
    return codes


def test_without_the_plugin_a_record_is_read_and_never_written(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.story(ws)
        shown = ws.document(ref)
    with garden.open(garden.without_plugin()) as ws:
        seen = ws.see(ref)
        assert "niet geïnstalleerd" in seen.locked
        assert seen.content.items()[0].title == "De bodem onder de planten"
        assert ws.outcome(ref).complete
        assert {one.status.value for one in ws.situation(ref).steps if not one.optional} <= {"done", "busy"}
        assert len(ws.document(ref).blocks) == len(shown.blocks)
        assert ws.summary(ref).definitive
        assert "read-only-record" in refused_everywhere(garden, ws, ref)
        assert [one.level for one in ws.check().problems] == ["notice"]


@pytest.mark.parametrize("file", ["assessment.toml", "toelichting.toml", "scoren.a1.toml", "gesprek.a1.toml"])
def test_a_newer_schema_is_read_and_never_written(garden: Garden, file: str) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.prepare(ws, ref)
        ws.change(ref, "scoren", answers(FIRST), person="a1")
        path = garden.folder(ref) / file
        garden.put(path, {**garden.tree(path), "schema": 2, "iets_nieuws": {"a": 1}})
        assert "nieuwere kwartier" in ws.see(ref).locked
        assert "read-only-record" in refused_everywhere(garden, ws, ref)
        assert [one.level for one in ws.check().problems] == ["notice"]


def test_a_newer_file_of_an_organisation_is_never_written(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        home = garden.path / "organisations" / SLUG
        for file in ("organisation.toml", "people.toml"):
            garden.put(home / file, {**garden.tree(home / file), "schema": 2})
        before = garden.files()
        new = (Assessor("Nora Noot"), Assessor("Niek Netel"))
        for do in (
            lambda: ws.change_organisation(SLUG, note="Anders"),
            lambda: ws.rename_person(SLUG, "a1", "Iemand"),
            lambda: ws.erase_person(SLUG, "a1"),
            lambda: ws.start("tuin", SLUG, day=date(2027, 1, 1), people=new),
            lambda: ws.change(ref, "mensen", {"participant": [{"name": "Nora Noot", "role": "buur"}]}),
        ):
            with pytest.raises(KwartierError) as raised:
                do()
            assert "nieuwere kwartier" in raised.value.message
        assert garden.files() == before
        # what needs no new name goes on
        ws.change(ref, "voorbereiden", {"by": "Anna Appel"})


# -- sealing


def test_sealed_sheets_are_never_rewritten(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.prepare(ws, ref)
        garden.score(ws, ref)
        sealed = [garden.folder(ref) / f"scoren.{code}.toml" for code in ("a1", "a2")]
        before = [(path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns) for path in sealed]
        ws.change(ref, "toelichting", {"explanation": [{"item": "1", "text": "Achteraf anders"}]})
        garden.finish(ws, ref)
        with pytest.raises(Refused):
            ws.change(ref, None, answers(SECOND), person="a1")
        with pytest.raises(Refused):
            ws.reopen(ref, "a1", reason="Toch niet")
        with pytest.raises(Refused):
            ws.seal(ref, "a1")
        ws.reopen_report(ref, reason="Vergissing")
        ws.mistake(ref, "a1", "2", reason="Misgelezen")
        ws.stop(ref, "a2", reason="Met pensioen")
        ws.join(ref, Assessor("Emma Erwt", shadow=True))
        ws.correct(ref, day=date(2026, 11, 21))
        ws.finalise(ref)
        ws.destroy_notes(ref, "a1")
        ws.erase_person(SLUG, "a1")
        assert [(path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns) for path in sealed] == before


def test_a_change_of_a_sealed_sheet_shows(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.score(ws, ref)
        path = garden.folder(ref) / "scoren.a2.toml"
        path.write_text(path.read_text("utf-8").replace("value = 5", "value = 4"), "utf-8")
        assert "sheets-changed" in [one.id for one in ws.situation(ref).findings]
        told = [one for one in ws.check().problems if one.level == "error"]
        assert [one.place for one in told] == [str(path)]


def test_a_reopened_sheet_keeps_both_versions(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.change(ref, None, answers(FIRST), person="a1")
        ws.seal(ref, "a1")
        first = garden.tree(garden.folder(ref) / "scoren.a1.toml")
        ws.reopen(ref, "a1", reason="Item 2 verkeerd")
        ws.change(ref, None, {"answer": [{"item": "2", "value": 1}]}, person="a1")
        ws.seal(ref, "a1")
        tree = garden.tree(garden.folder(ref) / "scoren.a1.toml")
        (earlier,) = tree["earlier"]
        assert (earlier["digest"], earlier["answer"]) == (first["digest"], first["answer"])
        assert earlier["reason"] == "Item 2 verkeerd"
        assert tree["digest"] != first["digest"]
        assert ws.check().sound


# -- the content that was filled in


def test_a_record_is_read_with_the_content_it_was_filled_in_with(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        pin = ws.see(ref).record.envelope.content
    newer = garden.host(lambda text: text.replace("De bodem onder de planten", "De aarde onder de planten"))
    with garden.open(newer) as ws:
        assert ws.see(ref).content.items()[0].title == "De bodem onder de planten"
        assert "De bodem onder" in ws.blank(ref, "toelichting")
        later = ws.start("tuin", SLUG, day=date(2027, 11, 22))
        assert ws.see(later).content.items()[0].title == "De aarde onder de planten"
        assert ws.see(later).record.envelope.content != pin
        assert [one.level for one in ws.check().problems] == ["notice"]
        assert ws.renew(ref) == []
        assert ws.see(ref).content.items()[0].title == "De aarde onder de planten"
        assert ws.check().problems == ()
    assert len(list((garden.path / "contents").iterdir())) == 2


def test_renewing_tells_which_items_are_new(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.change(ref, None, answers(FIRST), person="a1")
    extra = (
        '[[section.item]]\nid = "6"\ntitle = "Het hek"\nshort = "Hek"\n'
        'source = "x"\nscale = "staat"\nstatement = "Het hek sluit."\n\n[[fact]]\nid = "oppervlak"'
    )
    wider = garden.host(lambda text: text.replace('[[fact]]\nid = "oppervlak"', extra))
    with garden.open(wider) as ws:
        assert ws.renew(ref) == ["item 6 is nieuw"]
        with pytest.raises(Refused) as raised:
            ws.seal(ref, "a1")
        assert raised.value.code == "sheet-incomplete"
        assert "item 6" in raised.value.message


FACT = '[[fact]]\nid = "bedden"\ntitle = "Aantal bedden"\nkind = "count"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('id = "5"\ntitle = "Nieuwe tuiniers"', 'id = "6"\ntitle = "Nieuwe tuiniers"'),
        ('{ value = 5, title = "weelderig", key = "5" }', '{ value = 6, title = "weelderig", key = "6" }'),
        ('missing = ["niet gezien", "niet besproken"]', 'missing = ["niet gezien"]'),
        ("maximum = 500", "maximum = 10"),
        ('{ id = "brief", text', '{ id = "post", text'),
        ('id = "herhalen"', 'id = "nog-eens"'),
        ('id = "buur"\ntitle = "buur"', 'id = "naaste"\ntitle = "buur"'),
    ],
)
def test_renewing_is_refused_where_what_was_filled_in_does_not_fit(garden: Garden, before: str, after: str) -> None:
    def other(text: str) -> str:
        assert before in text
        changed = text.replace(before, after)
        return (
            changed.replace('roles = ["buur", "beheer"]', 'roles = ["naaste", "beheer"]')
            if "naaste" in after
            else changed
        )

    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.prepare(ws, ref)
        ws.change(ref, None, {"answer": [{"item": "5", "value": 5}]}, person="a1")
    with garden.open(garden.host(other)) as ws:
        files = garden.files()
        with pytest.raises(Refused) as raised:
            ws.renew(ref)
        assert raised.value.code == "does-not-fit"
        assert garden.files() == files


def test_a_sealed_or_definitive_record_is_not_renewed(garden: Garden) -> None:
    with garden.open() as ws:
        sealed = garden.begin(ws)
        ws.change(sealed, None, answers(FIRST), person="a1")
        ws.seal(sealed, "a1")
        done = garden.begin(ws, "Andere tuin")
        garden.prepare(ws, done)
        garden.score(ws, done)
        garden.finish(ws, done)
    with garden.open(garden.host(lambda text: text.replace("Water bij droogte", "Water in de zomer"))) as ws:
        for ref, code in ((sealed, "sealed"), (done, "definitive")):
            with pytest.raises(Refused) as raised:
                ws.renew(ref)
            assert raised.value.code == code
