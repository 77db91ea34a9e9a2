"""Evidence and counter-sign, where the group asks for them: reported, signed or sent back, nudged, told."""

from datetime import UTC, datetime

import pytest

from handlers import nudges, task_history, task_moves, task_signing, tasks
from handlers.heard import Attachment
from handlers.refusals import NoEvidence, NotNow, NotYours
from handlers.reply import Button, Private, RefreshCard
from handlers.voice import Say
from storage import dialogues, groups, journal
from storage import tasks as stored
from storage.kinds import Subject, TaskState

REPORT = Attachment("document", file_id="DOC-1", name="report.pdf")


@pytest.fixture
async def task(stage):
    """T1 of a trainer of Vientiane, in a group that asks for evidence and a counter-sign."""
    (await groups.mechanism(stage.session, stage.group.id)).countersign = True
    await stage.says("vte_focal", "/task Write unit 1 @vte_trainer by 20 April", tasks.create)
    return (await stored.by_number(stage.session, stage.group.id, 1))[0]


def button(stage, **args):
    return Button("", "task.any", {"group": stage.group.id, **args})


async def test_evidence_that_is_missing_is_asked_for_and_the_note_is_kept(stage, task):
    said = await stage.says("vte_trainer", "/done T1 Sent to both", task_moves.done)
    assert said.page().ask
    assert task.state is TaskState.OPEN
    person = stage.cast["vte_trainer"]
    question = await dialogues.open_with(stage.session, person.id, -1001, stage.now)
    with pytest.raises(NoEvidence):
        await stage.says("vte_trainer", "It is done", task_moves.proof, args=question.args)
    said = await stage.says("vte_trainer", "", task_moves.proof, args=question.args, attachments=(REPORT,))
    assert (task.state, task.note) == (TaskState.REPORTED, "Sent to both")
    (told,) = said.of(Private)
    assert told.person_id == stage.cast["kmg_focal"].id
    page = told.view(Say("en"))
    assert "reports in Vientiane and Kunming as done:" in page.text
    assert [each.label for row in page.rows for each in row] == ["OK, done", "Send back", "Evidence"]
    assert "T1</b> · done, waits for the OK" in said.page(RefreshCard).text


@pytest.fixture
async def reported(stage, task):
    await stage.says("vte_trainer", "/done T1", task_moves.done, attachments=(REPORT,))
    return task


@pytest.mark.parametrize("who", ["kmg_focal", "coordinator"])
async def test_the_other_side_or_the_coordinator_signs(stage, reported, who):
    said = await stage.presses(who, button(stage, part=reported.id), task_signing.confirm)
    assert (reported.state, reported.look_at) == (TaskState.DONE, None)
    (told,) = said.of(Private)
    assert "it is done" in told.view(Say("en")).text
    with pytest.raises(NotNow):
        await stage.presses(who, button(stage, part=reported.id), task_signing.confirm)


@pytest.mark.parametrize("who", ["vte_trainer", "vte_focal", "kmg_trainer", "observer"])
async def test_nobody_else_signs(stage, reported, who):
    for handler in (task_signing.confirm, task_signing.send_back):
        with pytest.raises(NotYours):
            await stage.presses(who, button(stage, id=reported.id), handler)


async def test_it_is_sent_back_with_a_note_and_reported_again(stage, reported):
    asked = await stage.presses("kmg_focal", button(stage, part=reported.id), task_signing.send_back)
    assert asked.page().ask
    said = await stage.says("kmg_focal", "Page 2 is missing", task_signing.send_back, args={"part": reported.id})
    assert (reported.state, reported.note) == (TaskState.IN_PROGRESS, "Page 2 is missing")
    assert "Page 2 is missing" in said.of(Private)[0].view(Say("en")).text
    await stage.says("vte_trainer", "/done T1 Now complete", task_moves.done)
    assert reported.state is TaskState.REPORTED
    changes = [entry.change for entry in await journal.of(stage.session, Subject.TASK, reported.id)]
    assert changes[-3:] == ["task reported as done", "task sent back", "task reported as done"]
    shown = (await stage.presses("vte_focal", button(stage, id=reported.id), task_history.history)).text
    assert "sent it back." in shown
    assert "reported it as done." in shown


@pytest.mark.usefixtures("reported")
async def test_the_counter_signer_is_nudged_instead_of_the_person(stage):
    effects = await nudges.plan(stage.session, datetime(2026, 4, 2, 3, 0, tzinfo=UTC))
    assert [each.person_id for each in effects] == [stage.cast["kmg_focal"].id]
    assert "was reported as done and waits for your OK" in effects[0].view(Say("en")).text


async def test_without_the_rule_done_is_done(stage):
    await stage.says("vte_focal", "/task Write unit 1 @vte_trainer", tasks.create)
    await stage.says("vte_trainer", "/done T1", task_moves.done)
    assert (await stored.by_number(stage.session, stage.group.id, 1))[0].state is TaskState.DONE
