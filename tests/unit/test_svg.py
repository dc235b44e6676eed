"""Charts as SVG: valid, alone, inert whatever was typed, the same bytes every time, and marks where the numbers are."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.reports.everything import HOSTILE, LONG, charts, hostile_chart

from kwartier.reports.document import Chart, ChartKind, ChartRow
from kwartier.reports.positions import step, ticks
from kwartier.reports.svg import LEAST, WIDTH, split, svg
from kwartier.reports.svg_parts import measured, sign, wrapped

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "desc", "rect", "line", "circle", "polygon", "text", "g"}
ATTRIBUTES = {
    *("width", "height", "viewBox", "role", "aria-labelledby", "direction", "font-family", "font-size", "id"),
    *("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "points", "transform", "text-anchor", "font-weight"),
    *("fill", "stroke", "stroke-width", "stroke-dasharray"),
}
ALL = [*charts(), hostile_chart()]
KINDS: list[ChartKind] = ["bars", "dumbbell", "differences", "distribution"]


def parsed(chart: Chart, width: int = WIDTH) -> ET.Element:
    return ET.fromstring(svg(chart, width))


def texts(root: ET.Element) -> list[str]:
    return [one.text or "" for one in root.iter(f"{SVG}text")]


def chart(kind: ChartKind, *rows: ChartRow, low: int = 0, high: int = 10, series: tuple[str, ...] = ()) -> Chart:
    return Chart(kind=kind, caption="Naam", alt="Wat", rows=rows, low=Decimal(low), high=Decimal(high), series=series)


def row(*values: int | None, own: int | None = None, told: str = "") -> ChartRow:
    found = tuple(None if one is None else Decimal(one) for one in values)
    return ChartRow(label="rij", values=found, own=own, told=told)


# -- what it is


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.kind)
def test_it_is_drawn_with_a_few_plain_elements_and_refers_to_nothing(one: Chart) -> None:
    root = parsed(one)
    assert {each.tag for each in root.iter()} <= {SVG + name for name in ELEMENTS}
    assert {name for each in root.iter() for name in each.attrib} <= ATTRIBUTES
    written = svg(one)
    assert "url(" not in written and "href" not in re.sub(r">[^<]*<", "><", written)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.kind)
def test_who_cannot_see_it_hears_what_it_is(one: Chart) -> None:
    root = parsed(one)
    title, desc = root[0], root[1]
    assert (title.tag, desc.tag) == (f"{SVG}title", f"{SVG}desc")
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], desc.attrib["id"]]
    if one in charts():
        assert (title.text, desc.text) == (one.caption, one.alt)


def test_two_charts_on_a_page_have_names_of_their_own() -> None:
    ids = [each.attrib["id"] for one in ALL for each in parsed(one).iter() if "id" in each.attrib]
    assert len(set(ids)) == 2 * len(ALL)


@pytest.mark.parametrize("width", [1, LEAST, 500, WIDTH, 1200])
def test_everything_lies_within_it(width: int) -> None:
    for one in ALL:
        root = parsed(one, width)
        wide, high = int(root.attrib["width"]), int(root.attrib["height"])
        assert wide == max(width, LEAST)
        for each in root.iter():
            for name in ("x", "x1", "x2", "cx"):
                assert 0 <= int(each.attrib.get(name, 0)) <= wide, each.attrib
            for name in ("y", "y1", "y2", "cy"):
                assert 0 <= int(each.attrib.get(name, 0)) <= high, each.attrib


@pytest.mark.parametrize("width", [LEAST, 500, WIDTH])
def test_a_wide_matrix_fits_with_what_is_told_of_it(width: int) -> None:
    rows = tuple(
        ChartRow(label="Een leerlijn met een lange naam", cells=("x",) * 24, told="12 van 34", strong=bool(at % 2))
        for at in range(4)
    )
    made = Chart(kind="matrix", caption="M", alt="M", rows=rows, columns=tuple(f"B{at}" for at in range(24)))
    root = parsed(made, width)
    said = [each for each in root.iter(f"{SVG}text") if (each.text or "").startswith("12")]
    assert len(said) == len(rows)
    for each in said:
        bold = each.attrib.get("font-weight") == "bold"
        assert int(each.attrib["x"]) + measured(each.text or "", bold=bold) <= width + 1


def test_the_same_chart_is_the_same_bytes_and_there_is_no_colour() -> None:
    for one in ALL:
        assert svg(one) == svg(one)
        for colour in re.findall(r'(?:fill|stroke)="([^"]*)"', svg(one)):
            digits = colour.removeprefix("#")
            assert len({digits[at : at + len(digits) // 3] for at in range(0, len(digits), len(digits) // 3)}) == 1


# -- texts


@pytest.mark.parametrize("kind", [*KINDS, "matrix"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_was_typed_does_nothing(kind: ChartKind, text: str) -> None:
    made = Chart(
        kind=kind,
        caption=text,
        alt=text,
        rows=(ChartRow(label=text, values=(Decimal(1), Decimal(2)), told=text, cells=(text, "x"), own=0),),
        series=(text, text),
        columns=(text, "B"),
        high=Decimal(3),
    )
    written = svg(made)
    root = ET.fromstring(written)
    assert {each.tag for each in root.iter()} <= {SVG + name for name in ELEMENTS}
    assert {name for each in root.iter() for name in each.attrib} <= ATTRIBUTES
    assert len(written) < 30_000 + (2 * len(LONG) if text == LONG else 0)
    assert written.encode().decode() == written


def test_a_long_word_is_cut_and_a_long_text_goes_on_below() -> None:
    assert len(wrapped(LONG, 100, 2)) == 2
    assert wrapped(LONG, 100, 2)[-1].endswith("…")
    told = wrapped("een twee drie vier vijf zes", 80, 5)
    assert " ".join(told) == "een twee drie vier vijf zes" and len(told) > 1


@given(st.text(), st.integers(20, 300), st.integers(1, 3))
def test_no_line_is_wider_than_its_room(text: str, width: int, lines: int) -> None:
    made = wrapped(text, width, lines)
    assert len(made) <= lines
    assert all(measured(one) <= width + 1 for one in made)


def test_an_emoji_of_several_signs_is_not_broken() -> None:
    family = "👩🏽\u200d👩🏽\u200d👧\u200d👦"
    for width in range(30, 200):
        for one in wrapped(family * 6, width, 1):
            assert not one.rstrip("…").endswith("\u200d")
            assert not one.startswith(("\u200d", "🏽"))


# -- marks


@settings(max_examples=40)
@given(st.integers(0, 10), st.integers(0, 10))
def test_a_bar_is_as_long_as_its_value(one: int, other: int) -> None:
    root = parsed(chart("bars", row(one), row(other)))
    bars = [each for each in root.iter(f"{SVG}rect") if "stroke" in each.attrib]
    drawn = [value for value in (one, other) if value]
    scale = [each for each in root.iter(f"{SVG}line") if each.attrib["x1"] == each.attrib["x2"]]
    left, right = int(scale[0].attrib["x1"]), int(scale[-1].attrib["x1"])
    assert [int(each.attrib["width"]) for each in bars] == [max(step(each, 0, 10, right - left), 2) for each in drawn]


def test_now_is_full_and_before_is_open() -> None:
    root = parsed(chart("bars", row(4, 7), series=("vorige", "nu")))
    bars = [each for each in root.iter(f"{SVG}rect") if "stroke" in each.attrib]
    legend, drawn = bars[:2], bars[2:]
    assert [each.attrib["fill"] for each in legend] == [each.attrib["fill"] for each in drawn] == ["#111", "#fff"]
    assert int(drawn[0].attrib["width"]) > int(drawn[1].attrib["width"])
    assert texts(root)[:2] == ["nu", "vorige"]


@pytest.mark.parametrize(("before", "after"), [(2, 8), (8, 2)])
def test_an_arrow_points_from_begin_to_end(before: int, after: int) -> None:
    root = parsed(chart("dumbbell", row(before, after)))
    begin, end = root.iter(f"{SVG}circle")
    assert (begin.attrib["fill"], end.attrib["fill"]) == ("#fff", "#111")
    assert (int(end.attrib["cx"]) > int(begin.attrib["cx"])) == (after > before)
    arrow = next(root.iter(f"{SVG}polygon")).attrib["points"].split()
    tip, back = (int(one.split(",")[0]) for one in arrow[:2])
    assert (tip > back) == (after > before)


def test_where_begin_and_end_fall_together_both_are_seen() -> None:
    inner = [int(each.attrib["r"]) for each in parsed(chart("dumbbell", row(5, 5))).iter(f"{SVG}circle")]
    assert inner == [8, 4]


def test_who_gave_the_same_stand_side_by_side() -> None:
    root = parsed(chart("differences", row(3, 3, 3), series=("A", "B", "C")))
    drawn = [ET.tostring(each) for each in root if each.tag in (f"{SVG}circle", f"{SVG}polygon", f"{SVG}rect")]
    assert len(set(drawn)) == len(drawn) == 1 + 3 + 3  # the ground, the legend, the marks


def test_everybody_has_a_sign_that_can_be_told_apart_without_colour() -> None:
    names = tuple(f"Rater {number}" for number in range(14))
    root = parsed(chart("differences", row(*range(11)), series=names))
    signs = [ET.tostring(ET.fromstring(sign(number, 50, 50))) for number in range(14)]
    assert len(set(signs)) == 14
    assert all(name in texts(root) for name in names)


def test_every_mark_of_a_distribution_is_drawn_or_counted() -> None:
    few = parsed(chart("distribution", row(1, 2, 2, 9, None, own=1)))
    assert len(list(few.iter(f"{SVG}circle"))) == 3 + 1  # and one in the legend
    assert len(list(few.iter(f"{SVG}polygon"))) == 1 + 1
    many = parsed(chart("distribution", row(*([4] * 300), *([7] * 20), own=0), row(1, 2)))
    assert {"300", "20"} <= set(texts(many))
    assert texts(many).count("1") == 2  # two rings: all rows are counted alike
    assert len(list(many.iter(f"{SVG}polygon"))) == 1 + 1


def test_thousands_of_marks_are_drawn_in_little() -> None:
    rows = tuple(row(*(number % 11 for number in range(3_000)), own=5) for _ in range(12))
    assert len(svg(chart("distribution", *rows))) < 40_000


def test_a_matrix_marks_what_is_there() -> None:
    rows = tuple(ChartRow(label=f"r{at}", cells=tuple("x" if at == to else "" for to in range(3))) for at in range(3))
    made = Chart(kind="matrix", caption="M", alt="M", rows=rows, columns=("B1", "B2", "Een heel lange naam van bewijs"))
    full = [each for each in parsed(made).iter(f"{SVG}rect") if int(each.attrib["width"]) == 12]
    places = [(int(each.attrib["x"]), int(each.attrib["y"])) for each in full]
    assert len(places) == 3
    assert all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(places))


# -- the scale


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [("0", "3", "0 1 2 3"), ("1", "5", "1 2 3 4 5"), ("0", "47", "0 10 20 30 40"), ("0", "1", "0 0.2 0.4 0.6 0.8 1")],
)
def test_a_scale_has_few_round_numbers(low: str, high: str, told: str) -> None:
    assert " ".join(f"{one:f}" for one in ticks(Decimal(low), Decimal(high))) == told


@given(st.decimals(-1000, 1000, places=2), st.decimals("0.01", 10_000, places=2))
def test_every_scale_has_numbers_that_lie_on_it(low: Decimal, length: Decimal) -> None:
    found = ticks(low, low + length)
    assert len(found) <= 10
    assert all(low <= one <= low + length for one in found)


def test_a_scale_is_written_in_dutch_and_below_too_where_it_is_far() -> None:
    root = parsed(chart("bars", *(row(1) for _ in range(20)), high=1))
    assert texts(root).count("0,2") == 2


# -- pages


def test_a_chart_that_is_too_high_is_split_before_a_summing_row() -> None:
    rows = tuple(replace(row(1), label=f"r{at}", strong=at % 7 == 0) for at in range(100))
    whole = chart("bars", *rows)
    pieces = split(whole, 36)
    assert tuple(one for piece in pieces for one in piece.rows) == rows
    assert all(len(piece.rows) <= 36 for piece in pieces)
    assert all(piece.rows[0].strong for piece in pieces)
    assert [piece.caption for piece in pieces] == ["Naam (1 van 3)", "Naam (2 van 3)", "Naam (3 van 3)"]
    assert split(chart("bars", row(1)), 36) == (chart("bars", row(1)),)


def test_a_matrix_that_is_too_wide_is_split_into_columns() -> None:
    names = tuple(f"B{at}" for at in range(60))
    rows = tuple(ChartRow(label=f"r{at}", cells=names) for at in range(50))
    pieces = split(Chart(kind="matrix", caption="M", alt="M", rows=rows, columns=names), 36, 24)
    assert [(len(one.rows), len(one.columns)) for one in pieces] == [(36, 24), (14, 24)] * 2 + [(36, 12), (14, 12)]
    assert [one for piece in pieces[::2] for one in piece.columns] == list(names)
