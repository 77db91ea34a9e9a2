"""Working groups: their sides, supporting organisation, areas, mechanism, rooms and calendars."""

from datetime import datetime

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from storage.columns import Row, data, instant, key, kind, optional_ref, ref, telegram_id
from storage.kinds import ChatKind


class WorkingGroup(Row, table=True):
    """The unit everything belongs to. `last_decision` and the like are the numbers given last.

    `digest_at` is when its digest wants to be looked at; empty for at once.
    """

    __tablename__ = "working_group"
    __table_args__ = (UniqueConstraint("name", name="one_working_group_per_name"),)

    id: int = key()
    name: str
    created_at: datetime = instant()
    last_decision: int = 0
    last_task: int = 0
    last_activity: int = 0
    last_meeting: int = 0
    last_support: int = 0
    last_file: int = 0
    digest_at: datetime | None = instant(default=None, index=True)
    version: int = 1


class Side(Row, table=True):
    """One institution with its place and its time. `week` is a pattern such as "Mon-Fri 08:00-12:00"."""

    __tablename__ = "side"
    __table_args__ = (
        UniqueConstraint("group_id", "position", name="one_side_per_place_in_the_group"),
        UniqueConstraint("group_id", "name", name="one_side_per_name_in_the_group"),
    )

    id: int = key()
    group_id: int = ref("working_group.id")
    position: int
    name: str
    institution: str
    country: str
    city: str
    zone: str
    week: str
    language: str


class Organisation(Row, table=True):
    """A supporting organisation: it has people and working time, not a say in decisions."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("group_id", name="one_supporting_organisation_per_group"),)

    id: int = key()
    group_id: int = ref("working_group.id")
    name: str
    country: str
    city: str
    zone: str
    week: str
    language: str


class Area(Row, table=True):
    """A field of work of the group; `tag` is what people write behind the #."""

    __tablename__ = "area"
    __table_args__ = (UniqueConstraint("group_id", "tag", name="one_area_per_tag_in_the_group"),)

    id: int = key()
    group_id: int = ref("working_group.id")
    position: int
    name: str
    tag: str


class Mechanism(Row, table=True):
    """The group's rules as data. Texts are the patterns that handlers/rules read.

    `language_order` is "alternating" or the language that every post of the group starts with.
    """

    __tablename__ = "mechanism"

    group_id: int = Field(primary_key=True, foreign_key="working_group.id")
    ladder: str
    answer_days: int
    digest_weekday: int
    digest_hour: str
    quiet: str
    catch_up_days: int
    on_behalf: bool = True
    wordings: bool = False
    countersign: bool = False
    languages: list[str] = data(default_factory=list)
    language_order: str = "alternating"
    version: int = 1


class Chat(Row, table=True):
    """A Telegram chat by its own id. `hold_until` is the moment a 429 named; `leave_at` ends a stay nobody bound.

    `language` is that of whoever let the bot in: it is spoken there until a working group is bound.
    """

    __tablename__ = "chat"

    id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    bot_id: int = telegram_id()
    kind: ChatKind = kind(ChatKind)
    title: str = ""
    language: str | None = None
    first_seen: datetime = instant()
    hold_until: datetime | None = instant(default=None)
    leave_at: datetime | None = instant(default=None, index=True)
    gone_at: datetime | None = instant(default=None)


class Room(Row, table=True):
    """A chat, or one topic of it, bound to a working group. `thread_id` is 0 for the chat as a whole.

    `posts` counts what was posted here, so that the languages can take turns.
    """

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("chat_id", "thread_id", name="one_working_group_per_chat_or_topic"),)

    id: int = key()
    chat_id: int = Field(foreign_key="chat.id", sa_type=BigInteger, index=True)
    thread_id: int = 0
    group_id: int = ref("working_group.id")
    bound_by: int | None = optional_ref("person.id")
    bound_at: datetime = instant()
    posts: int = 0


class Edition(Row, table=True):
    """How often what a name stands for was written: whoever remembers it sees here whether it still holds."""

    __tablename__ = "edition"

    name: str = Field(primary_key=True)
    number: int
