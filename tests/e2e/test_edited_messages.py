"""A message that is changed after it was answered: nothing runs again, and its author is asked about the record."""

from datetime import timedelta

import pytest
from sqlmodel import col, func, select

from storage import journal
from storage.kinds import Subject, TaskState
from storage.tables import Inbox, JournalEntry, Outbox, Task
from tests.e2e.conftest import Bed
from tests.e2e.members import second_group

OFFER = "You changed your message."


async def tasks_of(bed: Bed) -> list[Task]:
    async with bed.program.database.reading() as session:
        return list((await session.exec(select(Task).order_by(Task.id))).all())


async def given(bed: Bed, words: str, *, who: str = "vte_trainer", private: bool = False):
    """The message with which somebody gives a task."""
    person = bed.cast[who]
    message = person.writes_private(f"/task {words}") if private else person.writes(bed.group, f"/task {words}")
    await bed.settle()
    return message


async def heard(bed: Bed) -> int:
    """How many updates were ever kept."""
    async with bed.program.database.reading() as session:
        return (await session.exec(select(func.count()).select_from(Inbox))).one()


async def edits(bed: Bed, message, text: str, who: str = "vte_trainer") -> None:
    bed.cast[who].edits(message, text)
    await bed.settle()


async def test_the_author_is_asked_in_private_and_the_task_changes_when_he_says_so(bed):
    message = await given(bed, "Send the lst of trainers")
    in_group = len(bed.said(bed.group))
    await edits(bed, message, "/task Send the list of trainers")
    [task] = await tasks_of(bed)
    assert task.text == "Send the lst of trainers"
    offer = bed.last("vte_trainer", OFFER)
    assert len(bed.said(bed.group)) == in_group, "the group is left in peace"
    assert "Before: Send the lst of trainers" in offer.text
    assert "Now: Send the list of trainers" in offer.text
    await bed.presses("vte_trainer", offer, "Change T1")
    assert offer.text == "T1 now reads: Send the list of trainers"
    [task] = await tasks_of(bed)
    assert (task.text, task.search_text) == ("Send the list of trainers", "send the list of trainers")
    assert "Send the list of trainers" in bed.last(bed.group, "T1 ·").text
    assert "T1" in (await bed.hears("vte_trainer", "/find list of trainers")).text


async def test_left_as_it_is(bed):
    message = await given(bed, "Send the list")
    await edits(bed, message, "/task Send the whole list")
    offer = bed.last("vte_trainer", OFFER)
    await bed.presses("vte_trainer", offer, "Keep as it is")
    assert offer.text == "T1 stays as it was."
    assert [task.text for task in await tasks_of(bed)] == ["Send the list"]


async def test_a_date_changes_with_the_words(bed):
    message = await given(bed, "Send the list by 20 April", who="vte_focal")
    await edits(bed, message, "/task Send the whole list by 24 April", who="vte_focal")
    offer = bed.last("vte_focal", OFFER)
    assert "Due: Mon 20 Apr. Your message says: Fri 24 Apr 2026" in offer.text
    await bed.presses("vte_focal", offer, "Change T1")
    [task] = await tasks_of(bed)
    assert (task.text, str(task.due)) == ("Send the whole list", "2026-04-24")
    assert offer.text == "T1 now reads: Send the whole list\nT1 is due Fri 24 Apr."


async def test_a_date_alone_which_a_member_asks_for(bed):
    message = await given(bed, "Send the list by 20 April")
    await edits(bed, message, "/task Send the list by 24 April")
    offer = bed.last("vte_trainer", OFFER)
    assert "Before:" not in offer.text
    await bed.presses("vte_trainer", offer, "Change T1")
    assert "now reads" not in offer.text
    assert [str(task.due) for task in await tasks_of(bed)] == ["2026-04-20"]
    assert "your focal point is asked to accept Fri 24 Apr" in offer.text
    await bed.presses("vte_focal", bed.last("vte_focal", "asks for another date"), "Accept new date")
    assert [(task.text, str(task.due)) for task in await tasks_of(bed)] == [("Send the list", "2026-04-24")]


async def test_a_touch_that_changes_nothing_is_passed_over_in_silence(bed):
    message = await given(bed, "Send the list by tomorrow")
    said = len(bed.server.log)
    await edits(bed, message, "/task   Send the list by tomorrow")
    await edits(bed, message, "/task Send the list by tomorrow")
    assert bed.last("vte_trainer", OFFER) is None
    assert not any(call.method == "sendMessage" for call in bed.server.log[said:])


async def test_the_same_words_are_asked_about_once_however_often_they_are_touched(bed):
    message = await given(bed, "Send the list")
    for _ in range(5):
        await edits(bed, message, "/task Send the whole list")
    assert sum(OFFER in said.text for said in bed.said(bed.cast["vte_trainer"])) == 1
    await bed.presses("vte_trainer", bed.last("vte_trainer", OFFER), "Change T1")
    await edits(bed, message, "/task Send the whole list")
    assert bed.last("vte_trainer", OFFER) is None, "what was asked became the answer, and nothing is asked anew"


async def test_whoever_has_to_do_it_is_told(bed):
    message = await given(bed, "Send the list @vte_alternate")
    await edits(bed, message, "/task Send the whole list @vte_alternate")
    await bed.presses("vte_trainer", bed.last("vte_trainer", OFFER), "Change T1")
    told = bed.last("vte_alternate", "into other words")
    assert "Send the whole list" in told.text
    card = bed.last(bed.group, "T1 ·")
    await bed.presses("vte_trainer", card, "History")
    assert "put it into other words" in card.text
    assert "Before: Send the list" in card.text


async def test_other_persons_are_not_followed_and_that_is_said(bed):
    message = await given(bed, "Send the list @vte_alternate")
    await edits(bed, message, "/task Send the list @vte_focal")
    offer = bed.last("vte_trainer", OFFER)
    assert "/assign T1 @who" in offer.text
    assert not offer.buttons
    assert [task.assignee_id for task in await tasks_of(bed)] == [2]


@pytest.mark.parametrize(
    ("first", "then", "way"),
    [
        pytest.param("Plan #tot", "Plan #curriculum", "below its card only: More, Area.", id="an area"),
        pytest.param("Plan #tot", "Plan", "Its area changes below its card only", id="the area taken out"),
        pytest.param("Plan by 20 April", "Plan", "/due T1 DATE", id="the date taken out"),
        pytest.param("Plan", "Plan by 44 April", "/due T1 DATE", id="what is no date"),
        pytest.param("Plan", "Plan by Q2", "/due T1 DATE", id="what is no day"),
    ],
)
async def test_what_no_button_can_follow_is_said(bed, first, then, way):
    message = await given(bed, first)
    await edits(bed, message, f"/task {then}")
    offer = bed.last("vte_trainer", OFFER)
    assert way in offer.text
    assert not offer.buttons


async def test_a_day_of_another_year_is_shown_with_it(bed):
    message = await given(bed, "Plan", who="vte_focal")
    await edits(bed, message, "/task Plan by 19 March", who="vte_focal")
    offer = bed.last("vte_focal", OFFER)
    assert "Due: no date yet. Your message says: Fri 19 Mar 2027" in offer.text
    await bed.presses("vte_focal", offer, "Change T1")
    assert "Due: Fri 19 Mar 2027" in bed.last(bed.group, "T1 ·").text


async def test_a_closed_task_keeps_its_words_and_that_is_said(bed):
    message = await given(bed, "Send the list")
    await bed.hears("vte_trainer", "/drop T1 Not needed")
    await edits(bed, message, "/task Send the whole list")
    offer = bed.last("vte_trainer", OFFER)
    assert "T1 is cancelled" in offer.text
    assert not offer.buttons


async def test_a_task_that_somebody_else_took_on_keeps_its_date_and_that_is_said(bed):
    message = await given(bed, "Send the list by 20 April @vte_alternate")
    await bed.presses("vte_alternate", bed.last(bed.group, "T1 ·"), "Accept")
    await edits(bed, message, "/task Send the list by 24 April @vte_alternate")
    offer = bed.last("vte_trainer", OFFER)
    assert "not yours to change" in offer.text
    assert not offer.buttons


async def test_a_focal_point_rewords_what_he_asked_of_the_other_side(bed):
    message = await given(bed, "Send the list @kmg_trainer", who="vte_focal")
    await bed.hears("vte_focal", "/assign T1 @kmg_alternate")
    await edits(bed, message, "/task Send the whole list @kmg_alternate by 24 April", who="vte_focal")
    await bed.presses("vte_focal", bed.last("vte_focal", OFFER), "Change T1")
    [task] = await tasks_of(bed)
    assert (task.text, str(task.due)) == ("Send the whole list", "2026-04-24")
    assert "Due: Fri 24 Apr" in bed.last("kmg_alternate", "into other words").text, "he is told of both at once"


@pytest.mark.parametrize("words", ["", "long " * 200])
@pytest.mark.parametrize("command", ["task", "decide"])
async def test_what_cannot_be_read_is_said_aside(bed, command, words):
    message = bed.cast["vte_trainer"].writes(bed.group, f"/{command} Send the list")
    await bed.settle()
    in_group = len(bed.said(bed.group))
    await edits(bed, message, f"/{command} {words}{words}")
    assert len(bed.said(bed.group)) == in_group, "the group is left in peace"
    assert bed.last("vte_trainer") is not None


async def test_in_private_it_is_about_the_group_it_was_about_then(bed):
    message = await given(bed, "Send the list", private=True)
    await second_group(bed, "vte_trainer")
    await edits(bed, message, "/task Send the whole list")
    await bed.presses("vte_trainer", bed.last("vte_trainer", OFFER), "Change T1")
    assert [task.text for task in await tasks_of(bed)] == ["Send the whole list"]


async def test_in_private_too(bed):
    message = await given(bed, "Send the list", private=True)
    await edits(bed, message, "/task Send the whole list")
    await edits(bed, message, "/task Send the whole list")
    assert sum(OFFER in said.text for said in bed.said(bed.cast["vte_trainer"])) == 1, "once for the same words"
    await bed.presses("vte_trainer", bed.last("vte_trainer", OFFER), "Change T1")
    assert [task.text for task in await tasks_of(bed)] == ["Send the whole list"]
    async with bed.program.database.reading() as session:
        keys = (await session.exec(select(Outbox.key).where(col(Outbox.key).contains("edited")))).all()
    assert keys
    assert not any(str(bed.cast["vte_trainer"].id) in key for key in keys), "no key keeps somebody's account"


async def test_a_date_that_is_past_when_the_button_is_pressed_is_not_set(bed):
    message = await given(bed, "Send the list by 20 April", who="vte_focal")
    await edits(bed, message, "/task Send the whole list by 3 April", who="vte_focal")
    offer = bed.last("vte_focal", OFFER)
    bed.clock.move_by(timedelta(days=3))
    await bed.presses("vte_focal", offer, "Change T1")
    assert [(task.text, str(task.due)) for task in await tasks_of(bed)] == [("Send the list", "2026-04-20")]


async def test_whom_no_private_message_reaches_is_asked_in_the_group(bed):
    bed.cast["vte_trainer"].blocks_bot()
    await bed.settle()
    message = await given(bed, "Send the list")
    await edits(bed, message, "/task Send the whole list")
    offer = bed.last(bed.group, OFFER)
    assert "not yours to change" in await bed.presses("kmg_trainer", offer, "Change T1")
    await bed.presses("vte_trainer", offer, "Change T1")
    assert [task.text for task in await tasks_of(bed)] == ["Send the whole list"]


async def test_a_misspelt_command_that_is_corrected_has_to_be_written_anew(bed):
    message = bed.cast["vte_trainer"].writes(bed.group, "/taks Send the list")
    await bed.settle()
    await edits(bed, message, "/task Send the list")
    assert not await tasks_of(bed)
    assert bed.last("vte_trainer").text == "I do not read a changed message again. Please write it as a new message."


@pytest.mark.parametrize("private", [True, False], ids=["in private", "in the group"])
async def test_so_has_every_other_command_that_had_done_nothing(bed, private):
    trainer = bed.cast["vte_trainer"]
    await given(bed, "Send the list")
    message = trainer.writes(trainer.private if private else bed.group, "/dnoe T1")
    await bed.settle()
    await edits(bed, message, "/done T1")
    assert [task.state for task in await tasks_of(bed)] == [TaskState.OPEN]
    assert bed.last("vte_trainer").text.startswith("I do not read a changed message again.")


async def test_one_that_had_done_something_is_left_in_peace(bed):
    message = bed.cast["vte_trainer"].writes(bed.group, "/support An interpreter by 20 April")
    await bed.settle()
    said = len(bed.said(bed.cast["vte_trainer"]))
    await edits(bed, message, "/support Two interpreters by 20 April")
    await edits(bed, message, "/unheard_of")
    assert len(bed.said(bed.cast["vte_trainer"])) == said


async def test_a_proposal_stays_as_others_may_have_read_it(bed):
    message = bed.cast["vte_trainer"].writes(bed.group, "/decide Exchange two trainers")
    await bed.settle()
    await edits(bed, message, "/decide Exchange three trainers")
    said = bed.last("vte_trainer", OFFER)
    assert "withdraw it and write /decide anew" in said.text
    await bed.presses("vte_trainer", said, "Withdraw")
    await bed.hears("vte_trainer", "Three are meant", private=True)
    assert "withdrawn" in bed.last(bed.group, "D1").text


async def test_an_agreed_point_is_superseded(bed):
    message = bed.cast["vte_trainer"].writes(bed.group, "/decide Exchange two trainers")
    await bed.settle()
    card = bed.last(bed.group, "D1")
    await bed.presses("vte_focal", card, "Agree")
    await bed.presses("kmg_focal", card, "Agree")
    await edits(bed, message, "/decide Exchange three trainers")
    said = bed.last("vte_trainer", OFFER)
    assert "/supersede D1 TEXT" in said.text
    assert not said.buttons


async def test_a_withdrawn_point_is_proposed_anew(bed):
    message = bed.cast["vte_trainer"].writes(bed.group, "/decide Exchange two trainers")
    await bed.settle()
    await bed.presses("vte_trainer", bed.last(bed.group, "D1"), "Withdraw")
    await bed.hears("vte_trainer", "Too early", private=True)
    await edits(bed, message, "/decide Exchange three trainers")
    said = bed.last("vte_trainer", OFFER)
    assert "/supersede" not in said.text
    assert "write /decide anew" in said.text


async def test_talk_that_is_changed_is_never_kept(bed):
    bed.group.promotes(bed.server.world.bot)  # else Telegram shows it no talk at all
    await bed.settle()
    before = await heard(bed)
    message = bed.cast["vte_trainer"].writes(bed.group, "a private matter")
    await edits(bed, message, "a private matter of the heart")
    assert "edited_message" in bed.server.world.updates.all[-1], "the bot was shown it"
    assert await heard(bed) == before


async def test_nobody_else_is_listened_to(bed):
    message = await given(bed, "Send the list")
    bed.server.world.raw_update(
        {"edited_message": message.json() | {"text": "/task Other words", "from": bed.cast["kmg_trainer"].json()}}
    )
    await bed.settle()
    assert bed.last("kmg_trainer", OFFER) is None
    assert [task.text for task in await tasks_of(bed)] == ["Send the list"]


async def test_the_command(bed):
    await given(bed, "Send the list @vte_alternate @kmg_alternate")
    await bed.hears("vte_focal", "/reword T1 Send the whole list")
    assert {task.text for task in await tasks_of(bed)} == {"Send the list"}, "half of it is the other side's"
    await bed.hears("vte_trainer", "/reword T1 Send the whole list")
    assert {task.text for task in await tasks_of(bed)} == {"Send the whole list"}
    async with bed.program.database.reading() as session:
        entries = (
            await session.exec(select(JournalEntry).where(JournalEntry.change == "text of a task changed"))
        ).all()
        assert await journal.first_fault(session) is None
    assert [(entry.subject, entry.before["text"]) for entry in entries] == [(Subject.TASK, "Send the list")] * 2
    assert "/reword T17 TEXT" in (await bed.hears("vte_trainer", "/reword T1")).text
