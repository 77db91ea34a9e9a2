"""The checklist of a task, in a message of its own: a step is added, ticked, and opened again."""

from handlers.permission import can, may
from handlers.refusals import NothingWritten, NotYours, StaleButton, TooManySteps
from handlers.reply import Answer, Edit, Reply, Toast, View, says
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.rules.task_changes import TaskChange
from handlers.task_steps import Meant, acknowledged, ask, by_press, meant_by, owners, refreshed, write
from handlers.views import task_checklist as views
from handlers.views.task_checklist import StepFacts
from handlers.words import kept
from storage import task_steps
from storage.tables import Task, TaskStep

STEPS = 20
STEP_LIMIT = 120
"""UTF-16 units of a step: it stands on a button."""


async def step(request: Request) -> Reply:
    """`/step T17 TEXT`, [Add a step] and the words typed then. Raises TooManySteps."""
    meant = await meant_by(request, "step")
    first = meant.parts[0]
    await _may_shape(request, meant)
    if not meant.words and request.args:
        return await ask(request, Meant((first,)), kind="task.step", view=views.ask_step(meant.name))
    words = kept(meant.words, STEP_LIMIT, NothingWritten(command="step"))
    if len(await task_steps.of(request.session, first.id)) >= STEPS:
        raise TooManySteps(name=meant.name, limit=STEPS)
    row = await task_steps.add(
        request.session,
        task_id=first.id,
        text=words,
        by=request.person.id,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
    )
    await write(request, first, TaskChange.STEP, note=row.text)
    return await acknowledged(request, first, views.added(meant.name, row.position))


async def listed(request: Request) -> Reply:
    """[Steps]: the checklist. The card that was pressed is brought up to date with every tick, so it stays a card."""
    await may(request, Act.SEE)
    return says(Answer(await _list(request, (await by_press(request)).parts)))


async def tick(request: Request) -> Reply:
    """A step was pressed: ticked, or open again."""
    meant = await by_press(request)
    await _may_shape(request, meant)
    first, row = meant.parts[0], await _row(request, meant.parts[0])
    ticked = row.done_at is None
    row.done_at, row.done_by = (request.now, request.person.id) if ticked else (None, None)
    request.session.add(row)
    await write(request, first, TaskChange.TICKED if ticked else TaskChange.UNTICKED, note=row.text)
    said = views.ticked(row.text, ticked=ticked)
    return says(Toast(said), await refreshed(request, first), Edit(await _list(request, meant.parts)))


async def _may_shape(request: Request, meant: Meant) -> None:
    """Who may report on one of the parts may also say what belongs to it."""
    for task in meant.parts:
        if await can(request, Act.REPORT_TASK, side_id=task.side_id, owners=owners(task)):
            return
    raise NotYours(act=Act.REPORT_TASK)


async def _row(request: Request, first: Task) -> TaskStep:
    found = await task_steps.get(request.session, request.args["step"])
    if found is None or found.task_id != first.id:
        raise StaleButton
    return found


async def _list(request: Request, parts: tuple[Task, ...]) -> View:
    first = parts[0]
    rows = await task_steps.of(request.session, first.id)
    lines = tuple(StepFacts(row.id, row.text, row.done_at is not None) for row in rows)
    return views.steps(Meant(parts).name, lines, {"id": first.id, "group": first.group_id})
