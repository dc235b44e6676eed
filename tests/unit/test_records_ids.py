"""Ids that sort by the time they were made."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.records.ids import new_id
from kwartier.records.keys import natural

FORM = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2290, 1, 1), timezones=st.just(UTC))
"""As far as ten letters of time go."""


@given(MOMENTS, st.integers())
def test_every_id_has_one_form_and_length(now: datetime, seed: int) -> None:
    made = new_id(now, Random(seed))
    assert FORM.fullmatch(made)
    assert len(made) == 16


@given(MOMENTS, MOMENTS, st.integers())
def test_later_ids_sort_later(first: datetime, second: datetime, seed: int) -> None:
    chance = Random(seed)
    earlier, later = sorted((first, second))
    if later - earlier >= timedelta(milliseconds=1):
        assert new_id(earlier, chance) < new_id(later, chance)


def test_the_zone_of_the_clock_does_not_matter() -> None:
    now = datetime.fromisoformat("2026-11-22T16:20:00+01:00")
    assert new_id(now, Random(1)) == new_id(now.astimezone(UTC), Random(1))


def test_one_moment_gives_different_ids() -> None:
    now, chance = datetime(2026, 11, 22, tzinfo=UTC), Random(1)  # without a seed two of them are alike once in 130 runs
    assert len({new_id(now, chance) for _ in range(1000)}) == 1000


@pytest.mark.parametrize("now", [datetime(2026, 11, 22), datetime(1969, 12, 31, tzinfo=UTC)])
def test_a_moment_that_cannot_be_told_is_refused(now: datetime) -> None:
    with pytest.raises(ValueError, match="moment"):
        new_id(now, Random(1))


@given(MOMENTS, MOMENTS, st.integers())
def test_the_natural_order_of_ids_is_the_order_of_their_moments(first: datetime, second: datetime, seed: int) -> None:
    chance = Random(seed)
    earlier, later = sorted((first, second))
    if later - earlier >= timedelta(milliseconds=1):
        assert natural(new_id(earlier, chance)) < natural(new_id(later, chance))
