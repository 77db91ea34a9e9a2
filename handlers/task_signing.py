"""The counter-sign: the other side's focal point or a coordinator says that a task is done, or sends it back."""

from handlers.permission import can, may
from handlers.refusals import NotNow
from handlers.reply import Effect, Private, Reply
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.rules.states import Move, move
from handlers.rules.task_changes import TaskChange
from handlers.task_giving import note_facts, speaker_of
from handlers.task_steps import Meant, acknowledged, ask, by_press, name_of, note, note_kept
from handlers.views import task_notices, task_questions, task_receipts
from storage import groups, people, tasks
from storage.kinds import TaskState
from storage.tables import Task


async def asked_to_sign(request: Request, task: Task) -> tuple[Effect, ...]:
    """Who speaks for the other side is asked for his OK; the coordinators where nobody does."""
    side_id = await other_side(request, task)
    person_id = await speaker_of(request, task.group_id, side_id)
    asked = [person_id] if person_id else [p.id for _, p in await people.coordinators(request.session, task.group_id)]
    files = len(await tasks.evidence(request.session, [task.id]))
    view = task_notices.wants_sign(await note_facts(request, task), request.person.name, task.note, files)
    otherwise = task_notices.wants_sign_in_group(await note_facts(request, task))
    return tuple(
        Private(each, view, group_id=task.group_id, otherwise=otherwise) for each in asked if each != request.person.id
    )


async def confirm(request: Request) -> Reply:
    """[OK, done]: every part that waits for it."""
    parts = await across(request, TaskState.REPORTED, Act.COUNTERSIGN_TASK)
    for task in parts:
        await _enter(request, task, Move.CONFIRM, TaskChange.CONFIRMED, task.note)
    meant = Meant(parts)
    said = task_receipts.moved(meant.name, TaskState.DONE)
    return await acknowledged(request, parts[0], said, *_told(request, parts, ""), emoji="👍")


async def send_back(request: Request) -> Reply:
    """[Send back] asks what is missing; with it the task is in progress again."""
    parts = await across(request, TaskState.REPORTED, Act.COUNTERSIGN_TASK)
    meant = Meant(parts)
    words = note_kept(request.words, "done")
    if not words:
        return await ask(request, meant, kind="task.send_back", view=task_questions.ask_send_back(meant.name))
    for task in parts:
        await _enter(request, task, Move.SEND_BACK, TaskChange.SENT_BACK, words)
    said = task_receipts.sent_back(meant.name)
    return await acknowledged(request, parts[0], said, *_told(request, parts, words))


async def _enter(request: Request, task: Task, step: Move, change: TaskChange, words: str) -> None:
    before, task.state = task.state, move(task.state, step)
    task.state_since, task.note = request.now, words
    if step is Move.SEND_BACK:
        task.answered_on = None
    await note(request, task, change, {"state": before}, note=words if step is Move.SEND_BACK else "")


async def across(request: Request, state: TaskState, act: Act) -> tuple[Task, ...]:
    """The parts in this state for which the asker may act as the other side; raises NotYours, NotNow."""
    meant = await by_press(request)
    waiting = [task for task in meant.parts if task.state is state]
    sides = {task.id: await other_side(request, task) for task in waiting or meant.parts}
    mine = tuple([task for task in waiting if await can(request, act, side_id=sides[task.id])])
    if not mine:
        await may(request, act, side_id=next(iter(sides.values())))
        raise NotNow(name=meant.name, state=meant.parts[0].state)
    return mine


async def other_side(request: Request, task: Task) -> int:
    """The side whose task it is not."""
    sides = await groups.sides(request.session, task.group_id)
    return next(side.id for side in sides if side.id != task.side_id)


def _told(request: Request, parts: tuple[Task, ...], words: str) -> tuple[Effect, ...]:
    """The persons responsible hear what became of it."""
    return tuple(
        Private(
            task.assignee_id,
            task_notices.was_signed(name_of(task), task.text, words, {"part": task.id, "group": task.group_id}),
            group_id=task.group_id,
        )
        for task in parts
        if task.assignee_id is not None and task.assignee_id != request.person.id
    )
