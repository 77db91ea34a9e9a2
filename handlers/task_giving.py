"""Giving a task to somebody: by which right, whether he still has to accept it, and what he is told."""

from collections.abc import Callable
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from handlers import working
from handlers.permission import may
from handlers.refusals import OnlyReads
from handlers.reply import Effect, Private, View
from handlers.request import Request
from handlers.rules.rights import Act, Actor, Grant, assigning
from handlers.task_steps import name_of, reach
from handlers.views import task_notices as views
from handlers.views.task_notices import NoteFacts
from handlers.views.tasks import DueFacts
from storage import people
from storage.kinds import Acceptance, Role
from storage.people import Member
from storage.tables import Side, Task


async def acceptance_of(request: Request, taker: Member) -> Acceptance:
    """Whether the person has to accept what the asker gives him; raises NotYours, or OnlyReads for an observer."""
    member, person = taker
    if member.role is Role.OBSERVER:
        raise OnlyReads(shown=person.name)
    actor = Actor(request.person.id, side_id=request.mine().side_id)
    grant = await may(request, assigning(actor, person.id, member.side_id), side_id=member.side_id)
    return Acceptance.ACCEPTED if grant is Grant.FULL else Acceptance.ASKED


async def may_take_away(request: Request, task: Task) -> None:
    """Raises NotYours unless the asker may decide about a task as it stands.

    Taking a task from somebody ends it for him, so it needs the right to drop it.
    """
    target = reach(request, task)
    await may(request, Act.DROP_TASK, side_id=target.side_id, owners=target.owners)


async def told(request: Request, task: Task) -> tuple[Effect, ...]:
    """What the person hears to whom a part was given; nothing when he gave it to himself."""
    asked = task.acceptance is Acceptance.ASKED
    return await to_its_person(
        request, task, partial(views.yours, asked=asked), partial(views.yours_in_group, asked=asked)
    )


async def to_its_person(
    request: Request,
    task: Task,
    view: Callable[[NoteFacts, str], View],
    otherwise: Callable[[NoteFacts], View],
) -> tuple[Effect, ...]:
    """A note to the person responsible about what the asker did; nothing where that is himself, or nobody."""
    if task.assignee_id is None or task.assignee_id == request.person.id:
        return ()
    facts = await note_facts(request, task)
    private = view(facts, request.person.name)
    return (Private(task.assignee_id, private, group_id=task.group_id, otherwise=otherwise(facts)),)


async def note_facts(request: Request, task: Task) -> NoteFacts:
    """What a note about a part shows, and where its buttons lead."""
    return NoteFacts(
        name=name_of(task),
        text=task.text,
        group=request.here().name,
        due=DueFacts(task.due, task.due_at),
        cities=tuple(await working.cities(request.session, task.group_id)),
        args={"part": task.id, "group": task.group_id, "aside": 1},
    )


def as_given(task: Task) -> dict[str, Any]:
    """What the journal keeps of a task when it is given."""
    return {
        "number": task.number,
        "part": task.part,
        "text": task.text,
        "side": task.side_id,
        "assignee": task.assignee_id,
        "acceptance": task.acceptance,
        "area": task.area_id,
        "activity": task.activity_id,
        "due": task.due,
        "due_at": task.due_at,
    }


async def speaker(request: Request, task: Task) -> int | None:
    """Who decides for the side of a task today: its focal point; the alternate while he is away or there is none."""
    return await speaker_of(request, task.group_id, task.side_id)


async def speaker_of(request: Request, group_id: int, side_id: int) -> int | None:
    """Who decides for a side today, by its own calendar."""
    side = await request.session.get_one(Side, side_id)
    today = request.now.astimezone(ZoneInfo(side.zone)).date()
    for role in (Role.FOCAL_POINT, Role.ALTERNATE):
        found = await people.holder(request.session, group_id, side_id, role)
        if found is not None and not await people.is_away(request.session, found[1].id, today):
            return found[1].id
    return None
