"""What leans on facts, as it stands in a content: suggestions, limits, printed means; each mistake with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.instrument.check_lookups import lookup_flaws
from kwartier.instrument.mistakes import Mistake, Mistaken
from kwartier.instrument.model import Content, Stretch
from kwartier.instrument.reading import read_content, read_header

SAMPLE = Path(__file__).parents[1] / "samples" / "instruments" / "tuin"

ADDED = """
[[fact]]
id = "bomen"
title = "Hoeveel bomen staan er?"
short = "bomen"
kind = "count"
estimate = true
help = "Struiken tellen niet mee."

[[fact]]
id = "dood"
title = "Hoeveel daarvan zijn dood?"
kind = "count"
estimate = true
at_most = "bomen"

[[fact]]
id = "dieren"
title = "Welke dieren komen er?"
kind = "choices"
options = ["egel", "merel", "vleermuis"]

[[fact]]
id = "sinds"
title = "Sinds wanneer?"
kind = "date"

[[lookup]]
item = "1"
fact = "bomen"
per = "oppervlak"
times = 100
unit = "bomen per 100 m²"
table = [
    { stretch = [
        { value = 1, most = "0" },
        { value = 2, above = "0", most = "2.5" },
        { value = 3, above = "2.5" },
    ] },
]

[[lookup]]
item = "2"
fact = "dieren"
table = [{ stretch = [{ value = 1, most = "1" }, { value = 3, least = "2", most = "3" }] }]

[[lookup]]
item = "3"
fact = "bomen"
table = [
    { title = "kleine tuin", fact = "oppervlak", below = "500", stretch = [{ value = 4, least = "3" }] },
    { title = "grote tuin", fact = "oppervlak", least = "500", stretch = [{ value = 4, least = "9" }] },
]

[[published]]
source = "Tuinen in cijfers"
of = 12
total = "2.8"
items = { "1" = "3.1", "2" = "2.4" }
place = "tabel 3"
"""


def text(*changes: tuple[str, str]) -> str:
    found = (SAMPLE / "content.toml").read_text(encoding="utf-8") + ADDED
    for old, new in changes:
        assert found.count(old) == 1, old
        found = found.replace(old, new)
    return found


def mistakes(source: str) -> tuple[Mistake, ...]:
    with pytest.raises(Mistaken) as caught:
        read_content(source.encode(), "content.toml")
    return caught.value.mistakes


def test_facts_that_suggest_scores_are_read() -> None:
    content = read_content(text().encode(), "content.toml")
    assert [lookup.item for lookup in content.lookup] == ["1", "2", "3"]
    assert content.lookup[0].table[0].stretch[1] == Stretch(value=2, above="0", most="2.5")
    assert content.published[0].items == {"1": "3.1", "2": "2.4"}


BROKEN = [
    # facts
    ('kind = "choices"\n', 'kind = "choices"\nestimate = true\n', "estimate", "fact dieren > estimate", '"number"'),
    ('at_most = "bomen"', 'at_most = "boom"', "at_most", "fact dood > at_most", 'Bedoelde u "bomen"?'),
    ('at_most = "bomen"', 'at_most = "dieren"', "at_most", "fact dood > at_most", 'kind "choices" is'),
    ('at_most = "bomen"', 'at_most = "dood"', "at_most", "fact dood > at_most", "het feit zelf"),
    ('kind = "date"', 'kind = "date"\nat_most = "bomen"', "at_most", "fact sinds > at_most", 'kind "date" is'),
    # what is looked up
    ('item = "1"\nfact', 'item = "9"\nfact', 'item = "9"', "lookup nr. 1 > item", 'een van de items "1", "2"'),
    ('item = "2"\nfact = "dieren"', 'item = "2"\nfact = "dier"', "dier", "lookup nr. 2 > fact", 'Bedoelde u "dieren"?'),
    ('item = "2"\nfact = "dieren"', 'item = "2"\nfact = "sinds"', "sinds", "lookup nr. 2 > fact", 'kind "date" is'),
    ('per = "oppervlak"', 'per = "dieren"', "per", "lookup nr. 1 > per", 'kind = "number" of "count"'),
    ('item = "3"\nfact', 'item = "2"\nfact', 'item = "2"', "lookup nr. 3 > item", 'nog een keer "2"'),
    ("times = 100", "times = 0", "times", "lookup nr. 1 > times", "minstens 1"),
    # where
    (
        'table = [{ stretch = [{ value = 1, most = "1" }, { value = 3, least = "2", most = "3" }] }]',
        "table = []",
        "table",
        "lookup nr. 2 > table",
        "minstens een tabel",
    ),
    ('fact = "oppervlak", below', 'fact = "opp", below', "kleine", "table nr. 1 > fact", "een van de feiten"),
    ('fact = "oppervlak", below', 'fact = "sinds", below', "kleine", "table nr. 1 > fact", 'kind "date" is'),
    ('fact = "oppervlak", below', "below", "kleine", "table nr. 1 > below", "zonder feit"),
    (
        'fact = "oppervlak", below = "500",',
        'fact = "oppervlak",',
        "kleine",
        "lookup nr. 3 > table nr. 1",
        "geen enkele grens",
    ),
    (', stretch = [{ value = 4, least = "9" }]', ", stretch = []", "grote", "table nr. 2 > stretch", "een bereik"),
    # the stretches
    ("value = 3, above", "value = 6, above", "value = 6", "stretch nr. 3 > value", "een antwoord van de schaal staat"),
    ("value = 3, above", 'value = "3", above', 'value = "3"', "stretch nr. 3 > value", "een antwoord van de schaal"),
    ('above = "0", most = "2.5"', 'above = "3", most = "2.5"', '"3"', "stretch nr. 2 > most", "niet onder 3 ligt"),
    (
        'above = "0", most = "2.5"',
        'above = "2.5", most = "2.5"',
        "value = 2",
        "stretch nr. 2 > most",
        "geen enkel getal",
    ),
    ('above = "0", most = "2.5"', 'above = "0", least = "1"', "value = 2", "stretch nr. 2 > above", "niet allebei"),
    ('above = "2.5" }', 'most = "9", below = "9" }', "value = 3", "stretch nr. 3 > below", "niet allebei"),
    ('value = 3, above = "2.5" }', "value = 3 }", "value = 3", "table nr. 1 > stretch nr. 3", "geen enkele grens"),
    ('least = "2", most = "3"', 'above = "1", below = "2"', "value = 3", "stretch nr. 2 > below", "geheel getal"),
    # what was printed
    ('"2" = "2.4"', '"22" = "2.4"', "22", "published nr. 1 > items > 22", 'een van de items "1"'),
    ("of = 12", "of = 0", "of", "published nr. 1 > of", "minstens 1"),
    ("of = 12", "of = 12\nwhen = { ronde = [1] }", "ronde", "published nr. 1 > when > ronde", "onbekende parameter"),
]


@pytest.mark.parametrize(("old", "new", "line", "path", "words"), BROKEN)
def test_a_mistake_is_told_with_its_line_its_path_and_what_was_expected(
    old: str, new: str, line: str, path: str, words: str
) -> None:
    source = text((old, new))
    (mistake,) = mistakes(source)
    assert line in source.split("\n")[int(mistake.place.removeprefix("content.toml:")) - 1]
    assert mistake.path.endswith(path)
    assert words in mistake.message()


def test_all_mistakes_are_told_at_once() -> None:
    source = text(
        ('at_most = "bomen"', 'at_most = "x"'),
        ('per = "oppervlak"', 'per = "x"'),
        ("value = 3, above", "value = 9, above"),
        ('"2" = "2.4"', '"22" = "2.4"'),
    )
    assert [mistake.path for mistake in mistakes(source)] == [
        "fact dood > at_most",
        "lookup nr. 1 > per",
        "lookup nr. 1 > table nr. 1 > stretch nr. 3 > value",
        "published nr. 1 > items > 22",
    ]


def test_gaps_and_stretches_that_overlap_are_allowed() -> None:
    read_content(
        text(('value = 1, most = "0"', 'value = 1, most = "1"'), ('above = "2.5"', 'above = "7"')).encode(), "c"
    )


ENDS = st.sampled_from(["least", "above"]), st.sampled_from(["most", "below"]), st.integers(-3, 9), st.integers(-3, 9)


@given(*ENDS, st.booleans())
def test_a_stretch_is_refused_just_where_it_holds_no_number(
    lower: str, upper: str, low: int, high: int, whole: bool
) -> None:
    content = read_content(text().encode(), "content.toml")
    stretch = Stretch(value=1, **{lower: str(low), upper: str(high)})
    candidates = range(-4, 11) if whole else [number / 2 for number in range(-8, 21)]
    held = any(
        (number >= low if lower == "least" else number > low) and (number <= high if upper == "most" else number < high)
        for number in candidates
    )
    flaws = list(lookup_flaws(_with(content, stretch, whole=whole)))
    assert (not flaws) == held


def _with(content: Content, stretch: Stretch, *, whole: bool) -> Content:
    """The content with one look-up: of a count, or of a quotient, which need not be whole."""
    from msgspec.structs import replace

    lookup = content.lookup[0]
    table = replace(lookup.table[0], stretch=(stretch,))
    return replace(content, lookup=(replace(lookup, per="" if whole else "oppervlak", table=(table,)),))


def test_a_successor_is_the_id_of_another_instrument() -> None:
    source = (SAMPLE / "instrument.toml").read_text(encoding="utf-8")
    head = 'id = "tuin"\n'
    assert read_header(source.replace(head, f'{head}successor = "park"\n').encode(), "i").successor == "park"
    for wrong, words in (("tuin", "dit instrument zelf"), ("Het Park", "kleine letters")):
        with pytest.raises(Mistaken, match=words):
            read_header(source.replace(head, f'{head}successor = "{wrong}"\n').encode(), "i")
