"""The records: decisions with the sides' answers, tasks with their evidence, and the journal."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from storage.columns import Row, data, instant, key, kind, optional_ref, ref, telegram_id
from storage.kinds import Acceptance, DecisionState, Subject, TaskState, Verdict

OF_SEVERAL = "part > 0"
"""A part of a task that several persons have."""


class Decision(Row, table=True):
    """A text both sides have to agree to. `look_at` is when the nudging tick wants to see it.

    `meeting_id` and `agenda_item_id` say in which meeting it was recorded; an invariant keeps them to its group.
    `review_on` is the day on which the group is asked whether it still holds; None once it was asked.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("group_id", "number", name="one_decision_per_number_in_the_group"),
        UniqueConstraint("bot_id", "update_id", name="one_decision_per_update"),
    )

    id: int = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    group_id: int = ref("working_group.id")
    number: int
    text: str
    language: str
    search_text: str
    area_id: int | None = optional_ref("area.id")
    activity_id: int | None = optional_ref("activity.id", index=True)
    state: DecisionState = kind(DecisionState, default=DecisionState.PROPOSED, index=True)
    proposed_by: int = ref("person.id")
    proposed_at: datetime = instant()
    closed_at: datetime | None = instant(default=None)
    supersedes_id: int | None = optional_ref("decision.id")
    superseded_by_id: int | None = optional_ref("decision.id")
    meeting_id: int | None = Field(default=None, index=True)
    agenda_item_id: int | None = None
    review_on: date | None = Field(default=None, index=True)
    look_at: datetime | None = instant(default=None, index=True)
    version: int = 1


class Answer(Row, table=True):
    """One answer of one side; the latest of a side counts, none is overwritten.

    `recorded_by` is set when a coordinator wrote it down for `person_id`, with `evidence`; `contested_at` when that
    person said it was not so.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("bot_id", "update_id", "side_id", name="one_answer_per_update_and_side"),)

    id: int = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    decision_id: int = ref("decision.id")
    side_id: int = ref("side.id", index=False)
    verdict: Verdict = kind(Verdict)
    reason: str = ""
    person_id: int = ref("person.id", index=False)
    recorded_by: int | None = optional_ref("person.id")
    evidence: str = ""
    contested_at: datetime | None = instant(default=None)
    answered_at: datetime = instant()


class Task(Row, table=True):
    """Something one person of one side does by a date. `after_id` is the first part of the task that comes before it.

    Several persons share one `number` and have a `part` each (0 when there is only one). Where one message makes many
    tasks, such as a list of steps, `line` counts them. `due` is a date; `due_at` is
    set only when somebody gave a time. `given_on` is the local date on which the task or its due
    date was given, `answered_on` that of the last answer, `snoozed_until` a date. `meeting_id` as with decisions.
    """

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("group_id", "number", "part", name="one_task_per_number_and_part_in_the_group"),
        UniqueConstraint("bot_id", "update_id", "line", "part", name="one_task_per_update_line_and_part"),
        UniqueConstraint("recurrence_id", "occurrence", "part", name="one_task_per_recurrence_day_and_part"),
        # What is overdue is counted, and put in order, without a look at the tasks themselves.
        Index("ix_task_overdue", "group_id", "state", "due", "side_id", "due_at", "area_id", "number", "part"),
        Index("ix_task_group_id_side_id_area_id_state", "group_id", "side_id", "area_id", "state"),
        Index("ix_task_group_id_acceptance_state", "group_id", "acceptance", "state"),
        # The migration says the same to PostgreSQL, which is not loaded for it here.
        Index("ix_task_parts", "group_id", "number", "part", sqlite_where=text(OF_SEVERAL)),
    )

    id: int = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    line: int = 0
    group_id: int = ref("working_group.id", index=False)
    number: int
    part: int = 0
    text: str
    language: str
    search_text: str
    area_id: int | None = optional_ref("area.id")
    activity_id: int | None = optional_ref("activity.id", index=True)
    after_id: int | None = optional_ref("task.id", index=True)
    recurrence_id: int | None = optional_ref("recurrence.id")
    occurrence: date | None = None
    side_id: int = ref("side.id", index=False)
    assignee_id: int | None = optional_ref("person.id", index=True)
    acceptance: Acceptance = kind(Acceptance, default=Acceptance.ACCEPTED)
    created_by: int = ref("person.id", index=False)
    created_at: datetime = instant()
    due: date | None = None
    due_at: datetime | None = instant(default=None)
    given_on: date | None = None
    state: TaskState = kind(TaskState, default=TaskState.OPEN)
    state_since: datetime = instant()
    note: str = ""
    answered_on: date | None = None
    snoozed_until: date | None = None
    snoozes: int = 0
    meeting_id: int | None = Field(default=None, index=True)
    agenda_item_id: int | None = None
    look_at: datetime | None = instant(default=None, index=True)
    version: int = 1


class Recurrence(Row, table=True):
    """How a task repeats, in the form in which the rules read it; its tasks have their days as `occurrence`."""

    __tablename__ = "recurrence"
    __table_args__ = (UniqueConstraint("bot_id", "update_id", name="one_recurrence_per_update"),)

    id: int = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    group_id: int = ref("working_group.id")
    rule: str
    made_by: int = ref("person.id", index=False)
    made_at: datetime = instant()
    ended_at: datetime | None = instant(default=None, index=True)


class TaskStep(Row, table=True):
    """One line of the checklist of a task; `task_id` is its first part. `done_at` is None until it is ticked."""

    __tablename__ = "task_step"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id", name="one_step_per_update"),
        UniqueConstraint("task_id", "position", name="one_step_per_place_in_the_task"),
    )

    id: int = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    task_id: int = ref("task.id", index=False)
    position: int
    text: str
    added_by: int = ref("person.id", index=False)
    added_at: datetime = instant()
    done_by: int | None = optional_ref("person.id")
    done_at: datetime | None = instant(default=None)


class Evidence(Row, table=True):
    """What shows that a task is done: a file by its Telegram id, or a link."""

    __tablename__ = "evidence"

    id: int = key()
    task_id: int = ref("task.id")
    kind: str
    file_id: str = ""
    link: str = ""
    name: str = ""
    added_by: int = ref("person.id", index=False)
    added_at: datetime = instant()


class JournalEntry(Row, table=True):
    """One change, never changed itself: who, when, in which message, from what to what.

    `hash` covers the row and the hash before it, so that a missing or altered row shows. No names stand in it.
    """

    __tablename__ = "journal"
    __table_args__ = (
        UniqueConstraint("previous_hash", name="one_journal_entry_after_another"),
        Index("ix_journal_subject_subject_id", "subject", "subject_id"),
        Index("ix_journal_group_id_id", "group_id", "id"),
    )

    id: int = key()
    at: datetime = instant()
    group_id: int | None = optional_ref("working_group.id")
    actor_id: int | None = optional_ref("person.id", index=True)
    bot_id: int | None = telegram_id(default=None)
    update_id: int | None = telegram_id(default=None)
    chat_id: int | None = telegram_id(default=None)
    message_id: int | None = telegram_id(default=None)
    subject: Subject = kind(Subject)
    subject_id: int = telegram_id()
    change: str
    before: dict[str, Any] = data()
    after: dict[str, Any] = data()
    previous_hash: str
    hash: str = Field(index=True)
