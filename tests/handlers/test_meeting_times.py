"""When a meeting is: times that suit both sides, chosen by number or typed."""

from datetime import date, timedelta

import pytest

from handlers import meeting_times
from handlers.refusals import (
    DateUnread,
    NoCommonHours,
    NotAMember,
    NotYours,
)
from handlers.reply import Answer, Edit, File, Post, RefreshCard, Toast
from storage import dialogues, leave, meeting_slots
from storage.kinds import MeetingState
from tests.handlers.meetings import TEN, called, press, typed


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
