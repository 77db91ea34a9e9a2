"""Taking on a task that was offered, or declining it with a reason."""

from collections.abc import Sequence

from handlers.permission import can
from handlers.refusals import NotYours, StaleButton
from handlers.reply import Effect, Private, Reply
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.rules.task_changes import TaskChange
from handlers.task_giving import note_facts, speaker
from handlers.task_steps import (
    Meant,
    acknowledged,
    answered,
    ask,
    by_press,
    is_live,
    note,
    note_kept,
)
from handlers.views import task_notices, task_questions, task_receipts
from storage.kinds import Acceptance
from storage.tables import Person, Task


async def accept(request: Request) -> Reply:
    """[Accept]: the person, or his side's focal point, takes it on."""
    meant = await _offered(request)
    for task in meant.parts:
        task.acceptance = Acceptance.ACCEPTED
        await answered(request, task)
        await note(request, task, TaskChange.ACCEPTED, assignee=task.assignee_id)
    return await acknowledged(request, meant.parts[0], task_receipts.accepted(meant.name))


async def decline(request: Request) -> Reply:
    """[Decline] asks for the reason; with it, the part is nobody's and those who have to see to it are told."""
    meant = await _offered(request)
    reason = note_kept(request.words, "decline")
    if not reason:
        return await ask(request, meant, kind="task.decline", view=task_questions.ask_decline(meant.name))
    notes = [effect for task in meant.parts for effect in await _declined(request, task, reason)]
    return await acknowledged(request, meant.parts[0], task_receipts.declined(meant.name), *notes)


async def _declined(request: Request, task: Task, reason: str) -> Sequence[Effect]:
    person = await request.session.get_one(Person, task.assignee_id)
    task.assignee_id, task.acceptance, task.note = None, Acceptance.DECLINED, reason
    await answered(request, task)
    await note(request, task, TaskChange.DECLINED, {"assignee": person.id}, note=reason)
    return await _tell(request, task, person, reason)


async def _offered(request: Request) -> Meant:
    """The asker's part that waits for an acceptance, else every one he decides for his side.

    Raises StaleButton when none waits any more, NotYours when none of them is his to decide.
    """
    waiting = [task for task in (await by_press(request)).parts if _waits(task)]
    if not waiting:
        raise StaleButton
    own = [task for task in waiting if task.assignee_id == request.person.id]
    parts = [task for task in own or waiting if await _decides(request, task)]
    if not parts:
        raise NotYours
    return Meant(tuple(parts))


def _waits(task: Task) -> bool:
    return task.acceptance is Acceptance.ASKED and task.assignee_id is not None and is_live(task)


async def _decides(request: Request, task: Task) -> bool:
    owners = {task.assignee_id} if task.assignee_id is not None else set[int]()
    return await can(request, Act.ACCEPT_TASK, side_id=task.side_id, owners=owners)


async def _tell(request: Request, task: Task, person: Person, reason: str) -> tuple[Effect, ...]:
    """The focal point of the side and the giver hear of it, unless they did it themselves."""
    facts = await note_facts(request, task)
    readers = dict.fromkeys((await speaker(request, task), task.created_by))
    return tuple(
        Private(
            reader,
            task_notices.was_declined(facts, person.name, reason),
            group_id=task.group_id,
            otherwise=task_notices.was_declined_in_group(facts),
        )
        for reader in readers
        if reader is not None and reader != request.person.id
    )
