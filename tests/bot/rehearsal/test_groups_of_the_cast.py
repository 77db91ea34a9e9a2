"""Groups: coming and going, rights, the move to a supergroup, and what the bot can ask about them."""

from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden

from bot.rehearsal.server import BotApiServer


def told(server: BotApiServer) -> list[dict[str, Any]]:
    """The updates since, emptied from the queue."""
    pending = server.world.updates.pending
    server.world.updates.drop_pending()
    return pending


async def test_bringing_the_bot_in_and_throwing_it_out(server: BotApiServer) -> None:
    ana = server.world.user("Ana")
    group = server.world.group("Group", [ana], kind="supergroup")
    change, joined = told(server)
    assert change["my_chat_member"]["from"]["id"] == ana.id
    assert [change["my_chat_member"][key]["status"] for key in ("old_chat_member", "new_chat_member")] == [
        "left",
        "member",
    ]
    assert joined["message"]["new_chat_members"][0]["id"] == server.world.bot.id
    group.removes_bot(ana)
    change, left = told(server)
    assert change["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert left["message"]["left_chat_member"]["id"] == server.world.bot.id
    ana.writes(group, "/task unheard")
    assert told(server) == []


async def test_people_come_and_go(server: BotApiServer, ptb: Bot) -> None:
    ana, bo = server.world.user("Ana"), server.world.user("Bo")
    group = server.world.group("Group", [ana])
    told(server)
    bo.joins(group)
    bo.leaves(group)
    group.adds(bo)
    group.removes(bo)
    events = [next(iter(one["message"].keys() & {"new_chat_members", "left_chat_member"})) for one in told(server)]
    assert events == ["new_chat_members", "left_chat_member", "new_chat_members", "left_chat_member"]
    assert (await ptb.get_chat_member(group.id, bo.id)).status == "kicked"
    assert group.people() == [ana]


async def test_what_can_be_asked_about_a_group(server: BotApiServer, ptb: Bot) -> None:
    ana, bo, cy = (server.world.user(name) for name in ("Ana", "Bo", "Cy"))
    group = server.world.group("Group", [ana, bo], kind="supergroup", username="our_group")
    group.promotes(bo)
    assert await ptb.get_chat_member_count(group.id) == 3
    assert {one.user.id: one.status for one in await ptb.get_chat_administrators(group.id)} == {
        ana.id: "creator",
        bo.id: "administrator",
    }
    assert (await ptb.get_chat_member(group.id, cy.id)).status == "left"
    assert (await ptb.get_chat("@our_group")).title == "Group"
    with pytest.raises(BadRequest, match="User not found"):
        await ptb.get_chat_member(group.id, 5)
    with pytest.raises(BadRequest, match="Chat not found"):
        await ptb.get_chat(ana.id)


async def test_what_can_be_asked_about_a_private_chat(server: BotApiServer, ptb: Bot) -> None:
    ana = server.world.user("Ana", username="ana_l", started=True)
    ana.blocks_bot()
    chat = await ptb.get_chat(ana.id)
    assert (chat.type, chat.username) == ("private", "ana_l")
    assert await ptb.get_chat_member_count(ana.id) == 2
    assert (await ptb.get_chat_member(ana.id, ana.id)).status == "member"
    with pytest.raises(BadRequest, match="There are no administrators in the private chat"):
        await ptb.get_chat_administrators(ana.id)


async def test_the_bot_leaves(server: BotApiServer, ptb: Bot) -> None:
    group = server.world.group("Group", [server.world.user("Ana")])
    told(server)
    await ptb.leave_chat(group.id)
    (change,) = told(server)
    assert change["my_chat_member"]["new_chat_member"]["status"] == "left"
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await ptb.send_message(group.id, "x")


async def test_moving_gives_a_new_id_and_two_notices(server: BotApiServer) -> None:
    ana = server.world.user("Ana")
    group = server.world.group("Group", [ana])
    told(server)
    new = group.migrate()
    away, here = told(server)
    assert (away["message"]["chat"]["id"], away["message"]["migrate_to_chat_id"]) == (group.id, new.id)
    assert (here["message"]["chat"]["id"], here["message"]["migrate_from_chat_id"]) == (new.id, group.id)
    assert (new.kind, new.people(), new.creator) == ("supergroup", [ana], ana)
    ana.writes(new, "/task x")
    assert len(told(server)) == 1
    with pytest.raises(ValueError, match="no basic group any more"):
        group.migrate()


async def test_topics_need_a_forum(server: BotApiServer) -> None:
    with pytest.raises(ValueError, match="is no forum"):
        server.world.group("Group", [server.world.user("Ana")]).topic("Plans")
