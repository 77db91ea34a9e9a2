"""The tasks of an activity: listed in place of its card, given to it, and moved from one activity to another."""

from math import ceil
from zoneinfo import ZoneInfo

from handlers import tasks as task_handlers
from handlers.activity_steps import args_of, ask, meant, refreshed, to_change
from handlers.permission import can, may
from handlers.refusals import NotYours, StaleButton
from handlers.reply import Edit, Reply, View, says
from handlers.request import Request
from handlers.rules import text
from handlers.rules.names import activity_name
from handlers.rules.rights import Act
from handlers.rules.states import CLOSED_TASKS
from handlers.rules.task_changes import TaskChange
from handlers.task_cards import card_of as task_card_of
from handlers.task_pickers import here as pick_here
from handlers.task_steps import Meant, acknowledged, by_press, note, place_in_list, reach
from handlers.views import activity_lists as views
from handlers.views import activity_questions as questions
from handlers.views import task_pickers as picker_views
from handlers.views.activity_lists import TaskPage, TaskRow
from storage import activities, groups
from storage.tables import Activity, Task

PAGE = 6
CHOICES = 6
"""Activities to choose from on one page."""


async def listed(request: Request) -> Reply:
    """[Tasks]: the tasks of an activity, six a page."""
    request.here()
    await may(request, Act.SEE)
    row = await meant(request)
    return says(Edit(await _page(request, row, request.args.get("sheet", 1))))


async def new(request: Request) -> Reply:
    """[New task]: asked for, and typed as behind /task."""
    row = await to_change(request, Act.CREATE_OWN_TASK)
    if request.heard.press:
        return await ask(request, row, kind="activity.task", view=questions.ask("task", activity_name(row.number)))
    reply = await task_handlers.create(request)
    return reply.and_then(await refreshed(request, row))


async def choose(request: Request) -> Reply:
    """[Activity] on a task's card: the activities to choose from, and the one that was chosen."""
    whole = await _whole(request)
    if "activity" not in request.args:
        return says(Edit(await _choices(request, whole, request.args.get("sheet", 1))))
    chosen = await activities.get(request.session, request.args["activity"]) if request.args["activity"] else None
    if request.args["activity"] and (chosen is None or chosen.group_id != request.here().id):
        raise StaleButton
    before = whole.parts[0].activity_id
    if before == (chosen.id if chosen else None):
        return says(Edit(await task_card_of(request.session, whole.parts[0], back=place_in_list(request))))
    for task in whole.parts:
        task.activity_id = chosen.id if chosen else None
        await note(request, task, TaskChange.ACTIVITY, {"activity": before}, activity=task.activity_id)
    left = await activities.get(request.session, before) if before else None
    others = [await refreshed(request, row) for row in (left, chosen) if row is not None]
    said = questions.belongs(whole.name, activity_name(chosen.number) if chosen else "")
    return await acknowledged(request, whole.parts[0], said, *others)


async def _whole(request: Request) -> Meant:
    """All parts, where the asker may shape one of them; raises NotYours."""
    found = await by_press(request)
    for task in found.parts:
        target = reach(request, task)
        if await can(request, Act.SET_AREA, side_id=target.side_id, owners=target.owners):
            return found
    raise NotYours


async def _choices(request: Request, whole: Meant, wanted: int) -> View:
    rows = await activities.all_of(request.session, request.here().id)
    pages = max(1, ceil(len(rows) / CHOICES))
    page = min(max(wanted, 1), pages)
    shown = rows[(page - 1) * CHOICES : page * CHOICES]
    labels = [(row.id, f"{activity_name(row.number)} {text.clip(row.title, 34)}") for row in shown]
    return picker_views.activities(pick_here(request, whole), tuple(labels), page, pages)


async def _page(request: Request, row: Activity, wanted: int) -> View:
    found = (await activities.tasks_of(request.session, [row.id]))[row.id]
    pages = max(1, ceil(len(found) / PAGE))
    page = min(max(wanted, 1), pages)
    sides = {side.id: side for side in await groups.sides(request.session, row.group_id)}
    today = {side.id: request.now.astimezone(ZoneInfo(side.zone)).date() for side in sides.values()}

    def line(task: Task) -> TaskRow:
        late = task.state not in CLOSED_TASKS and task.due is not None and task.due < today[task.side_id]
        name = sides[task.side_id].name
        return TaskRow(task.id, task.number, task.part, task.text, name, task.state, task.due, late)

    lines = tuple(line(task) for task in found[(page - 1) * PAGE : page * PAGE])
    return views.task_page(TaskPage(row.number, args_of(request, row), page, pages, len(found), lines))
