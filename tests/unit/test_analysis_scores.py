"""Answers, means per section and in total, and bands, on a made-up instrument."""

from __future__ import annotations

import statistics
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.analysis.answers import UNANSWERED, Answer, asked
from kwartier.analysis.scores import Mean, Unknown, band, mean_of, mean_phrase, section_means, total, unaveraged
from kwartier.instrument.model import Content, Total

NOT_DONE = Unknown("nog niet alle items hebben een definitieve score")
BANDS = [
    {"title": "laag", "low": "1.0", "high": "2.3"},
    {"title": "midden", "low": "2.4", "high": "3.6"},
    {"title": "hoog", "low": "3.7", "high": "5.0"},
]
ITEMS = ["1", "2", "3", "4"]
MISSING = Answer(missing="niet besproken")


def garden(**total_settings: Any) -> Content:
    """Soil (1, 2) and plants (3, 4) score 1-5; weather (5) is nominal, harvest (6) ordered words."""
    numbers = [{"value": value} for value in range(1, 6)]
    tree = {
        "scale": [
            {"id": "cijfer", "kind": "ordinal", "options": numbers, "missing": ["niet besproken"]},
            {"id": "soort", "kind": "nominal", "options": numbers},
            {"id": "woord", "kind": "ordinal", "options": [{"value": "weinig"}, {"value": "veel"}]},
        ],
        "section": [
            {"id": section, "title": section, "item": [{"id": i, "title": i, "scale": scale} for i in items]}
            for section, scale, items in [
                ("A", "cijfer", ["1", "2"]),
                ("B", "cijfer", ["3", "4"]),
                ("C", "soort", ["5"]),
                ("D", "woord", ["6"]),
            ]
        ],
        "total": {"title": "Totaal", **total_settings},
    }
    return msgspec.convert(tree, Content)


def scored(*values: int | None) -> dict[str, Answer]:
    """Items "1", "2", ... with these scores, None for missing."""
    return {str(index): MISSING if value is None else Answer(value) for index, value in enumerate(values, start=1)}


def test_an_answer_is_a_value_or_a_reason() -> None:
    with pytest.raises(ValueError, match="niet beide"):
        Answer(value=3, missing="niet besproken")
    with pytest.raises(msgspec.ValidationError, match="niet beide"):
        msgspec.convert({"item": "1", "value": 3, "missing": "niet besproken"}, Answer)
    assert msgspec.convert({"item": "1", "value": "wel", "note": "x"}, Answer) == Answer("wel", note="x")
    assert Answer(3).answered and MISSING.answered
    assert not Answer(note="later").answered


def test_asked_fills_in_and_leaves_out() -> None:
    assert asked(["2", "1"], {"1": Answer(3), "9": Answer(4)}) == {"2": UNANSWERED, "1": Answer(3)}


def test_means_per_section_and_in_total() -> None:
    answers = scored(2, 5, 3, 3)
    assert section_means(garden(), answers, ITEMS) == {"A": Mean(Fraction(7, 2), 2, 2), "B": Mean(Fraction(3), 2, 2)}
    assert total(garden(), answers, ITEMS) == Mean(Fraction(13, 4), 4, 4)


def test_missing_is_left_out_and_counted() -> None:
    answers = scored(2, None, None, None)
    means = section_means(garden(), answers, ITEMS)
    assert means["A"] == Mean(Fraction(2), 1, 2)
    assert means["B"] == Unknown("geen enkel item heeft een score")
    assert total(garden(), answers, ITEMS) == Mean(Fraction(2), 1, 4)
    assert total(garden(), scored(None, None, None, None), ITEMS) == Unknown("geen enkel item heeft een score")


@pytest.mark.parametrize("gap", [{}, {"4": UNANSWERED}, {"4": Answer(note="later")}])
def test_unanswered_is_not_missing(gap: dict[str, Answer]) -> None:
    answers = {**scored(2, None, 3), **gap}
    means = section_means(garden(), answers, ITEMS)
    assert means == {"A": Mean(Fraction(2), 1, 2), "B": NOT_DONE}
    assert total(garden(), answers, ITEMS) == NOT_DONE
    assert total(garden(require="all"), answers, ITEMS) == NOT_DONE


def test_only_the_considered_items_count() -> None:
    answers = scored(2, 5, 3, 3)
    assert section_means(garden(), answers, ["1"]) == {"A": Mean(Fraction(2), 1, 1)}
    assert total(garden(require="all"), scored(2, 5, 3), ["3", "1"]) == Mean(Fraction(5, 2), 2, 2)
    assert total(garden(), answers, []) == Unknown("er zijn geen items waarvan een gemiddelde te berekenen is")
    with pytest.raises(ValueError, match="77"):
        total(garden(), answers, ["1", "77"])
    with pytest.raises(ValueError, match="77"):
        section_means(garden(), answers, ["77"])


def test_nominal_scales_and_words_are_never_averaged() -> None:
    answers = {**scored(2, 5, 3, 3), "5": Answer(1), "6": Answer("veel")}
    everything = [*ITEMS, "5", "6"]
    means = section_means(garden(), answers, everything)
    assert list(means) == ["A", "B", "C", "D"]
    assert isinstance(means["C"], Unknown) and isinstance(means["D"], Unknown)
    assert total(garden(require="all"), answers, everything) == Mean(Fraction(13, 4), 4, 4)
    assert total(garden(require="all"), {**answers, "5": UNANSWERED}, everything) == Mean(Fraction(13, 4), 4, 4)
    assert unaveraged(garden()) == {"5", "6"}


def test_require_all_gives_no_total_with_a_score_missing() -> None:
    content = garden(require="all")
    assert total(content, scored(1, 2, 3, 4), ITEMS) == Mean(Fraction(5, 2), 4, 4)
    assert total(content, scored(1, None, 3, None), ITEMS) == Unknown(
        "voor het totaal is van alle 4 items een score nodig; geen score: 2, 4"
    )
    assert section_means(content, scored(1, None, 3, None), ITEMS)["A"] == Mean(Fraction(1), 1, 2)


def test_an_instrument_without_total() -> None:
    none = Unknown("dit instrument kent geen totaal")
    assert total(garden(method="none"), scored(1, 2, 3, 4), ITEMS) == none
    assert total(msgspec.structs.replace(garden(), total=None), scored(1, 2, 3, 4), ITEMS) == none


@pytest.mark.parametrize("strange", [Answer(0), Answer(50), Answer("3")])
def test_a_value_off_the_scale_gives_no_mean(strange: Answer) -> None:
    answers = {**scored(1, 2, 3, 4), "2": strange}
    wrong = Unknown("het antwoord staat niet op de schaal bij item 2")
    assert total(garden(), answers, ITEMS) == wrong
    assert section_means(garden(), answers, ITEMS) == {"A": wrong, "B": Mean(Fraction(7, 2), 2, 2)}


def test_mean_of_words_is_unknown() -> None:
    assert mean_of([Answer(3), Answer("veel")]) == Unknown("niet elk antwoord is een getal")


@given(st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=4, max_size=4))
def test_total_is_the_naive_mean(values: list[int | None]) -> None:
    present = [Fraction(value) for value in values if value is not None]
    found = total(garden(), scored(*values), ITEMS)
    strict = total(garden(require="all"), scored(*values), ITEMS)
    if present:
        assert found == Mean(statistics.mean(present), len(present), 4)
    else:
        assert isinstance(found, Unknown)
    assert strict == found if len(present) == 4 else isinstance(strict, Unknown)


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("1", "laag"),
        ("2.3", "laag"),
        ("2.349", "laag"),
        ("2.35", "midden"),
        ("47/20", "midden"),
        ("3.649", "midden"),
        ("3.65", "hoog"),
        ("5", "hoog"),
        ("0.94", None),
        ("5.05", None),
    ],
)
def test_bands_are_looked_up_on_the_rounded_value(value: str, title: str | None) -> None:
    settings = msgspec.convert({"title": "Totaal", "bands": BANDS}, Total)
    assert band(settings, Fraction(value)) == title


def test_bands_round_to_the_places_of_the_total() -> None:
    settings = msgspec.convert({"title": "Totaal", "places": 2, "bands": BANDS}, Total)
    assert band(settings, Fraction("2.304")) == "laag"
    assert band(settings, Fraction("2.349")) is None
    assert band(Total(title="Totaal"), Fraction(3)) is None


def test_a_mean_says_of_how_many_items() -> None:
    assert mean_phrase(Mean(Fraction(3), 11, 12)) == "gemiddelde van 11 van 12 items"
    assert mean_phrase(Mean(Fraction(3), 1, 1)) == "gemiddelde van 1 van 1 item"
