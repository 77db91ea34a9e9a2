"""Meetings: when and how, who comes, what is on the agenda, what was said, and the minutes with their answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint

from storage.columns import Row, data, instant, key, kind, optional_ref, ref, telegram_id
from storage.kinds import Coming, ItemState, MeetingState, MinutesState, Subject, Verdict


class Meeting(Row, table=True):
    """One meeting of a group. `starts_at` is None while its time is being chosen.

    `sequence` counts what changed for those who come, as calendar files want it; `follows_id` is the meeting before in
    a series. `interpreter` is a name, for somebody who is no member. `look_at` is when the tick wants to see it.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("group_id", "number", name="one_meeting_per_number_in_the_group"),
        UniqueConstraint("bot_id", "update_id", name="one_meeting_per_update"),
        Index("ix_meeting_group_id_state_starts_at", "group_id", "state", "starts_at"),
    )

    id: int = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    group_id: int = ref("working_group.id", index=False)
    number: int
    title: str
    language: str
    search_text: str
    state: MeetingState = kind(MeetingState, default=MeetingState.PROPOSED)
    starts_at: datetime | None = instant(default=None)
    minutes: int = 60
    place: str = ""
    link: str = ""
    languages: list[str] = data(default_factory=list)
    moderator_id: int | None = optional_ref("person.id")
    minute_taker_id: int | None = optional_ref("person.id")
    interpreter_id: int | None = optional_ref("person.id")
    interpreter: str = ""
    created_by: int = ref("person.id", index=False)
    created_at: datetime = instant()
    fixed_at: datetime | None = instant(default=None)
    opened_at: datetime | None = instant(default=None)
    closed_at: datetime | None = instant(default=None)
    follows_id: int | None = optional_ref("meeting.id")
    photo_id: str = ""
    photo_by: int | None = optional_ref("person.id")
    sequence: int = 0
    look_at: datetime | None = instant(default=None, index=True)
    version: int = 1


class MeetingSlot(Row, table=True):
    """A time that is proposed for a meeting; `round` counts how often times were proposed, the last round counts."""

    __tablename__ = "meeting_slot"
    __table_args__ = (UniqueConstraint("meeting_id", "starts_at", name="one_slot_per_meeting_and_moment"),)

    id: int = key()
    meeting_id: int = ref("meeting.id", index=False)
    round: int = 1
    starts_at: datetime = instant()


class SlotVote(Row, table=True):
    """That somebody who speaks for a side can come at a proposed time, or no longer can."""

    __tablename__ = "slot_vote"
    __table_args__ = (UniqueConstraint("slot_id", "person_id", name="one_vote_per_slot_and_person"),)

    id: int = key()
    slot_id: int = ref("meeting_slot.id", index=False)
    side_id: int = ref("side.id", index=False)
    person_id: int = ref("person.id", index=False)
    can: bool = True
    voted_at: datetime = instant()


class Attendance(Row, table=True):
    """One person at one meeting: whether he said that he comes, and whether he was there.

    Who has no Telegram is written by `name`, with title and institution; such a row has no person.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id", name="one_attendance_per_meeting_and_person"),
        UniqueConstraint("meeting_id", "name", "institution", name="one_attendance_per_meeting_and_name"),
    )

    id: int = key()
    meeting_id: int = ref("meeting.id", index=False)
    person_id: int | None = optional_ref("person.id", index=True)
    name: str | None = None
    title: str = ""
    institution: str | None = None
    side_id: int | None = optional_ref("side.id")
    coming: Coming | None = kind(Coming, default=None)
    answered_at: datetime | None = instant(default=None)
    present: bool = False
    present_at: datetime | None = instant(default=None)
    written_by: int | None = optional_ref("person.id")


class AgendaItem(Row, table=True):
    """One point of an agenda; `position` orders it. It may be about a decision or a task: `subject`, `subject_id`."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id", "part", name="one_agenda_item_per_update_and_part"),
        Index("ix_agenda_item_meeting_id_position", "meeting_id", "position"),
    )

    id: int = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    part: int = 0
    meeting_id: int = ref("meeting.id", index=False)
    position: int
    text: str
    minutes: int | None = None
    speaker_id: int | None = optional_ref("person.id")
    subject: Subject | None = kind(Subject, default=None)
    subject_id: int | None = None
    state: ItemState = kind(ItemState, default=ItemState.WAITING)
    from_id: int | None = optional_ref("agenda_item.id")
    added_by: int = ref("person.id", index=False)
    added_at: datetime = instant()


class Note(Row, table=True):
    """What was said in a meeting, under an agenda item; `person_id` or `guest_id` is who said it, if named."""

    __tablename__ = "note"
    __table_args__ = (UniqueConstraint("bot_id", "update_id", name="one_note_per_update"),)

    id: int = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    meeting_id: int = ref("meeting.id")
    item_id: int | None = optional_ref("agenda_item.id")
    text: str
    language: str
    person_id: int | None = optional_ref("person.id")
    guest_id: int | None = optional_ref("attendance.id")
    written_by: int = ref("person.id", index=False)
    written_at: datetime = instant()


class Minutes(Row, table=True):
    """One edition of a meeting's minutes, as facts; the last one counts, and each is answered anew."""

    __tablename__ = "minutes"
    __table_args__ = (UniqueConstraint("meeting_id", "edition", name="one_edition_of_the_minutes_per_number"),)

    id: int = key()
    meeting_id: int = ref("meeting.id", index=False)
    edition: int = 1
    content: dict[str, Any] = data()
    state: MinutesState = kind(MinutesState, default=MinutesState.SENT)
    drafted_at: datetime = instant()
    answer_by: datetime | None = instant(default=None)
    closed_at: datetime | None = instant(default=None)


class MinutesAnswer(Row, table=True):
    """What a side says to an edition of the minutes; the latest of a side counts, none is overwritten.

    `recorded_by`, `evidence` and `contested_at` are as with the answers to decisions.
    """

    __tablename__ = "minutes_answer"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id", name="one_answer_to_minutes_per_update"),
        Index("ix_minutes_answer_minutes_id", "minutes_id"),
    )

    id: int = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    minutes_id: int = ref("minutes.id", index=False)
    side_id: int = ref("side.id", index=False)
    verdict: Verdict = kind(Verdict)
    reason: str = ""
    person_id: int = ref("person.id", index=False)
    recorded_by: int | None = optional_ref("person.id")
    evidence: str = ""
    contested_at: datetime | None = instant(default=None)
    answered_at: datetime = instant()
