"""A task in other words: said by command, or offered to whoever changed the message that gave it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from handlers import due_notes, edits, working
from handlers.due_reading import DueReading
from handlers.permission import can, may
from handlers.refusals import NothingWritten, NotNow, NotYours, Refusal, StaleButton
from handlers.reply import Edit, Effect, Reply, View, says
from handlers.request import Request
from handlers.rules import text
from handlers.rules.rights import Act
from handlers.rules.task_changes import TaskChange
from handlers.task_cards import due_of, read_due
from handlers.task_dates import set_one
from handlers.task_giving import to_its_person
from handlers.task_orders import TEXT_LIMIT, Order, understand
from handlers.task_steps import (
    Meant,
    acknowledged,
    by_press,
    by_words,
    is_live,
    name_of,
    note,
    owners,
    reach,
    today_of,
)
from handlers.views import task_notices, task_receipts, task_wordings
from handlers.views.task_wordings import ByHand, ChangeFacts
from handlers.views.tasks import NO_DATE, DueFacts
from handlers.words import kept
from storage import tasks
from storage.kinds import Subject
from storage.tables import JournalEntry, Task


async def reword(request: Request) -> Reply:
    """`/reword T17 TEXT`: the task in other words, the same for all its persons."""
    meant = await _whole(request, await by_words(request, "reword"))
    words = kept(meant.words, TEXT_LIMIT, NothingWritten(command="reword"))
    told = await _reword(request, meant.parts, words)
    said = task_receipts.reworded(meant.name, words)
    return await acknowledged(request, meant.parts[0], said, *told)


async def taken(request: Request) -> Reply:
    """[Change T17] below a changed message: the task says what the message says by now, and is due by its date.

    Raises StaleButton where that date is past by now.
    """
    meant = await _whole(request, await by_press(request))
    words, first = request.args["words"], meant.parts[0]
    wanted = read_due(request.args.get("date"), request.args.get("at"))
    said = task_receipts.reworded(meant.name, words) if words != first.text else None
    if wanted.day is None:
        told = await _reword(request, meant.parts, words)
        return await acknowledged(request, first, said or task_receipts.stays(meant.name), *told)
    if wanted.day < await today_of(request, first):
        raise StaleButton
    read = DueReading(wanted)
    # The date first: whoever is told of the words reads it with them.
    asked = [effect for task in meant.parts for effect in await set_one(request, task, read.due)]
    told = await _reword(request, meant.parts, words)
    return await acknowledged(request, first, await _with_date(request, meant, read, said), *told, *asked)


async def left(request: Request) -> Reply:
    """[Keep as it is]: the changed message changes nothing."""
    await may(request, Act.SEE)
    meant = await by_press(request)
    return says(Edit(task_receipts.stays(meant.name)))


async def edited(request: Request) -> Reply:
    """The message that gave a task was changed: nothing runs again, but its author is asked whether the task changes.

    Nothing is said where the task is the same: Telegram tells of changes that nobody sees, too.
    """
    entries = await edits.made_by(request, Subject.TASK, TaskChange.GIVEN)
    if not entries:
        return edits.no_record(request)
    parts = await tasks.parts_of(request.session, await request.session.get_one(Task, entries[0].subject_id))
    # As it was read when it was written: "tomorrow" stays the day it was.
    order = await understand(replace(request, now=request.heard.at))
    facts = await _difference(request, Meant(tuple(parts)), entries, order)
    return says() if facts is None else says(edits.aside(request, task_wordings.changed(facts)))


async def _difference(
    request: Request, meant: Meant, entries: Sequence[JournalEntry], order: Order
) -> ChangeFacts | None:
    first, given = meant.parts[0], entries[0]
    words = "" if order.text in (first.text, given.after["text"]) else order.text
    due = await _other_date(request, meant, given, order)
    by_hand = _by_hand(meant, entries, order, due)
    if not (words or due.day or any(by_hand)):
        return None
    refused = await _refused(request, meant, due) if words or due.day else None
    args = {**meant.args, "id": first.id, "words": words or first.text, "aside": 1, **_as_args(due)}
    cities = tuple(await working.cities(request.session, first.group_id))
    was = DueFacts(first.due, first.due_at)
    return ChangeFacts(meant.name, first.text, was, words, due, by_hand, cities, args, refused)


def _by_hand(meant: Meant, entries: Sequence[JournalEntry], order: Order, due: DueFacts) -> ByHand:
    """What the message says otherwise than the task, and what no button below it changes."""
    first, given = meant.parts[0], entries[0]
    were = {entry.after.get("assignee") for entry in entries} - {None}
    return ByHand(
        people={person.id for _, person in order.takers} != were,
        date=due.day is None and _is_dated_otherwise(first, given, order),
        area=order.area_id not in (given.after.get("area"), first.area_id),
    )


def _is_dated_otherwise(first: Task, given: JournalEntry, order: Order) -> bool:
    """Also where the date was taken out, cannot be read, is past or may mean several days."""
    if order.due is None:
        return order.unread is not None or due_of(given).day is not None
    return order.due.due not in (due_of(given), DueFacts(first.due, first.due_at))


async def _other_date(request: Request, meant: Meant, given: JournalEntry, order: Order) -> DueFacts:
    """The date of the changed message, if it is a new one without doubt and not past."""
    first = meant.parts[0]
    if order.due is None or order.due.asks or not _is_dated_otherwise(first, given, order):
        return NO_DATE
    day = order.due.due.day
    return order.due.due if day is not None and day >= await today_of(request, first) else NO_DATE


async def _refused(request: Request, meant: Meant, due: DueFacts) -> Refusal | None:
    """Why the asker cannot make this change to every part; None where he can."""
    closed = next((task for task in meant.parts if not is_live(task)), None)
    if closed is not None:
        return NotNow(name=name_of(closed), state=closed.state)
    return None if await _may_all(request, meant, due) else NotYours()


async def _may_all(request: Request, meant: Meant, due: DueFacts) -> bool:
    """Whether the asker may make this change to every part."""
    for task in meant.parts:
        target = reach(request, task)
        if due.day is not None and not await can(request, Act.CHANGE_DUE, side_id=target.side_id, owners=target.owners):
            return False
        if not await can(request, Act.REWORD_TASK, side_id=task.side_id, owners=_of(task)):
            return False
    return True


async def _whole(request: Request, meant: Meant) -> Meant:
    """All parts of the task; raises NotYours, or NotNow where one of them is closed."""
    parts = tuple(await tasks.parts_of(request.session, meant.parts[0]))
    for task in parts:
        await may(request, Act.REWORD_TASK, side_id=task.side_id, owners=_of(task))
        if not is_live(task):
            raise NotNow(name=name_of(task), state=task.state)
    return Meant(parts, meant.words)


def _of(task: Task) -> set[int]:
    """Whose words they are: of who wrote them, and of who has to do it."""
    return {task.created_by, *owners(task)}


async def _reword(request: Request, parts: Sequence[Task], words: str) -> list[Effect]:
    """The new words in every part; what is to be told to whom it is given."""
    before, told = parts[0].text, list[Effect]()
    if words == before:
        return told
    for task in parts:
        task.text, task.search_text = words, text.searchable(words)
        await note(request, task, TaskChange.TEXT, {"text": before}, text=words)
        told += await to_its_person(request, task, task_notices.reworded, task_notices.reworded_in_group)
    return told


async def _with_date(request: Request, meant: Meant, read: DueReading, said: View | None) -> View:
    """The receipt of what became of the date, behind that of the words, if they changed."""
    first, cities = meant.parts[0], tuple(await working.cities(request.session, meant.parts[0].group_id))
    holds = (first.due, first.due_at) == (read.due.day, read.due.at)
    receipt = task_receipts.due_set if holds else task_receipts.due_asked
    dated = receipt(meant.name, read.due, cities)
    both = dated if said is None else task_receipts.both(said, dated)
    return task_receipts.noted(both, await due_notes.gather(request, meant, read))


def _as_args(due: DueFacts) -> dict[str, str]:
    written: dict[str, date | datetime | None] = {"date": due.day, "at": due.at}
    return {name: value.isoformat() for name, value in written.items() if value is not None}
