"""The matrix for each reader and a group of students in counts: nothing private, nobody's name, small groups told."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

from tests.workspace.conftest import ANNA, BOB, refusal
from tests.workspace.kas import CODE, SECRET, SELF, Greenhouse, judged

from kwartier.analysis.cohort import SMALL
from kwartier.workspace import Assessor, Workspace
from kwartier.workspace.groups import group_tree

ROWS = [
    {"id": "e1", "title": "Dagboek", "kind": "verslag", "items": ["1.1", "1.2"], "topics": ["luis-2024"]},
    {"id": "e2", "title": "Foto", "kind": "foto", "items": ["1.1"], "readers": ["meester"]},
    {"id": "e3", "title": "Opname", "kind": "opname", "readers": ["everyone"], "items": ["1.2"]},
    {"id": "e4", "title": SECRET, "kind": "verslag"},
]
HEARD = [{"id": "r1", "title": "Bezoek", "kind": "bezoeker", "items": ["2.1"], "readers": ["everyone"]}]
FIGURES = ("Dagboek", "Foto", "Opname", "Bezoek", SECRET, CODE, "Lotte")


def fill(ws: Workspace, ref: str, code: str = CODE) -> None:
    """The pupil's part: evidence with several readers, a reaction, and how it looks at itself."""
    ws.change(ref, "bewijs", {"evidence": ROWS}, person=code)
    ws.change(ref, "reacties", {"evidence": HEARD}, person=code)
    ws.change(ref, "zelf", SELF, person=code)


def judge(ws: Workspace, ref: str, *people: str) -> None:
    """What masters give at the end, sealed."""
    for who in people:
        ws.change(ref, "eind", judged("aangetoond", "deels", "nog-niet"), person=who)
        ws.seal(ref, who, step="eind")


def test_the_matrix_holds_what_its_reader_may_read_and_no_more(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = kas.begin(ws)
        fill(ws, ref)
        own, master, nobody = (ws.coverage(ref, who) for who in (CODE, "a1", None))
    assert {row.item: row.pieces for row in own.rows} == {"1.1": ("B1", "B2"), "1.2": ("B1", "B3"), "2.1": ("R1",)}
    assert {row.item: row.pieces for row in master.rows} == {"1.1": ("B1",), "1.2": ("B2",), "2.1": ("R1",)}
    assert {row.item: row.pieces for row in nobody.rows} == {"1.1": (), "1.2": ("B1",), "2.1": ("R1",)}
    assert [piece.title for piece in master.pieces] == ["Foto", "Opname", "Bezoek"]
    assert (own.withheld, master.withheld, nobody.withheld) == (False, True, True)
    assert (own.loose, own.topics, nobody.topics) == (("B4",), {"luis-2024": "Luis"}, {})
    assert [(one.id, one.covered, one.of) for one in nobody.sections] == [("1", 1, 2), ("2", 1, 1)]
    assert [row.own_words for row in nobody.rows] == ["deels", "aangetoond", "nog niet"]
    assert SECRET not in repr(master) + repr(nobody)


def test_a_judgement_is_in_the_matrix_once_it_is_agreed_on_and_may_be_seen(kas: Greenhouse) -> None:
    def at_the_end(who: str | None) -> list[str]:
        return [row.judged[-1].words for row in ws.coverage(ref, who).rows]

    with kas.open() as ws:
        ref = kas.begin(ws)
        judge(ws, ref, "a1")
        assert at_the_end("a2") == at_the_end(None) == ["", "", ""]
        judge(ws, ref, "a2")
        assert at_the_end("a2") == ["", "", ""]
        ws.change(ref, "eind-samen", judged("aangetoond", "deels", "nog-niet"))
        assert at_the_end(None) == ["aangetoond", "deels", "nog niet"]
        assert ws.coverage(ref, None).moments == (("halverwege", "Halverwege"), ("eind", "Aan het eind"))


def pupils(kas: Greenhouse, ws: Workspace, levels: list[int], each: Callable[[str, str], None]) -> str:
    """A school with a pupil at each of these levels; its slug."""
    slug = ws.add_organisation("De Glazen Stad")
    for number, niveau in enumerate(levels, 1):
        code = f"s{number}"
        ref = ws.start(
            "kas",
            slug,
            day=date(2026, 9, 1),
            people=(Assessor(ANNA, role="meester"), Assessor(BOB, role="meester")),
            subject=code,
            parameters={"niveau": niveau},
        )
        each(ref, code)
    return slug


def test_a_group_is_counted_without_what_is_private_or_not_revealed(kas: Greenhouse) -> None:
    with kas.open() as ws:

        def each(ref: str, code: str) -> None:
            if code != "s5":
                fill(ws, ref, code)
            judge(ws, ref, "a1", *(["a2"] if code == "s1" else []))
            if code == "s1":
                ws.change(ref, "eind-samen", judged("aangetoond", "deels", "nog-niet"))

        slug = pupils(kas, ws, [2] * SMALL, each)
        found = ws.group(slug)
        items = {one.id: one for one in found.items}
        assert (found.students, found.small, dict(found.levels)) == (SMALL, False, {"niveau 2": SMALL})
        assert (items["1.1"].own, items["1.1"].own_open, items["1.1"].evidence) == ({"deels": 4}, 1, 0)
        assert (items["1.2"].evidence, items["2.1"].evidence) == (4, 4)
        assert items["1.1"].judged == {"eind": {"aangetoond": 1}}
        assert [(one.id, one.asked, one.evidence) for one in found.sections] == [("1", 10, 4), ("2", 5, 4)]
        told = json.dumps(group_tree(found))
        assert not [one for one in (*FIGURES, ANNA, "s2", "a1") if one in told.replace("Bewijs", "")]


def test_levels_apart_make_small_groups_and_these_do_not_get_into_a_file_unasked(kas: Greenhouse) -> None:
    seen: list[tuple[int, int]] = []
    path = kas.home / "groep.csv"
    with kas.open() as ws:
        slug = pupils(kas, ws, [1, 2, 2, 2, 2], lambda ref, code: None)
        found = ws.group(slug, apart=True, progress=lambda done, of: seen.append((done, of)))
        assert {(one.id, one.level): one.asked for one in found.items if one.id != "1.2"} == {
            ("1.1", "niveau 1"): 1,
            ("1.1", "niveau 2"): 4,
            ("2.1", "niveau 2"): 4,
        }
        assert seen[-1] == (5, 5)
        whole = ws.group(slug)
        assert [one.asked for one in whole.items] == [5, 5, 4] and whole.small
        assert refusal(lambda: ws.write_group(path, whole)).code == "small-group"
        assert not path.exists()
        ws.write_group(path, whole, small=True)
        assert path.read_text("utf-8-sig").splitlines()[1].startswith("1.1;Zaaien;;5;")
        assert refusal(lambda: ws.write_group(kas.home / "groep.txt", whole)).code == "unknown-format"
        some = ws.group(slug, parameters={"niveau": "2"})
        assert (some.students, some.others) == (4, 1)
        assert refusal(lambda: ws.group(slug, parameters={"niveau": "9"})).code == "wrong-parameters"


def test_the_newest_record_counts_and_what_is_locked_or_broken_is_only_counted(kas: Greenhouse) -> None:
    with kas.open() as ws:
        slug = pupils(kas, ws, [1, 2, 2], lambda ref, code: None)
        for code in ("s1", "s2"):
            again = ws.start(
                "kas",
                slug,
                day=date(2027, 9, 1),
                subject=code,
                parameters={"niveau": 3},
                follows=f"{slug}/kas/{code}/2026-09-01",
            )
            if code == "s2":
                (kas.folder(again) / "zelf.s2.toml").write_text("kapot =", "utf-8")
        ws.encrypt_student(slug, "s3", "een lang wachtwoord voor s3")
        ws.lock_student(slug, "s3")
        found = ws.group(slug)
        assert (found.students, found.unreadable, found.locked) == (1, 1, 1)
        assert dict(found.levels) == {"niveau 3": 1}


def test_the_report_of_a_group_has_the_counts_and_no_name_or_code(kas: Greenhouse) -> None:
    with kas.open() as ws:
        whole = ws.group(pupils(kas, ws, [2, 2], lambda ref, code: fill(ws, ref, code)))
        path = kas.home / "groep.md"
        ws.write_group(path, whole, title="De Glazen Stad", small=True)
        told = path.read_text("utf-8")
        assert "Overzicht van een groep studenten" in told
        assert "te herkennen" in told
        assert "er volgt geen uitkomst uit" in told
        assert all(f"| {one.id} | {one.title} | {one.asked} |" in told for one in whole.items)
        assert not [one for one in (*FIGURES, ANNA, "s2", "a1") if one in told]
