"""What the names in a matrix mean in a group: its people, its sides by all they are called, its areas, dates."""

from collections.abc import Iterable
from functools import cache

from handlers import working
from handlers.due_reading import languages_of, zone_of_asker
from handlers.members import place_names
from handlers.request import Request
from handlers.rules.dates import day_of_record
from handlers.rules.matrices import Holder, Known
from handlers.rules.matrix_words import BOTH, SUPPORT, names_of_country
from handlers.rules.text import searchable
from storage import groups, people
from storage.kinds import Role
from storage.people import Member
from storage.tables import Side


async def known(request: Request) -> Known:
    """Everything a row may name; what a side is called is never a person."""
    group_id = request.here().id
    sides = await groups.sides(request.session, group_id)
    members = [each for each in await people.members(request.session, group_id) if each[0].role is not Role.OBSERVER]
    holders = dict(_people(members))
    holders |= await _support(request, members)
    holders |= {searchable(name): tuple(Holder(side.id) for side in sides) for name in BOTH}
    holders |= _sides(sides)
    areas = await groups.areas(request.session, group_id)
    named = {searchable(name): area.id for area in areas for name in (area.name, area.tag, f"#{area.tag}")}
    zone, languages = await zone_of_asker(request), await languages_of(request)
    own = await working.of_place(request.session, await working.place_of(request.session, request.mine()))
    return Known(holders, named, cache(lambda written: day_of_record(written, request.now, zone, languages, own)))


async def labels(request: Request) -> dict[Holder, str]:
    """What everybody who may hold a row is called, to show how it was read."""
    group_id = request.here().id
    places = await place_names(request.session, group_id)
    found = {Holder(side_id): name for side_id, name in places.items()}
    for member, person in await people.members(request.session, group_id):
        found[Holder(member.side_id, person.id)] = person.name
    return found


def _people(members: Iterable[Member]) -> Iterable[tuple[str, tuple[Holder, ...]]]:
    for member, person in members:
        holder = (Holder(member.side_id, person.id),)
        yield searchable(person.name), holder
        if person.username:
            yield searchable(person.username), holder


async def _support(request: Request, members: Iterable[Member]) -> dict[str, tuple[Holder, ...]]:
    """The supporting organisation by its names: what it is to do is its coordinator's."""
    organisation = await groups.organisation(request.session, request.here().id)
    first = next((person.id for member, person in members if member.role is Role.COORDINATOR), None)
    names = (*SUPPORT, *((organisation.name,) if organisation is not None else ()))
    return {searchable(name): (Holder(None, first),) for name in names}


def _sides(sides: Iterable[Side]) -> dict[str, tuple[Holder, ...]]:
    """A name that two sides share, such as that of their country, means neither of them alone."""
    found: dict[str, tuple[Holder, ...]] = {}
    for side in sides:
        for name in {searchable(n) for n in (side.name, side.city, side.institution, *names_of_country(side.country))}:
            found[name] = (*found.get(name, ()), Holder(side.id))
    return found
