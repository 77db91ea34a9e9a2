"""What shows that a task is done: with the report, or afterwards."""

import pytest

from handlers import task_evidence, task_moves, tasks
from handlers.heard import Attachment, Quoted
from handlers.refusals import NoEvidence, NotYours
from handlers.reply import Button, Edit
from handlers.voice import Say
from storage import dialogues, journal
from storage import tasks as stored
from storage.kinds import Subject

REPORT = Attachment("document", file_id="file-1", name="report.pdf")


@pytest.fixture
async def task(stage):
    """T1, given by the focal point of Vientiane to a trainer of his side."""
    await stage.says("vte_focal", "/task Write unit 1 @vte_trainer", tasks.create)
    return (await stored.by_number(stage.session, stage.group.id, 1))[0]


def button(stage, name, **args):
    return Button("", f"task.{name}", {"group": stage.group.id, **args})


@pytest.mark.parametrize(
    "extra",
    [
        pytest.param({"attachments": (REPORT,)}, id="in the caption"),
        pytest.param({"reply_to": Quoted(7, "", None, attachments=(REPORT,))}, id="as a reply to the file"),
    ],
)
async def test_done_takes_evidence(stage, task, extra):
    await stage.says("vte_trainer", "/done T1", task_moves.done, **extra)
    (kept,) = await stored.evidence(stage.session, [task.id])
    assert (kept.kind, kept.file_id, kept.name) == ("document", "file-1", "report.pdf")
    page = (await tasks.card_of(stage.session, task))(Say("en"))
    assert "Evidence: report.pdf" in page.text
    entry = (await journal.of(stage.session, Subject.TASK, task.id))[-1]
    assert entry.after["evidence"] == 1
    assert "report" not in str(entry.after)


async def test_evidence_can_follow_in_private(stage, task):
    done = await stage.presses(
        "vte_trainer", button(stage, "done", part=task.id, aside=1), task_moves.done, private=True
    )
    add = done.buttons(Edit)["Add evidence"]
    said = await stage.presses("vte_trainer", add, task_evidence.wanted, private=True)
    assert said.page().ask
    question = await dialogues.open_with(
        stage.session, stage.cast["vte_trainer"].id, stage.cast["vte_trainer"].telegram_id, stage.now
    )
    with pytest.raises(NoEvidence):
        await stage.says("vte_trainer", "It is done", task_evidence.given, private=True, args=question.args)
    link = Attachment("link", link="https://example.org/<unit>")
    said = await stage.says(
        "vte_trainer", "here", task_evidence.given, private=True, args=question.args, attachments=(link, REPORT)
    )
    assert "2 pieces added to T1" in said.text
    assert [each.kind for each in await stored.evidence(stage.session, [task.id])] == ["link", "document"]
    page = (await tasks.card_of(stage.session, task))(Say("en"))
    assert "https://example.org/&lt;unit&gt;, report.pdf" in page.text


async def test_only_who_may_finish_adds_evidence(stage, task):
    await stage.says("vte_trainer", "/done T1", task_moves.done)
    with pytest.raises(NotYours):
        await stage.presses("kmg_trainer", button(stage, "evidence", id=task.id), task_evidence.wanted)


async def test_it_hangs_on_the_part_that_is_done(stage):
    await stage.says("vte_focal", "/task Write @vte_trainer @vte_alternate", tasks.create)
    one, two = await stored.by_number(stage.session, stage.group.id, 1)
    await stage.says("vte_alternate", "/done T1", task_moves.done)
    await stage.says("vte_focal", "", task_evidence.given, args={"id": one.id}, attachments=(REPORT,))
    assert [each.task_id for each in await stored.evidence(stage.session, [one.id, two.id])] == [two.id]
