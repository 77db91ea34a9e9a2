"""Once a year and country: coordinators are asked, at work and in private, whether the calendar is right."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import working
from handlers.reply import Effect, Private
from handlers.rules.calendar_asking import OTHERWISE, AskOn
from handlers.views import calendar_asking as views
from storage import calendar_drafts, calendars, groups, notices, people
from storage.kinds import Priority, YearState
from storage.people import Member
from storage.tables import WorkingGroup

Open = list[tuple[str, int, YearState]]


async def plan(session: AsyncSession, now: datetime, asks: Mapping[str, AskOn]) -> Sequence[Effect]:
    """The questions whose time has come, to every coordinator who is at work; calendars nobody wanted go."""
    await calendar_drafts.forget_old(session, now)
    effects: list[Effect] = []
    for group in await groups.all_of(session):
        asked = await _open(session, group, now.date(), asks)
        for member in await people.coordinators(session, group.id) if asked else ():
            if await working.is_there(session, member, now):
                effects += await _questions(session, group, member, asked, now)
    return effects


async def _open(session: AsyncSession, group: WorkingGroup, today: date, asks: Mapping[str, AskOn]) -> Open:
    """The countries of a group whose calendar is to be asked about and that nobody confirmed."""
    found: Open = []
    for country in dict.fromkeys(side.country for side in await groups.sides(session, group.id)):
        year = asks.get(country, OTHERWISE).year_to_ask(today)
        if year is not None:
            missing = await calendars.unconfirmed(session, country, [year])
            found += [(country, year, state) for state in missing.values()]
    return found


async def _questions(
    session: AsyncSession, group: WorkingGroup, member: Member, asked: Open, now: datetime
) -> list[Effect]:
    found: list[Effect] = []
    for country, year, state in asked:
        if await notices.tell(session, member[1].id, f"calendar:{country}:{year}", now):
            view = views.question(country, year, state, group.id)
            otherwise = views.question_in_group(country, year)
            found.append(Private(member[1].id, view, group_id=group.id, otherwise=otherwise, priority=Priority.NUDGE))
    return found
