"""The conformance kit finds nothing in instruments that are well, and each thing that can be wrong with one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest

from kwartier.instrument.letters import blank_letter
from kwartier.instrument.model import Fact
from kwartier.instrument.reading import read_content
from kwartier.testing import InstrumentTests, check_instrument, loose_texts
from kwartier.testing.filling import Filling

from .conftest import SAMPLES

API = "from fractions import Fraction\nfrom kwartier.api import *\n"


@pytest.mark.parametrize("sample", ["tuin", "route", "gaard", "bakkerij"])
def test_the_sample_instruments_conform(sample: str, shop: Any) -> None:
    module = shop.add(sample, sample=sample).name
    for seed in (1, 2):
        assert [str(one) for one in check_instrument(module, seed=seed, trials=4)] == []


def test_the_test_class_runs_all_checks(shop: Any) -> None:
    name = shop.add().name

    class TestWell(InstrumentTests):
        module = name

    tests = [one for one in dir(TestWell) if one.startswith("test_")]
    assert len(tests) == 6
    for one in tests:
        getattr(TestWell(), one)()


def test_the_test_class_fails_with_the_problems(shop: Any) -> None:
    name = shop.add(python="import textual_is_er_niet").name

    class TestIll(InstrumentTests):
        module = name

    with pytest.raises(AssertionError, match="textual_is_er_niet"):
        TestIll().test_it_opens()
    with pytest.raises(AssertionError, match="textual_is_er_niet"):
        TestIll().test_a_whole_record_can_be_made()


def test_a_crosswalk_with_a_mistake_is_a_problem_and_one_without_is_none(shop: Any) -> None:
    package = shop.add("gaard", sample="gaard")
    good = (SAMPLES / "gaard" / "crosswalk.toml").read_text("utf-8")
    for text, found in ((good, 0), (good.replace('own = "2a"', 'own = "2z"', 1), 1)):
        (package / "crosswalk.toml").write_text(text, "utf-8")
        problems = check_instrument(package.name, trials=1)
        assert [one.check for one in problems] == ["crosswalk"] * found
        assert all("2z" in one.message and "crosswalk.toml:" in one.where for one in problems)


def test_a_letter_with_a_mistake_is_a_problem_and_one_without_is_none(shop: Any) -> None:
    package = shop.add("gaard", sample="gaard")
    (package / "letters").mkdir()
    good = blank_letter("brief", "gaard")
    for text, found in ((good, 0), (good.replace("{datum}", "{datun}"), 1), (good.replace('"brief"', '"ander"'), 1)):
        (package / "letters" / "brief.toml").write_text(text, "utf-8")
        problems = check_instrument(package.name, trials=1)
        assert [one.check for one in problems] == ["letter"] * found
        assert all("brief.toml" in one.where for one in problems)


def change(old: str, new: str, times: int = -1) -> Callable[[str], str]:
    def changed(text: str) -> str:
        assert old in text
        return text.replace(old, new, times)

    return changed


PROBLEMS: dict[str, tuple[dict[str, Any], str, str]] = {
    # what is installed, and the check and words of the problem that is found
    "not announced": ({"points": ""}, "entry-point", "no installed distribution"),
    "no header": ({"without": ("instrument.toml",)}, "header", "ontbreekt"),
    "an older agreement": ({"header": change("api = 1", "api = 0")}, "header", "versie 0"),
    "another id": ({"header": change('id = "tuin"', 'id = "bos"')}, "header", "heet 'bos'"),
    "a mistake in the content": ({"content": change('kind = "count"', 'kind = "tel"')}, "open", "tel"),
    "a control character": ({"content": change("Bodem", "Bo\\u0007dem")}, "open", "stuurteken"),
    "a package that raises": ({"python": "1 / 0"}, "open", "ZeroDivisionError"),
    "an import of the core": ({"python": "import kwartier.store.toml"}, "python", "imports kwartier.store.toml"),
    "an import from the core": ({"python": "from kwartier import errors"}, "python", "imports kwartier.errors"),
    "a screen": ({"python": "def f():\n    from click import echo"}, "python", "__init__.py:2: imports click"),
    "printing": ({"python": "print('hallo')"}, "python", "prints"),
    "answers without a meaning": (
        {"content": lambda text: change('title = "schraal", ', "")(text)},
        "content",
        "item 4: does not say what 2 means",
    ),
    "nobody to score": (
        {"content": change('by = "each"\nrole = "keurder"', 'by = "each"\nrole = "buur"')},
        "content",
        "step scoren: names no role of kind assessor",
    ),
    "what is fixed comes after the report": (
        {
            "content": change(
                '[[step]]\nid = "conclusies"',
                '[[step]]\nid = "eerst"\nform = "report"\ntitle = "V"\n\n[[step]]\nid = "conclusies"',
            )
        },
        "trial",
        "step conclusies: refused (definitive)",
    ),
    "a hook that raises": (
        {"python": f"{API}@hookimpl\ndef kwartier_score(answers):\n    return 1 / 0"},
        "trial",
        "ging fout in kwartier_score: ZeroDivisionError",
    ),
    "a hook that expects a full record": (
        {"python": f"{API}@hookimpl\ndef kwartier_check(record):\n    return record.shared['scoren']"},
        "trial",
        "ging fout in kwartier_check: KeyError",
    ),
    "a hook that gives the wrong kind": (
        {"python": f"{API}@hookimpl\ndef kwartier_report(record):\n    return ['een zin']"},
        "trial",
        "ging fout in kwartier_report: het gaf een str die niet klopt",
    ),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_each_problem_is_found(name: str, shop: Any) -> None:
    given, check, words = PROBLEMS[name]
    found = check_instrument(shop.add(**given).name, trials=1)
    assert any(one.check == check and words in str(one) for one in found), [str(one) for one in found]
    assert len(found) < 8


def test_an_item_that_is_never_asked_is_found(shop: Any) -> None:
    name = shop.add(
        "route",
        sample="route",
        content=change('een hele route."', 'een hele route."\nwhen = { niveau = [2] }'),
    ).name
    found = [str(one) for one in check_instrument(name, trials=1)]
    assert [one for one in found if "item 3.1" in one and "no choice of the parameters" in one], found


def test_made_up_facts_lie_within_their_bounds() -> None:
    content = read_content(b'schema = 1\n[[step]]\nid = "a"\nform = "report"\ntitle = "A"', "content.toml")
    filling = Filling(content, date(2026, 11, 22), Random(3))
    for low, high in ((None, None), (5, None), (None, 7), (-9, -3), (4, 4)):
        for kind in ("number", "count"):
            value = filling.fact(Fact(id="f", title="F", kind=kind, minimum=low, maximum=high))
            assert isinstance(value, float if kind == "number" else int)
            assert (low is None or value >= low) and (high is None or value <= high)


@pytest.mark.parametrize("text", ["", " ", "begin ", " begin", "twee  spaties", "een regel \nen nog een", "en\n  dan"])
def test_texts_with_a_space_too_many_are_found_by_their_place(text: str) -> None:
    tree = {"id": "tuin", "item": [{"title": "Goed zo.\nEn verder."}, {"anchors": ["Goed", text]}], "number": 3}
    assert list(loose_texts(tree)) == ["item[1].anchors[1]"]
