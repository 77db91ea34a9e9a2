"""What a report of a period says, read from the rows of one group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import working
from handlers.activity_states import progress, states, today
from handlers.members import place_names
from handlers.rules.activities import ActivityState
from handlers.rules.names import activity_name, decision_name, meeting_name, support_name, task_name
from handlers.rules.periods import after
from handlers.rules.reports import Recommended, TaskLine, falls_into, recommended
from handlers.rules.spans import Span
from handlers.rules.working_time import at_wall
from handlers.views.tasks import Cities
from storage import activities, groups, meetings, minutes, reports
from storage.kinds import DecisionState, MinutesState, SupportKind, SupportState, TaskState
from storage.tables import Activity, Meeting, Task

NEXT_TASKS = 30
"""Lines on what is due in the next period."""


@dataclass(frozen=True)
class MeetingLine:
    """A meeting that was held, or is to be; `minutes` is how its minutes stand."""

    name: str
    title: str
    starts_at: datetime
    place: str
    minutes: MinutesState | None = None


@dataclass(frozen=True)
class DecisionLine:
    """An agreed point as it stands; `day` is when it was proposed or closed."""

    name: str
    text: str
    state: DecisionState
    day: date


@dataclass(frozen=True)
class SupportLine:
    """A request to the supporting organisation, and what it said last."""

    name: str
    text: str
    kind: SupportKind | None
    needed_by: date | None
    state: SupportState
    reply: str


@dataclass(frozen=True)
class ActivityLine:
    """An activity; `titles` are those beside the original by language, `participants` (side, women, men)."""

    id: int
    name: str
    title: str
    titles: Mapping[str, str]
    area: str
    lead: str
    first: date | None
    last: date | None
    state: ActivityState
    done: int
    total: int
    output: str = ""
    indicators: tuple[tuple[str, float | None, float | None], ...] = ()
    participants: tuple[tuple[str, int, int], ...] = ()
    delay: str = ""
    advice: Recommended | None = None


@dataclass(frozen=True)
class TaskRow:
    """A task, or one part of one; never with a person's name."""

    name: str
    text: str
    area: str
    activity: str
    side: str
    due: date | None
    state: TaskState
    late: bool
    note: str = ""


@dataclass(frozen=True)
class ReportFacts:
    """One group in one period; `next_period` is what follows it. `sides` are names with their institutions."""

    group: str
    sides: tuple[tuple[str, str], ...]
    support_name: str
    period: Span
    next_period: Span
    made_on: date
    cities: Cities
    areas: tuple[str, ...] = ()
    meetings: tuple[MeetingLine, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    activities: tuple[ActivityLine, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    support: tuple[SupportLine, ...] = ()
    next_activities: tuple[ActivityLine, ...] = ()
    next_tasks: tuple[TaskRow, ...] = ()
    next_meetings: tuple[MeetingLine, ...] = ()


async def gather(session: AsyncSession, group_id: int, period: Span, now: datetime) -> ReportFacts:
    """Everything a report of a group says; days begin and end by the clocks of its first side."""
    group, sides = await groups.get(session, group_id), await groups.sides(session, group_id)
    zone, following = ZoneInfo(sides[0].zone), after(period)
    since, until = _instants(period, zone)
    reader = await _reader(session, group_id, now)
    lines = await reader.activities(await activities.all_of(session, group_id))
    support = await groups.organisation(session, group_id)
    return ReportFacts(
        group=group.name,
        sides=tuple((side.name, side.institution) for side in sides),
        support_name=support.name if support else "",
        period=period,
        next_period=following,
        made_on=now.astimezone(zone).date(),
        cities=tuple(await working.cities(session, group_id)),
        areas=tuple(area.name for area in await groups.areas(session, group_id)),
        meetings=await _held(session, await meetings.held_between(session, group_id, since, until)),
        decisions=await _decisions(session, group_id, since, until, zone),
        activities=tuple(line for line in lines if falls_into(line.first, line.last, period)),
        tasks=reader.tasks(await reports.tasks_between(session, group_id, since, until)),
        support=await _support(session, group_id, since, until),
        next_activities=tuple(line for line in lines if _goes_on(line, following)),
        next_tasks=reader.tasks(
            await reports.tasks_due(session, group_id, following.first, following.last, NEXT_TASKS)
        ),
        next_meetings=await _held(
            session, await reports.meetings_fixed(session, group_id, *_instants(following, zone))
        ),
    )


def _instants(period: Span, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return at_wall(period.first, time(), zone), at_wall(period.last + timedelta(days=1), time(), zone)


def _goes_on(line: ActivityLine, period: Span) -> bool:
    return line.first is not None and line.state is not ActivityState.DONE and falls_into(line.first, line.last, period)


async def _held(session: AsyncSession, rows: Sequence[Meeting]) -> tuple[MeetingLine, ...]:
    found = []
    for row in rows:
        latest = await minutes.latest(session, row.id)
        if row.starts_at is not None:
            state = None if latest is None else latest.state
            found.append(MeetingLine(meeting_name(row.number), row.title, row.starts_at, row.place or row.link, state))
    return tuple(found)


async def _decisions(
    session: AsyncSession, group_id: int, since: datetime, until: datetime, zone: ZoneInfo
) -> tuple[DecisionLine, ...]:
    rows = await reports.decisions_between(session, group_id, since, until)
    return tuple(
        DecisionLine(
            decision_name(row.number), row.text, row.state, (row.closed_at or row.proposed_at).astimezone(zone).date()
        )
        for row in rows
    )


async def _support(session: AsyncSession, group_id: int, since: datetime, until: datetime) -> tuple[SupportLine, ...]:
    rows = await reports.support_between(session, group_id, since, until)
    return tuple(
        SupportLine(support_name(row.number), row.text, row.kind, row.needed_by, row.state, row.reply) for row in rows
    )


@dataclass(frozen=True)
class _Reader:
    """Turns rows into lines; it knows the names of places, areas and activities, and today at each side."""

    session: AsyncSession
    group_id: int
    now: datetime
    days: Mapping[int, date]
    places: Mapping[int | None, str]
    areas: Mapping[int, str]
    names: Mapping[int, str] = field(default_factory=dict)

    async def activities(self, rows: Sequence[Activity]) -> list[ActivityLine]:
        ids = [row.id for row in rows]
        standing = await states(self.session, self.group_id, rows, self.now)
        tasks, texts = await activities.tasks_of(self.session, ids), await activities.texts(self.session, ids)
        measured = await activities.indicators(self.session, ids)
        people = await activities.participants(self.session, ids)
        return [
            replace(
                self._outline(row, standing[row.id], tasks[row.id]),
                titles=texts[row.id],
                indicators=tuple((each.text, each.target, each.actual) for each in measured[row.id]),
                participants=tuple(
                    (self.places.get(side_id or None, ""), each.women, each.men)
                    for side_id, each in people[row.id].items()
                ),
            )
            for row in rows
        ]

    def _outline(self, row: Activity, state: ActivityState, tasks: Sequence[Task]) -> ActivityLine:
        """What the activity and its tasks say by themselves."""
        done, total = progress(tasks)
        return ActivityLine(
            id=row.id,
            name=activity_name(row.number),
            title=row.title,
            titles={},
            area=self.areas.get(row.area_id or 0, ""),
            lead=self.places.get(row.lead_id, "") if row.lead_id is not None else "",
            first=row.first_day,
            last=row.last_day,
            state=state,
            done=done,
            total=total,
            output=row.output,
            delay=row.delay,
            advice=recommended(state, [self._advised(task) for task in tasks]),
        )

    def tasks(self, rows: Sequence[Task]) -> tuple[TaskRow, ...]:
        return tuple(
            TaskRow(
                name=task_name(row.number, row.part),
                text=row.text,
                area=self.areas.get(row.area_id or 0, ""),
                activity=self.names.get(row.activity_id or 0, ""),
                side=self.places.get(row.side_id, ""),
                due=row.due,
                state=row.state,
                late=self._late(row),
                note=row.note,
            )
            for row in rows
        )

    def _advised(self, task: Task) -> TaskLine:
        return TaskLine(task_name(task.number, task.part), task.state, self._late(task))

    def _late(self, task: Task) -> bool:
        live = task.state not in (TaskState.DONE, TaskState.CANCELLED)
        return live and task.due is not None and task.due < self.days[task.side_id]


async def _reader(session: AsyncSession, group_id: int, now: datetime) -> _Reader:
    rows = await activities.all_of(session, group_id)
    return _Reader(
        session=session,
        group_id=group_id,
        now=now,
        days=await today(session, group_id, now),
        places=await place_names(session, group_id),
        areas={area.id: area.name for area in await groups.areas(session, group_id)},
        names={row.id: activity_name(row.number) for row in rows},
    )
