"""Reports of a period: which one is meant, in which form and languages, and the file that is made when it leaves."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.due_reading import languages_of
from handlers.files import MadeFile, Make
from handlers.papers import comma, portable, word, workbook
from handlers.permission import may
from handlers.refusals import NoSuchChoice, StaleButton
from handlers.reply import Answer, Edit, File, Post, Reply, View, says
from handlers.report_facts import gather
from handlers.request import Request
from handlers.rules.languages import all_spoken
from handlers.rules.periods import read_period
from handlers.rules.rights import Act
from handlers.rules.spans import BackwardsSpan, Span, UnreadableSpan, read_span
from handlers.views import report_pages as pages
from handlers.views import reports as views
from handlers.voices import read_here, voices
from storage import groups

FORMS = {"docx": word.docx, "xlsx": workbook.xlsx, "csv": comma.comma_separated, "pdf": portable.pdf}
LONGEST = timedelta(days=3 * 366)
YEAR = timedelta(days=365)


async def show(request: Request) -> Reply:
    """/report [QUARTER|MONTH|FROM TO]: the period and the forms it can have, by buttons. Raises NoSuchChoice."""
    await may(request, Act.EXPORT_GROUP)
    return says(Answer(await _page(request, await _period(request))))


async def turned(request: Request) -> Reply:
    """Another period in the same message."""
    await may(request, Act.EXPORT_GROUP)
    return says(Edit(await _page(request, _pressed(request))))


async def make(request: Request) -> Reply:
    """A form was chosen: the message says what is being made, the file comes, the message says so.

    The group hears of a report that is made in private. Raises StaleButton.
    """
    await may(request, Act.EXPORT_GROUP)
    period, form = _pressed(request), request.args.get("form")
    if form not in FORMS or (form == "pdf" and not portable.can()):
        raise StaleButton
    languages = await _all(request) if request.args.get("both") else await read_here(request)
    args = {"group": request.here().id, **pages.days(period), "form": form, "languages": languages}
    page = await _facts(request, period)
    file = File("report", args, pages.below(period), group_id=request.here().id)
    told = [_announced(request, period)] if request.heard.private else []
    return says(Edit(pages.under_way(page, form)), file, Edit(pages.choices(page, made=form)), *told)


def _announced(request: Request, period: Span) -> Post:
    """Once a day, however many forms of it are made."""
    key = f"report:{request.here().id}:{period.first}:{period.last}:{request.now.date()}"
    return Post(request.here().id, pages.announced(period), key=key, silent=True)


async def report_file(session: AsyncSession, args: Mapping[str, Any], now: datetime) -> Make:
    """Reads what the file says; `args` are "group", "first", "last", "form" and "languages"."""
    period = Span(date.fromisoformat(args["first"]), date.fromisoformat(args["last"]))
    facts = await gather(session, args["group"], period, now)
    paper = views.paper(facts, await voices(session, args["languages"], args["group"]))
    name = f"report-{period.first.isoformat()}-{period.last.isoformat()}.{args['form']}"
    return lambda: MadeFile(name, FORMS[args["form"]](paper))


async def _page(request: Request, period: Span) -> View:
    return pages.choices(await _facts(request, period))


async def _facts(request: Request, period: Span) -> pages.PageFacts:
    several = request.heard.private and len(await _all(request)) > 1
    return pages.PageFacts(request.here().id, period, several=several, portable=portable.can())


async def _all(request: Request) -> list[str]:
    """The languages of both sides."""
    return all_spoken(side.language for side in await groups.sides(request.session, request.here().id))


async def _period(request: Request) -> Span:
    """The period that is asked for; without words the present quarter. Raises NoSuchChoice."""
    side = (await groups.sides(request.session, request.here().id))[0]
    zone = ZoneInfo(side.zone)
    found = read_period(request.words, request.now.astimezone(zone).date())
    if found is None and any(letter.isdecimal() for letter in request.words):
        found = await _stretch(request, zone)
    if found is None or found.last - found.first > LONGEST:
        raise NoSuchChoice(command="report", choices=("Q2", "2026-04", "2026-04-01 2026-06-30"))
    return found


async def _stretch(request: Request, zone: ZoneInfo) -> Span | None:
    """Two dates. A report looks back, so a date without its year is the last one of that name, not the next."""
    try:
        return read_span(request.words, request.now - YEAR, zone, await languages_of(request))
    except (UnreadableSpan, BackwardsSpan):
        return None


def _pressed(request: Request) -> Span:
    request.here()
    try:
        return Span(date.fromisoformat(request.args["first"]), date.fromisoformat(request.args["last"]))
    except (KeyError, TypeError, ValueError) as error:
        raise StaleButton from error
