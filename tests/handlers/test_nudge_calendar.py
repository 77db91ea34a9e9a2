"""[Later] with a month of days: which can be pressed, and what a press on one does."""

from datetime import date

import pytest

from handlers.refusals import NotYours, StaleButton
from handlers.reply import Button, Edit, Toast
from tests.handlers.test_nudge_presses import bundles_of, button, give, labels, press


@pytest.fixture
async def month(stage):
    """The calendar behind [Later] on Thursday 2 April, for a task that is due that day."""
    await give(stage, "vte_trainer")
    choices = (await press(stage, "vte_trainer", await _later(stage))).page(Edit)
    return (await press(stage, "vte_trainer", button(choices, "Calendar"))).page(Edit)


async def _later(stage):
    return button((await bundles_of(stage))["vte_trainer"], "Later")


async def test_the_days_from_tomorrow_to_two_weeks_ahead_can_be_pressed(month):
    assert "<b>April 2026</b>" in month.text
    days = [each.args["date"] for row in month.rows for each in row if each.press == "nudge.snooze_till"]
    assert (days[0], days[-1], len(days)) == ("2026-04-03", "2026-04-16", 14)
    assert "›" not in labels(month)


async def test_a_day_that_is_pressed_puts_the_task_off_till_then(stage, month):
    said = await press(stage, "vte_trainer", button(month, "10"))
    assert "on Fri 10 Apr" in said.page(Toast).text
    assert "✓ <b>T1</b>" in said.page(Edit).text


async def test_three_times_is_enough_here_too(stage, month):
    for _ in range(3):
        await press(stage, "vte_trainer", button(month, "10"))
    for again in (button(month, "10"), Button("", "nudge.month", button(month, "10").args)):
        assert "three times already" in (await press(stage, "vte_trainer", again)).page(Toast).text


@pytest.mark.parametrize("day", ["2026-04-02", "2026-04-17", "2027-01-01"])
async def test_other_days_are_refused(stage, month, day):
    pressed = Button("", "nudge.snooze_till", button(month, "10").args | {"date": day})
    with pytest.raises(StaleButton):
        await press(stage, "vte_trainer", pressed)


async def test_nobody_else_may_put_it_off(stage, month):
    with pytest.raises((NotYours, StaleButton)):
        await press(stage, "kmg_trainer", button(month, "10"))


async def test_a_task_due_later_can_be_put_off_till_its_date(stage):
    task = await give(stage, "vte_trainer")
    later = await _later(stage)
    task.due = date(2026, 5, 20)
    choices = (await press(stage, "vte_trainer", later)).page(Edit)
    april = (await press(stage, "vte_trainer", button(choices, "Calendar"))).page(Edit)
    may = (await press(stage, "vte_trainer", button(april, "›"))).page(Edit)
    days = [each.args["date"] for row in may.rows for each in row if each.press == "nudge.snooze_till"]
    assert (days[0], days[-1]) == ("2026-05-01", "2026-05-20")
