"""Being away: the days are written down, confirmed with their weekdays, and can be changed or called off."""

from datetime import date

from handlers import task_pickers
from handlers.due_reading import known_to, languages_of, zone_of_asker
from handlers.permission import may
from handlers.refusals import DateUnread, LeaveBackwards, NotAway, StaleButton
from handlers.reply import Answer, Edit, Reply, View, says
from handlers.request import Request
from handlers.rules.month_grid import month as month_of
from handlers.rules.rights import Act
from handlers.rules.spans import BackwardsSpan, Span, UnreadableSpan, read_span
from handlers.task_dates import day_pressed
from handlers.views import leave as views
from storage import dialogues, journal, people
from storage import leave as store
from storage.kinds import Role, Subject
from storage.tables import Leave


async def away(request: Request) -> Reply:
    """/away FROM TO, or one date, or "until DATE"; without words it asks. Raises DateUnread, LeaveBackwards."""
    await may(request, Act.SET_OWN_LEAVE, owners={request.person.id})
    if not request.words:
        return await _ask(request)
    return says(Answer(await _written(request, await _read(request))))


async def dates(request: Request) -> Reply:
    """The dates were typed; those that they change, if any, no longer count."""
    await may(request, Act.SET_OWN_LEAVE, owners={request.person.id})
    return says(Answer(await _in_place_of(request, await _read(request))))


async def month(request: Request) -> Reply:
    """[Calendar] and its leaves: a month of days to press, first the first day, then the last."""
    await may(request, Act.SET_OWN_LEAVE, owners={request.person.id})
    return says(Edit(await _month(request, _first_pressed(request), day_pressed(request))))


async def picked(request: Request) -> Reply:
    """A day of that month: the first one, or the last one, with which the leave is written down."""
    await may(request, Act.SET_OWN_LEAVE, owners={request.person.id})
    day, first = day_pressed(request), _first_pressed(request)
    if day is None or day < max(await _today(request), first or day):
        raise StaleButton
    if first is None:
        return says(Edit(await _month(request, day, day)))
    await dialogues.end(request.session, request.person.id, request.heard.chat_id)
    return says(Edit(await _in_place_of(request, Span(first, day))))


async def change(request: Request) -> Reply:
    """Asks for other dates in place of a leave."""
    leave = await _meant(request)
    return await _ask(request, leave.id)


async def call_off(request: Request) -> Reply:
    """The leave of the button does not take place, or is over."""
    leave = await _meant(request)
    await _end(request, leave, "leave ended")
    return says(Edit(views.ended([(leave.first_day, leave.last_day)])))


async def back(request: Request) -> Reply:
    """/back: the present leave is over; where there is none, what was still to come is called off. Raises NotAway."""
    await may(request, Act.SET_OWN_LEAVE, owners={request.person.id})
    today = await _today(request)
    listed = (await store.of_many(request.session, [request.person.id], today)).get(request.person.id, [])
    ending = [leave for leave in listed if leave.first_day <= today] or listed
    if not ending:
        raise NotAway
    for leave in ending:
        await _end(request, leave, "leave ended")
    return says(Answer(views.ended([(leave.first_day, leave.last_day) for leave in ending])))


async def _ask(request: Request, leave_id: int | None = None) -> Reply:
    key, args = f"ask:{request.heard.update_id}", {"leave": leave_id} if leave_id else {}
    await dialogues.ask(
        request.session,
        person_id=request.person.id,
        chat_id=request.heard.chat_id,
        thread_id=request.heard.thread_id,
        kind="leave.dates",
        args=args,
        group_id=request.here().id,
        prompt_key=key,
        at=request.now,
    )
    grid = {"group": request.here().id, **args} if request.heard.private else None
    return says(Answer(views.ask(grid), key=key))


def _first_pressed(request: Request) -> date | None:
    written = request.args.get("first")
    return date.fromisoformat(written) if written else None


async def _month(request: Request, first: date | None, asked: date | None) -> View:
    """The calendar for the first day of a leave, or for the last one where the first is known."""
    today, group_id = await _today(request), request.here().id
    sides = await task_pickers.sides_at_work(request, group_id)
    grid = month_of(asked or first or today, today, sides, first_day=first)
    changed = {"leave": request.args["leave"]} if request.args.get("leave") else {}
    return views.month(grid, first, {"group": group_id, **changed})


async def _read(request: Request) -> Span:
    zone, languages, known = await zone_of_asker(request), await languages_of(request), await known_to(request)
    try:
        return read_span(request.words, request.now, zone, languages, known)
    except BackwardsSpan as refusal:
        raise LeaveBackwards from refusal
    except UnreadableSpan as refusal:
        raise DateUnread(text=refusal.text, reason=refusal.reason) from refusal


async def _in_place_of(request: Request, span: Span) -> View:
    """Write a leave down; the one that it changes, if any, no longer counts."""
    said = await _written(request, span)
    changed = await store.get(request.session, request.args["leave"]) if request.args.get("leave") else None
    if changed is not None and changed.person_id == request.person.id and _stands(changed, await _today(request)):
        await _end(request, changed, "leave changed")
    return said


async def _written(request: Request, span: Span) -> View:
    leave = await store.write(
        request.session, person_id=request.person.id, first=span.first, last=span.last, at=request.now
    )
    await _note(request, leave, "leave written")
    args = {"leave": leave.id, "group": request.here().id}
    return views.written(leave.first_day, leave.last_day, await _stand_in(request), args)


async def _stand_in(request: Request) -> str:
    """Who is asked meanwhile: the alternate of his side, else its focal point; "" where there is nobody else."""
    member = request.mine()
    for role in (Role.ALTERNATE, Role.FOCAL_POINT):
        if member.side_id is not None:
            found = await people.holder(request.session, member.group_id, member.side_id, role)
            if found is not None and found[1].id != request.person.id:
                return found[1].name
    return ""


async def _today(request: Request) -> date:
    return request.now.astimezone(await zone_of_asker(request)).date()


async def _meant(request: Request) -> Leave:
    """The leave of the button, while it still stands; only its person has it."""
    leave = await store.get(request.session, request.args["leave"])
    if leave is None:
        raise StaleButton
    await may(request, Act.SET_OWN_LEAVE, owners={leave.person_id})
    if not _stands(leave, await _today(request)):
        raise StaleButton
    return leave


def _stands(leave: Leave, today: date) -> bool:
    return people.last_day(leave) >= max(today, leave.first_day)


async def _end(request: Request, leave: Leave, change: str) -> None:
    await store.end(request.session, leave, today=await _today(request), at=request.now)
    await _note(request, leave, change)


async def _note(request: Request, leave: Leave, change: str) -> None:
    after = {"leave": leave.id, "first_day": leave.first_day, "last_day": leave.last_day, "ended_on": leave.ended_on}
    await journal.append(
        request.session,
        request.cause,
        subject=Subject.PERSON,
        subject_id=leave.person_id,
        group_id=request.here().id,
        change=change,
        after=after,
    )
