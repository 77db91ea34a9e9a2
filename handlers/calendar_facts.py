"""What the calendars of a group show, gathered for reading."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.permission import can
from handlers.refusals import StaleButton
from handlers.request import Request
from handlers.rules.calendar_words import Run, drawn_together
from handlers.rules.rights import Act
from handlers.views.calendar import CalendarFacts, PlaceFacts, UnconfirmedYear, YearFacts
from handlers.working import name_of, own_name_of
from storage import calendars, groups, own_days
from storage.kinds import YearState
from storage.tables import CountryDay, InstitutionDay, Side

AHEAD = timedelta(days=150)
SHOWN = 6
NEAR = timedelta(days=60)
"""A year that begins within this time matters already today."""


async def of_group(request: Request) -> CalendarFacts:
    """The next days off of both sides, as the asker may change them."""
    group, sides = request.here(), await groups.sides(request.session, request.here().id)
    countries = list(dict.fromkeys(side.country for side in sides))
    return CalendarFacts(
        group_id=group.id,
        places=tuple([await _place(request, side) for side in sides]),
        years=tuple((country, _today(request.now, sides[0]).year) for country in countries),
        unconfirmed=tuple(await unconfirmed(request.session, sides, request.now)),
        own=tuple([(s.id, s.name) for s in sides if await can(request, Act.CHANGE_OWN_DAYS, side_id=s.id)]),
    )


async def _place(request: Request, side: Side) -> PlaceFacts:
    today = _today(request.now, side)
    listed = await calendars.rows(request.session, side.country, today - timedelta(days=30), today + AHEAD)
    own = await own_days.of_side(request.session, side.id, since=today)
    country_runs = [run for run in drawn_together(map(run_of, listed)) if run.last >= today]
    runs = sorted([*country_runs, *map(own_run, own)], key=lambda run: (run.first, run.last))
    return PlaceFacts(side.name, side.country, tuple(runs[:SHOWN]))


def run_of(row: CountryDay) -> Run:
    """One day of a country's calendar."""
    return Run(row.day, row.day, row.kind, name_of(row), ids=(row.id,))


def own_run(row: InstitutionDay) -> Run:
    """An institution's own days."""
    return Run(row.first_day, row.last_day, row.kind, own_name_of(row), own=True, ids=(row.id,))


async def unconfirmed(
    session: AsyncSession, sides: Iterable[Side], now: datetime, days: Iterable[date] = ()
) -> list[UnconfirmedYear]:
    """The calendars nobody confirmed that matter: of this year, of one that is near, of any year in `days`."""
    found = []
    for country, side in {side.country: side for side in sides}.items():
        today = _today(now, side)
        wanted = {today.year, (today + NEAR).year, *(day.year for day in days)}
        missing = await calendars.unconfirmed(session, country, wanted)
        found += [UnconfirmedYear(country, year, state) for year, state in missing.items()]
    return found


async def of_year(request: Request, country: str, year: int) -> YearFacts:
    """One year of one country, neighbours of one name drawn together."""
    states = await calendars.states(request.session, country)
    return YearFacts(
        group_id=request.here().id,
        country=country,
        year=year,
        state=states.get(year, YearState.MISSING),
        runs=tuple(drawn_together(await days_of_year(request, country, year))),
        may_change=await can(request, Act.CHANGE_CALENDAR),
        earlier=year - 1 in states,
        later=year + 1 in states or year <= request.now.year,
    )


async def days_of_year(request: Request, country: str, year: int) -> list[Run]:
    """Every day that a country's calendar of one year speaks of."""
    return [run_of(row) for row in await calendars.rows(request.session, country, date(year, 1, 1), date(year, 12, 31))]


async def countries(request: Request) -> list[str]:
    """The countries of the group's sides and of its supporting organisation."""
    group_id = request.here().id
    organisation = await groups.organisation(request.session, group_id)
    found = [side.country for side in await groups.sides(request.session, group_id)]
    return list(dict.fromkeys([*found, *([organisation.country] if organisation else [])]))


async def meant_country(request: Request) -> str:
    """The country of the button, which has to be one of the group's. Raises StaleButton."""
    country = str(request.args.get("country", ""))
    if country not in await countries(request):
        raise StaleButton
    return country


async def zone_of_asker(request: Request) -> ZoneInfo:
    """The zone in which the asker reads dates, before anything of his own is known: his side's."""
    sides = await groups.sides(request.session, request.here().id)
    member = request.mine()
    return ZoneInfo(next((side for side in sides if side.id == member.side_id), sides[0]).zone)


def _today(now: datetime, side: Side) -> date:
    return now.astimezone(ZoneInfo(side.zone)).date()
