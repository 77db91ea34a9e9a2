"""People: who they are, what they are in a group, when they are away, and the codes that let them in."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.columns import Row, instant, key, kind, optional_ref, ref, telegram_id
from storage.kinds import CodeKind, Role, Standing


class Person(Row, table=True):
    """Somebody who used the bot. `private_open` says that a private message can reach him.

    `language` is what his Telegram says, `chosen_language` what he chose here; the second one counts.
    """

    __tablename__ = "person"

    id: int = key()
    telegram_id: int | None = telegram_id(default=None, unique=True)
    username: str | None = Field(default=None, index=True)
    name: str
    language: str | None = None
    chosen_language: str | None = None
    private_open: bool = False
    closed_since: datetime | None = instant(default=None)
    current_group_id: int | None = optional_ref("working_group.id")
    created_at: datetime = instant()
    forgotten_at: datetime | None = instant(default=None)


class Membership(Row, table=True):
    """What a person is in one group. No side means the supporting organisation.

    `asked_role` waits for the confirmation of `role`'s rule: asked to become a member, or named a focal point.
    """

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "group_id", name="one_membership_per_person_and_group"),)

    id: int = key()
    person_id: int = ref("person.id")
    group_id: int = ref("working_group.id")
    side_id: int | None = optional_ref("side.id")
    role: Role = kind(Role)
    standing: Standing = kind(Standing)
    title: str = ""
    asked_role: Role | None = kind(Role, default=None)
    asked_by: int | None = optional_ref("person.id")
    asked_at: datetime = instant()
    since: datetime | None = instant(default=None)
    until: datetime | None = instant(default=None)
    version: int = 1


class Leave(Row, table=True):
    """Days a person is away, both ends included. `ended_on` shortens it when he came back early.

    `look_at` is when it wants to be looked at whether the coordinators have to hear of it.
    """

    __tablename__ = "leave"

    id: int = key()
    person_id: int = ref("person.id")
    first_day: date
    last_day: date
    ended_on: date | None = None
    written_at: datetime = instant()
    look_at: datetime | None = instant(default=None, index=True)


class BindingCode(Row, table=True):
    """A one-time code; only its hash is kept. `side_id` is for invitations to a side."""

    __tablename__ = "binding_code"
    __table_args__ = (UniqueConstraint("code_hash", name="one_row_per_binding_code"),)

    id: int = key()
    code_hash: str
    kind: CodeKind = kind(CodeKind)
    group_id: int = ref("working_group.id")
    side_id: int | None = optional_ref("side.id")
    name: str = ""
    made_by: int | None = optional_ref("person.id")
    made_at: datetime = instant()
    expires_at: datetime = instant()
    used_at: datetime | None = instant(default=None)
    used_by: int | None = optional_ref("person.id")
