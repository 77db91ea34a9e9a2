"""An event that was begun: steps ticked off, all of it taken back, and moved when its days change."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from handlers import task_moves, task_pickers
from handlers.activity_steps import meant, note, refreshed
from handlers.permission import can, may
from handlers.playbook_facts import is_untouched, late_steps, summary
from handlers.playbook_writing import working_of
from handlers.refusals import NotNow, StaleButton
from handlers.reply import Edit, Post, RefreshCard, Reply, View, says
from handlers.request import Request
from handlers.rules.activity_changes import ActivityChange
from handlers.rules.month_grid import days_off
from handlers.rules.names import activity_name, task_name
from handlers.rules.offsets import parse, planned
from handlers.rules.playbooks import Party
from handlers.rules.rights import Act
from handlers.rules.states import CLOSED_TASKS, Move
from handlers.rules.task_changes import TaskChange
from handlers.task_cards import card_of as task_card
from handlers.task_steps import note as note_task
from handlers.task_steps import owners
from handlers.views import playbook_moves as views
from handlers.views.playbook_moves import MovedStep
from handlers.views.playbook_starting import taken_back
from storage import playbooks, tasks
from storage.kinds import Subject, TaskState
from storage.tables import Activity, ActivityStep, Side, Task


async def tick(request: Request) -> Reply:
    """[T12 ✓]: a step that is late was done already. Raises NotYours, NotNow."""
    row = await meant(request)
    task = await tasks.get(request.session, request.args["part"])
    if task is None or task.activity_id != row.id:
        raise StaleButton
    if task.state not in CLOSED_TASKS:  # a second press changes nothing
        await task_moves.report(request, task, Move.FINISH)
    else:
        await may(request, Act.SEE)
    return await _ticked(request, row, [task])


async def tick_all(request: Request) -> Reply:
    """[All of them]: every late step that the asker may report on was done already."""
    row = await meant(request)
    await may(request, Act.SEE)
    done = []
    for task in await late_steps(request, row):
        if await can(request, Act.FINISH_TASK, side_id=task.side_id, owners=owners(task)):
            await task_moves.report(request, task, Move.FINISH)
            done.append(task)
    return await _ticked(request, row, done)


async def undo(request: Request) -> Reply:
    """[Take it back]: while nothing was done of it. Its tasks are cancelled, nothing is deleted. Raises NotNow."""
    await may(request, Act.START_PLAYBOOK)
    row = await meant(request)
    found = [task for _, task in await playbooks.steps(request.session, row.id)]
    if row.dropped_at is not None or not found:
        raise StaleButton
    if not is_untouched(row, found):
        raise NotNow(name=activity_name(row.number), state="begun")
    await cancel(request, found)
    row.dropped_at = request.now
    await note(request, row, ActivityChange.DROPPED, tasks=len(found))
    said = taken_back(activity_name(row.number), len({task.number for task in found}))
    told = (Post(row.group_id, said),) if request.heard.private else ()
    return says(Edit(said), await refreshed(request, row), *told)


async def cancel(request: Request, found: list[Task]) -> None:
    """These tasks are cancelled: what made them is taken back."""
    for task in found:
        before, task.state, task.state_since = task.state, TaskState.CANCELLED, request.now
        await note_task(request, task, TaskChange.DROPPED, {"state": before}, note="")


@dataclass(frozen=True)
class _Moved:
    step: ActivityStep
    task: Task
    before: date | None


async def move(request: Request, row: Activity) -> View | None:
    """The event has other days now: its open steps follow by the same rule; None where there is nothing to say.

    What is done stays, and so does what somebody dated by hand. Days off that the new days meet are told again.
    """
    found = await playbooks.steps(request.session, row.id)
    if not found or row.first_day is None or row.last_day is None or row.host_id is None or row.send_id is None:
        return None
    host, send = await request.session.get_one(Side, row.host_id), await request.session.get_one(Side, row.send_id)
    at_work = await working_of(request, {Party.HOST: host, Party.SEND: send})
    moved, by_hand, beyond = list[_Moved](), list[Task](), list[Task]()
    for step, task in found:
        offset = parse(step.offset)
        parties = [at_work[Party(name)] for name in step.parties.split()]
        days = [] if offset is None else planned(offset, row.first_day, row.last_day, parties)
        if task.state in CLOSED_TASKS or step.planned is None:
            continue
        if step.turn > len(days):
            beyond.append(task)
        elif task.due != step.planned or task.due_at is not None:
            by_hand.append(task)
        elif days[step.turn - 1] != task.due:
            moved.append(_Moved(step, task, task.due))
            await _date(request, step, task, days[step.turn - 1])
    off = days_off(row.first_day, row.last_day, await task_pickers.sides_at_work(request, row.group_id))
    if not moved and not by_hand and not beyond and not off:
        return None
    return views.moved(activity_name(row.number), _once(moved), _names(by_hand), _names(beyond), off)


def _names(found: list[Task]) -> tuple[str, ...]:
    return tuple(task_name(number) for number in sorted({task.number for task in found}))


async def _date(request: Request, step: ActivityStep, task: Task, day: date | None) -> None:
    """The new date begins the ladder anew."""
    before = task.due
    task.due = step.planned = day
    side = await request.session.get_one(Side, task.side_id)
    task.given_on = request.now.astimezone(ZoneInfo(side.zone)).date()
    task.snoozed_until, task.snoozes = None, 0
    request.session.add(step)
    await note_task(request, task, TaskChange.DUE, {"due": before, "due_at": None}, due=day, due_at=None)


def _once(moved: list[_Moved]) -> tuple[MovedStep, ...]:
    """One line for each task, however many parts it has."""
    lines = {each.task.number: MovedStep(each.task.number, each.before, each.task.due) for each in reversed(moved)}
    return tuple(lines[number] for number in sorted(lines))


async def _ticked(request: Request, row: Activity, done: list[Task]) -> Reply:
    await request.session.flush()
    cards = [
        RefreshCard(
            Subject.TASK,
            (await tasks.by_number(request.session, row.group_id, task.number))[0].id,
            await task_card(request.session, task),
        )
        for task in done
    ]
    return says(Edit(await summary(request, row)), *cards, await refreshed(request, row))
