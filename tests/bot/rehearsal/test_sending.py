"""What the bot sends stands in the chat as it was meant, or is refused as Telegram refuses it."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken

from bot.rehearsal.files import TINY_JPEG
from bot.rehearsal.server import BotApiServer

AGREE = InlineKeyboardMarkup([[InlineKeyboardButton("Agree", callback_data="a")]])


async def test_the_bot_knows_itself(ptb: Bot) -> None:
    assert (ptb.bot.id, ptb.username, ptb.bot.can_read_all_group_messages) == (123456, "focalpoint_bot", False)


async def test_a_wrong_token_is_told_so(server: BotApiServer) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("123456:another", base_url=server.base_url):
            pass


async def test_a_message_stands_in_the_chat_and_in_the_log(server: BotApiServer, ptb: Bot, hands: Any) -> None:
    ana = server.world.user("Ana")
    group = server.world.group("Group", [ana])
    asked = ana.writes(group, "/task x")
    sent = await ptb.send_message(
        group.id,
        "<b>T1</b> 1 &lt; 2",
        parse_mode="HTML",
        reply_markup=AGREE,
        disable_notification=True,
        reply_parameters=ReplyParameters(asked.message_id, quote="task"),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    message = server.world.last(group)
    assert message is not None
    assert (message.text, message.source, message.buttons) == ("T1 1 < 2", "<b>T1</b> 1 &lt; 2", ["Agree"])
    assert (message.silent, message.reply_to, message.message_id) == (True, asked, sent.message_id)
    assert (sent.text, sent.date, sent.parse_entities()) == ("T1 1 < 2", hands.at, {sent.entities[0]: "T1"})
    assert sent.reply_to_message is not None
    (call,) = server.calls("sendMessage", group)
    assert (call.ok, call.at, call.params["text"]) == (True, hands.at, "<b>T1</b> 1 &lt; 2")
    assert call.result["message_id"] == sent.message_id


async def test_numbers_run_through_private_chats_but_start_anew_in_a_supergroup(server: BotApiServer, ptb: Bot) -> None:
    ana, bo = (server.world.user(name, started=True) for name in ("Ana", "Bo"))
    group = server.world.group("Group", [ana], kind="supergroup", bot=False)
    group.adds_bot()
    numbers = [(await ptb.send_message(chat.id, "x")).message_id for chat in (ana, bo, group)]
    assert numbers == [1, 2, 2]


async def test_who_cannot_be_written_to(server: BotApiServer, ptb: Bot) -> None:
    world = server.world
    never, blocked, gone = (world.user(name, started=True) for name in ("Never", "Blocked", "Gone"))
    never.started = False
    blocked.blocks_bot()
    gone.deletes_account()
    basic = world.group("Basic", [never])
    big = world.group("Big", [never], kind="supergroup")
    stranger = world.group("Stranger", [never], bot=False)
    for group in (basic, big):
        group.removes_bot()
    for chat, words in (
        (never, "bot can't initiate conversation with a user"),
        (blocked, "bot was blocked by the user"),
        (gone, "user is deactivated"),
        (basic, "bot was kicked from the group chat"),
        (big, "bot was kicked from the supergroup chat"),
        (stranger, "bot is not a member of the group chat"),
    ):
        with pytest.raises(Forbidden, match=words):
            await ptb.send_message(chat.id, "x")
    with pytest.raises(BadRequest, match="Chat not found"):
        await ptb.send_message(99, "x")


async def test_a_group_that_moved_says_where_to(server: BotApiServer, ptb: Bot) -> None:
    group = server.world.group("Group", [server.world.user("Ana")])
    new = group.migrate()
    with pytest.raises(ChatMigrated) as moved:
        await ptb.send_message(group.id, "x")
    assert moved.value.new_chat_id == new.id
    assert (await ptb.send_message(new.id, "x")).chat.type == "supergroup"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", "message text is empty", id="nothing"),
        pytest.param(" \n ", "message text is empty", id="white space"),
        pytest.param("\u200b", "text must be non-empty", id="nothing to be seen"),
        pytest.param("<b></b>", "message text is empty", id="tags around nothing"),
        pytest.param("😀" * 2049, "message is too long", id="4,098 units in 2,049 letters"),
    ],
)
async def test_texts_that_are_not_taken(server: BotApiServer, wire: Any, text: str, words: str) -> None:
    ana = server.world.user("Ana", started=True)
    refusal = await wire.refused("sendMessage", chat_id=ana.id, text=text, parse_mode="HTML")
    assert refusal == f"Bad Request: {words}"


async def test_the_length_is_measured_after_the_tags_are_read(server: BotApiServer, wire: Any) -> None:
    ana = server.world.user("Ana", started=True)
    text = "<b>" + "&lt;" * 4096 + "</b>"
    result = await wire.done("sendMessage", chat_id=ana.id, text=text, parse_mode="HTML")
    assert result["text"] == "<" * 4096


async def test_a_mention_by_link_needs_somebody_known(server: BotApiServer, wire: Any) -> None:
    ana = server.world.user("Ana", started=True)
    text = f'<a href="tg://user?id={ana.id}">Ana</a> <a href="tg://user?id=5">Who</a>'
    result = await wire.done("sendMessage", chat_id=ana.id, text=text, parse_mode="HTML")
    (mention,) = result["entities"]
    assert (mention["type"], mention["user"]["id"], mention["length"]) == ("text_mention", ana.id, 3)


async def test_replies_to_what_is_gone(server: BotApiServer, wire: Any) -> None:
    ana = server.world.user("Ana")
    asked = ana.writes_private("/start")
    ana.deletes(asked)
    reply: dict[str, Any] = {"message_id": asked.message_id}
    refusal = await wire.refused("sendMessage", chat_id=ana.id, text="x", reply_parameters=reply)
    assert refusal == "Bad Request: message to be replied not found"
    reply["allow_sending_without_reply"] = True
    result = await wire.done("sendMessage", chat_id=ana.id, text="x", reply_parameters=reply)
    assert "reply_to_message" not in result


async def test_topics(server: BotApiServer, wire: Any) -> None:
    world = server.world
    ana = world.user("Ana")
    forum = world.group("Forum", [ana], forum=True)
    plans, old = forum.topic("Plans"), forum.topic("Old")
    forum.deletes_topic(old)
    asked = ana.writes(forum, "/task x", topic=plans)
    result = await wire.done("sendMessage", chat_id=forum.id, text="x", message_thread_id=plans.id)
    assert (result["message_thread_id"], result["is_topic_message"]) == (plans.id, True)
    follows = await wire.done(
        "sendMessage", chat_id=forum.id, text="x", reply_parameters={"message_id": asked.message_id}
    )
    assert follows["message_thread_id"] == plans.id
    for number in (1, old.id, 999):
        refusal = await wire.refused("sendMessage", chat_id=forum.id, text="x", message_thread_id=number)
        assert refusal == "Bad Request: message thread not found"
    forum.closes_topic(plans)
    refusal = await wire.refused("sendMessage", chat_id=forum.id, text="x", message_thread_id=plans.id)
    assert refusal == "Bad Request: TOPIC_CLOSED"


async def test_files_go_out_by_content_and_by_id_and_come_back(server: BotApiServer, ptb: Bot) -> None:
    ana = server.world.user("Ana", started=True)
    sent = await ptb.send_document(ana.id, b"a,b", filename="mydata.csv", caption="<i>yours</i>", parse_mode="HTML")
    assert sent.document is not None
    again = await ptb.send_document(ana.id, sent.document.file_id)
    assert again.document == sent.document
    file = await ptb.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"a,b"
    photo = await ptb.send_photo(ana.id, TINY_JPEG)
    assert photo.photo
    assert [call.params.get("document") for call in server.calls("sendDocument")] == [
        "mydata.csv",
        sent.document.file_id,
    ]


@pytest.mark.parametrize("kind", ["video", "audio", "voice", "animation", "video_note"])
async def test_what_is_seen_or_heard_goes_out_and_goes_again_by_its_own_kind(
    server: BotApiServer, ptb: Bot, kind: str
) -> None:
    ana = server.world.user("Ana", started=True)
    send = getattr(ptb, f"send_{kind}")
    sent = getattr(await send(ana.id, b"seen or heard"), kind)
    assert getattr(await send(ana.id, sent.file_id), kind) == sent
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await ptb.send_document(ana.id, sent.file_id)


async def test_files_that_are_not_taken(server: BotApiServer, ptb: Bot) -> None:
    ana = server.world.user("Ana", started=True)
    for refused, words in (
        (ptb.send_document(ana.id, b"", filename="empty.txt"), "File must be non-empty"),
        (ptb.send_document(ana.id, "no-such-id"), "Wrong file identifier/http url specified"),
        (ptb.send_photo(ana.id, b"no picture"), "Image_process_failed"),
        (ptb.send_photo(ana.id, TINY_JPEG, caption="x" * 1025), "Message caption is too long"),
        (ptb.get_file("no-such-id"), "Invalid file_id"),
    ):
        with pytest.raises(BadRequest, match=words):
            await refused


async def test_people_send_files_that_the_bot_can_fetch(server: BotApiServer, ptb: Bot) -> None:
    ana = server.world.user("Ana")
    ana.sends_document(ana.private, "plan.pdf", b"%PDF", caption="/done T1")
    (update,) = await ptb.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    assert (update.message.caption, update.message.document.file_name) == ("/done T1", "plan.pdf")
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"%PDF"


async def test_own_messages_can_be_changed(server: BotApiServer, ptb: Bot) -> None:
    ana = server.world.user("Ana", started=True)
    sent = await ptb.send_message(ana.id, "before", reply_markup=AGREE)
    await ptb.edit_message_text("after", ana.id, sent.message_id)
    (message,) = server.world.messages(ana)
    assert (message.text, message.buttons, message.versions) == ("after", [], ["before", "after"])
    await ptb.edit_message_reply_markup(ana.id, sent.message_id, reply_markup=AGREE)
    assert (message.text, message.buttons) == ("after", ["Agree"])


async def test_changes_that_are_not_taken(server: BotApiServer, ptb: Bot) -> None:
    ana = server.world.user("Ana")
    theirs = ana.writes_private("/start")
    sent = await ptb.send_message(ana.id, "<b>x</b>", parse_mode="HTML", reply_markup=AGREE)
    picture = await ptb.send_photo(ana.id, TINY_JPEG)
    same = ptb.edit_message_text("<b>x</b>", ana.id, sent.message_id, parse_mode="HTML", reply_markup=AGREE)
    for refused, words in (
        (same, "Message is not modified"),
        (ptb.edit_message_reply_markup(ana.id, sent.message_id, reply_markup=AGREE), "Message is not modified"),
        (ptb.edit_message_text("y", ana.id, 99), "Message to edit not found"),
        (ptb.edit_message_text("y", ana.id, theirs.message_id), "Message can't be edited"),
        (ptb.edit_message_text("y", ana.id, picture.message_id), "There is no text in the message to edit"),
    ):
        with pytest.raises(BadRequest, match=words):
            await refused


async def test_deleting(server: BotApiServer, ptb: Bot, hands: Any) -> None:
    ana = server.world.user("Ana")
    group = server.world.group("Group", [ana])
    theirs = ana.writes(group, "/task x")
    own = await ptb.send_message(group.id, "x")
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await ptb.delete_message(group.id, theirs.message_id)
    await ptb.delete_message(group.id, own.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await ptb.delete_message(group.id, own.message_id)
    assert server.world.from_bot(group) == []
    old = await ptb.send_message(group.id, "x")
    hands.pass_by(days=2, seconds=1)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await ptb.delete_message(group.id, old.message_id)
    group.promotes(server.world.bot)
    await ptb.delete_message(group.id, theirs.message_id)


async def test_reactions(server: BotApiServer, ptb: Bot) -> None:
    ana = server.world.user("Ana")
    asked = ana.writes_private("/start")
    await ptb.set_message_reaction(ana.id, asked.message_id, "👍")
    assert server.world.reactions(asked) == ["👍"]
    for reaction, words in (("✅", "Reaction_invalid"), (["👍", "👀"], "Reactions_too_many")):
        with pytest.raises(BadRequest, match=words):
            await ptb.set_message_reaction(ana.id, asked.message_id, reaction)
    await ptb.set_message_reaction(ana.id, asked.message_id)
    assert server.world.reactions(asked) == []


async def test_pins_are_for_administrators(server: BotApiServer, ptb: Bot) -> None:
    group = server.world.group("Group", [server.world.user("Ana")], kind="supergroup")
    sent = await ptb.send_message(group.id, "card")
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages"):
        await ptb.pin_chat_message(group.id, sent.message_id)
    group.promotes(server.world.bot)
    await ptb.pin_chat_message(group.id, sent.message_id)
    pinned = (await ptb.get_chat(group.id)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    await ptb.unpin_chat_message(group.id)
    assert group.pinned == []


async def test_a_chat_action_is_noticed(server: BotApiServer, ptb: Bot) -> None:
    ana = server.world.user("Ana", started=True)
    await ptb.send_chat_action(ana.id, "typing")
    assert server.world.actions == [(ana.id, "typing")]


async def test_dates_follow_the_hand_on_the_clock(server: BotApiServer, ptb: Bot, hands: Any) -> None:
    ana = server.world.user("Ana", started=True)
    first = await ptb.send_message(ana.id, "x")
    hands.pass_by(days=30)
    second = await ptb.send_message(ana.id, "x")
    assert second.date - first.date == timedelta(days=30)
