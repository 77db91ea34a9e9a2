"""Decisions over real HTTP: every command and button, the happy way and a refusal each."""

from datetime import timedelta

import pytest

from tests.e2e.members import second_group

WORDS = "We meet on the first Monday of each month."


async def proposed(bed, words=WORDS, who="vte_trainer"):
    """The card of a decision that was just proposed."""
    return await bed.hears(who, f"/decide {words}")


async def agreed(bed, card):
    for who in ("vte_focal", "kmg_focal"):
        await bed.presses(who, card, "Agree")


async def replies(bed, who, message, words):
    """Somebody answers a question of the bot in the group."""
    bed.cast[who].writes(bed.group, words, reply_to=message)
    await bed.settle()


async def test_a_reply_becomes_a_proposal(bed):
    said = bed.cast["kmg_trainer"].writes(bed.group, "Shall we share <one> folder & list?")
    card = await bed.hears("vte_trainer", "/decide", reply_to=said)
    assert "Shall we share <one> folder & list?" in card.text
    assert card.reply_to.text == "/decide"


@pytest.mark.parametrize(
    ("who", "words", "answer"),
    [
        pytest.param("vte_trainer", "", "/decide TEXT", id="without words"),
        pytest.param("observer", WORDS, "not yours", id="an observer"),
        pytest.param("stranger", WORDS, "not a member", id="a stranger"),
        pytest.param("vte_trainer", "x" * 2000, "1500", id="more than a card can show"),
    ],
)
async def test_what_is_no_proposal(bed, who, words, answer):
    assert answer in (await bed.hears(who, f"/decide {words}".strip())).text


async def test_a_proposal_belongs_into_the_group(bed):
    assert "group" in (await bed.hears("vte_trainer", f"/decide {WORDS}", private=True)).text


async def test_both_sides_agree_and_it_is_said_once(bed):
    card = await proposed(bed)
    assert "not yours" in await bed.presses("vte_trainer", card, "Agree")
    assert "not yours" in await bed.presses("coordinator", card, "Agree")
    await agreed(bed, card)
    assert "D1 · agreed" in card.text
    assert len([message for message in bed.said(bed.group) if "agreed by both" in message.text]) == 1
    assert "Agree" not in card.buttons


async def test_an_objection_needs_its_reason(bed):
    card = await proposed(bed)
    await bed.presses("kmg_focal", card, "Object")
    question = bed.last(bed.group)
    await replies(bed, "vte_focal", question, "I am not the one who was asked.")
    assert "D1 · proposed" in card.text
    await replies(bed, "kmg_focal", question, "Mondays are full.")
    assert "Mondays are full." in card.text
    await bed.presses("kmg_focal", card, "Agree")
    assert "Mondays are full." not in card.text


async def test_a_question_in_the_group_is_cancelled(bed):
    card = await proposed(bed)
    await bed.presses("kmg_focal", card, "Object")
    question = bed.last(bed.group)
    assert "no longer wait" in (await bed.hears("kmg_focal", "/cancel")).text
    await replies(bed, "kmg_focal", question, "Mondays are full.")
    assert "Mondays" not in card.text.replace(WORDS, "")


async def test_a_proposal_is_withdrawn_by_its_author_with_a_reason(bed):
    card = await proposed(bed)
    assert "not yours" in await bed.presses("vte_focal", card, "Withdraw")
    await bed.presses("vte_trainer", card, "Withdraw")
    await replies(bed, "vte_trainer", bed.last(bed.group), "Written too early.")
    assert "withdrawn" in card.text
    assert "Written too early." in card.text
    assert "Agree" not in card.buttons


async def test_a_new_text_takes_the_place_of_an_agreed_one(bed):
    old = await proposed(bed)
    await agreed(bed, old)
    new = await bed.hears("kmg_trainer", "/supersede D1 We meet on the first Friday.")
    assert "D1" in new.text
    assert "D2 already waits" in (await bed.hears("vte_trainer", "/supersede D1 On Tuesdays.")).text
    await agreed(bed, new)
    assert "D1 · superseded" in old.text
    assert "D2" in old.text


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        pytest.param("", "/supersede D3 TEXT", id="without anything"),
        pytest.param("D1", "/supersede D3 TEXT", id="without a text"),
        pytest.param("D7 We meet on Fridays.", "no such thing", id="a decision that is not there"),
    ],
)
async def test_what_supersedes_nothing(bed, words, answer):
    await proposed(bed)
    assert answer in (await bed.hears("vte_trainer", f"/supersede {words}".strip())).text


async def test_lists_pages_and_one_card(bed):
    for number in range(1, 9):
        await proposed(bed, f"Point {number}.")
    listed = await bed.hears("observer", "/decisions")
    assert ("Point 8." in listed.text, "Point 1." in listed.text) == (True, False)
    await bed.presses("observer", listed, "Older ›" if "Older ›" in listed.buttons else "More ›")
    assert "Point 1." in listed.text
    assert "agreed" in (await bed.hears("vte_focal", "/decisions agreed", private=True)).text.lower()
    assert "Point 8." in (await bed.hears("vte_focal", "/decisions all")).text
    assert "open, agreed" in (await bed.hears("vte_focal", "/decisions some")).text
    assert "not a member" in (await bed.hears("stranger", "/decisions")).text


async def test_one_decision_by_its_name_with_its_history(bed):
    await agreed(bed, await proposed(bed))
    card = await bed.hears("observer", "/d1", private=True)
    assert "D1 · agreed" in card.text
    await bed.presses("observer", card, "History")
    assert "Focal point, Kunming" in card.text
    await bed.presses("observer", card, "Back to the card")
    assert "D1 · agreed" in card.text
    assert "no such thing" in (await bed.hears("vte_focal", "/d9")).text


async def test_a_coordinator_records_an_answer_and_the_person_contests_it(bed):
    card = await proposed(bed)
    await bed.presses("vte_focal", card, "Agree")
    assert "not yours" in await bed.presses("vte_focal", card, "Record an answer")
    await bed.presses("coordinator", card, "Record an answer")
    choices = bed.last(bed.group, "whose answer")
    await bed.presses("coordinator", choices, "Focal point, Kunming · Kunming")
    await bed.presses("coordinator", choices, "Agrees")
    await replies(bed, "coordinator", bed.last(bed.group), "By telephone, 1 April, 10:00.")
    assert "By telephone" in card.text
    assert "D1 · agreed" in card.text
    await bed.presses("kmg_focal", bed.last("kmg_focal", "D1"), "Contest")
    assert "D1 · proposed" in card.text


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("kmg_focal", {"Agree", "Object"}),
        ("vte_trainer", {"Withdraw"}),
        ("coordinator", {"Withdraw", "Record an answer"}),
        ("observer", set()),
    ],
)
async def test_in_private_a_card_has_the_buttons_of_its_reader_alone(bed, who, shown):
    await bed.hears("vte_trainer", "/decide We meet on Mondays")
    everybody = {"Agree", "Object", "Withdraw", "Record an answer"}
    assert everybody <= set(bed.last(bed.group, "D1").buttons)
    card = await bed.hears(who, "/d1", private=True)
    assert everybody & set(card.buttons) == shown
    await bed.presses(who, card, "History")
    await bed.presses(who, card, "Back to the card")
    assert everybody & set(card.buttons) == shown
    await bed.presses("vte_focal", bed.last(bed.group, "D1"), "Agree")
    assert "Vientiane: agreed" in card.text
    assert everybody & set(card.buttons) == shown


async def test_a_question_asked_in_the_group_is_answered_in_private_too(bed):
    card = await proposed(bed)
    await bed.presses("kmg_focal", card, "Object")
    await bed.hears("kmg_focal", "Two are not enough", private=True)
    assert "Two are not enough" in card.text
    assert "recorded" in bed.last("kmg_focal").text


async def test_of_two_questions_none_is_taken_for_the_one_that_is_answered(bed):
    card = await proposed(bed)
    await bed.presses("kmg_focal", card, "Object")
    await bed.hears("kmg_focal", "/task Send the list", private=True)
    await bed.presses("kmg_focal", bed.last("kmg_focal", "T1 ·"), "Blocked")
    await bed.hears("kmg_focal", "There is no paper", private=True)
    assert "There is no paper" not in card.text
    assert "There is no paper" in bed.last("kmg_focal", "T1 ·").text


async def test_of_questions_in_two_groups_none_is_guessed_and_all_are_left_by_one_word(bed):
    second = await second_group(bed, "kmg_focal", "vte_trainer")
    here = await proposed(bed)
    bed.cast["vte_trainer"].writes(second, "/decide Exchange three trainers")
    await bed.settle()
    there = bed.last(second, "D1")
    await bed.presses("kmg_focal", here, "Object")
    await bed.presses("kmg_focal", there, "Object")
    assert "more than one group" in (await bed.hears("kmg_focal", "Three are too many", private=True)).text
    assert "Three are too many" not in here.text + there.text
    assert "no longer wait" in (await bed.hears("kmg_focal", "/cancel", private=True)).text
    assert "no open question" in (await bed.hears("kmg_focal", "/cancel", private=True)).text
    await bed.presses("kmg_focal", there, "Object")
    await bed.hears("kmg_focal", "Three are too many", private=True)
    assert "Three are too many" in there.text


async def test_nobody_answers_what_another_was_asked(bed):
    card = await proposed(bed)
    await bed.presses("kmg_focal", card, "Object")
    await bed.hears("vte_focal", "Two are not enough", private=True)
    assert "Two are not enough" not in card.text


async def test_a_question_asked_in_the_group_is_cancelled_in_private_too(bed):
    card = await proposed(bed)
    await bed.presses("kmg_focal", card, "Object")
    await bed.hears("kmg_focal", "/cancel", private=True)
    await bed.hears("kmg_focal", "Two are not enough", private=True)
    assert "Two are not enough" not in card.text


async def test_what_is_written_in_private_long_after_the_question_is_no_answer_to_it(bed):
    card = await proposed(bed)
    await bed.presses("kmg_focal", card, "Object")
    question = bed.last(bed.group)
    bed.clock.move_by(timedelta(minutes=61))
    await bed.hears("kmg_focal", "Good morning", private=True)
    assert "Good morning" not in card.text
    await replies(bed, "kmg_focal", question, "Mondays are full.")
    assert "Mondays are full." in card.text
