"""Calling meetings, choosing their times, inviting, and lists."""

from datetime import UTC, date, datetime, timedelta

import pytest

from handlers import finding, meeting_arranging, meeting_invitations, meeting_times, meetings
from handlers.refusals import (
    DateUnread,
    NoCommonHours,
    NoSuchChoice,
    NoSuchRecord,
    NotAMember,
    NothingWritten,
    NotNow,
    NotYours,
    StaleButton,
)
from handlers.reply import Answer, Edit, File, Post, RefreshCard, ShowCard, Toast
from handlers.voice import Say
from storage import attendance, dialogues, groups, journal, leave, meeting_slots
from storage import meetings as store
from storage.kinds import Coming, MeetingState, Subject
from storage.tables import Meeting

TEN = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)
"""Tuesday 12 May 2026, 10:00 in Vientiane and 11:00 in Kunming."""


async def called(stage, words="/meet Module plan", who="vte_trainer", **extra):
    said = await stage.says(who, words, meetings.meet, **extra)
    meeting = await stage.session.get_one(Meeting, said.of(ShowCard)[0].subject_id)
    return said, meeting


def press(stage, who, said, label, handler, kind=ShowCard):
    return stage.presses(who, said.buttons(kind)[label], handler)


async def typed(stage, who, words, **args):
    return await stage.says(who, words, meeting_times.time_typed, args=args)


async def test_a_meeting_with_a_time_invites_everybody(stage):
    said, meeting = await called(stage, "/meet Module plan at 12 May 10:00")
    assert (meeting.number, meeting.title, meeting.state) == (1, "Module plan", MeetingState.FIXED)
    assert meeting.starts_at == TEN
    assert "Tue 12 May, 10:00 Vientiane / Tue 12 May, 11:00 Kunming" in said.text
    assert "Coming: 0 · perhaps: 0 · not: 0 · no answer yet: 7" in said.text
    invited = {stage.cast[who].id for who in stage.cast} - {stage.cast["observer"].id, stage.cast["stranger"].id}
    assert {file.person_id for file in said.of(File)} == invited
    assert len({file.key for file in said.of(File)}) == len(invited)
    assert said.of(Post) == []
    changes = [entry.change for entry in await journal.of(stage.session, Subject.MEETING, meeting.id)]
    assert changes == ["meeting called", "time fixed"]


async def test_without_a_time_some_are_proposed_that_suit_both(stage):
    said, meeting = await called(stage)
    assert (meeting.state, meeting.starts_at) == (MeetingState.PROPOSED, None)
    assert "When can you come?" in said.text
    assert "1. " in said.text
    assert "Thu 2 Apr, 09:00 Vientiane / Thu 2 Apr, 10:00 Kunming" in said.text
    assert list(said.buttons()) == ["1", "2", "3", "4", "Other times", "Set a time", "Agenda", "Arrange", "History"]
    assert said.of(File) == []


async def test_the_leave_of_a_focal_point_is_left_out(stage):
    first, last = stage.now.date(), stage.now.date() + timedelta(days=5)
    await leave.write(stage.session, person_id=stage.cast["kmg_focal"].id, first=first, last=last, at=stage.now)
    said, _ = await called(stage)
    assert "Thu 2 Apr" not in said.text
    assert "Tue 7 Apr, 08:00 Vientiane" in said.text


async def test_it_is_fixed_when_both_sides_can(stage):
    said, meeting = await called(stage)
    first = await press(stage, "vte_focal", said, "2", meeting_times.vote)
    assert "your side can come then" in str(first.page(Toast).text)
    assert "✓ Vientiane" in str(first.page(RefreshCard).text)
    second = await press(stage, "kmg_focal", said, "2", meeting_times.vote)
    assert meeting.state is MeetingState.FIXED
    assert "<b>M1</b> Module plan is fixed" in str(second.page(Post).text)
    assert len(second.of(File)) == 7


async def test_a_number_pressed_again_is_taken_back(stage):
    said, meeting = await called(stage)
    for _ in range(2):
        again = await press(stage, "vte_focal", said, "1", meeting_times.vote)
    assert "cannot come then" in str(again.page(Toast).text)
    await press(stage, "kmg_focal", said, "1", meeting_times.vote)
    assert meeting.state is MeetingState.PROPOSED


@pytest.mark.parametrize(
    ("who", "refusal"), [("vte_trainer", NotYours), ("observer", NotYours), ("stranger", NotAMember)]
)
async def test_only_who_speaks_for_a_side_chooses(stage, who, refusal):
    said, _ = await called(stage)
    with pytest.raises(refusal):
        await press(stage, who, said, "1", meeting_times.vote)


async def test_a_coordinator_fixes_it_alone(stage):
    said, meeting = await called(stage)
    await press(stage, "coordinator", said, "3", meeting_times.vote)
    assert meeting.state is MeetingState.FIXED


async def test_other_times_are_later_ones(stage):
    said, _ = await called(stage)
    before = said.text
    other = await press(stage, "vte_trainer", said, "Other times", meeting_times.others)
    after = str(other.page(Edit).text)
    assert "Thu 2 Apr" in before
    assert "Thu 2 Apr" not in after
    with pytest.raises(NotYours):
        await press(stage, "kmg_trainer", said, "Other times", meeting_times.others)


async def test_a_time_is_typed(stage):
    said, meeting = await called(stage)
    asked = await press(stage, "vte_focal", said, "Set a time", meeting_times.set_time)
    assert "when?" in asked.text
    args = (await dialogues.open_with(stage.session, stage.cast["vte_focal"].id, -1001, stage.now)).args
    await typed(stage, "vte_focal", "12 May 10:00", **args)
    assert (meeting.state, meeting.starts_at) == (MeetingState.FIXED, TEN)
    with pytest.raises(DateUnread):
        await typed(stage, "vte_focal", "some day", **args)


@pytest.mark.parametrize("title", ["Report on Q2", "Plan from April to May", "讨论 于第二季度", "Report on Q4 2028"])
async def test_a_quarter_or_some_months_are_part_of_a_title(stage, title):
    said, meeting = await called(stage, f"/meet {title}")
    assert (meeting.title, meeting.state) == (title, MeetingState.PROPOSED)
    assert "When can you come?" in said.text


async def test_a_day_alone_gets_times_of_that_day(stage):
    said, meeting = await called(stage, "/meet Module plan on 12 May")
    assert meeting.title == "Module plan"
    assert list(said.buttons())[:5] == ["1", "2", "3", "4", "5"]
    assert said.text.count("Tue 12 May") == 10


async def test_a_day_that_has_nothing_in_common_gets_the_next_ones_and_says_so(stage):
    said, meeting = await called(stage, "/meet Module plan on 16 May")
    assert "on Sat 16 May both sides have no hours of that length in common" in said.page(Answer).text
    first, *_ = await meeting_slots.of(stage.session, meeting.id)
    assert first.starts_at.date() == date(2026, 5, 18)
    said = await typed(stage, "vte_focal", "23 May", id=meeting.id, group=meeting.group_id)
    assert "on Sat 23 May both sides have no hours" in said.page(Answer).text
    first, *_ = await meeting_slots.of(stage.session, meeting.id)
    assert first.starts_at.date() == date(2026, 5, 25)


async def test_where_nothing_is_in_common_at_all_a_typed_day_is_refused(stage):
    _, meeting = await called(stage, "/meet Module plan on 12 May")
    meeting.minutes = 600
    with pytest.raises(NoCommonHours):
        await typed(stage, "vte_focal", "16 May", id=meeting.id, group=meeting.group_id)


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


async def test_a_moved_meeting_asks_anew_and_counts_its_changes(stage):
    said, meeting = await called(stage, "/meet Module plan at 12 May 10:00")
    await press(stage, "kmg_focal", said, "Coming", meeting_invitations.answer)
    moved = await typed(stage, "vte_focal", "13 May 10:00", id=meeting.id, group=meeting.group_id)
    assert meeting.sequence == 1
    assert "has changed" in str(moved.of(File)[0].caption(Say("en")).text)
    rows = await attendance.of(stage.session, meeting.id)
    assert {row.coming for row in rows} == {None}
    assert len(moved.of(File)) == 7


async def test_an_answer_is_kept_and_the_latest_counts(stage):
    said, meeting = await called(stage, "/meet Module plan at 12 May 10:00")
    await press(stage, "kmg_trainer", said, "Perhaps", meeting_invitations.answer)
    last = await press(stage, "kmg_trainer", said, "Not coming", meeting_invitations.answer)
    assert "you are not coming" in str(last.page(Toast).text)
    assert "Coming: 0 · perhaps: 0 · not: 1 · no answer yet: 6" in str(last.page(RefreshCard).text)
    row = await attendance.of_person(stage.session, meeting.id, stage.cast["kmg_trainer"].id)
    assert row.coming is Coming.NO
    # who does not come gets no new file
    moved = await typed(stage, "vte_focal", "13 May 10:00", id=meeting.id, group=meeting.group_id)
    assert len(moved.of(File)) == 7


async def test_an_observer_can_say_that_he_comes(stage):
    said, _ = await called(stage, "/meet Module plan at 12 May 10:00")
    answer = await press(stage, "observer", said, "Coming", meeting_invitations.answer)
    assert "Coming: 1" in str(answer.page(RefreshCard).text)
    with pytest.raises(NotYours):
        await press(stage, "stranger", said, "Coming", meeting_invitations.answer)


async def test_a_meeting_without_a_time_takes_no_answers(stage):
    _, meeting = await called(stage)
    with pytest.raises(NotNow):
        await stage.says(
            "vte_focal", "", meeting_invitations.answer, args={"id": meeting.id, "group": 1, "coming": "yes"}
        )


async def test_a_day_off_is_said(stage):
    said, _ = await called(stage, "/meet Module plan at 16 May 10:00")
    assert "Sat 16 May is no working day for Vientiane." in said.text
    assert "Sat 16 May is no working day for Kunming." in said.text
    late, _ = await called(stage, "/meet Module plan at 12 May 15:30")
    assert "outside the working hours of Vientiane and Kunming" in late.text


@pytest.mark.parametrize(
    ("words", "refusal"),
    [("/meet", NothingWritten), ("/meet Plan at 1 March 2026 10:00", DateUnread)],
)
async def test_what_cannot_be_called(stage, words, refusal):
    with pytest.raises(refusal):
        await stage.says("vte_trainer", words, meetings.meet)
    assert await store.count(stage.session, stage.group.id, states=frozenset(MeetingState)) == 0


async def test_observers_call_no_meetings(stage):
    with pytest.raises(NotYours):
        await stage.says("observer", "/meet Plan", meetings.meet)


async def test_one_is_shown_by_its_number(stage):
    await called(stage)
    said = await stage.says("observer", "/m1", meetings.show, args={"number": 1})
    assert "<b>M1</b> · time being chosen" in said.text
    with pytest.raises(NoSuchRecord):
        await stage.says("observer", "/m7", meetings.show, args={"number": 7})


async def test_lists(stage):
    nothing = await stage.says("observer", "/meetings", meetings.listed)
    assert "No meeting is ahead" in nothing.text
    for number in range(8):
        await called(stage, f"/meet Plan {number} at 12 May 1{number % 3}:00")
    said = await stage.says("observer", "/meetings", meetings.listed)
    assert "<b>Coming meetings</b>: 8 · page 1 of 2" in said.text
    older = await stage.presses("observer", said.buttons(Answer)["Older ›"], meetings.page)
    assert "M1" in older.buttons(Edit)
    opened = await stage.presses("observer", older.buttons(Edit)["M1"], meetings.opened)
    assert "Plan 0" in opened.text
    with pytest.raises(NoSuchChoice):
        await stage.says("observer", "/meetings soon", meetings.listed)
    assert (await groups.get(stage.session, stage.group.id)).last_meeting == 8


async def test_meetings_are_found_by_words_and_by_name(stage):
    await called(stage, "/meet Module plan for welders at 12 May 10:00")
    for words in ("welders", "M1", "1"):
        said = await stage.says("observer", f"/find {words}", finding.find)
        assert "<b>M1</b> · fixed · Module plan for welders" in said.text
        assert "M1" in said.buttons(Answer)
    assert "found nothing" in (await stage.says("observer", "/find masons", finding.find)).text
