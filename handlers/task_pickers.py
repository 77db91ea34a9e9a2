"""The pickers of a task: its people, its dates, its areas and sides, each with what there is to choose from."""

from datetime import date
from math import ceil

from handlers import members, working
from handlers.refusals import Refusal
from handlers.reply import Answer, Edit, Effect, View
from handlers.request import Request
from handlers.rules.due_picks import due_picks
from handlers.rules.month_grid import month as month_of
from handlers.rules.working_time import WorkingTime
from handlers.task_steps import Meant, place_in_list, today_of
from handlers.views import refusals
from handlers.views import task_pickers as views
from handlers.views.task_pickers import PeopleFacts, PickFacts
from storage import groups
from storage.kinds import Role
from storage.people import Member
from storage.tables import Task

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
    """Dates on which both sides work; `problem` is why the date that was given is none."""
    working_sides = [own for _, own in await sides_at_work(request, task.group_id)]
    picks = due_picks(await today_of(request, task), working_sides)
    return views.days(pick, tuple(picks), refusals.sentence(problem) if problem else None)


async def month(request: Request, pick: PickFacts, task: Task, asked: date | None) -> View:
    """The calendar of a month in which a day can be pressed; this month where none was asked for."""
    today = await today_of(request, task)
    return views.calendar(pick, month_of(asked or today, today, await sides_at_work(request, task.group_id)))


async def sides_at_work(request: Request, group_id: int) -> list[tuple[str, WorkingTime]]:
    """Both sides with their names, and when they work."""
    found = await groups.sides(request.session, group_id)
    return [(side.name, await working.of_place(request.session, side)) for side in found]


async def areas(request: Request, pick: PickFacts) -> View:
    """The areas of the group."""
    found = await groups.areas(request.session, request.here().id)
    return views.areas(pick, tuple((area.id, area.name) for area in found))


async def sides(request: Request, pick: PickFacts) -> View:
    """The sides of the group."""
    found = await groups.sides(request.session, request.here().id)
    return views.sides(pick, tuple((side.id, side.name) for side in found))
