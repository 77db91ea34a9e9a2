"""The world a script or a test plays in: it makes people and groups and looks at what stands in their chats."""

from collections.abc import Sequence

from bot.rehearsal.groups import Group
from bot.rehearsal.messages import Message
from bot.rehearsal.people import Person
from bot.rehearsal.records import GROUP, PRIVATE, SUPERGROUP, Chat, Json, User
from bot.rehearsal.state import State

_FIRST_PERSON = 410_000_001


class World(State):
    """People and groups around one bot. All of it is synchronous; wait with `BotApiServer.wait_for`."""

    def user(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "en",
        started: bool = False,
    ) -> Person:
        """Somebody new; `started` says that he pressed Start some time ago."""
        number = _FIRST_PERSON + len(self.people)
        person = Person(self, number, first_name, last_name=last_name, username=username, language_code=language_code)
        person.started = started
        return person

    def group(
        self,
        title: str,
        members: Sequence[User],
        *,
        kind: str | None = None,
        forum: bool = False,
        username: str | None = None,
        bot: bool = True,
        bot_is_admin: bool = False,
    ) -> Group:
        """A group made by the first of its members, who then brings the bot in (the bot hears that).

        `kind` is "group" (what a new one is on Telegram) or "supergroup"; forums are supergroups.
        """
        creator, *others = members
        group = Group(
            self, title, creator, kind=kind or (SUPERGROUP if forum else GROUP), forum=forum, username=username
        )
        for person in others:
            self.set_status(group, person, "member", creator)
        if bot:
            group.adds_bot(creator, as_admin=bot_is_admin)
        return group

    @property
    def people(self) -> list[Person]:
        """Everybody of the cast."""
        return [user for user in self.users.values() if isinstance(user, Person)]

    @property
    def groups(self) -> list[Group]:
        """Every group, in the order in which they were made."""
        return [chat for chat in self.chats.values() if isinstance(chat, Group)]

    def messages(self, chat: Chat | User) -> list[Message]:
        """What stands in a chat (for a person: in his private chat) now, oldest first, edits applied."""
        return self.visible(self.chats[chat.id])

    def from_bot(self, chat: Chat | User) -> list[Message]:
        """The bot's own messages that stand in a chat now, service messages left out."""
        return [one for one in self.messages(chat) if one.sender is self.bot and not one.is_service]

    def last(self, chat: Chat | User, containing: str = "") -> Message | None:
        """The bot's latest message in a chat with these words in it."""
        return next((one for one in reversed(self.from_bot(chat)) if containing in one.text), None)

    def reactions(self, message: Message) -> list[str]:
        """The emoji the bot put under a message."""
        return [str(one["emoji"]) for one in message.reactions.get(self.bot.id, [])]

    def raw_update(self, update: Json) -> int:
        """Give the bot an update as it is, wanted or not; its id, filled in when it has none."""
        return self.updates.add_raw(update)

    def repeat_update(self, update_id: int, copies: int = 1) -> None:
        """Give the bot an update again, confirmed or not."""
        self.updates.repeat(update_id, copies)

    def menu_for(self, person: User, chat: Chat) -> list[str]:
        """The names of the commands that a client would offer a person in a chat."""
        language = person.language_code or ""
        for scope in _scopes(person, chat):
            for code in (language, ""):
                if commands := self.commands.get((scope, code)):
                    return [str(command["command"]) for command in commands]
        return []


def _scopes(person: User, chat: Chat) -> list[str]:
    """The scopes that apply, the narrowest first, as Telegram looks them up."""
    if chat.kind == PRIVATE:
        return [f"chat:{chat.id}", "all_private_chats", "default"]
    narrow = [f"chat_member:{chat.id}:{person.id}"]
    wide = ["all_group_chats", "default"]
    if chat.status_of(person) in {"creator", "administrator"}:
        narrow.append(f"chat_administrators:{chat.id}")
        wide.insert(0, "all_chat_administrators")
    return [*narrow, f"chat:{chat.id}", *wide]
