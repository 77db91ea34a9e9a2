"""Days of a country's calendar, or of one's own institution: written by dialogue, changed and removed by buttons."""

from dataclasses import replace
from datetime import date, timedelta

from handlers import calendar_changes
from handlers.asking import ask
from handlers.calendar import meant_year, year_view
from handlers.calendar_facts import countries, days_of_year, meant_country, own_run, run_of, zone_of_asker
from handlers.permission import may
from handlers.refusals import DateUnread, DaysBackwards, NameUnread, StaleButton, TooManyDays
from handlers.reply import Answer, Edit, Reply, View, says
from handlers.request import Request
from handlers.rules.calendar_csv import Entry
from handlers.rules.calendar_words import LONGEST_RANGE, Run, read_days, read_names
from handlers.rules.day_layers import DayName
from handlers.rules.rights import Act
from handlers.rules.spans import BackwardsSpan, Span, UnreadableSpan
from handlers.views import calendar_days as views
from storage import calendars, own_days
from storage.columns import plain
from storage.kinds import DayKind
from storage.tables import CountryDay, InstitutionDay, Side

LONGEST_COUNTRY_RANGE = 31


async def add(request: Request) -> Reply:
    """Which kind of days are to be added to a country's calendar."""
    await may(request, Act.CHANGE_CALENDAR)
    return says(Edit(views.kinds(request.here().id, await meant_country(request), meant_year(request))))


async def ask_days(request: Request) -> Reply:
    """The kind was pressed: which days?"""
    kind = DayKind(request.args["kind"])
    target = await _target(request)
    args = {"group": request.here().id, "kind": kind, **target}
    return await ask(request, kind="calendar.days", view=views.ask_days, args=args)


async def _target(request: Request) -> dict[str, int | str]:
    """Whose days they are: a country's or a side's, as far as the asker may change them."""
    if "side" in request.args:
        side = await _side(request)
        await may(request, Act.CHANGE_OWN_DAYS, side_id=side.id)
        return {"side": side.id}
    await may(request, Act.CHANGE_CALENDAR)
    return {"country": await meant_country(request)}


async def days(request: Request) -> Reply:
    """The days were typed: what are they called? Raises DateUnread, DaysBackwards, TooManyDays."""
    target = await _target(request)
    span = await _span(request, LONGEST_RANGE if "side" in target else LONGEST_COUNTRY_RANGE)
    args = {**request.args, **target, "first": plain(span.first), "last": plain(span.last)}
    return await ask(request, kind="calendar.name", view=views.ask_name(span.first, span.last), args=args)


async def _span(request: Request, longest: int) -> Span:
    try:
        span = read_days(request.words, request.now, await zone_of_asker(request))
    except BackwardsSpan as refusal:
        raise DaysBackwards from refusal
    except UnreadableSpan as refusal:
        raise DateUnread(text=refusal.text, reason=refusal.reason) from refusal
    if (span.last - span.first).days >= longest:
        raise TooManyDays(limit=longest)
    return span


async def name(request: Request) -> Reply:
    """The name was typed: the days are written. Raises NameUnread."""
    target, called = await _target(request), _name(request)
    span = Span(*(date.fromisoformat(request.args[end]) for end in ("first", "last")))
    if "side" in target:
        return says(Answer(await _write_own(request, int(target["side"]), span, called)))
    return says(Answer(await _write_country(request, str(target["country"]), span, called)))


def _name(request: Request) -> DayName:
    called = read_names(request.words)
    if called is None:
        raise NameUnread
    return called


async def _write_own(request: Request, side_id: int, span: Span, called: DayName) -> View:
    row = await own_days.add(
        request.session,
        side_id=side_id,
        first=span.first,
        last=span.last,
        kind=DayKind(request.args["kind"]),
        name="\n".join(filter(None, (called.en, called.zh, called.lo))),
        by=request.person.id,
        at=request.now,
    )
    await calendar_changes.note_own(request.session, request.cause, row, "own days written", request.here().id)
    back = {"group": request.here().id, "side": side_id}
    return views.written(own_run(row), "calendar.own", back)


async def _write_country(request: Request, country: str, span: Span, called: DayName) -> View:
    kind, group_id = DayKind(request.args["kind"]), request.here().id
    for day in (span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1)):
        entry = Entry(country, day, kind, called)
        await calendar_changes.put(request.session, request.cause, entry, source=calendars.BY_HAND, group_id=group_id)
    await _effect(request, country)
    back = {"group": group_id, "country": country, "year": span.first.year}
    return views.written(Run(span.first, span.last, kind, called), "calendar.year", back)


async def pick(request: Request) -> Reply:
    """Which day of a year is to be changed."""
    await may(request, Act.CHANGE_CALENDAR)
    country, year = await meant_country(request), meant_year(request)
    return says(Edit(views.pick(request.here().id, country, year, await days_of_year(request, country, year))))


async def day(request: Request) -> Reply:
    """One day, with what can be done to it."""
    await may(request, Act.CHANGE_CALENDAR)
    return says(Edit(views.one(run_of(row := await _row(request)), _args(request, row))))


async def remove(request: Request) -> Reply:
    """The day is a plain one from now on."""
    await may(request, Act.CHANGE_CALENDAR)
    row = await _row(request)
    await calendar_changes.remove(request.session, request.cause, row, group_id=request.here().id)
    await _effect(request, row.country)
    return says(Edit(await year_view(_about(request, row))))


async def turn(request: Request) -> Reply:
    """A day off becomes a working day, or the other way round."""
    await may(request, Act.CHANGE_CALENDAR)
    row = await _row(request)
    kind = DayKind.ON if row.kind is DayKind.OFF else DayKind.OFF
    kept = await _put(request, row, kind, run_of(row).name)
    return says(Edit(views.one(run_of(kept), _args(request, kept))))


async def rename(request: Request) -> Reply:
    """Asks for another name."""
    await may(request, Act.CHANGE_CALENDAR)
    row = await _row(request)
    view = views.ask_name(row.day, row.day)
    return await ask(request, kind="calendar.renamed", view=view, args=_args(request, row))


async def renamed(request: Request) -> Reply:
    """The other name was typed; languages it does not speak keep theirs. Raises NameUnread."""
    await may(request, Act.CHANGE_CALENDAR)
    row = await _row(request)
    kept = await _put(request, row, row.kind, _name(request))
    back = {"group": request.here().id, "country": kept.country, "year": kept.day.year}
    return says(Answer(views.written(run_of(kept), "calendar.year", back)))


async def _put(request: Request, row: CountryDay, kind: DayKind, called: DayName) -> CountryDay:
    entry = Entry(row.country, row.day, kind, called)
    kept = await calendar_changes.put(
        request.session, request.cause, entry, source=calendars.BY_HAND, group_id=request.here().id
    )
    await _effect(request, row.country)
    return kept


async def own(request: Request) -> Reply:
    """The days an institution has of its own."""
    side = await _side(request)
    await may(request, Act.CHANGE_OWN_DAYS, side_id=side.id)
    return says(Edit(await _own_page(request, side)))


async def own_remove(request: Request) -> Reply:
    """Days of an institution's own are no more."""
    row = await own_days.get(request.session, int(request.args["row"]))
    if row is None:
        raise StaleButton
    side = await _side(replace(request, args={"side": row.side_id}))
    await may(request, Act.CHANGE_OWN_DAYS, side_id=side.id)
    await _forget(request, row)
    return says(Edit(await _own_page(request, side)))


async def _forget(request: Request, row: InstitutionDay) -> None:
    await calendar_changes.note_own(request.session, request.cause, row, "own days removed", request.here().id)
    await own_days.remove(request.session, row)


async def _own_page(request: Request, side: Side) -> View:
    rows = await own_days.of_side(request.session, side.id, since=request.now.date() - timedelta(days=1))
    return views.own(request.here().id, side.id, side.name, [own_run(row) for row in rows])


async def _side(request: Request) -> Side:
    side = await request.session.get(Side, int(request.args["side"]))
    if side is None or side.group_id != request.here().id:
        raise StaleButton
    return side


async def _row(request: Request) -> CountryDay:
    row = await calendars.get(request.session, int(request.args["day"]))
    if row is None or row.country not in await countries(request):
        raise StaleButton
    return row


def _args(request: Request, row: CountryDay) -> dict[str, int]:
    return {"group": request.here().id, "day": row.id}


def _about(request: Request, row: CountryDay) -> Request:
    return replace(request, args={**request.args, "country": row.country, "year": row.day.year})


async def _effect(request: Request, country: str) -> None:
    group_ids = await calendars.groups_of(request.session, [country])
    await calendar_changes.took_effect(request.session, group_ids, request.now)
