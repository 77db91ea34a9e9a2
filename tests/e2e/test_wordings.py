"""A decision in each language over real HTTP: commands, buttons, the rule that asks for it, and the reminder."""

from datetime import UTC, datetime

import pytest

from storage import groups
from storage.decisions import by_number
from storage.kinds import DecisionState

LAO, CHINESE = "ພວກເຮົາປະຊຸມທຸກວັນຈັນ.", "我们每周一开会。"


@pytest.fixture(autouse=True)
async def each_side_reads_its_own(bed):
    """Vientiane reads Lao and Kunming Chinese; the posts of the test's group stay in English."""
    async with bed.program.database.writing() as session:
        for side, language in zip(await groups.sides(session, 1), ("lo", "zh_Hans"), strict=True):
            side.language = language


async def proposed(bed, words=LAO):
    """The card of a decision that a trainer of Vientiane proposed."""
    return await bed.hears("vte_trainer", f"/decide {words}")


async def asks_for_wordings(bed):
    page = await bed.hears("coordinator", "/mechanism", private=True)
    await bed.presses("coordinator", page, "Text in each language")
    await bed.presses("coordinator", bed.last("coordinator"), "Yes, each side confirms its own")


async def agreed(bed, card):
    for who in ("vte_focal", "kmg_focal"):
        await bed.presses(who, card, labelled(card, "Agree"))


def labelled(message, words):
    """The label of the button that holds these words, in whatever languages the rest of it is."""
    return next(label for label in message.buttons if words in label)


async def state(bed):
    async with bed.program.database.reading() as session:
        return (await by_number(session, 1, 1)).state


async def test_a_decision_waits_for_the_wording_of_a_side_and_is_agreed_with_it(bed):
    await asks_for_wordings(bed)
    card = await proposed(bed)
    await agreed(bed, card)
    assert "waits for the wording of Kunming" in card.text
    await bed.hears("kmg_trainer", f"/text D1 {CHINESE}")
    assert CHINESE in card.text
    assert await state(bed) is DecisionState.PROPOSED
    assert "not yours" in await bed.presses("vte_focal", card, labelled(card, "Confirm Chinese"))
    await bed.presses("kmg_focal", card, labelled(card, "Confirm Chinese"))
    assert await state(bed) is DecisionState.AGREED
    assert "confirmed by Kunming" in card.text
    assert len([message for message in bed.said(bed.group) if "agreed by both" in message.text]) == 1


async def test_a_wording_is_confirmed_for_somebody_who_contests_it(bed):
    await asks_for_wordings(bed)
    card = await proposed(bed)
    await agreed(bed, card)
    await bed.hears("kmg_trainer", f"/text D1 {CHINESE}")
    await bed.presses("coordinator", card, labelled(card, "Record an answer"))
    persons = bed.last(bed.group, "whose answer")
    await bed.presses("coordinator", persons, labelled(persons, "confirms the Chinese wording"))
    await bed.hears("coordinator", "Call of 1 April", reply_to=bed.last(bed.group, "Please write the evidence"))
    assert await state(bed) is DecisionState.AGREED
    assert "Call of 1 April" in card.text
    notice = bed.last("kmg_focal", "has recorded that you confirm this wording")
    await bed.presses("kmg_focal", notice, "Contest")
    assert await state(bed) is DecisionState.PROPOSED
    assert "waits for the wording of Kunming" in card.text


async def test_what_people_wrote_stands_on_the_card_once(bed):
    card = await proposed(bed)
    await bed.hears("kmg_trainer", f"/text D1 {CHINESE}")
    assert (card.text.count(LAO), card.text.count(CHINESE)) == (1, 1)
    assert (card.text.count("ພາສາລາວ\n"), card.text.count("中文\n")) == (1, 1)


async def test_a_reply_is_the_wording(bed):
    card = await proposed(bed)
    said = bed.cast["kmg_trainer"].writes(bed.group, CHINESE)
    await bed.hears("vte_trainer", "/text D1", reply_to=said)
    assert CHINESE in card.text


async def test_the_button_asks_for_the_words(bed):
    card = await proposed(bed)
    await bed.presses("kmg_trainer", card, labelled(card, "Wording in Chinese"))
    question = bed.last(bed.group)
    bed.cast["kmg_trainer"].writes(bed.group, "In English", reply_to=question)
    await bed.settle()
    assert "does not look like Chinese" in bed.last(bed.group).text
    bed.cast["kmg_trainer"].writes(bed.group, CHINESE, reply_to=question)
    await bed.settle()
    assert CHINESE in card.text


@pytest.mark.parametrize("private", [False, True])
async def test_the_language_is_asked_where_the_letters_leave_a_choice(bed, private):
    card = await proposed(bed)
    question = await bed.hears("kmg_focal", "/text D1 使用 Moodle", private=private)
    assert "Moodle" not in card.text
    await bed.presses("kmg_focal", question, labelled(question, "中文"))
    assert "使用 Moodle" in card.text
    assert "confirmed by Kunming" in card.text


@pytest.mark.parametrize(
    ("who", "words", "answer"),
    [
        pytest.param("vte_trainer", "", "/text D3 TEXT", id="without anything"),
        pytest.param("vte_trainer", f"D7 {CHINESE}", "no such thing", id="a decision that is not there"),
        pytest.param("vte_trainer", f"D1 {LAO}", "original stays", id="in the language of the original"),
        pytest.param("observer", f"D1 {CHINESE}", "not yours", id="an observer"),
        pytest.param("stranger", f"D1 {CHINESE}", "not a member", id="a stranger"),
    ],
)
async def test_what_is_no_wording(bed, who, words, answer):
    await proposed(bed)
    assert answer in (await bed.hears(who, f"/text {words}".strip())).text


async def test_a_forged_press_confirms_nothing(bed):
    await asks_for_wordings(bed)
    card = await proposed(bed)
    await agreed(bed, card)
    await bed.hears("kmg_trainer", f"/text D1 {CHINESE}")
    data = card.button(labelled(card, "Confirm Chinese"))["callback_data"]
    bed.cast["kmg_trainer"].forges_press(card, data)
    await bed.settle()
    assert await state(bed) is DecisionState.PROPOSED


async def test_the_focal_point_is_reminded_of_the_missing_wording(bed):
    await asks_for_wordings(bed)
    card = await proposed(bed)
    await agreed(bed, card)
    await bed.at(datetime(2026, 4, 9, 6, 0, tzinfo=UTC))
    reminder = bed.last("kmg_focal", "waits for the wording")
    assert reminder is not None
    assert bed.last("vte_focal", "waits for the wording") is None
    await bed.presses("kmg_focal", reminder, labelled(reminder, "Open D1"))
    assert "waits for the wording of Kunming" in bed.last("kmg_focal").text


async def test_taking_the_rule_back_agrees_what_waited_for_it(bed):
    await asks_for_wordings(bed)
    card = await proposed(bed)
    await agreed(bed, card)
    page = await bed.hears("coordinator", "/mechanism", private=True)
    await bed.presses("coordinator", page, "Text in each language")
    await bed.presses("coordinator", bed.last("coordinator"), "No, one text is enough")
    assert "D1 · agreed" in card.text


async def test_the_history_has_the_wordings(bed):
    card = await proposed(bed)
    await bed.hears("kmg_focal", f"/text D1 {CHINESE}")
    await bed.presses("observer", card, labelled(card, "History"))
    assert "confirmed the wording in Chinese for Kunming" in card.text


async def test_a_post_in_two_languages_has_each_wording_once_and_one_set_of_buttons(bed):
    async with bed.program.database.writing() as session:
        (await groups.mechanism(session, 1)).languages = ["lo", "zh_Hans"]
    card = await proposed(bed)
    await bed.hears("kmg_trainer", f"/text D1 {CHINESE}")
    assert (card.text.count(LAO), card.text.count(CHINESE)) == (1, 1)
    assert len([label for label in card.buttons if "中文" in label]) == 1
    listed = await bed.hears("observer", "/decisions")
    assert (listed.text.count(LAO), listed.text.count(CHINESE)) == (1, 1)
