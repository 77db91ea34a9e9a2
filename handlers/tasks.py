"""Giving tasks, and showing one."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from handlers import due_notes
from handlers import task_pickers as pickers
from handlers.due_reading import DueReading
from handlers.meeting_records import now_on
from handlers.permission import may
from handlers.reply import Answer, Edit, Effect, PostCard, Reply, ShowCard, says
from handlers.request import Request
from handlers.rules import text
from handlers.rules.rights import Act
from handlers.rules.task_changes import TaskChange
from handlers.task_cards import card_of, facts
from handlers.task_giving import acceptance_of, as_given, told
from handlers.task_orders import Order, understand
from handlers.task_steps import Meant, by_press, parts_named, place_in_list, write
from handlers.views import task_pickers, task_receipts
from handlers.views import tasks as views
from handlers.views.tasks import DueFacts
from storage import groups, tasks
from storage.kinds import Subject
from storage.people import Member
from storage.tables import Side, Task
from storage.tasks import Share, TaskDraft

__all__ = ["card", "card_of", "create", "facts", "show", "shown"]


async def create(request: Request) -> Reply:
    """Write a task down: from the words of the command, or from the message replied to; one part for each person."""
    member = request.mine()
    await may(request, Act.CREATE_OWN_TASK)
    order = await understand(request)
    side = await _side(request, member.side_id)
    shares = [await _share(request, taker, side) for taker in order.takers]
    nobodys = Share(side.id, given_on=_today(request, side))
    parts = await _add(request, order, [*shares, *(nobodys for _ in order.strangers)] or [nobodys])
    notes = [effect for task in parts for effect in await told(request, task)]
    shown = ShowCard(Subject.TASK, parts[0].id, views.card(await facts(request.session, parts, new=True)), new=True)
    return says(shown, *_for_the_group(request, shown), *notes, *await _questions(request, order, parts))


def _for_the_group(request: Request, shown: ShowCard) -> tuple[Effect, ...]:
    """What was given in private, the group sees too."""
    if not request.heard.private:
        return ()
    return (PostCard(shown.subject, shown.subject_id, shown.view, request.here().id),)


async def show(request: Request) -> Reply:
    """The living card of the task named, below the request."""
    request.here()
    await may(request, Act.SEE)
    return says(await _card(request, (await parts_named(request, request.args["number"], 0))[0]))


async def shown(request: Request) -> Reply:
    """The card in place of the list it was chosen from; a living card where it was opened from somewhere else."""
    request.here()
    await may(request, Act.SEE)
    task, back = (await by_press(request)).parts[0], place_in_list(request)
    if request.heard.press is not None and back is not None:
        return says(Edit(await card_of(request.session, task, back=back)))
    return says(await _card(request, (await parts_named(request, task.number, 0))[0]))


async def card(request: Request) -> Reply:
    """Back from a picker or the history to the card."""
    request.here()
    await may(request, Act.SEE)
    task = (await by_press(request)).parts[0]
    return says(Edit(await card_of(request.session, task, back=place_in_list(request))))


async def more(request: Request) -> Reply:
    """[More]: what is wanted less often, in the place of the card."""
    await may(request, Act.SEE)
    return says(Edit(task_pickers.more(pickers.here(request, await by_press(request)))))


async def _card(request: Request, first: Task) -> ShowCard:
    return ShowCard(Subject.TASK, first.id, await card_of(request.session, first))


async def _side(request: Request, side_id: int | None) -> Side:
    """The asker's side; the first one for somebody of the supporting organisation."""
    if side_id is not None:
        return await request.session.get_one(Side, side_id)
    return (await groups.sides(request.session, request.here().id))[0]


def _today(request: Request, side: Side) -> date:
    return request.now.astimezone(ZoneInfo(side.zone)).date()


async def _share(request: Request, taker: Member, default: Side) -> Share:
    member, person = taker
    acceptance = await acceptance_of(request, taker)
    side = default if member.side_id is None else await _side(request, member.side_id)
    return Share(side.id, person.id, _today(request, side), acceptance)


async def _add(request: Request, order: Order, shares: Sequence[Share]) -> list[Task]:
    due = order.due.due if order.due and not order.due.asks else DueFacts()
    draft = TaskDraft(
        text=order.text,
        language=request.person.language or request.heard.sender.language or "en",
        search_text=text.searchable(order.text),
        created_by=request.person.id,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
        area_id=order.area_id,
        activity_id=order.activity_id,
        due=due.day,
        due_at=due.at,
        **vars(await now_on(request)),
    )
    parts = await tasks.add(request.session, group=request.here(), draft=draft, shares=shares)
    for task in parts:
        await write(request, task, TaskChange.GIVEN, **as_given(task))
    return parts


async def _questions(request: Request, order: Order, parts: Sequence[Task]) -> list[Effect]:
    """What is still to be asked, each in a message of its own: nothing that was written is lost meanwhile."""
    whole, asked = Meant(tuple(parts)), list[Effect]()
    for handle, task in zip(order.strangers, parts[len(order.takers) :], strict=False):
        pick = pickers.aside(Meant((task,)))
        asked.append(Answer(await pickers.people(request, pick, task, shown=handle)))
    if not order.takers and not order.strangers and request.mine().side_id is None:
        asked.append(Answer(await pickers.sides(request, pickers.aside(whole))))
    if order.unread is not None:
        asked.append(Answer(await pickers.days(request, pickers.aside(whole), parts[0], order.unread)))
    if order.due is not None:
        asked += await _about_date(request, whole, order.due)
    return asked


async def _about_date(request: Request, whole: Meant, read: DueReading) -> list[Effect]:
    if read.asks:
        return [await due_notes.question(request, whole, read)]
    notes = await due_notes.gather(request, whole, read)
    return [Answer(task_receipts.about_date(whole.name, notes))] if notes.any else []
