"""The buttons of a person's bundle: how a task stands, or when to be reminded again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from handlers import bundles, decisions, journalling, support, task_handing, task_moves, task_pickers, tasks, working
from handlers.permission import may
from handlers.refusals import NotNow, StaleButton
from handlers.reply import Edit, Reply, Toast, says
from handlers.request import Request
from handlers.rules.month_grid import month as month_of
from handlers.rules.names import read_decision_name, read_support_name
from handlers.rules.rights import Act
from handlers.task_dates import day_pressed
from handlers.task_steps import is_live, name_of
from handlers.views import nudges as views
from handlers.views.nudges import Line
from storage import nudges
from storage.kinds import Subject
from storage.tables import Bundle, Task

PUT_OFF = "nudge put off"
"""The change in the journal. It stands in no history that a group reads: a reminder is its reader's own business."""
DAYS = frozenset({1, 3, 5})
TIMES = 3
ONE_DAY = timedelta(days=1)
TWO_WEEKS = 14 * ONE_DAY

Move = Callable[[Request], Awaitable[Reply]]


@dataclass(frozen=True)
class _Asked:
    """The bundle that was pressed, and the task the button is about."""

    bundle: Bundle
    task: Task


async def done(request: Request) -> Reply:
    """[Done]."""
    return await _moved(request, task_moves.done)


async def progress(request: Request) -> Reply:
    """[In progress]."""
    return await _moved(request, task_moves.progress)


async def waiting(request: Request) -> Reply:
    """[With the other side]."""
    return await _moved(request, task_moves.waiting)


async def hand_back(request: Request) -> Reply:
    """[T17: our part is done], by who speaks for the side that was waited for."""
    return await _moved(request, task_handing.hand_back)


async def blocked(request: Request) -> Reply:
    """[Blocked] asks for the reason; the answer comes back as that of the task's own button."""
    asked = await _asked(request)
    return await task_moves.blocked(_about(request, asked.task))


async def more(request: Request) -> Reply:
    """[More]: one task of several, with all its answers."""
    asked = await _asked(request)
    return says(Edit(partial(views.single, await _line(request, asked), asked.bundle.id)))


async def later(request: Request) -> Reply:
    """[Later]: when to be reminded again."""
    asked = await _asked(request)
    if await _may_not_put_off(request, asked.task):
        return says(Toast(views.told_enough, alert=True))
    return says(Edit(partial(views.later, await _line(request, asked), asked.bundle.id)))


async def snooze(request: Request) -> Reply:
    """One of the days behind [Later]; three times at most for one date."""
    asked, days = await _asked(request), request.args["days"]
    if days not in DAYS:
        raise StaleButton
    if await _may_not_put_off(request, asked.task):
        return says(Toast(views.told_enough, alert=True), await _whole(request, asked.bundle))
    until = await _ahead(request, days)
    await _put_off(request, asked.task, until)
    return says(Toast(partial(views.snoozed, name_of(asked.task), until)), await _whole(request, asked.bundle))


async def month(request: Request) -> Reply:
    """[Calendar]: a month of days from tomorrow on, as far as the task may be put off."""
    asked = await _asked(request)
    if await _may_not_put_off(request, asked.task):
        return says(Toast(views.told_enough, alert=True))
    first, last = await _limits(request, asked.task)
    sides = await task_pickers.sides_at_work(request, asked.task.group_id)
    grid = month_of(day_pressed(request) or first, first - ONE_DAY, sides, first_day=first, last_day=last)
    return says(Edit(partial(views.later_month, await _line(request, asked), asked.bundle.id, grid)))


async def snooze_till(request: Request) -> Reply:
    """A day of that month; three times at most for one date."""
    asked, until = await _asked(request), day_pressed(request)
    if await _may_not_put_off(request, asked.task):
        return says(Toast(views.told_enough, alert=True), await _whole(request, asked.bundle))
    first, last = await _limits(request, asked.task)
    if until is None or not first <= until <= last:
        raise StaleButton
    await _put_off(request, asked.task, until)
    return says(Toast(partial(views.snoozed, name_of(asked.task), until)), await _whole(request, asked.bundle))


async def back(request: Request) -> Reply:
    """[Back] to the whole message."""
    return says(await _whole(request, await _bundle(request)))


async def task(request: Request) -> Reply:
    """[Open T17]: its card, for somebody who cannot answer for it."""
    asked = await _asked(request)
    return await tasks.show(replace(request, args={"number": asked.task.number}))


async def decision(request: Request) -> Reply:
    """[Open D3]: its card with its own buttons."""
    request.mine()
    return await decisions.show(replace(request, args={"number": read_decision_name(request.args["name"])}))


async def support_request(request: Request) -> Reply:
    """[Open S5]: its card with its own buttons."""
    request.mine()
    return await support.show(replace(request, args={"number": read_support_name(request.args["name"])}))


async def _bundle(request: Request) -> Bundle:
    """The bundle of the one who pressed; raises NotAMember outside the group, StaleButton for anybody else's."""
    request.mine()
    found = await nudges.get(request.session, request.args["bundle"])
    if found is None or found.person_id != request.person.id:
        raise StaleButton
    return found


async def _asked(request: Request) -> _Asked:
    bundle = await _bundle(request)
    found = await request.session.get(Task, request.args["task"])
    if found is None or found.group_id != request.here().id:
        raise StaleButton
    return _Asked(bundle, found)


def _about(request: Request, task: Task) -> Request:
    """The same press as if it were on the card of the task."""
    return replace(request, args={"part": task.id, "group": task.group_id})


async def _moved(request: Request, move: Move) -> Reply:
    asked = await _asked(request)
    reply = await move(_about(request, asked.task))
    return reply.and_then(await _whole(request, asked.bundle))


async def _whole(request: Request, bundle: Bundle) -> Edit:
    await request.session.flush()
    return Edit(await bundles.page_of(request.session, bundle, request.now))


async def _line(request: Request, asked: _Asked) -> Line:
    lines = await bundles.lines_of(request.session, asked.bundle, request.now)
    found = lines[Subject.TASK].get(asked.task.id)
    if found is None:
        raise StaleButton
    return found


async def _may_not_put_off(request: Request, task: Task) -> bool:
    """Whether it was put off often enough; raises NotYours for another's task, NotNow for a closed one."""
    await may(request, Act.SNOOZE_NUDGE, owners={task.assignee_id or request.person.id})
    if not is_live(task):
        raise NotNow(name=name_of(task), state=task.state)
    return task.snoozes >= TIMES


async def _ahead(request: Request, days: int) -> date:
    """So many working days ahead, as the person himself works."""
    own = await working.of_member(request.session, request.mine(), request.now.date())
    today = own.local_date(request.now)
    return own.add_working_days(today, days) or today + timedelta(days=days)


async def _limits(request: Request, task: Task) -> tuple[date, date]:
    """The days till which a task may be put off: tomorrow up to its due date, two weeks in any case."""
    own = await working.of_member(request.session, request.mine(), request.now.date())
    today = own.local_date(request.now)
    return today + ONE_DAY, max(today + TWO_WEEKS, task.due or today)


async def _put_off(request: Request, task: Task, until: date) -> None:
    before = {"until": task.snoozed_until}
    task.snoozed_until, task.snoozes = until, task.snoozes + 1
    task.version, task.look_at = task.version + 1, request.now
    request.session.add(task)
    after = {"until": until, "times": task.snoozes}
    await journalling.write(request, Subject.TASK, task.id, PUT_OFF, before=before, after=after)
