"""Dates over real HTTP: typed, confirmed, picked from a month, in the words of each language."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import func, select

from storage import dialogues, people, tasks
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


@pytest.mark.usefixtures("card")
@pytest.mark.parametrize(
    ("words", "asked", "buttons"),
    [
        pytest.param(
            "Monday 5 May 2026",
            "weekday and date do not fit",
            ["Tue 5 May 2026", "Mon 4 May 2026"],
            id="a weekday that contradicts the date",
        ),
        pytest.param("24/4/2569", "Buddhist era", ["Yes, Fri 24 Apr 2026"], id="a Buddhist year"),
        pytest.param("Q3", "“Q3” is more than one day", ["Yes, Wed 30 Sep 2026"], id="a quarter"),
        pytest.param("2027年第一季度", "Is it due by Wed 31 Mar 2027?", ["Yes, Wed 31 Mar 2027"], id="one in Chinese"),
        pytest.param("ໄຕມາດ 1 ປີ 2027", "Is it due by Wed 31 Mar 2027?", ["Yes, Wed 31 Mar 2027"], id="one in Lao"),
        pytest.param(
            "April–May", "Is it due by Fri 29 May 2026?", ["Yes, Fri 29 May 2026"], id="months that end at a weekend"
        ),
        pytest.param("2028-04-24", "far ahead", ["Yes, Mon 24 Apr 2028"], id="more than 18 months ahead"),
        pytest.param(
            "before National Day",
            "more than one holiday",
            ["Wed 30 Sep 2026", "Tue 1 Dec 2026"],
            id="a name twice",
        ),
    ],
)
async def test_what_would_be_a_guess_is_asked_first(bed, words, asked, buttons):
    said = await bed.hears("vte_focal", f"/due T1 {words}")
    assert asked in said.text
    assert said.buttons[: len(buttons)] == buttons
    assert await due(bed) == (None, None)
    await bed.presses("vte_focal", said, buttons[0])
    assert (await due(bed))[0] is not None


async def test_a_period_in_a_new_task_is_asked_about_too(bed):
    await bed.hears("vte_focal", "/task Write unit 1 @vte_trainer by next week")
    asked = bed.last(bed.group, "more than one day")
    card = bed.last(bed.group, "Given by")
    assert "no date yet" in card.text
    await bed.presses("vte_focal", asked, "Yes, Fri 10 Apr 2026")
    assert "Due: Fri 10 Apr" in card.text


async def test_a_quarter_in_a_new_task_is_asked_about_too(bed):
    await bed.hears("vte_focal", "/task Write the report for Q2 @vte_trainer by Q3 2026")
    card = bed.last(bed.group, "Given by")
    assert ("Write the report for Q2\n" in card.text, "no date yet" in card.text) == (True, True)
    await bed.presses("vte_focal", bed.last(bed.group, "more than one day"), "Yes, Wed 30 Sep 2026")
    assert "Due: Wed 30 Sep" in card.text


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


@pytest.mark.usefixtures("card")
@pytest.mark.parametrize(
    ("language", "words", "day", "hour"),
    [
        pytest.param("zh_Hans", "4月24日", date(2026, 4, 24), None, id="Chinese: a date"),
        pytest.param("zh_Hans", "4月24日下午3点", date(2026, 4, 24), 8, id="Chinese: an hour of the afternoon"),
        pytest.param("zh_Hans", "下周五", date(2026, 4, 10), None, id="Chinese: a weekday"),
        pytest.param("zh_Hans", "4/5", date(2026, 4, 5), None, id="Chinese: the month stands before the day"),
        pytest.param("zh_Hans", "5个工作日内", date(2026, 4, 8), None, id="Chinese: working days of the side"),
        pytest.param("zh_Hans", "老挝新年前", date(2026, 4, 13), None, id="Chinese: before the other's holiday"),
        pytest.param("zh_Hans", "24 April", date(2026, 4, 24), None, id="a Chinese writes English"),
        pytest.param("zh_Hans", "4月24日北京时间15:00", date(2026, 4, 24), 7, id="Chinese: by the clocks of a place"),
        pytest.param("lo", "24 ເມສາ", date(2026, 4, 24), None, id="Lao: a date"),
        pytest.param("lo", "ວັນສຸກ", date(2026, 4, 3), None, id="Lao: a weekday"),
        pytest.param("lo", "ກ່ອນປີໃໝ່ລາວ", date(2026, 4, 13), None, id="Lao: before a holiday"),
        pytest.param("lo", "4/5", date(2026, 5, 4), None, id="Lao: the day stands before the month"),
        pytest.param("lo", "4月24日", date(2026, 4, 24), None, id="a Lao writes Chinese"),
        pytest.param("en", "before Pi Mai", date(2026, 4, 13), None, id="English: a holiday by its Lao name"),
        pytest.param("en", "in 5 working days", date(2026, 4, 8), None, id="English: working days"),
    ],
)
async def test_everybody_writes_dates_in_his_own_words(bed, language, words, day, hour):
    await speaks(bed, "vte_focal", language)
    await bed.hears("vte_focal", f"/due T1 {words}", private=True)
    assert await due(bed) == (day, None if hour is None else datetime(2026, 4, 24, hour, tzinfo=UTC))


async def test_a_leave_is_pressed_first_day_and_last(bed):
    question = await bed.hears("vte_trainer", "/away", private=True)
    await bed.presses("vte_trainer", question, "Calendar")
    await bed.presses("vte_trainer", question, "10")
    assert "You are away from Fri 10 Apr 2026. Which is your last day?" in question.text
    assert labels(question)[3] == ["–", "–", "–", "–", "10", "×11", "×12"]
    await bed.presses("vte_trainer", question, "17")
    assert "You are away from Fri 10 Apr 2026 to Fri 17 Apr 2026" in question.text
    assert (await bed.hears("vte_trainer", "13 April", private=True)).text.startswith("I did not understand")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        pytest.param("zh_Hans", "4月13日到17日", id="Chinese"),
        pytest.param("lo", "13 ຫາ 17 ເມສາ", id="Lao"),
        pytest.param("en", "13-17 April", id="English"),
    ],
)
async def test_a_leave_is_written_in_each_language(bed, language, words):
    await speaks(bed, "vte_trainer", language)
    await bed.hears("vte_trainer", f"/away {words}", private=True)
    async with bed.program.database.reading() as session:
        person = await people.by_telegram(session, bed.cast["vte_trainer"].id)
        (leave,) = await people.leaves(session, person.id, date(2026, 4, 1))
    assert (leave.first_day, leave.last_day) == (date(2026, 4, 13), date(2026, 4, 17))


async def speaks(bed, who, language):
    """Everything is read and said in this language from now on."""
    async with bed.program.database.writing() as session:
        person = await people.by_telegram(session, bed.cast[who].id)
        person.chosen_language = language


async def test_months_of_days_leave_few_tokens(bed, card):
    await open_month(bed, card)
    before = await _tokens(bed)
    for _ in range(6):
        await bed.presses("vte_focal", card, "›")
    assert await _tokens(bed) == before


async def _tokens(bed):
    async with bed.program.database.reading() as session:
        return (await session.exec(select(func.count()).select_from(ButtonToken))).one()


async def test_a_day_that_is_just_past_and_taken_for_next_year_is_shown_with_its_year(bed):
    await bed.hears("vte_focal", "/task Write unit 1 by 19 March")
    assert "I read “19 March” as Fri 19 Mar 2027." in bed.last(bed.group).text
    assert "I read “18 March” as Thu 18 Mar 2027." in (await bed.hears("vte_focal", "/due T1 18 March")).text
    assert "I read" not in (await bed.hears("vte_focal", "/due T1 17 March 2027")).text
