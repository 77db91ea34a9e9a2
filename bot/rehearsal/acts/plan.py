"""Friday 29 May, in the afternoon: an exchange visit is planned from a playbook, and moved by a week."""

from bot.rehearsal.messages import Message
from bot.rehearsal.stage import Stage
from bot.rehearsal.tongues import reads

WHO = "coordinator"
VISIT = "Exchange visit of trainers"
NOVEMBER = 6
"""Leaves of the calendar from May on."""


def _newest(stage: Stage) -> Message:
    return stage.server.world.from_bot(stage.cast[WHO])[-1]


async def _presses(stage: Stage, message: Message, *buttons: str) -> None:
    for button in buttons:
        await stage.presses(WHO, message, button)


async def started(stage: Stage) -> None:
    """A playbook becomes an activity with all its tasks, dated from the days of the visit."""
    stage.transcript.chapter("A visit is planned from a playbook, and moved")
    await stage.says(WHO, "/playbook", private=True)
    page = _newest(stage)
    await _presses(stage, page, VISIT, "Start", *("›",) * NOVEMBER, "9", "20", "Vientiane")
    await _presses(stage, page, "Exchange of trainers", VISIT, "Begin")
    stage.expect(stage.said("group", "培训教师互访"), "the group reads of the visit in its own languages")
    stage.expect(reads(stage.card("A1", WHO).text, "planned"), "A1 is planned: nothing of it has begun")


async def moved(stage: Stage) -> None:
    """The visit comes a week later, and its open steps with it."""
    await stage.says(WHO, "/a1", private=True)
    card = _newest(stage)
    await _presses(stage, card, "Change", "Period", "16", "27")
    stage.expect(stage.said("group", "22"), "the open steps moved along")
    await stage.says("vte_focal", "/plan")


async def play(stage: Stage) -> None:
    """The whole chapter."""
    await started(stage)
    await moved(stage)
