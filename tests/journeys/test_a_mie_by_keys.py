"""A whole MIE through the app alone, by keys and some clicks, on a small and on a large terminal."""

from __future__ import annotations

import pytest
from tests.journeys import mie_before_scoring as first
from tests.journeys import mie_from_scoring as then
from tests.journeys.keyboard import Folder


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=["80x24", "160x45"])
async def test_a_mie_from_the_first_visit_to_the_next_measurement(folder: Folder, size: tuple[int, int]) -> None:
    async with folder.sits_down(size) as player:
        await first.new_organisation(player)
        await first.new_measurement(player)
        await first.prepare(player)
        await first.participants(player)
        await first.interview(player)
        await first.second_notes(player)
        await first.explain(player)
        await then.score_apart(player)
        await then.agree(player)
        await then.conclude(player)
        await then.skip_fact_check(player)
        await then.report(player)
        await then.feed_back(player)
        await then.act(player)
        await then.next_time(player)
        await then.at_the_start_again(player)
    assert not folder.workspace().check().problems
