"""Who belongs to the group: by side, with focal points and alternates, who is away, who cannot be reached."""

from datetime import date
from zoneinfo import ZoneInfo

from handlers import members
from handlers.permission import can, may
from handlers.reply import Answer, Reply, says
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.views import people as views
from handlers.views.people import AskingFacts, PeopleFacts, PersonFacts, PlaceFacts
from storage import groups, leave, memberships, people, travel
from storage.kinds import Role
from storage.people import Member, last_day
from storage.tables import Leave, Organisation, Side, Travel

ORDER = (Role.FOCAL_POINT, Role.ALTERNATE, Role.COORDINATOR, Role.MEMBER, Role.OBSERVER)


async def show(request: Request) -> Reply:
    """/people: the list of the group, with buttons to invite and to confirm for those who may."""
    await may(request, Act.SEE)
    return says(Answer(views.listed(await _facts(request))))


async def _facts(request: Request) -> PeopleFacts:
    session, group = request.session, request.here()
    sides = await groups.sides(session, group.id)
    organisation = await groups.organisation(session, group.id)
    everybody = await people.members(session, group.id)
    places = [await _place(request, side, [m for m in everybody if m[0].side_id == side.id]) for side in sides]
    support = [m for m in everybody if m[0].side_id is None]
    if organisation is not None or support:
        places.append(await _place(request, organisation or sides[0], support, named=organisation is not None))
    return PeopleFacts(
        group=group.name,
        group_id=group.id,
        places=tuple(places),
        asking=tuple(await _asking(request)),
        invites=await _may_invite(request, sides),
        private_chat="" if request.heard.private else request.bot.link("hello"),
    )


async def _place(
    request: Request, place: Side | Organisation, listed: list[Member], *, named: bool = True
) -> PlaceFacts:
    today = request.now.astimezone(ZoneInfo(place.zone)).date()
    away = await leave.of_many(request.session, [person.id for _, person in listed], today)
    elsewhere = await travel.of_many(request.session, [person.id for _, person in listed], today)
    found = [_person(member, away.get(member[1].id, []), elsewhere.get(member[1].id, []), today) for member in listed]
    return PlaceFacts(
        name=place.name if named else "",
        institution=place.institution if isinstance(place, Side) else "",
        people=tuple(sorted(found, key=lambda person: ORDER.index(person.role))),
    )


def _person(member: Member, away: list[Leave], elsewhere: list[Travel], today: date) -> PersonFacts:
    membership, person = member
    until = max((last_day(each) for each in away if each.first_day <= today), default=None)
    there = next((each for each in reversed(elsewhere) if each.first_day <= today), None)
    return PersonFacts(
        name=person.name,
        role=membership.role,
        title=membership.title,
        away_until=until,
        city="" if there is None else there.city,
        city_until=None if there is None else travel.last_day(there),
        reached=person.private_open,
        named=membership.asked_role is Role.FOCAL_POINT,
    )


async def _asking(request: Request) -> list[AskingFacts]:
    """Those who wait for their confirmation; with a button where the asker may confirm."""
    names = await members.place_names(request.session, request.here().id)
    found = []
    for member, person in await memberships.asking(request.session, request.here().id):
        allowed = await can(request, Act.CONFIRM_JOIN, side_id=member.side_id)
        args = {"group": member.group_id, "member": member.id, "version": member.version}
        found.append(AskingFacts(person.name, names[member.side_id], args if allowed else None))
    return found


async def _may_invite(request: Request, sides: list[Side]) -> bool:
    for side in sides:
        if await can(request, Act.INVITE, side_id=side.id):
            return True
    return False
