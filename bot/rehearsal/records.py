"""Users, chats, members and topics as the server remembers them, and the JSON Telegram shows of each."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

PRIVATE, GROUP, SUPERGROUP, CHANNEL = "private", "group", "supergroup", "channel"
INSIDE = frozenset({"creator", "administrator", "member", "restricted"})
ADMINS = frozenset({"creator", "administrator"})

_ADMIN_RIGHTS: Json = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_pin_messages": True,
    "can_manage_topics": True,
}


@dataclass(eq=False)
class User:
    """Somebody with a Telegram account, and whether the bot may write to him in private."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    @property
    def full_name(self) -> str:
        """First and last name as a client shows them."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name

    def names(self) -> Json:
        """The three names; those that are not set are left out, as Telegram does."""
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {key: value for key, value in names.items() if value}

    def json(self) -> Json:
        """The User object of the Bot API."""
        user = {"id": self.id, "is_bot": self.is_bot, **self.names()}
        if self.language_code and not self.is_bot:
            user["language_code"] = self.language_code
        return user


@dataclass(eq=False)
class Member:
    """One user's standing in one chat."""

    user: User
    status: str = "member"

    @property
    def inside(self) -> bool:
        """Whether he is in the chat now."""
        return self.status in INSIDE

    def json(self) -> Json:
        """The ChatMember object of the Bot API."""
        member: Json = {"user": self.user.json(), "status": self.status}
        if self.status == "creator":
            member["is_anonymous"] = False
        elif self.status == "administrator":
            member |= _ADMIN_RIGHTS
        elif self.status == "kicked":
            member["until_date"] = 0
        return member


@dataclass(eq=False)
class Topic:
    """One topic of a forum; its id is the id of the message that made it."""

    id: int
    name: str
    closed: bool = False
    deleted: bool = False


@dataclass(eq=False, repr=False)
class Chat:
    """A private chat (with its person), a group, a supergroup or a channel."""

    id: int
    kind: str
    title: str | None = None
    username: str | None = None
    person: User | None = None
    is_forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    last_id: int = 0

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id} {self.name}>"

    @property
    def is_group(self) -> bool:
        """Whether several people can write here."""
        return self.kind in {GROUP, SUPERGROUP}

    @property
    def name(self) -> str:
        """What a client shows over the chat."""
        return self.title or (self.person.full_name if self.person else str(self.id))

    def status_of(self, user: User) -> str:
        """The standing of a user here; somebody who never came in has left."""
        member = self.members.get(user.id)
        return member.status if member else "left"

    def member_of(self, user: User) -> Member:
        """The member record of a user, also when he never was inside."""
        return self.members.get(user.id) or Member(user, "left")

    def json(self) -> Json:
        """The Chat object of the Bot API."""
        chat: Json = {"id": self.id, "type": self.kind}
        if self.person:
            return chat | self.person.names()
        chat["title"] = self.title
        if self.username:
            chat["username"] = self.username
        if self.is_forum:
            chat["is_forum"] = True
        return chat
