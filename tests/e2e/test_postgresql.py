"""The main job on PostgreSQL: the same bot, the same words, another database."""

from datetime import UTC, datetime

import pytest

from bot.settings import DatabaseSection


@pytest.fixture
def kept(postgres):
    return DatabaseSection(url=postgres.new())


async def test_a_decision_counts_once_both_sides_agreed(bed):
    card = await bed.hears("vte_trainer", "/decide We meet on the first Monday of each month.")
    await bed.presses("vte_focal", card, "Agree")
    assert bed.last(bed.group, "agreed by both sides") is None
    await bed.presses("kmg_focal", card, "Agree")
    assert bed.last(bed.group, "D1 is agreed by both sides") is not None


async def test_a_task_is_given_found_and_done(bed):
    card = await bed.hears("vte_trainer", "/task Draft the module outline @kmg_focal by 20 April")
    assert "T1" in card.text
    assert "T1" in (await bed.hears("kmg_focal", "/find outline")).text
    await bed.hears("kmg_focal", "/done T1")
    assert "T1" not in (await bed.hears("coordinator", "/tasks")).text


async def test_the_follow_up_comes_in_the_morning(bed):
    await bed.hears("vte_focal", "/task Send the list of trainers @vte_trainer by 2 April")
    await bed.at(datetime(2026, 4, 2, 2, 30, tzinfo=UTC))
    assert "T1" in bed.last("vte_trainer").text


async def test_started_again_it_goes_on_where_it_was(resting_bed):
    async with resting_bed.started():
        await resting_bed.hears("vte_trainer", "/decide Before.")
    async with resting_bed.started():
        assert "D2" in (await resting_bed.hears("vte_trainer", "/decide After.")).text
