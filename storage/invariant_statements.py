"""The statements that hold after every transaction, each as a query that finds nothing but its exceptions."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, String, exists, func, or_, select, type_coerce
from sqlalchemy.orm import aliased
from sqlalchemy.sql import Subquery
from sqlmodel import col

from storage.kinds import (
    DecisionState,
    InboxState,
    ItemState,
    MeetingState,
    MinutesState,
    OutboxState,
    Standing,
    Subject,
    TaskState,
)
from storage.support import OPEN as OPEN_SUPPORT
from storage.tables import (
    Activity,
    ActivityStep,
    AgendaItem,
    Area,
    Bundle,
    Card,
    Decision,
    Digest,
    Inbox,
    JournalEntry,
    Meeting,
    Membership,
    Minutes,
    Nudge,
    Outbox,
    Person,
    Recurrence,
    ShelfFile,
    Side,
    SupportRequest,
    Task,
    TaskStep,
    WorkingGroup,
)

ENDED = (OutboxState.SENT, OutboxState.FAILED, OutboxState.WITHDRAWN)
KNOWN: Mapping[Subject, Any] = {
    Subject.TASK: Task,
    Subject.DECISION: Decision,
    Subject.ACTIVITY: Activity,
    Subject.MEETING: Meeting,
    Subject.SUPPORT: SupportRequest,
    Subject.FILE: ShelfFile,
}
"""The records that entries, nudges and cards are about."""
OPEN = (DecisionState.PROPOSED, DecisionState.OBJECTED)
SETTLED = (MinutesState.AGREED, MinutesState.UNOPPOSED)
TIMED = (MeetingState.FIXED, MeetingState.OPEN, MeetingState.HELD)
LIVE = (TaskState.OPEN, TaskState.IN_PROGRESS, TaskState.WAITING, TaskState.BLOCKED, TaskState.REPORTED)


_BEFORE = aliased(Task)


def _ids(table: Any, *conditions: ColumnElement[bool]) -> Select[Any]:
    return select(col(table.id).label("id")).where(*conditions)


def _known(subject: Subject, subject_id: Any) -> ColumnElement[bool]:
    """Whether what a row is about is there."""
    table: Any = KNOWN[subject]
    return exists().where(col(table.id) == col(subject_id))


def _about_nothing(table: Any) -> Select[Any]:
    """Rows about a record that is not there."""
    lost = [(col(table.subject) == kind) & ~_known(kind, table.subject_id) for kind in KNOWN]
    return _ids(table, or_(*lost))


def _numbers(table: Any, last: Any) -> Select[Any]:
    """Groups whose numbers are not 1, 2, 3 … up to the one given last."""
    of_group = col(table.group_id) == WorkingGroup.id
    highest = select(func.coalesce(func.max(table.number), 0)).where(of_group).scalar_subquery()
    different = select(func.count(func.distinct(table.number))).where(of_group).scalar_subquery()
    return _ids(WorkingGroup, or_(col(last) != highest, col(last) != different))


def _last_told(subject: Subject) -> Subquery:
    """The newest journal entry of each record that names a state."""
    state = col(JournalEntry.after)["state"].as_string()
    newest = func.max(JournalEntry.id)
    return (
        select(col(JournalEntry.subject_id).label("about"), newest.label("newest"))
        .where(col(JournalEntry.subject) == subject, state.is_not(None))
        .group_by(col(JournalEntry.subject_id))
        .subquery()
    )


def _untold(table: Any, subject: Subject) -> Select[Any]:
    """Records whose state is not the one that the journal told last."""
    last = _last_told(subject)
    told = col(JournalEntry.after)["state"].as_string()
    return (
        select(col(table.id).label("id"))
        .outerjoin(last, last.c.about == table.id)
        .outerjoin(JournalEntry, col(JournalEntry.id) == last.c.newest)
        .where(or_(last.c.newest.is_(None), type_coerce(col(table.state), String) != told))
    )


def _changes(subject: Subject, subject_id: Any) -> Any:
    query = select(func.count()).where(col(JournalEntry.subject) == subject, JournalEntry.subject_id == subject_id)
    return query.scalar_subquery()


def _foreign_side(table: Any) -> Select[Any]:
    """Rows of one group with a side of another."""
    mine = exists().where(col(Side.id) == table.side_id, col(Side.group_id) == table.group_id)
    return _ids(table, col(table.side_id).is_not(None), ~mine)


def _foreign_area(table: Any) -> Select[Any]:
    mine = exists().where(col(Area.id) == table.area_id, col(Area.group_id) == table.group_id)
    return _ids(table, col(table.area_id).is_not(None), ~mine)


def _foreign_activity(table: Any) -> Select[Any]:
    mine = exists().where(col(Activity.id) == table.activity_id, col(Activity.group_id) == table.group_id)
    return _ids(table, col(table.activity_id).is_not(None), ~mine)


def _foreign_meeting(table: Any) -> Select[Any]:
    mine = exists().where(col(Meeting.id) == table.meeting_id, col(Meeting.group_id) == table.group_id)
    return _ids(table, col(table.meeting_id).is_not(None), ~mine)


_CLAIMED = col(Outbox.state) == OutboxState.CLAIMED
_LEASED = col(Outbox.lease_owner).is_not(None) & col(Outbox.lease_until).is_not(None)
_BARE = col(Outbox.lease_owner).is_(None) & col(Outbox.lease_until).is_(None)
_OTHER = aliased(Meeting)
_FIRST_OPEN = (
    select(func.min(_OTHER.id))
    .where(col(_OTHER.group_id) == Meeting.group_id, col(_OTHER.state) == MeetingState.OPEN)
    .scalar_subquery()
)

STATEMENTS: Mapping[str, Select[Any]] = {
    # inbox and outbox
    "an update that was answered keeps no text": _ids(
        Inbox, col(Inbox.state) == InboxState.DONE, or_(col(Inbox.raw) != "", col(Inbox.done_at).is_(None))
    ),
    "an update that was set aside has a code": _ids(
        Inbox, col(Inbox.state) == InboxState.DEAD, col(Inbox.error_code) == ""
    ),
    "a call on its way has a lease": _ids(Outbox, _CLAIMED, ~_LEASED),
    "a call that is not on its way has no lease": _ids(Outbox, ~_CLAIMED, ~_BARE),
    "a call that was made says when": _ids(
        Outbox, col(Outbox.state) == OutboxState.SENT, col(Outbox.sent_at).is_(None)
    ),
    # numbers
    "the decisions of a group are numbered without gaps": _numbers(Decision, WorkingGroup.last_decision),
    "the tasks of a group are numbered without gaps": _numbers(Task, WorkingGroup.last_task),
    "the activities of a group are numbered without gaps": _numbers(Activity, WorkingGroup.last_activity),
    "the meetings of a group are numbered without gaps": _numbers(Meeting, WorkingGroup.last_meeting),
    "the requests for support of a group are numbered without gaps": _numbers(
        SupportRequest, WorkingGroup.last_support
    ),
    "the shared files of a group are numbered without gaps": _numbers(ShelfFile, WorkingGroup.last_file),
    # the journal
    "a task is in the state that the journal told last": _untold(Task, Subject.TASK),
    "a decision is in the state that the journal told last": _untold(Decision, Subject.DECISION),
    "a meeting is in the state that the journal told last": _untold(Meeting, Subject.MEETING),
    "a request for support is in the state that the journal told last": _untold(SupportRequest, Subject.SUPPORT),
    "no task changed more often than the journal tells": _ids(
        Task, col(Task.version) > _changes(Subject.TASK, Task.id)
    ),
    "no activity changed more often than the journal tells": _ids(
        Activity, col(Activity.version) > _changes(Subject.ACTIVITY, Activity.id)
    ),
    # what points to something points to something of its own group
    "a journal entry is about something": _about_nothing(JournalEntry),
    "a nudge is about something": _about_nothing(Nudge),
    "a card shows something": _about_nothing(Card),
    "the side of a task is of its group": _foreign_side(Task),
    "the side of a request for support is of its group": _foreign_side(SupportRequest),
    "the side of a shared file is of its group": _foreign_side(ShelfFile),
    "the area of a shared file is of its group": _foreign_area(ShelfFile),
    "the side of a member is of his group": _foreign_side(Membership),
    "the area of a task is of its group": _foreign_area(Task),
    "the area of a decision is of its group": _foreign_area(Decision),
    "the area of an activity is of its group": _foreign_area(Activity),
    "the activity of a task is of its group": _foreign_activity(Task),
    "the activity of a decision is of its group": _foreign_activity(Decision),
    "a step belongs to the activity of its task": _ids(
        ActivityStep,
        exists().where(
            col(Task.id) == ActivityStep.task_id,
            col(Task.activity_id).is_not(None),
            col(Task.activity_id) != ActivityStep.activity_id,
        ),
    ),
    "a task comes after another one of its group": _ids(
        Task,
        col(Task.after_id).is_not(None),
        ~exists().where(
            col(_BEFORE.id) == Task.after_id, col(_BEFORE.group_id) == Task.group_id, col(_BEFORE.id) != Task.id
        ),
    ),
    "the rule by which a task repeats is of its group": _ids(
        Task,
        col(Task.recurrence_id).is_not(None),
        ~exists().where(col(Recurrence.id) == Task.recurrence_id, col(Recurrence.group_id) == Task.group_id),
    ),
    "a line of a checklist that is ticked says by whom, others do not": _ids(
        TaskStep, col(TaskStep.done_at).is_(None) != col(TaskStep.done_by).is_(None)
    ),
    "an activity ends after it begins": _ids(Activity, col(Activity.last_day) < col(Activity.first_day)),
    "the meeting of a task is of its group": _foreign_meeting(Task),
    "the meeting of a decision is of its group": _foreign_meeting(Decision),
    "a shared file is a file or a link": _ids(ShelfFile, (col(ShelfFile.file_id) == "") == (col(ShelfFile.link) == "")),
    # states
    "a decision that is closed says when, an open one does not": _ids(
        Decision, col(Decision.state).in_(OPEN) != col(Decision.closed_at).is_(None)
    ),
    "a decision that is closed is not looked at again": _ids(
        Decision, col(Decision.state).not_in(OPEN), col(Decision.look_at).is_not(None)
    ),
    "a task that is closed is not looked at again": _ids(
        Task, col(Task.state).not_in(LIVE), col(Task.look_at).is_not(None)
    ),
    "a request for support that is answered is not looked at again": _ids(
        SupportRequest, col(SupportRequest.state).not_in(OPEN_SUPPORT), col(SupportRequest.look_at).is_not(None)
    ),
    "a decision that was superseded names its successor": _ids(
        Decision, col(Decision.state) == DecisionState.SUPERSEDED, col(Decision.superseded_by_id).is_(None)
    ),
    "a meeting that is fixed, going on or over has a time": _ids(
        Meeting, col(Meeting.state).in_(TIMED), col(Meeting.starts_at).is_(None)
    ),
    "a meeting that was called off is not looked at again": _ids(
        Meeting, col(Meeting.state) == MeetingState.CANCELLED, col(Meeting.look_at).is_not(None)
    ),
    "a point is spoken of only while its meeting goes on": _ids(
        AgendaItem,
        col(AgendaItem.state) == ItemState.RUNNING,
        ~exists().where(col(Meeting.id) == AgendaItem.meeting_id, col(Meeting.state) == MeetingState.OPEN),
    ),
    "minutes that are settled say when, others do not": _ids(
        Minutes, col(Minutes.state).in_(SETTLED) != col(Minutes.closed_at).is_not(None)
    ),
    "one meeting of a group goes on at a time": _ids(
        Meeting, col(Meeting.state) == MeetingState.OPEN, col(Meeting.id) != _FIRST_OPEN
    ),
    # nudges and digests
    "a bundle says something": _ids(Bundle, ~exists().where(col(Nudge.bundle_id) == Bundle.id)),
    "a nudge is told to the reader of its bundle": _ids(
        Nudge, ~exists().where(col(Bundle.id) == Nudge.bundle_id, col(Bundle.person_id) == Nudge.person_id)
    ),
    # people
    "who was forgotten has no name or account left": _ids(
        Person,
        col(Person.forgotten_at).is_not(None),
        or_(col(Person.telegram_id).is_not(None), col(Person.username).is_not(None)),
    ),
    "who was forgotten is in no group": _ids(
        Membership,
        col(Membership.standing) == Standing.ACTIVE,
        exists().where(col(Person.id) == Membership.person_id, col(Person.forgotten_at).is_not(None)),
    ),
    "a digest was put into the outbox, or had nothing to say": _ids(
        Digest, ~col(Digest.said_nothing), col(Digest.outbox_key) == ""
    ),
}
