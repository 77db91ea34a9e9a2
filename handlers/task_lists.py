"""Lists of tasks: the group's by state, person, area or side, and one's own."""

from dataclasses import dataclass
from math import ceil
from zoneinfo import ZoneInfo

from handlers import members, working
from handlers.permission import may
from handlers.refusals import NoSuchChoice, WhoIsThat
from handlers.reply import Answer, Edit, Reply, says
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.rules.task_words import Signs
from handlers.views import task_lists as views
from handlers.views.task_lists import ListFacts, RowFacts, Which
from handlers.views.tasks import DueFacts
from storage import groups, tasks
from storage.tables import Area, Person, Side, Task
from storage.tasks import Past, Wanted


@dataclass(frozen=True)
class _Choice:
    """Which list is meant, and of whom or what (an id, 0 for nothing)."""

    which: Which
    of: int = 0


async def listed(request: Request) -> Reply:
    """`/tasks [open|overdue|@who|#area|side]`."""
    request.here()
    await may(request, Act.SEE)
    return says(Answer(views.listed(await _facts(request, await _choice(request), 1))))


async def mine(request: Request) -> Reply:
    """`/mine`: one's own open tasks in this group."""
    request.mine()
    await may(request, Act.SEE)
    return says(Answer(views.listed(await _facts(request, _Choice(Which.MINE, request.person.id), 1))))


async def page(request: Request) -> Reply:
    """Another page, or another list, in the same message."""
    request.here()
    await may(request, Act.SEE)
    choice = _Choice(Which(request.args["which"]), request.args.get("of", 0))
    return says(Edit(views.listed(await _facts(request, choice, request.args["page"]))))


async def _choice(request: Request) -> _Choice:
    words = request.words.strip()
    if words.casefold() in ("", Which.OPEN, Which.OVERDUE):
        return _Choice(Which(words.casefold() or Which.OPEN))
    signs = Signs(request.mentions)
    mention = signs.read(signs.put(words))
    if mention is not None:
        member = await members.who(request.session, request.here().id, mention)
        if member is None:
            raise WhoIsThat(shown=mention.shown)
        return _Choice(Which.PERSON, member[1].id)
    return await _area(request, words) if words.startswith("#") else await _side(request, words)


async def _area(request: Request, words: str) -> _Choice:
    areas = await groups.areas(request.session, request.here().id)
    found = next((area for area in areas if area.tag.casefold() == words[1:].casefold()), None)
    if found is None:
        raise NoSuchChoice(command="tasks", choices=tuple(f"#{area.tag}" for area in areas))
    return _Choice(Which.AREA, found.id)


async def _side(request: Request, words: str) -> _Choice:
    sides = await groups.sides(request.session, request.here().id)
    found = [side for side in sides if words.casefold() in (side.name.casefold(), side.city.casefold())]
    if len(found) != 1:
        choices = (Which.OPEN, Which.OVERDUE, "@who", "#area", *(side.name for side in sides))
        raise NoSuchChoice(command="tasks", choices=tuple(str(choice) for choice in choices))
    return _Choice(Which.SIDE, found[0].id)


async def _facts(request: Request, choice: _Choice, wanted_page: int) -> ListFacts:
    group_id, past = request.here().id, await past_of(request)
    wanted = _wanted(choice, past)
    total = await tasks.count(request.session, group_id, wanted)
    pages = max(1, ceil(total / tasks.PAGE))
    number = min(max(wanted_page, 1), pages)
    found = await tasks.listed(request.session, group_id, wanted, page=number)
    return ListFacts(
        group_id=group_id,
        which=choice.which,
        of=choice.of,
        title=await _title(request, choice),
        page=number,
        pages=pages,
        total=total,
        rows=tuple([await _row(request, task, past, choice) for task in found]),
        cities=tuple(await working.cities(request.session, group_id)),
    )


async def past_of(request: Request) -> Past:
    """What is past at this moment, on the calendar of each side."""
    sides = await groups.sides(request.session, request.here().id)
    return Past(request.now, {side.id: request.now.astimezone(ZoneInfo(side.zone)).date() for side in sides})


def _wanted(choice: _Choice, past: Past) -> Wanted:
    match choice.which:
        case Which.OPEN:
            return Wanted()
        case Which.OVERDUE:
            return Wanted(past=past)
        case Which.PERSON | Which.MINE:
            return Wanted(person_id=choice.of)
        case Which.AREA:
            return Wanted(area_id=choice.of)
        case Which.SIDE:
            return Wanted(side_id=choice.of)


async def _title(request: Request, choice: _Choice) -> str:
    """The name of the person, area or side that a list is about."""
    found: Person | Area | Side | None = None
    match choice.which:
        case Which.PERSON:
            found = await request.session.get(Person, choice.of)
        case Which.AREA:
            found = await request.session.get(Area, choice.of)
        case Which.SIDE:
            found = await request.session.get(Side, choice.of)
    return found.name if found is not None else ""


async def _row(request: Request, task: Task, past: Past, choice: _Choice) -> RowFacts:
    """A line of the list. In a group nobody stands beside his tasks, and no list of one person says what is late."""
    private, of_one = request.heard.private, choice.which in (Which.PERSON, Which.MINE)
    person = await request.session.get(Person, task.assignee_id) if private and task.assignee_id else None
    side = await request.session.get_one(Side, task.side_id)
    return RowFacts(
        id=task.id,
        number=task.number,
        part=task.part,
        text=task.text,
        state=task.state,
        side=side.name,
        person=person.name if person is not None and not of_one else "",
        due=DueFacts(task.due, task.due_at),
        overdue=is_past(task, past) and (private or not of_one),
    )


def is_past(task: Task, past: Past) -> bool:
    """Whether the date or the instant of a task has passed."""
    if task.due_at is not None:
        return task.due_at < past.now
    return task.due is not None and task.due < past.days[task.side_id]
