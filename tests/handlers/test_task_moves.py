"""Reporting on tasks: which state follows, who may, what is kept, and how it is acknowledged."""

from datetime import date, timedelta

import pytest

from handlers import task_moves, tasks
from handlers.heard import Attachment, Quoted
from handlers.refusals import (
    NoSuchRecord,
    NothingWritten,
    NotNow,
    NotYours,
    TooLateToReopen,
    TooLong,
    WhichPart,
)
from handlers.reply import Answer, Button, React, RefreshCard, Toast
from handlers.voice import Say
from storage import dialogues, journal
from storage import tasks as stored
from storage.kinds import Acceptance, Subject, TaskState
from storage.tables import Card

GROUP_CHAT = -1001
REPORT = Attachment("document", file_id="file-1", name="report.pdf")
HANDLERS = {
    "done": task_moves.done,
    "progress": task_moves.progress,
    "blocked": task_moves.blocked,
    "waiting": task_moves.waiting,
    "drop": task_moves.drop,
    "reopen": task_moves.reopen,
}


@pytest.fixture
async def task(stage):
    """T1, given by the focal point of Vientiane to a trainer of his side."""
    await stage.says("vte_focal", "/task Write unit 1 @vte_trainer", tasks.create)
    return (await stored.by_number(stage.session, stage.group.id, 1))[0]


@pytest.fixture
async def parts(stage):
    """T1a of a trainer in Vientiane and T1b of the alternate there."""
    await stage.says("vte_focal", "/task Write unit 1 @vte_trainer @vte_alternate", tasks.create)
    return await stored.by_number(stage.session, stage.group.id, 1)


def button(stage, name, **args):
    return Button("", f"task.{name}", {"group": stage.group.id, **args})


async def asked(stage, who):
    """The question that waits for this person's words in the group."""
    return await dialogues.open_with(stage.session, stage.cast[who].id, GROUP_CHAT, stage.now)


@pytest.mark.parametrize(
    ("command", "words", "state"),
    [
        pytest.param("done", "T1", TaskState.DONE, id="done"),
        pytest.param("done", "t1 Sent to both", TaskState.DONE, id="done with a note, small letter"),
        pytest.param("progress", "T1", TaskState.IN_PROGRESS, id="in progress"),
        pytest.param("waiting", "T1", TaskState.WAITING, id="waiting without a reason"),
        pytest.param("waiting", "T1 They check it", TaskState.WAITING, id="waiting with a reason"),
        pytest.param("blocked", "T1 No paper", TaskState.BLOCKED, id="blocked"),
        pytest.param("drop", "T1 Not needed", TaskState.CANCELLED, id="dropped"),
    ],
)
async def test_a_report_by_command(stage, task, command, words, state):
    said = await stage.says("vte_trainer", f"/{command} {words}", HANDLERS[command])
    assert task.state is state
    assert task.note == words[3:]
    assert task.answered_on == date(2026, 4, 1)
    assert len(said.of(React)) == 1
    assert [card.subject_id for card in said.of(RefreshCard)] == [task.id]
    entry = (await journal.of(stage.session, Subject.TASK, task.id))[-1]
    assert (entry.before["state"], entry.after["state"]) == ("open", state.value)


@pytest.mark.parametrize(
    ("state", "looked_at"),
    [
        pytest.param("progress", True, id="a live task is looked at"),
        pytest.param("done", False, id="a closed one is not"),
    ],
)
async def test_what_nudging_has_to_know(stage, task, state, looked_at):
    later = stage.now + timedelta(hours=1)
    await stage.says("vte_trainer", f"/{state} T1", HANDLERS[state], now=later)
    assert task.look_at == (later if looked_at else None)
    assert task.state_since == later
    assert task.version == 2


@pytest.mark.parametrize(
    ("name", "state"),
    [
        pytest.param("done", TaskState.DONE, id="done"),
        pytest.param("progress", TaskState.IN_PROGRESS, id="in progress"),
        pytest.param("waiting", TaskState.WAITING, id="with the other side"),
    ],
)
async def test_a_report_by_button(stage, task, name, state):
    said = await stage.presses("vte_trainer", button(stage, name, id=task.id), HANDLERS[name])
    assert task.state is state
    assert len(said.of(Toast)) == 1
    assert len(said.of(RefreshCard)) == 1
    assert not said.of(Answer)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        pytest.param("blocked", TaskState.BLOCKED, id="blocked"),
        pytest.param("drop", TaskState.CANCELLED, id="dropped"),
    ],
)
@pytest.mark.parametrize("by_button", [pytest.param(True, id="by button"), pytest.param(False, id="by command")])
async def test_a_missing_reason_is_asked_for(stage, task, name, state, by_button):
    if by_button:
        said = await stage.presses("vte_trainer", button(stage, name, id=task.id), HANDLERS[name])
    else:
        said = await stage.says("vte_trainer", f"/{name} T1", HANDLERS[name])
    assert said.page().ask
    assert task.state is TaskState.OPEN
    question = await asked(stage, "vte_trainer")
    assert question.kind == f"task.{name}"
    await stage.says("vte_trainer", "No <b>paper</b>", HANDLERS[name], args=question.args)
    assert (task.state, task.note) == (state, "No <b>paper</b>")
    page = (await tasks.card_of(stage.session, task))(Say("en"))
    assert "No &lt;b&gt;paper&lt;/b&gt;" in page.text


@pytest.mark.parametrize(
    ("who", "command", "allowed"),
    [
        pytest.param("vte_trainer", "done T1", True, id="the person responsible"),
        pytest.param("vte_focal", "done T1", True, id="his focal point"),
        pytest.param("coordinator", "done T1", True, id="the coordinator"),
        pytest.param("vte_alternate", "done T1", False, id="an alternate whose focal point is there"),
        pytest.param("kmg_focal", "done T1", False, id="the other side's focal point"),
        pytest.param("kmg_trainer", "done T1", False, id="a member of the other side"),
        pytest.param("observer", "done T1", False, id="an observer"),
        pytest.param("kmg_focal", "progress T1", False, id="the other side reports nothing"),
        pytest.param("kmg_focal", "drop T1 Why not", False, id="the other side drops nothing"),
        pytest.param("vte_focal", "drop T1 Not needed", True, id="his focal point drops"),
    ],
)
async def test_who_may(stage, task, who, command, allowed):
    handler = HANDLERS[command.split()[0]]
    if allowed:
        await stage.says(who, f"/{command}", handler)
        assert task.state is not TaskState.OPEN
        return
    with pytest.raises(NotYours):
        await stage.says(who, f"/{command}", handler)


async def test_who_may_is_asked_before_the_reason(stage, task):
    with pytest.raises(NotYours):
        await stage.presses("kmg_focal", button(stage, "drop", id=task.id), task_moves.drop)
    assert await asked(stage, "kmg_focal") is None


@pytest.mark.parametrize(
    ("who", "label"),
    [
        pytest.param("vte_trainer", "", id="his own report has no label"),
        pytest.param("vte_focal", ", by the focal point", id="by the focal point"),
        pytest.param("coordinator", ", by the coordinator", id="by the coordinator"),
    ],
)
async def test_the_card_says_in_whose_place_somebody_reported(stage, task, who, label):
    await stage.says(who, "/done T1", task_moves.done)
    page = (await tasks.card_of(stage.session, task))(Say("en"))
    assert f"done since Wed 1 Apr{label}\n" in page.text


async def test_a_report_of_the_coordinator_is_no_answer_of_the_side(stage, task):
    await stage.says("coordinator", "/progress T1", task_moves.progress)
    assert task.answered_on is None
    assert (await journal.of(stage.session, Subject.TASK, task.id))[-1].after["as"] == "coordinator"


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        pytest.param("done", NothingWritten, id="no name"),
        pytest.param("done T9", NoSuchRecord, id="no such task"),
        pytest.param("done hello", NoSuchRecord, id="no name at all"),
        pytest.param("done D1", NoSuchRecord, id="a decision"),
        pytest.param("done T1b", NoSuchRecord, id="no such part"),
        pytest.param("reopen T1", NotNow, id="an open task is not reopened"),
        pytest.param("blocked T1 " + "x" * 1001, TooLong, id="a reason without end"),
    ],
)
async def test_refusals(stage, task, command, refusal):
    with pytest.raises(refusal):
        await stage.says("vte_trainer", f"/{command}", HANDLERS[command.split()[0]])
    assert task.state is TaskState.OPEN


async def test_done_twice_is_said_once(stage, task):
    await stage.presses("vte_trainer", button(stage, "done", id=task.id), task_moves.done)
    with pytest.raises(NotNow):
        await stage.presses("vte_trainer", button(stage, "done", id=task.id), task_moves.done)


async def test_a_reply_to_the_card_needs_no_number(stage, task):
    stage.session.add(
        Card(subject=Subject.TASK, subject_id=task.id, group_id=stage.group.id, chat_id=GROUP_CHAT, message_id=600)
    )
    await stage.session.flush()
    quoted = Quoted(600, "T1", None, from_this_bot=True, attachments=(REPORT,))
    await stage.says("vte_trainer", "/done All sent", task_moves.done, reply_to=quoted)
    assert (task.state, task.note) == (TaskState.DONE, "All sent")
    assert await stored.evidence(stage.session, [task.id]) == []  # what hangs on the bot's own message shows nothing


@pytest.mark.parametrize(
    ("who", "hours", "refusal"),
    [
        pytest.param("vte_trainer", 24, None, id="the person within a day"),
        pytest.param("vte_trainer", 25, TooLateToReopen, id="the person after a day"),
        pytest.param("vte_focal", 25, None, id="the focal point after a day"),
        pytest.param("coordinator", 99, None, id="the coordinator at any time"),
        pytest.param("kmg_focal", 1, NotYours, id="never the other side"),
    ],
)
async def test_reopening(stage, task, who, hours, refusal):
    await stage.says("vte_trainer", "/done T1", task_moves.done)
    later = stage.now + timedelta(hours=hours)
    if refusal is None:
        await stage.says(who, "/reopen T1", task_moves.reopen, now=later)
        assert (task.state, task.look_at) == (TaskState.OPEN, later)
        return
    with pytest.raises(refusal):
        await stage.says(who, "/reopen T1", task_moves.reopen, now=later)


async def test_a_press_acts_on_the_pressers_own_part(stage, parts):
    one, two = parts
    await stage.presses("vte_alternate", button(stage, "done", id=one.id), task_moves.done)
    assert (one.state, two.state) == (TaskState.OPEN, TaskState.DONE)


async def test_a_part_is_named_by_its_letter(stage, parts):
    one, two = parts
    await stage.says("vte_focal", "/done T1b", task_moves.done)
    assert (one.state, two.state) == (TaskState.OPEN, TaskState.DONE)
    page = (await tasks.card_of(stage.session, one))(Say("en"))
    assert "<b>T1</b> · 1 of 2 done" in page.text


async def test_whoever_has_no_part_has_to_name_one(stage, parts):
    with pytest.raises(WhichPart) as refused:
        await stage.presses("coordinator", button(stage, "done", id=parts[0].id), task_moves.done)
    assert refused.value.values == {"name": "T1", "example": "T1a", "command": "done"}


async def test_the_only_part_that_is_left_need_not_be_named(stage, parts):
    one, two = parts
    await stage.says("vte_focal", "/done T1a", task_moves.done)
    await stage.presses("coordinator", button(stage, "done", id=one.id), task_moves.done)
    assert two.state is TaskState.DONE


async def test_a_task_is_dropped_as_a_whole_by_whoever_has_no_part(stage, parts):
    await stage.says("coordinator", "/drop T1 Not needed", task_moves.drop)
    assert {task.state for task in parts} == {TaskState.CANCELLED}


async def test_a_task_is_dropped_in_part_by_whoever_has_one(stage, parts):
    await stage.says("vte_trainer", "/drop T1 On leave", task_moves.drop)
    assert [task.state for task in parts] == [TaskState.CANCELLED, TaskState.OPEN]


async def test_reporting_on_an_offered_task_takes_it_on(stage):
    await stage.says("vte_focal", "/task Translate @kmg_focal", tasks.create)
    (task,) = await stored.by_number(stage.session, stage.group.id, 1)
    await stage.says("kmg_focal", "/progress T1", task_moves.progress)
    assert (task.state, task.acceptance) == (TaskState.IN_PROGRESS, Acceptance.ACCEPTED)


async def test_a_task_that_is_nobodys_is_its_givers(stage):
    await stage.says("kmg_trainer", "/task Book the room", tasks.create)
    (task,) = await stored.by_number(stage.session, stage.group.id, 1)
    await stage.says("kmg_trainer", "/done T1", task_moves.done)
    assert task.state is TaskState.DONE


async def test_a_report_in_private_is_answered_in_words(stage, task):
    said = await stage.says("vte_trainer", "/progress T1", task_moves.progress, private=True)
    assert said.page(Answer).text == "T1: in progress."
    assert task.state is TaskState.IN_PROGRESS
