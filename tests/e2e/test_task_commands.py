"""Tasks over real HTTP: every command and button, the happy way and a refusal each."""

from datetime import timedelta

import pytest


async def given(bed, words="Write unit 1 @vte_trainer by 20 April #curriculum", who="vte_focal"):
    """The card of a task that was just given."""
    await bed.hears(who, f"/task {words}")
    return bed.last(bed.group, "Given by")


def reaction(message):
    """What the bot put under a message."""
    return [each["emoji"] for found in message.reactions.values() for each in found]


async def reports(bed, who, text):
    """Write a command in the group; the message with its reactions."""
    message = bed.cast[who].writes(bed.group, text)
    await bed.settle()
    return message


async def test_a_task_is_given_and_the_person_is_told(bed):
    card = await given(bed)
    assert card.text.startswith("T1 · open\n\nWrite unit 1\n\nVientiane: ⁨Trainer, Vientiane⁩")
    assert "Due: Mon 20 Apr" in card.text
    note = bed.last("vte_trainer", "gave you a task")
    await bed.presses("vte_trainer", note, "Open T1")
    assert "Write unit 1" in bed.last("vte_trainer", "Given by").text


async def test_who_may_not_give_tasks_and_what_is_missing(bed):
    assert "not yours to change" in (await bed.hears("observer", "/task Write unit 1")).text
    assert "/task TEXT" in (await bed.hears("vte_focal", "/task")).text


async def test_a_reply_becomes_a_task(bed):
    asked = bed.cast["kmg_focal"].writes(bed.group, "Please send us the list of tools")
    await bed.hears("vte_focal", "/task @vte_trainer by tomorrow", reply_to=asked)
    card = bed.last(bed.group, "Given by")
    assert "Please send us the list of tools" in card.text
    assert "Due: Thu 2 Apr" in card.text


async def test_a_person_without_a_username_is_mentioned(bed):
    trainer = bed.cast["kmg_trainer"]
    await bed.hears("kmg_focal", "/task Translate unit 1 Teacher Li", mentions={"Teacher Li": trainer})
    assert "Kunming: ⁨Trainer, Kunming⁩" in bed.last(bed.group, "Translate unit 1\n").text


async def test_an_unknown_handle_is_asked_for_and_chosen_by_button(bed):
    card = await given(bed, "Write unit 1 @ministry")
    await bed.presses("vte_focal", bed.last(bed.group, "who is"), "Alternate, Vientiane · Vientiane")
    assert "Vientiane: ⁨Alternate, Vientiane⁩" in card.text


async def test_a_date_that_is_none_is_asked_for(bed):
    card = await given(bed, "Write unit 1 @vte_trainer by 31/2")
    question = bed.last(bed.group, "There is no such day as “31/2”")
    await bed.presses("vte_focal", question, "In a week, Wed 8 Apr")
    assert "Due: Wed 8 Apr" in card.text


async def test_an_offer_is_accepted_in_private(bed):
    card = await given(bed, "Translate unit 1 @kmg_focal")
    assert "(not yet accepted)" in card.text
    await bed.presses("kmg_focal", bed.last("kmg_focal", "asks you to take on"), "Accept")
    assert "(not yet accepted)" not in card.text
    assert bed.last("kmg_focal").text == "T1 is accepted."


async def test_an_offer_is_declined_with_a_reason(bed):
    card = await given(bed, "Translate unit 1 @kmg_alternate")
    await bed.presses("kmg_alternate", bed.last("kmg_alternate", "asks you to take on"), "Decline")
    await bed.hears("kmg_alternate", "I am in the field", private=True)
    assert "Kunming: nobody yet" in card.text
    note = bed.last("kmg_focal", "Reason: I am in the field")
    await bed.presses("kmg_focal", note, "Who?")
    await bed.presses("kmg_focal", bed.last("kmg_focal"), "Trainer, Kunming · Kunming")
    assert "Kunming: ⁨Trainer, Kunming⁩" in card.text
    assert "not yours to change" in await bed.presses("vte_focal", await given(bed, "Copy it @kmg_focal"), "Accept")


@pytest.mark.parametrize(
    ("words", "state"),
    [
        pytest.param("/done T1 Sent to both", "T1 · done", id="done"),
        pytest.param("/progress T1", "T1 · in progress", id="progress"),
        pytest.param("/blocked T1 No paper", "T1 · blocked", id="blocked"),
        pytest.param("/waiting T1", "T1 · with the other side", id="waiting"),
        pytest.param("/drop T1 Not needed", "T1 · cancelled", id="drop"),
    ],
)
async def test_a_report_by_command(bed, words, state):
    card = await given(bed)
    assert reaction(await reports(bed, "vte_trainer", words))
    assert card.text.startswith(state)
    assert "not yours to change" in (await bed.hears("kmg_trainer", words)).text


@pytest.mark.parametrize(
    ("button", "typed", "state"),
    [
        pytest.param("Drop", "Not needed", "T1 · cancelled", id="dropped, with its reason"),
        pytest.param("Done", "", "T1 · done", id="done"),
        pytest.param("In progress", "", "T1 · in progress", id="in progress"),
        pytest.param("With the other side", "", "T1 · with the other side", id="with the other side"),
        pytest.param("Blocked", "No paper", "T1 · blocked", id="blocked, with its reason"),
    ],
)
async def test_a_report_by_button(bed, button, typed, state):
    card = await given(bed)
    if button == "Drop":
        await bed.presses("vte_trainer", card, "More")
    assert "not yours to change" in await bed.presses("kmg_trainer", card, button)
    await bed.presses("vte_trainer", card, button)
    if typed:
        await bed.hears("vte_trainer", typed, reply_to=bed.last(bed.group))
        assert typed in card.text
    assert card.text.startswith(state)


async def test_done_by_a_file_in_reply_to_the_card(bed):
    card = await given(bed)
    bed.cast["vte_trainer"].sends_document(bed.group, "unit-1.pdf", caption="/done", reply_to=card)
    await bed.settle()
    assert card.text.startswith("T1 · done")
    assert "Evidence: unit-1.pdf" in card.text


REPORTING = {"Done", "In progress", "Blocked", "With the other side", "Change date", "Who?"}


@pytest.mark.parametrize(
    ("who", "shown"),
    [("vte_trainer", REPORTING), ("vte_focal", REPORTING), ("coordinator", REPORTING), ("kmg_trainer", set())],
)
async def test_in_private_a_card_has_no_button_that_its_reader_may_not_press(bed, who, shown):
    card = await given(bed)
    assert set(card.buttons) >= REPORTING
    own = await bed.hears(who, "/t1", private=True)
    assert (set(own.buttons) & REPORTING, {"History", "More"} <= set(own.buttons)) == (shown, True)
    await bed.presses(who, own, "More")
    assert ("Drop" in own.buttons, "Steps" in own.buttons) == (bool(shown), True)
    await bed.presses(who, own, "Back to the card")
    await bed.presses("vte_trainer", card, "In progress")
    assert own.text.startswith("T1 · in progress")
    assert set(own.buttons) & REPORTING == shown


async def test_in_private_an_answer_has_no_button_that_its_reader_may_not_press(bed):
    assert "New activity" in (await bed.hears("vte_focal", "/plan", private=True)).buttons
    assert "New activity" not in (await bed.hears("vte_trainer", "/plan", private=True)).buttons
    assert "New activity" in (await bed.hears("vte_trainer", "/plan")).buttons  # the group's, for everybody


async def test_in_private_a_card_follows_whose_task_it_is(bed):
    card = await given(bed)
    own = await bed.hears("kmg_trainer", "/t1", private=True)
    await bed.hears("coordinator", "/assign T1 Teacher Li", mentions={"Teacher Li": bed.cast["kmg_trainer"]})
    assert "Trainer, Kunming" in card.text
    assert {"Accept", "Decline", "Done"} <= set(own.buttons)


async def test_evidence_afterwards_in_private(bed):
    await given(bed)
    said = await bed.hears("vte_trainer", "/done T1", private=True)
    await bed.presses("vte_trainer", said, "Add evidence")
    assert "no file, photo or link" in (await bed.hears("vte_trainer", "It is done", private=True)).text
    bed.cast["vte_trainer"].sends_photo(bed.cast["vte_trainer"].private)
    await bed.settle()
    assert bed.last("vte_trainer").text == "Added to T1. Thank you."
    assert "Evidence: a photo" in bed.last(bed.group, "Given by").text


@pytest.mark.parametrize("caption", [pytest.param("/done T1", id="in the caption"), pytest.param("", id="as a reply")])
async def test_a_voice_message_is_evidence_and_is_sent_back(bed, caption):
    card, trainer = await given(bed), bed.cast["vte_trainer"]
    sent = trainer.sends_media(bed.group, "voice", caption=caption)
    if not caption:
        trainer.writes(bed.group, "/done T1", reply_to=sent)
    await bed.settle()
    assert card.text.startswith("T1 · done")
    assert "Evidence: a voice message" in card.text
    await bed.presses("kmg_focal", card, "Evidence")
    assert bed.said(bed.group)[-1].content["voice"]["file_id"] == sent.content["voice"]["file_id"]


async def test_a_closed_task_is_reopened_for_a_day(bed):
    card = await given(bed)
    await bed.presses("vte_trainer", card, "Done")
    await bed.presses("vte_trainer", card, "Reopen")
    assert card.text.startswith("T1 · open")
    await reports(bed, "vte_trainer", "/done T1")
    bed.clock.move_by(timedelta(hours=25))
    assert "more than 24 hours ago" in (await bed.hears("vte_trainer", "/reopen T1")).text
    assert reaction(await reports(bed, "vte_focal", "/reopen T1"))


async def test_a_date_is_changed_and_shown_with_its_weekday(bed):
    card = await given(bed)
    assert (await bed.hears("vte_focal", "/due T1 24 April")).text == "T1 is due Fri 24 Apr."
    assert "Due: Fri 24 Apr" in card.text
    assert "cannot read “soon”" in (await bed.hears("vte_focal", "/due T1 soon")).text
    await bed.presses("vte_focal", card, "Change date")
    await bed.presses("vte_focal", card, "Thu 2 Apr")
    assert "Due: Thu 2 Apr" in card.text


async def test_a_members_date_waits_for_his_focal_point(bed):
    card = await given(bed)
    await bed.hears("vte_trainer", "/due T1 24 April 15:00")
    assert "asked for: Fri 24 Apr, 15:00 Vientiane / Fri 24 Apr, 16:00 Kunming" in card.text
    await bed.presses("vte_focal", bed.last("vte_focal", "asks for another date"), "Accept new date")
    assert "Due: Fri 24 Apr, 15:00 Vientiane" in card.text
    assert "T1 is due Fri 24 Apr" in bed.last("vte_trainer").text


async def test_a_task_is_given_on(bed):
    card = await given(bed)
    assert reaction(await reports(bed, "vte_focal", "/assign T1 @vte_alternate"))
    assert "Vientiane: ⁨Alternate, Vientiane⁩" in card.text
    assert "not yours to change" in (await bed.hears("kmg_focal", "/assign T1 @kmg_focal")).text
    await bed.presses("vte_focal", card, "Who?")
    await bed.presses("vte_focal", card, "Trainer, Vientiane · Vientiane")
    assert "Vientiane: ⁨Trainer, Vientiane⁩" in card.text


async def test_an_area_is_picked_on_the_card(bed):
    card = await given(bed)
    await bed.presses("vte_focal", card, "More")
    await bed.presses("vte_focal", card, "Area")
    await bed.presses("vte_focal", card, "Training of trainers")
    assert "Area: Training of trainers" in card.text


async def test_lists_cards_and_histories(bed):
    for number in range(8):
        await given(bed, f"Write unit {number} @vte_trainer")
    listed = await bed.hears("kmg_trainer", "/tasks")
    assert "page 1 of 2" in listed.text
    assert "Trainer, Vientiane" not in listed.text
    await bed.presses("kmg_trainer", listed, "More ›")
    await bed.presses("kmg_trainer", listed, "T8")
    await bed.presses("kmg_trainer", listed, "History")
    assert "gave it to ⁨Trainer, Vientiane⁩" in listed.text
    await bed.presses("kmg_trainer", listed, "Back to the card")
    await bed.presses("kmg_trainer", listed, "Back to the list")
    assert "page 2 of 2" in listed.text
    assert "Nothing is overdue" in (await bed.hears("kmg_trainer", "/tasks overdue")).text
    assert "I do not know that choice" in (await bed.hears("kmg_trainer", "/tasks sports")).text


async def test_mine_and_one_card_by_its_name(bed):
    await given(bed)
    mine = await bed.hears("vte_trainer", "/mine", private=True)
    assert "T1 Write unit 1\nMon 20 Apr · Vientiane" in mine.text
    assert "Nothing is open here" in (await bed.hears("kmg_trainer", "/mine", private=True)).text
    assert (await bed.hears("observer", "/t1")).text.startswith("T1 · open")
    assert "There is no such thing here" in (await bed.hears("observer", "/t9")).text


async def test_several_persons_share_one_card(bed):
    card = await given(bed, "Write unit 1 @vte_trainer @kmg_focal", who="coordinator")
    await bed.presses("kmg_focal", card, "Done")
    assert card.text.startswith("T1 · 1 of 2 done")
    assert reaction(await reports(bed, "vte_trainer", "/progress T1a"))
    assert "T1a · Vientiane: ⁨Trainer, Vientiane⁩ · in progress" in card.text


async def test_whoever_has_no_part_is_told_to_name_one(bed):
    card = await given(bed, "Write unit 1 @vte_trainer @vte_alternate")
    assert "/done T1a" in await bed.presses("coordinator", card, "Done")
