"""Binding chats and topics with a one-time code, and separating them with a focal point's yes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from handlers import linking, starting
from handlers.refusals import (
    AlreadyLinked,
    BadCode,
    NotAMember,
    NotForYouToLink,
    NothingWritten,
    NotYours,
    OnlyInGroups,
    StaleButton,
)
from handlers.reply import Edit
from storage import founding, groups, journal, people
from storage.kinds import ChatKind, CodeKind, Subject
from storage.tables import Chat, Room

NEW_CHAT = -2002
CHAT = -1001


def in_chat(handler, chat_id=NEW_CHAT, thread_id=0):
    """The handler as it is asked in another chat or topic."""

    async def asked(request):
        session = request.session
        heard = replace(request.heard, chat_id=chat_id, thread_id=thread_id)
        room = await groups.room_of(session, chat_id, thread_id)
        group = None if room is None else await groups.get(session, room.group_id)
        member = None if group is None else await people.active(session, request.person.id, group.id)
        return await handler(replace(request, heard=heard, room=room, group=group, membership=member))

    return asked


@pytest.fixture
async def code(stage):
    return await founding.make_code(stage.session, kind=CodeKind.GROUP, group_id=stage.group.id, at=stage.now)


@pytest.fixture
async def waiting_chat(stage, now):
    chat = await groups.chat(stage.session, chat_id=NEW_CHAT, bot_id=99, kind=ChatKind.SUPERGROUP, title="New", at=now)
    chat.leave_at = now + timedelta(minutes=10)
    stage.session.add(chat)
    return chat


@pytest.fixture
async def founded(stage, now):
    """A group that has neither rooms nor people."""
    rules = founding.MechanismDraft("0 person", 5, 0, "09:00", "20:00-07:00", 7)
    draft = founding.GroupDraft("North <&> South", sides=(), organisation=None, areas=(), mechanism=rules)
    return await founding.found(stage.session, draft, now)


async def test_a_coordinator_binds_a_chat(stage, code, waiting_chat):
    said = await stage.says("coordinator", f"/link {code}", in_chat(linking.link))
    room = await groups.room_of(stage.session, NEW_CHAT, 0)
    assert (room.group_id, room.bound_by) == (stage.group.id, stage.cast["coordinator"].id)
    assert waiting_chat.leave_at is None
    assert said.buttons()["Join"].press == "join.choose"
    (entry,) = await journal.of(stage.session, Subject.CHAT, room.id)
    assert (entry.change, entry.actor_id) == ("chat linked", stage.cast["coordinator"].id)


async def test_a_link_that_added_the_bot_binds_too(stage, code):
    await stage.says("coordinator", f"/start {code}", in_chat(starting.start))
    assert await groups.room_of(stage.session, NEW_CHAT, 0)


async def test_a_chat_nobody_noticed_before_can_be_bound(stage, code):
    await stage.says("coordinator", f"/link {code}", in_chat(linking.link))
    assert (await stage.session.get_one(Chat, NEW_CHAT)).title == "Working group"


async def test_the_first_chat_is_bound_by_whoever_has_the_code_and_gives_no_right(stage, founded):
    code = await founding.make_code(stage.session, kind=CodeKind.GROUP, group_id=founded.id, at=stage.now)
    said = await stage.says("stranger", f"/link {code}", in_chat(linking.link))
    assert "<b>North &lt;&amp;&gt; South</b>" in said.text
    assert await people.membership(stage.session, stage.cast["stranger"].id, founded.id) is None


@pytest.mark.parametrize("who", ["vte_focal", "kmg_alternate", "vte_trainer", "observer", "stranger"])
async def test_a_code_alone_does_not_bind_another_chat(stage, code, who):
    with pytest.raises(NotForYouToLink):
        await stage.says(who, f"/link {code}", in_chat(linking.link))
    assert await groups.room_of(stage.session, NEW_CHAT, 0) is None


async def test_a_line_that_is_written_twice_is_no_fault(stage, code):
    await stage.says("coordinator", f"/link {code}", in_chat(linking.link))
    with pytest.raises(AlreadyLinked):
        await stage.says("coordinator", f"/link {code}", in_chat(linking.link))
    with pytest.raises(BadCode):
        await stage.says("vte_focal", f"/link {code}", in_chat(linking.link))


async def test_a_code_works_once(stage, code):
    await stage.says("coordinator", f"/link {code}", in_chat(linking.link))
    with pytest.raises(BadCode):
        await stage.says("coordinator", f"/link {code}", in_chat(linking.link, -3003))


async def test_a_code_grows_old(stage, code):
    with pytest.raises(BadCode):
        await stage.says("coordinator", f"/link {code}", in_chat(linking.link), now=stage.now + timedelta(days=7))


async def test_an_invitation_binds_nothing(stage):
    code = await founding.make_code(stage.session, kind=CodeKind.MEMBER, group_id=stage.group.id, at=stage.now)
    with pytest.raises(BadCode):
        await stage.says("coordinator", f"/link {code}", in_chat(linking.link))


@pytest.mark.parametrize(
    ("text", "private", "refusal"),
    [
        pytest.param("/link", False, NothingWritten, id="without a code"),
        pytest.param("/link abc", False, BadCode, id="an invented code"),
        pytest.param("/link abc", True, OnlyInGroups, id="in private"),
    ],
)
async def test_what_does_not_bind(stage, text, private, refusal):
    with pytest.raises(refusal):
        await stage.says("coordinator", text, linking.link, private=private)


@pytest.mark.parametrize("thread", [0, 7], ids=["the chat itself", "a topic of it"])
async def test_a_chat_of_the_group_is_not_bound_again(stage, code, thread):
    with pytest.raises(AlreadyLinked) as refusal:
        await stage.says("coordinator", f"/link {code}", in_chat(linking.link, CHAT, thread))
    assert refusal.value.values == {"group": "Vientiane and Kunming"}


async def test_a_topic_may_belong_to_another_group_than_its_chat(stage, founded):
    code = await founding.make_code(stage.session, kind=CodeKind.GROUP, group_id=founded.id, at=stage.now)
    await stage.says("stranger", f"/link {code}", in_chat(linking.link, CHAT, 7))
    assert (await groups.room_of(stage.session, CHAT, 7)).group_id == founded.id
    assert (await groups.room_of(stage.session, CHAT, 8)).group_id == stage.group.id


async def test_separating_a_chat_takes_a_coordinator_and_a_focal_point(stage):
    asked = await stage.says("coordinator", "/unlink", linking.unlink)
    said = await stage.presses("kmg_focal", asked.buttons()["Separate"], linking.confirm)
    assert (await stage.session.exec(select(Room))).all() == []
    assert (await stage.session.get_one(Chat, CHAT)).leave_at == stage.now + timedelta(minutes=10)
    assert "ten minutes" in said.page(Edit).text
    assert await journal.first_fault(stage.session) is None


async def test_the_bot_stays_where_another_topic_is_still_bound(stage, founded):
    code = await founding.make_code(stage.session, kind=CodeKind.GROUP, group_id=founded.id, at=stage.now)
    await stage.says("stranger", f"/link {code}", in_chat(linking.link, CHAT, 7))
    asked = await stage.says("coordinator", "/unlink", linking.unlink)
    said = await stage.presses("vte_focal", asked.buttons()["Separate"], linking.confirm)
    assert "ten minutes" not in said.page(Edit).text
    assert (await stage.session.get_one(Chat, CHAT)).leave_at is None


@pytest.mark.parametrize("who", ["vte_focal", "vte_trainer", "observer", "stranger"])
async def test_only_a_coordinator_asks_for_it(stage, who):
    with pytest.raises(NotYours):
        await stage.says(who, "/unlink", linking.unlink)


@pytest.mark.parametrize("who", ["coordinator", "vte_trainer", "kmg_alternate", "observer", "stranger"])
async def test_only_a_focal_point_confirms_it(stage, who):
    asked = await stage.says("coordinator", "/unlink", linking.unlink)
    with pytest.raises(NotYours):
        await stage.presses(who, asked.buttons()["Separate"], linking.confirm)


@pytest.mark.parametrize("who", ["coordinator", "kmg_focal"])
async def test_the_chat_may_stay(stage, who):
    asked = await stage.says("coordinator", "/unlink", linking.unlink)
    said = await stage.presses(who, asked.buttons()["Keep"], linking.keep)
    assert "stays" in said.page(Edit).text
    assert await groups.room_of(stage.session, CHAT, 0)


@pytest.mark.parametrize(
    ("who", "refusal"), [("vte_trainer", NotYours), ("stranger", NotAMember)], ids=["a member", "a stranger"]
)
async def test_not_everybody_says_that_it_stays(stage, who, refusal):
    asked = await stage.says("coordinator", "/unlink", linking.unlink)
    with pytest.raises(refusal):
        await stage.presses(who, asked.buttons()["Keep"], linking.keep)


async def test_an_old_button_does_not_separate_a_chat_that_was_bound_again(stage, code):
    asked = await stage.says("coordinator", "/unlink", linking.unlink)
    await stage.presses("kmg_focal", asked.buttons()["Separate"], linking.confirm)
    later = stage.now + timedelta(hours=1)
    await stage.says("coordinator", f"/link {code}", in_chat(linking.link, CHAT), now=later)
    with pytest.raises(StaleButton):
        await stage.presses("kmg_focal", asked.buttons()["Separate"], linking.confirm)
