"""A decision's day of review: set, asked once at a working moment, answered by each side."""

from datetime import UTC, date, datetime

import pytest

from handlers import decision_answers, decision_asking, decision_history, decision_reviews, decisions
from handlers.refusals import NothingWritten, NotNow, NotYours, StaleButton
from handlers.reply import Button, Post, RefreshCard
from handlers.voice import Say
from storage import decisions as stored


@pytest.fixture
async def agreed(stage):
    """D1, agreed by both sides."""
    card = await stage.says("vte_trainer", "/decide We meet on Mondays", decisions.propose)
    for who in ("vte_focal", "kmg_focal"):
        await stage.presses(who, card.buttons()["Agree"], decision_answers.agree)
    return await stored.by_number(stage.session, stage.group.id, 1)


def at(day, hour=3):
    return datetime(2026, 4, day, hour, 0, tzinfo=UTC)


async def test_the_group_is_asked_once_on_the_day(stage, agreed):
    said = await stage.says("vte_focal", "/review D1 10 April", decision_reviews.review)
    assert agreed.review_on == date(2026, 4, 10)
    assert "To be reviewed on Fri 10 Apr 2026" in said.page(RefreshCard).text
    assert await decision_asking.plan(stage.session, at(9)) == []
    assert await decision_asking.plan(stage.session, at(10, 14)) == []  # in the evening
    (asked,) = await decision_asking.plan(stage.session, at(10))
    assert "Does <b>D1</b> still hold?" in asked.view(Say("en")).text
    assert await decision_asking.plan(stage.session, at(10, 4)) == []


async def test_a_day_off_waits_for_the_next_working_day(stage, agreed):
    await stage.says("vte_focal", "/review D1 11 April", decision_reviews.review)  # a Saturday
    assert await decision_asking.plan(stage.session, at(11)) == []
    assert len(await decision_asking.plan(stage.session, at(13))) == 1
    assert agreed.review_on is None


@pytest.mark.parametrize(
    ("words", "label", "day"),
    [
        pytest.param("15 April 2569", "Yes, Wed 15 Apr 2026", date(2026, 4, 15), id="a Buddhist year"),
        pytest.param("Monday 15 April", "Mon 13 Apr 2026", date(2026, 4, 13), id="weekday and date differ"),
        pytest.param("in two years", "Yes, Sat 1 Apr 2028", date(2028, 4, 1), id="far ahead"),
        pytest.param("next month", "Yes, Sun 31 May 2026", date(2026, 5, 31), id="many days"),
    ],
)
async def test_what_would_be_a_guess_is_asked_first(stage, agreed, words, label, day):
    asked = await stage.says("vte_focal", f"/review D1 {words}", decision_reviews.review)
    assert agreed.review_on is None
    await stage.presses("vte_focal", asked.buttons()[label], decision_reviews.review_on)
    assert agreed.review_on == day


@pytest.mark.usefixtures("agreed")
async def test_a_review_is_not_asked_about_as_if_it_were_work_to_be_done(stage):
    asked = await stage.says("vte_focal", "/review D1 next week", decision_reviews.review)
    assert "Is Fri 10 Apr 2026 meant?" in asked.page().text


async def test_the_hour_of_a_day_is_not_asked_for(stage, agreed):
    await stage.says("vte_focal", "/review D1 10 April 3:00", decision_reviews.review)
    assert agreed.review_on == date(2026, 4, 10)


async def test_a_day_that_is_past_by_now_is_not_set(stage, agreed):
    args = {"id": agreed.id, "group": stage.group.id, "date": "2026-03-31"}
    with pytest.raises(StaleButton):
        await stage.says("vte_focal", "", decision_reviews.review_on, args=args)


async def test_both_sides_say_that_it_still_holds(stage, agreed):
    await stage.says("vte_focal", "/review D1 10 April", decision_reviews.review)
    (asked,) = await decision_asking.plan(stage.session, at(10))
    button = asked.view(Say("en")).rows[0][0]
    first = await stage.presses("vte_focal", button, decision_reviews.holds)
    assert first.of(Post) == []
    with pytest.raises(StaleButton):
        await stage.presses("vte_focal", button, decision_reviews.holds)
    for who in ("vte_trainer", "coordinator"):
        with pytest.raises(NotYours):
            await stage.presses(who, button, decision_reviews.holds)
    (said,) = (await stage.presses("kmg_focal", button, decision_reviews.holds)).of(Post)
    assert said.view(Say("en")).text == "D1 still holds: both sides said so."
    how = await stage.presses("kmg_focal", asked.view(Say("en")).rows[0][1], decision_reviews.replace)
    assert "/supersede D1" in how.text
    args = {"id": agreed.id, "group": stage.group.id}
    history = (await stage.presses("vte_focal", Button("", "x", args), decision_history.history)).text
    assert "asked for a review on Fri 10 Apr 2026." in history
    assert "said for Kunming that it still holds." in history


async def test_it_is_taken_away_and_only_agreed_ones_have_it(stage, agreed):
    await stage.says("vte_focal", "/review D1 10 April", decision_reviews.review)
    await stage.says("vte_focal", "/review D1 off", decision_reviews.review)
    assert agreed.review_on is None
    await stage.says("vte_trainer", "/decide Another", decisions.propose)
    with pytest.raises(NotNow):
        await stage.says("vte_focal", "/review D2 10 April", decision_reviews.review)
    with pytest.raises(NotYours):
        await stage.says("kmg_trainer", "/review D1 10 April", decision_reviews.review)
    with pytest.raises(NothingWritten):
        await stage.says("vte_focal", "/review D1", decision_reviews.review)
