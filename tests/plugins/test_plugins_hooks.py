"""Hooks: every one is called, its answer is used, and what goes wrong in one never stops its user."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kwartier.analysis.scores import Mean
from kwartier.plugins import spec
from kwartier.plugins.implementations import hook_names
from kwartier.plugins.listing import State
from kwartier.reports import markdown
from kwartier.workspace import Assessor, Workspace
from kwartier.workspace.importing_values import Wish

ROOT = Path(__file__).resolve().parents[2]
API = "from fractions import Fraction\nfrom kwartier.api import *\nimport sys\n"
DAY = date(2026, 11, 22)
STEPS = ("scoren", "eens-worden")


def workspace(folder: Path, host: Any) -> Workspace:
    from kwartier.store.folder import DataFolder

    data = DataFolder.create_or_open(folder / "data")
    return Workspace(data, host=host, clock=lambda: datetime(2026, 11, 22, 12, tzinfo=UTC), random=Random(0))


def scored(ws: Workspace, *, value: int = 4, follows: str = "") -> str:
    """A record with two sealed sheets that say the same, agreed on."""
    slug = ws.organisations()[0][0] if ws.organisations() else ws.add_organisation("De Moestuin")
    people = (Assessor("Ank"), Assessor("Bo"))
    ref = ws.start("tuin", slug, day=DAY, people=people, follows=follows)
    for one in people:
        rows = [{"item": item, "value": value} for item in "12345"]
        ws.change(ref, "scoren", {"answer": rows}, person=one.name)
        ws.seal(ref, one.name)
    ws.change(ref, "eens-worden", {"answer": ws.proposals(ref)})
    return ref


RECORDING = (
    API
    + """
calls = []

@hookimpl
def kwartier_score(content, answers):
    calls.append(("kwartier_score", content, answers))
    figure = Mean(Fraction(42, 10), 5, 5)
    return Scores({section.id: figure for section in content.section}, figure, "eigen band") if answers else None

@hookimpl
def kwartier_suggest(content, facts):
    calls.append(("kwartier_suggest", content, facts))
    return [Suggestion("1", (4,), "Eigen reden.")]

@hookimpl
def kwartier_import(content, rows):
    calls.append(("kwartier_import", content, rows))
    found = [Row(row=n, organisation=row["tuin"], answers={"1": Answer(value=5)}) for n, row in enumerate(rows)]
    return Imported(rows=tuple(found))

@hookimpl
def kwartier_check(content, record):
    calls.append(("kwartier_check", content, record))
    yield Finding(id="eigen", level="reason", message="Dit vraagt een reden.", advice="Geef er een.")

@hookimpl
def kwartier_report(content, record, outcome):
    calls.append(("kwartier_report", content, record, outcome))
    return [Heading(1, "Eigen hoofdstuk"), Paragraph("Eigen woorden.")]
"""
)


def test_every_hook_is_called_and_its_answer_used_wherever_it_counts(shop: Any, tmp_path: Path) -> None:
    package = shop.add(python=RECORDING)
    ws = workspace(tmp_path, shop.host())
    before = scored(ws)
    ref = scored(ws, value=5, follows=before)
    assert ws.outcome(ref).scores.band == "eigen band"
    tree = ws.exported(ref, against=before)
    assert (tree["total"]["mean"], tree["band"]) == ("4.2", "eigen band")
    assert {one["mean_exact"] for one in tree["sections"]} == {"21/5"}
    assert ws.summary(ref).mean == "4.2"
    assert ws.compare(ref, before).after.scores.band == "eigen band"
    assert [one.id for one in ws.situation(ref).findings] == ["eigen"]
    report = markdown.write(ws.document(ref))
    assert "## Eigen hoofdstuk\n\nEigen woorden." in report
    assert "4,2" in report and "eigen band" in report and "Dit vraagt een reden." in report

    assert [one.reason for one in ws.suggestions(ref)] == ["Eigen reden."]

    (tmp_path / "oud.csv").write_text("tuin;cijfer\nDe Es;10\n")
    seen = ws.preview_tables(Wish(instrument="tuin", files=(tmp_path / "oud.csv",), dates=("2024-05-01",)))
    assert ws.import_tables(seen).made == ("de-es/tuin/2024-05-01",)
    assert [one.value for one in ws.outcome("de-es/tuin/2024-05-01").answers().values() if one.value] == [5]

    calls = inspect.getmodule(shop.host().open("tuin").hooks._manager.get_plugin("tuin")).calls  # type: ignore[union-attr]
    assert {name for name, *_ in calls} == set(hook_names())
    assert package.name in str(inspect.getmodule(shop.host().open("tuin").hooks._manager.get_plugin("tuin")))


def test_a_reason_for_a_finding_of_a_plugin_is_kept_and_shown(shop: Any, tmp_path: Path) -> None:
    shop.add(python=RECORDING)
    ws = workspace(tmp_path, shop.host())
    ref = scored(ws)
    ws.give_reason(ref, "eigen", "Omdat het kon.")
    (finding,) = ws.situation(ref).findings
    assert finding.reason == "Omdat het kon." and not finding.open


def test_a_hook_that_gives_nothing_leaves_it_to_the_host(shop: Any, tmp_path: Path) -> None:
    shop.add(python=f"{API}@hookimpl\ndef kwartier_score(content): return None")
    ws = workspace(tmp_path, shop.host())
    scores = ws.outcome(scored(ws)).scores
    assert scores.band == "hoog" and scores.total == Mean(Fraction(4), 5, 5)


def test_hooks_see_nothing_that_is_not_revealed(shop: Any, tmp_path: Path) -> None:
    python = f"{API}seen = []\n" + "".join(
        f"@hookimpl\ndef {name}({args}):\n    seen.append(repr(({args})))\n    return {empty}\n"
        for name, args, empty in (
            ("kwartier_score", "content, answers", None),
            ("kwartier_check", "content, record", []),
            ("kwartier_report", "content, record, outcome", []),
        )
    )
    shop.add(python=python)
    host = shop.host()
    ws = workspace(tmp_path, host)
    slug = ws.add_organisation("De Moestuin")
    ref = ws.start("tuin", slug, day=DAY, people=(Assessor("Ank"), Assessor("Bo")))
    rows = [{"item": item, "value": 2, "note": "GEHEIM"} for item in "12345"]
    ws.change(ref, "scoren", {"answer": rows}, person="Ank")
    ws.seal(ref, "Ank")
    bo = ws.code_of(ref, "Bo")
    ws.situation(ref, viewer=bo)
    ws.exported(ref, viewer=bo)
    ws.summary(ref)
    ws.document(ref)
    seen = host.open("tuin").hooks._manager.get_plugin("tuin").seen
    assert len(seen) > 4 and not any("GEHEIM" in one for one in seen)


RESULTS = {
    "kwartier_score": [
        *("'3,2'", "4", "{'A': 3}", "[1]", "Scores", "Mean(Fraction(1), 1, 1)"),
        *("Scores(None, Unknown('x'))", "Scores({}, None)", "Scores({}, 3.2)", "Scores({}, Mean(3.2, 5, 5))"),
        *("Scores({'A': None}, Unknown('x'))", "Scores({'Z': Unknown('x')}, Unknown('x'))", "Scores({}, Unknown(3))"),
        "Scores({}, Unknown('x'), band=3)",
    ],
    "kwartier_check": [
        *("'let op'", "3", "{'id': 'x'}", "['let op']", "[None]", "[Paragraph('x')]", "Finding"),
        *("[Finding(id='x', level='error', message='m')]", "[Finding(id='x', level='remark', message=None)]"),
        *("(Finding(id='x', level='remark', message='m') for _ in iter(int, 1))", "[sys]"),
    ],
    "kwartier_report": [
        *("'tekst'", "3", "['tekst']", "[None]", "[Paragraph(None)]", "[Paragraph(['x'])]", "Paragraph"),
        *("[Table('t', ('a',), ((1,),))]", "[Callout('vloek', 'x')]", "[Finding(id='x', level='remark', message='m')]"),
        "[Bullets('losse letters')]",
    ],
}
RAISING = [
    "sys.exit(1)",
    "exec('raise ValueError(7)')",
    "exec('raise GeneratorExit')",
    "kwartier_niets()",
    "(lambda f: f(f))(lambda f: f(f))",
]
WRONG = [(hook, one) for hook, results in RESULTS.items() for one in [*results, *RAISING]]


@pytest.mark.parametrize(("hook", "result"), WRONG)
def test_a_hook_that_goes_wrong_says_so_in_its_place_and_stops_nobody(
    hook: str, result: str, shop: Any, tmp_path: Path
) -> None:
    shop.add(python=f"{API}@hookimpl\ndef {hook}(content):\n    return {result}\n")
    shop.add("heel", distribution="kwartier-heel")
    host = shop.host()
    ws = workspace(tmp_path, host)
    ref = scored(ws)
    went_wrong = f"et instrument 'tuin' ging fout in {hook}: "

    tree = json.loads(json.dumps(ws.exported(ref)))
    findings = [one.message for one in ws.situation(ref).findings]
    report = re.sub(r"\\(.)", r"\1", markdown.write(ws.document(ref)))
    assert ws.summary(ref).problem == ""
    assert [one["score"] for one in tree["items"]] == [4] * 5
    if hook == "kwartier_score":
        assert tree["total"] is None and went_wrong in tree["why"] and went_wrong in report
        assert [one["mean"] for one in tree["sections"]] == [None, None]
        assert ws.summary(ref).mean == ""
    else:
        assert tree["total"]["mean"] == "4.0" and tree["band"] == "hoog"
    assert any(went_wrong in one for one in findings) == (hook == "kwartier_check")
    assert went_wrong in report or hook == "kwartier_check"

    listing = host.listing("tuin")
    assert listing.state is State.BROKEN and went_wrong in listing.reason and "maker" in listing.advice
    assert (listing.distribution, listing.version) == ("kwartier-tuin", "1.2")
    # What its user is doing goes on, and so does everything else.
    ws.change(ref, "conclusies", {"text": "Het gaat goed."})
    ws.finalise(ref)
    assert host.open("heel").header.id == "heel" and host.listing("heel").state is State.ACTIVE


def test_stopping_with_control_c_in_a_hook_stops(shop: Any, tmp_path: Path) -> None:
    shop.add(python=f"{API}@hookimpl\ndef kwartier_score(content):\n    raise KeyboardInterrupt")
    ws = workspace(tmp_path, shop.host())
    with pytest.raises(KeyboardInterrupt):
        ws.outcome(scored(ws))


def test_two_instruments_do_not_hear_each_others_hooks(shop: Any, tmp_path: Path) -> None:
    shop.add(python=RECORDING)
    shop.add("heel", distribution="kwartier-heel")
    ws = workspace(tmp_path, shop.host())
    assert ws.outcome(scored(ws)).scores.band == "eigen band"
    slug = ws.organisations()[0][0]
    other = ws.start("heel", slug, day=DAY, people=(Assessor("Ank"), Assessor("Bo")))
    assert ws.situation(other).findings == ()
    assert ws.outcome(other).scores.band is None


HOOKS: list[Callable[..., Any]] = [getattr(spec.Hooks, name) for name in hook_names()]


@pytest.mark.parametrize("hook", HOOKS, ids=hook_names())
def test_every_hook_is_typed_dated_and_documented(hook: Callable[..., Any]) -> None:
    assert re.search(r"Since API [1-9][0-9]*\.", hook.__doc__ or "")
    parameters = list(inspect.signature(hook).parameters.values())[1:]
    assert parameters and all(one.annotation is not one.empty for one in parameters)
    page = (ROOT / "docs" / "developers" / "hooks.md").read_text(encoding="utf-8")
    section = page.split(f"## `{hook.__name__}`", 1)[1].split("\n## ", 1)[0]
    since = re.search(r"Since API [1-9][0-9]*", hook.__doc__ or "")
    assert since is not None and since[0] in section
    signature = f"def {hook.__name__}({', '.join(one.name + ': ' + str(one.annotation) for one in parameters)})"
    assert signature in section, signature
    assert all(f"`{one.name}`" in section for one in parameters)


def test_the_host_calls_no_hook_that_is_not_specified() -> None:
    source = (ROOT / "src" / "kwartier" / "plugins" / "hooks.py").read_text(encoding="utf-8")
    named = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    called = {name for name in named if isinstance(name, str) and name.startswith(spec.PREFIX)}
    assert called == set(hook_names())
