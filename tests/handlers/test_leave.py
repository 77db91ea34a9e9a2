"""Being away and coming back."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from handlers import leave
from handlers.refusals import DateUnread, LeaveBackwards, NotAway, NotYours, StaleButton
from handlers.reply import Answer, Button
from storage import dialogues, journal, people
from storage.kinds import Subject
from storage.people import last_day
from storage.tables import Leave, Task

FIRST, LAST = date(2026, 4, 13), date(2026, 4, 17)


async def written(stage, who="vte_focal"):
    """The leave of a person, in the order written."""
    query = select(Leave).where(Leave.person_id == stage.cast[who].id).order_by(Leave.id)
    return list((await stage.session.exec(query)).all())


async def goes(stage, who="vte_focal", words="13 April to 17 April", **extra):
    return await stage.says(who, f"/away {words}", leave.away, **extra)


async def test_the_days_are_shown_with_their_weekdays_and_who_is_asked_meanwhile(stage):
    said = await goes(stage)
    assert "from Mon 13 Apr 2026 to Fri 17 Apr 2026" in said.text
    assert "⁨Alternate, Vientiane⁩ is asked meanwhile" in said.text
    assert list(said.buttons()) == ["Other dates", "Call off"]
    (row,) = await written(stage)
    assert (row.first_day, row.last_day) == (FIRST, LAST)
    (entry,) = await journal.of(stage.session, Subject.PERSON, stage.cast["vte_focal"].id)
    assert (entry.change, entry.after["first_day"], entry.group_id) == ("leave written", "2026-04-13", stage.group.id)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        pytest.param("vte_alternate", "⁨Focal point, Vientiane⁩ is asked", id="for an alternate: the focal point"),
        pytest.param("kmg_trainer", "⁨Alternate, Kunming⁩ is asked", id="for a member: the alternate"),
        pytest.param("coordinator", "nobody else", id="for the coordinator: nobody"),
    ],
)
async def test_who_is_asked_meanwhile(stage, who, words):
    said = await goes(stage, who)
    assert words in said.text


async def test_one_day_and_until(stage):
    assert "You are away on Thu 2 Apr 2026." in (await goes(stage, words="tomorrow")).text
    assert "from Wed 1 Apr 2026 to Fri 3 Apr 2026" in (await goes(stage, words="until 3 April")).text


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        pytest.param("soon", DateUnread, id="no date"),
        pytest.param("2025-01-01", DateUnread, id="a day long past"),
        pytest.param("17 April to 13 April", LeaveBackwards, id="backwards"),
    ],
)
async def test_what_is_not_written_down(stage, words, refusal):
    with pytest.raises(refusal):
        await goes(stage, words=words)
    assert await written(stage) == []


async def test_a_stranger_has_no_leave_here(stage):
    with pytest.raises(NotYours):
        await goes(stage, "stranger")


async def test_without_dates_it_asks_and_takes_the_answer(stage):
    asked = await stage.says("vte_focal", "/away", leave.away, private=True)
    assert asked.page().ask
    person = stage.cast["vte_focal"]
    question = await dialogues.open_with(stage.session, person.id, person.telegram_id, stage.now)
    assert (question.kind, question.prompt_key) == ("leave.dates", asked.of(Answer)[0].key)
    said = await stage.says("vte_focal", "13 April to 17 April", leave.dates, private=True, args=question.args)
    assert "from Mon 13 Apr 2026" in said.text
    assert len(await written(stage)) == 1


async def test_other_dates_take_the_place_of_the_first_ones(stage):
    said = await goes(stage)
    await stage.presses("vte_focal", said.buttons()["Other dates"], leave.change)
    question = await dialogues.open_with(stage.session, stage.cast["vte_focal"].id, -1001, stage.now)
    await stage.says("vte_focal", "20 April to 21 April", leave.dates, args=question.args)
    first, second = await written(stage)
    assert last_day(first) < first.first_day  # called off
    assert (second.first_day, last_day(second)) == (date(2026, 4, 20), date(2026, 4, 21))
    assert not await people.is_away(stage.session, stage.cast["vte_focal"].id, FIRST)


async def test_called_off_it_does_not_take_place(stage):
    said = await goes(stage)
    done = await stage.presses("vte_focal", said.buttons()["Call off"], leave.call_off)
    assert "Mon 13 Apr – Fri 17 Apr" in done.text
    assert not await people.is_away(stage.session, stage.cast["vte_focal"].id, FIRST)
    with pytest.raises(StaleButton):
        await stage.presses("vte_focal", said.buttons()["Call off"], leave.call_off)


@pytest.mark.parametrize("handler", [leave.call_off, leave.change], ids=["call off", "change"])
@pytest.mark.parametrize("who", ["vte_alternate", "coordinator", "stranger"])
async def test_nobody_changes_anothers_leave(stage, who, handler):
    said = await goes(stage)
    with pytest.raises(NotYours):
        await stage.presses(who, said.buttons()["Call off"], handler)


async def test_a_leave_that_is_not_there_is_an_old_button(stage):
    with pytest.raises(StaleButton):
        await stage.presses("vte_focal", Button("", "leave.call_off", {"leave": 4711}), leave.call_off)


async def test_anothers_leave_is_not_ended_by_a_typed_answer(stage):
    await goes(stage)
    (row,) = await written(stage)
    await stage.says("kmg_focal", "20 April", leave.dates, args={"leave": row.id})
    assert await people.is_away(stage.session, stage.cast["vte_focal"].id, FIRST)


async def test_back_ends_the_present_leave_today(stage):
    await goes(stage, words="13 April to 17 April")
    await goes(stage, words="1 May to 5 May")
    wednesday = stage.now + timedelta(days=14)
    await stage.says("vte_focal", "/back", leave.back, now=wednesday)
    person = stage.cast["vte_focal"].id
    away = [day for day in range(13, 18) if await people.is_away(stage.session, person, date(2026, 4, day))]
    assert away == [13, 14]
    assert await people.is_away(stage.session, person, date(2026, 5, 1))


async def test_back_calls_off_what_is_still_to_come(stage):
    await goes(stage)
    await stage.says("vte_focal", "/back", leave.back)
    assert not await people.is_away(stage.session, stage.cast["vte_focal"].id, FIRST)


async def test_back_on_the_first_day_leaves_nothing(stage):
    await goes(stage, words="today")
    await stage.says("vte_focal", "/back", leave.back)
    assert not await people.is_away(stage.session, stage.cast["vte_focal"].id, stage.now.date())


async def test_who_is_not_away_cannot_come_back(stage):
    with pytest.raises(NotAway):
        await stage.says("vte_focal", "/back", leave.back)
    await goes(stage, words="today")
    await stage.says("vte_focal", "/back", leave.back)
    with pytest.raises(NotAway):
        await stage.says("vte_focal", "/back", leave.back)


async def test_his_live_tasks_are_looked_at_again(stage):
    later = stage.now + timedelta(days=3)
    person = stage.cast["vte_trainer"]
    side_id = (await people.membership(stage.session, person.id, stage.group.id)).side_id
    for number, look_at in ((1, later), (2, None)):
        stage.session.add(
            Task(
                bot_id=99,
                update_id=number,
                group_id=stage.group.id,
                number=number,
                text="Send the plan",
                language="en",
                search_text="",
                side_id=side_id,
                assignee_id=person.id,
                created_by=person.id,
                created_at=stage.now,
                state_since=stage.now,
                look_at=look_at,
            )
        )
    await goes(stage, "vte_trainer")
    stage.session.expire_all()
    looks = (await stage.session.exec(select(Task.look_at).order_by(Task.number))).all()
    assert looks == [stage.now, None]
