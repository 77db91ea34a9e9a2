"""What the server remembers, and the few acts everything else is made of: find, post, deliver."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from bot.rehearsal.bell import Bell
from bot.rehearsal.entities import part
from bot.rehearsal.files import Files
from bot.rehearsal.messages import Message
from bot.rehearsal.presses import Press
from bot.rehearsal.records import ADMINS, INSIDE, PRIVATE, SUPERGROUP, Chat, Json, Member, User
from bot.rehearsal.refusals import bad, forbidden
from bot.rehearsal.updates import UpdateQueue

FIRST_UPDATE = 730_000_001


class State:
    """Users, chats, messages, files and the queue of one server; everything in here is synchronous."""

    def __init__(self, bot: User, now: Callable[[], datetime], clock: Callable[[], float]) -> None:
        self.bot, self.now, self.clock = bot, now, clock
        self.bell = Bell()
        self.updates = UpdateQueue(self.bell, FIRST_UPDATE)
        self.files = Files()
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.history: dict[int, list[Message]] = defaultdict(list)
        self._by_number: dict[tuple[int, int], Message] = {}
        self.presses: dict[str, Press] = {}
        self.actions: list[tuple[int, str]] = []
        self.profile: dict[tuple[str, str], str] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.menu_buttons: dict[int | None, Json] = {}
        self.can_read_all_group_messages = False
        self._shared_id = 0

    # -- finding ---------------------------------------------------------------------------------------------

    def chat(self, chat_id: int | str) -> Chat:
        """The chat with this id or @name; refused when there is none or it moved."""
        found = self.chats.get(chat_id) if isinstance(chat_id, int) else self._named(chat_id)
        if found is None:
            raise bad("chat not found")
        if found.migrated_to:
            moved = {"migrate_to_chat_id": found.migrated_to}
            raise bad("group chat was upgraded to a supergroup chat", moved)
        return found

    def _named(self, name: str) -> Chat | None:
        named = (chat for chat in self.chats.values() if chat.username and chat.kind != PRIVATE)
        return next((chat for chat in named if f"@{chat.username}".lower() == name.lower()), None)

    def open_chat(self, chat_id: int | str) -> Chat:
        """A chat in which the bot may act; refused when it is outside or the person does not let it."""
        chat = self.chat(chat_id)
        if chat.person:
            _check_private(chat.person)
            return chat
        status, kind = chat.status_of(self.bot), chat.kind
        if status in INSIDE:
            return chat
        ended = "was kicked from" if status == "kicked" else "is not a member of"
        raise forbidden(f"bot {ended} the {kind} chat")

    def message(self, chat: Chat, message_id: int | None) -> Message | None:
        """A message that still stands in a chat."""
        found = self._by_number.get((chat.id, message_id or 0))
        return None if found is None or found.deleted else found

    def visible(self, chat: Chat) -> list[Message]:
        """What a member who scrolls up sees, oldest first, edits applied."""
        return [message for message in self.history[chat.id] if not message.deleted]

    # -- acting ----------------------------------------------------------------------------------------------

    def post(
        self,
        chat: Chat,
        sender: User,
        content: Json,
        *,
        reply_to: Message | None = None,
        thread_id: int | None = None,
        sender_chat: Chat | None = None,
    ) -> Message:
        """Put a message into a chat; nobody is told yet."""
        message = Message(chat, self._next_id(chat), self.now(), sender, content, sender_chat, reply_to)
        message.thread_id = thread_id
        message.in_topic = bool(thread_id and chat.is_forum)
        message.versions.append(message.text)
        self.history[chat.id].append(message)
        self._by_number[chat.id, message.message_id] = message
        self.bell.ring()
        return message

    def _next_id(self, chat: Chat) -> int:
        """Supergroups number their own messages; private chats and basic groups share one count."""
        if chat.kind == SUPERGROUP:
            chat.last_id += 1
            return chat.last_id
        self._shared_id += 1
        return self._shared_id

    def announce(self, message: Message, kind: str = "message") -> Message:
        """Tell the bot of a message, if it is one that Telegram would show it."""
        if self.sees(message):
            self.updates.add(kind, message.json())
        return message

    def serve(self, chat: Chat, by: User, content: Json, *, thread_id: int | None = None) -> Message:
        """Post a service message and tell the bot of it."""
        return self.announce(self.post(chat, by, content, thread_id=thread_id))

    def sees(self, message: Message) -> bool:
        """Whether Telegram shows the bot this message; privacy mode lets commands, replies and service through."""
        chat = message.chat
        if chat.kind == PRIVATE:
            return True
        status = chat.status_of(self.bot)
        if status not in INSIDE or message.sender is self.bot:
            return False
        if message.is_service or status in ADMINS or self.can_read_all_group_messages:
            return True
        replied = message.reply_to
        return self._is_command_for_bot(message) or bool(replied and replied.sender is self.bot)

    def _is_command_for_bot(self, message: Message) -> bool:
        first = next((one for one in message.entities if one["offset"] == 0), None)
        if first is None or first["type"] != "bot_command":
            return False
        _, _, addressed = part(message.text, 0, first["length"]).partition("@")
        return not addressed or addressed.lower() == (self.bot.username or "").lower()

    # -- membership ------------------------------------------------------------------------------------------

    def set_status(self, chat: Chat, user: User, status: str, by: User) -> None:
        """Change somebody's standing and tell the bot, as my_chat_member or, where it may know, chat_member."""
        old = chat.member_of(user)
        new = Member(user, status)
        knows = user is self.bot or chat.status_of(self.bot) in ADMINS
        chat.members[user.id] = new
        if knows and old.status != status:
            kind = "my_chat_member" if user is self.bot else "chat_member"
            self.updates.add(kind, self._member_change(chat, by, old, new))
        self.bell.ring()

    def set_private(self, person: User, *, blocked: bool) -> None:
        """A person blocks or unblocks the bot, which hears of it."""
        before = Member(self.bot, "kicked" if person.blocked else "member")
        after = Member(self.bot, "kicked" if blocked else "member")
        person.blocked = blocked
        change = self._member_change(self.chats[person.id], person, before, after)
        self.updates.add("my_chat_member", change)

    def _member_change(self, chat: Chat, by: User, old: Member, new: Member) -> Json:
        change: Json = {"chat": chat.json(), "from": by.json(), "date": int(self.now().timestamp())}
        return change | {"old_chat_member": old.json(), "new_chat_member": new.json()}


def _check_private(person: User) -> None:
    if person.deactivated:
        raise forbidden("user is deactivated")
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")
