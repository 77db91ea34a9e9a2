"""The calendars of both sides: read by everybody, confirmed and changed by a coordinator."""

from handlers import calendar_changes
from handlers.calendar_facts import meant_country, of_group, of_year
from handlers.permission import may
from handlers.refusals import StaleButton
from handlers.reply import Answer, Edit, Post, Reply, View, says
from handlers.request import Request
from handlers.rules.calendar_csv import EARLIEST, LATEST
from handlers.rules.rights import Act
from handlers.views import calendar as views
from storage import calendars
from storage.kinds import YearState


async def show(request: Request) -> Reply:
    """/calendar: the next days off and make-up working days of both sides."""
    await may(request, Act.SEE)
    return says(Answer(views.coming(await of_group(request))))


async def back(request: Request) -> Reply:
    """From a country or a side back to both."""
    await may(request, Act.SEE)
    return says(Edit(views.coming(await of_group(request))))


async def year(request: Request) -> Reply:
    """A country's days of one year."""
    await may(request, Act.SEE)
    return says(Edit(await year_view(request)))


async def year_view(request: Request) -> View:
    """The page of the country and year of the button. Raises StaleButton."""
    return views.year_page(await of_year(request, await meant_country(request), meant_year(request)))


def meant_year(request: Request) -> int:
    """The year of the button. Raises StaleButton."""
    wanted = int(request.args.get("year", 0))
    if not EARLIEST <= wanted <= LATEST:
        raise StaleButton
    return wanted


async def confirm(request: Request) -> Reply:
    """A coordinator stands up for a country's days of a year; a second press changes nothing."""
    await may(request, Act.CHANGE_CALENDAR)
    country, wanted, group_id = await meant_country(request), meant_year(request), request.here().id
    state = (await calendars.states(request.session, country)).get(wanted, YearState.MISSING)
    if state is YearState.PROVISIONAL:
        await calendar_changes.confirm(request.session, request.cause, country, wanted, group_id=group_id)
    page = Edit(await year_view(request))
    if state is not YearState.PROVISIONAL:
        return says(page)
    return says(page, Post(group_id, views.confirmed(country, wanted), silent=True))
