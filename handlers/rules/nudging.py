"""What is to be told about a task or a decision, and when to look again. Values in, values out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum, auto

from handlers.rules.ladder import CATCH_UP_DAYS, DEFAULT_LADDER, Ladder, Recipient, Rung, Stage
from handlers.rules.moments import NO_QUIET, Quiet, moment, spread
from handlers.rules.working_time import ONE_DAY, SEARCH_DAYS, WorkingTime
from storage.kinds import TaskState

__all__ = [
    "CATCH_UP_DAYS",
    "DEFAULT_LADDER",
    "NO_QUIET",
    "DecisionStage",
    "Ladder",
    "Quiet",
    "Recipient",
    "Rung",
    "Stage",
    "TaskFacts",
    "Told",
    "decision_next_look",
    "decision_stage_due",
    "due_day",
    "is_overdue",
    "moment",
    "next_look",
    "recipient_of",
    "spread",
    "stage_due",
]

CLOSED = frozenset({TaskState.DONE, TaskState.CANCELLED})
PERSONAL = frozenset({Stage.LATER, Stage.EARLIEST, Stage.EARLY, Stage.SOON, Stage.TODAY, Stage.LATE, Stage.STILL_LATE})
# These are about an event, not about the due date: a new due date does not make them new.
EVENTS = frozenset({Stage.LATER, Stage.BLOCKED, Stage.WAITING})
# The states of which it matters since when they last.
WITH_THE_OTHERS = frozenset({TaskState.WAITING, TaskState.REPORTED})
BEGINNING = WITH_THE_OTHERS | {TaskState.BLOCKED}
URGENCY = {stage: place for place, stage in enumerate(Stage)}

# After the answer was due and nobody gave it, the alternate hears this many working days later.
ALTERNATE_AFTER = 2


@dataclass(frozen=True)
class Told:
    """One row of what was told: the stage, the local date it was told on, and the due date it was about."""

    stage: Stage
    on: date
    due: date | None


@dataclass(frozen=True)
class TaskFacts:
    """What the ladder needs to know of one task.

    `working` is that of the side that has to act: the responsible side, or the other one while the task waits for
    it; without anybody's leave. `told` may hold every row of the task. `answered_on` is the local date of the last
    answer, `given_on` that of the task or its due date being given; neither day needs a nudge any more.
    """

    state: TaskState
    working: WorkingTime
    due: date | None = None
    due_at: datetime | None = None
    told: frozenset[Told] = frozenset()
    answered_on: date | None = None
    given_on: date | None = None
    snoozed_until: date | None = None
    state_since: datetime | None = None

    @property
    def question(self) -> tuple[object, ...]:
        """All that the rule looks at: tasks that are alike in it get the same answers at one moment.

        Only as long as their working times live: sides that work alike share one.
        """
        since = self.state_since if self.state in BEGINNING else None
        days = (self.due, self.due_at, self.answered_on, self.given_on, self.snoozed_until)
        return id(self.working), self.state, *days, self.told, since


@dataclass(frozen=True)
class Reached:
    """A stage and the working day on which it is reached."""

    day: date
    stage: Stage


def due_day(task: TaskFacts) -> date | None:
    """The local date on which the task is due for the side that has to act."""
    return day_due(task.due, task.due_at, task.working)


def day_due(due: date | None, due_at: datetime | None, working: WorkingTime) -> date | None:
    """The same of a date and perhaps an instant, where work is done like that."""
    return due if due_at is None else working.local_date(due_at)


def is_overdue(task: TaskFacts, now: datetime) -> bool:
    """Whether an open task is past its instant, or, with a date alone, that local date has passed."""
    if task.state in CLOSED:
        return False
    if task.due_at is not None:
        return now > task.due_at
    return task.due is not None and task.working.local_date(now) > task.due


def stage_due(task: TaskFacts, now: datetime, ladder: Ladder) -> Stage | None:
    """The most urgent stage this task has reached and nobody was told of.

    Only the stage reached last counts, so an outage leaves one message. A stage is reached at the first working
    moment of its day. Closed tasks and tasks without a date have none.
    """
    today = _working_day_begun(task.working, now)
    if today is None or not _has_stages(task):
        return None
    reached = [each for each in _all_stages(task, ladder) if _is_reached(each, task, today, now)]
    if not reached:
        return None
    last = max(reached, key=lambda each: (each.day, URGENCY[each.stage]))
    if _was_told(last, task):
        return None
    return _listed(task, today) if _too_old(last, task, today, ladder) else last.stage


def next_look(task: TaskFacts, now: datetime, ladder: Ladder) -> datetime | None:
    """The next instant after now, in UTC, at which `stage_due` could answer something else; None for never."""
    if not _has_stages(task):
        return None
    begun = _waiting_moment(task)
    moments = [task.working.opening(day) for day in set(_turning_days(task, ladder))]
    return min((each for each in [*moments, begun] if each is not None and each > now), default=None)


def recipient_of(stage: Stage, state: TaskState) -> Recipient:
    """Who is meant by a stage of a task in that state."""
    if stage is Stage.COORDINATOR:
        return Recipient.COORDINATOR
    if stage in (Stage.FOCAL_POINT, Stage.BLOCKED):
        return Recipient.FOCAL_POINT
    if state in WITH_THE_OTHERS:
        return Recipient.OTHER_FOCAL
    return Recipient.FOCAL_POINT if state is TaskState.BLOCKED else Recipient.PERSON


def _has_stages(task: TaskFacts) -> bool:
    return task.state not in CLOSED and due_day(task) is not None


def _all_stages(task: TaskFacts, ladder: Ladder) -> Iterator[Reached]:
    """Every stage this task can reach, with its day, whether it is ahead or behind."""
    days = [(rung.stage, _rung_day(task, rung)) for rung in ladder.rungs]
    days += [(Stage.LATER, _snooze_over(task)), (Stage.BLOCKED, _blocked_day(task))]
    waiting = _waiting_moment(task)
    days += [(Stage.WAITING, waiting and task.working.local_date(waiting))]
    yield from (Reached(day, stage) for stage, day in days if day is not None)


def _rung_day(task: TaskFacts, rung: Rung) -> date | None:
    """The working day of a rung. One on a day off comes before it, never later than the due date."""
    due = due_day(task)
    if due is not None and rung.offset <= 0:
        due = task.working.working_day_on_or_before(due)
    return None if due is None else task.working.add_working_days(due, rung.offset)


def _snooze_over(task: TaskFacts) -> date | None:
    if task.snoozed_until is None:
        return None
    return task.working.working_day_on_or_after(task.snoozed_until)


def _blocked_day(task: TaskFacts) -> date | None:
    if task.state is not TaskState.BLOCKED or task.state_since is None:
        return None
    return task.working.add_working_days(task.working.local_date(task.state_since), 1)


def _waiting_moment(task: TaskFacts) -> datetime | None:
    if task.state not in WITH_THE_OTHERS or task.state_since is None:
        return None
    return task.working.next_moment(task.state_since)


def _is_reached(each: Reached, task: TaskFacts, today: date, now: datetime) -> bool:
    if each.day > today:
        return False
    if each.stage is Stage.WAITING:
        begun = _waiting_moment(task)
        return begun is not None and begun <= now
    if each.stage is Stage.BLOCKED:
        return True
    if any(quiet is not None and each.day <= quiet for quiet in (task.answered_on, task.given_on)):
        return False
    silent = task.state is TaskState.BLOCKED or _is_snoozed(task, today)
    return not (silent and each.stage in PERSONAL)


def _is_snoozed(task: TaskFacts, today: date) -> bool:
    return task.snoozed_until is not None and today < task.snoozed_until


def _was_told(last: Reached, task: TaskFacts) -> bool:
    if last.stage in EVENTS:
        since = _event_began(last.stage, task)
        return any(told.stage is last.stage and (since is None or told.on >= since) for told in task.told)
    rungs = [told for told in task.told if told.due == task.due and told.stage not in EVENTS | {Stage.LISTED}]
    # A ladder or calendar changed afterwards does not lead down to a milder stage.
    return any(URGENCY[told.stage] >= URGENCY[last.stage] for told in rungs)


def _event_began(stage: Stage, task: TaskFacts) -> date | None:
    if stage is Stage.LATER:
        return task.snoozed_until
    return None if task.state_since is None else task.working.local_date(task.state_since)


def _too_old(last: Reached, task: TaskFacts, today: date, ladder: Ladder) -> bool:
    due = due_day(task)
    return due is not None and today > due and (today - last.day).days > ladder.catch_up_days


def _listed(task: TaskFacts, today: date) -> Stage | None:
    told = any(each.stage is Stage.LISTED and each.due == task.due for each in task.told)
    return None if told or _is_snoozed(task, today) else Stage.LISTED


def _turning_days(task: TaskFacts, ladder: Ladder) -> Iterator[date]:
    """The days on which the answer can change: a stage reached, the snooze over, a stage grown too old."""
    due = due_day(task)
    yield from (day for day in (task.snoozed_until, due and due + ONE_DAY) if day is not None)
    for each in _all_stages(task, ladder):
        yield each.day
        yield each.day + timedelta(days=ladder.catch_up_days + 1)


def _working_day_begun(working: WorkingTime, now: datetime) -> date | None:
    """The last working day whose first working moment has passed."""
    today = working.local_date(now)
    for behind in range(SEARCH_DAYS):
        opening = working.first_moment(today - behind * ONE_DAY)
        if opening is not None and opening <= now:
            return today - behind * ONE_DAY
    return None


class DecisionStage(StrEnum):
    """What a side that has not answered a proposal is told: first its focal point, then its alternate."""

    ANSWER_DUE = auto()
    ANSWER_LATE = auto()


def decision_stage_due(
    asked_on: date,
    working: WorkingTime,
    answer_days: int,
    now: datetime,
    told: frozenset[DecisionStage] = frozenset(),
) -> DecisionStage | None:
    """The last stage that the side which has not answered reached and was not told of.

    `asked_on` is the date of the question on that side's calendar, `answer_days` its working days to answer.
    """
    today = _working_day_begun(working, now)
    days = _answer_days(asked_on, working, answer_days)
    reached = [stage for stage, day in days if today is not None and day <= today]
    if not reached or reached[-1] in told or DecisionStage.ANSWER_LATE in told:
        return None
    return reached[-1]


def decision_next_look(asked_on: date, working: WorkingTime, answer_days: int, now: datetime) -> datetime | None:
    """The next instant after now, in UTC, at which `decision_stage_due` could answer something else."""
    moments = (working.opening(day) for _, day in _answer_days(asked_on, working, answer_days))
    return min((each for each in moments if each is not None and each > now), default=None)


def _answer_days(asked_on: date, working: WorkingTime, answer_days: int) -> Iterator[tuple[DecisionStage, date]]:
    for stage, days in zip(DecisionStage, (answer_days, answer_days + ALTERNATE_AFTER), strict=True):
        day = working.add_working_days(asked_on, days)
        if day is not None:
            yield stage, day
