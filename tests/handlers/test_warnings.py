"""Due dates that became days off: who hears of it, when, and how often."""

from datetime import UTC, date, datetime, timedelta

import pytest

from handlers import tasks as giving
from handlers import warnings
from handlers.reply import Private
from handlers.voice import Say
from storage import groups, own_days, people
from storage import tasks as stored
from storage.kinds import DayKind
from storage.tables import Membership

EVENING = datetime(2026, 4, 1, 13, tzinfo=UTC)
OFF = date(2026, 4, 20)


async def given(stage, words="Write unit 1 @vte_trainer by 2026-04-20", who="vte_focal"):
    await stage.says(who, f"/task {words}", giving.create)
    return (await stored.by_number(stage.session, stage.group.id, 1))[0]


async def day_off(stage, task, day=OFF, name="Repairs"):
    """The side of a task is off on that day from now on."""
    await own_days.add(
        stage.session, side_id=task.side_id, first=day, last=day, kind=DayKind.OFF, name=name, by=None, at=stage.now
    )


async def looked_over(stage, moment=None) -> list[Private]:
    return list(await warnings.plan(stage.session, moment or stage.now))


def who(stage, said):
    keys = {person.id: key for key, person in stage.cast.items()}
    return [keys[each.person_id] for each in said]


async def test_the_person_responsible_hears_why_and_which_days_suit_both(stage):
    await day_off(stage, await given(stage))
    (said,) = await looked_over(stage)
    assert who(stage, [said]) == ["vte_trainer"]
    page = said.view(Say("en"))
    assert "Mon 20 Apr is a day off for Vientiane: Repairs." in page.text
    assert [button.label for row in page.rows for button in row] == ["Fri 17 Apr", "Tue 21 Apr", "Keep Mon 20 Apr"]


async def test_a_time_is_kept_when_another_day_is_offered(stage):
    await day_off(stage, await given(stage, "Meet @vte_trainer by 2026-04-20 15:00"))
    (said,) = await looked_over(stage)
    page = said.view(Say("en"))
    assert "15:00 Vientiane / Mon 20 Apr, 16:00 Kunming" in page.text
    assert page.rows[0][0].label == "Fri 17 Apr, 15:00"
    assert page.rows[0][0].args["at"] == "2026-04-17T15:00:00+07:00"


async def test_a_task_that_is_nobodys_is_told_to_the_focal_point(stage):
    await day_off(stage, await given(stage, "Write unit 1 by 2026-04-20"))
    assert who(stage, await looked_over(stage)) == ["vte_focal"]


async def test_whoever_left_the_group_hears_nothing(stage):
    task = await given(stage)
    await stage.session.delete(
        await stage.session.get_one(Membership, await _membership(stage, stage.cast["vte_trainer"].id))
    )
    await stage.session.flush()
    await day_off(stage, task)
    assert who(stage, await looked_over(stage)) == ["vte_focal"]


async def _membership(stage, person_id):
    return (await people.active(stage.session, person_id, stage.group.id)).id


async def test_nobody_hears_twice_of_the_same(stage):
    await day_off(stage, await given(stage))
    moments = [stage.now + timedelta(hours=hours) for hours in range(0, 120, 3)]
    said = [each for moment in moments for each in await looked_over(stage, moment)]
    assert len(said) == 1


async def test_another_date_on_a_day_off_is_another_matter(stage):
    task = await given(stage)
    await day_off(stage, task)
    first = await looked_over(stage)
    task.due = date(2026, 4, 21)
    await day_off(stage, task, task.due)
    second = await looked_over(stage, stage.now + timedelta(days=1))
    assert first[0].key != second[0].key


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        pytest.param(datetime(2026, 4, 1, 2, tzinfo=UTC), True, id="at work"),
        pytest.param(EVENING, False, id="in the evening"),
        pytest.param(datetime(2026, 4, 4, 2, tzinfo=UTC), False, id="on a Saturday"),
    ],
)
async def test_it_is_said_at_work_alone(stage, moment, told):
    await day_off(stage, await given(stage))
    assert bool(await looked_over(stage, moment)) is told


async def test_what_was_not_said_in_the_evening_is_said_in_the_morning(stage):
    await day_off(stage, await given(stage))
    assert await looked_over(stage, EVENING) == []
    told, moment = [], EVENING
    while moment < EVENING + timedelta(hours=16):
        moment += timedelta(minutes=1)
        told += [moment for _ in await looked_over(stage, moment)]
    (at,) = told
    assert datetime(2026, 4, 2, 1, tzinfo=UTC) <= at <= datetime(2026, 4, 2, 1, 6, tzinfo=UTC)


async def test_days_of_the_other_side_are_none_of_his_business_at_night(stage):
    task = await given(stage)
    other = next(side for side in await _sides(stage) if side.id != task.side_id)
    await own_days.add(
        stage.session, side_id=other.id, first=OFF, last=OFF, kind=DayKind.OFF, name="x", by=None, at=stage.now
    )
    assert await looked_over(stage) == []


async def _sides(stage):
    return await groups.sides(stage.session, stage.group.id)


async def test_a_date_that_is_past_is_left_to_the_reminders(stage):
    task = await given(stage)
    await day_off(stage, task)
    assert await looked_over(stage, datetime(2026, 4, 21, 2, tzinfo=UTC)) == []


async def test_without_a_private_chat_the_group_hears_the_name_of_the_task_alone(stage):
    await day_off(stage, await given(stage))
    (said,) = await looked_over(stage)
    assert said.otherwise(Say("en")).text == "the due dates of T1 fall on days off. /due sets another one."
