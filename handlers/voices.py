"""The voices of a file that is made when it leaves: its languages were settled when it was asked for."""

from collections.abc import Iterable

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.language import language_of
from handlers.request import Request
from handlers.rules.languages import all_spoken, in_order
from handlers.rules.terms import by_language
from handlers.voice import Say
from storage import groups, terms


async def read_here(request: Request) -> list[str]:
    """The languages of whoever reads where the request came from: one person's, or those of a group."""
    group = request.here()
    if request.heard.private:
        return [await language_of(request.session, request.person, group.id)]
    rules = await groups.mechanism(request.session, group.id)
    return in_order(all_spoken(rules.languages), rules.language_order, 0)


async def voices(session: AsyncSession, languages: Iterable[str], group_id: int) -> list[Say]:
    """One voice for each of these languages, in the group's own words."""
    rows = await terms.of_group(session, group_id)
    words = by_language((row.language, row.term, row.instead) for row in rows)
    return [Say(language, words.get(language)) for language in languages]
