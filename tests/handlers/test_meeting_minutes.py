"""Minutes: drafted at once, sent, answered, read; and the meeting that follows."""

from datetime import UTC, datetime

import pytest

from handlers import (
    meeting_minutes,
    meeting_notes,
    meeting_series,
    minutes_facts,
)
from handlers.refusals import (
    NotNow,
    NotYours,
    StaleButton,
)
from handlers.reply import Answer, Post, Private, ShowCard, Toast
from handlers.views import minutes as minutes_views
from handlers.voice import Say
from storage import agendas as agenda_rows
from storage import dialogues
from storage import minutes as minutes_rows
from storage.kinds import MeetingState, MinutesState
from storage.tables import Meeting, Task
from tests.handlers.meetings import held, pressed


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


async def test_the_next_meeting_takes_over_what_was_left(stage, meeting):
    await held(stage, meeting)
    said = await pressed(stage, "kmg_focal", meeting, meeting_series.follow)
    following = await stage.session.get_one(Meeting, said.of(ShowCard)[0].subject_id)
    assert (following.title, following.follows_id) == ("Module plan", meeting.id)
    assert [row.text for row in await agenda_rows.of(stage.session, following.id)] == ["Budget"]
    assert "It follows M1." in said.text
    same = await pressed(stage, "kmg_focal", meeting, meeting_series.follow)
    assert same.of(ShowCard)[0].subject_id == following.id
