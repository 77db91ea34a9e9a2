"""People of the cast do what Telegram's app lets them do, and the bot hears what Telegram would tell it."""

from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.rehearsal.messages import NoSuchButton
from bot.rehearsal.people import NotPossible
from bot.rehearsal.server import BotApiServer

BUTTONS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Agree", callback_data="a"), InlineKeyboardButton("Object", callback_data="o")],
        [InlineKeyboardButton("Open", url="https://t.me/focalpoint_bot?start=card_3")],
    ]
)


def heard(server: BotApiServer) -> list[str]:
    """What the bot was told since, in a word each."""
    words = []
    for update in server.world.updates.pending:
        kind = next(key for key in update if key != "update_id")
        body = update[kind]
        words.append(f"{kind}: {body.get('text') or body.get('caption') or body.get('data') or ''}".rstrip(": "))
    server.world.updates.drop_pending()
    return words


async def test_privacy_mode_lets_through_what_is_for_the_bot(server: BotApiServer, ptb: Bot) -> None:
    ana = server.world.user("Ana")
    group = server.world.group("Group", [ana])
    await ptb.send_message(group.id, "question")
    heard(server)
    bots_own = server.world.from_bot(group)[-1]
    talk = ana.writes(group, "just talk")
    ana.writes(group, "@focalpoint_bot hello")
    ana.writes(group, "well /task x")
    ana.writes(group, "/task@another_bot x")
    ana.sends_document(group)
    assert heard(server) == []
    ana.writes(group, "/task", reply_to=talk)
    ana.writes(group, "/task@Focalpoint_Bot x")
    ana.writes(group, "because", reply_to=bots_own)
    ana.sends_photo(group, caption="/done T1")
    ana.edits(talk, "/task now a command")
    assert heard(server) == [
        "message: /task",
        "message: /task@Focalpoint_Bot x",
        "message: because",
        "message: /done T1",
        "edited_message: /task now a command",
    ]


@pytest.mark.parametrize("way", ["administrator", "privacy off"])
async def test_some_bots_hear_everything(server: BotApiServer, way: str) -> None:
    ana = server.world.user("Ana")
    group = server.world.group("Group", [ana], bot_is_admin=way == "administrator")
    server.world.can_read_all_group_messages = way == "privacy off"
    heard(server)
    ana.writes(group, "just talk")
    assert heard(server) == ["message: just talk"]


async def test_a_press_is_answered_once_and_in_time(server: BotApiServer, ptb: Bot, hands: Any) -> None:
    ana = server.world.user("Ana", started=True)
    await ptb.send_message(ana.id, "D1", reply_markup=BUTTONS)
    card = await server.wait_for_message(ana, "D1")
    press = ana.presses(card, "Agree")
    assert (press.toast, heard(server)) == (None, ["callback_query: a"])
    await ptb.answer_callback_query(press.id, "Noted", show_alert=True)
    assert (await press.answered(), press.is_alert) == ("Noted", True)
    late, expired = ana.presses(card, "o"), ana.presses(card, "o")
    expired.expire()
    hands.pass_by(seconds=31)
    for query_id in (press.id, late.id, expired.id, "no such id"):
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
            await ptb.answer_callback_query(query_id)
    with pytest.raises(BadRequest, match="Message_too_long"):
        await ptb.answer_callback_query(ana.presses(card, "Agree").id, "x" * 201)
    with pytest.raises(BadRequest, match="Url_invalid"):
        await ptb.answer_callback_query(ana.presses(card, "Agree").id, url="https://elsewhere.org")


async def test_only_buttons_that_are_there_can_be_pressed(server: BotApiServer, ptb: Bot) -> None:
    ana, bo = server.world.user("Ana", started=True), server.world.user("Bo")
    group = server.world.group("Group", [ana])
    sent = await ptb.send_message(group.id, "D1", reply_markup=BUTTONS)
    card = server.world.from_bot(group)[0]
    with pytest.raises(NoSuchButton, match="it carries \\['Agree', 'Object', 'Open'\\]"):
        ana.presses(card, "Withdraw")
    with pytest.raises(NotPossible, match="not in Group"):
        bo.presses(card, "Agree")
    with pytest.raises(NotPossible, match="opens a link"):
        ana.presses(card, "Open")
    await ptb.edit_message_text("D1 agreed", group.id, sent.message_id)
    with pytest.raises(NoSuchButton):
        ana.presses(card, "Agree")
    heard(server)
    assert ana.forges_press(card, "old").data == "old"
    assert heard(server) == ["callback_query: old"]
    await ptb.delete_message(group.id, sent.message_id)
    with pytest.raises(NotPossible, match="was deleted"):
        ana.presses(card, "Agree")


async def test_links_lead_into_the_private_chat_or_bring_the_bot(server: BotApiServer, ptb: Bot) -> None:
    ana = server.world.user("Ana", started=True)
    await ptb.send_message(ana.id, "card", reply_markup=BUTTONS)
    ana.opens(server.world.from_bot(ana)[0].button("Open")["url"])
    ana.opens("https://t.me/focalpoint_bot")
    ana.opens("tg://resolve?domain=focalpoint_bot&start=x")
    assert heard(server) == ["message: /start card_3", "message: /start", "message: /start x"]
    group = server.world.group("Group", [ana], bot=False)
    ana.opens("https://t.me/focalpoint_bot?startgroup=abc", group)
    assert heard(server) == ["my_chat_member", "message", "message: /start@focalpoint_bot abc"]
    with pytest.raises(NotPossible, match="does not lead to the bot"):
        ana.opens("https://t.me/another_bot?start=x")
    with pytest.raises(NotPossible, match="no link into Telegram"):
        ana.opens("https://example.org/focalpoint_bot")


async def test_blocking_closes_the_private_chat(server: BotApiServer) -> None:
    ana = server.world.user("Ana", started=True)
    ana.blocks_bot()
    with pytest.raises(NotPossible, match="a blocked bot is unblocked first"):
        ana.writes_private("/start")
    ana.opens("https://t.me/focalpoint_bot?start=again")
    assert heard(server) == ["my_chat_member", "my_chat_member", "message: /start again"]


async def test_a_mention_without_a_username(server: BotApiServer) -> None:
    ana, bo = server.world.user("Ana"), server.world.user("Bo")
    group = server.world.group("Group", [ana, bo])
    message = ana.writes(group, "/task 😀 for Bo", mentions={"Bo": bo})
    mention = message.entities[-1]
    assert (mention["type"], mention["offset"], mention["user"]["id"]) == ("text_mention", 13, bo.id)


async def test_who_writes_in_another_name(server: BotApiServer) -> None:
    ana, bo = server.world.user("Ana"), server.world.user("Bo")
    group = server.world.group("Group", [ana, bo])
    anonymous = ana.writes_anonymously(group, "/task x").json()
    assert (anonymous["from"]["id"], anonymous["sender_chat"]["id"]) == (1087968824, group.id)
    channel = bo.writes_as_channel(group, "/task x", "News").json()
    assert (channel["from"]["id"], channel["sender_chat"]["type"]) == (136817688, "channel")
    with pytest.raises(NotPossible, match="no administrator"):
        bo.writes_anonymously(group, "/task x")


async def test_threads_of_replies_and_of_topics(server: BotApiServer) -> None:
    ana = server.world.user("Ana")
    plain = server.world.group("Plain", [ana], kind="supergroup")
    first = ana.writes(plain, "/task x")
    answer = ana.writes(plain, "/task y", reply_to=first).json()
    assert (answer["message_thread_id"], "is_topic_message" in answer) == (first.message_id, False)
    forum = server.world.group("Forum", [ana], forum=True)
    topic = forum.topic("Plans")
    there = ana.writes(forum, "/task z", topic=topic).json()
    assert (there["message_thread_id"], there["is_topic_message"]) == (topic.id, True)
    assert there["reply_to_message"]["forum_topic_created"]["name"] == "Plans"
    assert "message_thread_id" not in ana.writes(forum, "/task in General").json()


async def test_what_the_app_does_not_let_people_do(server: BotApiServer) -> None:
    ana, bo = server.world.user("Ana"), server.world.user("Bo")
    group = server.world.group("Group", [ana])
    message = ana.writes(group, "/task x")
    for act in (
        lambda: bo.writes(group, "hello"),
        lambda: bo.edits(message, "y"),
        lambda: bo.writes(ana.private, "hello"),
        lambda: ana.writes(group, " "),
        lambda: ana.writes(group, "😀" * 2049),
        lambda: ana.sends_photo(group, caption="x" * 1025),
        lambda: ana.sends_media(group, "video_note", caption="/done T1"),
    ):
        with pytest.raises(NotPossible):
            act()


async def test_an_edited_caption_stays_a_caption(server: BotApiServer) -> None:
    ana = server.world.user("Ana")
    message = ana.sends_photo(ana.private, caption="/done T1")
    ana.edits(message, "/done T2")
    assert (message.text, "text" in message.content, message.versions) == ("/done T2", False, ["/done T1", "/done T2"])
