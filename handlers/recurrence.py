"""Tasks that repeat: the rule is shown, chosen, written and ended."""

from handlers import working
from handlers.permission import may
from handlers.refusals import NothingWritten, RepeatUnread
from handlers.reply import Edit, Reply, View, says
from handlers.request import Request
from handlers.rules.names import task_name
from handlers.rules.recurrence import LAST, Every, Repeat, Where, due_on, next_after
from handlers.rules.recurrence_words import OFF, read_repeat
from handlers.rules.rights import Act
from handlers.rules.task_changes import TaskChange
from handlers.task_cards import card_of
from handlers.task_pickers import placed
from handlers.task_steps import (
    Meant,
    acknowledged,
    ask,
    by_press,
    meant_by,
    note,
    parts_named,
    place_in_list,
    reach,
    today_of,
)
from handlers.views import recurrence as views
from storage import recurrences
from storage.tables import Recurrence


async def repeat(request: Request) -> Reply:
    """`/repeat T17 RULE`, [Repeat] and a typed rule; "off" ends it. Without words it shows rules to choose from."""
    meant = await _shapeable(request, await meant_by(request, "repeat"))
    words = meant.words.strip()
    if not words:
        return says(placed(request, await _choices(request, meant)))
    if words.casefold() in OFF:
        return await _set(request, meant, None)
    rule = read_repeat(words, meant.parts[0].due)
    if rule is None:
        raise RepeatUnread(text=words)
    return await _set(request, meant, rule)


async def chosen(request: Request) -> Reply:
    """A rule was pressed, or "no longer"."""
    meant = await _shapeable(request, await by_press(request))
    reply = await _set(request, meant, Repeat.parse(request.args["rule"]) if request.args["rule"] else None)
    # A rule that was in force already changes no card, and the picker in its place would stay.
    return reply.and_then(Edit(await card_of(request.session, meant.parts[0], back=place_in_list(request))))


async def ask_rule(request: Request) -> Reply:
    """[Write it yourself]: asks for the rule."""
    meant = await _shapeable(request, await by_press(request))
    return await ask(request, Meant((meant.parts[0],)), kind="task.repeat", view=views.ask_rule(_name(meant)))


async def _shapeable(request: Request, meant: Meant) -> Meant:
    """All parts of the task, with the words that are left; raises NotYours."""
    if not meant.parts:
        raise NothingWritten(command="repeat")
    target = reach(request, meant.parts[0])
    await may(request, Act.ORDER_TASK, side_id=target.side_id, owners=target.owners)
    return Meant(await parts_named(request, meant.parts[0].number, 0), meant.words)


async def _choices(request: Request, meant: Meant) -> View:
    first = meant.parts[0]
    day = first.due or await today_of(request, first)
    rules = (
        Repeat(Every.WEEK, day.weekday()),
        Repeat(Every.TWO_WEEKS, day.weekday()),
        Repeat(Every.MONTH, day.day),
        Repeat(Every.MONTH, where=Where.FIRST_WORKING),
        Repeat(Every.MONTH, where=Where.LAST_WORKING),
        Repeat(Every.QUARTER, where=Where.FIRST_WORKING),
        Repeat(Every.QUARTER, LAST),
        Repeat(Every.YEAR, day.day, month=day.month),
    )
    args = {"id": first.id, "group": first.group_id, **(place_in_list(request) or {})}
    known = await recurrences.get(request.session, first.recurrence_id)
    return views.choose(_name(meant), rules, args, repeats=known is not None)


def _name(meant: Meant) -> str:
    return task_name(meant.parts[0].number)


async def _set(request: Request, meant: Meant, rule: Repeat | None) -> Reply:
    first = meant.parts[0]
    before = await recurrences.get(request.session, first.recurrence_id)
    if before is not None:
        before.ended_at = request.now
        request.session.add(before)
    row = None if rule is None else await _written(request, rule)
    if row is not None or before is not None:
        await _carry(request, meant, row, rule)
    said = views.ended(_name(meant)) if rule is None else views.repeats(_name(meant), rule)
    return await acknowledged(request, first, said)


async def _written(request: Request, rule: Repeat) -> Recurrence:
    return await recurrences.add(
        request.session,
        group_id=request.here().id,
        rule=rule.format(),
        by=request.person.id,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
    )


async def _carry(request: Request, meant: Meant, row: Recurrence | None, rule: Repeat | None) -> None:
    """Let every part follow the rule; one without a date gets the next one."""
    for task in meant.parts:
        if row is not None and rule is not None:
            own, today = await working.of_task(request.session, task), await today_of(request, task)
            day = task.due or next_after(rule, today, today, own)
            task.recurrence_id, task.occurrence = row.id, day
            task.due = task.due or due_on(day, own)
        else:
            task.recurrence_id, task.occurrence = None, None
        await note(request, task, TaskChange.REPEATS, note=row.rule if row is not None else "")
