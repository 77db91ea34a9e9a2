"""What is on the shelf of a group: all of it, one area, or what holds some words."""

from math import ceil

from handlers.finding import read_sought, wanted_words
from handlers.permission import may
from handlers.refusals import NoSuchChoice
from handlers.reply import Answer, Edit, Reply, View, says
from handlers.request import Request
from handlers.rules.rights import Act
from handlers.shelf_cards import facts
from handlers.views import shelf as views
from handlers.views.shelf import ShelfFacts
from storage import groups, shelf
from storage.shelf import Wanted
from storage.tables import Area


async def listed(request: Request) -> Reply:
    """`/shelf [#area|WORDS]`. Raises NoSuchChoice, TooLong."""
    request.here()
    await may(request, Act.SEE)
    words = wanted_words(request)
    if words.startswith("#"):
        return says(Answer(await _page(request, await _area(request, words[1:]), "", 1)))
    return says(Answer(await _page(request, 0, words, 1)))


async def page(request: Request) -> Reply:
    """Another page in the same message."""
    request.here()
    await may(request, Act.SEE)
    return says(Edit(await _page(request, request.args["of"], request.args["words"], request.args["page"])))


async def _area(request: Request, tag: str) -> int:
    areas = await groups.areas(request.session, request.here().id)
    found = next((area for area in areas if area.tag.casefold() == tag.casefold()), None)
    if found is None:
        raise NoSuchChoice(command="shelf", choices=tuple(f"#{area.tag}" for area in areas))
    return found.id


async def _page(request: Request, area_id: int, words: str, number: int) -> View:
    session, group_id = request.session, request.here().id
    area = await session.get(Area, area_id) if area_id else None
    wanted = Wanted(area_id or None, read_sought(words) if words else None)
    total = await shelf.count(session, group_id, wanted)
    pages = max(1, ceil(total / shelf.PAGE))
    shown = min(max(number, 1), pages)
    rows = tuple([await facts(session, row) for row in await shelf.listed(session, group_id, wanted, page=shown)])
    return views.listed(ShelfFacts(group_id, area_id, words, area.name if area else "", shown, pages, total, rows))
