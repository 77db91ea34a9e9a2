"""From the agenda to the minutes: everything that happens to a meeting once it has a time."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers import (
    agendas,
    decisions,
    meeting_arranging,
    meeting_minutes,
    meeting_notes,
    meeting_series,
    meetings,
    minutes_facts,
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
    StaleButton,
    WhoIsThat,
)
from handlers.reply import Answer, Edit, File, Post, Private, RefreshCard, ShowCard, Toast
from handlers.views import minutes as minutes_views
from handlers.voice import Say
from storage import agendas as agenda_rows
from storage import attendance, dialogues, groups, journal
from storage import minutes as minutes_rows
from storage import notes as note_rows
from storage.kinds import ItemState, MeetingState, MinutesState, Subject
from storage.tables import Decision, Meeting, Task

TEN = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)


@pytest.fixture
async def meeting(stage):
    """M1, fixed, called by a trainer of Vientiane."""
    said = await stage.says("vte_trainer", "/meet Module plan at 12 May 10:00", meetings.meet)
    return await stage.session.get_one(Meeting, said.of(ShowCard)[0].subject_id)


def about(meeting, **more):
    return {"id": meeting.id, "group": meeting.group_id, **more}


async def pressed(stage, who, meeting, handler, **more):
    return await stage.says(who, "", handler, args=about(meeting, **more), now=more.pop("now", stage.now))


async def points(stage, *words):
    for each in words:
        await stage.says("kmg_trainer", f"/agenda M1 {each}", agendas.agenda)


async def opened(stage, *words):
    await points(stage, *words)
    await stage.says("vte_trainer", "/open M1", sessions.open_)


async def closed(stage):
    return await stage.says("vte_trainer", "/close", sessions.close)


# -- the agenda


async def test_points_are_added_ordered_and_put_off(stage, meeting):
    await points(stage, "Module plan @vte_trainer 15 min", "Visit", "Room")
    shown = await stage.says("observer", "/agenda M1", agendas.agenda)
    assert "1. Module plan · 15 minutes · ⁨Trainer, Vientiane⁩" in shown.text
    assert "Together 15 minutes" in shown.text
    rows = await agenda_rows.of(stage.session, meeting.id)
    up = await pressed(stage, "vte_focal", meeting, agendas.move, item=rows[2].id, by=-1)
    assert [row.text for row in await agenda_rows.of(stage.session, meeting.id)] == ["Module plan", "Room", "Visit"]
    assert up.of(RefreshCard)
    await pressed(stage, "vte_focal", meeting, agendas.move, item=rows[0].id, by=-1)
    await pressed(stage, "vte_focal", meeting, agendas.minutes, item=rows[1].id, minutes=30)
    await pressed(stage, "vte_focal", meeting, agendas.leave, item=rows[2].id)
    chosen = await pressed(stage, "vte_focal", meeting, agendas.speaker, item=rows[1].id)
    assert "Who speaks to “Visit”?" in chosen.text
    trainer = stage.cast["kmg_trainer"].id
    last = await pressed(stage, "vte_focal", meeting, agendas.speaker, item=rows[1].id, person=trainer)
    assert "3. Visit · 30 minutes · ⁨Trainer, Kunming⁩" in str(last.page(Edit).text)
    assert "→ 2. Room" in str(last.page(Edit).text)
    point = await pressed(stage, "vte_focal", meeting, agendas.item, item=rows[2].id)
    assert "Back on the agenda" in point.buttons(Edit)


async def test_open_decisions_and_late_tasks_are_offered(stage, meeting):
    await stage.says("vte_focal", "/decide Same plan", decisions.propose)
    await stage.says("vte_focal", "/task Send the list by 2 April", tasks.create)
    shown = await stage.says("vte_focal", "/agenda M1", agendas.agenda, now=stage.now + timedelta(days=9))
    assert {"D1", "T1"} <= set(shown.buttons())
    taken = await stage.presses("vte_focal", shown.buttons()["D1"], agendas.take)
    assert "1. D1 Same plan" in str(taken.page(Edit).text)
    assert "D1" not in taken.buttons(Edit)
    with pytest.raises(StaleButton):
        await pressed(stage, "vte_focal", meeting, agendas.take, subject="task", of=99)


async def test_who_is_named_on_an_agenda_has_to_be_known(stage, meeting):
    with pytest.raises(WhoIsThat):
        await stage.says("kmg_trainer", "/agenda M1 Plan @nobody", agendas.agenda)
    with pytest.raises(NotYours):
        await stage.says("observer", "/agenda M1 Plan", agendas.agenda)
    asked = await pressed(stage, "kmg_trainer", meeting, agendas.ask_text)
    assert "what shall stand on the agenda?" in asked.text
    await stage.says("kmg_trainer", "Budget", agendas.typed, args=about(meeting))
    assert [row.text for row in await agenda_rows.of(stage.session, meeting.id)] == ["Budget"]


@pytest.mark.usefixtures("meeting")
async def test_which_meeting_is_asked_where_there_are_several(stage):
    await stage.says("vte_trainer", "/meet Another", meetings.meet)
    with pytest.raises(NothingWritten):
        await stage.says("vte_trainer", "/agenda", agendas.agenda)


# -- how it is held


async def test_place_link_people_languages_and_length(stage, meeting):
    link = Attachment("link", link="https://meet.example/x")
    await stage.says(
        "vte_trainer",
        "Room 2, https://meet.example/x",
        meeting_arranging.place,
        args=about(meeting),
        attachments=(link,),
    )
    assert (meeting.place, meeting.link) == ("Room 2", "https://meet.example/x")
    people = await pressed(stage, "vte_trainer", meeting, meeting_arranging.who, post="moderator")
    assert "Trainer, Kunming · Kunming" in people.buttons(Edit) or "More ›" in people.buttons(Edit)
    for post, who in (("moderator", "kmg_focal"), ("minute_taker", "vte_focal")):
        person = stage.cast[who].id
        card = await pressed(stage, "vte_trainer", meeting, meeting_arranging.person, post=post, person=person)
    await stage.says("vte_trainer", "Mr Interpreter", meeting_arranging.interpreter, args=about(meeting))
    await pressed(stage, "vte_trainer", meeting, meeting_arranging.languages, language="lo")
    card = await pressed(stage, "vte_trainer", meeting, meeting_arranging.length, minutes=90)
    shown = str(card.page(RefreshCard).text)
    for words in (
        "Place: Room 2",
        "Moderator: ⁨Focal point, Kunming⁩",
        "Minutes: ⁨Focal point, Vientiane⁩",
        "Interpreter: ⁨Mr Interpreter⁩",
        "Languages: Lao",
        "90 minutes",
    ):
        assert words in shown
    assert meeting.sequence == 6
    written = await journal.of(stage.session, Subject.MEETING, meeting.id)
    assert not any("Mr Interpreter" in str(entry.after) for entry in written)


async def test_who_may_not_arrange(stage, meeting):
    for handler in (meeting_arranging.menu, meeting_arranging.ask_place, meeting_arranging.ask_cancel):
        with pytest.raises(NotYours):
            await pressed(stage, "kmg_trainer", meeting, handler)
    menu = await pressed(stage, "coordinator", meeting, meeting_arranging.menu)
    assert {"Place or link", "Length", "Moderator", "Call the meeting off", "Set a time"} <= set(menu.buttons(Edit))
    with pytest.raises(StaleButton):
        await pressed(stage, "coordinator", meeting, meeting_arranging.who, post="king")


async def test_calling_off_tells_why_and_takes_it_out_of_calendars(stage, meeting):
    asked = await pressed(stage, "vte_trainer", meeting, meeting_arranging.ask_cancel)
    assert "why is it called off?" in asked.text
    said = await stage.says("vte_trainer", "The interpreter is ill", meeting_arranging.cancel, args=about(meeting))
    assert meeting.state is MeetingState.CANCELLED
    assert "Reason: The interpreter is ill" in str(said.page(Post).text)
    assert len(said.of(File)) == 7
    assert "is called off" in str(said.of(File)[0].caption(Say("en")).text)
    with pytest.raises(NotNow):
        await pressed(stage, "vte_trainer", meeting, meeting_arranging.ask_cancel)


# -- while it goes on


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


# -- minutes


async def held(stage, meeting):
    """A whole meeting, with everything that minutes have."""
    await opened(stage, "Module plan", "Visit", "Budget")
    await pressed(stage, "kmg_focal", meeting, sessions.here)
    await stage.says("vte_trainer", "Ms Keo, Director, Technical College", sessions.guests, args=about(meeting))
    mention = (Mention("@kmg_focal", username="kmg_focal"),)
    await stage.says("vte_focal", "/note @kmg_focal We can start in May", meeting_notes.note, mentions=mention)
    await stage.says("vte_focal", "/decide Same plan #curriculum", decisions.propose)
    await stage.says("vte_focal", "/task Send the list by 30 April", tasks.create)
    await stage.says("vte_trainer", "/next", sessions.next_)
    return await closed(stage)


async def test_minutes_are_drafted_at_once_and_sent_to_both_focal_points(stage, meeting):
    said = await held(stage, meeting)
    assert meeting.state is MeetingState.HELD
    readers = {each.person_id for each in said.of(Private)}
    assert readers == {stage.cast["vte_focal"].id, stage.cast["kmg_focal"].id}
    text = str(said.of(Private)[0].view(Say("en")).text)
    for words in (
        "Minutes of M1",
        "Module plan",
        "<b>Present</b>",
        "Vientiane, Technical College, Vientiane: ⁨Trainer, Vientiane⁩",
        "⁨Ms Keo⁩ (Director)",
        "1. Module plan",
        "– ⁨Focal point, Kunming⁩ (Kunming): We can start in May",
        "<i>Curriculum development</i>",
        "<b>D1</b> · proposed · Same plan #curriculum",
        "<b>T1</b> Send the list – Vientiane, Thu 30 Apr",
        "<b>Left to the next meeting</b>\n– Budget",
        "Please agree or object by",
    ):
        assert words in text
    assert "1 point was left over" in str(said.page(Post).text)


@pytest.mark.parametrize("language", ["zh_Hans", "lo"])
async def test_minutes_are_in_the_readers_language(stage, meeting, language):
    said = await held(stage, meeting)
    text = str(said.of(Private)[0].view(Say(language)).text)
    assert "Present" not in text
    assert "We can start in May" in text


async def test_both_sides_agree(stage, meeting):
    await held(stage, meeting)
    row = await minutes_rows.latest(stage.session, meeting.id)
    await pressed(stage, "vte_focal", meeting, meeting_minutes.agree, minutes=row.id)
    assert row.state is MinutesState.SENT
    said = await pressed(stage, "kmg_focal", meeting, meeting_minutes.agree, minutes=row.id)
    assert row.state is MinutesState.AGREED
    assert "are agreed by both sides" in str(said.page(Post).text)
    with pytest.raises(NotNow):
        await pressed(stage, "kmg_focal", meeting, meeting_minutes.agree, minutes=row.id)
    with pytest.raises(NotNow):
        await pressed(stage, "vte_trainer", meeting, meeting_minutes.again)
    with pytest.raises(NotNow):
        await stage.says("vte_focal", "/note M1 Too late", meeting_notes.note)


async def test_an_objection_leads_to_a_new_edition(stage, meeting):
    await held(stage, meeting)
    row = await minutes_rows.latest(stage.session, meeting.id)
    asked = await pressed(stage, "kmg_focal", meeting, meeting_minutes.object_to, minutes=row.id)
    assert "what is not right" in asked.text
    args = (await dialogues.open_with(stage.session, stage.cast["kmg_focal"].id, -1001, stage.now)).args
    said = await stage.says("kmg_focal", "The visit is missing", meeting_minutes.objected, args=args)
    assert row.state is MinutesState.OBJECTED
    told = said.of(Private)[0]
    assert told.person_id == stage.cast["vte_trainer"].id
    assert "Kunming objects to the minutes" in str(told.view(Say("en")).text)
    await stage.says("vte_trainer", "/note M1 The visit is in June", meeting_notes.note)
    again = await pressed(stage, "vte_trainer", meeting, meeting_minutes.again)
    text = str(again.of(Private)[0].view(Say("en")).text)
    assert "edition 2" in text
    assert "The visit is in June" in text
    with pytest.raises(StaleButton):
        await pressed(stage, "kmg_focal", meeting, meeting_minutes.agree, minutes=row.id)


@pytest.mark.parametrize("who", ["vte_trainer", "coordinator", "observer"])
async def test_only_who_speaks_for_a_side_answers_minutes(stage, meeting, who):
    await held(stage, meeting)
    row = await minutes_rows.latest(stage.session, meeting.id)
    with pytest.raises(NotYours):
        await pressed(stage, who, meeting, meeting_minutes.agree, minutes=row.id)


async def test_minutes_are_read_in_private(stage, meeting):
    await held(stage, meeting)
    said = await pressed(stage, "observer", meeting, meeting_minutes.show)
    assert said.of(Private)[0].person_id == stage.cast["observer"].id
    assert "come in the private chat" in str(said.page(Toast).text)
    stage.cast["observer"].private_open = False
    here = await pressed(stage, "observer", meeting, meeting_minutes.show)
    assert "Minutes of M1" in str(here.page(Answer).text)


async def test_minutes_keep_what_was_and_show_who_is(stage, meeting):
    await held(stage, meeting)
    task = await stage.session.get_one(Task, 1)
    task.due = datetime(2026, 6, 1, tzinfo=UTC).date()
    stage.cast["kmg_focal"].name = "former member"
    facts = await minutes_facts.latest(stage.session, meeting)
    text = str(minutes_views.whole(facts)(Say("en")).text)
    assert "Thu 30 Apr" in text
    assert "⁨former member⁩ (Kunming): We can start in May" in text


# -- the series, the photo


async def test_the_next_meeting_takes_over_what_was_left(stage, meeting):
    await held(stage, meeting)
    said = await pressed(stage, "kmg_focal", meeting, meeting_series.follow)
    following = await stage.session.get_one(Meeting, said.of(ShowCard)[0].subject_id)
    assert (following.title, following.follows_id) == ("Module plan", meeting.id)
    assert [row.text for row in await agenda_rows.of(stage.session, following.id)] == ["Budget"]
    assert "It follows M1." in said.text
    same = await pressed(stage, "kmg_focal", meeting, meeting_series.follow)
    assert same.of(ShowCard)[0].subject_id == following.id


async def test_a_photo_is_kept(stage, meeting):
    await opened(stage)
    with pytest.raises(NoEvidence):
        await stage.says("vte_trainer", "/photo M1", meeting_series.photo)
    await stage.says("vte_trainer", "/photo M1", meeting_series.photo, attachments=(Attachment("photo", "PHO-1"),))
    assert meeting.photo_id == "PHO-1"
    quoted = Quoted(5, "", None, attachments=(Attachment("photo", "PHO-2"),))
    await stage.says("kmg_trainer", "/photo", meeting_series.photo, reply_to=quoted)
    assert meeting.photo_id == "PHO-2"
