"""Taking on a task that was offered, or declining it with a reason."""

from handlers.permission import may
from handlers.refusals import StaleButton
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
    name_of,
    note,
    note_kept,
    one_part,
)
from handlers.views import task_notices, task_questions, task_receipts
from storage.kinds import Acceptance
from storage.tables import Person, Task


async def accept(request: Request) -> Reply:
    """[Accept]: the person, or his side's focal point, takes it on."""
    task = await _offered(request)
    task.acceptance = Acceptance.ACCEPTED
    await answered(request, task)
    await note(request, task, TaskChange.ACCEPTED, assignee=task.assignee_id)
    return await acknowledged(request, task, task_receipts.accepted(name_of(task)))


async def decline(request: Request) -> Reply:
    """[Decline] asks for the reason; with it, the part is nobody's and those who have to see to it are told."""
    task = await _offered(request)
    reason = note_kept(request.words, "decline")
    if not reason:
        return await ask(request, Meant((task,)), kind="task.decline", view=task_questions.ask_decline(name_of(task)))
    assert task.assignee_id is not None, "only what was offered to somebody is declined"
    person = await request.session.get_one(Person, task.assignee_id)
    task.assignee_id, task.acceptance, task.note = None, Acceptance.DECLINED, reason
    await answered(request, task)
    await note(request, task, TaskChange.DECLINED, {"assignee": person.id}, note=reason)
    notes = await _tell(request, task, person, reason)
    return await acknowledged(request, task, task_receipts.declined(name_of(task)), *notes)


async def _offered(request: Request) -> Task:
    """The part that waits for an acceptance; raises StaleButton when none does any more, NotYours."""
    meant = await by_press(request)
    task = one_part(request, meant, "t", _waits)
    if not _waits(task):
        raise StaleButton
    await may(request, Act.ACCEPT_TASK, side_id=task.side_id, owners={task.assignee_id or 0})
    return task


def _waits(task: Task) -> bool:
    return task.acceptance is Acceptance.ASKED and task.assignee_id is not None and is_live(task)


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
