"""How a group stands, what is overdue, and for a coordinator in private: every group of his."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from handlers import working
from handlers.permission import can, may
from handlers.refusals import InNoGroup, NoGroupHere, NoSuchChoice, NotConfirmedYet, StaleButton, WhichGroup
from handlers.reply import Answer, Edit, Reply, View, says
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.status_facts import Narrowed, late, of_group, past
from handlers.views import status as views
from handlers.views.status import GroupLine, LatePage
from storage import groups, people, status, tasks
from storage.kinds import Role
from storage.tables import Membership, WorkingGroup

GROUPS = 8
"""Groups on one page of a coordinator's list."""


async def show(request: Request) -> Reply:
    """/status [#area|side|all]: the group, or a part of it; every group in private, for whom that makes sense.

    Raises NoSuchChoice, WhichGroup, NoGroupHere, InNoGroup, NotConfirmedYet.
    """
    words = request.words.strip()
    mine = await people.memberships(request.session, request.person.id) if request.heard.private else []
    if words.casefold() in ("", "all") and _has_overview(mine):
        return says(Answer(await _overview(request, mine, 1)))
    await _one_group(request, mine)
    return says(Answer(views.standing(await of_group(request, await _part(request, words), from_overview=False))))


async def into(request: Request) -> Reply:
    """One group out of the list, in place of the list."""
    request.here()
    await may(request, Act.READ_STATUS)
    return says(Edit(views.standing(await of_group(request, Narrowed(), from_overview=request.heard.private))))


async def all_groups(request: Request) -> Reply:
    """Back to the list, or another page of it."""
    mine = await people.memberships(request.session, request.person.id)
    if not mine:
        raise StaleButton
    return says(Edit(await _overview(request, mine, request.args["page"])))


async def overdue(request: Request) -> Reply:
    """/overdue: the first page of what is overdue in the group."""
    request.here()
    await may(request, Act.READ_STATUS)
    return says(Answer(await _late(request, 1)))


async def overdue_page(request: Request) -> Reply:
    """Another page in the same message."""
    request.here()
    await may(request, Act.READ_STATUS)
    return says(Edit(await _late(request, request.args["page"])))


def _has_overview(mine: Sequence[Membership]) -> bool:
    return len(mine) > 1 or any(member.role is Role.COORDINATOR for member in mine)


async def _one_group(request: Request, mine: Sequence[Membership]) -> None:
    if request.group is None:
        if not mine:
            if not request.heard.private:
                raise NoGroupHere
            raise NotConfirmedYet if await people.waits(request.session, request.person.id) else InNoGroup
        named = [(each.group_id, (await groups.get(request.session, each.group_id)).name) for each in mine]
        raise WhichGroup(groups=named)
    request.mine()
    await may(request, Act.READ_STATUS)


async def _part(request: Request, words: str) -> Narrowed:
    """The area or side that is asked for; raises NoSuchChoice."""
    asked = words.casefold()
    if asked in ("", "all"):
        return Narrowed()
    group_id = request.here().id
    areas, sides = await groups.areas(request.session, group_id), await groups.sides(request.session, group_id)
    for area in areas:
        if asked == f"#{area.tag}".casefold():
            return Narrowed(area=area)
    for side in sides:
        if asked == side.name.casefold():
            return Narrowed(side=side)
    choices = ("all", *(f"#{area.tag}" for area in areas), *(side.name for side in sides))
    raise NoSuchChoice(command="status", choices=choices)


async def _overview(request: Request, mine: Sequence[Membership], wanted: int) -> View:
    known = await groups.get_all(request.session, [member.group_id for member in mine])
    found = [known[member.group_id] for member in mine if await _readable(request, member, known[member.group_id])]
    found.sort(key=lambda group: (group.name.casefold(), group.id))
    page, pages = _page(wanted, len(found), GROUPS)
    shown = found[(page - 1) * GROUPS : page * GROUPS]
    return views.overview(await _lines(request, shown), page, pages)


async def _readable(request: Request, member: Membership, group: WorkingGroup) -> bool:
    return await can(replace(request, group=group, membership=member), Act.READ_STATUS)


async def _lines(request: Request, shown: Sequence[WorkingGroup]) -> list[GroupLine]:
    ids = [group.id for group in shown]
    sides = await status.sides_of(request.session, ids)
    numbers = await status.overview(request.session, ids, past(sides, request.now))
    return [GroupLine(id=group.id, name=group.name, **vars(numbers[group.id])) for group in shown]


async def _late(request: Request, wanted: int) -> View:
    session, group_id = request.session, request.here().id
    sides = await groups.sides(session, group_id)
    overdue_now = Narrowed().wanted(past(sides, request.now))
    total = await tasks.count(session, group_id, overdue_now)
    page, pages = _page(wanted, total, tasks.PAGE)
    found = await tasks.listed(session, group_id, overdue_now, page=page)
    cities = tuple(await working.cities(session, group_id))
    return views.late(LatePage(group_id, page, pages, total, await late(request, sides, found), cities))


def _page(wanted: int, total: int, size: int) -> tuple[int, int]:
    """The page that is there, counted from 1, and how many there are."""
    pages = max(1, ceil(total / size))
    return min(max(wanted, 1), pages), pages
