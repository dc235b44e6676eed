"""Organisations side by side: which records count, the figures, one's own place, groups, begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from tests.workspace.conftest import ANNA, BOB, Garden, answers

from kwartier.analysis.compared import ENTITLED, SMALLEST_GROUP, BandCount, Compared
from kwartier.analysis.distribution import Place
from kwartier.errors import KwartierError, Misused, Refused
from kwartier.workspace import Assessor, Workspace
from kwartier.workspace.comparing import SIZES, Chosen, Size

FIRST, SECOND = date(2025, 5, 1), date(2026, 5, 1)
SCORES = ((1, 1, 1, 1, 1), (2, 2, 2, 2, 2), (2, 2, 3, 3, 3), (3, 3, 3, 3, 3), (4, 4, 4, 4, 4), (5, 5, 5, 5, 5))
NAMES = ("Acacia", "Berk", "Ceder", "Den", "Eik", "Fluweelboom")

MOMENTS = """
[[parameter]]
id = "ronde"
title = "Welke ronde is dit?"
values = [1, 2]
moments = true

[[scale]]
id = "doel"
kind = "nominal"
options = [{ value = "A", title = "geen doel" }, { value = "B" }, { value = "C" }, { value = "D" }]

[[section]]
id = "C"
title = "Doelen"

[[section.item]]
id = "6"
title = "Doel voor de bodem"
scale = "doel"
statement = "Is het doel bereikt?"
when = { ronde = [2] }

[[published]]
source = "Het tuinboek"
when = { ronde = [1] }
of = 6
total = "2.9"
items = { 1 = "2.8", 2 = "2.5" }
"""


def moments(text: str) -> str:
    """The instrument with two rounds, and an item without order in the second."""
    return text + MOMENTS


def taken(ws: Workspace, slug: str, scores: Sequence[Any], day: date = FIRST, **more: Any) -> str:
    """A record from paper."""
    return ws.take_over("tuin", slug, answers(tuple(scores)), day=day, source=more.pop("source", "Map"), **more)


def six(ws: Workspace, day: date = FIRST, scores: Sequence[Sequence[Any]] = SCORES) -> list[str]:
    """Six organisations, each with a record; their slugs."""
    slugs = []
    for number, (name, own) in enumerate(zip(NAMES, scores, strict=True)):
        slug = ws.add_organisation(name, kind="park" if number < 5 else "plein", clients=1000 * (number + 1))
        taken(ws, slug, own, day)
        slugs.append(slug)
    return slugs


def compared(ws: Workspace, **chosen: Any) -> Compared:
    """The comparison, which has to be there."""
    found = ws.compare_organisations(Chosen(instrument="tuin", **chosen))
    assert found is not None
    return found


@pytest.fixture
def park(garden: Garden) -> Iterator[Workspace]:
    """Six organisations."""
    with garden.open() as ws:
        six(ws)
        yield ws


def code(ws: Workspace, **chosen: Any) -> str:
    """How a comparison is refused."""
    with pytest.raises(KwartierError) as caught:
        compared(ws, **chosen)
    assert caught.value.advice
    return caught.value.code


# -- the figures


def test_every_organisation_is_a_mark(park: Workspace) -> None:
    found = compared(park)
    assert [row.label for row in found.rows] == list(reversed(NAMES))
    assert [row.total for row in found.rows] == [5, 4, 3, Fraction(13, 5), 2, 1]
    assert found.total is not None
    assert found.total.marks == tuple(row.total for row in found.rows)
    third = next(line for line in found.items if line.id == "3")
    assert list(third.marks) == [5, 4, 3, 3, 2, 1]
    assert [third.spread.minimum, third.spread.median, third.spread.maximum] == [1, 3, 5]
    assert (third.spread.n, third.spread.missing, third.spread.quartiles) == (6, 0, None)
    assert [line.id for line in found.sections] == ["A", "B"]
    assert found.bands == (BandCount("laag", 2), BandCount("midden", 2), BandCount("hoog", 2))
    assert (found.low, found.high, found.places) == (1, 5, 1)
    assert not found.entitled
    assert ENTITLED not in found.notes


def test_the_own_place_among_the_others(park: Workspace) -> None:
    found = compared(park, own="ceder")
    assert found.own is not None and found.own.label == "Ceder"
    assert found.total is not None and found.total.place == Place(2, 0, 3)
    assert {line.id: line.place for line in found.items}["2"] == Place(1, 1, 3)
    assert compared(park).own is None


def test_a_missing_score_is_counted_and_left_out(garden: Garden) -> None:
    with garden.open() as ws:
        six(ws, scores=(*SCORES[:5], ("niet gezien", 5, 5, 5, 5)))
        found = compared(ws, own="fluweelboom")
    first = found.items[0]
    assert [first.spread.n, first.spread.missing, first.spread.maximum] == [5, 1, 4]
    assert first.place is None
    assert found.rows[-1].label == "Fluweelboom"
    assert found.rows[-1].total is None
    assert "1" in found.rows[-1].total_why
    assert found.bands[-1] == BandCount("", 1)
    assert found.total is not None and (found.total.spread.n, found.total.spread.missing) == (5, 1)


# -- which record counts


def test_the_newest_complete_record_counts(park: Workspace) -> None:
    taken(park, "acacia", (5, 5, 5, 5, 4), SECOND)
    park.start("tuin", "berk", day=SECOND, people=(Assessor(ANNA), Assessor(BOB)))
    found = compared(park)
    rows = {row.label: row for row in found.rows}
    assert (rows["Acacia"].day, rows["Acacia"].total) == ("2026-05-01", Fraction(24, 5))
    assert rows["Berk"].day == "2025-05-01"
    assert [(one.count, one.who) for one in found.left_out] == [(1, ("Berk",))]
    assert "nog niet klaar" in found.left_out[0].reason


def test_what_is_not_finished_or_cannot_be_read_is_named(garden: Garden, park: Workspace) -> None:
    slug = park.add_organisation("Grove den")
    ref = park.start("tuin", slug, day=SECOND, people=(Assessor(ANNA), Assessor(BOB)))
    park.change(ref, "scoren", answers((5, 5, 5, 5, 5)), person="a1")
    broken = park.add_organisation("Hazelaar")
    ref = taken(park, broken, (3, 3, 3, 3, 3))
    (garden.folder(ref) / "eens-worden.toml").write_text("dit is geen toml")
    park.add_organisation("Iep")
    told = {one.reason: one.who for one in compared(park).left_out}
    assert told == {"de meting is nog niet klaar": ("Grove den",), "de meting is niet te lezen": ("Hazelaar",)}
    named = compared(park, only=("acacia", "berk", "ceder", "den", "eik", "iep")).left_out
    assert [(one.reason, one.who) for one in named] == [("geen meting met dit instrument", ("Iep",))]


def test_sealed_sheets_that_wait_for_others_tell_nothing(garden: Garden) -> None:
    found = []
    for data, score in (("hoog", 5), ("laag", 1)):
        place = garden.beside(data)
        with place.open() as ws:
            six(ws)
            ref = garden.begin(ws)
            garden.prepare(ws, ref)
            ws.change(ref, "scoren", answers((score,) * 5), person="a1")
            ws.seal(ref, "a1")
            found.append(compared(ws))
    assert found[0] == found[1]
    assert [one.who for one in found[0].left_out] == [("Tuinvereniging De Hoop",)]


def test_an_organisation_that_cannot_be_read_is_left_out(garden: Garden, park: Workspace) -> None:
    (garden.path / "organisations" / "eik" / "organisation.toml").write_text("geen toml")
    found = compared(park)
    assert len(found.rows) == 5
    assert found.left_out[0].who == ("eik",)


# -- which organisations


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({"kinds": ("PARK",)}, NAMES[:5]),
        ({"sizes": (Size(None, 2999), Size(4000, None))}, ("Acacia", "Berk", "Den", "Eik", "Fluweelboom")),
        ({"sizes": (Size(2000, 6000),)}, NAMES[1:]),
        ({"only": ("acacia", "berk", "ceder", "den", "fluweelboom")}, (*NAMES[:4], NAMES[5])),
    ],
)
def test_a_selection(park: Workspace, chosen: dict[str, Any], names: tuple[str, ...]) -> None:
    assert sorted(row.label for row in compared(park, **chosen).rows) == sorted(names)


def test_an_unknown_size_is_told(park: Workspace) -> None:
    taken(park, park.add_organisation("Grove den"), (3, 3, 3, 3, 3))
    found = compared(park, sizes=(Size(0, 99999),))
    assert [(one.reason, one.who) for one in found.left_out] == [
        ("het aantal cliënten is niet vastgelegd", ("Grove den",))
    ]


@pytest.mark.parametrize(
    ("chosen", "wrong"),
    [
        ({"kinds": ("ggz",)}, "unknown-kind"),
        ({"only": ("nergens",)}, "unknown-organisation"),
        ({"own": "nergens"}, "unknown-organisation"),
        ({"own": "fluweelboom", "kinds": ("park",)}, "own-not-compared"),
        ({"parameters": {"niveau": "4"}}, "wrong-parameters"),
        ({"sizes": (Size(90000, None),)}, "nothing-to-compare"),
        ({"only": ("acacia", "berk")}, "group-too-small"),
    ],
)
def test_what_cannot_be_compared_is_refused(park: Workspace, chosen: dict[str, Any], wrong: str) -> None:
    assert code(park, **chosen) == wrong


def test_other_instruments_are_refused(garden: Garden) -> None:
    with garden.open() as ws, pytest.raises(KwartierError, match="niet geïnstalleerd"):
        ws.compare_organisations(Chosen(instrument="niets"))
    with garden.open(garden.host(sample="route")) as ws, pytest.raises(Misused) as caught:
        ws.compare_organisations(Chosen(instrument="route"))
    assert caught.value.code == "not-of-organisations"


def test_an_instrument_that_is_not_installed_can_still_be_compared(garden: Garden) -> None:
    with garden.open() as ws:
        six(ws)
        expected = compared(ws)
    with garden.open(garden.without_plugin()) as ws:
        found = compared(ws)
    assert (found.rows, found.items, found.total) == (expected.rows, expected.items, expected.total)


# -- groups


def test_a_small_group_is_shown_only_to_who_is_entitled(park: Workspace) -> None:
    few = {"only": ("acacia", "berk", "eik")}
    assert code(park, **few) == "group-too-small"
    found = compared(park, **few, entitled=True)
    assert len(found.rows) == 3
    assert found.entitled
    assert found.notes[0] == ENTITLED


def test_being_entitled_is_told_only_where_it_matters(park: Workspace) -> None:
    found = compared(park, entitled=True)
    assert not found.entitled
    assert ENTITLED not in found.notes


def test_groups_by_kind(park: Workspace) -> None:
    found = compared(park, group_by="kind", own="berk")
    assert [(group.title, group.n, group.own, group.small) for group in found.groups] == [("park", 5, True, False)]
    group = found.groups[0]
    assert [found.rows[place].label for place in group.members] == ["Eik", "Den", "Ceder", "Berk", "Acacia"]
    assert group.total is not None and group.total.maximum == 4
    assert found.hidden is not None and (found.hidden.count, found.hidden.who) == (1, ("plein",))
    shown = compared(park, group_by="kind", entitled=True)
    assert [(group.title, group.small) for group in shown.groups] == [("park", False), ("plein", True)]
    assert shown.entitled and shown.hidden is None and ENTITLED in shown.notes


def test_groups_by_size(park: Workspace) -> None:
    found = compared(park, group_by="size", entitled=True)
    assert [group.n for group in found.groups] == [2, 4]
    own = compared(park, group_by="size", sizes=(Size(None, 5000),))
    assert [(group.title, group.n) for group in own.groups] == [("hooguit 5.000 cliënten", 5)]
    assert len(own.rows) == 6, "sizes that make groups leave nobody out"
    assert [size.holds(3000) for size in SIZES] == [False, True, False]


# -- progress


def test_it_can_be_followed_and_cancelled(park: Workspace) -> None:
    told: list[tuple[int, int]] = []
    chosen = Chosen(instrument="tuin")
    assert park.compare_organisations(chosen, progress=lambda done, of: told.append((done, of))) is not None
    assert told == [(number, 6) for number in range(7)]
    assert park.compare_organisations(chosen, cancelled=lambda: True) is None


def test_comparing_writes_nothing(garden: Garden, park: Workspace) -> None:
    before = garden.files()
    compared(park, group_by="kind")
    assert garden.files() == before


# -- begin and end


def later(scores: Sequence[int]) -> list[int]:
    """A point higher on the first three items, where that can be."""
    return [min(5, score + 1) if number < 3 else score for number, score in enumerate(scores)]


def test_the_first_and_the_last_record_are_begin_and_end(park: Workspace) -> None:
    for slug, scores in zip(("acacia", "berk", "ceder", "den", "eik"), SCORES, strict=False):
        taken(park, slug, (1, 1, 1, 1, 1), date(2025, 9, 1))  # one in between does not matter
        taken(park, slug, later(scores), SECOND)
    change = compared(park, own="den").change
    assert change is not None
    assert (change.before_title, change.after_title) == ("eerste meting", "laatste meting")
    assert [row.difference for row in change.rows] == [Fraction(3, 5)] * 5
    assert [row.label for row in change.rows if row.own] == ["Den"]
    assert [row.label for row in change.by_begin()] == ["Eik", "Den", "Ceder", "Berk", "Acacia"]
    assert [(one.reason, one.who) for one in change.left_out] == [("pas één volledige meting", ("Fluweelboom",))]
    lines = {line.id: line for line in change.items}
    assert [lines["1"].before, lines["1"].after, lines["1"].difference] == [Fraction(12, 5), Fraction(17, 5), 1]
    assert (lines["1"].rose, lines["1"].same, lines["1"].fell, lines["1"].n) == (5, 0, 0, 5)
    assert [line.id for line in change.items_by_difference()] == ["1", "2", "3", "4", "5"]
    assert change.total is not None and change.total.difference == Fraction(3, 5)
    assert [one.count for one in change.before_bands] == [2, 2, 1]
    assert [one.count for one in change.after_bands] == [1, 3, 1]


def test_items_scored_once_count_for_no_difference(park: Workspace) -> None:
    for slug in ("acacia", "berk", "ceder", "den", "eik"):
        taken(park, slug, ("niet gezien" if slug == "den" else 5, 5, 5, 5, 5), SECOND)
    change = compared(park).change
    assert change is not None
    den = next(row for row in change.rows if row.label == "Den")
    assert den.difference is None
    assert "1" in den.why, "this instrument has no total without all items"
    assert change.rows[-1] == den
    line = next(line for line in change.items if line.id == "1")
    assert (line.n, line.missing) == (4, 1)
    assert change.total is not None and (change.total.n, change.total.missing) == (4, 1)


def test_no_band_stands_beside_a_mean_over_fewer_items(garden: Garden) -> None:
    with garden.open(garden.host(lambda text: text.replace('require = "all"', 'require = "any"'))) as ws:
        for slug, scores in zip(six(ws), SCORES, strict=True):
            taken(ws, slug, scores, SECOND)
        slug = ws.add_organisation("Grove den")
        taken(ws, slug, (1, 1, 1, 5, 5))
        taken(ws, slug, ("niet gezien", "niet gezien", "niet gezien", 5, 5), SECOND)
        change = compared(ws).change
    assert change is not None
    rows = {row.label: (row.before, row.before_band, row.after, row.after_band) for row in change.rows}
    assert rows["Grove den"] == (Fraction(5), None, Fraction(5), "hoog")
    assert rows["Den"] == (Fraction(3), "midden", Fraction(3), "midden")


def test_few_with_both_are_not_shown(park: Workspace) -> None:
    taken(park, "acacia", (5, 5, 5, 5, 5), SECOND)
    found = compared(park)
    assert found.change is None
    assert str(SMALLEST_GROUP) in found.change_why
    entitled = compared(park, entitled=True)
    assert entitled.change is not None and len(entitled.change.rows) == 1
    assert entitled.notes[0] == ENTITLED
    assert compared(park, change=False).change_why == ""


def test_without_a_second_record_there_is_no_change(park: Workspace) -> None:
    found = compared(park)
    assert found.change is None
    assert "twee volledige metingen" in found.change_why


# -- moments, answers without order, printed means


@pytest.fixture
def rounds(garden: Garden) -> Iterator[Workspace]:
    """Six organisations with two rounds; the second asks for goals."""
    with garden.open(garden.host(moments)) as ws:
        for number, (name, scores) in enumerate(zip(NAMES, SCORES, strict=True)):
            slug = ws.add_organisation(name)
            taken(ws, slug, scores, parameters={"ronde": 1}, source="Het tuinboek")
            given = answers(tuple(later(scores)))
            given["answer"].append({"item": "6", "value": "AABCDA"[number]})
            ws.take_over("tuin", slug, given, day=SECOND, source="Het tuinboek", parameters={"ronde": 2})
        yield ws


def test_moments_are_begin_and_end(rounds: Workspace) -> None:
    found = compared(rounds)
    assert {row.day for row in found.rows} == {"2026-05-01"}
    assert found.change is not None
    assert (found.change.before_title, found.change.after_title) == ("ronde 1", "ronde 2")
    assert len(found.change.rows) == 6
    begin = compared(rounds, parameters={"ronde": "1"})
    assert {row.day for row in begin.rows} == {"2025-05-01"}
    assert begin.change == found.change
    assert begin.answers == ()
    assert code(rounds, parameters={"ronde": "3"}) == "wrong-parameters"


def test_answers_without_order_are_counted(rounds: Workspace) -> None:
    found = compared(rounds, parameters={"ronde": "2"})
    assert [line.id for line in found.items] == ["1", "2", "3", "4", "5"]
    assert [line.id for line in found.sections] == ["A", "B"]
    (goal,) = found.answers
    assert (goal.options, goal.titles) == (("A", "B", "C", "D"), ("geen doel", "B", "C", "D"))
    assert (goal.tally.counts, goal.tally.missing) == ((3, 1, 1, 1), 0)
    assert dict(zip([row.label for row in found.rows], goal.marks, strict=True))["Eik"] == "D"


def test_printed_means_stand_beside_the_computed_ones(rounds: Workspace) -> None:
    found = compared(rounds, parameters={"ronde": "1"})
    total = found.total
    assert total is not None and total.spread.mean == Fraction(44, 15)  # 2.93
    assert (total.printed, total.differs) == (Decimal("2.9"), False)
    lines = {line.id: line for line in found.items}
    assert (lines["1"].printed, lines["1"].differs) == (Decimal("2.8"), False)
    assert (lines["2"].printed, lines["2"].differs) == (Decimal("2.5"), True)
    assert lines["3"].printed is None
    assert any("item 2: de items geven 2,8, gedrukt staat 2,5" in note for note in found.notes)
    assert found.change is not None
    line = next(line for line in found.change.items if line.id == "2")
    assert (line.printed_before, line.before_differs, line.printed_after) == (Decimal("2.5"), True, None)
    assert [line.printed for line in compared(rounds).items] == [None] * 5, "printed over the first round"
    rounds.change_organisation("acacia", kind="park")
    few = compared(rounds, only=tuple(slug for slug, _ in rounds.organisations())[1:], parameters={"ronde": "1"})
    assert few.total is not None and few.total.printed is None


def test_a_total_on_paper_that_does_not_follow_is_told(garden: Garden, park: Workspace) -> None:
    path = garden.folder("ceder/tuin/2025-05-01") / "assessment.toml"
    tree = garden.tree(path)
    garden.put(path, {**tree, "paper": {**tree["paper"], "total": "2.8", "band": "midden"}})
    found = compared(park)
    row = next(row for row in found.rows if row.label == "Ceder")
    assert (row.printed_total, row.printed_band) == ("2.8", "")
    assert "Ceder: de items geven 2,6, op papier staat 2,8." in found.notes
    garden.put(path, {**tree, "paper": {**tree["paper"], "total": "2,6", "band": "hoog"}})
    assert "Ceder: het niveau is midden, op papier staat hoog." in compared(park).notes


def test_mixed_moments_are_told(rounds: Workspace) -> None:
    taken(rounds, rounds.add_organisation("Grove den"), (3, 3, 3, 3, 3), parameters={"ronde": 1})
    found = compared(rounds)
    assert "De metingen verschillen in ronde: 1 (1), 2 (6)." in found.notes
    assert found.answers[0].tally.missing == 1
    assert found.change is not None
    assert [one.who for one in found.change.left_out] == [("Grove den",)]


def test_an_item_on_another_scale_is_not_laid_beside_it(garden: Garden) -> None:
    def wider(text: str) -> str:
        return text.replace(
            """    { value = 5, title = "weelderig", key = "5" },""",
            """    { value = 6, title = "weelderig", key = "6" },""",
        )

    with garden.open(garden.host(wider)) as ws:
        slug = ws.add_organisation("Grove den")
        taken(ws, slug, (4, 4, 4, 4, 4))
    with garden.open() as ws:
        six(ws, SECOND)
        found = compared(ws)
    assert all(line.spread.missing == 1 for line in found.items)
    assert found.total is not None
    assert all(line.spread.missing == 1 for line in (found.total, *found.sections)), "means of it neither"
    assert (found.rows[-1].label, found.rows[-1].total, found.rows[-1].band) == ("Grove den", None, None)
    assert "andere schaal" in found.rows[-1].total_why
    assert any("dezelfde schaal" in note for note in found.notes)
    assert any("formulering" in note for note in found.notes)


def test_parts_of_an_item_are_lines_of_their_own(garden: Garden) -> None:
    parts = """statement = "De oogst wordt eerlijk gedeeld."
parts = [{ id = "a", title = "Fruit", scale = "staat" }, { id = "b", title = "Noten" }]"""

    with garden.open(
        garden.host(lambda text: text.replace('statement = "De oogst wordt eerlijk gedeeld."', parts))
    ) as ws:
        for number, name in enumerate(NAMES):
            given = answers(SCORES[number])
            given["answer"].append({"item": "4", "part": "a", "value": 5 - number % 3})
            ws.take_over("tuin", ws.add_organisation(name), given, day=FIRST, source="Map")
        found = compared(ws)
    assert [(line.id, line.part) for line in found.items] == [
        *(("1", ""), ("2", ""), ("3", ""), ("4", ""), ("4", "a"), ("5", "")),
    ]
    fruit = next(line for line in found.items if line.part == "a")
    assert [fruit.title, fruit.spread.n, fruit.spread.mean] == ["Fruit", 6, 4]
    assert found.total is not None and found.total.spread.maximum == 5, "parts are in no mean"


def test_a_refusal_of_the_gate_is_no_reason_to_stop(garden: Garden, park: Workspace) -> None:
    """A content that is gone leaves the record unread, and the others compared."""
    with garden.open(garden.host(lambda text: text + '\n[[background]]\nid = "x"\ntitle = "X"\ntext = "X"\n')) as ws:
        ref = taken(ws, ws.add_organisation("Grove den"), (3, 3, 3, 3, 3))
    pin = park.see(ref).record.envelope.content
    (garden.path / "contents" / f"{pin.removeprefix('sha256:')}.toml").unlink()
    with garden.open() as fresh:
        assert [one.who for one in compared(fresh).left_out] == [("Grove den",)]
    with pytest.raises(Refused):
        compared(park, only=("grove-den",))
