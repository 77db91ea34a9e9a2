"""By when: typed, picked, read in two ways, asked for, accepted or kept."""

from datetime import UTC, date, datetime, timedelta

import pytest

from handlers import task_dates, task_moves, tasks
from handlers.refusals import DateUnread, NotNow, NotYours, StaleButton
from handlers.reply import Answer, Button, Edit, Private, RefreshCard, Toast
from handlers.voice import Say
from storage import calendars, dialogues, journal
from storage import tasks as stored
from storage.kinds import Subject
from storage.tables import Leave

OLD, NEW = date(2026, 4, 20), date(2026, 4, 24)


@pytest.fixture
async def task(stage):
    """T1 of a trainer in Vientiane, due on 20 April."""
    await stage.says("vte_focal", "/task Write unit 1 @vte_trainer by 2026-04-20", tasks.create)
    return (await stored.by_number(stage.session, stage.group.id, 1))[0]


def button(stage, name, **args):
    return Button("", f"task.{name}", {"group": stage.group.id, **args})


async def card(stage, task):
    return str((await tasks.card_of(stage.session, task))(Say("en")).text)


async def test_a_new_date_begins_the_ladder_anew(stage, task):
    task.snoozed_until, task.snoozes = date(2026, 4, 3), 2
    later = stage.now + timedelta(days=1)
    said = await stage.says("vte_focal", "/due T1 24 April", task_dates.due, now=later)
    assert (task.due, task.due_at, task.given_on) == (NEW, None, date(2026, 4, 2))
    assert (task.snoozed_until, task.snoozes, task.look_at) == (None, 0, later)
    assert said.page(Answer).text == "T1 is due Fri 24 Apr."
    assert list(said.buttons(Answer)) == ["Change date"]
    assert len(said.of(RefreshCard)) == 1
    entry = (await journal.of(stage.session, Subject.TASK, task.id))[-1]
    assert (entry.before["due"], entry.after["due"]) == ("2026-04-20", "2026-04-24")


async def test_a_time_makes_an_instant_by_the_clock_of_who_wrote_it(stage, task):
    await stage.says("coordinator", "/due T1 24 April 15:00", task_dates.due)
    assert task.due_at == datetime(2026, 4, 24, 8, tzinfo=UTC)
    assert "Fri 24 Apr, 15:00 Vientiane / Fri 24 Apr, 16:00 Kunming" in await card(stage, task)


async def test_the_end_of_a_day_is_that_day_and_no_other_ones_midnight(stage, task):
    said = await stage.says("vte_focal", "/due T1 4月24日24时前", task_dates.due)
    assert (task.due, task.due_at) == (NEW, None)
    assert said.page(Answer).text == "T1 is due Fri 24 Apr."
    await stage.says("vte_focal", "/due T1 24 April 24:00 Kunming time", task_dates.due)
    assert (task.due, task.due_at) == (NEW, datetime(2026, 4, 24, 15, 59, tzinfo=UTC))


@pytest.mark.usefixtures("task")
@pytest.mark.parametrize(
    ("words", "reason"),
    [("before Chinese New Year 2026", "past"), ("before Pi Mai 2025", "past"), ("2035年春节前", "no_calendar")],
)
async def test_a_holiday_without_a_day_is_refused_with_its_reason(stage, words, reason):
    await calendars.load_shipped(stage.session)
    with pytest.raises(DateUnread) as refused:
        await stage.says("vte_focal", f"/due T1 {words}", task_dates.due)
    assert refused.value.values["reason"] == reason


async def test_dates_on_which_both_sides_work_are_offered(stage, task):
    said = await stage.presses("vte_focal", button(stage, "due", id=task.id), task_dates.due)
    labels = [str(label) for label in said.buttons(Edit)]
    assert labels == [
        "Today, Wed 1 Apr",
        "Thu 2 Apr",
        "End of the week, Fri 3 Apr",
        "Next week, Mon 6 Apr",
        "In a week, Wed 8 Apr",
        "In two weeks, Wed 15 Apr",
        "End of the month, Thu 30 Apr",
        "Calendar",
        "Another date",
        "Back to the card",
    ]
    picked = said.buttons(Edit)["In a week, Wed 8 Apr"]
    done = await stage.presses("vte_focal", picked, task_dates.picked)
    assert task.due == date(2026, 4, 8)
    assert done.page(Toast).text == "T1 is due Wed 8 Apr."


async def test_another_date_is_typed(stage, task):
    asked = await stage.presses("vte_focal", button(stage, "due_ask", id=task.id), task_dates.ask_due)
    assert asked.page().ask
    question = await dialogues.open_with(stage.session, stage.cast["vte_focal"].id, -1001, stage.now)
    assert question.kind == "task.due"
    with pytest.raises(DateUnread):
        await stage.says("vte_focal", "when we can", task_dates.due, args=question.args)
    await stage.says("vte_focal", "24 April", task_dates.due, args=question.args)
    assert task.due == NEW


async def test_a_command_without_a_date_offers_some(stage, task):
    said = await stage.says("vte_focal", "/due T1", task_dates.due)
    assert "Another date" in said.buttons(Answer)
    assert "Back to the card" not in said.buttons(Answer)
    picked = said.buttons(Answer)["Thu 2 Apr"]
    done = await stage.presses("vte_focal", picked, task_dates.picked)
    assert done.page(Edit).text == "T1 is due Thu 2 Apr."
    assert task.due == date(2026, 4, 2)


async def test_the_other_reading_is_a_button(stage, task):
    said = await stage.says("vte_focal", "/due T1 4/5", task_dates.due)
    assert task.due == date(2026, 5, 4)
    assert "I read “4/5” as Mon 4 May 2026." in said.text
    await stage.presses("vte_focal", said.buttons()["No, Sun 5 Apr 2026"], task_dates.picked)
    assert task.due == date(2026, 4, 5)


@pytest.mark.parametrize(
    ("who", "now_holds", "judge"),
    [
        pytest.param("vte_trainer", False, "vte_focal", id="a member's new date waits for his focal point"),
        pytest.param("vte_focal", True, None, id="a focal point's holds"),
        pytest.param("coordinator", True, None, id="a coordinator's holds"),
    ],
)
async def test_whose_date_holds_at_once(stage, task, who, now_holds, judge):
    said = await stage.says(who, "/due T1 24 April", task_dates.due)
    assert task.due == (NEW if now_holds else OLD)
    assert [note.person_id for note in said.of(Private)] == ([stage.cast[judge].id] if judge else [])
    assert ("asked for: Fri 24 Apr" in await card(stage, task)) is not now_holds


async def test_a_first_date_needs_nobody(stage):
    await stage.says("vte_focal", "/task Write unit 2 @vte_trainer", tasks.create)
    (task,) = await stored.by_number(stage.session, stage.group.id, 1)
    await stage.says("vte_trainer", "/due T1 24 April", task_dates.due)
    assert task.due == NEW


async def test_without_anybody_to_ask_the_date_holds(stage, task):
    for role in ("vte_focal", "vte_alternate"):
        person = stage.cast[role].id
        stage.session.add(
            Leave(person_id=person, first_day=date(2026, 4, 1), last_day=date(2026, 4, 2), written_at=stage.now)
        )
    await stage.session.flush()
    await stage.says("vte_trainer", "/due T1 24 April", task_dates.due)
    assert task.due == NEW


async def asked_for(stage):
    said = await stage.says("vte_trainer", "/due T1 24 April", task_dates.due)
    (note,) = said.of(Private)
    assert "asks for another date" in note.view(Say("en")).text
    assert "Trainer" not in note.otherwise(Say("en")).text  # in the group: by task alone
    return {button.label: button for row in note.view(Say("en")).rows for button in row}


@pytest.mark.parametrize(
    ("label", "handler", "due", "said"),
    [
        pytest.param("Accept new date", task_dates.accept_due, NEW, "T1 is due Fri 24 Apr.", id="accepted"),
        pytest.param("Keep old date", task_dates.keep_due, OLD, "T1 stays due Mon 20 Apr.", id="kept"),
    ],
)
async def test_the_focal_point_answers(stage, task, label, handler, due, said):
    buttons = await asked_for(stage)
    answer = await stage.presses("vte_focal", buttons[label], handler, private=True)
    assert task.due == due
    assert answer.page(Edit).text == said
    assert [note.person_id for note in answer.of(Private)] == [stage.cast["vte_trainer"].id]
    assert "asked for" not in await card(stage, task)
    with pytest.raises(StaleButton):
        await stage.presses("vte_focal", buttons[label], handler, private=True)


async def test_nobody_lets_his_own_date_hold(stage, task):
    buttons = await asked_for(stage)
    with pytest.raises(NotYours):
        await stage.presses("vte_trainer", buttons["Accept new date"], task_dates.accept_due)
    assert task.due == OLD


async def test_an_older_request_is_stale(stage, task):
    buttons = await asked_for(stage)
    await stage.says("vte_trainer", "/due T1 27 April", task_dates.due)
    with pytest.raises(StaleButton):
        await stage.presses("vte_focal", buttons["Accept new date"], task_dates.accept_due)
    assert task.due == OLD


@pytest.mark.parametrize(
    ("who", "words", "refusal"),
    [
        pytest.param("kmg_focal", "T1 24 April", NotYours, id="the other side"),
        pytest.param("kmg_trainer", "T1 24 April", NotYours, id="a member of the other side"),
        pytest.param("observer", "T1 24 April", NotYours, id="an observer"),
        pytest.param("vte_focal", "T1 31/2", DateUnread, id="no such day"),
        pytest.param("vte_focal", "T1 soon", DateUnread, id="no date"),
    ],
)
async def test_refusals(stage, task, who, words, refusal):
    with pytest.raises(refusal):
        await stage.says(who, f"/due {words}", task_dates.due)
    assert task.due == OLD


async def test_a_closed_task_keeps_its_date(stage, task):
    await stage.says("vte_trainer", "/done T1", task_moves.done)
    with pytest.raises(NotNow):
        await stage.says("vte_focal", "/due T1 24 April", task_dates.due)
    assert task.due == OLD


async def test_every_part_gets_the_date_from_whoever_has_none(stage):
    await stage.says("coordinator", "/task Write @vte_trainer @kmg_focal", tasks.create)
    parts = await stored.by_number(stage.session, stage.group.id, 1)
    await stage.says("coordinator", "/due T1 24 April", task_dates.due)
    assert [part.due for part in parts] == [NEW, NEW]
    await stage.says("coordinator", "/due T1b 27 April", task_dates.due)
    assert [part.due for part in parts] == [NEW, date(2026, 4, 27)]
    shown = await card(stage, parts[0])
    assert "Due: Fri 24 Apr" in shown
    assert "Due: Mon 27 Apr" in shown
