"""Two working groups beside each other: whatever is asked in one, no word of the other's records is an answer."""

from datetime import timedelta

import pytest

from bot.routes import COMMANDS, NUMBERED
from tests.e2e.neighbours import NEIGHBOURS, move_in

SECRET = "kerfuffle"
NAMES = [command.name for command in COMMANDS] + [f"{letter}1" for letter in NUMBERED]


@pytest.fixture
async def other(resting_bed):
    """The Telegram group of the neighbours; the first group has records of each kind."""
    group = await move_in(resting_bed)
    async with resting_bed.started():
        await filled(resting_bed)
        yield group


async def filled(bed):
    for words in (
        f"/decide We meet about the {SECRET}.",
        f"/task Write the {SECRET} down @kmg_focal by 3 April",
        f"/meet {SECRET} 9 April 10:00",
        f"/support a {SECRET} expert",
    ):
        await bed.hears("vte_focal", words)
    said = "".join(message.text for message in bed.said(bed.group))
    assert [letter for letter in "DTMS" if f"{letter}1 " not in said] == [], said


def heard(bed, other):
    """Everything that was said to the neighbours, files included."""
    theirs = {other.id, *(bed.cast[key].id for key in NEIGHBOURS)}
    return [str(call.params) for call in bed.server.log if call.ok and call.chat_id in theirs]


@pytest.mark.timeout(300)
async def test_no_command_of_one_group_answers_with_words_of_the_other(resting_bed, other):
    bed, who = resting_bed, resting_bed.cast["east_focal"]
    bed.server.limits.enabled = False
    for name in NAMES:
        for words in (f"/{name}", f"/{name} about", f"/{name} D1", f"/{name} T1"):
            who.writes(other, words)
            who.writes_private(words)
        await bed.settle()
    said = heard(bed, other)
    assert len(said) > len(NAMES), "they were answered"
    assert [each for each in said if SECRET in each] == []


async def test_no_week_of_one_group_tells_anything_of_the_other(resting_bed, other):
    bed = resting_bed
    bed.server.limits.enabled = False
    bed.cast["east_focal"].writes(other, "/task Prepare the hall @west_focal by 3 April")
    begun = bed.clock.now()
    for hours in range(0, 9 * 24, 3):
        await bed.at(begun + timedelta(hours=hours))
    said = heard(bed, other)
    assert [each for each in said if "reminder" in each], "they were told of their own"
    assert [each for each in said if SECRET in each] == []
