"""The pages for developers say what is so: every example runs, every key is there, every name exists."""

from __future__ import annotations

import os
import re
import runpy
import shlex
import subprocess
import sys
from datetime import date
from decimal import Decimal
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import tomli

import kwartier.api
from kwartier.instrument.checking import check_content
from kwartier.instrument.model import Content
from kwartier.instrument.reading import content_of
from kwartier.plugins.host import Host
from kwartier.plugins.implementations import hook_mistakes
from kwartier.records import files as record_files
from kwartier.reports.document import Bullets, Callout, Chart, ChartRow, Document, Heading, Paragraph, Table
from kwartier.testing import check_instrument
from kwartier.workflow.forms import FORMS

PAGES = Path(__file__).resolve().parents[2] / "docs" / "developers"
NAMES = sorted(path.name for path in PAGES.glob("*.md"))
BLOCK = re.compile(r"^```(\w*)[ ]?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """A block of code of a page: its language, the file it is to be, its text."""

    language: str
    file: str
    text: str


def page(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


def examples(name: str) -> list[Example]:
    return [Example(*found.groups()) for found in BLOCK.finditer(page(name))]


def anchor(heading: str) -> str:
    """What a link to a heading is called."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def test_the_pages_are_there() -> None:
    assert {"README.md", "instrument.md", "content.md", "hooks.md", "records.md", "architecture.md"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere(name: str) -> None:
    text = BLOCK.sub("", page(name))
    for target in re.findall(r"\]\(([^)]+)\)", text):
        file, _, place = target.partition("#")
        found = (PAGES / file).resolve() if file else PAGES / name
        assert found.exists(), target
        if place:
            headings = [
                anchor(one) for one in re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            ]
            assert place in headings, target


@pytest.mark.parametrize("name", [name for name in NAMES if "`" in (PAGES / name).read_text(encoding="utf-8")])
def test_every_toml_and_python_example_can_be_read(name: str) -> None:
    for one in examples(name):
        if one.language == "toml":
            tomli.loads(one.text)
        if one.language == "python":
            compile(one.text, name, "exec")
        assert one.language in ("toml", "python", "sh", ""), one.language


def test_the_tables_of_keys_are_those_of_the_model() -> None:
    renewed = runpy.run_path(str(Path(__file__).with_name("make_content_reference.py")))
    assert page("content.md") == renewed["renewed"](page("content.md")), "run tests/plugins/make_content_reference.py"
    tables = set(re.findall(r"<!-- keys of (\w+) -->", page("content.md")))
    assert tables == set(renewed["structs"]())


def test_the_examples_of_the_content_are_one_valid_file() -> None:
    source = "\n".join(one.text for one in examples("content.md") if one.language == "toml" and not one.file)
    content = content_of(tomli.loads(source), "content.md", source)
    assert isinstance(content, Content) and check_content(content) == []
    assert {type(step) for step in content.step} == set(FORMS)


def test_the_schemas_stand_where_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = [one.text for one in examples("content.md") if one.language == "python"]
    exec(compile(code, "content.md", "exec"), {})
    folder = Path(capsys.readouterr().out.strip())
    (taplo,) = [tomli.loads(one.text) for one in examples("content.md") if one.file == ".taplo.toml"]
    for rule in taplo["rule"]:
        assert (folder / Path(rule["schema"]["path"]).name).is_file()


@pytest.mark.parametrize("code", [one.text for one in examples("hooks.md") if one.language == "python"])
def test_every_example_of_a_hook_works(code: str, shop: Any) -> None:
    import types

    module = types.ModuleType("voorbeeld")
    exec(compile(code, "hooks.md", "exec"), module.__dict__)
    assert hook_mistakes(module) == []
    name = shop.add("mijn", python=code, content=lambda text: text.replace('"toelichting"', '"toelichten"')).name
    assert [str(one) for one in check_instrument(name)] == []


def test_the_example_of_a_writer_writes_every_block() -> None:
    (code,) = [one.text for one in examples("hooks.md") if one.language == "python" and "FORMAT =" in one.text]
    module: dict[str, Any] = {}
    exec(compile(code, "hooks.md", "exec"), module)
    chart = Chart(kind="bars", caption="Lijn", alt="x", rows=(ChartRow(label="a", values=(Decimal(1),), told="een"),))
    blocks = (Heading(1, "Kop"), Paragraph("Zin"), Bullets(("punt",)), Callout("note", "Let"), chart)
    table = Table("Tabel", ("Kolom",), (("cel",),))
    made = Document(title="Titel", subject="Wie", date=date(2026, 11, 22), blocks=(*blocks, table))
    text = module["write"](made).decode()
    for told in ("Titel", "Wie", "Kop", "Zin", "punt", "Let", "a: een", "Tabel", "Kolom", "cel"):
        assert told in text


def test_every_name_that_the_pages_import_is_in_the_api() -> None:
    for name in NAMES:
        for one in examples(name):
            for names in re.findall(r"from kwartier\.api import (.*)", one.text):
                assert set(re.split(r",\s*", names)) <= set(kwartier.api.__all__)


def test_every_key_of_a_file_of_a_record_is_mentioned() -> None:
    text = page("records.md")
    for name in ("Envelope", "Person", "Departure", "Paper", *[form.file.__name__ for form in FORMS.values()]):
        for field in getattr(record_files, name).__struct_fields__:
            assert re.search(rf"\b{field}\b", text), (name, field)


class Journey:
    """The worked example: the package as the page has it, installed, and its commands in a shell of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.given = {one.file: one.text for one in examples("instrument.md") if one.file}
        for name, text in self.given.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self._install()
        self.variables = {
            **os.environ,
            "PYTHONPATH": str(folder / "src"),
            "KWARTIER_DATA": str(folder / "data"),
            "KWARTIER_DISABLE": "",
        }

    def _install(self) -> None:
        """What pip makes of pyproject.toml: the metadata, beside the package."""
        project = tomli.loads(self.given["pyproject.toml"])["project"]
        info = self.folder / "src" / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
        )
        points = project["entry-points"]
        lines = [
            line for group, rows in points.items() for line in (f"[{group}]", *(f"{a} = {b}" for a, b in rows.items()))
        ]
        (info / "entry_points.txt").write_text("\n".join(lines) + "\n")
        (info / "RECORD").write_text("")

    def run(self, line: str) -> str:
        program, *words = shlex.split(line)
        assert program == "kwartier"
        done = subprocess.run(
            [sys.executable, "-m", "kwartier", *words],
            cwd=self.folder,
            env=self.variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        return done.stdout


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    return Journey(tmp_path_factory.mktemp("worked-example"))


def test_the_worked_example_works_from_paper_to_report(journey: Journey) -> None:
    lines = [line for one in examples("instrument.md") if one.language == "sh" for line in one.text.splitlines()]
    told = {line: journey.run(line) for line in lines}
    assert "geopend" in told["kwartier instrumenten --laden"]
    assert len(lines) > 10
    report = (journey.folder / "verslag.md").read_text(encoding="utf-8")
    assert "De weg vinden" in report and "Het bord bij de lift hing er nog niet" in report


def test_the_worked_example_conforms(journey: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(journey.folder / "src"))
    name = "kwartier_wachtkamer"
    points = [point for dist in distributions(path=[str(journey.folder / "src")]) for point in dist.entry_points]
    assert Host(points=points, environ={}).open("wachtkamer").header.short == "Wachtkamer"
    assert [str(one) for one in check_instrument(name)] == []
    scope: dict[str, Any] = {}
    exec(journey.given["tests/test_wachtkamer.py"], scope)
    scope["TestWachtkamer"]().test_a_whole_record_can_be_made()


def test_the_examples_of_records_read_what_the_worked_example_made(
    journey: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = "huisartsen-noord/wachtkamer/2026-11-22"
    if not (journey.folder / "data").exists():
        test_the_worked_example_works_from_paper_to_report(journey)
    scope: dict[str, Any] = {}
    for one in examples("records.md"):
        if one.language == "python":
            exec(compile(one.text, "records.md", "exec"), scope)
    assert scope["definitive_scores"](journey.folder / "data", ref) == {"1": 3, "2": 4, "3": None}
    for name, value in journey.variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    told = scope["outcome"](ref)
    documented = set(re.findall(r"`(\w+)`", page("records.md").split("### The outcome", 1)[1]))
    assert set(told) & {"ref", "items", "sections", "agreement"} and {*told} - documented <= {
        "organisation_name",
        "paper",
    }
    assert documented - {"with", "met"} >= set(told["sections"][0])
    with pytest.raises(RuntimeError, match="geen meting"):
        scope["outcome"]("huisartsen-noord/wachtkamer/2025-01-01")
