"""How a meeting is held: place, people, languages, length; and calling it off."""

import pytest

from handlers import (
    meeting_arranging,
)
from handlers.heard import Attachment
from handlers.refusals import (
    NotNow,
    NotYours,
    StaleButton,
)
from handlers.reply import Edit, File, Post, RefreshCard
from handlers.voice import Say
from storage import journal
from storage.kinds import MeetingState, Subject
from tests.handlers.meetings import about, pressed


async def test_place_link_people_languages_and_length(stage, meeting):
    link = Attachment("link", link="https://meet.example/x")
    await stage.says(
        "vte_trainer",
        "Room 2, https://meet.example/x",
        meeting_arranging.place,
        args=about(meeting),
        attachments=(link,),
    )
    assert (meeting.place, meeting.link) == ("Room 2", "https://meet.example/x")
    people = await pressed(stage, "vte_trainer", meeting, meeting_arranging.who, post="moderator")
    assert "Trainer, Kunming · Kunming" in people.buttons(Edit) or "More ›" in people.buttons(Edit)
    for post, who in (("moderator", "kmg_focal"), ("minute_taker", "vte_focal")):
        person = stage.cast[who].id
        card = await pressed(stage, "vte_trainer", meeting, meeting_arranging.person, post=post, person=person)
    await stage.says("vte_trainer", "Mr Interpreter", meeting_arranging.interpreter, args=about(meeting))
    await pressed(stage, "vte_trainer", meeting, meeting_arranging.languages, language="lo")
    card = await pressed(stage, "vte_trainer", meeting, meeting_arranging.length, minutes=90)
    shown = str(card.page(RefreshCard).text)
    for words in (
        "Place: Room 2",
        "Moderator: ⁨Focal point, Kunming⁩",
        "Minutes: ⁨Focal point, Vientiane⁩",
        "Interpreter: ⁨Mr Interpreter⁩",
        "Languages: Lao",
        "90 minutes",
    ):
        assert words in shown
    assert meeting.sequence == 6
    written = await journal.of(stage.session, Subject.MEETING, meeting.id)
    assert not any("Mr Interpreter" in str(entry.after) for entry in written)


async def test_who_may_not_arrange(stage, meeting):
    for handler in (meeting_arranging.menu, meeting_arranging.ask_place, meeting_arranging.ask_cancel):
        with pytest.raises(NotYours):
            await pressed(stage, "kmg_trainer", meeting, handler)
    menu = await pressed(stage, "coordinator", meeting, meeting_arranging.menu)
    assert {"Place or link", "Length", "Moderator", "Call the meeting off", "Set a time"} <= set(menu.buttons(Edit))
    with pytest.raises(StaleButton):
        await pressed(stage, "coordinator", meeting, meeting_arranging.who, post="king")


async def test_calling_off_tells_why_and_takes_it_out_of_calendars(stage, meeting):
    asked = await pressed(stage, "vte_trainer", meeting, meeting_arranging.ask_cancel)
    assert "why is it called off?" in asked.text
    said = await stage.says("vte_trainer", "The interpreter is ill", meeting_arranging.cancel, args=about(meeting))
    assert meeting.state is MeetingState.CANCELLED
    assert "Reason: The interpreter is ill" in str(said.page(Post).text)
    assert len(said.of(File)) == 7
    assert "is called off" in str(said.of(File)[0].caption(Say("en")).text)
    with pytest.raises(NotNow):
        await pressed(stage, "vte_trainer", meeting, meeting_arranging.ask_cancel)
