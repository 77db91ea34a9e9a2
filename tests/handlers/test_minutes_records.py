"""Answers to minutes recorded for somebody: from the button below the minutes to the person's word against it."""

from datetime import timedelta

import pytest

from handlers import meeting_history, meeting_minutes, meetings, minutes_facts, minutes_records, sessions
from handlers.refusals import NobodyToRecordFor, NotNow, NotYours, OnBehalfOff, StaleButton
from handlers.reply import Answer, Button, Edit, Post, Private, ShowCard
from handlers.views import minutes as minutes_views
from handlers.voice import Say
from storage import dialogues, groups
from storage import minutes as stored
from storage.kinds import MinutesState
from storage.tables import Meeting

GROUP_CHAT = -1001


@pytest.fixture
async def meeting(stage):
    """M1, held; its minutes wait for both sides."""
    said = await stage.says("vte_trainer", "/meet Module plan at 12 May 10:00", meetings.meet)
    found = await stage.session.get_one(Meeting, said.of(ShowCard)[0].subject_id)
    await stage.says("vte_trainer", "/open M1", sessions.open_)
    await stage.says("vte_trainer", "/close", sessions.close)
    return found


async def edition(stage, meeting):
    return await stored.latest(stage.session, meeting.id)


async def about(stage, meeting, **more):
    return {"id": meeting.id, "group": meeting.group_id, "minutes": (await edition(stage, meeting)).id, **more}


async def pressed(stage, who, meeting, handler, **more):
    return await stage.presses(who, Button("", "", await about(stage, meeting, **more)), handler)


async def recorded(stage, meeting, verdict="agree", **more):
    args = await about(stage, meeting, person=stage.cast["kmg_focal"].id, verdict=verdict, **more)
    return await stage.says("coordinator", "Call of 1 April", minutes_records.recorded, args=args)


async def contested(stage, said, who="kmg_focal"):
    notice = next(each for each in said.of(Private) if each.person_id == stage.cast["kmg_focal"].id)
    press = notice.view(Say("en")).rows[0][0]
    return await stage.presses(who, press, minutes_records.contest, private=True)


async def text(stage, meeting):
    return str(minutes_views.whole(await minutes_facts.latest(stage.session, meeting))(Say("en")).text)


async def asked(stage):
    return await dialogues.open_with(stage.session, stage.cast["coordinator"].id, GROUP_CHAT, stage.now)


async def test_from_the_minutes_to_the_answer_that_counts(stage, meeting):
    await pressed(stage, "vte_focal", meeting, meeting_minutes.agree)
    shown = await pressed(stage, "coordinator", meeting, meeting_minutes.show)
    press = next(each for row in shown.of(Private)[0].view(Say("en")).rows for each in row)
    assert press.label == "Record an answer"
    persons = (await stage.presses("coordinator", press, minutes_records.on_behalf)).buttons(Answer)
    assert list(persons) == ["Focal point, Kunming · Kunming"]
    verdicts = await stage.presses("coordinator", persons["Focal point, Kunming · Kunming"], minutes_records.for_person)
    await stage.presses("coordinator", verdicts.buttons(Edit)["Agrees"], minutes_records.for_verdict)
    question = await asked(stage)
    assert question.kind == "minutes.evidence"
    said = await stage.says("coordinator", "Call of 1 April", minutes_records.recorded, args=question.args)
    assert "are agreed by both sides" in str(said.page(Post).text)
    assert (await edition(stage, meeting)).state is MinutesState.AGREED
    recorder = "<i>Recorded by the coordinator ⁨Coordinator, project⁩ for ⁨Focal point, Kunming⁩: Call of 1 April</i>"
    assert recorder in await text(stage, meeting)


async def test_the_person_is_told_and_what_he_contests_no_longer_counts(stage, meeting):
    await pressed(stage, "vte_focal", meeting, meeting_minutes.agree)
    said = await recorded(stage, meeting)
    notice = next(each for each in said.of(Private) if each.person_id == stage.cast["kmg_focal"].id)
    words = str(notice.view(Say("en")).text)
    assert "has recorded that you agree to the minutes" in words
    assert "Evidence: Call of 1 April" in words
    assert "an answer to the minutes of <b>M1</b>" in str(notice.otherwise(Say("en")).text)
    with pytest.raises(NotYours):
        await contested(stage, said, "kmg_trainer")
    against = await contested(stage, said)
    assert "The minutes wait for an answer again" in str(against.page(Post).text)
    row = await edition(stage, meeting)
    assert (row.state, row.closed_at) == (MinutesState.SENT, None)
    assert "<b>Kunming</b>: no answer yet" in await text(stage, meeting)
    with pytest.raises(StaleButton):
        await contested(stage, said)
    again = await pressed(stage, "kmg_focal", meeting, meeting_minutes.agree)
    assert again.of(Post)[0].key != said.of(Post)[0].key


async def test_contested_after_the_last_day_the_minutes_wait_as_long_again(stage, meeting):
    await pressed(stage, "vte_focal", meeting, meeting_minutes.agree)
    said = await recorded(stage, meeting)
    row = await edition(stage, meeting)
    row.answer_by = stage.now - timedelta(hours=1)
    await contested(stage, said)
    assert row.answer_by > stage.now


async def test_minutes_that_stand_are_not_opened_again(stage, meeting):
    said = await recorded(stage, meeting)
    row = await edition(stage, meeting)
    await stored.close(stage.session, row, MinutesState.UNOPPOSED, stage.now)
    against = await contested(stage, said)
    assert row.state is MinutesState.UNOPPOSED
    assert "wait for an answer again" not in str(against.page(Post).text)


async def test_an_edition_that_was_replaced_leaves_the_one_that_counts_alone(stage, meeting):
    said = await recorded(stage, meeting)
    await pressed(stage, "vte_trainer", meeting, meeting_minutes.again)
    second = await recorded(stage, meeting)
    await contested(stage, said)
    assert "agreed · ⁨Focal point, Kunming⁩" in await text(stage, meeting)
    await contested(stage, second)
    assert "<b>Kunming</b>: no answer yet" in await text(stage, meeting)


async def test_an_objection_takes_its_reason_and_reaches_who_runs_the_meeting(stage, meeting):
    person = stage.cast["kmg_focal"].id
    await pressed(stage, "coordinator", meeting, minutes_records.for_verdict, person=person, verdict="object")
    reason = await asked(stage)
    assert reason.kind == "minutes.reason_for"
    await stage.says("coordinator", "The visit is missing", minutes_records.reason_for, args=reason.args)
    said = await stage.says("coordinator", "Letter", minutes_records.recorded, args=(await asked(stage)).args)
    assert (await edition(stage, meeting)).state is MinutesState.OBJECTED
    told = {each.person_id: str(each.view(Say("en")).text) for each in said.of(Private)}
    assert "Kunming objects to the minutes" in told[stage.cast["vte_trainer"].id]
    assert "you object to the minutes" in told[person]
    shown = await stage.says("observer", "", meeting_history.history, args=await about(stage, meeting))
    assert "recorded that ⁨Focal point, Kunming⁩ objects to the minutes" in str(shown.page(Edit).text)


async def test_a_word_of_ones_own_takes_the_place_of_a_recorded_one(stage, meeting):
    await recorded(stage, meeting)
    await pressed(stage, "kmg_focal", meeting, meeting_minutes.agree)
    assert "Recorded by" not in await text(stage, meeting)
    persons = await pressed(stage, "coordinator", meeting, minutes_records.on_behalf)
    assert list(persons.buttons(Answer)) == ["Focal point, Vientiane · Vientiane"]


async def test_who_may_not_and_when_nothing_can_be_recorded(stage, meeting):
    for who in ("vte_focal", "vte_trainer", "observer"):
        with pytest.raises(NotYours):
            await pressed(stage, who, meeting, minutes_records.on_behalf)
        shown = await pressed(stage, who, meeting, meeting_minutes.show)
        labels = [each.label for row in shown.of(Private)[0].view(Say("en")).rows for each in row]
        assert "Record an answer" not in labels
    row = await edition(stage, meeting)
    with pytest.raises(StaleButton):
        await stage.presses(
            "coordinator",
            Button("", "", {"id": meeting.id, "group": meeting.group_id, "minutes": row.id + 1}),
            minutes_records.on_behalf,
        )
    row.state = MinutesState.UNOPPOSED
    with pytest.raises(NotNow):
        await pressed(stage, "coordinator", meeting, minutes_records.on_behalf)
    (await groups.mechanism(stage.session, stage.group.id)).on_behalf = False
    with pytest.raises(OnBehalfOff):
        await pressed(stage, "coordinator", meeting, minutes_records.on_behalf)


async def test_nobody_is_offered_once_both_sides_spoke(stage, meeting):
    await pressed(stage, "vte_focal", meeting, meeting_minutes.agree)
    args = await about(stage, meeting)
    await stage.says("kmg_focal", "Not so", meeting_minutes.objected, args=args)
    with pytest.raises(NobodyToRecordFor):
        await pressed(stage, "coordinator", meeting, minutes_records.on_behalf)
