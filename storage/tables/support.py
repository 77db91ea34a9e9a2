"""Requests to the supporting project."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint

from storage.columns import Row, instant, key, kind, optional_ref, ref, telegram_id
from storage.kinds import SupportKind, SupportState


class SupportRequest(Row, table=True):
    """What somebody asks of the supporting project. `kind` is None until it was chosen.

    `side_id` is the side that asks, None for somebody of the project. `reply` is what the project said last (a part,
    a reason, a question), `explanation` what whoever asked answered last.
    """

    __tablename__ = "support_request"
    __table_args__ = (
        UniqueConstraint("group_id", "number", name="one_support_request_per_number_in_the_group"),
        UniqueConstraint("bot_id", "update_id", name="one_support_request_per_update"),
        Index("ix_support_request_group_id_state", "group_id", "state"),
    )

    id: int = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    group_id: int = ref("working_group.id", index=False)
    number: int
    text: str
    language: str
    search_text: str
    needed_by: date | None = None
    side_id: int | None = optional_ref("side.id")
    activity_id: int | None = optional_ref("activity.id")
    asked_by: int = ref("person.id", index=False)
    asked_at: datetime = instant()
    state: SupportState = kind(SupportState, default=SupportState.ASKED)
    kind: SupportKind | None = kind(SupportKind, default=None)
    state_since: datetime = instant()
    reply: str = ""
    explanation: str = ""
    look_at: datetime | None = instant(default=None, index=True)
    version: int = 1
