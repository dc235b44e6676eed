"""Who reads what of a portfolio: at every door a row that is private is not there for anybody but its owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.workspace.kas import CODE, SECRET, SELF, Greenhouse, judged

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.records.tree import Tree
from kwartier.reports.markdown import write as markdown
from kwartier.workspace import Workspace
from kwartier.workspace.desk import Desk

HIDDEN = "Brief aan mijn vader"
FOR_MASTERS = "Verslag van het zaaien"
FOR_BOB = "Foto voor een meester"
FOR_ALL = "Opname van de rondleiding"
EVIDENCE: Tree = {
    "evidence": [
        {"title": HIDDEN, "kind": "verslag", "note": SECRET, "items": ["1.1", "1.2", "2.1"], "topics": ["luis-2024"]},
        {"title": FOR_MASTERS, "kind": "verslag", "items": ["1.1"], "readers": ["meester"]},
        {"title": FOR_BOB, "kind": "foto", "items": ["1.2"], "readers": ["a2"]},
        {"title": FOR_ALL, "kind": "opname", "items": ["2.1"], "readers": ["everyone"]},
    ]
}
SEEN = {None: {FOR_ALL}, "a1": {FOR_ALL, FOR_MASTERS}, "a2": {FOR_ALL, FOR_MASTERS, FOR_BOB}}


def filled(ws: Workspace, ref: str) -> None:
    """A portfolio with evidence and remarks, and what both masters gave and agreed on."""
    ws.change(ref, "bewijs", EVIDENCE, person=CODE)
    ws.change(ref, "zelf", SELF, person=CODE)
    ws.change(ref, "reacties", {"evidence": [{"title": "Een tante", "note": SECRET}]}, person=CODE)


def sealed(ws: Workspace, ref: str) -> None:
    for code in ("a1", "a2"):
        ws.change(ref, "eind", judged("deels", "aangetoond", "nog-niet"), person=code)
        ws.seal(ref, code, step="eind")


def titles(text: str) -> set[str]:
    return {one for one in (HIDDEN, FOR_MASTERS, FOR_BOB, FOR_ALL) if one in text}


def as_text(value: object) -> str:
    """Everything that a value holds."""
    return repr(value)


Door = Callable[[Workspace, str, str | None], str]


def _desk(ws: Workspace, ref: str, viewer: str | None) -> str:
    desk = ws.desk(ref, viewer=viewer)
    told = [as_text(desk.record), as_text(desk.states()), as_text(desk.findings()), as_text(desk.clashes())]
    return " ".join(told)


def _forms(ws: Workspace, ref: str, viewer: str | None) -> str:
    """Every form that somebody can get; the rest is refused, in words without anything of it."""
    told = []
    for step in ws.see(ref).content.step:
        try:
            told.append(ws.blank(ref, step.id, person=viewer))
        except KwartierError as error:
            told.append(f"{error.message} {error.advice}")
    return " ".join(told)


DOORS: dict[str, Door] = {
    "see": lambda ws, ref, viewer: as_text(ws.see(ref, viewer=viewer).record),
    "situation": lambda ws, ref, viewer: as_text(ws.situation(ref, viewer=viewer)),
    "summary": lambda ws, ref, viewer: as_text(ws.summary(ref, viewer=viewer)),
    "outcome": lambda ws, ref, viewer: as_text(ws.outcome(ref, viewer=viewer)),
    "exported": lambda ws, ref, viewer: as_text(ws.exported(ref, viewer=viewer)),
    "document": lambda ws, ref, viewer: markdown(ws.document(ref, viewer=viewer)),
    "portfolio": lambda ws, ref, viewer: as_text(ws.portfolio(ref, viewer=viewer)),
    "coverage": lambda ws, ref, viewer: as_text(ws.coverage(ref, viewer=viewer)),
    "questions": lambda ws, ref, viewer: markdown(ws.questions_of(ref, filled=True, viewer=viewer)),
    "earlier": lambda ws, ref, viewer: as_text(ws.earlier(ref, viewer=viewer)),
    "agenda": lambda ws, ref, viewer: as_text(ws.agenda()),
    "suggestions": lambda ws, ref, viewer: as_text(ws.suggestions(ref)),
    "overview": lambda ws, ref, viewer: as_text(ws.overview()),
    "forms": _forms,
    "desk": _desk,
}


def test_at_no_door_is_anything_of_what_is_private(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = kas.begin(ws)
        filled(ws, ref)
        sealed(ws, ref)
        later = kas.portfolio(ws, ref.split("/")[0], day=date(2026, 10, 1), follows=ref)
        for name, door in DOORS.items():
            for viewer, allowed in SEEN.items():
                for one in (ref, later):
                    text = door(ws, one, viewer)
                    assert SECRET not in text, (name, viewer, one)
                    assert titles(text) <= allowed, (name, viewer, one)
                    assert "Een tante" not in text, (name, viewer)
                    assert "'readers': [" not in text, (name, viewer, "who else reads it is nobody's business")


def test_each_reads_just_what_is_for_them_and_the_owner_everything(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = kas.begin(ws)
        filled(ws, ref)
        for viewer, allowed in SEEN.items():
            seen = ws.see(ref, viewer=viewer).record
            assert {row["title"] for row in seen.shared["bewijs"]["evidence"]} == allowed
            notes = [row.get("note") for row in seen.personal["zelf", CODE]["answer"]]
            assert notes == [None, "Elke ochtend om zeven uur." if viewer else None, None]
            values = [row["value"] for row in seen.personal["zelf", CODE]["answer"]]
            assert values == ["deels", "aangetoond", "nog-niet"], "what somebody says of themselves is not private"
            assert "reacties" not in seen.shared, "not even that there is a file"
        own = ws.see(ref, viewer=CODE).record
        assert len(own.shared["bewijs"]["evidence"]) == 4
        assert own.personal["zelf", CODE]["answer"][1]["readers"] == ["meester"]


def test_the_state_of_a_step_is_the_same_with_and_without_what_is_hidden(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = kas.begin(ws)
        nothing = {viewer: ws.situation(ref, viewer=viewer).steps for viewer in (None, "a1")}
        ws.change(ref, "bewijs", {"evidence": [EVIDENCE["evidence"][0]]}, person=CODE)
        ws.change(ref, "reacties", {"evidence": [{"title": "Een tante"}]}, person=CODE)
        for viewer, before in nothing.items():
            assert ws.situation(ref, viewer=viewer).steps == before
        own = {one.id: one.detail for one in ws.situation(ref, viewer=CODE).steps}
        assert own["bewijs"] == "1 bewijs, over 3 items"


def test_somebody_who_stopped_reads_what_is_for_everyone(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = kas.begin(ws)
        filled(ws, ref)
        ws.stop(ref, "a2", reason="Andere baan", sure=True)
        seen = ws.see(ref, viewer="a2").record.shared["bewijs"]["evidence"]
        assert [row["title"] for row in seen] == [FOR_ALL]


# -- who changes it


def test_only_the_owner_changes_a_private_step(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = kas.begin(ws)
        filled(ws, ref)
        given: Tree = {"evidence": [{"title": "Van een ander"}]}
        with pytest.raises(Misused) as nobody:
            ws.change(ref, "bewijs", given)
        assert nobody.value.code == "who" and nobody.value.advice
        for code in ("a1", "a2"):
            with pytest.raises(Refused) as other:
                ws.change(ref, "bewijs", given, person=code)
            assert other.value.code == "not-yours" and other.value.advice
            with pytest.raises(KwartierError):
                ws.change(ref, "zelf", SELF, person=code)
            with pytest.raises(KwartierError):
                ws.share(ref, "bewijs", ["everyone"], code)
            with pytest.raises(KwartierError):
                ws.share(ref, "zelf", ["everyone"], code)
            desk = ws.desk(ref, viewer=code)
            with pytest.raises(Refused):
                desk.give("bewijs", given, name="erbij")
            assert not desk.is_dirty and not desk.save()
        assert len(ws.see(ref, viewer=CODE).record.shared["bewijs"]["evidence"]) == 4
        ws.change(ref, "bewijs", {"evidence": [{"title": "Nog een"}]}, person="S1 ")
        assert len(ws.see(ref, viewer=CODE).record.shared["bewijs"]["evidence"]) == 5


def test_the_owners_desk_changes_undoes_and_saves(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = kas.begin(ws)
        filled(ws, ref)
        desk = ws.desk(ref, viewer=CODE)
        row = desk.tree("bewijs")["evidence"][0]["id"]
        desk.give("bewijs", {"evidence": [{"id": row, "readers": ["everyone"]}]}, name="lezers")
        assert not desk.save()
        assert HIDDEN in as_text(ws.see(ref).record)
        desk.undo()
        assert not desk.save()
        assert HIDDEN not in as_text(ws.see(ref).record)
        desk.give("bewijs", {"evidence": [{"id": row, "remove": True}]}, name="weg")
        assert not desk.save()
        desk.undo()
        assert not desk.save()
        tree = ws.see(ref, viewer=CODE).record.shared["bewijs"]
        assert len(tree["evidence"]) == 4 and "removed" not in tree


def test_a_form_given_back_changes_nothing_and_loses_nothing(kas: Greenhouse) -> None:
    from kwartier.store import toml

    with kas.open() as ws:
        ref = kas.begin(ws)
        filled(ws, ref)
        before = ws.see(ref, viewer=CODE).record
        for step in ("bewijs", "zelf", "reacties"):
            form = ws.blank(ref, step, person=CODE)
            assert "readers" in form and "Wie leest mee?" in form
            ws.change(ref, step, toml.parse(form.encode(), "x"), person=CODE)
        after = ws.see(ref, viewer=CODE).record
        assert after.shared == before.shared and after.personal == before.personal
        ws.change(ref, "bewijs", {"evidence": [{"title": "Nieuw", "readers": []}]}, person=CODE)
        assert len(ws.see(ref, viewer=CODE).record.shared["bewijs"]["evidence"]) == 5


@pytest.mark.parametrize(
    ("step", "row", "told"),
    [
        ("bewijs", {"title": "x", "readers": ["a9"]}, "kan hier niet meelezen"),
        ("bewijs", {"title": "x", "readers": ["leerling"]}, "kan hier niet meelezen"),
        ("bewijs", {"title": "x", "topics": ["storm"]}, "staat hier niet in de lijst"),
        ("bewijs", {"title": "x", "file": {"id": "a", "name": "b", "size": 1, "digest": "c"}}, "bestaat hier niet"),
        ("reacties", {"title": "x", "topics": ["luis-2024"]}, "staat hier niet in de lijst"),
    ],
)
def test_what_a_row_may_say(kas: Greenhouse, step: str, row: Tree, told: str) -> None:
    with kas.open() as ws:
        ref = kas.begin(ws)
        with pytest.raises(Misused, match=told):
            ws.change(ref, step, {"evidence": [row]}, person=CODE)
        with pytest.raises(Misused, match="leest iedereen alles"):
            ws.change(ref, "eind", {"answer": [{"item": "1.1", "value": "deels", "readers": ["a2"]}]}, person="a1")


# -- sharing


def test_sharing_sets_readers_of_some_rows_or_of_all(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = kas.begin(ws)
        filled(ws, ref)
        rows = ws.see(ref, viewer=CODE).record.shared["bewijs"]["evidence"]
        assert ws.share(ref, "bewijs", ["meesters"], CODE, [rows[0]["id"]]) == 1
        assert titles(as_text(ws.see(ref, viewer="a1").record)) == {HIDDEN, FOR_MASTERS, FOR_ALL}
        assert ws.share(ref, "bewijs", ["niemand"], CODE) == 4
        assert "bewijs" not in ws.see(ref, viewer="a1").record.shared
        assert ws.share(ref, "zelf", ["Bob Biet"], CODE, ["1.1"]) == 1
        assert SECRET in as_text(ws.see(ref, viewer="a2").record)
        assert SECRET not in as_text(ws.see(ref, viewer="a1").record)
        assert ws.share(ref, "zelf", [], CODE) == 2
        assert SECRET not in as_text(ws.see(ref, viewer="a2").record)
        for readers, code in ((["tante"], "unknown-reader"), (["niemand", "a1"], "nobody-and")):
            with pytest.raises(Misused) as wrong:
                ws.share(ref, "bewijs", readers, CODE)
            assert wrong.value.code == code and wrong.value.advice
        with pytest.raises(Misused) as unknown:
            ws.share(ref, "bewijs", ["a1"], CODE, ["weet-niet"])
        assert unknown.value.code == "unknown-row"
        with pytest.raises(Misused) as open_step:
            ws.share(ref, "eind", ["a1"], "a1")
        assert open_step.value.code == "not-private"


# -- newer portfolios


def test_a_newer_portfolio_decides_who_reads_the_same_piece_in_an_older_one(kas: Greenhouse) -> None:
    with kas.open() as ws:
        old = kas.begin(ws)
        filled(ws, old)
        new = kas.portfolio(ws, old.split("/")[0], day=date(2026, 10, 1), follows=old)
        assert len(ws.see(new, viewer=CODE).record.shared["bewijs"]["evidence"]) == 4
        ws.share(new, "bewijs", ["niemand"], CODE)
        ws.share(new, "zelf", ["niemand"], CODE)
        for viewer in SEEN:
            text = as_text(ws.see(old, viewer=viewer).record)
            assert not titles(text) and "Elke ochtend" not in text
        rows = ws.see(old, viewer=CODE).record.shared["bewijs"]["evidence"]
        with pytest.raises(Refused) as decided:
            ws.share(old, "bewijs", ["everyone"], CODE, [rows[0]["id"]])
        assert decided.value.code == "decided-later" and new in decided.value.message
        # Something else of it can be changed there, and its readers stay decided.
        desk: Desk = ws.desk(old, viewer=CODE)
        desk.give("bewijs", {"evidence": [{"id": rows[3]["id"], "note": "Nagekeken."}]}, name="notitie")
        assert not desk.save()
        assert not titles(as_text(ws.see(old).record))
        ws.change(new, "bewijs", {"evidence": [{"id": rows[3]["id"], "remove": True}]}, person=CODE)
        assert FOR_ALL not in as_text(ws.see(old, viewer=CODE).record), "what is removed is gone in both"


def test_another_piece_with_the_same_id_never_gets_more_readers(kas: Greenhouse) -> None:
    with kas.open() as ws:
        old = kas.begin(ws)
        ws.change(old, "bewijs", {"evidence": [{"id": "b1", "title": HIDDEN}]}, person=CODE)
        slug = old.split("/")[0]
        new = kas.portfolio(ws, slug, day=date(2026, 10, 1))
        ws.change(new, "bewijs", {"evidence": [{"id": "b1", "title": FOR_ALL, "readers": ["everyone"]}]}, person=CODE)
        assert HIDDEN not in as_text(ws.see(old).record)


def test_where_a_newer_portfolio_cannot_be_read_nobody_else_reads_the_older_one(kas: Greenhouse) -> None:
    with kas.open() as ws:
        old = kas.begin(ws)
        filled(ws, old)
        new = kas.portfolio(ws, old.split("/")[0], day=date(2026, 10, 1), follows=old)
        (kas.folder(new) / "bewijs.toml").write_text("kapot = [", "utf-8")
        for viewer in SEEN:
            assert not titles(as_text(ws.see(old, viewer=viewer).record))
        assert len(ws.see(old, viewer=CODE).record.shared["bewijs"]["evidence"]) == 4


# -- a sheet that stays open


def test_a_sheet_that_stays_open_is_done_when_all_is_answered_and_keeps_nothing_waiting(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = kas.begin(ws)
        with pytest.raises(Refused) as kept:
            ws.seal(ref, CODE, step="zelf")
        assert kept.value.code == "stays-open" and kept.value.advice
        sealed(ws, ref)
        ws.change(ref, "eind-samen", judged("deels", "aangetoond", "nog-niet"))
        told = {one.id: (one.status.value, one.detail) for one in ws.situation(ref).steps}
        assert told["zelf"] == ("open", "0 van 3 ingevuld")
        assert told["verslag"][0] == "open", "an empty self-assessment does not block the report"
        ws.change(ref, "zelf", SELF, person=CODE)
        told = {one.id: (one.status.value, one.detail) for one in ws.situation(ref).steps}
        assert told["zelf"] == ("done", "3 van 3 ingevuld")
        ws.finalise(ref, by="a1")


def test_a_copy_of_a_private_file_is_brought_together_by_its_owner_alone(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = kas.begin(ws)
        filled(ws, ref)
        for name, text in (("bewijs", HIDDEN), (f"zelf.{CODE}", SECRET)):
            path = kas.folder(ref) / f"{name}.toml"
            copy = path.with_name(f"{name}.sync-conflict-20261101-101010-ABCDEFG.toml")
            copy.write_text(path.read_text("utf-8").replace(text, f"{text}!"), "utf-8")
            for viewer in (None, "a1", "a2"):
                with pytest.raises(KwartierError) as refused:
                    ws.merge_copy(copy, viewer=viewer)
                assert text not in f"{refused.value.message}{refused.value.advice}"
            with pytest.raises(KwartierError, match=text):
                ws.merge_copy(copy, viewer=CODE)


def test_a_score_step_that_is_not_needed_is_skipped_for_all_at_once(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = kas.begin(ws)
        ws.change(ref, "halverwege", {"skipped": "Geen tijd."})
        assert next(one for one in ws.situation(ref).steps if one.id == "halverwege").status.value == "skipped"
        desk = ws.desk(ref, viewer="a1")
        desk.give("halverwege", {"skipped": ""}, name="niet overslaan")
        assert not desk.save()
        assert next(one for one in ws.situation(ref).steps if one.id == "halverwege").status.value == "open"
        with pytest.raises(Misused):
            ws.change(ref, "eind", {"skipped": "Geen zin."})


def test_what_a_newer_record_decided_holds_while_its_envelope_is_on_its_way(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        ref = kas.begin(ws)
        ws.change(ref, "bewijs", EVIDENCE, person=CODE)
        newer = kas.portfolio(ws, ref.split("/")[0], day=date(2027, 9, 1), follows=ref)
        ws.share(newer, "bewijs", ["niemand"], CODE)
        (kas.folder(newer) / "assessment.toml").unlink()
        assert titles(as_text(ws.see(ref, viewer="a2").record)) == set()
        (kas.folder(newer) / "bewijs.toml").unlink()
        (kas.folder(newer) / "bewijs.toml").symlink_to(kas.home / "nergens")
        assert titles(as_text(ws.see(ref, viewer="a2").record)) == set()


def test_another_is_not_told_whether_there_is_something_to_share(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        ref = kas.begin(ws)
        for rows in ({}, EVIDENCE):
            if rows:
                ws.change(ref, "bewijs", rows, person=CODE)
            for who, code in ((None, "who"), ("a1", "not-yours")):
                with pytest.raises((Refused, Misused)) as error:
                    ws.share(ref, "bewijs", ["iedereen"], who)
                assert error.value.code == code
