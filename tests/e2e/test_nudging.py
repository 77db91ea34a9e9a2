"""Follow-up over real HTTP: who hears what in which morning, the buttons below it, and what comes of silence."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import func, select

from bot.rehearsal.faults import FaultKind
from storage.kinds import TaskState
from storage.tables import Bundle, Nudge, Task
from tests.e2e.members import second_group

VIENTIANE, KUNMING = ZoneInfo("Asia/Vientiane"), ZoneInfo("Asia/Shanghai")
REMINDER = "friendly reminder"


def vientiane(month, day, hour=8, minute=6) -> datetime:
    """A moment of 2026 on the wall in Vientiane; by default just after work begins."""
    return datetime(2026, month, day, hour, minute, tzinfo=VIENTIANE).astimezone(UTC)


def kunming(month, day, hour=8, minute=6) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=KUNMING).astimezone(UTC)


def reminders(bed, who) -> list:
    """The bundles somebody got in private."""
    return [message for message in bed.said(bed.cast[who]) if REMINDER in message.text]


def mentions(bed) -> list:
    """The reminders that stand in the group."""
    return [message for message in bed.said(bed.group) if REMINDER in message.text]


async def states(bed) -> list[TaskState]:
    async with bed.program.database.reading() as session:
        return list((await session.exec(select(Task.state).order_by(Task.number, Task.part))).all())


async def number_of(bed, table) -> int:
    async with bed.program.database.reading() as session:
        return (await session.exec(select(func.count()).select_from(table))).one()


async def given(bed, words="Send the module plan", who="vte_trainer", by="2026-04-03"):
    """A task of one person, given by his own focal point."""
    return await bed.hears(f"{who.partition('_')[0]}_focal", f"/task {words} @{who} by {by}")


async def test_what_was_given_just_now_is_not_nudged_the_same_day(bed):
    await given(bed, by="2026-04-02")
    await bed.at(vientiane(4, 1, 15))
    assert reminders(bed, "vte_trainer") == []
    await bed.at(vientiane(4, 2))
    (nudge,) = reminders(bed, "vte_trainer")
    assert "Send the module plan" in nudge.text
    assert nudge.buttons == ["Done", "In progress", "Blocked", "Later", "With the other side"]


async def test_each_side_hears_in_its_own_morning(bed):
    await bed.hears("coordinator", "/task Send the plan @vte_trainer @kmg_alternate by 2026-04-03")
    told = []
    for moment in (kunming(4, 2, 7, 59), kunming(4, 2), vientiane(4, 2, 7, 59), vientiane(4, 2)):
        await bed.at(moment)
        told.append((len(reminders(bed, "vte_trainer")), len(reminders(bed, "kmg_alternate"))))
    assert told == [(0, 0), (0, 1), (0, 1), (1, 1)]
    assert "T1a" in reminders(bed, "vte_trainer")[0].text
    assert "T1b" in reminders(bed, "kmg_alternate")[0].text


@pytest.mark.parametrize(
    ("button", "toast", "state", "heading"),
    [
        pytest.param("Done", "T1 is done", TaskState.DONE, "T1 · done", id="done"),
        pytest.param("In progress", "T1: in progress", TaskState.IN_PROGRESS, "T1 · in progress", id="in progress"),
        pytest.param(
            "With the other side", "T1: with the other side", TaskState.WAITING, "T1 · with the other side", id="across"
        ),
    ],
)
async def test_an_answer_by_button_is_seen_everywhere(bed, button, toast, state, heading):
    card = await given(bed)
    await bed.at(vientiane(4, 2))
    (nudge,) = reminders(bed, "vte_trainer")
    assert toast in await bed.presses("vte_trainer", nudge, button)
    assert await states(bed) == [state]
    assert (nudge.buttons, "✓ T1" in nudge.text) == ([], True)
    assert heading in card.text
    await bed.at(vientiane(4, 2, 14))
    assert len(reminders(bed, "vte_trainer")) == 1


async def test_one_bundle_answered_piece_by_piece(bed):
    for words in ("Send the module plan", "Translate chapter 3", "Book the room"):
        await given(bed, words)
    await bed.at(vientiane(4, 2))
    (nudge,) = reminders(bed, "vte_trainer")
    await bed.presses("vte_trainer", nudge, "T2 done")
    assert [label for label in nudge.buttons if label.endswith("done")] == ["T1 done", "T3 done"]
    await bed.presses("vte_trainer", nudge, "More")
    await bed.presses("vte_trainer", nudge, "Blocked")
    await bed.hears("vte_trainer", "The form is missing.", private=True)
    await bed.presses("vte_trainer", nudge, "Back")
    await bed.presses("vte_trainer", nudge, "More")
    await bed.presses("vte_trainer", nudge, "Later")
    assert "again on Tue 7 Apr" in await bed.presses("vte_trainer", nudge, "In 3 working days")
    assert (nudge.buttons, nudge.text.count("✓")) == ([], 3)
    assert await states(bed) == [TaskState.BLOCKED, TaskState.DONE, TaskState.OPEN]


async def test_who_left_the_group_hears_nothing_and_his_buttons_do_nothing(bed):
    await given(bed)
    await bed.at(vientiane(4, 2))
    (nudge,) = reminders(bed, "vte_trainer")
    bed.group.removes(bed.cast["vte_trainer"])
    await bed.settle()
    assert "not a member" in await bed.presses("vte_trainer", nudge, "Done")
    assert await states(bed) == [TaskState.OPEN]
    await bed.at(vientiane(4, 3))
    assert len(reminders(bed, "vte_trainer")) == 1


async def test_silence_climbs_to_the_focal_point_and_then_to_the_coordinator(bed):
    await given(bed, by="2026-04-02")
    heard = []
    for day in (2, 3, 6, 7, 8, 9):
        await bed.at(vientiane(4, day))
        heard += [(day, who) for who in bed.cast if len(reminders(bed, who)) > [w for _, w in heard].count(who)]
    assert heard == [(2, "vte_trainer"), (3, "vte_trainer"), (6, "vte_focal"), (9, "coordinator")]
    escalated = reminders(bed, "vte_focal")[0]
    assert "Responsible: ⁨Trainer, Vientiane⁩" in escalated.text
    await bed.presses("vte_focal", escalated, "In progress")
    assert mentions(bed) == []


async def test_the_one_who_blocked_the_bot_is_mentioned_in_the_group_by_task_alone(bed):
    await given(bed)
    bed.cast["vte_trainer"].blocks_bot()
    await bed.settle()
    await bed.at(vientiane(4, 2))
    (mention,) = mentions(bed)
    assert ("T1" in mention.text, "module plan" in mention.text) == (True, False)
    assert "Trainer, Vientiane" in mention.text


async def test_a_route_that_turns_out_closed_brings_the_nudge_to_the_group_the_same_morning(bed):
    await given(bed)
    bed.server.faults.add(
        FaultKind.STATUS,
        method="sendMessage",
        chat_id=bed.cast["vte_trainer"].id,
        status=403,
        description="Forbidden: bot was blocked by the user",
    )
    await bed.at(vientiane(4, 2))
    await bed.at(vientiane(4, 2, 8, 10))
    assert (len(mentions(bed)), reminders(bed, "vte_trainer")) == (1, [])
    await bed.at(vientiane(4, 2, 14))
    assert len(mentions(bed)) == 1


async def test_leave_brings_it_to_the_alternate(bed):
    await given(bed)
    await bed.hears("vte_trainer", "/away 2 April to 10 April", private=True)
    await bed.at(vientiane(4, 2))
    assert reminders(bed, "vte_trainer") == []
    (nudge,) = reminders(bed, "vte_alternate")
    assert nudge.buttons == ["Open T1"]
    await bed.presses("vte_alternate", nudge, "Open T1")
    assert "Done" in bed.last("vte_alternate", "T1").buttons


async def test_waiting_moves_the_nudge_across_the_border(bed):
    await given(bed, by="2026-04-20")
    await bed.hears("vte_trainer", "/waiting T1 Your comments, please")
    await bed.at(vientiane(4, 1, 14))
    (nudge,) = reminders(bed, "kmg_focal")
    assert "Your comments, please" in nudge.text
    assert reminders(bed, "vte_trainer") == []


async def test_an_open_decision_is_nudged_at_the_side_that_has_not_answered(bed):
    card = await bed.hears("vte_trainer", "/decide We meet on the first Monday of each month.")
    await bed.presses("vte_focal", card, "Agree")
    await bed.at(kunming(4, 9))
    assert reminders(bed, "vte_focal") == []
    (nudge,) = reminders(bed, "kmg_focal")
    await bed.presses("kmg_focal", nudge, "Open D1")
    await bed.presses("kmg_focal", bed.last("kmg_focal", "first Monday"), "Agree")
    assert bed.last(bed.group, "agreed by both")


async def test_the_digest_comes_once_on_the_first_day_both_sides_work(bed):
    """Monday 6 April 2026 is a day off in China."""
    await given(bed, by="2026-04-02")
    await given(bed, "Translate chapter 3", by="2026-04-10")
    before = len(bed.said(bed.group))
    await bed.at(vientiane(4, 6, 9, 30))
    assert len(bed.said(bed.group)) == before
    await bed.at(vientiane(4, 7, 9, 30))
    (digest,) = bed.said(bed.group)[before:]
    assert digest.silent
    assert ("T1" in digest.text, "T2" in digest.text, "Trainer" in digest.text) == (True, True, False)
    await bed.at(vientiane(4, 8, 9, 30))
    assert len(bed.said(bed.group)) == before + 1


async def test_no_digest_when_there_is_nothing_to_say(bed):
    await bed.at(vientiane(4, 7, 9, 30))
    assert bed.said(bed.group) == []


async def test_a_restart_in_the_middle_repeats_and_forgets_nothing(resting_bed):
    bed = resting_bed
    async with bed.started():
        await bed.settle()
        await bed.hears("coordinator", "/task Send the plan @vte_trainer @kmg_alternate by 2026-04-03")
        await bed.at(kunming(4, 2))
    bed.clock.move_to(vientiane(4, 2))
    for _ in range(2):
        async with bed.started():
            await bed.at(bed.clock.now())
    assert (len(reminders(bed, "vte_trainer")), len(reminders(bed, "kmg_alternate"))) == (1, 1)
    async with bed.started():
        await bed.presses("vte_trainer", reminders(bed, "vte_trainer")[0], "Done")
        assert await states(bed) == [TaskState.DONE, TaskState.OPEN]
        assert (await number_of(bed, Bundle), await number_of(bed, Nudge)) == (2, 2)


async def test_a_week_asleep_leaves_one_message_each(resting_bed):
    bed = resting_bed
    async with bed.started():
        await bed.settle()
        await given(bed, by="2026-04-02")
        await given(bed, "Translate chapter 3", by="2026-04-03")
    bed.clock.move_to(vientiane(4, 8))
    async with bed.started():
        await bed.at(bed.clock.now())
        heard = {who: len(reminders(bed, who)) for who in bed.cast if reminders(bed, who)}
        assert heard == {"vte_focal": 1}
        text = reminders(bed, "vte_focal")[0].text
        assert ("Send the module plan" in text, "Translate chapter 3" in text) == (True, True)


async def test_a_name_that_two_groups_have_goes_with_its_group_on_the_button(bed):
    second = await second_group(bed, "vte_focal", "vte_trainer", name="Another <partnership>")
    await given(bed)
    bed.cast["vte_focal"].writes(second, "/task Draw the map @vte_trainer by 2026-04-03")
    await bed.settle()
    await bed.at(vientiane(4, 2))
    (nudge,) = reminders(bed, "vte_trainer")
    labels = [label for label in nudge.buttons if "done" in label]
    assert sorted(labels) == ["T1 (Another <partnership>) done", "T1 (Vientiane and Kunming) done"]
    await bed.presses("vte_trainer", nudge, "T1 (Another <partnership>) done")
    assert "T1 · done" in bed.last(second, "T1 ·").text
    assert "T1 · open" in bed.last(bed.group, "T1 ·").text
    assert "T1 done" in nudge.buttons, "one T1 is left"
