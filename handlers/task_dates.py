"""By when: picked, typed, or asked for where another has to accept it."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers import due_notes, working
from handlers import task_pickers as pickers
from handlers.due_reading import DueReading, read_due, zone_of_asker
from handlers.permission import may
from handlers.refusals import NotNow, NotYours, StaleButton
from handlers.reply import Answer, Effect, Private, Reply, View, says
from handlers.request import Request
from handlers.rules.rights import Act, Grant
from handlers.rules.task_changes import TaskChange
from handlers.task_cards import asked_date, due_of
from handlers.task_giving import note_facts, speaker
from handlers.task_steps import (
    Meant,
    acknowledged,
    ask,
    by_press,
    is_live,
    meant_by,
    name_of,
    note,
    own_or_all,
    reach,
    today_of,
    write,
)
from handlers.views import task_notices, task_questions, task_receipts
from handlers.views.task_pickers import PickFacts
from handlers.views.tasks import Cities, DueFacts
from storage import journal
from storage.kinds import Subject
from storage.tables import JournalEntry, Side, Task


async def due(request: Request) -> Reply:
    """`/due T17 DATE`, [Change date], [When?] and a typed date: sets it, or shows dates to pick from."""
    meant = await _meant(request)
    if not meant.words:
        return says(pickers.placed(request, await pickers.days(request, _pick(request, meant), meant.parts[0])))
    side = await request.session.get_one(Side, meant.parts[0].side_id)
    read = await read_due(request, meant.words, side)
    return says(await due_notes.question(request, meant, read)) if read.asks else await _set(request, meant, read)


async def month(request: Request) -> Reply:
    """[Calendar] and its leaves: a month of days to press."""
    meant = await _meant(request)
    view = await pickers.month(request, _pick(request, meant), meant.parts[0], day_pressed(request))
    return says(pickers.placed(request, view))


async def still(_request: Request) -> Reply:
    """A sign in a calendar: weekdays, days that are past."""
    return says()


async def ask_due(request: Request) -> Reply:
    """[Another date]: asks for it."""
    meant = await _meant(request)
    return await ask(request, meant, kind="task.due", view=task_questions.ask_due(meant.name))


async def picked(request: Request) -> Reply:
    """One of the dates that were offered; raises StaleButton for one that is past by now."""
    meant = await _meant(request)
    zone, day = await zone_of_asker(request), day_pressed(request)
    if day is None or day < min(await today_of(request, meant.parts[0]), request.now.astimezone(zone).date()):
        raise StaleButton
    at = request.args.get("at")
    return await _set(
        request, meant, DueReading(DueFacts(day, datetime.fromisoformat(at).astimezone(zone) if at else None))
    )


def day_pressed(request: Request) -> date | None:
    """The date that the button carries, if it carries one."""
    written = request.args.get("date") or request.args.get("due")
    return date.fromisoformat(written) if written else None


def _pick(request: Request, meant: Meant) -> PickFacts:
    return pickers.here(request, meant) if request.heard.press else pickers.aside(meant)


async def accept_due(request: Request) -> Reply:
    """[Accept new date]: the focal point lets the date that was asked for hold."""
    task, entry = await _asked(request)
    wanted = due_of(entry)
    await _change(request, task, wanted)
    said = task_receipts.due_set(name_of(task), wanted, await _cities(request, task))
    return await acknowledged(request, task, said, *_tell(task, entry, said))


async def keep_due(request: Request) -> Reply:
    """[Keep old date]: the date stays as it was."""
    task, entry = await _asked(request)
    await note(request, task, TaskChange.DUE_KEPT, due=task.due, due_at=task.due_at)
    said = task_receipts.due_kept(name_of(task), DueFacts(task.due, task.due_at), await _cities(request, task))
    return await acknowledged(request, task, said, *_tell(task, entry, said))


async def _meant(request: Request) -> Meant:
    """The live parts whose date the asker may set or ask for."""
    meant = await meant_by(request, "due")
    parts = own_or_all(request, meant)
    for task in parts:
        await _grant(request, task)
        if not is_live(task):
            raise NotNow(name=name_of(task), state=task.state)
    return Meant(tuple(parts), meant.words)


async def _grant(request: Request, task: Task) -> Grant:
    target = reach(request, task)
    return await may(request, Act.CHANGE_DUE, side_id=target.side_id, owners=target.owners)


async def _set(request: Request, meant: Meant, read: DueReading) -> Reply:
    """Set the date where the asker may, ask for it where he may only propose; all parts of one answer alike."""
    effects = [effect for task in meant.parts for effect in await set_one(request, task, read.due)]
    first = meant.parts[0]
    cities = await _cities(request, first)
    holds = (first.due, first.due_at) == (read.due.day, read.due.at)
    receipt = task_receipts.due_set if holds else task_receipts.due_asked
    said = receipt(meant.name, read.due, cities)
    notes = await due_notes.gather(request, meant, read, sure=bool(request.args.get("sure")))
    apart: tuple[Effect, ...] = ()
    if not request.heard.press or (notes.any and request.args.get("aside")):
        said = task_receipts.noted(said, notes)
    elif notes.any:  # the card that was pressed stays a card
        apart = (Answer(task_receipts.about_date(meant.name, notes)),)
    return await acknowledged(request, first, said, *effects, *apart, aloud=True)


async def set_one(request: Request, task: Task, wanted: DueFacts) -> Sequence[Effect]:
    """Set the date of one part, or ask for it; what is to be said of that. Raises NotYours."""
    if (task.due, task.due_at) == (wanted.day, wanted.at):
        return ()
    grant = await _grant(request, task)
    judge = await speaker(request, task) if grant is Grant.PROPOSES and task.due is not None else None
    if judge is None or judge == request.person.id:
        await _change(request, task, wanted)
        return ()
    entry = await write(request, task, TaskChange.DUE_ASKED, _date(task), due=wanted.day, due_at=wanted.at)
    facts = await note_facts(request, task)
    return [
        Private(
            judge,
            task_notices.wants_date(facts, request.person.name, wanted, entry.id),
            group_id=task.group_id,
            otherwise=task_notices.wants_date_in_group(facts, wanted, entry.id),
        )
    ]


async def _change(request: Request, task: Task, wanted: DueFacts) -> None:
    """The new date begins the ladder anew."""
    before = _date(task)
    task.due, task.due_at = wanted.day, wanted.at
    task.given_on = await today_of(request, task)
    task.snoozed_until, task.snoozes = None, 0
    await note(request, task, TaskChange.DUE, before, **_date(task))


def _date(task: Task) -> dict[str, object]:
    return {"due": task.due, "due_at": task.due_at}


async def _asked(request: Request) -> tuple[Task, JournalEntry]:
    """The part and the request for another date that the button is about; raises StaleButton once it was answered."""
    task = (await by_press(request)).parts[0]
    grant = await may(request, Act.CHANGE_DUE, side_id=task.side_id)
    if grant is not Grant.FULL:
        raise NotYours
    entry = asked_date(await journal.of(request.session, Subject.TASK, task.id))
    if entry is None or entry.id != request.args["entry"] or not is_live(task):
        raise StaleButton
    return task, entry


def _tell(task: Task, entry: JournalEntry, said: View) -> tuple[Effect, ...]:
    """Whoever asked for the date hears what became of it."""
    if entry.actor_id is None:
        return ()
    return (Private(entry.actor_id, said, group_id=task.group_id),)


async def _cities(request: Request, task: Task) -> Cities:
    return tuple(await working.cities(request.session, task.group_id))
