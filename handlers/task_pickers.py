"""The pickers of a task: its people, its dates, its areas and sides, each with what there is to choose from."""

from math import ceil

from handlers import members, working
from handlers.due_reading import DueReading
from handlers.refusals import Refusal
from handlers.reply import Answer, Edit, Effect, View
from handlers.request import Request
from handlers.rules.due_picks import due_picks
from handlers.task_steps import Meant, place_in_list, today_of
from handlers.views import refusals
from handlers.views import task_pickers as views
from handlers.views.task_pickers import PeopleFacts, PickFacts
from storage import groups
from storage.kinds import Role
from storage.people import Member
from storage.tables import Side, Task

PEOPLE = 6
"""Members on one page."""
ASIDE = {"aside": 1}


def here(request: Request, meant: Meant) -> PickFacts:
    """A picker where the card was pressed, or in the message of its own that stays one."""
    kept = {name: request.args[name] for name in ("aside",) if name in request.args}
    return PickFacts(meant.name, {**meant.args, **kept, **(place_in_list(request) or {})})


def aside(meant: Meant) -> PickFacts:
    """A picker in a message of its own."""
    return PickFacts(meant.name, {**meant.args, **ASIDE})


def placed(request: Request, view: View) -> Effect:
    """A picker takes the place of the card whose button was pressed, and answers a command."""
    return Edit(view) if request.heard.press else Answer(view)


async def people(request: Request, pick: PickFacts, task: Task, *, sheet: int = 1, shown: str = "") -> View:
    """Everybody who can be given a part: the side responsible first; observers have no tasks."""
    found = [each for each in await members.candidates(request.session, task.group_id) if _can_have_tasks(each)]
    names = await members.place_names(request.session, task.group_id)
    ordered = sorted(found, key=lambda each: _distance(each, task))
    pages = max(1, ceil(len(ordered) / PEOPLE))
    page = min(max(sheet, 1), pages)
    on_page = ordered[(page - 1) * PEOPLE : page * PEOPLE]
    rows = tuple((person.id, person.name, names[member.side_id]) for member, person in on_page)
    return views.people(PeopleFacts(pick, rows, page, pages, shown))


def _can_have_tasks(taker: Member) -> bool:
    return taker[0].role is not Role.OBSERVER


def _distance(taker: Member, task: Task) -> tuple[bool, bool, int]:
    side_id = taker[0].side_id
    return side_id != task.side_id, side_id is None, side_id or 0


async def days(request: Request, pick: PickFacts, task: Task, problem: Refusal | None = None) -> View:
    """Dates on which the side responsible works; `problem` is why the date that was given is none."""
    side = await request.session.get_one(Side, task.side_id)
    own_time = await working.of_place(request.session, side)
    picks = due_picks(await today_of(request, task), own_time)
    return views.days(pick, tuple(picks), refusals.sentence(problem) if problem else None)


def second_reading(meant: Meant, read: DueReading) -> Effect | None:
    """The other meaning of a date, as a button; None where there is none."""
    if read.other is None:
        return None
    return Answer(views.second_reading(aside(meant), read.written, read.due, read.other))


async def areas(request: Request, pick: PickFacts) -> View:
    """The areas of the group."""
    found = await groups.areas(request.session, request.here().id)
    return views.areas(pick, tuple((area.id, area.name) for area in found))


async def sides(request: Request, pick: PickFacts) -> View:
    """The sides of the group."""
    found = await groups.sides(request.session, request.here().id)
    return views.sides(pick, tuple((side.id, side.name) for side in found))
