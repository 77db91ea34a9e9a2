"""Giving a task: its words taken apart, its parts, who is told, what is asked."""

from datetime import UTC, date, datetime

import pytest

from handlers import tasks as handler
from handlers.heard import Mention, Quoted
from handlers.refusals import (
    NotAMember,
    NothingWritten,
    NotYours,
    OnlyReads,
    TooLong,
    TooManyPersons,
)
from handlers.reply import Answer, Edit, Private, ShowCard
from handlers.task_changes import give
from handlers.task_dates import picked
from handlers.voice import Say
from storage import journal, tasks
from storage.kinds import Acceptance, Subject


async def parts_of(stage, number=1):
    return await tasks.by_number(stage.session, stage.group.id, number)


async def test_a_line_is_taken_apart(stage):
    said = await stage.says(
        "vte_focal", "/task Send the module plan @vte_trainer by 2026-04-20 #curriculum", handler.create
    )
    (task,) = await parts_of(stage)
    assert (task.text, task.due, task.due_at) == ("Send the module plan", date(2026, 4, 20), None)
    assert task.assignee_id == stage.cast["vte_trainer"].id
    assert task.search_text == "send the module plan"
    assert "Mon 20 Apr" in said.text
    assert "Curriculum development" in said.text
    assert "Trainer, Vientiane" in said.text
    assert "Change date" in said.buttons()
    assert [card.subject_id for card in said.of(ShowCard)] == [task.id]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        pytest.param("@vte_trainer Send the plan", "Send the plan", id="who stands first"),
        pytest.param("Send the plan @vte_trainer", "Send the plan", id="who stands last"),
        pytest.param("Ask @vte_trainer for the plan", "Ask @vte_trainer for the plan", id="who stands inside"),
        pytest.param("Send the plan @vte_trainer, by tomorrow", "Send the plan", id="a comma before the date"),
        pytest.param("Check translation by hand @vte_trainer", "Check translation by hand", id="by hand is no date"),
    ],
)
async def test_where_the_person_may_stand(stage, words, text):
    await stage.says("vte_focal", f"/task {words}", handler.create)
    (task,) = await parts_of(stage)
    assert (task.text, task.assignee_id) == (text, stage.cast["vte_trainer"].id)


async def test_a_text_mention_means_the_account(stage):
    person = stage.cast["kmg_trainer"]
    mention = Mention("Trainer Kunming", telegram_id=person.telegram_id, name=person.name)
    await stage.says(
        "kmg_focal", "/task Translate unit 1 Trainer Kunming by tomorrow", handler.create, mentions=(mention,)
    )
    (task,) = await parts_of(stage)
    assert (task.text, task.assignee_id) == ("Translate unit 1", person.id)


async def test_a_reply_gives_the_text_and_words_the_rest(stage):
    quoted = Quoted(77, "Please send the list of tools", None)
    await stage.says("vte_focal", "/task @vte_trainer by tomorrow", handler.create, reply_to=quoted)
    await stage.says("vte_focal", "/task List of tools @vte_trainer", handler.create, reply_to=quoted)
    assert (await parts_of(stage, 1))[0].text == "Please send the list of tools"
    assert (await parts_of(stage, 2))[0].text == "List of tools"


async def test_several_persons_get_a_part_each_under_one_number(stage):
    said = await stage.says("coordinator", "/task Write unit 2 @vte_trainer @kmg_focal", handler.create)
    one, two = await parts_of(stage)
    assert (one.part, two.part) == (1, 2)
    assert one.side_id != two.side_id
    assert "T1a" in said.text
    assert "T1b" in said.text
    assert len(said.of(ShowCard)) == 1
    assert {note.person_id for note in said.of(Private)} == {one.assignee_id, two.assignee_id}


async def test_the_same_person_twice_is_one_part(stage):
    await stage.says("vte_focal", "/task Write @vte_trainer @VTE_Trainer", handler.create)
    assert [task.part for task in await parts_of(stage)] == [0]


@pytest.mark.parametrize(
    ("giver", "taker", "acceptance"),
    [
        pytest.param("vte_focal", "vte_trainer", Acceptance.ACCEPTED, id="a focal point gives on his side"),
        pytest.param("vte_focal", "kmg_focal", Acceptance.ASKED, id="a focal point asks the other side"),
        pytest.param("vte_trainer", "vte_focal", Acceptance.ASKED, id="a member asks on his side"),
        pytest.param("coordinator", "kmg_focal", Acceptance.ASKED, id="a coordinator asks a side"),
        pytest.param("vte_trainer", "vte_trainer", Acceptance.ACCEPTED, id="everybody gives to himself"),
        pytest.param("vte_focal", "coordinator", Acceptance.ASKED, id="a focal point asks the project"),
    ],
)
async def test_who_still_has_to_accept(stage, giver, taker, acceptance):
    said = await stage.says(giver, f"/task Write unit 3 @{stage.cast[taker].username}", handler.create)
    (task,) = await parts_of(stage)
    asked = acceptance is Acceptance.ASKED
    assert task.acceptance is acceptance
    assert ("not yet accepted" in said.text) is asked
    notes = said.of(Private)
    assert [note.person_id for note in notes] == ([] if giver == taker else [stage.cast[taker].id])
    for note in notes:
        labels = [button.label for row in note.view(Say("en")).rows for button in row]
        assert labels == (["Accept", "Decline"] if asked else ["Open T1"])


@pytest.mark.parametrize(
    ("giver", "side", "questions"),
    [
        pytest.param("kmg_trainer", "Kunming", 0, id="a member's own side"),
        pytest.param("coordinator", "Vientiane", 1, id="the first side, and which side is asked"),
    ],
)
async def test_nobody_named(stage, giver, side, questions):
    said = await stage.says(giver, "/task Book the workshop", handler.create)
    (task,) = await parts_of(stage)
    assert task.assignee_id is None
    assert f"<b>{side}</b>: nobody yet" in said.text
    assert len(said.of(Answer)) == questions


async def test_a_handle_nobody_knows_is_asked_for(stage):
    said = await stage.says("vte_focal", "/task Write unit 4 @vte_trainer @ministry", handler.create)
    one, two = await parts_of(stage)
    assert (one.assignee_id, two.assignee_id) == (stage.cast["vte_trainer"].id, None)
    question = said.page(Answer)
    assert "who is \u2068@ministry\u2069?" in question.text
    button = next(button for row in question.rows for button in row if "Alternate, Vientiane" in button.label)
    done = await stage.presses("vte_focal", button, give)
    assert two.assignee_id == stage.cast["vte_alternate"].id
    assert "T1b is given to" in done.page(Edit).text


async def test_a_time_is_an_instant_shown_for_both_cities(stage):
    said = await stage.says("vte_focal", "/task Call the college by 2026-04-20 15:00", handler.create)
    (task,) = await parts_of(stage)
    assert (task.due, task.due_at) == (date(2026, 4, 20), datetime(2026, 4, 20, 8, tzinfo=UTC))
    assert "15:00 Vientiane / Mon 20 Apr, 16:00 Kunming" in said.text


@pytest.mark.parametrize(
    ("words", "why"),
    [
        pytest.param("by 31/2", "no such day", id="no such day"),
        pytest.param("by 2026-03-01", "already past", id="past"),
        pytest.param("by 2041-01-01", "too far ahead", id="too far"),
    ],
)
async def test_a_date_that_is_none_loses_nothing(stage, words, why):
    said = await stage.says("vte_focal", f"/task Send the plan @vte_trainer {words}", handler.create)
    (task,) = await parts_of(stage)
    assert (task.text, task.due) == ("Send the plan", None)
    assert "no date yet" in said.text
    question = said.page(Answer)
    assert why in question.text
    assert "by when?" in question.text
    days = [button for row in question.rows for button in row if button.press == "task.due_set"]
    await stage.presses("vte_focal", days[0], picked)
    assert task.due is not None


async def test_a_second_reading_is_a_button(stage):
    said = await stage.says("vte_focal", "/task Send the plan by 3/4", handler.create)
    (task,) = await parts_of(stage)
    assert task.due == date(2026, 4, 3)
    other = next(button for row in said.page(Answer).rows for button in row if button.label.startswith("No,"))
    await stage.presses("vte_focal", other, picked)
    assert task.due is not None
    assert (task.due.month, task.due.day) == (3, 4)


@pytest.mark.parametrize(
    ("who", "words", "refusal"),
    [
        pytest.param("stranger", "Write", NotAMember, id="a stranger"),
        pytest.param("observer", "Write", NotYours, id="an observer"),
        pytest.param("vte_focal", "", NothingWritten, id="no words"),
        pytest.param("vte_focal", "@vte_trainer by tomorrow", NothingWritten, id="a person and a date alone"),
        pytest.param("vte_focal", "\u200b", NothingWritten, id="words nobody sees"),
        pytest.param("vte_focal", "x" * 801, TooLong, id="too many words"),
        pytest.param("vte_focal", "Write @observer", OnlyReads, id="an observer cannot have a task"),
        pytest.param("vte_focal", "Write " + " ".join(f"@person_{n}" for n in range(13)), TooManyPersons, id="a crowd"),
    ],
)
async def test_refusals(stage, who, words, refusal):
    with pytest.raises(refusal):
        await stage.says(who, f"/task {words}".strip(), handler.create)


async def test_what_was_given_stands_in_the_journal_without_names(stage):
    await stage.says("vte_focal", "/task Write unit 5 @vte_trainer by 2026-04-20", handler.create)
    (task,) = await parts_of(stage)
    (entry,) = await journal.of(stage.session, Subject.TASK, task.id)
    assert entry.change == "task given"
    assert entry.actor_id == stage.cast["vte_focal"].id
    assert entry.after["assignee"] == task.assignee_id
    assert entry.after["due"] == "2026-04-20"
    assert "Trainer" not in str(entry.after)


async def test_it_wants_to_be_looked_at_at_once(stage):
    await stage.says("vte_focal", "/task Write unit 6 @vte_trainer", handler.create)
    (task,) = await parts_of(stage)
    assert (task.look_at, task.given_on) == (stage.now, date(2026, 4, 1))


async def test_what_people_wrote_is_escaped(stage):
    stage.cast["vte_trainer"].name = "Trainer <b>&"
    said = await stage.says("vte_focal", "/task Use <b>bold</b> & more @vte_trainer", handler.create)
    assert "Use &lt;b&gt;bold&lt;/b&gt; &amp; more" in said.text
    assert "Trainer &lt;b&gt;&amp;" in said.text
