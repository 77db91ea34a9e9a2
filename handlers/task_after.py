"""A task that comes after another: its person is not asked while the other one is late."""

from handlers.permission import may
from handlers.refusals import InACircle, NothingWritten
from handlers.reply import Reply, View
from handlers.request import Request
from handlers.rules.names import read_task_name, task_name
from handlers.rules.rights import Act
from handlers.rules.task_changes import TaskChange
from handlers.rules.task_order import would_circle
from handlers.task_steps import Meant, acknowledged, ask, meant_by, note, parts_named, reach
from handlers.views import task_after as views
from storage import task_steps
from storage.tables import Task

NOTHING = frozenset({"-", "off", "无", "ບໍ່ມີ"})
"""Words that take the order away."""


async def after(request: Request) -> Reply:
    """`/after T17 T12`, [After] and the name typed then; "off" takes the order away. Raises InACircle."""
    meant = await meant_by(request, "after")
    target = reach(request, meant.parts[0])
    await may(request, Act.ORDER_TASK, side_id=target.side_id, owners=target.owners)
    words = meant.words.strip()
    if not words:
        if not request.args:
            raise NothingWritten(command="after")
        return await ask(request, Meant((meant.parts[0],)), kind="task.after", view=views.ask_after(meant.name))
    other = None if words.casefold() in NOTHING else await _named(request, words)
    return await _set(request, meant, other)


async def _named(request: Request, words: str) -> Task:
    named = read_task_name(words.split()[0])
    if named is None:
        raise NothingWritten(command="after")
    return (await parts_named(request, named[0], 0))[0]


async def _set(request: Request, meant: Meant, other: Task | None) -> Reply:
    parts = await parts_named(request, meant.parts[0].number, 0)
    name = task_name(parts[0].number)
    if other is not None:
        order = await task_steps.order(request.session, parts[0].group_id)
        if would_circle(order, parts[0].id, other.id):
            raise InACircle(name=name, other=task_name(other.number))
    before, after_id = parts[0].after_id, other.id if other is not None else None
    for task in parts if before != after_id else ():
        task.after_id = after_id
        called = task_name(other.number) if other is not None else ""
        await note(request, task, TaskChange.AFTER, {"after": before}, after=after_id, note=called)
    return await acknowledged(request, parts[0], _said(name, other))


def _said(name: str, other: Task | None) -> View:
    return views.comes_after(name, task_name(other.number)) if other is not None else views.alone(name)
