"""The tick of meetings: who hears what when, once; minutes that stand, or are missing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from handlers import (
    decisions,
    meeting_arranging,
    meeting_invitations,
    meeting_minutes,
    meeting_reminders,
    meeting_times,
    meetings,
    sessions,
)
from handlers.reply import File, Post, ShowCard
from handlers.voice import Say
from storage import minutes as minutes_rows
from storage import nudges
from storage.kinds import MinutesState, Priority, Subject
from storage.nudges import Item
from storage.tables import Bundle, Outbox

STARTS = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)
AT_WORK = datetime(2026, 4, 3, 2, 0, tzinfo=UTC)
"""Friday 3 April, 09:00 in Vientiane: two working days after the stage's Wednesday."""
DAY_BEFORE = datetime(2026, 5, 11, 2, 0, tzinfo=UTC)


async def ticks(stage, now):
    """What the tick says at that moment, until it has nothing more to say."""
    found = []
    while said := await meeting_reminders.plan(stage.session, now):
        found += said
    return found


async def answers(stage, who, meeting, coming):
    args = {"id": meeting.id, "group": meeting.group_id, "coming": coming}
    await stage.says(who, "", meeting_invitations.answer, args=args)


def readers(stage, said):
    names = {person.id: who for who, person in stage.cast.items()}
    return {names[each.person_id] for each in said if not isinstance(each, Post)}


def text(effect):
    view = effect.view if hasattr(effect, "view") else effect.caption
    return str(view(Say("en")).text)


async def test_only_who_has_not_answered_is_asked_once_more(stage, meeting):
    for who, coming in (("kmg_focal", "yes"), ("vte_focal", "no"), ("coordinator", "maybe")):
        await answers(stage, who, meeting, coming)
    assert await ticks(stage, stage.now) == []
    said = await ticks(stage, AT_WORK)
    assert readers(stage, said) == {"vte_trainer", "vte_alternate", "kmg_trainer", "kmg_alternate"}
    assert "waits for your answer" in text(said[0])
    assert await ticks(stage, AT_WORK + timedelta(hours=1)) == []
    bundles = (await stage.session.exec(select(Bundle))).all()
    assert {bundle.local_date for bundle in bundles} == {date(2026, 4, 3)}
    assert len(bundles) == 4


async def test_a_question_is_the_one_nudge_of_a_day(stage, meeting):
    decision = (await stage.says("vte_focal", "/decide Plan", decisions.propose)).of(ShowCard)[0].subject_id
    item = Item(Subject.DECISION, decision, meeting.group_id, "answer_due:1", None, 1)
    person = stage.cast["kmg_trainer"].id
    day = date(2026, 4, 3)
    await nudges.write(
        stage.session, person_id=person, day=day, outbox_key="nudge:x", code="AB", items=[item], at=AT_WORK
    )
    said = await ticks(stage, AT_WORK)
    assert "kmg_trainer" not in readers(stage, said)
    later = await ticks(stage, AT_WORK + timedelta(days=3))
    assert readers(stage, later) == {"kmg_trainer"}


async def test_the_day_before_and_a_quarter_before(stage, meeting):
    for who in ("kmg_focal", "kmg_trainer"):
        await answers(stage, who, meeting, "yes")
    await answers(stage, "vte_focal", meeting, "no")
    await ticks(stage, AT_WORK)
    said = await ticks(stage, DAY_BEFORE)
    assert readers(stage, said) == {who for who in stage.cast if who not in ("vte_focal", "observer", "stranger")}
    assert "is near" in text(said[0])
    assert await ticks(stage, DAY_BEFORE + timedelta(hours=1)) == []
    soon = await ticks(stage, STARTS - timedelta(minutes=14))
    assert readers(stage, soon) == readers(stage, said)
    assert "begins soon" in text(soon[0])
    assert await ticks(stage, STARTS - timedelta(minutes=5)) == []
    assert await ticks(stage, STARTS + timedelta(minutes=1)) == []


async def test_nothing_of_a_meeting_that_was_called_off(stage, meeting):
    args = {"id": meeting.id, "group": meeting.group_id}
    await stage.says("vte_trainer", "No room", meeting_arranging.cancel, args=args)
    for now in (AT_WORK, DAY_BEFORE, STARTS - timedelta(minutes=10), STARTS + timedelta(days=9)):
        assert await ticks(stage, now) == []


async def test_a_new_time_is_told_anew(stage, meeting):
    await ticks(stage, AT_WORK)
    args = {"id": meeting.id, "group": meeting.group_id}
    await stage.says("vte_focal", "13 May 10:00", meeting_times.time_typed, args=args, now=AT_WORK)
    said = await ticks(stage, DAY_BEFORE + timedelta(days=1))
    assert len(readers(stage, said)) == 7


async def test_calendars_learn_of_a_change_a_little_later_and_once(stage, meeting):
    args = {"id": meeting.id, "group": meeting.group_id}
    await ticks(stage, stage.now)
    await stage.says("vte_trainer", "Room 2", meeting_arranging.place, args=args)
    await stage.says("vte_trainer", "", meeting_arranging.length, args={**args, "minutes": 90})
    assert await ticks(stage, stage.now + timedelta(minutes=1)) == []
    said = await ticks(stage, stage.now + timedelta(minutes=11))
    assert len([each for each in said if isinstance(each, File)]) == 7
    assert "has changed" in text(said[0])
    assert await ticks(stage, stage.now + timedelta(minutes=12)) == []


@pytest.mark.parametrize(
    ("key", "coming", "at", "wanted"),
    [
        ("meeting_reminder:1:answer:{person}:{starts}", None, AT_WORK, True),
        ("meeting_reminder:1:answer:{person}:{starts}", "yes", AT_WORK, False),
        ("meeting_reminder:1:soon:{person}:{starts}", "yes", STARTS - timedelta(minutes=9), True),
        ("meeting_reminder:1:soon:{person}:{starts}:otherwise", "yes", STARTS + timedelta(minutes=1), False),
        ("meeting_reminder:1:soon:{person}:7", "yes", STARTS - timedelta(minutes=9), False),
        ("minutes_missing:1:1:{person}", None, STARTS + timedelta(days=3), True),
        ("minutes_unanswered:1:1:{person}", None, STARTS + timedelta(days=3), False),
        ("agreed:1:2", None, STARTS, True),
    ],
)
async def test_what_waits_is_looked_at_once_more(stage, meeting, key, coming, at, wanted):
    if coming:
        await answers(stage, "kmg_trainer", meeting, coming)
    written = key.format(person=stage.cast["kmg_trainer"].id, starts=int(STARTS.timestamp()))
    call = Outbox(
        bot_id=99, key=f"99:{written}", method="sendMessage", priority=Priority.NUDGE, created_at=at, payload={}
    )
    assert await meeting_reminders.still_wanted(stage.session, call, at) is wanted


async def test_missing_minutes_are_asked_for_after_three_and_seven_days(stage, meeting):
    meeting.minute_taker_id = stage.cast["kmg_trainer"].id
    stage.session.add(meeting)
    over = STARTS + timedelta(hours=1)
    await ticks(stage, over)
    assert await ticks(stage, over + timedelta(days=2)) == []
    first = await ticks(stage, over + timedelta(days=3, hours=2))
    assert readers(stage, first) == {"kmg_trainer"}
    assert "has no minutes yet" in text(first[0])
    second = await ticks(stage, over + timedelta(days=7))
    assert readers(stage, second) == {"coordinator"}
    assert await ticks(stage, over + timedelta(days=14)) == []


async def held(stage, meeting):
    await stage.says("vte_trainer", "/open M1", sessions.open_, now=STARTS)
    await stage.says("vte_trainer", "/close", sessions.close, now=STARTS + timedelta(hours=1))
    return await minutes_rows.latest(stage.session, meeting.id)


async def test_a_side_that_is_silent_on_the_minutes_is_asked(stage, meeting):
    row = await held(stage, meeting)
    args = {"id": meeting.id, "group": meeting.group_id, "minutes": row.id}
    await stage.says("vte_focal", "", meeting_minutes.agree, args=args, now=STARTS + timedelta(hours=2))
    assert await ticks(stage, STARTS + timedelta(days=1)) == []
    said = await ticks(stage, STARTS + timedelta(days=3, hours=2))
    assert readers(stage, said) == {"kmg_focal"}
    assert "Without an objection by Tue 19 May" in text(said[0])


async def test_minutes_stand_when_nobody_objected_in_time(stage, meeting):
    row = await held(stage, meeting)
    assert row.answer_by == datetime(2026, 5, 19, 17, 0, tzinfo=UTC)
    await ticks(stage, row.answer_by - timedelta(minutes=1))
    assert row.state is MinutesState.SENT
    said = await ticks(stage, row.answer_by)
    assert row.state is MinutesState.UNOPPOSED
    assert "Nobody objected to the minutes of <b>M1</b>" in text(said[0])
    assert await ticks(stage, row.answer_by + timedelta(days=9)) == []


async def test_who_has_not_said_which_time_was_meant_is_asked_again(stage):
    await stage.says("vte_trainer", "/meet Module plan at 12 May 3:00", meetings.meet)
    assert await ticks(stage, stage.now + timedelta(days=2)) == []
    said = await ticks(stage, stage.now + timedelta(days=5, hours=1))
    assert readers(stage, said) == {"vte_trainer"}
    assert "not clear which time you meant. Please set it." in text(said[0])
    asked = await stage.presses("vte_trainer", said[0].view(Say("en")).rows[0][0], meeting_times.set_time, private=True)
    assert "when?" in asked.text
    call = Outbox(bot_id=99, key=f"99:{said[0].key}", method="sendMessage", created_at=stage.now, payload={})
    assert await meeting_reminders.still_wanted(stage.session, call, stage.now) is True
    await stage.says("vte_trainer", "12 May 10:00", meeting_times.time_typed, args={"id": 1, "group": 1})
    assert await meeting_reminders.still_wanted(stage.session, call, stage.now) is False


async def test_a_side_that_has_chosen_no_time_is_asked(stage):
    card = await stage.says("vte_trainer", "/meet Module plan", meetings.meet)
    await stage.presses("vte_focal", card.buttons()["1"], meeting_times.vote)
    assert await ticks(stage, stage.now + timedelta(days=2)) == []
    said = await ticks(stage, stage.now + timedelta(days=5, hours=1))
    assert readers(stage, said) == {"kmg_focal"}
    assert "waits for a time" in text(said[0])
    pressed = said[0].view(Say("en")).rows[0][1]
    await stage.presses("kmg_focal", pressed, meeting_times.vote, private=True)
    assert readers(stage, await ticks(stage, stage.now + timedelta(days=8, hours=1))) == set()
