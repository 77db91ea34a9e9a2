"""What Telegram gave us and is not answered yet, what we still have to say, and what hangs on messages."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from storage.columns import Row, data, instant, key, kind, optional_ref, ref, telegram_id
from storage.kinds import InboxState, OutboxState, Priority, Subject


class Inbox(Row, table=True):
    """One raw update. `raw` is emptied once it is answered; `lane` is the chat whose order it keeps."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id", name="one_inbox_row_per_update"),
        Index("ix_inbox_state_id", "state", "id"),
    )

    id: int = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    lane: int = telegram_id()
    raw: str
    state: InboxState = kind(InboxState, default=InboxState.NEW)
    tries: int = 0
    error_code: str = ""
    received_at: datetime = instant()
    done_at: datetime | None = instant(default=None)


class Outbox(Row, table=True):
    """One call to Telegram. `key` makes it happen once; `card_id` ties an edit to a living card.

    `fallback` is a call to make instead when this one can never arrive: {"method", "payload"}. `ambiguous` counts the
    times a call may have arrived although nobody said so.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key", name="one_call_per_idempotency_key"),
        Index("ix_outbox_state_priority_id", "state", "priority", "id"),
        # The next moment to look is asked for in each turn, also while ten thousand calls wait without one.
        # The migration says the same to PostgreSQL, which is not loaded for it here.
        Index("ix_outbox_state_not_before", "state", "not_before", sqlite_where=text("not_before IS NOT NULL")),
    )

    id: int = key()
    bot_id: int = telegram_id()
    key: str
    method: str
    payload: dict[str, Any] = data()
    fallback: dict[str, Any] | None = data(default_factory=lambda: None)
    chat_id: int | None = telegram_id(default=None, index=True)
    group_id: int | None = optional_ref("working_group.id")
    person_id: int | None = optional_ref("person.id")
    card_id: int | None = optional_ref("card.id", index=True)
    priority: Priority = kind(Priority)
    state: OutboxState = kind(OutboxState, default=OutboxState.PENDING)
    not_before: datetime | None = instant(default=None)
    lease_owner: str | None = None
    lease_until: datetime | None = instant(default=None)
    claimed_at: datetime | None = instant(default=None, index=True)
    tries: int = 0
    ambiguous: int = 0
    message_id: int | None = telegram_id(default=None)
    error: str = ""
    created_at: datetime = instant()
    sent_at: datetime | None = instant(default=None, index=True)


class Card(Row, table=True):
    """A living card: the message in a room that shows one record and is edited in place.

    `languages` are those it is written in, in the order it keeps for its whole life.
    """

    __tablename__ = "card"
    __table_args__ = (UniqueConstraint("subject", "subject_id", "chat_id", name="one_living_card_per_record_and_chat"),)

    id: int = key()
    subject: Subject = kind(Subject)
    subject_id: int
    group_id: int = ref("working_group.id", index=False)
    chat_id: int = telegram_id(index=True)
    thread_id: int = 0
    message_id: int | None = telegram_id(default=None)
    face: str = ""
    languages: list[str] = data(default_factory=list)


class ButtonToken(Row, table=True):
    """What an opaque callback_data or deep link means. The right to press is checked when it is pressed."""

    __tablename__ = "button_token"
    __table_args__ = (UniqueConstraint("chat_id", "press", "args", name="one_token_per_meaning_in_a_chat"),)

    token: str = Field(primary_key=True)
    chat_id: int = telegram_id()
    press: str
    args: str
    made_at: datetime = instant(index=True)


class Dialogue(Row, table=True):
    """The question a person was asked and has not answered: at most one in a chat."""

    __tablename__ = "dialogue"
    __table_args__ = (UniqueConstraint("person_id", "chat_id", name="one_dialogue_per_person_and_chat"),)

    id: int = key()
    person_id: int = ref("person.id", index=False)
    chat_id: int = telegram_id()
    thread_id: int = 0
    kind: str
    args: dict[str, Any] = data()
    group_id: int | None = optional_ref("working_group.id")
    prompt_key: str = ""
    expires_at: datetime = instant(index=True)


class Nudge(Row, table=True):
    """That one person was told of one stage of one obligation on one local date. `due` is the date it was about."""

    __tablename__ = "nudge"
    __table_args__ = (
        UniqueConstraint(
            "subject",
            "subject_id",
            "stage",
            "person_id",
            "local_date",
            name="one_nudge_per_task_stage_person_and_day",
        ),
        Index("ix_nudge_person_id_local_date", "person_id", "local_date"),
    )

    id: int = key()
    subject: Subject = kind(Subject)
    subject_id: int
    stage: str
    person_id: int = ref("person.id", index=False)
    local_date: date
    group_id: int = ref("working_group.id", index=False)
    due: date | None = None
    seen_version: int
    bundle_id: int = ref("bundle.id")
    planned_at: datetime = instant()


class Bundle(Row, table=True):
    """The one message of a person's working day. `outbox_key` names the call, `code` shows in its text."""

    __tablename__ = "bundle"
    __table_args__ = (UniqueConstraint("person_id", "local_date", name="one_bundle_per_person_and_day"),)

    id: int = key()
    person_id: int = ref("person.id", index=False)
    local_date: date
    outbox_key: str = Field(index=True)
    code: str
    planned_at: datetime = instant()


class Digest(Row, table=True):
    """That a group had its digest of one week; `week` is an ISO week such as 2026-W17."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("group_id", "week", name="one_digest_per_group_and_week"),)

    id: int = key()
    group_id: int = ref("working_group.id", index=False)
    week: str
    outbox_key: str
    said_nothing: bool = False
    planned_at: datetime = instant()


class Lease(Row, table=True):
    """Who may do a thing alone until when; `fence` grows with every new owner."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    owner: str
    fence: int = 1
    until: datetime = instant()


class Mark(Row, table=True):
    """A moment worth remembering over a restart, by name: the last poll, the last tick."""

    __tablename__ = "mark"

    name: str = Field(primary_key=True)
    at: datetime = instant()
