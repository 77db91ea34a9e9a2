"""What the other side was waited for has come: its focal point says so, and the task goes on."""

from handlers.reply import Effect, Reply
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.rules.states import Move, move
from handlers.rules.task_changes import TaskChange
from handlers.task_giving import to_its_person
from handlers.task_signing import across
from handlers.task_steps import Meant, acknowledged, note
from handlers.views import task_notices, task_receipts
from storage.kinds import TaskState


async def hand_back(request: Request) -> Reply:
    """[Our part is done]: every part that waited is in progress again, and its person hears of it."""
    parts = await across(request, TaskState.WAITING, Act.HAND_BACK_TASK)
    told: list[Effect] = []
    speaks = request.mine().side_id is not None
    note_of = task_notices.was_handed_back if speaks else task_notices.was_handed_back_for
    for task in parts:
        before, task.state = task.state, move(task.state, Move.HAND_BACK)
        task.state_since, task.note, task.answered_on = request.now, "", None
        await note(request, task, TaskChange.HANDED_BACK, {"state": before})
        told += await to_its_person(request, task, note_of, task_notices.was_handed_back_in_group)
    said = task_receipts.handed_back(Meant(parts).name, speaks=speaks)
    return await acknowledged(request, parts[0], said, *told)
