"""Monday 1 June: an exchange visit is planned from a playbook, and moved by a week."""

from bot.rehearsal.messages import Message
from bot.rehearsal.stage import Stage
from bot.rehearsal.tongues import reads

WHO = "coordinator"
VISIT = "Exchange visit of trainers"
NOVEMBER = 5
"""Leaves of the calendar from June on."""


def _newest(stage: Stage) -> Message:
    return stage.server.world.from_bot(stage.cast[WHO])[-1]


async def started(stage: Stage) -> None:
    """A playbook becomes an activity with all its tasks, dated from the days of the visit."""
    stage.transcript.chapter("A visit is planned from a playbook, and moved")
    await stage.until(6, 1, 9, 30)
    await stage.says(WHO, "/playbook", private=True)
    page = _newest(stage)
    await stage.walks(WHO, page, VISIT, "Start", *("›",) * NOVEMBER, "9", "20", "Vientiane")
    await stage.walks(WHO, page, "Exchange of trainers", VISIT, "Begin")
    stage.expect(stage.said("group", "培训教师互访"), "the group reads of the visit in its own languages")
    stage.expect(reads(stage.card("A1", WHO).text, "planned"), "A1 is planned: nothing of it has begun")


async def moved(stage: Stage) -> None:
    """The visit comes a week later, and its open steps with it."""
    await stage.says(WHO, "/a1", private=True)
    card = _newest(stage)
    await stage.walks(WHO, card, "Change", "Period", "16", "27")
    told = stage.finds("group", "T10: Fri 31 Jul → Fri 7 Aug").text
    stage.expect(all(f"T{number}" in told for number in range(10, 32)), "the group reads which steps moved, all 22")
    stage.expect(reads(told, "T16: Thu 24 Sep → Wed 30 Sep"), "no step moved onto the National Day of Kunming")
    await stage.says("vte_focal", "/plan")


async def play(stage: Stage) -> None:
    """The whole chapter."""
    await started(stage)
    await moved(stage)
