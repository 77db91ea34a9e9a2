"""Calling meetings, inviting, answering, and lists."""

import pytest

from handlers import finding, meeting_invitations, meetings
from handlers.refusals import (
    DateUnread,
    NoSuchChoice,
    NoSuchRecord,
    NothingWritten,
    NotNow,
    NotYours,
)
from handlers.reply import Answer, Edit, File, Post, RefreshCard, Toast
from handlers.voice import Say
from storage import attendance, groups, journal
from storage import meetings as store
from storage.kinds import Coming, MeetingState, Subject
from tests.handlers.meetings import TEN, called, press, typed


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
    assert [name for name in said.buttons(Answer) if name[0] == "M"][:6] == ["M1", "M4", "M7", "M2", "M5", "M8"]
    rest = await stage.presses("observer", said.buttons(Answer)["More ›"], meetings.page)
    assert {"M3", "M6", "‹ Back"} <= rest.buttons(Edit).keys()
    opened = await stage.presses("observer", rest.buttons(Edit)["M3"], meetings.opened)
    assert "Plan 2" in opened.text
    with pytest.raises(NoSuchChoice):
        await stage.says("observer", "/meetings soon", meetings.listed)
    everything = await stage.says("observer", "/meetings all", meetings.listed)
    assert [name for name in everything.buttons(Answer) if name[0] == "M"][:2] == ["M8", "M7"]
    assert "Older ›" in everything.buttons(Answer)
    assert (await groups.get(stage.session, stage.group.id)).last_meeting == 8


async def test_meetings_are_found_by_words_and_by_name(stage):
    await called(stage, "/meet Module plan for welders at 12 May 10:00")
    for words in ("welders", "M1", "1"):
        said = await stage.says("observer", f"/find {words}", finding.find)
        assert "<b>M1</b> · fixed · Module plan for welders" in said.text
        assert "M1" in said.buttons(Answer)
    assert "found nothing" in (await stage.says("observer", "/find masons", finding.find)).text
