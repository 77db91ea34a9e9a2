"""What the steps on a task share: finding it and the part meant, writing a change down, acknowledging it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from handlers import asking, journalling
from handlers.activity_cards import card_of as activity_card
from handlers.permission import stands_in
from handlers.refusals import NoSuchRecord, NothingWritten, ReasonNeeded, StaleButton, WhichPart
from handlers.reply import Answer, Edit, Effect, React, RefreshCard, Reply, Toast, View, says
from handlers.request import Request
from handlers.rules import text
from handlers.rules.names import read_task_name, task_name
from handlers.rules.states import CLOSED_TASKS
from handlers.rules.task_changes import TaskChange
from handlers.task_cards import card_of, facts
from handlers.views import tasks as views
from handlers.words import kept
from storage import activities, tasks
from storage.kinds import Acceptance, Role, Subject
from storage.tables import JournalEntry, Side, Task

PLACE = ("which", "of", "page")
NAMED = 20
NOTE_LIMIT = 1000
"""UTF-16 units of a note or a reason."""
WRITTEN = "✍"
"""The reaction to a report: taken down, which is no applause for a blocked task."""


@dataclass(frozen=True)
class Meant:
    """What a command or press is about: the parts in question, and the words that are left."""

    parts: tuple[Task, ...]
    words: str = ""

    @property
    def args(self) -> dict[str, Any]:
        """What leads back here by a button or a typed answer."""
        first = self.parts[0]
        key = "part" if len(self.parts) == 1 else "id"
        return {key: first.id, "group": first.group_id}

    @property
    def name(self) -> str:
        """How people call it: T17, or T17a where one part of several is meant."""
        return name_of(self.parts[0]) if len(self.parts) == 1 else task_name(self.parts[0].number)


def note_kept(words: str, command: str) -> str:
    """A note or reason as it is kept, or "" where none was written; raises TooLong."""
    return "" if text.visibly_empty(words) else kept(words, NOTE_LIMIT, ReasonNeeded(command=command))


def name_of(task: Task) -> str:
    """The name of one part."""
    return task_name(task.number, task.part)


async def meant_by(request: Request, command: str) -> Meant:
    """What a command, a button or a typed answer is about, with the words that are left."""
    return await (by_press(request) if request.args else by_words(request, command))


async def by_words(request: Request, command: str) -> Meant:
    """The task whose name the words begin with, or whose card they reply to; raises NothingWritten, NoSuchRecord."""
    first, *rest = request.words.split(maxsplit=1) or [""]
    named = read_task_name(first)
    if named is not None:
        return Meant(await parts_named(request, *named), "".join(rest))
    quoted = request.heard.reply_to
    found = await tasks.of_card(request.session, request.heard.chat_id, quoted.message_id) if quoted else None
    if found is not None:
        return Meant(await parts_named(request, found.number, 0), request.words)
    if not first:
        raise NothingWritten(command=command)
    raise NoSuchRecord(name=text.clip(first, NAMED))


async def parts_named(request: Request, number: int, part: int) -> tuple[Task, ...]:
    """The part of that number, or all of them for 0; raises NoSuchRecord."""
    found = await tasks.by_number(request.session, request.here().id, number)
    parts = tuple(task for task in found if part in (0, task.part))
    if not parts:
        raise NoSuchRecord(name=task_name(number, part))
    return parts


async def by_press(request: Request) -> Meant:
    """What a button or a typed answer is about: `part` names one row, `id` any row of all parts.

    Raises StaleButton outside its group.
    """
    found = await tasks.get(request.session, request.args.get("part") or request.args["id"])
    if found is None or found.group_id != request.here().id:
        raise StaleButton
    if "part" in request.args:
        return Meant((found,), request.words)
    return Meant(tuple(await tasks.parts_of(request.session, found)), request.words)


def one_part(request: Request, meant: Meant, command: str, fits: Callable[[Task], bool]) -> Task:
    """The part acted on: the only one, the asker's own, or the only one that fits; raises WhichPart."""
    own = [task for task in meant.parts if task.assignee_id == request.person.id]
    for candidates in (meant.parts, [task for task in own if fits(task)], own, list(filter(fits, meant.parts))):
        if len(candidates) == 1:
            return candidates[0]
    example = next(filter(fits, meant.parts), meant.parts[0])
    raise WhichPart(name=meant.name, example=name_of(example), command=command)


def own_or_all(request: Request, meant: Meant) -> Sequence[Task]:
    """The asker's own part where he has one, else every part; closed ones only where all are."""
    return own_or_all_of(meant.parts, request.person.id)


def own_or_all_of(parts: Sequence[Task], person_id: int | None) -> Sequence[Task]:
    """The same for a person."""
    meant = [task for task in parts if task.assignee_id == person_id] or parts
    return [task for task in meant if is_live(task)] or meant


def is_live(task: Task) -> bool:
    """Whether something is left to do."""
    return task.state not in CLOSED_TASKS


def owners(task: Task) -> set[int]:
    """Whose task it is in the sense of the rights: the person responsible; while it is nobody's, who gave it."""
    return {task.created_by if task.assignee_id is None else task.assignee_id}


@dataclass(frozen=True)
class Reach:
    """Whose a task is when it is to be shaped or dropped, as the rights want it."""

    side_id: int | None
    owners: frozenset[int]


def reach(request: Request, task: Task) -> Reach:
    """Its side and its owners; until somebody took it on, it is still that of whoever gave it, and of his side."""
    return reach_of(task, request.person.id, request.mine().side_id)


def reach_of(task: Task, person_id: int | None, side_id: int | None) -> Reach:
    """The same for a person of that side (None: of the supporting organisation)."""
    if task.acceptance is Acceptance.ACCEPTED or task.created_by != person_id:
        return Reach(task.side_id, frozenset(owners(task)))
    return Reach(side_id or task.side_id, frozenset({*owners(task), task.created_by}))


async def zone_of(request: Request, task: Task) -> ZoneInfo:
    """The zone of the side responsible."""
    return ZoneInfo((await request.session.get_one(Side, task.side_id)).zone)


async def today_of(request: Request, task: Task) -> date:
    """Today on the calendar of the side responsible."""
    return request.now.astimezone(await zone_of(request, task)).date()


async def answered(request: Request, task: Task) -> None:
    """The side responsible has said something: it hears no nudge today."""
    if request.person.id == task.assignee_id or request.mine().side_id == task.side_id:
        task.answered_on = await today_of(request, task)


async def note(
    request: Request, task: Task, change: TaskChange, before: dict[str, Any] | None = None, **after: Any
) -> JournalEntry:
    """Count a change, have the task looked at, and write the change into the journal."""
    task.version += 1
    task.look_at = request.now if is_live(task) else None
    return await write(request, task, change, before, **after)


async def write(
    request: Request, task: Task, change: TaskChange, before: dict[str, Any] | None = None, **after: Any
) -> JournalEntry:
    """Write into the journal what happened, in which role, and the state the task is in."""
    said = {"state": task.state, "as": await acting_role(request, task), **after}
    return await journalling.write(request, Subject.TASK, task.id, change, before=before, after=said)


async def acting_role(request: Request, task: Task) -> Role:
    """In which role the asker acts on a task: an alternate only where he stands in for his focal point."""
    role = request.mine().role
    stands = role is Role.ALTERNATE and await stands_in(request, task.side_id, None)
    return Role.MEMBER if role is Role.ALTERNATE and not stands else role


async def ask(request: Request, meant: Meant, *, kind: str, view: View) -> Reply:
    """Ask the person for words; they come back to the dialogue's handler, about the same parts."""
    return await asking.ask(request, kind=kind, view=view, args=meant.args)


async def acknowledged(
    request: Request, task: Task, said: View, *then: Effect, emoji: str = WRITTEN, aloud: bool = False
) -> Reply:
    """The quietest acknowledgement here, or words where it is `aloud`; the cards brought up to date; the rest."""
    effects = [_receipt(request, said, emoji, aloud=aloud), await refreshed(request, task)]
    if request.heard.press and request.args.get("aside"):
        effects.append(Edit(said))
    elif request.heard.press and (back := place_in_list(request)):
        effects.append(Edit(await card_of(request.session, task, back=back)))
    return says(*effects, *await _of_activity(request, task), *then)


async def _of_activity(request: Request, task: Task) -> tuple[Effect, ...]:
    """The cards of the activity a task belongs to: how it stands follows from its tasks."""
    row = await activities.get(request.session, task.activity_id) if task.activity_id is not None else None
    if row is None:
        return ()
    return (RefreshCard(Subject.ACTIVITY, row.id, await activity_card(request.session, row, request.now)),)


async def refreshed(request: Request, task: Task) -> Effect:
    """Every living card of a task as it stands now."""
    parts = await tasks.parts_of(request.session, task)
    return RefreshCard(Subject.TASK, parts[0].id, views.card(await facts(request.session, parts)))


def place_in_list(request: Request) -> dict[str, Any] | None:
    """The page of the list from which the pressed card was opened; None for a living card."""
    back = {name: request.args[name] for name in PLACE if name in request.args}
    return back or None


def _receipt(request: Request, said: View, emoji: str, *, aloud: bool) -> Effect:
    if request.heard.press:
        return Toast(said)
    return Answer(said) if aloud or request.heard.private else React(otherwise=said, emoji=emoji)
