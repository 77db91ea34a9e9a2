"""The shelf: shared below a file, as a reply or with a link; listed, found, sent back, taken off."""

from dataclasses import replace

import pytest

from handlers import finding, shelf, shelf_lists, task_files, task_moves, tasks
from handlers.heard import Attachment, Quoted
from handlers.refusals import NoSuchChoice, NothingToShare, NotNow, NotYours, StaleButton
from handlers.reply import Answer, Button, Edit, KnownFile, PostCard, ShowCard
from handlers.voice import Say
from storage import founding, journal
from storage import shelf as stored
from storage import tasks as stored_tasks
from storage.kinds import Subject
from tests.handlers.conftest import DRAFT

PLAN = Attachment("document", file_id="DOC-1", name="plan.pdf")
PHOTO = Attachment("photo", file_id="PHO-1")
LINK = Attachment("link", link="https://example.org/<unit>")


def button(stage, **args):
    return Button("", "shelf.any", {"group": stage.group.id, **args})


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        pytest.param({"attachments": (PLAN,)}, "Final plan #curriculum", id="below the file"),
        pytest.param({"reply_to": Quoted(7, "", None, attachments=(PLAN,))}, "Final plan #curriculum", id="as a reply"),
    ],
)
async def test_a_file_is_shared(stage, extra, words):
    said = await stage.says("kmg_trainer", f"/share {words}", shelf.share, **extra)
    row = await stored.by_number(stage.session, stage.group.id, 1)
    assert (row.kind, row.file_id, row.name, row.words) == ("document", "DOC-1", "plan.pdf", "Final plan")
    text = said.page(ShowCard).text
    assert text.startswith("<b>F1</b> · plan.pdf\n\nFinal plan\n\nArea: Curriculum development\nShared by")
    (entry,) = await journal.of(stage.session, Subject.FILE, row.id)
    assert entry.change == "file shared"
    assert "plan.pdf" not in str(entry.after)


async def test_a_link_is_shared_and_stays_data(stage):
    said = await stage.says("vte_trainer", "/share", shelf.share, attachments=(LINK,), private=True)
    assert "https://example.org/&lt;unit&gt;" in said.page(ShowCard).text
    assert len(said.of(PostCard)) == 1
    sent = await stage.says("vte_trainer", "/f1", shelf.send, args={"number": 1})
    assert sent.of(KnownFile) == []
    assert "https://example.org" in sent.page(ShowCard).text


async def test_a_link_is_called_by_the_words_beside_it(stage):
    link = replace(LINK, link="https://example.org/plan")
    said = await stage.says("kmg_trainer", "/share https://example.org/plan 课程表", shelf.share, attachments=(link,))
    text = said.page(ShowCard).text
    assert text.startswith("<b>F1</b> · 课程表\n\nhttps://example.org/plan\n\nShared by")
    inside = "/share See https://example.org/plan first"
    said = await stage.says("kmg_trainer", inside, shelf.share, attachments=(link,))
    assert said.page(ShowCard).text.startswith("<b>F2</b> · See https://example.org/plan first\n\nhttps://example")


async def test_without_a_file_or_by_an_observer_nothing_is_shared(stage):
    with pytest.raises(NothingToShare):
        await stage.says("vte_trainer", "/share The plan", shelf.share)
    with pytest.raises(NotYours):
        await stage.says("observer", "/share", shelf.share, attachments=(PLAN,))


async def test_several_at_once_get_a_number_each(stage):
    said = await stage.says("vte_trainer", "/share From today", shelf.share, attachments=(PLAN, PHOTO))
    assert said.page(Answer).text == "On the shelf: F1 and F2."


async def test_it_is_sent_back_by_its_id(stage):
    await stage.says("vte_trainer", "/share", shelf.share, attachments=(PHOTO,))
    (sent,) = (await stage.says("observer", "/f1", shelf.send, args={"number": 1})).of(KnownFile)
    assert (sent.kind, sent.file_id) == ("photo", "PHO-1")
    assert "<b>F1</b> · a photo" in sent.caption(Say("en")).text
    assert "Please share it again" in sent.otherwise(Say("en")).text


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("video", "a video"),
        ("audio", "an audio file"),
        ("voice", "a voice message"),
        ("animation", "an animation"),
        ("video_note", "a video message"),
    ],
)
async def test_what_is_seen_or_heard_is_a_file_too(stage, kind, word):
    there = Attachment(kind, file_id="MED-1")
    await stage.says("vte_trainer", "/share", shelf.share, attachments=(there,))
    (sent,) = (await stage.says("observer", "/f1", shelf.send, args={"number": 1})).of(KnownFile)
    assert (sent.kind, sent.file_id) == (kind, "MED-1")
    assert f"<b>F1</b> · {word}" in sent.caption(Say("en")).text
    await stage.says("vte_focal", "/task Write unit 1 @vte_trainer", tasks.create)
    await stage.says("vte_trainer", "/done T1", task_moves.done, attachments=(there,))
    (task,) = await stored_tasks.by_number(stage.session, stage.group.id, 1)
    card = (await tasks.card_of(stage.session, task))(Say("en"))
    assert f"Evidence: {word}" in card.text
    press = next(each for row in card.rows for each in row if each.label == "Evidence")
    (sent,) = (await stage.presses("kmg_focal", press, task_files.files)).of(KnownFile)
    assert (sent.kind, sent.file_id) == (kind, "MED-1")


async def test_another_groups_file_is_not_there(stage):
    await stage.says("vte_trainer", "/share", shelf.share, attachments=(PLAN,))
    row = await stored.by_number(stage.session, stage.group.id, 1)
    other = await founding.found(stage.session, replace(DRAFT, name="Another"), stage.now)
    row.group_id, row.side_id = other.id, None
    for handler in (shelf.send, shelf.shown, shelf.card, shelf.area, shelf.take_off):
        with pytest.raises(StaleButton):
            await stage.presses("vte_trainer", button(stage, id=row.id), handler)


async def test_the_list_by_area_and_words_and_the_search(stage):
    for number in range(7):
        await stage.says("vte_trainer", f"/share Unit {number}", shelf.share, attachments=(PHOTO,))
    await stage.says("vte_trainer", "/share Visa letters #tot", shelf.share, attachments=(PLAN,))
    said = await stage.says("observer", "/shelf", shelf_lists.listed)
    assert "<b>The shelf</b>: 8 · page 1 of 2\n\n<b>F8</b> · plan.pdf · Visa letters" in said.text
    older = await stage.presses("observer", said.buttons()["Older ›"], shelf_lists.page)
    assert "<b>F1</b> · Unit 0" in older.text
    opened = await stage.presses("observer", older.buttons(Edit)["F1"], shelf.shown)
    assert "Back to the list" in opened.buttons(Edit)
    assert "F8" in (await stage.says("observer", "/shelf #tot", shelf_lists.listed)).text
    found = (await stage.says("observer", "/shelf 签证", shelf_lists.listed)).text
    assert ("F8" in found, "F1" in found) == (True, False)
    assert "Nothing of that" in (await stage.says("observer", "/shelf #curriculum", shelf_lists.listed)).text
    with pytest.raises(NoSuchChoice):
        await stage.says("observer", "/shelf #nothing", shelf_lists.listed)
    assert "<b>F8</b> · plan.pdf" in (await stage.says("observer", "/find visa", finding.find)).text
    assert "<b>F8</b> · plan.pdf" in (await stage.says("observer", "/find F8", finding.find)).text


async def test_its_area_changes_and_it_is_taken_off(stage):
    await stage.says("vte_trainer", "/share Plan", shelf.share, attachments=(PLAN,))
    row = await stored.by_number(stage.session, stage.group.id, 1)
    choices = await stage.presses("vte_focal", button(stage, id=row.id), shelf.area)
    said = await stage.presses("vte_focal", choices.buttons(Edit)["Training of trainers"], shelf.area)
    assert "Area: Training of trainers" in said.page(Edit).text
    with pytest.raises(NotYours):
        await stage.presses("kmg_focal", button(stage, id=row.id), shelf.take_off)
    said = await stage.presses("vte_trainer", button(stage, id=row.id), shelf.take_off)
    assert "It was taken off the shelf." in said.page(Edit).text
    assert "The shelf is empty" in (await stage.says("vte_focal", "/shelf", shelf_lists.listed)).text
    assert "I found nothing" in (await stage.says("vte_focal", "/find Plan", finding.find)).text
    with pytest.raises(NotNow):
        await stage.says("vte_focal", "/f1", shelf.send, args={"number": 1})


async def test_evidence_is_sent_back_too(stage):
    await stage.says("vte_focal", "/task Write unit 1 @vte_trainer", tasks.create)
    await stage.says("vte_trainer", "/done T1", task_moves.done, attachments=(PLAN, LINK))
    (task,) = await stored_tasks.by_number(stage.session, stage.group.id, 1)
    card = (await tasks.card_of(stage.session, task))(Say("en"))
    press = next(each for row in card.rows for each in row if each.label == "Evidence")
    (sent,) = (await stage.presses("kmg_focal", press, task_files.files)).of(KnownFile)
    assert (sent.kind, sent.file_id) == ("document", "DOC-1")
    await stored_tasks.add_evidence(
        stage.session, task_id=task.id, kind="photo", file_id="PHO-1", by=task.created_by, at=stage.now
    )
    choices = await stage.presses("kmg_focal", press, task_files.files)
    (sent,) = (await stage.presses("kmg_focal", choices.buttons()["a photo"], task_files.file)).of(KnownFile)
    assert sent.file_id == "PHO-1"
