"""A group's own playbooks: sent as a file, kept, given out."""

from datetime import date

import pytest

from handlers import playbooks
from handlers.heard import Attachment, Quoted
from handlers.refusals import NotYours, PlaybookFaulty, TableUnread
from handlers.reply import Button, Document, Edit
from handlers.rules.playbooks import shipped_text
from storage import playbooks as stored
from tests.handlers.playbooks import begun, steps_of

OWN = "row,side,offset,only,en\ntitle,,,,Study visit\nstep,host,D-3,,Draft\nstep,both,E+1,,Report\n"


def csv_file(content=OWN, name="Study visit.csv"):
    return (Attachment("document", file_id="f", name=name, content=content),)


async def test_a_group_sends_its_own(stage):
    said = await stage.says("kmg_focal", "/playbook", playbooks.show, attachments=csv_file())
    assert "<b>Study visit</b> · 2 steps" in said.text
    assert "D−3 · host: Draft" in said.text
    assert "E+1 · host and sending side: Report" in said.text
    kept = await stage.presses("kmg_focal", said.buttons()["Keep it"], playbooks.keep)
    assert "The group has this playbook" in kept.page(Edit).text
    listed = await stage.says("vte_trainer", "/playbook", playbooks.show)
    assert "Study visit" in listed.buttons()
    _, row = await begun(stage, key="study_visit")
    assert [task.due for _, task in await steps_of(stage, row)] == [date(2026, 9, 4)] + [date(2026, 9, 17)] * 2


async def test_as_a_reply_to_the_file_it_takes_the_place_of_the_older_one(stage):
    for content in (OWN, OWN.replace("Draft", "Plan")):
        quoted = Quoted(5, "", None, attachments=csv_file(content))
        said = await stage.says("coordinator", "/playbook", playbooks.show, reply_to=quoted)
        await stage.presses("coordinator", said.buttons()["Keep it"], playbooks.keep)
    assert "takes the place" in said.text
    [row] = await stored.of_group(stage.session, stage.group.id)
    assert (row.version, "Plan" in row.content) == (2, True)


async def test_what_is_wrong_in_a_file_is_said_line_by_line(stage):
    with pytest.raises(PlaybookFaulty) as refused:
        await stage.says("coordinator", "/playbook", playbooks.show, attachments=csv_file(OWN.replace("E+1", "after")))
    assert [(fault.line, fault.text) for fault in refused.value.values["faults"]] == [(4, "after")]


async def test_a_file_nobody_can_read(stage):
    with pytest.raises(TableUnread):
        await stage.says("coordinator", "/playbook", playbooks.show, attachments=csv_file(""))


async def test_a_trainer_keeps_none(stage):
    with pytest.raises(NotYours):
        await stage.says("vte_trainer", "/playbook", playbooks.show, attachments=csv_file())


async def test_the_file_is_given_out(stage):
    button = Button("", "playbook.file", {"key": "tot_workshop"})
    said = await stage.presses("vte_trainer", button, playbooks.file)
    [document] = said.of(Document)
    assert document.name == "tot_workshop.csv"
    assert document.content.removeprefix("\ufeff") == shipped_text("tot_workshop")
