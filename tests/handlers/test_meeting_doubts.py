"""A meeting whose time can be read in two ways: nothing happens before it is said which one was meant."""

from datetime import UTC, date, datetime, timedelta

import pytest

from handlers import meeting_arranging, meeting_times, meetings
from handlers.refusals import (
    NotNow,
    NotYours,
    StaleButton,
)
from handlers.reply import Answer, Edit, File
from storage import journal, meeting_slots
from storage.kinds import MeetingState, Subject
from tests.handlers.meetings import TEN, called, press, typed


@pytest.mark.parametrize("words", ["at 4/5 10:00", "on Monday 12 May", "at 12 May 3:00"])
async def test_nobody_chooses_a_time_before_it_is_said_which_one_was_meant(stage, words):
    said, meeting = await called(stage, f"/meet Module plan {words}")
    assert (meeting.state, meeting.starts_at) == (MeetingState.ASKED, None)
    assert list(said.buttons()) == ["Set a time", "Agenda", "Arrange", "History"]
    assert "<b>M1</b> · time not clear yet" in said.text
    assert "whoever called the meeting is asked first" in said.text
    assert await meeting_slots.of(stage.session, meeting.id) == []
    changes = [entry.change for entry in await journal.of(stage.session, Subject.MEETING, meeting.id)]
    assert changes == ["meeting called", "time asked about"]
    with pytest.raises(NotNow):
        await press(stage, "vte_trainer", said, "Set a time", meeting_times.others)


async def test_a_day_that_was_meant_gets_times_to_choose_from(stage):
    said, meeting = await called(stage, "/meet Module plan on Monday 12 May")
    await press(stage, "vte_trainer", said, "Tue 12 May 2026", meeting_times.move, kind=Answer)
    assert meeting.state is MeetingState.PROPOSED
    shown = await stage.says("vte_focal", "/m1", meetings.show, args={"number": 1})
    assert list(shown.buttons())[:5] == ["1", "2", "3", "4", "5"]
    await press(stage, "vte_focal", shown, "1", meeting_times.vote)
    await press(stage, "kmg_focal", shown, "1", meeting_times.vote)
    assert meeting.starts_at.date() == date(2026, 5, 12)


async def test_how_it_is_held_is_arranged_while_its_time_is_not_clear(stage):
    said, meeting = await called(stage, "/meet Module plan at 12 May 3:00")
    args = {"id": meeting.id, "group": meeting.group_id}
    menu = await press(stage, "vte_trainer", said, "Arrange", meeting_arranging.menu)
    assert {"Set a time", "Call the meeting off"} < set(menu.buttons(Edit))
    await stage.says("vte_trainer", "", meeting_arranging.length, args={**args, "minutes": 90})
    assert (meeting.state, meeting.minutes) == (MeetingState.ASKED, 90)
    await typed(stage, "vte_trainer", "12 May 10:00", **args)
    assert (meeting.state, meeting.starts_at) == (MeetingState.FIXED, TEN)


async def test_who_calls_a_meeting_at_a_doubtful_time_says_with_one_tap_what_was_meant(stage):
    said, meeting = await called(stage, "/meet Module plan at 12 May 3:00")
    question = str(said.page(Answer).text)
    assert "M1: “12 May 3:00”: at which time of the day?" in question
    assert "Tue 12 May, 15:00 Vientiane / Tue 12 May, 16:00 Kunming" in question
    assert "Tue 12 May, 03:00 Vientiane / Tue 12 May, 04:00 Kunming" in question
    readings = ["Tue 12 May 2026, 15:00", "Tue 12 May 2026, 03:00"]
    assert list(said.buttons(Answer)) == [*readings, "Another date"]
    await press(stage, "vte_trainer", said, readings[0], meeting_times.move, kind=Answer)
    assert (meeting.state, meeting.starts_at) == (MeetingState.FIXED, TEN + timedelta(hours=5))


@pytest.mark.parametrize(
    ("words", "reading", "meant"),
    [
        pytest.param("14 May 3:00", "Thu 14 May 2026, 03:00", datetime(2026, 5, 13, 20, tzinfo=UTC), id="half a day"),
        pytest.param("Monday 12 May 10:00", "Tue 12 May 2026, 10:00", TEN, id="weekday"),
        pytest.param("4/5 10:00", "Sun 5 Apr 2026, 10:00", datetime(2026, 4, 5, 3, tzinfo=UTC), id="day or month"),
        pytest.param(
            "12 May 2028 10:00", "Yes, Fri 12 May 2028, 10:00", datetime(2028, 5, 12, 3, tzinfo=UTC), id="far ahead"
        ),
    ],
)
async def test_a_meeting_moved_to_a_doubtful_time_stays_until_one_is_confirmed(stage, words, reading, meant):
    _, meeting = await called(stage, "/meet Module plan at 13 May 10:00")
    was = meeting.starts_at
    said = await typed(stage, "vte_trainer", words, id=meeting.id, group=meeting.group_id)
    assert (meeting.state, meeting.starts_at) == (MeetingState.FIXED, was)
    assert said.of(File) == []
    await press(stage, "vte_trainer", said, reading, meeting_times.move, kind=Answer)
    assert (meeting.state, meeting.starts_at) == (MeetingState.FIXED, meant)


async def test_a_doubtful_day_is_asked_about_before_its_times_take_the_place_of_what_there_was(stage):
    _, meeting = await called(stage, "/meet Module plan at 13 May 10:00")
    said = await typed(stage, "vte_trainer", "Monday 12 May", id=meeting.id, group=meeting.group_id)
    assert meeting.state is MeetingState.FIXED
    await press(stage, "vte_trainer", said, "Tue 12 May 2026", meeting_times.move, kind=Answer)
    assert (meeting.state, meeting.starts_at) == (MeetingState.PROPOSED, None)
    assert {each.starts_at.date() for each in await meeting_slots.of(stage.session, meeting.id)} == {date(2026, 5, 12)}


async def test_a_day_or_time_that_is_past_by_now_is_not_taken(stage):
    _, meeting = await called(stage, "/meet Module plan at 13 May 10:00")
    said = await typed(stage, "vte_trainer", "Monday 12 May", id=meeting.id, group=meeting.group_id)
    stage.now = datetime(2026, 5, 13, 1, tzinfo=UTC)
    with pytest.raises(StaleButton):
        await press(stage, "vte_trainer", said, "Tue 12 May 2026", meeting_times.move, kind=Answer)


async def test_somebody_elses_meeting_is_not_moved_by_the_button_of_the_question(stage):
    said, _ = await called(stage, "/meet Module plan at 12 May 3:00")
    with pytest.raises(NotYours):
        await press(stage, "kmg_trainer", said, "Tue 12 May 2026, 15:00", meeting_times.move, kind=Answer)
