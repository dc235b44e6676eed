"""Data of records for other programs: types, hostile texts, the gate, names, what is left out, whole files or none."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from tests.programs import need
from tests.reports.everything import HOSTILE
from tests.workspace.conftest import AGREED, FIRST, SECOND, Garden, answers, refusal
from tests.workspace.kas import CODE, PUPIL, SECRET, SELF, Greenhouse, judged
from tests.workspace.trail import GIJS, STEP, Trail

from kwartier.analysis.numbers import plain
from kwartier.reports.exports.delimited import typed
from kwartier.reports.exports.measured import Export
from kwartier.text import clean
from kwartier.workspace import Assessor, Workspace
from kwartier.workspace.exports import Exported, Wish, files_of

INJECTED = (
    "<r><t>rijk</t></r>",
    "_x003C_b_x005F_",
    "'al met een apostrof",
    "''twee",
    " =1+1",
    "\uff1d1+1",
    "#NAAM?",
    "1e5",
)
CALCULATED = ("=1+1", "+31 6", "-2+3", "@SUM(1)", "'apostrof", "<r><t>rijk</t></r>", "007", "_x003C_b", "1e5", "WAAR")
FORMS = ("xlsx", "csv", "json")


def export(ws: Workspace, home: Path, form: str = "json", **more: Any) -> Exported:
    """Everything, or what is asked for, in a file of this form."""
    if not {"refs", "organisations"} & set(more):
        more["everything"] = True
    wish = Wish(path=home / f"uit.{form}", form=form, overwrite=True, **more)  # type: ignore[arg-type]
    return ws.export_data(wish)


def tree(home: Path) -> Export:
    """The JSON, which fits its schema or this raises."""
    return msgspec.json.decode((home / "uit.json").read_bytes(), type=Export)


def table(path: Path, separator: str = ";") -> list[dict[str, str]]:
    """The rows of a CSV file with what was typed in them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: typed(cell) for key, cell in row.items()} for row in csv.DictReader(file, delimiter=separator)]


def sheet(home: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet of the workbook."""
    book = openpyxl.load_workbook(home / "uit.xlsx")
    head, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def said(home: Path) -> str:
    """Every text that is in any of the files, unpacked."""
    found = []
    for path in sorted(home.glob("uit*")):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                found += [book.read(name).decode() for name in book.namelist()]
        else:
            found.append(path.read_text("utf-8"))
    return "\n".join(found)


def test_the_same_numbers_days_and_words_come_out_of_every_form(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.story(ws)
        done = [export(ws, garden.home, form, texts=True) for form in FORMS]
    assert {(one.measurements, one.rows, one.locked, one.unreadable) for one in done} == {(1, 15, 0, ())}
    rows = sheet(garden.home, "Scores")
    given: dict[object, list[object]] = {(row["fase"], row["beoordelaar"]): [] for row in rows}
    for row in rows:
        given[row["fase"], row["beoordelaar"]].append(row["waarde"])
    assert given == {("apart", "a1"): [*FIRST], ("apart", "a2"): [*SECOND], ("definitief", None): [*AGREED]}
    assert all(type(row["waarde"]) is int and row["datum"] == datetime(2026, 11, 22) for row in rows)
    assert {(row["van_papier"], row["verslag_definitief"]) for row in rows} == {(False, True)}
    told = table(garden.home / "uit.csv")
    assert [int(row["waarde"]) for row in told] == [row["waarde"] for row in rows]
    assert {(row["meting"], row["datum"], row["verslag_definitief"]) for row in told} == {(ref, "2026-11-22", "ja")}
    found = tree(garden.home).measurements[0]
    assert [one.value for one in found.answers] == [row["waarde"] for row in rows]
    assert (found.ref, found.date, found.definitive, found.comparison) == (ref, "2026-11-22", True, None)
    total = next(one for one in found.figures if one.kind == "totaal")
    with garden.open() as ws:
        assert total.mean == plain(ws.outcome(ref).scores.total.value)  # type: ignore[union-attr]
    means = {row["titel"]: row for row in sheet(garden.home, "Gemiddelden")}
    assert means[total.title]["gemiddelde"] == float(total.mean or 0)
    assert means[total.title]["gemiddelde_exact"] == total.exact
    (action,) = sheet(garden.home, "Actiepunten")
    assert (action["tekst"], action["klaar_op"], action["stand"]) == ("Regenton kopen", datetime(2027, 3, 1), "loopt")
    assert action["hoort_bij"] == "aanbeveling 1"
    assert action["wie"] != "Carla Courgette"
    texts = {(one["soort"], one["tekst"]) for one in sheet(garden.home, "Toelichtingen en opmerkingen")}
    assert {("reden", "Samen besproken."), ("aanbeveling", "Vang regen op.")} <= texts
    assert ("sterk punt", "Veel buren.") in texts
    assert [row["tekst"] for row in table(garden.home / "uit-toelichtingen.csv")] == [
        one["tekst"] for one in sheet(garden.home, "Toelichtingen en opmerkingen")
    ]


def test_raw_notes_names_of_people_and_texts_that_nobody_asked_for_are_in_no_form(garden: Garden) -> None:
    with garden.open() as ws:
        first = garden.story(ws)
        people = (Assessor("Evert Es"), Assessor("Bob Biet"))
        ref = ws.start("tuin", first.split("/")[0], day=date(2027, 11, 22), people=people, follows=first)
        for code in (one.id for one in ws.see(ref).record.envelope.person):
            ws.change(ref, "scoren", answers(FIRST), person=code)
            ws.seal(ref, code)
        for form in FORMS:
            export(ws, garden.home, form)
    told = tree(garden.home).measurements[1].comparison
    assert told is not None
    assert "Andere tuinkeurders: toen a1 en a2, nu a2 en a3." in told.differs
    text = said(garden.home)
    assert "Evert" not in text
    for absent in ("pomp lekt", "Anna", "Bob", "Dina", "Carla", "Samen besproken", "Vang regen op", "Over item 1"):
        assert absent not in text, absent
    with garden.open() as ws:
        for form in FORMS:
            export(ws, garden.home, form, texts=True)
    text = said(garden.home)
    assert "Samen besproken" in text
    for absent in ("pomp lekt", "Anna", "Bob", "Dina", "Carla"):
        assert absent not in text, absent


def hostile_story(garden: Garden, ws: Workspace, texts: tuple[str, ...]) -> str:
    """A record with these texts wherever somebody can write."""
    rows = iter(texts * 20)
    ref = garden.begin(ws, name="=1+1 De Hoop")
    ws.change(
        ref, "toelichting", {"text": next(rows), "explanation": [{"item": "1", "text": text} for text in texts[:1]]}
    )
    for code, scores in (("a1", FIRST), ("a2", SECOND)):
        sheet = answers(scores)
        ws.change(ref, "scoren", {"answer": [{**row, "note": next(rows)} for row in sheet["answer"]]}, person=code)
        ws.seal(ref, code)
    ws.change(ref, "eens-worden", {"answer": [{**row, "note": next(rows)} for row in answers(AGREED)["answer"]]})
    points = [{"id": f"s{number}", "text": text} for number, text in enumerate(texts)]
    ws.change(ref, "conclusies", {"strength": points})
    chosen = [{"id": f"x{number}", "text": text, "note": text} for number, text in enumerate(texts)]
    ws.change(ref, "acties", {"date": date(2026, 11, 22), "action": chosen})
    return ref


def test_what_was_typed_comes_out_as_typed_and_does_nothing(garden: Garden) -> None:
    texts = tuple(text for text in (*HOSTILE, *INJECTED) if "\ud800" not in text)
    with garden.open() as ws:
        hostile_story(garden, ws, texts)
        kept = {
            row["text"]
            for row in ws.see(ws.assessments(ws.organisations()[0][0])[0]).record.shared["conclusies"]["strength"]
        }
        for form in FORMS:
            export(ws, garden.home, form, texts=True)
    wanted = {clean(text) for text in kept}
    assert len(wanted) >= len(texts) - 2
    book = openpyxl.load_workbook(garden.home / "uit.xlsx")
    for part in book:
        for row in part.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (part.title, cell.coordinate)
                assert cell.hyperlink is None
    read = {row["tekst"] for row in sheet(garden.home, "Toelichtingen en opmerkingen") if row["soort"] == "sterk punt"}
    assert {breaks(one) for one in read} == wanted
    shown = {row["tekst"] for row in table(garden.home / "uit-toelichtingen.csv") if row["soort"] == "sterk punt"}
    assert shown == wanted
    raw = (garden.home / "uit-toelichtingen.csv").read_text("utf-8")
    for line in csv.reader(io.StringIO(raw, newline=""), delimiter=";"):
        assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\uff1d") for cell in line), line
    told = {one.text for one in tree(garden.home).measurements[0].texts if one.kind == "sterk punt"}
    assert told == wanted
    with zipfile.ZipFile(garden.home / "uit.xlsx") as packed:
        names = packed.namelist()
        assert not [name for name in names if "vba" in name or "externalLink" in name or "media" in name]
        parts = [packed.read(name) for name in names if "worksheets/sheet" in name and name.endswith(".xml")]
    assert parts
    assert not [one for one in parts if b"<f>" in one or b"<hyperlink" in one or b"<rPr" in one or b"<is><r>" in one]


def breaks(text: str) -> str:
    """A text of a sheet as Excel shows it: openpyxl leaves the escape of an escape in inline texts as it is."""
    return re.sub("_x005F_(?=x[0-9A-Fa-f]{4}_)", "_", text.replace("\r\n", "\n"))


def test_a_spreadsheet_shows_the_texts_and_reckons_nothing(garden: Garden, tmp_path: Path) -> None:
    need("soffice")
    with garden.open() as ws:
        hostile_story(garden, ws, CALCULATED)
        export(ws, garden.home, "xlsx", texts=True)
    form = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true,false,false,-1"
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profiel", "--headless", "--convert-to", form]
    command += ["--outdir", str(tmp_path / "om"), str(garden.home / "uit.xlsx")]
    subprocess.run(command, check=True, timeout=120, stdin=subprocess.DEVNULL, capture_output=True)
    (made,) = (tmp_path / "om").glob("*Actiepunten.csv")
    with made.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert tuple(row["tekst"] for row in rows) == CALCULATED
    assert {row["organisatienaam"] for row in rows} == {"=1+1 De Hoop"}
    (scores,) = (tmp_path / "om").glob("*Scores.csv")
    with scores.open(encoding="utf-8", newline="") as file:
        assert [row["waarde"] for row in csv.DictReader(file, delimiter=";")][:5] == [str(one) for one in FIRST]


def test_before_the_reveal_the_files_are_the_same_whatever_was_given(garden: Garden) -> None:
    def made(scores: tuple[int, ...], note: str, name: str) -> dict[str, bytes]:
        one = garden.beside(name)
        with one.open() as ws:
            ref = one.begin(ws)
            one.prepare(ws, ref)
            ws.change(ref, "scoren", answers(scores, note), person="a2")
            ws.seal(ref, "a2")
            ws.change(ref, "scoren", answers((*FIRST[:4], 5)), person="a1")
            for form in FORMS:
                export(ws, garden.home, form, texts=True)
        found = {path.name: path.read_bytes() for path in sorted(garden.home.glob("uit*"))}
        for path in garden.home.glob("uit*"):
            path.unlink()
        return found

    high, low = made((5, 5, 5, 5, 5), "GEHEIM", "hoog"), made((1, 2, 1, 2, 1), "VERBORGEN", "laag")

    def plain_of(files: dict[str, bytes]) -> dict[str, object]:
        text = json.loads(files["uit.json"])
        assert text["measurements"][0]["answers"] == []
        return {name: data for name, data in files.items() if name != "uit.xlsx"}

    assert plain_of(high) == plain_of(low)
    assert high["uit.xlsx"] == low["uit.xlsx"], "the same bytes, so nothing of a sheet is in it"


def test_of_a_portfolio_only_what_is_for_everyone_goes_along(tmp_path: Path, packages: Path) -> None:
    kas = Greenhouse(tmp_path, packages)
    evidence = [
        {"title": "Brief aan mijn vader", "note": SECRET},
        {"title": "Voor de meesters", "readers": ["meester"]},
        {"title": "Voor iedereen", "kind": "opname", "items": ["2.1"], "readers": ["everyone"]},
    ]
    with kas.open() as ws:
        ref = kas.begin(ws)
        ws.change(ref, "bewijs", {"evidence": evidence}, person=CODE)
        ws.change(ref, "zelf", SELF, person=CODE)
        for code in ("a1", "a2"):
            ws.change(ref, "eind", judged("deels", "aangetoond", "nog-niet"), person=code)
        ws.seal(ref, "a1", step="eind")
        for form in FORMS:
            export(ws, kas.home, form, texts=True)
        text = said(kas.home)
        for absent in (SECRET, "Brief aan", "Voor de meesters", "Elke ochtend", PUPIL):
            assert absent not in text, absent
        found = tree(kas.home).measurements[0]
        assert [(one.phase, one.rater, one.item, one.value) for one in found.answers] == [
            ("zelfbeoordeling", CODE, "1.1", "deels"),
            ("zelfbeoordeling", CODE, "1.2", "aangetoond"),
            ("zelfbeoordeling", CODE, "2.1", "nog-niet"),
        ]
        assert [(one.title, one.items) for one in found.evidence] == [("Voor iedereen", ("2.1",))]
        ws.seal(ref, "a2", step="eind")
        export(ws, kas.home)
    phases = {(one.step, one.phase, one.rater) for one in tree(kas.home).measurements[0].answers}
    assert {("zelf", "zelfbeoordeling", CODE), ("eind", "apart", "a1"), ("eind", "apart", "a2")} <= phases


def test_a_verdict_and_its_conditions_have_a_sheet(tmp_path: Path, packages: Path) -> None:
    trail = Trail(tmp_path, packages)
    with trail.open() as ws:
        ref = trail.begin(ws)
        trail.answered(ws, ref, ehbo=False)
        condition = {"id": "w1", "text": "=Een diploma", "who": GIJS, "due": "10-1-2027", "note": "Bij de post."}
        ws.change(ref, STEP, {"value": "voorlopig", "reason": "Omdat.", "condition": [condition]})
        export(ws, trail.home, "xlsx")
        (verdict,) = sheet(trail.home, "Oordelen")
        assert (verdict["oordeel"], verdict["oordeel_titel"]) == ("voorlopig", "klaar onder voorwaarden")
        assert verdict["motivering"] is None
        (one,) = sheet(trail.home, "Actiepunten")
        assert (one["soort"], one["tekst"], one["stand"]) == ("voorwaarde", "=Een diploma", "open")
        assert (one["klaar_op"], one["wie"], one["opmerking"]) == (datetime(2027, 1, 10), "a1", None)
        export(ws, trail.home, "xlsx", texts=True)
        assert sheet(trail.home, "Oordelen")[0]["motivering"] == "Omdat."
        assert sheet(trail.home, "Actiepunten")[0]["opmerking"] == "Bij de post."
        export(ws, trail.home, names=False, entitled=True)
    found = tree(trail.home).measurements[0]
    assert (found.actions, found.verdicts[0].reason, found.verdicts[0].value) == ((), None, "voorlopig")


def test_who_is_locked_is_left_out_and_counted(tmp_path: Path, packages: Path) -> None:
    kas = Greenhouse(tmp_path, packages)
    with kas.open() as ws:
        ref = kas.begin(ws)
        slug = ref.split("/")[0]
        ws.add_subject(slug, "s2", "Wim Wilg", kind="student")
        other = ws.start("kas", slug, day=date(2026, 9, 2), subject="s2", parameters={"niveau": 1}, people=())
        ws.encrypt_student(slug, CODE, "een lang wachtwoord")
        done = export(ws, kas.home)
        assert (done.measurements, done.locked, done.unreadable) == (1, 1, ())
        assert [one.ref for one in tree(kas.home).measurements] == [other]
        assert "Weggelaten, want op slot: 1 student." in tree(kas.home).about
        error = refusal(lambda: export(ws, kas.home, "csv", refs=(ref,)))
        assert error.code == "nothing-to-export"
        assert not (kas.home / "uit.csv").exists()


def test_a_record_that_cannot_be_read_is_told_and_left_out(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.story(ws)
        slug = ref.split("/")[0]
        other = ws.take_over("tuin", slug, answers(AGREED), day=date(2025, 1, 1), source="Map")
        (garden.folder(ref) / "eens-worden.toml").write_text("dit = is [geen toml", "utf-8")
        done = export(ws, garden.home)
        assert (done.measurements, done.unreadable) == (1, (ref,))
        assert [one.ref for one in tree(garden.home).measurements] == [other]


def eight(garden: Garden) -> Workspace:
    """Five organisations with two records each, the later after the earlier, in this order."""
    with garden.open() as ws:
        for number, name in enumerate(("Acaciahof", "Berkenhof", "Cederhof", "Dennenhof", "Eikenhof")):
            slug = ws.add_organisation(name, clients=70 + number)
            day = date(2025, 1, 1) + timedelta(days=number)
            given = answers((1 + number, 2, 3, 4, 5))
            first = ws.take_over("tuin", slug, given, day=day, source=f"Map van {name}")
            ws.take_over("tuin", slug, answers(AGREED), day=day.replace(year=2026), source="Map", follows=first)
        return ws


def test_without_names_nothing_tells_who_it_is_nor_on_which_day(garden: Garden) -> None:
    ws = eight(garden)
    for form in FORMS:
        export(ws, garden.home, form, names=False)
    text = said(garden.home).replace("tuinmeter", "").lower()
    for absent in ("acacia", "berken", "ceder", "dennen", "eiken", "map van", "2025-01-0", "2026-01-0", "sha256"):
        assert absent not in text, absent
    found = tree(garden.home)
    assert {one.organisation for one in found.measurements} == set("ABCDE")
    assert {one.date for one in found.measurements} == {"2025-01", "2026-01"}
    assert not found.names
    later = [one.comparison for one in found.measurements if one.comparison]
    known = {one.ref for one in found.measurements}
    assert len(later) == 5
    assert all(one.before in known for one in later)
    order = [one.answers[0].value for one in found.measurements if one.comparison is None]
    assert [one.organisation for one in found.measurements] == sorted(one.organisation for one in found.measurements)
    assert sorted(order, key=str) == [1, 2, 3, 4, 5]


def test_without_names_a_small_group_needs_a_word_that_one_is_entitled(garden: Garden) -> None:
    ws = eight(garden)
    four = tuple(slug for slug, _ in ws.organisations())[:4]
    error = refusal(lambda: export(ws, garden.home, names=False, organisations=four))
    assert error.code == "group-too-small"
    assert not list(garden.home.glob("uit*"))
    export(ws, garden.home, names=False, organisations=four, entitled=True)
    assert [line for line in tree(garden.home).about if "bevoegd" in line]
    assert refusal(lambda: export(ws, garden.home, names=False, texts=True)).code == "options-mixed"


def test_the_codebook_knows_every_column_code_and_reason(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.prepare(ws, ref)
        for code in ("a1", "a2"):
            ws.change(ref, "scoren", answers((1, 2, "niet gezien", 4, 5)), person=code)
            ws.seal(ref, code)
        export(ws, garden.home, "csv", texts=True)
    book = table(garden.home / "uit-codeboek.csv")
    known = {(row["soort"], row["hoort_bij"], row["code"]) for row in book}
    rows = table(garden.home / "uit.csv")
    for column in rows[0]:
        assert ("kolom", "Scores", column) in known
    for column in table(garden.home / "uit-toelichtingen.csv")[0]:
        assert ("kolom", "Toelichtingen en opmerkingen", column) in known
    for row in rows:
        assert ("stap", "", row["stap"]) in known
        assert ("fase", "fase", row["fase"]) in known
        assert ("deel", "", row["deel"]) in known
        assert ("item", row["deel"], row["item"]) in known
        assert ("schaal", "", row["schaal"]) in known
        assert not row["waarde"] or ("waarde", row["schaal"], row["waarde"]) in known
        assert not row["reden_ontbreekt"] or ("reden", row["schaal"], row["reden_ontbreekt"]) in known
    assert {row["reden_ontbreekt"] for row in rows} == {"", "niet gezien"}
    assert all(row["uitleg"] for row in book if row["soort"] in ("kolom", "fase", "waarde", "reden"))


def test_the_same_records_give_the_same_bytes(garden: Garden) -> None:
    with garden.open() as ws:
        garden.story(ws)
        first = [(export(ws, garden.home, form), (garden.home / f"uit.{form}").read_bytes())[1] for form in FORMS]
        again = [(export(ws, garden.home, form), (garden.home / f"uit.{form}").read_bytes())[1] for form in FORMS]
    assert first == again


def stop_at(number: int) -> Callable[[int, int], None]:
    def progress(done: int, of: int) -> None:
        if done == number:
            raise KeyboardInterrupt

    return progress


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("there", [False, True])
def test_who_stops_half_way_has_no_half_file(garden: Garden, form: str, there: bool) -> None:
    ws = eight(garden)
    desk = garden.home / "bureau"
    desk.mkdir()
    wish = Wish(path=desk / f"uit.{form}", form=form, everything=True, overwrite=there)  # type: ignore[arg-type]
    if there:
        for path in files_of(wish):
            path.write_text("wat er stond", "utf-8")
    before = {path.name: path.read_bytes() for path in desk.iterdir()}
    with pytest.raises(KeyboardInterrupt):
        ws.export_data(wish, progress=stop_at(4))
    assert {path.name: path.read_bytes() for path in desk.iterdir()} == before
    ws.export_data(wish)
    assert sorted(path.name for path in desk.iterdir()) == sorted(path.name for path in files_of(wish))


def test_nothing_is_overwritten_without_a_yes_not_even_a_codebook(garden: Garden) -> None:
    ws = eight(garden)
    (garden.home / "uit-codeboek.csv").write_text("van mij", "utf-8")
    wish = Wish(path=garden.home / "uit.csv", form="csv", everything=True)
    assert refusal(lambda: ws.export_data(wish)).code == "file-exists"
    assert (garden.home / "uit-codeboek.csv").read_text("utf-8") == "van mij"
    assert not (garden.home / "uit.csv").exists()


@pytest.fixture(autouse=True)
def nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Parts of a workbook hold what the workbook holds."""
    place = tmp_path / "tijdelijk"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    yield
    assert list(place.glob("kwartier-*")) == []
