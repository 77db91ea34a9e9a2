"""Updates are given out again until they are confirmed by offset, as Telegram does it."""

import asyncio
from typing import Any

import pytest
from telegram import Bot, Update
from telegram.error import Conflict

from bot.rehearsal.server import BotApiServer


def _texts(updates: list[dict[str, dict[str, str]]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_nothing_leaves_before_it_is_confirmed(server: BotApiServer, ptb: Bot) -> None:
    ana = server.world.user("Ana")
    for words in ("/one", "/two", "/three"):
        ana.writes_private(words)
    first = await ptb.get_updates()
    again = await ptb.get_updates()
    assert [one.update_id for one in first] == [one.update_id for one in again]
    assert server.world.updates.redelivered == 3

    rest = await ptb.get_updates(offset=first[1].update_id)
    assert [one.message.text for one in rest if one.message] == ["/two", "/three"]
    assert await ptb.get_updates(offset=first[-1].update_id + 1) == ()
    assert server.world.updates.confirmed == 3


async def test_a_negative_offset_keeps_the_last(server: BotApiServer, wire: Any) -> None:
    ana = server.world.user("Ana")
    for number in range(5):
        ana.writes_private(f"/n{number}")
    assert _texts(await wire.done("getUpdates", offset=-2)) == ["/n3", "/n4"]
    assert _texts(await wire.done("getUpdates")) == ["/n3", "/n4"]


async def test_the_limit_is_kept(server: BotApiServer, wire: Any) -> None:
    ana = server.world.user("Ana")
    for number in range(5):
        ana.writes_private(f"/n{number}")
    assert _texts(await wire.done("getUpdates", limit=2)) == ["/n0", "/n1"]


async def test_a_poll_waits_for_the_first_update(server: BotApiServer, ptb: Bot) -> None:
    poll = asyncio.create_task(ptb.get_updates(timeout=10))
    await server.wait_for(lambda: server.world.updates.polls)
    server.world.user("Ana").writes_private("/start")
    (update,) = await poll
    assert update.message is not None
    assert update.message.text == "/start"


async def test_a_second_poller_ends_the_first(server: BotApiServer, wire: Any, ptb: Bot) -> None:
    first = asyncio.create_task(ptb.get_updates(timeout=10))
    await server.wait_for(lambda: server.world.updates.polls)
    second = asyncio.create_task(wire.done("getUpdates", timeout=10))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    server.world.user("Ana").writes_private("/start")
    assert len(await second) == 1
    assert server.world.updates.conflicts == 1


async def test_a_poll_ends_with_its_connection(server: BotApiServer, wire: Any) -> None:
    poll = asyncio.create_task(wire.call("getUpdates", timeout=30))
    await server.wait_for(lambda: server.world.updates.polls)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    again = asyncio.create_task(wire.done("getUpdates", timeout=10))
    await server.wait_for(lambda: server.world.updates.polls == 2)
    server.world.user("Ana").writes_private("/start")
    assert _texts(await again) == ["/start"]


async def test_only_kinds_that_were_asked_for_are_kept(server: BotApiServer, wire: Any) -> None:
    ana = server.world.user("Ana")
    await wire.done("getUpdates", allowed_updates=["callback_query"])
    ana.writes_private("/start")
    assert await wire.done("getUpdates") == []
    await wire.done("getUpdates", allowed_updates=[])
    ana.writes_private("/start again")
    assert _texts(await wire.done("getUpdates")) == ["/start again"]


async def test_members_and_reactions_come_only_by_name(server: BotApiServer, wire: Any) -> None:
    ana, bo = server.world.user("Ana"), server.world.user("Bo")
    group = server.world.group("Group", [ana], bot_is_admin=True)
    message = ana.writes(group, "/task x")
    server.world.updates.drop_pending()
    group.joins(bo)
    ana.reacts(message, "👍")
    assert [set(one) - {"update_id"} for one in await wire.done("getUpdates")] == [{"message"}]
    await wire.done("getUpdates", allowed_updates=["chat_member", "message_reaction"], offset=-1)
    group.leaves(bo)
    ana.reacts(message, None)
    kinds = [set(one) - {"update_id"} for one in await wire.done("getUpdates")]
    assert kinds == [{"message"}, {"chat_member"}, {"message_reaction"}]


async def test_a_repeated_update_keeps_its_id_and_comes_though_confirmed(server: BotApiServer, ptb: Bot) -> None:
    server.world.user("Ana").writes_private("/start")
    (update,) = await ptb.get_updates()
    assert await ptb.get_updates(offset=update.update_id + 1) == ()
    server.world.repeat_update(update.update_id, copies=2)
    copies = await ptb.get_updates(offset=update.update_id + 1)
    assert [copy.update_id for copy in copies] == [update.update_id] * 2
    assert await ptb.get_updates(offset=update.update_id + 1) == ()


async def test_after_numbering_starts_lower_an_old_offset_hides_nothing(server: BotApiServer, ptb: Bot) -> None:
    ana = server.world.user("Ana")
    ana.writes_private("/old")
    (old,) = await ptb.get_updates()
    await ptb.get_updates(offset=old.update_id + 1)
    server.world.updates.rebase(5000)
    ana.writes_private("/new")
    (new,) = await ptb.get_updates(offset=old.update_id + 1)
    assert new.update_id == 5000


async def test_a_raw_update_comes_as_it_is(server: BotApiServer, wire: Any) -> None:
    number = server.world.raw_update({"something_of_next_year": {"a": 1}})
    assert await wire.done("getUpdates") == [{"update_id": number, "something_of_next_year": {"a": 1}}]


async def test_every_kind_of_update_can_be_read(server: BotApiServer, wire: Any, ptb: Bot) -> None:
    world = server.world
    ana, bo = world.user("Ana", last_name="L", username="ana_l"), world.user("Bo")
    group = world.group("Group", [ana, bo], kind="supergroup", bot_is_admin=True)
    forum = world.group("Forum", [ana], forum=True)
    message = ana.writes(group, "/task @ana_l", reply_to=ana.writes(group, "words"))
    ana.edits(message, "/task other words")
    ana.sends_photo(group, caption="/done T1")
    ana.forwards(ana.sends_document(group), ana.private)
    ana.writes_anonymously(group, "/x")
    ana.writes_as_channel(group, "/x")
    ana.writes(forum, "/x", topic=forum.topic("Plans"))
    group.renames("Other")
    group.removes(bo)
    bo.writes_private("/start")
    bo.blocks_bot()
    group.removes_bot()
    world.group("Basic", [ana]).migrate()
    await ptb.send_message(ana.id, "x", reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]})  # type: ignore[arg-type] # sent as it is
    ana.presses(world.messages(ana)[-1], "A")
    raw = await wire.done("getUpdates")
    read = [Update.de_json(one, ptb) for one in raw]
    assert len(read) == len(world.updates.all)
    assert all(not update.api_kwargs and update.effective_chat for update in read)
    assert [update.to_dict().keys() for update in read] == [one.keys() for one in raw]
