"""The language a person reads: chosen here, else his Telegram's, else his side's, else English."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.reply import Answer, Edit, Reply, Toast, says
from handlers.request import Request
from handlers.rules.languages import SPOKEN, first_spoken, spoken
from handlers.views import language as views
from handlers.views.language import LanguageFacts
from storage import groups, people
from storage.people import Reader
from storage.tables import Person


async def language_of(session: AsyncSession, person: Person | Reader, group_id: int | None) -> str:
    """The catalogue a person reads in, about this group or about none."""
    own = (person.chosen_language, person.language)
    if any(spoken(each) for each in own):
        return first_spoken(own)
    return first_spoken(await _of_his_sides(session, person.id, group_id))


async def _of_his_sides(session: AsyncSession, person_id: int, group_id: int | None) -> Sequence[str]:
    """The languages of the places he belongs to: in this group, or in all of them."""
    found = []
    for member in await people.memberships(session, person_id):
        if group_id in (None, member.group_id):
            support = await groups.organisation(session, member.group_id)
            places = {side.id: side.language for side in await groups.sides(session, member.group_id)}
            found.append(places.get(member.side_id or 0) or ("" if support is None else support.language))
    return found


async def show(request: Request) -> Reply:
    """/language: what the person reads now, and the others by button. Concerns him alone, also in a group."""
    return says(Answer(views.choices(await _facts(request)), personal=True))


async def choose(request: Request) -> Reply:
    """A language was pressed: it counts for whoever pressed, wherever the buttons stand. Nobody needs a right to it."""
    wanted = str(request.args.get("language", ""))
    request.person.chosen_language = wanted if wanted in SPOKEN else None
    request.session.add(request.person)
    await request.session.flush()
    facts = await _facts(request)
    if request.heard.private:
        return says(Edit(views.choices(facts)))
    return says(Toast(views.noted(facts.language)))


async def _facts(request: Request) -> LanguageFacts:
    group_id = None if request.group is None else request.group.id
    language = await language_of(request.session, request.person, group_id)
    chose = request.person.chosen_language is not None
    return LanguageFacts(language, chose, group_id or 0, room=not request.heard.private)
