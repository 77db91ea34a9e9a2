"""People at their telephones: what they write, press, edit, send and refuse, told to the bot as Telegram would."""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from bot.rehearsal.entities import clean, found_in, units
from bot.rehearsal.files import TINY_JPEG, document_json, media_content, photo_json
from bot.rehearsal.groups import Group
from bot.rehearsal.messages import Message
from bot.rehearsal.presses import Press
from bot.rehearsal.records import CHANNEL, INSIDE, PRIVATE, SUPERGROUP, Chat, Json, Topic, User
from bot.rehearsal.state import State

GROUP_ANONYMOUS_BOT = User(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)
CHANNEL_BOT = User(136817688, "Channel", username="Channel_Bot", is_bot=True)
LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024


class NotPossible(RuntimeError):
    """A person of the cast tried what Telegram's app would not let him do."""


class Person(User):
    """One person of the cast; `private` is his chat with the bot, not yet open."""

    def __init__(
        self,
        state: State,
        user_id: int,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "en",
    ) -> None:
        super().__init__(user_id, first_name, last_name, username, language_code)
        self.state = state
        self.private = Chat(user_id, PRIVATE, person=self)
        state.users[user_id] = self
        state.chats[user_id] = self.private

    # -- writing ---------------------------------------------------------------------------------------------

    def writes(
        self,
        chat: Chat,
        text: str,
        *,
        reply_to: Message | None = None,
        mentions: Mapping[str, User] | None = None,
        topic: Topic | None = None,
    ) -> Message:
        """Write a text; `mentions` makes words of it a text mention of somebody without a username."""
        content = _text_content(text, mentions or {})
        return self._say(chat, content, reply_to=reply_to, topic=topic)

    def writes_private(self, text: str, *, reply_to: Message | None = None) -> Message:
        """Write to the bot in private, which presses Start when it was not pressed."""
        return self.writes(self.private, text, reply_to=reply_to)

    def opens(self, url: str, group: Group | None = None) -> Message:
        """Follow a t.me link to the bot: `start` in private, `startgroup` brings the bot into `group` first."""
        payloads, name = _deep_link(url)
        if name.lower() != (self.state.bot.username or "").lower():
            raise NotPossible(f"{url} does not lead to the bot")
        if "startgroup" in payloads and group is not None:
            if not group.holds(self.state.bot):
                group.adds_bot(self)
            return self.writes(group, f"/start@{self.state.bot.username} {payloads['startgroup']}".strip())
        if self.blocked:
            self.unblocks_bot()
        return self.writes_private(f"/start {payloads.get('start', '')}".strip())

    def edits(self, message: Message, text: str, mentions: Mapping[str, User] | None = None) -> Message:
        """Change the words of a message of his own."""
        if message.sender is not self or message.deleted:
            raise NotPossible(f"{self.full_name} cannot edit message {message.message_id}")
        content = _text_content(text, mentions or {})
        if "text" not in message.content:
            content = message.content | {"caption": content["text"], "caption_entities": content["entities"]}
        message.content, message.edit_date = content, self.state.now()
        message.versions.append(message.text)
        return self.state.announce(message, "edited_message")

    def deletes(self, message: Message) -> None:
        """Take a message away for everybody; Telegram tells no bot of it."""
        message.deleted = True

    def forwards(self, message: Message, chat: Chat) -> Message:
        """Send somebody's message on into a chat."""
        origin = {"type": "user", "sender_user": message.sender.json(), "date": int(message.date.timestamp())}
        return self._say(chat, message.content | {"forward_origin": origin})

    def sends_document(
        self,
        chat: Chat,
        name: str = "report.pdf",
        content: bytes = b"%PDF-1.4 a report",
        *,
        caption: str | None = None,
        reply_to: Message | None = None,
        topic: Topic | None = None,
    ) -> Message:
        """Send a file, with words under it or without."""
        stored = self.state.files.add_document(name, content)
        body = {"document": document_json(stored)} | _caption_content(caption)
        return self._say(chat, body, reply_to=reply_to, topic=topic)

    def sends_photo(
        self,
        chat: Chat,
        content: bytes = TINY_JPEG,
        *,
        caption: str | None = None,
        reply_to: Message | None = None,
        topic: Topic | None = None,
    ) -> Message:
        """Send a picture, with words under it or without."""
        stored = self.state.files.add_photo(content)
        body = {"photo": photo_json(stored)} | _caption_content(caption)
        return self._say(chat, body, reply_to=reply_to, topic=topic)

    def sends_media(
        self, chat: Chat, kind: str, name: str = "", *, caption: str | None = None, reply_to: Message | None = None
    ) -> Message:
        """Send a video, an audio file, a voice message, an animation or a video note, by its key in a message."""
        if kind == "video_note" and caption:
            raise NotPossible("the app puts no words under a video note")
        stored = self.state.files.add_media(kind, b"seen or heard", name)
        return self._say(chat, media_content(stored) | _caption_content(caption), reply_to=reply_to)

    def writes_anonymously(self, group: Group, text: str, *, reply_to: Message | None = None) -> Message:
        """Write as an anonymous administrator: the bot sees the group as the sender."""
        if not group.is_admin(self):
            raise NotPossible(f"{self.full_name} is no administrator of {group.name}")
        return self._post(group, GROUP_ANONYMOUS_BOT, _text_content(text, {}), reply_to=reply_to, as_chat=group)

    def writes_as_channel(self, group: Group, text: str, channel_title: str = "A channel") -> Message:
        """Write in the name of a channel: the bot sees the channel as the sender."""
        number = sum(1 for chat in self.state.chats.values() if chat.kind == CHANNEL) + 1
        channel = Chat(-1_002_900_000_000 - number, CHANNEL, title=channel_title)
        self.state.chats[channel.id] = channel
        return self._post(group, CHANNEL_BOT, _text_content(text, {}), as_chat=channel)

    # -- pressing and the rest -------------------------------------------------------------------------------

    def presses(self, message: Message, button: str) -> Press:
        """Press the button with these words or this data; it has to be on the message as it stands now."""
        self._check_inside(message.chat)
        if message.deleted:
            raise NotPossible(f"message {message.message_id} was deleted")
        pressed = message.button(button)
        if "callback_data" not in pressed:
            raise NotPossible(f"{button!r} opens a link; use opens(message.button({button!r})['url'])")
        return self._query(message, pressed["callback_data"])

    def forges_press(self, message: Message, data: str) -> Press:
        """Press with data that is on no button, or no longer, as a changed client can."""
        return self._query(message, data)

    def reacts(self, message: Message, emoji: str | None) -> None:
        """Put a reaction under a message, or take it back with None; only administrator bots hear of it."""
        old = message.reactions.get(self.id, [])
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        message.reactions[self.id] = new
        change: Json = {"chat": message.chat.json(), "message_id": message.message_id, "user": self.json()}
        change |= {"date": int(self.state.now().timestamp()), "old_reaction": old, "new_reaction": new}
        if message.chat.kind == PRIVATE or message.chat.status_of(self.state.bot) in {"administrator"}:
            self.state.updates.add("message_reaction", change)

    def blocks_bot(self) -> None:
        """Stop the bot from writing in private."""
        self.state.set_private(self, blocked=True)

    def unblocks_bot(self) -> None:
        """Let the bot write in private again."""
        self.state.set_private(self, blocked=False)

    def deletes_account(self) -> None:
        """From now on nobody reaches this person."""
        self.deactivated = True

    def joins(self, group: Group) -> None:
        """Come into a group by its link."""
        group.joins(self)

    def leaves(self, group: Group) -> None:
        """Go out of a group."""
        group.leaves(self)

    def adds_bot(self, group: Group) -> None:
        """Bring the bot into a group."""
        group.adds_bot(self)

    def removes_bot(self, group: Group) -> None:
        """Throw the bot out of a group."""
        group.removes_bot(self)

    # -- inside ----------------------------------------------------------------------------------------------

    def _say(
        self, chat: Chat, content: Json, *, reply_to: Message | None = None, topic: Topic | None = None
    ) -> Message:
        self._check_inside(chat)
        if chat.kind == PRIVATE:
            self.started = True
        return self._post(chat, self, content, reply_to=reply_to, topic=topic)

    def _post(
        self,
        chat: Chat,
        sender: User,
        content: Json,
        *,
        reply_to: Message | None = None,
        topic: Topic | None = None,
        as_chat: Chat | None = None,
    ) -> Message:
        if reply_to is None and topic is not None:
            # Everything in a topic answers the message that opened it, until it answers another.
            reply_to = self.state.message(chat, topic.id)
        thread = topic.id if topic else _thread_of(chat, reply_to)
        message = self.state.post(chat, sender, content, reply_to=reply_to, thread_id=thread, sender_chat=as_chat)
        return self.state.announce(message)

    def _check_inside(self, chat: Chat) -> None:
        if chat.kind == PRIVATE and (chat is not self.private or self.blocked):
            raise NotPossible(f"{self.full_name} cannot write to the bot here; a blocked bot is unblocked first")
        if chat.is_group and (chat.status_of(self) not in INSIDE or chat.migrated_to):
            raise NotPossible(f"{self.full_name} is not in {chat.name}")

    def _query(self, message: Message, data: str) -> Press:
        number = f"{self.id % 100_000:05d}{len(self.state.presses) + 1:010d}"
        press = Press(number, self, message, data, self.state.clock(), self.state.bell)
        self.state.presses[press.id] = press
        self.state.updates.add("callback_query", press.json(str(-message.chat.id * 7919)))
        return press


def _thread_of(chat: Chat, reply_to: Message | None) -> int | None:
    """A reply in a supergroup carries the id of the thread it belongs to, also outside of topics."""
    if reply_to is None or chat.kind != SUPERGROUP:
        return None
    if chat.is_forum:
        return reply_to.thread_id
    return reply_to.thread_id or reply_to.message_id


def _text_content(text: str, mentions: Mapping[str, User]) -> Json:
    kept = clean(text).strip()
    if not kept or units(kept) > LONGEST_TEXT:
        raise NotPossible("the app sends neither empty texts nor texts over 4096 units")
    content: Json = {"text": kept}
    content["entities"] = found_in(kept, [_mention(kept, words, user) for words, user in mentions.items()])
    return content


def _caption_content(caption: str | None) -> Json:
    if not caption:
        return {}
    if units(caption) > LONGEST_CAPTION:
        raise NotPossible("the app sends no captions over 1024 units")
    return {"caption": clean(caption), "caption_entities": found_in(clean(caption), [])}


def _mention(text: str, words: str, user: User) -> Json:
    place = units(text[: text.index(words)])
    return {"type": "text_mention", "offset": place, "length": units(words), "user": user.json()}


def _deep_link(url: str) -> tuple[dict[str, str], str]:
    """The payloads of a link and the name of the bot it leads to."""
    parts = urlsplit(url)
    query = {key: values[0] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
    if parts.scheme == "tg":
        return query, query.get("domain", "")
    if parts.hostname not in {"t.me", "telegram.me"}:
        raise NotPossible(f"{url} is no link into Telegram")
    return query, parts.path.strip("/")
