"""A meeting that goes on: from point to point, who is there, notes; the photo of it."""

import pytest

from handlers import (
    decisions,
    meeting_notes,
    meeting_series,
    meetings,
    sessions,
    tasks,
)
from handlers.heard import Attachment, Mention, Quoted, Sender
from handlers.refusals import (
    MeetingGoesOn,
    NoEvidence,
    NoMeetingOn,
    NothingWritten,
    NotNow,
    NotYours,
    WhoIsThat,
)
from handlers.reply import Edit, RefreshCard
from storage import agendas as agenda_rows
from storage import attendance, groups
from storage import notes as note_rows
from storage.kinds import ItemState, MeetingState
from storage.tables import Decision, Task
from tests.handlers.meetings import about, opened, pressed


async def test_from_point_to_point(stage, meeting):
    await opened(stage, "Module plan", "Visit")
    assert meeting.state is MeetingState.OPEN
    rows = await agenda_rows.of(stage.session, meeting.id)
    assert [row.state for row in rows] == [ItemState.RUNNING, ItemState.WAITING]
    card = await stage.says("vte_trainer", "/next", sessions.next_)
    assert "▶ 2. Visit" in str(card.page(RefreshCard).text)
    last = await stage.says("vte_trainer", "/next", sessions.next_)
    assert "the agenda is finished" in str(last.page().text)


@pytest.mark.usefixtures("meeting")
async def test_one_meeting_at_a_time_and_by_whom(stage):
    with pytest.raises(NotYours):
        await stage.says("kmg_trainer", "/open M1", sessions.open_)
    with pytest.raises(NoMeetingOn):
        await stage.says("vte_focal", "/next", sessions.next_)
    await opened(stage)
    await stage.says("vte_trainer", "/meet Another", meetings.meet)
    with pytest.raises(MeetingGoesOn):
        await stage.says("vte_trainer", "/open M2", sessions.open_)
    with pytest.raises(NotNow):
        await stage.says("vte_trainer", "/open M1", sessions.open_)


async def test_who_is_there(stage, meeting):
    await opened(stage)
    await pressed(stage, "kmg_trainer", meeting, sessions.here)
    listed = await pressed(stage, "vte_trainer", meeting, sessions.somebody)
    assert "Trainer, Kunming · Kunming" not in listed.buttons(Edit)
    await pressed(stage, "vte_trainer", meeting, sessions.somebody, person=stage.cast["kmg_focal"].id)
    await pressed(stage, "vte_trainer", meeting, sessions.ask_guests)
    words = "Ms Keo, Director, Technical College\nMr Li, Head of office, Yunnan\nMr Bo, Teacher, kunming"
    card = await stage.says("vte_trainer", words, sessions.guests, args=about(meeting))
    await stage.says("vte_trainer", words, sessions.guests, args=about(meeting))
    assert "Present: 6" in str(card.page(RefreshCard).text)
    rows = await attendance.of(stage.session, meeting.id)
    assert [(row.name, row.title, row.institution) for row in rows if row.name] == [
        ("Ms Keo", "Director", "Technical College"),
        ("Mr Li", "Head of office", "Yunnan"),
        ("Mr Bo", "Teacher", (await groups.sides(stage.session, meeting.group_id))[1].institution),
    ]
    with pytest.raises(NotYours):
        await pressed(stage, "kmg_trainer", meeting, sessions.somebody)


async def test_what_is_recorded_meanwhile_belongs_to_the_point(stage, meeting):
    await stage.says("vte_focal", "/decide Before", decisions.propose)
    await opened(stage, "Module plan", "Visit")
    await stage.says("vte_focal", "/decide Same plan", decisions.propose)
    await stage.says("vte_trainer", "/next", sessions.next_)
    await stage.says("vte_focal", "/task Send the list by 30 April", tasks.create)
    first, second = await agenda_rows.of(stage.session, meeting.id)
    decision = await stage.session.get_one(Decision, 2)
    task = await stage.session.get_one(Task, 1)
    assert (decision.meeting_id, decision.agenda_item_id) == (meeting.id, first.id)
    assert (task.meeting_id, task.agenda_item_id) == (meeting.id, second.id)
    assert (await stage.session.get_one(Decision, 1)).meeting_id is None


async def test_notes_say_who_said_so(stage, meeting):
    await opened(stage, "Module plan")
    await stage.says("vte_trainer", "Ms Keo, Director", sessions.guests, args=about(meeting))
    mention = (Mention("@kmg_focal", username="kmg_focal"),)
    await stage.says("vte_focal", "/note @kmg_focal We can start in May", meeting_notes.note, mentions=mention)
    await stage.says("vte_focal", "/note Ms Keo: The budget is there", meeting_notes.note)
    await stage.says("vte_focal", "/note Everybody is for it", meeting_notes.note)
    quoted = Quoted(5, "Our room is free", Sender(stage.cast["kmg_trainer"].telegram_id, "Trainer, Kunming"))
    await stage.says("vte_focal", "/note", meeting_notes.note, reply_to=quoted)
    rows = await note_rows.of(stage.session, meeting.id)
    assert [row.text for row in rows] == [
        "We can start in May",
        "The budget is there",
        "Everybody is for it",
        "Our room is free",
    ]
    assert [row.person_id for row in rows] == [
        stage.cast["kmg_focal"].id,
        None,
        None,
        stage.cast["kmg_trainer"].id,
    ]
    assert rows[1].guest_id is not None
    assert len({row.item_id for row in rows}) == 1


@pytest.mark.parametrize(
    ("words", "refusal"), [("/note", NothingWritten), ("/note @nobody Yes", WhoIsThat), ("/note M1 Late", NotNow)]
)
@pytest.mark.usefixtures("meeting")
async def test_notes_that_cannot_be_taken(stage, words, refusal):
    if refusal is not NotNow:
        await opened(stage)
    with pytest.raises(refusal):
        await stage.says("vte_focal", words, meeting_notes.note)


async def test_a_photo_is_kept(stage, meeting):
    await opened(stage)
    with pytest.raises(NoEvidence):
        await stage.says("vte_trainer", "/photo M1", meeting_series.photo)
    await stage.says("vte_trainer", "/photo M1", meeting_series.photo, attachments=(Attachment("photo", "PHO-1"),))
    assert meeting.photo_id == "PHO-1"
    quoted = Quoted(5, "", None, attachments=(Attachment("photo", "PHO-2"),))
    await stage.says("kmg_trainer", "/photo", meeting_series.photo, reply_to=quoted)
    assert meeting.photo_id == "PHO-2"
