"""Whose task it is, and in which area: by command or by picker."""

from handlers import members
from handlers import task_pickers as pickers
from handlers.permission import can, may
from handlers.refusals import NotNow, NotYours, OneAtATime, StaleButton
from handlers.reply import Edit, Reply, View, says
from handlers.request import Request
from handlers.rules.rights import Act, Grant
from handlers.rules.task_changes import TaskChange
from handlers.rules.task_words import Signs, read_task
from handlers.task_cards import card_of
from handlers.task_giving import acceptance_of, may_take_away, told
from handlers.task_steps import (
    Meant,
    acknowledged,
    by_press,
    by_words,
    is_live,
    name_of,
    note,
    one_part,
    place_in_list,
    reach,
    today_of,
)
from handlers.views import task_receipts
from storage import people
from storage.kinds import Acceptance
from storage.people import Member
from storage.tables import Area, Side, Task


async def assign(request: Request) -> Reply:
    """`/assign T17 @who`; without a known member it shows the members to choose from."""
    await may(request, Act.CREATE_OWN_TASK)
    meant = await by_words(request, "assign")
    task = await _part(request, meant)
    signs = Signs(request.mentions)
    named = read_task(signs.put(meant.words), signs, ())
    who = named.who or named.perhaps
    if len(who) > 1:
        raise OneAtATime(name=name_of(task))
    taker = await members.who(request.session, task.group_id, who[0]) if who else None
    if taker is not None:
        return await _give(request, task, taker)
    pick = pickers.aside(Meant((task,)))
    shown = who[0].shown if who else ""
    return says(pickers.placed(request, await pickers.people(request, pick, task, shown=shown)))


async def who(request: Request) -> Reply:
    """[Who?]: the members, in the place of the card."""
    await may(request, Act.CREATE_OWN_TASK)
    task = await _part(request, await by_press(request))
    pick = pickers.here(request, Meant((task,)))
    view = await pickers.people(request, pick, task, sheet=request.args.get("sheet", 1))
    return says(pickers.placed(request, view))


async def give(request: Request) -> Reply:
    """A member was chosen."""
    task = await _part(request, await by_press(request))
    member = await people.active(request.session, request.args["person"], task.group_id)
    if member is None:
        raise StaleButton
    return await _give(request, task, (member, await people.get(request.session, member.person_id)))


async def side(request: Request) -> Reply:
    """The side was chosen for a task that is nobody's yet."""
    meant = await by_press(request)
    chosen = await request.session.get(Side, request.args["side"])
    if chosen is None or chosen.group_id != request.here().id or any(task.assignee_id for task in meant.parts):
        raise StaleButton
    if await may(request, Act.ASSIGN_OWN_SIDE, side_id=chosen.id) is not Grant.FULL:
        raise NotYours
    for task in meant.parts:
        await may_take_away(request, task)
        before, task.side_id = task.side_id, chosen.id
        task.given_on = await today_of(request, task)
        await note(request, task, TaskChange.MOVED, {"side": before}, side=chosen.id)
    return await acknowledged(request, meant.parts[0], task_receipts.on_side(meant.name, chosen.name))


async def area(request: Request) -> Reply:
    """[Area]: the areas of the group, in the place of the card."""
    meant = await _whole(request)
    return says(pickers.placed(request, await pickers.areas(request, pickers.here(request, meant))))


async def set_area(request: Request) -> Reply:
    """An area was chosen, or none (0): it is that of every part."""
    meant = await _whole(request)
    chosen = await request.session.get(Area, request.args["area"])
    if request.args["area"] and (chosen is None or chosen.group_id != request.here().id):
        raise StaleButton
    area_id = chosen.id if chosen is not None else None
    if meant.parts[0].area_id == area_id:
        return says(Edit(await card_of(request.session, meant.parts[0], back=place_in_list(request))))
    for task in meant.parts:
        before, task.area_id = task.area_id, area_id
        await note(request, task, TaskChange.AREA, {"area": before}, area=area_id)
    said = task_receipts.in_area(meant.name, chosen.name if chosen is not None else "")
    return await acknowledged(request, meant.parts[0], said)


async def _part(request: Request, meant: Meant) -> Task:
    """The part to be given: the only one, the asker's own, or the one that is nobody's; it has to be live."""
    task = one_part(request, meant, "assign", lambda each: is_live(each) and each.assignee_id is None)
    if not is_live(task):
        raise NotNow(name=name_of(task), state=task.state)
    return task


async def _give(request: Request, task: Task, taker: Member) -> Reply:
    member, person = taker
    if task.assignee_id == person.id:
        return says(*(await acknowledged(request, task, _given(task, person.name))).effects)
    acceptance = await acceptance_of(request, taker)
    if task.assignee_id is not None or member.side_id not in (None, task.side_id):
        await may_take_away(request, task)
    before = {"assignee": task.assignee_id, "side": task.side_id}
    task.assignee_id, task.acceptance = person.id, acceptance
    task.side_id = member.side_id or task.side_id
    task.given_on, task.answered_on = await today_of(request, task), None
    task.snoozed_until, task.snoozes = None, 0
    after = {"assignee": person.id, "side": task.side_id, "acceptance": acceptance}
    await note(request, task, TaskChange.ASSIGNED, before, **after)
    return await acknowledged(request, task, _given(task, person.name), *await told(request, task))


def _given(task: Task, name: str) -> View:
    return task_receipts.given_to(name_of(task), name, asked=task.acceptance is Acceptance.ASKED)


async def _whole(request: Request) -> Meant:
    """All parts, where the asker may shape one of them; raises NotYours."""
    meant = await by_press(request)
    for task in meant.parts:
        target = reach(request, task)
        if await can(request, Act.SET_AREA, side_id=target.side_id, owners=target.owners):
            return meant
    raise NotYours
