"""Warnings over real HTTP: where a date is set, at night, when a calendar changes; each thing once."""

from datetime import UTC, date, datetime

import pytest

from storage import tasks

NEW_YEAR = "Lao New Year's Day"


async def due(bed, number=1):
    async with bed.program.database.reading() as session:
        return (await tasks.by_number(session, 1, number))[0].due


async def given(bed, words):
    await bed.hears("vte_focal", f"/task {words}")
    return bed.last(bed.group, "Given by")


async def day_off(bed, day, name="Repairs"):
    """A focal point writes a day off of his institution."""
    await bed.presses("vte_focal", await bed.hears("vte_focal", "/calendar", private=True), "Own days: Vientiane")
    await bed.presses("vte_focal", bed.last("vte_focal"), "Add days off")
    await bed.hears("vte_focal", day, private=True)
    await bed.hears("vte_focal", name, private=True)


def heard(bed, who, words):
    return [each for each in bed.said(bed.cast[who]) if words in each.text]


async def test_a_day_off_of_the_side_responsible_asks_and_offers_days_that_suit_both(bed):
    await given(bed, "Write unit 1 @vte_trainer")
    said = await bed.hears("vte_focal", "/due T1 15 April")
    assert f"Wed 15 Apr is a day off for Vientiane: {NEW_YEAR}." in said.text
    assert "Would another day be better?" in said.text
    assert list(said.buttons) == ["Mon 13 Apr", "Fri 17 Apr", "Keep Wed 15 Apr", "Change date"]
    await bed.presses("vte_focal", said, "Fri 17 Apr")
    assert await due(bed) == date(2026, 4, 17)
    assert said.text == "T1 is due Fri 17 Apr."


async def test_a_date_can_be_kept(bed):
    card = await given(bed, "Write unit 1 @vte_trainer by 15 April")
    asked = bed.last(bed.group, NEW_YEAR)
    await bed.presses("vte_focal", asked, "Keep Wed 15 Apr")
    assert asked.text == "T1 is due Wed 15 Apr."
    assert "Due: Wed 15 Apr" in card.text
    assert not heard(bed, "vte_trainer", "falls on a day off")


async def test_whoever_may_not_set_the_date_may_not_choose_another(bed):
    await given(bed, "Write unit 1 @vte_trainer by 15 April")
    assert "not yours to change" in await bed.presses("kmg_trainer", bed.last(bed.group, NEW_YEAR), "Fri 17 Apr")
    assert await due(bed) == date(2026, 4, 15)


async def test_a_holiday_of_the_other_side_is_mentioned(bed):
    await given(bed, "Write unit 1 @vte_trainer")
    said = await bed.hears("vte_focal", "/due T1 6 April")
    assert said.text == "T1 is due Mon 6 Apr.\nMon 6 Apr is a day off for Kunming: Tomb-Sweeping Day (observed)."
    assert list(said.buttons) == ["Change date"]


async def test_leave_of_the_person_responsible_asks_and_a_feast_is_mentioned(bed):
    await given(bed, "Write unit 1 @vte_trainer")
    await bed.hears("vte_trainer", "/away 2026-10-05 2026-10-09", private=True)
    said = await bed.hears("vte_focal", "/due T1 2026-10-07")
    assert "is away on Wed 7 Oct" in said.text
    assert "Wed 7 Oct is National Teacher Day for Vientiane, no day off." in said.text
    assert "Would another day be better?" in said.text
    assert "Keep Wed 7 Oct" in said.buttons
    other = next(label for label in said.buttons if "12 Oct" in label)
    await bed.presses("vte_focal", said, other)
    assert await due(bed) == date(2026, 10, 12)


async def test_a_day_pressed_in_the_month_is_warned_of_below_the_card(bed):
    card = await given(bed, "Write unit 1 @vte_trainer")
    await bed.presses("vte_focal", card, "When?")
    await bed.presses("vte_focal", card, "Calendar")
    await bed.presses("vte_focal", card, "·15")
    assert "Due: Wed 15 Apr" in card.text
    asked = bed.last(bed.group)
    assert asked.text.startswith("T1: Wed 15 Apr is a day off for Vientiane")
    await bed.presses("vte_focal", asked, "Mon 13 Apr")
    assert "Due: Mon 13 Apr" in card.text


async def test_a_year_nobody_confirmed_is_noted_once(bed):
    await given(bed, "Write unit 1 @vte_trainer")
    first = await bed.hears("vte_focal", "/due T1 2027-03-17")
    assert "Laos 2027: not confirmed yet" in first.text
    assert "China 2027: not confirmed yet" in first.text
    assert "not confirmed" not in (await bed.hears("vte_focal", "/due T1 2027-03-18")).text


async def test_a_date_that_becomes_a_day_off_is_told_to_the_person_once(bed):
    card = await given(bed, "Write unit 1 @vte_trainer by 20 April")
    await day_off(bed, "2026-04-20")
    await bed.at(datetime(2026, 4, 1, 3, tzinfo=UTC))
    (note,) = heard(bed, "vte_trainer", "a due date falls on a day off")
    assert "Due: Mon 20 Apr\nMon 20 Apr is a day off for Vientiane: Repairs." in note.text
    assert list(note.buttons) == ["Fri 17 Apr", "Tue 21 Apr", "Keep Mon 20 Apr"]
    await day_off(bed, "2026-08-03", "Founding day")
    for day in (2, 3, 6):
        await bed.at(datetime(2026, 4, day, 3, tzinfo=UTC))
    assert len(heard(bed, "vte_trainer", "falls on a day off")) == 1
    await bed.presses("vte_trainer", note, "Tue 21 Apr")  # his focal point has to accept it
    assert "asked for: Tue 21 Apr" in card.text


async def test_a_calendar_that_changes_is_looked_over_the_same_day(bed):
    await given(bed, "Write unit 1 @vte_trainer by 20 April")
    await bed.at(datetime(2026, 4, 1, 3, tzinfo=UTC))
    await day_off(bed, "2026-04-20")
    await bed.at(datetime(2026, 4, 1, 3, 5, tzinfo=UTC))
    assert len(heard(bed, "vte_trainer", "falls on a day off")) == 1


async def test_a_meeting_that_falls_on_a_day_off_by_now_is_moved_by_a_button(bed):
    await bed.hears("vte_trainer", "/meet Module plan at 20 April 10:00")
    await day_off(bed, "2026-04-20")
    await bed.at(datetime(2026, 4, 1, 3, tzinfo=UTC))
    (note,) = heard(bed, "vte_focal", "falls on a day off")
    assert "Mon 20 Apr is a day off for Vientiane: Repairs." in note.text
    choices = ["Fri 17 Apr, 10:00", "Tue 21 Apr, 10:00", "Keep Mon 20 Apr, 10:00", "Set a time"]
    assert list(note.buttons) == choices
    await bed.presses("vte_focal", note, "Tue 21 Apr, 10:00")
    await bed.at(datetime(2026, 4, 2, 3, tzinfo=UTC))
    assert len(heard(bed, "vte_focal", "falls on a day off")) == 1
    assert "Tue 21 Apr, 10:00 Vientiane" in (await bed.hears("vte_focal", "/m1")).text


async def test_a_meeting_that_falls_on_a_day_off_by_now_is_kept_by_a_button(bed):
    card = await bed.hears("vte_trainer", "/meet Module plan at 20 April 10:00")
    await day_off(bed, "2026-04-20")
    await bed.at(datetime(2026, 4, 1, 3, tzinfo=UTC))
    (note,) = heard(bed, "vte_trainer", "falls on a day off")
    kept = "M1 stays: Mon 20 Apr, 10:00 Vientiane / Mon 20 Apr, 11:00 Kunming"
    assert await bed.presses("vte_trainer", note, "Keep Mon 20 Apr, 10:00") == kept
    assert (note.text, list(note.buttons)) == (kept, [])
    assert "M1 · fixed" in card.text
    await bed.at(datetime(2026, 4, 2, 3, tzinfo=UTC))
    assert not heard(bed, "vte_trainer", "falls on a day off")


async def test_several_dates_come_in_one_message(bed):
    for unit in (1, 2):
        await given(bed, f"Write unit {unit} @vte_trainer by 20 April")
    await day_off(bed, "2026-04-20")
    await bed.at(datetime(2026, 4, 1, 3, tzinfo=UTC))
    (note,) = heard(bed, "vte_trainer", "2 due dates fall on days off")
    await bed.presses("vte_trainer", note, "T2: another date")
    assert "T2: by when?" in bed.last("vte_trainer").text


@pytest.mark.parametrize(
    ("hour", "told"),
    [
        pytest.param(13, False, id="not in the evening"),
        pytest.param(18, False, id="not at night, when the dates are looked over"),
        pytest.param(25, True, id="the next morning at work"),
    ],
)
async def test_nobody_is_woken_by_it(bed, hour, told):
    await given(bed, "Write unit 1 @vte_trainer by 20 April")
    await bed.at(datetime(2026, 4, 1, 12, tzinfo=UTC))
    await day_off(bed, "2026-04-20")
    await bed.at(datetime(2026, 4, 1 + hour // 24, hour % 24, 30, tzinfo=UTC))
    assert bool(heard(bed, "vte_trainer", "falls on a day off")) is told


async def test_who_heard_of_it_when_the_date_was_set_hears_nothing_at_night(bed):
    await given(bed, "Write unit 1 @vte_trainer by 15 April")
    await bed.at(datetime(2026, 4, 2, 3, tzinfo=UTC))
    assert not heard(bed, "vte_trainer", "falls on a day off")


async def test_a_done_task_is_not_looked_at(bed):
    await given(bed, "Write unit 1 @vte_trainer by 20 April")
    await bed.hears("vte_trainer", "/done T1")
    await day_off(bed, "2026-04-20")
    await bed.at(datetime(2026, 4, 1, 3, tzinfo=UTC))
    assert not heard(bed, "vte_trainer", "falls on a day off")
