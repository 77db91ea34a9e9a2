"""What is shown of an event before it is begun, and after."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from handlers import task_pickers
from handlers.activity_states import today
from handlers.playbook_writing import Event, Line, lines
from handlers.reply import View
from handlers.request import Request
from handlers.rules.month_grid import days_off
from handlers.rules.playbooks import Party, Playbook
from handlers.rules.states import CLOSED_TASKS
from handlers.views import playbook_starting as views
from handlers.views.playbook_starting import LateStep, PreviewFacts, SummaryFacts
from storage import activities, groups, playbooks
from storage.kinds import TaskState
from storage.tables import Activity, Area, Task

SHOWN_LATE = 6
"""Late steps that a message names, each with a button."""


async def preview_facts(request: Request, playbook: Playbook, event: Event, args: dict[str, Any]) -> PreviewFacts:
    """The event as it would be begun: its tasks counted, what is late already, and days off it falls on."""
    written = await lines(request, playbook, event)
    days = await today(request.session, request.here().id, request.now)
    sides = await task_pickers.sides_at_work(request, request.here().id)
    area = await request.session.get(Area, event.area_id) if event.area_id is not None else None
    return PreviewFacts(
        args=args,
        title=event.title,
        first=event.first,
        last=event.last,
        roles=tuple((playbook.roles.get(party, {}), event.sides[party].name) for party in (Party.HOST, Party.SEND)),
        area=area.name if area is not None else "",
        tasks=len(written),
        late=sum(_is_late(line, event, days) for line in written),
        undated=sum(line.due is None for line in written),
        off=days_off(event.first, event.last, sides),
    )


def _is_late(line: Line, event: Event, days: Mapping[int, date]) -> bool:
    side = event.sides.get(line.step.parties[0], event.sides[Party.HOST])
    return line.due is not None and line.due < days[side.id]


async def late_steps(request: Request, row: Activity) -> list[Task]:
    """The tasks of an event, part by part, whose date has passed and with which something is left to do."""
    days = await today(request.session, row.group_id, request.now)
    found = [task for _, task in await playbooks.steps(request.session, row.id)]
    return [task for task in found if task.state not in CLOSED_TASKS and _has_passed(task, days)]


def _has_passed(task: Task, days: Mapping[int, date]) -> bool:
    return task.due is not None and task.due < days[task.side_id]


async def summary(request: Request, row: Activity, *, buttons: bool = True) -> View:
    """The event that was begun: how many tasks, which of them are late, and the buttons to tick those off."""
    found = [task for _, task in await playbooks.steps(request.session, row.id)]
    late = await late_steps(request, row)
    names = {side.id: side.name for side in await groups.sides(request.session, row.group_id)}
    numbers = sorted({task.number for task in found})
    facts = SummaryFacts(
        number=row.number,
        title=row.title,
        titles=(await activities.texts(request.session, [row.id]))[row.id],
        args={"activity": row.id, "group": row.group_id},
        first=row.first_day,
        last=row.last_day,
        tasks=len(numbers),
        first_task=numbers[0] if numbers else 0,
        last_task=numbers[-1] if numbers else 0,
        late=tuple(LateStep(t.id, t.number, t.part, t.text, names[t.side_id], t.due) for t in late[:SHOWN_LATE]),
        more=max(len(late) - SHOWN_LATE, 0),
        untouched=is_untouched(row, found),
    )
    return views.summary(facts, buttons=buttons)


def is_untouched(row: Activity, found: Sequence[Task]) -> bool:
    """Whether nothing was done yet of an event, so that it can be taken back."""
    return row.dropped_at is None and all(_is_open(task) for task in found)


def _is_open(task: Task) -> bool:
    return task.state is TaskState.OPEN and task.answered_on is None
