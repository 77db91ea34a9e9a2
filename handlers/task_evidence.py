"""What shows that a task is done: files, photos and links."""

from handlers.attachments import attached
from handlers.permission import may
from handlers.refusals import NoEvidence
from handlers.reply import Reply
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.rules.task_changes import TaskChange
from handlers.task_steps import Meant, acknowledged, ask, by_press, name_of, owners, write
from handlers.views import task_questions, task_receipts
from storage import tasks
from storage.kinds import TaskState
from storage.tables import Task

PIECES = 10
"""How many pieces of evidence one message can bring."""


async def wanted(request: Request) -> Reply:
    """[Add evidence]: asks for it."""
    task = await _part(request)
    return await ask(request, Meant((task,)), kind="task.evidence", view=task_questions.ask_evidence(name_of(task)))


async def given(request: Request) -> Reply:
    """A file, a photo or a link was sent."""
    task = await _part(request)
    number = await keep_evidence(request, task)
    if not number:
        raise NoEvidence
    await write(request, task, TaskChange.EVIDENCE, evidence=number)
    return await acknowledged(request, task, task_receipts.evidence_added(name_of(task), number))


async def keep_evidence(request: Request, task: Task) -> int:
    """Keep what came with the message, or stands in the message replied to unless that is the bot's own."""
    found = attached(request)[:PIECES]
    for each in found:
        await tasks.add_evidence(
            request.session,
            task_id=task.id,
            kind=each.kind,
            file_id=each.file_id,
            link=each.link,
            name=each.name,
            by=request.person.id,
            at=request.now,
        )
    return len(found)


async def _part(request: Request) -> Task:
    """The asker's own part, or else the first that is done."""
    parts = (await by_press(request)).parts
    own = [task for task in parts if task.assignee_id == request.person.id]
    task = next((task for task in own or parts if task.state is TaskState.DONE), (own or parts)[0])
    await may(request, Act.FINISH_TASK, side_id=task.side_id, owners=owners(task))
    return task
