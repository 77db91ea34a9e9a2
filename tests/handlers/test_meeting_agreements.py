"""What the two sides agreed in a meeting: recorded for those who are there, confirmed or contested by each."""

import pytest

from handlers import decision_records, decisions, meeting_agreements, meeting_arranging, meetings, sessions
from handlers.refusals import NoMeetingOn, NothingWritten, NotModerator, NotYours, StaleButton
from handlers.reply import Edit, Private, RefreshCard, ShowCard
from handlers.views import refusals
from handlers.voice import Say
from storage import attendance, journal
from storage import decisions as rows
from storage.kinds import DecisionState, Subject
from storage.tables import Decision, Meeting


@pytest.fixture
async def meeting(stage):
    """M1, going on, led by the trainer of Vientiane; both focal points are there."""
    said = await stage.says("vte_trainer", "/meet Module plan at 12 May 10:00", meetings.meet)
    row = await stage.session.get_one(Meeting, said.of(ShowCard)[0].subject_id)
    args = {"id": row.id, "group": row.group_id}
    moderator = {**args, "post": "moderator", "person": stage.cast["vte_trainer"].id}
    await stage.says("vte_trainer", "", meeting_arranging.person, args=moderator)
    await stage.says("vte_trainer", "/open M1", sessions.open_)
    for who in ("vte_focal", "kmg_focal"):
        await stage.says(who, "", sessions.here, args=args)
    return row


async def agreed(stage, who="vte_trainer", text="/agreed We start in May"):
    said = await stage.says(who, text, meeting_agreements.agreed)
    return said, await stage.session.get_one(Decision, said.of(ShowCard)[0].subject_id)


def notices(said):
    return {each.person_id: each for each in said.of(Private)}


async def test_it_counts_for_both_sides_and_each_is_told(stage, meeting):
    said, decision = await agreed(stage)
    assert decision.state is DecisionState.AGREED
    assert decision.meeting_id == meeting.id
    told = notices(said)
    assert set(told) == {stage.cast["vte_focal"].id, stage.cast["kmg_focal"].id}
    page = told[stage.cast["kmg_focal"].id].view(Say("en"))
    assert "wrote down that you agreed to this for your side in M1" in str(page.text)
    card = await stage.says("observer", "/d1", decisions.show, args={"number": 1})
    assert "Said in M1 by ⁨Focal point, Kunming⁩, recorded by ⁨Trainer, Vientiane⁩" in card.text


@pytest.mark.usefixtures("meeting")
async def test_each_confirms_in_his_own_words(stage):
    said, decision = await agreed(stage)
    button = notices(said)[stage.cast["kmg_focal"].id].view(Say("en")).rows[0][0]
    confirmed = await stage.presses("kmg_focal", button, meeting_agreements.confirm, private=True)
    assert "D1: you have confirmed it." in str(confirmed.page(Edit).text)
    card = str(confirmed.page(RefreshCard).text)
    assert "Said in M1 by ⁨Focal point, Kunming⁩" not in card
    assert "Said in M1 by ⁨Focal point, Vientiane⁩" in card
    standing = (await rows.standing(stage.session, [decision.id]))[decision.id]
    assert [answer.recorded_by is None for answer in standing.values()].count(True) == 1
    entries = await journal.of(stage.session, Subject.DECISION, decision.id)
    assert entries[-1].change == "side agreed"
    with pytest.raises(StaleButton):
        await stage.presses("kmg_focal", button, meeting_agreements.confirm, private=True)
    with pytest.raises(NotYours):
        await stage.presses("vte_focal", button, meeting_agreements.confirm, private=True)


@pytest.mark.usefixtures("meeting")
async def test_or_contests_it(stage):
    said, decision = await agreed(stage)
    button = notices(said)[stage.cast["kmg_focal"].id].view(Say("en")).rows[0][1]
    await stage.presses("kmg_focal", button, decision_records.contest, private=True)
    assert decision.state is DecisionState.PROPOSED


async def test_a_side_that_is_not_there_answers_later(stage, meeting):
    row = next(r for r in await attendance.of(stage.session, meeting.id) if r.person_id == stage.cast["kmg_focal"].id)
    row.present = False
    stage.session.add(row)
    said, decision = await agreed(stage)
    assert decision.state is DecisionState.PROPOSED
    assert set(notices(said)) == {stage.cast["vte_focal"].id}


async def test_who_leads_and_speaks_for_a_side_needs_no_record_of_himself(stage, meeting):
    meeting.moderator_id = stage.cast["vte_focal"].id
    stage.session.add(meeting)
    said, decision = await agreed(stage, "vte_focal")
    assert decision.state is DecisionState.AGREED
    assert set(notices(said)) == {stage.cast["kmg_focal"].id}


@pytest.mark.usefixtures("meeting")
async def test_who_may_record_it(stage):
    for who in ("vte_focal", "kmg_trainer", "observer"):
        with pytest.raises(NotModerator) as refused:
            await agreed(stage, who)
        assert "On its card /m1, “Arrange” and then “Moderator”" in refusals.sentence(refused.value)(Say("en")).text
    _, decision = await agreed(stage, "coordinator")
    assert decision.state is DecisionState.AGREED
    with pytest.raises(NothingWritten):
        await agreed(stage, text="/agreed")
    await stage.says("vte_trainer", "/close", sessions.close)
    with pytest.raises(NoMeetingOn):
        await agreed(stage)
