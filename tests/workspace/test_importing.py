"""Taking over results from tables: a preview that is right, nothing written but what was wanted, and twice is once."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.workspace.garden_tables import DATES, GOALS, SCORES, csv_rows, host_of, seen, states, table

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.plugins.host import Host
from kwartier.workspace import Workspace, importing
from kwartier.workspace.importing_values import Wish

if TYPE_CHECKING:
    from tests.workspace.conftest import Garden

WRONG = ("3", "Imported(rows=(Row(row=9),))", "Imported(rows=(Row(row=0, answers={'x': 1}),))")
WHOLE = "een heel getal van 1 tot en met 5 (een half bestaat niet), of leeg"
ROUNDS = ("2024-06-01", "2025-07-01")


@pytest.fixture
def ws(garden: Garden) -> Iterator[Workspace]:
    with garden.open(host_of(garden)) as opened:
        yield opened


def problems(ws: Workspace, garden: Garden, text: str, **more: object) -> list[str]:
    """What is wrong with a table, of which nothing may be written."""
    before = garden.files()
    found = seen(ws, table(garden, text), **more)  # type: ignore[arg-type]
    assert not found.questions
    told = [one.words.removeprefix("scores.csv, ") for one in found.problems]
    if told:
        with pytest.raises(Refused) as refused:
            ws.import_tables(found)
        assert refused.value.code == "rows-wrong"
        assert found.problems[0].words in refused.value.message
    assert garden.files() == before
    return told


def test_a_table_becomes_records_from_paper(ws: Workspace, garden: Garden) -> None:
    found = seen(ws, table(garden, SCORES))
    assert (states(found), found.new_organisations) == ({"new": 4}, ["de-es", "den-spar"])
    assert not garden.path.joinpath("organisations", "de-es").exists()
    written = ws.import_tables(found)
    assert written.made == tuple(
        f"{org}/tuin/{day}" for org in ("de-es", "den-spar") for day in ("2024-06-01", "2025-07-01")
    )
    first, second = (
        garden.tree(garden.folder(f"den-spar/tuin/{day}") / "assessment.toml") for day in ("2024-06-01", "2025-07-01")
    )
    assert first["paper"] == {"source": "scores.csv", "entered": date(2026, 11, 25), "total": "2.0", "band": "laag"}
    assert (first["date"], first["parameters"], "follows" in first) == (date(2024, 6, 1), {"ronde": 1}, False)
    assert (second["parameters"], second["follows"]) == ({"ronde": 2}, "den-spar/tuin/2024-06-01")
    assert ws.organisation("den-spar").name == "Den & Spar"
    outcome = ws.outcome("de-es/tuin/2024-06-01")
    assert [answer.value for answer in outcome.answers().values()] == [1, 2, 3, 4, 5]
    assert outcome.scores.band == "midden"
    assert ws.check().problems == ()


def test_a_record_that_was_taken_over_says_so_and_can_be_followed(ws: Workspace, garden: Garden) -> None:
    ws.import_tables(seen(ws, table(garden, SCORES)))
    summary = ws.summary("de-es/tuin/2024-06-01")
    assert summary.paper
    assert "overeenstemming" not in ws.outcome("de-es/tuin/2024-06-01").why
    assert ws.comparable("de-es/tuin/2025-07-01") == ["de-es/tuin/2024-06-01"]
    assert ws.document("de-es/tuin/2024-06-01")


def test_goals_in_a_second_table_fill_up_the_records_of_the_first(ws: Workspace, garden: Garden) -> None:
    ws.import_tables(seen(ws, table(garden, SCORES)))
    found = seen(ws, table(garden, GOALS, "doelen.csv"), dates=())
    assert states(found) == {"added": 2}
    assert found.placed[0].additions == ("item 1b", "item 2b")
    assert ws.import_tables(found).added == ("de-es/tuin/2025-07-01", "den-spar/tuin/2025-07-01")
    record = garden.tree(garden.folder("de-es/tuin/2025-07-01") / "eens-worden.toml")
    assert {row["item"]: row["value"] for row in record["answer"]} == {
        "1": 2,
        "1b": "A",
        "2": 3,
        "2b": "D",
        "3": 4,
        "4": 5,
        "5": 5,
    }
    again = seen(ws, table(garden, SCORES), table(garden, GOALS, "doelen.csv"))
    assert states(again) == {"equal": 4}


@pytest.mark.parametrize("order", [("scores.csv", "doelen.csv"), ("doelen.csv", "scores.csv")])
def test_two_tables_together_are_one_record_each(ws: Workspace, garden: Garden, order: tuple[str, str]) -> None:
    table(garden, SCORES)
    table(garden, GOALS, "doelen.csv")
    found = seen(ws, *(garden.home / name for name in order))
    assert (found.rows, states(found), found.problem_count) == (6, {"new": 4}, 0)
    ws.import_tables(found)
    rows = garden.tree(garden.folder("den-spar/tuin/2025-07-01") / "eens-worden.toml")["answer"]
    assert [row["value"] for row in rows if row["item"] in ("1b", "2b")] == ["B", "C"]


def test_two_tables_of_one_name_in_two_folders(ws: Workspace, garden: Garden) -> None:
    paths = []
    for folder, text in (("een", SCORES), ("twee\n", GOALS)):
        path = garden.home / folder / "uitslagen.csv"
        path.parent.mkdir()
        path.write_text(text)
        paths.append(path)
    found = ws.preview_tables(Wish(instrument="tuin", files=tuple(paths), dates=DATES))
    assert (found.problem_count, states(found)) == (0, {"new": 4})
    wrong = ws.preview_tables(Wish(instrument="tuin", files=(paths[0], paths[0]), dates=DATES)).problems
    assert "staat ook in rij" in wrong[0].words


def test_two_tables_that_explain_otherwise(ws: Workspace, garden: Garden) -> None:
    text = "organisatie;ronde;{0};toelichting 2\nDe Es;1;3;{1}\n"
    paths = [table(garden, text.format(item, told), f"{item}.csv") for item, told in (("1", "Lekt."), ("2", "Drupt."))]
    found = seen(ws, *paths)
    assert [one.words for one in found.problems] == [
        "2.csv, rij 2 (De Es): de toelichting op item 2 is in 1.csv, rij 2, een andere"
    ]


def test_a_second_time_nothing_is_written(ws: Workspace, garden: Garden) -> None:
    path = table(garden, SCORES)
    ws.import_tables(seen(ws, path))
    before = garden.files()
    found = seen(ws, path)
    assert states(found) == {"equal": 4}
    written = ws.import_tables(found, changes=True)
    assert (written.equal, written.made, written.changed) == (4, (), ())
    assert garden.files() == before


def test_what_changed_is_shown_and_written_on_a_yes_alone(ws: Workspace, garden: Garden) -> None:
    ws.import_tables(seen(ws, table(garden, SCORES)))
    before = garden.files()
    found = seen(ws, table(garden, SCORES.replace("De Es;1;1;2;3;4;5;3,0", "De Es;1;2;2;3;4;5;3,2")))
    assert states(found) == {"changed": 1, "equal": 3}
    (one,) = found.of("changed")
    assert [(each.what, each.old, each.new) for each in one.changes] == [("item 1", "1", "2"), ("totaal", "3.0", "3.2")]
    assert ws.import_tables(found).unchanged == ("de-es/tuin/2024-06-01",)
    assert garden.files() == before
    assert ws.import_tables(found, changes=True).changed == ("de-es/tuin/2024-06-01",)
    changed = {name for name, data in garden.files().items() if before.get(name) != data}
    home = "organisations/de-es/tuin/2024-06-01"
    assert changed == {f"{home}/assessment.toml", f"{home}/eens-worden.toml"}
    assert ws.outcome("de-es/tuin/2024-06-01").answers()["1"].value == 2


def test_an_empty_cell_takes_nothing_away(ws: Workspace, garden: Garden) -> None:
    ws.import_tables(seen(ws, table(garden, SCORES)))
    found = seen(ws, table(garden, SCORES.replace("De Es;1;1;2;3;4;5;3,0;midden", "De Es;1;;2;;4;5;;")))
    assert states(found) == {"equal": 4}


def test_a_missing_answer_is_counted_and_is_no_one(ws: Workspace, garden: Garden) -> None:
    found = seen(ws, table(garden, "organisatie;ronde;1;2;3;4;5\nDe Es;1;;2;niet gezien;4;-\n"))
    (one,) = found.placed
    assert (one.entry.blank, one.answered, one.asked) == (2, 3, 5)
    ws.import_tables(found)
    rows = garden.tree(garden.folder("de-es/tuin/2024-06-01") / "eens-worden.toml")["answer"]
    assert rows == [{"item": "2", "value": 2}, {"item": "3", "missing": "niet gezien"}, {"item": "4", "value": 4}]


def test_of_long_texts_is_shown_where_they_differ(ws: Workspace, garden: Garden) -> None:
    long = "Al twintig jaar komt het water uit dezelfde pomp achter in de tuin, "
    text = "organisatie;ronde;1;2;3;4;5;toelichting 2\nDe Es;1;1;2;3;4;5;{}\n"
    ws.import_tables(seen(ws, table(garden, text.format(f"{long}en die lekt."))))
    found = seen(ws, table(garden, text.format(f"{long}en die drupt.")))
    (change,) = found.placed[0].changes
    assert (change.old, change.new) == ("…uin, en die lekt.", "…uin, en die drupt.")
    meanwhile = seen(ws, table(garden, text.format(f"{long}en die lekt. Soms.")))
    ws.import_tables(meanwhile, changes=True)
    with pytest.raises(Refused) as told:
        ws.import_tables(found, changes=True)
    assert told.value.code == "changed-meanwhile"


def test_explanations_stand_where_the_instrument_has_them(ws: Workspace, garden: Garden) -> None:
    text = "organisatie;ronde;1;2;3;4;5;toelichting 2\nDe Es;1;1;2;3;4;5;De pomp lekt.\n"
    ws.import_tables(seen(ws, table(garden, text)))
    tree = garden.tree(garden.folder("de-es/tuin/2024-06-01") / "toelichting.toml")
    assert tree["explanation"] == [{"item": "2", "text": "De pomp lekt."}]
    changed = seen(ws, table(garden, text.replace("lekt", "drupt")))
    assert changed.placed[0].changes[0].what == "toelichting 2"
    ws.import_tables(changed, changes=True)
    tree = garden.tree(garden.folder("de-es/tuin/2024-06-01") / "toelichting.toml")
    assert tree["explanation"] == [{"item": "2", "text": "De pomp drupt."}]


def test_kind_and_clients_come_with_a_new_organisation(ws: Workspace, garden: Garden) -> None:
    text = "organisatie;soort;clienten;ronde;1\nDe Es;ribw;2.400;1;3\n"
    ws.import_tables(seen(ws, table(garden, text)))
    assert (ws.organisation("de-es").kind, ws.organisation("de-es").clients) == ("ribw", 2400)
    assert seen(ws, table(garden, text)).remarks == ()
    again = seen(ws, table(garden, text.replace("ribw", "ggz")))
    assert "alleen bij een nieuwe organisatie" in again.remarks[0].words
    ws.import_tables(again)
    assert ws.organisation("de-es").kind == "ribw"


# -- organisations


@pytest.mark.parametrize("name", ["De Es", "de es", "  De   Es ", "DE ES", "bos-1"])
def test_an_organisation_is_known_by_name_and_by_slug(ws: Workspace, garden: Garden, name: str) -> None:
    ws.add_organisation("Bos")
    ws.add_organisation("Bos!")  # bos-2
    ws.add_organisation("Bos 1")
    ws.add_organisation("De Es")
    found = seen(ws, table(garden, f"organisatie;ronde;1\n{name};1;3\n"))
    assert found.new_organisations == []
    assert found.placed[0].slug == ("bos-1" if name == "bos-1" else "de-es")
    ws.import_tables(found)
    assert len(ws.organisations()) == 4


@pytest.mark.parametrize("name", ["De Bee\u0301k", "De\u200b Be\u00adék"])
def test_what_nobody_sees_makes_no_other_organisation(ws: Workspace, garden: Garden, name: str) -> None:
    ws.add_organisation("De Beék")
    found = seen(ws, table(garden, f"organisatie;ronde;1\n{name};1;3\n"))
    assert found.new_organisations == []
    assert found.placed[0].slug == "de-beek"


def test_names_with_one_slug_are_two_organisations(ws: Workspace, garden: Garden) -> None:
    found = seen(ws, table(garden, "organisatie;ronde;1\nDe Es;1;3\nDe-Es!;1;2\nDÉ ES;1;1\n../../De Es;1;4\n"))
    assert found.new_organisations == ["de-es", "de-es-2", "de-es-3", "de-es-4"]
    assert "lijkt op 'de-es'" in found.remarks[0].words
    ws.import_tables(found)
    assert [one.name for _, one in ws.organisations() if one] == ["De Es", "De-Es!", "DÉ ES", "../../De Es"]
    assert {path.name for path in garden.path.joinpath("organisations").iterdir()} == set(found.new_organisations)


def test_an_organisation_by_name_and_by_slug_in_one_table(ws: Workspace, garden: Garden) -> None:
    ws.add_organisation("Één")
    (told,) = problems(ws, garden, "organisatie;ronde;1\nÉén;1;3\neen;1;5\n")
    assert told.startswith("rij 3 (een): dit is dezelfde organisatie als 'Één' in scores.csv, rij 2")


def test_two_rows_about_one_record_that_is_there(ws: Workspace, garden: Garden) -> None:
    text = "organisatie;ronde;datum;1\nDe Es;1;15-06-2011;3\n"
    ws.import_tables(seen(ws, table(garden, text)))
    (told,) = problems(ws, garden, f"{text}De Es;1;juni 2011;5\n".replace("2011;3", "2011;4"))
    assert "de-es/tuin/2011-06-15 staat ook in scores.csv, rij" in told


def test_two_organisations_that_are_called_alike_have_to_be_told_apart(ws: Workspace, garden: Garden) -> None:
    ws.add_organisation("Es")
    ws.add_organisation("ES")
    assert seen(ws, table(garden, "organisatie;ronde;1\nEs;1;3\n")).placed[0].slug == "es"
    (told,) = problems(ws, garden, "organisatie;ronde;1\neS;1;3\n")
    assert "es, es-2" in told


def test_an_organisation_that_cannot_be_read_is_not_made_again(ws: Workspace, garden: Garden) -> None:
    ws.add_organisation("De Es")
    garden.path.joinpath("organisations", "de-es", "organisation.toml").write_text("kapot")
    (told,) = problems(ws, garden, "organisatie;ronde;1\nDe Es;1;3\n")
    assert "niet te lezen" in told


@pytest.mark.parametrize("day", ["01-06-2024", "juni 2024"])
def test_a_record_that_cannot_be_read_is_not_made_again(ws: Workspace, garden: Garden, day: str) -> None:
    text = "organisatie;ronde;datum;1;2;3;4;5\nDe Es;1;{};3;3;3;3;3\n"
    ws.import_tables(seen(ws, table(garden, text.format("01-06-2024"))))
    (garden.folder("de-es/tuin/2024-06-01") / "assessment.toml").write_text("kapot")
    (told,) = problems(ws, garden, text.format(day))
    assert "de-es/tuin/2024-06-01 is niet te lezen" in told
    assert states(seen(ws, table(garden, text.format("02-07-2024")))) == {"new": 1}


@pytest.mark.parametrize("name", ["a\x1b[31mrood", "tab\tnaam", "x" * 301, "recht\u202es", "\u200b"])
def test_a_name_that_cannot_be_shown_is_refused_and_shown_cleaned(ws: Workspace, garden: Garden, name: str) -> None:
    told = problems(ws, garden, f'organisatie;ronde;1\n"{name}";1;3\n')
    assert told
    assert "\x1b" not in told[0]
    assert "naam" in told[0]


# -- what is wrong, by row and column


def test_every_problem_is_told_by_row_and_column(ws: Workspace, garden: Garden) -> None:
    text = "organisatie;ronde;1;2;totaal\nDe Es;1;6;3,5;drie\n;3;2;2;2\nDen;1;2;2;2\n"
    assert problems(ws, garden, text) == [
        f"rij 2, kolom '1' (De Es): er staat '6'; verwacht: {WHOLE}",
        f"rij 2, kolom '2' (De Es): er staat '3,5'; verwacht: {WHOLE}",
        "rij 2, kolom 'totaal' (De Es): er staat 'drie'; verwacht: een getal, zoals 2,8",
        "rij 3, kolom 'organisatie': de cel is leeg; verwacht: de naam van de organisatie",
        "rij 3, kolom 'ronde': er staat '3'; verwacht: 1 of 2",
    ]
    found = seen(ws, table(garden, text))
    assert (found.rows, found.bad_rows, states(found)) == (3, 2, {"new": 1})


def test_the_good_rows_are_taken_where_that_is_said(ws: Workspace, garden: Garden) -> None:
    found = seen(ws, table(garden, "organisatie;ronde;1\nDe Es;1;6\nDen;1;2\n"))
    written = ws.import_tables(found, good_rows=True)
    assert (written.made, written.bad_rows) == (("den/tuin/2024-06-01",), 1)
    assert [slug for slug, _ in ws.organisations()] == ["den"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("organisatie;ronde;1\nDe Es;1;3\nde es;1;4\n", "deze meting staat ook in rij 2"),
        ("organisatie;ronde;1;1b\nDe Es;1;3;A\n", "item 1b wordt bij ronde 1 niet gevraagd"),
        ("organisatie;ronde;1\nDe Es;1;\n", "geen enkel antwoord"),
        ("organisatie;ronde;1\nDe Es;1\n", "de kop heeft 3 kolommen en deze rij 2"),
        ("organisatie;ronde;1\nDe Es;1;2;3;4\n", "de kop heeft 3 kolommen en deze rij 5"),
        ("organisatie;ronde;datum;1\nDe Es;1;1-1-2030;3\n", "de datum 01-01-2030 kan niet"),
        ("organisatie;ronde;datum;1\nDe Es;1;1-1-1830;3\n", "de datum 01-01-1830 kan niet"),
        ("organisatie;ronde;onderwerp;1\nDe Es;1;s1;3\n", "bij dit instrument hoort geen onderwerp"),
        ("organisatie;ronde;onderwerp;1\nDe Es;1;../s1;3\n", "geen code"),
        ("organisatie;ronde;toelichting 1b;1\nDe Es;2;Mooi;3\n", ""),
    ],
)
def test_rows_that_cannot_be(ws: Workspace, garden: Garden, text: str, told: str) -> None:
    found = problems(ws, garden, text)
    assert bool(found) == bool(told)
    assert all(told in one for one in found)


def test_a_cell_of_a_goal_that_was_not_asked_may_say_so(ws: Workspace, garden: Garden) -> None:
    text = "organisatie;ronde;1;1b\nDe Es;1;3;n.v.t.\nDe Es;2;4;A\n"
    found = seen(ws, table(garden, text))
    assert (states(found), found.problem_count) == ({"new": 2}, 0)
    assert [one.entry.blank for one in found.placed] == [0, 0]


def test_rounds_have_to_come_one_after_the_other(ws: Workspace, garden: Garden) -> None:
    found = seen(ws, table(garden, SCORES), dates=("ronde=1:2025-07", "ronde=2:juni 2024"))
    assert found.problem_count == 2
    assert all("is niet later dan" in one.words for one in found.problems)


def test_a_total_that_does_not_follow_is_a_remark(ws: Workspace, garden: Garden) -> None:
    found = seen(ws, table(garden, SCORES.replace("5;3,8;midden", "5;3,9;midden")))
    assert found.problem_count == 0
    assert [one.words for one in found.remarks] == [
        "scores.csv, rij 4 (De Es): het totaal in de tabel is 3,9, de items geven 3,8; beide blijven bewaard"
    ]
    ws.import_tables(found)
    assert garden.tree(garden.folder("de-es/tuin/2025-07-01") / "assessment.toml")["paper"]["total"] == "3.9"


def test_a_whole_total_of_a_spreadsheet_has_decimals_too(ws: Workspace, garden: Garden) -> None:
    """A workbook holds 3 where 3,0 is seen: 2,8 is another total, and 3 is no other than 3,0."""
    text = "organisatie;ronde;1;2;3;4;5;totaal\nDe Es;1;2;3;3;3;3;{}\n"
    found = seen(ws, table(garden, text.format(3)))
    assert [one.words.rpartition(": ")[2] for one in found.remarks] == [
        "het totaal in de tabel is 3,0, de items geven 2,8; beide blijven bewaard"
    ]
    ws.import_tables(found)
    assert states(seen(ws, table(garden, text.format("3,0")))) == {"equal": 1}
    assert seen(ws, table(garden, text.format("2,8"))).placed[0].changes[0].new == "2.8"


def test_unknown_columns_are_named(ws: Workspace, garden: Garden) -> None:
    found = seen(ws, table(garden, "Organisatie;ronde;1;kleur;\nDe Es;1;3;groen;weg\n"))
    assert found.ignored == ("scores.csv: kleur",)
    assert found.problem_count == 1  # "weg" stands under no heading


def test_titles_above_the_headings_and_headings_again(ws: Workspace, garden: Garden) -> None:
    text = "Uitslagen 2024;;\n;;\norganisatie;ronde;1\nDe Es;1;3\nOrganisatie;Ronde;1\nDen;1;2\n"
    found = seen(ws, table(garden, text))
    assert (states(found), found.rows) == ({"new": 2}, 2)
    assert "rij 5: de kop staat hier nog een keer" in found.remarks[0].words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("De Es;1;3\nDen;1;2\n", "table-not-understood"),
        ("naam;ronde;1\nDe Es;1;3\n", "table-not-understood"),
        ("organisatie;kleur\nDe Es;groen\n", "table-not-understood"),
        ("organisatie;1;1\nDe Es;3;3\n", "column-twice"),
        ("organisatie;instelling;1\nDe Es;De Es;3\n", "table-not-understood"),
        ("organisatie;ronde;1\n", "table-without-rows"),
    ],
)
def test_tables_that_cannot_be_taken_over_at_all(ws: Workspace, garden: Garden, text: str, code: str) -> None:
    with pytest.raises(KwartierError) as told:
        seen(ws, table(garden, text))
    assert told.value.code == code
    assert told.value.advice
    assert garden.path.joinpath("organisations").is_dir()
    assert not any(garden.path.joinpath("organisations").iterdir())


# -- rounds and dates


def test_the_date_of_each_round_is_asked(ws: Workspace, garden: Garden) -> None:
    found = seen(ws, table(garden, SCORES), dates=())
    assert [(one.parameter, one.value) for one in found.questions] == [("ronde", "1"), ("ronde", "2")]
    with pytest.raises(Misused, match="eerst bekend"):
        ws.import_tables(found)
    half = seen(ws, table(garden, SCORES), dates=DATES[:1])
    assert [one.value for one in half.questions] == ["2"]
    one_for_all = seen(ws, table(garden, SCORES), dates=("2024-06-01",))
    assert [one.value for one in one_for_all.questions] == ["1", "2"]


def test_the_round_follows_from_which_items_there_are(ws: Workspace, garden: Garden) -> None:
    goals = seen(ws, table(garden, GOALS))
    assert {one.entry.parameters["ronde"] for one in goals.placed} == {2}
    scores = seen(ws, table(garden, "organisatie;1;2\nDe Es;3;4\n"))
    (asked,) = scores.questions
    assert (asked.parameter, asked.value, asked.choices) == ("ronde", "", ("1", "2"))
    given = seen(ws, table(garden, "organisatie;1;2\nDe Es;3;4\n"), parameters={"ronde": "1"})
    assert given.placed[0].entry.parameters == {"ronde": 1}


def test_a_row_that_does_not_say_its_round_is_wrong_where_others_do(ws: Workspace, garden: Garden) -> None:
    text = "organisatie;ronde;1\nDe Es;1;3\nDe Es;2;4\nGemiddelde;;4\n"
    assert problems(ws, garden, text) == ["rij 4 (Gemiddelde): in kolom 'ronde' staat niets"]
    found = seen(ws, table(garden, text))
    ws.import_tables(found, good_rows=True)
    assert [one.name for _, one in ws.organisations() if one] == ["De Es"]


def test_a_parameter_against_the_table_is_told(ws: Workspace, garden: Garden) -> None:
    (told,) = problems(ws, garden, "organisatie;ronde;1\nDe Es;2;3\n", parameters={"ronde": "1"})
    assert "de tabel zegt ronde 2 en u zegt 1" in told
    (told,) = problems(ws, garden, "organisatie;1b\nDe Es;A\n", parameters={"ronde": "1"})
    assert "item 1b wordt bij ronde 1 niet gevraagd" in told


@pytest.mark.parametrize("text", ["ronde=3:2024-06", "kleur=1:2024-06", "ronde:2024-06", "ronde=1:ooit", "ooit"])
def test_dates_that_say_nothing_are_refused(ws: Workspace, garden: Garden, text: str) -> None:
    with pytest.raises(Misused) as told:
        seen(ws, table(garden, SCORES), dates=(text,))
    assert told.value.code == "date-wrong"


def test_a_date_in_the_table_goes_first(ws: Workspace, garden: Garden) -> None:
    text = "organisatie;ronde;datum;1\nDe Es;1;3 mei 2024;3\nDen;1;;3\n"
    found = seen(ws, table(garden, text))
    assert [(one.ref, one.entry.month) for one in found.placed] == [
        ("de-es/tuin/2024-05-03", False),
        ("den/tuin/2024-06-01", True),
    ]


def test_a_month_finds_the_record_of_which_the_day_was_corrected(ws: Workspace, garden: Garden) -> None:
    ws.import_tables(seen(ws, table(garden, SCORES)))
    ws.correct("de-es/tuin/2024-06-01", day=date(2024, 6, 17))
    assert states(seen(ws, table(garden, SCORES))) == {"equal": 4}


def test_another_day_is_another_record_and_remarked(ws: Workspace, garden: Garden) -> None:
    ws.import_tables(seen(ws, table(garden, SCORES)))
    found = seen(ws, table(garden, SCORES), dates=("ronde=1:1-2-2023", "ronde=2:2025-07"))
    assert states(found) == {"new": 2, "equal": 2}
    assert any("er is al zo'n meting van een andere dag: de-es/tuin/2024-06-01" in one.words for one in found.remarks)


def test_two_records_without_a_date_to_tell_them_apart(ws: Workspace, garden: Garden) -> None:
    ws.import_tables(seen(ws, table(garden, SCORES)))
    ws.import_tables(seen(ws, table(garden, SCORES), dates=("ronde=1:1-2-2023", "ronde=2:3-2-2023")))
    told = seen(ws, table(garden, GOALS), dates=()).problems
    assert "hier kunnen meer metingen bedoeld zijn" in told[0].words


def test_an_instrument_without_rounds_asks_one_date(garden: Garden) -> None:
    with garden.open() as ws:
        found = seen(ws, table(garden, "organisatie;1\nDe Es;3\n"), dates=())
        assert [(one.parameter, one.value) for one in found.questions] == [("", "")]
        ws.import_tables(seen(ws, table(garden, "organisatie;1\nDe Es;3\n"), dates=("2024-05",)))
        assert [str(ref) for ref in ws.assessments("de-es")] == ["de-es/tuin/2024-05-01"]


# -- records that are there


def test_a_record_that_was_made_in_kwartier_stays_as_it_is(garden: Garden) -> None:
    from tests.workspace.conftest import DAY, SLUG

    with garden.open() as ws:
        garden.begin(ws)
        text = f"organisatie;datum;1\n{SLUG};{DAY};3\nDe Es;{DAY};3\n"
        found = seen(ws, table(garden, text), dates=())
        assert "in kwartier zelf gedaan" in found.problems[0].words
        assert (found.problem_count, states(found)) == (1, {"new": 1})


def test_a_definitive_record_is_not_changed(garden: Garden) -> None:
    from tests.workspace.conftest import AGREED, answers

    with garden.open() as ws:
        ws.add_organisation("De Es")
        ref = ws.take_over("tuin", "de-es", answers(AGREED), day=date(2024, 5, 1), source="Kast 3")
        ws.change(ref, "conclusies", {"text": "Mooi."})
        ws.finalise(ref)
        equal = seen(ws, table(garden, "organisatie;datum;1\nDe Es;2024-05-01;4\n"), dates=())
        assert states(equal) == {"equal": 1}
        found = seen(ws, table(garden, "organisatie;datum;1\nDe Es;2024-05-01;5\n"), dates=())
        assert (found.problem_count, states(found)) == (1, {})
        assert "definitief" in found.problems[0].words


def test_an_instrument_without_definitive_scores_takes_no_table(garden: Garden) -> None:
    def without(text: str) -> str:
        start = text.index('[[step]]\nid = "eens-worden"')
        return text[:start] + text[text.index("[[step]]", start + 5) :]

    with garden.open(garden.host(without)) as ws, pytest.raises(Misused) as told:
        seen(ws, table(garden, "organisatie;1\nDe Es;3\n"))
    assert told.value.code == "no-consensus"


def test_what_changed_since_the_preview_is_not_overwritten(ws: Workspace, garden: Garden) -> None:
    found = seen(ws, table(garden, SCORES))
    ws.import_tables(seen(ws, table(garden, SCORES.replace("3;4;5;3,0", "3;4;4;2,8"))))
    before = garden.files()
    with pytest.raises(Refused) as told:
        ws.import_tables(found)
    assert told.value.code == "changed-meanwhile"
    assert garden.files() == before


def test_a_long_table_of_which_little_is_new(ws: Workspace, garden: Garden, monkeypatch: pytest.MonkeyPatch) -> None:
    from kwartier.workspace import importing_places, importing_values

    for module in (importing_places, importing_values):
        monkeypatch.setattr(module, "MOST_AT_ONCE", 3)
    two = "De-Es!;1;1;2;3;4;5;3,0;midden\nDÉ ES;2;1;2;3;4;5;3,0;midden\n"
    half = SCORES.splitlines(keepends=True)
    for part in (half[1:3], half[3:]):
        ws.import_tables(seen(ws, table(garden, half[0] + "".join(part))))
    found = seen(ws, table(garden, SCORES + two))
    assert (states(found), found.new_organisations) == ({"new": 2, "equal": 4}, ["de-es-2", "de-es-3"])
    ws.import_tables(found)
    assert {one.name for _, one in ws.organisations() if one} == {"De Es", "Den & Spar", "De-Es!", "DÉ ES"}


def test_too_many_at_once_is_said_before_anything_is_written(
    ws: Workspace, garden: Garden, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kwartier.workspace import importing_values

    monkeypatch.setattr(importing_values, "MOST_AT_ONCE", 3)
    found = seen(ws, table(garden, SCORES))
    assert found.too_many
    with pytest.raises(Refused, match="in één keer"):
        ws.import_tables(found, good_rows=True)
    monkeypatch.setattr(importing, "MOST_LOCKED", 1)
    monkeypatch.setattr(importing_values, "MOST_AT_ONCE", 30)
    ws.import_tables(seen(ws, table(garden, SCORES)))
    with pytest.raises(Refused, match="meer dan 1 organisaties"):
        ws.import_tables(seen(ws, table(garden, GOALS), dates=()))


def test_a_plugin_may_read_tables_of_its_own(garden: Garden) -> None:
    python = """
from kwartier.api import Answer, Imported, Row, hookimpl

@hookimpl
def kwartier_import(content, rows):
    if "Tuin" not in rows[0]:
        return None
    return Imported(
        rows=tuple(
            Row(row=n, organisation=row["Tuin"], answers={"1": Answer(value=int(row["Cijfer"]) // 2)})
            for n, row in enumerate(rows)
        ),
        ignored=("Naam",),
    )
"""
    with garden.open(plugin(garden, python)) as ws:
        found = seen(ws, table(garden, "Tuin;Cijfer;Naam\nDe Es;8;x\nDen;6;y\n"), dates=("2024-05",))
        assert [one.entry.answers["1"].value for one in found.placed] == [4, 3]
        assert found.ignored == ("scores.csv: Naam",)
        assert states(seen(ws, table(garden, "organisatie;1\nDe Es;3\n"), dates=("2024-05",))) == {"new": 1}


@pytest.mark.parametrize(
    "body",
    [
        "raise SystemExit",
        "return 3",
        "return Imported(rows=(Row(row=9),))",
        "return Imported(rows=(Row(row=0, answers={'x': 1}),))",
    ],
)
def test_a_plugin_that_goes_wrong_is_named(garden: Garden, body: str) -> None:
    head = "from kwartier.api import Imported, Row, hookimpl\n\n@hookimpl\ndef kwartier_import(content, rows):"
    python = f"{head}\n    {body}\n"
    with garden.open(plugin(garden, python)) as ws, pytest.raises(Misused) as told:
        seen(ws, table(garden, "organisatie;1\nDe Es;3\n"), dates=("2024-05",))
    assert "kwartier_import" in told.value.message


def plugin(garden: Garden, python: str) -> Host:
    """A host whose instrument has this Python."""
    import hashlib
    from importlib.metadata import EntryPoint

    from tests.workspace.conftest import SAMPLES

    name = f"monster_{hashlib.sha256(python.encode()).hexdigest()[:12]}"
    package = garden.packages / name
    package.mkdir(exist_ok=True)
    (package / "__init__.py").write_text(python, "utf-8")
    for file in ("content.toml", "instrument.toml"):
        (package / file).write_bytes((SAMPLES / "tuin" / file).read_bytes())
    return Host(points=[EntryPoint("tuin", name, "kwartier.instruments")])


def test_a_full_disk_halfway_is_finished_when_the_folder_is_opened_again(
    garden: Garden, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    from kwartier.store import making

    with garden.open(host_of(garden)) as ws:
        real, count = making.place_folder, 0

        def filling(source: Path, target: Path) -> None:
            nonlocal count
            count += 1
            if count == 2:
                raise OSError(errno.ENOSPC, "full")
            real(source, target)

        with monkeypatch.context() as patch:
            patch.setattr(making, "place_folder", filling)
            with pytest.raises(Refused) as told:
                ws.import_tables(seen(ws, table(garden, SCORES)))
        assert told.value.code == "disk-full"
        assert "maakt de handeling dan af" in str(told.value.advice)
    with garden.open(host_of(garden)) as ws:
        assert [one.finished for one in ws.swept.resumed] == [True]
        assert ws.check().problems == ()
        assert states(seen(ws, table(garden, SCORES))) == {"equal": 4}
        assert [slug for slug, _ in ws.organisations()] == ["de-es", "den-spar"]
    # What is left of the stage is empty, and is swept once this process has ended.
    assert not list(garden.path.glob("organisations/.*.tmp/nieuw/*"))


# -- size


def half_wrong(number: int) -> Iterator[list[object]]:
    """A table of which every second row has a score that does not exist."""
    yield ["organisatie", "ronde", "1", "2", "3", "4", "5"]
    for row in range(number):
        yield [f"Tuin {row}", 1, 1, 2, 3, 4, 6 if row % 2 else 5]


def test_a_hundred_thousand_rows_are_previewed_and_refused(ws: Workspace, garden: Garden) -> None:
    path = table(garden, csv_rows(half_wrong(100_000)))
    steps: list[tuple[int, int]] = []
    wish = Wish(instrument="tuin", files=(path,), dates=DATES)
    found = ws.preview_tables(wish, progress=lambda done, of: steps.append((done, of)))
    assert (found.rows, found.bad_rows, len(found.problems), found.problem_count) == (100_000, 50_000, 50, 50_000)
    assert len(steps) > 100
    assert all(done <= of for done, of in steps)
    with pytest.raises(Refused) as told:
        ws.import_tables(found)
    assert "en nog 49950" in told.value.message
    with pytest.raises(Refused, match="in één keer"):
        ws.import_tables(found, good_rows=True)
    assert not any(garden.path.joinpath("organisations").iterdir())


def test_the_memory_that_a_row_takes_is_bounded(ws: Workspace, garden: Garden) -> None:
    path = table(garden, csv_rows(half_wrong(5_000)))
    seen(ws, table(garden, SCORES, "eerst.csv"))  # what is loaded once is no part of it
    tracemalloc.start()
    try:
        assert seen(ws, path).rows == 5_000
        assert tracemalloc.get_traced_memory()[1] < 5_000 * 2_000  # so 200 MB for a hundred thousand, at most
    finally:
        tracemalloc.stop()
