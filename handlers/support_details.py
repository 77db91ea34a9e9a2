"""Of what kind a request for support is, by when and for what it is needed: chosen by buttons, one after the other."""

from datetime import date
from zoneinfo import ZoneInfo

from handlers import asking, working
from handlers.due_notes import question_of_day
from handlers.due_reading import read_due
from handlers.permission import may
from handlers.refusals import NotNow, StaleButton
from handlers.reply import Answer, Edit, Effect, Reply, View, says
from handlers.request import Request
from handlers.rules.due_picks import due_picks
from handlers.rules.names import activity_name, support_name
from handlers.rules.rights import Act
from handlers.rules.support import OPEN_SUPPORT, SupportChange
from handlers.support_steps import args_of, meant, note, refreshed
from handlers.views import support_questions as views
from storage import activities, groups
from storage.kinds import SupportKind
from storage.tables import Activity, SupportRequest

ACTIVITIES = 8
"""Activities to choose from, the next ones first."""


async def ask(request: Request) -> Reply:
    """[Kind and date]: asks for both in a message of its own."""
    row = await _shapeable(request)
    return says(Answer(views.which_kind(support_name(row.number), args_of(row))))


async def kind(request: Request) -> Reply:
    """The kind was chosen: asks by when it is needed."""
    row = await _shapeable(request)
    before, row.kind = row.kind, SupportKind(request.args["kind"])
    if before is not row.kind:
        await note(request, row, SupportChange.KIND, {"kind": before}, kind=row.kind)
    if row.needed_by is not None and before is None:
        return await _following(request, row)
    return says(await refreshed(request, row), Edit(await _by_when(request, row)))


async def needed(request: Request) -> Reply:
    """A day was chosen, or none. Raises StaleButton for one that is past by now."""
    row = await _shapeable(request)
    written = request.args.get("date")
    day = date.fromisoformat(written) if written else None
    if day is not None and day < await _today(request, row):
        raise StaleButton
    return await _set(request, row, day)


async def ask_date(request: Request) -> Reply:
    """[Another date]: asks for it."""
    row = await _shapeable(request)
    return await asking.ask(
        request, kind="support.needed", view=views.ask_date(support_name(row.number)), args=args_of(row)
    )


async def typed(request: Request) -> Reply:
    """A date was typed; one that may mean two days is taken as the likelier and shown, a guess is asked about first."""
    row = await _shapeable(request)
    read = await read_due(request, request.words)
    if read.asks_for_day:
        presses = {"chosen": "support.needed", "again": "support.needed_ask"}
        return says(question_of_day(support_name(row.number), args_of(row), read, **presses))
    return await _set(request, row, read.due.day)


async def _set(request: Request, row: SupportRequest, day: date | None) -> Reply:
    before, row.needed_by = row.needed_by, day
    if before != day:
        await note(request, row, SupportChange.NEEDED_BY, {"needed_by": before}, needed_by=day)
    return await _following(request, row)


async def activity(request: Request) -> Reply:
    """The activity was chosen for which it is needed, or none (0)."""
    row = await _shapeable(request)
    chosen = await activities.get(request.session, request.args["activity"]) if request.args["activity"] else None
    if request.args["activity"] and (chosen is None or chosen.group_id != row.group_id):
        raise StaleButton
    before, row.activity_id = row.activity_id, chosen.id if chosen else None
    if before != row.activity_id:
        name = activity_name(chosen.number) if chosen else ""
        await note(request, row, SupportChange.ACTIVITY, {"activity": before}, activity=row.activity_id, name=name)
    return says(await refreshed(request, row), Edit(views.complete(support_name(row.number))))


async def _following(request: Request, row: SupportRequest) -> Reply:
    """Asks for which activity it is, where there are some; else nothing is asked any more."""
    planned = [each for each in await activities.all_of(request.session, row.group_id) if _is_ahead(each, request)]
    choices = [(each.id, activity_name(each.number), each.title) for each in planned[:ACTIVITIES]]
    name = support_name(row.number)
    view = views.which_activity(name, choices, args_of(row)) if choices else views.complete(name)
    said: Effect = Edit(view) if request.heard.press else Answer(view)
    return says(await refreshed(request, row), said)


def _is_ahead(activity: Activity, request: Request) -> bool:
    return activity.last_day is None or activity.last_day >= request.now.date()


async def _shapeable(request: Request) -> SupportRequest:
    row = await meant(request)
    await may(request, Act.SHAPE_SUPPORT, side_id=row.side_id, owners={row.asked_by})
    if row.state not in OPEN_SUPPORT:
        raise NotNow(name=support_name(row.number), state=row.state)
    return row


async def _by_when(request: Request, row: SupportRequest) -> View:
    sides = await groups.sides(request.session, row.group_id)
    at_work = [await working.of_place(request.session, side) for side in sides]
    picks = due_picks(await _today(request, row), at_work)
    return views.by_when(support_name(row.number), picks, args_of(row))


async def _today(request: Request, row: SupportRequest) -> date:
    sides = await groups.sides(request.session, row.group_id)
    zone = next((side for side in sides if side.id == row.side_id), sides[0]).zone
    return request.now.astimezone(ZoneInfo(zone)).date()
