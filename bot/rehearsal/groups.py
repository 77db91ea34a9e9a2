"""Groups as their members use them: coming and going, topics, rights, the move to a supergroup."""

from bot.rehearsal.messages import Message
from bot.rehearsal.records import ADMINS, GROUP, INSIDE, SUPERGROUP, Chat, Json, Member, Topic, User
from bot.rehearsal.state import State

_FIRST_SUPERGROUP = -1_001_500_000_000


class Group(Chat):
    """A group, supergroup or forum; every method is something a person does in it, told to the bot as on Telegram."""

    def __init__(
        self,
        state: State,
        title: str,
        creator: User,
        *,
        kind: str = GROUP,
        forum: bool = False,
        username: str | None = None,
    ) -> None:
        number = sum(1 for chat in state.chats.values() if chat.is_group) + 1
        chat_id = -4_500_000_000 - number if kind == GROUP else _FIRST_SUPERGROUP - number
        super().__init__(chat_id, kind, title=title, username=username, is_forum=forum)
        self.state = state
        self.members[creator.id] = Member(creator, "creator")
        state.chats[chat_id] = self

    @property
    def creator(self) -> User:
        """Who owns the group."""
        return next(member.user for member in self.members.values() if member.status == "creator")

    def people(self) -> list[User]:
        """Who is inside, without the bot."""
        inside = [member.user for member in self.members.values() if member.inside]
        return [user for user in inside if user is not self.state.bot]

    # -- coming and going ------------------------------------------------------------------------------------

    def adds(self, *people: User, by: User | None = None) -> None:
        """Somebody (the creator, if not said) adds people."""
        by = by or self.creator
        for person in people:
            self.state.set_status(self, person, "member", by)
        self._tell(by, {"new_chat_members": [person.json() for person in people]})

    def joins(self, person: User) -> None:
        """A person comes in by the group's link."""
        self.adds(person, by=person)

    def leaves(self, person: User) -> None:
        """A person goes out."""
        self.removes(person, by=person)

    def removes(self, person: User, by: User | None = None) -> None:
        """Somebody puts a person out; he leaves when he does it himself."""
        by = by or self.creator
        self.state.set_status(self, person, "left" if by is person else "kicked", by)
        self._tell(by, {"left_chat_member": person.json()})

    def adds_bot(self, by: User | None = None, *, as_admin: bool = False) -> None:
        """Somebody brings the bot in."""
        by = by or self.creator
        self.state.set_status(self, self.state.bot, "administrator" if as_admin else "member", by)
        self._tell(by, {"new_chat_members": [self.state.bot.json()]})

    def removes_bot(self, by: User | None = None) -> None:
        """Somebody throws the bot out; it hears of that and of nothing after it."""
        by = by or self.creator
        self.state.set_status(self, self.state.bot, "kicked", by)
        message = self.state.post(self, by, {"left_chat_member": self.state.bot.json()})
        self.state.updates.add("message", message.json())

    def promotes(self, user: User, by: User | None = None) -> None:
        """Make a person, or the bot, an administrator."""
        self.state.set_status(self, user, "administrator", by or self.creator)

    def demotes(self, user: User, by: User | None = None) -> None:
        """Make an administrator a plain member again."""
        self.state.set_status(self, user, "member", by or self.creator)

    # -- the group itself ------------------------------------------------------------------------------------

    def renames(self, title: str, by: User | None = None) -> None:
        """Give the group another title."""
        self.title = title
        self._tell(by or self.creator, {"new_chat_title": title})

    def topic(self, name: str, by: User | None = None) -> Topic:
        """Open a topic in a forum."""
        if not self.is_forum:
            raise ValueError(f"{self.name} is no forum")
        by = by or self.creator
        made = self.state.post(self, by, {"forum_topic_created": {"name": name, "icon_color": 7322096}})
        made.thread_id, made.in_topic = made.message_id, True
        self.topics[made.message_id] = Topic(made.message_id, name)
        self.state.announce(made)
        return self.topics[made.message_id]

    def closes_topic(self, topic: Topic, by: User | None = None) -> None:
        """Nobody but administrators may write into the topic any more."""
        topic.closed = True
        self.state.serve(self, by or self.creator, {"forum_topic_closed": {}}, thread_id=topic.id)

    def deletes_topic(self, topic: Topic) -> None:
        """The topic and its messages are gone; Telegram tells no bot of it."""
        topic.deleted = True
        for message in self.state.history[self.id]:
            message.deleted = message.deleted or message.thread_id == topic.id

    def migrate(self, by: User | None = None) -> "Group":
        """The group becomes a supergroup: another id, other message ids, a service message in both."""
        if self.kind != GROUP or self.migrated_to:
            raise ValueError(f"{self.name} is no basic group any more")
        by = by or self.creator
        new = Group(self.state, str(self.title), self.creator, kind=SUPERGROUP)
        new.members |= {id_: Member(member.user, member.status) for id_, member in self.members.items()}
        self._tell(by, {"migrate_to_chat_id": new.id})
        self.migrated_to = new.id
        new._tell(by, {"migrate_from_chat_id": self.id})
        return new

    def is_admin(self, user: User) -> bool:
        """Whether he is the creator or an administrator."""
        return self.status_of(user) in ADMINS

    def holds(self, user: User) -> bool:
        """Whether he is inside."""
        return self.status_of(user) in INSIDE

    def _tell(self, by: User, content: Json) -> Message:
        return self.state.serve(self, by, content)
