"""Reading instrument.toml and content.toml: what is whole is read, and every mistake is told at once with its line."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from kwartier.instrument.mistakes import MOST, Mistake, Mistaken
from kwartier.instrument.model import Content, Header, as_tree
from kwartier.instrument.parsing import LIMIT
from kwartier.instrument.reading import content_of, read_content, read_header
from kwartier.instrument.shape import shape_flaws

SAMPLES = Path(__file__).parents[1] / "samples" / "instruments"
NAMES = ("tuin", "route")


def source(name: str, file: str = "content") -> str:
    return (SAMPLES / name / f"{file}.toml").read_text(encoding="utf-8")


def mistakes(text: str) -> tuple[Mistake, ...]:
    with pytest.raises(Mistaken) as caught:
        read_content(text.encode(), "content.toml")
    return caught.value.mistakes


def line_of(mistake: Mistake, text: str) -> str:
    """The line of the text that a mistake points at."""
    return text.split("\n")[int(mistake.place.removeprefix("content.toml:")) - 1]


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_instrument_is_read(name: str) -> None:
    header = read_header(source(name, "instrument").encode(), "instrument.toml")
    content = read_content(source(name).encode(), "content.toml")
    assert header.id == name
    assert content_of(as_tree(content), "content.toml") == content


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    text = "\ufeff" + source("tuin").replace("\n", "\r\n")
    assert read_content(text.encode(), "c") == read_content(source("tuin").encode(), "c")


# What is changed in a sample, and the one mistake it makes: its line, its path, and words of its message.
BROKEN = [
    # form
    ("tuin", 'kind = "ordinal"', 'kind = "ordinaal"', "ordinaal", "scale staat > kind", 'Bedoelde u "ordinal"?'),
    ("tuin", 'short = "Grond"', 'shrot = "Grond"', "shrot", "section A > shrot", 'Bedoelde u "short"?'),
    ("tuin", 'title = "Samen tuinieren"\n', "", "[[section.item]]", "section B > item 3 > title", "gevonden: niets"),
    ("tuin", "minutes = 60", 'minutes = "60"', "minutes", "step gesprek > minutes", '"60"; verwacht: een geheel getal'),
    ("tuin", "blind = true", "blind = 1", "blind", "step scoren > blind", "verwacht: true of false"),
    ("tuin", 'keep = "P2M"', 'keep = "2 maanden"', "keep", "step gesprek > keep", "een periode zoals P6M"),
    ("tuin", 'form = "report"', 'form = "rapport"', "rapport", "step verslag > form", 'Bedoelde u "report"?'),
    ("tuin", 'form = "report"\n', "", "[[step]]", "step verslag > form", 'een van "actions"'),
    ("tuin", 'id = "waarom"', 'id = "Waarom meten"', "Waarom", "background Waarom meten > id", "kleine letters"),
    ("tuin", "schema = 1", "schema = 2", "schema", "schema", "gevonden: 2 (een geheel getal); verwacht: 1"),
    ("tuin", "[[background]]", "[background]", "[background]", "background", "een rij tabellen ([[background]])"),
    ("tuin", 'low = "2.5"', "low = 2.5", "midden", "total > bands nr. 2 > low", "2.5 (een getal met een komma)"),
    ("tuin", '{ id = "2", text = "Wie spit er?" }', '"Wie?"', "Wie?", "item 1 > prompts nr. 2", "een tabel"),
    ("route", "niveau = [3, 4]", "niveau = 3", "niveau = 3", "texts nr. 2 > when > niveau", "een rij"),
    ("route", "niveau = [3, 4]", "niveau = [3.0, 4]", "3.0", "niveau nr. 1", "een geheel getal of een tekst"),
    ("route", 'title = "Fase"', 'title = ""', 'title = ""', "parameter fase > title", "een lege tekst"),
    # characters
    ("tuin", "De bodem is los", "De\\u202ebodem is los", "De\\u202e", "item 1 > statement", "U+202E"),
    ("tuin", '"Regenwater', '"\\u001b]52;Regenwater', "Regenwater", "item 2 > anchors nr. 5", "U+001B"),
    ("tuin", 'title = "Samen tuinieren"', 'title = "Samen\\ntuinieren"', "Samen", "item 3 > title", "een regel"),
    ("tuin", "days = -14", "days = 99999999999999999999", "brief", "task brief > days", "een heel groot getal"),
    # ids and references
    ("tuin", 'id = "B"', 'id = "A"', 'id = "A"', "section A > id", 'nog een keer "A"'),
    ("tuin", 'id = "3"\ntitle', 'id = "2"\ntitle', 'id = "2"', "item 2 > id", 'nog een keer "2"'),
    ("tuin", '{ id = "2", text', '{ id = "1", text', "Wie spit", "item 1 > prompts 1 > id", 'nog een keer "1"'),
    (
        "route",
        '{ id = "b", title = "Ziet',
        '{ id = "a", title = "Ziet',
        "Ziet",
        "item 2.1 > parts a > id",
        "nog een keer",
    ),
    ("tuin", 'id = "bedanken"', 'id = "brief"', "Iedereen", "task brief > id", 'nog een keer "brief"'),
    ("tuin", 'id = "herhalen"', 'id = "acties"', 'id = "acties"', "step acties > id", "nog een keer"),
    ("tuin", 'id = "herhalen"', 'id = "her.halen"', "her.halen", "step her.halen > id", "een id zonder punt"),
    ("tuin", 'id = "herhalen"', 'id = "assessment"', "assessment", "step assessment > id", "naam van een bestand"),
    (
        "tuin",
        'scale = "staat"\nstatement = "Bij',
        'scale = "stat"\nstatement = "Bij',
        "stat",
        "item 2 > scale",
        '"staat"',
    ),
    ("route", 'scale = "doel" }', 'scale = "doelen" }', "doelen", "item 1.1 > parts b > scale", 'Bedoelde u "doel"?'),
    ("tuin", 'role = "beheer"', 'role = "beheerder"', "beheerder", "step gegevens > role", 'Bedoelde u "beheer"?'),
    ("tuin", 'roles = ["buur", "beheer"]', 'roles = ["buurt"]', "buurt", "step mensen > roles nr. 1", '"buur"'),
    ("tuin", 'facts = ["oppervlak", "bedden"]', "facts = []", "facts", "step gegevens > facts", "een lege rij"),
    ("route", '"ehbo", "opm', '"ebho", "opm', "ebho", "step start > facts nr. 4", 'Bedoelde u "ehbo"?'),
    (
        "tuin",
        'keep_after = "verslag"',
        'keep_after = "verslagen"',
        "keep_after",
        "step gesprek > keep_after",
        '"verslag"',
    ),
    ("tuin", 'scored_on = "toelichting"', 'scored_on = "acties"', "scored_on", "scored_on", 'form = "actions"'),
    ("tuin", 'of = "scoren"', 'of = "scoor"', "scoor", "step eens-worden > of", 'form = "score": "scoren"'),
    ("tuin", 'of = "conclusies"', 'of = "evalueren"', "of =", "step acties > of", "een latere stap"),
    ("tuin", 'of = "acties"', 'of = ""', "of =", "step evalueren > of", 'een eerdere stap met form = "actions"'),
    ("tuin", 'by = "each"', 'by = "together"', "together", "step scoren > by", "een score is van iemand"),
    # parameters
    ("route", 'fase = ["begin"]', 'faze = ["begin"]', "faze", "step tussentijds > when > faze", 'Bedoelde u "fase"?'),
    ("route", 'fase = ["begin"]', 'fase = ["start"]', "start", "when > fase nr. 1", '"begin" of "eind"'),
    ("route", 'fase = ["begin"]', "fase = []", "fase", "step tussentijds > when > fase", "nooit geldt"),
    ("route", "niveau = [3, 4]", "niveau = [2, 3, 4]", "[2, 3, 4]", "texts nr. 2 > when", "tekst nr. 1"),
    ("route", "values = [2, 3,", 'values = ["3", 2, 3,', "values", "parameter niveau > values nr. 3", "nog een keer"),
    # items
    (
        "tuin",
        'statement = "Wie nieuw is, wordt wegwijs gemaakt."',
        "",
        "[[section.item]]",
        "item 5 > statement",
        "stelling",
    ),
    ("tuin", '    "De bodem is hard en niemand kijkt ernaar om.",\n', "", "anchors", "item 1 > anchors", "geen, of 5"),
    ("tuin", '"Er is een gieter."', '""', '""', "item 2 > anchors nr. 2", "een lege tekst"),
    ("route", '        "De kaart klopt niet.",\n', "", "[5, 6, 7]", "texts nr. 3 > anchors", "geen, of 3"),
    (
        "tuin",
        "[[fact]]",
        '[[section]]\nid = "C"\ntitle = "Leeg"\n\n[[fact]]',
        "[[section]]",
        "section C",
        "minstens een item",
    ),
    # scales, facts, steps, total
    (
        "tuin",
        'value = 3, title = "groen"',
        'value = 0, title = "groen"',
        "groen",
        "options nr. 3 > value",
        "groter dan 2",
    ),
    (
        "tuin",
        'value = 3, title = "groen"',
        'value = 2, title = "groen"',
        "groen",
        "options nr. 3 > value",
        "nog een keer",
    ),
    ("tuin", 'key = "3"', 'key = "2"', "groen", "options nr. 3 > key", "een toets die nog niet gebruikt is"),
    ("route", 'key = "w"', 'key = "wel"', "wel", "scale kan > options nr. 1 > key", "een enkele toets"),
    ("tuin", "maximum = 500", "maximum = -1", "maximum", "fact bedden > maximum", "minstens het minimum, 0"),
    ("tuin", "maximum = 3", "maximum = 0", "maximum", "step acties > maximum", "minstens het minimum, 1"),
    ("route", 'options = ["heide", "bos", "duin"]', "", "[[fact]]", "fact streken > options", "minstens een antwoord"),
    ("route", 'kind = "yes-no"', 'kind = "yes-no"\nminimum = 1', "minimum", "fact ehbo > minimum", "geen grens"),
    ("route", 'closed = ["gedaan"]', 'closed = ["klaar"]', "klaar", "step afspraken > closed nr. 1", '"gedaan"'),
    ("tuin", 'after = ["P1Y", "P2Y"]', "after = []", "after", "step herhalen > after", "een of twee"),
    ("tuin", 'low = "2.5"', 'low = "2.4"', "midden", "total > bands nr. 2 > low", "tot en met 2.4 loopt"),
    ("tuin", 'high = "3.9"', 'high = "2.0"', "midden", "total > bands nr. 2 > high", "niet onder low (2.5)"),
    ("tuin", 'high = "5.0"', 'high = "5.00"', "hoog", "total > bands nr. 3 > high", "hoogstens 1 cijfers"),
    ("route", 'method = "none"', 'method = "mean"', "method", "total > method", "geen item een ordinale schaal"),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "path", "words"), BROKEN)
def test_a_mistake_is_told_with_its_line_its_path_and_what_was_expected(
    name: str, old: str, new: str, line: str, path: str, words: str
) -> None:
    assert old in source(name)
    text = source(name).replace(old, new, 1)
    (mistake,) = mistakes(text)
    assert line in line_of(mistake, text)
    assert mistake.path.endswith(path)
    assert words in mistake.message()
    assert mistake.message().startswith(mistake.place)


def test_no_steps_is_a_mistake() -> None:
    text = source("route")
    (mistake,) = mistakes(text[: text.index("[[step]]")])
    assert (mistake.place, mistake.path) == ("content.toml:1", "step")


def test_a_step_may_not_build_on_one_that_is_sometimes_left_out() -> None:
    text = source("route").replace(
        'role = "beoordelaar"\nsettled', 'role = "beoordelaar"\nscored_on = "tussentijds"\nsettled'
    )
    (mistake,) = mistakes(text)
    assert mistake.path == "step beoordelen > scored_on"
    assert "niet altijd" in mistake.found
    always = text.replace("settled = true\n", 'settled = true\nwhen = { fase = ["begin"] }\n')
    assert read_content(always.encode(), "c").step


def test_all_mistakes_of_form_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        source("tuin")
        .replace('kind = "assessor"', 'kind = "keurmeester"')
        .replace("blind = true", 'blind = "ja"')
        .replace("[total]\ntitle", "[total]\nkop")
    )
    told = mistakes(text)
    assert [each.path for each in told] == [
        "role keurder > kind",
        "step scoren > blind",
        "total > title",
        "total > kop",
    ]
    lines = [int(each.place.partition(":")[2]) for each in told]
    assert lines == sorted(lines)


def test_all_mistakes_of_meaning_are_told_at_once() -> None:
    text = source("tuin").replace('scale = "staat"', 'scale = "stand"').replace('of = "scoren"', 'of = "x"')
    assert len(mistakes(text)) == 5 + 2  # each item, the mean that then has no scale, and the step


def test_the_message_names_the_file_the_count_and_each_mistake() -> None:
    with pytest.raises(
        Mistaken, match=re.escape("content.toml kan niet gebruikt worden: 2 fouten.\n- content.toml:1:")
    ) as e:
        read_content(b"schema = 2\n[total]\n", "content.toml")
    assert e.value.code == "mistakes"
    assert e.value.place == "content.toml:1"
    assert e.value.advice


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (b"schema = 1\n\nid = \n", "c:3", "geldige TOML"),
        (b"schema = 1\nschema = 2", "c:2", "geldige TOML"),
        (b"a = [", "c:1", "geldige TOML"),
        (b"schema = 1\n# \xff", "c:2", "UTF-8"),
        (b"x = " + b"[" * 3000, "c:1", "te diep"),
        (b"x = " + b"9" * 5000, "c:1", "te groot"),
        (b"schema = 0x" + b"f" * 9000, "c:1", "een heel groot getal"),
        (b"#" * (LIMIT + 1), "c:1", "hoogstens"),
    ],
)
def test_bytes_that_are_no_toml_are_a_mistake_with_a_line(data: bytes, place: str, words: str) -> None:
    with pytest.raises(Mistaken) as caught:
        read_content(data, "c")
    assert caught.value.mistakes[0].place == place
    assert words in caught.value.message


def test_a_file_with_very_many_mistakes_is_cut_short() -> None:
    with pytest.raises(Mistaken, match=f"{MOST} fouten of meer") as caught:
        read_content(b"[[section]]\n" * 5000, "c")
    assert len(caught.value.mistakes) == MOST


def test_what_stands_in_a_message_cannot_steer_the_terminal() -> None:
    for mistake in mistakes('"\\u001b[31mrood\\u202e" = 1\n[[section]]\nid = "\\u009b2J"\ntitle = "x"\n'):
        assert mistake.message().isprintable()


def test_a_tree_without_a_text_has_no_lines() -> None:
    with pytest.raises(Mistaken) as caught:
        content_of({"schema": 2}, "contents/abc.toml")
    assert caught.value.mistakes[0].place == "contents/abc.toml"


HEADERS = [
    ('id = "tuin"', 'id = "Tuin"', "kleine letters"),
    ('id = "tuin"', 'id = "con"', "naam van een map"),
    ('id = "tuin"', 'id = "subjects"', "naam van een map"),
    ('subject = "organisation"', 'subject = "tuin"', '"organisation", "student" of "workplace"'),
    ('rights = "Verzonnen voor de proeven van kwartier; vrij te gebruiken."', "", "publication > rights"),
    ('one = "ronde"', "een = 1", "word > een"),
]


@pytest.mark.parametrize(("old", "new", "words"), HEADERS)
def test_a_header_has_mistakes_with_lines_too(old: str, new: str, words: str) -> None:
    text = source("tuin", "instrument")
    assert old in text
    with pytest.raises(Mistaken, match=re.escape(words)) as caught:
        read_header(text.replace(old, new, 1).encode(), "instrument.toml")
    assert all(re.fullmatch(r"instrument\.toml:\d+", each.place) for each in caught.value.mistakes)


def test_a_header_for_another_api_is_read_where_it_can_be_and_else_only_that_is_said() -> None:
    text = source("tuin", "instrument").replace("api = 1", "api = 7")
    assert read_header(text.encode(), "i").api == 7
    with pytest.raises(Mistaken) as caught:
        read_header(f'colour = "green"\n{text}'.encode(), "i")
    assert [(each.path, each.found) for each in caught.value.mistakes] == [("api", "7")]


@given(st.binary(max_size=200) | st.text(alphabet='schema=1[]{}."\n\\ \x00é', max_size=80).map(str.encode))
def test_reading_any_bytes_gives_a_value_or_the_declared_error(data: bytes) -> None:
    for read in (read_header, read_content):
        try:
            read(data, "f")
        except Mistaken as error:
            assert error.mistakes
            assert all(re.fullmatch(r"f:\d+", each.place) for each in error.mistakes)


SCALARS = (
    st.integers() | st.booleans() | st.floats(allow_nan=False) | st.dates() | st.text(max_size=5) | st.just("staat")
)
VALUES = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.sampled_from(["id", "x"]), SCALARS, max_size=2)


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place below the root of a tree."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [spot for key, each in pairs for spot in [(*path, key), *spots(each, (*path, key))]]


TREES = {name: tomli.loads(source(name)) for name in NAMES}
SPOTS = {name: spots(tree) for name, tree in TREES.items()}


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A valid tree with one to three changes: something replaced, taken away, doubled, swapped or added."""
    name = draw(st.sampled_from(NAMES))
    tree = copy.deepcopy(TREES[name])
    for _ in range(draw(st.integers(1, 3))):
        spot = draw(st.sampled_from(SPOTS[name]))
        holder: Any = tree
        try:
            for part in spot[:-1]:
                holder = holder[part]
            held = holder[spot[-1]]
            kind = draw(st.sampled_from(["replace", "remove", "double", "add"]))
            if kind == "replace":
                holder[spot[-1]] = draw(VALUES)
            elif kind == "remove":
                del holder[spot[-1]]
            elif kind == "double" and isinstance(holder, list):
                holder.append(held)
            elif isinstance(held, dict):
                held[draw(st.sampled_from(["extra", "id", "when", "form", "title"]))] = draw(VALUES)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took this place away
    return tree


@given(mutated())
def test_any_mutation_gives_a_content_or_mistakes_each_with_a_line(tree: dict[str, Any]) -> None:
    text = tomli_w.dumps(tree)
    last = text.count("\n") + 1
    try:
        content = read_content(text.encode(), "content.toml")
    except Mistaken as error:
        assert error.mistakes
        for mistake in error.mistakes:
            assert 1 <= int(mistake.place.removeprefix("content.toml:")) <= last
            assert mistake.message().isprintable()
    else:
        assert content_of(as_tree(content), "c") == content


@given(mutated())
def test_the_form_is_refused_by_the_walk_exactly_when_the_conversion_refuses_it(tree: dict[str, Any]) -> None:
    try:
        msgspec.convert(tree, Content)
    except msgspec.ValidationError:
        assert shape_flaws(tree, Content)
    else:
        assert not shape_flaws(tree, Content)


def test_the_walk_knows_the_header_too() -> None:
    assert not shape_flaws(tomli.loads(source("tuin", "instrument")), Header)
    assert len(shape_flaws({}, Header)) == 8
