"""What a task's card shows, read from its rows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import working
from handlers.members import place_names
from handlers.reply import View
from handlers.rules.names import activity_name, task_name
from handlers.rules.recurrence import Repeat
from handlers.rules.states import CLOSED_TASKS
from handlers.rules.task_changes import ACROSS, DATES, REPORTS, TaskChange
from handlers.rules.text import clip
from handlers.views import tasks as views
from handlers.views.tasks import CardFacts, DueFacts, PartFacts
from storage import groups, journal, people, recurrences, task_steps, tasks
from storage.kinds import Role, Subject
from storage.tables import Activity, Area, JournalEntry, Person, Task

TITLE = 80
"""UTF-16 units of the title of its activity."""
Args = dict[str, Any]


async def card_of(session: AsyncSession, task: Task, *, back: Args | None = None) -> View:
    """The card of the task this is a part of, as it stands now; `back` is the page of the list it was opened from."""
    return views.card(await facts(session, await tasks.parts_of(session, task), back=back))


async def facts(
    session: AsyncSession, parts: Sequence[Task], *, back: Args | None = None, new: bool = False
) -> CardFacts:
    """Everything the card of a task shows; `parts` are all of one number, `new` if nothing happened to them yet."""
    first = parts[0]
    giver = await people.get(session, first.created_by)
    area = await session.get(Area, first.area_id) if first.area_id is not None else None
    activity = await session.get(Activity, first.activity_id) if first.activity_id is not None else None
    zones = {side.id: ZoneInfo(side.zone) for side in await groups.sides(session, first.group_id)}
    names = await place_names(session, first.group_id)
    shown = [] if new else await tasks.evidence(session, [part.id for part in parts])
    rule = await recurrences.get(session, first.recurrence_id)
    return CardFacts(
        id=first.id,
        group_id=first.group_id,
        number=first.number,
        text=first.text,
        parts=tuple(
            [
                _part(
                    part,
                    names[part.side_id],
                    zones[part.side_id],
                    await _assignee(session, part),
                    [] if new else await journal.of(session, Subject.TASK, part.id),
                )
                for part in parts
            ]
        ),
        giver=giver.name,
        given_on=first.created_at.astimezone(zones[first.side_id]).date(),
        cities=tuple(await working.cities(session, first.group_id)),
        area=area.name if area else "",
        activity=f"{activity_name(activity.number)} {clip(activity.title, TITLE)}" if activity else "",
        evidence=tuple((each.kind, each.link or each.name) for each in shown),
        steps=(0, 0) if new else await _steps(session, first),
        after=await _after(session, first),
        repeats=Repeat.parse(rule.rule) if rule is not None else None,
        files=sum(bool(each.file_id) for each in shown),
        back=back,
    )


async def _steps(session: AsyncSession, first: Task) -> tuple[int, int]:
    rows = await task_steps.of(session, first.id)
    return sum(row.done_at is not None for row in rows), len(rows)


async def _after(session: AsyncSession, first: Task) -> tuple[str, bool] | None:
    """The name of the task that comes before, and whether something of it is left to do."""
    if first.after_id is None:
        return None
    before = (await task_steps.before(session, [first.after_id]))[first.after_id]
    return task_name(before[0].number), any(part.state not in CLOSED_TASKS for part in before)


async def _assignee(session: AsyncSession, task: Task) -> Person | None:
    return None if task.assignee_id is None else await people.get(session, task.assignee_id)


def _part(task: Task, side: str, zone: ZoneInfo, person: Person | None, entries: Sequence[JournalEntry]) -> PartFacts:
    return PartFacts(
        part=task.part,
        side=side,
        person=person.name if person else "",
        state=task.state,
        since=task.state_since.astimezone(zone).date(),
        acceptance=task.acceptance,
        by=_by(task, entries),
        note=task.note,
        due=DueFacts(task.due, task.due_at),
        asked=due_of(entry) if (entry := asked_date(entries)) else DueFacts(),
    )


def _by(task: Task, entries: Sequence[JournalEntry]) -> Role | None:
    """In which role somebody else than the person responsible put the task into its state."""
    reports = [entry for entry in entries if entry.change in REPORTS]
    if not reports or reports[-1].actor_id == task.assignee_id:
        return None
    role = Role(reports[-1].after["as"])
    # Of the other side's word its own focal point would be thought.
    unsaid = {Role.MEMBER} if reports[-1].change not in ACROSS else {Role.MEMBER, Role.FOCAL_POINT, Role.ALTERNATE}
    return None if role in unsaid else role


def asked_date(entries: Sequence[JournalEntry]) -> JournalEntry | None:
    """The request for another date that nobody answered yet."""
    dates = [entry for entry in entries if entry.change in DATES]
    return dates[-1] if dates and dates[-1].change == TaskChange.DUE_ASKED else None


def due_of(entry: JournalEntry) -> DueFacts:
    """The date that an entry speaks of."""
    return read_due(entry.after.get("due"), entry.after.get("due_at"))


def read_due(day: str | None, at: str | None) -> DueFacts:
    """A date as the journal and the buttons keep it: ISO texts, empty for none."""
    return DueFacts(
        day=date.fromisoformat(day) if day else None,
        at=datetime.fromisoformat(at) if at else None,
    )
