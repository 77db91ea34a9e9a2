"""Meetings whose day became a day off: who hears of it, once and at work, and how the day is changed."""

from datetime import UTC, date, datetime

import pytest

from handlers import delivering, meeting_times, meetings, warnings
from handlers.refusals import NotYours, StaleButton
from handlers.reply import Edit, Private
from handlers.voice import Say
from storage import groups, leave, own_days
from storage.kinds import DayKind, MeetingState, OutboxState, Priority
from storage.tables import Outbox

OFF = date(2026, 5, 12)
EVENING = datetime(2026, 4, 1, 13, tzinfo=UTC)


async def day_off(stage, day=OFF, side=1):
    """A side (1 is Kunming) is off on that day from now on."""
    row = (await groups.sides(stage.session, stage.group.id))[side]
    await own_days.add(
        stage.session, side_id=row.id, first=day, last=day, kind=DayKind.OFF, name="Repairs", by=None, at=stage.now
    )


async def looked_over(stage, moment=None) -> dict[str, Private]:
    """Who hears what, by the names of the stage."""
    names = {person.id: who for who, person in stage.cast.items()}
    return {names[each.person_id]: each for each in await warnings.plan(stage.session, moment or stage.now)}


@pytest.mark.usefixtures("meeting")
async def test_who_called_it_and_who_speaks_for_the_side_hear_which_days_suit_both(stage):
    await day_off(stage)
    said = await looked_over(stage)
    assert set(said) == {"vte_trainer", "kmg_focal"}
    page = said["kmg_focal"].view(Say("en"))
    assert "<b>M1</b> Module plan falls on a day off:" in page.text
    assert "Tue 12 May is a day off for Kunming: Repairs." in page.text
    labels = [button.label for row in page.rows for button in row]
    assert labels == ["Mon 11 May, 10:00", "Wed 13 May, 10:00", "Keep Tue 12 May, 10:00", "Set a time"]


@pytest.mark.usefixtures("meeting")
async def test_nobody_hears_it_twice_but_another_day_off_is_another_matter(stage):
    await day_off(stage)
    assert await looked_over(stage)
    assert not await looked_over(stage, datetime(2026, 4, 2, 3, tzinfo=UTC))
    await day_off(stage, side=0)
    heard = await looked_over(stage, datetime(2026, 4, 3, 3, tzinfo=UTC))
    assert set(heard) == {"vte_trainer", "vte_focal", "kmg_focal"}


@pytest.mark.usefixtures("meeting")
async def test_it_is_said_at_work_alone(stage):
    await day_off(stage)
    assert not await looked_over(stage, EVENING)
    assert await looked_over(stage, datetime(2026, 4, 2, 3, tzinfo=UTC))


@pytest.mark.usefixtures("meeting")
async def test_a_day_on_which_both_work_is_no_matter(stage):
    assert not await looked_over(stage)


@pytest.mark.usefixtures("meeting")
async def test_the_alternate_hears_it_while_the_focal_point_is_away(stage):
    await day_off(stage)
    today = stage.now.date()
    await leave.write(stage.session, person_id=stage.cast["kmg_focal"].id, first=today, last=today, at=stage.now)
    assert set(await looked_over(stage)) == {"vte_trainer", "kmg_alternate"}


async def test_the_day_that_is_pressed_is_the_day_of_the_meeting(stage, meeting):
    await day_off(stage)
    page = (await looked_over(stage))["kmg_focal"].view(Say("en"))
    await stage.presses("kmg_focal", page.rows[0][1], meeting_times.move)
    assert meeting.starts_at == datetime(2026, 5, 13, 3, tzinfo=UTC)
    assert not await looked_over(stage, datetime(2026, 4, 2, 3, tzinfo=UTC))


async def test_it_stays_on_a_day_off_where_that_is_wanted(stage, meeting):
    await day_off(stage)
    keep = (await looked_over(stage))["kmg_focal"].view(Say("en")).rows[1][0]
    said = await stage.presses("kmg_focal", keep, meeting_times.keep)
    assert "M1 stays: " in said.page(Edit).text
    assert "Tue 12 May, 10:00 Vientiane / Tue 12 May, 11:00 Kunming" in said.page(Edit).text
    assert (meeting.state, meeting.sequence) == (MeetingState.FIXED, 0)
    assert not await looked_over(stage, datetime(2026, 4, 2, 3, tzinfo=UTC))
    with pytest.raises(NotYours):
        await stage.presses("kmg_trainer", keep, meeting_times.keep)
    await stage.says("kmg_focal", "13 May 10:00", meeting_times.time_typed, args={"id": meeting.id, "group": 1})
    with pytest.raises(StaleButton):
        await stage.presses("kmg_focal", keep, meeting_times.keep)


async def test_a_meeting_that_is_past_by_now_is_not_kept(stage, meeting):
    args = {"id": meeting.id, "group": 1, "at": meeting.starts_at.isoformat()}
    with pytest.raises(StaleButton):
        await stage.says("kmg_focal", "", meeting_times.keep, args=args, now=meeting.starts_at)


async def test_a_day_that_is_past_by_now_is_refused(stage, meeting):
    args = {"id": meeting.id, "group": 1, "at": "2026-03-31T10:00:00+07:00"}
    with pytest.raises(StaleButton):
        await stage.says("kmg_focal", "", meeting_times.move, args=args)


async def test_what_waits_is_not_said_of_a_meeting_that_was_moved_meanwhile(stage, meeting):
    await day_off(stage)
    said = (await looked_over(stage))["kmg_focal"]
    call = Outbox(
        bot_id=99, key=f"private:{said.key}", method="sendMessage", payload={"text": "-"}, chat_id=7002,
        group_id=said.group_id, person_id=said.person_id, priority=Priority.NUDGE, created_at=stage.now,
    )  # fmt: skip
    stage.session.add(call)
    await stage.session.flush()
    assert await delivering.still_wanted(stage.session, call, stage.now)
    meeting.starts_at = datetime(2026, 5, 13, 3, tzinfo=UTC)
    assert not await delivering.still_wanted(stage.session, call, stage.now)
    assert call.state is OutboxState.WITHDRAWN


async def test_a_year_that_nobody_confirmed_stands_on_the_card(stage):
    said = await stage.says("vte_trainer", "/meet Module plan at 12 January 2027 10:00", meetings.meet)
    assert "China 2027: there is no calendar yet" in said.text
