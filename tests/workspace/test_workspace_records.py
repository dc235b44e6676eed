"""What a record is on disk: its path, one file an operation, and what kwartier does not know survives."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workspace.conftest import OPERATIONS, SLUG, Garden, stamps

from kwartier.errors import Refused
from kwartier.records.canonical import same
from kwartier.records.keys import is_keyed, rows_by_key
from kwartier.records.tree import Tree
from kwartier.store import toml
from kwartier.workspace import Assessor, Workspace

# -- the path


def test_the_path_stays_the_reference(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        assert ref == f"{SLUG}/tuin/2026-11-22"
        before = ws.see(ref).record.envelope
        ws.change_organisation(SLUG, name="De Nieuwe Hoop")
        ws.correct(ref, day=date(2026, 12, 1))
        ws.rename_person(SLUG, "Anna Appel", "Anna Peer")
        seen = ws.see(ref)
        assert (seen.organisation, seen.record.envelope.date) == ("De Nieuwe Hoop", date(2026, 12, 1))
        assert seen.record.envelope.id == before.id
        assert [str(one) for one in ws.assessments(SLUG)] == [ref]
        again = ws.start("tuin", SLUG, day=date(2026, 12, 1), follows=ref)
        twice = ws.start("tuin", SLUG, day=date(2026, 12, 1))
        assert (again, twice) == (f"{SLUG}/tuin/2026-12-01", f"{SLUG}/tuin/2026-12-01-2")
        assert ws.see(again).record.envelope.follows == ref
        assert len({ws.see(one).record.envelope.id for one in (ref, again, twice)}) == 3
        assert ws.check().problems == ()


# -- one operation, one file


def test_an_operation_replaces_one_file(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        for name, do, file in OPERATIONS:
            before = stamps(garden)
            do(ws, ref)
            after = stamps(garden)
            place = f"organisations/{ref}/{file[1:]}" if file[0] == "@" else f"organisations/{SLUG}/{file}"
            changed = {path for path in before | after if before.get(path) != after.get(path)}
            assert changed == {place}, name
        assert ws.check().problems == ()


def test_what_changes_nothing_writes_nothing(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.prepare(ws, ref)
        before = stamps(garden)
        ws.change(ref, "gegevens", {"fact": [{"id": "bedden", "value": 12}]})
        ws.correct(ref, day=date(2026, 11, 22))
        ws.change_organisation(SLUG, clients=40)
        ws.see(ref)
        ws.situation(ref)
        ws.document(ref)
        ws.check()
        assert stamps(garden) == before


def test_a_new_name_is_written_with_the_file_that_it_came_in(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        before = stamps(garden)
        ws.change(ref, "voorbereiden", {"by": "Carla Courgette"})
        after = stamps(garden)
        changed = {path for path in before | after if before.get(path) != after.get(path)}
        assert changed == {f"organisations/{SLUG}/people.toml", f"organisations/{ref}/voorbereiden.toml"}
        assert not (garden.path / ".kwartier" / "journal").exists() or not any(
            (garden.path / ".kwartier" / "journal").iterdir()
        )


def test_a_file_that_another_program_changed_meanwhile_is_changed_as_it_is_then(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.change(ref, "toelichting", {"explanation": [{"item": "1", "text": "Eerst"}]})
        path = garden.folder(ref) / "toelichting.toml"
        moments = iter([None, *[garden.now] * 100])

        def clock() -> Any:
            if next(moments) is None:  # just as the change is made, an editor saves the same file
                tree = garden.tree(path)
                garden.put(path, {**tree, "explanation": [*tree["explanation"], {"item": "2", "text": "Tussendoor"}]})
            return garden.now

        with Workspace.open(garden.path, host=garden.host(), clock=clock, random=garden.random) as other:
            other.change(ref, "toelichting", {"explanation": [{"item": "3", "text": "Daarna"}]})
        rows = garden.tree(path)["explanation"]
        assert [(row["item"], row["text"]) for row in rows] == [("1", "Eerst"), ("2", "Tussendoor"), ("3", "Daarna")]


# -- what kwartier does not know


class Strange:
    """Puts what kwartier does not know in every file, as soon as it is there, and tells what became of it."""

    def __init__(self, garden: Garden, extra: Tree) -> None:
        self.garden = garden
        self.extra = extra
        self.rows: set[tuple[str, str, tuple[str, ...]]] = set()
        self.files: set[str] = set()

    def put(self) -> None:
        for name in self.garden.files():
            path = self.garden.path / name
            if not name.startswith("organisations/") or name in self.files:
                continue
            tree = self.garden.tree(path)
            if "sealed" in tree:
                continue
            changed = {**tree, **self.extra}
            for array, rows in tree.items():
                if is_keyed(array, rows) and rows:
                    changed[array] = [{**row, **self.extra} for row in rows]
                    self.rows |= {(name, array, key) for key in rows_by_key(array, rows)}
            self.garden.put(path, changed)
            self.files.add(name)

    def lost(self, *, but: tuple[str, ...] = ()) -> list[object]:
        """What is no longer there; `but` are keys of rows that went themselves."""
        gone: list[object] = []
        for name in self.files:
            tree = self.garden.tree(self.garden.path / name)
            gone += [(name, key) for key in self.extra if not same(tree.get(key), self.extra[key])]
        for name, array, key in self.rows:
            row = rows_by_key(array, self.garden.tree(self.garden.path / name).get(array, [])).get(key, {})
            if not set(key) & set(but):
                gone += [(name, array, key, one) for one in self.extra if not same(row.get(one), self.extra[one])]
        return gone


EXTRA: Tree = {"x_tekst": "", "x_getal": 3, "x_lijst": [1, "twee"], "x_tabel": {"diep": {"er": False}}}


def test_unknown_keys_survive_every_operation(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.change(ref, "mensen", {"participant": [{"name": "Dina Druif", "role": "buur", "consent": "gegeven"}]})
        strange = Strange(garden, EXTRA)
        for _, do, _ in OPERATIONS[:-3]:  # what is destroyed or erased is meant to go, whole
            strange.put()
            do(ws, ref)
        strange.put()
        ws.change(ref, "mensen", {"participant": [{"id": "d1", "note": "Komt later"}]})
        ws.withdraw(ref, "d1")
        ws.rename_person(SLUG, "a1", "Anna Appelboom")
        ws.reopen_report(ref, reason="Iemand loopt mee")
        ws.join(ref, Assessor("Emma Erwt", shadow=True))
        ws.stop(ref, "Emma Erwt", reason="Verhuisd", sure=True)
        ws.add_subject(SLUG, "s1", "Sjaak")
        assert {Path(name).name for name in strange.files} >= {
            "organisation.toml", "people.toml", "assessment.toml", "voorbereiden.toml", "gegevens.toml", "gesprek.toml",
            "gesprek.a1.toml", "toelichting.toml", "scoren.a1.toml", "scoren.a2.toml", "eens-worden.toml",
            "conclusies.toml", "verslag.toml", "acties.toml", "evalueren.toml", "mensen.toml",
        }  # fmt: skip
        assert len(strange.rows) > 15
        assert strange.lost() == []


def test_unknown_keys_in_a_row_that_is_told_again_survive(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.score(ws, ref)
        ws.mistake(ref, "a1", "2", reason="Misgelezen")
        people = [{"id": f"d{n}", "role": "buur"} for n in range(1, 7)]
        ws.change(ref, "mensen", {"participant": [{**row, "id": "+"} for row in people]})
        ws.give_reason(ref, "veel-deelnemers", "Iedereen wilde mee.")
        consensus, envelope = garden.folder(ref) / "eens-worden.toml", garden.folder(ref) / "assessment.toml"
        for path, array in ((consensus, "mistake"), (envelope, "departure")):
            tree = garden.tree(path)
            garden.put(path, {**tree, array: [{**row, "x_meer": 1} for row in tree[array]]})
        ws.mistake(ref, "a1", "2", reason="Toch anders")
        ws.give_reason(ref, "veel-deelnemers", "De zaal was groot.")
        assert garden.tree(consensus)["mistake"] == [
            {"person": "a1", "item": "2", "reason": "Toch anders", "date": garden.now.date(), "x_meer": 1}
        ]
        assert garden.tree(envelope)["departure"][0]["x_meer"] == 1
        assert garden.tree(envelope)["departure"][0]["reason"] == "De zaal was groot."


VALUES = st.recursive(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        st.integers(-(2**63), 2**63 - 1),
        st.booleans(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.dates(),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(lambda text: f"x {text}")
storable = st.dictionaries(KEYS, VALUES, min_size=1, max_size=3)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(extra=storable)
def test_any_unknown_keys_survive(extra: Tree, garden: Garden) -> None:
    try:
        toml.encode(extra)
    except Refused:
        return
    with tempfile.TemporaryDirectory() as place:
        own = type(garden)(Path(place), garden.packages)
        with own.open() as ws:
            ref = own.begin(ws)
            strange = Strange(own, extra)
            for name, do, _ in OPERATIONS:
                if name in ("organisation", "date", "facts", "sheet", "seal", "reopen"):
                    strange.put()
                    do(ws, ref)
            strange.put()
            ws.change(ref, "toelichting", {"explanation": [{"item": "1", "text": "Later"}], "writer": "a2"})
            ws.change(ref, None, {"answer": [{"item": "1", "value": 5, "note": "x"}]}, person="a2")
            assert strange.lost() == []


def test_comments_are_read_and_the_first_line_says_that_they_go(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.change(ref, "toelichting", {"text": "Zo was het."})
        path = garden.folder(ref) / "toelichting.toml"
        assert path.read_text("utf-8").startswith("# ")
        assert "blijven niet bewaard" in path.read_text("utf-8").splitlines()[0]
        path.write_text("# eigen aantekening\ntext = 'Zo is het.'  # beter\n", "utf-8")
        assert ws.see(ref).record.shared["toelichting"] == {"text": "Zo is het."}
        ws.change(ref, "toelichting", {"explanation": [{"item": "1", "text": "Erbij"}]})
        assert garden.tree(path)["text"] == "Zo is het."
        assert "eigen aantekening" not in path.read_text("utf-8")
