"""A task waits for the other side: its focal point says that their part is done, and the task goes on."""

from sqlmodel import col, select, update

from storage import journal
from storage.kinds import Role, TaskState
from storage.tables import Membership, Side, Task
from tests.e2e.test_nudging import given, kunming, reminders, vientiane

DONE = "Our part is done"
AHEAD = "our part is done, you can go on"


async def states(bed):
    async with bed.program.database.reading() as session:
        assert await journal.first_fault(session) is None
        return list((await session.exec(select(Task.state).order_by(Task.id))).all())


async def waits(bed):
    """A task of Vientiane that waits for Kunming, and its card in the group."""
    card = await given(bed)
    await bed.presses("vte_trainer", card, "With the other side")
    return card


async def test_by_the_focal_point_of_the_other_side_on_the_card(bed):
    card = await waits(bed)
    assert DONE in card.buttons
    assert "your part is done" in await bed.presses("kmg_focal", card, DONE)
    assert await states(bed) == [TaskState.IN_PROGRESS]
    assert card.text.startswith("T1 · in progress")
    assert "by the focal point" not in card.text, "it would be thought to be that of the task's own side"
    assert DONE not in card.buttons
    assert AHEAD in bed.last("vte_trainer").text
    await bed.presses("vte_trainer", bed.last("vte_trainer"), "Open T1")
    await bed.presses("kmg_focal", card, "History")
    assert "the other side's part is done" in card.text


async def test_by_nobody_of_the_side_that_waits_and_by_no_member(bed):
    card = await waits(bed)
    for who in ("vte_focal", "vte_trainer", "kmg_trainer", "observer"):
        assert "your part is done" not in await bed.presses(who, card, DONE)
    assert await states(bed) == [TaskState.WAITING]
    assert "the other side's part is done" in await bed.presses("coordinator", card, DONE)
    assert await states(bed) == [TaskState.IN_PROGRESS]
    assert "the other side's part is done, you can go on" in bed.last("vte_trainer").text


async def test_once(bed):
    card = await waits(bed)
    shown = card.json()
    press = bed.cast["kmg_focal"].presses(card, DONE)
    again = bed.cast["kmg_focal"].presses(card, DONE)
    await bed.settle()
    assert "your part is done" in press.toast
    assert "in progress" in again.toast
    assert shown["message_id"] == card.message_id
    assert await states(bed) == [TaskState.IN_PROGRESS]


async def test_in_the_reminder_that_crosses_the_border(bed):
    await waits(bed)
    await bed.at(kunming(4, 2))
    (nudge,) = reminders(bed, "kmg_focal")
    assert nudge.buttons == ["T1: our part is done", "Open T1"]
    assert "your part is done" in await bed.presses("kmg_focal", nudge, "T1: our part is done")
    assert (nudge.buttons, "✓ T1" in nudge.text) == ([], True)
    assert await states(bed) == [TaskState.IN_PROGRESS]
    await bed.at(vientiane(4, 3))
    assert "T1" in reminders(bed, "vte_trainer")[-1].text, "its own person is asked again"


async def test_whom_no_private_message_reaches_hears_it_in_the_group_by_task_alone(bed):
    card = await waits(bed)
    bed.cast["vte_trainer"].blocks_bot()
    await bed.settle()
    await bed.presses("kmg_focal", card, DONE)
    assert "the other side did its part of T1" in bed.last(bed.group).text


async def test_every_reminder_says_that_it_waits_for_the_reader(bed):
    await given(bed)
    await bed.hears("vte_trainer", "/waiting T1 The stamp of the college")
    await bed.at(kunming(4, 2))
    await bed.at(kunming(4, 3))
    first, last = (nudge.text for nudge in reminders(bed, "kmg_focal"))
    assert "They wrote: The stamp of the college" in first
    assert "It waits for your side." in last
    assert "They wrote: The stamp of the college" in last


async def test_while_nobody_speaks_for_the_other_side_the_coordinator_is_asked(bed):
    async with bed.program.database.writing() as session:
        speaking = col(Membership.role).in_((Role.FOCAL_POINT, Role.ALTERNATE))
        theirs = select(Side.id).where(Side.name == "Kunming").scalar_subquery()
        await session.exec(update(Membership).where(speaking, Membership.side_id == theirs).values(role=Role.MEMBER))
    await waits(bed)
    await bed.at(vientiane(4, 2))
    (nudge,) = reminders(bed, "coordinator")
    assert "It waits for the other side." in nudge.text
    assert not reminders(bed, "kmg_focal")
