"""The programme profile that comes along as an example: of the published structure, and without invented links."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import msgspec
import pytest
import tomli

from kwartier.instrument.profile import Profile


@pytest.fixture(scope="module")
def mex() -> Profile:
    """As it is found in the installed package."""
    text = (files("kwartier_leerplan") / "programmes" / "mex.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomli.loads(text), Profile)


def test_it_lies_over_level_seven_of_the_leerplan(mex: Profile) -> None:
    assert (mex.id, mex.instrument, mex.when) == ("mex", "leerplan", {"niveau": [7]})
    assert (mex.outcome_word, mex.item_words) == ("leeruitkomst", "leerresultaten")
    assert mex.scale == "" and mex.option == ()


def test_ten_outcomes_stand_under_five_tasks_two_each(mex: Profile) -> None:
    assert [task.id for task in mex.task] == [f"taak{n}" for n in range(1, 6)]
    assert [outcome.id for outcome in mex.outcome] == [f"lu{n}" for n in range(1, 11)]
    assert Counter(outcome.task for outcome in mex.outcome) == {f"taak{n}": 2 for n in range(1, 6)}


def test_modules_and_innovation_are_sixty_ec(mex: Profile) -> None:
    assert [module.ec for module in mex.module] == [6, 6, 6, 6, 6, 30]
    assert sum(module.ec or 0 for module in mex.module) == 60


def test_what_is_not_published_is_left_to_the_programme(mex: Profile) -> None:
    assert mex.link == () and not any(module.outcomes for module in mex.module)
    assert "niet gepubliceerd" in mex.note
    assert "taken 4 en 5 lopen over de drie kerntaken heen" in mex.note
