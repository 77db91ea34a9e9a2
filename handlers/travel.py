"""Working in another city for a while: the days and the place are written down, and reminders follow its clocks."""

from datetime import date

from handlers import working
from handlers.permission import may
from handlers.refusals import CityUnknown, DateUnread, DaysBackwards, StaleButton
from handlers.reply import Answer, Edit, Reply, View, says
from handlers.request import Request
from handlers.rules.places import Place, place_at_end
from handlers.rules.rights import Act
from handlers.rules.spans import BackwardsSpan, Span, UnreadableSpan, read_span
from handlers.views import travel as views
from storage import dialogues, groups, journal
from storage import travel as store
from storage.kinds import Subject
from storage.tables import Travel


async def travel(request: Request) -> Reply:
    """/travel FROM TO CITY; without words it lists what is written down and asks. Raises CityUnknown, DateUnread."""
    await may(request, Act.SET_OWN_LEAVE, owners={request.person.id})
    if request.words:
        return says(Answer(await _written(request)))
    key = f"ask:{request.heard.update_id}"
    await dialogues.ask(
        request.session,
        person_id=request.person.id,
        chat_id=request.heard.chat_id,
        thread_id=request.heard.thread_id,
        kind="travel.words",
        args={},
        group_id=request.here().id,
        prompt_key=key,
        at=request.now,
    )
    listed = await store.of(request.session, request.person.id, await _today(request))
    known = [Answer(_view(request, row)) for row in listed]
    return says(*known, Answer(views.ask, key=key))


async def words(request: Request) -> Reply:
    """Days and city were typed. Raises CityUnknown, DateUnread, DaysBackwards."""
    await may(request, Act.SET_OWN_LEAVE, owners={request.person.id})
    return says(Answer(await _written(request)))


async def call_off(request: Request) -> Reply:
    """The journey of the button does not take place, or is over."""
    row = await store.get(request.session, int(request.args["travel"]))
    if row is None:
        raise StaleButton
    await may(request, Act.SET_OWN_LEAVE, owners={row.person_id})
    today = await _today(request)
    if store.last_day(row) < max(today, row.first_day):
        raise StaleButton
    await store.end(request.session, row, today=today, at=request.now)
    await _note(request, row, "journey ended")
    return says(Edit(views.ended(row.first_day, row.last_day, row.city)))


async def _written(request: Request) -> View:
    span, place = await _read(request)
    row = await store.write(
        request.session,
        person_id=request.person.id,
        first=span.first,
        last=span.last,
        city=place.city,
        zone=place.zone,
        at=request.now,
    )
    await _note(request, row, "journey written")
    return _view(request, row)


async def _read(request: Request) -> tuple[Span, Place]:
    own = {side.city: side.zone for side in await groups.sides(request.session, request.here().id)}
    found = place_at_end(request.words, own)
    if found is None:
        raise CityUnknown(text=request.words)
    days, place = found
    member = await working.of_member(request.session, request.mine(), request.now.date())
    try:
        return read_span(days, request.now, member.zone), place
    except BackwardsSpan as refusal:
        raise DaysBackwards from refusal
    except UnreadableSpan as refusal:
        raise DateUnread(text=refusal.text, reason=refusal.reason) from refusal


def _view(request: Request, row: Travel) -> View:
    args = {"travel": row.id, "group": request.here().id}
    return views.written(row.first_day, store.last_day(row), row.city, args)


async def _today(request: Request) -> date:
    own = await working.of_member(request.session, request.mine(), request.now.date())
    return own.local_date(request.now)


async def _note(request: Request, row: Travel, change: str) -> None:
    after = {"travel": row.id, "first_day": row.first_day, "last_day": row.last_day, "ended_on": row.ended_on}
    await journal.append(
        request.session,
        request.cause,
        subject=Subject.PERSON,
        subject_id=row.person_id,
        group_id=request.here().id,
        change=change,
        after=after | {"zone": row.zone},
    )
