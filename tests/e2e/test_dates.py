"""Dates over real HTTP: typed, confirmed, picked from a month, in the words of each language."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import func, select

from storage import dialogues, tasks
from storage.tables import ButtonToken

NOT_YOURS, STALE = "not yours to change", "had its time"


@pytest.fixture
async def card(bed):
    """T1 of a trainer in Vientiane, without a date."""
    await bed.hears("vte_focal", "/task Write unit 1 @vte_trainer")
    return bed.last(bed.group, "Given by")


async def due(bed, number=1):
    async with bed.program.database.reading() as session:
        (task,) = await tasks.by_number(session, 1, number)
        return task.due, task.due_at


async def open_month(bed, card):
    await bed.presses("vte_focal", card, "When?")
    await bed.presses("vte_focal", card, "Calendar")


def labels(message):
    return [[button["text"] for button in row] for row in message.rows]


async def test_a_day_is_pressed_in_the_month(bed, card):
    await open_month(bed, card)
    assert "T1: by when? April 2026" in card.text
    assert "Tue 14 Apr – Thu 16 Apr: Lao New Year's Day (Vientiane)" in card.text
    assert labels(card)[:4] == [
        ["04/2026", "›"],
        ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
        ["–", "–", "[1]", "2", "3", "×4", "×5"],
        ["·6", "7", "8", "9", "10", "×11", "×12"],
    ]
    assert await bed.presses("vte_focal", card, "10") == "T1 is due Fri 10 Apr."
    assert "Due: Fri 10 Apr" in card.text


async def test_the_leaves_turn_and_lead_back(bed, card):
    await open_month(bed, card)
    await bed.presses("vte_focal", card, "›")
    assert "May 2026" in card.text
    assert "×1" in labels(card)[2]
    assert labels(card)[0] == ["‹", "05/2026", "›"]
    await bed.presses("vte_focal", card, "Back")
    assert "In two weeks, Wed 15 Apr" not in card.buttons  # a holiday in Vientiane
    await bed.presses("vte_focal", card, "Back to the card")
    assert "Given by" in card.text


async def test_past_days_and_headings_do_nothing(bed, card):
    await open_month(bed, card)
    for label in ("–", "Mo", "04/2026"):
        assert not await bed.presses("vte_focal", card, label)
    assert await due(bed) == (None, None)


async def test_who_may_not_set_dates_may_not_press_them(bed, card):
    await open_month(bed, card)
    assert NOT_YOURS in await bed.presses("kmg_trainer", card, "10")
    assert NOT_YOURS in await bed.presses("observer", card, "›")
    assert await due(bed) == (None, None)


async def test_a_day_that_has_passed_meanwhile_is_refused(bed, card):
    await open_month(bed, card)
    await bed.at(datetime(2026, 4, 11, 2, tzinfo=UTC))
    assert STALE in await bed.presses("vte_focal", card, "10")
    assert await due(bed) == (None, None)


@pytest.mark.usefixtures("card")
async def test_a_typed_date_is_shown_back_with_its_weekday(bed):
    said = await bed.hears("vte_focal", "/due T1 24/4")
    assert said.text == "T1 is due Fri 24 Apr."
    assert list(said.buttons) == ["Change date"]


@pytest.mark.usefixtures("card")
async def test_a_time_is_shown_in_both_cities_and_by_the_place_that_was_named(bed):
    said = await bed.hears("vte_focal", "/due T1 24 April 15:00")
    assert "Fri 24 Apr, 15:00 Vientiane / Fri 24 Apr, 16:00 Kunming" in said.text
    assert [entity["type"] for entity in said.entities] == ["date_time"]


@pytest.mark.usefixtures("card")
async def test_the_other_reading_is_one_tap_away(bed):
    said = await bed.hears("vte_focal", "/due T1 5/6")
    assert "T1 is due Fri 5 Jun." in said.text
    await bed.presses("vte_focal", said, "No, Wed 6 May 2026")
    assert (await due(bed))[0] == date(2026, 5, 6)
    assert "T1 is due Wed 6 May" in said.text


@pytest.mark.usefixtures("card")
async def test_a_period_sets_nothing_before_somebody_pressed(bed):
    said = await bed.hears("vte_focal", "/due T1 next week")
    assert "“next week” is more than one day" in said.text
    assert await due(bed) == (None, None)
    await bed.presses("vte_focal", said, "Yes, Fri 10 Apr 2026")
    assert (await due(bed))[0] == date(2026, 4, 10)
    assert "T1 is due Fri 10 Apr." in said.text


async def test_a_period_in_a_new_task_is_asked_about_too(bed):
    await bed.hears("vte_focal", "/task Write unit 1 @vte_trainer by next week")
    asked = bed.last(bed.group, "more than one day")
    card = bed.last(bed.group, "Given by")
    assert "no date yet" in card.text
    await bed.presses("vte_focal", asked, "Yes, Fri 10 Apr 2026")
    assert "Due: Fri 10 Apr" in card.text


async def test_words_that_are_no_date_lose_nothing(bed, card):
    await bed.presses("vte_focal", card, "When?")
    await bed.presses("vte_focal", card, "Another date")
    question = bed.last(bed.group, "by when?")
    assert "cannot read “when we can”" in (await bed.hears("vte_focal", "when we can", reply_to=question)).text
    async with bed.program.database.reading() as session:
        assert await dialogues.open_with(session, 1, bed.group.id, bed.clock.now()) is not None
    await bed.hears("vte_focal", "24 April", reply_to=question)
    assert (await due(bed))[0] == date(2026, 4, 24)


@pytest.mark.usefixtures("card")
async def test_a_traveller_writes_by_the_clocks_of_where_he_is(bed):
    await bed.hears("vte_focal", "/travel 1 April to 20 April Kunming", private=True)
    said = await bed.hears("vte_focal", "/due T1 2 April 09:00")
    assert "08:00 Vientiane" in said.text
    assert (await due(bed))[1] == datetime(2026, 4, 2, 1, tzinfo=UTC)


async def test_months_of_days_leave_few_tokens(bed, card):
    await open_month(bed, card)
    before = await _tokens(bed)
    for _ in range(6):
        await bed.presses("vte_focal", card, "›")
    assert await _tokens(bed) == before


async def _tokens(bed):
    async with bed.program.database.reading() as session:
        return (await session.exec(select(func.count()).select_from(ButtonToken))).one()
