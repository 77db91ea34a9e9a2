"""The shelf over real HTTP: a file comes back by its id, to members alone, and a lost one is said to be lost."""

import pytest


async def test_a_shared_file_comes_back_in_the_group_and_in_private(bed):
    trainer = bed.cast["vte_trainer"]
    sent = trainer.sends_document(bed.group, "plan.pdf", caption="The plan")
    await bed.hears("kmg_trainer", "/share Module plan #curriculum", reply_to=sent)
    card = bed.last(bed.group, "F1 · plan.pdf")
    assert "Area: Curriculum development" in card.text
    await bed.presses("kmg_focal", card, "Send the file")
    back = bed.said(bed.group)[-1]
    assert back.content["document"]["file_id"] == sent.content["document"]["file_id"]
    private = await bed.hears("vte_focal", "/f1", private=True)
    assert private.content["document"]["file_name"] == "plan.pdf"
    refused = await bed.hears("stranger", "/f1", private=True)
    assert "document" not in refused.content


async def test_a_video_is_shared_and_comes_back_as_a_video(bed):
    video = bed.cast["vte_trainer"].sends_media(bed.group, "video", caption="/share The first lesson")
    await bed.settle()
    assert "The first lesson" in bed.last(bed.group, "F1 · ").text
    back = await bed.hears("kmg_focal", "/f1", private=True)
    assert back.content["video"]["file_id"] == video.content["video"]["file_id"]
    assert "F1 · The first lesson" in back.text


@pytest.mark.parametrize(
    ("kind", "name", "called"),
    [
        ("video", "lesson.mp4", "lesson.mp4"),
        ("audio", "song.mp3", "song.mp3"),
        ("voice", "", "a voice message"),
        ("animation", "steps.mp4", "steps.mp4"),
        ("video_note", "", "a video message"),
    ],
)
async def test_each_kind_goes_back_by_its_own_method(bed, kind, name, called):
    sent = bed.cast["vte_trainer"].sends_media(bed.group, kind, name)
    await bed.hears("kmg_trainer", "/share", reply_to=sent)
    await bed.presses("kmg_focal", bed.last(bed.group, f"F1 · {called}"), "Send the file")
    back = bed.said(bed.group)[-1]
    assert back.content[kind]["file_id"] == sent.content[kind]["file_id"]
    assert ("caption" in back.content) == (kind != "video_note")


async def test_an_empty_shelf_says_how_to_fill_it(bed):
    assert "/share" in (await bed.hears("vte_trainer", "/shelf")).text


async def test_a_file_telegram_lost_is_said_to_be_lost(bed):
    bed.cast["vte_trainer"].sends_photo(bed.group, caption="/share The signed page")
    await bed.settle()
    bed.server.world.files.by_id.clear()
    assert "no longer has the file F1" in (await bed.hears("vte_focal", "/f1", private=True)).text


async def test_too_many_words_to_look_for_are_refused(bed):
    assert "100" in (await bed.hears("vte_focal", f"/shelf {'and ' * 900}")).text


async def test_a_file_that_nobody_asked_for_is_told_where_it_can_go(bed):
    trainer = bed.cast["vte_trainer"]
    trainer.sends_document(trainer.private, "plan.pdf", caption="The plan")
    await bed.settle()
    assert "with /share below it" in bed.last("vte_trainer").text
    trainer.sends_media(trainer.private, "voice")
    await bed.settle()
    assert "I cannot listen." in bed.last("vte_trainer").text
    assert "did not understand" in (await bed.hears("vte_trainer", "https://example.org/plan", private=True)).text
