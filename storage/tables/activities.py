"""The implementation plan: activities with their wordings, indicators and participants, and where they came from."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint

from storage.columns import Row, data, instant, key, optional_ref, ref, telegram_id


class Activity(Row, table=True):
    """Something the sides do together over a period. Its state is derived from its tasks and stands nowhere.

    `title` is the original, in `language`. The two sides are those that lead and support; `project_supports` is the
    supporting organisation in the second place. `playbook` is the key of the list of steps it was started from, then
    `host_id` and `send_id` say which side has which part in them. `dropped_at` is set once it was called off.
    """

    __tablename__ = "activity"
    __table_args__ = (
        UniqueConstraint("group_id", "number", name="one_activity_per_number_in_the_group"),
        UniqueConstraint("bot_id", "update_id", "line", name="one_activity_per_update_and_line"),
    )

    id: int = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    line: int = 0
    group_id: int = ref("working_group.id")
    number: int
    title: str
    language: str
    search_text: str
    area_id: int | None = optional_ref("area.id", index=True)
    first_day: date | None = None
    last_day: date | None = None
    lead_id: int | None = optional_ref("side.id")
    support_id: int | None = optional_ref("side.id")
    project_supports: bool = False
    output: str = ""
    delay: str = ""
    playbook: str = ""
    host_id: int | None = optional_ref("side.id")
    send_id: int | None = optional_ref("side.id")
    import_id: int | None = optional_ref("matrix_import.id", index=True)
    created_by: int = ref("person.id", index=False)
    created_at: datetime = instant()
    dropped_at: datetime | None = instant(default=None)
    version: int = 1


class ActivityText(Row, table=True):
    """An activity's title in one more language; writing it again replaces it, the journal keeps what it was."""

    __tablename__ = "activity_text"
    __table_args__ = (UniqueConstraint("activity_id", "language", name="one_title_per_activity_and_language"),)

    id: int = key()
    activity_id: int = ref("activity.id", index=False)
    language: str
    text: str
    written_by: int = ref("person.id", index=False)
    written_at: datetime = instant()


class Indicator(Row, table=True):
    """How an activity is measured: what is counted, how much of it is meant, and how much there is by now."""

    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("activity_id", "position", name="one_indicator_per_activity_and_position"),)

    id: int = key()
    activity_id: int = ref("activity.id", index=False)
    position: int
    text: str
    target: float | None = None
    actual: float | None = None


class Participants(Row, table=True):
    """How many women and men of one side took part in an activity; `side_id` 0 is the supporting organisation."""

    __tablename__ = "participants"
    __table_args__ = (UniqueConstraint("activity_id", "side_id", name="one_count_per_activity_and_side"),)

    id: int = key()
    activity_id: int = ref("activity.id", index=False)
    side_id: int = 0
    women: int
    men: int


class ActivityStep(Row, table=True):
    """Which step of a playbook a task is. `planned` is the date the rule gave: a task with another one was dated by
    hand. `parties` are those that do it together, such as "host send"; `turn` counts the times of a repeated step."""

    __tablename__ = "activity_step"
    __table_args__ = (UniqueConstraint("task_id", name="one_step_per_task"),)

    id: int = key()
    activity_id: int = ref("activity.id")
    task_id: int = ref("task.id", index=False)
    position: int
    turn: int = 1
    offset: str
    parties: str
    planned: date | None = None


class GroupPlaybook(Row, table=True):
    """A playbook that a group sent as a file, as the text it came as; a newer one of the same key replaces it."""

    __tablename__ = "group_playbook"
    __table_args__ = (UniqueConstraint("group_id", "key", name="one_playbook_per_group_and_key"),)

    id: int = key()
    group_id: int = ref("working_group.id", index=False)
    key: str
    content: str
    added_by: int = ref("person.id", index=False)
    added_at: datetime = instant()
    version: int = 1


class MatrixImport(Row, table=True):
    """An action matrix that was imported as a whole, and can be taken back as a whole. `numbers` are its tasks'."""

    __tablename__ = "matrix_import"
    __table_args__ = (UniqueConstraint("bot_id", "update_id", name="one_import_per_update"),)

    id: int = key()
    bot_id: int = telegram_id()
    update_id: int = telegram_id()
    group_id: int = ref("working_group.id")
    person_id: int = ref("person.id", index=False)
    name: str = ""
    numbers: list[int] = data(default_factory=list)
    imported_at: datetime = instant()
    undone_at: datetime | None = instant(default=None)


class PlanDraft(Row, table=True):
    """What somebody prepares and has not confirmed yet: a playbook to be started, one that was sent, a matrix."""

    __tablename__ = "plan_draft"

    id: int = key()
    group_id: int = ref("working_group.id", index=False)
    person_id: int = ref("person.id", index=False)
    kind: str
    content: dict[str, Any] = data()
    made_at: datetime = instant(index=True)
